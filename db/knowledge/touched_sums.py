"""
What is made of all projects together, after some were decided again: relations, bands, totals, questions for a person.

In: what is known of a part, the figures that were decided again, and the rows of all others. Out: rows, with which of
them are decided. Of the totals only what the figures decided again can overlap with is worked out. Never decides a
figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from db.knowledge.items import Surroundings, project_items
from db.knowledge.kept_items import item_rows
from db.knowledge.known import Known
from db.knowledge.model import TIER_RANK, UNKNOWN_TIER, ClaimRow, Table
from db.knowledge.others import Others
from db.knowledge.part import Part
from db.knowledge.plausibility import RATIOS, Fact, facts_of, ratio_rows, slip_rows
from db.knowledge.relations import relation_rows
from db.knowledge.review import BY_PROJECT, review_rows
from db.knowledge.statements import Figure, FigureKey
from db.knowledge.surroundings import surroundings
from db.knowledge.touched_totals import TouchedTotals
from db.knowledge.values import printed
from db.knowledge.write import Scope


class TouchedSums:
    """The steps, and the evidence of all other documents as far as they need it."""

    def __init__(self, part: Part, known: Known, projects: frozenset[str]) -> None:
        self.part = part
        self.known = known
        self.projects = projects
        self.others = Others(part, known)

    def tables(
        self, figures: Mapping[FigureKey, Figure], tables: Mapping[str, Table]
    ) -> tuple[dict[str, Table], dict[str, list[Scope]]]:
        """Rows of `relations`, `plausibility`, `_figure_items` and the totals; and which totals are decided."""
        known = self.known
        related = relation_rows(
            known.catalogue, known.linking.candidates, known.curated, known.parents, known.levels, figures
        )
        facts = [*self._facts(), *facts_of(figures.values())]
        around = self._with_others(surroundings(known, known.companies, known.chips))
        own = project_items(figures, around)
        kept = item_rows(own)
        totals = TouchedTotals(self.part, known, self.projects, self.others)
        made, scopes = totals.tables(own, kept, around, tables)
        return {
            "relations": related | self._others("relations", "id", "object_id", "origin = 'claim'"),
            "plausibility": self._others("plausibility", "id", "project_id", "kind = 'slip'")
            | slip_rows(figures)
            | ratio_rows(facts),
            "_figure_items": kept,
            **made,
        }, scopes

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
            self.others.claims(str(row["claim_id"]) for row in tables["plausibility"].values()),
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
        said = self.others.claims({claim for claims in named.values() for claim in claims})
        return {
            company: (
                str(companies[(company,)]["name"]),
                [said[each] for each in sorted(claims) if each in said and said[each].retracted_at is None],
            )
            for company, claims in named.items()
        }
