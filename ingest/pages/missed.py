"""
Paragraphs that an extractor missed: a lede that stands apart, or an article that is cut into several containers.

In: the tree of a page without the boxes around its article, and the text found in it. Out: the text with those
paragraphs in their places. Only running text inside the same article element is ever added, and only ahead of the
first paragraph found, or when what is missing is a large part of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ingest.pages.boxes import leads_elsewhere
from ingest.pages.elements import is_running, length_of, link_share, text_of

MAX_LEDE = 2
KEY_LETTERS = 60
SOLID_CHARACTERS = 180
LARGE_SHARE = 0.5
"""Of the text found; set on the article-extraction-benchmark of Scrapinghub, where two pages of 181 need it."""
_PARTS = ("p", "h2", "h3", "h4", "li")


def _key(words: str) -> str:
    """The letters by which a paragraph is known: spaces and signs are set differently by every reader."""
    return re.sub(r"[\W_]+", "", words)[:KEY_LETTERS]


def add_missed(tree: Any, lines: list[str], clean: Callable[[str], str]) -> list[str]:
    """`lines` with the article's paragraphs that they lack."""
    known = re.sub(r"[\W_]+", "", "".join(lines))
    parts = [(part, clean(text_of(part))) for part in tree.iter(*_PARTS)]
    first = next((part for part, words in parts if is_running(part) and _key(words) in known), None)
    scope = next((up for up in first.iterancestors() if up.tag == "article"), None) if first is not None else None
    if scope is None:
        return lines
    inside = set(scope.iter(*_PARTS))
    parts = [(part, words) for part, words in parts if part in inside and words and not leads_elsewhere(words)]
    missing = [part for part, words in parts if is_running(part) and _key(words) not in known]
    solid = [part for part, words in parts if part in missing and _is_solid(part, words)]
    if sum(map(length_of, solid)) > LARGE_SHARE * sum(map(len, lines)):
        return _whole(parts, solid[-1], lines, known)
    lede = [words for part, words in parts[: [part for part, _ in parts].index(first)] if part in missing]
    return lede + lines if len(lede) <= MAX_LEDE else lines


def _is_solid(part: Any, words: str) -> bool:
    """Whether a paragraph is the article's own: a teaser of another is short, breaks off, or is part of a link."""
    is_over = words.rstrip("\"'”’»)").endswith((".", "!", "?", "。", ":"))
    return is_over and len(words) >= SOLID_CHARACTERS and all(up.tag not in {"a", "li"} for up in part.iterancestors())


def _whole(parts: list[tuple[Any, str]], last: Any, lines: list[str], known: str) -> list[str]:
    """Every part of the article in its order, up to the last paragraph, with the lines found where they stand."""
    places = {_key(line): at for at, line in reversed(list(enumerate(lines)))}
    result: list[str] = []
    done = 0
    for part, words in parts:
        at = places.get(_key(words))
        if at is not None and at >= done:
            result.extend(lines[done : at + 1])
            done = at + 1
        elif _key(words) not in known and link_share(part) < 0.5 and part.find(".//p") is None:
            result.append(f"- {words}" if part.tag == "li" else words)
        if part is last:
            break
    return result + lines[done:]
