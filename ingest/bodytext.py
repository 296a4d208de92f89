"""
The words of an article: paragraphs a line each, tables row by row, and nothing of the page around it.

In: the HTML of a page. Out: its text, or an empty one. Related-stories boxes, newsletter forms, cookie notices, author
biographies and "read more" lists are cut out before trafilatura looks for the article, and lines that only lead
elsewhere are dropped after it. Never adds a word that the page does not have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from ingest.boxes import heads_a_box, leads_elsewhere, names_a_box

MARK = "\ua66e"
"""Stands at the end of headings and cells while trafilatura reads: it takes a heading "Google" for a share button."""

_SPACES = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_LONGEST_BOX_SHARE = 0.4


def body_text(html: str) -> str:
    """The article's text: one paragraph, list item, heading or table row a line."""
    from lxml import etree
    from lxml import html as lxml_html
    from trafilatura import extract

    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    _cut_boxes(tree)
    _mark(tree)
    for favor_recall in (False, True):
        found = extract(tree, fast=True, favor_recall=favor_recall, include_tables=True, include_comments=False) or ""
        if text := "\n".join(_lines(found)):
            return text
    return ""


def plain_text(words: str) -> str:
    """The same cleaning for words that are no HTML: blank lines part paragraphs, single newlines are layout."""
    paragraphs = re.split(r"\n[^\S\n]*\n", words)
    return "\n".join(_lines("\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)))


def clean(words: str) -> str:
    """One line's words: single spaces, plain hyphens, nothing unseen, accents composed."""
    words = unicodedata.normalize("NFC", _UNSEEN.sub("", words).translate(_HYPHENS))
    return _SPACES.sub(" ", words).strip()


def _lines(text: str) -> Iterator[str]:
    lines = []
    for raw in text.split("\n"):
        is_heading = raw.rstrip(" |").endswith(MARK) and not raw.lstrip().startswith("|")
        line = clean(raw.replace(MARK, ""))
        if line.startswith("|"):
            line = _row(line)
        if not line or (leads_elsewhere(line) and "|" not in line):
            continue
        lines.append((line, is_heading))
    # A heading that nothing follows belonged to a box that was cut.
    while lines and lines[-1][1]:
        lines.pop()
    for line, _ in lines:
        yield line


def _row(line: str) -> str:
    """A table's row without the empty cells that only lay it out, and with signs back at their figures."""
    cells: list[str] = []
    for cell in (cell.strip() for cell in line.strip("|").split("|")):
        if not cell or not cell.strip("-:"):
            continue
        if cells and (cells[-1] in {"$", "€", "£", "¥", "($", "US$"} or cell in {")", "%", ")%"}):
            cells[-1] += cell
        else:
            cells.append(cell)
    return " | ".join(cells) + " |" if cells else ""


def _length(element: Any) -> int:
    return len(" ".join(element.itertext()))


def _cut_boxes(tree: Any) -> None:
    """Take out what stands around an article, by the names of its boxes and by their headings."""
    whole = max(_length(tree), 1)
    for element in list(
        tree.iter("div", "section", "aside", "ul", "ol", "nav", "footer", "form", "p", "span", "figure")
    ):
        if element.getparent() is None or not names_a_box(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        # Names mislead: a body of class "has-newsletter" or an article in "share-wrapper" is no box.
        if element.find(".//h1") is None and _paragraphs(element) < 4 and _length(element) < _LONGEST_BOX_SHARE * whole:
            element.drop_tree()
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span")):
        if heading.getparent() is None or len(heading) > 3 or _length(heading) > 120:
            continue
        if heads_a_box(" ".join(heading.text_content().split())):
            _cut_under(heading)


def _paragraphs(element: Any) -> int:
    """How many paragraphs of running text are in an element."""
    return sum(1 for p in element.iter("p") if _length(p) > 120 and _link_share(p) < 0.5)


def _link_share(element: Any) -> float:
    return sum(_length(a) for a in element.iter("a")) / max(_length(element), 1)


def _cut_under(heading: Any) -> None:
    """Take out a heading of a box and what it heads: lists, links and short blocks, up to running text."""
    for element in list(heading.itersiblings()):
        if element.tag in {"h1", "h2", "h3", "h4"} or _paragraphs(element):
            break
        if element.tag == "p" and _link_share(element) < 0.5 and _length(element) > 120:
            break
        element.drop_tree()
    heading.drop_tree()


def _mark(tree: Any) -> None:
    """Put the mark at the end of every heading and of every cell, so that a lone name there is not dropped."""
    for element in tree.iter("h2", "h3", "h4", "h5", "h6", "td", "th"):
        words = [node for node in element.iter() if node.text and node.text.strip()]
        tails = [node for node in element.iterdescendants() if node.tail and node.tail.strip()]
        if words and not tails and element.tag in {"td", "th"} and len(words) > 1:
            continue
        if tails and element.tag in {"td", "th"}:
            continue
        if tails:
            tails[-1].tail = tails[-1].tail.rstrip() + MARK
        elif words:
            words[-1].text = words[-1].text.rstrip() + MARK
