"""
Patterns that are tried only where they can begin.

In: regular expressions, and a text. Out: the same matches as those of `re`, sooner: a list of a hundred words is tried at the few
words of a text that begin like one of them. A pattern whose beginnings cannot be listed is what `re` makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from sys import maxsize
from typing import Any

from ingest.extract.pattern_starts import starts_of
from ingest.extract.word_index import WordIndex, index_of

SHORT = 400
"""Characters of a text that are sooner searched than indexed."""


class Window:
    """A piece of a text that several patterns are looked for in, as if it were a text of its own."""

    __slots__ = ("_first", "_index", "_start", "_stems", "is_indexed", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text[start:end]
        self._start = start
        self._index = index_of(text)
        self.is_indexed = self._index is not None
        self._first, self._stems = (0, []) if self._index is None else self._index.around(start, end)

    def starts(self, stems: Set[str], short: tuple[str, ...] = ()) -> Sequence[int]:
        """Where the words begin whose stem is one of `stems` or begins with one of `short`, counted from where the window begins."""
        if short:
            stems = stems | {stem for stem in self._stems if stem.startswith(short)}
        if self._index is None or stems.isdisjoint(self._stems):
            return ()
        starts, start = self._index.starts, self._start
        return [max(starts[n] - start, 0) for n, stem in enumerate(self._stems, self._first) if stem in stems]


class Pattern:
    """
    A pattern with the methods of `re.Pattern` that the rules use.

    It is parsed when it is first asked about, and compiled when it is first tried: a short run needs few of many.
    """

    __slots__ = ("_flags", "_loose", "_pattern", "_short", "_stems", "is_listed", "is_whole", "match", "regex")

    is_listed: bool
    is_whole: bool
    """Whether a match can only begin with a word or a sign."""
    match: Callable[..., re.Match[str] | None]
    regex: re.Pattern[str]
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
        elif name in self.__slots__:
            starts = starts_of(self._pattern, self._flags)
            self.is_listed = starts is not None
            self._stems = starts.stems if starts else frozenset()
            self._short = starts.short if starts else ()
            self._loose = starts.loose if starts else ()
            self.is_whole = self.is_listed and not self._loose
        return object.__getattribute__(self, name)

    def may_begin(self, stem: str) -> bool:
        """Whether a match may begin with a word of this stem."""
        return stem in self._stems or stem.startswith(self._short)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match in `text[start:end]`, which sees what stands before `start`."""
        index = index_of(text) if self.is_listed and len(text) > SHORT else None
        if index is None:
            return self.regex.search(text, start, end)
        for at in self._places(index, start, end):
            if (found := self.match(text, at, end)) is not None:
                return found
        return None

    def seek(self, window: Window) -> re.Match[str] | None:
        """The first match in the window; its places count from where the window begins."""
        if not self.is_whole or not window.is_indexed:
            return self.regex.search(window.text)
        for start in window.starts(self._stems, self._short):
            if (found := self.match(window.text, start)) is not None:
                return found
        return None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """Every match in `text[start:end]`, left to right, none overlapping another."""
        index = index_of(text) if self.is_listed and len(text) > SHORT else None
        if index is None:
            yield from self.regex.finditer(text, start, end)
            return
        free = start
        for at in self._places(index, start, end):
            if at >= free and (found := self.match(text, at, end)) is not None:
                free = found.end()
                yield found

    def count(self, text: str, start: int = 0, end: int = maxsize) -> int:
        """How many matches `finditer` finds in `text[start:end]`."""
        return sum(1 for _ in self.finditer(text, start, end))

    def _places(self, index: WordIndex, start: int, end: int) -> Sequence[int]:
        """Where a match may begin."""
        whole = start <= 0 and end >= len(index.lower)
        stems = index.begun(self._short) | self._stems if self._short else self._stems
        places = index.everywhere(stems) if whole else index.within(stems, start, end, self._short)
        if not self._loose:
            return places
        return sorted(
            {*places, *(at for letters in self._loose for at in _everywhere(index.lower, letters, start, end))}
        )


def _everywhere(text: str, letters: str, start: int, end: int) -> Iterator[int]:
    at = text.find(letters, start, end)
    while at >= 0:
        yield at
        at = text.find(letters, at + 1, end)


def compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    """The pattern, as `re.compile` makes it, tried only where it can begin."""
    return Pattern(pattern, flags)
