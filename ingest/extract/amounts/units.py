"""
Units of power, land and floor, as they are written.

In: nothing. Out: tables to MW, hectares and square metres, and the patterns that find a unit beside a number. Never judges.
"""

from __future__ import annotations

import re
from typing import Literal

from ingest.extract.text.patterns import compiled

Kind = Literal["money", "power", "area", "number"]
POWER_UNITS: dict[str, float] = {
    "gigawatt": 1e3, "gigawatts": 1e3, "gw": 1e3, "gws": 1e3, "gwe": 1e3, "gwp": 1e3, "gwac": 1e3, "gwdc": 1e3, "gva": 1e3, "gig": 1e3, "gigs": 1e3,
    "megawatt": 1.0, "megawatts": 1.0, "mw": 1.0, "mws": 1.0, "mwe": 1.0, "mwp": 1.0, "mwac": 1.0, "mwdc": 1.0, "mva": 1.0, "megavolt-amperes": 1.0, "meg": 1.0,
    "kilowatt": 1e-3, "kilowatts": 1e-3, "kw": 1e-3, "kws": 1e-3, "kva": 1e-3, "기가와트": 1e3, "메가와트": 1.0, "吉瓦": 1e3, "兆瓦": 1.0, "千瓦": 1e-3,
}  # fmt: skip
HECTARE = {
    "acre": 0.40468564224, "acres": 0.40468564224, "ac": 0.40468564224, "hectare": 1.0, "hectares": 1.0, "ha": 1.0, "square mile": 258.9988110336,
    "square miles": 258.9988110336, "sq miles": 258.9988110336, "sq mi": 258.9988110336, "square kilometres": 100.0, "square kilometers": 100.0, "square kilometre": 100.0,
    "square kilometer": 100.0, "sq km": 100.0, "km2": 100.0, "km²": 100.0, "rai": 0.16, "dunams": 0.1, "dunam": 0.1, "hectárea": 1.0, "hectáreas": 1.0, "hektar": 1.0, "hectare(s)": 1.0,
    "hektaren": 1.0, "ettari": 1.0, "sq. km": 100.0, "sq.km": 100.0, "sqkm": 100.0, "sq. miles": 258.9988110336, "mu": 1 / 15, "mou": 1 / 15, "feddan": 0.42, "feddans": 0.42, "donum": 0.1,
    "donums": 0.1, "dönüm": 0.1, "stremma": 0.1, "stremmata": 0.1,
}  # fmt: skip
SQUARE_METRE = {
    "square feet": 0.09290304, "square foot": 0.09290304, "square-feet": 0.09290304, "square-foot": 0.09290304, "sq ft": 0.09290304, "sq. ft": 0.09290304, "sq.ft": 0.09290304,
    "sqft": 0.09290304, "sq feet": 0.09290304, "sf": 0.09290304, "gsf": 0.09290304, "square metres": 1.0, "square meters": 1.0, "square metre": 1.0, "square meter": 1.0, "square-metre": 1.0,
    "square-meter": 1.0, "sq metres": 1.0, "sq meters": 1.0, "sq. metres": 1.0, "sq. meters": 1.0, "sq m": 1.0, "sq. m": 1.0, "sq.m": 1.0, "sqm": 1.0, "m2": 1.0, "m²": 1.0,
    "㎡": 1.0, "qm": 1.0, "quadratmeter": 1.0, "kvadratmeter": 1.0, "metros cuadrados": 1.0, "metros quadrados": 1.0, "mètres carrés": 1.0, "metri quadrati": 1.0, "square yards": 0.83612736, "sq. feet": 0.09290304,
    "pyeong": 3.305785, "평": 3.305785, "tsubo": 3.305785, "제곱미터": 1.0, "平方米": 1.0, "平方メートル": 1.0,
}  # fmt: skip


def _alternation(units: dict[str, float]) -> str:
    words = sorted(units, key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"[\s\u00a0-]").replace(r"\-", r"[\s\u00a0-]") for w in words)


UNIT = re.compile(
    r"(?:-odd|,? or so)?(?P<gap>\+?[\s\u00a0\u202f]{0,2}[-–‑]?[\s\u00a0\u202f]?)(?:(?:full|single|more|additional|extra|further|planned|contracted|gross|net) )?"
    rf"(?:(?P<power>{_alternation(POWER_UNITS)})(?![a-zA-Z0-9]|/(?!\s?\d)|[-\s]?(?:hours?|hr)s?\b)|(?P<land>{_alternation(HECTARE)})(?![a-zA-Z0-9])"
    rf"|(?P<floor>{_alternation(SQUARE_METRE)})(?![a-zA-Z0-9]))",
    re.IGNORECASE,
)
LONE_UNIT = compiled(
    r"\b(?P<lead>an? (?:full |whole |further |additional |single )?|(?:the |its |a |an )?first (?:full )?|another |one full |the full )(?P<unit>gigawatt|megawatt)\b(?![- ](?:hour|scale|class|size))(?P<half> and a half\b)?",
    re.IGNORECASE,
)
