"""A text four times as long takes about four times as long to read, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from db.records import Document
from ingest.extract import extract

SHORT, LONG = 15_000, 60_000
MOST = 8.0
"""Times as long: four would be linear, sixteen quadratic; the rest is what a busy machine adds."""
KINDS = {
    "sums and towns in one line": "$5 billion for Lima, Ohio and ",
    "rows of a table": "A | 5 MW | Ohio | Meta\n",
    "words between signs": "🏗️ 5 GW 🎉 ",
    "names in quotes": '"Project Loam" (the "Loam Campus") ',
    "a company that builds": "Meta said it will build in Lima. ",
}


def seconds(text: str) -> float:
    taken = []
    for _ in range(2):
        start = time.process_time()
        extract(Document(url="", title="A campus", text=text))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("piece", KINDS.values(), ids=KINDS.keys())
def test_the_time_grows_with_the_length(piece: str) -> None:
    text = piece * (LONG // len(piece) + 1)
    extract(Document(url="", title="", text=text[:500]))  # tables and patterns are read once
    assert seconds(text[:LONG]) < MOST * seconds(text[:SHORT]) + 0.05
