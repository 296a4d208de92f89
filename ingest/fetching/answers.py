"""
Answers of a server, read within bounds and judged by their status.

In: a streamed httpx response. Out: its unpacked body, or the error that its status or its way of ending means.
Reading stops at the first byte beyond a bound. Never retries and never follows.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx

from ingest.errors import (
    AddressError,
    BlockedError,
    FetchError,
    ForbiddenError,
    GoneError,
    NotFoundError,
    RateLimitedError,
    ServerError,
    StatusError,
    TimedOutError,
    TooLargeError,
    TruncatedError,
    UnreachableError,
)
from ingest.fetching.blocked import find_block, looks_like_html
from ingest.fetching.charset import decode
from ingest.fetching.inflate import Inflater
from ingest.fetching.politeness import retry_after_seconds

# Of an error page only the start is read: enough to tell a bot check.
_ERROR_PAGE_BYTES = 100_000
_ONE_PIECE_BYTES = 4_000_000
_NO_TEXT = ("image/", "video/", "audio/", "font/", "model/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


async def body_of(
    response: httpx.Response, raw_limit_bytes: int, body_limit_bytes: int, url: str, only_bytes: int | None = None
) -> bytes:
    """Read a body whole and unpacked, or only its start where `only_bytes` says so or the status is an error."""
    if response.status_code == 304:
        return b""
    if response.status_code >= 300:
        only_bytes = min(only_bytes or _ERROR_PAGE_BYTES, _ERROR_PAGE_BYTES)
    elif only_bytes is None:
        _refuse_unwanted(response, raw_limit_bytes, url)
    if only_bytes is None:
        return await _whole(response, raw_limit_bytes, body_limit_bytes, url)
    try:
        return await _start(response, only_bytes, url)
    except FetchError:
        # What is wrong with an error page does not matter: the status says enough.
        if response.status_code >= 300:
            return b""
        raise


def refuse_status(answer: Answer, now: datetime) -> None:
    """Raise where an answer is no page: by its status, or because a bot check came with it."""
    status, url = answer.status, answer.url
    if status in (200, 203):
        if not answer.body.strip():
            raise FetchError("the page is empty: HTTP 200 and not one byte of text", url=url, kind="empty_body")
        return
    html = ""
    if looks_like_html(answer.headers.get("content-type"), answer.body):
        html = decode(answer.body).text
    block = find_block(html, url=url, status=status, headers=answer.headers)
    if block is not None and block.kind == "bot_check" and status not in (404, 410):
        hint = "; give a contact address, which this site asks for" if "ndeclared" in block.reason else ""
        raise BlockedError(f"HTTP {status} with a bot check: {block.reason}{hint}", url=url)
    wait = retry_after_seconds(answer.headers.get("retry-after"), now)
    if status == 404:
        raise NotFoundError("HTTP 404: the page is not there", status=status, url=url)
    if status == 410:
        raise GoneError("HTTP 410: the page was taken away for good", status=status, url=url)
    if status == 429:
        raise RateLimitedError("HTTP 429: too many requests", url=url, retry_after=wait)
    if status in (401, 403, 407, 451):
        raise ForbiddenError(f"HTTP {status}: the site does not let us read this page", status=status, url=url)
    if status >= 500:
        raise ServerError(f"HTTP {status}: trouble at the site", status=status, url=url, retry_after=wait)
    raise StatusError(f"HTTP {status}, which is no page", status=status, url=url)


def broken(error: httpx.HTTPError | httpx.InvalidURL, url: str) -> FetchError:
    """Make the error that says how a request failed."""
    words = str(error) or type(error).__name__
    if isinstance(error, httpx.TimeoutException):
        phase = {httpx.ConnectTimeout: "connecting", httpx.ReadTimeout: "waiting for an answer"}
        return TimedOutError(f"timed out {phase.get(type(error), 'sending the request')}", url=url)
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return AddressError(f"this address cannot be asked for: {words}", url=url)
    if isinstance(error, httpx.RemoteProtocolError) and "complete message body" in words:
        return TruncatedError(f"the answer broke off: {words}", url=url)
    return UnreachableError(f"no answer: {words}", url=url)


def _refuse_unwanted(response: httpx.Response, raw_limit_bytes: int, url: str) -> None:
    """Refuse by its headers a body that will not be read."""
    kind = response.headers.get("content-type", "").strip().lower()
    if kind.startswith(_NO_TEXT):
        raise FetchError(f"{kind.partition(';')[0]} holds no text", url=url, kind="no_text_type")
    said = response.headers.get("content-length", "")
    if said.isdigit() and int(said[:18]) > raw_limit_bytes:
        raise TooLargeError(
            f"the body is {int(said[:18]):,} bytes, more than the {raw_limit_bytes:,} allowed; it was not read", url=url
        )


async def _whole(response: httpx.Response, raw_limit_bytes: int, body_limit_bytes: int, url: str) -> bytes:
    inflater = Inflater(_packing(response), body_limit_bytes, url)
    body = bytearray()
    raw_bytes = 0
    async for piece in _pieces(response):
        raw_bytes += len(piece)
        if raw_bytes > raw_limit_bytes:
            raise TooLargeError(
                f"the body goes on beyond the {raw_limit_bytes:,} bytes allowed; reading stopped there", url=url
            )
        body += inflater.feed(piece)
    inflater.finish()
    return bytes(body)


async def _start(response: httpx.Response, only_bytes: int, url: str) -> bytes:
    """Read no more than the start of a body."""
    inflater = Inflater(_packing(response), only_bytes + _ONE_PIECE_BYTES, url)
    body = bytearray()
    async for piece in _pieces(response):
        body += inflater.feed(piece)
        if len(body) >= only_bytes:
            break
    return bytes(body[:only_bytes])


async def _pieces(response: httpx.Response) -> AsyncIterator[bytes]:
    """Give the body as it is sent; a response made in memory (`httpx.MockTransport`) has its body at once."""
    if response.is_stream_consumed:
        yield response.content
        return
    async for piece in response.aiter_raw():
        yield piece


def _packing(response: httpx.Response) -> str | None:
    """Say how the pieces are packed."""
    return None if response.is_stream_consumed else response.headers.get("content-encoding")
