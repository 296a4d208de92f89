"""
Figures that stand at the place from which they are told, not where the thing is built.

In: claims with the links that names and places gave them. Out: links for those that their own document leads to a
listed project: a sum of an investor at the place of the project that the document tells of, and a figure "in Seoul"
that the same document gives to the site in Ulsan. Never joins what two documents say, and never chooses between two
projects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.knowledge.fiscal import is_guidance
from db.knowledge.linker import Link, Linker
from db.knowledge.model import SITE_METRICS, ClaimRow
from db.knowledge.values import same_number

TELLING = frozenset({"capex", "power", "chips", "generation", "contract"})
"""Metrics whose number is seldom the same by chance."""
WIDE_SCOPES = frozenset({"country", "company_year", "programme"})
PAYS_ONLY = frozenset({"finance", "government", "other"})
"""Kinds of company that build no site of their own."""


def link_datelines(linker: Linker, claims: Sequence[ClaimRow], links: dict[str, Link]) -> None:
    """Link what a document tells of its one project, though at another place or by who only pays."""
    by_document: dict[str, list[ClaimRow]] = {}
    for claim in claims:
        by_document.setdefault(claim.document_id, []).append(claim)
    for told in by_document.values():
        waiting = [claim for claim in told if claim.id not in links and is_placed(linker, claim)]
        linked = [claim for claim in told if claim.id in links and links[claim.id].project_id]
        if waiting and linked:
            links.update({link.claim_id: link for link in _by_payer(linker, waiting, linked, links)})
            rest = [claim for claim in waiting if claim.id not in links]
            links.update({link.claim_id: link for link in _by_number(linker, rest, linked, links)})


def is_placed(linker: Linker, claim: ClaimRow) -> bool:
    """Whether a claim is of an unnamed site in a town."""
    return bool(
        claim.place_name
        and not claim.project_name
        and claim.metric in SITE_METRICS
        and claim.scope not in WIDE_SCOPES
        and not is_guidance(claim, linker.snapshot.document(claim).kind)
    )


def told_twice(linker: Linker, one: ClaimRow, other: ClaimRow) -> bool:
    """Whether two claims of one document are one figure of one company, told at two places."""
    return (
        one.metric == other.metric
        and one.metric in TELLING
        and one.qualifier == other.qualifier
        and same_number(one, other)
        and bool(set(linker.companies(one)) & set(linker.companies(other)))
    )


def _by_payer(
    linker: Linker, waiting: Iterable[ClaimRow], linked: Sequence[ClaimRow], links: dict[str, Link]
) -> Iterable[Link]:
    """What an investor does at the place of a project that the document has figures of."""
    catalogue = linker.catalogue
    told = {links[claim.id].project_id for claim in linked}
    for claim in waiting:
        kinds = {c.kind if (c := catalogue.companies.get(each)) else "" for each in linker.companies(claim)}
        there = set(catalogue.projects_at(claim.place_name or "", claim.admin1, claim.country)) & told
        if len(there) == 1 and kinds and kinds <= PAYS_ONLY - {"other"}:
            who = ", ".join(each.name for each in claim.companies)
            reason = f"in {claim.place_name}, by {who}, in a document that tells of the project there"
            yield Link(claim.id, "project", there.pop(), reason)


def _by_number(
    linker: Linker, waiting: Sequence[ClaimRow], linked: Sequence[ClaimRow], links: dict[str, Link]
) -> Iterable[Link]:
    """All figures at one place, one of which the document also gives to a project at another."""
    by_place: dict[str, list[ClaimRow]] = {}
    for claim in waiting:
        mark = linker.catalogue.place_mark(claim.place_name or "", claim.admin1, claim.country)
        by_place.setdefault(mark, []).append(claim)
    for group in by_place.values():
        found = {
            links[other.id].project_id: claim for claim in group for other in linked if told_twice(linker, claim, other)
        }
        if len(found) != 1:
            continue
        project, same = found.popitem()
        own = set(linker.companies(same))
        for claim in group:
            if own & set(linker.companies(claim)) or not claim.companies:
                reason = f"told from {claim.place_name}: the document gives “{same.quote}” to the project as well"
                yield Link(claim.id, "project", project, reason)
