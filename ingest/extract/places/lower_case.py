"""
Places in text that is all lower case, as machines write down what is said: "lufkin in texas", "two sites in south dakota".

In: a text. Out: `PlaceHit`s of states, countries and towns, only in paragraphs without capitals. Never takes a word for a town that no
state or country beside it vouches for, nor an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from db.records import Place
from db.reference import countries, demonyms, find_places, state_abbreviations, state_names
from ingest.extract.places.area_names import COMMON, ENGLISH_STATES
from ingest.extract.places.areas import PlaceHit

PARAGRAPH = re.compile(r"[^\n]+")
CAPITALS = re.compile(r"[A-Z](?<=\b[A-Z])\w+")
LEAST_WORDS = 20
"""Words of a paragraph that could have had a capital."""
MOST_CAPITALS = 0.06
"""Share of words with a capital, the speaker's name among them."""
SHORTEST = 4
VILLAGE = 500
PLACED = r"\b(?:in|into|across|near|around|outside|throughout|over in|out in|down in|up in) (?:the )?"
THING = r"(?: [a-z]+){0,2}? (?:campus|site|sites|facility|data ?cent(?:er|re)|project|building|location)\b"
TOWN = r"[a-z][a-z'-]+(?: [a-z][a-z'-]+){0,2}"
JOINT = re.compile(r",? (?:in |up in |down in |out in )?(?:the )?(?:state of )?")


@cache
def _names() -> dict[str, PlaceHit]:
    out = {}
    for name, code in countries().items():
        if len(name) >= SHORTEST and name not in demonyms() and name[0].isupper():
            out[name.lower()] = PlaceHit(Place(None, None, code), "country", 0, 0)
    for name, (state, code) in state_names().items():
        if len(name) >= SHORTEST and name not in state_abbreviations() and code in ENGLISH_STATES:
            out[name.lower()] = PlaceHit(Place(None, state, code), "state", 0, 0)
    return out


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True))
    return re.compile(
        rf"(?P<lead>{PLACED}(?:(?P<town>{TOWN}?),? (?:in )?)?|(?<=\s)(?P<before>{TOWN}) in )(?P<area>{names})\b"
    )


def find_in_lower_case(text: str) -> list[PlaceHit]:
    """The places of the paragraphs without capitals."""
    spans = [m.span() for m in PARAGRAPH.finditer(text) if _is_lower(m.group())]
    out = [hit for start, end in spans for hit in _areas(text, start, end)]
    told: dict[str, Place] = {text[h.start : h.end]: h.place for h in out if h.kind == "city"}
    lands = {(h.place.admin1, h.place.country) for h in out}
    for start, end in spans:
        for match in re.finditer(rf"\b(?:the|our|at|in) (?P<town>{TOWN}?){THING}", text[start:end]):
            name = match.group("town")
            if name not in told and (place := _town(name, lands)) is not None:
                told[name] = place
    taken = {h.start for h in out}
    for name, place in told.items():
        for start, end in spans:
            for match in re.finditer(rf"\b{re.escape(name)}\b", text[start:end]):
                if start + match.start() not in taken:
                    out.append(PlaceHit(place, "city", start + match.start(), start + match.end()))
    return out


def _is_lower(paragraph: str) -> bool:
    words = paragraph.split()
    return len(words) >= LEAST_WORDS and len(CAPITALS.findall(paragraph)) <= MOST_CAPITALS * len(words)


def _areas(text: str, start: int, end: int) -> Iterator[PlaceHit]:
    for match in _pattern().finditer(text, start, end):
        area = _names()[match.group("area")]
        yield PlaceHit(area.place, area.kind, match.start("area"), match.end("area"))
        group = "town" if match.group("town") else "before"
        words = (match.group(group) or "").split(" ")
        for at in range(len(words)):
            name = " ".join(words[at:])
            if (place := _town(name, {(area.place.admin1, area.place.country)})) is not None:
                yield PlaceHit(place, "city", match.end(group) - len(name), match.end(group))
                break


def _town(name: str, lands: set[tuple[str | None, str | None]]) -> Place | None:
    """The largest town of that name in one of the states or countries."""
    if name in COMMON or len(name) < SHORTEST:
        return None
    within = [
        p
        for p in find_places(name.title())
        if p.kind == "city"
        and (p.population or 0) >= VILLAGE
        and ((p.admin1, p.country) in lands or (None, p.country) in lands)
    ]
    best = max(within, key=lambda p: p.population or 0, default=None)
    return Place(best.name, best.admin1, best.country) if best is not None else None
