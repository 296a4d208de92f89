"""
The reference as the knowledge uses it: by id, and by every written form.

In: the tuples of `db.reference`. Out: a `Catalogue` that answers which company, chip or project a name is. An answer is
null when the name is unknown or stands for several. Never guesses by likeness: a form is in the reference or it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from db.knowledge.names import company_key, key, place_key, project_key, slug
from db.reference import Chip, Company, GazetteerPlace, Project

Locate = Callable[[str | None, str | None, str | None], tuple[GazetteerPlace, ...]]
"""(town, state or province, country) to the place and everything it lies in, narrowest first."""


def _nowhere(name: str | None, admin1: str | None, country: str | None) -> tuple[GazetteerPlace, ...]:
    return ()


@dataclass(frozen=True)
class Catalogue:
    """Companies, chips, projects and places that are known before any page is read."""

    companies: Mapping[str, Company] = field(default_factory=dict)
    chips: Mapping[str, Chip] = field(default_factory=dict)
    projects: Mapping[str, Project] = field(default_factory=dict)
    locate: Locate = _nowhere

    def company(self, name: str, on: str | None = None) -> str | None:
        """Id of the company that was called `name` on a day."""
        found = self._company_forms.get(key(name)) or self._company_forms.get(company_key(name)) or ()
        if len(found) > 1 and on:
            found = tuple(slug for slug in found if self._called(slug, name, on))
        return found[0] if len(found) == 1 else None

    def company_id(self, name: str, on: str | None = None) -> str:
        """Id of a company, known or not: that of an unknown one is made from its name."""
        return self.company(name, on) or slug(company_key(name))

    def chip_id(self, name: str | None) -> str | None:
        """Id of a chip, known or not."""
        return (self.chip(name) or slug(name)) if name else None

    def chip(self, name: str) -> str | None:
        """Id of a chip; of "NVIDIA GB200 + NVIDIA GB300", that of the first."""
        for form in (name, name.split(" + ")[0]):
            found = self._chip_forms.get(key(form), ())
            if len(found) == 1:
                return found[0]
        return None

    def projects_called(self, name: str) -> tuple[str, ...]:
        """Ids of every project with this written form; the exact form first, then without words like "campus"."""
        for form in (name, *_parts(name)):
            for found in (self._project_forms.get(key(form)), self._project_cores.get(project_key(form))):
                if found:
                    return found
        return ()

    def projects_at(self, name: str, admin1: str | None, country: str | None) -> tuple[str, ...]:
        """Ids of the projects in a town, or in the county that a town lies in, or in a town of a county."""
        marks = {f"name {place_key(name)}"}
        chain = self.locate(name, admin1, country)
        if chain:
            place = chain[0]
            county = f"{place.country} {place.admin1} {place_key(place.admin2 or place.name)}"
            marks |= {f"place {place.slug}", f"within {county}" if place.kind == "county" else f"county {county}"}
        found = {slug for mark in marks for slug in self._project_places.get(mark, ())}
        return tuple(
            sorted(
                slug
                for slug in found
                if agree(self.projects[slug].admin1, admin1) and agree(self.projects[slug].country, country)
            )
        )

    def projects_shortened(self, name: str, place: str, admin1: str | None, country: str | None) -> tuple[str, ...]:
        """Ids of the projects at a place whose name begins with `name`: "PORTS" for the PORTS Technology Campus."""
        start = f"{key(name)} "
        return tuple(
            slug
            for slug in self.projects_at(place, admin1, country)
            if any(key(form).startswith(start) for form in self.projects[slug].forms)
        )

    def namesakes_in(self, name: str, country: str) -> tuple[str, ...]:
        """Ids of the projects of a country whose name begins with `name`: "Stargate Korea" for "Stargate"."""
        start = f"{project_key(name)} "
        return tuple(
            slug
            for slug, project in sorted(self.projects.items())
            if project.country == country and any(key(form).startswith(start) for form in project.forms)
        )

    def place_mark(self, name: str, admin1: str | None, country: str | None) -> str:
        """One key for all spellings of a place: "Vizag" and "Visakhapatnam"."""
        chain = self.locate(name, admin1, country)
        return chain[0].slug if chain and key(chain[0].name) != key(admin1 or "") else place_key(name)

    def descendants(self, slug: str) -> tuple[str, ...]:
        """Every project below one, however deep."""
        found: list[str] = []
        waiting = list(self._children.get(slug, ()))
        while waiting:
            child = waiting.pop()
            if child not in found and child != slug:
                found.append(child)
                waiting.extend(self._children.get(child, ()))
        return tuple(sorted(found))

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """The parent, its parent, and so on."""
        found: list[str] = []
        step = self.projects[slug].parent if slug in self.projects else None
        while step and step in self.projects and step not in found:
            found.append(step)
            step = self.projects[step].parent
        return tuple(found)

    def family(self, company: str) -> frozenset[str]:
        """A company with everything that owns it."""
        found: list[str] = []
        step: str | None = company
        while step and step not in found:
            found.append(step)
            known = self.companies.get(step)
            step = known.parent if known else None
        return frozenset(found)

    def parties(self, project: str) -> frozenset[str]:
        """The companies of a project and of everything it is part of, with their owners."""
        own = {slug for each in (project, *self.ancestors(project)) for _, slug in self.projects[each].companies}
        return frozenset(member for slug in own for member in self.family(slug))

    def _called(self, slug: str, name: str, on: str) -> bool:
        for alias in self.companies[slug].dated_aliases:
            if key(alias.text) == key(name):
                return (alias.valid_from or "") <= on and on < (alias.valid_to or "9")
        return True

    @cached_property
    def _company_forms(self) -> Mapping[str, tuple[str, ...]]:
        return _index(
            (form, slug)
            for slug, company in self.companies.items()
            for name in (company.name, *company.aliases)
            for form in (key(name), company_key(name))
        )

    @cached_property
    def _chip_forms(self) -> Mapping[str, tuple[str, ...]]:
        return _index((key(form), slug) for slug, chip in self.chips.items() for form in (chip.name, *chip.aliases))

    @cached_property
    def _project_forms(self) -> Mapping[str, tuple[str, ...]]:
        return _index((key(form), slug) for slug, project in self.projects.items() for form in project.forms)

    @cached_property
    def _project_cores(self) -> Mapping[str, tuple[str, ...]]:
        return _index((project_key(form), slug) for slug, project in self.projects.items() for form in project.forms)

    @cached_property
    def _project_places(self) -> Mapping[str, tuple[str, ...]]:
        return _index(
            (mark, slug)
            for slug, project in self.projects.items()
            if project.place
            for mark in self._marks(project.place, project.admin1, project.country)
        )

    def _marks(self, name: str, admin1: str | None, country: str | None) -> Iterable[str]:
        yield f"name {place_key(name)}"
        chain = self.locate(name, admin1, country)
        if chain:
            place = chain[0]
            county = f"{place.country} {place.admin1} {place_key(place.admin2 or place.name)}"
            yield f"place {place.slug}"
            yield f"county {county}" if place.kind == "county" else f"within {county}"

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        return _index((project.parent, slug) for slug, project in self.projects.items() if project.parent)


def default_catalogue() -> Catalogue:
    """The catalogue of `db.reference`."""
    from db.knowledge.places import locate
    from db.reference import chips, companies, projects

    return Catalogue(
        {company.slug: company for company in companies()},
        {chip.slug: chip for chip in chips()},
        {project.slug: project for project in projects()},
        locate,
    )


def agree(one: str | None, other: str | None) -> bool:
    """Whether two names are one, or one of them is not given."""
    return not one or not other or key(one) == key(other)


def _parts(name: str) -> tuple[str, ...]:
    """The halves of "Frontier (Stargate Shackelford)" and "Lighthouse / Stargate Wisconsin"."""
    cut = name.replace("(", "/").replace(")", "/")
    return tuple(part.strip() for part in cut.split("/") if part.strip()) if "/" in cut else ()


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for form, owner in pairs:
        if form and owner not in found.setdefault(form, []):
            found[form].append(owner)
    return {form: tuple(sorted(slugs)) for form, slugs in found.items()}
