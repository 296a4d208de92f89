"""
Everything that must hold, checked.

In: a database open for reading, and its archive. Out: one `Check` each, with the faults it found. Changes nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from db.captures import Captures
from db.schema import our_views

MOST_FAULTS_TOLD = 1000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold: how much was looked at, and what is wrong."""

    name: str
    summary: str
    faults: tuple[str, ...] = field(default=())


def verify_all(db: Database, archive: Path) -> list[Check]:
    """Run every check."""
    checks = [check_file(db), check_references(db), check_quotes(db), check_texts(db)]
    checks += [check_view(db, name) for name in sorted(our_views()) if name.startswith("check_")]
    return [*checks, check_archive(db, archive)]


def check_file(db: Database) -> Check:
    """Let SQLite look through the file."""
    told = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
    return Check("file", "SQLite's own check of the file", () if told == ["ok"] else tuple(told))


def check_references(db: Database) -> Check:
    """Find rows that point to a row which is not there."""
    broken = db.execute("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS_TOLD)
    return Check(
        "references",
        "every row that points to another finds it",
        tuple(f"{table}, row {rowid}: nothing in {parent}" for table, rowid, parent, _ in broken),
    )


def check_quotes(db: Database) -> Check:
    """Find every quote again in the text of its document, by the offsets as Python counts them."""
    faults, count = [], 0
    for text, title, claim, quoted_from, start, end, quote in db.execute(
        'SELECT d.text, d.title, c.id, c.quoted_from, c.start, c."end", c.quote FROM claims AS c '
        "JOIN documents AS d ON d.id = c.document_id WHERE c.retracted_at IS NULL"
    ):
        count += 1
        if (title if quoted_from == "title" else text)[start:end] != quote:
            faults.append(f"claim {claim}: {quote!r} is not at {start}-{end} of its {quoted_from}")
    return Check("quotes", f"{count} quotes found again at their place", tuple(faults[:MOST_FAULTS_TOLD]))


def check_texts(db: Database) -> Check:
    """Compare every text with the hash that was taken when it was stored."""
    faults, count = [], 0
    for document, text, digest in db.execute("SELECT id, text, text_sha256 FROM documents"):
        count += 1
        if sha256(text.encode("utf-8")).hexdigest() != digest:
            faults.append(f"document {document}: its text is not the one that was stored")
    return Check("texts", f"{count} texts are as they were stored", tuple(faults[:MOST_FAULTS_TOLD]))


def check_view(db: Database, name: str) -> Check:
    """Look into one of the views that must be empty."""
    rows = db.query(f'SELECT * FROM "{name}" LIMIT {MOST_FAULTS_TOLD}')
    return Check(name, "must be empty", tuple(json.dumps(row, ensure_ascii=False) for row in rows))


def check_archive(db: Database, folder: Path) -> Check:
    """Compare every archived body with the hash that was taken when it was fetched."""
    from ingest.archive import Archive, Expected

    expected = [
        Expected(capture.warc_file, capture.warc_offset, capture.sha256)
        for capture in Captures(db).archived()
        if capture.warc_file is not None and capture.warc_offset is not None and capture.sha256 is not None
    ]
    faults = [fault.message for fault in Archive(folder).verify(expected)]
    return Check(
        "archive", f"{len(expected)} archived pages are as they were fetched", tuple(faults[:MOST_FAULTS_TOLD])
    )
