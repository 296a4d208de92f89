"""
Periods: the words of a date or span of time -> first day and last day.

In: text, and the document's date for "next year". Out: `Period`s with their span, `start`/`end` as ISO dates (either may be
open), the qualifier and the words. Never guesses a day that the text does not give: a month is a month long, "late 2026" is
September to December (CLAIMS.md), a fiscal period is the calendar period of the same name. Never decides what happens then.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from db.records import Qualifier
from ingest.extract.text.patterns import Pattern, Window, compiled
from ingest.extract.times import foreign_periods, named_days
from ingest.extract.times.calendar_spans import days_of

_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June|Jun\.?|July|Jul\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_YEAR = r"(?:19[89]\d|20[0-6]\d)"
_ORD = r"(?:first|second|third|fourth|final|last|opening|closing|1st|2nd|3rd|4th)"
_REL = r"(?:this|next|the (?:current|coming|following|same)|last|that|the(?= year))"
_FY = r"(?:(?:the )?(?:fiscal|financial)(?: year)? ?|FY ?['’]?)"
PERIOD = compiled(
    r"(?<![\w$€£¥₹.,-])(?:"
    rf"(?P<part>early|mid|middle of|the middle of|late|beginning of|start of|the start of|the beginning of|end of|the end of|end(?=[- ](?:20|19)\d\d)|close of|the close of|the back half of|back half of|summer(?: of)?|spring(?: of)?|autumn(?: of)?|fall(?: of)?|winter(?: of)?|latter half of|the latter half of)(?:[- ]| in | of )(?:calendar )?(?P<partfy>{_FY})?(?P<partyear>{_YEAR}|['’][23]\d|{_REL} year)(?!\d|s\b)"
    rf"|(?:the )?(?:(?P<halford>first|second|back|latter) half|(?P<halfn>[12])H(?=[\s'’,-]|\d\d\b)|H(?P<halfn2>[12])(?=[\s'’,-]))(?: of|,)?[ -]?(?:the )?(?:calendar )?(?P<halffy>{_FY})?(?P<halfyear>{_YEAR}s?|['’]?\d\d(?=\W)|{_REL} year)(?!\d)"
    rf"|(?:the )?(?:(?P<qord>{_ORD})(?: calendar| fiscal)? quarter|Q(?P<qn>[1-4])(?!\d)|(?P<qn2>[1-4])Q(?=\W|\d\d\b))(?:(?: of|,)?[ -]?(?:the )?(?:calendar )?(?P<qfy>{_FY})?(?P<qyear>{_YEAR}|['’]?\d\d(?=\W)|{_REL} year))?(?!\d)"
    rf"|(?P<mpart>early|mid|late|end of|the end of|beginning of)[- ](?P<mpmonth>{_MONTH})(?:,? (?:of )?(?P<mpyear>{_YEAR}))?(?!\d)"
    rf"|(?P<daymonth>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<dmonth>{_MONTH})(?:,? (?P<dyear>{_YEAR})(?!\d)|(?![a-z]|,? \d))"
    rf"|(?P<mdmonth>{_MONTH}) (?P<mday>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<mdyear>{_YEAR})(?!\d)|(?![\w–-]|[.,]\d| ?%| (?:[GM]W|to \d)))"
    rf"|(?P<month>{_MONTH})(?:,? (?:of )?(?P<myear>{_YEAR}|{_REL} year)(?!\d)|(?![a-z]| \d))"
    rf"|(?P<iso>{_YEAR}-[01]\d-[0-3]\d)(?!\d)"
    rf"|(?P<cjkyear>{_YEAR})(?:년|年)(?: ?(?P<cjkmonth>1?\d)(?:월|月))?"
    rf"|(?P<fy>{_FY})(?P<fyyear>{_YEAR}|\d\d)(?!\d)"
    r"|(?P<decade>(?:the )?end of (?:the|this) decade|(?:the )?turn of the decade|this decade|(?:the )?decade['’]s end)"
    rf"|(?P<yearend>year[- ]end(?![a-z])|(?:the )?year['’]s end|the year is out|end of (?:the|this) year|the end of (?:the|this) year)(?: (?P<yeyear>{_YEAR}))?(?!\d)"
    r"|(?P<withinpre>within|in|over the next|in about|in roughly|less than)(?: the next)? (?P<withinn>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty-four|a)(?:[ -](?P<withinunit>months?|years?|weeks?))(?! (?:ago|after|before|later|earlier))"
    rf"|(?P<relpart>early|mid|late|the end of|end of|the start of|later|the second half of|the first half of|the middle of)[- ]?(?: in )?(?P<relyear>{_REL} year)"
    rf"|(?P<relhalf>(?:the )?(?:first|second|back) half) of (?P<relhalfyear>{_REL} year)"
    r"|(?P<rel>this|next|the coming|last) (?P<relunit>year|month|quarter|spring|summer|autumn|fall|winter)\b"
    rf"|(?P<relmonthword>this|last|next) (?P<relmonth>{_MONTH})(?![a-z])"
    rf"|{foreign_periods.PATTERN}|{named_days.pattern(_MONTH, _YEAR, _REL)}"
    rf"|(?P<year>{_YEAR})(?!\d|s\b|-\d{{2}}-|,\d|\.\d| ?(?:MW|GW|kW|acres|jobs|square|sq))"
    r")",
    re.IGNORECASE,
)
HEDGES: tuple[tuple[Qualifier, Pattern], ...] = (
    ("at_least", compiled(r"\b(?:as early as|as soon as|no (?:earlier|sooner) than|not (?:earlier|sooner) than|not before)(?: the| about| around)?\s*$", re.IGNORECASE)),
    ("up_to", compiled(r"(?:\b(?:by|before|until|till|no later than|not later than|prior to|ahead of|in time for|through)|\b(?:bis|d['’]ici|entro|até|antes de|para)|까지)(?: (?:about|around|roughly|approximately))?(?: the)?(?: (?:end|close) of)?(?: calendar)?(?: the)?\s*$", re.IGNORECASE)),
    ("approx", compiled(r"\b(?:around|about|roughly|approximately|circa|sometime in|some time in)(?: the)?\s*$", re.IGNORECASE)),
)  # fmt: skip
OR_LATER = re.compile(r"^,? (?:or later|onwards?|at the earliest|and beyond|and after)\b", re.IGNORECASE)
# "will not take load until summer 2027" says when it does; "supplies it until 2042" how long.
UNTIL = re.compile(r"(?:until|till)\b", re.IGNORECASE)
NOT_UNTIL = re.compile(
    r"\b(?:not|never|no|nor|cannot|without|delay\w*|postpon\w*|defer\w*|push\w*|put off|slip\w*|wait\w*)\b[^.;]{0,60}$|n['’]t\b[^.;]{0,60}$",
    re.IGNORECASE,
)
BETWEEN, AND = re.compile(r"\bbetween\s*$", re.IGNORECASE), re.compile(r" and (?:the )?")
JOINS = re.compile(r"\s?(?:or|to|through|[-–—])\s?(?:in )?(?:the )?")
AT_LATEST = re.compile(r"^,? at the latest\b", re.IGNORECASE)


class Period(NamedTuple):
    """`text[start:end]` names a time from `first` to `last` (ISO dates, either may be None); the hedge stands before `start`."""

    start: int
    end: int
    first: str | None
    last: str | None
    qualifier: Qualifier
    hedge_start: int
    grain: str
    fiscal: bool = False


def find_periods(text: str, today: date | None) -> list[Period]:
    """
    Every period in `text`, `today` being the document's date (None: relative periods are left out).

    >>> [(p.first, p.last, p.qualifier) for p in find_periods("live by the end of 2026 or in Q3 2027", None)]
    [(None, '2026-12-31', 'up_to'), ('2027-07-01', '2027-09-30', 'exact')]
    """
    out: list[Period] = []
    for match in PERIOD.finditer(text):
        bounds = days_of(match, today, text)
        if bounds is None:
            continue
        first, last, grain, fiscal = bounds
        qualifier, hedge_start = _hedge(text, match)
        low: str | None = first.isoformat()
        high: str | None = last.isoformat()
        if qualifier == "up_to":
            # "before 2030" ends the day before; "by 2030" counts the year in.
            if (
                re.search(
                    r"(?<!\bon or )\b(?:before|prior to|ahead of)(?: the)?\s*$",
                    text[max(0, hedge_start - 6) : match.start()],
                    re.IGNORECASE,
                )
                and grain != "end"
            ):
                high = (first - timedelta(days=1)).isoformat()
            low = None
        elif qualifier == "at_least":
            high = None
        start = match.start() + (4 if match.group()[:4].lower() == "the " else 0)
        period = Period(start, match.end(), low, high, qualifier, hedge_start, grain, fiscal)
        if out and (joined := _joined(text, out[-1], period)) is not None:
            out[-1] = joined
            continue
        out.append(period)
    return out


def _joined(text: str, first: Period, second: Period) -> Period | None:
    """ "late 2027 or early 2028" and "between 2026 and 2028" are one period; "2026 and 2027" are two."""
    gap = text[first.end : second.start]
    between = BETWEEN.search(text[max(0, first.start - 10) : first.start])
    joins = JOINS.fullmatch(gap) or (between and AND.fullmatch(gap))
    if (
        not joins
        or first.first is None
        or second.last is None
        or first.qualifier != "exact"
        or second.qualifier != "exact"
    ):
        return None
    if not first.first < second.last:
        return None
    return Period(first.start, second.end, first.first, second.last, "range", first.hedge_start, "range", first.fiscal)


def _hedge(text: str, match: re.Match[str]) -> tuple[Qualifier, int]:
    start = match.start()
    left = max(0, start - 40)
    before, after = Window(text, left, start), text[match.end() : match.end() + 20]
    if OR_LATER.match(after):
        return "at_least", start
    if AT_LATEST.match(after):
        return "up_to", start
    for qualifier, pattern in HEDGES:
        found = pattern.seek(before)
        if found:
            begins = left + found.start()
            if UNTIL.match(text, begins) and NOT_UNTIL.search(text[max(0, begins - 90) : begins]):
                qualifier = "exact"
            return qualifier, begins
    if match.group("withinpre") and match.group("withinpre").lower() in {"within", "less than"}:
        return "up_to", start
    return "exact", start
