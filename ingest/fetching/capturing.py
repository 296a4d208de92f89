"""
What came back, made into a capture and put into the archive.

In: an answer, what was fetched of the address before, and the moment. Out: a `Capture` that says whether it is new, not
modified, or the same bytes again, and where its body is kept. Never asks for anything.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from db.records import Capture
from ingest.archive import Archive, located
from ingest.errors import AddressError, FetchError
from ingest.fetching.answers import Answer
from ingest.urls import absolute_url
from ingest.warc import charset_named

_NOT_KEPT = frozenset({"set-cookie", "set-cookie2"})


def validators(previous: Capture | None, address: str) -> dict[str, str]:
    """Make the headers that ask for a page only if it changed since it was fetched at the same address."""
    if previous is None or not _is_of(previous, address):
        return {}
    headers = {"If-None-Match": previous.etag, "If-Modified-Since": previous.last_modified}
    return {name: value for name, value in headers.items() if value and value.isascii()}


def captured(url: str, answer: Answer, previous: Capture | None, now: datetime) -> Capture:
    """Make the capture of an answer."""
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in _NOT_KEPT}
    capture = Capture(
        url=url,
        final_url=answer.url,
        fetched_at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        status=answer.status,
        outcome="new",
        body=answer.body,
        content_type=headers.get("content-type"),
        encoding=charset_named(headers.get("content-type")),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        headers=headers,
    )
    if answer.status == 304:
        if previous is None:
            raise FetchError("HTTP 304 to a request that asked for the whole page", url=url, kind="http_error")
        return _unchanged(capture, previous)
    digest = hashlib.sha256(capture.body).hexdigest()
    same = previous is not None and previous.sha256 == digest
    return replace(capture, sha256=digest, outcome="same_bytes" if same else "new")


def archived(archive: Archive, capture: Capture, previous: Capture | None) -> Capture:
    """Put a body into the archive; bytes that are there already are only noted, and found where they are."""
    if capture.outcome == "not_modified":
        return capture
    if capture.outcome == "same_bytes" and previous is not None and previous.warc_file is not None:
        archive.append_revisit(capture, previous)
        return replace(capture, warc_file=previous.warc_file, warc_offset=previous.warc_offset)
    return located(capture, archive.append(capture))


def _is_of(previous: Capture, address: str) -> bool:
    try:
        return absolute_url(previous.url) == address
    except AddressError:
        return False


def _unchanged(capture: Capture, previous: Capture) -> Capture:
    return replace(
        capture,
        outcome="not_modified",
        body=b"",
        sha256=previous.sha256,
        content_type=capture.content_type or previous.content_type,
        encoding=capture.encoding or previous.encoding,
        etag=capture.etag or previous.etag,
        last_modified=capture.last_modified or previous.last_modified,
        warc_file=previous.warc_file,
        warc_offset=previous.warc_offset,
    )
