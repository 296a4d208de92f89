"""
Which project each claim is about; and the projects that nobody has listed yet.

In: claims (as corrected), documents, the catalogue. Out: one `Link` a claim, and `Candidate`s with their evidence.
A claim is linked by its project's name, else by place and company, else as the one site of its document; what is left
belongs to a company, to the market, or openly to nothing. Never guesses between two projects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.knowledge.catalogue import Catalogue, agree
from db.knowledge.model import SITE_METRICS, ClaimRow, Snapshot
from db.knowledge.names import is_generic, key, place_key, project_key, slug
from db.reference import Project

MARKET_METRICS = frozenset({"capex", "power", "generation", "chips"})
WIDE_SCOPES = frozenset({"country", "company_year", "programme"})


@dataclass(frozen=True, slots=True)
class Link:
    """What a claim is about: `linked_to` is project, company, market or nothing."""

    claim_id: str
    linked_to: str
    project_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that documents speak of and the reference does not list."""

    id: str
    name: str
    place: str | None
    admin1: str | None
    country: str | None
    parent: str | None
    companies: tuple[str, ...]
    """Ids, by how often they are named."""
    claim_ids: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Linking:
    """The result: every claim's link, and the candidates."""

    links: Mapping[str, Link] = field(default_factory=dict)
    candidates: Mapping[str, Candidate] = field(default_factory=dict)


def link_claims(snapshot: Snapshot, claims: Iterable[ClaimRow], catalogue: Catalogue) -> Linking:
    """Link every claim."""
    linker = _Linker(snapshot, catalogue)
    ordered = sorted(claims, key=linker.order)
    links = {link.claim_id: link for claim in ordered if (link := linker.by_reference(claim))}
    candidates = _candidates(linker, [claim for claim in ordered if claim.id not in links])
    for candidate in candidates:
        for claim_id in candidate.claim_ids:
            links[claim_id] = Link(claim_id, "project", candidate.id, candidate.evidence)
    for claim in ordered:
        if claim.id not in links:
            links[claim.id] = linker.by_document(claim, links) or linker.by_scope(claim)
    return Linking(links, {candidate.id: candidate for candidate in candidates})


class _Linker:
    """The rules that need the catalogue and the document of a claim."""

    def __init__(self, snapshot: Snapshot, catalogue: Catalogue) -> None:
        self.snapshot = snapshot
        self.catalogue = catalogue

    def order(self, claim: ClaimRow) -> tuple[str, str, str, int, str]:
        document = self.snapshot.document(claim)
        return (document.published_at or "9999", document.id, claim.quoted_from, claim.start, claim.id)

    def companies(self, claim: ClaimRow) -> tuple[str, ...]:
        """Ids of the companies of a claim, unknown ones by their slug."""
        day = self.snapshot.document(claim).day
        return tuple(self.catalogue.company(each.name, day) or slug(each.name) for each in claim.companies)

    def by_reference(self, claim: ClaimRow) -> Link | None:
        if claim.project_name:
            return self._by_name(claim, claim.project_name)
        if claim.place_name and claim.metric in SITE_METRICS:
            return self._by_place(claim, claim.place_name)
        return None

    def _by_name(self, claim: ClaimRow, name: str) -> Link | None:
        found = self.catalogue.projects_called(name)
        if len(found) > 1:
            found = self._narrowed(found, claim)
        if len(found) != 1:
            return None
        project = self.catalogue.projects[found[0]]
        if (
            project_key(name) != key(name)
            and key(name) not in map(key, project.forms)
            and not self._fits(claim, project)
        ):
            return None
        return self._in_project(claim, project, f"named “{name}”")

    def _fits(self, claim: ClaimRow, project: Project) -> bool:
        """A form that lost a word such as "campus" needs a company or a place of the project beside it."""
        named = {member for company in self.companies(claim) for member in self.catalogue.family(company)}
        below = [project.slug, *self.catalogue.descendants(project.slug)]
        return bool(named & self.catalogue.parties(project.slug)) or any(
            place_key(claim.place_name or "") == place_key(self.catalogue.projects[each].place or "-") for each in below
        )

    def _narrowed(self, found: Sequence[str], claim: ClaimRow) -> tuple[str, ...]:
        """Of several projects of one name, those at the claim's place; of these, those of its companies."""
        projects = self.catalogue.projects
        for admin1, country in ((claim.admin1, claim.country), (None, claim.country)):
            there = tuple(
                each
                for each in found
                if agree(projects[each].admin1, admin1)
                and agree(projects[each].country, country)
                and (admin1 or country)
            )
            if there:
                found = there
                break
        named = {member for company in self.companies(claim) for member in self.catalogue.family(company)}
        return tuple(each for each in found if self.catalogue.parties(each) & named) if len(found) > 1 else tuple(found)

    def _in_project(self, claim: ClaimRow, project: Project, reason: str) -> Link:
        """The project itself, or the one part of it that stands at the claim's place."""
        projects = self.catalogue.projects
        if claim.place_name and place_key(claim.place_name) != place_key(project.place or ""):
            there = [
                each
                for each in self.catalogue.descendants(project.slug)
                if place_key(projects[each].place or "") == place_key(claim.place_name)
                and agree(projects[each].country, claim.country)
            ]
            top = [each for each in there if not set(self.catalogue.ancestors(each)) & set(there)]
            if len(top) == 1:
                return Link(claim.id, "project", top[0], f"{reason}, its part in {claim.place_name}")
        elif not claim.place_name and claim.country and project.country and claim.country != project.country:
            there = [
                each for each in self.catalogue.descendants(project.slug) if projects[each].country == claim.country
            ]
            if len(there) == 1:
                return Link(claim.id, "project", there[0], f"{reason}, its part in {claim.country}")
        return Link(claim.id, "project", project.slug, reason)

    def _by_place(self, claim: ClaimRow, place: str) -> Link | None:
        there = self.catalogue.projects_at(place, claim.admin1, claim.country)
        named = {member for company in self.companies(claim) for member in self.catalogue.family(company)}
        if named:
            there = tuple(each for each in there if named & self.catalogue.parties(each))
        top = [each for each in there if not set(self.catalogue.ancestors(each)) & set(there)]
        if len(top) != 1:
            return None
        who = ", ".join(each.name for each in claim.companies)
        return Link(claim.id, "project", top[0], f"in {place}" + (f", by {who}" if who else ""))

    def by_document(self, claim: ClaimRow, links: Mapping[str, Link]) -> Link | None:
        """A figure of "the site" belongs to the one project that its document has figures of."""
        if claim.scope not in ("site", "phase") or claim.project_name or claim.metric not in SITE_METRICS:
            return None
        others = [links[other.id] for other in self.snapshot.claims_of[claim.document_id] if other.id in links]
        found = {link.project_id for link in others if link.project_id}
        if len(found) != 1 or any(link.linked_to != "project" for link in others):
            return None
        if claim.place_name and not any(
            place_key(other.place_name or "") == place_key(claim.place_name)
            for other in self.snapshot.claims_of[claim.document_id]
            if other.id in links
        ):
            return None
        return Link(claim.id, "project", found.pop(), "the one project of its document")

    def by_scope(self, claim: ClaimRow) -> Link:
        if claim.project_name and len(self.catalogue.projects_called(claim.project_name)) > 1:
            return Link(claim.id, "nothing", None, f"several projects are called “{claim.project_name}”")
        if claim.companies:
            who = ", ".join(each.name for each in claim.companies)
            return Link(claim.id, "company", None, f"of {who} as a whole: no project and no site named")
        if claim.metric in MARKET_METRICS and not claim.place_name:
            return Link(claim.id, "market", None, "no company, project or town: the market")
        return Link(claim.id, "nothing", None, "names no company and no project")


def _candidates(linker: _Linker, claims: Sequence[ClaimRow]) -> list[Candidate]:
    """Group unlinked claims into named projects, then into unnamed sites of a company at a place."""
    named: dict[str, list[ClaimRow]] = {}
    placed: dict[tuple[str, str], list[ClaimRow]] = {}
    for claim in claims:
        if claim.project_name and not is_generic(claim.project_name):
            if not linker.catalogue.projects_called(claim.project_name):
                named.setdefault(project_key(claim.project_name), []).append(claim)
        elif claim.place_name and claim.metric in SITE_METRICS and claim.scope not in WIDE_SCOPES and claim.companies:
            placed.setdefault((place_key(claim.place_name), claim.country or ""), []).append(claim)
    taken = set(linker.catalogue.projects)
    made: list[Candidate] = []
    for core in sorted(named):
        for number, group in enumerate(_split_by_place(linker, named[core])):
            made.append(_named_candidate(linker, core, group, number, taken))
            taken.add(made[-1].id)
    for where in sorted(placed):
        for group in _by_shared_company(linker, placed[where]):
            host = _host(linker, made, group)
            if host is not None:
                made[made.index(host)] = _joined(host, group)
            else:
                made.append(_site_candidate(linker, group, taken))
                taken.add(made[-1].id)
    return made


def _split_by_place(linker: _Linker, group: Sequence[ClaimRow]) -> list[list[ClaimRow]]:
    """
    One name in two states, with no company in common, is two projects. The first one said comes first, so that
    a second never takes its id.
    """
    parts: list[list[ClaimRow]] = []
    for claim in [c for c in group if c.admin1 or c.country] + [c for c in group if not (c.admin1 or c.country)]:
        own = set(linker.companies(claim))
        for part in parts:
            same_place = any(
                agree(claim.admin1, other.admin1) and agree(claim.country, other.country) for other in part
            )
            same_company = any(own & set(linker.companies(other)) for other in part)
            if same_place or same_company:
                part.append(claim)
                break
        else:
            parts.append([claim])
    return parts


def _by_shared_company(linker: _Linker, group: Sequence[ClaimRow]) -> list[list[ClaimRow]]:
    """Claims at one place, joined when they share a company and do not name different states."""
    parts: list[list[ClaimRow]] = []
    for claim in group:
        own = set(linker.companies(claim))
        joined = [
            part
            for part in parts
            if any(own & set(linker.companies(other)) and agree(claim.admin1, other.admin1) for other in part)
        ]
        merged = [each for part in joined for each in part] + [claim]
        parts = [part for part in parts if part not in joined] + [merged]
    return [sorted(part, key=linker.order) for part in parts]


def _host(linker: _Linker, made: Sequence[Candidate], group: Sequence[ClaimRow]) -> Candidate | None:
    """The one named candidate at this place with a company of the group."""
    first = group[0]
    own = {company for claim in group for company in linker.companies(claim)}
    found = [
        each
        for each in made
        if each.place
        and place_key(each.place) == place_key(first.place_name or "")
        and agree(each.admin1, first.admin1)
        and agree(each.country, first.country)
        and own & set(each.companies)
    ]
    return found[0] if len(found) == 1 else None


def _named_candidate(linker: _Linker, core: str, group: Sequence[ClaimRow], number: int, taken: set[str]) -> Candidate:
    first = group[0]
    base = slug(core) if len(core) > 5 else slug("project", core)
    made = base if number == 0 else slug(base, first.admin1 or first.country or str(number + 1))
    made = f"{made}-candidate" if made in taken else made
    place, admin1, country = _where(group)
    words = core.split()
    parent = next(
        (
            found[0]
            for end in range(len(words) - 1, 0, -1)
            if len(found := linker.catalogue.projects_called(" ".join(words[:end]))) == 1
            and linker.catalogue.projects[found[0]].level == "umbrella"
        ),
        None,
    )
    name = Counter(claim.project_name or "" for claim in group).most_common(1)[0][0]
    return Candidate(
        made, name, place, admin1, country, parent, _who(linker, group), tuple(claim.id for claim in group),
        f"named “{first.project_name}” first in “{linker.snapshot.document(first).title}”",
    )  # fmt: skip


def _site_candidate(linker: _Linker, group: Sequence[ClaimRow], taken: set[str]) -> Candidate:
    first = group[0]
    who = first.companies[0].name
    made = slug(who, first.place_name, first.admin1 or first.country)
    while made in taken:
        made += "-site"
    return Candidate(
        made, f"{who} {first.place_name}", first.place_name, *_where(group)[1:], None, _who(linker, group),
        tuple(claim.id for claim in group),
        f"a site of {who} in {first.place_name}, not named; first in “{linker.snapshot.document(first).title}”",
    )  # fmt: skip


def _joined(host: Candidate, group: Sequence[ClaimRow]) -> Candidate:
    return Candidate(
        host.id, host.name, host.place, host.admin1, host.country, host.parent, host.companies,
        (*host.claim_ids, *(claim.id for claim in group)), host.evidence,
    )  # fmt: skip


def _where(group: Sequence[ClaimRow]) -> tuple[str | None, str | None, str | None]:
    """The place that most claims give, as finely as they do; the first said wins a tie."""
    found = []
    for values in ((c.place_name for c in group), (c.admin1 for c in group), (c.country for c in group)):
        counted = Counter(value for value in values if value)
        found.append(counted.most_common(1)[0][0] if counted else None)
    towns = {place_key(claim.place_name) for claim in group if claim.place_name}
    return (found[0] if len(towns) == 1 else None, found[1], found[2])


def _who(linker: _Linker, group: Sequence[ClaimRow]) -> tuple[str, ...]:
    return tuple(each for each, _ in Counter(c for claim in group for c in linker.companies(claim)).most_common())
