"""
The state that a local text means without naming it: the only one that has all of its counties and towns.

In: the counties named in a text, and the capitalised words after "in" or "near". Out: a state of the United States, or None. Never
decides where a text names the state of one of its counties, nor on the word of one name alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable

from db.reference import find_places

NAMES = 24
"""Names that are asked about; a text with more of them tours the country."""
LEAST = 2
"""Names that must agree."""
MARGIN = 1.0
"""Of two states with as many of the names, the powers of ten by which the people of the places in one must outnumber the other's."""
COUNTIES, TOWNS = frozenset({"county", "township"}), frozenset({"city"})


def common_state(counties: Iterable[str], towns: Iterable[str], named: Collection[str] = ()) -> str | None:
    """
    The state that most of the names have in common, a county among them; `named` are the states of the text.

    >>> common_state(["Hall County"], ["Gainesville"])
    'Georgia'
    >>> common_state(["Hall County"], ["Gainesville"], ["Texas"])
    >>> common_state(["Hall County"], [])
    >>> common_state(["Hays County"], [])
    'Texas'
    """
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for names, kinds in ((counties, COUNTIES), (towns, TOWNS)):
        for name in list(dict.fromkeys(names))[:NAMES]:
            for place in find_places(name):
                if place.kind in kinds and place.country == "US" and place.admin1:
                    people = found[place.admin1]
                    people[name] = max(people.get(name, 0), place.population or 0)
        if not found or any(state in found for state in named):
            return None  # no county, or the text says where it is; the names of towns, a generator, are then not made
    size = {state: (len(p), sum(math.log10(n + 10) for n in p.values())) for state, p in found.items()}
    (count, people_of), state = max((s, state) for state, s in size.items())
    rivals = [p for other, (n, p) in size.items() if other != state and n == count]
    if (count < LEAST and len(size) > 1) or any(people_of - p < MARGIN for p in rivals):
        return None
    held = any(p.admin1 == state and p.kind in COUNTIES for name in found[state] for p in find_places(name))
    return state if held else None
