"""
The tables of who and what, as far as touched documents name them.

In: what is known of a part, and what was linked again. Out: rows of companies, chips, places, projects, their parties
and other names, with which of them are decided. What the reference lists stays; what no claim names any more goes.
Never looks at claims that are not touched, but for how else they spell a name.
"""

from __future__ import annotations

from collections.abc import Iterable

from db.knowledge import entities
from db.knowledge.candidates import Candidate
from db.knowledge.known import Known
from db.knowledge.model import Table
from db.knowledge.part import Part
from db.knowledge.relink import Relinked
from db.knowledge.write import Scope
from db.reference import GazetteerPlace


def entity_tables(part: Part, known: Known, relinked: Relinked) -> tuple[dict[str, Table], dict[str, list[Scope]]]:
    """Rows, and the scopes in which they are all that there are."""
    catalogue, candidates = known.catalogue, known.linking.candidates
    claims = [c for c in known.snapshot.claims.values() if c.document_id in part.touched]
    projects = frozenset({*relinked.before, *(each.id for each in relinked.candidates)})
    companies, company_scope = _companies(part, known)
    chips = _chips(part, known)
    project_rows = {
        key: row
        for key, row in entities.project_rows(catalogue, candidates, known.curated, known.parents).items()
        if key[0] in projects
    }
    for (project_id,), row in project_rows.items():
        parent = known.parents.get(str(project_id))
        row["parent_id"] = parent if parent in known.projects and parent not in known.curated.merged else None
    chains = {catalogue.locate(claim.place_name, claim.admin1, claim.country) for claim in claims}
    chains |= {catalogue.locate(c.place, c.admin1, c.country) for c in candidates.values()}
    places, place_scope = _places(part, chains, projects)
    parties: Table = {
        (each.id, company, "named"): {"project_id": each.id, "company_id": company, "role": "named"}
        for each in candidates.values()
        for company in each.companies
    }
    aliases, alias_scope = _aliases(part, known, candidates.values(), projects)
    return {
        "companies": companies, "chips": chips[0], "places": places, "projects": project_rows,
        "project_companies": parties, "aliases": aliases,
    }, {
        "companies": [("id", company_scope)], "chips": [("id", chips[1])], "places": [("id", place_scope)],
        "projects": [("id", projects)], "project_companies": [("project_id", projects)],
        "aliases": [("alias", alias_scope)],
    }  # fmt: skip


def _companies(part: Part, known: Known) -> tuple[Table, frozenset[str]]:
    """Companies that touched claims name or named and the reference does not list."""
    catalogue = known.catalogue
    claims = [c for c in known.snapshot.claims.values() if c.document_id in part.touched]
    made: Table = {}
    names: dict[str, set[str]] = {each: set() for each in part.reader.noted("claim_companies", "company_id")}
    for claim in claims:
        for named in claim.companies:
            found = catalogue.company_id(named.name, known.snapshot.document(claim).day)
            names.setdefault(found, set()).add(named.name)
    names = {company: own for company, own in names.items() if company not in catalogue.companies}
    elsewhere = part.reader.ask(
        "SELECT company_id, min(name) FROM claim_companies JOIN claims ON claims.id = claim_id "
        "WHERE company_id IN {wanted} AND document_id NOT IN (SELECT document_id FROM _touched) GROUP BY company_id",
        names,
    )
    for company, name in elsewhere:
        names[company].add(name)
    for company, own in names.items():
        if own:
            made[(company,)] = {"id": company, "name": min(own), "origin": "candidate"}
    return made, frozenset(names)


def _chips(part: Part, known: Known) -> tuple[Table, frozenset[str]]:
    """Chips that touched claims name or named and the reference does not list."""
    catalogue = known.catalogue
    claims = [c for c in known.snapshot.claims.values() if c.document_id in part.touched]
    before = part.reader.noted("claims", "chip_id")
    chips = before | {catalogue.chip_id(claim.chip_name) or "" for claim in claims if claim.chip_name}
    chips -= catalogue.chips.keys()
    elsewhere = part.reader.ask(
        "SELECT min(id) FROM claims WHERE chip_id IN {wanted} "
        "AND document_id NOT IN (SELECT document_id FROM _touched) GROUP BY chip_id, chip_name",
        chips,
    )
    documents = part.reader.set_of("SELECT document_id FROM claims WHERE id IN {wanted}", [row[0] for row in elsewhere])
    part.load(documents)
    standing = part.standing()[1].claims if documents else {}
    claims += [standing[row[0]] for row in elsewhere if row[0] in standing]
    made = {key: row for key, row in entities.chip_rows(catalogue, claims).items() if row["origin"] == "candidate"}
    return made, frozenset(chips)


def _places(
    part: Part, chains: Iterable[tuple[GazetteerPlace, ...]], projects: frozenset[str]
) -> tuple[Table, frozenset[str]]:
    """Places in use by touched claims and candidates; one that was and that nothing else uses goes."""
    reader = part.reader
    used = entities.place_rows(sorted(chains, key=lambda chain: [place.slug for place in chain]))
    # A claim that is written again points nowhere until it is linked.
    old = set(reader.noted("claims", "place_id"))
    old |= reader.set_of("SELECT place_id FROM projects WHERE id IN {wanted}", projects)
    gone: set[str] = set()
    waiting = {each for each in old if (each,) not in used}
    while waiting:
        place = waiting.pop()
        below = reader.set_of("SELECT id FROM places WHERE parent_id IN {wanted}", [place]) - gone
        if below or (place,) in used or _is_used(part, place, projects):
            continue
        gone.add(place)
        waiting |= reader.set_of("SELECT parent_id FROM places WHERE id IN {wanted}", [place]) - gone
    return used, frozenset({str(key[0]) for key in used} | gone)


def _is_used(part: Part, place: str, projects: frozenset[str]) -> bool:
    """Whether a claim that is not touched or a project that is not made again stands there."""
    db = part.reader.db
    claims = db.execute(
        "SELECT 1 FROM claims WHERE place_id = ? AND document_id NOT IN (SELECT document_id FROM _touched) LIMIT 1",
        [place],
    ).fetchone()
    standing = {row[0] for row in db.execute("SELECT id FROM projects WHERE place_id = ?", [place]).fetchall()}
    return claims is not None or bool(standing - projects)


def _aliases(
    part: Part, known: Known, candidates: Iterable[Candidate], projects: frozenset[str]
) -> tuple[Table, frozenset[str]]:
    """The names of candidates. A name of two things is nobody's."""
    names = {each.name for each in candidates}
    # A project that is another's leaves its id as a name of that one.
    names |= {each.fields["project"] for each in part.corrections if each.action == "merge_projects"}
    names |= part.reader.set_of("SELECT name FROM projects WHERE id IN {wanted}", projects)
    others = part.reader.ask("SELECT id, name FROM projects WHERE origin = 'candidate' AND name IN {wanted}", names)
    everyone = [*candidates, *(_named(id_, name) for id_, name in others if id_ not in projects)]
    made = entities.alias_rows(known.catalogue, {each.id: each for each in everyone}, known.curated)
    return {key: row for key, row in made.items() if key[1] in names}, frozenset(names)


def _named(project: str, name: str) -> Candidate:
    return Candidate(project, name, None, None, None, None, (), (), "")
