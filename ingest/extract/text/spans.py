"""
Stretches of a text that are taken, asked for in constant time.

In: spans as they are found. Out: whether another one overlaps any of them. Never merges or orders them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

CELL = 64
"""Characters to a cell: a span is kept in every cell that it touches."""


class Spans:
    """Half-open spans `start`..`end` of one text."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._cells: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take `start`..`end`."""
        for cell in range(start // CELL, end // CELL + 1):
            self._cells[cell].append((start, end))

    def overlap(self, start: int, end: int) -> bool:
        """Whether a taken span shares a character with `start`..`end`."""
        for cell in range(start // CELL, end // CELL + 1):
            for a, b in self._cells.get(cell, ()):
                if a < end and start < b:
                    return True
        return False
