"""The reference files hold together: every name has one owner, every pointer a target, every code is a code."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from db.reference import Chip, Company, chips, companies, entities

COMPANY_KINDS = {
    "hyperscaler", "lab", "neocloud", "developer", "operator", "chips", "systems", "utility", "generation", "finance",
    "telecom", "conglomerate", "software", "construction", "government", "other",
}  # fmt: skip
ROLES = {"owner", "developer", "operator", "tenant", "builder", "financier", "utility", "supplier"}
CHIP_KINDS = {"gpu", "asic", "cpu", "superchip", "system", "rack", "family"}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def forms_with_two_owners(entries: Iterable[Company | Chip]) -> list[tuple[str, str, str]]:
    owners: dict[str, str] = {}
    return [
        (form, owners[form], entry.slug)
        for entry in entries
        for form in entry.forms
        if owners.setdefault(form, entry.slug) != entry.slug
    ]


def test_every_slug_is_a_slug_and_is_there_once() -> None:
    for entries in (companies(), chips()):
        slugs = [entry.slug for entry in entries]
        assert len(slugs) == len(set(slugs))
        assert [slug for slug in slugs if not SLUG.fullmatch(slug)] == []


def test_files_are_sorted_by_slug_so_that_a_change_is_one_line() -> None:
    for entries in (companies(), chips()):
        assert [entry.slug for entry in entries] == sorted(entry.slug for entry in entries)


def test_no_written_form_belongs_to_two() -> None:
    assert forms_with_two_owners(companies()) == []
    assert forms_with_two_owners(chips()) == []


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


def test_no_company_owns_itself() -> None:
    parents = {company.slug: company.parent for company in companies()}
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
