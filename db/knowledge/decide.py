"""
The whole of the knowledge, decided: from the evidence to the rows of every table.

In: a snapshot of the evidence, the catalogue, the corrections, the signatures kept, and the day. Out: `Decided`. A pure
function: the same evidence gives the same rows and ids, in whatever order it came. Only the marks "silent" and
"dormant" depend on the day. Its steps are those by which `touched` decides a part. Never reads or writes a database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.knowledge import entities
from db.knowledge.announced import announcement_rows, copy_rows, copy_tie_rows, tie_rows
from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction
from db.knowledge.curation import correction_rows
from db.knowledge.duplicates import Signature, find_copy_ties, group_copies, sign, text_key
from db.knowledge.events import Together, all_ties, group_events, is_telling, put_together
from db.knowledge.fiscal import fiscal_calendars
from db.knowledge.guidance import current_claims, guidance_rows
from db.knowledge.items import company_items, project_items
from db.knowledge.kept_items import item_rows
from db.knowledge.keys import all_link_keys, key_rows
from db.knowledge.known import Known, candidate_rows, know, reading_rows, unlisted_rows
from db.knowledge.likeness import day_of, describe, first_days, mark_of, spots_of
from db.knowledge.linker import Linker
from db.knowledge.model import ClaimRow, Snapshot, Table
from db.knowledge.neighbours import lots_of
from db.knowledge.plausibility import facts_of, ratio_rows, slip_rows
from db.knowledge.pointing import link_rows, pointers
from db.knowledge.relations import relation_rows
from db.knowledge.review import review_rows
from db.knowledge.said import by_key, figure_tables
from db.knowledge.statements import Figure, FigureKey, Said
from db.knowledge.status import find_steps, mark_rows, status_rows
from db.knowledge.surroundings import company_wide, surroundings, world_of
from db.knowledge.totals import total_tables
from db.knowledge.voices import settle_tiers
from db.knowledge.wholes import wholes_of
from db.knowledge.world import line
from db.knowledge.write import Scope


@dataclass(frozen=True, slots=True)
class Decided:
    """Rows of the tables that a rebuild owns, and the pointers of the tables that it does not."""

    tables: Mapping[str, Table]
    pointers: Mapping[str, Table]
    scopes: Mapping[str, Sequence[Scope]] | None = None
    """Which rows of each table were decided, where not all were; null where everything was. Other rows stay."""
    lost: frozenset[tuple[str, str]] = frozenset()
    """Ties of events that are no more, of documents that were not decided."""


def decide(
    snapshot: Snapshot,
    catalogue: Catalogue,
    corrections: Sequence[Correction],
    signatures: Mapping[str, Signature],
    today: date,
) -> Decided:
    """Decide everything."""
    snapshot = settle_tiers(snapshot, catalogue)
    documents = list(snapshot.documents.values())
    signed = sign(documents, signatures)
    copy_ties = find_copy_ties(documents, signed)
    copies = group_copies(documents, copy_ties)
    known = know(snapshot, catalogue, corrections, copies)
    tables = _entity_tables(known)
    tables["claim_links"] = link_rows(known)
    tables["document_signatures"] = signature_rows(signed)
    tables["document_copies"] = copy_rows(copies)
    tables["_copy_ties"] = copy_tie_rows(copy_ties)
    tables |= _events(known)
    figures, rows = project_tables(known, None, today)
    tables |= rows
    tables["relations"] = relation_rows(
        catalogue, known.linking.candidates, known.curated, known.parents, known.levels, figures
    )
    tables["plausibility"] = slip_rows(figures) | ratio_rows(facts_of(figures.values()))
    tables["guidance"] = guidance_rows(known.said, known.companies, fiscal_calendars())
    around = surroundings(known, known.companies, known.chips)
    own = project_items(figures, around)
    tables["_figure_items"] = item_rows(own)
    wide = company_wide(known)
    telling = {each.document.id: each.document for each in wide}
    wholes = wholes_of((document, known.snapshot.claims_of[each]) for each, document in telling.items())
    items = [*own, *company_items(wide, around, current_claims(tables["guidance"]), wholes)]
    tables |= total_tables(items, world_of(known, tables["project_status"].values()))
    tables["corrections"] = correction_rows(corrections, snapshot, known.curated, known.projects)
    tables["review_items"] = _review(known, figures, tables)
    tables["_claim_readings"] = reading_rows(known)
    tables["_unlisted"] = unlisted_rows(known)
    tables["_candidates"] = candidate_rows(known)
    return Decided(tables, pointers(known))


def signature_rows(signed: Mapping[str, Signature]) -> Table:
    """Rows of `document_signatures`."""
    return {
        (document,): {
            "document_id": document, "text_sha256": s.text_sha256, "method": s.method, "signature": s.values,
        }
        for document, s in signed.items()
    }  # fmt: skip


def _events(known: Known) -> dict[str, Table]:
    """Announcements, and what the next rebuild builds on."""
    documents = known.evidence.documents
    telling = [d for d in documents.values() if is_telling(d, known.current.get(d.id, ()))]
    subjects = known.subjects()
    spots = {d.id: {s for c in known.current.get(d.id, ()) for s in spots_of(c, subjects[c.id])} for d in telling}
    days = {document.id: day_of(document) for document in telling}
    features = describe(telling, known.current, subjects, first_days(spots, days))
    together = Together(tuple(known.curated.joined), tuple(known.curated.parted))
    copied = put_together(features, known.copies, together)
    alone = {document: each for document, each in features.items() if document in copied.alone}
    ties = all_ties(alone)
    keys = all_link_keys(Linker(known.snapshot, known.catalogue), known.snapshot.claims_of)
    for document in documents.values():
        keys.setdefault(document.id, set()).add(f"text {text_key(document)}")
        keys[document.id] |= spots.get(document.id, set())
    for document_id, each in alone.items():
        keys[document_id].update(lots_of(each))
    return {
        **announcement_rows(
            group_events(features, copied, known.copies, ties), known.snapshot, known.voices, known.copies
        ),
        "_event_ties": tie_rows(ties),
        "_event_marks": {(d,): {"document_id": d, "mark": mark_of(each)} for d, each in alone.items()},
        "_document_keys": key_rows(keys, documents),
    }


def project_tables(
    known: Known, projects: frozenset[str] | None, today: date
) -> tuple[dict[FigureKey, Figure], dict[str, Table]]:
    """The figures of some projects, or of all, and every table that is decided project by project."""
    said = _said(known, projects)
    figures, tables = figure_tables(said, known.levels)
    steps = find_steps(said, figures, known.mains(), known.parents, known.levels)
    tables["project_status"] = status_rows(steps)
    tables["project_marks"] = mark_rows(steps, _news(said, known.parents), today)
    return figures, tables


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


def _said(known: Known, touched: frozenset[str] | None) -> dict[FigureKey, list[Said]]:
    deals = {claim: "+".join(sorted(companies)) for claim, companies in known.companies.items()}
    projects = {
        claim: link.project_id
        for claim, link in known.links.items()
        if link.project_id and (touched is None or link.project_id in touched)
    }
    return by_key(known.said, projects, known.chips, deals)


def _news(said: Mapping[FigureKey, Sequence[Said]], parents: Mapping[str, str | None]) -> dict[str, str]:
    """Project to the day of its last news. News of a part is news of the whole, where anything is said of the whole."""
    news: dict[str, str] = {}
    for key, claims in said.items():
        for each in claims:
            if each.document.day and each.claim.retracted_at is None:
                news[key.project_id] = max(news.get(key.project_id, ""), each.document.day)
    lifted = dict(news)
    for project, day in news.items():
        for above in line(project, parents):
            if above in news:
                lifted[above] = max(lifted[above], day)
    return lifted


def _review(known: Known, figures: Mapping[FigureKey, Figure], tables: Mapping[str, Table]) -> Table:
    unknown: dict[str, tuple[str, list[ClaimRow]]] = {
        str(row["id"]): (str(row["name"]), []) for row in tables["companies"].values() if row["origin"] == "candidate"
    }
    for claim in known.snapshot.claims.values():
        for company in known.companies[claim.id]:
            if company in unknown and claim.retracted_at is None:
                unknown[company][1].append(claim)
    return review_rows(
        figures,
        tables["disagreements"],
        tables["plausibility"],
        known.snapshot.claims,
        {each.id: each.evidence for each in known.linking.candidates.values()},
        known.links,
        known.said,
        tables["corrections"],
        tables["project_marks"],
        unknown,
    )
