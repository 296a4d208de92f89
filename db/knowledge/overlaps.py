"""
What two figures count twice.

In: items. Out: the same items, with every overlap cut and its reason: a part of an umbrella, a phase, IT inside
facility power, what operates of what was announced, a contract told from both sides, a supply deal that sites fill, a
programme that sites belong to, generation for a counted load, cancelled. Never cuts more than what covers it.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.knowledge.catalogue import agree
from db.knowledge.item import Item
from db.knowledge.powered import powered
from db.knowledge.sizes import about_as_large, by_size
from db.knowledge.values import days_between, same_number
from db.knowledge.wide import PROGRAMME_DAYS, fleets, programmes, supply_deals
from db.knowledge.within import told_beside_the_plan, within_projects
from db.knowledge.world import STANDING, World, is_left, line, one_land, parties_of, shown, sum_of

RETOLD_DAYS = 400
"""A site's figure is told again without its name so long before or after, where it is of the same country."""


def cut_overlaps(items: Sequence[Item], world: World) -> None:
    """Cut every overlap among the items of one total, the sure ones first."""
    for item in items:
        if item.stage == "cancelled" or (item.project in world.cancelled and item.stage != "operating"):
            item.cut("cancelled", None, "it will not be built")
    for metric in sorted({item.metric for item in items}):
        group = [item for item in items if item.metric == metric and item.stage in STANDING]
        within_projects(group, world)
        told_beside_the_plan(group)
        _same_figure_without_project(group, world)
        _parents(group, world)
        if metric in ("power", "chips"):
            supply_deals(group, world)
        programmes(group, world)
        fleets(group)
    powered(items, world.parents)


def _same_figure_without_project(items: Sequence[Item], world: World) -> None:
    """
    A company's figure that is a project's figure told without its name.

    Round figures meet by chance: all who are named must be at the project, and without a country it must be told soon.
    """
    alike = by_size([item for item in items if item.project])
    for item in items:
        if item.project or not is_left(item):
            continue
        for other in about_as_large(item, alike):
            days = RETOLD_DAYS if item.country else PROGRAMME_DAYS
            near = (days_between(item.day, other.day) or 0) <= days and item.companies <= parties_of(other, world)
            alike_in_kind = one_land(item, other) and agree(item.vendor, other.vendor)
            if near and alike_in_kind and same_number(item.claim, other.claim):
                reason = "same_contract" if item.metric == "contract" else "part_of"
                item.cut(reason, other.claim.id, f"the figure of {other.project}, told without its name")
                break


def _parents(items: Sequence[Item], world: World) -> None:
    """What the parts of a project make up is cut from the whole: an umbrella keeps what no site has taken yet."""
    own: dict[str, list[Item]] = {}
    below: dict[str, list[Item]] = {}
    for item in items:
        if item.project:
            own.setdefault(item.project, []).append(item)
            for above in line(item.project, world.parents):
                below.setdefault(above, []).append(item)
    for project in sorted(own.keys() & below.keys(), key=lambda p: (-len(line(p, world.parents)), p)):
        parts = [item for item in below[project] if is_left(item)]
        if not parts:
            continue
        names = sorted({part.project or "" for part in parts})
        reason = "phase_of" if all(world.levels.get(name) in ("phase", "building") for name in names) else "part_of"
        low, high = sum_of(parts)
        for item in sorted(own[project], key=lambda i: (-i.high, i.claim.id)):
            if is_left(item):
                before = item.net
                item.cut(reason, " ".join(names), f"counted with its parts: {shown(names)}", (low, high))
                low, high = low - (before[0] - item.net[0]), high - (before[1] - item.net[1])
