"""
What is made of all projects together, after some were decided again: relations, bands, totals, questions for a person.

In: what is known of a part, the figures that were decided again, and the rows of all others. Out: rows, with which of
them are decided. Totals are worked out of every figure: what one company has is in the totals of all. Never decides a
figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.knowledge.decide import company_wide, only_grid, surroundings, world_of
from db.knowledge.guidance import current_claims
from db.knowledge.items import Surroundings, company_items, project_items
from db.knowledge.kept_items import item_rows, items_of
from db.knowledge.known import Known, corrected
from db.knowledge.left import Left
from db.knowledge.model import ClaimRow, Row, Table
from db.knowledge.part import Part
from db.knowledge.plausibility import Fact, facts_of, ratio_rows, slip_rows
from db.knowledge.read import read_snapshot
from db.knowledge.relations import relation_rows
from db.knowledge.review import BY_PROJECT, review_rows
from db.knowledge.statements import Figure, FigureKey, Said
from db.knowledge.totals import total_tables
from db.knowledge.values import span_of
from db.knowledge.voices import settle_tiers
from db.knowledge.write import Scope


class TouchedSums:
    """The steps, and the evidence of all other documents as far as they need it."""

    def __init__(self, part: Part, known: Known, projects: frozenset[str]) -> None:
        self.part = part
        self.known = known
        self.projects = projects
        db = part.reader.db
        others = {row[0] for row in db.execute("SELECT id FROM documents").fetchall()} - known.evidence.documents.keys()
        snapshot = settle_tiers(read_snapshot(db, others), known.catalogue)
        _, self.rest = corrected(snapshot, known.catalogue, (), Left(readings=part.reader.readings(others)))
        self.claims: Mapping[str, ClaimRow] = {**self.rest.claims, **known.snapshot.claims}

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
            self.claims,
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
        known, catalogue = self.known, self.known.catalogue
        companies, chips, wide = dict(known.companies), dict(known.chips), company_wide(known)
        company_linked = {
            row[0]
            for row in self.part.reader.db.execute(
                "SELECT claim_id FROM claim_links WHERE linked_to = 'company'"
            ).fetchall()
        }
        for claim in self.rest.claims.values():
            if claim.id in company_linked and claim.retracted_at is None:
                document = self.rest.document(claim)
                found = tuple(dict.fromkeys(catalogue.company_id(each.name, document.day) for each in claim.companies))
                if not only_grid(claim, found, catalogue):
                    companies[claim.id], chips[claim.id] = found, catalogue.chip_id(claim.chip_name)
                    wide.append(Said(claim, document, ""))
        wide.sort(key=lambda said: said.claim.id)
        around = self._with_others(surroundings(known, companies, chips))
        own = project_items(figures, around)
        of_projects = [*items_of(self._rows("_figure_items"), self.claims, around), *own]
        # However they came together: the chosen value of each figure first.
        of_projects.sort(key=lambda i: (i.project or "", i.metric, i.stage, i.facet, bool(i.cuts), i.claim.id))
        guiding = frozenset(str(row["company_id"]) for row in tables["guidance"].values())
        guidance: Table = {
            (row["id"],): row
            for row in self.part.reader.db.query("SELECT * FROM guidance")
            if row["company_id"] not in guiding
        }
        current = current_claims(guidance | tables["guidance"])
        items = [*of_projects, *company_items(wide, around, current)]
        steps = [*self._rows("project_status"), *tables["project_status"].values()]
        return item_rows(own), total_tables(items, world_of(known, steps))

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
        found: list[Fact] = []
        for row in self._rows("figures"):
            claim = self.claims[str(row["claim_id"])]
            span = span_of(claim)
            document = (self.known.snapshot if claim.id in self.known.snapshot.claims else self.rest).document(claim)
            found.append(
                Fact(
                    str(row["project_id"]), str(row["metric"]), str(row["stage"]), str(row["facet"]),
                    span.number if span else 0.0, int(str(row["agreeing"])), document.rank, claim.id, claim.quote,
                )
            )  # fmt: skip
        return found

    def _rows(self, table: str) -> list[Row]:
        """Rows of projects that were not decided again."""
        rows: list[dict[str, Any]] = list(self.part.reader.db.query(f"SELECT * FROM {table}"))
        return [row for row in rows if row["project_id"] not in self.projects]

    def _others(self, table: str, key: str, column: str, which: str) -> Table:
        rows: list[dict[str, Any]] = list(self.part.reader.db.query(f"SELECT * FROM {table} WHERE {which}"))
        return {(row[key],): row for row in rows if row[column] not in self.projects}

    def _unknown(self, companies: Table) -> dict[str, tuple[str, list[ClaimRow]]]:
        """Every company that the reference does not list, with all that is said of it now."""
        reader, known = self.part.reader, self.known
        named: dict[str, set[str]] = {str(row["id"]): set() for row in companies.values()}
        pointed = reader.ask("SELECT company_id, claim_id FROM claim_companies WHERE company_id IN {wanted}", named)
        for company, claim in pointed:
            if claim not in known.snapshot.claims and claim in self.rest.claims:
                named[company].add(claim)
        for claim, own in known.companies.items():
            for company in own:
                if company in named:
                    named[company].add(claim)
        return {
            company: (
                str(companies[(company,)]["name"]),
                [self.claims[each] for each in sorted(claims) if self.claims[each].retracted_at is None],
            )
            for company, claims in named.items()
        }
