"""
Charts as SVG made on the server: they need no script, print well, and every mark is a link to its quote.

In: rows with dates, low and high values, and addresses. Out: safe SVG. Never holds the only copy of a figure: the page
shows the same rows as a table under each chart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from db.web.words import clean

WIDTH, HEIGHT = 720, 280
LEFT, RIGHT, TOP, BOTTOM = 84, 18, 18, 34


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure on a chart: when it was said, its low and high end (one may be open), and where its quote is."""

    day: date
    low: float | None
    high: float | None
    href: str
    text: str
    kind: str = "other"
    """A short word that the stylesheet colours: chosen, agrees, revised, disputed and so on."""
    joined: bool = True
    """Whether the line of the plan runs through it."""

    @property
    def level(self) -> float:
        """Where the mark stands: the stated end, or the middle of a range."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends)


def nice_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Return round values from at most `low` to at least `high`."""
    if high <= low:
        high = low + (abs(low) or 1)
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough)
    first = math.floor(low / step)
    return [step * n for n in range(first, math.ceil(high / step) + 1)]


def year_ticks(first: date, last: date) -> list[date]:
    """Return the first days of years from `first` to `last`,
    thinned to at most nine; of quarters when time is short."""
    if (last - first).days < 500:
        months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
        inside = [day for day in months if first <= day <= last]
        if len(inside) > 1:
            return inside
    years = range(first.year, last.year + 2)
    thin = max(1, math.ceil(len(years) / 9))
    return [date(year, 1, 1) for year in years if year % thin == 0 and first <= date(year, 1, 1) <= last]


def history(
    marks: Sequence[Mark], title: str, say: Callable[[float], str], *, from_zero: bool = True, today: date | None = None
) -> Markup:
    """Return a chart of what was said over time: a dot a figure, a bar for a range, arrows for ceilings and floors."""
    if not marks:
        return Markup("")
    marks = sorted(marks, key=lambda mark: (mark.day, mark.level))
    days = [mark.day for mark in marks] + ([today] if today else [])
    first, last = min(days), max(days)
    margin = max(20, (last - first).days // 25)
    begin, end = first.toordinal() - margin, last.toordinal() + margin
    ends = [value for mark in marks for value in (mark.low, mark.high) if value is not None]
    ticks = nice_ticks(0 if from_zero else min(ends), max(ends))
    bottom, top = ticks[0], ticks[-1]

    def x(day: date) -> float:
        return LEFT + (day.toordinal() - begin) / (end - begin) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (value - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM)

    parts = [*_grid(ticks, y, say), *_days(date.fromordinal(begin), date.fromordinal(end), x)]
    line = [mark for mark in marks if mark.joined]
    if len(line) > 1:
        path = f"M{x(line[0].day):.1f} {y(line[0].level):.1f}"
        path += "".join(f"H{x(mark.day):.1f}V{y(mark.level):.1f}" for mark in line[1:])
        if today and today > line[-1].day:
            path += f"H{x(today):.1f}"
        parts.append(Markup('<path class="plan" d="{}"/>').format(path))
    parts.extend(_dot(mark, x(mark.day), y) for mark in marks)
    return _svg(parts, title, HEIGHT)


def _grid(ticks: Iterable[float], y: Callable[[float], float], say: Callable[[float], str]) -> list[Markup]:
    return [
        Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="axis" x="{}" y="{}">{}</text>').format(
            LEFT, WIDTH - RIGHT, f"{y(tick):.1f}", f"{y(tick):.1f}", LEFT - 8, f"{y(tick) + 4:.1f}", say(tick)
        )
        for tick in ticks
    ]


def _days(first: date, last: date, x: Callable[[date], float]) -> list[Markup]:
    ticks = year_ticks(first, last)
    whole = all(tick.month == 1 for tick in ticks)
    return [
        _upright(
            "tick", "day", x(tick), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 5, 15, tick.strftime("%Y" if whole else "%b %Y")
        )
        for tick in ticks
    ]


def _dot(mark: Mark, across: float, y: Callable[[float], float]) -> Markup:
    at = f"{across:.1f}"
    shapes = []
    if mark.low is not None and mark.high is not None and mark.low != mark.high:
        shapes.append(
            Markup('<line class="span" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>').format(
                at, f"{y(mark.low):.1f}", f"{y(mark.high):.1f}"
            )
        )
    level = y(mark.level)
    if mark.low is None or mark.high is None:
        # A ceiling points down and a floor points up: the figure may lie there.
        turn = 1 if mark.low is None else -1
        shapes.append(
            Markup('<path class="open" d="M{} {}v{}m-4 {}l4 {}l4 {}"/>').format(
                at, f"{level:.1f}", 16 * turn, -5 * turn, 5 * turn, -5 * turn
            )
        )
    shapes.append(Markup('<circle cx="{}" cy="{}" r="5.5"/>').format(at, f"{level:.1f}"))
    return Markup('<a href="{}" class="mark m-{}"><title>{}</title>{}</a>').format(
        mark.href, mark.kind, clean(mark.text, 200), Markup("").join(shapes)
    )


@dataclass(frozen=True, slots=True)
class Span:
    """One bar of a timeline: a name, the stated period, and where its quote is."""

    name: str
    first: date
    last: date
    href: str
    text: str
    kind: str = "planned"
    open_start: bool = False
    """True for "by": the period has an end and no beginning."""


def timeline(spans: Sequence[Span], title: str, today: date) -> Markup:
    """Return a chart of stated periods, one line a bar, with today marked."""
    if not spans:
        return Markup("")
    row, left = 24, 190
    height = TOP + row * len(spans) + BOTTOM
    begin = min(span.first for span in spans).replace(month=1, day=1).toordinal()
    end = max(max(span.last for span in spans).toordinal(), today.toordinal()) + 40

    def x(day: date) -> float:
        return left + (max(day.toordinal(), begin) - begin) / (end - begin) * (WIDTH - left - RIGHT)

    parts: list[Markup] = []
    for tick in year_ticks(date.fromordinal(begin), date.fromordinal(end)):
        word = tick.strftime("%Y" if tick.month == 1 else "%b %Y")
        parts.append(_upright("grid", "day", x(tick), TOP - 6, height - BOTTOM, 18, word))
    for number, span in enumerate(spans):
        across, down = x(span.first), TOP + row * number
        width = max(6.0, x(span.last) - across)
        parts.append(
            Markup(
                '<a href="{}" class="bar-mark b-{}"><title>{}</title><text class="name" x="{}" y="{}">{}</text>'
                '<rect x="{}" y="{}" width="{}" height="13" rx="3"{}/></a>'
            ).format(
                span.href, span.kind, clean(span.text, 200), left - 10, down + 14, clean(span.name, 26),
                f"{across:.1f}", down + 4, f"{width:.1f}", Markup(' class="open-start"') if span.open_start else "",
            )
        )  # fmt: skip
    parts.append(_upright("today", "today-word", x(today), height - BOTTOM, TOP - 4, -3, "today"))
    return _svg(parts, title, height)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a name, a low and a high value (the part between is drawn lighter), and where it comes from."""

    name: str
    low: float | None
    high: float | None
    href: str
    text: str
    kind: str = "plain"


def bars(rows: Sequence[Bar], title: str, say: Callable[[float], str]) -> Markup:
    """Return horizontal bars on one scale from zero."""
    rows = [row for row in rows if row.low is not None or row.high is not None]
    if not rows:
        return Markup("")
    row_height, left = 26, 190
    height = TOP + row_height * len(rows) + BOTTOM
    ticks = nice_ticks(0, max(value for row in rows for value in (row.low, row.high) if value is not None) or 1)

    def x(value: float) -> float:
        return left + value / ticks[-1] * (WIDTH - left - RIGHT - 40)

    parts: list[Markup] = [
        _upright("grid", "day", x(tick), TOP - 6, height - BOTTOM, 18, say(tick) if tick else "0") for tick in ticks
    ]
    for number, row in enumerate(rows):
        top = TOP + row_height * number
        ends = [value for value in (row.low, row.high) if value is not None]
        firm, far = (min(ends) if row.low is not None else 0.0), max(ends)
        parts.append(
            Markup(
                '<a href="{}" class="bar-mark b-{}"><title>{}</title><text class="name" x="{}" y="{}">{}</text>'
                '<rect class="far" x="{}" y="{}" width="{}" height="15" rx="3"/>'
                '<rect x="{}" y="{}" width="{}" height="15" rx="3"/></a>'
            ).format(
                row.href, row.kind, clean(row.text, 200), left - 10, top + 15, clean(row.name, 28), left, top + 4,
                f"{max(1.0, x(far) - left):.1f}", left, top + 4, f"{max(0.0, x(firm) - left):.1f}",
            )
        )  # fmt: skip
    return _svg(parts, title, height)


def _upright(line: str, text: str, across: float, top: float, foot: float, below: float, word: str) -> Markup:
    """Return an upright line and a word under (or over) its foot; `below` is how far the word is from the foot."""
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="{}" x="{}" y="{}">{}</text>').format(
        line, f"{across:.1f}", f"{across:.1f}", top, foot, text, f"{across:.1f}", foot + below, word
    )


def _svg(parts: Iterable[Markup], title: str, height: int) -> Markup:
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="group" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{}</svg>'
    ).format(WIDTH, height, title, Markup("").join(parts))
