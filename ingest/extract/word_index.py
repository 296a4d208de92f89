"""
Where the words of a text start, by their first letters.

In: a text. Out: the place of every word and sign, and those that begin in a given way. A pattern that can only match at such
a place need not be tried at the others. Never decides what a word means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import accumulate

STEM = 3
"""Letters of a word that count: fewer tell too little apart, more are too many to list. Of a number, its first digit."""
# A word or a sign, with the white space after it: the text is these, one after another.
_PIECE = re.compile(r"\w+\s*|[^\w\s]\s*")
_CUT = re.compile(r"[^\W\d]\w{0,2}|\d|[^\w\s]")
# Letters that a pattern may take for another one although their lower case is not the same, and where other scripts' digits are.
_ODD = re.compile(
    "[\u0130\u0131\u017f\u0600-\u1dff\ua620-\uabff\uff10-\uff19\U00010000-\U0001efff\U0001fbf0-\U0001fbf9]"
)


class WordIndex:
    """The words of one text: `starts` in order, and beside each its `stems`, in lower case."""

    __slots__ = ("_begun", "_by_stem", "_known", "lower", "starts", "stems")

    def __init__(self, lower: str) -> None:
        self.lower = lower
        pieces: list[str] = _PIECE.findall(lower)
        lengths = [len(piece) for piece in pieces]
        self.starts = list(accumulate(lengths[:-1], initial=len(lower) - sum(lengths))) if pieces else []
        self.stems = [piece[0] if piece[0].isdecimal() else piece[:STEM].rstrip() for piece in pieces]
        self._by_stem: dict[str, list[int]] = {}
        for start, stem in zip(self.starts, self.stems, strict=True):
            self._by_stem.setdefault(stem, []).append(start)
        self._known = frozenset(self._by_stem)
        self._begun: dict[tuple[str, ...], frozenset[str]] = {}

    def begun(self, beginnings: tuple[str, ...]) -> frozenset[str]:
        """The stems of the text that begin with one of `beginnings`."""
        if beginnings not in self._begun:
            self._begun[beginnings] = frozenset(stem for stem in self._known if stem.startswith(beginnings))
        return self._begun[beginnings]

    def everywhere(self, stems: Set[str]) -> list[int]:
        """Every start of a word whose stem is one of `stems`, in order."""
        found: list[int] = []
        for stem in self._known & stems:
            found += self._by_stem[stem]
        found.sort()
        return found

    def within(self, stems: Set[str], start: int, end: int, short: tuple[str, ...] = ()) -> Sequence[int]:
        """Those of them in `start`..`end`, whose last word `end` may cut: then what is left may begin with one of `short`."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first) - 1
        if last < first:
            return ()
        at, stem = self.starts[last], self.stems[last]
        left = stem if at + len(stem) <= end else self.lower[at:end]
        final = [at] if left in stems or (short and left.startswith(short)) else []
        here = self.stems[first:last]
        if stems.isdisjoint(here):
            return final
        return [self.starts[first + number] for number, stem in enumerate(here) if stem in stems] + final

    def words(self, start: int, end: int) -> Iterable[tuple[int, str]]:
        """Start and stem of every word in `start`..`end`, whose last word `end` may cut."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        stems = self.stems[first:last]
        if stems and (at := self.starts[last - 1]) + len(stems[-1]) > end:
            stems[-1] = self.lower[at:end]
        return zip(self.starts[first:last], stems, strict=True)

    def around(self, start: int, end: int) -> tuple[int, list[str]]:
        """The stems of the words in `start`..`end`, also of those that its ends cut, and the number of the first word."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        stems = self.stems[first:last]
        if stems and (at := self.starts[last - 1]) + len(stems[-1]) > end:
            stems[-1] = self.lower[at:end]
        if (not stems or self.starts[first] > start) and (cut := _CUT.match(self.lower, start, end)):
            return first - 1, [cut.group(), *stems]
        return first, stems


@lru_cache(maxsize=8)
def index_of(text: str) -> WordIndex | None:
    """The index of `text`; None where lower case moves its letters or does not tell them apart as a pattern does."""
    lower = text.lower()
    if len(lower) != len(text) or (not text.isascii() and _ODD.search(text)):
        return None
    return WordIndex(lower)
