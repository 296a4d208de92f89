"""
Where the words of a text start, by their first letters.

In: a text. Out: the place of every word and sign, and those that begin in a given way. A pattern that can only match at such
a place need not be tried at the others. Never decides what a word means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any

STEM = 4
"""Letters of a word that count: fewer tell too little apart, more are too many to list. Of a number, its first digit."""
# A word or a sign, with the white space after it: the text is these, one after another.
_PIECE = re.compile(r"\w+\s*|[^\w\s]\s*")
_CUT = re.compile(r"[^\W\d]\w{0,3}|\d|[^\w\s]")
# Letters that a pattern may take for another one although their lower case is not the same, and where other scripts' digits are.
_ODD = re.compile(
    "[\u0130\u0131\u017f\u0600-\u1dff\ua620-\uabff\uff10-\uff19\U00010000-\U0001efff\U0001fbf0-\U0001fbf9]"
)


class Register:
    """
    Which patterns may begin with a word of which stem.

    A pattern, which is a constant, is entered when it is first asked about: all of them are laid over a text at once then.
    """

    def __init__(self) -> None:
        self._begun: dict[str, list[object]] = {}
        self._nowhere: dict[object, Sequence[int]] = {}

    def enter(self, pattern: object, stems: Set[str]) -> None:
        """Enter a pattern that begins with a word of one of `stems` and nowhere else."""
        for stem in stems:
            self._begun.setdefault(stem, []).append(pattern)
        self._nowhere[pattern] = ()

    def lay_over(self, words: Mapping[str, Sequence[int]]) -> dict[object, Sequence[int]]:
        """Pattern -> where the words start that it may begin with, in order: nowhere, most often."""
        found: defaultdict[object, list[Sequence[int]]] = defaultdict(list)
        for stem in words.keys() & self._begun.keys():
            starts = words[stem]
            for pattern in self._begun[stem]:
                found[pattern].append(starts)
        return self._nowhere | {
            pattern: starts[0] if len(starts) == 1 else sorted(chain.from_iterable(starts))
            for pattern, starts in found.items()
        }


REGISTER = Register()


class WordIndex:
    """The words of one text: their `starts` in order, and those of each stem in lower case."""

    __slots__ = ("_by_stem", "_known", "_ordered", "cues", "lower", "places", "starts")

    places: dict[object, Sequence[int]]
    """Pattern -> where in the text it can begin, kept for as long as the text is: each is asked about at many figures."""
    cues: dict[object, tuple[Sequence[int], Sequence[Any]]]
    """The same for a table of cues, with those that can begin there."""

    def __init__(self, lower: str) -> None:
        self.lower = lower
        pieces: list[str] = _PIECE.findall(lower)
        lengths = [len(piece) for piece in pieces]
        self.starts = list(accumulate(lengths[:-1], initial=len(lower) - sum(lengths))) if pieces else []
        stems = [piece[0] if piece[0].isdecimal() else piece[:STEM].rstrip() for piece in pieces]
        by_stem: defaultdict[str, list[int]] = defaultdict(list)
        for start, stem in zip(self.starts, stems, strict=True):
            by_stem[stem].append(start)
        self._by_stem = by_stem
        self._known = frozenset(by_stem)
        self._ordered: list[str] = []
        self.places = REGISTER.lay_over(by_stem)
        self.cues = {}

    def everywhere(self, stems: Set[str], short: Sequence[str] = ()) -> Sequence[int]:
        """Every start of a word whose stem is one of `stems` or begins with one of `short`, in order."""
        return sorted(chain.from_iterable(map(self._by_stem.__getitem__, self.chosen(stems, short))))

    def chosen(self, stems: Set[str], short: Collection[str] = ()) -> Set[str]:
        """Of the stems in the text those that are one of `stems` or begin with one of `short`."""
        chosen = self._known & stems
        if not short:
            return chosen
        if not self._ordered:
            self._ordered = sorted(self._known)
        begun = []
        for letters in short:
            at = bisect_left(self._ordered, letters)
            while at < len(self._ordered) and self._ordered[at].startswith(letters):
                begun.append(self._ordered[at])
                at += 1
        return chosen.union(begun)

    def starts_with(self, stem: str) -> Sequence[int]:
        """Every start of a word of this stem, in order."""
        return self._by_stem[stem]

    def stem_of(self, start: int, end: int) -> str:
        """The stem of the word or sign at `start`, of which `end` may leave less."""
        cut = _CUT.match(self.lower, start, end)
        return cut.group() if cut else ""

    def cut_at(self, start: int, end: int) -> str:
        """The stem of what `start` leaves of a word that began before it, empty where it cuts none."""
        return self.stem_of(start, end) if self._is_inside(start) else ""

    def cut_before(self, end: int) -> tuple[int, str]:
        """Start and stem of what `end` leaves of a word, where that stem is a shorter one; else no stem."""
        if not self._is_inside(end):
            return end, ""
        at = self.starts[bisect_left(self.starts, end) - 1]
        is_shorter = end - at < STEM and not self.lower[at].isdecimal()
        return (at, self.lower[at:end]) if is_shorter else (end, "")

    def _is_inside(self, at: int) -> bool:
        """Whether a word goes on at `at` that began before it."""
        if not 0 < at < len(self.lower) or self.lower[at - 1] == " ":
            return False
        before, here = self.lower[at - 1], self.lower[at]
        return (here.isalnum() or here == "_") and (before.isalnum() or before == "_")


@lru_cache(maxsize=8)
def index_of(text: str) -> WordIndex | None:
    """The index of `text`; None where lower case moves its letters or does not tell them apart as a pattern does."""
    lower = text.lower()
    if len(lower) != len(text) or (not text.isascii() and _ODD.search(text)):
        return None
    return WordIndex(lower)
