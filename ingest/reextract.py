"""
Every claim again, from what is stored: after the extractor or the reading of pages became better.

In: a database and its archive. Out: the same documents with their claims as today's extractor finds them; claims that
it no longer finds are retracted. Several processes read; this one writes, a transaction a document. Offline.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from pathlib import Path

from db.records import Source
from db.store import Store
from ingest.assembly import make_knowledge, system_clock, writing
from ingest.home import Home
from ingest.progress import Progress
from ingest.reread import Reread, Task, read_again
from ingest.run import Clock, Result, Run, recorded

NO_SOURCE = "no source"
BATCH = 16
"""Documents that one process gets at a time."""
FEW = 500
"""Up to so many documents are read sooner than a second process is started."""


def reextract_all(home: Home, progress: Progress, workers: int | None = None, clock: Clock = system_clock) -> Result:
    """Redo the claims of every stored document."""
    with writing(home, "reextract", clock, must_exist=True) as db:
        store = Store(db)
        with recorded(store, clock, "reextract") as run:
            count = store.count_documents()
            progress.found("reextract", count)
            workers = 1 if count <= FEW and workers is None else workers or os.cpu_count() or 1
            for reread in _read(_tasks(store), home.archive, workers):
                progress.took("reextract", _save(run, reread))
            make_knowledge(db, run)
        assert run.result is not None
        return run.result


def _tasks(store: Store) -> Iterator[Task]:
    sources: dict[str, Source] = store.sources()
    for stored in store.documents():
        yield Task(stored, store.captures.of_document(stored.id), sources.get(stored.source or ""))


def _read(tasks: Iterator[Task], archive: Path, workers: int) -> Iterator[Reread]:
    """Read in this process, or in several; in order, and never with more in memory than is being worked on."""
    # A plain iter() with a sentinel: an empty batch is the end.
    batches = iter(lambda: list(islice(tasks, BATCH)), [])
    if workers == 1:
        yield from chain.from_iterable(read_again(batch, archive) for batch in batches)
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        waiting: deque[Future[list[Reread]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(read_again, batch, archive))
            if len(waiting) >= workers * 3:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _save(run: Run, reread: Reread) -> str:
    from ingest.extract import EXTRACTOR

    stored = reread.stored
    for issue in reread.issues:
        run.report(issue, stored.id)
    try:
        if reread.extraction is not None:
            saved = run.store.save_document(
                reread.document,
                reread.extraction,
                now=run.now(),
                extractor=EXTRACTOR,
                source=stored.source,
                tier=stored.tier,
            )
            return run.add(stored.source or NO_SOURCE, saved)
    except Exception as error:
        run.report_error(error, stored.source, stored.document.url, stored.id)
    run.counts(stored.source or NO_SOURCE).failed += 1
    return "failed"
