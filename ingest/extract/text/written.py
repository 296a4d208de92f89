"""
Where a name that a text holds once is written again.

In: a text, a name, and what must hold right before and right after it. Out: where it starts, left to right. Never makes a pattern
of a name, and never goes through the text for one: every document has names of its own, and a long one has thousands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

WORD = re.compile(r"\w+")
_PIECE = re.compile(r"\w+|\W+")


@lru_cache(maxsize=4)
def _starts(text: str) -> Mapping[str, Sequence[int]]:
    """Every word of the text, and where it stands."""
    found: dict[str, list[int]] = defaultdict(list)
    pieces = _PIECE.findall(text)
    starts = list(accumulate(map(len, pieces), initial=0))
    first = 0 if WORD.match(text) else 1  # words and what parts them take turns
    for word, start in zip(pieces[first::2], starts[first::2], strict=False):
        found[word].append(start)
    return found


def occurrences(text: str, name: str, start: int = 0) -> Iterator[int]:
    """
    Every start of `name`, whose first word is a whole one, in `text[start:]`.

    >>> list(occurrences("Ada Bell, Adams and Ada Bell", "Ada Bell"))
    [0, 20]
    """
    first = WORD.match(name)
    if first is None:
        return
    places = _starts(text).get(first.group(), ())
    for at in places[bisect_left(places, start) :]:
        if text.startswith(name, at):
            yield at


def written(text: str, name: str, before: re.Pattern[str], after: re.Pattern[str], start: int = 0) -> Iterator[int]:
    """
    Every start of `name` in `text[start:]` where `before` matches at its start and `after` at its end, none overlapping another.

    >>> list(written("Ada, Adams and Ada", "Ada", re.compile(r"\\b"), re.compile(r"\\b")))
    [0, 15]
    """
    free = start
    for at in occurrences(text, name, start):
        end = at + len(name)
        if at >= free and before.match(text, at) and after.match(text, end):
            yield at
            free = end
