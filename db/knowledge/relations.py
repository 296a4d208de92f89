"""
How things stand to each other, each with its reason.

In: the reference, parents, merges, corrections, figures. Out: rows of `relations`. Part of and phase of come from
parents; who supplies, leases to, finances or powers a project from the parts that companies play in it, and whose chips
it has from claims; same as and supersedes from what a person says. Never infers one from two numbers being alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.identity import digest
from db.knowledge.candidates import Candidate
from db.knowledge.catalogue import Catalogue
from db.knowledge.curation import Curated, relation_row
from db.knowledge.model import Row, Table
from db.knowledge.statements import Figure, FigureKey

BY_ROLE: Mapping[str, str] = {
    "supplier": "supplies", "vendor": "supplies", "chip_supplier": "supplies", "contractor": "supplies",
    "utility": "powers", "power": "powers", "generation": "powers", "energy": "powers", "investor": "finances",
    "financier": "finances", "lender": "finances",
}  # fmt: skip
"""The part that a company plays, and the relation in which it stands to the project."""
RENTS = frozenset({"tenant", "user", "offtaker", "customer"})
LETS = frozenset({"owner", "developer", "operator", "landlord"})


def relation_rows(
    catalogue: Catalogue,
    candidates: Mapping[str, Candidate],
    curated: Curated,
    parents: Mapping[str, str | None],
    levels: Mapping[str, str],
    figures: Mapping[FigureKey, Figure],
) -> Table:
    """Every relation."""
    rows: list[Row] = []
    for child, parent in parents.items():
        if parent:
            relation = "phase_of" if levels.get(child) in ("phase", "building") else "part_of"
            origin, reason = ("reference", "as the list of projects has it") if child in levels else (
                "rule", f"named after {parent}"
            )  # fmt: skip
            rows.append(_row("project", child, relation, "project", parent, reason, origin))
    for project in catalogue.projects.values():
        tenants = [company for role, company in project.companies if role in RENTS]
        for role, company in project.companies:
            if role in BY_ROLE:
                reason = f"{role} of {project.name}"
                rows.append(_row("company", company, BY_ROLE[role], "project", project.slug, reason, "reference"))
            for tenant in tenants if role in LETS else ():
                if tenant != company:
                    reason = f"{role} and tenant of {project.name}"
                    rows.append(_row("company", company, "leases_to", "company", tenant, reason, "reference"))
    rows += list(_suppliers(catalogue, figures))
    for merged, (into, correction) in curated.merged.items():
        rows.append(_row("project", merged, "same_as", "project", into, correction.reason, "correction"))
    rows += [relation_row(correction) for correction in curated.relations]
    return {(row["id"],): row for row in rows}


def _suppliers(catalogue: Catalogue, figures: Mapping[FigureKey, Figure]) -> Iterable[Row]:
    """Whose chips a project is said to have: each with the claim that says so."""
    for key, figure in sorted(figures.items()):
        chip = catalogue.chips.get(key.facet) if key.metric == "chips" and key.stage != "cancelled" else None
        vendor = catalogue.company(chip.vendor) if chip else None
        if chip and vendor:
            best = figure.chosen.best.claim
            row = _row(
                "company", vendor, "supplies", "project", key.project_id, f"“{best.quote}”: {chip.name}", "claim"
            )
            yield {**row, "claim_id": best.id}


def _row(
    subject_kind: str, subject: str, relation: str, object_kind: str, target: str, reason: str, origin: str
) -> Row:
    return {
        "id": digest("relation", subject_kind, subject, relation, object_kind, target), "subject_kind": subject_kind,
        "subject_id": subject, "relation": relation, "object_kind": object_kind, "object_id": target, "reason": reason,
        "origin": origin, "claim_id": None,
    }  # fmt: skip
