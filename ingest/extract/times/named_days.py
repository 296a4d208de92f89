"""
Feasts, seasons without a year, weeks and halves of a month, the turn of a year and years of two digits.

In: the pieces of a pattern, or the named groups of a match of it with the document's date. Out: the pattern for `periods.PERIOD`; first
day, last day, grain. Only after a word that leads to a time: "Easter", "the fall" and "second week" alone name other things.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from ingest.extract.times.nearest_year import nearest_year

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)}
WEEKS = {"first": 1, "second": 8, "third": 15, "fourth": 22}
WEEKDAYS = tuple(day.lower() for day in calendar.day_name)
_LEADS = ("by ", "before ", "until ", "till ", "since ", "for ", "at ", "around ", "after ")
_SEASON_LEADS = ("by ", "before ", "until ", "in ", "for ", "over ", "during ", "from ", "since ")


def pattern(month: str, year: str, relative: str) -> str:
    """The alternatives for `periods.PERIOD`, made of its words for a month, a year and "next"."""
    feast_leads = "|".join(f"(?<={lead})" for lead in _LEADS)
    # "in spring", but "in the fall": without its article that is a verb or a noun.
    season_leads = "|".join(f"(?<={lead}the )" for lead in _SEASON_LEADS)
    season_leads += "|(?<=late )|(?<=early )|(?<=mid-)"
    bare_leads = "|".join(f"(?<={lead})" for lead in _SEASON_LEADS[:4])
    return (
        rf"(?:{feast_leads})(?P<feast>Christmas|Easter|Thanksgiving)(?: Day| Eve)?(?:(?: of)?,? (?P<feastyear>{year}|{relative} year))?(?! [A-Z])"
        rf"|(?:(?:{season_leads})(?P<season>spring|summer|autumn|fall|winter)|(?:{bare_leads})(?P<bareseason>spring|summer|autumn|winter))(?! of\b| \w+ing\b|,? \d|[-\w])"
        rf"|(?:the )?(?P<weekord>first|second|third|fourth|last) (?P<weekunit>week|half) of (?P<weekmonth>{month})(?:,? (?:of )?(?P<weekyear>{year}|{relative} year))?(?!\d)"
        rf"|turn of (?:(?:the|this|next) year|(?P<turnyear>{year})(?:[/–-](?P<turnnext>\d\d))?)(?!\d)"
        r"|(?P<dayword>last|next|this past) (?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
        r"|(?:(?<=by )|(?<=in )|(?<=for )|(?<=until )|(?<=since ))['’](?P<shortyear>[23]\d)(?![\d'’])"
    )


def named_span(
    group: dict[str, str | None], today: date | None, match: re.Match[str], text: str
) -> tuple[date, date, str, bool] | None:
    """First day, last day, grain and False (never fiscal); None where the match is of no group of `pattern` or cannot be told."""
    if group["shortyear"]:
        year = 2000 + int(group["shortyear"])
        return date(year, 1, 1), date(year, 12, 31), "year", False
    if group["feast"]:
        return _feast(group["feast"].lower(), group["feastyear"], today)
    if season := group["season"] or group["bareseason"]:
        first, last = SEASONS[season.lower()]
        at = nearest_year(last, today, match, text)
        return None if at is None else (date(at, first, 1), _month_end(at, last), "season", False)
    if group["weekunit"]:
        return None if group["weekmonth"] is None else _part_of_month(group, today, match, text)
    if group["weekday"]:
        return None if today is None else _weekday(group, today)
    if match.group().lower().startswith("turn of"):
        next_year = "next" in match.group().lower()
        if group["turnyear"]:
            turn = int(group["turnyear"]) - (0 if group["turnnext"] else 1)
        elif today is not None:
            turn = today.year + next_year
        else:
            return None
        return date(turn, 12, 1), date(turn + 1, 1, 31), "turn", False
    return None


def _feast(name: str, said: str | None, today: date | None) -> tuple[date, date, str, bool] | None:
    if said and said.isdigit():
        day = _feast_day(name, int(said))
    elif today is None:
        return None
    else:
        day = _feast_day(name, today.year + (1 if said and not said.lower().startswith("this") else 0))
        if not said and day < today:
            day = _feast_day(name, today.year + 1)
    return day, day, "day", False


def _feast_day(name: str, year: int) -> date:
    if name == "christmas":
        return date(year, 12, 25)
    if name == "thanksgiving":
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    # Easter by the rule of Meeus, Jones and Butcher.
    golden, century = year % 19, year // 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - epact - year % 100 % 4) % 7
    shift = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _part_of_month(
    group: dict[str, str | None], today: date | None, match: re.Match[str], text: str
) -> tuple[date, date, str, bool] | None:
    number = [m.lower() for m in calendar.month_abbr].index((group["weekmonth"] or "")[:3].lower())
    said = group["weekyear"] or ""
    if said.isdigit():
        year: int | None = int(said)
    elif said:
        year = None if today is None else today.year + (0 if said.lower().startswith(("this", "the year")) else 1)
    else:
        year = nearest_year(number, today, match, text)
    if year is None:
        return None
    order, end = (group["weekord"] or "").lower(), _month_end(year, number)
    if group["weekunit"] == "half":
        low, high = (1, 15) if order == "first" else (16, end.day)
    elif order == "last":
        low, high = end.day - 6, end.day
    else:
        low, high = WEEKS[order], WEEKS[order] + 6
    return date(year, number, low), date(year, number, high), "week", False


def _weekday(group: dict[str, str | None], today: date) -> tuple[date, date, str, bool]:
    wanted = WEEKDAYS.index((group["weekday"] or "").lower())
    if (group["dayword"] or "").lower() == "next":
        day = today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    else:
        day = today - timedelta(days=(today.weekday() - wanted - 1) % 7 + 1)
    return day, day, "day", False


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
