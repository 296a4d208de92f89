"""
About how large a figure is, so that what may print the same number is found without comparing all with all.

In: a claim. Out: the steps on which it stands. Two claims that print the same number have a step in common; two that
have one need not print the same. Never decides that two are the same: that is for `values`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from db.knowledge.model import MONEY, ClaimRow
from db.knowledge.values import span_of

STEP = 1.17
"""How wide a step is: more than twice what rounding and exchange allow between two that are the same number."""
DAYS_OF_YEAR, FIRST_YEAR, LAST_YEAR = 365.25, 2000.0, 2060.0
Step = tuple[str, str, int]
"""Metric, unit, and which step."""


def steps_of(claim: ClaimRow) -> Iterable[Step]:
    """
    The steps on which a figure stands, in dollars and as stated; those of an interval are all that it spans.

    There are two flights of steps, half a step apart, and a step is wider than twice what may differ between two that
    are still the same number: on one of the flights, both stand on one step.
    """
    metric = "money" if claim.metric in MONEY else claim.metric
    for span in {span_of(claim), span_of(claim, in_dollars=False)}:
        if span is None:
            continue
        if claim.metric == "online":
            first, last = (min(max(end / DAYS_OF_YEAR, FIRST_YEAR), LAST_YEAR) for end in (span.low, span.high))
            for year in range(math.floor(first), math.floor(last) + 1):
                yield metric, span.unit, year
            continue
        is_range = claim.qualifier == "range"
        low, high = (span.low / STEP, span.high * STEP) if is_range else (span.number, span.number)
        first, last = (math.log(max(end, 1e-9)) / math.log(STEP) for end in (low, high))
        for half in (0.0, 0.5):
            for step in range(math.floor(first + half), math.floor(last + half) + 1):
                yield metric, span.unit, 2 * step + round(2 * half)
