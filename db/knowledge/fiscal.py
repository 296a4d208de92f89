"""
The years and quarters of companies, as days.

In: the words of a period ("FY2026", "Q3 FY27", "2026") and whose year it is. Out: a label with first and last day.
A year that is only named by its number is a calendar year, unless the words say fiscal. Never guesses a year that the
words do not give.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from db.knowledge.model import ClaimRow

CALENDARS = Path(__file__).parent.parent / "reference" / "fiscal_years.csv"
_FISCAL = re.compile(r"\b(?:FY|fiscal(?: year)?)\s*'?’?(20)?(\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")
_QUARTER = re.compile(
    r"\bQ([1-4])\b|\b([1-4])Q|\b(first|second|third|fourth)[- ](?:fiscal )?quarter\b", re.IGNORECASE
)  # fmt: skip
_ONE_PERIOD = re.compile(r"(Q[1-4]\s+)?(calendar\s+|fiscal\s+(year\s+)?|FY\s*'?)?(20)?\d\d", re.IGNORECASE)
_SAID = {"first": 1, "second": 2, "third": 3, "fourth": 4}


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """When a company's year ends, and whether it is called by the year in which it starts or ends."""

    ends_month: int = 12
    named_after: str = "end"
    note: str = "calendar year: no other is listed"


@dataclass(frozen=True, slots=True)
class FiscalPeriod:
    """A year or a quarter of a company."""

    label: str
    first: str
    last: str
    is_year: bool


def is_guidance(claim: ClaimRow, document_kind: str | None) -> bool:
    """
    Whether a claim is a company's spending of a period as a whole.

    The extractor says so (`company_year`); so does a named year, or a document that is all about guidance, where
    neither a project nor a place is named.
    """
    if claim.metric != "capex" or claim.project_name or claim.place_name:
        return False
    if claim.scope == "company_year":
        return True
    if claim.scope in ("site", "phase", "programme") or claim.country or claim.admin1 or not claim.companies:
        return False
    return document_kind == "capex_guidance" or bool(_ONE_PERIOD.fullmatch((claim.period or "").strip()))


@cache
def fiscal_calendars() -> Mapping[str, FiscalCalendar]:
    """The companies whose year is not the calendar's."""
    with CALENDARS.open(encoding="utf-8", newline="") as file:
        return {
            row["company"]: FiscalCalendar(int(row["ends_month"]), row["named_after"], row["note"])
            for row in csv.DictReader(file, strict=True)
        }


def fiscal_period(words: str, calendar: FiscalCalendar) -> FiscalPeriod | None:
    """
    The period that the words name.

    >>> fiscal_period("FY2026", FiscalCalendar(6, "end", ""))
    FiscalPeriod(label='FY2026', first='2025-07-01', last='2026-06-30', is_year=True)
    >>> fiscal_period("Q1 FY27", FiscalCalendar(5, "end", ""))
    FiscalPeriod(label='Q1 FY2027', first='2026-06-01', last='2026-08-31', is_year=False)
    >>> fiscal_period("2026", FiscalCalendar(6, "end", "")).first
    '2026-01-01'
    """
    fiscal = _FISCAL.search(words)
    plain = _YEAR.search(words)
    if fiscal:
        year = 2000 + int(fiscal[2])
    elif plain:
        year = int(plain[1])
    else:
        return None
    own = calendar if fiscal else FiscalCalendar()
    last_year = year if own.named_after == "end" or own.ends_month == 12 else year + 1
    first = _months_on(date(last_year, own.ends_month, 1), -11)
    quarter = _quarter(words)
    name = f"FY{year}" if fiscal else str(year)
    if quarter is None:
        return FiscalPeriod(name, first.isoformat(), _last_day(_months_on(first, 11)), True)
    start = _months_on(first, 3 * (quarter - 1))
    return FiscalPeriod(f"Q{quarter} {name}", start.isoformat(), _last_day(_months_on(start, 2)), False)


def _quarter(words: str) -> int | None:
    found = _QUARTER.search(words)
    if found is None:
        return None
    return int(found[1] or found[2] or _SAID[found[3].lower()])


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _last_day(day: date) -> str:
    return day.replace(day=monthrange(day.year, day.month)[1]).isoformat()
