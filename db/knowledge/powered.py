"""
Generation that powers a load which is counted.

In: items of all metrics. Out: the same items: a plant is cut by the load of its project, and each MW of load by one
plant only. Never adds generation to load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.knowledge.item import Item
from db.knowledge.world import STANDING, is_left, line


def powered(items: Sequence[Item], parents: Mapping[str, str | None]) -> None:
    """Generation that powers a load which is counted is no capacity beside it."""
    loads = [item for item in items if item.metric == "power" and item.stage in STANDING and is_left(item)]
    own: dict[str, list[int]] = {}
    below: dict[str, list[int]] = {}
    for number, load in enumerate(loads):
        if load.project:
            own.setdefault(load.project, []).append(number)
            for each in line(load.project, parents):
                below.setdefault(each, []).append(number)
    spare = [load.net for load in loads]
    for item in items:
        if item.metric != "generation" or item.stage not in STANDING or not is_left(item) or not item.project:
            continue
        above = (item.project, *line(item.project, parents))
        numbers = {number for each in above for number in own.get(each, ())} | set(below.get(item.project, ()))
        fed = [number for number in sorted(numbers) if spare[number][1] > 0]
        if fed:
            before, load = item.net, loads[fed[0]]
            covers = sum(spare[number][0] for number in fed), sum(spare[number][1] for number in fed)
            item.cut(
                "powers_counted_load", load.claim.id, f"powers the load of {load.project}, which is counted", covers
            )
            taken = before[0] - item.net[0], before[1] - item.net[1]
            for number in fed:  # a second plant powers what the first does not
                low, high = spare[number]
                spare[number] = max(low - taken[0], 0.0), max(high - taken[1], 0.0)
                taken = max(taken[0] - low, 0.0), max(taken[1] - high, 0.0)
