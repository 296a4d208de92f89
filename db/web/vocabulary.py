"""
What a reader is told for each code that the tables hold: "being built" for `building`, "trade press" for `trade`.

In: a stored code. Out: its word. Never formats a value (that is `words`), never hides a code it does not know.
"""

from __future__ import annotations

METRICS = {
    "capex": "Money to build",
    "contract": "Contract value",
    "financing": "Financing",
    "power": "Power capacity",
    "generation": "Power generation",
    "chips": "AI chips",
    "floor_area": "Floor area",
    "land_area": "Land",
    "jobs": "Jobs",
    "online": "Goes live",
}
STATUSES = {
    "planned": "planned",
    "building": "being built",
    "operating": "operating",
    "done": "done",
    "cancelled": "cancelled",
}
STEPS = {
    "announced": "Announced",
    "permitted": "Permitted",
    "financed": "Financed",
    "building": "Under construction",
    "partly_operating": "Partly operating",
    "operating": "Operating",
    "delayed": "Delayed",
    "shelved": "Shelved",
    "cancelled": "Cancelled",
    "silent": "No news for two years",
    "dormant": "No news for four years",
}
STAGES = {
    "announced": "announced",
    "building": "being built",
    "operating": "operating",
    "spent": "spent",
    "cancelled": "cancelled",
    "guidance": "spending plans of companies",
}
TIERS = {
    "issuer": "company itself",
    "regulator": "regulator or filing",
    "trade": "trade press",
    "press": "press",
    "aggregator": "aggregator",
}
KINDS = {
    "new_site": "new site",
    "expansion": "expansion",
    "contract": "contract",
    "chip_supply": "chip supply",
    "power_supply": "power supply",
    "financing": "financing",
    "capex_guidance": "spending plan",
    "status_update": "progress",
    "cancellation": "cancellation",
    "analysis": "analysis",
    "other": "other",
}
QUALIFIERS = {
    "exact": "stated as an exact figure",
    "approx": "stated as an approximate figure",
    "up_to": "stated as a ceiling; the real figure may be lower",
    "at_least": "stated as a floor; the real figure may be higher",
    "range": "stated as a range",
}
SCOPES = {
    "site": "one site",
    "phase": "one phase of a site",
    "programme": "a whole programme of sites",
    "country": "a whole country",
    "company_year": "a company's spending in a year",
}
RELATIONS = {
    "part_of": "is part of",
    "phase_of": "is a phase of",
    "supplies": "supplies",
    "leases_to": "leases to",
    "finances": "finances",
    "powers": "powers",
    "supersedes": "replaces",
    "same_as": "is the same as",
    "overlaps": "overlaps with",
}
BASES = {"it": "IT load", "facility": "whole facility", "grid": "grid connection"}
FINANCING = {
    "debt": "debt",
    "equity": "equity",
    "jv": "joint venture",
    "acquisition": "acquisition",
    "guarantee": "guarantee",
}


def label(value: str | None, words: dict[str, str], fallback: str = "not stated") -> str:
    """Return the word for a stored code; an unknown code is shown as it is, spaced."""
    return fallback if value is None else words.get(value, value.replace("_", " "))
