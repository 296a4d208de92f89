"""
Places in use: a town with its state and country.

In: a place as a claim writes it, and the gazetteer's search. Out: the place and what it lies in, narrowest first.
Never takes one of several towns of a name unless state or country, or a much greater size, tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from db.knowledge.names import key
from db.reference import GazetteerPlace, country_list, find_places

MUCH_GREATER = 5


@lru_cache(maxsize=20_000)
def locate(name: str | None, admin1: str | None, country: str | None) -> tuple[GazetteerPlace, ...]:
    """The place, its state and its country, as far as they are known."""
    chain: list[GazetteerPlace] = []
    if name and (town := _town(find_places(name), admin1, country)):
        chain.append(town)
        admin1, country = town.admin1 if town.kind != "state" else None, town.country
    if admin1 and (state := _only([p for p in find_places(admin1) if p.kind == "state"], country)):
        chain.append(state)
        country = state.country
    names = [each.name for each in country_list() if each.alpha2 == country]
    chain.extend([p for each in names for p in find_places(each) if p.kind == "country" and p.country == country][:1])
    return tuple({place.slug: place for place in chain}.values())


def _town(found: Sequence[GazetteerPlace], admin1: str | None, country: str | None) -> GazetteerPlace | None:
    there = [place for place in found if place.kind != "country" and country in (None, place.country)]
    if admin1:
        inside = [p for p in there if key(admin1) in (key(p.admin1 or ""), key(p.admin2 or ""))]
        known = any(p.kind == "state" and country in (None, p.country) for p in find_places(admin1))
        # "England" is no state of the gazetteer, so it tells nothing; "Texas" is, so a town elsewhere is another town.
        there = inside if inside or known else there
    elif country is None:
        return there[0] if len(there) == 1 else None
    if len(there) > 1:
        first, second = there[0].population or 0, there[1].population or 0
        same = {(p.admin1, p.admin2 or p.name) for p in there}
        if len(same) > 1 and not admin1 and first < MUCH_GREATER * max(second, 1):
            return None
    return there[0] if there else None


def _only(found: Sequence[GazetteerPlace], country: str | None) -> GazetteerPlace | None:
    inside = [place for place in found if country in (None, place.country)]
    return inside[0] if len(inside) == 1 or (inside and country) else None
