"""
What a model is asked about a document.

In: a document. Out: the instructions, and one question for each piece of its text. Every word of the text is in some
piece, and a piece ends where a paragraph does, or a sentence, or a word. Never asks: that is for `asking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from db.records import Document

PIECE = 12_000
"""Characters of text to a question: a long press release; longer ones make models skip figures."""
BORDERS = ("\n\n", "\n", ". ", " ")


@cache
def guide() -> str:
    """The instructions: the guide to claims, in short."""
    return (Path(__file__).parent / "guide.txt").read_text(encoding="utf-8").strip()


def questions(document: Document) -> Iterator[str]:
    """One question a piece of text; one alone for a document that has only a title."""
    for piece in pieces(document.text) or [""]:
        yield f"Date: {document.published_at or 'unknown'}\nTitle: {document.title}\n\n{piece}"


def pieces(text: str, size: int = PIECE) -> list[str]:
    """
    Cut `text` into pieces of at most `size` characters.

    >>> pieces("One line.\\n\\nAnother one. A third.", 20)
    ['One line.\\n\\n', 'Another one. ', 'A third.']
    """
    out, start = [], 0
    while len(text) - start > size:
        ends = (text.rfind(border, start, start + size) + len(border) for border in BORDERS)
        end = next((end for end in ends if end > start + size // 2), start + size)
        out.append(text[start:end])
        start = end
    return [*out, text[start:]] if text[start:] else out
