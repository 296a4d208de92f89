"""
What the charts of a page are drawn from: marks with their values, words and addresses.

In: rows of the page's queries and the link maker. Out: `Chart`, which stands in the page's JSON under `charts`;
`static/charts.js` draws it with Observable Plot. Never holds the only copy of a figure: the page shows the same rows as
a table under each chart. Never draws different stages of a project (announced, operating, spent) as one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from db.web.vocabulary import METRICS, STATUSES, label
from db.web.words import amount, clean, day_words, figure

Link = Callable[..., str]
Row = Mapping[str, Any]
Mark = dict[str, Any]
HISTORIES = {"power": "MW", "capex": "USD", "chips": "count", "online": "date"}
OUTSIDE_THE_LINE = frozenset({"part", "phase", "programme", "implausible", "retracted", "disputed"})
SIZES = {
    "MW": ((1e3, "GW"), (1, "MW")),
    "USD": ((1e12, "trillion US dollars"), (1e9, "billion US dollars"), (1e6, "million US dollars"), (1, "US dollars")),
    "count": ((1e6, "millions"), (1e3, "thousands"), (1, "number")),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """The title of an axis with its unit, and by what the stored values are divided to be in that unit."""

    title: str
    per: float = 1
    dates: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: how it is drawn, what its axes mean, and its marks; for a map the part of the world that it shows."""

    kind: Literal["history", "timeline", "bars", "map"]
    title: str
    marks: tuple[Mark, ...]
    x: Axis | None = None
    y: Axis | None = None
    today: str | None = None
    region: Mapping[str, float] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the chart as it stands in the page's JSON."""
        return {key: value for key, value in asdict(self).items() if value is not None}


def axis(title: str, unit: str, values: Iterable[float | None]) -> Axis:
    """Return an axis whose unit suits the largest value."""
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    sizes = SIZES[unit]
    per, word = next((size for size in sizes if largest >= size[0]), sizes[-1])
    return Axis(f"{title} ({word})", per)


def histories(rows: Iterable[Row], link: Link, today: date) -> dict[str, Chart]:
    """Return a chart for each metric of which more than one dated value was said, by the metric's name."""
    by_metric: dict[str, list[Row]] = {}
    for row in rows:
        by_metric.setdefault(row["metric"], []).append(row)
    charts = {}
    for metric, unit in HISTORIES.items():
        marks = tuple(mark for row in by_metric.get(metric, ()) if (mark := _said(row, unit, link)))
        if len({(mark["on"], mark["low"], mark["high"]) for mark in marks}) > 1:
            title = label(metric, METRICS)
            ends = [mark[end] for mark in marks for end in ("low", "high")]
            up = Axis("Day it should go live", dates=True) if unit == "date" else axis(title, unit, ends)
            days = Axis("Day it was first said", dates=True)
            charts[metric] = Chart("history", f"{title}, by the day it was said", marks, days, up, today.isoformat())
    return charts


def _said(row: Row, unit: str, link: Link) -> Mark | None:
    low, high = {"date": ("period_start", "period_end"), "USD": ("usd_min", "usd_max")}.get(
        unit, ("value_min", "value_max")
    )
    ends = {"low": _day(row[low]), "high": _day(row[high])} if unit == "date" else {"low": row[low], "high": row[high]}
    day = _day(row["said_on"])
    if day is None or ends == {"low": None, "high": None}:
        return None
    standing, stage = str(row.get("standing") or "agrees"), row.get("stage") or "announced"
    return {
        "on": day,
        **ends,
        "kind": "operating" if stage == "operating" else standing,
        "joined": stage == "announced" and standing not in OUTSIDE_THE_LINE,
        **_words(f"{figure(dict(row))}, {_by(row)}", link("claims", row["claim_id"])),
    }


def openings(rows: Iterable[Row], link: Link, today: date) -> Chart | None:
    """Return a chart of when things are said to go live, in the order of the rows."""
    marks = []
    for row in rows:
        first, last = _day(row["period_start"]), _day(row["period_end"])
        if first is None and last is None:
            continue
        name = row["project"] or row["companies"] or "unnamed"
        marks.append(
            {
                "name": clean(name, 60),
                # "By the end of 2027" has no beginning: it is drawn as its last month, pale.
                "first": first or f"{str(last)[:8]}01",
                "last": last or first,
                "open": first is None,
                "kind": row["status"] if row.get("status") in STATUSES else "planned",
                **_words(f"{name}: {figure(dict(row))}, {_by(row)}", link("claims", row["claim_id"])),
            }
        )
    days = Axis("Stated period", dates=True)
    title = "When capacity is said to go live"
    return Chart("timeline", title, tuple(marks), days, today=today.isoformat()) if marks else None


def guidance(rows: Iterable[Row], link: Link, *, with_company: bool = False) -> Chart | None:
    """Return bars of spending plans and results, one for each row that nothing newer has replaced."""
    marks = []
    for row in rows:
        if not row["current"] or (row["usd_min"] is None and row["usd_max"] is None):
            continue
        what = f"{row['fiscal_label']}, {'spent' if row['kind'] == 'spent' else 'plan'}"
        said = amount(row["usd_min"], row["usd_max"], "USD", row["qualifier"])
        text = f"{row['company']}, {what}: {said}, said on {day_words(row['said_on'])}"
        marks.append(
            {
                "name": clean(f"{row['company']} {what}" if with_company else what, 60),
                "low": row["usd_min"],
                "high": row["usd_max"],
                "kind": "done" if row["kind"] == "spent" else "planned",
                **_words(text, link("claims", row["claim_id"])),
            }
        )
    title = "Capital spending by fiscal period"
    across = axis("Capital spending", "USD", [mark[end] for mark in marks for end in ("low", "high")])
    return Chart("bars", title, tuple(marks), across) if marks else None


def _words(text: str, href: str) -> Mark:
    return {"text": clean(text, 200), "href": href}


def _by(row: Row) -> str:
    return f"said by {row['publisher'] or 'an unnamed publisher'} on {day_words(row['said_on'])}"


def _day(value: object) -> str | None:
    """Return the day of a date or time, or nothing where it is none."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None
