"""
Areas: land in hectares, floor space in square metres.

In: an area in its sentence. Out: a verdict; acres, hectares and square miles are land, square feet are floor unless the words
say land, square metres are decided by the noun. Never counts fields, forests or the size of a city.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.view import Verdict, View

FAMILY = frozenset({"area"})

LAND = re.compile(
    r"\b(?:land(?!fill|mark|lord|scap)|plots?|parcels?|grounds?|lots?|acreage|terrain|farmland|site area|site of|estate|fields?|(?<!country )(?<!theme )(?<!car )(?<!trailer )park\b|property|tract|greenfield|brownfield|부지)",
    re.IGNORECASE,
)
FLOOR = re.compile(
    r"\b(?:floors?|buildings?|halls?|GFA|gross floor|under roof|data[- ]?cent(?:er|re) space|white space|facilit(?:y|ies)|data[- ]?cent(?:er|re)s?|warehouses?|shell|roof|built|raised[- ]floor|structures?|complex|campus)\b",
    re.IGNORECASE,
)
NOT_OURS = re.compile(
    r"\b(?:burned|burnt|wildfire|(?<!former )(?<!cleared )forests?|wetlands?|(?-i:lakes?)|solar panels|football fields? of|crops?|(?<!now in )corn|soybeans?|(?:soccer|sports?|golf|softball|baseball|ball) (?:complex|fields?|courses?|park)|inn|hotels?|motels?|vines|conservation|national park|office (?:space|tower|lease)|retail|apartments?)\b",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"\b(?:for comparison|by comparison|for scale|compared (?:with|to)|(?:the )?size of|as (?:big|large) as)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
OTHER_HOUSE = re.compile(
    r"\b(?:museum|stadium|arena|mall|school|hospital|library|church|airport)(?:['’]s| has| covers| spans| of)? (?:about |around |some |nearly )?$",
    re.IGNORECASE,
)
EACH = re.compile(r"\b(?:each|every)\b[^.;,]{0,30}$", re.IGNORECASE)
STANDS_ON = re.compile(
    r"\b(?:campus|site|park|stands?|sits?|rises?|(?:go(?:es)?|put) up|buil[dt]|erected?) on (?:some |about |around |roughly )?$"
)
SITE_LABEL = re.compile(
    r"(?:^|[.;|•–—-] ?|\n)(?:[A-Z]\w+ )?(?:[Ss]ite|[Ll]and|[Pp]lot|[Pp]arcel|[Gg]round)s?\b[^:|.;]{0,30}(?::| \|) (?:about |roughly |around |some |approximately )?$"
)
# "10,000 acre-feet of water".
ACRE_FEET = re.compile(r"[- ](?:feet|foot|ft)\b", re.IGNORECASE)
# "829,000 sq ft (77,000 sqm) site", "600-acre site": what the figure itself is of.
OF_SITE = re.compile(
    r"(?:\s?\([^()]{3,30}\))?[\s-]*(?:of )?(?:(?!data|building|facility|on\b|in\b|at\b|near|atop|beside)[\w-]+ ){0,2}?(?:land|ground|lots?|plots?|parcels?|sites?|tract|greenfield|brownfield)\b",
    re.IGNORECASE,
)
# "Seven parcels make up the site. They measure 975,000 sq ft": they are what the sentence before is about.
THEY_MEASURE = re.compile(
    r"(?:It|They|These|This|Together(?:,)? they)\b(?: \w+)? (?:measures?|covers?|extends? (?:over|to)|spans?|takes? up|comes? to|totals?|is|are)\b[^.;]{0,20}$"
)
# "72,000 sq m on a former landfill": what stands on land is no land.
ON_LAND = re.compile(
    r"[^.;]{0,25}? (?:on|atop) (?:(?:an?|the|its|their|part of|former|old|disused|some|about|nearly|\d[\d.,]*)[ -])*(?:(?!site)\w+[ -]){0,2}(?:landfill|land|sites?|plots?|parcels?|fields?|grounds?|estate|hectares?|acres?|ha)\b"
)
SMALLEST_M2, SMALLEST_HA, LARGEST_HA = 500.0, 0.4, 25_000.0
"""Above the last no site is: it is a district, a corridor or a country."""
LAND_COLUMN = re.compile(r"\b(?:land|site|plot|parcel|lot)\b", re.IGNORECASE)
OF_WHAT = re.compile(r"\b(?:for|beside|near|behind|around) (?:the |a |an |its )?$", re.IGNORECASE)
A_SITE_M2 = 200_000.0
"""What no word calls floor or land is a site from here on, a building below."""
FAR = 999
MODIFIER = 25
SUBJECT = 30
"""Characters of a sentence in which its subject is looked for."""
M2_PER_HA = 1e4


def classify(view: View) -> Verdict | None:
    """Decide whether the area is land or floor."""
    quantity = view.quantity
    if ACRE_FEET.match(view.after(6)):
        return None
    if re.match(r"\s?=", view.after(4)) or re.search(r"=\s?$", view.before(4)):
        return None  # "1 ac = 0.405 ha": a conversion explained
    if quantity.rate or re.match(r"[\s,]*(?:each|apiece)\b", view.after(12)):
        return None
    if EACH.search(view.before(50)) or OTHER_HOUSE.search(view.before(40)):
        return None
    near = view.before(45) + " " + view.after(45)
    if (NOT_OURS.search(near) and not OF_SITE.match(view.after(70))) or COMPARED.search(view.before(60)):
        return None
    if quantity.unit == "ha":
        return (
            None
            if not SMALLEST_HA <= quantity.high <= LARGEST_HA
            else Verdict("land_area", 0.8, quantity.start, quantity.end)
        )
    if quantity.high < SMALLEST_M2:
        return None
    metres = quantity.unit_word not in {
        "square feet",
        "square foot",
        "sq ft",
        "sq. ft",
        "sq.ft",
        "sqft",
        "sf",
        "gsf",
        "sq feet",
    }
    if view.column:
        return Verdict(
            "land_area" if LAND_COLUMN.search(view.column) else "floor_area", 0.6, quantity.start, quantity.end
        )
    land = _nearest(LAND, view)
    floor = _nearest(FLOOR, view)
    if quantity.unit_word in {"pyeong", "평", "tsubo"}:
        metric = "floor_area" if floor < land else "land_area"
    elif (
        SITE_LABEL.search(view.before(60))
        or (metres and STANDS_ON.search(view.before(40)))
        or OF_SITE.match(view.after(70))
        or _they_are_land(view)
    ):
        metric = "land_area"
    elif metres and not ON_LAND.match(view.after(70)):
        told = min(land, floor) < FAR
        metric = "land_area" if (land <= floor if told else quantity.high >= A_SITE_M2) else "floor_area"
    else:
        metric = "floor_area"
    return Verdict("land_area" if metric == "land_area" else "floor_area", 0.6, quantity.start, quantity.end)


def _they_are_land(view: View) -> bool:
    subject = view.text[view.previous_start : min(view.sentence_start, view.previous_start + SUBJECT)]
    return (
        THEY_MEASURE.match(view.text[view.sentence_start : view.quantity.start]) is not None
        and LAND.search(subject) is not None
        and FLOOR.search(subject) is None
    )


def _nearest(pattern: re.Pattern[str], view: View) -> int:
    best = FAR
    for match in pattern.finditer(view.text, view.sentence_start, view.sentence_end):
        gap = (
            view.quantity.start - match.end()
            if match.end() <= view.quantity.start
            else match.start() - view.quantity.end + 4
        )
        if OF_WHAT.search(view.text[max(view.sentence_start, match.start() - 12) : match.start()]):
            gap += MODIFIER  # "the plot for the data centre measures ..." measures the plot
        if 0 <= gap < best:
            best = gap
    return best
