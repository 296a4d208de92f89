"""
Projects named in a list: one beside another that is known, or at the head of an item of a list of machines.

In: text, its segments, the projects found before. Out: further names. Never takes a place, a company or an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from db.reference import find_places
from ingest.extract.names.capitals import CAP, NOT_COMPANY, is_place
from ingest.extract.names.role_cells import role_cells
from ingest.extract.text.patterns import compiled
from ingest.extract.text.segments import Block, Segments
from ingest.extract.text.written import occurrences

_NAME = rf"(?P<name>{CAP}(?: {CAP}){{0,2}}(?: \d{{1,2}}\b)?)"
AND_BEHIND = re.compile(rf",? and {_NAME}(?= at\b| in\b| near\b|[.,:;\n]| (?:are|will|were|have)\b)")
AND_BEFORE = re.compile(rf"{_NAME} and $")
BORDER = re.compile(r"(?<![\w’'-])")
# "1. Calder AI Data Center (Orrin Telecom)", with what is said of it listed below.
HEADED = re.compile(
    rf"\d{{1,2}}[.)] (?:\*\*)?(?P<name>{CAP}(?: {CAP}){{0,4}} (?:Data Cent(?:er|re)|(?:Computing|Supercomputing|Energy|Electricity) Cent(?:er|re)|Campus|(?:Tech|Technology|Digital|Energy|AI|Solar) Park|Hub|Supercomputer|Cluster))\b(?![ -][A-Z])"
)
SITE = re.compile(
    r"\W*(?:site|project|campus|facility|data ?cent(?:er|re)|site name|project name|name of (?:site|project))s?\W*",
    re.IGNORECASE,
)
CELL = re.compile(rf"{_NAME}(?= ?(?:$|[(,/;]))")
LONGEST = 90
"""Characters of the longest name that stands before another."""
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
    for name in found:
        for at in occurrences(text, name):
            beside = AND_BEHIND.match(text, at + len(name)) or AND_BEFORE.search(text[max(0, at - LONGEST) : at])
            if beside is not None and BORDER.match(text, at):
                out.add(beside["name"])
    lead: Block | None = None
    for block in segments.blocks:
        if headed := HEADED.match(text, block.start):
            out.add(headed["name"])
        if block.kind != "item":
            lead = block if block.kind in {"paragraph", "heading"} else None
        elif lead is not None and MACHINES.search(text, lead.start, lead.end):
            head = HEAD.match(text, block.start, min(block.end, block.start + 80))
            if head and not is_place(head["name"]):
                out.add(head["name"])
    return {name for name in out if _is_name(text, name)} | project_cells(text, segments)


def project_cells(text: str, segments: Segments) -> set[str]:
    """Names under a table's head that asks for a site: "Cinder Flat, Dawes County, TX"."""
    out: set[str] = set()
    for spans in role_cells(text, segments, SITE).values():
        for start, end in spans:
            cell = CELL.match(text[start:end].strip(" *"))
            if cell and not find_places(cell["name"]):
                out.add(cell["name"])
    return {name for name in out if _is_name(text, name)}


def _is_name(text: str, name: str) -> bool:
    words = name.split()
    ordinary = all(w.lower() in NOT_COMPANY or re.search(rf"(?<![\w-]){re.escape(w.lower())}\b", text) for w in words)
    return len(name) > 2 and not ordinary and not is_place(name) and words[0].lower() not in NOT_COMPANY
