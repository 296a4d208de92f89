"""
From rows of the history of a figure to a chart of it.

In: rows of `figure_changes` and the link maker. Out: one chart a metric that changed. Never draws different stages of a
project (announced, operating, spent) as one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from db.web.charts import Bar, Mark, Span, bars, history, timeline
from db.web.words import METRICS, STATUSES, amount, day_words, figure, label, quantity

DRAWN = ("power", "capex", "chips", "online")
ONLINE_FROM, ONLINE_TO = "period_start", "period_end"
OUTSIDE_THE_LINE = frozenset({"part", "phase", "programme", "implausible", "retracted", "disputed"})
Link = Callable[..., str]


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def history_charts(rows: Iterable[Mapping[str, Any]], link: Link, today: date) -> list[tuple[str, Markup]]:
    """Return (metric, chart) for each metric of which more than one dated value was said."""
    by_metric: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["metric"] in DRAWN:
            by_metric.setdefault(row["metric"], []).append(row)
    charts = []
    for metric in DRAWN:
        marks = [mark for row in by_metric.get(metric, ()) if (mark := _mark(row, link))]
        if len({(mark.day, mark.low, mark.high) for mark in marks}) > 1:
            name = f"{label(metric, METRICS)}, by the day it was said"
            charts.append((metric, _chart(metric, marks, name, today)))
    return charts


def _chart(metric: str, marks: list[Mark], name: str, today: date) -> Markup:
    if metric == "online":
        return history(marks, name, lambda n: f"{date.fromordinal(round(n)):%b %Y}", from_zero=False, today=today)
    unit = {"power": "MW", "capex": "USD", "chips": "count"}[metric]
    return history(marks, name, lambda n: quantity(n, None, unit) if n else "0", today=today)


def _said(row: Mapping[str, Any]) -> str:
    return f"said by {row['publisher'] or 'an unnamed publisher'} on {day_words(row['said_on'])}"


def _mark(row: Mapping[str, Any], link: Link) -> Mark | None:
    day = _date(row["said_on"])
    if row["metric"] == "online":
        first, last = _date(row[ONLINE_FROM]), _date(row[ONLINE_TO])
        low, high = (float(end.toordinal()) if end else None for end in (first, last))
    elif row["metric"] == "capex":
        low, high = row["usd_min"], row["usd_max"]
    else:
        low, high = row["value_min"], row["value_max"]
    if day is None or (low is None and high is None):
        return None
    standing = str(row.get("standing") or "agrees")
    text = f"{figure(dict(row))}, {_said(row)}"
    announced = row.get("stage") in {None, "announced"}
    kind = "operating" if row.get("stage") == "operating" else standing
    joined = announced and standing not in OUTSIDE_THE_LINE
    return Mark(day, low, high, link("claims", row["claim_id"]), text, kind, joined)


def opening_timeline(rows: Iterable[Mapping[str, Any]], link: Link, today: date) -> Markup:
    """Return a chart of when things are said to go live, in the order of the rows."""
    spans = []
    for row in rows:
        first, last = _date(row[ONLINE_FROM]), _date(row[ONLINE_TO])
        if last is None and first is None:
            continue
        last = last or first
        assert last is not None
        start = first or last.replace(day=1)
        name = row["project"] or row["companies"] or "unnamed"
        text = f"{name}: {figure(dict(row))}, {_said(row)}"
        status = row.get("status") if row.get("status") in STATUSES else "planned"
        spans.append(Span(name, start, last, link("claims", row["claim_id"]), text, str(status), first is None))
    return timeline(spans, "When capacity is said to go live", today)


def guidance_bars(rows: Iterable[Mapping[str, Any]], link: Link, *, with_company: bool = False) -> Markup:
    """Return bars of spending plans and results, one a row that nothing newer has replaced."""
    found = []
    for row in rows:
        if not row["current"]:
            continue
        what = "spent" if row["kind"] == "spent" else "plan"
        name = f"{row['company']} {row['fiscal_label']}, {what}" if with_company else f"{row['fiscal_label']}, {what}"
        said = amount(row["usd_min"], row["usd_max"], "USD", row["qualifier"])
        text = f"{row['company']}, {row['fiscal_label']}: {said}, said on {day_words(row['said_on'])}"
        kind = "done" if row["kind"] == "spent" else "planned"
        found.append(Bar(name, row["usd_min"], row["usd_max"], link("claims", row["claim_id"]), text, kind))
    return bars(found, "Capital spending by fiscal period", lambda n: quantity(n, None, "USD"))
