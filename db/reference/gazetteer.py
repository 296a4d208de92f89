"""
Where a name may be: towns, counties, townships, states and countries of the world.

In: a name as a text writes it. Out: every place of that name, the likeliest first.
Never chooses between namesakes (the state, the country and the company in the text decide that) and never writes:
`places.sqlite` is opened read-only, when the first name is asked for; `places.csv` adds to it and corrects it.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, cast

from db.reference.entities import FOLDER, parts, read_lines

PlaceKind = Literal["city", "township", "county", "state", "country"]
PLACE_KINDS: tuple[PlaceKind, ...] = ("city", "township", "county", "state", "country")
"""Their position is how `places.sqlite` writes them."""
MEANT = {"city": 1.0, "township": 1.0, "county": 0.1, "state": 0.2, "country": 0.3}
"""How likely a bare name means the place, a head of its people: "Sao Paulo" is the city, "Georgia" the state."""
OTHER_NAME = 0.03
"""The same for a name that is not its usual one: many are names of other places in other tongues."""
STEPS_PER_DEGREE = 10_000
"""`places.sqlite` holds coordinates as whole steps."""

_UNDECOMPOSED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_SEPARATORS = re.compile(r"[\s\-‐-―_/]+")
_SILENT = re.compile(r"['’‘ʻʼ`´.,()]")

_SELECT = """
SELECT p.name, p.kind, a.admin1, a.admin2, a.country, p.latitude, p.longitude, p.population, p.id, p.depth, n.weight
FROM names n JOIN places p ON p.id = n.place_id JOIN areas a ON a.id = p.area_id
WHERE n.key = ?
"""


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One place of the world."""

    name: str
    """The usual English name, with its diacritics."""
    kind: PlaceKind
    admin1: str | None
    """State or province in its usual English form; in Great Britain the county."""
    admin2: str | None
    """County of a US town, district elsewhere, where known."""
    country: str
    latitude: float | None
    longitude: float | None
    population: int | None
    geonames_id: int | None
    slug: str
    """Stable id: country, state, (county,) name."""


@lru_cache(maxsize=20_000)
def place_key(name: str) -> str:
    """The form under which a name is looked up: no case, diacritics, apostrophes or dots; hyphens are spaces."""
    bare = name.casefold()
    if not bare.isascii():
        decomposed = unicodedata.normalize("NFKD", bare.translate(_UNDECOMPOSED))
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", _SILENT.sub("", bare)).strip()


def place_slug(*parts: str | None) -> str:
    """`US`, `Texas`, `Abilene` -> `us-texas-abilene`."""
    return "-".join(place_key(part).replace(" ", "-") for part in parts if part)


@lru_cache(maxsize=20_000)
def find_places(name: str) -> tuple[GazetteerPlace, ...]:
    """
    Every place that bears `name` (any spelling known); none is an empty tuple.

    The likeliest first: by population, with towns before states and counties, usual names before other ones.
    """
    key = place_key(name)
    own = _own_places()
    found = [
        (weight, place)
        for weight, place in map(_place, _database().execute(_SELECT, (key,)))
        if place.geonames_id not in own.corrected
    ]
    found += own.by_key.get(key, [])
    found.sort(key=lambda pair: (-pair[0], PLACE_KINDS.index(pair[1].kind), pair[1].slug))
    return tuple(place for _, place in found)


@lru_cache(maxsize=50_000)
def is_place_key(key: str) -> bool:
    """Whether any place is filed under `key` (see `place_key`)."""
    if key in _own_places().by_key:
        return True
    return _database().execute("SELECT 1 FROM names WHERE key = ? LIMIT 1", (key,)).fetchone() is not None


def slug_of(
    name: str, kind: PlaceKind, admin1: str | None, admin2: str | None, country: str, identity: int, depth: int
) -> str:
    """The id of a place. `depth` says how much more than country, state and name is needed to tell it from others."""
    state = admin1 if kind not in {"state", "country"} else None
    parts = [country, state, admin2 if depth >= 1 else None, name if kind != "country" else None]
    return place_slug(*parts, str(abs(identity)) if depth >= 2 else None)


def weight_of(kind: PlaceKind, population: int, is_usual_name: bool) -> int:
    """How likely a name means this place, against its namesakes."""
    return round((population + 1) * MEANT[kind] * (1 if is_usual_name else OTHER_NAME))


@cache
def own_places() -> tuple[tuple[GazetteerPlace, tuple[str, ...]], ...]:
    """places.csv, what no list holds or holds wrongly: (place, its other names)."""
    return tuple((_own_place(row), parts(row["aliases"])) for row in read_lines("places.csv"))


@dataclass(frozen=True, slots=True)
class _OwnPlaces:
    """places.csv: (weight, place) by key, and the GeoNames ids whose entries it corrects."""

    by_key: Mapping[str, list[tuple[int, GazetteerPlace]]]
    corrected: frozenset[int]


@cache
def _own_places() -> _OwnPlaces:
    by_key: dict[str, list[tuple[int, GazetteerPlace]]] = {}
    for place, aliases in own_places():
        usual = place_key(place.name)
        for key in sorted({usual, *map(place_key, aliases)}):
            by_key.setdefault(key, []).append((weight_of(place.kind, place.population or 0, key == usual), place))
    return _OwnPlaces(by_key, frozenset(place.geonames_id for place, _ in own_places() if place.geonames_id))


def _own_place(row: Mapping[str, str]) -> GazetteerPlace:
    kind = cast(PlaceKind, row["kind"])
    admin1, admin2 = row["admin1"] or None, row["admin2"] or None
    return GazetteerPlace(
        name=row["name"],
        kind=kind,
        admin1=admin1,
        admin2=admin2,
        country=row["country"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        population=int(row["population"]) if row["population"] else None,
        geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None,
        slug=slug_of(row["name"], kind, admin1, admin2, row["country"], 0, 0),
    )


def _place(row: tuple[Any, ...]) -> tuple[int, GazetteerPlace]:
    name, kind_number, admin1, admin2, country, latitude, longitude, population, identity, depth, weight = row
    kind = PLACE_KINDS[kind_number]
    return weight, GazetteerPlace(
        name=name,
        kind=kind,
        admin1=admin1,
        admin2=admin2,
        country=country,
        latitude=None if latitude is None else latitude / STEPS_PER_DEGREE,
        longitude=None if longitude is None else longitude / STEPS_PER_DEGREE,
        population=population or None,
        # Places that GeoNames does not hold have negative ids of our own.
        geonames_id=identity if identity > 0 else None,
        slug=slug_of(name, kind, admin1, admin2, country, identity, depth),
    )


_LOCAL = threading.local()


def _database() -> sqlite3.Connection:
    """One read-only connection a thread: `immutable` promises SQLite that nobody writes, so it takes no locks."""
    connection: sqlite3.Connection | None = getattr(_LOCAL, "connection", None)
    if connection is None:
        path = FOLDER / "places.sqlite"
        if not path.is_file():
            raise FileNotFoundError(
                f"{path}: the gazetteer is missing; install the package again, or run build_places.py"
            )
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        _LOCAL.connection = connection
    return connection
