"""
What companies as a whole tell again: one contract from several sides, a sum that takes in what was told before, a newer
figure of a fleet, a deal that is off.

In: items of no project, in the order of their days. Out: the same items, cut where another covers them. Never looks at
what projects have: that is for `overlaps`.
"""

from __future__ import annotations

from collections.abc import Iterable

from db.knowledge.catalogue import agree
from db.knowledge.item import Item
from db.knowledge.model import ClaimRow
from db.knowledge.sizes import about_as_large, by_size
from db.knowledge.values import days_between, same_number

DEAL_DAYS = 400
"""The same sum of the same parties this far apart is one deal told again."""
WHOLE = 1.02


def cut_retold(items: list[Item]) -> None:
    """Cut all of it, the sure ones first."""
    _cut_called_off(items)
    _cut_parts(items)
    _cut_older(items)


def _cut_called_off(items: list[Item]) -> None:
    """What was announced, and is said later by one of its parties not to come."""
    alike = by_size([item for item in items if item.stage == "announced"])
    for off in items:
        for item in about_as_large(off, alike) if off.stage == "cancelled" else ():
            earlier = (item.told_last or "9999") <= (off.day or "")
            within = off.companies <= item.companies or item.companies <= off.companies
            if earlier and within and not item.cuts and _same(off, item):
                item.cut("cancelled", off.claim.id, "it will not come: the same figure is said to be off")


def _cut_parts(items: list[Item]) -> None:
    """
    The same sum from one side and from both, and the parts that a later total of the same parties takes in.

    A party may be named alone ("OpenAI's $38 billion") and together ("OpenAI and Amazon"): one contract.
    """
    # What is told with more of its parties still is when it is itself a part of something told with even more.
    whole = [item for item in items if not item.cuts]
    alike = by_size(whole)
    for item in whole:
        if item.stage == "guidance":
            continue
        for other in about_as_large(item, alike):
            if other is item or other.stage != item.stage:
                continue
            near = (days_between(item.day, other.day) or 0) <= DEAL_DAYS
            fewer = (len(item.companies), -item.high, item.claim.id) < (
                len(other.companies),
                -other.high,
                other.claim.id,
            )
            if near and fewer and item.companies & other.companies and _same(item, other):
                item.cut("same_contract", other.claim.id, "the same figure, told with more of its parties")
                break
    contracts: dict[tuple[str, frozenset[str]], list[Item]] = {}
    told: dict[str, list[Item]] = {}
    for item in items:
        if item.metric == "contract" and len(item.companies) > 1:
            contracts.setdefault((item.stage, item.companies), []).append(item)
        for document in item.documents if item.metric == "contract" else ():
            told.setdefault(document, []).append(item)
    for item in items:
        if item.metric != "contract" or item.cuts or not (item.sums or len(item.companies) > 1):
            continue
        of_all = contracts.get((item.stage, item.companies), [])
        beside = [each for document in sorted(item.documents) for each in told.get(document, ()) if item.sums]
        smaller = [
            other
            for other in {other.claim.id: other for other in (*of_all, *beside)}.values()
            if other is not item and not other.cuts and (other.day or "9999") <= (item.day or "")
            and other.high < item.high and other.stage == item.stage and item.companies <= other.companies
        ]  # fmt: skip
        if smaller and sum(other.high for other in smaller) <= item.high * WHOLE:
            for other in smaller:
                other.cut("part_of", item.claim.id, "a later total of the same parties takes it in")


def _same(item: Item, other: Item) -> bool:
    return same_number(item.claim, other.claim) and one_place(item.claim, other.claim)


def _cut_older(items: list[Item]) -> None:
    """Of what a company says of itself in one place, the newest holds: a fleet or a programme grows by restating it."""
    newest: dict[tuple[object, ...], Item] = {}
    on_top: dict[tuple[object, ...], list[Item]] = {}
    restated = [i for i in items if not i.cuts and i.metric not in ("contract", "financing") and i.stage != "guidance"]
    for item in restated:
        place = (item.metric, item.stage, item.companies, item.country, item.admin1, item.vendor, item.claim.place_name)
        older = newest.get(place)
        apart = older is not None and not older.documents & item.documents
        if item.adds and apart:
            on_top.setdefault(place, []).append(item)  # it replaces nothing, and stands until the whole is told anew
            continue
        if older is not None and apart:
            older.cut("superseded", item.claim.id, "the same company's newer figure for the same place")
            for each in on_top.pop(place, ()):
                each.cut("part_of", item.claim.id, "an addition that the newer figure takes in")
        elif older is not None:
            smaller, larger = sorted((older, item), key=lambda each: (each.high, each.claim.id))
            smaller.cut("part_of", larger.claim.id, "a part of the larger figure of the same document")
            item = larger
        newest[place] = item
    _cut_told_beside([item for item in restated if not item.cuts])


def _cut_told_beside(items: Iterable[Item]) -> None:
    """A smaller figure beside a larger one, of which one page says no other place, is a part of it."""
    beside: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        for document in item.documents:
            beside.setdefault((document, item.metric, item.stage, item.companies, item.vendor), []).append(item)
    for group in beside.values():
        largest, *others = sorted(group, key=lambda each: (-each.high, each.claim.id))
        for item in others:
            if not item.cuts and agree(item.country, largest.country) and agree(item.admin1, largest.admin1):
                item.cut("part_of", largest.claim.id, "a part of the larger figure of the same document")


def one_place(one: ClaimRow, other: ClaimRow) -> bool:
    """Whether nothing says that the two are told of two places."""
    return (
        agree(one.country, other.country)
        and agree(one.admin1, other.admin1)
        and agree(one.place_name, other.place_name)
    )
