"""
Who said what: the claims that a figure is chosen from.

In: claims with their documents. Out: `Said`, grouped to `Value`s of one number, under a `FigureKey`; and the `Figure`
that was chosen. Values only: which one is best is for `figures` to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from db.identity import digest
from db.knowledge.additions import is_addition, is_cut
from db.knowledge.model import ClaimRow, DocumentRow
from db.knowledge.values import span_of

UNDATED = "1970-01-01"
"""Older than any day: a page without a date never counts as new."""


@dataclass(frozen=True, slots=True, order=True)
class FigureKey:
    """What a figure is of. `stage`: announced, operating, spent, cancelled. `facet`: IT or total power, chip, debt."""

    project_id: str
    metric: str
    stage: str
    facet: str

    @property
    def id(self) -> str:
        """A stable id."""
        return "f" + digest(self.project_id, self.metric, self.stage, self.facet)[:15]


@dataclass(frozen=True)
class Said:
    """A claim with who says it and when."""

    claim: ClaimRow
    document: DocumentRow
    voice: str
    """The publisher; of a copy, the publisher of its original."""
    corrected: str | None = None

    @cached_property
    def adds(self) -> bool:
        """Whether it comes on top of another figure."""
        return is_addition(self.claim, self.document)

    @cached_property
    def cuts(self) -> bool:
        """Whether it is said to be less than it was."""
        return is_cut(self.claim, self.document)

    @property
    def day(self) -> str:
        """The day it was said. A page without a date is older than any other, so that it never counts as new."""
        return self.document.day or UNDATED

    @property
    def shown_from(self) -> str:
        """The day from which it may be shown: without a date, the day on which we first saw it."""
        return self.document.day or self.claim.first_seen[:10]


@dataclass(frozen=True)
class Value:
    """One number said for a key, by whoever said it."""

    said: tuple[Said, ...]
    standing: str
    """chosen, revised, disputed, part, addition, implausible, or the scope that is not the project's own."""

    @cached_property
    def first(self) -> str:
        """The day it was first said, as more than a ceiling if it ever was, and by a page with a date."""
        firm = [each for each in self.said if each.claim.qualifier != "up_to"] or self.said
        return min((each.day for each in firm if each.document.day), default=UNDATED)

    @cached_property
    def rank(self) -> int:
        """The best tier that says it."""
        return min(each.document.rank for each in self.said)

    @cached_property
    def voices(self) -> frozenset[str]:
        """Every independent publisher that says it."""
        return frozenset(each.voice for each in self.said)

    @cached_property
    def best(self) -> Said:
        """The claim it rests on: more than a ceiling, nearest to the issuer, exact, latest."""
        return min(
            self.said,
            key=lambda s: (
                s.claim.qualifier == "up_to",
                s.document.rank,
                s.claim.qualifier != "exact",
                later_first(s.day),
                -s.claim.confidence,
                s.claim.id,
            ),
        )

    @cached_property
    def place(self) -> int:
        """Where the document that first said it says it; the title comes before the text."""
        first = min(self.said, key=lambda s: (s.day, s.document.rank, s.claim.id)).claim
        return -1 if first.quoted_from == "title" else first.start

    @cached_property
    def number(self) -> float:
        """The number it prints."""
        span = span_of(self.best.claim)
        return span.number if span else 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """The chosen value and all others."""

    key: FigureKey
    chosen: Value
    others: tuple[Value, ...]
    rule: str
    agreeing: int
    disagreeing: int

    @property
    def values(self) -> tuple[Value, ...]:
        """Chosen and others."""
        return (self.chosen, *self.others)


def later_first(day: str) -> int:
    """Order of days with the latest first."""
    return -date.fromisoformat(day[:10]).toordinal()
