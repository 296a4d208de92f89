"""
A figure: a quantity or a period with its metric and its quote.

In: nothing. Out: the record that `figures`, `ellipses` and `openings` make and all rules about attributes read, and how far
around a figure a rule may look. Never judges.
"""

from __future__ import annotations

from typing import NamedTuple

from db.records import Metric
from ingest.extract.amounts.quantities import Quantity
from ingest.extract.times.periods import Period

CONTEXT = 260
"""Characters around a figure that a verdict may look at in a long sentence."""


class Figure(NamedTuple):
    """A quantity or a period with its metric; `start`/`end` is the quote."""

    metric: Metric
    start: int
    end: int
    sentence: int
    margin: float
    quantity: Quantity | None = None
    period: Period | None = None
    noun: str = ""
    chip: str = ""
    """The chip that a noun before the number names: "the number of GPUs rises to 50,000"."""
