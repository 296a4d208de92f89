"""
The place that an item of a list or a row of a table is headed by: "Sedenak. At JH1 ...", "Kulai: ...", "Campus | Lima, Ohio | 90 MW".

In: a `Reading` and what says whether a place may be a site. Out: block -> place. Never looks at a figure, nor at a heading of its own line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from db.records import Place
from ingest.extract.places.areas import PlaceHit
from ingest.extract.reading import Reading
from ingest.extract.text.segments import Block

LABEL_TAIL = re.compile(
    r"(?: \([^()\d]{2,40}\))?(?:, (?:[A-Z][\w.'’-]+(?: [A-Z][\w'’-]+){0,2}|same \w+|[a-z][^.:|]{0,40}))?(?:\.|:| [—–-]) (?![a-z])"
)
LEAD_CELL = re.compile(r"[^|]{1,24} \| ")
"""What may stand before the place of an item: "850 m | Lanzhou. The tender ..."."""
NAME_BEFORE = re.compile(r"[A-Z][^.:|\n]{2,50} [—–] ")
"""A name and perhaps its date: "Northgate (May 2027) — Ohio. 200 MW ..."."""
LOWER = re.compile(r"\b[a-zà-ÿ]{3,}")
IN_BRACKETS = re.compile(r"\([^()|]*\)")
MOST_WORDS = 4
"""Words beside its places that a cell of a place may have: "Mill Creek District, Berkeley County, WV"."""
FINE = frozenset({"city", "county", "township"})


def item_labels(reading: Reading, is_site: Callable[[PlaceHit], bool]) -> dict[int, Place]:
    """Block -> the place its item or row is headed by."""
    out: dict[int, Place] = {}
    rows: dict[int, list[PlaceHit]] = defaultdict(list)
    for hit in reading.places:
        number = reading.segments.sentences[reading.segments.sentence_at(hit.start)].block
        block = reading.segments.blocks[number]
        if block.kind == "row":
            if is_site(hit) and hit.kind != "country":
                rows[number].append(hit)
            continue
        if number in out or block.kind == "title" or hit.demonym:
            continue
        start = reading.segments.sentences[block.first_sentence].start
        desk = start <= reading.base + 1 and reading.text[hit.start : hit.end].isupper()
        headed = (
            hit.start - start <= 1
            or NAME_BEFORE.fullmatch(reading.text, start, hit.start) is not None
            or LEAD_CELL.fullmatch(reading.text, start, hit.start) is not None
        )
        if headed and not desk and LABEL_TAIL.match(reading.text[hit.end : hit.end + 90]):
            out[number] = hit.place
    for number, hits in rows.items():
        place = _of_row(reading, reading.segments.blocks[number], hits)
        if place is not None:
            out[number] = place
    return out


def _of_row(reading: Reading, block: Block, hits: list[PlaceHit]) -> Place | None:
    """The place of the cell that holds nothing else; without one, the place that the row begins with."""
    cells: dict[tuple[int, int], list[PlaceHit]] = defaultdict(list)
    for hit in hits:
        low = max(reading.text.rfind("|", block.start, hit.start) + 1, block.start)
        high = reading.text.find("|", hit.end, block.end)
        cells[low, high if high >= 0 else block.end].append(hit)
    pure = [held for span, held in cells.items() if _is_place(reading.text, span, held)]
    told = [h for held in pure for h in held]
    fine = [h for h in told if h.kind in FINE]
    if told:
        return (fine or told)[0].place
    early = [h for h in hits if reading.text[block.start : h.start].count("|") <= 1]
    return early[0].place if early else None


def _is_place(text: str, span: tuple[int, int], hits: list[PlaceHit]) -> bool:
    at, rest = span[0], ""
    for hit in hits:
        rest += text[at : hit.start] if hit.start > at else ""
        at = max(at, hit.end)
    rest += text[at : span[1]]
    rest = IN_BRACKETS.sub(" ", rest)
    return LOWER.search(rest) is None and len(rest.split()) <= MOST_WORDS + rest.count(",")
