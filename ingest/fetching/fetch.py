"""
The only part that touches the network: addresses in, captures out, politely and within bounds.

In: an address, what was fetched of it before, and whether the catalogue or only a page names it. Out: a `Capture` that
is new, not modified, or the same bytes again; or one of the errors of `ingest.errors`. Every body is put into the
archive before it is looked at. Never hands on a bot check, a consent wall, an empty shell, or half a body.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx
import stamina

from db.records import Capture
from ingest.archive import Archive
from ingest.errors import IngestError, RateLimitedError, RedirectError, ServerError, TimedOutError
from ingest.fetching.addresses import Resolve, resolve_host
from ingest.fetching.answers import Answer, body_of, broken
from ingest.fetching.blocked import refuse_block
from ingest.fetching.capturing import archived, captured, validators
from ingest.fetching.charset import decode
from ingest.fetching.connections import Connections
from ingest.fetching.politeness import (
    HOUSE_MANNERS,
    LARGEST_ROBOTS_BYTES,
    Manners,
    Pace,
    Robots,
    manners_for,
    user_agent,
)
from ingest.fetching.redirects import REDIRECTS, is_same_place, refuse_front_page, target_of
from ingest.urls import absolute_url, host_of

# stamina tells of every retry; without a handler Python would print that, also under cron.
logging.getLogger("stamina").addHandler(logging.NullHandler())

_ROBOTS_REDIRECTS = 5


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
    """One way to the network for a whole run. Use it as an async context manager."""

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
        environ: Mapping[str, str] | None = None,
        resolve: Resolve = resolve_host,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._archive = archive
        self._contact = contact
        self._manners = {**HOUSE_MANNERS, **(manners or {})}
        self._usual_manners = usual_manners or Manners()
        self._limits = limits or Limits()
        self._clock = clock
        self._robots = Robots(time.monotonic)
        self._pace = Pace(self._limits.longest_wait_seconds, time.monotonic)
        self._connections = Connections(
            timeout=httpx.Timeout(self._limits.read_seconds, connect=self._limits.connect_seconds, pool=None),
            allow_private=allow_private,
            environ=os.environ if environ is None else environ,
            resolve=resolve,
            transport=transport,
        )

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
        await self._connections.aclose()

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
        capture = captured(url, answer, previous, self._clock())
        if self._archive is not None:
            capture = await asyncio.to_thread(archived, self._archive, capture, previous)
        refuse_block(capture)
        return capture

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
        headers = validators(previous, address)
        cookies = httpx.Cookies()
        origin, seen = address, set[tuple[str, str]]()
        left_seconds = self._limits.total_seconds
        for _ in range(self._limits.redirects + 1):
            # A site may send a browser round once to set a cookie, so an address with another cookie is another step.
            step = (address, "; ".join(sorted(f"{cookie.name}={cookie.value}" for cookie in cookies.jar)))
            if step in seen:
                raise RedirectError(f"redirects go round in a circle: back at {address}", url=origin)
            seen.add(step)
            known = trusted and is_same_place(origin, address)
            await self._be_polite(address, known)
            started = time.monotonic()
            answer = await self._ask(address, headers, cookies, known, left_seconds)
            left_seconds -= time.monotonic() - started
            target = target_of(answer, self._clock())
            if target is None:
                refuse_front_page(origin, address)
                return answer
            address = absolute_url(target, address)
        raise RedirectError(f"more than {self._limits.redirects} redirects, the last to {address}", url=origin)

    async def _be_polite(self, address: str, trusted: bool) -> None:
        """Wait for the turn of the host; raises where its robots.txt says no."""

        async def robots(url: str) -> tuple[int, str]:
            return await self._robots_text(url, trusted)

        wanted = await self._robots.check(address, robots, trusted=trusted)
        host = host_of(address)
        await self._pace.wait(host, max(wanted, self._manners_of(address).interval_seconds), address)

    async def _robots_text(self, url: str, trusted: bool) -> tuple[int, str]:
        """Fetch a robots.txt; it needs no leave, and of a huge one the start counts."""
        origin, left_seconds = url, self._limits.read_seconds
        for _ in range(_ROBOTS_REDIRECTS + 1):
            known = trusted and is_same_place(origin, url)
            answer = await self._ask(url, {}, httpx.Cookies(), known, left_seconds, LARGEST_ROBOTS_BYTES)
            if answer.status not in REDIRECTS or not answer.headers.get("location"):
                break
            url = absolute_url(answer.headers["location"], url)
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
        agent = user_agent(self._manners_of(address).user_agent, self._contact)
        limits = self._limits
        try:
            async with asyncio.timeout(max(seconds, 0.0)):
                client = await self._connections.client(address, trusted=trusted)
                request = client.build_request("GET", address, headers={**headers, "User-Agent": agent})
                cookies.set_cookie_header(request)
                response = await client.send(request, stream=True)
                try:
                    _take_cookies(cookies, response)
                    body = await body_of(response, limits.raw_bytes, limits.body_bytes, address, only_bytes)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise TimedOutError(f"no whole answer within {limits.total_seconds:.0f} seconds", url=address) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise broken(error, address) from error
        return Answer(address, response.status_code, dict(response.headers.items()), body)

    def _manners_of(self, address: str) -> Manners:
        return manners_for(host_of(address), self._manners, self._usual_manners)


def _take_cookies(cookies: httpx.Cookies, response: httpx.Response) -> None:
    """Take the cookies of an answer; those with letters that a header cannot carry would fail the next request."""
    cookies.extract_cookies(response)
    for cookie in list(cookies.jar):
        if not f"{cookie.name}{cookie.value}".isascii():
            cookies.jar.clear(cookie.domain, cookie.path, cookie.name)
