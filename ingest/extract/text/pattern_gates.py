"""
A list of alternatives, each behind the letters that it can begin with.

In: a regular expression for text in lower case. Out: one that matches the same, sooner: `re` looks at the first letter of an
alternative only where that is a plain letter, and tries every alternative that begins with a group. Never runs the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]

from ingest.extract.text.pattern_starts import first_letters

MANY = 8
"""Alternatives that are worth it."""
_GROUP = re.compile(r"\(\?:")
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[]", re.DOTALL)


def gated(pattern: str) -> str:
    """
    The pattern with its first list of many alternatives gated; itself where it has none.

    >>> gated("(?:" + "|".join(["(?:a|b)c"] * 8) + ")") == "(?:" + "|".join(["(?=[ab])(?:a|b)c"] * 8) + ")"
    True
    """
    group = _GROUP.search(pattern)
    if group is None:
        return pattern
    alternatives, end = _split(pattern, group.end())
    if len(alternatives) < MANY:
        return pattern
    body = "|".join(map(_gate, alternatives))
    return pattern[: group.end()] + body + pattern[end:]


def _gate(alternative: str) -> str:
    letters = first_letters(_parser.parse(alternative)) if alternative.startswith("(") else None
    return f"(?=[{re.escape(''.join(sorted(letters)))}]){alternative}" if letters else alternative


def _split(pattern: str, start: int) -> tuple[list[str], int]:
    """The alternatives of the group that begins before `start`, and where it ends."""
    out = [start]
    depth = 0
    end = start
    for token, at in _tokens(pattern, start):
        end = at
        if token == "(":
            depth += 1
        elif token == ")":
            depth -= 1
            if depth < 0:
                break
        elif token == "|" and not depth:
            out.append(at + 1)
    stops = [at - 1 for at in out[1:]] + [end]
    return [pattern[a:b] for a, b in zip(out, stops, strict=True)], end


def _tokens(pattern: str, start: int) -> Iterator[tuple[str, int]]:
    """The letters, escapes and classes from `start`, and where each stands."""
    return ((match.group(), match.start()) for match in _TOKEN.finditer(pattern, start))
