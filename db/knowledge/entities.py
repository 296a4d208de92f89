"""
The tables of who and what: companies, chips, places in use, projects, their parties and their other names.

In: the catalogue, what claims name, the candidates. Out: rows. What the reference does not list is a candidate, with an
id made from its name, so that listing it later keeps its id. Never drops a name that a claim uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.knowledge.candidates import Candidate
from db.knowledge.catalogue import Catalogue
from db.knowledge.curation import Curated, NewProject
from db.knowledge.model import ClaimRow, Row, Snapshot, Table
from db.knowledge.names import key
from db.reference import Alias, GazetteerPlace, Project


def company_rows(catalogue: Catalogue, snapshot: Snapshot, claims: Iterable[ClaimRow]) -> Table:
    """The reference, and every company that a claim names besides."""
    rows: Table = {}
    for company in catalogue.companies.values():
        rows[(company.slug,)] = {
            "id": company.slug, "name": company.name, "kind": company.kind, "country": company.country,
            "parent_id": company.parent if company.parent in catalogue.companies else None, "ticker": company.ticker,
            "cik": company.cik, "wikidata": company.wikidata, "roles": "|".join(company.roles) or None,
            "origin": "reference",
        }  # fmt: skip
    for claim in sorted(claims, key=lambda c: c.id):
        for each in claim.companies:
            found = catalogue.company_id(each.name, snapshot.document(claim).day)
            row = rows.setdefault((found,), {"id": found, "name": each.name, "origin": "candidate"})
            if row["origin"] == "candidate":
                # Of several spellings the first by the alphabet: no order of reading can change it.
                row["name"] = min(str(row["name"]), each.name)
    return rows


def chip_rows(catalogue: Catalogue, claims: Iterable[ClaimRow]) -> Table:
    """The reference, and every chip that a claim names besides."""
    rows: Table = {}
    for chip in catalogue.chips.values():
        rows[(chip.slug,)] = {
            "id": chip.slug, "name": chip.name, "vendor": chip.vendor, "family": chip.family, "kind": chip.kind,
            "generation": chip.generation, "year": chip.year, "power_w": chip.power_w,
            "chips_per_system": chip.chips_per_system, "origin": "reference",
        }  # fmt: skip
    vendors = {key(chip.vendor): chip.vendor for chip in catalogue.chips.values()}
    for claim in sorted(claims, key=lambda c: c.id):
        if claim.chip_name and catalogue.chip(claim.chip_name) is None:
            found = catalogue.chip_id(claim.chip_name) or ""
            row = rows.setdefault((found,), {"id": found, "name": claim.chip_name, "origin": "candidate"})
            row["name"] = min(str(row["name"]), claim.chip_name)
            row["vendor"] = vendors.get(key(claim.chip_name.split()[0]))
    return rows


def place_rows(chains: Iterable[tuple[GazetteerPlace, ...]]) -> Table:
    """Every place in use, each in the one that it lies in."""
    rows: Table = {}
    for chain in chains:
        for at, place in enumerate(chain):
            rows[(place.slug,)] = {
                "id": place.slug, "name": place.name, "kind": place.kind, "admin1": place.admin1,
                "country": place.country, "parent_id": chain[at + 1].slug if at + 1 < len(chain) else None,
                "latitude": place.latitude, "longitude": place.longitude, "population": place.population,
                "geonames_id": None if place.geonames_id is None else str(place.geonames_id),
            }  # fmt: skip
    return rows


def project_rows(
    catalogue: Catalogue, candidates: Mapping[str, Candidate], curated: Curated, parents: Mapping[str, str | None]
) -> Table:
    """The reference, the candidates, and what a person set apart."""
    rows: Table = {}
    for project in catalogue.projects.values():
        place = _place(catalogue, project.place, project.admin1, project.country)
        rows[(project.slug,)] = _row(
            project.slug, project.name, project.level, place,
            "|".join(project.codenames) or None, "reference", None,
        )  # fmt: skip
    for each in candidates.values():
        rows[(each.id,)] = _row(
            each.id, each.name, None, _place(catalogue, each.place, each.admin1, each.country), None, "candidate",
            each.evidence,
        )  # fmt: skip
    for new in _set_apart(curated):
        rows.setdefault((new.id,), _row(new.id, new.name, new.level, None, None, "correction", new.reason))
    for (project_id,), row in rows.items():
        parent = parents.get(str(project_id))
        row["parent_id"] = parent if (parent,) in rows else None
    return rows


def parent_of(
    catalogue: Catalogue, candidates: Mapping[str, Candidate], curated: Curated, others: Mapping[str, str | None]
) -> dict[str, str | None]:
    """What each project is part of: by the reference, by its name, or by a person, who has the last word."""
    found: dict[str, str | None] = {p.slug: p.parent for p in catalogue.projects.values()}
    found |= {**others, **{each.id: each.parent for each in candidates.values()}}
    found |= {new.id: new.parent for new in _set_apart(curated)}
    for correction in curated.relations:
        subject, target = correction.fields["subject"], correction.fields["object"]
        if correction.fields["relation"] in ("part_of", "phase_of") and subject.startswith("project:"):
            found[subject.partition(":")[2]] = target.partition(":")[2]
    return {child: None if _circular(child, found) else parent for child, parent in found.items()}


def party_rows(catalogue: Catalogue, candidates: Mapping[str, Candidate], known: Table, projects: Table) -> Table:
    """Who has which part in a project. Of a candidate we know only who is named with it."""
    parties = [(p.slug, company, role) for p in catalogue.projects.values() for role, company in p.companies]
    parties += [(each.id, company, "named") for each in candidates.values() for company in each.companies]
    return {
        (project, company, role): {"project_id": project, "company_id": company, "role": role}
        for project, company, role in parties
        if (company,) in known and (project,) in projects
    }


def alias_rows(catalogue: Catalogue, candidates: Mapping[str, Candidate], curated: Curated) -> Table:
    """Every written form, with the days between which it was in use. A form of two things is nobody's."""
    forms: list[tuple[str, Alias, str]] = []
    for company in catalogue.companies.values():
        dated = {alias.text: alias for alias in company.dated_aliases}
        forms += [("company", dated.get(form, Alias(form)), company.slug) for form in company.forms]
    forms += [("chip", Alias(form), chip.slug) for chip in catalogue.chips.values() for form in chip.forms]
    forms += [("project", alias, p.slug) for p in catalogue.projects.values() for alias in _project_aliases(p)]
    forms += [("project", Alias(each.name), each.id) for each in candidates.values()]
    forms += [("project", Alias(merged), into) for merged, (into, _) in curated.merged.items()]
    owners: dict[tuple[str, str], set[str]] = {}
    for kind, alias, owner in forms:
        owners.setdefault((kind, alias.text), set()).add(owner)
    return {
        (kind, alias.text): {
            "kind": kind, "alias": alias.text, "entity_id": owner, "valid_from": alias.valid_from,
            "valid_to": alias.valid_to,
        }
        for kind, alias, owner in forms
        if len(owners[(kind, alias.text)]) == 1
    }  # fmt: skip


def _project_aliases(project: Project) -> list[Alias]:
    former = project.aliases[0] if project.renamed_on and project.aliases else None
    return [
        Alias(
            form, project.renamed_on if form == project.name else None, project.renamed_on if form == former else None
        )
        for form in project.forms
    ]


def _set_apart(curated: Curated) -> list[NewProject]:
    return sorted({new.id: new for new in curated.assigned.values()}.values(), key=lambda new: new.id)


def _place(catalogue: Catalogue, name: str | None, admin1: str | None, country: str | None) -> str | None:
    chain = catalogue.locate(name, admin1, country)
    return chain[0].slug if chain else None


def _circular(child: str, parents: Mapping[str, str | None]) -> bool:
    seen = {child}
    step = parents.get(child)
    while step:
        if step in seen:
            return True
        seen.add(step)
        step = parents.get(step)
    return False


def _row(
    project: str,
    name: str,
    level: str | None,
    place: str | None,
    codenames: str | None,
    origin: str,
    evidence: str | None,
) -> Row:
    return {
        "id": project, "name": name, "level": level, "parent_id": None, "place_id": place, "codenames": codenames,
        "origin": origin, "evidence": evidence,
    }  # fmt: skip
