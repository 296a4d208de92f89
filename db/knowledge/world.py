"""
What the rules on overlaps share: what they know besides the items, and small questions about items.

In: items. Out: sums, parties, lines of parents, yes or no. Never cuts anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.knowledge.catalogue import agree
from db.knowledge.item import Item

STANDING = frozenset({"announced", "operating", "spent"})


@dataclass(frozen=True, slots=True)
class World:
    """What the rules need to know besides the items."""

    parents: Mapping[str, str | None]
    levels: Mapping[str, str]
    cancelled: frozenset[str]
    """Projects that will not come."""
    vendors: frozenset[str]
    """Companies that sell chips: what they supply is filled by the sites of who buys."""
    chips: Mapping[str, tuple[str | None, str | None, bool]]
    """Chip to its vendor, its family, and whether it is no model but a family."""
    parties: Mapping[str, frozenset[str]]
    """Companies of each listed project."""
    makers: Mapping[str, frozenset[str]]
    """Those of them that own, develop or operate it: it belongs to what they say of themselves."""
    holders: Mapping[str, frozenset[str]]
    """These and its tenants: what a tenant says of its power and chips holds what it rents."""


def line(project: str | None, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """Everything that a project is part of, nearest first."""
    found: list[str] = []
    step = parents.get(project or "")
    while step and step not in found:
        found.append(step)
        step = parents.get(step)
    return tuple(found)


def parties_of(site: Item, world: World) -> frozenset[str]:
    """Who is named with the figure, or listed at its project."""
    return site.companies | world.parties.get(site.project or "", frozenset())


def one_land(one: Item, other: Item) -> bool:
    """Whether nothing says that they are of two countries or states."""
    return agree(one.country, other.country) and agree(one.admin1, other.admin1)


def shown(names: Sequence[str]) -> str:
    """Some names, in words."""
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def is_left(item: Item) -> bool:
    """Whether anything of it is still counted."""
    return item.net[1] > 0


def sum_of(items: Sequence[Item]) -> tuple[float, float]:
    """What is left of all, both ends."""
    return sum(item.net[0] for item in items), sum(item.net[1] for item in items)
