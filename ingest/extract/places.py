"""
Places in a text: towns, counties, townships, states, countries, each resolved to one of its namesakes.

In: text, its segments and the spans already taken by other names. Out: `PlaceHit`s. What stands after a name ("Lebanon, Ind.")
decides first, then the states and countries that the text speaks of, then size. A company's seat ("Denver-based") is marked
as such. Never takes an ordinary capitalised word for a village: a lone word needs a preposition, a state or a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from db.records import Place
from db.reference import find_places
from ingest.extract.areas import AFTER_COMMA, PlaceHit, find_areas, longest_area
from ingest.extract.common_state import common_state
from ingest.extract.counties import COUNTY, COUNTY_CELL, county, county_names
from ingest.extract.holders import with_departments
from ingest.extract.lower_case import find_in_lower_case
from ingest.extract.patterns import Window, compiled
from ingest.extract.segments import Segments
from ingest.extract.spans import Spans
from ingest.extract.town_phrases import town_phrases
from ingest.extract.town_words import LOCATIVE, PERSON_TITLE
from ingest.extract.towns import towns
from ingest.extract.unlisted import unlisted_towns
from ingest.extract.written import written

_WORD = r"(?:St\.|Ste\.|Mt\.|Ft\.|[A-ZÀ-ÖØ-ÞĀ-ŽḀ-Ỿ][\w'’‐-]*\w|[A-Z](?=\s))"
CANDIDATE = re.compile(
    rf"{_WORD}(?: (?:(?:de|del|da|do|di|la|las|los|le|el|al|of|upon|on|under|am|an der|sur|ob der|en|y|e) )?{_WORD}){{0,4}}"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
WIRE = re.compile(rf"\b20\d\d\b|wire\b|\b{_MONTH}\.? \d{{1,2}}\b|\b\d{{1,2}} {_MONTH}\b", re.IGNORECASE)
DATELINE = re.compile(
    r"(?:/[A-ZÀ-Þ][\w. ]{1,20})?"
    r"(?:,? [\w., ]{0,24})?(?:[,/ ]+(?:[A-Z][\w. ]+,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:, \d{4}| \d{4})?)?"
    r"\s?(?:\([^)]{2,40}\)|/[A-Z][\w ]+/)?\s?(?:--|—|–| -|-\s)|,? [A-Z][a-z]{2,8}\.? \d{1,2},? (?:\d{4} )?\((?:[A-Z][\w&-]{1,11})\)"
)
SEAT = re.compile(
    r"(?:seat|based|headquartered|incorporated|head office|headquarters|offices?) (?:is |are )?(?:in|at|near)\s*$|\bof\s*$(?<=firm of )",
    re.IGNORECASE,
)
OFFICE_AFTER = re.compile(
    r"(?:, (?:[\w'’&-]+ ){0,5}?(?:CEO|CFO|COO|CTO|chief|president|chair(?:man|woman)?|founder|co-founder|director|head|analyst|partner|manager|governor|"
    r"mayor|senator|minister|secretary|spokes\w+)\b|,? (?:said|says|told|added|wrote)\b)"
)
SEATED = re.compile(r"(?:, [A-Z][\w.]+)?-(?:based|headquartered|listed)\b")
DESK_ENDS = re.compile(r"(?:, [A-Z][\w. ]{1,20}?)?(?:\.(?!,)|:| ?[-–—])")
COUNTY_WORD = re.compile(r" (?:County|Parish|Borough|Township)$")
BEFORE_NAME, AFTER_NAME = re.compile(r"(?<![\w-])"), re.compile(r"(?!\w)")
# What is said right after a town's name, and a space, to speak of it again.
AGAIN = compiled(
    r"\b(?<= )(?:data cent(?:er|re)|campus|site|project|plant|facility|expansion|has had|is to|was first|will get|gets)\b"
)
MOST_TOWNS = 200
"""Towns of one text whose name is looked for again; a gazetteer read in would have thousands."""
BESIDE = 120
"""Characters within which a town says where a county is."""
NEIGHBOURHOOD = 240
"""Characters within which one place speaks for another."""


def find_place_hits(
    text: str, segments: Segments, taken: Sequence[tuple[int, int]], country: str | None = None
) -> list[PlaceHit]:
    """Every place in `text`; `taken` are spans of companies, chips and people that are no places."""
    taken_at = Spans(taken)
    areas = find_areas(text, taken_at)
    context = Counter[tuple[str | None, str]]()
    for hit in areas:
        context[hit.place.admin1, hit.place.country or ""] += 1
    if country:
        context[None, country] += 1
    candidates = list(CANDIDATE.finditer(text))
    counties = list(COUNTY.finditer(text))
    if state := _unnamed_state(text, counties, candidates, {h.place.admin1 for h in areas if h.place.admin1}):
        context[state, "US"] += 1
        context[None, "US"] += 1
    found = [*areas, *(hit for hit in find_in_lower_case(text) if not taken_at.overlap(hit.start, hit.end))]
    spans = Spans((h.start, h.end) for h in areas)
    for match in counties:
        hits = county(text, match, context, areas)
        for hit in hits:
            if not spans.overlap(hit.start, hit.end):
                found.append(hit)
                spans.add(hit.start, hit.end)
    for match in COUNTY_CELL.finditer(text):
        row = COUNTY.match(f"{match.group('name')} County, {match.group('state')}")
        for hit in county(row.string, row, context, areas) if row else ():
            found.append(hit._replace(start=match.start("name"), end=match.end("name")))
            spans.add(match.start("name"), match.end("name"))
    strange = _strange(text, taken, candidates)
    phrases = list(town_phrases(text, candidates, taken_at))
    found.extend(towns(text, phrases, context, areas, spans, taken_at, segments, strange))
    lands = {h.place.country for h in found} - {land for _, land in context}
    if lands:
        # Towns large enough to need no country open their own for the smaller ones beside them.
        context.update((None, land) for land in sorted(lands, key=str) if land)
        found.extend(towns(text, phrases, context, areas, spans, taken_at, segments, strange))
    found.extend(unlisted_towns(text, list(found), spans, taken_at))
    found = _one_sense(text, found)
    found.sort(key=lambda h: (h.start, -h.end))
    found = _counties_by_towns(found)
    return _with_their_states(text, [_mark(text, hit, segments) for hit in with_departments(text, found)])


def _strange(text: str, taken: Sequence[tuple[int, int]], candidates: Sequence[re.Match[str]]) -> set[str]:
    """Words that the text knows as people or companies: "Jassy" where it names Andy Jassy, "Bloom" where it names Bloom Energy."""
    out = set()
    for start, end in taken:
        word, _, rest = text[start:end].partition(" ")
        if rest:
            out.add(word)
    alone = {m.group() for m in candidates if " " not in m.group()}
    for match in candidates:
        pieces = match.group().split(" ")
        if len(pieces) < 2 or pieces[-1] not in alone:
            continue
        first = match.end() - len(pieces[-1]) - len(pieces[-2]) - 1
        if OFFICE_AFTER.match(text, match.end()) or PERSON_TITLE.seek(Window(text, max(0, first - 40), first)):
            out.add(pieces[-1])
    return out


def _unnamed_state(
    text: str, counties: Sequence[re.Match[str]], candidates: Sequence[re.Match[str]], named: set[str]
) -> str | None:
    """The state that the counties and towns of a text without one have in common."""
    names = [name for match in counties for name in county_names(match)]
    if not names:
        return None
    places = (m.group() for m in candidates if LOCATIVE.seek(Window(text, max(0, m.start() - 40), m.start())))
    return common_state(names, places, named)


def _one_sense(text: str, found: list[PlaceHit]) -> list[PlaceHit]:
    """A name that the text once ties to a state ("Lebanon, Ind.") means that place wherever it stands alone."""
    told: dict[str, PlaceHit] = {}
    for hit in found:
        named = AFTER_COMMA.match(text[hit.end : hit.end + 60]) if hit.kind in {"city", "township", "county"} else None
        if named and longest_area(named.group("area")) is not None:
            told.setdefault(text[hit.start : hit.end], hit)
    counties = {COUNTY_WORD.sub("", h.place.name or ""): h for h in found if h.kind == "county"}
    spans = Spans((h.start, h.end) for h in found)
    out = []
    for hit in found:
        same = counties.get(text[hit.start : hit.end])
        if same is not None and hit.kind == "city" and hit.place.admin1 != same.place.admin1 and same.place.admin1:
            hit = hit._replace(
                place=same.place, kind="county"
            )  # "Coweta" after Coweta County, Georgia, is no town in Oklahoma
        other = told.get(text[hit.start : hit.end])
        out.append(hit if other is None else hit._replace(place=other.place, kind=other.kind, demonym=False))
    out = [_town_not_country(text, hit, out) for hit in out]
    for name, hit in told.items():
        for start in written(text, name, BEFORE_NAME, AFTER_NAME):
            if not spans.overlap(start, start + len(name)):
                out.append(PlaceHit(hit.place, hit.kind, start, start + len(name)))
    # A town told of before is meant again where something of it is spoken of: "the new Lincoln data center".
    towns_told = {text[h.start : h.end]: h for h in out if h.kind == "city" and not h.dateline}
    longest_first = sorted(list(towns_told)[:MOST_TOWNS], key=len, reverse=True)
    for again in AGAIN.finditer(text) if towns_told else ():
        end = again.start() - 1
        ends = (town for town in longest_first if text.endswith(town, 0, end))
        town = next((town for town in ends if BEFORE_NAME.match(text, end - len(town))), None)
        if town is not None and not spans.overlap(end - len(town), end):
            hit = towns_told[town]
            out.append(PlaceHit(hit.place, hit.kind, end - len(town), end))
    return out


def _counties_by_towns(found: list[PlaceHit]) -> list[PlaceHit]:
    """A county or township of no known state is in that of the town beside it: "Wayne Township, just west of Indianapolis"."""
    towns = [h for h in found if h.kind == "city" and h.place.admin1]
    out = []
    for hit in found:
        near = (
            [h for h in towns if abs(h.start - hit.start) < BESIDE]
            if hit.kind == "county" and not hit.place.admin1
            else []
        )
        if near:
            nearest = min(near, key=lambda h: abs(h.start - hit.start)).place
            hit = hit._replace(place=Place(hit.place.name, nearest.admin1, nearest.country))
        out.append(hit)
    return out


def _town_not_country(text: str, hit: PlaceHit, found: Sequence[PlaceHit]) -> PlaceHit:
    """Lebanon or Cuba is a town where the words beside it speak of the state that has one of that name."""
    if hit.kind != "country" or hit.demonym or not LOCATIVE.seek(Window(text, max(0, hit.start - 40), hit.start)):
        return hit
    near = [h for h in found if h is not hit and abs(h.start - hit.start) < NEIGHBOURHOOD and h.kind != "country"]
    states = {h.place.admin1 for h in near if h.place.country == "US"}
    if not states or any(h.place.country == hit.place.country for h in found if h.kind != "country"):
        return hit
    written = text[hit.start : hit.end]
    namesakes = [p for p in find_places(written) if p.kind == "city" and p.country == "US" and p.admin1 in states]
    if not namesakes:
        return hit
    return hit._replace(place=Place(namesakes[0].name, namesakes[0].admin1, "US"), kind="city")


def _with_their_states(text: str, hits: list[PlaceHit]) -> list[PlaceHit]:
    """The state behind a dateline's town belongs to the dateline: "EASTON, Md."."""
    out = hits[:1]
    for hit in hits[1:]:
        before = out[-1]
        held = (
            before.dateline
            and not before.seat
            and hit.kind in {"state", "country"}
            and text[before.end : hit.start] == ", "
        )
        out.append(hit._replace(dateline=True) if held else hit)
    return out


def _mark(text: str, hit: PlaceHit, segments: Segments) -> PlaceHit:
    before, after = text[max(0, hit.start - 40) : hit.start], text[hit.end : hit.end + 60]
    if SEAT.search(before) or SEATED.match(after):
        return hit._replace(seat=True)
    block = segments.block_of(segments.sentence_at(hit.start))
    if hit.start - block.start >= 60 or block.kind not in {"paragraph", "heading"}:
        return hit
    line = DATELINE.match(text[hit.end : hit.end + 90])
    alone = (
        block.kind == "heading"
        and text[hit.start : hit.end].isupper()
        and line is not None
        and WIRE.search(line.group())
    )
    if (block.kind == "paragraph" or alone) and line is not None:
        # A press release is sent from the company's seat; it alone dates its first line to the year or names its wire.
        return hit._replace(
            dateline=True,
            seat=WIRE.search(line.group() + text[hit.end + line.end() :][:40].partition(")")[0]) is not None,
        )
    if (
        hit.start <= segments.blocks[min(1, len(segments.blocks) - 1)].start + 1
        and hit.start == block.start
        and text[hit.start : hit.end].isupper()
        and DESK_ENDS.match(after)
    ):
        return hit._replace(dateline=True)  # a desk at the head of the text
    return hit
