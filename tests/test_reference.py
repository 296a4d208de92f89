"""The reference files hold together: every name has one owner, every pointer a target, every code is a code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pytest

from db.reference import Chip, Company, Project, chips, companies, entities, find_places, projects

COMPANY_KINDS = {
    "hyperscaler", "lab", "neocloud", "developer", "operator", "chips", "systems", "utility", "generation", "finance",
    "telecom", "conglomerate", "software", "construction", "government", "other",
}  # fmt: skip
ROLES = {"owner", "developer", "operator", "tenant", "builder", "financier", "utility", "supplier", "consultant"}
CHIP_KINDS = {"gpu", "asic", "cpu", "superchip", "system", "rack", "family"}
LEVELS = ("umbrella", "campus", "phase", "building")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def forms_with_two_owners(entries: Iterable[Company | Chip | Project]) -> list[tuple[str, str, str]]:
    owners: dict[str, str] = {}
    return [
        (form, owners[form], entry.slug)
        for entry in entries
        for form in entry.forms
        if owners.setdefault(form, entry.slug) != entry.slug
    ]


def test_every_slug_is_a_slug_and_is_there_once() -> None:
    for entries in (companies(), chips(), projects()):
        slugs = [entry.slug for entry in entries]
        assert len(slugs) == len(set(slugs))
        assert [slug for slug in slugs if not SLUG.fullmatch(slug)] == []


def test_files_are_sorted_by_slug_so_that_a_change_is_one_line() -> None:
    for entries in (companies(), chips(), projects()):
        assert [entry.slug for entry in entries] == sorted(entry.slug for entry in entries)


def test_no_written_form_belongs_to_two() -> None:
    assert forms_with_two_owners(companies()) == []
    assert forms_with_two_owners(chips()) == []
    assert forms_with_two_owners(projects()) == []


def test_company_fields_are_of_the_known_kinds() -> None:
    slugs = {company.slug for company in companies()}
    for company in companies():
        assert company.kind in COMPANY_KINDS, company.slug
        assert set(company.roles) <= ROLES, company.slug
        assert company.roles or company.kind == "other", company.slug
        assert company.parent is None or company.parent in slugs, company.slug
        assert company.ambiguous <= set(company.forms), company.slug
        assert company.cik is None or company.cik.isdecimal(), company.slug
        assert company.wikidata is None or re.fullmatch(r"Q\d+", company.wikidata), company.slug
        assert company.ticker is None or re.fullmatch(r"[A-Z]+:[A-Z0-9.]+", company.ticker), company.slug


@pytest.mark.parametrize("column", ["ticker", "cik", "wikidata"])
def test_outside_ids_are_there_once(column: str) -> None:
    ids = [getattr(company, column) for company in companies() if getattr(company, column)]
    assert len(ids) == len(set(ids))


def test_parents_run_in_no_circle() -> None:
    for entries in (companies(), projects()):
        parents = {entry.slug: entry.parent for entry in entries}
        for slug in parents:
            seen = {slug}
            above = parents[slug]
            while above is not None:
                assert above not in seen, slug
                seen.add(above)
                above = parents[above]


def test_chip_fields_are_of_the_known_kinds() -> None:
    names, slugs = {company.name for company in companies()}, {chip.slug for chip in chips()}
    for chip in chips():
        assert chip.kind in CHIP_KINDS, chip.slug
        assert chip.vendor in names, chip.slug
        assert chip.chip is None or (chip.chip in slugs and chip.kind in {"system", "rack"}), chip.slug
        assert chip.ambiguous <= set(chip.forms), chip.slug
        assert chip.year is None or 1990 < chip.year < 2031, chip.slug


def test_project_fields_are_of_the_known_kinds() -> None:
    known = {project.slug: project for project in projects()}
    owners = {company.slug for company in companies()}
    for project in projects():
        assert project.level in LEVELS, project.slug
        assert project.ambiguous <= set(project.forms), project.slug
        assert {role for role, _ in project.companies} <= ROLES, project.slug
        assert {slug for _, slug in project.companies} <= owners, project.slug
        assert len(project.companies) == len(set(project.companies)), project.slug
        assert project.country, project.slug
        assert project.renamed_on is None or (date.fromisoformat(project.renamed_on) and project.aliases), project.slug
        if project.parent is not None:
            assert LEVELS.index(known[project.parent].level) <= LEVELS.index(project.level), project.slug


def test_every_project_lies_where_the_gazetteer_knows_a_place() -> None:
    for project in projects():
        if project.place is None:
            assert project.latitude is None, project.slug
            continue
        found = [
            place
            for place in find_places(project.place)
            if place.country == project.country and project.admin1 in {place.admin1, None, ""}
        ]
        found += [place for place in find_places(project.place) if place.kind == "county" and place.country == "GB"]
        assert found, f"{project.slug}: {project.place}, {project.admin1}, {project.country}"
        assert (project.latitude, project.longitude) in {(p.latitude, p.longitude) for p in found}, project.slug


def test_a_project_that_is_called_like_a_company_needs_context() -> None:
    names = {form for company in companies() for form in company.forms}
    for project in projects():
        assert set(project.forms) & names <= project.ambiguous, project.slug


@pytest.mark.parametrize(
    ("form", "slug"),
    [
        ("Project Ludicrous", "stargate-abilene"),
        ("Lancium Clean Campus", "stargate-abilene"),
        ("Project Artemis", "stargate-abilene"),
        ("Frontier", "frontier"),
        ("Stargate Wisconsin", "lighthouse"),
        ("Freebird", "stargate-milam-county"),
        ("Project Jade", "crusoe-tallgrass-wyoming"),
        ("Project Zodiac", "google-fort-wayne"),
        ("Project Cannoli", "google-van-buren-township"),
        ("Laidley", "hyperion"),
        ("Homer City Generating Station", "homer-city-energy-campus"),
    ],
)
def test_codenames_lead_to_the_project(form: str, slug: str) -> None:
    assert [project.slug for project in projects() if form in project.forms] == [slug]


def test_a_renamed_project_keeps_its_first_name_first() -> None:
    renamed = {project.slug: (project.aliases[0], project.renamed_on) for project in projects() if project.renamed_on}
    assert renamed["crane-clean-energy-center"] == ("Three Mile Island Unit 1", "2024-09-20")


def test_the_umbrella_holds_its_campuses() -> None:
    campuses = {project.slug for project in projects() if project.parent == "stargate"}
    assert {"stargate-abilene", "frontier", "lighthouse", "project-jupiter", "stargate-michigan"} <= campuses


def test_the_reference_is_as_large_as_it_says() -> None:
    assert len(companies()) >= 400
    assert len(chips()) >= 120
    assert len(projects()) >= 250
    assert len({project.country for project in projects()}) >= 25


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("AWS", "Amazon"),
        ("Amazon Web Services", "Amazon"),
        ("Alphabet", "Google"),
        ("Facebook", "Meta"),
        ("SpaceXAI", "xAI"),
        ("Pimco", "PIMCO"),
        ("ST Telemedia Global Data Centres", "STT GDC"),
    ],
)
def test_written_forms_lead_to_the_usual_name(form: str, name: str) -> None:
    assert [company.name for company in companies() if form in company.forms] == [name]


def test_a_rename_has_its_day() -> None:
    xai = next(company for company in companies() if company.slug == "xai")
    assert entities.Alias("SpaceXAI", "2026-05-06", None) in xai.dated_aliases


def test_a_line_that_cannot_be_read_is_named(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "chips.csv").write_text((entities.FOLDER / "chips.csv").read_text("utf-8").splitlines()[0] + "\nx,y\n")
    monkeypatch.setattr(entities, "FOLDER", tmp_path)
    with pytest.raises(entities.ReferenceDataError, match=r"chips\.csv, line 2: not as many fields"):
        entities.chips.__wrapped__()
