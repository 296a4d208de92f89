"""
Projects that a text says to be under construction, wherever it says so.

In: a `Reading`, and which of its sentences say that building goes on. Out: whether a figure belongs to such a project, told by name
where the figure stands. Never lends it to what a text only names beside another, nor to the plants that supply it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading

REACH = 1
"""Sentences before a figure's in its paragraph that may name its project."""


class ProjectsAtWork:
    """Knows the projects of one document on which building goes on."""

    def __init__(self, reading: Reading, is_at_work: Callable[[int], bool]) -> None:
        self.reading = reading
        self.is_at_work = is_at_work

    @cached_property
    def names(self) -> frozenset[str]:
        """Those of which a sentence that names no other says so."""
        numbers = {self.reading.segments.sentence_at(hit.start) for hit in self.reading.projects}
        named = ((number, {hit.name for hit in self.reading.projects_in(number)}) for number in numbers)
        return frozenset(
            name for number, names in named if len(names) == 1 and self.is_at_work(number) for name in names
        )

    def lend(self, figure: Figure, project: str | None) -> bool:
        """Whether `figure` is of such a project, and its sentence or the one before in the paragraph names it."""
        if project is None or figure.metric == "generation" or project not in self.names:
            return False
        first = max(self.reading.segments.block_of(figure.sentence).first_sentence, figure.sentence - REACH)
        near = range(first, figure.sentence + 1)
        return any(hit.name == project for number in near for hit in self.reading.projects_in(number))
