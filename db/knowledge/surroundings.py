"""
What items and overlaps take from the reference: whose a project is, where it stands, who sells chips, who stands for
itself.

In: what is known of the evidence. Out: `Surroundings`, `World`, and what is said of companies as a whole. Never looks
at a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.knowledge.catalogue import Catalogue
from db.knowledge.items import Surroundings
from db.knowledge.known import Known
from db.knowledge.model import ClaimRow, Row
from db.knowledge.statements import Said
from db.knowledge.status import cancelled_projects
from db.knowledge.world import World

SELLS_CHIPS = frozenset({"chips", "systems"})
"""Kinds of company whose deals are filled by the sites of who buys."""
MAKES = frozenset({"owner", "developer", "operator"})
"""Roles of companies whose own figures hold a project."""


def surroundings(
    known: Known, companies: Mapping[str, tuple[str, ...]], chips: Mapping[str, str | None]
) -> Surroundings:
    """What items take from their projects, companies and chips; the latter are those of claims."""
    catalogue, candidates = known.catalogue, known.linking.candidates
    places = {p.slug: (p.admin1, p.country) for p in catalogue.projects.values()}
    places |= {c.id: (c.admin1, c.country) for c in candidates.values()}
    return Surroundings(
        companies=companies,
        makers=_in_roles(catalogue, MAKES),
        holders=holders_of(catalogue),
        parties={p.slug: frozenset(company for _, company in p.companies) for p in catalogue.projects.values()}
        | {c.id: frozenset(c.companies) for c in candidates.values()},
        places=places,
        vendors={
            claim: catalogue.chips[chip].vendor if chip in catalogue.chips else None
            for claim, chip in chips.items()
            if chip
        },
        umbrellas=frozenset(project for project, level in known.levels.items() if level == "umbrella"),
        hyperscalers=frozenset(c.slug for c in catalogue.companies.values() if c.kind == "hyperscaler"),
    )


def company_wide(known: Known) -> list[Said]:
    """What is said of companies as a whole."""
    return [
        each
        for each in known.said
        if each.claim.retracted_at is None
        and known.links[each.claim.id].linked_to == "company"
        and not only_grid(each.claim, known.companies[each.claim.id], known.catalogue)
    ]


def only_grid(claim: ClaimRow, companies: Iterable[str], catalogue: Catalogue) -> bool:
    """Power that only utilities or public bodies speak of is demand that they foresee, and nobody's announcement."""
    kinds = {c.kind if (c := catalogue.companies.get(each)) else "" for each in companies}
    return claim.metric == "power" and kinds <= {"utility", "government"}


def world_of(known: Known, steps: Iterable[Row]) -> World:
    """What overlaps depend on besides the figures."""
    vendors = frozenset(c.slug for c in known.catalogue.companies.values() if c.kind in SELLS_CHIPS)
    chips = {c.slug: (c.vendor, c.family, c.kind == "family") for c in known.catalogue.chips.values()}
    parties = {p.slug: frozenset(company for _, company in p.companies) for p in known.catalogue.projects.values()}
    return World(
        parents=known.parents, levels=known.levels, cancelled=cancelled_projects(steps), vendors=vendors, chips=chips,
        parties=parties, makers=_in_roles(known.catalogue, MAKES), holders=holders_of(known.catalogue),
    )  # fmt: skip


def holders_of(catalogue: Catalogue) -> dict[str, frozenset[str]]:
    """Who owns, develops, operates or rents each listed project."""
    return _in_roles(catalogue, MAKES | {"tenant"})


def _in_roles(catalogue: Catalogue, roles: frozenset[str]) -> dict[str, frozenset[str]]:
    return {p.slug: frozenset(c for role, c in p.companies if role in roles) for p in catalogue.projects.values()}
