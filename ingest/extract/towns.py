"""
Towns: capitalised words that the gazetteer knows, in a context that speaks of a place.

In: a run of capitalised words, what stands around it, and the areas of the text. Out: `PlaceHit`s of cities. Never takes an ordinary
capitalised word, a person or a company for a village: a lone word needs a preposition, a state or a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from db.records import Place
from db.reference import GazetteerPlace, find_places, place_key, state_names
from ingest.extract.areas import (
    AFTER_COMMA,
    COMMON,
    DIRECTION,
    GOVERNMENT,
    LARGE,
    PlaceHit,
    longest_area,
    without_possessive,
)
from ingest.extract.namesakes import choose, outstanding
from ingest.extract.patterns import Window, compiled
from ingest.extract.segments import Segments
from ingest.extract.spans import Spans
from ingest.extract.wordlists import words

# A table whose first cell says what the second is: "County / state | Shackelford, Texas".
PIECE = re.compile(r"\S+")
ROW_HEAD = re.compile(r"\|? ?")
LOCATIVE = compiled(
    r"\b(?:in|at|near|outside|inside|around|into|across|throughout|within|beside|between|beyond|toward|towards|off|nearby|in nearby|in downtown|north of|south of|east of|west of|northwest of|northeast of|southwest of|southeast of|city of|town of|village of|municipality of|county of|place in|site in|kilometers of|miles from|en|em|à|bei)\s+(?:the |rural |nearby |downtown |greater |central |northern |southern |eastern |western |north |south |east |west |West |East |North |South |Northern |Southern |Central |neighbou?ring |suburban |far |upstate |(?:the )?(?:city|town|county|village|state|port|province|region) of )*$",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"[(|]\s*$|\b(?:of|for|to|from|and|or|with|by|on|through|,|;|/|than|via|including|like|is|are|–|—|-|:)\s*(?:the )?$|^$",
    re.IGNORECASE,
)
PERSON_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof)\.? |\b[A-Z][a-z]+ (?:[A-Z]\. )?)$")
PERSON_TITLE = compiled(
    r"\b(?:CEO|president|chairman|director|mayor|governor|Gov\.|senator|minister|chief|analyst|founder|spokes\w+|secretary|commissioner|manager|partner|officer)\s+(?:[A-Z][a-z]+\s)?$",
    re.IGNORECASE,
)
NAME_GOES_ON = re.compile(
    r"^ (?!(?:County|Parish|Township|Counties|Campus|Data|AI|Site|Project|Region|Area|Metro|City|And|Or|In|Is|Was|On|At|To|Will|Has|Data Center|Google|Meta|Microsoft|Amazon|OpenAI|Oracle)\b)"
    r"(?:[A-ZÀ-Þ][\w&'’-]+)"
)
# "near East Paulding and Adams Center roads": what roads are called.
STREET = re.compile(
    r" (?:and [A-Z][\w ]{2,30} )?(?:[Rr]oads?|[Ss]treets?|[Aa]venues?|[Ll]ane|[Dd]rive|Boulevard|Pike|Parkway|Interchange)\b"
)
MIDDLING = 10_000
SURNAMES = frozenset({"US", "GB", "CA", "AU", "IE", "NZ"})
"""Countries whose towns are also the names of people in English texts."""
SPEAKS = re.compile(
    r"(?:['’]s)?,? (?:said|says|added|told|noted|explained|argued|wrote|thinks|believes|called|joined|announced|announces|goes on|assistant|models?)\b|['’]s? "
)
ROW_TOWN = 5_000
"""People that a town must have to head a row of a table, where many a word is also a village."""
CIVIC_AFTER = re.compile(
    r"^(?:['’]s)? (?:(?:city |town |village |plan |planning |zoning |township )?(?:council|commission|board)(?: of \w+)?|council|mayor|residents|officials|voters|planners|commissioners|supervisors|neighbors|neighbours)\b",
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
# Of the common words, those that are real towns often enough to count after "in" or "near".
TOWNS_TOO = words("towns_too")


def towns(
    text: str,
    match: re.Match[str],
    context: Counter[tuple[str | None, str]],
    areas: Sequence[PlaceHit],
    spans: Spans,
    taken: Spans,
    segments: Segments,
) -> list[PlaceHit]:
    """The towns in one run of capitalised words, the longest names first; what is found is taken in `spans`."""
    pieces = [(m.start() + match.start(), m.end() + match.start()) for m in PIECE.finditer(match.group())]
    out: list[PlaceHit] = []
    index = 0
    while index < len(pieces):
        for size in range(min(5, len(pieces) - index), 0, -1):
            start, end = pieces[index][0], pieces[index + size - 1][1]
            phrase = without_possessive(text[start:end])
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
        area = None if within else longest_area(named.group("area"))
        if area is not None and known_before and choose(known_before, area, context, areas, start) is None:
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
    known = find_places(phrase)
    if area is None and not known:
        return None
    block = segments.block_of(segments.sentence_at(start))
    window = Window(text, max(block.start, start - 40), start)
    before = window.text
    label = (
        block.kind != "row"
        and start <= block.start + 3
        and re.match(r"(?:\.|:|, [a-z][^.:|]{0,40}[.:]| [—–-] |, [A-Z][\w ]+[.:]| \| |\s?\([A-Z]|$)", after)
    )
    if area is not None and not PERSON_TITLE.seek(window):
        place = choose(known, area, context, areas, start)
        if place is not None:
            return PlaceHit(
                Place(
                    place.name if place.kind != "state" else None,
                    area[0] or place.admin1,
                    place.country,
                ),
                place.kind,
                start,
                end,
            )
        lead_ok = LOCATIVE.seek(window) or WEAK.search(before) or label
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
    if lone and not ((LOCATIVE.seek(window) or CIVIC_AFTER.match(after)) and parts[0].lower() in TOWNS_TOO):
        return None
    if re.match(r" \d", after) or parts[0].lower() in NEVER:
        return None
    several = len(parts) > 1 and any(c == p.country and a == p.admin1 for p in known for a, c in context)
    civic = CIVIC_AFTER.match(after)
    if (
        NAME_GOES_ON.match(after)
        and not taken.overlap(end + 1, end + 2)
        and not several
        and not civic
        and not (
            known
            and max((p.population or 0) for p in known) > LARGE
            and re.match(r" [A-Z][a-z]+ (?:campus|site|data)", after)
        )
    ):
        return None
    if GOVERNMENT.match(after) or STREET.match(after):
        return None
    if PERSON_BEFORE.search(before) and not LOCATIVE.seek(window):
        last = before.split()[-1] if before.split() else ""
        if (
            last.lower() not in DIRECTION
            and not re.search(r"[.!?:]\s*$", before)
            and last not in {"The", "In", "At", "From", "Near", "Outside"}
        ):
            return None
    if PERSON_TITLE.seek(window):
        return None
    if phrase.isupper() and len(phrase) < 4:
        return None
    if phrase in state_names() and not any(
        p.kind == "city" and (p.population or 0) > LARGE and place_key(p.name) == place_key(phrase) for p in known
    ):
        _admin1, land = state_names()[phrase]
        known = tuple(p for p in known if p.kind == "state" and p.country == land) or known
    place = choose(known, None, context, areas, start, phrase) or (outstanding(known) if civic else None)
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
    spoken_of = (
        LOCATIVE.seek(window)
        or label
        or cell
        or re.match(
            r"(?:['’]s)? (?:(?:AI|new|planned|mega)[ -])*(?:campus|site|data cent|facility|project|plant|park|hall|expansion|metro|area|region|city)",
            after,
        )
        or civic
        or re.match(r"-based\b", after)
        or (size >= LARGE and (WEAK.search(before) or before.rstrip().endswith(",")))
        or (size >= (LARGE if place.country in SURNAMES else MIDDLING) and supported and not SPEAKS.match(after))
    )
    weakly = supported and size >= 1000 and WEAK.search(before) is not None
    weakly = weakly and bool(before.strip() or label or size >= LARGE)
    return _hit(place, start, end, phrase) if spoken_of or weakly else None


def _hit(place: GazetteerPlace, start: int, end: int, written: str) -> PlaceHit:
    if place.kind == "country":
        return PlaceHit(Place(None, None, place.country), "country", start, end)
    if place.kind == "state" or (place.kind == "county" and place.country == "GB"):
        return PlaceHit(Place(None, place.admin1 or place.name, place.country), "state", start, end)
    return PlaceHit(Place(_name(place, written), place.admin1, place.country), place.kind, start, end)


def _name(place: GazetteerPlace, written: str) -> str:
    """The name as the text writes it; a desk's capitals are set in lower case."""
    if written.isupper() or place_key(place.name) == place_key(written):
        return place.name
    return written
