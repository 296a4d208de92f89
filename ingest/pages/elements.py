"""
Elements of a page: parsed, measured, and read as words.

In: HTML, or an lxml element. Out: a tree, a length, a share, words. A parsed page is without comments and without the
marks of footnotes, which would stand as digits at the end of figures ("300 MW" with a raised 2).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

RUNNING_CHARACTERS = 100
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td",
    "th", "tr", "ul",
})  # fmt: skip


NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML text can have; a page can, and its tree can be read with them but not changed."""
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,9}));?")
_MARK = re.compile(r"\s*(?:[\[(]?\d{1,2}[\])]?|[*†‡§]{1,3})\s*(?:,\s*\d{1,2}\s*)*")
_RAISED_UNIT = re.compile(r"(?:\b(?:[kcm]?m|ft|in|mi)|\b10|CO)\s*$")


def without_declaration(html: str) -> str:
    """HTML without an XML declaration, which parsers of HTML stumble over."""
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", html)


def changeable(html: str) -> str:
    """HTML whose tree can be changed: without characters, written or by number, that XML does not have."""

    def checked(reference: re.Match[str]) -> str:
        number = int(reference[1], 16) if reference[1] else int(reference[2])
        if 0x80 <= number <= 0x9F:  # As browsers do: the dashes and quotes of Windows, by their number there.
            return bytes([number]).decode("cp1252", "ignore")
        return " " if number > 0x10FFFF or NOT_XML.match(chr(number)) else reference[0]

    return _REFERENCE.sub(checked, NOT_XML.sub(" ", html))


def soup_of(html: str, names: Sequence[str] = ()) -> BeautifulSoup:
    """The page for CSS selectors; only its elements of these `names`, if any are given."""
    from bs4 import BeautifulSoup, SoupStrainer, XMLParsedAsHTMLWarning

    only = SoupStrainer(list(names)) if names else None
    with warnings.catch_warnings():
        # XHTML and feeds are read as HTML on purpose; the advice not to is no concern of who runs this.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(without_declaration(html), "lxml", parse_only=only)


def tree_of(html: str) -> Any:
    """The page as an lxml tree, or None where there is no element in it."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(changeable(html).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    for raised in list(tree.iter("sup")):
        if _MARK.fullmatch("".join(raised.itertext())) and not _RAISED_UNIT.search(_words_before(raised)):
            raised.drop_tree()
    return tree


def _words_before(element: Any) -> str:
    """The words that stand just before an element, in the same block."""
    previous = element.getprevious()
    if previous is None:
        return element.getparent().text or ""
    return previous.tail or "".join(previous.itertext())


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


def own_length_of(element: Any) -> int:
    """How many characters of text stand in an element itself, not in elements inside it."""
    return len(element.text or "") + sum(len(child.tail or "") for child in element)
