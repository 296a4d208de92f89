"""
Names that look like a project's and are not, or not any longer.

In: a text and names found in it. Out: whether a park only says where things stand, and which names were given up for others.
Never judges a name by its form alone: the words around every mention do.
"""

from __future__ import annotations

import re
from collections.abc import Set

from ingest.extract.names.capitals import CAP
from ingest.extract.text.patterns import compiled
from ingest.extract.text.spans import Spans
from ingest.extract.text.written import occurrences

# "Once Project Gull, it is now the Whitlow Campus": it goes by the new name.
USED_TO_BE = compiled(
    rf"\b(?:used to be|formerly(?: known as| called)?|previously(?: known as| called)?|once (?:called|known as)|originally (?:called|known as|named)|renamed from|known until \w+ as|sold to the public as) "
    rf"(?:the )?[\"“‘']?(?P<name>{CAP}(?: {CAP}){{0,3}}(?: \d{{1,2}}\b)?)"
)
# Grounds that many firms share.
GROUNDS = re.compile(
    r"(?:Industrial|Business|Technology|Tech|Science|Innovation|Digital) (?:Park|Cent(?:er|re))$|Technopolis$"
)
WITHIN = re.compile(r"\b(?:[Ii]n|[Ww]ithin|[Ii]nside|[Ii]nto|[Aa]t|on) (?:the |its )?$")


def is_address(text: str, name: str) -> bool:
    """Whether a park of many firms only says where things stand, wherever it is written: "a site in the Calder Industrial Park"."""
    return GROUNDS.search(name) is not None and all(
        WITHIN.search(text, max(0, at - 24), at) for at in occurrences(text, name)
    )


def renamed(text: str, names: Set[str]) -> set[str]:
    """Those of `names` that the text says to be given up for another of them."""
    old = {match["name"] for match in USED_TO_BE.finditer(text)} & names
    return old if names - old else set()


def is_held(text: str, name: str, taken: Spans) -> bool:
    """Whether a name found before holds the place where `name` is first written."""
    return taken.overlap(at := text.find(name), at + len(name))
