"""
A filing's page to text: all of it, a block a line and a table's row a line; of a quarterly report, the passages on
building.

In: the HTML of a document in the SEC's archive. Out: its text, the passages of a long report that are on the subject,
the headline of a press release. Filings have nothing around the text that would have to be told from it, and are set in
bare `div` and `span` elements, which the search for an article gets lost in. Hidden parts, page numbers and the links
back to the table of contents are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.errors import BlockedError
from ingest.pages.bodytext import clean, plain_text, row_of
from ingest.pages.elements import BLOCKS, text_of, tree_of
from ingest.words import first_match

_SKIPPED = frozenset({"head", "script", "style", "noscript", "template", "svg", "ix:header", "ix:hidden"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:page\s*)?[-–—]?\s*[ivxF]?-?\d{1,3}\s*[-–—]?|table of contents|\(?continued\)?|[_=*\W]{1,200}", re.IGNORECASE
)
_BULLET = re.compile(r"[•●▪■◦·–—*-]|\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})[.)]", re.IGNORECASE)

_NOTICE = re.compile(r"Undeclared Automated Tool|SEC[’']s Traffic Limit|Request Rate Threshold Exceeded", re.IGNORECASE)
_HEADLINE_VERB = re.compile(
    r"\b(?:report|announce|sign|expand|close|secure|complete|acquire|raise|enter|launch|price|select|build|invest|plan|provide"
    r"|agree|update|deploy|break|award|begin|sell|buy|lease|form|name|receive|deliver|lift|double|energi[sz]e)(?:s|es|ed|ing)?\b"
    r"|\b(?:results?|agreement|partnership|financing|offering|expansion|contract|to)\b",
    re.IGNORECASE,
)
_NO_HEADLINE = re.compile(
    r"\W*(?:exhibit|ex-?)\W*\d|.*\bfor (?:immediate )?release\b|.*\bcontacts?\s*:|press release|news release"
    r"|.*\(?\d{3}\)?[\s.-]\d{3}|.*(?:www\.|https?:|@)|.*\b[A-Z]{2}\s+\d{5}\b|investor relations"
    r"|media (?:relations|contact)|.*\|",
    re.IGNORECASE,
)
ON_BUILDING = (
    "data cent*", "datacent*", "GPU*", "accelerator*", "megawatt*", "gigawatt*", "MW", "GW", "AI infrastructure",
    "AI factor*", "compute capacity", "cloud capacity", "power purchase", "capital expenditure*", "supercomput*",
    "hyperscale*", "Stargate",
)  # fmt: skip
_HEADLINE_LINES = 14


def refuse_notice(text: str, url: str) -> None:
    """Raise `BlockedError` for the page that the SEC serves in place of a document to who asks too fast."""
    if found := _NOTICE.search(text[:400]):
        raise BlockedError(f"the SEC's notice {found[0]!r} in place of the document", url=url)


def passages_of(text: str, words: Sequence[str] = ON_BUILDING) -> str:
    """The lines of a long report that have one of `words`, each under the heading that it stands under."""
    kept: list[str] = []
    heading = ""
    for line in text.split("\n"):
        is_heading = 8 <= len(line) <= 100 and "|" not in line and not line.endswith((".", ";", ","))
        if first_match(words, line) is None:
            heading = line if is_heading else heading
        elif not is_heading:
            kept.extend((heading, line) if heading else (line,))
            heading = ""
    return "\n".join(kept)


def headline_of(text: str) -> str | None:
    """The headline of a press release: the first line before its running text that reads like one."""
    candidates = []
    for line in text.split("\n")[:_HEADLINE_LINES]:
        if len(line) > 220:
            break
        if len(line) >= 20 and not line.endswith((".", ":")) and not _NO_HEADLINE.match(line):
            candidates.append(line)
    return next((line for line in candidates if _HEADLINE_VERB.search(line)), candidates[0] if candidates else None)


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
        elif event == "start" and tag == "pre":
            walk.skip_subtree()
            yield "".join(words)
            words = []
            yield from plain_text("".join(element.itertext())).split("\n")
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
