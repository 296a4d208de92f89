"""
Places in a text: towns, counties, townships, states, countries, each resolved to one of its namesakes.

In: text, its segments and the spans already taken by other names. Out: `PlaceHit`s. What stands after a name ("Lebanon, Ind.")
decides first, then the states and countries that the text speaks of, then size. A company's seat ("Denver-based") is marked
as such. Never takes an ordinary capitalised word for a village: a lone word needs a preposition, a state or a label.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from db.records import Place
from db.reference import (
    GazetteerPlace,
    countries,
    demonyms,
    find_places,
    place_key,
    state_abbreviations,
    state_names,
)
from ingest.extract.segments import Segments
from ingest.extract.spans import Spans
from ingest.extract.wordlists import words

_WORD = r"(?:St\.|Ste\.|Mt\.|Ft\.|[A-ZÀ-ÖØ-ÞĀ-ŽḀ-Ỿ][\w'’‐-]*\w|[A-Z](?=\s))"
CANDIDATE = re.compile(
    rf"{_WORD}(?: (?:(?:de|del|da|do|di|la|las|los|le|el|al|of|upon|on|under|am|an der|sur|ob der|en|y|e) )?{_WORD}){{0,4}}"
)
COUNTY = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w'’.‐-]*(?: (?:and |of |the |de |St\. )?[A-ZÀ-Þ][\w'’.‐-]*){0,3}?) (?P<kind>County|Counties|counties|county|Parish|parish|Township|township|Twp\.?|Borough|Municipality|District|Shire|Prefecture|Governorate|Emirate)\b"
)
# A table whose first cell says what the second is: "County / state | Shackelford, Texas".
ROW_HEAD = re.compile(r"\|? ?")
COUNTY_CELL = re.compile(
    r"(?:^|\n)\|? ?(?:County|Parish)\b[^|\n]{0,20}\| (?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?),? (?P<state>[A-Z][\w. ]+)"
)
AFTER_COMMA = re.compile(
    r"^(?:, (?:in (?:the )?)?|,? in (?:the )?(?:US |U\.S\. )?(?:state of )?|, (?:in )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)? "
    r"(?:County|Parish|Township|Prefecture|Province), | \()(?P<area>[A-ZÀ-Þ][\w.'’-]*(?: (?:and |of )?[A-ZÀ-Þ][\w.'’-]*){0,2})"
)
LOCATIVE = re.compile(
    r"\b(?:in|at|near|outside|inside|around|into|across|throughout|within|beside|between|beyond|toward|towards|off|nearby|in nearby|in downtown|north of|south of|east of|west of|northwest of|northeast of|southwest of|southeast of|city of|town of|village of|municipality of|county of|place in|site in|kilometers of|miles from|en|em|à|bei)\s+(?:the |rural |nearby |downtown |greater |central |northern |southern |eastern |western |north |south |east |west |West |East |North |South |Northern |Southern |Central |neighbou?ring |suburban |far |upstate |(?:the )?(?:city|town|county|village|state|port|province|region) of )*$",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"[(|]\s*$|\b(?:of|for|to|from|and|or|with|by|on|through|,|;|/|than|via|including|like|is|are|–|—|-|:)\s*(?:the )?$|^$",
    re.IGNORECASE,
)
SEAT = re.compile(
    r"(?:based|headquartered|incorporated|head office|headquarters|offices?) (?:is |are )?(?:in|at|near)\s*$|\bof\s*$(?<=firm of )",
    re.IGNORECASE,
)
DIRECTION = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "upper",
        "lower",
        "greater",
    }
    | {
        "southeast",
        "southwest",
        "northeast",
        "northwest",
        "northwestern",
        "northeastern",
        "southeastern",
        "southwestern",
    }
    | {"mid", "new", "rural", "coastal", "downtown", "metro", "upstate"}
)
COMMON = words("common")
NO_COUNTY = frozenset(
    {"the", "each", "local", "rural", "neighbouring", "neighboring", "municipal", "metropolitan", "school", "historic"}
    | {
        "business",
        "industrial",
        "innovation",
        "technology",
        "water",
        "our",
        "this",
        "that",
        "free",
        "special",
        "electric",
    }
)
PERSON_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof)\.? |\b[A-Z][a-z]+ (?:[A-Z]\. )?)$")
PERSON_TITLE = re.compile(
    r"\b(?:CEO|president|chairman|director|mayor|governor|Gov\.|senator|minister|chief|analyst|founder|spokes\w+|secretary|commissioner|manager|partner|officer)\s+(?:[A-Z][a-z]+\s)?$",
    re.IGNORECASE,
)
NAME_GOES_ON = re.compile(
    r"^ (?!(?:County|Parish|Township|Counties|Campus|Data|AI|Site|Project|Region|Area|Metro|City|And|Or|In|Is|Was|On|At|To|Will|Has|Data Center|Google|Meta|Microsoft|Amazon|OpenAI|Oracle)\b)"
    r"(?:[A-ZÀ-Þ][\w&'’-]+)"
)
GOVERNMENT = re.compile(
    r"^ (?:Public|Economic|Department|Board|Utility|Utilities|Power|Electric|Energy|Chamber|Times|Post|Chronicle|Tribune|Journal|Herald|News|Gazette|Stock|Exchange|University|State University|Pacific|Valley|Authority|Corporation|Commission|Regulatory|Court|Supreme|Senate|House|Legislature|Republican|Democrat|Business|Capital|Partners|Group|Holdings|Gas|Light|Water|Development|Investment|Ventures|Bank|Telecom|Airlines|Mobile|Unicom|Digital|Semiconductor|Steel)\b"
)
NEIGHBOURHOOD = 240
"""Characters within which one place speaks for another."""
POPULOUS, LARGE = 15_000, 100_000
ROW_TOWN = 5_000
"""People that a town must have to head a row of a table, where many a word is also a village."""
CIVIC_AFTER = re.compile(
    r"^(?:['’]s)? (?:city |town |village )?(?:council|mayor|residents|officials|voters|planners|commissioners|supervisors|neighbors|neighbours)\b",
    re.IGNORECASE,
)
NEVER = frozenset(
    {
        "midwest",
        "meanwhile",
        "cooling",
        "powering",
        "building",
        "location",
        "purpose",
        "middle",
        "white",
        "silicon",
        "wall",
    }
)
# Countries whose states English texts name on their own.
ENGLISH_STATES = frozenset({"US", "CA", "AU", "GB", "IN", "MY", "DE", "ES", "IE"})
# New York and Quebec alone are the state and the province.
STATE_BEFORE_TOWN = frozenset({"US", "CA"})
# Of the common words, those that are real towns often enough to count after "in" or "near".
TOWNS_TOO = words("towns_too")


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """`text[start:end]` names `place`; `kind` is city, county, township, state or country."""

    place: Place
    kind: str
    start: int
    end: int
    seat: bool = False
    """The seat of a company or the desk of a report, not a site."""
    dateline: bool = False
    demonym: bool = False


@cache
def _area(written: str) -> tuple[str | None, str] | None:
    """A state or country as written -> (admin1 or None, country)."""
    bare = written.strip(" .,")
    for form in (written, written.rstrip(","), bare, bare + ".", bare.replace(".", "")):
        if form in state_names():
            return state_names()[form]
    for form in (written, bare, bare.replace(".", "")):
        if form in countries() and form not in demonyms():
            return None, countries()[form]
    return None


def find_place_hits(
    text: str, segments: Segments, taken: Sequence[tuple[int, int]], country: str | None = None
) -> list[PlaceHit]:
    """Every place in `text`; `taken` are spans of companies, chips and people that are no places."""
    taken_at = Spans(taken)
    areas = _find_areas(text, taken_at)
    context = Counter[tuple[str | None, str]]()
    for hit in areas:
        context[hit.place.admin1, hit.place.country or ""] += 1
    if country:
        context[None, country] += 1
    found = list(areas)
    spans = Spans((h.start, h.end) for h in areas)
    for match in COUNTY.finditer(text):
        hits = _county(text, match, context, areas)
        for hit in hits:
            if not spans.overlap(hit.start, hit.end):
                found.append(hit)
                spans.add(hit.start, hit.end)
    for match in COUNTY_CELL.finditer(text):
        row = COUNTY.match(f"{match.group('name')} County, {match.group('state')}")
        for hit in _county(row.string, row, context, areas) if row else ():
            found.append(replace(hit, start=match.start("name"), end=match.end("name")))
            spans.add(match.start("name"), match.end("name"))
    candidates = list(CANDIDATE.finditer(text))
    for match in candidates:
        found.extend(_towns(text, match, context, areas, spans, taken_at, segments))
    lands = {h.place.country for h in found} - {land for _, land in context}
    if lands:
        # Towns large enough to need no country open their own for the smaller ones beside them.
        context.update((None, land) for land in sorted(lands, key=str) if land)
        for match in candidates:
            found.extend(_towns(text, match, context, areas, spans, taken_at, segments))
    found = _one_sense(text, found)
    found.sort(key=lambda h: (h.start, -h.end))
    return [_mark(text, hit, segments) for hit in found]


def _one_sense(text: str, found: list[PlaceHit]) -> list[PlaceHit]:
    """A name that the text once ties to a state ("Lebanon, Ind.") means that place wherever it stands alone."""
    told: dict[str, PlaceHit] = {}
    for hit in found:
        named = AFTER_COMMA.match(text[hit.end : hit.end + 60]) if hit.kind in {"city", "township", "county"} else None
        if named and _longest_area(named.group("area")) is not None:
            told.setdefault(text[hit.start : hit.end], hit)
    spans = Spans((h.start, h.end) for h in found)
    out = []
    for hit in found:
        other = told.get(text[hit.start : hit.end])
        out.append(hit if other is None else replace(hit, place=other.place, kind=other.kind, demonym=False))
    out = [_town_not_country(text, hit, out) for hit in out]
    for name, hit in told.items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?!\w)", text):
            if not spans.overlap(match.start(), match.end()):
                out.append(PlaceHit(hit.place, hit.kind, match.start(), match.end()))
    return out


def _town_not_country(text: str, hit: PlaceHit, found: Sequence[PlaceHit]) -> PlaceHit:
    """Lebanon or Cuba is a town where the words beside it speak of the state that has one of that name."""
    if hit.kind != "country" or hit.demonym or not LOCATIVE.search(text[max(0, hit.start - 40) : hit.start]):
        return hit
    near = [h for h in found if h is not hit and abs(h.start - hit.start) < NEIGHBOURHOOD and h.kind != "country"]
    states = {h.place.admin1 for h in near if h.place.country == "US"}
    if not states or any(h.place.country == hit.place.country for h in found if h.kind != "country"):
        return hit
    written = text[hit.start : hit.end]
    namesakes = [p for p in find_places(written) if p.kind == "city" and p.country == "US" and p.admin1 in states]
    if not namesakes:
        return hit
    return replace(hit, place=Place(namesakes[0].name, namesakes[0].admin1, "US"), kind="city")


_AREA_WORD = re.compile(
    r"(?<![\w.])(?:the )?(?P<area>(?:U\.S\.A?\.?|U\.K\.|U\.A\.E\.|US|UK|UAE|EU)(?![\w$])|[A-ZÀ-Þ][\w'’.-]*(?: (?:and |of |the |de |do )?[A-ZÀ-Þ][\w'’-]*){0,3})"
)


def _find_areas(text: str, taken: Spans) -> list[PlaceHit]:
    out: list[PlaceHit] = []
    for match in _AREA_WORD.finditer(text):
        pieces = match.group("area").split(" ")
        index = 0
        while index < len(pieces):
            for size in range(min(4, len(pieces) - index), 0, -1):
                phrase = " ".join(pieces[index : index + size])
                start = match.start("area") + len(" ".join(pieces[:index])) + (1 if index else 0)
                hit = _area_hit(text, phrase, start)
                if hit and not taken.overlap(hit.start, hit.end):
                    out.append(hit)
                    index += size - 1
                    break
            index += 1
    return out


def _area_hit(text: str, phrase: str, start: int) -> PlaceHit | None:
    bare = re.sub(r"['’]s?$", "", phrase.rstrip(".,")) if not re.search(r"\.\w", phrase) else phrase.rstrip(",")
    end = start + len(bare)
    dotted = bare + "." if text[end : end + 1] == "." and len(bare) <= 6 else bare
    before, after = text[max(0, start - 30) : start], text[end : end + 60]
    if after[:1] == "$" or _part_of_town(bare, before, after):
        return None
    for form in (dotted, bare):
        if form in state_names():
            return _state_hit(form, bare, start, before, after)
    if bare.isupper() and len(bare) > 4 and bare.title() in state_names():
        admin1, code = state_names()[bare.title()]
        if code not in ENGLISH_STATES and any(p.kind == "city" for p in find_places(bare)):
            return None
        return PlaceHit(Place(None, admin1, code), "state", start, end)
    for form in (bare, bare.title() if bare.isupper() and len(bare) > 4 else bare):
        if form in countries():
            if GOVERNMENT.match(after) and form not in {"US", "U.S.", "UK"} and form not in demonyms():
                return None
            named = AFTER_COMMA.match(after) if after[:2] == ", " else None
            if named is not None and _longest_area(named.group("area")) is not None:
                return None  # Lebanon, Indiana
            return PlaceHit(Place(None, None, countries()[form]), "country", start, end, demonym=form in demonyms())
    return None


def _state_hit(form: str, bare: str, start: int, before: str, after: str) -> PlaceHit | None:
    admin1, code = state_names()[form]
    if form in state_abbreviations():
        if not re.search(r", ?$|\($", before):
            return None
        return PlaceHit(Place(None, admin1, code), "state", start, start + len(form))
    if GOVERNMENT.match(after) or re.search(r"\b(?:Ms|Mrs|Mr|George|Denzel)\.? $", before):
        return None
    if bare in {"Victoria", "Georgia", "New York", "Washington"} and re.match(
        r" (?:Post|Times|Stock|Street|Wizards)|, D\.?C|-based", after
    ):
        return None
    if bare.lower() in DIRECTION | {"centre", "center", "capital", "federal"} or len(bare) < 4:
        return None
    named = AFTER_COMMA.match(after) if after[:2] == ", " else None
    area = _longest_area(named.group("area")) if named is not None else None
    if (
        area is not None
        and area != (None, code)
        and any(p.kind == "city" and p.country == area[1] and area[0] in (None, p.admin1) for p in find_places(bare))
    ):
        return None  # Dublin, Ohio
    if code not in STATE_BEFORE_TOWN and any(
        p.kind == "city" and (p.population or 0) > LARGE and (code not in ENGLISH_STATES or p.country == code)
        for p in find_places(bare)
    ):
        return None  # São Paulo, Abu Dhabi, Seoul, Berlin: the town is meant
    if code not in ENGLISH_STATES and bare.lower() in COMMON:
        return None
    return PlaceHit(Place(None, admin1, code), "state", start, start + len(bare))


def _part_of_town(bare: str, before: str, after: str) -> bool:
    """Whether a state's or country's name is but a part of a town's: Port Washington, Colorado City, West Memphis."""
    lead = re.search(r"([A-ZÀ-Þ][\w'’-]+) $", before)
    if lead and lead.group(1).lower() not in DIRECTION | {"the", "in", "at", "from", "of"}:
        longer = find_places(f"{lead.group(1)} {bare}")
        towns = any(p.kind in {"city", "township", "county"} for p in longer)
        if towns and (lead.group(1).lower() not in COMMON or lead.group(1) in {"Port", "New", "Fort", "Lake", "Mount"}):
            return True
    tail = re.match(
        r" ((?:City|Falls|Springs|Township|Beach|Heights|Park|Island|Lake|Hills|Valley|Center|Junction|Grove|Point)\b)",
        after,
    )
    return bool(tail and any(p.kind in {"city", "township"} for p in find_places(f"{bare} {tail.group(1)}")))


def _county(
    text: str, match: re.Match[str], context: Counter[tuple[str | None, str]], areas: Sequence[PlaceHit]
) -> list[PlaceHit]:
    kind = match.group("kind").lower().rstrip(".")
    names = match.group("name")
    plural = kind == "counties"
    word = {"counties": "County", "twp": "Township"}.get(kind, kind.capitalize())
    parts = re.split(r" and |, ", names) if plural else [names]
    if plural:  # "Shackelford and Milam counties"
        lead = re.search(r"((?:[A-ZÀ-Þ][\w'’-]+, )*)$", text[max(0, match.start() - 60) : match.start()])
        parts = [p for p in (lead.group(1).split(", ") if lead else []) if p] + parts
    out = []
    after = text[match.end() : match.end() + 40]
    named = AFTER_COMMA.match(after)
    area = _longest_area(named.group("area")) if named else None
    for part in parts:
        part = re.sub(r"^(?:The|In|At|Near|And|Of|For|As|But|While|When|Next|Both) ", "", part)
        if not part or part.lower() in NO_COUNTY:
            continue
        start = text.find(part, max(0, match.start() - 70), match.end())
        pieces = part.split(" ")
        for cut in range(len(pieces)):
            if any(p.kind in {"county", "township"} for p in find_places(f"{' '.join(pieces[cut:])} {word}")):
                start += len(" ".join(pieces[:cut])) + (1 if cut else 0)
                part = " ".join(pieces[cut:])
                break
        else:
            if len(pieces) > 2:
                start += len(" ".join(pieces[:-1])) + 1
                part = pieces[-1]
        name = f"{part} {word}"
        known = [p for p in (*find_places(name), *find_places(part)) if p.kind in {"county", "township"}] or list(
            find_places(name)
        )
        place = _choose(known, area, context, areas, start)
        if place is None and area is not None:
            out.append(PlaceHit(Place(name, area[0], area[1]), "county", start, match.end()))
        elif place is not None:
            out.append(PlaceHit(Place(name, place.admin1, place.country), "county", start, match.end()))
        else:
            near = _nearest_area(areas, start, context)
            out.append(
                PlaceHit(
                    Place(name, near[0] if near else None, near[1] if near else None), "county", start, match.end()
                )
            )
    return out


def _longest_area(written: str) -> tuple[str | None, str] | None:
    pieces = written.split(" ")
    for size in range(len(pieces), 0, -1):
        area = _area(" ".join(pieces[:size]))
        if area is not None:
            return area
    return None


def _nearest_area(
    areas: Sequence[PlaceHit], start: int, context: Counter[tuple[str | None, str]]
) -> tuple[str | None, str] | None:
    states = [h for h in areas if h.kind == "state"] or [h for h in areas if not h.demonym]
    if states:
        best = min(states, key=lambda h: abs(h.start - start) + (200 if h.start > start else 0))
        return best.place.admin1, best.place.country or ""
    return max(context, key=lambda k: context[k]) if context else None


def _choose(
    known: Sequence[GazetteerPlace],
    area: tuple[str | None, str] | None,
    context: Counter[tuple[str | None, str]],
    areas: Sequence[PlaceHit],
    start: int,
    written: str = "",
) -> GazetteerPlace | None:
    """The namesake that the area after the name, the areas of the text and size speak for."""
    if not known:
        return None
    towns = [p for p in known if p.kind not in {"state", "country"}]
    if any((p.population or 0) >= LARGE for p in towns) or area is not None:
        known = towns or known
    if area is not None:
        within = [p for p in known if p.country == area[1] and (area[0] is None or p.admin1 == area[0])]
        return max(within, key=lambda p: p.population or 0) if within else None
    admins = {admin1 for admin1, _ in context if admin1}
    lands = {land for _, land in context}
    near = {(h.place.admin1, h.place.country) for h in areas if abs(h.start - start) < 160}

    key = place_key(written) if written else ""

    def score(p: GazetteerPlace) -> float:
        value = math.log10((p.population or 0) + 10)
        if p.admin1 in admins and any(a == p.admin1 and c == p.country for a, c in context):
            value += 4
        if p.country in lands:
            value += 2.5
        if any(a == p.admin1 and c == p.country for a, c in near):
            value += 2
        if any(c == p.country for _, c in near):
            value += 1
        if p.country == "US":
            value += 0.5
        return value + (1.5 if place_key(p.name) == key else 0.0)

    best = max(known, key=score)
    supported = best.country in lands or best.admin1 in admins
    far = POPULOUS if not lands else 10 * POPULOUS
    return best if supported or (best.population or 0) >= far or (len(known) == 1 and not lands) else None


def _towns(
    text: str,
    match: re.Match[str],
    context: Counter[tuple[str | None, str]],
    areas: Sequence[PlaceHit],
    spans: Spans,
    taken: Spans,
    segments: Segments,
) -> list[PlaceHit]:
    pieces = [(m.start() + match.start(), m.end() + match.start()) for m in re.finditer(r"\S+", match.group())]
    out: list[PlaceHit] = []
    index = 0
    while index < len(pieces):
        for size in range(min(5, len(pieces) - index), 0, -1):
            start, end = pieces[index][0], pieces[index + size - 1][1]
            phrase = re.sub(r"['’]s?$", "", text[start:end])
            end = start + len(phrase)
            if spans.overlap(start, end) or taken.overlap(start, end):
                continue
            hit = _town(text, phrase, start, end, context, areas, segments, taken)
            if hit is not None:
                out.append(hit)
                spans.add(start, end)
                index += size - 1
                break
        index += 1
    return out


def _town(
    text: str,
    phrase: str,
    start: int,
    end: int,
    context: Counter[tuple[str | None, str]],
    areas: Sequence[PlaceHit],
    segments: Segments,
    taken: Spans,
) -> PlaceHit | None:
    after = text[end : end + 60]
    if phrase.split(" ")[0].lower() in NEVER:
        return None
    named = AFTER_COMMA.match(after)
    area = None
    known_before = find_places(phrase)
    if named and not re.match(r" in (?=\d)", after):
        within = taken.overlap(end + named.start("area"), end + named.end("area"))
        area = None if within else _longest_area(named.group("area"))
        if area is not None and known_before and _choose(known_before, area, context, areas, start) is None:
            area = None  # "Haenam, Ulsan and Gumi": the next of a list, not the state
        if area is not None and area[0] is None and area[1] and re.match(r" \(", after):
            area = None
    parts = phrase.split(" ")
    if (
        parts[0].lower()
        in {
            "in",
            "the",
            "at",
            "near",
            "and",
            "of",
            "for",
            "from",
            "to",
            "on",
            "by",
            "as",
            "but",
            "with",
            "when",
            "while",
            "this",
            "its",
            "our",
            "a",
        }
        and len(parts) > 1
    ):
        return None
    block = segments.block_of(segments.sentence_at(start))
    known = find_places(phrase)
    before = text[max(block.start, start - 40) : start]
    label = (
        block.kind != "row"
        and start <= block.start + 3
        and re.match(r"(?:\.|:|, [a-z][^.:|]{0,40}[.:]| [—–-] |, [A-Z][\w ]+[.:]| \| |\s?\([A-Z]|$)", after)
    )
    if area is not None and not PERSON_TITLE.search(before):
        place = _choose(known, area, context, areas, start)
        if place is not None:
            return PlaceHit(
                Place(
                    place.name if place.kind != "state" else None,
                    area[0] or (place.admin1 if area[1] == "US" else _stated(place, context)),
                    place.country,
                ),
                place.kind,
                start,
                end,
            )
        lead_ok = LOCATIVE.search(before) or WEAK.search(before) or label
        if (
            lead_ok
            and len(parts) <= 3
            and parts[0].lower() not in COMMON
            and not re.match(r"^(?:,)? in ", after)
            and (text[end] == "," or text[end : end + 2] == " (")
        ):
            return PlaceHit(Place(phrase, area[0], area[1]), "city", start, end)
        return None
    if not known:
        return None
    lone = len(parts) == 1 and parts[0].lower() in COMMON | DIRECTION
    if lone and not ((LOCATIVE.search(before) or CIVIC_AFTER.match(after)) and parts[0].lower() in TOWNS_TOO):
        return None
    if re.match(r" \d", after) or parts[0].lower() in NEVER:
        return None
    several = len(parts) > 1 and any(c == p.country and a == p.admin1 for p in known for a, c in context)
    if (
        NAME_GOES_ON.match(after)
        and not several
        and not (
            known
            and max((p.population or 0) for p in known) > LARGE
            and re.match(r" [A-Z][a-z]+ (?:campus|site|data)", after)
        )
    ):
        return None
    if GOVERNMENT.match(after):
        return None
    if PERSON_BEFORE.search(before) and not LOCATIVE.search(before):
        last = before.split()[-1] if before.split() else ""
        if (
            last.lower() not in DIRECTION
            and not re.search(r"[.!?:]\s*$", before)
            and last not in {"The", "In", "At", "From", "Near", "Outside"}
        ):
            return None
    if PERSON_TITLE.search(before):
        return None
    if phrase.isupper() and len(phrase) < 4:
        return None
    if phrase in state_names() and not any(
        p.kind == "city" and (p.population or 0) > LARGE and place_key(p.name) == place_key(phrase) for p in known
    ):
        _admin1, land = state_names()[phrase]
        known = tuple(p for p in known if p.kind == "state" and p.country == land) or known
    place = _choose(known, None, context, areas, start, phrase)
    if place is None:
        return None
    size = place.population or 0
    supported = any(c == place.country and (a is None or a == place.admin1) for a, c in context)
    cell = (
        block.kind == "row"
        and supported
        and size >= ROW_TOWN
        and ROW_HEAD.fullmatch(text[block.start : start])
        and after[:2] in {" |", "|"}
    )
    if (
        LOCATIVE.search(before)
        or label
        or cell
        or re.match(
            r"(?:['’]s)? (?:campus|site|data cent|facility|project|plant|park|hall|expansion|metro|area|region|city)",
            after,
        )
        or re.match(r"-based\b", after)
        or (size >= LARGE and (WEAK.search(before) or before.rstrip().endswith(",")))
    ):
        pass
    elif supported and WEAK.search(before) and size >= 1000:
        if not before.strip() and not label:
            return None if size < LARGE else _hit(place, context, start, end, phrase)
    else:
        return None
    return _hit(place, context, start, end, phrase)


def _hit(
    place: GazetteerPlace, context: Counter[tuple[str | None, str]], start: int, end: int, written: str
) -> PlaceHit:
    if place.kind == "country":
        return PlaceHit(Place(None, None, place.country), "country", start, end)
    if place.kind == "state" or (place.kind == "county" and place.country == "GB"):
        return PlaceHit(Place(None, place.admin1 or place.name, place.country), "state", start, end)
    return PlaceHit(Place(_name(place, written), _stated(place, context), place.country), place.kind, start, end)


def _name(place: GazetteerPlace, written: str) -> str:
    """The name as the text writes it; a desk's capitals are set in lower case."""
    if written.isupper() or place_key(place.name) == place_key(written):
        return place.name
    return written


def _stated(place: GazetteerPlace, context: Counter[tuple[str | None, str]]) -> str | None:
    """The state of a town: always where the gazetteer knows it, so that namesakes stay apart."""
    return place.admin1


def _mark(text: str, hit: PlaceHit, segments: Segments) -> PlaceHit:
    before, after = text[max(0, hit.start - 40) : hit.start], text[hit.end : hit.end + 60]
    if SEAT.search(before) or re.match(r"(?:, [A-Z][\w.]+)?-(?:based|headquartered|listed)\b", after):
        return replace(hit, seat=True)
    block = segments.block_of(segments.sentence_at(hit.start))
    if (
        hit.start <= segments.blocks[min(1, len(segments.blocks) - 1)].start + 1
        and hit.start == block.start
        and text[hit.start : hit.end].isupper()
        and re.match(r"\.|:| ?[-–—]", after)
    ):
        return replace(hit, dateline=True)  # a desk at the head of the text
    if (
        block.kind == "paragraph"
        and hit.start - block.start < 60
        and re.match(
            r"(?:,? [\w., ]{0,24})?(?:[,/ ]+(?:[A-Z][\w. ]+,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:, \d{4}| \d{4})?)?\s?(?:\([^)]{2,40}\)|/[A-Z][\w ]+/)?\s?(?:--|—|–| -|-\s)",
            text[hit.end : hit.end + 90],
        )
    ):
        return replace(hit, dateline=True)
    return hit
