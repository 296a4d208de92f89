"""
What a metric may look at when it judges a figure, and what it answers.

In: a figure of a `Reading`. Out: two records. The view is the figure in its sentence, the sentence before and the block's kind, no more:
a verdict that needs the whole document is taken in `claims`.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from db.records import Metric
from ingest.extract.amounts.quantities import Quantity
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Window, window

_START = attrgetter("start")


class _Around(NamedTuple):
    """A figure and what stands around it. All offsets are into `text`."""

    reading: Reading
    text: str
    quantity: Quantity
    number: int
    """Of the quantity among those of the reading."""
    sentence_number: int
    sentence_start: int
    sentence_end: int
    previous_start: int
    """Start of the sentence before in the same block, or `sentence_start`."""
    guidance: bool = False
    """The document is about capital-expenditure guidance."""
    topic: str = ""
    """Metric of the figure of the same kind before this one in the section, "" when there is none."""
    earnings: bool = False
    """The document reports results: its sums are sales and profits unless a word says otherwise."""

    column: str = ""
    """What heads the column of the table that the figure stands in."""


class View(_Around):
    """The same with what follows from it: worked out when a metric asks, and kept where several do."""

    @property
    def sentence(self) -> str:
        """The sentence itself."""
        return self.text[self.sentence_start : self.sentence_end]

    @cached_property
    def others(self) -> list[tuple[int, int]]:
        """Spans of the other figures of the same kind in the sentence."""
        quantities = self.reading.quantities
        first = bisect_left(quantities, self.sentence_start, key=_START)
        last = bisect_left(quantities, self.sentence_end, first, key=_START)
        return [
            (q.start, q.end)
            for number, q in enumerate(quantities[first:last], first)
            if q.kind == self.quantity.kind and number != self.number and q.conversion_of != self.number
        ]

    @property
    def heading_span(self) -> tuple[int, int]:
        """Where the heading stands that the block is under; empty where there is none."""
        block = self.reading.segments.block_of(self.sentence_number)
        heading = self.reading.heading_over(block) if block.kind != "heading" else None
        return (0, 0) if heading is None else (heading.start, heading.end)

    @property
    def chip_spans(self) -> list[tuple[int, int]]:
        """Where the sentence names chips."""
        return [(h.start, h.end) for h in self.reading.chips_in(self.sentence_number)]

    @property
    def company_spans(self) -> list[tuple[int, int]]:
        """Where the sentence names companies."""
        return [(h.start, h.end) for h in self.reading.companies_in(self.sentence_number)]

    @cached_property
    def lead_end(self) -> int:
        """Where the words before the figure end: in front of its hedge."""
        return max(self.sentence_start, self.quantity.hedge.start)

    def before(self, width: int = 80) -> str:
        """Up to `width` characters of the sentence before the figure."""
        return self.text[max(self.sentence_start, self.quantity.start - width) : self.quantity.start]

    def window(self, width: int) -> Window:
        """The same without the hedge ("for about " is "for "), for patterns to be looked for in."""
        end = self.lead_end
        return window(self.text, max(self.sentence_start, end - width), end)

    def after(self, width: int = 80) -> str:
        """Up to `width` characters of the sentence after the figure."""
        return self.text[self.quantity.end : min(self.sentence_end, self.quantity.end + width)]


class Verdict(NamedTuple):
    """The metric of a figure, how sure the rule is (margin, 0 to 1), its quote, what it counts and the chip told before it."""

    metric: Metric
    margin: float
    start: int
    end: int
    noun: str = ""
    chip: str = ""
