"""
Who speaks in a document, and how near they stand to the matter.

In: documents, the catalogue. Out: documents with the tier of their publisher, and one voice for each publisher.
A brief of ours speaks with the voice of the publisher that it reports, never as a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from db.knowledge.catalogue import Catalogue
from db.knowledge.duplicates import Copy
from db.knowledge.model import DocumentRow, Snapshot
from db.knowledge.names import company_key

_PUBLIC = re.compile(
    r"\b(office of the governor|governor|department|commission|ministry|authority|county|city of|state of|government|"
    r"economic development|public service|white house|gov\.uk|regulator|council)\b",
    re.IGNORECASE,
)

_TRADE = re.compile(
    r"data ?cent(er|re)|w\.media|capacity media|utility dive|construction|hpc|next platform|power magazine|trendforce|"
    r"rcr wireless|pv magazine|evertiq|baxtel|the register|semiconductor|blocks ?& ?files|light reading|\benr\b",
    re.IGNORECASE,
)


def settle_tiers(snapshot: Snapshot, catalogue: Catalogue) -> Snapshot:
    """Give every brief the tier of the publisher whose announcement it reports."""
    documents = {
        document.id: document if document.origin == "page" else replace(document, tier=_tier(document, catalogue))
        for document in snapshot.documents.values()
    }
    return Snapshot(documents, snapshot.claims, snapshot.mentions)


def voices(snapshot: Snapshot, catalogue: Catalogue, copies: Mapping[str, Copy]) -> dict[str, str]:
    """Document to its voice; a copy has that of its original."""
    return {
        document: _voice(
            snapshot.documents[copies[document].original_id if document in copies else document], catalogue
        )
        for document in snapshot.documents
    }


def _tier(document: DocumentRow, catalogue: Catalogue) -> str:
    """
    The tier of a brief's publisher: as the sources have it, else issuer for a company, regulator for a public body,
    trade for a paper of the trade.

    The brief's own channel is an aggregator; what it reports is not.
    """
    if document.tier not in (None, "aggregator"):
        return document.tier or "press"
    publisher = document.publisher or ""
    parts = [publisher, *publisher.split(" and ")]
    if any(_builds(catalogue.company(part), catalogue) for part in parts):
        return "issuer"
    return "regulator" if _PUBLIC.search(publisher) else "trade" if _TRADE.search(publisher) else "press"


def _builds(company: str | None, catalogue: Catalogue) -> bool:
    return company is not None and company in catalogue.companies


def _voice(document: DocumentRow, catalogue: Catalogue) -> str:
    publisher = document.publisher
    if not publisher:
        return document.voice
    return catalogue.company(publisher) or company_key(publisher) or document.voice
