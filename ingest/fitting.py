"""
Documents made fit to be stored: what SQLite cannot hold, dates that cannot be, items that their channel carries whole.

In: a document as it was read, or a link with its text. Out: the document to extract from and to store, and what was not
believed as an issue. A function of its arguments; every offset in a text stays where it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db.claim_rows import day_of
from db.records import Document, Issue, Link, Source
from ingest.urls import canonical_url


def brief(link: Link, source: Source) -> Document:
    """Make the document of an item that its channel carries whole."""
    return Document(
        url=link.url,
        title=link.title or "",
        text=link.text or "",
        # The address that the page itself will have, so that brief and page find each other.
        canonical_url=None if link.original_url is None else canonical_url(link.original_url),
        publisher=link.publisher or source.publisher,
        language=source.language,
        published_at=link.published_at,
        published_evidence="brief",
        origin="chronicle",
        original_url=link.original_url,
    )


def dated(document: Document, source: Source, today: date) -> tuple[Document, Issue | None]:
    """Take away a date that cannot be: one after tomorrow, which may be today elsewhere."""
    day = day_of(document.published_at)
    if day is None or day <= today + timedelta(days=1):
        return document, None
    message = f"published on {document.published_at}, which is in the future: the date was left out"
    issue = Issue("future_date", message, "warning", source.slug, document.url)
    return replace(document, published_at=None, published_evidence=None), issue
