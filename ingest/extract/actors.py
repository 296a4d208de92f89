"""
The main actors of a document.

In: a `Reading` and its claims. Out: one to six companies. Never decides whose a figure is.
"""

from __future__ import annotations

from collections import Counter

from db.records import Claim
from ingest.extract.reading import Reading

LEAD = 300
"""Characters of the text that count as its lead."""


def main_companies(reading: Reading, claims: list[Claim]) -> tuple[str, ...]:
    """
    The main actors, one to six: named in the title and the lead, often, and in claims.

    The weights were set on the annotated sets (F1 0.78 there); a flat part of the grid, so no digit of them matters.
    """
    weight: Counter[str] = Counter()
    for claim in claims:
        weight.update(dict.fromkeys(claim.companies, 2))
    for hit in reading.companies:
        weight[hit.name] += 3
    weight.update(dict.fromkeys({h.name for h in reading.companies if h.start < reading.base}, 8))
    weight.update(dict.fromkeys({h.name for h in reading.companies if 0 <= h.start - reading.base < LEAD}, 4))
    top = weight.most_common(6)
    return tuple(name for name, value in top if value >= max(4, 0.14 * top[0][1]))
