"""The embedded edition: shape and cover of our own dated briefs, and the announcements that must be in it."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

import ingest

FOLDER = Path(ingest.__file__).parent / "chronicle"
FIELDS = {"date", "title", "url", "publisher", "text"}
FEWEST_BRIEFS = 160
FEWEST_COUNTRIES = 25

COUNTRIES = (
    "Argentina", "Armenia", "Australia", "Austria", "Belgium", "Brazil", "Canada", "Chile", "China", "Denmark",
    "Egypt", "Finland", "France", "Germany", "Greece", "Iceland", "India", "Indonesia", "Ireland", "Israel", "Italy",
    "Japan", "Kazakhstan", "Kenya", "Kuwait", "Malaysia", "Mexico", "Morocco", "Netherlands", "New Zealand",
    "Nigeria", "Norway", "Philippines", "Poland", "Portugal", "Qatar", "Saudi Arabia", "Singapore", "South Africa",
    "South Korea", "Spain", "Sweden", "Switzerland", "Taiwan", "Thailand", "Turkey", "United Arab Emirates",
    "United Kingdom", "United States", "Uruguay", "Uzbekistan", "Vietnam",
)  # fmt: skip

# A date of the chronicle, and words that the briefs of that date must hold between them.
LANDMARKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("2023-05-18", ("12.7 billion", "2030")),
    ("2025-01-21", ("$500 billion", "$100 billion", "four years")),
    ("2025-09-23", ("nearly 7 gigawatts", "$400 billion", "10-gigawatt")),
    ("2025-09-26", ("5.5 gigawatts", "600 MW", "25,000", "1.5 gigawatts", "Lordstown", "Milam County")),
    ("2025-07-22", ("4.5 gigawatts",)),
    ("2025-09-10", ("$300 billion", "Oracle")),
    ("2025-10-28", ("$250 billion", "Azure")),
    ("2025-09-22", ("at least 10 gigawatts", "up to $100 billion", "second half of 2026")),
    ("2025-10-06", ("6 gigawatts", "MI450", "160 million shares")),
    ("2025-10-13", ("10 gigawatts", "Broadcom", "2029")),
    ("2025-09-25", ("$6.5 billion", "$22.4 billion")),
    ("2025-11-03", ("$38 billion", "seven years", "GB300")),
    ("2025-10-30", ("Saline Township", "more than 1 gigawatt", "2,500")),
    ("2025-10-30", ("more than 8 gigawatts", "$450 billion")),
    ("2025-12-18", ("1,383 MW", "U-21990")),
    ("2025-05-22", ("1-gigawatt", "5 gigawatts", "200-megawatt", "GB300")),
    ("2025-07-31", ("230 MW", "290 MW", "100,000 NVIDIA GPUs", "$1 billion", "$250 million")),
    ("2025-11-12", ("$50 billion", "Fluidstack", "800", "2,400")),
    ("2025-10-23", ("one million TPUs", "gigawatt")),
    ("2026-04-20", ("$100 billion", "5 gigawatts", "$5 billion", "$20 billion")),
    ("2025-11-03", ("$9.7 billion", "750 MW", "200 MW", "$5.8 billion", "20 percent")),
    ("2025-09-08", ("$17.4 billion",)),
    ("2025-10-15", ("200,000 NVIDIA GB300",)),
    ("2025-10-21", ("$27 billion", "$7 billion", "$3 billion", "80 percent", "2 gigawatts")),
    ("2024-12-04", ("$10 billion", "Richland Parish")),
    ("2026-07-13", ("more than $50 billion", "5 gigawatts", "2032")),
    ("2025-10-15", ("$1.5 billion", "El Paso")),
    ("2026-03-26", ("$10 billion", "El Paso", "1 gigawatt", "2028")),
    ("2025-11-13", ("Prometheus", "1-gigawatt", "New Albany")),
    ("2025-09-18", ("$4 billion", "$3.3 billion", "315 acres", "Mount Pleasant")),
    ("2026-06-23", ("fully operational", "Mount Pleasant")),
    ("2025-01-03", ("$80 billion",)),
    ("2024-10-28", ("100,000", "Colossus", "Memphis")),
    ("2026-01-08", ("$20 billion", "Southaven", "2 gigawatts")),
    ("2025-10-14", ("$15 billion", "Visakhapatnam", "1 GW")),
    ("2025-11-20", ("500 MW", "50 MW", "600,000")),
    ("2025-11-19", ("100 MW", "Saudi Arabia")),
    ("2025-06-20", ("7 trillion won", "$4 billion", "103 megawatts", "60,000 GPUs")),
    ("2025-06-05", ("SEK 95 billion", "Strängnäs")),
    ("2025-02-10", ("20 billion euros", "Brookfield")),
    ("2026-05-20", ("110,000 NVIDIA GB200", "210 MW", "Colossus 2")),
    ("2026-05-20", ("110,000 NVIDIA GB300", "220 MW", "at least 220,000 NVIDIA GB300", "more than 400 MW")),
    ("2025-10-14", ("$3 billion", "$6.8 billion", "Hyderabad")),
    ("2025-02-10", ("1 gigawatt", "10 billion euros", "$11 billion", "Fluidstack")),
    ("2025-07-28", ("1.8 gigawatts", "10 gigawatts", "Cheyenne")),
    ("2026-01-06", ("2.7 gigawatts", "$7 billion", "$50 billion", "10 gigawatts")),
    ("2025-06-09", ("$20 billion", "Salem Township", "Falls Township", "1,250")),
    ("2025-06-04", ("$10 billion", "Richmond County", "500 jobs")),
    ("2025-10-29", ("$11 billion", "500,000 Trainium2", "New Carlisle")),
    ("2025-04-02", ("4.5 gigawatts", "$10 billion", "Homer City")),
    ("2025-07-29", ("600 MW", "11 gigawatts", "Amarillo")),
    ("2026-04-20", ("2.3 gigawatts", "Project Matador")),
    ("2025-07-15", ("$6 billion", "300 MW", "Lancaster")),
    ("2025-08-19", ("$4 billion", "Lancaster")),
    ("2025-02-26", ("$1.2 billion", "260 MW", "Denton")),
    ("2025-08-19", ("$25 billion", "1.4-gigawatt", "Shackelford County")),
    ("2025-10-22", ("$15 billion", "Port Washington")),
    ("2025-12-17", ("902 MW", "$15 billion")),
    ("2025-10-02", ("$4 billion", "$10 billion", "West Memphis")),
    ("2025-11-14", ("$40 billion", "Armstrong County", "Haskell County")),
    ("2026-07-02", ("$14 billion", "1,200 MW", "Bessemer")),
    ("2026-05-18", ("at least $73.5 billion", "2,050 jobs")),
    ("2026-05-19", ("$100 billion", "three decades", "2,050")),
    ("2026-07-22", ("$20 billion", "3.2 gigawatts", "Effingham County")),
    ("2026-08-06", ("$65 billion", "2.1 gigawatts", "New Lebanon")),
    ("2026-04-24", ("9 gigawatts", "3 gigawatts", "$100 billion", "Box Elder County")),
    ("2026-05-27", ("$3.6 billion", "300 MW", "Boyce")),
    ("2026-02-05", ("$200 billion", "Amazon")),
    ("2026-02-04", ("$175 billion to $185 billion",)),
    ("2026-01-28", ("$115 billion to $135 billion",)),
    ("2026-04-29", ("$700 billion",)),
    ("2026-04-30", ("$725 billion",)),
    ("2026-03-06", ("600 MW", "1.2 gigawatts", "Abilene")),
)  # fmt: skip


@cache
def briefs() -> tuple[tuple[Path, dict[str, Any]], ...]:
    files = sorted(FOLDER.glob("*.yml"))
    assert files, f"no briefs in {FOLDER}"
    return tuple((file, entry) for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8")))


def label(item: tuple[Path, dict[str, Any]]) -> str:
    file, entry = item
    return f"{file.name}: {entry.get('date')} {entry.get('title')}"


def test_every_file_is_a_year() -> None:
    assert {file.stem for file, _ in briefs()} <= {"2023", "2024", "2025", "2026"}


def test_every_brief_has_exactly_its_fields() -> None:
    wrong = [label(item) for item in briefs() if set(item[1]) != FIELDS]
    assert wrong == []
    empty = [label(item) for item in briefs() if not all(str(item[1][field]).strip() for field in FIELDS)]
    assert empty == []


def test_dates_are_iso_and_belong_to_their_file() -> None:
    for file, entry in briefs():
        day = datetime.date.fromisoformat(str(entry["date"]))
        assert str(day.year) == file.stem, label((file, entry))


def test_briefs_are_sorted_by_date() -> None:
    for file in {file for file, _ in briefs()}:
        days = [str(entry["date"]) for other, entry in briefs() if other == file]
        assert days == sorted(days), file.name


def test_texts_are_short_and_clean() -> None:
    for item in briefs():
        text, title = item[1]["text"], item[1]["title"]
        assert 300 <= len(text) <= 1500, f"{label(item)}: {len(text)} characters"
        assert 15 <= len(title) <= 140, label(item)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text + title), f"control character in {label(item)}"
        assert "\n" not in title, label(item)
        assert not re.search(r"https?://|\.\.\.|TODO|[<>{}]", text), label(item)
        assert text == text.strip(), label(item)


def test_addresses_are_web_addresses() -> None:
    for item in briefs():
        parts = urlsplit(item[1]["url"])
        assert parts.scheme in {"http", "https"}, label(item)
        assert "." in parts.netloc, label(item)
        assert not re.search(r"\s|…", item[1]["url"]), label(item)


@pytest.mark.parametrize("field", ["url", "title", "text"])
def test_no_two_briefs_share(field: str) -> None:
    counts = Counter(str(entry[field]) for _, entry in briefs())
    assert [value for value, count in counts.items() if count > 1] == []


def test_cover() -> None:
    assert len(briefs()) >= FEWEST_BRIEFS
    everything = " ".join(f"{entry['title']} {entry['text']}" for _, entry in briefs())
    found = {country for country in COUNTRIES if country in everything}
    assert len(found) >= FEWEST_COUNTRIES, sorted(found)


@pytest.mark.parametrize(("day", "needles"), LANDMARKS, ids=lambda value: value if isinstance(value, str) else value[0])
def test_landmark(day: str, needles: tuple[str, ...]) -> None:
    texts = [entry["text"] for _, entry in briefs() if str(entry["date"]) == day]
    assert texts, f"no brief of {day}"
    assert any(all(needle in text for needle in needles) for text in texts), f"{day}: no brief holds all of {needles}"
