"""
Documents and claims, written and read.

In: a `Document` with its `Extraction`, and the moment. Out: rows of `documents`, `claims`, `claim_companies`,
`claim_conversions` and `document_mentions`, in one transaction a document. Nothing is deleted that anybody may have
cited: a claim that the page no longer supports gets `retracted_at`. The same document again changes nothing.
Never resolves a name: the columns that point to companies, chips, places and projects are `db.knowledge`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sqlite_utils import Database

from db.captures import Captures
from db.claim_rows import claim_rows
from db.claim_store import save_claims
from db.identity import document_id
from db.ledger import Ledger
from db.records import TIERS, Capture, Document, Extraction, Mention, Source, Tier

DOCUMENT_FIELDS = (
    "url", "canonical_url", "source", "publisher", "tier", "title", "author", "published_at", "published_evidence",
    "language", "country", "kind", "relevant", "text", "text_sha256", "origin", "original_url", "capture_id",
    "extractor",
)  # fmt: skip
BY_HAND = "by-hand"
"""The reader of the source that stands for pages which a person named: it is in no catalogue."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a document did."""

    document_id: str
    outcome: Literal["new", "changed", "unchanged"]
    claims_new: int = 0
    claims_retracted: int = 0


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the database has it, with what is needed to save it again."""

    id: str
    source: str | None
    tier: Tier | None
    extractor: str | None
    document: Document


class Store:
    """The evidence of one open database. `captures` and `ledger` are its two other books."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.captures = Captures(db)
        self.ledger = Ledger(db)

    @property
    def database(self) -> Database:
        """The open database, for what keeps tables of its own."""
        return self._db

    def save_sources(self, sources: Sequence[Source], now: str) -> None:
        """Make the table of sources say what the catalogue says. A source that left it is retired, not deleted."""
        with self._db.atomic():
            for source in sources:
                self.save_source(source)
            marks = ", ".join("?" * len(sources))
            self._db.execute(
                f"UPDATE sources SET retired_at = ? WHERE retired_at IS NULL AND reader != ? AND slug NOT IN ({marks})",
                [now, BY_HAND, *(source.slug for source in sources)],
            )

    def save_source(self, source: Source) -> None:
        """Write one source as the catalogue declares it."""
        self._db.execute(
            "INSERT INTO sources (slug, publisher, country, url, reader, tier, language, cadence_hours, min_links, "
            "max_links) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (slug) DO UPDATE SET "
            "publisher = excluded.publisher, country = excluded.country, url = excluded.url, reader = excluded.reader, "
            "tier = excluded.tier, language = excluded.language, cadence_hours = excluded.cadence_hours, "
            "min_links = excluded.min_links, max_links = excluded.max_links, retired_at = NULL",
            [
                source.slug, source.publisher, source.country, source.url, source.reader, source.tier, source.language,
                source.cadence_hours, source.min_links, source.max_links,
            ],
        )  # fmt: skip

    def sources(self) -> dict[str, Source]:
        """Return every source there ever was, without the options of its reader."""
        rows = self._db.execute(
            "SELECT slug, publisher, url, reader, tier, language, country, min_links, max_links, cadence_hours "
            "FROM sources ORDER BY slug"
        )
        return {row[0]: Source(*row) for row in rows.fetchall()}

    def save_document(
        self,
        document: Document,
        extraction: Extraction,
        *,
        now: str,
        extractor: str,
        source: str | None = None,
        tier: Tier | None = None,
        capture: Capture | None = None,
    ) -> Saved:
        """Write a document with everything found in it, in one transaction."""
        canonical = document.canonical_url or document.url
        key = document_id(canonical if document.origin == "page" else document.url, document.origin)
        rows = claim_rows(key, document, extraction.claims, extractor, now)
        with self._db.atomic():
            capture_key = None
            if capture is not None:
                capture_key = self.captures.save(capture, source=source, document_id=key)
            values: dict[str, object] = {
                "url": document.url, "canonical_url": canonical, "source": source, "publisher": document.publisher,
                "tier": tier, "title": document.title, "author": document.author,
                "published_at": document.published_at, "published_evidence": document.published_evidence,
                "language": document.language, "country": document.country, "kind": extraction.kind,
                "relevant": int(extraction.relevant), "text": document.text,
                "text_sha256": sha256(document.text.encode("utf-8")).hexdigest(), "origin": document.origin,
                "original_url": document.original_url, "capture_id": capture_key, "extractor": extractor,
            }  # fmt: skip
            outcome = self._save_row(key, values, now)
            new, retracted = save_claims(self._db, key, rows, now)
            self._save_mentions(key, extraction.mentions)
        return Saved(key, outcome, new, retracted)

    def withdraw_absent(self, source: str, present: Collection[str], now: str) -> int:
        """
        Take back what a channel that carries its items whole no longer carries; return how many claims that were.

        The documents stay, for whoever cited them, with their claims retracted.
        """
        rows = self._db.execute("SELECT id, url FROM documents WHERE source = ? AND origin = 'chronicle'", [source])
        gone = [key for key, url in rows.fetchall() if url not in present]
        retracted = 0
        with self._db.atomic():
            for key in gone:
                retracted += save_claims(self._db, key, [], now)[1]
                self._db.execute("UPDATE documents SET relevant = 0 WHERE id = ? AND relevant", [key])
        return retracted

    def documents(self, ids: Sequence[str] | None = None) -> Iterator[StoredDocument]:
        """Yield the stored documents in the order of their ids, all of them or those named."""
        columns = (
            "id, source, tier, extractor, url, title, text, canonical_url, publisher, author, language, country, "
            "published_at, published_evidence, origin, original_url"
        )
        keys = ids if ids is not None else [row[0] for row in self._db.execute("SELECT id FROM documents ORDER BY id")]
        for key in keys:
            row = self._db.execute(f"SELECT {columns} FROM documents WHERE id = ?", [key]).fetchone()
            if row is not None:
                yield StoredDocument(row[0], row[1], row[2], row[3], Document(*row[4:]))

    def count_documents(self) -> int:
        """Count the stored documents."""
        return int(self._db.execute("SELECT count(*) FROM documents").fetchone()[0])

    def find_document(self, url: str) -> str | None:
        """Return the id of the page whose address, or whose fetched address, is `url`."""
        for query in (
            "SELECT document_id FROM captures WHERE url = ? AND document_id IS NOT NULL ORDER BY fetched_at DESC",
            "SELECT id FROM documents WHERE origin = 'page' AND url = ?",
            "SELECT id FROM documents WHERE origin = 'page' AND canonical_url = ?",
        ):
            row = self._db.execute(f"{query} LIMIT 1", [url]).fetchone()
            if row is not None:
                return str(row[0])
        return None

    def first_seen(self, document: str) -> str | None:
        """Return when a document was first read."""
        row = self._db.execute("SELECT first_seen FROM documents WHERE id = ?", [document]).fetchone()
        return None if row is None else str(row[0])

    def is_outranked(self, document: str, source: Source) -> bool:
        """Say whether `source` is a better one for a stored document than the one it is from."""
        row = self._db.execute("SELECT source, tier FROM documents WHERE id = ?", [document]).fetchone()
        return row is not None and row[0] != source.slug and _rank(source.tier) < _rank(row[1])

    def _save_row(self, key: str, values: dict[str, object], now: str) -> Literal["new", "changed", "unchanged"]:
        fields = ", ".join(DOCUMENT_FIELDS)
        row = self._db.execute(f"SELECT {fields} FROM documents WHERE id = ?", [key]).fetchone()
        if row is None:
            marks = ", ".join("?" * (len(DOCUMENT_FIELDS) + 3))
            self._db.execute(
                f"INSERT INTO documents (id, {fields}, first_seen, last_seen) VALUES ({marks})",
                [key, *(values[field] for field in DOCUMENT_FIELDS), now, now],
            )
            return "new"
        old = dict(zip(DOCUMENT_FIELDS, row, strict=True))
        if old["source"] != values["source"] and _rank(old["tier"]) <= _rank(values["tier"]):
            # Two channels lead to this page: it stays with the better one, or every run would move it to the other.
            values |= {field: old[field] for field in ("url", "source", "publisher", "tier") if old[field] is not None}
        if values["published_at"] is None:
            values |= {field: old[field] for field in ("published_at", "published_evidence")}
        if values["capture_id"] is None:
            values["capture_id"] = old["capture_id"]
        changed = {field: value for field, value in values.items() if value != old[field]}
        moved = bool(changed.keys() & {"title", "text", "published_at"})
        if moved:
            changed["last_seen"] = now
        if changed:
            settings = ", ".join(f"{field} = ?" for field in changed)
            self._db.execute(f"UPDATE documents SET {settings} WHERE id = ?", [*changed.values(), key])
        return "changed" if moved else "unchanged"

    def _save_mentions(self, document: str, mentions: Sequence[Mention]) -> None:
        wanted = {(mention.kind, mention.name, mention.where, mention.start, mention.end) for mention in mentions}
        columns = 'kind, name, quoted_from, start, "end"'
        query = f"SELECT {columns} FROM document_mentions WHERE document_id = ?"
        stored = set(self._db.execute(query, [document]).fetchall())
        self._db.conn.executemany(
            "DELETE FROM document_mentions WHERE document_id = ? AND kind = ? AND name = ? AND quoted_from = ? "
            'AND start = ? AND "end" = ?',
            [(document, *mention) for mention in sorted(stored - wanted)],
        )
        self._db.conn.executemany(
            f"INSERT INTO document_mentions (document_id, {columns}) VALUES (?, ?, ?, ?, ?, ?)",
            [(document, *mention) for mention in sorted(wanted - stored)],
        )


def _rank(tier: object) -> int:
    """Place of a tier, the best first; a document that no source vouches for comes last."""
    return TIERS.index(tier) if tier in TIERS else len(TIERS)
