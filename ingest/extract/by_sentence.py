"""
What a text names, sentence by sentence.

In: hits in the order of the text. Out: those of a sentence, and which sentences before one name something. Never looks further back
than people remember, so that a paragraph without end costs no more than its length.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from ingest.extract.names.mentions import Hit
from ingest.extract.places.areas import PlaceHit
from ingest.extract.text.segments import Segments

AnyHit = TypeVar("AnyHit", bound=Hit | PlaceHit)
REMEMBERED = 40
"""Sentences with a name that are gone back over at most."""


class BySentence(Generic[AnyHit]):
    """The hits of each sentence."""

    def __init__(self, segments: Segments, hits: Iterable[AnyHit]) -> None:
        found: dict[int, list[AnyHit]] = defaultdict(list)
        for hit in hits:
            found[segments.sentence_at(hit.start)].append(hit)
        self._hits = {sentence: tuple(inside) for sentence, inside in found.items()}
        self._numbers = sorted(self._hits)

    def of(self, sentence: int) -> tuple[AnyHit, ...]:
        """The hits of one sentence, in order."""
        return self._hits.get(sentence, ())

    def before(self, sentence: int, first: int) -> Sequence[int]:
        """The sentences from `first` to the one before `sentence` that name something, the last of them first."""
        end = bisect_left(self._numbers, sentence)
        start = bisect_left(self._numbers, first, max(0, end - REMEMBERED), end)
        return self._numbers[start:end][::-1]

    def after(self, sentence: int, last: int) -> Sequence[int]:
        """The sentences behind `sentence` and before `last` that name something, in order."""
        start = bisect_left(self._numbers, sentence + 1)
        return self._numbers[
            start : bisect_left(self._numbers, last, start, min(start + REMEMBERED, len(self._numbers)))
        ]
