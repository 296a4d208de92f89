"""
The state or country that a text writes after a town: "Lima, Ohio", "Culham in Oxfordshire", "Lima (Ohio)".

In: a name in a text, and the gazetteer's places of that name. Out: (state or None, country), or None, and whether a full stop or colon
closes it: what does not close may be the next of a list ("Haenam, Ulsan and Gumi"). Never chooses between namesakes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.reference import GazetteerPlace, state_names
from ingest.extract.places.area_names import AFTER_COMMA, longest_area
from ingest.extract.text.spans import Spans

BARE = re.compile(r" (?P<state>[A-Z]{2})(?![\w&'’-])(?! [A-Z])")
IN_NUMBER = re.compile(r" in (?=\d)")
CLOSES = re.compile(r"[^.:]*[.:](?: |$)")
UNIONS = frozenset({("England", "GB"), ("Scotland", "GB"), ("Wales", "GB"), ("Northern Ireland", "GB")})
"""Named after towns like states, while the gazetteer has their counties."""
Area = tuple[str | None, str]


def area_after(
    text: str, start: int, end: int, known: Sequence[GazetteerPlace], taken: Spans
) -> tuple[Area | None, bool]:
    """The state or country after the name at `text[start:end]`, unless it is taken, and whether it closes what is said."""
    if not text.startswith((", ", " in ", " ("), end):
        return (_bare_state(text, end, known), True) if text.startswith(" ", end) else (None, False)
    after = text[end : end + 60]
    named = AFTER_COMMA.match(after)
    if named is None or IN_NUMBER.match(after) or taken.overlap(end + named.start("area"), end + named.end("area")):
        return None, False
    area = longest_area(named.group("area")) or _own_state(known, named.group("area"))
    if area is None or (area[0] is None and after.startswith(" (")):
        return None, False
    closes = area[0] is not None and area not in UNIONS and longest_area(text[start:end]) is None
    return area, closes and (
        " in " in named.group()
        or (area[1] == "US" and text[end + named.end("area") :][:2] == ", ")
        or bool(CLOSES.match(named.group("area") + text[end + named.end("area") :][:1]))
    )


def _bare_state(text: str, end: int, known: Sequence[GazetteerPlace]) -> Area | None:
    """The state that follows a town of it without a comma: "Lima OH"."""
    named = BARE.match(text, end)
    if named is None:
        return None
    area = state_names().get(named["state"])
    if area is None or area[1] != "US":
        return None
    return area if any(p.kind == "city" and (p.admin1, p.country) == area for p in known) else None


def _own_state(known: Sequence[GazetteerPlace], written: str) -> Area | None:
    """The county or state that the gazetteer has one of the namesakes in, where the text names it."""
    for place in known:
        state = place.admin1
        if place.kind != "city" or not state or not place.country or state == place.name:
            continue
        if written == state or written.startswith((f"{state} ", f"{state}.")):
            return state, place.country
    return None
