"""
Epoch AI's tables of data centres: one CSV file a source, read whole, never as documents.

In: the address of a file. Out: a `Reading` that carries the file as it is, with the number of its rows. What it says
goes into tables of its own (`db.knowledge.epoch`), beside our figures and never among them.
Never reads a row: what cannot be read is refused where the tables are made, with file, row and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from db.records import Capture, Issue, Source
from ingest.errors import ListingError
from ingest.fetching.charset import decode
from ingest.readers import Field, Get, Reading

OPTIONS: Mapping[str, Field] = {}
MAX_BYTES = 20_000_000
"""The largest of the files has some hundred kilobytes."""


async def read(source: Source, get: Get) -> Reading:
    """The whole file."""
    capture = await get(source.url)
    text = _text(source, capture)
    rows = max(sum(1 for row in csv.reader(io.StringIO(text)) if any(row)) - 1, 0)
    issues: list[Issue] = []
    if rows < source.min_links:
        message = f"{source.slug}: {rows} rows, at least {source.min_links} expected in {source.url}"
        issues.append(Issue("too_few_rows", message, "error", source.slug, source.url))
    return Reading(issues=tuple(issues), seen=rows, files={source.url.rsplit("/", 1)[-1]: text})


def _text(source: Source, capture: Capture) -> str:
    body = capture.body
    if len(body) > MAX_BYTES:
        raise ListingError(f"{source.url}: {len(body)} bytes, far more than such a file has", url=source.url)
    if body.lstrip()[:1] == b"<":
        raise ListingError(f"{source.url}: a web page came in place of the CSV file", kind="not_csv", url=source.url)
    return decode(body, capture.encoding).text
