"""
How a site is asked: what its robots.txt allows, how fast, under which name, and when to leave it alone.

In: addresses, and a getter for robots.txt. Out: leave to go on, after waiting where that is polite, or an error that
says who does not want it. Keeps what it learned for one run. Never fetches a page.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from aiolimiter import AsyncLimiter
from protego import Protego

from ingest import __version__
from ingest.errors import AddressError, FetchError, RateLimitedError, RobotsError, UnreachableError
from ingest.urls import origin_of

PRODUCT = "gigawatch"
HOME_PAGE = "https://github.com/gigawatch/gigawatch"
LARGEST_ROBOTS_BYTES = 512_000
_FAILURE_HOLDS_SECONDS = 600.0
_RULES_HOLD_SECONDS = 86_400.0
_MOST_SILENCES = 3

RobotsGetter = Callable[[str], Awaitable[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Manners:
    """How one site wants to be asked, beyond its robots.txt."""

    interval_seconds: float = 1.0
    """The least time between two requests to one host."""
    user_agent: str | None = None
    """`{contact}` in it becomes the contact of whoever runs the program."""


# The SEC asks for a name with a mail address, and for at most ten requests a second.
HOUSE_MANNERS: Mapping[str, Manners] = {"sec.gov": Manners(0.15, "Gigawatch {contact}")}


def manners_for(host: str, chosen: Mapping[str, Manners], usual: Manners) -> Manners:
    """Find the manners for a host: those of the host itself or of the longest domain it is in."""
    name = host.partition(":")[0] if not host.startswith("[") else host
    labels = name.split(".")
    for start in range(len(labels)):
        domain = ".".join(labels[start:])
        if domain in chosen:
            return chosen[domain]
    return usual


def user_agent(template: str | None = None, contact: str | None = None) -> str:
    """Say who asks, with where to read about it and, if it was given, whom to write to."""
    if template is not None and ("{contact}" not in template or contact):
        return template.replace("{contact}", contact or "").strip()
    about = HOME_PAGE if not contact else f"{HOME_PAGE}; {contact}"
    return f"Gigawatch/{__version__} (+{about})"


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or a date; nothing where it says neither."""
    if value is None:
        return None
    text = value.strip()
    if text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class Robots:
    """The robots.txt of every site of a run, each fetched once."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rules: dict[str, tuple[float, Protego]] = {}
        # What a trusted address may reach, a link found on the web may not: the two share rules, but no failure.
        self._failures: dict[tuple[str, bool], tuple[float, FetchError]] = {}
        self._silences: Counter[tuple[str, bool]] = Counter()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str, get: RobotsGetter, *, trusted: bool = False) -> float:
        """Raise `RobotsError` where `url` may not be fetched; give the seconds the site wants between requests."""
        rules = await self._rules_of(origin_of(url), trusted, get)
        if isinstance(rules, FetchError):
            # One failure is many pages' failure; each gets an error of its own.
            error = copy(rules)
            error.url = url
            raise error
        if not rules.can_fetch(url, PRODUCT):
            raise RobotsError(f"robots.txt of {urlsplit(url).netloc} does not allow this address", url=url)
        rate = rules.request_rate(PRODUCT)
        paced = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
        return max(float(rules.crawl_delay(PRODUCT) or 0.0), paced)

    async def _rules_of(self, origin: str, trusted: bool, get: RobotsGetter) -> Any:
        # One request for many pages that are wanted at once.
        async with self._locks[origin]:
            now, key = self._clock(), (origin, trusted)
            if origin in self._rules and now < self._rules[origin][0]:
                return self._rules[origin][1]
            if key in self._failures and now < self._failures[key][0]:
                return self._failures[key][1]
            found = await self._fetched(origin, get)
            if isinstance(found, FetchError):
                self._failures[key] = (self._clock() + self._failure_holds_seconds(key, found), found)
            else:
                self._rules[origin] = (self._clock() + _RULES_HOLD_SECONDS, found)
            return found

    def _failure_holds_seconds(self, key: tuple[str, bool], failure: FetchError) -> float:
        if not isinstance(failure, UnreachableError):
            return _FAILURE_HOLDS_SECONDS
        # A connection that broke off is tried again, but a dead site is not tried for each of its thousand links.
        self._silences[key] += 1
        return _FAILURE_HOLDS_SECONDS if self._silences[key] >= _MOST_SILENCES else 0.0

    async def _fetched(self, origin: str, get: RobotsGetter) -> Protego | FetchError:
        """Fetch the rules of one site; RFC 9309: none where there is no file, all forbidden where it cannot be had."""
        url = f"{origin}/robots.txt"
        try:
            status, text = await get(url)
        except (UnreachableError, AddressError) as error:
            # The page itself would fail the same way, and this says why.
            return error.with_traceback(None)
        except FetchError as error:
            return RobotsError(
                f"robots.txt cannot be read, so the site is left alone for now: {error.args[0]}", url=url
            )
        if status == 429 or status >= 500:
            return RobotsError(
                f"robots.txt answers HTTP {status}, so the site is left alone for now",
                url=url,
                kind="robots_unavailable",
            )
        return Protego.parse(text if 200 <= status < 300 else "")


class Pace:
    """The time between two requests to one host, and hosts that asked to be left alone."""

    def __init__(self, longest_wait_seconds: float, clock: Callable[[], float]) -> None:
        self._longest_wait_seconds = longest_wait_seconds
        self._clock = clock
        self._limiters: dict[str, AsyncLimiter] = {}
        self._resting: dict[str, float] = {}

    async def wait(self, host: str, interval_seconds: float, url: str) -> None:
        """Wait for the host's turn; raises where that would take longer than a run can wait."""
        left = self._resting.get(host, 0.0) - self._clock()
        if left > 0:
            raise RateLimitedError(
                f"{host} asked to be left alone for another {left:.0f} seconds", url=url, retry_after=left
            )
        if interval_seconds <= 0:
            return
        limiter = self._limiters.get(host)
        if limiter is None or limiter.time_period < interval_seconds:
            limiter = self._limiters[host] = AsyncLimiter(1, interval_seconds)
        if interval_seconds > self._longest_wait_seconds and not limiter.has_capacity():
            raise RobotsError(
                f"{host} wants {interval_seconds:.0f} seconds between requests; this address is left for a later run",
                url=url,
                kind="crawl_delay",
            )
        await limiter.acquire()

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while."""
        self._resting[host] = max(self._resting.get(host, 0.0), self._clock() + seconds)
