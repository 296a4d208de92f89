"""
The stages in order: sources -> links -> pages -> documents -> claims -> store -> knowledge.

In: a run with its store, sources, and a getter for pages. Out: everything they brought, stored. One error boundary per
source and one per document: what goes wrong there is an issue, and the run goes on. A document is stored
in one transaction, so a kill at any moment leaves whole documents, and the next run does the rest.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.claim_rows import day_of
from db.records import Capture, Document, Extraction, Link, Source
from ingest.errors import IngestError, ListingError
from ingest.fitting import brief, dated
from ingest.printable import printable
from ingest.progress import Progress
from ingest.recheck import is_due
from ingest.run import Outcome, Run
from ingest.shelf import Shelf
from ingest.voices import Voices

SOURCES_AT_ONCE = 6
PAGES_AT_ONCE = 4
"""Of one source; how fast one host is asked is the getter's to decide."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the links are taken."""

    since: date | None = None
    limit: int | None = None
    """At most so many of each source."""

    def narrowed(self, source: Source) -> Source:
        """Return the source with the first day that matters, so that its reader need not look at what is older."""
        if self.since is None:
            return source
        since = max(self.since.isoformat(), str(source.options.get("since", "")))
        return replace(source, options={**source.options, "since": since})

    def of(self, links: Sequence[Link]) -> list[Link]:
        """Return the links to take; one without a date is never too old."""
        since = self.since.isoformat() if self.since else ""
        taken = [link for link in links if link.published_at is None or link.published_at[:10] >= since]
        return taken[: self.limit]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pass over some sources."""

    run: Run
    shelf: Shelf
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
            if error is None and named is None and source.reader == "chronicle" and self.choice == Choice():
                present = {link.url for link in links}
                run.claims_retracted += run.store.withdraw_absent(source.slug, present, run.now())
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
                return self._store(brief(link, source), source, None)
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
            capture = await self.shelf.channel(source, url)
            if capture.outcome != "not_modified":
                self.run.counts(source.slug).bytes += len(capture.body)
            return capture

        reading = await read_source(self.choice.narrowed(source), get)
        for issue in reading.issues:
            self.run.report(replace(issue, source=issue.source or source.slug))
        errors = [f"{issue.kind}: {issue.message}" for issue in reading.issues if issue.level in ("error", "critical")]
        counts = self.run.counts(source.slug)
        counts.links_seen = reading.seen or len(reading.links)
        if reading.files:
            self._take_files(source, reading.files)
        return self.choice.of(reading.links), errors[0] if errors else None

    def _take_files(self, source: Source, files: Mapping[str, str]) -> None:
        """Take tables that a source publishes whole: they stand beside what we find, in tables of their own."""
        from db.knowledge.epoch import EpochFormatError, import_epoch

        counts = self.run.counts(source.slug)
        try:
            taken = import_epoch(self.run.store.database, files, self.run.clock().date())
        except EpochFormatError as error:
            raise ListingError(str(error), kind="not_the_file", url=source.url) from error
        counts.new += sum(rows > 0 for rows in taken.values())
        counts.unchanged += sum(rows == 0 for rows in taken.values())

    async def _page(self, source: Source, link: Link, trusted: bool) -> Outcome:
        store, counts = self.run.store, self.run.counts(source.slug)
        known = store.find_document(link.url)
        if known is not None and not trusted and not self._is_due(link.url, known):
            counts.unchanged += 1
            return "unchanged"
        capture = await self.shelf.page(link.url, trusted)
        counts.bytes += len(capture.body)
        voice = self.voices.of(capture.final_url, source)
        is_known = capture.outcome != "new" and known is not None and store.captures.was_read(link.url)
        if is_known and known is not None and not store.is_outranked(known, voice):
            store.captures.save(capture)
            counts.unchanged += 1
            return "unchanged"
        # Known bytes are read again when no document came of them, so that the trouble stays on the books until one
        # does, and when a better source leads to them, so that the document becomes that one's.
        capture = await self.shelf.with_body(capture, trusted)
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
        document, issue = dated(printable(document), source, self.run.clock().date())
        if issue is not None:
            self.run.report(issue)
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


def single(error: Exception) -> Exception:
    """Return the first single error of a group; an error that is no group is itself."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
