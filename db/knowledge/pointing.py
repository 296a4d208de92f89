"""
Where the evidence points: a claim to its project, place and chip, a name to its company.

In: what is known, and the tables of who and what. Out: rows of `claim_links`, and the pointer columns of `claims`,
`claim_companies` and `document_mentions`. Never points to a row that is not there.
"""

from __future__ import annotations

from db.knowledge.known import Known
from db.knowledge.model import Table


def link_rows(known: Known) -> Table:
    """What every claim is about, and why; a rejected one is about nothing."""
    rows: Table = {}
    for claim in known.evidence.claims:
        rejected = known.curated.rejected.get(claim)
        if rejected is not None:
            rows[(claim,)] = {
                "claim_id": claim, "linked_to": "nothing", "project_id": None,
                "reason": f"rejected: {rejected.reason}", "correction_id": rejected.id,
            }  # fmt: skip
            continue
        link = known.links[claim]
        amended = known.curated.amended.get(claim)
        rows[(claim,)] = {
            "claim_id": claim, "linked_to": link.linked_to, "project_id": link.project_id, "reason": link.reason,
            "correction_id": amended[0].id if amended else None,
        }  # fmt: skip
    return rows


def pointers(known: Known) -> dict[str, Table]:
    """The pointer columns of the evidence, by table."""
    return {
        "claims": _claims(known),
        "claim_companies": _companies(known),
        "document_mentions": _mentions(known),
    }


def _claims(known: Known) -> Table:
    rows: Table = {(claim,): {} for claim in known.evidence.claims}
    # As corrected: a rejected claim points to nothing.
    for claim in known.snapshot.claims.values():
        chain = known.catalogue.locate(claim.place_name, claim.admin1, claim.country)
        link = known.links[claim.id]
        rows[(claim.id,)] = {
            "project_id": link.project_id, "place_id": chain[0].slug if chain else None,
            "chip_id": known.catalogue.chip_id(claim.chip_name),
        }  # fmt: skip
    return rows


def _companies(known: Known) -> Table:
    rows: Table = {}
    for claim in known.evidence.claims.values():
        day, standing = known.evidence.document(claim).day, claim.id in known.snapshot.claims
        for position, each in enumerate(claim.companies):
            company = known.catalogue.company_id(each.name, day) if standing else None
            rows[(claim.id, position)] = {"company_id": company}
    return rows


def _mentions(known: Known) -> Table:
    rows: Table = {}
    for mention in known.evidence.mentions:
        where = (mention.document_id, mention.quoted_from, mention.start, mention.end, mention.kind, mention.name)
        rows[where] = {"entity_id": _mentioned(known, mention.kind, mention.name, mention.document_id)}
    return rows


def _mentioned(known: Known, kind: str, name: str, document: str) -> str | None:
    if kind == "company":
        return known.catalogue.company(name, known.evidence.documents[document].day)
    if kind == "chip":
        return known.catalogue.chip(name)
    if kind == "project":
        found = known.catalogue.projects_called(name)
        return found[0] if len(found) == 1 else None
    chain = known.catalogue.locate(name, None, None)
    return chain[0].slug if chain else None
