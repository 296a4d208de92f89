"""
Towns that no gazetteer has, told by the state or country beside them: "at Alder in Ohio", "Texas's Alder district".

In: a text, its other places, and the spans that other names have taken. Out: `PlaceHit`s of cities. Never takes a name that
nothing puts into a state, nor one that ends like a project's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from db.records import Place
from ingest.extract.areas import COMMON, DIRECTION, PlaceHit
from ingest.extract.spans import Spans

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
PART = re.compile(rf"(?<![\w-]){_NAME}{_KIND}(?:, | in )(?:the )?$")
ITS = re.compile(rf"['’]s {_NAME}{_KIND}\b")
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
