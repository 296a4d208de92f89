"""
Places that are only named as what holds the place before them: "Ceará, Brazil", "Franklin Township, Indianapolis", "Lima (Ohio)".

In: a text and its places in order. Out: the same without the holders. Never takes the next of a list for a holder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from db.records import Place
from ingest.extract.places.areas import PlaceHit

HOLDS = re.compile(r", (?:in )?(?:the )?| \(| in (?:the )?")
WITHIN = re.compile(r", (?:in )?| in (?:the )?")
GOES_ON = re.compile(r"(?:, (?:and |or )?| and | or | & )[A-ZÀ-Þ]")
LISTED = re.compile(r"[\w.'’-], (?:and )?$")


def without_holders(text: str, hits: Sequence[PlaceHit]) -> list[PlaceHit]:
    """The hits that do not only say where the one before is."""
    held: set[int] = set()
    for first, second in pairwise(hits):
        if first.place == second.place or second.place.country != first.place.country:
            continue
        if second.place.name is None:
            inside = second.place.admin1 in (None, first.place.admin1)
            if inside and HOLDS.fullmatch(text, first.end, second.start):
                held.add(id(second))
        elif (
            first.place.name is not None
            and (
                (second.place.admin1 == first.place.admin1 and WITHIN.fullmatch(text, first.end, second.start))
                or (second.place.name == first.place.admin1 and HOLDS.fullmatch(text, first.end, second.start))
            )
            and (second.kind != "city" or not _in_list(text, first, second))
        ):
            held.add(id(second))
    return [h for h in hits if id(h) not in held]


def _in_list(text: str, first: PlaceHit, second: PlaceHit) -> bool:
    return (
        GOES_ON.match(text, second.end) is not None
        or LISTED.search(text[max(0, first.start - 12) : first.start]) is not None
    )


def holders_of(text: str, hits: Sequence[PlaceHit], place: Place) -> set[Place]:
    """The larger towns that the text names after `place` as what it is a part of."""
    kept = {id(h) for h in without_holders(text, hits)}
    return {b.place for a, b in pairwise(hits) if a.place == place and id(b) not in kept and b.place.name is not None}


def with_departments(text: str, hits: Sequence[PlaceHit]) -> list[PlaceHit]:
    """The hits, where a French town's state is the department that the text writes after it: "Lambres (Nord)"."""
    out = list(hits)
    for at, (first, second) in enumerate(pairwise(hits)):
        french = (
            first.kind == "city" and second.kind == "county" and first.place.country == second.place.country == "FR"
        )
        if french and first.place.admin1 == second.place.admin1 and HOLDS.fullmatch(text, first.end, second.start):
            out[at] = first._replace(place=replace(first.place, admin1=second.place.name))
    return out
