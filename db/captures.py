"""
What was fetched: one row for each new body of an address, with the validators that the next request sends.

In: `Capture` records. Out: rows of `captures`, and the newest capture of an address. Never holds a body: the archive
does, and the row says where in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from db.identity import capture_id
from db.records import Capture

FIELDS = "url, final_url, fetched_at, status, content_type, sha256, etag, last_modified, warc_file, warc_offset"


class Captures:
    """Read and write the rows of `captures`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def newest(self, url: str) -> Capture | None:
        """Return the newest capture of an address, without its body."""
        row = self._db.execute(
            f"SELECT {FIELDS} FROM captures WHERE url = ? ORDER BY fetched_at DESC, rowid DESC LIMIT 1", [url]
        ).fetchone()
        return None if row is None else _capture(row)

    def was_read(self, url: str) -> bool:
        """Say whether a document came of the newest capture of an address."""
        row = self._db.execute(
            "SELECT document_id FROM captures WHERE url = ? ORDER BY fetched_at DESC, rowid DESC LIMIT 1", [url]
        ).fetchone()
        return row is not None and row[0] is not None

    def of_document(self, document_id: str) -> Capture | None:
        """Return the capture that a document was read from, without its body."""
        row = self._db.execute(
            f"SELECT {FIELDS} FROM captures WHERE id = (SELECT capture_id FROM documents WHERE id = ?)", [document_id]
        ).fetchone()
        return None if row is None else _capture(row)

    def archived(self) -> Iterator[Capture]:
        """Yield every capture whose body is in the archive, in the order of the archive."""
        rows = self._db.execute(
            f"SELECT {FIELDS} FROM captures WHERE warc_file IS NOT NULL ORDER BY warc_file, warc_offset"
        )
        return (_capture(row) for row in rows.fetchall())

    def save(self, capture: Capture, *, source: str | None = None, document_id: str | None = None) -> str | None:
        """
        Keep a new body as a row and return its id; of a body seen before, only validators that changed.

        An answer that brings nothing new adds no row, so that a run over unchanged pages leaves the table as it was.
        """
        if capture.outcome != "new":
            return self._renew(capture, document_id)
        key = capture_id(capture.url, capture.fetched_at, capture.sha256)
        self._db.execute(
            f"INSERT INTO captures (id, {FIELDS}, document_id, source, bytes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "document_id = coalesce(excluded.document_id, document_id)",
            [
                key, capture.url, capture.final_url, capture.fetched_at, capture.status, capture.content_type,
                capture.sha256, capture.etag, capture.last_modified, capture.warc_file, capture.warc_offset,
                document_id, source, len(capture.body),
            ],
        )  # fmt: skip
        return key

    def _renew(self, capture: Capture, document_id: str | None) -> str | None:
        row = self._db.execute(
            "SELECT id, etag, last_modified, document_id FROM captures WHERE url = ? "
            "ORDER BY fetched_at DESC, rowid DESC LIMIT 1",
            [capture.url],
        ).fetchone()
        if row is None:
            return None
        key, *old = row
        # A 304 need not repeat its validators: what it leaves out still holds.
        wanted = [capture.etag or old[0], capture.last_modified or old[1], document_id or old[2]]
        if wanted != old:
            self._db.execute(
                "UPDATE captures SET etag = ?, last_modified = ?, document_id = ? WHERE id = ?", [*wanted, key]
            )
        return str(key)


def _capture(row: tuple[object, ...]) -> Capture:
    url, final_url, fetched_at, status, content_type, digest, etag, last_modified, warc_file, warc_offset = row
    return Capture(
        url=str(url),
        final_url=str(final_url),
        fetched_at=str(fetched_at),
        status=int(str(status)),
        outcome="new",
        content_type=_text(content_type),
        sha256=_text(digest),
        etag=_text(etag),
        last_modified=_text(last_modified),
        warc_file=_text(warc_file),
        warc_offset=None if warc_offset is None else int(str(warc_offset)),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
