"""
Whether the words around a name speak of a place: "in Lima", "the Lima campus", "Lima has been chosen".

In: a name in a text with what the gazetteer says of it. Out: yes or no. Never asks which of its namesakes is meant, nor whether it is a
person's or a company's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.places.area_names import LARGE
from ingest.extract.places.town_words import (
    CHOSEN,
    LOCATIVE,
    MIDDLING,
    ROW_CELL,
    ROW_HEAD,
    ROW_TOWN,
    SPEAKS,
    WEAK,
)
from ingest.extract.text.patterns import Window
from ingest.extract.text.segments import Block

SITE_OF = re.compile(
    r"(?:['’]s)? (?:(?:AI|new|planned|mega)[ -])*(?:campus|site|data cent|facility|project|plant|park|halls?\b|cluster|building|supercomputer|servers?\b|factory|expansion|metro|area|region|city)"
)
SEAT = re.compile(r"-based\b")
# "Goodyear (44 MW)", "Douglasville, 27 MW": what stands in the town.
FIGURED = re.compile(
    r"(?:,| \(|:) ?(?:about |around |some |up to |over |~)?\d[\d.,]*[ -]?(?:MW|GW|MVA|megawatt|gigawatt|acre|hectare|ha\b|sq)"
)
SMALLEST = 1_000


@dataclass(frozen=True, slots=True)
class Held:
    """What speaks for a town besides the words around it."""

    size: int
    supported: bool
    """Whether the text names its state or country."""
    plain: bool
    """Whether towns of its country are not also the names of people."""


def is_spoken_of(text: str, start: int, end: int, window: Window, block: Block, held: Held) -> bool:
    """Whether the words around `text[start:end]` make a town of it."""
    after = text[end : end + 60]
    cell = (
        block.kind == "row"
        and held.supported
        and held.size >= ROW_TOWN
        and ROW_HEAD.fullmatch(text[block.start : start])
        and after[:2] in {" |", "|"}
    )
    return bool(
        LOCATIVE.seek(window)
        or cell
        or SITE_OF.match(after)
        or (held.supported and (CHOSEN.match(after) or FIGURED.match(after)))
        or SEAT.match(after)
        or (held.size >= LARGE and (WEAK.search(window.text) or window.text.rstrip().endswith(",")))
        or (held.size >= (MIDDLING if held.plain else LARGE) and held.supported and not SPEAKS.match(after))
    )


def is_named_weakly(text: str, end: int, window: Window, block: Block, held: Held) -> bool:
    """Whether a town of a state or country that the text names stands behind a word that often leads to a place."""
    after = text[end : end + 60]
    if not held.supported or held.size < SMALLEST or WEAK.search(window.text) is None or SPEAKS.match(after):
        return False
    if block.kind == "row" and not ROW_CELL.match(after):
        return False  # a word of a cell, not what stands in it
    return bool(window.text.strip()) or held.size >= LARGE
