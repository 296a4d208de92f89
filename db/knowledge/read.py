"""
Reading the evidence from the database.

In: an open database. Out: a `Snapshot`, and the signatures of texts. Reads no column that a rebuild decides, so what
was decided before can never influence what is decided next. Never writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlite_utils import Database

from db.knowledge.duplicates import Signature
from db.knowledge.epoch_match import EpochName, EpochSite
from db.knowledge.model import ClaimCompany, ClaimRow, DocumentRow, MentionRow, Snapshot

_CLAIMS = """
SELECT id, document_id, metric, value_min, value_max, unit, currency, usd_min, usd_max, qualifier, period, period_start,
       period_end, basis, scope, financing_kind, status, project_name, place_name, admin1, country, chip_name, quote,
       quoted_from, start, "end", confidence, first_seen, retracted_at
FROM claims WHERE document_id IN {wanted} ORDER BY id
"""
_DOCUMENTS = """
SELECT documents.id, documents.url, canonical_url, source, documents.publisher,
       coalesce(publishers.tier, documents.tier) AS tier, title, published_at, documents.language, documents.country,
       documents.kind, relevant, text, text_sha256, origin, original_url, first_seen
FROM documents
LEFT JOIN (SELECT publisher, min(tier) AS tier FROM sources WHERE reader != 'chronicle' GROUP BY publisher
           HAVING count(DISTINCT tier) = 1) AS publishers
  ON publishers.publisher = documents.publisher AND documents.origin = 'chronicle'
WHERE documents.id IN {wanted} ORDER BY documents.id
"""
_COMPANIES = """
SELECT claim_id, name, role FROM claim_companies
WHERE claim_id IN (SELECT id FROM claims WHERE document_id IN {wanted}) ORDER BY claim_id, position
"""
_MENTIONS = """
SELECT document_id, kind, name, quoted_from, start, "end" FROM document_mentions
WHERE document_id IN {wanted} ORDER BY document_id, quoted_from, start, "end", kind, name
"""


def read_snapshot(db: Database, documents: Iterable[str] | None = None) -> Snapshot:
    """Documents with their claims and mentions: these, or all."""
    wanted = "(SELECT id FROM documents)"
    if documents is not None:
        want(db, documents)
        wanted = WANTED
    companies: dict[str, list[ClaimCompany]] = {}
    for row in _rows(db, _COMPANIES.format(wanted=wanted)):
        companies.setdefault(row["claim_id"], []).append(ClaimCompany(row["name"], row["role"]))
    claims = (
        ClaimRow(**row, companies=tuple(companies.get(row["id"], ())))
        for row in _rows(db, _CLAIMS.format(wanted=wanted))
    )
    return Snapshot(
        documents={
            row["id"]: DocumentRow(**{**row, "relevant": bool(row["relevant"])})
            for row in _rows(db, _DOCUMENTS.format(wanted=wanted))
        },
        claims={claim.id: claim for claim in claims},
        mentions=tuple(MentionRow(**row) for row in _rows(db, _MENTIONS.format(wanted=wanted))),
    )


WANTED = "(SELECT value FROM temp.wanted)"


def want(db: Database, values: Iterable[str]) -> None:
    """Put values where a query finds them as `WANTED`."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (value TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("DELETE FROM temp.wanted")
    db.conn.executemany("INSERT OR IGNORE INTO temp.wanted VALUES (?)", [(value,) for value in values])


def _rows(db: Database, sql: str) -> Iterator[dict[str, Any]]:
    yield from db.query(sql)


def read_signatures(db: Database) -> dict[str, Signature]:
    """The signatures of texts that earlier runs made: they depend on nothing but the text."""
    return {
        row["document_id"]: Signature(row["text_sha256"], row["method"], row["signature"])
        for row in _rows(db, "SELECT document_id, text_sha256, method, signature FROM document_signatures")
    }


def read_epoch(db: Database) -> tuple[list[EpochSite], list[EpochName]]:
    """Every site and name of every import of Epoch's tables."""
    sites = [EpochSite(**row) for row in _rows(db, "SELECT import_id, name, address FROM epoch_sites")]
    names = [EpochName(**row) for row in _rows(db, "SELECT import_id, site, role, position, name FROM epoch_names")]
    return sites, names
