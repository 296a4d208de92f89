"""
Turns of phrase that say by themselves what megawatts are: a plant's, a site's, or neither.

In: the words before and behind a figure, or its view. Out: yes or no. Never weighs words by their distance: that is the business of `power`.
"""

from __future__ import annotations

import re

from ingest.extract.mentions import company_kinds
from ingest.extract.metrics.view import View
from ingest.extract.patterns import compiled

# "Orrin Power will sell Calder 200 MW", "150 MW from Orrin Power": who makes power sells what plants give.
SELLS = re.compile(r"[^.;]{0,50}\b(?:sell|deliver|suppl|provid|send|feed)\w*\b(?! it\b)[^.;]{0,40}")
FROM = re.compile(r"(?: (?:of|in) [\w -]{3,30})? from (?:[\w-]+ )?")
FROM_PLANT = re.compile(
    r"(?: (?:of|in) [\w -]{3,30})? from (?:its|the|their|an?|two|three|[A-Z]\w+(?:['’]s)?)(?: (?!data)[\w.'’-]+){0,4} (?:fleet|plants?|reactors?|units?|dam|farms?|wells?|turbines?|engines?|(?:power|nuclear|generating|hydro) stations?)\b"
)
PUTS_OUT = compiled(
    r"\b(?:put(?:s|ting)? out|produc(?:e|es|ing)|generat(?:e|es|ing)|yield(?:s|ing)?|(?:churn|pump|crank)(?:s|ing)? out) (?:up to |about |around |roughly |some |over |more than |nearly |almost |at least |another |an? |the |its )*$"
)
# "turbines to supply data centres in Wyoming, adding 540 MW": what was ordered gives it.
MACHINES_TOTAL = compiled(
    r"\b(?:turbines|engines|gensets|generators|fuel cells|batteries|reactors|panels)\b[^.;]{0,90}, (?:adding|totall?ing|together|rated(?: at)?|good for|producing|generating|delivering|(?:with|for) an? (?:combined|total)(?: \w+){0,2}) (?:up to |about |around |some |more than |nearly |a |an )*$"
)
OF_PLANT = compiled(
    r"\b(?:plants?|dam|farms?|(?:power|nuclear|generating|hydro) stations?|reactors?|batter(?:y|ies)|turbines?|wells|gensets?|engines)(?: (?:(?:on|at|in|near) (?:the )?[A-Z]\w+|next door|nearby|there|itself))?,? (?:whose|which (?:has|have|had|will have|is|are|gives?|makes?|produces?|puts? out|delivers?|totals?|can (?:give|make|produce|put out))) [^.;]{0,30}$"
    r"|\b(?:engines|turbines|gensets|reactors|panels|batteries|fuel cells) \($"
)
# "could serve at most 180 MW", "sees room for 75 MW": what a grid can give a site is its load.
SERVES = compiled(
    r"\b(?:serve|serves|serving|room for|headroom for|reserved|allocated|allotted|granted|awarded|assigned|[Pp]ower,|set aside) (?:up to |about |around |some |another |more than |at most |at least |only |an? |the |its )*$"
)
NO_LOAD = re.compile(
    r"[ -]*(?:(?:sub-?sea |undersea |HVDC |power |transmission )?(?:cable|interconnector)\b|transmission line|of (?:\w+[ -])?cooling\b)"
)
# "the island's peak load is 300 MW", "our peak last year was 7 GW": of a grid.
GRID_PEAK = re.compile(
    r"(?:\b[Oo]ur|\b[Ii]ts system|['’]s|\b[Nn]ative)(?: (?:own|all-time|record|system|summer|winter))* peak(?: load| demand)?\b[^.;]{0,40}$|\b(?:[Ww]inter|[Ss]ummer|[Rr]ecord|[Ss]ystem|[Ii]sland|[Gg]rid|[Nn]ational) peak (?:demand|load)\b[^.;]{0,40}$|\b(?:district|town|city|county|province|state|country|island)(?: as a whole)? peaked\b[^.;]{0,20}$|\binstalled base\b[^.;]{0,30}$|\b[Hh]eat of [\w ]{0,16}$"
)


TO_GRID = re.compile(
    r"[^.;]{0,50}\b(?:sells?|feeds?|delivers?) (?:(?:all )?(?:its|the|their) (?:power|output|electricity) )?(?:to|into|in to) the (?:public |national )?grid\b"
)


def is_of_plant(view: View) -> bool:
    """Whether a plant, or what it does, stands in the same turn of phrase."""
    if FROM_PLANT.match(view.text, view.quantity.end, view.sentence_end):
        return True
    window = view.window(130)
    return any(pattern.seek(window) is not None for pattern in (PUTS_OUT, OF_PLANT, MACHINES_TOTAL))


def is_sold_by_producer(view: View) -> bool:
    """Whether a company that makes power sells it, or it comes from one."""
    text, start, end = view.text, view.quantity.start, view.quantity.end
    for hit in view.reading.companies_in(view.sentence_number):
        if company_kinds().get(hit.name) == "generation" and (
            (hit.end <= start and SELLS.fullmatch(text, hit.end, start))
            or (hit.start >= end and FROM.fullmatch(text, end, hit.start))
        ):
            return True
    return False


def is_served(view: View) -> bool:
    """Whether it is what a grid gives a site."""
    return SERVES.seek(view.window(90)) is not None


def is_none(before: str, after: str) -> bool:
    """Whether a line carries it, a plant sells it to all, a cooling system takes it away, or it is the peak of a grid."""
    return (
        NO_LOAD.match(after) is not None
        or TO_GRID.match(after) is not None
        or (("peak" in before or "base" in before or "eat of" in before) and GRID_PEAK.search(before) is not None)
    )
