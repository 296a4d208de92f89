"""
Projects named in a list: one beside another that is known, or at the head of an item of a list of machines.

In: text, its segments, the projects found before. Out: further names. Never takes a place, a company or an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.extract.capitals import CAP, NOT_COMPANY, is_place
from ingest.extract.patterns import compiled
from ingest.extract.segments import Block, Segments

_NAME = rf"(?P<name>{CAP}(?: {CAP}){{0,2}}(?: \d{{1,2}}\b)?)"
# "Three machines are meant for the laboratory": what the items under it name.
MACHINES = compiled(
    r"\b(?:supercomputers|(?:super)?clusters|machines|systems|projects|mega-?projects|programmes|programs|developments)\b",
    re.IGNORECASE,
)
HEAD = re.compile(
    rf"(?:[-–—*•·▪◦]|\d{{1,2}}[.)]) ?(?:\*\*)?{_NAME}(?:\*\*)?(?:,? (?:is|will|was|has|to be|a|an|the|which|due|set|planned|expected|comes|goes)\b|, (?:to be|due|set|planned|with|at|in)\b| ?[:–—])"
)


def listed_projects(text: str, segments: Segments, found: Iterable[str]) -> set[str]:
    """Names that a list shows to be projects, where it has one of `found` or is of machines or projects."""
    out: set[str] = set()
    for name in sorted(found):
        if f"{name} and " not in text and f"{name}, and " not in text and f" and {name}" not in text:
            continue  # a pattern made for one name costs more than to look
        written = re.escape(name)
        for match in re.finditer(
            rf"(?<![\w’'-]){written}(?:,? and {_NAME}(?= at\b| in\b| near\b|[.,:;\n]| (?:are|will|were|have)\b))|{_NAME.replace('name', 'first')} and {written}(?![\w’'-])",
            text,
        ):
            out.add(match["name"] or match["first"])
    for number, block in enumerate(segments.blocks):
        if block.kind == "item" and (lead := _lead(segments, number)) and MACHINES.search(text, lead.start, lead.end):
            head = HEAD.match(text, block.start, min(block.end, block.start + 80))
            if head and not is_place(head["name"]):
                out.add(head["name"])
    return {name for name in out if _is_name(text, name)}


def _lead(segments: Segments, number: int) -> Block | None:
    """The paragraph or heading that leads to the list of which block `number` is an item."""
    while number and segments.blocks[number].kind == "item":
        number -= 1
    return segments.blocks[number] if segments.blocks[number].kind in {"paragraph", "heading"} else None


def _is_name(text: str, name: str) -> bool:
    words = name.split()
    ordinary = all(w.lower() in NOT_COMPANY or re.search(rf"(?<![\w-]){re.escape(w.lower())}\b", text) for w in words)
    return len(name) > 2 and not ordinary and not is_place(name) and words[0].lower() not in NOT_COMPANY
