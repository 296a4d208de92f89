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
from functools import cache

from ingest.extract import metrics
from ingest.extract.amounts.quantities import Quantity
from ingest.extract.figures.columns import Columns
from ingest.extract.figures.ellipses import ellipses
from ingest.extract.figures.figure import CONTEXT, Figure
from ingest.extract.figures.measured_ellipses import measured_ellipses
from ingest.extract.figures.openings import openings
from ingest.extract.metrics import Verdict, View
from ingest.extract.metrics.power import GENERATION
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled

__all__ = ["Figure", "find_figures", "is_guidance"]

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
    on_plants = GENERATION.search(reading.text, 0, reading.base) is not None
    topics: dict[tuple[int, str], tuple[str, int]] = {}
    columns = Columns(reading)
    refused: set[tuple[str, float]] = set()
    # What the body counts as no figure, by unit and size.
    for index, told in enumerate(reading.quantities):
        quantity = columns.measured(told)
        classifiers = _families().get(quantity.kind, ())
        if not classifiers or quantity.conversion_of is not None or _unsaid(reading.text, quantity):
            continue
        block = reading.block(quantity.start)
        # A list item or table row is a subject of its own; paragraphs of a section go on about one.
        own = block.kind in {"item", "row"} or LABELLED.match(reading.text, block.start, block.end)
        section = -block.start if own else block.section
        topic, told_at = topics.get((section, quantity.kind), topics.get((0, quantity.kind), ("", 0)))
        if topic == "generation" and told_at not in (0, block.start) and not on_plants:
            topic = ""  # a paragraph on plants is followed by one on what they feed
        view = _view(reading, index, quantity, guidance, earnings, topic, columns.over(quantity.start))
        for classify in classifiers:
            verdict = classify(view)
            if verdict is not None:
                topics[section, quantity.kind] = verdict.metric, block.start
                if block.kind == "paragraph":
                    topics[block.section, quantity.kind] = verdict.metric, block.start
                out.append(
                    Figure(
                        verdict.metric,
                        verdict.start,
                        verdict.end,
                        reading.segments.sentence_at(quantity.start),
                        verdict.margin,
                        quantity,
                        noun=verdict.noun,
                        chip=verdict.chip,
                    )
                )
                break
        else:
            if quantity.start >= reading.base:
                refused.add((quantity.unit, quantity.high))
    out = [f for f in out if f.start >= reading.base or not _is_refused(f, out, refused, reading.base)]
    out.extend(ellipses(reading, out))
    out.extend(measured_ellipses(reading, out))
    out.extend(openings(reading, out, columns))
    out.sort(key=lambda f: (f.start, f.end))
    return out


def _is_refused(figure: Figure, figures: list[Figure], refused: set[tuple[str, float]], base: int) -> bool:
    """Whether nothing in a title speaks for what the text then says is no figure: "Auditor counts $9 million", of taxes."""
    if figure.margin or figure.quantity is None:
        return False
    size = figure.quantity.unit, figure.quantity.high
    if size not in refused:
        return False
    told = [f for f in figures if f.start >= base and f.quantity is not None]
    return all((f.quantity.unit, f.quantity.high) != size for f in told if f.quantity is not None)


def _unsaid(text: str, quantity: Quantity) -> bool:
    """Whether the words right beside the figure take it back or deny it."""
    if TAKEN_BACK.match(text, quantity.end):
        return True
    if not AS_SAID.match(text, quantity.end):
        return False
    hedged_from = quantity.hedge.start
    return DENIED.search(text[max(0, hedged_from - 20) : hedged_from]) is not None


def is_guidance(text: str) -> bool:
    """Whether a document speaks of capital-expenditure guidance."""
    return bool(CAPEX.search(text, 0, HEAD)) and bool(RESULTS.search(text, 0, HEAD))


def _view(
    reading: Reading,
    index: int,
    quantity: Quantity,
    guidance: bool,
    earnings: bool,
    topic: str = "",
    column: str = "",
) -> View:
    segments = reading.segments
    number = segments.sentence_at(quantity.start)
    sentence = segments.sentences[number]
    block = segments.blocks[sentence.block]
    # Every cell of a row speaks of its figures; the reach is bounded all the same, for a text of one line may hold a bar.
    whole = block if block.kind == "row" else sentence
    start, end = max(whole.start, quantity.start - CONTEXT), min(whole.end, quantity.end + CONTEXT)
    previous = segments.sentences[number - 1].start if number > block.first_sentence else start
    return View(reading, reading.text, quantity, index, number, start, end, previous, guidance, topic, earnings, column)
