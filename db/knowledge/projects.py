"""
Every claim linked: to a project, listed or not, or to what is no project.

In: claims (as corrected), documents, the catalogue. Out: one `Link` a claim, and the candidates.
Links that a person decided are applied last. Never leaves a claim without a link and its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from db.knowledge.candidates import Candidate, Unlisted, find_candidates, unlisted
from db.knowledge.catalogue import Catalogue
from db.knowledge.curation import Curated
from db.knowledge.datelines import link_datelines
from db.knowledge.linker import Link, Linker
from db.knowledge.model import ClaimRow, Snapshot
from db.knowledge.values import same_number, span_of

SAID_OF_UMBRELLA = 2
BEYOND_ONE_SITE: Mapping[str, float] = {"capex": 6e10, "power": 3000.0, "jobs": 10000.0}
"""Figures of this size, said of two sites of one umbrella, are no site's own."""


@dataclass(frozen=True, slots=True)
class Linking:
    """The result: every claim's link, the candidates, and by what the claims of candidates were grouped."""

    links: Mapping[str, Link] = field(default_factory=dict)
    candidates: Mapping[str, Candidate] = field(default_factory=dict)
    grouped: Mapping[str, Unlisted] = field(default_factory=dict)
    made: Sequence[Candidate] = ()
    """The candidates as they were made, those merged into others by a person included."""


def link_claims(snapshot: Snapshot, claims: Iterable[ClaimRow], catalogue: Catalogue) -> Linking:
    """Link every claim."""
    linker = Linker(snapshot, catalogue)
    ordered = sorted(claims, key=linker.order)
    links = link_listed(linker, ordered)
    grouped = unlisted(linker, left_over(linker, ordered, links))
    candidates = find_candidates(linker, [c for c in ordered if c.id in grouped], grouped, catalogue.projects)
    link_rest(linker, ordered, links, candidates)
    return Linking(links, {candidate.id: candidate for candidate in candidates}, grouped, candidates)


def link_listed(linker: Linker, claims: Sequence[ClaimRow]) -> dict[str, Link]:
    """Links to what the reference lists; claims are in their order."""
    links = {claim.id: named for claim in claims if (named := linker.by_reference(claim))}
    _link_by_figures(linker, claims, links)
    link_datelines(linker, claims, links)
    _lift_to_umbrellas(linker, claims, links)
    return links


def left_over(linker: Linker, claims: Iterable[ClaimRow], links: Mapping[str, Link]) -> list[ClaimRow]:
    """Claims of which a candidate may be made."""
    return [claim for claim in claims if claim.id not in links and not linker.options(claim)]


def link_rest(
    linker: Linker, claims: Iterable[ClaimRow], links: dict[str, Link], candidates: Iterable[Candidate]
) -> None:
    """Link what candidates have, then what is left: with the rest of its document, or to no project at all."""
    for candidate in candidates:
        for claim_id in candidate.claim_ids:
            links[claim_id] = Link(claim_id, "project", candidate.id, candidate.evidence)
    for claim in claims:
        if claim.id not in links:
            links[claim.id] = linker.by_document(claim, links) or linker.by_scope(claim)


def _link_by_figures(linker: Linker, claims: Sequence[ClaimRow], links: dict[str, Link]) -> None:
    """
    Link what stands at a place of several projects: by its figure, else with the rest of its document.

    A document that tells one figure of a project at a place tells the others there of it too.
    """
    by_id = {claim.id: claim for claim in claims}
    linked: dict[str, list[ClaimRow]] = {}
    for link in links.values():
        if link.project_id:
            linked.setdefault(link.project_id, []).append(by_id[link.claim_id])
    waiting = [claim for claim in claims if claim.id not in links and linker.options(claim)]
    found = {claim.id: tied for claim in waiting if (tied := linker.by_figure(claim, linked))}
    links.update(found)
    of_document: dict[str, set[str]] = {}
    for tied in found.values():
        of_document.setdefault(by_id[tied.claim_id].document_id, set()).add(tied.project_id or "")
    for claim in waiting:
        projects = of_document.get(claim.document_id, set()) & set(linker.options(claim))
        if claim.id not in links and len(projects) == 1:
            reason = f"in {claim.place_name}, beside a figure of the same project"
            links[claim.id] = Link(claim.id, "project", projects.pop(), reason)


def _lift_to_umbrellas(linker: Linker, claims: Sequence[ClaimRow], links: dict[str, Link]) -> None:
    """
    A page on one site repeats the figures of its umbrella, and they look like the site's own.

    What is linked to a site is the umbrella's when two or more other documents say the same figure of the umbrella; or
    when it is beyond what one site has, and another document says it of the umbrella or of another of its sites, or its
    own document speaks of the umbrella as well.
    """
    umbrellas = {
        claim.id: above
        for claim in claims
        if claim.id in links and claim.metric in BEYOND_ONE_SITE
        for above in (umbrella_of(linker, links[claim.id].project_id),)
        if above
    }
    told = [claim for claim in claims if claim.id in umbrellas]
    _lift_by_own_document(linker, told, links, umbrellas)
    _lift_by_others(linker, told, links, umbrellas)
    _lift_by_own_document(linker, told, links, umbrellas)


def _lift_by_own_document(
    linker: Linker, claims: Sequence[ClaimRow], links: dict[str, Link], umbrellas: Mapping[str, str]
) -> None:
    speaks_of = {(claim.document_id, links[claim.id].project_id) for claim in claims}
    for claim in claims:
        above = umbrellas[claim.id]
        named = claim.project_name is not None and linker.catalogue.projects_called(claim.project_name) == (above,)
        if (
            _is_beyond(claim)
            and links[claim.id].project_id != above
            and (named or (claim.document_id, above) in speaks_of)
        ):
            name = linker.catalogue.projects[above].name
            said = f"beyond what one site has, in a document that speaks of {name}"
            links[claim.id] = Link(claim.id, "project", above, f"a figure of {name}: {said}")


def _lift_by_others(
    linker: Linker, claims: Sequence[ClaimRow], links: dict[str, Link], umbrellas: Mapping[str, str]
) -> None:
    by_figure: dict[tuple[str, str], list[ClaimRow]] = {}
    for claim in claims:
        by_figure.setdefault((umbrellas[claim.id], claim.metric), []).append(claim)
    lifted: dict[str, Link] = {}
    for claim in claims:
        above, own = umbrellas[claim.id], links[claim.id].project_id
        if own == above:
            continue
        same = [other for other in by_figure[above, claim.metric] if same_number(other, claim)]
        of_umbrella = {c.document_id for c in same if links[c.id].project_id == above} - {claim.document_id}
        elsewhere = {c.document_id for c in same if links[c.id].project_id != own} - {claim.document_id}
        if len(of_umbrella) >= SAID_OF_UMBRELLA or (_is_beyond(claim) and elsewhere):
            name = linker.catalogue.projects[above].name
            said = f"{len(of_umbrella | elsewhere)} other documents say it of {name} or of another of its sites"
            lifted[claim.id] = Link(claim.id, "project", above, f"a figure of {name}: {said}")
    links.update(lifted)


def _is_beyond(claim: ClaimRow) -> bool:
    span = span_of(claim)
    return span is not None and span.number >= BEYOND_ONE_SITE[claim.metric]


def umbrella_of(linker: Linker, project: str | None) -> str | None:
    """The umbrella that a project is, or is part of."""
    known = linker.catalogue.projects
    for each in (project, *linker.catalogue.ancestors(project)) if project else ():
        if each in known and known[each].level == "umbrella":
            return each
    return None


def redirected(linking: Linking, curated: Curated) -> Linking:
    """Links as a person corrected them: merged projects lead on, claims set apart go to their own."""
    merged = {project: into for project, (into, _) in curated.merged.items()}

    def last(project: str | None) -> str | None:
        seen: set[str] = set()
        while project in merged and project not in seen:
            seen.add(project)
            project = merged[project]
        return project

    links: dict[str, Link] = {}
    for claim, link in linking.links.items():
        if claim in curated.assigned:
            new = curated.assigned[claim]
            links[claim] = Link(claim, "project", new.id, f"set apart by a correction: {new.reason}")
        elif link.project_id in merged:
            reason = f"{link.reason}; {link.project_id} is the same project"
            links[claim] = replace(link, project_id=last(link.project_id), reason=reason)
        else:
            links[claim] = link
    candidates = {each.id: each for each in linking.candidates.values() if each.id not in merged}
    return Linking(links, candidates, linking.grouped, linking.made)
