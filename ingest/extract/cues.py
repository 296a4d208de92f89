"""
Cue words around a figure, weighed by how near they stand.

In: a sentence, the span of a figure in it, and a table of cue patterns. Out: a score per label. A cue touching the figure
weighs most; distance, clause borders and other figures in between weaken it. Never looks outside the sentence it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BORDER = re.compile(r"[,;:()—–]| and | while | but | which | who | with | where | as | after | by | from ")
SUBJECT = 24
"""Characters from the start of a sentence in which its subject is looked for."""
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
    return CueTable(tuple(cues), re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE))


def load(name: str) -> CueTable:
    """
    The table `metrics/<name>.cues`: one cue a line, `label weight pattern`; "#" begins a comment line.

    Raises ValueError with file and line where a line is not of that form.
    """
    file = Path(__file__).parent / "metrics" / f"{name}.cues"
    cues = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            label, weight, pattern = line.split(" ", 2)
            cues.append(Cue(label, float(weight), pattern))
        except ValueError as error:
            raise ValueError(f"{file.name}, line {number}: not `label weight pattern`: {line[:60]!r}") from error
    return table(cues)


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


def outside(found: Sequence[Found], names: Sequence[tuple[int, int]]) -> list[Found]:
    """Without the cues of load that are part of a name: "Prometheus Hyperscale"; "Ash Creek Solar" says what it is."""
    return [f for f in found if f.cue.label != "power" or not any(a <= f.start and f.end <= b for a, b in names)]


def weigh(
    text: str,
    found: Sequence[Found],
    start: int,
    end: int,
    others: Sequence[tuple[int, int]] = (),
    subject: int = -1_000_000,
) -> Mapping[str, float]:
    """Sum the weight of each label for the figure at `start`..`end`; `others` are the spans of rival figures.

    A cue within the first words after `subject` (the sentence's start) is what the sentence is about: distance hardly weakens it.
    """
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
        weight *= 0.75 ** min(len(BORDER.findall(between)), 4) * (0.75 if item.end <= start else 0.55) ** min(rivals, 4)
        if STRONG_BORDER.search(between):
            weight *= 0.6
        if 0 <= item.start - subject < SUBJECT and item.end <= start and not rivals:
            weight = max(weight, 0.45 * item.cue.weight)
        scores[item.cue.label] = scores.get(item.cue.label, 0.0) + weight
    return scores
