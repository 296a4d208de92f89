"""
Towns that no gazetteer has, told by the state or country beside them, "at Alder in Ohio", or by what stands there, "a campus at Alder".

In: a text, its other places, and the spans that other names have taken. Out: `PlaceHit`s of cities. Never takes a name that
nothing puts into a state or country, nor one that ends like a project's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from db.records import Place
from db.reference import find_places
from ingest.extract.places.area_names import COMMON, DIRECTION
from ingest.extract.places.areas import PlaceHit
from ingest.extract.text.spans import Spans

LOOK_BACK = 110
"""Characters before a state within which stands the town that it holds."""
_NAME = r"(?P<name>[A-ZÀ-Þ][a-zà-ÿ’'-]+(?:-[A-ZÀ-Þ]?[a-zà-ÿ]+)*(?: [A-ZÀ-Þ][a-zà-ÿ’'-]+){0,2})"
_KIND = (
    r"(?: (?:special |free |national )?(?:(?:economic|investment|industrial|technology|development|trade|processing) )?(?:district|municipality|commune|"
    r"banner|township|zone|region|estate|subdistrict|ward|suburb|village|town))"
)
# "at Alder in Ohio"; "the edge of Alder district, Kent" names its kind and needs no word before it.
HELD = re.compile(
    rf"\b(?:in|at|near|outside|beside|into) (?:the )?(?:(?:town|village|city|municipality|district|commune) of )?{_NAME},? in (?:the )?$"
)
# "at Alder, near Lima", "in Alder, 12 km north of Lima": in the state of the town beside it.
BESIDE = re.compile(
    rf"\b(?:in|at|near|outside|on the edge of) (?:the )?(?:(?:town|village|hamlet|parish|suburb) of )?{_NAME},? "
    r"(?:just |(?:about |some |around )?\d+ ?\w+ |a few \w+ |a (?:village|town|hamlet|suburb) )?(?:near|outside|close to|(?:north|south|east|west)(?:[ -]?(?:east|west))? of|from)(?: of)? $"
)
PART = re.compile(rf"(?<![\w-]){_NAME}{_KIND}(?:, | in )(?:the )?$")
ITS = re.compile(rf"['’]s {_NAME}{_KIND}\b")
# "a data centre in Alder", "12 hectares at Alder": what stands there makes a town of it.
SITED = re.compile(
    r"\b(?:data ?cent(?:er|re)s?|campus(?:es)?|sites?|facilit(?:y|ies)|plants?|farms?|parks?|projects?|complex|buildings?|factory|halls?|plots?|land|acres|hectares|"
    r"propert(?:y|ies)|parcels?|supercomputer|cluster|warehouse|substation|built|build|located|situated|sited|constructed|developed|[MG]W) "
    r"(?:in|at|near|outside|close to) (?:the )?(?:(?:town|village|city|municipality|commune|township|island|parish|suburb|estate) of )?"
    rf"{_NAME}(?=[,.;:)\n]|$| (?:and|is|for|which|that|with|will|to|from|by|on|has|was|where|as|would|are|or|after)\b)"
)
# "its Alder campus", "Orrin's Alder halls"
OWN_SITE = re.compile(
    rf"(?:\b(?:its|their|(?P<article>the))|['’]s) {_NAME} (?:data ?cent(?:er|re)s?|campus(?:es)?|halls?|site|(?(article)halls|building))\b(?! [A-Z\d])"
)
OF_PEOPLE = re.compile(r"['’]s\b|\b(?:Company|Midwest|Group)\b|(?:ean|ish|ese|can|ian)$")
# "at the Alder Technology Park": the park is called for its town.
ESTATE_TAIL = re.compile(
    r" (?:Hi-Tech|High-Tech|Technology|Tech|Science|Software|IT|Innovation)(?: (?:Park|Zone|Hub))?$"
)
WIDE = re.compile(
    r"(?:(?:Latin|Central|North|South|Southeast|East|West|Northern|Southern|Eastern|Western|Middle) )?(?:Europe|America|Americas|Asia|Africa|East|West|North|South|Kingdom|Pacific|"
    r"Scandinavia|Nordics|Gulf)\b|Asia[ -]Pacific|(?:.* )?(?:Road|Street|Lane|Avenue|Drive|Way|Boulevard|Parkway|Highway|Industrial|Science|Technology|Estate|Lake|River|Hill|County)$"
)
_START = attrgetter("start")
AREAS = frozenset({"state", "country"})
PARAGRAPH = 2_000
"""Characters of a line in which a place says where a name beside it is."""
STOP = re.compile(r"[.!?] (?=[A-Z])")
SHORTEST = 4
"""Letters of a lone name."""
AROUND = 120
"""Characters around a name within which no gazetteer's town may stand, which else is what is meant."""
LINKS = (" in ", " the ", ", ")
ARTICLES = frozenset({"The", "A", "An", "In", "At", "Its", "This", "That", "Of", "Our"})
PROJECT = re.compile(
    r"\b(?:Campus|Cent(?:er|re)s?|Hub|Forge|Project|Phase|Building|Hall|Plant|Site|Station|University|Airport|Port|Farm|Data|Digital|Cloud|Works|Factory|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|\w+day)\b"
)


def unlisted_towns(text: str, places: Sequence[PlaceHit], found: Spans, taken: Spans) -> Iterator[PlaceHit]:
    """The towns beside `places` that neither `found` nor `taken` has."""
    for place in places:
        low = max(0, place.start - LOOK_BACK)
        before = text[low : place.start]
        matches = []
        if before.endswith(LINKS):
            matches.append((PART.search(before), low))
        if place.kind != "city" and before.endswith(LINKS[:2]):
            matches.append((HELD.search(before), low))
        if place.kind == "city" and (near := BESIDE.search(before)) is not None:
            matches.append((near, low))
        if text.startswith(("'s ", "’s "), place.end):
            matches.append((ITS.match(text, place.end), 0))
        for match, offset in matches:
            if match is None or place.demonym:
                continue
            start, end = match.start("name") + offset, match.end("name") + offset
            first, _, rest = match["name"].partition(" ")
            if first in ARTICLES or PROJECT.search(match["name"]) or (not rest and first.lower() in COMMON | DIRECTION):
                continue
            if not found.overlap(start, end) and not taken.overlap(start, end):
                yield PlaceHit(Place(match["name"], place.place.admin1, place.place.country), "city", start, end)


def sited_towns(text: str, places: Sequence[PlaceHit], found: Spans, taken: Spans, named: Spans) -> Iterator[PlaceHit]:
    """The names that something stands at in a line or text of one country; `named` are the spans of the names of projects."""
    told = sorted((p for p in places if not p.demonym), key=_START)
    again = {text[p.start : p.end]: p.place for p in told if p.kind == "city"}
    everywhere = {p.place.country for p in told}
    by_land: dict[str | None, set[str]] = {}
    for p in told:
        if p.place.admin1:
            by_land.setdefault(p.place.country, set()).add(p.place.admin1)
    for match in (*SITED.finditer(text), *OWN_SITE.finditer(text)):
        name = ESTATE_TAIL.sub("", match["name"])
        start = match.start("name")
        end = start + len(name)
        first, _, rest = name.partition(" ")
        if first in ARTICLES or PROJECT.search(name) or WIDE.match(name):
            continue
        if match.re is OWN_SITE and OF_PEOPLE.search(name):
            continue
        if not rest and (first.lower() in COMMON | DIRECTION or len(first) < SHORTEST):
            continue
        park = name != match["name"]
        if found.overlap(start, end) or taken.overlap(start, end) or (named.overlap(start, end) and not park):
            continue
        low = max(text.rfind("\n", 0, start), start - PARAGRAPH)
        high = min(text.find("\n", end) % (len(text) + 1), end + PARAGRAPH)
        beside = told[bisect_left(told, low, key=_START) : bisect_left(told, high, key=_START)]
        lands = {p.place.country for p in beside} or everywhere
        if len(lands) != 1 or any(
            p.kind not in AREAS
            and abs(p.start - start) < AROUND
            and STOP.search(text, *sorted((p.start, start))) is None
            for p in beside
        ):
            continue
        land = next(iter(lands))
        states = by_land.get(land, set())
        if any(p.country == land and p.kind in {"state", "county"} for p in find_places(name)):
            continue
        place = Place(name, next(iter(states)) if len(states) == 1 else None, land)
        yield PlaceHit(again.get(name, place), "city", start, end)
