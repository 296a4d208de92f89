"""What is known before any page is read: companies, chips, projects and places, loaded when first asked for."""

from __future__ import annotations

from db.reference.countries import (
    Country,
    State,
    countries,
    country_list,
    country_scripts,
    demonyms,
    state_abbreviations,
    state_names,
    states,
)
from db.reference.entities import Alias, Chip, Company, Project, ReferenceDataError, chips, companies, projects
from db.reference.gazetteer import (
    PLACE_KINDS,
    GazetteerPlace,
    PlaceKind,
    find_places,
    is_place_key,
    own_places,
    place_key,
    place_slug,
)

__all__ = [
    "PLACE_KINDS",
    "Alias",
    "Chip",
    "Company",
    "Country",
    "GazetteerPlace",
    "PlaceKind",
    "Project",
    "ReferenceDataError",
    "State",
    "chips",
    "companies",
    "countries",
    "country_list",
    "country_scripts",
    "demonyms",
    "find_places",
    "is_place_key",
    "own_places",
    "place_key",
    "place_slug",
    "projects",
    "state_abbreviations",
    "state_names",
    "states",
]
