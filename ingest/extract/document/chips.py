"""
The chips that a document names.

In: a `Reading` and its claims. Out: canonical names, each once, in the order of the text. A family's name is left out where a
model of it is told: the Blackwell of "a B200, which is a Blackwell", the bare Trainium beside Trainium2. Never counts chips.
"""

from __future__ import annotations

from functools import cache

from db.records import Claim
from db.reference import chips
from ingest.extract.reading import Reading

MADE_BY = frozenset({"NVIDIA GPU", "AMD GPU", "Google TPU", "GPU"})
"""Chips that a text counts without naming their model."""


def document_chips(reading: Reading, claims: list[Claim]) -> tuple[str, ...]:
    """The chips named in the text, and those that its claims count without a model."""
    counted = [claim.chip for claim in claims if claim.metric == "chips" and claim.chip in MADE_BY]
    named = dict.fromkeys(hit.name for hit in reading.chips)
    claimed = {claim.chip for claim in claims}
    return tuple(
        dict.fromkeys(
            [
                *(name for name in named if name in claimed or not (_models().get(name, frozenset()) & named.keys())),
                *counted,
            ]
        )
    )


@cache
def _models() -> dict[str, frozenset[str]]:
    """Name of a family, or of a first model that goes by its family's name -> names of the models it may stand for."""
    table: dict[str, frozenset[str]] = {}
    for each in chips():
        if each.kind != "family" and each.family not in each.aliases:
            continue
        line = {each.family, each.generation} - {None}
        table[each.name] = frozenset(
            other.name
            for other in chips()
            if other is not each
            and other.vendor == each.vendor
            and other.kind != "family"
            and (other.family in line or (other.generation or "").split(" ")[0] in line)
        )
    return table
