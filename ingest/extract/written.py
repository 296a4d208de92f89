"""
Where a name that a text holds once is written again.

In: a text, a name, and what must hold right before and right after it. Out: where it starts, left to right. Never makes a pattern
of a name: every document has names of its own, and each would be compiled to be used once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def written(text: str, name: str, before: re.Pattern[str], after: re.Pattern[str], start: int = 0) -> Iterator[int]:
    """
    Every start of `name` in `text[start:]` where `before` matches at its start and `after` at its end, none overlapping another.

    >>> list(written("Ada, Adams and Ada", "Ada", re.compile(r"\\b"), re.compile(r"\\b")))
    [0, 15]
    """
    at = text.find(name, start)
    while at >= 0:
        end = at + len(name)
        if before.match(text, at) and after.match(text, end):
            yield at
            at = text.find(name, max(end, at + 1))
        else:
            at = text.find(name, at + 1)
