"""
Totals that reconcile: gross beside net, and every difference a row.

In: items with their cuts. Out: rows of `totals`, `total_items` and `overlaps`. A total is the sum of its items, its net
is its gross less its overlaps, and each overlap says why. The members of one dimension add up to "all", except that an
item of several companies stands under each of them.
Load, generation, capex, contracts, financing and guidance each have totals of their own: they are never added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.identity import digest
from db.knowledge.item import Item
from db.knowledge.model import Row, Table
from db.knowledge.overlaps import World, cut_overlaps

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


def total_tables(items: Sequence[Item], world: World) -> dict[str, Table]:
    """Rows of the three tables. Each stage is de-overlapped by itself: what operates stands on its own there."""
    tables: dict[str, Table] = {"totals": {}, "total_items": {}, "overlaps": {}}
    for stage, stages in STAGES.items():
        counted = [
            replace(item, cuts=list(item.cuts))
            for item in items
            if item.stage in stages and (stage != "building" or item.claim.status == "building")
        ]
        if stage not in ("cancelled", "guidance"):
            cut_overlaps(counted, world)
        sums: dict[tuple[str, str, str], list[Item]] = {}
        for item in counted:
            for dimension, member in _members(item):
                sums.setdefault((dimension, member, item.metric), []).append(item)
        for (dimension, member, metric), group in sorted(sums.items()):
            _add(tables, dimension, member, metric, stage, sorted(group, key=lambda i: i.claim.id))
    return tables


def _add(tables: dict[str, Table], dimension: str, member: str, metric: str, stage: str, items: list[Item]) -> None:
    total = "t" + digest(dimension, member, metric, stage)[:15]
    rows = [_item_row(total, item) for item in items]
    for row in rows:
        tables["total_items"][(total, row["claim_id"])] = row
    for item in items:
        if item.cuts:
            tables["overlaps"][(total, item.claim.id)] = _overlap_row(total, item)
    tables["totals"][(total,)] = {
        "id": total, "dimension": dimension, "member": member, "metric": metric, "stage": stage,
        "unit": items[0].unit, "gross_low": float(sum(item.low for item in items)),
        "gross_high": float(sum(item.high for item in items)), "net_low": float(sum(item.net[0] for item in items)),
        "net_high": float(sum(item.net[1] for item in items)), "claim_count": len(rows),
        "removed_count": sum(bool(item.cuts) for item in items),
        "open_high": sum(item.open_high and item.net[1] > 0 for item in items),
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


def _item_row(total: str, item: Item) -> Row:
    low, high = item.net
    return {
        "total_id": total, "claim_id": item.claim.id, "project_id": item.project, "gross_low": item.low,
        "gross_high": item.high, "net_low": low, "net_high": high,
    }  # fmt: skip


def _overlap_row(total: str, item: Item) -> Row:
    """One row an item: its greatest cut gives the reason, and all of them the amount."""
    first = max(item.cuts, key=lambda cut: cut.high)
    low, high = item.net
    return {
        "total_id": total, "claim_id": item.claim.id, "reason": first.reason, "covered_by": first.covered_by,
        "amount_low": item.low - low, "amount_high": item.high - high,
        "note": "; ".join(dict.fromkeys(cut.note for cut in item.cuts)),
    }  # fmt: skip
