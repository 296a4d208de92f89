"""
Which of several places of one name is meant.

In: the gazetteer's places of a name, the state or country written after it, and the areas the text speaks of. Out: one of them, or
None where nothing speaks for any. Never guesses between small towns without a word of the text.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from db.records import Place
from db.reference import GazetteerPlace, place_key
from ingest.extract.places.area_names import LARGE, POPULOUS
from ingest.extract.places.areas import PlaceHit

METROPOLIS = 500_000
"""People of a city that is meant by its name alone: Amsterdam is not the one in New York."""
TOWN, OUTGROWS = 20_000, 8
"""People, and times the people of the next namesake, by which a town is meant without its state."""
VILLAGE = 1_000
NEAR = 160
"""Characters within which a state or country speaks for a namesake in it."""
STATES_TOLD = frozenset({"US", "CA", "AU"})
"""Countries whose towns an English text tells with their states."""
MANY = 3
"""Above so many states a text tours the world: that one of them is named says less against a metropolis."""


def nearest_area(
    areas: Sequence[PlaceHit], start: int, context: Counter[tuple[str | None, str]]
) -> tuple[str | None, str] | None:
    """The state (else country) named nearest to `start`, one before it counting as nearer."""
    states = [h for h in areas if h.kind == "state"] or [h for h in areas if not h.demonym]
    if states:
        best = min(states, key=lambda h: abs(h.start - start) + (200 if h.start > start else 0))
        return best.place.admin1, best.place.country or ""
    return max(context, key=lambda k: context[k]) if context else None


def choose(
    known: Sequence[GazetteerPlace],
    area: tuple[str | None, str] | None,
    context: Counter[tuple[str | None, str]],
    areas: Sequence[PlaceHit],
    start: int,
    written: str = "",
) -> GazetteerPlace | None:
    """The namesake that the area after the name, the areas of the text and size speak for."""
    if not known:
        return None
    towns = [p for p in known if p.kind not in {"state", "country"}]
    if any((p.population or 0) >= LARGE for p in towns) or area is not None:
        known = towns or known
    if any(p.kind == "city" and p.country == "GB" and (p.population or 0) >= LARGE for p in towns):
        known = [p for p in known if p.kind != "county" or p.country != "GB"]  # Cardiff the town, not its county
    if area is not None:
        within = [p for p in known if p.country == area[1] and (area[0] is None or p.admin1 == area[0])]
        return max(within, key=lambda p: p.population or 0) if within else None
    admins = {admin1 for admin1, _ in context if admin1}
    lands = {land for _, land in context}
    first = bisect_right(areas, start - NEAR, key=attrgetter("start"))
    close = areas[first : bisect_left(areas, start + NEAR, first, key=attrgetter("start"))]
    near = {(h.place.admin1, h.place.country) for h in close}
    near_lands = {land for _, land in near}
    key, plain = (place_key(written), written.casefold()) if written else ("", "")
    tour = len(admins) > MANY and any(p.kind == "city" and (p.population or 0) >= METROPOLIS for p in known)

    def score(p: GazetteerPlace) -> float:
        value = math.log10((p.population or 0) + 10)
        if p.kind == "city" and (p.population or 0) >= METROPOLIS:
            value += 2
        if p.admin1 and (p.admin1, p.country) in context:
            value += 1.5 if tour else 4
        if p.country in lands:
            value += 1 if tour else 2.5
        if (p.admin1, p.country) in near:
            value += 2
        if p.country in near_lands:
            value += 1
        if p.country == "US":
            value += 0.5
        if place_key(p.name) != key:
            return value
        return value + (2.5 if p.name.casefold() == plain else 1.5)  # Groningen is not Gröningen

    best = max(known, key=score)
    supported = best.country in lands or best.admin1 in admins
    if lands and not supported and written and place_key(best.name) != key:
        return None  # Kabil in a text on Indonesia is not Kabul
    far = POPULOUS if not lands else 10 * POPULOUS
    return best if supported or (best.population or 0) >= far or (len(known) == 1 and not lands) else None


def outstanding(known: Sequence[GazetteerPlace]) -> GazetteerPlace | None:
    """The namesake that outgrows all others, as a local paper means it that names no state ("the Joliet Plan Commission")."""
    sizes = sorted(((p.population or 0, p) for p in known if p.kind == "city"), key=lambda s: -s[0])
    if not sizes or sizes[0][0] < TOWN or (len(sizes) > 1 and sizes[0][0] < OUTGROWS * sizes[1][0]):
        return None
    return sizes[0][1]


def the_only(known: Sequence[GazetteerPlace]) -> GazetteerPlace | None:
    """The town that has no namesake in another state or country, as a paper of its own country names it."""
    towns = [p for p in known if p.kind == "city"]
    if not towns or len({(p.admin1, p.country) for p in known}) != 1:
        return None
    return towns[0] if (towns[0].population or 0) >= VILLAGE else None


def hit_of(place: GazetteerPlace, start: int, end: int, written: str) -> PlaceHit:
    """The hit of a place of the gazetteer that a text writes as `written`."""
    if place.kind == "country":
        return PlaceHit(Place(None, None, place.country), "country", start, end)
    if place.kind == "state" or (place.kind == "county" and place.country == "GB"):
        return PlaceHit(Place(None, place.admin1 or place.name, place.country), "state", start, end)
    return PlaceHit(Place(_name(place, written), place.admin1, place.country), place.kind, start, end)


def _name(place: GazetteerPlace, written: str) -> str:
    """The name as the text writes it; a desk's capitals are set in lower case."""
    if written.isupper() or place_key(place.name) == place_key(written):
        return place.name
    return written


def in_state(known: Sequence[GazetteerPlace], context: Counter[tuple[str | None, str]]) -> bool:
    """Whether a state that the text names has one of the places."""
    return any((p.admin1, p.country) in context for p in known if p.admin1)


def as_saint(name: str, phrase: str) -> str:
    """The name with "St." where the text writes it so: the gazetteer has it either way."""
    return phrase.title() if phrase[:4] in {"St. ", "ST. "} and name.startswith("Saint ") else name


def is_strange_state(
    place: GazetteerPlace, known: Sequence[GazetteerPlace], context: Counter[tuple[str | None, str]]
) -> bool:
    """Whether a village is in no state that a text names of its country, and not alone of its name in `known`."""
    if place.country not in STATES_TOLD or place.kind not in {"city", "county"} or (place.population or 0) >= POPULOUS:
        return False
    namesakes = {p.admin1 for p in known if p.country == place.country and p.kind != "state"}
    told = {state for state, land in context if state and land == place.country}
    return len(namesakes) != 1 and bool(told) and place.admin1 not in told
