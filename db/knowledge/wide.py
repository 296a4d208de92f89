"""
What is said of companies as a whole, and is made of what is counted elsewhere.

In: items of one metric. Out: the same items: programmes are cut by the sites in them, fleets by deals, what a vendor
supplies by the sites of the buyer. Never cuts more than what covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db.knowledge.item import Item
from db.knowledge.values import days_between
from db.knowledge.world import World, is_left, parties_of, shown, sum_of

PROGRAMME_DAYS = 60
"""A site named so long before its company's programme belongs to it all the same."""


def programmes(items: Sequence[Item], world: World) -> None:
    """
    What a company says of itself, or of a country or state, is made of its sites there, as far as they are named.

    A deal of several companies is made of the sites that two of them have together.
    """
    by_company = _sites_by_company(items, world)
    for item in items:
        if item.project or item.metric not in ("capex", "power", "chips", "generation", "jobs") or not is_left(item):
            continue
        sites = [
            other
            for other in _sites_of(by_company, item.companies)
            if item.country in (None, other.country) and item.admin1 in (None, other.admin1)
            and item.vendor in (None, other.vendor) and (item.sums or _since(other, item))
            and _is_of_both(other, item, world)
        ]  # fmt: skip
        if sites:
            names = sorted({site.project or "" for site in sites})
            item.cut("part_of", " ".join(names), f"its sites are counted: {shown(names)}", sum_of(sites))


def fleets(items: Sequence[Item]) -> None:
    """The whole capacity of one company holds what it has in one state, and what it shares with others by deals."""
    shared: dict[str, list[Item]] = {}
    for item in items:
        if not item.project and (len(item.companies) > 1 or item.admin1) and is_left(item):
            for company in item.companies:
                shared.setdefault(company, []).append(item)
    for item in items:
        is_fleet = item.sums and not item.project and not item.admin1 and len(item.companies) == 1
        if not is_fleet or item.metric not in ("power", "chips"):
            continue
        deals = [
            other
            for other in shared.get(next(iter(item.companies)), ())
            if other is not item and item.country in (None, other.country) and item.vendor in (None, other.vendor)
        ]
        if deals and is_left(item):
            held = " ".join(deal.claim.id for deal in deals)
            item.cut("part_of", held, "its deals and what it has in one state are counted", sum_of(deals))


def supply_deals(items: Sequence[Item], world: World) -> None:
    """Chips or capacity that a vendor supplies stand in the buyer's sites."""
    by_company = _sites_by_company(items, world)
    for item in items:
        sold_by = item.companies & world.vendors
        buyers = item.companies - world.vendors
        if item.project or not is_left(item) or not sold_by:
            continue
        sites = [
            other
            for other in _sites_of(by_company, buyers)
            if item.metric == "power" or item.vendor in (None, other.vendor)
        ]  # fmt: skip
        if sites:
            names = sorted({site.project or "" for site in sites})
            shown = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
            item.cut(
                "supply_deal_filled_by_sites", " ".join(names), f"filled by the buyer's sites: {shown}", sum_of(sites)
            )


def _sites_by_company(items: Sequence[Item], world: World) -> dict[str, list[tuple[int, Item]]]:
    """Company to what is left of the figures of projects that name it or are its own, each with its place among all."""
    found: dict[str, list[tuple[int, Item]]] = {}
    for number, item in enumerate(items):
        held = world.holders if item.metric in ("power", "chips") else world.makers
        named = item.companies | held.get(item.project or "", frozenset())
        for company in named if item.project and is_left(item) else ():
            found.setdefault(company, []).append((number, item))
    return found


def _sites_of(by_company: Mapping[str, Sequence[tuple[int, Item]]], companies: Iterable[str]) -> list[Item]:
    """The figures of projects that have any of these companies, each once and in order."""
    found = {number: item for company in companies for number, item in by_company.get(company, ())}
    return [found[number] for number in sorted(found)]


def _is_of_both(site: Item, deal: Item, world: World) -> bool:
    return len(deal.companies & parties_of(site, world)) >= min(2, len(deal.companies))


def _since(site: Item, programme: Item) -> bool:
    if site.day is None or programme.day is None or site.day >= programme.day:
        return True
    return not programme.adds and (days_between(site.day, programme.day) or 0) <= PROGRAMME_DAYS
