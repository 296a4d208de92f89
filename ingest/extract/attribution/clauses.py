"""
The clause of a figure: the piece of its sentence that is said of it.

In: a `Reading` and a figure. Out: a `Clause`, in which patterns are looked for and weighed by how near they stand. Never
knows what the patterns mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Pattern, Window

BEFORE, BEHIND = 220, 160
"""Characters before and behind a figure that a clause takes in at most."""
ASIDE = 24
"""Characters in brackets that do not part a statement."""
AFTER = 25
"""Characters by which a word after a figure counts as further away than one before it: what governs a figure precedes it."""
# Each way begins with a letter or a sign of its own, so that `re` passes over the others.
BREAK = re.compile(
    r";|\(|\)|—|–|,\s(?:and|but|while|(?:of )?which|who|where|as|after|when|with)\b"
    r"|a(?<=\ba)nd (?=\w+ (?:is|will|has|are|expects|plans))"
)


class Clause(NamedTuple):
    """What is said of one figure: the window, and where in it the figure stands."""

    window: Window
    start: int
    end: int

    def says(self, pattern: Pattern) -> bool:
        """Whether the pattern matches in it."""
        return pattern.seek(self.window) is not None

    def nearer(self, first: Pattern, second: Pattern) -> bool:
        """Whether it says `first` of the figure, and `second` not at all or from further away."""
        if not self.says(first):
            return False
        return not self.says(second) or self._gap(first) < self._gap(second)

    def followed_by(self, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern matches right behind the figure."""
        return pattern.match(self.window.text, self.end) is not None

    def _gap(self, pattern: Pattern) -> int:
        """Characters between the figure and the nearest match."""
        gaps = []
        for match in pattern.regex.finditer(self.window.text):
            before, after = self.start - match.end(), match.start() - self.end
            gaps.append(before if before >= 0 else AFTER + after if after >= 0 else 0)
        return min(gaps)


def clause_of(reading: Reading, figure: Figure) -> Clause:
    """The clause of `figure`: its sentence up to what parts it from the next statement, on both sides."""
    span = reading.segments.sentences[figure.sentence]
    start, end = max(span.start, figure.start - BEFORE), min(span.end, figure.end + BEHIND)
    text = reading.text
    breaks = [
        start,
        *(m.end() for m in BREAK.finditer(text, start, figure.start) if not _is_short_aside(text, m, figure)),
    ]
    left = breaks[-1]
    if len(breaks) > 1 and text[left - 1] == "(":
        left = breaks[-2]  # what stands in brackets is said of what stands before them
    right = next((m for m in BREAK.finditer(text, figure.end, end) if not _is_short_aside(text, m, figure)), None)
    window = Window(text, left, right.start() if right else end)
    return Clause(window, figure.start - left, figure.end - left)


def _is_short_aside(text: str, mark: re.Match[str], figure: Figure) -> bool:
    """Whether a bracket only opens or closes a few words beside which the clause goes on: '("KL-2")', "(34,608 sqm)"."""
    at = mark.start()
    if text[at] == "(":
        close = text.find(")", at, at + ASIDE)
        return close >= 0 and not at < figure.start < close
    if text[at] == ")":
        opened = text.rfind("(", max(0, at - ASIDE), at)
        return opened >= 0 and not opened < figure.start < at
    return False
