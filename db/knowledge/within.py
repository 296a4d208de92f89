"""
What one project, or one company in one place, tells twice.

In: items of one metric. Out: the same items, cut where one is inside another: what operates or is spent, IT power,
chips of no model, a contract told from one side. Looks at no other project.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.knowledge.catalogue import agree
from db.knowledge.item import Item
from db.knowledge.values import same_number
from db.knowledge.world import World, is_left, one_land, sum_of


def within_projects(items: Sequence[Item], world: World) -> None:
    """
    Of one project or company: what operates is part of what was announced, IT power is inside facility power, "GPUs"
    are the models that are named beside them.
    """
    by_owner: dict[object, list[Item]] = {}
    for item in items:
        owner = item.project or (item.companies, item.country, item.admin1, item.claim.place_name)
        by_owner.setdefault(owner, []).append(item)
    for group in by_owner.values():
        announced = [item for item in group if item.stage == "announced" and is_left(item)]
        for item in group:
            plans = [plan for plan in announced if agree(item.vendor, plan.vendor)]
            if item.stage != "announced" and is_left(item) and plans:
                covers = sum_of(plans if item.metric != "contract" else [])
                item.cut("part_of", plans[0].claim.id, f"{item.stage}: a part of what is announced", covers)
        for item in group:
            whole = [other for other in group if other is not item and other.stage == item.stage and is_left(other)]
            if item.metric in ("power", "generation") and item.facet == "it" and whole:
                item.cut("part_of", whole[0].claim.id, "IT power is inside the facility's power")
            elif item.metric == "chips" and (named := [each for each in whole if _is_wider(item, each, world)]):
                item.cut("part_of", named[0].claim.id, "the models told apart are counted", sum_of(named))
            elif item.facet == "any" and whole:
                item.cut("part_of", whole[0].claim.id, "the sum of what is told apart", sum_of(whole))
            elif item.metric == "contract":
                for other in whole:
                    fewer = (item.facet.count("+"), item.claim.id) < (other.facet.count("+"), other.claim.id)
                    if fewer and same_number(item.claim, other.claim) and item.companies & other.companies:
                        item.cut("same_contract", other.claim.id, "the same contract, told from one side")


def told_beside_the_plan(items: Sequence[Item]) -> None:
    """What a company has spent or runs, told on one page with its larger plan for no other country, is a part of it."""
    plans: dict[tuple[str, frozenset[str]], list[Item]] = {}
    for item in items:
        for document in item.documents if item.stage == "announced" and item.metric != "contract" else ():
            plans.setdefault((document, item.companies), []).append(item)
    for item in items:
        for document in sorted(item.documents) if item.stage != "announced" else ():
            for plan in plans.get((document, item.companies), ()):
                if is_left(item) and is_left(plan) and plan.high >= item.high and one_land(item, plan):
                    item.cut("part_of", plan.claim.id, f"{item.stage}: a part of the plan on the same page", plan.net)


def _is_wider(item: Item, other: Item, world: World) -> bool:
    """Whether chips of one name, such as "NVIDIA GPUs", may be those of another, such as "GB300"; never both ways."""
    one, another = item.facet, other.facet
    vendor, family, is_family = world.chips.get(one, (None, None, True))
    its_vendor, its_family, is_family_too = world.chips.get(another, (None, None, True))
    if not is_family or vendor not in (None, its_vendor) or family not in (None, its_family):
        return False
    return not is_family_too or (vendor is None, family is None) > (its_vendor is None, its_family is None)
