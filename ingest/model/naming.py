"""
Names that a model gives, held against the text.

In: a `Reading`, and names as the model writes them. Out: those the text bears, or that our own reader finds in it
("AWS" is Amazon); the others are left out and remembered. The state or country of a town may be inferred, but only as
the gazetteer has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from db.records import Place
from db.reference import find_places
from ingest.extract.reading import Reading


class Names:
    """The names of one document."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text.casefold()
        self._companies = {hit.name for hit in reading.companies}
        self._chips = {hit.name for hit in reading.chips}
        self._projects = {hit.name for hit in reading.projects}
        self._places = {hit.place for hit in reading.places}
        self._strangers: dict[str, None] = {}

    def companies(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of `names` that the text bears."""
        return tuple(name for name in names if self._borne(name, self._companies))

    def project(self, name: str | None) -> str | None:
        """The project, where the text names it."""
        return name if name and self._borne(name, self._projects) else None

    def chip(self, name: str | None) -> str | None:
        """The chip, where the text names its model: "NVIDIA GB200" may stand there as "GB200"."""
        parts = [part.split() for part in name.split(" + ")] if name else []
        borne = all(" ".join(words) in self._chips or (words and self._borne(words[-1], ())) for words in parts)
        return name if borne else None

    def place(self, place: Place) -> Place:
        """As much of the place as the text or the gazetteer bears out."""
        name = place.name if place.name and self._borne(place.name, {p.name for p in self._places}) else None
        known = find_places(name) if name else ()
        admin1 = place.admin1
        states = {p.admin1 for p in self._places} | {one.admin1 for one in known}
        if admin1 and not self._borne(admin1, states):
            admin1 = None
        lands = {p.country for p in self._places}
        lands |= {one.country for one in (*known, *(find_places(admin1) if admin1 else ()))}
        return Place(name, admin1, self._country(place.country, lands))

    def strangers(self) -> tuple[str, ...]:
        """A line for each name that the text does not bear."""
        return tuple(f"{name!r}: the text does not name it" for name in self._strangers)

    def _country(self, code: str | None, lands: Iterable[str | None]) -> str | None:
        if code is None or code in lands:
            return code
        self._strangers[code] = None
        return None

    def _borne(self, name: str, known: Iterable[str | None]) -> bool:
        if name in known or re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", self._text):
            return True
        self._strangers[name] = None
        return False
