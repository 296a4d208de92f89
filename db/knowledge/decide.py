"""
The whole of the knowledge, decided: from the evidence to the rows of every table.

In: a snapshot of the evidence, the catalogue, the corrections, the signatures kept, and the day. Out: `Decided`.
A pure function: the same evidence gives the same rows and ids, in whatever order it came. Only the marks "silent" and
"dormant" depend on the day. Never reads or writes a database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.knowledge import entities
from db.knowledge.announced import announcement_rows, copy_rows
from db.knowledge.catalogue import Catalogue
from db.knowledge.curation import Correction, Curated, apply_corrections, correction_rows
from db.knowledge.duplicates import Signature, find_copies, sign
from db.knowledge.events import Together, find_announcements
from db.knowledge.figures import Said
from db.knowledge.likeness import Subject
from db.knowledge.model import ClaimRow, Snapshot, Table
from db.knowledge.projects import Link, Linking, link_claims
from db.knowledge.said import by_key, figure_tables
from db.knowledge.voices import settle_tiers, voices
from db.knowledge.write import KEYS


@dataclass(frozen=True, slots=True)
class Decided:
    """Rows of every table that a rebuild owns, and the pointers of the tables that it does not."""

    tables: Mapping[str, Table]
    pointers: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Known:
    """What every later step builds on."""

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

    @property
    def links(self) -> Mapping[str, Link]:
        """Claim to what it is about."""
        return self.linking.links

    def said(self, claim: ClaimRow) -> Said:
        """The claim with who says it."""
        amended = self.curated.amended.get(claim.id)
        corrected = f"corrected: {amended[0].reason} The page says {amended[1]}" if amended else None
        return Said(claim, self.snapshot.document(claim), self.voices[claim.document_id], corrected)


def decide(
    snapshot: Snapshot,
    catalogue: Catalogue,
    corrections: Sequence[Correction],
    signatures: Mapping[str, Signature],
    today: date,
) -> Decided:
    """Decide everything."""
    snapshot = settle_tiers(snapshot, catalogue)
    curated = apply_corrections(snapshot, corrections)
    documents = list(snapshot.documents.values())
    signed = sign(documents, signatures)
    copies = find_copies(documents, signed)
    standing = [claim for claim in curated.claims.values() if claim.id not in curated.rejected]
    corrected = Snapshot(snapshot.documents, {claim.id: claim for claim in standing}, snapshot.mentions)
    linking = _redirected(link_claims(corrected, standing, catalogue), curated)
    parents = entities.parent_of(catalogue, linking.candidates, curated)
    known = Known(
        snapshot=corrected,
        catalogue=catalogue,
        curated=curated,
        linking=linking,
        voices=voices(snapshot, catalogue, copies),
        parents=parents,
        levels={p.slug: p.level for p in catalogue.projects.values()},
        companies={c.id: _companies(corrected, catalogue, c) for c in standing},
        chips={claim.id: entities.chip_id(catalogue, claim) for claim in standing},
    )
    subjects = {
        claim.id: Subject(linking.links[claim.id].project_id, frozenset(known.companies[claim.id]))
        for claim in standing
    }
    current = {
        document: [claim for claim in claims if claim.retracted_at is None]
        for document, claims in corrected.claims_of.items()
    }
    announcements = find_announcements(
        documents, current, subjects, copies, Together(tuple(curated.joined), tuple(curated.parted))
    )
    tables = _entity_tables(known)
    tables["claim_links"] = _link_rows(known, snapshot)
    tables["document_signatures"] = {
        (document,): {
            "document_id": document, "text_sha256": s.text_sha256, "method": s.method, "signature": s.values,
        }
        for document, s in signed.items()
    }  # fmt: skip
    tables["document_copies"] = copy_rows(copies)
    tables |= announcement_rows(announcements, corrected, known.voices, copies)
    said = by_key(
        (known.said(claim) for claim in standing),
        {claim: link.project_id for claim, link in linking.links.items() if link.project_id},
        known.chips,
        {claim: "+".join(sorted(companies)) for claim, companies in known.companies.items()},
    )
    _figures, rows = figure_tables(said, known.levels)
    tables |= rows
    projects = frozenset(str(project) for (project,) in tables["projects"])
    tables["corrections"] = correction_rows(corrections, curated, projects | frozenset(curated.merged))
    for name in KEYS:
        tables.setdefault(name, {})
    return Decided(tables, _pointers(known, snapshot, tables))


def _redirected(linking: Linking, curated: Curated) -> Linking:
    """Links as a person corrected them: merged projects lead on, claims set apart go to their own."""
    merged = {project: into for project, (into, _) in curated.merged.items()}

    def last(project: str | None) -> str | None:
        seen: set[str] = set()
        while project in merged and project not in seen:
            seen.add(project)
            project = merged[project]
        return project

    links: dict[str, Link] = {}
    for claim, link in linking.links.items():
        if claim in curated.assigned:
            new = curated.assigned[claim]
            links[claim] = Link(claim, "project", new.id, f"set apart by a correction: {new.reason}")
        elif link.project_id in merged:
            reason = f"{link.reason}; {link.project_id} is the same project"
            links[claim] = replace(link, project_id=last(link.project_id), reason=reason)
        else:
            links[claim] = link
    candidates = {each.id: each for each in linking.candidates.values() if each.id not in merged}
    return Linking(links, candidates)


def _companies(snapshot: Snapshot, catalogue: Catalogue, claim: ClaimRow) -> tuple[str, ...]:
    day = snapshot.document(claim).day
    return tuple(dict.fromkeys(entities.company_id(catalogue, each.name, day) for each in claim.companies))


def _entity_tables(known: Known) -> dict[str, Table]:
    catalogue, candidates = known.catalogue, known.linking.candidates
    claims = list(known.snapshot.claims.values())
    places = {catalogue.locate(claim.place_name, claim.admin1, claim.country) for claim in claims}
    places |= {catalogue.locate(p.place, p.admin1, p.country) for p in catalogue.projects.values()}
    places |= {catalogue.locate(c.place, c.admin1, c.country) for c in candidates.values()}
    companies = entities.company_rows(catalogue, known.snapshot, claims)
    projects = entities.project_rows(catalogue, candidates, known.curated, known.parents)
    return {
        "companies": companies,
        "chips": entities.chip_rows(catalogue, claims),
        "places": entities.place_rows(sorted(places, key=lambda chain: [place.slug for place in chain])),
        "projects": projects,
        "project_companies": entities.party_rows(catalogue, candidates, companies, projects),
        "aliases": entities.alias_rows(catalogue, candidates, known.curated),
    }


def _link_rows(known: Known, snapshot: Snapshot) -> Table:
    rows: Table = {}
    for claim in snapshot.claims:
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


def _pointers(known: Known, snapshot: Snapshot, tables: Mapping[str, Table]) -> dict[str, Table]:
    """Where the evidence points: a claim to its project, place and chip, a name to its company."""
    claims: Table = {}
    companies: Table = {}
    for claim in snapshot.claims.values():
        chain = known.catalogue.locate(claim.place_name, claim.admin1, claim.country)
        place = chain[0].slug if chain and (chain[0].slug,) in tables["places"] else None
        link = known.links.get(claim.id)
        project = link.project_id if link else None
        chip = entities.chip_id(known.catalogue, claim)
        claims[(claim.id,)] = {
            "project_id": project if (project,) in tables["projects"] else None, "place_id": place,
            "chip_id": chip if (chip,) in tables["chips"] else None,
        }  # fmt: skip
        day = snapshot.document(claim).day
        for position, each in enumerate(claim.companies):
            company = entities.company_id(known.catalogue, each.name, day)
            companies[(claim.id, position)] = {"company_id": company if (company,) in tables["companies"] else None}
    mentions: Table = {}
    for mention in snapshot.mentions:
        place_of = (mention.document_id, mention.quoted_from, mention.start, mention.end, mention.kind, mention.name)
        mentions[place_of] = {"entity_id": _mentioned(known, mention.kind, mention.name, mention.document_id)}
    return {"claims": claims, "claim_companies": companies, "document_mentions": mentions}


def _mentioned(known: Known, kind: str, name: str, document: str) -> str | None:
    if kind == "company":
        return known.catalogue.company(name, known.snapshot.documents[document].day)
    if kind == "chip":
        return known.catalogue.chip(name)
    if kind == "project":
        found = known.catalogue.projects_called(name)
        return found[0] if len(found) == 1 else None
    chain = known.catalogue.locate(name, None, None)
    return chain[0].slug if chain else None
