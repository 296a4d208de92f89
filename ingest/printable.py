"""
Text that can be stored and printed: what SQLite cannot hold or would end a text at, replaced.

In: a text, or a document. Out: the same with one character for each that is none, so that every offset stays where it
was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.records import Document


def printable(document: Document) -> Document:
    """Replace what SQLite cannot hold or would end a text at, each by one character, so that no offset moves."""
    return replace(document, title=printable_text(document.title), text=printable_text(document.text))


def printable_text(text: str) -> str:
    """
    Replace each character that is none: NUL, and half of a surrogate pair.

    >>> printable_text("a\\x00b\\ud800c")
    'a b\ufffdc'
    """
    return text.replace("\x00", " ").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
