"""
From quantities and periods to figures: each with its metric, or dropped.

In: a `Reading`. Out: `Figure`s, in the order of the text. Every quantity is shown to the metrics of its kind in its sentence;
periods are shown to `online`. Never attributes: who and where are decided later.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from db.records import Metric
from ingest.extract import metrics
from ingest.extract.metrics import Verdict, View
from ingest.extract.metrics.online import judge
from ingest.extract.periods import Period
from ingest.extract.quantities import Quantity
from ingest.extract.reading import Reading

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
    guidance = is_guidance(reading.text[:1500])
    topics: dict[tuple[int, str], str] = {}
    for index, quantity in enumerate(reading.quantities):
        classifiers = _families().get(quantity.kind, ())
        if not classifiers or quantity.conversion_of is not None:
            continue
        section = reading.block(quantity.start).section
        view = _view(
            reading, index, quantity, guidance, topics.get((section, quantity.kind), topics.get((0, quantity.kind), ""))
        )
        for classify in classifiers:
            verdict = classify(view)
            if verdict is not None:
                topics[section, quantity.kind] = verdict.metric
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
    out.extend(_openings(reading))
    out.sort(key=lambda f: (f.start, f.end))
    return out


def is_guidance(text: str) -> bool:
    """Whether a document speaks of capital-expenditure guidance."""
    return bool(
        re.search(r"\b(?:cap(?:ital)?[- ]?ex(?:penditures?)?|capital spending)\b", text, re.IGNORECASE)
    ) and bool(re.search(r"\b(?:guidance|quarter|earnings|forecast|outlook|results|fiscal)\b", text, re.IGNORECASE))


def _view(reading: Reading, index: int, quantity: Quantity, guidance: bool, topic: str = "") -> View:
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
                reading.heading_of(quantity.start) if block.kind != "heading" else "", chip_spans, guidance, companies, topic)  # fmt: skip


def _openings(reading: Reading) -> list[Figure]:
    out: list[Figure] = []
    segments = reading.segments
    periods = reading.periods
    for index, period in enumerate(periods):
        number = segments.sentence_at(period.start)
        sentence = segments.sentences[number]
        start, end = max(sentence.start, period.start - CONTEXT), min(sentence.end, period.end + CONTEXT)
        if any(q.start <= period.start < q.end and q.kind != "number" for q in reading.quantities):
            continue
        others = tuple((p.hedge_start, p.end) for i, p in enumerate(periods) if i != index and start <= p.start < end)
        capacity = any(
            q.kind == "power" and start <= q.start and q.end <= end and (0 <= period.start - q.end < 70 or 0 <= q.start - period.end < 30)
            for q in reading.quantities
        )
        today = reading.today
        past = (period.last is not None and today is not None and period.last < today.isoformat()) or (
            today is None and period.grain in {"month", "day"}
        )
        score = judge(reading.text, period, start, end, others, capacity, past)
        if score > 0:
            out.append(Figure("online", period.start, period.end, number, min(score / 4, 1.0), period=period))
    return out
