"""
Place names as English announcements write them.

In: names as GeoNames and ISO lists spell them. Out: "Gujarat", "Nanto", "County Durham". Pure; used when the gazetteer
is built. Never translates: a name that English keeps in its own letters (Querétaro, Skåne) keeps them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from db.reference.gazetteer import place_key

TYPE_WORDS = (
    "Daerah ", "Bahagian ", "Kabupaten ", "District ", "Provincia di ", "Provincia de ", "Province de ", "Province of ",
    "Arrondissement ", "Amphoe ", "Arrondissement de ",
)  # fmt: skip
PLAIN_COUNTRIES = frozenset(
    (
        "IN", "SA", "AE", "EG", "JP", "KR", "TH", "OM", "QA", "KW", "IL", "KZ", "VN", "MA", "DZ", "PK", "BD", "IR",
        "IQ", "UZ",
    )
)  # fmt: skip
"""Countries whose names English texts write without the diacritics of transliteration."""
MANY_NAMES_POPULATION = 15_000
"""Towns smaller than this keep few other spellings: most are transliterations that no announcement uses."""


def plain(name: str) -> str:
    """Without diacritics, as English texts write most names."""
    decomposed = unicodedata.normalize("NFKD", name.translate(str.maketrans("ĐđŁłØø’‘ʻ", "DdLlOo'''")))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def town_name(name: str, country: str) -> str:
    """As English texts write it: "Nanto", not "Nanto-shi"."""
    if country in PLAIN_COUNTRIES:
        name = plain(name)
    if country in {"JP", "KR"}:
        name = re.sub(r"-(shi|si|machi|cho|ku|gu|eup|gun)$", "", name)
    return name


def division_name(name: str, country: str = "") -> str:
    """ "Durham, County" and "Daerah Kulai" as texts write them."""
    if country in PLAIN_COUNTRIES:
        name = plain(name)
    for word in TYPE_WORDS:
        name = name.removeprefix(word)
    for ending in (", City of", ", County", ", The"):
        if name.endswith(ending):
            name = name.removesuffix(ending)
            return f"County {name}" if ending == ", County" else name
    return name.removesuffix(" City") if country == "GB" else name


def latin_names(names: Iterable[str], name: str, population: int) -> list[str]:
    """Other spellings worth keeping: Latin letters, written as a name, not an airport code."""
    wanted = []
    for other in names:
        if len(other) < 4 or not other[0].isupper() or other.isupper() or any(c in other for c in ",;()0123456789"):
            continue
        if all("LATIN" in unicodedata.name(c, "") for c in other if c.isalpha()) and len(other) < 40:
            wanted.append(other)
    if population < MANY_NAMES_POPULATION:
        letters = place_key(name)[:3]
        wanted = [other for other in wanted if place_key(other)[:3] == letters][:3]
    return wanted
