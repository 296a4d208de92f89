"""
Items by about how large they are, so that the same figure is found without comparing all with all.

In: items. Out: a lookup by metric, company and size. Never says that two items are one figure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from db.knowledge.item import Item

Size = tuple[str, str, int]


def by_size(items: Sequence[Item]) -> dict[Size, list[tuple[int, Item]]]:
    """Items by metric, company and about how large they are, each with its place among all."""
    found: dict[Size, list[tuple[int, Item]]] = {}
    for number, item in enumerate(items):
        for company in item.companies:
            for step in _steps(item):
                found.setdefault((item.metric, company, step), []).append((number, item))
    return found


def about_as_large(item: Item, alike: Mapping[Size, Sequence[tuple[int, Item]]]) -> list[Item]:
    """Items of a company of this one that may print the same number, each once and in order."""
    steps = range(_steps(item).start - 1, _steps(item).stop + 1)
    found = {
        number: other
        for company in item.companies
        for step in steps
        for number, other in alike.get((item.metric, company, step), ())
    }
    return [found[number] for number in sorted(found)]


def _steps(item: Item) -> range:
    """The steps of a tenth that a figure spans: two that print the same number are never two steps apart."""
    low = item.low if item.claim.qualifier == "range" else item.high
    first, last = (round(math.log(max(value, 1e-9)) / math.log(1.1)) for value in (low, item.high))
    return range(first, last + 1)
