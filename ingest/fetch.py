"""
The only part that touches the network: addresses in, captures out, politely and within bounds.

In: an address, what was fetched of it before, and whether the catalogue or only a page names it. Out: a `Capture` that
is new, not modified, or the same bytes again; or one of the errors of `ingest.errors`. Every body is put into the
archive before it is looked at. Never hands on a bot check, a consent wall, an empty shell, or half a body.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx
import stamina

from db.records import Capture
from ingest.addresses import CheckedBackend, CheckedTransport, Resolve, resolve_host
from ingest.answers import Answer, body_of, broken, refuse_status
from ingest.archive import Archive, located
from ingest.blocked import looks_like_html, refuse_block
from ingest.charset import decode
from ingest.errors import FetchError, IngestError, RateLimitedError, RedirectError, ServerError, TimedOutError
from ingest.politeness import HOUSE_MANNERS, LARGEST_ROBOTS_BYTES, Manners, Pace, Robots, manners_for, user_agent
from ingest.urls import absolute_url, host_of, same_site
from ingest.visible import refresh_target
from ingest.warc import charset_named

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFRESH_LOOKED_AT_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one fetch may go."""

    attempts: int = 3
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 120.0
    """A site that wants a longer wait is left for the next run."""
    redirects: int = 8
    connect_seconds: float = 15.0
    read_seconds: float = 30.0
    total_seconds: float = 120.0
    """Of one attempt with its redirects, without the waiting that politeness asks for."""
    raw_bytes: int = 25_000_000
    """Of a body as it is sent."""
    body_bytes: int = 50_000_000
    """Of a body unpacked."""


class Fetcher:
    """One client for a whole run. Use it as an async context manager."""

    def __init__(
        self,
        *,
        archive: Archive | None = None,
        allow_private: bool = False,
        contact: str | None = None,
        manners: Mapping[str, Manners] | None = None,
        usual_manners: Manners | None = None,
        limits: Limits | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolve: Resolve = resolve_host,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._archive = archive
        self._allow_private = allow_private
        self._contact = contact
        self._manners = {**HOUSE_MANNERS, **(manners or {})}
        self._usual_manners = usual_manners or Manners()
        self._limits = limits or Limits()
        self._clock = clock
        self._robots = Robots(time.monotonic)
        self._pace = Pace(self._limits.longest_wait_seconds, time.monotonic)
        certificates = httpx.create_ssl_context() if transport is None else None
        # Two pools, so that a connection opened for a trusted address is never used for a link found on the web.
        self._trusted = self._client(transport, certificates, resolve, public_only=False)
        self._guarded = self._client(transport, certificates, resolve, public_only=not allow_private)

    async def __aenter__(self) -> Self:
        """Be ready; nothing is opened before the first request."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._trusted.aclose()
        await self._guarded.aclose()

    async def get(self, url: str, *, previous: Capture | None = None, trusted: bool = False) -> Capture:
        """
        Fetch `url`, asking only for what changed since `previous`.

        A `trusted` address comes from the catalogue or a person and may be on a private network; a link found on the
        web may not, nor may a redirect away from the trusted site.
        """
        address = absolute_url(url)
        try:
            async for attempt in stamina.retry_context(
                on=self._waits_before_another,
                attempts=self._limits.attempts,
                timeout=None,
                wait_initial=self._limits.first_wait_seconds,
                wait_max=30.0,
                wait_jitter=self._limits.first_wait_seconds,
            ):
                with attempt:
                    answer = await self._follow(address, previous, trusted)
        except (RateLimitedError, ServerError) as error:
            if error.retry_after is not None:
                self._pace.rest(host_of(error.url or address), error.retry_after)
            raise
        return await self._captured(url, answer, previous)

    def _client(
        self,
        transport: httpx.AsyncBaseTransport | None,
        certificates: ssl.SSLContext | None,
        resolve: Resolve,
        *,
        public_only: bool,
    ) -> httpx.AsyncClient:
        if transport is None and certificates is not None:
            backend = CheckedBackend(public_only=public_only, resolve=resolve)
            connections = httpx.Limits(max_connections=20, keepalive_expiry=15.0)
            transport = CheckedTransport(backend, connections, certificates)
        client = httpx.AsyncClient(
            transport=transport,
            follow_redirects=False,
            timeout=httpx.Timeout(self._limits.read_seconds, connect=self._limits.connect_seconds, pool=None),
            headers={"Accept": ACCEPT, "Accept-Encoding": "gzip, deflate", "Accept-Language": "en, *;q=0.5"},
        )
        # Cookies live for one fetch only (see `_follow`), so that no site follows us through a run.
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        return client

    def _waits_before_another(self, error: Exception) -> bool | float:
        """Say whether to try again, and after how many seconds where the site said so."""
        if not isinstance(error, IngestError) or not error.will_pass:
            return False
        wait = error.retry_after if isinstance(error, RateLimitedError | ServerError) else None
        if wait is None:
            return True
        return wait if 0 < wait <= self._limits.longest_wait_seconds else wait == 0

    async def _follow(self, address: str, previous: Capture | None, trusted: bool) -> Answer:
        """Go where the address leads."""
        validators = _validators(previous, address)
        cookies = httpx.Cookies()
        origin, seen = address, set[tuple[str, str]]()
        left_seconds = self._limits.total_seconds
        for _ in range(self._limits.redirects + 1):
            # A site may send a browser round once to set a cookie, so an address with another cookie is another step.
            step = (address, "; ".join(sorted(f"{cookie.name}={cookie.value}" for cookie in cookies.jar)))
            if step in seen:
                raise RedirectError(f"redirects go round in a circle: back at {address}", url=origin)
            seen.add(step)
            known = trusted and same_site(address, origin)
            await self._be_polite(address, known)
            started = time.monotonic()
            answer = await self._ask(address, validators, cookies, known, left_seconds)
            left_seconds -= time.monotonic() - started
            target = _target(answer, self._clock())
            if target is None:
                return answer
            address = absolute_url(target, address)
        raise RedirectError(f"more than {self._limits.redirects} redirects, the last to {address}", url=origin)

    async def _be_polite(self, address: str, trusted: bool) -> None:
        async def robots(url: str) -> tuple[int, str]:
            return await self._robots_text(url, trusted)

        wanted = await self._robots.check(address, robots, trusted=trusted)
        host = host_of(address)
        manners = manners_for(host, self._manners, self._usual_manners)
        await self._pace.wait(host, max(wanted, manners.interval_seconds), address)

    async def _robots_text(self, url: str, trusted: bool) -> tuple[int, str]:
        """Fetch a robots.txt; it needs no leave, and of a huge one the start counts."""
        origin = url
        for _ in range(6):
            answer = await self._ask(url, {}, httpx.Cookies(), trusted, self._limits.read_seconds, LARGEST_ROBOTS_BYTES)
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                break
            url = absolute_url(answer.headers["location"], url)
            trusted = trusted and same_site(url, origin)
        return answer.status, decode(answer.body, "utf-8").text

    async def _ask(
        self,
        address: str,
        headers: Mapping[str, str],
        cookies: httpx.Cookies,
        trusted: bool,
        seconds: float,
        only_bytes: int | None = None,
    ) -> Answer:
        """Send one request and read its answer, within the bounds."""
        manners = manners_for(host_of(address), self._manners, self._usual_manners)
        client = self._trusted if trusted else self._guarded
        agent = user_agent(manners.user_agent, self._contact)
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                request = client.build_request("GET", address, headers={**headers, "User-Agent": agent})
                cookies.set_cookie_header(request)
                response = await client.send(request, stream=True)
                try:
                    cookies.extract_cookies(response)
                    body = await body_of(response, self._limits.raw_bytes, self._limits.body_bytes, address, only_bytes)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise TimedOutError(
                f"no whole answer within {self._limits.total_seconds:.0f} seconds", url=address
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise broken(error, address) from error
        return Answer(address, response.status_code, _kept(response.headers), body)

    async def _captured(self, url: str, answer: Answer, previous: Capture | None) -> Capture:
        """Make the capture of an answer, archive it, and refuse what is no page."""
        now = self._clock().astimezone(UTC)
        headers = answer.headers
        capture = Capture(
            url=url,
            final_url=answer.url,
            fetched_at=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
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
        capture = replace(capture, sha256=digest)
        if previous is not None and previous.sha256 == digest:
            capture = replace(capture, outcome="same_bytes")
        if self._archive is not None:
            capture = await asyncio.to_thread(_archived, self._archive, capture, previous)
        refuse_block(capture)
        return capture


def _validators(previous: Capture | None, address: str) -> dict[str, str]:
    """Make the headers that ask for the page only if it changed."""
    if previous is None or absolute_url(previous.url) != address:
        return {}
    headers = {"If-None-Match": previous.etag, "If-Modified-Since": previous.last_modified}
    return {name: value for name, value in headers.items() if value}


def _target(answer: Answer, now: datetime) -> str | None:
    """Find where an answer sends its reader; raises for one that is neither a page nor a redirect."""
    if answer.status in _REDIRECTS:
        target = answer.headers.get("location")
        if not target:
            raise RedirectError(f"HTTP {answer.status} without an address to go to", url=answer.url)
        return target
    if answer.status == 304:
        return None
    refuse_status(answer, now)
    if len(answer.body) > _REFRESH_LOOKED_AT_BYTES or not looks_like_html(
        answer.headers.get("content-type"), answer.body
    ):
        return None
    return refresh_target(decode(answer.body, charset_named(answer.headers.get("content-type"))).text)


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


def _archived(archive: Archive, capture: Capture, previous: Capture | None) -> Capture:
    """Put a body into the archive; bytes that are there already are only noted, and found where they are."""
    if capture.outcome == "same_bytes" and previous is not None and previous.warc_file is not None:
        archive.append_revisit(capture, previous)
        return replace(capture, warc_file=previous.warc_file, warc_offset=previous.warc_offset)
    return located(capture, archive.append(capture))


def _kept(headers: httpx.Headers) -> dict[str, str]:
    """Keep what an answer said of itself; its cookies are nobody's business."""
    return {name: value for name, value in headers.items() if name != "set-cookie"}
