"""Names as lists spell them become names as announcements write them."""

from __future__ import annotations

import pytest

from db.reference.place_names import division_name, latin_names, plain, town_name


@pytest.mark.parametrize(
    ("listed", "written"),
    [("Gujarāt", "Gujarat"), ("Đà Nẵng", "Da Nang"), ("Ra’s al Khaymah", "Ra's al Khaymah"), ("Łódź", "Lodz")],
)
def test_plain_letters(listed: str, written: str) -> None:
    assert plain(listed) == written


@pytest.mark.parametrize(
    ("listed", "country", "written"),
    [
        ("Nanto-shi", "JP", "Nanto"),
        ("Paju-si", "KR", "Paju"),
        ("Visākhapatnam", "IN", "Visakhapatnam"),
        ("Querétaro", "MX", "Querétaro"),
        ("Skellefteå", "SE", "Skellefteå"),
    ],
)
def test_towns(listed: str, country: str, written: str) -> None:
    assert town_name(listed, country) == written


@pytest.mark.parametrize(
    ("listed", "country", "written"),
    [
        ("Durham, County", "GB", "County Durham"),
        ("Bristol, City of", "GB", "Bristol"),
        ("Vale of Glamorgan, The", "GB", "Vale of Glamorgan"),
        ("Glasgow City", "GB", "Glasgow"),
        ("Daerah Kulai", "MY", "Kulai"),
        ("Carson City", "US", "Carson City"),
        ("Richland Parish", "US", "Richland Parish"),
    ],
)
def test_divisions(listed: str, country: str, written: str) -> None:
    assert division_name(listed, country) == written


def test_other_spellings_are_names_in_latin_letters() -> None:
    listed = ["VTZ", "Vizag", "Visákhapatnam", "visakhapatanama", "Визагапатнам", "Vizag, India"]
    assert latin_names(listed, "Visakhapatnam", 1_000_000) == ["Vizag", "Visákhapatnam"]


def test_small_towns_keep_only_spellings_that_begin_alike() -> None:
    assert latin_names(["Narwik", "Viktoriahamn"], "Narvik", 14_000) == ["Narwik"]
