"""
Countries, and the states and provinces of those where announcements name them.

In: countries.csv, states.csv. Out: what a written form stands for.
Never looks at the text around it: "IN" is a state only after a comma, and that is the reader's to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from db.reference.entities import parts, read_lines


@dataclass(frozen=True, slots=True)
class State:
    """A state, province or other first-level division."""

    name: str
    country: str
    abbreviations: tuple[str, ...]
    """Postal and press forms ("IN", "Ind."): words of their own, so only after a comma or in brackets."""
    aliases: tuple[str, ...]
    geonames_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country, as texts write it."""

    alpha2: str
    alpha3: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    scripts: tuple[str, ...]
    """Names in Korean, Japanese and Chinese (Unicode CLDR), without those that are also words."""


@cache
def states() -> tuple[State, ...]:
    """The first-level divisions that states.csv lists."""
    return tuple(
        State(
            row["name"], row["country"], parts(row["abbreviations"]), parts(row["aliases"]),
            parts(row["geonames_code"]),
        )
        for row in read_lines("states.csv")
    )  # fmt: skip


@cache
def state_names() -> Mapping[str, tuple[str, str]]:
    """
    Every name, alias and abbreviation of a state as written -> (its name, its country).

    Of namesakes the first country of `_FIRST_COUNTRIES` is meant: "WA" is Washington before Western Australia.
    """
    ordered = sorted(states(), key=lambda state: _FIRST_COUNTRIES.get(state.country, len(_FIRST_COUNTRIES)))
    found: dict[str, tuple[str, str]] = {}
    for state in ordered:
        found.setdefault(state.name, (state.name, state.country))
    for state in ordered:
        for form in (*state.aliases, *state.abbreviations):
            found.setdefault(form, (state.name, state.country))
    return MappingProxyType(found)


@cache
def state_abbreviations() -> frozenset[str]:
    """Those keys of `state_names` that are abbreviations."""
    return frozenset(form for state in states() for form in state.abbreviations)


_FIRST_COUNTRIES = {
    country: rank for rank, country in enumerate(("US", "CA", "AU", "GB", "IN", "IE", "DE", "ES", "BR"))
}


@cache
def country_list() -> tuple[Country, ...]:
    """Every country of ISO 3166-1, and Kosovo."""
    return tuple(
        Country(
            row["alpha2"],
            row["alpha3"],
            row["name"],
            parts(row["aliases"]),
            parts(row["demonyms"]),
            parts(row["scripts"]),
        )
        for row in read_lines("countries.csv")
    )  # fmt: skip


@cache
def countries() -> Mapping[str, str]:
    """Every name, alias and demonym of a country as written -> ISO 3166-1 alpha-2."""
    found: dict[str, str] = {}
    for country in country_list():
        for form in (country.name, *country.aliases, *country.demonyms):
            found.setdefault(form, country.alpha2)
    return MappingProxyType(found)


@cache
def country_scripts() -> Mapping[str, str]:
    """Names of countries in Korean, Japanese and Chinese -> ISO 3166-1 alpha-2."""
    return MappingProxyType({form: country.alpha2 for country in country_list() for form in country.scripts})


@cache
def demonyms() -> frozenset[str]:
    """Those keys of `countries` that name a people, not a country ("Saudi", "British")."""
    return frozenset(form for country in country_list() for form in country.demonyms)
