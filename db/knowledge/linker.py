"""
What a claim is about, as far as the reference can tell.

In: a claim with its document, the catalogue. Out: a `Link`, or null. By the name of its project, else by place and
company, else as the one site of its document; what is left belongs to a company, to the market, or openly to nothing.
Never guesses between two projects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.knowledge.catalogue import Catalogue, agree
from db.knowledge.fiscal import is_guidance
from db.knowledge.model import MONEY, SITE_METRICS, ClaimRow, MentionRow, Snapshot
from db.knowledge.names import is_generic, key, place_key, project_key
from db.knowledge.values import same_number
from db.reference import Project

MARKET_METRICS = frozenset({"capex", "power", "generation", "chips"})
BESIDE_LETTERS = 240


@dataclass(frozen=True, slots=True)
class Link:
    """What a claim is about: `linked_to` is project, company, market or nothing."""

    claim_id: str
    linked_to: str
    project_id: str | None
    reason: str


class Linker:
    """The rules that need the catalogue and the document of a claim."""

    def __init__(self, snapshot: Snapshot, catalogue: Catalogue) -> None:
        self.snapshot = snapshot
        self.catalogue = catalogue
        self._mentioned: dict[str, list[MentionRow]] = {}
        for mention in snapshot.mentions:
            if mention.kind == "company":
                self._mentioned.setdefault(mention.document_id, []).append(mention)

    def order(self, claim: ClaimRow) -> tuple[str, str, str, int, str]:
        """Order of claims by the day they were said, then by document and position."""
        document = self.snapshot.document(claim)
        return (document.published_at or "9999", document.id, claim.quoted_from, claim.start, claim.id)

    def companies(self, claim: ClaimRow) -> tuple[str, ...]:
        """Ids of the companies of a claim, unknown ones by their slug."""
        day = self.snapshot.document(claim).day
        return tuple(self.catalogue.company_id(each.name, day) for each in claim.companies)

    def by_reference(self, claim: ClaimRow) -> Link | None:
        """A project of the reference: by its name, else by place and company."""
        if is_guidance(claim, self.snapshot.document(claim).kind):
            return None
        if claim.project_name:
            return self._by_name(claim, claim.project_name)
        return self._by_place(claim)

    def _by_name(self, claim: ClaimRow, name: str) -> Link | None:
        found = self.catalogue.projects_called(name)
        if not found and claim.place_name and not is_generic(name):
            short = self.catalogue.projects_shortened(name, claim.place_name, claim.admin1, claim.country)
            if len(short) == 1:
                full = self.catalogue.projects[short[0]].name
                return Link(claim.id, "project", short[0], f"named “{name}”, short for {full} in {claim.place_name}")
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
        if abroad := self._namesake_abroad(claim, project):
            return Link(claim.id, "project", abroad, f"{reason}, the one of that name in {claim.country}")
        if claim.scope in ("programme", "country"):
            return Link(claim.id, "project", project.slug, reason)
        if claim.place_name and place_key(claim.place_name) != place_key(project.place or ""):
            near = self.catalogue.projects_at(claim.place_name, claim.admin1, claim.country)
            there = [each for each in self.catalogue.descendants(project.slug) if each in near]
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

    def _namesake_abroad(self, claim: ClaimRow, project: Project) -> str | None:
        """Of a programme's name, the programme of another country that bears it too, by the same companies."""
        if project.level != "umbrella" or not claim.country or claim.country == (project.country or claim.country):
            return None
        named = {member for company in self.companies(claim) for member in self.catalogue.family(company)}
        below = self.catalogue.descendants(project.slug)
        found = [
            each
            for each in self.catalogue.namesakes_in(claim.project_name or "", claim.country)
            if each not in below and named & self.catalogue.parties(each)
        ]
        return found[0] if len(found) == 1 else None

    def options(self, claim: ClaimRow) -> tuple[str, ...]:
        """The listed projects of the claim's companies at its place, without the parts of another of them."""
        if (
            claim.project_name
            or not claim.place_name
            or claim.metric not in SITE_METRICS
            or (claim.scope == "country" and claim.metric in MONEY)
            or is_guidance(claim, self.snapshot.document(claim).kind)
        ):
            return ()
        there = self.catalogue.projects_at(claim.place_name, claim.admin1, claim.country)
        if claim.companies:
            # Where two companies are named, the project of both comes before those of one of them.
            shared = {
                each: sum(
                    bool(self.catalogue.family(company) & self.catalogue.parties(each))
                    for company in self.companies(claim)
                )
                for each in there
            }
            most = max(shared.values(), default=0)
            there = tuple(each for each in there if most and shared[each] == most)
        return tuple(each for each in there if not set(self.catalogue.ancestors(each)) & set(there))

    def _by_place(self, claim: ClaimRow) -> Link | None:
        found = self.options(claim)
        if len(found) != 1:
            return None
        who = ", ".join(each.name for each in claim.companies)
        return Link(claim.id, "project", found[0], f"in {claim.place_name}" + (f", by {who}" if who else ""))

    def by_figure(self, claim: ClaimRow, linked: Mapping[str, Sequence[ClaimRow]]) -> Link | None:
        """Of several projects at one place, the one of which the same figure is said by name."""
        found = [
            each
            for each in self.options(claim)
            if any(other.metric == claim.metric and same_number(other, claim) for other in linked.get(each, ()))
        ]
        if len(found) != 1:
            return None
        name = self.catalogue.projects[found[0]].name
        return Link(claim.id, "project", found[0], f"in {claim.place_name}, with a figure that is said of {name}")

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
        """What is of no project: of a company, of the market, or of nothing that can be told."""
        if several := self.options(claim):
            names = ", ".join(self.catalogue.projects[each].name for each in several)
            return Link(claim.id, "nothing", None, f"several projects in {claim.place_name}: {names}")
        if claim.project_name and len(self.catalogue.projects_called(claim.project_name)) > 1:
            return Link(claim.id, "nothing", None, f"several projects are called “{claim.project_name}”")
        if claim.companies and self.builds_nothing(claim):
            who = ", ".join(each.name for each in claim.companies)
            return Link(claim.id, "market", None, f"what {who} says of the market: it builds nothing itself")
        if claim.companies:
            who = ", ".join(each.name for each in claim.companies)
            return Link(claim.id, "company", None, f"of {who} as a whole: no project and no site named")
        if beside := self._company_beside(claim):
            return Link(claim.id, "nothing", None, f"names no company itself, and stands beside {beside}")
        if claim.metric in MARKET_METRICS and not claim.place_name:
            return Link(claim.id, "market", None, "no company, project or town: the market")
        return Link(claim.id, "nothing", None, "names no company and no project")

    def builds_nothing(self, claim: ClaimRow) -> bool:
        """Whether only consultants are named, who count what others build."""
        roles = [c.roles if (c := self.catalogue.companies.get(each)) else () for each in self.companies(claim)]
        return claim.metric in MARKET_METRICS and all("consultant" in each for each in roles)

    def _company_beside(self, claim: ClaimRow) -> str | None:
        """A company in the title or near the figure: the figure may be its own, so it is not the market's."""
        for mention in self._mentioned.get(claim.document_id, ()):
            near = mention.quoted_from == claim.quoted_from and abs(mention.start - claim.start) <= BESIDE_LETTERS
            if near or mention.quoted_from == "title":
                return mention.name
        return None
