"""
Pages as they are now, with what is known of them from before: validators go out, archived bodies come back.

In: addresses; where pages come from; what was fetched earlier. Out: captures, each with its body where one is asked
for. Never reads a page and never makes a document; stores nothing but the row of a channel's own answer.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from db.captures import Captures
from db.records import Capture, Source
from ingest.errors import ArchiveError
from ingest.urls import same_site


class Pages(Protocol):
    """Where pages come from: `ingest.fetching.fetch.Fetcher`, or a test's double."""

    async def get(self, url: str, *, previous: Capture | None, trusted: bool) -> Capture:
        """Fetch a page, or learn that it is as it was."""


class Bodies(Protocol):
    """Where bodies fetched earlier are kept: `ingest.archive.Archive`."""

    def read_capture(self, file: str, offset: int) -> Capture:
        """Return one archived capture with its body; raises `ArchiveError` where it is gone."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What can be fetched, and what was."""

    captures: Captures
    pages: Pages
    bodies: Bodies

    async def channel(self, source: Source, url: str) -> Capture:
        """Fetch an address of a channel itself, always with its body: an unchanged list may name changed pages."""
        trusted = same_site(url, source.url)
        capture = await self.page(url, trusted)
        if capture.outcome == "not_modified":
            capture = await self.with_body(capture, trusted)
        self.captures.save(capture, source=source.slug)
        return capture

    async def page(self, url: str, trusted: bool) -> Capture:
        """Fetch a page, or learn that it is as it was: then without its body."""
        return await self.pages.get(url, previous=self.captures.newest(url), trusted=trusted)

    async def with_body(self, capture: Capture, trusted: bool) -> Capture:
        """Give a capture its body: its own, the archived one, or where that is gone, one fetched whole."""
        if capture.body:
            return capture
        previous = self.captures.newest(capture.url)
        if previous is not None and previous.warc_file is not None and previous.warc_offset is not None:
            # Where it is gone or spoilt, `gigawatch verify` says so, and it is fetched again.
            with suppress(ArchiveError):
                kept = self.bodies.read_capture(previous.warc_file, previous.warc_offset)
                return replace(kept, url=capture.url, outcome=capture.outcome, fetched_at=capture.fetched_at)
        return await self.pages.get(capture.url, previous=None, trusted=trusted)
