"""
The place that the sentence of a figure gives it.

In: a `Reading`, its `Sites`, a figure and the figures beside it. Out: a `Place`; an empty one where the sentence names several without
anything in common; None where it names none. "In ..." after the figure decides first, then the place named before it. Never looks
at another sentence.
"""

from __future__ import annotations

import re

from db.records import Place
from ingest.extract.attribution.sites import FINE, Sites
from ingest.extract.figures.find import Figure
from ingest.extract.places.holders import without_holders
from ingest.extract.reading import Reading

LINKED = re.compile(
    r"\b(?:in|at|near|outside|for|into|on|around|to|across|beside|within|inside|throughout)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
# "its first in the United States", "the largest in Norway": a rank, not a place.
RANKED = re.compile(
    r"\b(?:(?!invest|west)\w{3,}est|first|second|third|only|most \w+)\b[^.;,:]{0,28} (?:in|of) (?:all )?(?:the )?$"
)
BRACKET = re.compile(r"(?:, [A-Z][\w. ]{1,20})? \((?:\w+ )?(?:about |around |some |up to |over |~|≈|[A-Z]{0,3}[$€£₹])?")
# "... and our portfolio is now 4 GW": the sum of all sites, behind the place of one.
ALL_SITES = re.compile(
    r"\b(?:our|its|the|total|whole|entire|overall|combined|their) (?:\w+ ){0,2}(?:portfolio|pipeline|fleet|footprint)\b(?! (?:in|at)\b)",
    re.IGNORECASE,
)


def _in_brackets(reading: Reading, figure: Figure) -> Place | None:
    """The place that the figure stands in brackets behind, also where it is only compared: "more than Chile (93 MW)"."""
    for hit in reading.places_in(figure.sentence):
        if BRACKET.fullmatch(reading.text, hit.end, figure.start) and not hit.demonym and not hit.seat:
            return hit.place
    return None


def place_in_sentence(reading: Reading, sites: Sites, figure: Figure, rivals: list[tuple[int, int]]) -> Place | None:
    """The place of `figure` by its own sentence; `rivals` are the spans of the figures of that sentence."""
    if (told := _in_brackets(reading, figure)) is not None:
        return told
    hits = [h for h in reading.places_in(figure.sentence) if sites.is_site(h)]
    hits = without_holders(reading.text, hits)
    decided = [h for h in hits if h.kind in FINE and not h.dateline and not sites.stands(h)]
    if decided and (any(sites.stands(h) for h in hits) or (sites.main is not None and sites.main.name is not None)):
        hits = [h for h in hits if h not in decided]  # a county's board speaks of what stands elsewhere
    if sites.tells_towns:
        hits = [
            h for h in hits if h.kind != "country" or not RANKED.search(reading.text[max(0, h.start - 60) : h.start])
        ]
    hits = [h for h in hits if not h.dateline] or ([] if sites.has_any else hits)
    if not hits:
        return None
    fine = [h for h in hits if h.kind in FINE]
    if len({h.place for h in hits}) == 1:
        return hits[0].place
    start, end = figure.start, figure.end
    next_figure = min((a for a, _ in rivals if a >= end), default=10**9)
    last_figure = max((b for _, b in rivals if b <= start), default=-1)
    lands = {(h.place.admin1, h.place.country) for h in fine}
    apart = [
        h
        for h in hits
        if h.kind == "state"
        and (h.place.admin1, h.place.country) not in lands
        and not any(0 <= h.start - town.end <= 2 for town in fine)
    ]  # "in Lyon, and 80 MW in Brittany": a state of its own beside the towns of another
    pool = sorted([*fine, *apart], key=lambda h: h.start) if fine else hits
    after = [
        h
        for h in pool
        if end <= h.start < next_figure and LINKED.search(reading.text[end : h.start] + " ") and h.start - end < 110
    ]
    before = [h for h in pool if h.end <= start]
    here = [h for h in before if h.start >= last_figure]
    if after and (not here or after[0].start - end < 45):
        joined = [
            h for h in after if re.fullmatch(r",? (?:and|or) (?:in )?|, | ", reading.text[after[0].end : h.start])
        ]
        towns = {h.place for h in [after[0], *joined] if h.kind == "city"}
        if len(towns) == 1 and {h.place.admin1 for h in [after[0], *joined]} == {next(iter(towns)).admin1}:
            return next(iter(towns))  # "jobs in Pecos and Reeves County": the town, and the county that has it
        if len({h.place for h in [after[0], *joined]}) > 1:
            return _common([after[0].place, *(h.place for h in joined)])
        return after[0].place
    if here:
        return Place() if ALL_SITES.search(reading.text, here[-1].end, start) else here[-1].place
    if before:
        return Place() if ALL_SITES.search(reading.text, before[-1].end, start) else before[-1].place
    return pool[0].place


def _common(places: list[Place]) -> Place:
    """What several places have in common: a state, a country, or nothing."""
    admins = {(p.admin1, p.country) for p in places}
    if len(admins) == 1:
        admin1, country = next(iter(admins))
        return Place(None, admin1, country)
    lands = {p.country for p in places}
    return Place(None, None, next(iter(lands))) if len(lands) == 1 else Place()
