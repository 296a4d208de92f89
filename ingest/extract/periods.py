"""
Periods: the words of a date or span of time -> first day and last day.

In: text, and the document's date for "next year". Out: `Period`s with their span, `start`/`end` as ISO dates (either may be
open), the qualifier and the words. Never guesses a day that the text does not give: a month is a month long, "late 2026" is
September to December (CLAIMS.md), a fiscal period is the calendar period of the same name. Never decides what happens then.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from db.records import Qualifier

MONTHS = (
    {m.lower(): i for i, m in enumerate(calendar.month_name) if m}
    | {m.lower(): i for i, m in enumerate(calendar.month_abbr) if m}
    | {"sept": 9}
)
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_YEAR = r"(?:19[89]\d|20[0-6]\d)"
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
_ORD = r"(?:first|second|third|fourth|final|last|opening|closing|1st|2nd|3rd|4th)"
_REL = r"(?:this|next|the (?:current|coming|following)|last)"
_FY = r"(?:(?:the )?(?:fiscal|financial)(?: year)? ?|FY ?['’]?)"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18, "a": 1, "an": 1,
            "fifteen": 15, "twenty": 20, "thirty": 30, "twenty-four": 24}  # fmt: skip
PERIOD = re.compile(
    r"(?<![\w$€£¥₹.,-])(?:"
    rf"(?P<part>early|mid|middle of|the middle of|late|beginning of|start of|the start of|the beginning of|end of|the end of|the back half of|back half of|summer(?: of)?|spring(?: of)?|autumn(?: of)?|fall(?: of)?|winter(?: of)?|latter half of|the latter half of)(?:[- ]| in | of )(?:calendar )?(?P<partfy>{_FY})?(?P<partyear>{_YEAR}|{_REL} year)(?!\d)"
    rf"|(?:the )?(?:(?P<halford>first|second|back|latter) half|(?P<halfn>[12])H(?=[\s'’,-]|\d\d\b)|H(?P<halfn2>[12])(?=[\s'’,-]))(?: of|,)?[ -]?(?:the )?(?:calendar )?(?P<halffy>{_FY})?(?P<halfyear>{_YEAR}s?|['’]?\d\d(?=\W)|{_REL} year)(?!\d)"
    rf"|(?:the )?(?:(?P<qord>{_ORD})(?: calendar| fiscal)? quarter|Q(?P<qn>[1-4])(?!\d)|(?P<qn2>[1-4])Q(?=\W|\d\d\b))(?:(?: of|,)?[ -]?(?:the )?(?:calendar )?(?P<qfy>{_FY})?(?P<qyear>{_YEAR}|['’]?\d\d(?=\W)|{_REL} year))?(?!\d)"
    rf"|(?P<mpart>early|mid|late|end of|the end of|beginning of)[- ](?P<mpmonth>{_MONTH})(?:,? (?:of )?(?P<mpyear>{_YEAR}))?(?!\d)"
    rf"|(?P<daymonth>\d{{1,2}}) (?P<dmonth>{_MONTH}),? (?P<dyear>{_YEAR})(?!\d)"
    rf"|(?P<mdmonth>{_MONTH}) (?P<mday>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<mdyear>{_YEAR})(?!\d)"
    rf"|(?P<month>{_MONTH})(?:,? (?:of )?(?P<myear>{_YEAR}|{_REL} year)(?!\d)|(?![a-z]| \d))"
    rf"|(?P<iso>{_YEAR}-[01]\d-[0-3]\d)(?!\d)"
    rf"|(?P<cjkyear>{_YEAR})(?:년|年)(?: ?(?P<cjkmonth>1?\d)(?:월|月))?"
    rf"|(?P<fy>{_FY})(?P<fyyear>{_YEAR}|\d\d)(?!\d)"
    r"|(?P<decade>(?:the )?end of (?:the|this) decade|(?:the )?turn of the decade|this decade|(?:the )?decade['’]s end)"
    rf"|(?P<yearend>year[- ]end|the year is out|end of (?:the|this) year|the end of (?:the|this) year)(?: (?P<yeyear>{_YEAR}))?(?!\d)"
    r"|(?P<withinpre>within|in|over the next|in about|in roughly|less than)(?: the next)? (?P<withinn>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty-four|a)(?:[ -](?P<withinunit>months?|years?|weeks?))(?! (?:ago|after|before|later|earlier))"
    rf"|(?P<relpart>early|mid|late|the end of|end of|the start of|later|the second half of|the first half of|the middle of)[- ]?(?: in )?(?P<relyear>{_REL} year)"
    rf"|(?P<relhalf>(?:the )?(?:first|second|back) half) of (?P<relhalfyear>{_REL} year)"
    r"|(?P<rel>this|next|the coming|last) (?P<relunit>year|month|quarter|spring|summer|autumn|fall|winter)\b"
    rf"|(?P<relmonthword>this|last|next) (?P<relmonth>{_MONTH})(?![a-z])"
    rf"|(?P<year>{_YEAR})(?!\d|-\d{{2}}-|,\d|\.\d| ?(?:MW|GW|kW|acres|jobs|square|sq))"
    r")",
    re.IGNORECASE,
)
HEDGES: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("at_least", re.compile(r"\b(?:as early as|as soon as|no earlier than|not earlier than|not before)(?: the| about| around)?\s*$", re.IGNORECASE)),
    ("up_to", re.compile(r"(?:\b(?:by|before|until|till|no later than|not later than|prior to|ahead of|in time for|through)|까지)(?: (?:about|around|roughly|approximately))?(?: the)?(?: (?:end|close) of)?(?: calendar)?(?: the)?\s*$", re.IGNORECASE)),
    ("approx", re.compile(r"\b(?:around|about|roughly|approximately|circa|sometime in|some time in)(?: the)?\s*$", re.IGNORECASE)),
)  # fmt: skip
OR_LATER = re.compile(r"^,? (?:or later|onwards?|at the earliest|and beyond|and after)\b", re.IGNORECASE)
AT_LATEST = re.compile(r"^,? at the latest\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
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
        bounds = _bounds(match, today, text)
        if bounds is None:
            continue
        first, last, grain, fiscal = bounds
        qualifier, hedge_start = _hedge(text, match)
        low: str | None = first.isoformat()
        high: str | None = last.isoformat()
        if qualifier == "up_to":
            # "before 2030" ends the day before; "by 2030" counts the year in.
            if (
                re.search(r"\b(?:before|prior to|ahead of)\s*$", text[hedge_start : match.start()], re.IGNORECASE)
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
    between = re.search(r"\bbetween\s*$", text[max(0, first.start - 10) : first.start], re.IGNORECASE)
    joins = re.fullmatch(r"\s?(?:or|to|through|[-–—])\s?(?:in )?(?:the )?", gap) or (
        between and re.fullmatch(r" and (?:the )?", gap)
    )
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
    before, after = text[left:start], text[match.end() : match.end() + 20]
    if OR_LATER.match(after):
        return "at_least", start
    if AT_LATEST.match(after):
        return "up_to", start
    for qualifier, pattern in HEDGES:
        found = pattern.search(before)
        if found:
            return qualifier, left + found.start()
    if match.group("withinpre") and match.group("withinpre").lower() in {"within", "less than"}:
        return "up_to", start
    return "exact", start


def _span(year: int, first_month: int, last_month: int) -> tuple[date, date]:
    return date(year, first_month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])


PARTS = {"early": (1, 4), "start": (1, 4), "beginning": (1, 4), "mid": (5, 8), "middle": (5, 8), "late": (9, 12), "end": (9, 12), "spring": (3, 5),
         "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12), "back": (7, 12), "latter": (7, 12), "later": (7, 12)}  # fmt: skip


def _year(words: str, today: date | None) -> int | None:
    digits = re.search(r"\d{4}|\d\d", words)
    if digits:
        value = int(digits.group())
        return value if value > 100 else 2000 + value
    if today is None:
        return None
    lowered = words.lower()
    if lowered.startswith("last"):
        return today.year - 1
    return today.year + (0 if lowered.startswith(("this", "the current")) else 1)


def _bounds(match: re.Match[str], today: date | None, text: str) -> tuple[date, date, str, bool] | None:
    group = match.groupdict()
    try:
        return _read(group, today, match, text)
    except (ValueError, OverflowError):
        return None


def _read(
    g: dict[str, str | None], today: date | None, match: re.Match[str], text: str
) -> tuple[date, date, str, bool] | None:
    if g["part"]:
        year = _year(g["partyear"] or "", today)
        key = re.sub(r"^the |(?: of| half of)$", "", g["part"].lower()).split()[0]
        if year is None:
            return None
        if key == "end":
            # "by the end of 2026" closes with the year; "at the end of 2026" is its last months.
            return (*_span(year, 9, 12), "end", bool(g["partfy"]))
        return (*_span(year, *PARTS[key]), "part", bool(g["partfy"]))
    if g["halfyear"]:
        year = _year(g["halfyear"], today)
        second = (g["halfn"] or g["halfn2"]) == "2" or (g["halford"] or "").lower() in {"second", "back", "latter"}
        if year is None:
            return None
        if g["halfyear"].endswith("s"):  # "the second half of the 2030s"
            return date(year + (5 if second else 0), 1, 1), date(year + (9 if second else 4), 12, 31), "decade", False
        return (*_span(year, 7 if second else 1, 12 if second else 6), "half", bool(g["halffy"]))
    if g["qord"] or g["qn"] or g["qn2"]:
        quarter = _ORDINAL[g["qord"].lower()] if g["qord"] else int(g["qn"] or g["qn2"] or 0)
        year = _year(g["qyear"], today) if g["qyear"] else (today.year if today else None)
        if year is None:
            return None
        return (*_span(year, 3 * quarter - 2, 3 * quarter), "quarter", bool(g["qfy"]))
    if g["mpart"]:
        month = MONTHS[(g["mpmonth"] or "").lower().rstrip(".")]
        year = int(g["mpyear"]) if g["mpyear"] else _nearest_year(month, today, match, text)
        if year is None:
            return None
        return (*_span(year, month, month), "month", False)
    if g["daymonth"] or g["mday"]:
        month = MONTHS[(g["dmonth"] or g["mdmonth"] or "").lower().rstrip(".")]
        day = date(int(g["dyear"] or g["mdyear"] or 0), month, int(g["daymonth"] or g["mday"] or 0))
        return day, day, "day", False
    if g["month"]:
        month = MONTHS[g["month"].lower().rstrip(".")]
        if g["myear"]:
            year = _year(g["myear"], today)
        elif (
            g["month"] in {"may", "march", "mar"}
            or not g["month"][0].isupper()
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
            year = _nearest_year(month, today, match, text)
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
        year = _year(g["relyear"] or g["relhalfyear"] or "", today)
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


def _nearest_year(month: int, today: date | None, match: re.Match[str], text: str) -> int | None:
    """The year of a month named without one: the nearest such month, looking back after a past tense, else ahead."""
    if today is None:
        return None
    before = text[max(0, match.start() - 100) : match.start()]
    before = before[max(before.rfind("."), before.rfind("\n")) + 1 :]
    past = re.search(
        r"\b(?:since|was|were|had|has|came|went|opened|began|signed|announced|said|reported|launched|completed|closed|raised|last|inaugurated|bought|agreed|started|\w+ed)\b",
        before,
    )
    ahead = re.search(
        r"\b(?:will|by|due|expected|plans?|planned|scheduled|to (?:open|be|go|start|come|begin)|should|would|until|before|live)\b",
        before,
    )
    if ahead and (not past or ahead.start() > past.start() or before.rstrip().endswith(("by", "until", "before"))):
        return today.year if month >= today.month else today.year + 1
    if past:
        return today.year if month <= today.month else today.year - 1
    gap = (month - today.month + 5) % 12 - 5
    return today.year + (today.month - 1 + gap) // 12
