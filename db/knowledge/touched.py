"""
What documents touch, decided: the same rows as if everything were decided, for a part of the cost.

In: an open database whose knowledge was made by the same rules from the same reference, and the day. Out: `Decided`,
with which rows of each table it decides. Links, copies, events, projects and their families are each followed as far as
a change reaches. Never decides a row otherwise than `decide` would; where a part cannot tell, `BeyondError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlite_utils import Database

from db.knowledge.announced import announcement_rows, copy_rows, copy_tie_rows, tie_rows
from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction
from db.knowledge.curation import correction_rows
from db.knowledge.decide import Decided, project_tables, signature_rows
from db.knowledge.duplicates import Copy, text_key
from db.knowledge.fiscal import fiscal_calendars
from db.knowledge.guidance import guidance_rows
from db.knowledge.keys import key_rows
from db.knowledge.known import Known, candidate_rows, reading_rows, resolved, unlisted_rows
from db.knowledge.left import touched_documents
from db.knowledge.model import Table
from db.knowledge.part import Part
from db.knowledge.pointing import link_rows, pointers
from db.knowledge.projects import Linking
from db.knowledge.recopy import Recopied, recopy
from db.knowledge.regroup import Regrouping
from db.knowledge.relink import Relinked, relink
from db.knowledge.scope import families, marks_of_today
from db.knowledge.touched_entities import entity_tables
from db.knowledge.touched_sums import TouchedSums
from db.knowledge.write import Scope


class Knower:
    """What is known of the part, as it grows."""

    def __init__(self, part: Part, recopied: Recopied, relinked: Relinked) -> None:
        self.part = part
        self.recopied = recopied
        self.relinked = relinked
        self.others: dict[str, str | None] = {
            row[0]: row[1]
            for row in part.reader.db.execute(
                "SELECT candidate_id, projects.parent_id FROM (SELECT DISTINCT candidate_id FROM _unlisted) "
                "LEFT JOIN projects ON projects.id = candidate_id WHERE candidate_id IS NOT NULL"
            ).fetchall()
            if row[0] not in relinked.before
        }
        self._known: Known | None = None

    def __call__(self, documents: Iterable[str]) -> Known:
        """What is known when these documents are loaded too."""
        before = self.part.snapshot
        self.part.load(documents)
        if self._known is None or self.part.snapshot is not before:
            self._known = self._resolve()
        return self._known

    def copies(self, documents: Iterable[str]) -> dict[str, Copy]:
        """Those of the documents that are copies, and the copies of any of them."""
        documents = set(documents)
        looked_at = self.recopied.documents
        stored = {d: copy for d, copy in self.part.reader.copies(documents).items() if d not in looked_at}
        return stored | {
            d: copy for d, copy in self.recopied.copies.items() if d in documents or copy.original_id in documents
        }

    def _resolve(self) -> Known:
        part, relinked = self.part, self.relinked
        curated, standing = part.standing()
        links = {claim: relinked.links.get(claim) or part.left.links[claim] for claim in standing.claims}
        candidates = {each.id: each for each in relinked.candidates}
        linking = Linking(links, candidates, relinked.grouped, relinked.candidates)
        copies = {d: copy for d, copy in self.copies(part.snapshot.documents).items() if d in part.snapshot.documents}
        return resolved(part.snapshot, standing, part.catalogue, curated, copies, linking, self.others)


def decide_touched(db: Database, catalogue: Catalogue, corrections: Sequence[Correction], today: date) -> Decided:
    """Decide again what the documents that changed since the last rebuild touch."""
    part = Part(db, catalogue, corrections, touched_documents(db))
    reader = part.reader
    recopied = recopy(part)
    relinked = relink(part)
    knowing = Knower(part, recopied, relinked)
    known = knowing((*recopied.documents, *(part.snapshot.documents)))
    before = {claim: link.project_id for claim, link in part.left.links.items()}
    moved = {
        claim.document_id
        for claim in known.evidence.claims.values()
        if (known.links[claim.id].project_id if claim.id in known.links else None) != before.get(claim.id)
    }
    heard = part.touched | recopied.heard_anew | moved
    found: set[str | None] = {*relinked.before, *known.linking.candidates}
    for claim in known.evidence.claims.values():
        if claim.document_id in heard:
            found |= {known.links[claim.id].project_id if claim.id in known.links else None, before.get(claim.id)}
    found |= reader.set_of("SELECT parent_id FROM projects WHERE id IN {wanted}", relinked.before)
    found |= marks_of_today(db, today)
    projects = families((each for each in found if each), known.parents)
    companies = _guiding(part, known, heard)
    known = knowing(
        reader.set_of(
            "SELECT document_id FROM claims WHERE id IN "
            "(SELECT claim_id FROM claim_links WHERE project_id IN {wanted})",
            projects,
        )
        | reader.set_of(
            "SELECT document_id FROM guidance JOIN claims ON claims.id = claim_id WHERE company_id IN {wanted}",
            companies,
        )
    )
    regrouping = Regrouping(reader, knowing, knowing.copies)
    events = regrouping.regroup(part.touched | moved | recopied.documents)
    known = events.known
    linked = frozenset(relinked.links) | frozenset(
        c.id for c in known.evidence.claims.values() if c.document_id in relinked.documents
    )
    figures, tables = project_tables(known, projects, today)
    everyone = link_rows(known)
    tables["claim_links"] = {key: row for key, row in everyone.items() if key[0] in linked}
    tables["_claim_readings"] = {key: row for key, row in reading_rows(known).items() if key[0] in linked}
    tables["_unlisted"] = unlisted_rows(known)
    tables["_candidates"] = candidate_rows(known)
    tables["document_signatures"] = signature_rows(recopied.signatures)
    tables["document_copies"] = copy_rows(recopied.copies)
    tables["_copy_ties"] = copy_tie_rows(recopied.ties)
    announced = announcement_rows(events.announcements, known.snapshot, known.voices, known.copies)
    tables |= announced
    tables["_event_ties"] = tie_rows(events.ties)
    tables["_event_marks"] = {(d,): {"document_id": d, "mark": mark} for d, mark in events.marks.items()}
    tables["_document_keys"] = _key_rows(part, relinked, events.keys, events.described)
    tables["guidance"] = {
        key: row
        for key, row in guidance_rows(known.said, known.companies, fiscal_calendars()).items()
        if row["company_id"] in companies
    }
    tables["corrections"] = correction_rows(corrections, known.evidence, known.curated, known.projects)
    old_announcements = frozenset(
        reader.set_of(
            "SELECT announcement_id FROM announcement_documents WHERE document_id IN {wanted}", events.documents
        )
    )
    scopes: dict[str, list[Scope]] = {
        **{name: [("project_id", projects)] for name in BY_PROJECT},
        "disagreements": [
            ("figure_id", frozenset(reader.set_of("SELECT id FROM figures WHERE project_id IN {wanted}", projects)))
        ],
        "claim_links": [("claim_id", linked)],
        "_claim_readings": [("claim_id", linked)],
        "_unlisted": [("claim_id", relinked.forgotten | frozenset(relinked.grouped))],
        "_candidates": [("id", relinked.before)],
        "document_signatures": [("document_id", part.touched)],
        "document_copies": [("document_id", recopied.documents)],
        "announcements": [("id", old_announcements)],
        "announcement_documents": [("announcement_id", old_announcements)],
        "_event_marks": [("document_id", events.described)],
        "_document_keys": [("document_id", events.described)],
        "guidance": [("company_id", companies)],
    }
    if recopied.whose is not None:
        scopes["_copy_ties"] = [("one", recopied.whose), ("other", recopied.whose)]
    entities, entity_scopes = entity_tables(part, known, relinked)
    tables |= entities
    scopes |= entity_scopes
    sums = TouchedSums(part, known, projects)
    made, total_scopes = sums.tables(figures, tables)
    tables |= made
    scopes |= total_scopes
    tables["review_items"], review_scope = sums.review(figures, tables, linked)
    scopes["review_items"] = [review_scope]
    scopes["_event_ties"] = [("one", events.described), ("other", events.described)]
    return Decided(tables, _pointed(known, relinked, part), scopes, events.lost)


BY_PROJECT = ("figures", "figure_history", "figure_versions", "project_status", "project_marks", "_figure_items")
"""Tables that are decided project by project."""


def _guiding(part: Part, known: Known, heard: Iterable[str]) -> frozenset[str]:
    """Companies of which guidance is told, or was, in documents."""
    documents = set(heard)
    told = {
        str(row["company_id"])
        for row in guidance_rows(known.said, known.companies, fiscal_calendars()).values()
        if known.evidence.claims[str(row["claim_id"])].document_id in documents
    }
    return frozenset(
        told
        | part.reader.set_of(
            "SELECT company_id FROM guidance WHERE claim_id IN (SELECT id FROM claims WHERE document_id IN {wanted})",
            documents,
        )
    )


def _key_rows(part: Part, relinked: Relinked, keys: Mapping[str, set[str]], described: Iterable[str]) -> Table:
    """All keys of the documents that were described again. What links by is only another where a page is."""
    documents = part.snapshot.documents
    made: dict[str, set[str]] = {}
    for document in described:
        if document in part.touched:
            made[document] = relinked.keys[document] | keys[document] | {f"text {text_key(documents[document])}"}
        else:
            stored = part.reader.keys_of([document])
            made[document] = {k for k in stored if not k.startswith(("said ", "meets "))} | keys[document]
    return key_rows(made, documents)


def _pointed(known: Known, relinked: Relinked, part: Part) -> dict[str, Table]:
    """Pointers of touched documents and of claims that were linked again."""
    own = {c.id for c in known.evidence.claims.values() if c.document_id in part.touched}
    found = pointers(known)
    return {
        "claims": {key: row for key, row in found["claims"].items() if key[0] in own or key[0] in relinked.links},
        "claim_companies": {key: row for key, row in found["claim_companies"].items() if key[0] in own},
        "document_mentions": {key: r for key, r in found["document_mentions"].items() if key[0] in part.touched},
    }
