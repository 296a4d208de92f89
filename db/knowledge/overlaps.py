"""
What two figures count twice.

In: items. Out: the same items, with every overlap cut and its reason: a part of an umbrella, a phase, IT inside
facility power, what operates of what was announced, a contract told from both sides, a supply deal that sites fill, a
programme that sites belong to, generation for a counted load, cancelled. Never cuts more than what covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.knowledge.catalogue import agree
from db.knowledge.item import Item
from db.knowledge.sizes import about_as_large, by_size
from db.knowledge.values import days_between, same_number

STANDING = frozenset({"announced", "operating", "spent"})
PROGRAMME_DAYS = 60
"""A site named so long before its company's programme belongs to it all the same."""


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


def cut_overlaps(items: Sequence[Item], world: World) -> None:
    """Cut every overlap among the items of one total, the sure ones first."""
    for item in items:
        if item.stage == "cancelled" or (item.project in world.cancelled and item.stage != "operating"):
            item.cut("cancelled", None, "it will not be built")
    for metric in sorted({item.metric for item in items}):
        group = [item for item in items if item.metric == metric and item.stage in STANDING]
        _within_projects(group, world)
        _same_figure_without_project(group)
        _parents(group, world)
        if metric in ("power", "chips"):
            _supply_deals(group, world.vendors)
        _programmes(group, world)
        _fleets(group)
    _powered(items, world.parents)


def _within_projects(items: Sequence[Item], world: World) -> None:
    """
    Of one project or company: what operates is part of what was announced, IT power is inside facility power, "GPUs"
    are the models that are named beside them.
    """
    by_owner: dict[object, list[Item]] = {}
    for item in items:
        owner = item.project or (item.companies, item.country, item.admin1, item.claim.place_name)
        by_owner.setdefault(owner, []).append(item)
    for group in by_owner.values():
        announced = [item for item in group if item.stage == "announced" and _left(item)]
        for item in group:
            if item.stage != "announced" and _left(item) and announced:
                covers = _sum(announced if item.metric != "contract" else [])
                item.cut("part_of", announced[0].claim.id, f"{item.stage}: a part of what is announced", covers)
        for item in group:
            whole = [other for other in group if other is not item and other.stage == item.stage and _left(other)]
            if item.metric in ("power", "generation") and item.facet == "it" and whole:
                item.cut("part_of", whole[0].claim.id, "IT power is inside the facility's power")
            elif item.metric == "chips" and (named := [each for each in whole if _is_wider(item, each, world)]):
                item.cut("part_of", named[0].claim.id, "the models told apart are counted", _sum(named))
            elif item.facet == "any" and whole:
                item.cut("part_of", whole[0].claim.id, "the sum of what is told apart", _sum(whole))
            elif item.metric == "contract":
                for other in whole:
                    fewer = (item.facet.count("+"), item.claim.id) < (other.facet.count("+"), other.claim.id)
                    if fewer and same_number(item.claim, other.claim) and item.companies & other.companies:
                        item.cut("same_contract", other.claim.id, "the same contract, told from one side")


def _is_wider(item: Item, other: Item, world: World) -> bool:
    """Whether chips of one name, such as "NVIDIA GPUs", may be those of another, such as "GB300"; never both ways."""
    one, another = item.facet, other.facet
    vendor, family, is_family = world.chips.get(one, (None, None, True))
    its_vendor, its_family, is_family_too = world.chips.get(another, (None, None, True))
    if not is_family or vendor not in (None, its_vendor) or family not in (None, its_family):
        return False
    return not is_family_too or (vendor is None, family is None) > (its_vendor is None, its_family is None)


def _same_figure_without_project(items: Sequence[Item]) -> None:
    """A company's figure that is a project's figure told without its name."""
    alike = by_size([item for item in items if item.project])
    for item in items:
        if item.project or not _left(item):
            continue
        for other in about_as_large(item, alike):
            near = (days_between(item.day, other.day) or 0) <= 400
            if near and _one_land(item, other) and same_number(item.claim, other.claim):
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
        parts = [item for item in below[project] if _left(item)]
        if not parts:
            continue
        names = sorted({part.project or "" for part in parts})
        reason = "phase_of" if all(world.levels.get(name) in ("phase", "building") for name in names) else "part_of"
        low, high = _sum(parts)
        for item in sorted(own[project], key=lambda i: (-i.high, i.claim.id)):
            if _left(item):
                before = item.net
                item.cut(reason, " ".join(names), f"counted with its parts: {_shown(names)}", (low, high))
                low, high = low - (before[0] - item.net[0]), high - (before[1] - item.net[1])


def _programmes(items: Sequence[Item], world: World) -> None:
    """
    What a company says of itself, or of a country or state, is made of its sites there, as far as they are named.

    A deal of several companies is made of the sites that two of them have together.
    """
    by_company = _sites_by_company(items)
    for item in items:
        if item.project or item.metric not in ("capex", "power", "chips", "generation", "jobs") or not _left(item):
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
            item.cut("part_of", " ".join(names), f"its sites are counted: {_shown(names)}", _sum(sites))


def _fleets(items: Sequence[Item]) -> None:
    """The whole capacity of one company holds what it has in one state, and what it shares with others by deals."""
    shared: dict[str, list[Item]] = {}
    for item in items:
        if not item.project and (len(item.companies) > 1 or item.admin1) and _left(item):
            for company in item.companies:
                shared.setdefault(company, []).append(item)
    for item in items:
        is_fleet = item.sums and not item.project and not item.admin1 and len(item.companies) == 1
        if not is_fleet or item.metric not in ("power", "chips"):
            continue
        deals = [
            other
            for other in shared.get(next(iter(item.companies)), ())
            if other is not item and _one_land(item, other) and item.vendor in (None, other.vendor)
        ]
        if deals and _left(item):
            held = " ".join(deal.claim.id for deal in deals)
            item.cut("part_of", held, "its deals and what it has in one state are counted", _sum(deals))


def _supply_deals(items: Sequence[Item], vendors: frozenset[str]) -> None:
    """Chips or capacity that a vendor supplies stand in the buyer's sites."""
    by_company = _sites_by_company(items)
    for item in items:
        sold_by = item.companies & vendors
        buyers = item.companies - vendors
        if item.project or not _left(item) or not sold_by:
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
                "supply_deal_filled_by_sites", " ".join(names), f"filled by the buyer's sites: {shown}", _sum(sites)
            )


def _powered(items: Sequence[Item], parents: Mapping[str, str | None]) -> None:
    """Generation that powers a load which is counted is no capacity beside it."""
    loads = [item for item in items if item.metric == "power" and item.stage in STANDING and _left(item)]
    own: dict[str, list[int]] = {}
    below: dict[str, list[int]] = {}
    for number, load in enumerate(loads):
        if load.project:
            own.setdefault(load.project, []).append(number)
            for each in line(load.project, parents):
                below.setdefault(each, []).append(number)
    for item in items:
        if item.metric != "generation" or item.stage not in STANDING or not _left(item) or not item.project:
            continue
        above = (item.project, *line(item.project, parents))
        numbers = {number for each in above for number in own.get(each, ())} | set(below.get(item.project, ()))
        fed = [loads[number] for number in sorted(numbers)]
        if fed:
            name = fed[0].project
            item.cut("powers_counted_load", fed[0].claim.id, f"powers the load of {name}, which is counted", _sum(fed))


def _sites_by_company(items: Sequence[Item]) -> dict[str, list[tuple[int, Item]]]:
    """Company to what is left of its figures of projects, each with its place among all."""
    found: dict[str, list[tuple[int, Item]]] = {}
    for number, item in enumerate(items):
        for company in item.companies if item.project and _left(item) else ():
            found.setdefault(company, []).append((number, item))
    return found


def _sites_of(by_company: Mapping[str, Sequence[tuple[int, Item]]], companies: Iterable[str]) -> list[Item]:
    """The figures of projects that have any of these companies, each once and in order."""
    found = {number: item for company in companies for number, item in by_company.get(company, ())}
    return [found[number] for number in sorted(found)]


def _one_land(one: Item, other: Item) -> bool:
    return agree(one.country, other.country) and agree(one.admin1, other.admin1)


def _is_of_both(site: Item, deal: Item, world: World) -> bool:
    parties = site.companies | world.parties.get(site.project or "", frozenset())
    return len(deal.companies & parties) >= min(2, len(deal.companies))


def _since(site: Item, programme: Item) -> bool:
    if site.day is None or programme.day is None or site.day >= programme.day:
        return True
    return (days_between(site.day, programme.day) or 0) <= PROGRAMME_DAYS


def line(project: str | None, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """Everything that a project is part of, nearest first."""
    found: list[str] = []
    step = parents.get(project or "")
    while step and step not in found:
        found.append(step)
        step = parents.get(step)
    return tuple(found)


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def _left(item: Item) -> bool:
    return item.net[1] > 0


def _sum(items: Sequence[Item]) -> tuple[float, float]:
    return sum(item.net[0] for item in items), sum(item.net[1] for item in items)
