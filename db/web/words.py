"""
Figures and dates in the words a reader would use.

In: values as the tables hold them. Out: short plain strings ("up to 1.2 GW", "at least $500 billion", "late 2026").
Never touches a database, never makes HTML, never rounds so far that two different figures read alike by accident:
four significant digits are kept, of an area three, as most were stated in square feet or acres.
"""

from __future__ import annotations

import math
import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime

from db.web.vocabulary import TIERS, label

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: float, digits: int = 4) -> str:
    """Return at most so many significant digits, with thousands separated and no trailing zeros."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.{digits}g}"
    return text if "e" not in text else f"{value:f}".rstrip("0").rstrip(".")


def scaled(value: float, unit: str, digits: int = 4) -> tuple[str, str]:
    """Return the number and the unit word that a reader expects for `value` in the stored unit."""
    if unit in {"m2", "ha"}:
        digits = min(digits, 3)
    if digits < 4 and value:
        # Rounded first, so that 999,700 becomes a million and 12,345 chips become 12,300.
        size = 10 ** (math.floor(math.log10(abs(value))) + 1 - digits)
        value = round(value / size) * size
    if unit == "MW":
        if abs(value) >= 1000:
            return number(value / 1000), "GW"
        return (number(value * 1000), "kW") if 0 < abs(value) < 1 else (number(value), "MW")
    if unit == "count":
        return (number(value / 1e6), "million") if abs(value) >= 1e6 else (number(value), "")
    if unit == "m2":
        return (number(value / 1e6), "million m²") if abs(value) >= 1e6 else (number(value), "m²")
    if unit == "ha":
        return number(value), "hectares"
    for step, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= step:
            return number(value / step), word
    return number(value), ""


def _joined(low: str, high: str | None, unit: str, word: str) -> str:
    figure = low if high is None else f"{low}–{high}"
    if unit in {"MW", "count", "m2", "ha"}:
        return f"{figure} {word}".rstrip()
    symbol = SYMBOLS.get(unit)
    money = f"{symbol}{figure}" if symbol else f"{unit} {figure}"
    return f"{money} {word}".rstrip()


def quantity(low: float | None, high: float | None, unit: str, digits: int = 4) -> str:
    """Return one value, or a range when the ends differ, with its unit."""
    ends = [value for value in (low, high) if value is not None]
    if not ends:
        return "not stated"
    first, word = scaled(ends[0], unit, digits)
    if len(ends) == 1 or ends[0] == ends[1] or scaled(ends[1], unit, digits) == (first, word):
        return _joined(first, None, unit, word)
    last, last_word = scaled(ends[1], unit, digits)
    if word == last_word:
        return _joined(first, last, unit, word)
    return f"{_joined(first, None, unit, word)} to {_joined(last, None, unit, last_word)}"


def total(low: float | None, high: float | None, unit: str) -> str:
    """Return a sum with three significant digits: its parts are no more exact than that."""
    return quantity(low, high, unit, 3)


def amount(low: float | None, high: float | None, unit: str, qualifier: str | None) -> str:
    """Return a figure with its hedge in words, as "up to 1.2 GW" or "about 450,000"."""
    text = quantity(low, high, unit)
    hedge = {"up_to": "up to ", "at_least": "at least ", "approx": "about "}.get(qualifier or "", "")
    return text if text == "not stated" else hedge + text


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def day_words(value: str | None) -> str:
    """Return "5 March 2026" for an ISO date or time, "date unknown" for nothing."""
    day = _day(value)
    if day is None:
        return value or "date unknown"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


NAMED_PARTS = {
    (1, 4): "early",
    (5, 8): "mid",
    (9, 12): "late",
    (1, 6): "first half of",
    (7, 12): "second half of",
    (1, 3): "Q1",
    (4, 6): "Q2",
    (7, 9): "Q3",
    (10, 12): "Q4",
    (1, 12): "",
}


def period_words(start: str | None, end: str | None, qualifier: str | None = None) -> str:
    """Return how a person would name the period from `start` to `end`: "late 2026", "Q3 2026", "by the end of 2027"."""
    first, last = _day(start), _day(end)
    if first is None and last is None:
        return "date not stated"
    if last is None:
        return f"from {day_words(start)}"
    if first is None or qualifier == "up_to":
        return f"by the end of {last.year}" if (last.month, last.day) == (12, 31) else f"by {day_words(end)}"
    if qualifier == "at_least":
        return f"as early as {period_words(start, end)}"
    if first == last:
        return day_words(start)
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole_months and first.year == last.year:
        if first.month == last.month:
            return f"{MONTHS[first.month - 1]} {first.year}"
        part = NAMED_PARTS.get((first.month, last.month))
        if part is not None:
            joint = "-" if part == "mid" else " "
            return f"{part}{joint}{first.year}" if part else str(first.year)
    if whole_months and (first.month, last.month) == (1, 12):
        return f"{first.year} to {last.year}"
    return f"{day_words(start)} to {day_words(end)}"


def figure(row: dict[str, object]) -> str:
    """Return the figure of a row that has the columns of a claim, a figure or a step of a figure's history."""
    metric = row.get("metric")
    if metric == "online":
        return period_words(_text(row, "period_start"), _text(row, "period_end"), _text(row, "qualifier"))
    unit = _text(row, "unit") or ""
    if metric == "chips" and unit == "count":
        return amount(_real(row, "value_min"), _real(row, "value_max"), unit, _text(row, "qualifier")) + " chips"
    if metric == "jobs" and unit == "count":
        return amount(_real(row, "value_min"), _real(row, "value_max"), unit, _text(row, "qualifier")) + " jobs"
    return amount(_real(row, "value_min"), _real(row, "value_max"), unit, _text(row, "qualifier"))


def in_usd(row: dict[str, object]) -> str | None:
    """Return the dollars beside a figure in another currency, or nothing when there is nothing to add."""
    low, high = _real(row, "usd_min"), _real(row, "usd_max")
    if row.get("unit") == "USD" or (low is None and high is None):
        return None
    return amount(low, high, "USD", _text(row, "qualifier"))


def _text(row: dict[str, object], key: str) -> str | None:
    value = row.get(key)
    return None if value is None else str(value)


def _real(row: dict[str, object], key: str) -> float | None:
    value = row.get(key)
    return float(value) if isinstance(value, int | float) else None


def ago(value: str | None, now: datetime) -> str:
    """Return the age of a time in round words: "today", "3 days ago", "2 years ago"."""
    day = _day(value)
    if day is None:
        return "at an unknown time"
    days = (now.date() - day).days
    if days < 0:
        return "in the future"
    if days < 2:
        return ("today", "yesterday")[days]
    for size, word in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * size or (size == 365 and days >= 365):
            count = days // size
            return f"{count} {word}{'s' if count > 1 else ''} ago"
    return f"{days} days ago"


def clean(value: object, limit: int = 600) -> str:
    """
    Return text for display: control and direction-changing characters shown as a box, and never longer than `limit`.

    A right-to-left override in a headline would otherwise turn round the words after it.
    """
    text = "" if value is None else str(value)
    if len(text) > limit:
        text = text[:limit].rstrip() + " …"
    if text.isprintable():
        # None of those characters is: most texts need no second look.
        return text
    return "".join(
        "\ufffd" if unicodedata.category(letter) in {"Cc", "Cf", "Cs"} and letter not in "\n\t\u200d\u200c" else letter
        for letter in text
    )


def voice(publisher: str | None, tier: str | None, origin: str | None) -> str:
    """
    Return who speaks in a document: its publisher, with what kind of publisher that is.

    A brief is ours. The publisher whose page it tells of did not write it, and the tier is that of our own channel.
    """
    named = clean(publisher or "an unnamed publisher", 80)
    if origin == "chronicle":
        return f"our brief of a page by {named}"
    return f"{named} ({label(tier, TIERS)})" if tier else named


TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def straight(value: object) -> object:
    """Return a text without characters that turn round the words after it; anything else as it is."""
    return TURNS.sub("\ufffd", value) if type(value) is str else value
