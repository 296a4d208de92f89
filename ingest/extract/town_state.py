"""
The state or country that a text writes after a town: "Lima, Ohio", "Culham in Oxfordshire", "Lima (Ohio)".

In: a name in a text, the gazetteer's places of that name, and the areas of the text. Out: (state or None, country), or None. Never
takes the next of a list for a state: "Haenam, Ulsan and Gumi".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from db.reference import GazetteerPlace
from ingest.extract.areas import AFTER_COMMA, PlaceHit, longest_area
from ingest.extract.namesakes import choose
from ingest.extract.spans import Spans

CLOSES = re.compile(r"[^.:]*[.:](?: |$)")
UNIONS = frozenset({("England", "GB"), ("Scotland", "GB"), ("Wales", "GB"), ("Northern Ireland", "GB")})
"""Named after towns like states, while the gazetteer has their counties."""
Area = tuple[str | None, str]


def area_after(
    text: str,
    start: int,
    end: int,
    known: Sequence[GazetteerPlace],
    context: Counter[Area],
    areas: Sequence[PlaceHit],
    taken: Spans,
) -> Area | None:
    """The state or country after the name at `text[start:end]`."""
    after = text[end : end + 60]
    named = AFTER_COMMA.match(after)
    if named is None or re.match(r" in (?=\d)", after):
        return None
    if taken.overlap(end + named.start("area"), end + named.end("area")):
        return None
    area = longest_area(named.group("area")) or _own_state(known, named.group("area"))
    if area is None:
        return None
    closes = (
        area[0] is not None
        and CLOSES.match(named.group("area") + text[end + named.end("area") :][:1])
        and area not in UNIONS
        and longest_area(text[start:end]) is None
    )
    if not closes and known and choose(known, area, context, areas, start) is None:
        return None
    if area[0] is None and after.startswith(" ("):
        return None
    return area


def _own_state(known: Sequence[GazetteerPlace], written: str) -> Area | None:
    """The county or state that the gazetteer has one of the namesakes in, where the text names it."""
    for place in known:
        state = place.admin1
        if place.kind != "city" or not state or not place.country or state == place.name:
            continue
        if written == state or written.startswith((f"{state} ", f"{state}.")):
            return state, place.country
    return None
