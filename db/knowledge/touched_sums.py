"""
What is made of all projects together, after some were decided again: relations, bands, totals, questions for a person.

In: what is known of a part, the figures that were decided again, and the rows of all others. Out: rows, with which of
them are decided. Totals are worked out of every figure: what one company has is in the totals of all. Never decides a
figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from db.knowledge.decide import company_wide, only_grid, surroundings, world_of
from db.knowledge.guidance import current_claims
from db.knowledge.items import Surroundings, company_items, project_items
from db.knowledge.kept_items import item_rows, items_of
from db.knowledge.known import Known, corrected
from db.knowledge.left import Left
from db.knowledge.model import TIER_RANK, UNKNOWN_TIER, ClaimRow, Row, Snapshot, Table
from db.knowledge.part import Part
from db.knowledge.plausibility import RATIOS, Fact, facts_of, ratio_rows, slip_rows
from db.knowledge.read import WANTED, read_snapshot, want
from db.knowledge.relations import relation_rows
from db.knowledge.review import BY_PROJECT, review_rows
from db.knowledge.statements import Figure, FigureKey, Said
from db.knowledge.status import cancelled_projects
from db.knowledge.totals import total_tables
from db.knowledge.values import printed
from db.knowledge.voices import settle_tiers
from db.knowledge.write import Scope


class TouchedSums:
    """The steps, and the evidence of all other documents as far as they need it."""

    def __init__(self, part: Part, known: Known, projects: frozenset[str]) -> None:
        self.part = part
        self.known = known
        self.projects = projects

    def others(self, documents: Iterable[str] | None = None) -> Snapshot:
        """The claims of documents that are not in the part, as they were read; of all of them by default."""
        known, reader = self.known, self.part.reader
        if documents is None:
            documents = reader.set_of("SELECT id FROM documents", ())
        wanted = set(documents) - known.evidence.documents.keys()
        snapshot = settle_tiers(read_snapshot(reader.db, wanted), known.catalogue)
        return corrected(snapshot, known.catalogue, (), Left(readings=reader.readings(wanted)))[1]

    def claims(self, wanted: Iterable[str]) -> dict[str, ClaimRow]:
        """These claims, in the part or not."""
        known, wanted = self.known.snapshot.claims, set(wanted)
        documents = self.part.reader.set_of(
            "SELECT document_id FROM claims WHERE id IN {wanted}", wanted - known.keys()
        )
        others = self.others(documents).claims
        return {
            each: known[each] if each in known else others[each] for each in wanted if each in known or each in others
        }

    def tables(self, figures: Mapping[FigureKey, Figure], tables: Mapping[str, Table]) -> dict[str, Table]:
        """Rows of `relations`, `plausibility`, `_figure_items` and the totals."""
        known = self.known
        related = relation_rows(
            known.catalogue, known.linking.candidates, known.curated, known.parents, known.levels, figures
        )
        facts = [*self._facts(), *facts_of(figures.values())]
        own, totals = self._totals(figures, tables)
        return {
            "relations": related | self._others("relations", "id", "object_id", "origin = 'claim'"),
            "plausibility": self._others("plausibility", "id", "project_id", "kind = 'slip'")
            | slip_rows(figures)
            | ratio_rows(facts),
            "_figure_items": own,
            **totals,
        }

    def review(
        self, figures: Mapping[FigureKey, Figure], tables: Mapping[str, Table], linked: frozenset[str]
    ) -> tuple[Table, Scope]:
        """Questions about what was decided again."""
        known, reader = self.known, self.part.reader
        candidates = {each.id: each.evidence for each in known.linking.candidates.values()}
        evidence = reader.ask(
            "SELECT id, evidence FROM projects WHERE origin = 'candidate' AND id IN {wanted}", self.projects
        )
        for project, said in evidence:
            if project in known.projects:
                candidates.setdefault(project, said)
        companies = frozenset(str(key[0]) for key in tables["companies"])
        made = review_rows(
            figures,
            tables["disagreements"],
            tables["plausibility"],
            self.claims(str(row["claim_id"]) for row in tables["plausibility"].values()),
            candidates,
            known.links,
            [each for each in known.said if each.claim.id in linked],
            tables["corrections"],
            tables["project_marks"],
            self._unknown(tables["companies"]),
        )
        of_projects = ", ".join(f"'{kind}'" for kind in sorted(BY_PROJECT))
        old = {
            row[0]
            for row in reader.db.execute(
                "SELECT id FROM review_items WHERE kind IN ('implausible', 'unmatched_correction')"
            ).fetchall()
        }
        old |= reader.set_of(
            f"SELECT id FROM review_items WHERE kind IN ({of_projects}) AND (subject_id IN {{wanted}} OR subject_id IN "
            "(SELECT claim_id FROM claim_links WHERE project_id IN {wanted}))",
            self.projects,
        )
        old |= reader.set_of(
            "SELECT id FROM review_items WHERE kind IN ('unlinked', 'no_rate') AND subject_id IN {wanted}", linked
        )
        old |= reader.set_of(
            "SELECT id FROM review_items WHERE kind = 'candidate_company' AND subject_id IN {wanted}",
            companies | reader.noted("claim_companies", "company_id"),
        )
        return made, ("id", frozenset(old))

    def _totals(
        self, figures: Mapping[FigureKey, Figure], tables: Mapping[str, Table]
    ) -> tuple[Table, dict[str, Table]]:
        """The figures of totals, and the totals; none where every figure that counts is what it was."""
        known, catalogue, reader = self.known, self.known.catalogue, self.part.reader
        around = self._with_others(surroundings(known, known.companies, known.chips))
        own = project_items(figures, around)
        kept = item_rows(own)
        if self._is_as_before(kept, tables):
            return kept, {}
        rest = self.others()
        companies, chips, wide = dict(known.companies), dict(known.chips), company_wide(known)
        company_linked = reader.set_of("SELECT claim_id FROM claim_links WHERE linked_to = 'company'", ())
        for claim in rest.claims.values():
            if claim.id in company_linked and claim.retracted_at is None:
                document = rest.document(claim)
                found = tuple(dict.fromkeys(catalogue.company_id(each.name, document.day) for each in claim.companies))
                if not only_grid(claim, found, catalogue):
                    companies[claim.id], chips[claim.id] = found, catalogue.chip_id(claim.chip_name)
                    wide.append(Said(claim, document, ""))
        wide.sort(key=lambda said: said.claim.id)
        around = replace(surroundings(known, companies, chips), places=around.places, parties=around.parties)
        claims = {**rest.claims, **known.snapshot.claims}
        of_projects = [*items_of(self._rows("_figure_items"), claims, around), *own]
        # However they came together: the chosen value of each figure first.
        of_projects.sort(key=lambda i: (i.project or "", i.metric, i.stage, i.facet, bool(i.cuts), i.claim.id))
        items = [*of_projects, *company_items(wide, around, current_claims(self._guidance(tables["guidance"])))]
        steps = [*self._rows("project_status"), *tables["project_status"].values()]
        return kept, total_tables(items, world_of(known, steps))

    def _is_as_before(self, kept: Table, tables: Mapping[str, Table]) -> bool:
        """
        Whether no figure of a total has come, gone or changed, nor anything that decides what it overlaps with.

        Most news tells again what is known.
        """
        reader, known, touched = self.part.reader, self.known, self.part.touched
        before = reader.set_of(
            "SELECT claim_id FROM claim_links WHERE linked_to = 'company' AND claim_id IN "
            "(SELECT id FROM claims WHERE document_id IN {wanted})",
            known.evidence.documents,
        )
        claims = known.snapshot.claims
        wide = {claim for claim in claims if known.links[claim].linked_to == "company"}
        counted = {*before, *wide, *(str(row["claim_id"]) for row in kept.values())}
        if before != wide or any(known.evidence.claims[claim].document_id in touched for claim in counted):
            return False
        parents = reader.ask("SELECT id, parent_id FROM projects WHERE id IN {wanted}", self.projects)
        guidance = reader.rows(
            "SELECT * FROM guidance WHERE company_id IN {wanted}",
            {str(row["company_id"]) for row in tables["guidance"].values()},
        )
        return (
            kept == {(row["claim_id"],): row for row in self._rows("_figure_items", decided=True)}
            and tables["guidance"] == {(row["id"],): row for row in guidance}
            and dict(parents) == {each: known.parents.get(each) for each in self.projects & known.projects}
            and cancelled_projects(self._rows("project_status", decided=True))
            == cancelled_projects(tables["project_status"].values())
        )

    def _guidance(self, decided: Table) -> Table:
        guiding = frozenset(str(row["company_id"]) for row in decided.values())
        rows = self.part.reader.db.query("SELECT * FROM guidance")
        return {(row["id"],): row for row in rows if row["company_id"] not in guiding} | decided

    def _with_others(self, around: Surroundings) -> Surroundings:
        """With what is kept of candidates that were not made again."""
        reader, known = self.part.reader, self.known
        others = (self.projects & known.projects) - around.places.keys()
        places = reader.ask("SELECT id, admin1, country FROM _candidates WHERE id IN {wanted}", others)
        parties: dict[str, set[str]] = {}
        for project, company in reader.ask(
            "SELECT project_id, company_id FROM project_companies WHERE project_id IN {wanted}", others
        ):
            parties.setdefault(project, set()).add(company)
        return replace(
            around,
            places={**around.places, **{project: (admin1, country) for project, admin1, country in places}},
            parties={**around.parties, **{project: frozenset(found) for project, found in parties.items()}},
        )

    def _facts(self) -> list[Fact]:
        """The chosen values of figures that were not decided again; of those that anything is compared by."""
        compared = sorted({metric for ratio in RATIOS for metric in (ratio.above, ratio.below)})
        rows = self.part.reader.ask(
            "SELECT figures.project_id, figures.metric, stage, facet, figures.value_min, figures.value_max, "
            "figures.usd_min, figures.usd_max, figures.qualifier, agreeing, tier, claim_id, quote, figures.scope "
            "FROM figures JOIN claims ON claims.id = claim_id WHERE figures.metric IN {wanted}",
            compared,
        )
        return [
            Fact(
                project, metric, stage, facet, printed(metric, (low, high), (usd_low, usd_high), qualifier), agreeing,
                TIER_RANK.get(tier or "", UNKNOWN_TIER), claim, quote, scope,
            )
            for (
                project, metric, stage, facet, low, high, usd_low, usd_high, qualifier, agreeing, tier, claim, quote,
                scope,
            ) in rows
            if project not in self.projects
        ]  # fmt: skip

    def _rows(self, table: str, decided: bool = False) -> list[Row]:
        """Rows of projects that were not decided again, or that were."""
        chosen = "IN" if decided else "NOT IN"
        want(self.part.reader.db, self.projects)
        return list(self.part.reader.db.query(f"SELECT * FROM {table} WHERE project_id {chosen} {WANTED}"))

    def _others(self, table: str, key: str, column: str, which: str) -> Table:
        rows: list[dict[str, Any]] = list(self.part.reader.db.query(f"SELECT * FROM {table} WHERE {which}"))
        return {(row[key],): row for row in rows if row[column] not in self.projects}

    def _unknown(self, companies: Table) -> dict[str, tuple[str, list[ClaimRow]]]:
        """Every company that the reference does not list, with all that is said of it now."""
        reader, known = self.part.reader, self.known
        named: dict[str, set[str]] = {str(row["id"]): set() for row in companies.values()}
        pointed = reader.ask("SELECT company_id, claim_id FROM claim_companies WHERE company_id IN {wanted}", named)
        for company, claim in pointed:
            if claim not in known.evidence.claims:
                named[company].add(claim)
        for claim, own in known.companies.items():
            for company in own:
                if company in named:
                    named[company].add(claim)
        said = self.claims({claim for claims in named.values() for claim in claims})
        return {
            company: (
                str(companies[(company,)]["name"]),
                [said[each] for each in sorted(claims) if each in said and said[each].retracted_at is None],
            )
            for company, claims in named.items()
        }
