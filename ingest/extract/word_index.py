"""
Where the words of a text start, by their first letters.

In: a text. Out: the place of every word and sign, and those that begin in a given way. A pattern that can only match at such
a place need not be tried at the others. Never decides what a word means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import accumulate

STEM = 3
"""Letters of a word that count: fewer tell too little apart, more are too many to list. Of a number, its first digit."""
# A word or a sign, with the white space after it: the text is these, one after another.
_PIECE = re.compile(r"\w+\s*|[^\w\s]\s*")
_CUT = re.compile(r"[^\W\d]\w{0,2}|\d|[^\w\s]")
_INSIDE = re.compile(r"(?<=\w)\w")
# Letters that a pattern may take for another one although their lower case is not the same, and where other scripts' digits are.
_ODD = re.compile(
    "[\u0130\u0131\u017f\u0600-\u1dff\ua620-\uabff\uff10-\uff19\U00010000-\U0001efff\U0001fbf0-\U0001fbf9]"
)


class WordIndex:
    """The words of one text: their `starts` in order, and those of each stem in lower case."""

    __slots__ = ("_begun", "_by_stem", "_known", "lower", "places", "starts")

    places: dict[object, Sequence[int]]
    """Pattern -> where in the text it can begin, kept for as long as the text is: each is asked about at many figures."""

    def __init__(self, lower: str) -> None:
        self.lower = lower
        pieces: list[str] = _PIECE.findall(lower)
        lengths = [len(piece) for piece in pieces]
        self.starts = list(accumulate(lengths[:-1], initial=len(lower) - sum(lengths))) if pieces else []
        stems = [piece[0] if piece[0].isdecimal() else piece[:STEM].rstrip() for piece in pieces]
        self._by_stem: dict[str, list[int]] = {}
        for start, stem in zip(self.starts, stems, strict=True):
            self._by_stem.setdefault(stem, []).append(start)
        self._known = frozenset(self._by_stem)
        self.places = {}
        self._begun: dict[str, list[str]] = {}

    def everywhere(self, stems: Set[str], short: Iterable[str] = ()) -> list[int]:
        """Every start of a word whose stem is one of `stems` or begins with one of `short`, in order."""
        chosen = self._known & stems
        if short:
            begun = self._stems_begun()
            chosen = chosen.union(*(begun[letters] for letters in short if letters in begun))
        found: list[int] = []
        for stem in chosen:
            found += self._by_stem[stem]
        found.sort()
        return found

    def _stems_begun(self) -> Mapping[str, Sequence[str]]:
        """Beginning of a stem -> the stems of the text that begin so."""
        if not self._begun:
            for stem in self._known:
                for length in range(1, len(stem) + 1):
                    self._begun.setdefault(stem[:length], []).append(stem)
        return self._begun

    def stem_of(self, start: int, end: int) -> str:
        """The stem of the word or sign at `start`, of which `end` may leave less."""
        cut = _CUT.match(self.lower, start, end)
        return cut.group() if cut else ""

    def cut_at(self, start: int, end: int) -> str:
        """The stem of what `start` leaves of a word that began before it, empty where it cuts none."""
        return self.stem_of(start, end) if _INSIDE.match(self.lower, start) else ""

    def cut_before(self, end: int) -> tuple[int, str]:
        """Start and stem of what `end` leaves of a word, where that stem is a shorter one; else no stem."""
        if not _INSIDE.match(self.lower, end):
            return end, ""
        at = self.starts[bisect_left(self.starts, end) - 1]
        return (at, self.lower[at:end]) if end - at < STEM else (end, "")


@lru_cache(maxsize=8)
def index_of(text: str) -> WordIndex | None:
    """The index of `text`; None where lower case moves its letters or does not tell them apart as a pattern does."""
    lower = text.lower()
    if len(lower) != len(text) or (not text.isascii() and _ODD.search(text)):
        return None
    return WordIndex(lower)
