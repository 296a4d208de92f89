"""
Match words: which titles of a general newsroom are about building AI infrastructure.

In: words as a person writes them in the catalogue. Out: one compiled pattern, or the list of what is wrong.
A word is matched whole, without regard to case; `*` at its end stands for any ending, a space for a space, a hyphen
or nothing ("data cent*" finds "datacenters" and "data-centre"); a word in capitals ("AI", "GPU*") only in capitals.
Never looks at a page's text: only at what the channel says of an item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

WORD = re.compile(r"[^\W_][\w&.+/ -]*\*?")


def is_word(value: object) -> bool:
    """Whether `value` can be used as a match word."""
    return isinstance(value, str) and WORD.fullmatch(value) is not None


def _pattern(word: str) -> str:
    stem = word.removesuffix("*").rstrip()
    body = r"[\s_-]*".join(re.escape(part) for part in stem.split())
    ending = r"\w*" if word.endswith("*") else ""
    case = "" if stem == stem.upper() and re.search("[A-Z]", stem) else "i"
    return f"(?{case}:{body}{ending})" if case else f"(?:{body}{ending})"


@lru_cache(maxsize=256)
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(_pattern(word) for word in words) + r")(?!\w)")


def first_match(words: Sequence[str], text: str) -> str | None:
    """The first of `words` that `text` holds, as it is written there."""
    if not words:
        return None
    found = _compile(tuple(words)).search(text)
    return found.group() if found else None
