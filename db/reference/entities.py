"""
Companies, chips and projects, as the CSV files beside this module list them.

In: the CSV files. Out: tuples of frozen dataclasses, in the order of the files (by slug), read once and kept.
Never decides what a text means: a form that needs context is only named as such (`ambiguous`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_DATED_ALIAS = re.compile(r"(?P<text>.+?) \[(?P<valid_from>[\d-]*)\.\.(?P<valid_to>[\d-]*)\]")


class ReferenceDataError(ValueError):
    """A line of a reference file that cannot be read: which file, which line, what is wrong."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One written form of a name, with the dates (ISO, or null) between which it was in use."""

    text: str
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """Who builds, owns, runs, rents, finances, powers or supplies."""

    slug: str
    name: str
    """The usual short name, as claims write it."""
    kind: str
    country: str | None
    parent: str | None
    """Slug of the company that owns it."""
    aliases: tuple[str, ...]
    """Every other written form, matched case-sensitively on word boundaries."""
    ambiguous: frozenset[str]
    """Those of name and aliases that are also ordinary words, places or other companies: they need context."""
    ticker: str | None
    cik: str | None
    wikidata: str | None
    roles: tuple[str, ...]
    dated_aliases: tuple[Alias, ...] = ()
    """Those of the aliases that came into use, or went out of it, on a known day."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Chip:
    """An accelerator, a processor, a system or rack of them, or a family of them."""

    slug: str
    name: str
    """Vendor and model as claims write them: "NVIDIA GB200"."""
    vendor: str
    family: str | None
    kind: str
    """gpu, asic, cpu, superchip, system, rack or family."""
    generation: str | None
    year: int | None
    """Year of the launch, or of the planned launch."""
    power_w: float | None
    chips_per_system: int | None
    chip: str | None
    """For a system or rack: slug of the chip inside it."""
    aliases: tuple[str, ...]
    ambiguous: frozenset[str]

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Project:
    """An umbrella programme, a campus, a phase or a building."""

    slug: str
    name: str
    level: str
    """umbrella, campus, phase or building."""
    parent: str | None
    place: str | None
    """Town, county or district, as the gazetteer names it; null for a programme of many places."""
    admin1: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    companies: tuple[tuple[str, str], ...]
    """(role, company slug)."""
    aliases: tuple[str, ...]
    codenames: tuple[str, ...]
    """Names used in permits and filings before (or instead of) the public one."""
    ambiguous: frozenset[str]
    """Those of the forms that name other things as well: they need a company or place of the project beside them."""
    renamed_on: str | None
    """Day from which `name` replaced the first alias."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The name, every alias and every codename."""
        return (self.name, *self.aliases, *self.codenames)


@cache
def companies() -> tuple[Company, ...]:
    """Every company of companies.csv."""
    return tuple(_company(row) for row, _ in _rows("companies.csv"))


@cache
def chips() -> tuple[Chip, ...]:
    """Every chip, system and family of chips.csv."""
    return tuple(_chip(row, where) for row, where in _rows("chips.csv"))


@cache
def projects() -> tuple[Project, ...]:
    """Every project of projects.csv."""
    return tuple(_project(row, where) for row, where in _rows("projects.csv"))


def _company(row: Mapping[str, str]) -> Company:
    aliases = tuple(_alias(part) for part in parts(row["aliases"]))
    return Company(
        slug=row["slug"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"] or None,
        parent=row["parent"] or None,
        aliases=tuple(alias.text for alias in aliases),
        ambiguous=frozenset(parts(row["ambiguous"])),
        ticker=row["ticker"] or None,
        cik=row["cik"] or None,
        wikidata=row["wikidata"] or None,
        roles=parts(row["roles"]),
        dated_aliases=tuple(alias for alias in aliases if alias.valid_from or alias.valid_to),
    )


def _chip(row: Mapping[str, str], where: str) -> Chip:
    year, chips_per_system = _number(row, "year", where), _number(row, "chips_per_system", where)
    return Chip(
        slug=row["slug"],
        name=row["name"],
        vendor=row["vendor"],
        family=row["family"] or None,
        kind=row["kind"],
        generation=row["generation"] or None,
        year=None if year is None else int(year),
        power_w=_number(row, "power_w", where),
        chips_per_system=None if chips_per_system is None else int(chips_per_system),
        chip=row["chip"] or None,
        aliases=parts(row["aliases"]),
        ambiguous=frozenset(parts(row["ambiguous"])),
    )


def _project(row: Mapping[str, str], where: str) -> Project:
    return Project(
        slug=row["slug"],
        name=row["name"],
        level=row["level"],
        parent=row["parent"] or None,
        place=row["place"] or None,
        admin1=row["admin1"] or None,
        country=row["country"] or None,
        latitude=_number(row, "latitude", where),
        longitude=_number(row, "longitude", where),
        companies=tuple(_role(part, where) for part in parts(row["companies"])),
        aliases=parts(row["aliases"]),
        codenames=parts(row["codenames"]),
        ambiguous=frozenset(parts(row["ambiguous"])),
        renamed_on=row["renamed_on"] or None,
    )


def read_lines(file: str) -> list[dict[str, str]]:
    """Every line of a reference file as a dictionary."""
    return [row for row, _ in _rows(file)]


def _rows(file: str) -> list[tuple[dict[str, str], str]]:
    """Every line as a dictionary, with the words "file, line n" for messages."""
    rows: list[tuple[dict[str, str], str]] = []
    with (FOLDER / file).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        for row in reader:
            where = f"db/reference/{file}, line {reader.line_num}"
            if None in row or None in row.values():
                raise ReferenceDataError(f"{where}: not as many fields as the heading names")
            rows.append((row, where))
    return rows


def parts(text: str) -> tuple[str, ...]:
    """A cell that holds a list, split at its bars."""
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _alias(text: str) -> Alias:
    """`SpaceXAI [2026-05-06..]` is in use from that day; a bare form always was."""
    dated = _DATED_ALIAS.fullmatch(text)
    if dated is None:
        return Alias(text)
    return Alias(dated["text"], dated["valid_from"] or None, dated["valid_to"] or None)


def _number(row: Mapping[str, str], field: str, where: str) -> float | None:
    text = row[field]
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise ReferenceDataError(f"{where}: {field} must be a number or empty, not {text!r}") from None


def _role(part: str, where: str) -> tuple[str, str]:
    role, colon, slug = part.partition(":")
    if not colon or not role or not slug:
        raise ReferenceDataError(f"{where}: companies must be role:company-slug, not {part!r}")
    return role, slug
