"""
The whole of the knowledge, decided: from the evidence to the rows of every table.

In: a snapshot of the evidence, the catalogue, the corrections, the signatures kept, the day, and what the last rebuild
left. Out: `Decided`. A pure function: the same evidence gives the same rows and ids, in whatever order it came, and
whether all of it is decided anew or only what is touched. Only the marks "silent" and "dormant" depend on the day.
Never reads or writes a database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.knowledge import entities
from db.knowledge.announced import announcement_rows, copy_rows, tie_rows
from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction
from db.knowledge.curation import correction_rows
from db.knowledge.duplicates import Signature, find_copies, sign
from db.knowledge.events import NO_TIES, Together, find_announcements
from db.knowledge.fiscal import fiscal_calendars
from db.knowledge.guidance import current_claims, guidance_rows
from db.knowledge.items import Surroundings, company_items, project_items
from db.knowledge.kept_items import item_rows, items_of
from db.knowledge.known import Known, know, reading_rows
from db.knowledge.left import Left
from db.knowledge.model import ClaimRow, Snapshot, Table
from db.knowledge.overlaps import World
from db.knowledge.plausibility import facts_of, ratio_rows, slip_rows
from db.knowledge.pointing import link_rows, pointers
from db.knowledge.relations import relation_rows
from db.knowledge.rest import Rest
from db.knowledge.review import review_rows
from db.knowledge.said import by_key, figure_tables
from db.knowledge.scope import touched_projects
from db.knowledge.statements import Figure, FigureKey, Said
from db.knowledge.status import cancelled_projects, find_steps, mark_rows, status_rows
from db.knowledge.totals import total_tables
from db.knowledge.voices import settle_tiers

SELLS_CHIPS = frozenset({"chips", "systems"})
"""Kinds of company whose deals are filled by the sites of who buys."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Rows of every table that a rebuild owns, and the pointers of the tables that it does not."""

    tables: Mapping[str, Table]
    pointers: Mapping[str, Table]
    projects: frozenset[str] | None = None
    """The projects that were decided; null for all. Of tables that are decided by project, other rows stay."""


def decide(
    snapshot: Snapshot,
    catalogue: Catalogue,
    corrections: Sequence[Correction],
    signatures: Mapping[str, Signature],
    today: date,
    left: Left | None = None,
) -> Decided:
    """Decide everything; or, beside what the last rebuild left, what has been touched since."""
    snapshot = settle_tiers(snapshot, catalogue)
    documents = list(snapshot.documents.values())
    signed = sign(documents, signatures)
    copies = find_copies(documents, signed)
    known = know(snapshot, catalogue, corrections, copies, left)
    projects = touched_projects(known, left, today) if left else None
    tables = _entity_tables(known)
    tables["claim_links"] = link_rows(known)
    tables["document_signatures"] = {
        (document,): {
            "document_id": document, "text_sha256": s.text_sha256, "method": s.method, "signature": s.values,
        }
        for document, s in signed.items()
    }  # fmt: skip
    tables["document_copies"] = copy_rows(copies)
    together = Together(tuple(known.curated.joined), tuple(known.curated.parted))
    ties = left.ties if left else NO_TIES
    announcements, ties = find_announcements(documents, known.current, known.subjects(), copies, together, ties)
    tables |= tie_rows(ties)
    tables |= announcement_rows(announcements, known.snapshot, known.voices, copies)
    said = _said(known, projects)
    figures, rows = figure_tables(said, known.levels)
    tables |= rows
    steps = find_steps(said, figures, known.mains(), known.parents, known.levels)
    tables["project_status"] = status_rows(steps)
    tables["project_marks"] = mark_rows(steps, _news(said), today)
    rest = Rest(left, projects or frozenset())
    # What a claim says of a supplier comes before what the reference says of the same.
    related = relation_rows(catalogue, known.linking.candidates, known.curated, known.parents, known.levels, figures)
    tables["relations"] = related | rest.supplies()
    facts = [*rest.facts(known), *facts_of(figures.values())]
    tables["plausibility"] = rest.slips() | slip_rows(figures) | ratio_rows(facts)
    tables["guidance"] = guidance_rows(known.said, known.companies, fiscal_calendars())
    tables |= _totals(known, figures, rest, tables)
    tables["corrections"] = correction_rows(corrections, snapshot, known.curated, known.projects)
    tables["review_items"] = rest.reviews() | _review(known, figures, tables, projects)
    tables["_claim_readings"] = reading_rows(known)
    return Decided(tables, pointers(known, tables), projects)


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


def _news(said: Mapping[FigureKey, Sequence[Said]]) -> dict[str, str]:
    """Project to the day of its last news."""
    news: dict[str, str] = {}
    for key, claims in said.items():
        for each in claims:
            if each.document.day and each.claim.retracted_at is None:
                news[key.project_id] = max(news.get(key.project_id, ""), each.document.day)
    return news


def _totals(
    known: Known, figures: Mapping[FigureKey, Figure], rest: Rest, tables: Mapping[str, Table]
) -> dict[str, Table]:
    catalogue = known.catalogue
    candidates = known.linking.candidates
    chips = catalogue.chips
    places = {p.slug: (p.admin1, p.country) for p in catalogue.projects.values()}
    places |= {c.id: (c.admin1, c.country) for c in candidates.values()}
    around = Surroundings(
        companies=known.companies,
        parties={p.slug: frozenset(company for _, company in p.companies) for p in catalogue.projects.values()}
        | {c.id: frozenset(c.companies) for c in candidates.values()},
        places=places,
        vendors={claim: chips[chip].vendor if chip in chips else None for claim, chip in known.chips.items() if chip},
        umbrellas=frozenset(project for project, level in known.levels.items() if level == "umbrella"),
        hyperscalers=frozenset(c.slug for c in catalogue.companies.values() if c.kind == "hyperscaler"),
    )
    wide = [
        each
        for each in known.said
        if each.claim.retracted_at is None
        and known.links[each.claim.id].linked_to == "company"
        and not _only_grid(each.claim, known)
    ]
    own = project_items(figures, around)
    of_projects = [*items_of(rest.items(), known.snapshot.claims, around), *own]
    # However they came together: the chosen value of each figure first.
    of_projects.sort(key=lambda i: (i.project or "", i.metric, i.stage, i.facet, bool(i.cuts), i.claim.id))
    items = [*of_projects, *company_items(wide, around, current_claims(tables["guidance"]))]
    cancelled = cancelled_projects([*rest.steps(), *tables["project_status"].values()])
    vendors = frozenset(company.slug for company in catalogue.companies.values() if company.kind in SELLS_CHIPS)
    made = total_tables(items, World(known.parents, known.levels, cancelled, vendors))
    return {"_figure_items": item_rows(own), **made}


def _only_grid(claim: ClaimRow, known: Known) -> bool:
    """Power that only utilities or public bodies speak of is demand that they foresee, and nobody's announcement."""
    kinds = {c.kind if (c := known.catalogue.companies.get(each)) else "" for each in known.companies[claim.id]}
    return claim.metric == "power" and kinds <= {"utility", "government"}


def _review(
    known: Known, figures: Mapping[FigureKey, Figure], tables: Mapping[str, Table], projects: frozenset[str] | None
) -> Table:
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
        {
            each.id: each.evidence
            for each in known.linking.candidates.values()
            if projects is None or each.id in projects
        },
        known.links,
        known.said,
        tables["corrections"],
        tables["project_marks"],
        unknown,
    )
