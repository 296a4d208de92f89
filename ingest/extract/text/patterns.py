"""
Patterns that are tried only where they can begin.

In: regular expressions, and a text. Out: the same matches as those of `re`, sooner: a list of a hundred words is tried at the few
words of a text that begin like one of them. A pattern whose beginnings cannot be listed is what `re` makes of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from sys import maxsize
from typing import Any

from ingest.extract.text.pattern_gates import gated
from ingest.extract.text.pattern_starts import starts_of
from ingest.extract.text.word_index import REGISTER, WordIndex, index_of

SHORT = 400
"""Characters of a text that are sooner searched than indexed."""
_BLANK = " \n"
_NONE: Mapping[object, Sequence[int]] = {}
_LETTERS = re.compile(r"\\.|\(\?P[<=]\w+|[^\\(]+|\(", re.DOTALL)


def lower_case(pattern: str) -> str:
    """A pattern that ignores case, for a text in lower case: `re` passes over a list of words sooner if it need not fold them."""
    return _LETTERS.sub(lambda part: part[0] if part[0].startswith(("\\", "(?P")) else part[0].lower(), pattern)


class Window:
    """A piece of a text that several patterns are looked for in, as if it were a text of its own."""

    __slots__ = ("cut", "end", "index", "lower", "places", "start", "tail", "tail_at", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text[start:end]
        self.start = start
        self.end = end
        self.index = index = index_of(text)
        self.places: Mapping[object, Sequence[int]] = index.places if index else _NONE
        if index is not None:
            self.lower = index.lower[start:end]
            # What the ends leave of the words that they cut begins otherwise than the whole words of the index.
            # Most begin and end at a space.
            self.cut = index.cut_at(start, end) if start and index.lower[start - 1] not in _BLANK else ""
            self.tail_at, self.tail = index.cut_before(end) if index.lower[end - 1 : end] not in _BLANK else (end, "")
            if self.tail_at < start:
                self.tail = ""


@lru_cache(maxsize=32)
def window(text: str, start: int, end: int) -> Window:
    """The window on `text[start:end]`, kept for a while: many rules look at the same words before one figure."""
    return Window(text, start, end)


class Pattern:
    """
    A pattern with the methods of `re.Pattern` that the rules use.

    It is parsed when it is first asked about, and compiled when it is first tried: a short run needs few of many.
    """

    __slots__ = (
        "_flags", "_loose", "_pattern", "_short", "_stems", "folds", "is_listed", "is_whole", "match", "regex", "try_at",
    )  # fmt: skip

    is_listed: bool
    is_whole: bool
    """Whether a match can only begin with a word or a sign."""
    match: Callable[..., re.Match[str] | None]
    regex: re.Pattern[str]
    folds: bool
    """Whether it is tried in lower case."""
    try_at: Callable[..., re.Match[str] | None]
    """Matches where `match` does; in lower case if it folds."""
    _loose: tuple[str, ...]
    _short: tuple[str, ...]
    _stems: frozenset[str]

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Work out what is not known yet; Python asks here only for that."""
        if name in {"regex", "match"}:
            self.regex = re.compile(self._pattern, self._flags)
            self.match = self.regex.match
        elif name in {"folds", "try_at"}:
            self.folds = bool(self._flags & re.IGNORECASE) and "(?-i" not in self._pattern
            flags = self._flags & ~re.IGNORECASE
            self.try_at = re.compile(gated(lower_case(self._pattern)), flags).match if self.folds else self.match
        elif name in self.__slots__:
            starts = starts_of(self._pattern, self._flags)
            self.is_listed = starts is not None
            self._stems = starts.stems if starts else frozenset()
            self._short = starts.short if starts else ()
            self._loose = starts.loose if starts else ()
            self.is_whole = self.is_listed and not self._loose
            if self.is_whole and not self._short:
                REGISTER.enter(self, self._stems)
        return object.__getattribute__(self, name)

    @property
    def beginnings(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The stems of the words that a match may begin with, and how others of these words begin."""
        return self._stems, self._short

    def may_begin(self, stem: str) -> bool:
        """Whether a match may begin with a word of this stem."""
        return stem in self._stems or stem.startswith(self._short)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match in `text[start:end]`, which sees what stands before `start`."""
        index = index_of(text) if len(text) > SHORT and self.is_listed else None
        if index is None:
            return self.regex.search(text, start, end)
        places = index.places.get(self)
        if places is None:
            places = self._places(index)
        if places:
            tries, tried = self.try_at, index.lower if self.folds else text
            number = bisect_left(places, start) if start else 0
            while number < len(places) and (at := places[number]) < end:
                if tries(tried, at, end) is not None:
                    return self.match(text, at, end)
                number += 1
        at, stem = index.cut_before(end) if end < len(text) else (end, "")
        return self.match(text, at, end) if stem and at >= start and self.may_begin(stem) else None

    def seek(self, window: Window) -> re.Match[str] | None:
        """The first match in the window; its places count from where the window begins."""
        places = window.places.get(self)
        if places is None:
            if window.index is None or not self.is_listed:
                return self.regex.search(window.text)
            places = self._places(window.index)
        cut = window.cut
        if (
            cut
            and (cut in self._stems or cut.startswith(self._short))
            and (found := self.match(window.text)) is not None
        ):
            return found
        if places:
            start, end = window.start, window.end
            number = bisect_left(places, start)
            if number < len(places) and (at := places[number]) < end:
                tries, tried = self.try_at, window.lower if self.folds else window.text
                while tries(tried, at - start) is None:
                    number += 1
                    if number == len(places) or (at := places[number]) >= end:
                        break
                else:
                    return self.match(window.text, at - start)
        if window.tail and self.may_begin(window.tail):
            return self.match(window.text, window.tail_at - window.start)
        return None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """Every match in `text[start:end]`, left to right, none overlapping another."""
        index = index_of(text) if len(text) > SHORT and self.is_listed else None
        if index is None:
            yield from self.regex.finditer(text, start, end)
            return
        places = index.places.get(self)
        if places is None:
            places = self._places(index)
        free = start
        if places:
            tries, tried = self.try_at, index.lower if self.folds else text
            number = bisect_left(places, start) if start else 0
            while number < len(places) and (at := places[number]) < end:
                if at >= free and tries(tried, at, end) is not None and (found := self.match(text, at, end)):
                    free = found.end()
                    yield found
                number += 1
        if end < len(text):
            at, stem = index.cut_before(end)
            if stem and at >= free and self.may_begin(stem) and (found := self.match(text, at, end)):
                yield found

    def count(self, text: str, start: int = 0, end: int = maxsize) -> int:
        """How many matches `finditer` finds in `text[start:end]`."""
        return sum(1 for _ in self.finditer(text, start, end))

    def _places(self, index: WordIndex) -> Sequence[int]:
        """Where in the text of `index` a match may begin, in order; worked out once for each text."""
        places = index.everywhere(self._stems, self._short)
        if self._loose:
            loose = (at for letters in self._loose for at in _everywhere(index.lower, letters))
            places = sorted({*places, *loose})
        index.places[self] = places
        return places


def _everywhere(text: str, letters: str) -> Iterator[int]:
    at = text.find(letters)
    while at >= 0:
        yield at
        at = text.find(letters, at + 1)


def compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    """The pattern, as `re.compile` makes it, tried only where it can begin."""
    return Pattern(pattern, flags)
