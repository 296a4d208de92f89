"""
Elements of a page: parsed, measured, and read as words.

In: HTML, or an lxml element. Out: a tree, a length, a share, words. Changes nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

RUNNING_CHARACTERS = 100
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td",
    "th", "tr", "ul",
})  # fmt: skip


def tree_of(html: str) -> Any:
    """The page as an lxml tree without comments, or None where there is no element in it."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        edge = " " if child.tag in BLOCKS else ""
        yield edge
        yield from _pieces(child)
        yield edge + (child.tail or "")


def text_of(element: Any) -> str:
    """An element's words with single spaces: apart where blocks part them, together where only a style changes."""
    return " ".join("".join(_pieces(element)).split())


def length_of(element: Any) -> int:
    """How many characters of text are in an element."""
    return sum(map(len, element.itertext()))


def link_share(element: Any) -> float:
    """Which part of an element's text is in links."""
    return sum(length_of(link) for link in element.iter("a")) / max(length_of(element), 1)


def is_running(element: Any) -> bool:
    """Whether an element is a paragraph of running text."""
    return element.tag == "p" and length_of(element) > RUNNING_CHARACTERS and link_share(element) < 0.3
