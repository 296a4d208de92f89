"""
Every claim again, from what is stored: after the extractor or the reading of pages became better.

In: a database and its archive. Out: the same documents with their claims as today's extractor finds them; claims that
it no longer finds are retracted. Reads the archived page again where there is one, else the stored text. Offline.
"""

from __future__ import annotations

from dataclasses import replace

from db.records import Document, Issue, Link, Source
from db.store import Store, StoredDocument
from ingest.assembly import make_knowledge, system_clock, writing
from ingest.errors import IngestError
from ingest.home import Home
from ingest.pipeline import Bodies, printable
from ingest.progress import Progress
from ingest.run import Clock, Result, Run, recorded

NO_SOURCE = "no source"


def reextract_all(home: Home, progress: Progress, clock: Clock = system_clock) -> Result:
    """Redo the claims of every stored document, each in a transaction of its own."""
    from ingest.archive import Archive

    with writing(home, "reextract", clock, must_exist=True) as db:
        store = Store(db)
        with recorded(store, clock, "reextract") as run:
            archive = Archive(home.archive)
            sources = store.sources()
            progress.found("reextract", store.count_documents())
            for document in store.documents():
                progress.took("reextract", _redo(run, archive, sources, document))
            make_knowledge(db, run)
        assert run.result is not None
        return run.result


def _redo(run: Run, archive: Bodies, sources: dict[str, Source], stored: StoredDocument) -> str:
    from ingest.extract import EXTRACTOR, extract

    try:
        document = printable(_read_again(run, archive, sources, stored))
        saved = run.store.save_document(
            document,
            extract(document),
            now=run.now(),
            extractor=EXTRACTOR,
            source=stored.source,
            tier=stored.tier,
        )
        return run.add(stored.source or NO_SOURCE, saved)
    except Exception as error:
        run.counts(stored.source or NO_SOURCE).failed += 1
        run.report_error(error, stored.source, stored.document.url, stored.id)
        return "failed"


def _read_again(run: Run, archive: Bodies, sources: dict[str, Source], stored: StoredDocument) -> Document:
    """Read the archived page again; where that cannot be done, the text as it is stored stands."""
    from ingest.article import read_article

    capture = run.store.captures.of_document(stored.id)
    source = sources.get(stored.source or "")
    if capture is None or capture.warc_file is None or capture.warc_offset is None or source is None:
        return stored.document
    try:
        kept = archive.read_capture(capture.warc_file, capture.warc_offset)
        link = Link(capture.url, stored.document.title, stored.document.published_at)
        read = read_article(replace(kept, url=capture.url), link, source)
    except IngestError as error:
        message = f"the archived page could not be read again ({error}): its stored text was used"
        run.report(Issue("not_read_again", message, "warning", stored.source, stored.document.url), stored.id)
        return stored.document
    # The same page stays the same document, whatever address today's reading would give it.
    return replace(read, url=stored.document.url, canonical_url=stored.document.canonical_url)
