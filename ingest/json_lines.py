"""
Documents and claims as JSON lines: what `gigawatch extract` reads and prints.

In: one JSON object {id, title, date, text, url} a line. Out: one object a line in the shape that the guide to claims
gives, with the offsets of each quote. Never touches a database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ingest.home_country import country_of
from ingest.printable import printable, printable_text

if TYPE_CHECKING:
    from db.records import Claim, Document, Extraction

KEYS = ("id", "title", "date", "text", "url", "language", "country", "publisher")


class LineError(ValueError):
    """A line that is no document; the message says which line and why."""


def read_documents(lines: Iterable[str]) -> Iterator[tuple[str, Document] | LineError]:
    """Read the documents of the lines; a line that holds none comes back as the error that says so."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _document(line, number)
            except LineError as error:
                yield error


def _document(line: str, number: int) -> tuple[str, Document]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise LineError(f"line {number}: no JSON ({error})") from error
    if not isinstance(entry, dict):
        raise LineError(f"line {number}: an object with id, title, date, text and url is wanted")
    if not isinstance(entry.get("text"), str):
        raise LineError(f"line {number}: the field text is missing or is no text")
    for key in KEYS:
        if key != "id" and entry.get(key) is not None and not isinstance(entry[key], str):
            raise LineError(f"line {number}: the field {key} is no text")
    from db.records import Document  # not before there is one

    document = Document(
        url=entry.get("url") or "",
        title=entry.get("title") or "",
        text=entry["text"],
        publisher=entry.get("publisher"),
        language=entry.get("language"),
        country=entry.get("country") or country_of(entry.get("url") or ""),
        published_at=entry.get("date"),
    )
    return printable_text(str(entry.get("id", number))), printable(document)


def write_extraction(document_id: str, extraction: Extraction) -> str:
    """Write what was found in one document as one line."""
    return json.dumps(
        {
            "id": document_id,
            "relevant": extraction.relevant,
            "kind": extraction.kind,
            "companies": list(extraction.companies),
            "places": [asdict(place) for place in extraction.places],
            "chips": list(extraction.chips),
            "claims": [_claim(claim) for claim in extraction.claims],
        },
        ensure_ascii=False,
    )


def _claim(claim: Claim) -> dict[str, Any]:
    written = asdict(claim)
    if claim.where == "text":
        del written["where"]
    if not claim.alt:
        del written["alt"]
    return written
