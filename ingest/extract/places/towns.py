"""
Towns: capitalised words that the gazetteer knows, in a context that speaks of a place.

In: a run of capitalised words, what stands around it, and the areas of the text. Out: `PlaceHit`s of cities. Never takes an ordinary
capitalised word, a person or a company for a village: a lone word needs a preposition, a state or a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from db.records import Place
from db.reference import GazetteerPlace, place_key, state_names
from ingest.extract.places.area_names import COMMON, DIRECTION, LARGE, bears
from ingest.extract.places.areas import GOVERNMENT, PlaceHit
from ingest.extract.places.namesakes import (
    METROPOLIS,
    as_saint,
    choose,
    hit_of,
    in_state,
    is_strange_state,
    outstanding,
    the_only,
)
from ingest.extract.places.town_phrases import TownPhrase
from ingest.extract.places.town_signs import FIGURED, Held, is_named_weakly, is_spoken_of
from ingest.extract.places.town_words import (
    AFTER_THE,
    CIVIC_AFTER,
    COMPANY_AFTER,
    DISTRICTS,
    HEADS,
    LOCATIVE,
    NAME_GOES_ON,
    NAMED_FOR_TOWN,
    NUMBERED,
    PERSON_BEFORE,
    PERSON_TITLE,
    SAID_OFTEN,
    SITE_AFTER,
    STREET,
    SURNAMES,
    TOWNS_TOO,
    WEAK,
)
from ingest.extract.text.patterns import Window
from ingest.extract.text.segments import Segments
from ingest.extract.text.spans import Spans

SHORT_NAME = 3
"""Letters of a name that heads a line for whoever speaks, not for a place: "Les:"."""
TELLING, LONG = 10_000, 6
"""People of a town, and letters of its name, that say which is meant where no other place is called so: Visakhapatnam."""


def towns(
    text: str,
    candidates: Iterable[TownPhrase],
    context: Counter[tuple[str | None, str]],
    areas: Sequence[PlaceHit],
    spans: Spans,
    taken: Spans,
    segments: Segments,
    strange: Collection[str],
) -> list[PlaceHit]:
    """
    The towns among `candidates`, of overlapping ones the first; what is found is taken in `spans`.

    `strange` are words that the text uses as the name of a person or a company.
    """
    out: list[PlaceHit] = []
    for phrase in candidates:
        if spans.overlap(phrase.start, phrase.end):
            continue
        hit = _town(text, phrase, context, areas, segments, taken, strange)
        if hit is not None:
            out.append(hit)
            spans.add(phrase.start, phrase.end)
    return out


def _town(
    text: str,
    candidate: TownPhrase,
    context: Counter[tuple[str | None, str]],
    areas: Sequence[PlaceHit],
    segments: Segments,
    taken: Spans,
    strange: Collection[str],
) -> PlaceHit | None:
    phrase, start, end, known, area, closes = candidate
    after = text[end : end + 60]
    if phrase.isupper() and len(phrase) == 2:
        return None  # "GA, NV": states
    if area is not None and not closes and known and choose(known, area, context, areas, start) is None:
        area = None  # "Haenam, Ulsan and Gumi": the next of a list, not the state
    if area is None and not known:
        return None
    parts = phrase.split(" ")
    block = segments.block_of(segments.sentence_at(start))
    window = Window(text, max(block.start, start - 40), start)
    before = window.text
    label = (
        block.kind != "row"
        and not (len(phrase) <= SHORT_NAME and not in_state(known, context))
        and start <= block.start + 3
        and re.match(r"(?:\.|:|, [a-z][^.:|]{0,40}[.:]| [—–-] |, [A-Z][\w ]+[.:]| \| |\s?\([A-Z]|$)", after)
    )
    if area is not None and not PERSON_TITLE.seek(window):
        place = choose(known, area, context, areas, start)
        if place is not None:
            return PlaceHit(
                Place(
                    as_saint(place.name, phrase) if place.kind != "state" else None,
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
    if lone and not (
        parts[0].lower() in TOWNS_TOO
        and (
            LOCATIVE.seek(window)
            or (start - block.start <= 3 and HEADS.match(after) and (phrase.isupper() or block.kind == "item"))
            or CIVIC_AFTER.match(after)
            or (SITE_AFTER.match(after) and (in_state(known, context) or _is_metropolis(known)))
        )
    ):
        return None
    numbered = NUMBERED.match(after) and LOCATIVE.seek(window) and known[0].kind == "city"
    numbered = numbered and _is_metropolis(known)
    if re.match(r" \d", after) and not numbered:
        return None
    several = len(parts) > 1 and any((p.admin1, p.country) in context for p in known)
    civic = CIVIC_AFTER.match(after)
    told = {land: {a for a, c in context if c == land and a} for _, land in context}
    estate = NAMED_FOR_TOWN.match(after) and any(
        p.kind == "city"
        and p.country not in SURNAMES
        and p.country in told
        and (not told[p.country] or p.admin1 in told[p.country] or (p.population or 0) >= LARGE)
        for p in known
    )
    if (
        NAME_GOES_ON.match(after)
        and not estate
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
    if (
        len(parts) > 1
        and parts[0].lower() in DIRECTION
        and f"the {phrase}" in text
        and not any((p.population or 0) > LARGE and place_key(p.name) == place_key(phrase) for p in known)
    ):
        return None  # "in the East Basin" is no town of that name
    if COMPANY_AFTER.match(after) and not LOCATIVE.seek(window):
        return None
    if GOVERNMENT.match(after) or STREET.match(after) or DISTRICTS.match(after):
        return None
    if not estate and PERSON_BEFORE.search(before) and not LOCATIVE.seek(window):
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
        p.kind == "city" and (p.population or 0) > LARGE and bears(p.name, phrase) for p in known
    ):
        _admin1, land = state_names()[phrase]
        known = tuple(p for p in known if p.kind == "state" and p.country == land) or known
    place = choose(known, None, context, areas, start, phrase) or (outstanding(known) if civic else None)
    if place is None and not context and text.count(phrase) >= SAID_OFTEN and LOCATIVE.seek(window):
        place = the_only(known)
    if place is None:
        return None
    size = place.population or 0
    if is_strange_state(place, () if LOCATIVE.seek(window) is None else known, context):
        return None  # River Bend in a text on Louisiana is not the one in North Carolina
    supported = (None, place.country) in context or (place.admin1, place.country) in context
    if (
        len(parts) == 1
        and size < LARGE
        and before.endswith(("the ", "The "))
        and not AFTER_THE.match(after)
        and not estate
    ):
        return None
    well_known = size >= LARGE and place_key(place.name) == place_key(phrase)
    if phrase in strange and not (well_known or LOCATIVE.seek(window) or label or civic):
        return None
    held = Held(place.population or 0, supported, place.country not in SURNAMES)
    alone = (
        place.kind == "city"
        and len(known) == 1
        and size >= TELLING
        and len(phrase) >= LONG
        and place_key(place.name) == place_key(phrase)
        and (
            place.country != "US" or size >= METROPOLIS or (place.admin1, "US") in context or FIGURED.match(after)
        )  # Jupiter, Holiday, Echelon
    )
    spoken_of = bool(
        label or civic or estate or (alone and phrase not in strange and not PERSON_BEFORE.search(before))
    ) or is_spoken_of(text, start, end, window, block, held)
    return hit_of(place, start, end, phrase) if spoken_of or is_named_weakly(text, end, window, block, held) else None


def _is_metropolis(known: Sequence[GazetteerPlace]) -> bool:
    return max((p.population or 0) for p in known) >= METROPOLIS
