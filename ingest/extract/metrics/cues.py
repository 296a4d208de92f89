"""
Cue words around a figure, weighed by how near they stand.

In: a sentence, the span of a figure in it, and a table of cue patterns. Out: a score per label. A cue touching the figure
weighs most; distance, clause borders and other figures in between weaken it. Never looks outside the sentence it is given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from ingest.extract.text.patterns import Pattern, compiled
from ingest.extract.text.word_index import WordIndex, index_of

# A sign or one of the words between spaces, written so that `re` passes over the letters that begin neither.
BORDER = re.compile(r"[,;:()—–| ](?:(?<! )|(?:and|while|but|which|who|with|where|as|after|by|from) )")
SUBJECT = 24
"""Characters from the start of a sentence in which its subject is looked for."""
STRONG_BORDER = re.compile(r"[;()|]|, (?:and|but|while|which|who|whose|where|as|after|when) ")


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that speaks for `label` with `weight`; `after`/`before` scale it for its side of the figure."""

    label: str
    weight: float
    pattern: str
    before: float = 1.0
    after: float = 1.0


class CueTable:
    """Cues in order, and which of them can begin with which word, so that a sentence is read once and few are tried."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.cues = tuple(cues)
        self.patterns = tuple(compiled(rf"(?<!\w)(?:{cue.pattern})(?!\w)", re.IGNORECASE) for cue in cues)
        self.begun_by = lru_cache(maxsize=5000)(self._begun_by)

    def _begun_by(self, stem: str) -> tuple[tuple[Cue, Pattern], ...]:
        """The cues that may begin with a word of this stem."""
        pairs = zip(self.cues, self.patterns, strict=True)
        return tuple((cue, pattern) for cue, pattern in pairs if pattern.may_begin(stem))

    def places(self, index: WordIndex) -> tuple[Sequence[int], Sequence[Sequence[tuple[Cue, Pattern]]]]:
        """Where in the text of `index` cues may begin, in order, and which; worked out once for each text."""
        known = index.cues.get(self)
        if known is None:
            begun: dict[int, Sequence[tuple[Cue, Pattern]]] = {}
            for stem in index.chosen(*self.beginnings):
                begun |= dict.fromkeys(index.starts_with(stem), self.begun_by(stem))
            places = sorted(begun)
            known = index.cues[self] = places, [begun[at] for at in places]
        return known

    @cached_property
    def beginnings(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The stems of the words that a cue may begin with, and how others of these words begin."""
        stems, short = zip(*(pattern.beginnings for pattern in self.patterns), strict=True)
        return frozenset().union(*stems), tuple(sorted(frozenset().union(*short)))

    @cached_property
    def is_whole(self) -> bool:
        """Whether the words alone say where a cue can begin."""
        return all(pattern.is_whole for pattern in self.patterns)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """All in one, for a text whose words are not indexed."""
        parts = [f"(?P<c{number}>{cue.pattern})" for number, cue in enumerate(self.cues)]
        return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


def load(name: str) -> CueTable:
    """
    The table `metrics/<name>.cues`: one cue a line, `label weight pattern`; "#" begins a comment line.

    Raises ValueError with file and line where a line is not of that form.
    """
    file = Path(__file__).parent / f"{name}.cues"
    cues = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            label, weight, pattern = line.split(" ", 2)
            cues.append(Cue(label, float(weight), pattern))
        except ValueError as error:
            raise ValueError(f"{file.name}, line {number}: not `label weight pattern`: {line[:60]!r}") from error
    return CueTable(cues)


class Found(NamedTuple):
    """One cue found at `start`..`end` of the string it was looked for in."""

    cue: Cue
    start: int
    end: int


@lru_cache(maxsize=64)
def find(table: CueTable, text: str, start: int, end: int) -> Sequence[Found]:
    """Every cue in `text[start:end]`, none overlapping another; earlier cues of the table win where two match at one place."""
    index = index_of(text)
    if index is None or not table.is_whole:
        matches = ((match, match.lastgroup) for match in table.regex.finditer(text, start, end))
        return [Found(table.cues[int(name[1:])], match.start(), match.end()) for match, name in matches if name]
    places, begun = table.places(index)
    cut, stem = index.cut_before(end)
    first, last = bisect_left(places, start), bisect_left(places, cut)
    candidates = [*zip(places[first:last], begun[first:last], strict=True), (cut, table.begun_by(stem))]
    out: list[Found] = []
    free = start
    for at, cues in candidates:
        if at < free:
            continue
        for cue, pattern in cues:
            if (match := pattern.try_at(index.lower if pattern.folds else text, at, end)) is not None:
                free = match.end()
                out.append(Found(cue, at, free))
                break
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
