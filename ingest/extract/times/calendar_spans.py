"""
From the words of a period to its first and last day.

In: the named groups of a match of `periods.PERIOD`, and the document's date. Out: first day, last day, grain, fiscal or not; None where a
relative period has no date to count from. Never guesses a day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from ingest.extract.times.foreign_periods import foreign_span
from ingest.extract.times.named_days import named_span
from ingest.extract.times.nearest_year import LEADS, nearest_year

MONTHS = (
    {m.lower(): i for i, m in enumerate(calendar.month_name) if m}
    | {m.lower(): i for i, m in enumerate(calendar.month_abbr) if m}
    | {"sept": 9}
)
_ORDINAL = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": 4,
    "final": 4,
    "opening": 1,
    "closing": 4,
}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18, "a": 1, "an": 1,
            "fifteen": 15, "twenty": 20, "thirty": 30, "twenty-four": 24}  # fmt: skip


def _span(year: int, first_month: int, last_month: int) -> tuple[date, date]:
    return date(year, first_month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])


PARTS = {"early": (1, 4), "start": (1, 4), "beginning": (1, 4), "mid": (5, 8), "middle": (5, 8), "late": (9, 12), "end": (9, 12), "spring": (3, 5),
         "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12), "back": (7, 12), "latter": (7, 12), "later": (7, 12)}  # fmt: skip


SAID_YEAR, SAID_WITHIN = re.compile(r"(?<!\d)20\d\d(?!\d)"), 300
"""The year that "that year" means was said before, within so many characters."""


def _year(words: str, today: date | None, text: str = "", at: int = 0) -> int | None:
    digits = re.search(r"\d{4}|\d\d", words)
    lowered = words.lower()
    if digits is None and lowered.startswith(("that", "the same")):
        said = SAID_YEAR.findall(text, max(0, at - SAID_WITHIN), at)
        return int(said[-1]) if said else None
    if digits:
        value = int(digits.group())
        return value if value > 100 else 2000 + value
    if today is None:
        return None
    if lowered.startswith("last"):
        return today.year - 1
    return today.year + (0 if lowered.startswith(("this", "the current", "the year")) else 1)


def days_of(match: re.Match[str], today: date | None, text: str) -> tuple[date, date, str, bool] | None:
    """First day, last day, grain and whether fiscal, of one match of `periods.PERIOD`; None where it cannot be told."""
    group = match.groupdict()
    try:
        return _read(group, today, match, text)
    except (ValueError, OverflowError):
        return None


def _read(
    g: dict[str, str | None], today: date | None, match: re.Match[str], text: str
) -> tuple[date, date, str, bool] | None:
    if (span := foreign_span(g) or named_span(g, today, match, text)) is not None:
        return span
    if g["part"]:
        year = _year(g["partyear"] or "", today, text, match.start())
        key = re.sub(r"^the |(?: of| half of)$", "", g["part"].lower()).split()[0]
        if year is None:
            return None
        if key in {"end", "close"}:
            # "by the end of 2026" closes with the year; "at the end of 2026" is its last months.
            return (*_span(year, 9, 12), "end", bool(g["partfy"]))
        return (*_span(year, *PARTS[key]), "part", bool(g["partfy"]))
    if g["halfyear"]:
        year = _year(g["halfyear"], today, text, match.start())
        second = (g["halfn"] or g["halfn2"]) == "2" or (g["halford"] or "").lower() in {"second", "back", "latter"}
        if year is None:
            return None
        if g["halfyear"].endswith("s"):  # "the second half of the 2030s"
            return date(year + (5 if second else 0), 1, 1), date(year + (9 if second else 4), 12, 31), "decade", False
        return (*_span(year, 7 if second else 1, 12 if second else 6), "half", bool(g["halffy"]))
    if g["qord"] or g["qn"] or g["qn2"]:
        quarter = _ORDINAL[g["qord"].lower()] if g["qord"] else int(g["qn"] or g["qn2"] or 0)
        year = _year(g["qyear"], today, text, match.start()) if g["qyear"] else (today.year if today else None)
        if year is None:
            return None
        return (*_span(year, 3 * quarter - 2, 3 * quarter), "quarter", bool(g["qfy"]))
    if g["mpart"]:
        month = MONTHS[(g["mpmonth"] or "").lower().rstrip(".")]
        year = int(g["mpyear"]) if g["mpyear"] else nearest_year(month, today, match, text)
        if year is None:
            return None
        return (*_span(year, month, month), "month", False)
    if g["daymonth"] or g["mday"]:
        month = MONTHS[(g["dmonth"] or g["mdmonth"] or "").lower().rstrip(".")]
        told = g["dyear"] or g["mdyear"]
        of = int(told) if told else nearest_year(month, today, match, text)
        if of is None:
            return None
        day = date(of, month, int(g["daymonth"] or g["mday"] or 0))
        return day, day, "day", False
    if g["month"]:
        month = MONTHS[g["month"].lower().rstrip(".")]
        if g["myear"]:
            year = _year(g["myear"], today, text, match.start())
        elif (
            g["month"] in {"may", "march", "mar"}
            or (
                not g["month"][0].isupper()
                # captions are without capitals: "we target october"
                and not (len(g["month"]) > 4 and LEADS.search(text[max(0, match.start() - 12) : match.start()]))
            )
            or (
                g["month"] == "May"
                and not re.search(
                    r"\b(?:in|by|since|last|this|next|of|until|from|early|late|mid)[ -]$",
                    text[max(0, match.start() - 8) : match.start()],
                    re.IGNORECASE,
                )
            )
        ):
            return None
        else:
            year = nearest_year(month, today, match, text)
        if year is None:
            return None
        return (*_span(year, month, month), "month", False)
    if g["iso"]:
        day = date.fromisoformat(g["iso"])
        return day, day, "day", False
    if g["cjkyear"]:
        year = int(g["cjkyear"])
        if g["cjkmonth"]:
            return (*_span(year, int(g["cjkmonth"]), int(g["cjkmonth"])), "month", False)
        return (*_span(year, 1, 12), "year", False)
    if g["fyyear"]:
        year = _year(g["fyyear"], today)
        return None if year is None else (*_span(year, 1, 12), "year", True)
    if g["decade"]:
        base = (today.year if today else 2025) // 10 * 10
        return date(base, 1, 1), date(base + 10, 12, 31), "end", False
    if g["yearend"]:
        year = int(g["yeyear"]) if g["yeyear"] else (today.year if today else None)
        return None if year is None else (*_span(year, 9, 12), "end", False)
    if g["withinn"]:
        return _within(g, today)
    if g["relyear"] or g["relhalfyear"]:
        year = _year(g["relyear"] or g["relhalfyear"] or "", today, text, match.start())
        if year is None:
            return None
        words = (g["relpart"] or g["relhalf"] or "").lower()
        if "half" in words:
            return (*_span(year, *((1, 6) if "first" in words else (7, 12))), "half", False)
        return (
            *_span(year, *PARTS[re.sub(r"^the ", "", words).split()[0]]),
            "end" if "end" in words else "part",
            False,
        )
    if g["rel"]:
        return _relative(g["rel"].lower(), (g["relunit"] or "").lower(), today)
    if g["relmonth"]:
        if today is None:
            return None
        month = MONTHS[g["relmonth"].lower().rstrip(".")]
        word = (g["relmonthword"] or "").lower()
        year = today.year
        if word == "last" and month >= today.month:
            year -= 1
        if word == "next" and month <= today.month:
            year += 1
        return (*_span(year, month, month), "month", False)
    year = int(g["year"] or 0)
    return (*_span(year, 1, 12), "year", False)


def _within(g: dict[str, str | None], today: date | None) -> tuple[date, date, str, bool] | None:
    if today is None:
        return None
    amount = _NUMBERS.get((g["withinn"] or "").lower()) or int(g["withinn"] or 0)
    unit = (g["withinunit"] or "").lower()
    if unit.startswith("week"):
        return today, today + timedelta(weeks=amount), "within", False
    months = amount * (12 if unit.startswith("year") else 1)
    year, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + year, month + 1
    return today, date(year, month, min(today.day, calendar.monthrange(year, month)[1])), "within", False


def _relative(word: str, unit: str, today: date | None) -> tuple[date, date, str, bool] | None:
    if today is None:
        return None
    step = {"this": 0, "next": 1, "the coming": 1, "last": -1}[word]
    if unit == "year":
        return (*_span(today.year + step, 1, 12), "year", False)
    if unit == "month":
        index = today.year * 12 + today.month - 1 + step
        return (*_span(index // 12, index % 12 + 1, index % 12 + 1), "month", False)
    if unit == "quarter":
        index = today.year * 4 + (today.month - 1) // 3 + step
        return (*_span(index // 4, index % 4 * 3 + 1, index % 4 * 3 + 3), "quarter", False)
    first, last = PARTS["autumn" if unit == "fall" else unit]
    year = today.year
    if step > 0 and today.month >= first:
        year += 1
    if step < 0 and today.month <= last:
        year -= 1
    return (*_span(year, first, last), "season", False)
