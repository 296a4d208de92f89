"""
What a model states, held against the text.

In: a document and an `Answer`. Out: an `Extraction` of what the text confirms, and a line for each thing it does not.
A figure passes only when its quote stands in the text letter by letter and our reader of quantities and periods reads
the same numbers, hedge and unit there; span, hedge, conversion and period are then our reader's. A name passes only
when the text names it. Which metric a figure is of, whose it is and in what state is the model's judgement, and
`confidence` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isclose

from db.records import MONEY_METRICS, Claim, Document, Extraction, Metric
from ingest.extract.attribution.details import details_of
from ingest.extract.claims import claim_of, make_extraction, merge
from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading, read
from ingest.model.answers import Answer, Stated
from ingest.model.naming import Names

FAMILY: dict[Metric, str] = dict.fromkeys(MONEY_METRICS, "money") | {
    "power": "power", "generation": "power", "chips": "number", "jobs": "number",
    "floor_area": "area", "land_area": "area", "online": "period",
}  # fmt: skip
"""Metric -> the kind of quantity that it measures."""
ROUNDED = 0.005
"""By how much a model may miss an area: it works hectares out of acres in its head."""
NOUN = 40
"""Characters that a quote may go on after a number: "450,000 GB200 GPUs"."""
UNCONFIRMED = 0.5
"""Confidence of a figure that the rules do not find as well; theirs is calibrated, a model's judgement is not."""


def check(document: Document, answer: Answer) -> tuple[Extraction, tuple[str, ...]]:
    """The claims of `answer` that `document` confirms, and why the others are left out."""
    reading = read(document)
    names = Names(reading)
    by_rules = {(c.metric, c.min, c.max, c.unit): c.confidence for c in make_extraction(document).claims}
    reasons = list(answer.faults)
    if answer.claims and not answer.relevant:
        reasons.append(
            f"{len(answer.claims)} claims: the model itself says that the document is not about infrastructure"
        )
    claims: list[Claim] = []
    taken: set[tuple[Metric, int]] = set()
    for stated in answer.claims if answer.relevant else ():
        found = _confirmed(reading, stated, taken)
        if isinstance(found, str):
            reasons.append(f"{stated.metric} {stated.quote[:60]!r}: {found}")
            continue
        figure, claim = found
        taken.add((figure.metric, figure.start))
        project, place = names.project(stated.project), names.place(stated.place)
        claims.append(
            replace(
                claim,
                companies=names.companies(stated.companies),
                project=project,
                place=place,
                chip=names.chip(stated.chip),
                status=stated.status,
                confidence=by_rules.get((claim.metric, claim.min, claim.max, claim.unit), UNCONFIRMED),
                **details_of(reading, figure, project, place).fields(),
            )
        )
    claims.sort(key=lambda c: (c.where != "title", c.start, c.end))
    companies = names.companies(answer.companies)
    chips = tuple(chip for one in answer.chips if (chip := names.chip(one)) is not None)
    places = tuple(dict.fromkeys(place for one in answer.places if (place := names.place(one)).country or place.name))
    extraction = Extraction(
        answer.relevant, answer.kind, companies, places if answer.relevant else (), chips, tuple(merge(reading, claims))
    )
    return extraction, (*reasons, *names.strangers())


def _confirmed(reading: Reading, stated: Stated, taken: set[tuple[Metric, int]]) -> tuple[Figure, Claim] | str:
    """The figure behind a statement and its claim, or why there is none; of several mentions one not yet `taken`."""
    mentions = list(_occurrences(reading, stated.quote))
    if not mentions:
        return "its quote is not in the text"
    figures = [figure for start, end in mentions for figure in _figures(reading, stated.metric, start, end)]
    if not figures:
        return f"the quote holds no {FAMILY[stated.metric]} that can be read"
    said = [(figure, claim_of(reading, figure)) for figure in figures]
    agreed = [pair for pair in said if _agree(pair[1], stated)]
    if len(agreed) < len(said):
        # A heading leaves the hedge to the body, which says the same numbers again.
        everywhere = [claim_of(reading, figure) for figure in _figures(reading, stated.metric, 0, len(reading.text))]
        bodies = {_numbers(claim): claim for claim in everywhere if _agree(claim, stated)}
        agreed = [(f, _hedged(c, bodies[_numbers(c)])) for f, c in said if _numbers(c) in bodies]
    if not agreed:
        one = said[0][1]
        return f"it reads {one.min}..{one.max} {one.unit}, not {stated.min}..{stated.max} {stated.unit}"
    return next((pair for pair in agreed if (stated.metric, pair[0].start) not in taken), agreed[0])


def _hedged(claim: Claim, like: Claim) -> Claim:
    return replace(claim, min=like.min, max=like.max, qualifier=like.qualifier)


def _occurrences(reading: Reading, quote: str) -> Iterator[tuple[int, int]]:
    """Every span of `quote`, in the title or in the text, never across both."""
    start = reading.text.find(quote)
    while start >= 0:
        if start + len(quote) <= reading.base - 2 or start >= reading.base:
            yield start, start + len(quote)
        start = reading.text.find(quote, start + 1)


def _figures(reading: Reading, metric: Metric, start: int, end: int) -> Iterator[Figure]:
    """What of the family of `metric` stands wholly in `start`..`end`: prices per unit and conversions do not count."""
    if metric == "online":
        for period in reading.periods:
            if start <= period.start and period.end <= end:
                number = reading.segments.sentence_at(period.start)
                yield Figure(metric, period.start, period.end, number, 0.0, period=period)
        return
    for quantity in reading.quantities:
        if (
            quantity.kind == FAMILY[metric]
            and start <= quantity.start
            and quantity.end <= end
            and not quantity.rate
            and quantity.conversion_of is None
        ):
            number = reading.segments.sentence_at(quantity.start)
            counted = quantity.kind == "number" and end - quantity.end < NOUN
            yield Figure(metric, quantity.start, end if counted else quantity.end, number, 0.0, quantity)


def _agree(claim: Claim, stated: Stated) -> bool:
    near = ROUNDED if FAMILY[stated.metric] == "area" else 1e-9
    return claim.unit == stated.unit and all(
        _same(ours, theirs, near) for ours, theirs in ((claim.min, stated.min), (claim.max, stated.max))
    )


def _same(ours: float | str | None, theirs: float | str | None, near: float) -> bool:
    if not isinstance(ours, float):
        return ours == theirs
    try:
        return theirs is not None and isclose(ours, float(theirs), rel_tol=near)
    except (ValueError, OverflowError):
        return False


def _numbers(claim: Claim) -> frozenset[float | str | None]:
    return frozenset((claim.min, claim.max)) - {None}
