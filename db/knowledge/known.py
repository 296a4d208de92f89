"""
The evidence with every name resolved: what all later steps build on.

In: the evidence, the catalogue, the corrections, copies. Out: `Known`. Pure, and makes no rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from db.knowledge import entities
from db.knowledge.callings import with_true_names
from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction
from db.knowledge.curation import Curated, apply_corrections
from db.knowledge.duplicates import Copy
from db.knowledge.left import Left
from db.knowledge.likeness import Subject
from db.knowledge.linker import Link
from db.knowledge.model import ClaimRow, Snapshot, Table
from db.knowledge.projects import Linking, link_claims, redirected
from db.knowledge.statements import Said
from db.knowledge.voices import voices
from db.knowledge.yearly import with_company_years


@dataclass(frozen=True)
class Known:
    """Claims as corrected, without the rejected ones, with what each is about and who says it."""

    evidence: Snapshot
    """As it is in the database, rejected claims and all."""
    snapshot: Snapshot
    catalogue: Catalogue
    curated: Curated
    linking: Linking
    voices: Mapping[str, str]
    parents: Mapping[str, str | None]
    levels: Mapping[str, str]
    companies: Mapping[str, tuple[str, ...]]
    """Claim to the ids of its companies."""
    chips: Mapping[str, str | None]
    """Claim to the id of its chip."""
    copies: Mapping[str, Copy]
    projects: frozenset[str]
    """Every project that there is, those merged into others included."""

    @property
    def links(self) -> Mapping[str, Link]:
        """Claim to what it is about."""
        return self.linking.links

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every claim with who says it."""
        return tuple(self._said(claim) for claim in self.snapshot.claims.values())

    @cached_property
    def current(self) -> Mapping[str, Sequence[ClaimRow]]:
        """Document to its claims that are not retracted."""
        return {
            document: [claim for claim in claims if claim.retracted_at is None]
            for document, claims in self.snapshot.claims_of.items()
        }

    def subjects(self) -> Mapping[str, Subject]:
        """Claim to what it is about, for telling events apart."""
        return self._subjects

    @cached_property
    def _subjects(self) -> dict[str, Subject]:
        return {
            claim: Subject(self.links[claim].project_id, frozenset(companies))
            for claim, companies in self.companies.items()
        }

    def mains(self) -> dict[str, frozenset[str]]:
        """Document to the projects that it is mostly about: no other has as many of its figures."""
        found: dict[str, frozenset[str]] = {}
        for document, claims in self.current.items():
            counts: dict[str, int] = {}
            for claim in claims:
                if project := self.links[claim.id].project_id:
                    counts[project] = counts.get(project, 0) + 1
            top = max(counts.values(), default=0)
            found[document] = frozenset(project for project, count in counts.items() if count == top)
        return found

    def _said(self, claim: ClaimRow) -> Said:
        amended = self.curated.amended.get(claim.id)
        corrected = f"Corrected: {amended[0].reason} The page says {amended[1]}" if amended else None
        document = self.snapshot.document(claim)
        return Said(
            claim,
            document,
            self.voices[claim.document_id],
            corrected,
        )


def corrected(
    snapshot: Snapshot, catalogue: Catalogue, corrections: Sequence[Correction], left: Left | None = None
) -> tuple[Curated, Snapshot]:
    """Apply the corrections, and read names and scopes anew; what `left` has read is not read again."""
    curated = apply_corrections(snapshot, corrections)
    standing = _read(snapshot, [c for c in curated.claims.values() if c.id not in curated.rejected], catalogue, left)
    return curated, Snapshot(snapshot.documents, standing, snapshot.mentions)


def know(
    snapshot: Snapshot,
    catalogue: Catalogue,
    corrections: Sequence[Correction],
    copies: Mapping[str, Copy],
) -> Known:
    """Apply the corrections and resolve every name."""
    curated, standing = corrected(snapshot, catalogue, corrections)
    linked = link_claims(standing, standing.claims.values(), catalogue)
    return resolved(snapshot, standing, catalogue, curated, copies, linked, {})


def resolved(
    snapshot: Snapshot,
    standing: Snapshot,
    catalogue: Catalogue,
    curated: Curated,
    copies: Mapping[str, Copy],
    linked: Linking,
    others: Mapping[str, str | None],
) -> Known:
    """What is known by these links. `others` are candidates beside those of `linked`, each with what it is part of."""
    projects = frozenset(catalogue.projects) | frozenset(linked.candidates) | frozenset(others)
    # Into a project that is not there nothing can be merged: the correction is reported as matching nothing.
    curated.merged = {
        project: (into, why)
        for project, (into, why) in curated.merged.items()
        if project in projects and into in projects and project != into
    }
    linking = redirected(linked, curated)
    levels = {project.slug: project.level for project in catalogue.projects.values()}
    levels |= {new.id: new.level for new in curated.assigned.values()}
    return Known(
        evidence=snapshot,
        snapshot=standing,
        catalogue=catalogue,
        curated=curated,
        linking=linking,
        voices=voices(snapshot, catalogue, copies),
        parents=entities.parent_of(
            catalogue, linking.candidates, curated, {p: o for p, o in others.items() if p not in curated.merged}
        ),
        levels=levels,
        companies={
            claim.id: tuple(
                dict.fromkeys(catalogue.company_id(each.name, standing.document(claim).day) for each in claim.companies)
            )
            for claim in standing.claims.values()
        },
        chips={claim.id: catalogue.chip_id(claim.chip_name) for claim in standing.claims.values()},
        copies=copies,
        projects=projects | frozenset(new.id for new in curated.assigned.values()),
    )


def reading_rows(known: Known) -> Table:
    """Rows of `_claim_readings`: claims whose text gives them another project's name, or another scope."""
    return {
        (claim.id,): {"claim_id": claim.id, "project_name": claim.project_name, "scope": claim.scope}
        for claim in known.snapshot.claims.values()
        for before in (known.curated.claims[claim.id],)
        if (claim.project_name, claim.scope) != (before.project_name, before.scope)
    }


def unlisted_rows(known: Known) -> Table:
    """Rows of `_unlisted`: by what the claims of candidates are grouped, and which candidate came of it."""
    candidate = {claim: each.id for each in known.linking.made for claim in each.claim_ids}
    return {
        (claim,): {
            "claim_id": claim, "document_id": known.snapshot.claims[claim].document_id, "core": each.core,
            "spot": each.spot, "town": each.town, "candidate_id": candidate.get(claim),
        }
        for claim, each in known.linking.grouped.items()
    }  # fmt: skip


def candidate_rows(known: Known) -> Table:
    """Rows of `_candidates`: where each stands, in the words of its claims."""
    return {(each.id,): {"id": each.id, "admin1": each.admin1, "country": each.country} for each in known.linking.made}


def _read(
    snapshot: Snapshot, claims: Sequence[ClaimRow], catalogue: Catalogue, left: Left | None
) -> dict[str, ClaimRow]:
    new = [claim for claim in claims if left is None or claim.document_id in left.touched]
    named = with_true_names(new, snapshot.documents.values(), catalogue)
    read = with_company_years(named.values(), snapshot.documents.values())
    standing: dict[str, ClaimRow] = {}
    for claim in claims:
        if claim.id in read:
            standing[claim.id] = read[claim.id]
        elif left is not None and claim.id in left.readings:
            name, scope = left.readings[claim.id]
            standing[claim.id] = replace(claim, project_name=name, scope=scope)
        else:
            standing[claim.id] = claim
    return standing
