"""
The parts put together for a command: database, archive, fetcher, extractor, knowledge.

In: where things are and what is wanted. Out: a finished run. The only module that knows how each part is made.
Heavy imports are inside the functions, so that a command pays only for what it uses.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.records import Capture, Document, Link, Source
from ingest.errors import ArchiveError, FetchError
from ingest.home import Home, Network
from ingest.lock import LockedError, hold
from ingest.pipeline import Choice, Pipeline
from ingest.progress import Progress
from ingest.run import Clock, Result, Run, recorded, stamp
from ingest.shelf import Bodies, Pages, Shelf
from ingest.voices import Voices

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ingest.archive import Archive
    from ingest.fetching.fetch import Fetcher
    from ingest.readers import Reading


def system_clock() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


class Offline:
    """A getter for runs that must not touch the network, and an archive for those that have none."""

    async def get(self, url: str, *, previous: Capture | None, trusted: bool) -> Capture:
        """Refuse."""
        raise FetchError("this command does not use the network", url=url)

    def read_capture(self, file: str, offset: int) -> Capture:
        """Refuse."""
        raise ArchiveError(f"there is no archive to read {file} from")


@contextmanager
def writing(home: Home, command: str, clock: Clock, *, must_exist: bool = False) -> Iterator[Database]:
    """Open the database for the only writer, and leave it tidy."""
    from db.schema import open_database, refuse_absent, refuse_unusable

    refuse_unusable(home.database)
    if must_exist:
        refuse_absent(home.database)
    with hold(home.database, command, stamp(clock())):
        db = open_database(home.database)
        try:
            yield db
            db.execute("PRAGMA optimize")
        finally:
            db.close()


@contextmanager
def reading(database: Path) -> Iterator[Database]:
    """Open the database read-only, its tables and views first brought up to date where that may be done."""
    db = _ready(database)
    try:
        yield db
    finally:
        db.close()


def make_ready(database: Path) -> None:
    """Bring tables and views up to date where that may be done; a database that cannot be read is refused."""
    _ready(database).close()


def _ready(database: Path) -> Database:
    from db.schema import is_up_to_date, open_database, open_for_reading, refuse_absent, refuse_unusable

    refuse_unusable(database)
    refuse_absent(database)
    # While another run holds the lock, that run has already seen to it.
    with suppress(LockedError):
        if not is_up_to_date(database) and os.access(database, os.W_OK):
            with hold(database, "upgrade", stamp(system_clock())):
                open_database(database).close()
    return open_for_reading(database)


def run_pipeline(
    home: Home,
    sources: Sequence[Source],
    *,
    command: str,
    progress: Progress,
    choice: Choice | None = None,
    catalogue: Sequence[Source] | None = None,
    named: Sequence[tuple[Source, Sequence[Link]]] = (),
    network: Network | None = None,
    must_exist: bool = False,
    clock: Clock = system_clock,
) -> Result:
    """
    Read `sources`, and the links that a person `named`, store what they bring, and make the knowledge anew.

    `catalogue`, where given, is every source there is: the table of sources is made to say the same. Without a
    `network`, nothing is fetched.
    """
    from db.store import Store

    with writing(home, command, clock, must_exist=must_exist) as db:
        store = Store(db)
        if catalogue is not None:
            store.save_sources(catalogue, stamp(clock()))
        for source in [*sources, *(source for source, _ in named)]:
            store.save_source(source)
        with recorded(store, clock, command) as run:
            asyncio.run(
                _pass(home, run, sources, named, progress, choice or Choice(), Voices(catalogue or ()), network)
            )
            make_knowledge(db, run, whole=command == "rebuild")
        assert run.result is not None
        return run.result


def make_knowledge(db: Database, run: Run, *, whole: bool = False) -> None:
    """
    Make the knowledge from the claims, as far as documents have touched it, or the `whole` of it.

    What goes wrong is written down, and the evidence stands.
    """
    from db.accuracy import fill_accuracy
    from db.knowledge import rebuild

    try:
        fill_accuracy(db)
        rebuild(db, run.clock().date(), whole=whole)
    except Exception as error:
        run.report_error(error, None, None)


async def _pass(
    home: Home,
    run: Run,
    sources: Sequence[Source],
    named: Sequence[tuple[Source, Sequence[Link]]],
    progress: Progress,
    choice: Choice,
    voices: Voices,
    network: Network | None,
) -> None:
    from ingest.extract import EXTRACTOR, extract

    async with _connected(home, network) as (pages, bodies):
        pipeline = Pipeline(
            run, Shelf(run.store.captures, pages, bodies), extract, EXTRACTOR, _read_article, progress, choice, voices
        )
        if sources:
            await pipeline.ingest(sources)
        for source, links in named:
            await pipeline.ingest_source(source, links)


@asynccontextmanager
async def _connected(home: Home, network: Network | None) -> AsyncIterator[tuple[Pages, Bodies]]:
    if network is None:
        yield Offline(), Offline()
        return
    from ingest.archive import Archive

    archive = Archive(home.archive)
    async with _fetcher(network, archive) as fetcher:
        yield fetcher, archive


def _fetcher(network: Network, archive: Archive | None) -> Fetcher:
    from ingest.fetching.fetch import Fetcher
    from ingest.fetching.politeness import Manners

    return Fetcher(
        archive=archive,
        allow_private=network.allow_private,
        contact=network.contact,
        usual_manners=Manners(network.interval_seconds),
    )


async def look_at(source: Source, network: Network) -> Reading:
    """Read what one source names now, and store nothing."""
    from ingest.readers import read_source
    from ingest.urls import same_site

    async with _fetcher(network, None) as fetcher:

        async def get(url: str) -> Capture:
            return await fetcher.get(url, trusted=same_site(url, source.url))

        return await read_source(source, get)


def _read_article(capture: Capture, link: Link, source: Source) -> Document:
    from ingest.pages.article import read_article

    return read_article(capture, link, source)
