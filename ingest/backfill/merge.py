"""
Part files into the database: what a crawl reported, in the order in which it was fetched.

In: summaries of parts, an open run, and the archive. Out: documents, claims and issues in the store, each with the day
on which its page was fetched as the day it was first seen. A page that the store has from a later day is left as it is.
The page itself is copied into our own archive, so that it can be read again when the crawl's file is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from db.records import Capture, Source
from ingest.archive import Archive, located
from ingest.backfill.parts import Entry, Summary, read_entry
from ingest.backfill.work import STRANGER
from ingest.errors import ArchiveError
from ingest.run import Run
from ingest.warc import capture_of, records_from


def merge_parts(
    run: Run,
    out: Path,
    summaries: Iterable[Summary],
    sources: Mapping[str, Source],
    archive: Archive | None,
    tell: Callable[[str, str], None] = lambda slug, outcome: None,
) -> None:
    """Store every entry of the parts; one that fails is an issue, and the next one is taken."""
    known: set[str] = set()
    for entry, extractor in in_order(out, summaries):
        source = sources.get(entry.source, STRANGER)
        if source.slug not in known:
            run.store.save_source(source)
            known.add(source.slug)
        try:
            outcome = _store(run, entry, extractor, source, archive)
        except Exception as error:
            run.counts(source.slug).failed += 1
            run.report_error(error, source.slug, entry.capture.url)
            outcome = "failed"
        tell(source.slug, outcome)


def in_order(out: Path, summaries: Iterable[Summary]) -> Iterator[tuple[Entry, str]]:
    """Read the entries of all parts by the time of their fetching; only places are held in memory, not pages."""
    places: list[tuple[str, str, int, str]] = []
    for summary in summaries:
        path = out / summary.part
        with path.open("rb") as stream:
            offset = 0
            for number, line in enumerate(stream, 1):
                entry = read_entry(line.decode("utf-8"), f"line {number} of {path}")
                places.append((entry.capture.fetched_at, summary.part, offset, summary.extractor))
                offset += len(line)
    for _, part, offset, extractor in sorted(places):
        with (out / part).open("rb") as stream:
            stream.seek(offset)
            yield read_entry(stream.readline().decode("utf-8"), f"byte {offset} of {out / part}"), extractor


def _store(run: Run, entry: Entry, extractor: str, source: Source, archive: Archive | None) -> str:
    store, capture = run.store, entry.capture
    newest = store.captures.newest(capture.url)
    if newest is not None and newest.fetched_at > capture.fetched_at:
        run.counts(source.slug).unchanged += 1
        return "unchanged"
    if newest is not None and newest.sha256 == capture.sha256:
        capture = replace(capture, warc_file=newest.warc_file, warc_offset=newest.warc_offset, outcome="same_bytes")
    else:
        capture = _kept(entry, archive)
    for issue in entry.document.issues:
        run.report(replace(issue, source=issue.source or source.slug, url=issue.url or capture.url))
    saved = store.save_document(
        entry.document,
        entry.extraction,
        now=capture.fetched_at or run.now(),
        extractor=extractor,
        source=source.slug,
        tier=source.tier,
        capture=capture,
    )
    return run.add(source.slug, saved)


def _kept(entry: Entry, archive: Archive | None) -> Capture:
    """Copy the page into our own archive; where the crawl's file is gone, the claims stand without it."""
    whole = None if archive is None else body_from(entry)
    if archive is None or whole is None:
        return replace(entry.capture, warc_file=None, warc_offset=None)
    return located(replace(whole, url=entry.capture.url), archive.append(whole))


def body_from(entry: Entry) -> Capture | None:
    """Read the page of an entry from the web archive it was found in, if that still holds it."""
    path, offset = Path(entry.warc), entry.capture.warc_offset
    if offset is None or not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(iter(records_from(stream)), None)
            capture = None if record is None else capture_of(record, file=path.name, offset=offset)
    except (OSError, ValueError, ArchiveError):
        return None
    return capture if capture is not None and capture.sha256 == entry.capture.sha256 else None
