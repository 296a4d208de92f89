"""
Totals, after some figures have changed: only the items that these can overlap with are worked out again.

In: what is known of a part, the items of its projects, and the rows of all others. Out: rows of `totals`, `total_items`
and `overlaps`, with which of them are decided. What a project has overlaps with its family; what a company says of
itself overlaps with the projects of all its parties. Never adds up but what stands in the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from db.knowledge.guidance import current_claims
from db.knowledge.item import Item
from db.knowledge.items import CAPACITY, Surroundings, company_items, in_order
from db.knowledge.kept_items import items_of
from db.knowledge.known import Known
from db.knowledge.model import ClaimRow, Row, Table
from db.knowledge.others import Others
from db.knowledge.part import Part
from db.knowledge.scope import families
from db.knowledge.statements import Said
from db.knowledge.surroundings import company_wide, holders_of, only_grid, surroundings, world_of
from db.knowledge.totals import Summand, TotalKey, by_total, cut_by_stage, item_row, overlap_row, summand, total_row
from db.knowledge.wholes import wholes_of
from db.knowledge.write import Scope

OF_COMPANIES = "SELECT claim_id FROM claim_links WHERE linked_to = 'company' AND claim_id IN "


class TouchedTotals:
    """The steps, and what they share."""

    def __init__(self, part: Part, known: Known, projects: frozenset[str], others: Others) -> None:
        self.part = part
        self.known = known
        self.projects = projects
        self.others = others
        self.reader = part.reader

    def tables(
        self, own: Sequence[Item], kept: Table, around: Surroundings, tables: Mapping[str, Table]
    ) -> tuple[dict[str, Table], dict[str, list[Scope]]]:
        """Rows, and the scopes in which they are all. `own` are the items of `projects`, `kept` their rows."""
        known, reader = self.known, self.reader
        before: Table = {(row["claim_id"],): row for row in self.others.rows_of("_figure_items", self.projects)}
        changed = self._changed(kept, before, tables)
        again = families(changed, known.parents) & (self.projects | changed)
        moving = [row for row in (*kept.values(), *before.values()) if row["project_id"] in again]
        companies = {each for row in moving for each in str(row["companies"]).split("|")} - {""}
        moved, told_of = self._moved(tables["guidance"])
        holders = holders_of(known.catalogue)
        companies |= told_of.union(*(holders[project] for project in again & holders.keys()))
        companies |= self._partners(companies)
        wide, wide_claims = self._wide(companies, around, tables["guidance"])
        parties = frozenset(company for item in wide for company in item.companies)
        items = self._of_projects(own, again, parties, around)
        steps = [*self.others.rows_but("project_status", self.projects), *tables["project_status"].values()]
        scope = frozenset({*moved, *wide_claims, *(str(row["claim_id"]) for row in moving)})
        if not scope:
            return {}, {}
        world = world_of(known, steps)
        rows: dict[str, Table] = {"total_items": {}, "overlaps": {}}
        new: dict[str, tuple[TotalKey, str, list[Summand]]] = {}
        for stage, counted in cut_by_stage([*items, *wide], world):
            mine = [item for item in counted if item.project is None or item.project in again]
            for key, group in by_total(stage, mine).items():
                row = total_row(key, group[0].unit, ())
                total = str(row["id"])
                new[total] = (key, group[0].unit, [summand(item) for item in group])
                rows["total_items"] |= {(total, item.claim.id): item_row(total, item) for item in group}
                rows["overlaps"] |= {(total, item.claim.id): overlap_row(total, item) for item in group if item.cuts}
        old = reader.set_of("SELECT total_id FROM total_items WHERE claim_id IN {wanted}", scope)
        rows["totals"] = self._added_up(new, old, scope)
        return rows, {
            "totals": [("id", frozenset(old | new.keys()))],
            "total_items": [("claim_id", scope)],
            "overlaps": [("claim_id", scope)],
        }

    def _changed(self, kept: Table, before: Table, tables: Mapping[str, Table]) -> set[str]:
        """Projects of which an item is another than it was, or which have another parent or have been cancelled."""
        known, touched = self.known, self.part.touched
        found = {
            str(row["project_id"])
            for key in kept.keys() | before.keys()
            if kept.get(key) != before.get(key) or known.evidence.claims[str(key[0])].document_id in touched
            for row in (kept.get(key), before.get(key))
            if row
        }
        parents = self.reader.ask("SELECT id, parent_id FROM projects WHERE id IN {wanted}", self.projects)
        now = {each: known.parents.get(each) for each in self.projects & known.projects}
        for project in {each for each, _ in dict(parents).items() ^ now.items()}:
            found |= {project, *(parent for each, parent in [*parents, *now.items()] if each == project and parent)}
        stood = world_of(known, self.others.rows_of("project_status", self.projects)).cancelled
        return found | (stood ^ world_of(known, tables["project_status"].values()).cancelled)

    def _moved(self, guidance: Table) -> tuple[set[str], set[str]]:
        """What is said of companies as a whole, or was, and is touched; and these companies."""
        known, reader, touched = self.known, self.reader, self.part.touched
        before = reader.set_of(
            OF_COMPANIES + "(SELECT id FROM claims WHERE document_id IN {wanted})", known.evidence.documents
        )
        wide = {claim for claim in known.snapshot.claims if known.links[claim].linked_to == "company"}
        rows = reader.rows(
            "SELECT * FROM guidance WHERE company_id IN {wanted}", {str(row["company_id"]) for row in guidance.values()}
        )
        told: Table = {(row["id"],): row for row in rows}
        moved = {each for each in before | wide if known.evidence.claims[each].document_id in touched} | (before ^ wide)
        moved |= {
            str(row["claim_id"])
            for key in told.keys() | guidance.keys()
            if told.get(key) != guidance.get(key)
            for row in (told.get(key), guidance.get(key))
            if row
        }
        found = {company for claim in moved for company in known.companies.get(claim, ())}
        found |= reader.set_of("SELECT company_id FROM claim_companies WHERE claim_id IN {wanted}", moved)
        return moved, found | (reader.noted("claim_companies", "company_id") if moved else set())

    def _partners(self, companies: set[str]) -> set[str]:
        """Who has a deal over capacity with these companies: what is left of a deal is in the fleet of each party."""
        known, reader = self.known, self.reader
        deals = reader.set_of(
            OF_COMPANIES + "(SELECT cc.claim_id FROM claim_companies cc JOIN claims c ON c.id = cc.claim_id "
            f"WHERE cc.company_id IN {{wanted}} AND c.metric IN ({', '.join(map(repr, sorted(CAPACITY)))}))",
            companies,
        )
        found = reader.set_of("SELECT company_id FROM claim_companies WHERE claim_id IN {wanted}", deals)
        here = (set(known.companies[s.claim.id]) for s in company_wide(known) if s.claim.metric in CAPACITY)
        return found.union(*(named for named in here if companies & named))

    def _wide(self, companies: set[str], around: Surroundings, guidance: Table) -> tuple[list[Item], set[str]]:
        """The items of these companies as a whole; and every claim that is or was among them."""
        known, reader = self.known, self.reader
        naming = OF_COMPANIES + "(SELECT claim_id FROM claim_companies WHERE company_id IN {wanted})"
        there = reader.set_of(naming, companies)
        here = {s.claim.id for s in company_wide(known) if companies & set(known.companies[s.claim.id])}
        parties = reader.set_of("SELECT company_id FROM claim_companies WHERE claim_id IN {wanted}", there)
        parties |= {company for claim in here for company in known.companies[claim]}
        # What another party says may be the same figure, told with more of its parties.
        around_them = reader.set_of(naming, parties) - known.evidence.claims.keys()
        said = company_wide(known)
        own, chips = dict(known.companies), dict(known.chips)
        read = self.others.of_claims(around_them)
        for claim in (read.claims[each] for each in around_them if each in read.claims):
            document = read.document(claim)
            found = tuple(
                dict.fromkeys(known.catalogue.company_id(each.name, document.day) for each in claim.companies)
            )
            if claim.retracted_at is None and not only_grid(claim, found, known.catalogue):
                own[claim.id], chips[claim.id] = found, known.catalogue.chip_id(claim.chip_name)
                said.append(Said(claim, document, ""))
        said = sorted((s for s in said if parties & set(own[s.claim.id])), key=lambda s: s.claim.id)
        whole = replace(surroundings(known, own, chips), places=around.places, parties=around.parties)
        rest = reader.db.query("SELECT * FROM guidance")
        guiding = {row["company_id"] for row in guidance.values()}
        current = current_claims({(row["id"],): row for row in rest if row["company_id"] not in guiding} | guidance)
        claims_of = {**read.claims_of, **known.snapshot.claims_of}
        documents = {each.document.id: each.document for each in said}
        wholes = wholes_of((document, claims_of[each]) for each, document in documents.items())
        made = [item for item in company_items(said, whole, current, wholes) if item.companies & companies]
        return made, there | here

    def _of_projects(
        self, own: Sequence[Item], again: frozenset[str], parties: frozenset[str], around: Surroundings
    ) -> list[Item]:
        """The items of projects that are looked at again, and of the families of all that have one of these parties."""
        known, reader = self.known, self.reader
        stored = reader.db.execute("SELECT project_id, companies FROM _figure_items").fetchall()
        near = {project for project, named in stored if not parties.isdisjoint(named.split("|"))}
        near |= {item.project for item in own if item.project and item.companies & parties}
        near |= {project for project, held in holders_of(known.catalogue).items() if held & parties}
        wanted = families(near, known.parents) | again
        rows: list[Row] = self.others.rows_of("_figure_items", wanted - self.projects)
        claims: Mapping[str, ClaimRow] = self.others.claims(str(row["claim_id"]) for row in rows)
        items = [item for item in own if item.project in wanted] + items_of(rows, claims, around)
        return in_order(items)

    def _added_up(
        self, new: Mapping[str, tuple[TotalKey, str, list[Summand]]], old: Iterable[str], scope: frozenset[str]
    ) -> Table:
        """The totals of which a row has come, gone or changed, with all rows that stay."""
        reader = self.reader
        totals = {*old, *new}
        amended = {each: self.known.snapshot.claims[each].qualifier for each in self.known.curated.amended
                   if each in self.known.snapshot.claims}  # fmt: skip
        sums = {total: list(summands) for total, (_, _, summands) in new.items()}
        for total, claim, low, high, net_low, net_high, removed, qualifier in reader.ask(
            "SELECT i.total_id, i.claim_id, i.gross_low, i.gross_high, i.net_low, i.net_high, "
            "o.claim_id IS NOT NULL, c.qualifier FROM total_items i JOIN claims c ON c.id = i.claim_id "
            "LEFT JOIN overlaps o ON o.total_id = i.total_id AND o.claim_id = i.claim_id "
            "WHERE i.total_id IN {wanted}",
            totals,
        ):
            if claim not in scope:
                is_open = amended.get(claim, qualifier) == "at_least" and net_high > 0
                sums.setdefault(total, []).append(Summand((low, high), (net_low, net_high), bool(removed), is_open))
        heads = {row["id"]: row for row in reader.rows("SELECT * FROM totals WHERE id IN {wanted}", totals)}
        rows: Table = {}
        for total, summands in sums.items():
            if total in new:
                key, unit, _ = new[total]
            else:
                head = heads[total]
                key = (str(head["dimension"]), str(head["member"]), str(head["metric"]), str(head["stage"]))
                unit = str(head["unit"])
            rows[(total,)] = total_row(key, unit, summands)
        return rows
