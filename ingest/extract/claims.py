"""
Figures with everything that belongs to them: who, where, which project and chip, when, in what state.

In: a document. Out: its `Extraction`. The same thing said twice is one claim, quoted where it was said first; a document that
is not about infrastructure has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Any

from db.records import Claim, Conversion, Document, Extraction, Mention, Place, Qualifier
from ingest.extract.attribution.details import details_of
from ingest.extract.attribution.status import States
from ingest.extract.attribution.where import Whereabouts
from ingest.extract.attribution.which import Projects
from ingest.extract.attribution.which_chip import chip_of
from ingest.extract.attribution.who import Attribution
from ingest.extract.document.actors import main_companies
from ingest.extract.document.chips import document_chips
from ingest.extract.document.kind import kind_of
from ingest.extract.document.places import build_places
from ingest.extract.document.relevance import is_digest, is_relevant
from ingest.extract.figures.confidence import confidence_of
from ingest.extract.figures.find import Figure, find_figures
from ingest.extract.reading import Reading, read

M2_PER_HA = 1e4
YEAR = re.compile(r"20\d\d")
ANY_CHIP = frozenset({"GPU", "NVIDIA GPU"})
"""Chips told without their model: "1 million GPUs" may be the H100s said before."""
AGAIN = ("another ", "a further ", "an additional ", "a second ", "an extra ")


def make_extraction(document: Document) -> Extraction:
    """Read `document` and make its claims."""
    reading = read(document)
    figures = find_figures(reading)
    digest = is_digest(reading)
    attribution = Attribution(reading, figures, digest)
    whereabouts = Whereabouts(reading, digest)
    states = States(reading, digest)
    projects = Projects(reading, digest)
    beside: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        beside[figure.sentence].append(figure)
    claims: list[Claim] = []
    for figure in figures:
        companies = attribution.of(figure)
        project = projects.of(figure, companies)
        rivals = [(f.start, f.end) for f in beside[figure.sentence] if f is not figure]
        place = whereabouts.of(figure, project, rivals, companies, attribution.main)
        at_main_site = place in (whereabouts.sites.only or whereabouts.sites.main, Place())
        claims.append(
            claim_of(
                reading,
                figure,
                companies=companies,
                project=project,
                place=place,
                chip=figure.chip or chip_of(reading, figure, digest),
                status=states.of(figure, at_main_site, project),
                **details_of(reading, figure, project, place).fields(),
            )
        )
    relevant = is_relevant(reading, claims)
    claims = merge(reading, claims)
    kept = claims if relevant else []
    return Extraction(
        relevant, kind_of(reading, kept, digest, relevant), main_companies(reading, kept, digest),
        build_places(reading, kept, whereabouts.sites.exact) if relevant else (), document_chips(reading, kept), tuple(kept), tuple(_mentions(reading)),
    )  # fmt: skip


def claim_of(reading: Reading, figure: Figure, **found: Any) -> Claim:
    """The claim of `figure` as its own words say it (metric, value, unit, hedge, quote), with what else was `found`."""
    in_title = figure.end <= reading.base - 2
    shift = 0 if in_title else reading.base
    low: float | str | None
    high: float | str | None
    alt: tuple[Conversion, ...] = ()
    if figure.quantity is not None:
        quantity = figure.quantity
        number_low, number_high, unit = quantity.min, quantity.max, quantity.unit
        if figure.metric == "land_area" and unit == "m2":
            number_low, number_high, unit = (
                _scaled(number_low, 1 / M2_PER_HA),
                _scaled(number_high, 1 / M2_PER_HA),
                "ha",
            )
        if figure.metric in {"chips", "jobs"}:
            unit = "count"
        low, high, qualifier = number_low, number_high, quantity.qualifier
        alt = tuple(
            Conversion(reading.text[q.start : q.end], q.min, q.max, q.unit, q.qualifier)
            for q in reading.conversions_of(quantity)
        )
    else:
        assert figure.period is not None
        low, high, unit, qualifier = figure.period.first, figure.period.last, "date", figure.period.qualifier
    return Claim(
        figure.metric, low, high, unit, qualifier, reading.text[figure.start : figure.end], figure.start - shift,
        figure.end - shift, "title" if in_title else "text", alt=alt, confidence=confidence_of(figure.metric, figure.margin), **found,
    )  # fmt: skip


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def merge(reading: Reading, claims: list[Claim]) -> list[Claim]:
    """
    Drop what is said again: same metric, same value, and nothing that tells the two apart.

    The first mention is quoted, the hedge is the body's, and what the first leaves open the second may fill.
    """
    out: list[Claim] = []
    by_value: dict[tuple[str, float | str | None], list[int]] = defaultdict(list)
    loose: list[int] = []  # told in two units: they may equal a claim of another value
    settled: set[int] = set()  # told in the title and again below: the body has said what they are
    for claim in claims:
        told_too = [i for c in claim.alt for i in by_value[c.unit, c.max if c.max is not None else c.min]]
        near = sorted({*by_value[claim.unit, _headline(claim)], *told_too, *loose})
        index = next(
            (i for i in near if _same(reading, out[i], claim) and (i not in settled or out[i].metric == claim.metric)),
            None,
        )
        if index is None:
            by_value[claim.unit, _headline(claim)].append(len(out))
            if claim.alt:
                loose.append(len(out))
            out.append(claim)
            continue
        if claim.alt and index not in loose:
            loose.append(index)
        first = out[index]
        body = first.where == "title"
        if body:
            settled.add(index)
        hedged: Qualifier = claim.qualifier if body or first.qualifier == "exact" else first.qualifier
        bounds = (claim.min, claim.max) if hedged == claim.qualifier else (first.min, first.max)
        alt = first.alt or claim.alt
        if claim.unit != first.unit and not isinstance(claim.min, str) and not isinstance(claim.max, str):
            # Told in two currencies: the one stated first stands, the other is its conversion.
            hedged, bounds = first.qualifier, (first.min, first.max)
            alt = first.alt or (Conversion(claim.quote, claim.min, claim.max, claim.unit, claim.qualifier),)
        metric = claim.metric if body and claim.confidence >= first.confidence else first.metric
        out[index] = replace(
            first, metric=metric, qualifier=hedged, min=bounds[0], max=bounds[1],
            companies=claim.companies if body and claim.companies else first.companies or claim.companies,
            project=first.project or claim.project,
            place=claim.place if (body and claim.place != Place()) or _is_in(claim.place, first.place) else first.place,
            chip=first.chip or claim.chip, status=claim.status if body else first.status, alt=alt, confidence=max(first.confidence, claim.confidence),
        )  # fmt: skip
    return out


def _same(reading: Reading, first: Claim, second: Claim) -> bool:
    if (
        first.metric != second.metric
        and not (first.where == "title" and {first.metric, second.metric} <= {"power", "generation"})
        and not (first.where == "title" and {first.metric, second.metric} <= {"capex", "contract", "financing"})
    ):
        return False
    if first.unit != second.unit or _headline(first) != _headline(second):
        return _converts(first, second) or _converts(second, first)
    if first.qualifier == second.qualifier == "range" and first.min != second.min:
        return False  # an old guidance and a new one may end at the same height
    if first.metric == "capex" and first.where == second.where:
        years = [set(YEAR.findall(c.period or "")) for c in (first, second)]
        if all(years) and not years[0] & years[1]:
            return False  # $200 billion in 2024 and another company's or year's $200 billion
    if first.metric == "online":
        return (first.min, first.max) == (second.min, second.max) and _compatible(first, second)
    start = second.start + (reading.base if second.where == "text" else 0)
    again = reading.text[max(0, start - 18) : start].lower().endswith(AGAIN) or second.quote.lower().startswith(
        "another"
    )
    if again and first.where != "title":
        return False
    return _compatible(first, second)


def _converts(told: Claim, other: Claim) -> bool:
    """Whether `told` gives its sum in the currency of `other` too, and it is the same."""
    return any(c.unit == other.unit and _close(c.max if c.max is not None else c.min, other) for c in told.alt)


def _compatible(first: Claim, second: Claim) -> bool:
    a, b = first.place, second.place
    if a.name and b.name and a.name != b.name:
        return False
    if a.country and b.country and a.country != b.country:
        return False
    if first.companies and second.companies and not set(first.companies) & set(second.companies):
        return first.where == "title"
    named = {c.chip for c in (first, second) if c.chip and c.chip not in ANY_CHIP}
    return not (len(named) > 1 and first.metric == "chips")


def _is_in(inner: Place, outer: Place) -> bool:
    """Whether `outer` is the country or state of `inner`, or nothing: what is said again may say more closely where."""
    if outer == Place():
        return True
    return (
        outer.name is None
        and inner.country == outer.country
        and outer.admin1 in (None, inner.admin1)
        and inner.name is not None
    )


def _headline(claim: Claim) -> float | str | None:
    return claim.max if claim.max is not None else claim.min


def _close(value: float | None, claim: Claim) -> bool:
    headline = _headline(claim)
    return (
        value is not None
        and isinstance(headline, float)
        and abs(value - headline) <= 0.005 * max(abs(value), abs(headline))
    )


def _mentions(reading: Reading) -> list[Mention]:
    out = []
    found: list[tuple[str, str, int, int]] = [("company", h.name, h.start, h.end) for h in reading.companies]
    found += [("chip", h.name, h.start, h.end) for h in reading.chips]
    found += [("project", h.name, h.start, h.end) for h in reading.projects]
    found += [
        ("place", ", ".join(p for p in (h.place.name, h.place.admin1, h.place.country) if p), h.start, h.end)
        for h in reading.places
    ]
    for kind, name, start, end in sorted(found, key=lambda f: (f[2], f[3], f[0], f[1])):
        in_title = end <= reading.base - 2
        shift = 0 if in_title else reading.base
        out.append(Mention(kind, name, start - shift, end - shift, "title" if in_title else "text"))  # type: ignore[arg-type]
    return out
