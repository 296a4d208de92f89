"""
Figures with everything that belongs to them: who, where, which project and chip, when, in what state.

In: a document. Out: its `Extraction`. Said twice is one claim; figures of a document that is not about infrastructure are none.
"""

from __future__ import annotations

from db.records import Claim, Conversion, Document, Extraction
from ingest.extract.figures import Figure, find_figures
from ingest.extract.reading import Reading, read


def make_extraction(document: Document) -> Extraction:
    """Read `document` and make its claims."""
    reading = read(document)
    figures = find_figures(reading)
    claims = [_claim(reading, figure) for figure in figures]
    seen = set()
    out = []
    for c in claims:
        key = (c.metric, c.min, c.max, c.unit)
        if key in seen:
            continue
        seen.add(key)
        out.append(c)
    return Extraction(True, "other", claims=tuple(out))


def _claim(reading: Reading, figure: Figure) -> Claim:
    base = reading.base
    in_title = figure.end <= base - 2
    start, end = (figure.start, figure.end) if in_title else (figure.start - base, figure.end - base)
    quantity = figure.quantity
    if quantity is not None:
        low, high, unit, qualifier = quantity.min, quantity.max, quantity.unit or "count", quantity.qualifier
        if figure.metric == "land_area" and unit == "m2":
            low, high, unit = low and low / 1e4, high and high / 1e4, "ha"
        if figure.metric == "floor_area" and unit == "ha":
            low, high, unit = low and low * 1e4, high and high * 1e4, "m2"
        if figure.metric in ("chips", "jobs"):
            unit = "count"
    else:
        low, high, unit, qualifier = figure.period.first, figure.period.last, "date", figure.period.qualifier
    alt = tuple(
        Conversion(reading.text[q.start : q.end], q.min, q.max, q.unit, q.qualifier)
        for q in reading.quantities
        if quantity is not None and q.conversion_of is not None and reading.quantities[q.conversion_of] is quantity
    )
    return Claim(
        figure.metric,
        low,
        high,
        unit,
        qualifier,
        reading.text[figure.start : figure.end],
        start,
        end,
        "title" if in_title else "text",
        alt=alt,
    )
