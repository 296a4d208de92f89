"""
The words of an article: paragraphs a line each, tables row by row, and nothing of the page around it.

In: the HTML of a page. Out: its text, or an empty one. Related-stories boxes, newsletter forms, cookie notices, author
biographies and "read more" lists are cut out before trafilatura looks for the article, and lines that only lead
elsewhere are dropped after it. Never adds a word that the page does not have.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from ingest.pages.boxes import heads_a_box, leads_elsewhere, paragraphs_in_box
from ingest.pages.elements import RUNNING_CHARACTERS, is_running, length_of, link_share, own_length_of, text_of, tree_of
from ingest.pages.missed import add_missed

MARK = "\ua66e"
"""Stands at the end of headings and cells while trafilatura reads: it takes a heading "Google" for a share button."""

_SPACES = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_LONGEST_BOX_SHARE = 0.4
SHORTEST = 100
"""Characters. With less, a template's name of a box was the name of the article: it is looked for with all boxes in."""
_INLINE = {"strong", "b", "em", "i", "u", "font", "span", "a"}
_BLOCKS = ("div", "section", "aside", "ul", "ol", "nav", "footer", "form", "figure")

# What these would write to the terminal ("discarding data: None") is an issue of ours, with the address.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def body_text(html: str) -> str:
    """The article's text: one paragraph, list item, heading or table row a line."""
    from trafilatura import extract

    for is_cut, favor_recall in ((True, False), (True, True), (False, False)):
        tree = tree_of(html)
        if tree is None:
            return ""
        if is_cut:
            _cut_boxes(tree)
        _open_layout_tables(tree)
        _mark(tree)
        found = extract(tree, fast=True, favor_recall=favor_recall, include_tables=True, include_comments=False) or ""
        lines = list(_lines(found))
        if sum(map(len, lines)) >= SHORTEST:
            return "\n".join(add_missed(tree, lines, _unmarked))
    return "\n".join(lines)


def plain_text(words: str) -> str:
    """The same cleaning for words that are no HTML: blank lines part paragraphs, single newlines are layout."""
    paragraphs = re.split(r"\n[^\S\n]*\n", words)
    return "\n".join(_lines("\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)))


def clean(words: str) -> str:
    """One line's words: single spaces, plain hyphens, nothing unseen, accents composed."""
    words = unicodedata.normalize("NFC", _UNSEEN.sub("", words).translate(_HYPHENS))
    return _SPACES.sub(" ", words).strip()


def _unmarked(words: str) -> str:
    return clean(" ".join(words.replace(MARK, "").split()))


def _lines(text: str) -> Iterator[str]:
    lines: list[tuple[str, bool]] = []
    for raw in text.split("\n"):
        is_heading = raw.rstrip(" |").endswith(MARK) and not raw.lstrip().startswith("|")
        line = clean(raw.replace(MARK, ""))
        if line.startswith("|"):
            line = row_of(line.strip("|").split("|"))
        if not line or (leads_elsewhere(line) and "|" not in line):
            continue
        if lines and line[0].islower() and not is_heading and _runs_on(*lines[-1]):
            lines[-1] = (f"{lines[-1][0]} {line}", False)
        else:
            lines.append((line, is_heading))
    # A heading that nothing follows belonged to a box that was cut; one that is a sentence says something itself.
    while lines and lines[-1][1] and not lines[-1][0].endswith((".", "!", "?")):
        lines.pop()
    for line, _ in lines:
        yield line


def _runs_on(line: str, is_heading: bool) -> bool:
    """Whether a line's sentence is not over: a line break for the look of it stands in the middle."""
    return not is_heading and (line[-1].isalnum() or line[-1] in ",&-–—") and "|" not in line


def row_of(cells: Iterable[str]) -> str:
    """A table's row: without the empty cells that only lay it out, and with signs back at their figures."""
    row: list[str] = []
    for cell in (cell.strip() for cell in cells):
        if not cell or not cell.strip("-:"):
            continue
        if row and (row[-1] in {"$", "€", "£", "¥", "($", "US$"} or cell in {")", "%", ")%"}):
            row[-1] += cell
        else:
            row.append(cell)
    return " | ".join(row) + " |" if row else ""


def _cut_boxes(tree: Any) -> None:
    """Take out what stands around an article, by the names of its boxes and by their headings."""
    whole = max(length_of(tree), 1)
    for element in list(tree.iter(*_BLOCKS, "p", "span")):
        most = paragraphs_in_box(f"{element.get('class') or ''} {element.get('id') or ''}")
        # Names mislead: a body of class "has-newsletter" or an article in "share-wrapper" is no box.
        if most is None or element.getparent() is None or element.find(".//h1") is not None:
            continue
        if _paragraphs(element) <= most and length_of(element) < _LONGEST_BOX_SHARE * whole:
            element.drop_tree()
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6", "strong", "b", "p", "div", "span")):
        if heading.getparent() is None or len(heading) > 3 or length_of(heading) > 120:
            continue
        words = text_of(heading)
        if heads_a_box(words) and (block := _block_of(heading, words)) is not None:
            _cut_under(block, words)


def _block_of(heading: Any, words: str) -> Any:
    """The block that `words` fill, or None where they only begin a longer line ("Related: ..." goes by its line)."""
    while heading.tag in _INLINE:
        heading = heading.getparent()
        if heading is None or text_of(heading) != words:
            return None
    return None if heading.tag in {"html", "body"} or heading.getparent() is None else heading


def _paragraphs(element: Any) -> int:
    """How many paragraphs of running text are in an element, set as `p` or as bare blocks."""
    bare = (own_length_of(block) > RUNNING_CHARACTERS for block in element.iter("div", "td", "blockquote"))
    return sum(map(is_running, element.iter("p"))) + sum(bare)


def _cut_under(heading: Any, words: str) -> None:
    """Take out a heading of a box and what it heads: the lists and link blocks behind it, up to anything else."""
    blocks_left = 1 if re.match(r"\W*about the author", words, re.IGNORECASE) else 0
    for element in list(heading.itersiblings()):
        if element.tag in {"h1", "h2", "h3", "h4", "table"} or element.find(".//table") is not None:
            break
        if length_of(element) and link_share(element) < 0.5 and not _is_short_list(element):
            if not blocks_left:
                break
            blocks_left -= 1
        element.drop_tree()
    heading.drop_tree()


def _is_short_list(element: Any) -> bool:
    """Whether an element is a list of a few words each: "More from Asia:" may head a list of real news."""
    items = element.findall("li")
    return element.tag in {"ul", "ol"} and length_of(element) < 60 * max(len(items), 1)


def _open_layout_tables(tree: Any) -> None:
    """Make blocks of the tables that hold one cell a row: they only set the page, and would be one line a row."""
    for table in list(tree.iter("table")):
        rows = [row for row in table.iter("tr") if length_of(row)]
        if all(sum(1 for cell in row.iterchildren("td", "th") if length_of(cell)) <= 1 for row in rows):
            for part in (table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th")):
                part.tag = "div"


def _mark(tree: Any) -> None:
    """Put the mark at the end of every heading and of every cell, so that a lone name there is not dropped."""
    for element in tree.iter("h2", "h3", "h4", "h5", "h6", "td", "th"):
        if element.tag in {"td", "th"} and len(element) > 1:
            continue
        if place := _last_words(element):
            node, attribute = place
            setattr(node, attribute, getattr(node, attribute).rstrip() + MARK)


def _last_words(element: Any) -> tuple[Any, str] | None:
    """Where an element's last words stand: in the text of a node, or in its tail."""
    for child in reversed(element):
        if child.tail and child.tail.strip():
            return child, "tail"
        if (inner := _last_words(child)) is not None:
            return inner
    return (element, "text") if element.text and element.text.strip() else None
