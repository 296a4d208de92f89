"""
The cells of a table that stand under a head that asks for a company: "Operator", "Sponsor", "Owner".

In: text and its segments. Out: the number of a row's block -> the spans of such cells; and the names in them that may be a company's.
Never reads a row of another number of cells than the head's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.extract.names.capitals import NOT_COMPANY, is_place
from ingest.extract.text.segments import Block, Segments
from ingest.extract.text.spans import Spans

ROLE = re.compile(
    r"\W*(?:developer|operator|owner|sponsor|company|tenant|applicant|customer|firm|provider|builder|landlord|proponent|promoter|borrower|issuer|investor|buyer|seller|lender|hyperscaler|who)s?"
    r"(?: ?(?:/|&|and|or) ?\w+)?\W*",
    re.IGNORECASE,
)
NAME = re.compile(
    r"(?P<name>(?:[A-ZÀ-Þ]|\d[A-Z])[\w.'’-]*(?: (?:[&+]|[A-ZÀ-Þ0-9][\w.'’-]*)){0,4})(?= ?(?:$|[(,/;]| and ))"
)
NOBODY = re.compile(
    r"(?:n/?a|none|tbd|tba|unknown|undisclosed|unnamed|various|total|confidential|not)\b", re.IGNORECASE
)


def role_cells(text: str, segments: Segments, asked: re.Pattern[str] = ROLE) -> Mapping[int, list[tuple[int, int]]]:
    """Row's block -> the cells under a head that asks for a company, or for what else is `asked`."""
    found: dict[int, list[tuple[int, int]]] = {}
    if " | " not in text:
        return found
    wanted: list[int] = []
    width, section, before = 0, -1, -1
    for number, block in enumerate(segments.blocks):
        if block.kind != "row":
            continue
        cells = list(_cells(text, block))
        if block.section != section or number != before + 1:
            section, width = block.section, len(cells)
            wanted = [n for n, (a, b) in enumerate(cells) if asked.fullmatch(text, a, b)] if width > 2 else []
        elif wanted and len(cells) == width:
            found[number] = [cells[n] for n in wanted]
        before = number
    return found


def _cells(text: str, block: Block) -> Iterator[tuple[int, int]]:
    start = block.start + (text[block.start] == "|")
    end = block.end - (text[block.end - 1] == "|")
    while start <= end:
        stop = text.find("|", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def cell_names(text: str, segments: Segments, taken: Spans) -> set[str]:
    """What stands in those cells and may be a company."""
    out: set[str] = set()
    for spans in role_cells(text, segments).values():
        for start, end in spans:
            cell = text[start:end].strip(" *")
            match = NAME.match(cell)
            if match is None or NOBODY.match(cell):
                continue
            at = text.find(match["name"], start)
            name = match["name"]
            if not taken.overlap(at, at + len(name)) and name.lower() not in NOT_COMPANY and not is_place(name):
                out.add(name)
    return out
