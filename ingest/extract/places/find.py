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
from ingest.extract.places.areas import PlaceHit, find_areas
from ingest.extract.places.common_state import common_state
from ingest.extract.places.counties import COUNTY, COUNTY_CELL, county, county_names
from ingest.extract.places.holders import with_departments
from ingest.extract.places.home_land import home_land
from ingest.extract.places.lower_case import find_in_lower_case
from ingest.extract.places.one_sense import in_one_sense
from ingest.extract.places.town_phrases import town_phrases
from ingest.extract.places.town_words import LOCATIVE, PERSON_TITLE
from ingest.extract.places.towns import towns
from ingest.extract.places.unlisted import sited_towns, unlisted_towns
from ingest.extract.text.patterns import Window, compiled
from ingest.extract.text.segments import Segments
from ingest.extract.text.spans import Spans

_WORD = r"(?:S[Tt]\.|Ste\.|Mt\.|Ft\.|[A-ZÀ-ÖØ-ÞĀ-ŽḀ-Ỿ][\w'’‐-]*\w|[A-Z](?=\s))"
CANDIDATE = re.compile(
    rf"{_WORD}(?: (?:(?:de|del|da|do|di|la|las|los|le|el|al|of|upon|on|under|am|an der|sur|ob der|en|y|e) )?{_WORD}){{0,4}}"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
WIRE = re.compile(rf"--\(|\b20\d\d\b|wire\b|\b{_MONTH}\.? \d{{1,2}}\b|\b\d{{1,2}} {_MONTH}\b", re.IGNORECASE)
DATELINE = re.compile(
    r"(?:/[A-ZÀ-Þ][\w. ]{1,20})?"
    r"(?:,? [\w., ]{0,24})?(?:[,/ ]+(?:[A-Z][\w. ]+,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:, \d{4}| \d{4})?)?"
    r"\s?(?:\([^)]{2,40}\)|/[A-Z][\w ]+/)?\s?(?:--|—|–| -|-\s)|,? [A-Z][a-z]{2,8}\.? \d{1,2},? (?:\d{4} )?\((?:[A-Z][\w&-]{1,11})\)"
)
SEAT = compiled(
    r"(?:seat|based|headquartered|incorporated|head office|headquarters|offices?) (?:is |are )?(?:in|at|near)\s*$|\bof\s*$(?<=firm of )",
    re.IGNORECASE,
)
OFFICE_AFTER = re.compile(
    r"(?:, (?:[\w'’&-]+ ){0,5}?(?:CEO|CFO|COO|CTO|chief|president|chair(?:man|woman)?|founder|co-founder|director|head|analyst|partner|manager|governor|"
    r"mayor|senator|minister|secretary|spokes\w+)\b|,? (?:said|says|told|added|wrote)\b)"
)
SEATED = re.compile(r"(?:, [A-Z][\w.]+)?-(?:based|headquartered|listed)\b")
DESK_ENDS = re.compile(r"(?:, [A-Z][\w. ]{1,20}?)?(?:\.(?!,)|:| ?[-–—])")
CIVIC = re.compile(r"(?:City|Town|Village|Township) of ")
BESIDE = 120
"""Characters within which a town says where a county is."""


def find_place_hits(
    text: str,
    segments: Segments,
    taken: Sequence[tuple[int, int]],
    country: str | None = None,
    named: Sequence[tuple[int, int]] = (),
) -> list[PlaceHit]:
    """Every place in `text`; `taken` are spans of companies, chips and people that are no places, `named` of projects."""
    taken_at = Spans(taken)
    areas = find_areas(text, taken_at)
    context = Counter[tuple[str | None, str]]()
    for hit in areas:
        context[hit.place.admin1, hit.place.country or ""] += 1
    if country:
        context[None, country] += 1
    if not country and all(h.demonym for h in areas) and (home := home_land(text)) is not None:
        context[None, home] += 1
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
    states = {(h.place.admin1, h.place.country) for h in found if h.place.admin1 and h.place.country}
    if len(states) == 1 and states.isdisjoint(context):
        context.update(states)  # a local paper names towns and counties, never their state
        lands |= {land for _, land in states}
    if lands:
        # Towns large enough to need no country open their own for the smaller ones beside them.
        context.update((None, land) for land in sorted(lands, key=str) if land)
        found.extend(towns(text, phrases, context, areas, spans, taken_at, segments, strange))
    found.extend(unlisted_towns(text, list(found), spans, taken_at))
    found.extend(sited_towns(text, list(found), spans, taken_at, Spans(named)))
    found = in_one_sense(text, _counties_by_towns(found))
    found.sort(key=lambda h: (h.start, -h.end))
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
    places = (
        m.group()[civic.end() :] if (civic := CIVIC.match(m.group())) else m.group()
        for m in candidates
        if CIVIC.match(m.group()) or LOCATIVE.seek(Window(text, max(0, m.start() - 40), m.start()))
    )
    return common_state(names, places, named)


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
    after = text[hit.end : hit.end + 60]
    if SEAT.seek(Window(text, max(0, hit.start - 40), hit.start)) or SEATED.match(after):
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
