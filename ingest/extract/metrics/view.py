"""
What a metric may look at when it judges a figure, and what it answers.

In: nothing. Out: two records. The view is the figure in its sentence, the sentence before and the block's kind, no more:
a verdict that needs the whole document is taken in `claims`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from db.records import Metric
from ingest.extract.patterns import Window
from ingest.extract.quantities import Quantity


@dataclass(frozen=True, slots=True)
class View:
    """A figure and what stands around it. All offsets are into `text`."""

    text: str
    quantity: Quantity
    sentence_start: int
    sentence_end: int
    previous_start: int
    """Start of the sentence before in the same block, or `sentence_start`."""
    others: tuple[tuple[int, int], ...] = ()
    """Spans of the other figures of the same kind in the sentence."""
    block_kind: str = "paragraph"
    block_start: int = 0
    block_end: int = 0
    heading_start: int = 0
    heading_end: int = 0
    """Of the heading that the block stands under; both 0 where there is none."""
    chip_spans: tuple[tuple[int, int], ...] = ()
    guidance: bool = False
    """The document is about capital-expenditure guidance."""
    company_spans: tuple[tuple[int, int], ...] = ()
    topic: str = ""
    """Metric of the figure of the same kind before this one in the section, "" when there is none."""
    earnings: bool = False
    """The document reports results: its sums are sales and profits unless a word says otherwise."""

    column: str = ""
    """What heads the column of the table that the figure stands in."""

    @property
    def sentence(self) -> str:
        """The sentence itself."""
        return self.text[self.sentence_start : self.sentence_end]

    @property
    def heading(self) -> str:
        """The heading that the block stands under, "" where there is none."""
        return self.text[self.heading_start : self.heading_end]

    def before(self, width: int = 80) -> str:
        """Up to `width` characters of the sentence before the figure."""
        return self.text[max(self.sentence_start, self.quantity.start - width) : self.quantity.start]

    def window(self, width: int) -> Window:
        """The same, for patterns to be looked for in."""
        return Window(self.text, max(self.sentence_start, self.quantity.start - width), self.quantity.start)

    def after(self, width: int = 80) -> str:
        """Up to `width` characters of the sentence after the figure."""
        return self.text[self.quantity.end : min(self.sentence_end, self.quantity.end + width)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The metric of a figure, how sure the rule is (margin, 0 to 1), and what the rule learned besides."""

    metric: Metric
    margin: float
    start: int
    end: int
    noun: str = ""
    extra: dict[str, str] = field(default_factory=dict)
