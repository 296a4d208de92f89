"""
Capitalised words that may name a town: what the gazetteer knows, and what a state or country stands right after.

In: a text, its runs of capitalised words, the spans other names have taken. Out: phrases with the places of that name and the area
told after them; whatever depends on the text alone is worked out here, once. Never decides what is a town: `towns` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from db.reference import GazetteerPlace, find_places
from ingest.extract.places.area_names import phrases, without_possessive
from ingest.extract.places.town_state import Area, area_after
from ingest.extract.places.town_words import ESTATE, NEVER, NO_START, names_institute
from ingest.extract.text.spans import Spans

LONGEST_TOWN = 5
"""Words of the longest name of a town that is looked up."""


class TownPhrase(NamedTuple):
    """
    Capitalised words that may name a town: `known` are the places of that name, `area` what is named after it.

    `closes` tells that a full stop or colon closes the area, which then is no next item of a list.
    """

    written: str
    start: int
    end: int
    known: tuple[GazetteerPlace, ...]
    area: Area | None
    closes: bool


def town_phrases(text: str, runs: Iterable[re.Match[str]], taken: Spans) -> Iterator[TownPhrase]:
    """What may name a town in the runs, of phrases that start alike the longest first; what is taken only if it says where."""
    for run in runs:
        for start, phrase in phrases(run.group(), run.start(), LONGEST_TOWN):
            written, known = _name_of_town(phrase)
            if not written:
                continue
            end = start + len(written)
            area, closes = area_after(text, start, end, known, taken)
            if not known and area is None:
                continue
            if not taken.overlap(start, end) or names_institute(text, start, end):
                yield TownPhrase(written, start, end, known, area, closes)


@lru_cache(maxsize=20_000)
def _name_of_town(phrase: str) -> tuple[str, tuple[GazetteerPlace, ...]]:
    """The phrase without a possessive, and the places so named; "" and none where no town can be called so."""
    written = without_possessive(phrase)
    first, _, rest = written.lower().partition(" ")
    if first in NEVER or (rest and first in NO_START) or ESTATE.search(written):
        return "", ()
    return written, find_places(written)
