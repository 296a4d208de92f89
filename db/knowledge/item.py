"""
One figure of a total, and what of it is left out.

In: a claim with its bounds. Out: `Item`, which keeps its cuts. What is left of an item is always a span, and never less
than nothing. Which cuts to make is for `items` and `overlaps`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from db.knowledge.model import ClaimRow


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of an item that the net total leaves out, because something else covers it."""

    reason: str
    covered_by: str | None
    low: float
    high: float
    note: str


@dataclass
class Item:
    """One figure of a total. `low` and `high` are in USD for money, else in the metric's unit."""

    claim: ClaimRow
    metric: str
    stage: str
    unit: str
    low: float
    high: float
    open_high: bool
    day: str | None
    companies: frozenset[str]
    project: str | None = None
    facet: str = ""
    country: str | None = None
    admin1: str | None = None
    vendor: str | None = None
    documents: frozenset[str] = frozenset()
    """Every document that tells it, of a company as a whole."""
    told_last: str | None = None
    """The last day on which one of these tells it."""
    sums: bool = False
    """Whether it takes in what was announced before: a company's whole capacity, or a commitment with all so far."""
    adds: bool = False
    """Whether it comes on top of what was there before, of a company as a whole."""
    cuts: list[Cut] = field(default_factory=list)
    net: tuple[float, float] = (0.0, 0.0)
    """What is left of both ends. Kept with every cut: it is asked for far more often than it changes."""

    def __post_init__(self) -> None:
        """Work out what is left."""
        low = self.low - sum(cut.low for cut in self.cuts)
        high = self.high - sum(cut.high for cut in self.cuts)
        self.net = max(low, 0.0), max(high, 0.0)

    def cut(self, reason: str, covered_by: str | None, note: str, upto: tuple[float, float] | None = None) -> None:
        """Leave out the whole, or as much as `upto` covers."""
        own_low, own_high = low, high = self.net
        if upto is not None:
            low, high = min(low, upto[0]), min(high, upto[1])
        # What is left must still be a span: the low end gives way.
        low = max(low, own_low - (own_high - high))
        if low > 0 or high > 0:
            self.cuts.append(Cut(reason, covered_by, low, high, note))
            self.net = max(own_low - low, 0.0), max(own_high - high, 0.0)
