"""
The stages in order: sources -> links -> pages -> documents -> claims -> store -> knowledge.

In: a run with its store, sources, and a getter for pages. Out: everything they brought, stored. One error boundary per
source and one per document: what goes wrong there is an issue, and the run goes on. A document is stored
in one transaction, so a kill at any moment leaves whole documents, and the next run does the rest.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Protocol

from db.claim_rows import day_of
from db.records import Capture, Document, Extraction, Issue, Link, Source
from ingest.errors import ArchiveError, IngestError
from ingest.progress import Progress
from ingest.recheck import is_due
from ingest.run import Outcome, Run
from ingest.urls import canonical_url, same_site
from ingest.voices import Voices

SOURCES_AT_ONCE = 6
PAGES_AT_ONCE = 4
"""Of one source; how fast one host is asked is the getter's to decide."""


class Pages(Protocol):
    """Where pages come from: `ingest.fetch.Fetcher`, or a test's double."""

    async def get(self, url: str, *, previous: Capture | None, trusted: bool) -> Capture:
        """Fetch a page, or learn that it is as it was."""
        ...


class Bodies(Protocol):
    """Where bodies fetched earlier are kept: `ingest.archive.Archive`."""

    def read_capture(self, file: str, offset: int) -> Capture:
        """Return one archived capture with its body; raises `ArchiveError` where it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the links are taken."""

    since: date | None = None
    limit: int | None = None
    """At most so many of each source."""

    def of(self, links: Sequence[Link]) -> list[Link]:
        """Return the links to take; one without a date is never too old."""
        since = self.since.isoformat() if self.since else ""
        taken = [link for link in links if link.published_at is None or link.published_at[:10] >= since]
        return taken[: self.limit]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pass over some sources."""

    run: Run
    pages: Pages
    bodies: Bodies
    extract: Callable[[Document], Extraction]
    extractor: str
    read_article: Callable[[Capture, Link, Source], Document]
    progress: Progress
    choice: Choice = Choice()
    voices: Voices = field(default_factory=Voices)
    _taken: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    """Two sources may name one page: the second waits, and then finds it unchanged."""

    async def ingest(self, sources: Sequence[Source]) -> None:
        """Read the sources, several at once, and store what they bring."""
        gate = asyncio.Semaphore(SOURCES_AT_ONCE)

        async def one(source: Source) -> None:
            async with gate:
                await self.ingest_source(source)

        try:
            async with asyncio.TaskGroup() as group:
                for source in sources:
                    group.create_task(one(source))
        except ExceptionGroup as errors:
            raise single(errors) from errors

    async def ingest_source(self, source: Source, named: Sequence[Link] | None = None) -> None:
        """
        Read one source and its pages; whatever goes wrong with it is written down and stays with it.

        Links that a person `named` are taken in place of those that the source's reader would find, and are trusted.
        """
        run, started, now = self.run, self.run.clock(), self.run.now()
        counts = run.counts(source.slug)
        error: str | None = None
        try:
            links, error = await self._links(source) if named is None else (list(named), None)
            counts.links_seen = counts.links_seen or len(links)
            self.progress.found(source.slug, len(links))
            gate = asyncio.Semaphore(PAGES_AT_ONCE)
            failures: list[str] = []

            async def one(link: Link) -> None:
                async with gate, self._taken[link.url]:
                    outcome = await self.ingest_link(source, link, failures, trusted=named is not None)
                    self.progress.took(source.slug, outcome)

            async with asyncio.TaskGroup() as group:
                for link in links:
                    group.create_task(one(link))
            if error is None and links and len(failures) == len(links):
                error = failures[0] if len(links) == 1 else f"all {len(links)} documents failed, one with {failures[0]}"
        except Exception as escaped:
            error = run.report_error(single(escaped), source.slug, source.url)
        if error:
            run.source_errors[source.slug] = error
        seconds = (run.clock() - started).total_seconds()
        run.store.ledger.save_source_run(run.id, source.slug, now, seconds, counts, error)
        self.progress.finished(source.slug, counts, error)

    async def ingest_link(
        self, source: Source, link: Link, failures: list[str] | None = None, *, trusted: bool = False
    ) -> Outcome:
        """Take one link to the end; what goes wrong with it is written down, also in `failures`, and stays with it."""
        counts = self.run.counts(source.slug)
        try:
            if link.text is not None:
                return self._store(_brief(link, source), source, None)
            return await self._page(source, link, trusted)
        except Exception as error:
            counts.failed += 1
            words = self.run.report_error(error, source.slug, link.url, self.run.store.find_document(link.url))
            if failures is not None:
                failures.append(words)
            return "failed"

    async def _links(self, source: Source) -> tuple[list[Link], str | None]:
        """Return the links to take, and what is wrong with a channel that could be read all the same."""
        from ingest.readers import read_source

        async def get(url: str) -> Capture:
            capture = await self._channel(source, url)
            self.run.counts(source.slug).bytes += len(capture.body)
            return capture

        reading = await read_source(source, get)
        for issue in reading.issues:
            self.run.report(replace(issue, source=issue.source or source.slug))
        errors = [f"{issue.kind}: {issue.message}" for issue in reading.issues if issue.level in ("error", "critical")]
        counts = self.run.counts(source.slug)
        counts.links_seen = reading.seen or len(reading.links)
        return self.choice.of(reading.links), errors[0] if errors else None

    async def _channel(self, source: Source, url: str) -> Capture:
        """Fetch an address of the channel itself, always with its body: an unchanged list may name changed pages."""
        captures = self.run.store.captures
        previous, trusted = captures.newest(url), same_site(url, source.url)
        capture = await self.pages.get(url, previous=previous, trusted=trusted)
        if capture.outcome == "not_modified" and not capture.body:
            capture = self._from_archive(capture, previous) or await self.pages.get(url, previous=None, trusted=trusted)
        captures.save(capture, source=source.slug)
        return capture

    def _from_archive(self, capture: Capture, previous: Capture | None) -> Capture | None:
        """Return the capture with the body that the archive has kept of it, or None where that is gone."""
        if previous is None or previous.warc_file is None or previous.warc_offset is None:
            return None
        try:
            kept = self.bodies.read_capture(previous.warc_file, previous.warc_offset)
        except ArchiveError:
            return None
        return replace(kept, url=capture.url, outcome=capture.outcome, fetched_at=capture.fetched_at)

    async def _page(self, source: Source, link: Link, trusted: bool) -> Outcome:
        store, counts = self.run.store, self.run.counts(source.slug)
        known = store.find_document(link.url)
        if known is not None and not trusted and not self._is_due(link.url, known):
            counts.unchanged += 1
            return "unchanged"
        previous = store.captures.newest(link.url)
        capture = await self.pages.get(link.url, previous=previous, trusted=trusted)
        counts.bytes += len(capture.body)
        voice = self.voices.of(capture.final_url, source)
        if capture.outcome != "new" and known is not None and not store.is_outranked(known, voice):
            store.captures.save(capture)
            counts.unchanged += 1
            return "unchanged"
        if not capture.body:
            # Known bytes that are read again: no document came of them, and the trouble stays on the books until one
            # does; or a better source leads to them, and the document becomes that one's.
            kept = self._from_archive(capture, previous)
            capture = kept or await self.pages.get(link.url, previous=None, trusted=trusted)
        try:
            document = self.read_article(capture, link, voice)
        except IngestError:
            store.captures.save(capture, source=source.slug)
            raise
        for issue in document.issues:
            self.run.report(replace(issue, source=issue.source or source.slug, url=issue.url or link.url))
        return self._store(document, voice, capture, source.slug)

    def _is_due(self, url: str, document_id: str) -> bool:
        first_seen = day_of(self.run.store.first_seen(document_id))
        return first_seen is None or is_due(url, first_seen, self.run.clock().date())

    def _store(
        self, document: Document, source: Source, capture: Capture | None, named_by: str | None = None
    ) -> Outcome:
        document = self._dated(printable(document), source)
        extraction = self.extract(document)
        saved = self.run.store.save_document(
            document,
            extraction,
            now=self.run.now(),
            extractor=self.extractor,
            source=source.slug,
            tier=source.tier,
            capture=capture,
        )
        return self.run.add(named_by or source.slug, saved)

    def _dated(self, document: Document, source: Source) -> Document:
        """Take away a date that cannot be: one after tomorrow, which may be today elsewhere."""
        day = day_of(document.published_at)
        if day is None or day <= self.run.clock().date() + timedelta(days=1):
            return document
        message = f"published on {document.published_at}, which is in the future: the date was left out"
        self.run.report(Issue("future_date", message, "warning", source.slug, document.url))
        return replace(document, published_at=None, published_evidence=None)


def printable(document: Document) -> Document:
    """Replace what SQLite cannot hold or would end a text at, each by one character, so that no offset moves."""
    return replace(document, title=_printable(document.title), text=_printable(document.text))


def _printable(text: str) -> str:
    return text.replace("\x00", " ").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _brief(link: Link, source: Source) -> Document:
    """Make the document of an item that its channel carries whole."""
    return Document(
        url=link.url,
        title=link.title or "",
        text=link.text or "",
        # The address that the page itself will have, so that brief and page find each other.
        canonical_url=None if link.original_url is None else canonical_url(link.original_url),
        publisher=link.publisher or source.publisher,
        language=source.language,
        published_at=link.published_at,
        published_evidence="brief",
        origin="chronicle",
        original_url=link.original_url,
    )


def single(error: Exception) -> Exception:
    """Return the first single error of a group; an error that is no group is itself."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
