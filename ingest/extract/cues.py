"""
Cue words around a figure, weighed by how near they stand.

In: a sentence, the span of a figure in it, and a table of cue patterns. Out: a score per label. A cue touching the figure
weighs most; distance, clause borders and other figures in between weaken it. Never looks outside the sentence it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BORDER = re.compile(r"[,;:()—–]| and | while | but | which | who | with | where | as | after | by | from ")
STRONG_BORDER = re.compile(r"[;()]|, (?:and|but|while|which|who|whose|where|as|after|when) ")


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that speaks for `label` with `weight`; `after`/`before` scale it for its side of the figure."""

    label: str
    weight: float
    pattern: str
    before: float = 1.0
    after: float = 1.0


@dataclass(frozen=True, slots=True)
class CueTable:
    """Cues compiled into one alternation, so that a sentence is read once."""

    cues: tuple[Cue, ...]
    regex: re.Pattern[str]


def table(cues: Sequence[Cue]) -> CueTable:
    """Compile `cues`; earlier ones win where two match at one place."""
    parts = [f"(?P<c{i}>{cue.pattern})" for i, cue in enumerate(cues)]
    return CueTable(tuple(cues), re.compile(r"(?<![\w-])(?:" + "|".join(parts) + r")", re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Found:
    """One cue found at `start`..`end` of the string it was looked for in."""

    cue: Cue
    start: int
    end: int


def find(cue_table: CueTable, text: str, start: int, end: int) -> list[Found]:
    """Every cue in `text[start:end]`."""
    out = []
    for match in cue_table.regex.finditer(text, start, end):
        name = match.lastgroup
        if name is None:
            continue
        out.append(Found(cue_table.cues[int(name[1:])], match.start(), match.end()))
    return out


def weigh(
    text: str, found: Sequence[Found], start: int, end: int, others: Sequence[tuple[int, int]] = ()
) -> Mapping[str, float]:
    """Sum the weight of each label for the figure at `start`..`end`; `others` are the spans of rival figures."""
    scores: dict[str, float] = {}
    for item in found:
        if item.end <= start:
            between, side = text[item.end : start], item.cue.before
            rivals = sum(1 for a, b in others if item.end <= a and b <= start)
        elif item.start >= end:
            between, side = text[end : item.start], item.cue.after
            rivals = sum(1 for a, b in others if end <= a and b <= item.start)
        else:
            between, side, rivals = "", 1.0, 0
        words = between.count(" ")
        weight = item.cue.weight * side / (1.0 + words / 5.0)
        weight *= 0.75 ** min(len(BORDER.findall(between)), 4) * 0.6 ** min(rivals, 4)
        if STRONG_BORDER.search(between):
            weight *= 0.6
        scores[item.cue.label] = scores.get(item.cue.label, 0.0) + weight
    return scores
