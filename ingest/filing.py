"""
A filing's page to text: all of it, a block a line and a table's row a line.

In: the HTML of a document in the SEC's archive. Out: its text. Filings have nothing around the text that would have to
be told from it, and are set in bare `div` and `span` elements, which the search for an article gets lost in. Hidden
parts, page numbers and the links back to the table of contents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.bodytext import clean, row_of
from ingest.elements import BLOCKS, text_of, tree_of

_SKIPPED = frozenset({"head", "script", "style", "noscript", "template", "svg", "ix:header", "ix:hidden"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:page\s*)?[-–—]?\s*[ivxF]?-?\d{1,3}\s*[-–—]?|table of contents|\(?continued\)?|[_=*\W]{1,200}", re.IGNORECASE
)
_BULLET = re.compile(r"[•●▪■◦·–—*-]|\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})[.)]", re.IGNORECASE)


def filing_text(html: str) -> str:
    """The whole text of a filing's page."""
    tree = tree_of(html)
    if tree is None:
        return ""
    lines = (clean(" ".join(block.split())) for block in _blocks(tree))
    return "\n".join(line for line in lines if line and not _FURNITURE.fullmatch(line))


def _blocks(tree: Any) -> Iterator[str]:
    """The text between the ends of blocks, and the rows of tables."""
    from lxml import etree

    words: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (tag in _SKIPPED or _HIDDEN.search(element.get("style") or "")):
            walk.skip_subtree()
        elif event == "start" and tag == "table":
            walk.skip_subtree()
            yield "".join(words)
            words = []
            yield from _rows(element)
        elif event == "start":
            if tag in BLOCKS:
                yield "".join(words)
                words = []
            words.append(element.text or "")
        else:
            if tag in BLOCKS:
                yield "".join(words)
                words = []
            words.append(element.tail or "")
    yield "".join(words)


def _rows(table: Any) -> Iterator[str]:
    """A table's rows; a row that only lays out a bullet beside its words is those words."""
    for row in table.iter("tr"):
        if row.find(".//table") is not None:
            continue
        cells = [clean(text_of(cell)) for cell in row.iter("td", "th")]
        filled = [cell for cell in cells if cell]
        if len(filled) == 1:
            yield filled[0]
        elif len(filled) == 2 and _BULLET.fullmatch(filled[0]):
            yield f"- {filled[1]}" if not filled[0][-1].isalnum() and len(filled[0]) == 1 else " ".join(filled)
        else:
            yield row_of(cells)
