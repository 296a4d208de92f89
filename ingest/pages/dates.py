"""
Dates as channels and pages write them, to ISO 8601.

In: the words of a date. Out: "2026-01-28" or "2026-01-28T21:05:00Z", or None when they are not surely a date.
Never guesses: "11/02/2026" is two days, so it is none; a time without a known zone leaves the day alone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# Only names that mean one offset wherever they are written; IST is three, and ET changes with the season.
ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420, "bst": 60, "wet": 0, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "gst": 240,
    "sgt": 480, "hkt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_WORDS = re.compile(
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:{_DAY}[\s-]+{_MONTH},?[\s-]+{_YEAR}"
    rf"|{_MONTH.replace('month', 'month2')}\s+{_DAY.replace('day', 'day2')},?\s+{_YEAR.replace('year', 'year2')})"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TIME = re.compile(
    r"[\s,|–-]*(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*\(?(?P<zone>[+-]\d\d:?\d\d|[A-Za-z]{1,5})?\)?\s*",
    re.IGNORECASE,
)


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return -minutes if zone[0] == "-" else minutes
    return ZONES.get(zone.lower())


def _iso(year: int, month: int, day: int, clock: tuple[int, int, int] | None, offset: int | None) -> str | None:
    try:
        if clock is None or offset is None:
            return date(year, month, day).isoformat()
        moment = datetime(year, month, day, *clock, tzinfo=timezone(timedelta(minutes=offset)))
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None


def read_date(words: str | None) -> str | None:
    """ISO 8601 of a date written as ISO, as RFC 822 or in English words; None when it is anything else."""
    text = " ".join((words or "").split())
    for pattern in (_ISO, _COMPACT):
        if found := pattern.fullmatch(text):
            year, month, day, hour, minute, second, zone = found.groups()
            clock = (int(hour), int(minute), int(second or 0)) if hour else None
            return _iso(int(year), int(month), int(day), clock, _offset(zone))
    if found := _WORDS.fullmatch(text):
        month_number = MONTHS.get((found["month"] or found["month2"]).lower())
        if month_number is None:
            return None
        clock, offset = None, None
        if time := _TIME.fullmatch(found["rest"]):
            hour = int(time["hour"])
            if time["half"]:
                hour = hour % 12 + (12 if time["half"][0].lower() == "p" else 0)
            clock, offset = (hour, int(time["minute"]), int(time["second"] or 0)), _offset(time["zone"])
        elif found["rest"].strip(" ,|"):
            return None
        year, day = int(found["year"] or found["year2"]), int(found["day"] or found["day2"])
        return _iso(year, month_number, day, clock, offset)
    return None
