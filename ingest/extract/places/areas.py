"""
States and countries in a text, and what a place is written as.

In: text and the spans other names have taken. Out: `PlaceHit`s of states and countries, as whole names or the abbreviation after a
comma. Never takes a state's name for the state where it is part of a town's (Port Washington) or the town itself (Dublin, Ohio).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from db.records import Place
from db.reference import countries, demonyms, find_places, state_abbreviations, state_names
from ingest.extract.names.capitals import begun_by_capitals
from ingest.extract.places.area_names import (
    AFTER_COMMA,
    COMMON,
    DIRECTION,
    ENGLISH_STATES,
    LARGE,
    POPULOUS,
    bears,
    longest_area,
    phrases,
    without_possessive,
)
from ingest.extract.places.eastern_scripts import in_eastern_scripts
from ingest.extract.text.spans import Spans

GOVERNMENT = re.compile(
    r"^ (?:Public|Economic|Department|Board|Utility|Utilities|Power|Electric|Energy|Chamber|Times|Post|Chronicle|Tribune|Journal|Herald|News|Gazette|Star|Dispatch|Sun|Observer|Register|Stock|Exchange|University|State University|Pacific|Valley|Authority|Corporation|Commission|Regulatory|Court|Supreme|Senate|House|Legislature|Republican|Democrat|Business|Capital|Partners|Group|Holdings|Gas|Light|Water|Development|Investment|Ventures|Bank|Telecom|Airlines|Mobile|Unicom|Digital|Semiconductor|Steel)\b"
)
ROAD = re.compile(
    r" (?:Route |Highway |State Route )?\d{1,3}\b(?![,.]\d| ?(?:MW|GW|megawatt|gigawatt|acre|jobs|percent|per))"
)
CONTINENT = re.compile(r"\b(?:Latin|North|South|Central|Spanish) $")
"""Before "America", which then is more than a country."""
LETTERS = frozenset({"US", "U.S.", "UK", "U.K."})
INSIDE = re.compile(r"\b(?:in|across|throughout|for|of|to|into|within|around|outside) (?:the )?$")
# "US private equity firm", "a UK neocloud" are American and British; "the UK and" is the land.
OWNED = re.compile(
    r" (?!(?:and|or|but|is|are|was|were|has|have|had|will|would|could|may|to|in|on|by|for|with|from|at|as|of|that|which|where|alone|since|until|through|than|"
    r"this|last|next|also|so|over|after|before|under|about|around|into|gets?|got|plans?|needs?|wants?|lacks?|sees?|remains?|leads?|lags?|hosts?|accounts?|"
    r"data|site|sites|campus|facility|facilities)\b)[a-z]"
)
DOTTED = re.compile(r"\.\w")
STATE_LIST = re.compile(r"\b(?:in|across|for|between) (?P<list>(?:[A-Z]{2},? (?:and )?)*)$")
LONGEST_AREA = 4
"""Words of the longest name of a state or country that is looked up."""
# New York and Quebec alone are the state and the province.
STATE_BEFORE_TOWN = frozenset({"US", "CA"})


class PlaceHit(NamedTuple):
    """`text[start:end]` names `place`; `kind` is city, county, township, state or country."""

    place: Place
    kind: str
    start: int
    end: int
    seat: bool = False
    """The seat of a company or the desk of a report, not a site."""
    dateline: bool = False
    demonym: bool = False


@cache
def _names() -> frozenset[str]:
    """Every written form of a state or country."""
    return frozenset(state_names()) | frozenset(countries())


_AREA_WORD = re.compile(
    r"(?<![\w.])(?P<area>(?:U\.S\.A?\.?|U\.K\.|U\.A\.E\.|US|UK|UAE|EU)(?![\w$])|[A-ZÀ-Þ][\w'’.-]*(?: (?:and |of |the |de |do )?[A-ZÀ-Þ][\w'’-]*){0,6})"
)


def find_areas(text: str, taken: Spans) -> list[PlaceHit]:
    """Every state and country in `text` that no other name has taken, in order."""
    out: list[PlaceHit] = []
    for match in begun_by_capitals(_AREA_WORD, text):
        free = 0
        for start, phrase in phrases(match["area"], match.start("area"), LONGEST_AREA):
            if start < free or (bare := _bare_name(phrase)) is None:
                continue
            if (hit := _area_hit(text, bare, start)) and not taken.overlap(hit.start, hit.end):
                out.append(hit)
                free = start + len(phrase)
    for start, end, code, there in in_eastern_scripts(text):
        out.append(PlaceHit(Place(None, None, code), "country", start, end, demonym=not there))
    return sorted(out, key=attrgetter("start"))


@lru_cache(maxsize=20_000)
def _bare_name(phrase: str) -> str | None:
    """The phrase without a possessive or a comma; None where no state or country is written so, capitals and full stop aside."""
    bare = without_possessive(phrase.rstrip(".,")) if not DOTTED.search(phrase) else phrase.rstrip(",")
    forms = (bare, bare + ".", bare.title() if len(bare) > 4 and bare.isupper() else bare)
    return None if _names().isdisjoint(forms) else bare


def _area_hit(text: str, bare: str, start: int) -> PlaceHit | None:
    end = start + len(bare)
    dotted = bare + "." if text.startswith(".", end) and len(bare) <= 6 else bare
    before, after = text[max(0, start - 30) : start], text[end : end + 60]
    if after[:1] == "$" or _part_of_town(bare, before, after) or (bare == "America" and CONTINENT.search(before)):
        return None
    for form in (dotted, bare):
        if form in state_names():
            return _state_hit(form, bare, start, before, after)
    if bare.isupper() and len(bare) > 4 and bare.title() in state_names():
        admin1, code = state_names()[bare.title()]
        if code not in ENGLISH_STATES and any(p.kind == "city" for p in find_places(bare)):
            return None
        return PlaceHit(Place(None, admin1, code), "state", start, end)
    for form in (bare, bare.title() if bare.isupper() and len(bare) > 4 else bare):
        if form in countries():
            if GOVERNMENT.match(after) and form not in {"US", "U.S.", "UK"} and form not in demonyms():
                return None
            named = AFTER_COMMA.match(after) if after[:2] == ", " else None
            if named is not None and _has_town(form, longest_area(named.group("area"))):
                return None  # Lebanon, Indiana
            demonym = form in demonyms() or (
                form in LETTERS and not INSIDE.search(before) and OWNED.match(after) is not None
            )
            return PlaceHit(Place(None, None, countries()[form]), "country", start, end, demonym=demonym)
    return None


def _state_hit(form: str, bare: str, start: int, before: str, after: str) -> PlaceHit | None:
    admin1, code = state_names()[form]
    if form in state_abbreviations():
        listed = code == "US" and len(form) == 2 and _in_state_list(form, before, after)
        if not listed and not re.search(r", ?$|\($", before):
            return None
        return PlaceHit(Place(None, admin1, code), "state", start, start + len(form))
    if (
        before.endswith((" City of ", " city of ", " Town of ", " town of ", " Village of "))
        and code not in STATE_BEFORE_TOWN
    ):
        return None
    if ROAD.match(after) or GOVERNMENT.match(after) or re.search(r"\b(?:Ms|Mrs|Mr|George)\.? $", before):
        return None
    if bare in {"Victoria", "Georgia", "New York", "Washington"} and re.match(
        r" (?:Post|Times|Stock|Street|Wizards)|, D\.?C|-based", after
    ):
        return None
    if bare.lower() in DIRECTION | {"centre", "center", "capital", "federal"} or len(bare) < 4:
        return None
    named = AFTER_COMMA.match(after) if after[:2] == ", " else None
    area = longest_area(named.group("area")) if named is not None else None
    if (
        area is not None
        and area != (None, code)
        and any(p.kind == "city" and p.country == area[1] and area[0] in (None, p.admin1) for p in find_places(bare))
    ):
        return None  # Dublin, Ohio
    if code not in STATE_BEFORE_TOWN and any(
        p.kind == "city"
        and (p.population or 0) > LARGE
        and (code not in ENGLISH_STATES or p.country == code)
        and bears(p.name, bare, admin1)
        for p in find_places(bare)
    ):
        return None  # São Paulo, Abu Dhabi, Seoul, Berlin: the town is meant
    if code not in ENGLISH_STATES and bare.lower() in COMMON:
        return None
    return PlaceHit(Place(None, admin1, code), "state", start, start + len(bare))


def _has_town(written: str, area: tuple[str | None, str] | None) -> bool:
    """Whether the state or country named after a country has a town of its name, which "the UK, Norway and Portugal" have not."""
    if area is None:
        return False
    return any(
        p.kind not in {"state", "country"} and p.country == area[1] and area[0] in (None, p.admin1)
        for p in find_places(written)
    )


def _in_state_list(form: str, before: str, after: str) -> bool:
    """Whether an abbreviation heads or ends a list of its like: "in GA, NV, and Canada", "across TX and OH"."""
    lead = STATE_LIST.search(before)
    if lead is None:
        return False
    others = [*re.findall(r"[A-Z]{2}", lead.group("list") or ""), *re.findall(r"^(?:,|,? and|/) ?([A-Z]{2})\b", after)]
    return bool(others) and all(other in state_abbreviations() for other in others)


LEAD, SECOND = re.compile(r"([A-ZÀ-Þ][\w'’-]+) $"), re.compile(r" ([A-ZÀ-Þ][a-zà-ÿ]+)\b")
TAIL = re.compile(
    r" ((?:City|Falls|Springs|Township|Beach|Heights|Park|Island|Lake|Hills|Valley|Center|Junction|Grove|Point)\b)"
)


def _part_of_town(bare: str, before: str, after: str) -> bool:
    """Whether a state's or country's name is but a part of a town's: Port Washington, Colorado City, West Memphis."""
    lead = LEAD.search(before) if before.endswith(" ") else None
    if lead and lead.group(1).lower() not in DIRECTION | {"the", "in", "at", "from", "of"}:
        longer = find_places(f"{lead.group(1)} {bare}")
        towns = any(p.kind in {"city", "township", "county"} for p in longer)
        foreign = (
            bare in state_names() and state_names()[bare][1] not in ENGLISH_STATES
        )  # "Three Rivers" is none in Nigeria
        if towns and (
            foreign or lead.group(1).lower() not in COMMON or lead.group(1) in {"Port", "New", "Fort", "Lake", "Mount"}
        ):
            return True
    tail, second = TAIL.match(after), SECOND.match(after)
    if second and second.group(1).lower() not in COMMON:
        cities = [p for p in find_places(f"{bare} {second.group(1)}") if p.kind == "city"]
        if any((p.population or 0) >= POPULOUS for p in cities):
            return True  # Johor Bahru
    return bool(tail and any(p.kind in {"city", "township"} for p in find_places(f"{bare} {tail.group(1)}")))
