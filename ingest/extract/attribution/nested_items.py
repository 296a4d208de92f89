"""
The place of a list inside a list: "2. Harbour campus", and under it "- Where: Oxelo, Kent", "- Power: 40 MW".

In: a `Reading` and what says whether a place may be a site. Out: block -> place, for a numbered line and the items below it. Never looks at
a figure, nor at a list of one level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from db.records import Place
from ingest.extract.places.areas import PlaceHit
from ingest.extract.reading import Reading

HEAD = re.compile(r"(?:\d{1,2}|[A-Z])[.)] ")
BELOW = re.compile(r"[-*•·–] ")
WHERE = re.compile(r"[-*•·–] (?:Where|Location|Site|Place|Address|Town|City|Based in|Land)\b", re.IGNORECASE)
FINE = frozenset({"city", "county", "township"})


def nested_labels(reading: Reading, is_site: Callable[[PlaceHit], bool]) -> dict[int, Place]:
    """Block -> the place of the numbered item that it is or stands under."""
    out: dict[int, Place] = {}
    for head, below in _groups(reading):
        where = next((n for n in below if WHERE.match(reading.text, reading.segments.blocks[n].start)), None)
        for block in (head, where):
            hits = [] if block is None else [h for h in _hits(reading, block) if is_site(h) and h.kind != "country"]
            fine = [h for h in hits if h.kind in FINE] or hits
            if fine:
                out.update(dict.fromkeys((head, *below), fine[0].place))
                break
    return out


def _groups(reading: Reading) -> Iterator[tuple[int, list[int]]]:
    blocks = reading.segments.blocks
    head: int | None = None
    below: list[int] = []
    for number, block in enumerate(blocks):
        if block.kind == "item" and HEAD.match(reading.text, block.start):
            if head is not None and below:
                yield head, below
            head, below = number, []
        elif head is not None and block.kind == "item" and BELOW.match(reading.text, block.start):
            below.append(number)
        else:
            if head is not None and below:
                yield head, below
            head, below = None, []
    if head is not None and below:
        yield head, below


def _hits(reading: Reading, block: int) -> Iterator[PlaceHit]:
    span = reading.segments.blocks[block]
    for sentence in range(span.first_sentence, span.last_sentence):
        yield from reading.places_in(sentence)
