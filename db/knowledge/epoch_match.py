"""
Epoch's sites beside our projects, and its names beside our companies.

In: sites with their names, the catalogue. Out: the pointer columns of `epoch_sites` and `epoch_names`. By the site's
name, less the company before it, or by its town and company. Null where that gives none or several: no guess is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db.knowledge.catalogue import Catalogue
from db.knowledge.model import Table
from db.knowledge.names import key, place_key


@dataclass(frozen=True, slots=True)
class EpochSite:
    """One site of one import."""

    import_id: str
    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class EpochName:
    """A company that Epoch names with a site."""

    import_id: str
    site: str
    role: str
    position: int
    name: str


def match_sites(sites: Iterable[EpochSite], names: Iterable[EpochName], catalogue: Catalogue) -> dict[str, Table]:
    """Pointers of both tables."""
    companies: dict[tuple[str, str], set[str]] = {}
    named: Table = {}
    for each in names:
        company = catalogue.company(each.name)
        named[(each.import_id, each.site, each.role, each.position)] = {"company_id": company}
        if company:
            companies.setdefault((each.import_id, each.site), set()).add(company)
    found: Table = {}
    for site in sites:
        project, reason = _match(site, companies.get((site.import_id, site.name), set()), catalogue)
        found[(site.import_id, site.name)] = {"project_id": project, "match_reason": reason}
    return {"epoch_sites": found, "epoch_names": named}


def _match(site: EpochSite, companies: set[str], catalogue: Catalogue) -> tuple[str | None, str | None]:
    words = site.name.split()
    for skipped in range(len(words)):
        form = " ".join(words[skipped:])
        found = catalogue.projects_called(form)
        fits = tuple(each for each in found if not companies or companies & catalogue.parties(each))
        if len(fits) == 1:
            return fits[0], f"called “{form}”"
    parts = {place_key(part) for part in (site.address or "").split(",")}
    spoken = f" {key(site.name)} "
    there = [
        slug
        for slug, project in sorted(catalogue.projects.items())
        if project.place
        and (place_key(project.place) in parts or f" {place_key(project.place)} " in spoken)
        and companies & catalogue.parties(slug)
    ]
    top = [slug for slug in there if not set(catalogue.ancestors(slug)) & set(there)]
    if len(top) == 1:
        return top[0], f"in {catalogue.projects[top[0]].place}, with a company in common"
    return None, None
