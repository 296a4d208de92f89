"""
A name means one place throughout a text: "Lebanon, Ind." wherever Lebanon stands alone, a town told before, one named in full.

In: a text and the `PlaceHit`s found one by one. Out: the same, those of one name of one place, and the mentions that nothing but
the other mentions makes a place. Never looks a new name up, but for the town that a country's name may be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.records import Place
from db.reference import find_places
from ingest.extract.places.area_names import AFTER_COMMA, longest_area
from ingest.extract.places.areas import PlaceHit
from ingest.extract.places.town_words import LOCATIVE
from ingest.extract.text.patterns import Window, compiled
from ingest.extract.text.spans import Spans
from ingest.extract.text.written import written

COUNTY_WORD = re.compile(r" (?:County|Parish|Borough|Township)$")
BEFORE_NAME, AFTER_NAME = re.compile(r"(?<![\w-])"), re.compile(r"(?!\w)")
# What is said right after a town's name, and a space, to speak of it again.
AGAIN = compiled(
    r"\b(?<= )(?:data cent(?:er|re)|campus|site|project|plant|facility|expansion|has had|is to|was first|will get|gets)\b"
)
MOST_TOWNS = 200
"""Towns of one text whose name is looked for again; a gazetteer read in would have thousands."""
NEIGHBOURHOOD = 240
"""Characters within which one place speaks for another."""


def in_one_sense(text: str, found: list[PlaceHit]) -> list[PlaceHit]:
    """A name that the text once ties to a state ("Lebanon, Ind.") means that place wherever it stands alone."""
    told: dict[str, PlaceHit] = {}
    for hit in found:
        named = AFTER_COMMA.match(text[hit.end : hit.end + 60]) if hit.kind in {"city", "township", "county"} else None
        if named and longest_area(named.group("area")) is not None:
            told.setdefault(text[hit.start : hit.end], hit)
            if text[hit.start : hit.end].isupper():
                told.setdefault(hit.place.name or "", hit)  # a dateline's capitals
    counties = {COUNTY_WORD.sub("", h.place.name or ""): h for h in found if h.kind == "county"}
    spans = Spans((h.start, h.end) for h in found)
    out = []
    for hit in found:
        same = counties.get(text[hit.start : hit.end])
        if same is not None and hit.kind == "city" and hit.place.admin1 != same.place.admin1 and same.place.admin1:
            hit = hit._replace(
                place=same.place, kind="county"
            )  # "Coweta" after Coweta County, Georgia, is no town in Oklahoma
        other = told.get(text[hit.start : hit.end])
        out.append(hit if other is None else hit._replace(place=other.place, kind=other.kind, demonym=False))
    out = [_town_not_country(text, hit, out) for hit in _in_full(text, out)]
    for name, hit in told.items():
        for start in written(text, name, BEFORE_NAME, AFTER_NAME):
            if not spans.overlap(start, start + len(name)):
                out.append(PlaceHit(hit.place, hit.kind, start, start + len(name)))
    # A town told of before is meant again where something of it is spoken of: "the new Lincoln data center".
    towns_told = {text[h.start : h.end]: h for h in out if h.kind == "city" and not h.dateline}
    longest_first = sorted(list(towns_told)[:MOST_TOWNS], key=len, reverse=True)
    for again in AGAIN.finditer(text) if towns_told else ():
        end = again.start() - 1
        ends = (town for town in longest_first if text.endswith(town, 0, end))
        town = next((town for town in ends if BEFORE_NAME.match(text, end - len(town))), None)
        if town is not None and not spans.overlap(end - len(town), end):
            hit = towns_told[town]
            out.append(PlaceHit(hit.place, hit.kind, end - len(town), end))
    return out


def _in_full(text: str, found: list[PlaceHit]) -> list[PlaceHit]:
    """A town named short is the one that the text names in full elsewhere: "Talavera", "TALAVERA DE LA REINA"."""
    full = {text[h.start : h.end].casefold(): h for h in found if h.kind == "city" and " " in text[h.start : h.end]}
    long = {name.split(" ")[0]: h for name, h in full.items()}
    out = []
    for hit in found:
        short = text[hit.start : hit.end].casefold()
        other = long.get(short, hit)
        alien = hit.kind == "city" and hit.place.country != other.place.country
        out.append(hit._replace(place=other.place) if alien else hit)
    return out


def _town_not_country(text: str, hit: PlaceHit, found: Sequence[PlaceHit]) -> PlaceHit:
    """Lebanon or Cuba is a town where the words beside it speak of the state that has one of that name."""
    if hit.kind != "country" or hit.demonym or not LOCATIVE.seek(Window(text, max(0, hit.start - 40), hit.start)):
        return hit
    near = [h for h in found if h is not hit and abs(h.start - hit.start) < NEIGHBOURHOOD and h.kind != "country"]
    states = {h.place.admin1 for h in near if h.place.country == "US"}
    if not states or any(h.place.country == hit.place.country for h in found if h.kind != "country"):
        return hit
    written = text[hit.start : hit.end]
    namesakes = [p for p in find_places(written) if p.kind == "city" and p.country == "US" and p.admin1 in states]
    if not namesakes:
        return hit
    return hit._replace(place=Place(namesakes[0].name, namesakes[0].admin1, "US"), kind="city")
