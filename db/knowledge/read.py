"""
Reading the evidence from the database.

In: an open database. Out: a `Snapshot`, and the signatures of texts. Reads no column that a rebuild decides, so what
was decided before can never influence what is decided next. Never writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from db.knowledge.duplicates import Signature
from db.knowledge.epoch_match import EpochName, EpochSite
from db.knowledge.model import ClaimCompany, ClaimRow, DocumentRow, MentionRow, Snapshot

_CLAIMS = """
SELECT id, document_id, metric, value_min, value_max, unit, currency, usd_min, usd_max, qualifier, period, period_start,
       period_end, basis, scope, financing_kind, status, project_name, place_name, admin1, country, chip_name, quote,
       quoted_from, start, "end", confidence, first_seen, retracted_at
FROM claims ORDER BY id
"""
_DOCUMENTS = """
SELECT documents.id, documents.url, canonical_url, source, documents.publisher,
       coalesce(publishers.tier, documents.tier) AS tier, title, published_at, documents.language, documents.country,
       documents.kind, relevant, text, text_sha256, origin, original_url, first_seen
FROM documents
LEFT JOIN (SELECT publisher, min(tier) AS tier FROM sources WHERE reader != 'chronicle' GROUP BY publisher
           HAVING count(DISTINCT tier) = 1) AS publishers
  ON publishers.publisher = documents.publisher AND documents.origin = 'chronicle'
ORDER BY documents.id
"""
_COMPANIES = "SELECT claim_id, name, role FROM claim_companies ORDER BY claim_id, position"
_MENTIONS = """
SELECT document_id, kind, name, quoted_from, start, "end" FROM document_mentions
ORDER BY document_id, quoted_from, start, "end", kind, name
"""


def read_snapshot(db: Database) -> Snapshot:
    """Every document, claim and mention."""
    companies: dict[str, list[ClaimCompany]] = {}
    for row in _rows(db, _COMPANIES):
        companies.setdefault(row["claim_id"], []).append(ClaimCompany(row["name"], row["role"]))
    claims = (ClaimRow(**row, companies=tuple(companies.get(row["id"], ()))) for row in _rows(db, _CLAIMS))
    documents = (DocumentRow(**{**row, "relevant": bool(row["relevant"])}) for row in _rows(db, _DOCUMENTS))
    return Snapshot(
        documents={document.id: document for document in documents},
        claims={claim.id: claim for claim in claims},
        mentions=tuple(MentionRow(**row) for row in _rows(db, _MENTIONS)),
    )


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
