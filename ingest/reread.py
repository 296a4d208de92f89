"""
Stored documents read again, some at a time: the unit of work that any process can do.

In: stored documents, each with its archived capture and its source, and the folder of the archive. Out: for each what
today's code makes of it, or what went wrong in words. Touches no database and no network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db.records import Capture, Document, Extraction, Issue, Link, Source
from db.store import StoredDocument
from ingest.errors import IngestError
from ingest.printable import printable
from ingest.run import issue_of


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read again."""

    stored: StoredDocument
    capture: Capture | None
    """What its page was fetched as, without the body; none for a brief."""
    source: Source | None


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of one document: an extraction, or an issue that says why there is none."""

    stored: StoredDocument
    document: Document
    extraction: Extraction | None
    issues: tuple[Issue, ...] = ()


def read_again(tasks: Sequence[Task], archive: Path) -> list[Reread]:
    """Read the documents again; what goes wrong with one stays with it."""
    return [_one(task, archive) for task in tasks]


def _one(task: Task, archive: Path) -> Reread:
    from ingest.extract import extract

    stored = task.stored
    try:
        document, issues = _document(task, archive)
        document = printable(document)
        return Reread(stored, document, extract(document), issues)
    except Exception as error:
        return Reread(stored, stored.document, None, (issue_of(error, stored.source, stored.document.url),))


def _document(task: Task, archive: Path) -> tuple[Document, tuple[Issue, ...]]:
    """Read the archived page again; where that cannot be done, the text as it is stored stands."""
    from ingest.archive import Archive
    from ingest.pages.article import read_article

    stored, capture, source = task.stored, task.capture, task.source
    if capture is None or capture.warc_file is None or capture.warc_offset is None or source is None:
        return stored.document, ()
    try:
        kept = Archive(archive).read_capture(capture.warc_file, capture.warc_offset)
        link = Link(capture.url, stored.document.title, stored.document.published_at)
        read = read_article(replace(kept, url=capture.url), link, source)
    except IngestError as error:
        message = f"the archived page could not be read again ({error}): its stored text was used"
        return stored.document, (Issue("not_read_again", message, "warning", stored.source, stored.document.url),)
    # The same page stays the same document, whatever address today's reading would give it.
    same = replace(read, url=stored.document.url, canonical_url=stored.document.canonical_url)
    return same, tuple(replace(issue, source=stored.source) for issue in read.issues)
