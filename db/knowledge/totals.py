"""
Totals that reconcile: gross beside net, and every difference a row.

In: items with their cuts. Out: rows of `totals`, `total_items` and `overlaps`. A total is the sum of its items, its net
is its gross less its overlaps, and each overlap says why. The members of one dimension add up to "all", except that an
item of several companies stands under each of them, and what a site counts under who owns, develops, operates or (its
power and chips) rents it.
Load, generation, capex, contracts, financing and guidance each have totals of their own: they are never added.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from db.identity import digest
from db.knowledge.item import Item
from db.knowledge.model import Row, Table
from db.knowledge.overlaps import cut_overlaps
from db.knowledge.world import World

UNKNOWN = "unknown"
STAGES: Mapping[str, frozenset[str]] = {
    "announced": frozenset({"announced", "operating", "spent", "cancelled"}),
    "building": frozenset({"announced"}),
    "operating": frozenset({"operating"}),
    "spent": frozenset({"spent"}),
    "cancelled": frozenset({"cancelled"}),
    "guidance": frozenset({"guidance"}),
}
"""A total's stage, and the stages of the items in it."""


def cut_by_stage(items: Sequence[Item], world: World) -> Iterator[tuple[str, list[Item]]]:
    """The items of each stage, de-overlapped by itself: what operates stands on its own there."""
    for stage, stages in STAGES.items():
        counted = [
            replace(item, cuts=list(item.cuts))
            for item in items
            if item.stage in stages and (stage != "building" or item.claim.status == "building")
        ]
        if stage not in ("cancelled", "guidance"):
            cut_overlaps(counted, world)
        yield stage, counted


def total_tables(items: Sequence[Item], world: World) -> dict[str, Table]:
    """Rows of the three tables."""
    tables: dict[str, Table] = {"totals": {}, "total_items": {}, "overlaps": {}}
    for stage, counted in cut_by_stage(items, world):
        for key, group in sorted(by_total(stage, counted).items()):
            total = total_id(key)
            tables["total_items"] |= {(total, item.claim.id): item_row(total, item) for item in group}
            tables["overlaps"] |= {(total, item.claim.id): overlap_row(total, item) for item in group if item.cuts}
            tables["totals"][(total,)] = total_row(key, group[0].unit, [summand(item) for item in group])
    return tables


TotalKey = tuple[str, str, str, str]
"""Dimension, member, metric, stage."""


@dataclass(frozen=True, slots=True)
class Summand:
    """What one item adds to a total."""

    gross: tuple[float, float]
    net: tuple[float, float]
    removed: bool
    open_high: bool


def summand(item: Item) -> Summand:
    """What an item adds."""
    return Summand((item.low, item.high), item.net, bool(item.cuts), item.open_high and item.net[1] > 0)


def by_total(stage: str, items: Iterable[Item]) -> dict[TotalKey, list[Item]]:
    """The items of each total."""
    sums: dict[TotalKey, list[Item]] = {}
    for item in items:
        for dimension, member in _members(item):
            sums.setdefault((dimension, member, item.metric, stage), []).append(item)
    return sums


def total_id(key: TotalKey) -> str:
    """A stable id."""
    return "t" + digest(*key)[:15]


def total_row(key: TotalKey, unit: str, summands: Sequence[Summand]) -> Row:
    """A row of `totals`. Added up so that no order of adding makes a difference."""
    dimension, member, metric, stage = key
    return {
        "id": total_id(key), "dimension": dimension, "member": member, "metric": metric, "stage": stage, "unit": unit,
        "gross_low": math.fsum(each.gross[0] for each in summands),
        "gross_high": math.fsum(each.gross[1] for each in summands),
        "net_low": math.fsum(each.net[0] for each in summands), "net_high": math.fsum(each.net[1] for each in summands),
        "claim_count": len(summands), "removed_count": sum(each.removed for each in summands),
        "open_high": sum(each.open_high for each in summands),
    }  # fmt: skip


def _members(item: Item) -> list[tuple[str, str]]:
    found = [
        ("all", "all"),
        ("country", item.country or UNKNOWN),
        ("year", item.day[:4] if item.day else UNKNOWN),
        *(("company", company) for company in sorted(item.companies) or (UNKNOWN,)),
    ]
    if item.country == "US":
        found.append(("state", item.admin1 or UNKNOWN))
    if item.metric == "chips":
        found.append(("chip_vendor", item.vendor or UNKNOWN))
    return found


def item_row(total: str, item: Item) -> Row:
    """A row of `total_items`."""
    low, high = item.net
    return {
        "total_id": total, "claim_id": item.claim.id, "project_id": item.project, "gross_low": item.low,
        "gross_high": item.high, "net_low": low, "net_high": high,
    }  # fmt: skip


def overlap_row(total: str, item: Item) -> Row:
    """One row an item: its greatest cut gives the reason, and all of them the amount."""
    first = max(item.cuts, key=lambda cut: cut.high)
    low, high = item.net
    return {
        "total_id": total, "claim_id": item.claim.id, "reason": first.reason, "covered_by": first.covered_by,
        "amount_low": item.low - low, "amount_high": item.high - high,
        "note": "; ".join(dict.fromkeys(cut.note for cut in item.cuts)),
    }  # fmt: skip
