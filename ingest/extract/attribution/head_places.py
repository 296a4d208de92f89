"""
Where an item stands that does not say it: the place of its heading, of the paragraph before it, of the section it belongs to.

In: a `Reading` and its `Sites`. Out: a `Place`, or None. Never looks at a figure, nor into another section.
"""

from __future__ import annotations

from functools import cached_property

from db.records import Place
from ingest.extract.attribution.sites import FINE, Sites
from ingest.extract.places.areas import PlaceHit
from ingest.extract.reading import Reading

LONGEST_HEAD = 90
"""Characters of a line that may head the lines after it."""
FARTHEST = 12
"""Blocks from a heading to what it may head."""


class Headings:
    """Asks the blocks around one for their places."""

    def __init__(self, reading: Reading, sites: Sites) -> None:
        self.reading = reading
        self.sites = sites
        self._heads: dict[int, int | None] = {}

    def headed(self, block: int) -> Place | None:
        """The one site of the heading that `block` stands under: "Sweetwater Hub (2 GW)", "Saline Township, Michigan: vote put off"."""
        at = self._head_of(block)
        if at is None:
            return None
        hits = [h for h in self._sites_of(at) if h.kind != "country"]
        told = {h.place for h in hits}
        fine = {p for p in told if p.name}
        if len(fine) == 1 and len({(p.admin1, p.country) for p in told}) == 1:
            return next(iter(fine))
        if len(told) != 1:
            return None
        place = next(iter(told))
        if place.name is None and (town := self._town_of(at, place)) is not None:
            return town
        return place

    def _head_of(self, block: int) -> int | None:
        """The block that heads `block`: a heading, or a short line without a full stop."""
        if block not in self._heads:
            blocks = self.reading.segments.blocks
            at = block if blocks[block].kind == "heading" else None
            last = self.reading.headings.get(blocks[block].section)
            for index in range(block - 1, max(block - FARTHEST, -1) if at is None else block, -1):
                if blocks[index].section != blocks[block].section or index == last:
                    break
                line = self.reading.text[blocks[index].start : blocks[index].end]
                if (
                    blocks[index].kind == "paragraph"
                    and len(line) <= LONGEST_HEAD
                    and line.endswith(")")
                    and ". " not in line
                ):
                    at = index
                    break
            at = last if at is None else at
            self._heads[block] = None if at is None or at > block else at
        return self._heads[block]

    def _sites_of(self, block: int) -> list[PlaceHit]:
        span = self.reading.segments.blocks[block]
        numbers = range(span.first_sentence, span.last_sentence)
        return [h for n in numbers for h in self.reading.places_in(n) if self.sites.is_site(h)]

    def _town_of(self, head: int, state: Place) -> Place | None:
        """The only town of the state that the section tells of first."""
        blocks = self.reading.segments.blocks
        for index in range(head + 1, min(head + FARTHEST, len(blocks))):
            if blocks[index].section != blocks[head].section:
                break
            towns = {h.place for h in self._sites_of(index) if h.kind in FINE and h.place.country == state.country}
            if towns:
                return next(iter(towns)) if len(towns) == 1 and {p.admin1 for p in towns} == {state.admin1} else None
        return None

    def before(self, block: int) -> Place | None:
        """The site of the paragraph before, for one that names none and is no item of its own."""
        reading, blocks = self.reading, self.reading.segments.blocks
        if block == 0 or blocks[block].kind != "paragraph" or blocks[block - 1].section != blocks[block].section:
            return None
        if blocks[block - 1].kind == "item":
            return None  # what comes after a list is not about its last item
        if any(
            self.sites.is_site(h)
            for n in range(blocks[block].first_sentence, blocks[block].last_sentence)
            for h in reading.places_in(n)
        ):
            return None
        hits = [
            h
            for n in range(blocks[block - 1].first_sentence, blocks[block - 1].last_sentence)
            for h in reading.places_in(n)
            if self.sites.is_site(h) and not h.dateline and h.kind in FINE
        ]
        return hits[0].place if hits else None

    def section_place(self, block: int) -> Place:
        """The place of the nearest heading of the section, else the only site or the only country."""
        at = self.reading.headings.get(self.reading.segments.blocks[block].section)
        if at is not None and at < block and (hits := self._sites_of(at)):
            return hits[0].place
        return self.sites.only or self._titled or self._land

    @cached_property
    def _titled(self) -> Place | None:
        """The only town of the title, which then is what the text is about: "Orrin buys into Lima project"."""
        told = {h.place for h in self.reading.places if h.end < self.reading.base and self.sites.stands(h)}
        return next(iter(told)) if len(told) == 1 else None

    @cached_property
    def _land(self) -> Place:
        """The only country of the sites, else of the title: a list of a country's projects says there which country."""
        lands = {h.place.country for h in self.sites.hits}
        if len(lands) != 1:
            lands = {h.place.country for h in self.reading.places if h.end < self.reading.base}
        return Place(None, None, next(iter(lands))) if len(lands) == 1 else Place()
