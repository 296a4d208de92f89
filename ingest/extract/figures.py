"""
From quantities and periods to figures: each with its metric, or dropped.

In: a `Reading`. Out: `Figure`s, in the order of the text. Every quantity is shown to the metrics of its kind in its sentence;
periods are shown to `online`. Never attributes: who and where are decided later.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from db.records import Metric
from ingest.extract import metrics
from ingest.extract.metrics import Verdict, View
from ingest.extract.metrics.online import goes_on, judge
from ingest.extract.patterns import compiled
from ingest.extract.periods import Period
from ingest.extract.quantities import Quantity
from ingest.extract.reading import Reading
from ingest.extract.spans import Spans

ELLIPSIS_AFTER = re.compile(
    r"^(?:\+|-plus)?(?:[.,;:)]|$|\n| (?:by|in|for|more|at|with|after|to|while|when|once|later|afterwards?|permanent(?:ly)?|on|of them|from|belong|"
    r"and|people|are|is|never|or|within|over|during|as|that|which|who|needed|required|planned)\b)"
)
ELLIPSIS_LINK = compiled(
    r"\b(?:and|then|to|another|from|of which|be|would be|rising to|grow(?:ing)? to|expand to|followed by|plus|takes|took|carries|has|have|counts|"
    r"will be|employ|at|for|out of the|running it,?|with|some|is|was|gets?)\s*(?:a |an |the |about |around |roughly |some )*$|[,;:] *(?:about |around |some )*$",
    re.IGNORECASE,
)
NO_ELLIPSIS_BEFORE = compiled(
    r"(?:[$€£¥₹%#№]|\b(?:No\.?|page|pages|phase|building|unit|room|item|chapter|section|Form|Rule|Q|H|FY|Interstate|Highway|Route|"
    r"Model|GPT|version|v|is under|since|in|by|of|January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.))\s*$",
    re.IGNORECASE,
)
CAPEX = compiled(r"\b(?:cap(?:ital)?[- ]?ex(?:penditures?)?|capital spending)\b", re.IGNORECASE)
RESULTS = compiled(r"\b(?:guidance|quarter|earnings|forecast|outlook|results|fiscal)\b", re.IGNORECASE)
HEAD = 1500
"""Characters in which a document says whether it is about guidance."""
EARNINGS = compiled(
    r"\b(?:quarter(?:ly)?|earnings|revenues?|a share|per share|net income|gross margin|operating income|profit|EBITDA)\b",
    re.IGNORECASE,
)
# A speaker takes a figure back ("20 gigawatts, sorry, megawatts"); a writer denies one ("300 MW, not 200 MW as first said").
TAKEN_BACK = re.compile(
    r"[.,;–—-]?\s*(?:no,? )?(?:sorry|I mean|I meant|excuse me|pardon(?: me)?|correction|make that|scratch that|or rather)\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"(?:[,;(–—]\s*|\band )(?:and )?not (?:the |some |about )?$", re.IGNORECASE)
AS_SAID = re.compile(
    r",? as (?:it |had been |was |we |first |earlier |previously |originally |wrongly |widely )*(?:reported|stated|said|claimed|written|wrote|announced)"
)
LABELLED = re.compile(r"[A-Z][^.:|]{0,40}: ")
LONGEST = 80
"""Characters that the longest written quantity takes."""
CONTEXT = 260
"""Characters around a figure that a verdict may look at in a long sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity or a period with its metric; `start`/`end` is the quote."""

    metric: Metric
    start: int
    end: int
    sentence: int
    margin: float
    quantity: Quantity | None = None
    period: Period | None = None
    noun: str = ""


@cache
def _families() -> dict[str, tuple[Callable[[View], Verdict | None], ...]]:
    """Kind of quantity -> the classifiers of the metric modules that read it, found by looking into the folder."""
    table: dict[str, list[Callable[[View], Verdict | None]]] = {}
    for info in sorted(pkgutil.iter_modules(metrics.__path__), key=lambda i: i.name):
        module = importlib.import_module(f"{metrics.__name__}.{info.name}")
        for kind in getattr(module, "FAMILY", ()):
            table.setdefault(kind, []).append(module.classify)
    return {kind: tuple(found) for kind, found in table.items()}


def find_figures(reading: Reading) -> list[Figure]:
    """Every figure of `reading` that some metric claims."""
    out: list[Figure] = []
    guidance = is_guidance(reading.text)
    earnings = EARNINGS.count(reading.text) >= 5
    topics: dict[tuple[int, str], str] = {}
    for index, quantity in enumerate(reading.quantities):
        classifiers = _families().get(quantity.kind, ())
        if not classifiers or quantity.conversion_of is not None or _unsaid(reading.text, quantity):
            continue
        block = reading.block(quantity.start)
        # A list item or table row is a subject of its own; paragraphs of a section go on about one.
        own = block.kind in {"item", "row"} or LABELLED.match(reading.text, block.start, block.end)
        section = -block.start if own else block.section
        view = _view(
            reading,
            index,
            quantity,
            guidance,
            earnings,
            topics.get((section, quantity.kind), topics.get((0, quantity.kind), "")),
        )
        for classify in classifiers:
            verdict = classify(view)
            if verdict is not None:
                topics[section, quantity.kind] = verdict.metric
                if block.kind == "paragraph":
                    topics[block.section, quantity.kind] = verdict.metric
                out.append(
                    Figure(
                        verdict.metric,
                        verdict.start,
                        verdict.end,
                        reading.segments.sentence_at(quantity.start),
                        verdict.margin,
                        quantity,
                        noun=verdict.noun,
                    )
                )
                break
    out.extend(_ellipses(reading, out))
    out.extend(_openings(reading, out))
    out.sort(key=lambda f: (f.start, f.end))
    return out


def _unsaid(text: str, quantity: Quantity) -> bool:
    """Whether the words right beside the figure take it back or deny it."""
    before = text[max(0, quantity.hedge_start - 20) : quantity.hedge_start]
    denied = AS_SAID.match(text, quantity.end) and DENIED.search(before)
    return bool(TAKEN_BACK.match(text, quantity.end) or denied)


def _ellipses(reading: Reading, figures: list[Figure]) -> list[Figure]:
    """
    Bare numbers that go on counting what the figure before them counts: "15,000 AI chips by 2028 and 50,000 by 2030".

    Only within the sentence, or its neighbour in the block, only where no noun of its own follows, only of like size.
    """
    taken = Spans((f.start, f.end) for f in figures)
    by_sentence: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_sentence[figure.sentence].append(figure)
    found: list[Figure] = []
    for quantity in reading.quantities:
        if (
            quantity.kind != "number"
            or quantity.rate
            or quantity.value < 10
            or taken.overlap(quantity.start, quantity.start + 1)
        ):
            continue
        number = reading.segments.sentence_at(quantity.start)
        span = reading.segments.sentences[number]
        before, after = (
            reading.text[max(span.start, quantity.start - 60) : quantity.start],
            reading.text[quantity.end : quantity.end + 24],
        )
        if (
            not ELLIPSIS_AFTER.match(after)
            or NO_ELLIPSIS_BEFORE.search(before)
            or (
                1990 <= quantity.value <= 2060
                and not quantity.scaled
                and reading.text[quantity.start : quantity.end].isdigit()
            )
        ):
            continue
        earlier = [
            f
            for f in by_sentence[number]
            if f.end <= quantity.start and f.metric in {"chips", "jobs", "power", "generation"}
        ]
        if not earlier and number > 0 and reading.segments.sentences[number - 1].block == span.block:
            earlier = [f for f in by_sentence[number - 1] if f.metric in {"chips", "jobs"}]
        if not earlier:
            earlier = [
                f
                for f in by_sentence[number]
                if 0 < f.start - quantity.end < 40 and f.metric == "chips" and f not in found
            ]
        if not earlier or earlier[-1].quantity is None:
            continue
        last = earlier[-1]
        assert last.quantity is not None
        size = quantity.value * (
            1 if last.metric in {"chips", "jobs"} else last.quantity.value / max(last.quantity.value, 1e-9)
        )
        ratio = size / max(last.quantity.value, 1e-9)
        if quantity.min is not None and quantity.max is not None and 1990 <= quantity.min <= quantity.max <= 2060:
            continue
        hedged = quantity.qualifier != "exact" or bool(ELLIPSIS_LINK.search(before))
        if last.metric in {"power", "generation"}:
            if (
                quantity.qualifier == "exact" and not re.search(r"\b(?:of which|out of the)\s*$", before)
            ) or not 0.05 <= ratio <= 20:
                continue
        elif not hedged or not 0.01 <= ratio <= 100 or (last.metric == "chips" and quantity.value < 1000):
            continue
        unit = "MW" if last.metric in {"power", "generation"} else quantity.unit
        found.append(
            Figure(last.metric, quantity.start, quantity.end, number, 0.2, replace(quantity, unit=unit), noun=last.noun)
        )
        by_sentence[number].append(found[-1])
    return found


def is_guidance(text: str) -> bool:
    """Whether a document speaks of capital-expenditure guidance."""
    return bool(CAPEX.search(text, 0, HEAD)) and bool(RESULTS.search(text, 0, HEAD))


def _view(reading: Reading, index: int, quantity: Quantity, guidance: bool, earnings: bool, topic: str = "") -> View:
    segments = reading.segments
    number = segments.sentence_at(quantity.start)
    sentence = segments.sentences[number]
    block = segments.blocks[sentence.block]
    start, end = max(sentence.start, quantity.start - CONTEXT), min(sentence.end, quantity.end + CONTEXT)
    if block.kind == "row":
        start, end = block.start, block.end
    previous = segments.sentences[number - 1].start if number > block.first_sentence else start
    others = []
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(reading.quantities) and start <= reading.quantities[at].start < end:
            other = reading.quantities[at]
            if other.kind == quantity.kind and other.conversion_of != index:
                others.append((other.start, other.end))
            at += step
    chip_spans = tuple((h.start, h.end) for h in reading.chips_in(number))
    companies = tuple((h.start, h.end) for h in reading.companies_in(number))
    return View(reading.text, quantity, start, end, previous, tuple(others), block.kind, block.start, block.end,
                reading.heading_of(quantity.start) if block.kind != "heading" else "", chip_spans, guidance, companies, topic, earnings)  # fmt: skip


def _openings(reading: Reading, figures: list[Figure]) -> list[Figure]:
    chips: dict[int, list[Figure]] = defaultdict(list)
    aims = {f.sentence for f in figures if f.metric in {"power", "generation", "chips"}}
    for figure in figures:
        if figure.metric == "chips":
            chips[figure.sentence].append(figure)
    opened: Figure | None = None
    out: list[Figure] = []
    segments = reading.segments
    periods = reading.periods
    starts, period_starts = [q.start for q in reading.quantities], [p.start for p in periods]
    for index, period in enumerate(periods):
        number = segments.sentence_at(period.start)
        sentence = segments.sentences[number]
        start, end = max(sentence.start, period.start - CONTEXT), min(sentence.end, period.end + CONTEXT)
        beside = reading.quantities[bisect_left(starts, start - LONGEST) : bisect_left(starts, end)]
        if any(q.start <= period.start < q.end and q.kind != "number" for q in beside):
            continue
        near = range(bisect_left(period_starts, start), bisect_left(period_starts, end))
        others = tuple((periods[i].hedge_start, periods[i].end) for i in near if i != index)
        capacity = any(
            q.kind == "power"
            and start <= q.start
            and q.end <= end
            and (0 <= period.start - q.end < 70 or 0 <= q.start - period.end < 30)
            for q in beside
        ) or any(0 <= period.start - f.end < 70 or 0 <= f.start - period.end < 30 for f in chips[number])
        goal = number in aims or (number - 1 in aims and segments.sentences[number - 1].block == sentence.block)
        today = reading.today
        past = (
            (
                period.grain in {"month", "day"}
                and period.first is not None
                and today is not None
                and period.first <= today.isoformat()
            )
            or (period.last is not None and today is not None and period.last < today.isoformat())
            or (today is None and period.grain in {"month", "day"})
        )
        score = judge(reading.text, period, start, end, others, capacity, past, goal)
        if score <= 0 and opened and opened.sentence == number and goes_on(reading.text, opened.end, period):
            score = 1.0
        if score > 0:
            opened = Figure("online", period.start, period.end, number, min(score / 4, 1.0), period=period)
            out.append(opened)
    return out
