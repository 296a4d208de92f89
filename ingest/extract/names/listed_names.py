"""
Ordinary words that are companies for standing among such: "Vantage, Switch and DataBank".

In: a text and the names of the reference found in it, in order. Out: which of the doubtful companies are sure by their neighbours.
Never takes the first word of a longer name, nor a doubtful name for another one's sake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.extract.names.mentions import Hit

BETWEEN = frozenset((", ", " and ", ", and ", " or ", " & "))
"""What parts the names of an enumeration."""
LONGER_BEFORE, LONGER_AFTER = re.compile(r"[A-Z][\w.'’-]* $"), re.compile(r" [A-Z]")


def listed_names(text: str, hits: Sequence[Hit]) -> set[tuple[str, str]]:
    """Kind and name of the doubtful companies that stand beside a sure one in an enumeration."""
    out: set[tuple[str, str]] = set()
    for left, right in pairwise(hits):
        if (
            left.ambiguous != right.ambiguous
            and left.kind == right.kind == "company"
            and text[left.end : right.start] in BETWEEN
        ):
            doubtful = left if left.ambiguous else right
            longer = LONGER_AFTER.match(text, doubtful.end) or (
                doubtful is left and LONGER_BEFORE.search(text, max(0, left.start - 24), left.start)
            )
            if not longer:
                out.add((doubtful.kind, doubtful.name))
    return out
