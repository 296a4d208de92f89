"""
What capitalised words may not be: the words, public bodies and places that no company or project is called.

In: a name. Out: patterns and tests that both `company_names` and `project_names` ask. Never finds a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from db.reference import countries, find_places, state_names
from ingest.extract.text.patterns import Pattern
from ingest.extract.text.wordlists import words
from ingest.extract.text.written import occurrences

CAP = r"(?:[A-ZÀ-ÖØ-Þ][\w'’]*(?:-[A-Z0-9][\w]*)*|[a-z]{1,2}[A-Z][A-Za-z]+|\d+[A-Z][A-Za-z]+)"
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_QUOTES = frozenset("\"“‘'")
_SIGNS, _JOINS = frozenset(".!?:;•,\n-*#"), ("and ", "that ")
NOT_COMPANY = words("not_company")
PUBLIC = re.compile(
    r"\b(?:County|City|Township|Council|Commission|Board|Department|Ministry|Authority|University|Institute|Association|Agency|Court|Senate|House|Congress|Chamber|Economic Development|Journal|Times|Post|Tribune|Herald|News|Gazette|Chronicle|Exchange|Act|Program|Fund|School|Summit|Forum|Award|Foundation|Union|Council|Office|Bureau|Committee|Administration|Airport|Center for|Alliance|Coalition|Museum|Hospital|Church|Reserve|Street|Avenue|Road|Highway|Interstate|River|Lake|Creek|Mountain|Park and|Valley)\b"
)
# "Colne Valley Compute", "False River Partners": named for where it is, a firm by its last word.
LANDFORM = frozenset(
    "Valley River Lake Creek Mountain Road Street Avenue Highway Interstate City County Reserve Union".split()
)
FIRM_LAST = re.compile(
    r"(?:Comput(?:e|ing)|Partners|Capital|Holdings?|Developers?|Data|Digital|Cloud|Energy|Technolog(?:y|ies)|Ventures|Networks?|Systems|Infrastructure|Properties|"
    r"Realty|Group|Cattle|Industries|Labs?|Hosting|Software|Investments?|Equities|Telecom|Semiconductor|Midstream|Renewables)$"
)


def is_public(name: str) -> bool:
    """Whether `name` is a public body, a paper or a landform rather than a firm named for one."""
    found = PUBLIC.findall(name)
    return bool(found) and not (LANDFORM.issuperset(found) and FIRM_LAST.search(name) is not None)


# "Nordic AI", "European Data", "Big Tech": what is spoken of, not who.
REGIONS = frozenset(
    (
        "Nordic European American Asian African Gulf Arab Latin Global Baltic Western Eastern Northern Southern Big Local National "
        "Public Private Europe Asia Africa America Oceania Southeast Northeast Southwest Northwest Midwest Mid-Atlantic"
    ).split()
)

# "Harlan Ranch Solar, a 600-megawatt plant": what is called so is built, it does not build.
FACILITY_AFTER = re.compile(
    r"^,? (?:\([^)]{1,20}\),? )?(?:(?:which is|being|is|as) )?(?:an?|the|its|their|one of|part of) (?:[\w.,’'()-]+ ){0,5}?(?:plant|(?:solar|wind) (?:farm|park|project)|power station|reactor|phase|stage|(?:data cent(?:er|re)|business|industrial|technology) park|supercomputer|campus|data cent(?:er|re)(?! (?:developer|operator|compan|firm|provider|owner|builder|landlord|platform|business|investor|start|REIT|group|unit|arm|specialist|subsidiary)))\b"
)


def begun_by_capitals(pattern: re.Pattern[str] | Pattern, text: str, opening: bool = False) -> Iterator[re.Match[str]]:
    """
    The matches of a pattern that begins with CAP, or with a quotation mark before it, tried nowhere else.

    One that is `opening` begins behind a sign, a new line, "and" or "that" only, as the subject of a statement does.
    """
    matches, free = pattern.match, 0
    for match in [found for at in (_opening if opening else _capitals)(text) if (found := matches(text, at))]:
        if match.start() >= free:
            free = match.end()
            yield match


@lru_cache(maxsize=4)
def _opening(text: str) -> list[int]:
    return [
        at
        for at in _capitals(text)
        if at < 2
        or text[at - 1] == "\n"
        or (text[at - 1] == " " and (text[at - 2] in _SIGNS or text.endswith(_JOINS, 0, at)))
    ]


@lru_cache(maxsize=4)
def _capitals(text: str) -> list[int]:
    starts = []
    for match in _CAPITAL.finditer(text):
        at = match.start()
        if at and (text[at - 1].isalnum() or text[at - 1] == "_"):
            at = _lead(text, at) if text[at].isascii() else at
            if at and (text[at - 1].isalnum() or text[at - 1] == "_"):
                continue  # in mid-word
        if at and text[at - 1] in _QUOTES:
            starts.append(at - 1)
        starts.append(at)
    return starts


def _lead(text: str, capital: int) -> int:
    """Where the digits, or the one or two small letters, begin that stand before a capital: "iPhone", "3M"."""
    start = capital
    while start and text[start - 1].isdecimal():
        start -= 1
    if start == capital:
        while start and capital - start < 2 and "a" <= text[start - 1] <= "z":
            start -= 1
    return start


def is_place(name: str) -> bool:
    """Whether `name` is a country, a state or a town above 3,000 people."""
    return name in countries() or name in state_names() or any((p.population or 0) > 3000 for p in find_places(name))


def is_built(text: str, name: str) -> bool:
    """Whether the text says somewhere that `name` is a plant, a site or a phase."""
    ends = (at + len(name) for at in occurrences(text, name))
    return any(not text[end : end + 1].isalnum() and FACILITY_AFTER.match(text[end : end + 90]) for end in ends)
