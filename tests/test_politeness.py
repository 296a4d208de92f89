"""Who asks, how fast, and when a site is left alone."""

from __future__ import annotations

from datetime import datetime

import pytest

from ingest.errors import PrivateAddressError, RateLimitedError, RobotsError, UnreachableError
from ingest.fetching.politeness import (
    HOUSE_MANNERS,
    Manners,
    Pace,
    Robots,
    manners_for,
    retry_after_seconds,
    user_agent,
)

USUAL = Manners()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0), (" 0 ", 0.0), ("Tue, 24 Nov 2026 12:01:30 GMT", 90.0), ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None), ("", None), (None, None), ("-5", None), ("9" * 400, 999_999_999.0),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None, now: datetime) -> None:
    assert retry_after_seconds(value, now) == seconds


def test_manners_of_a_host() -> None:
    chosen = {"sec.gov": Manners(0.15), "data.sec.gov": Manners(0.2), "localhost": Manners(0)}
    assert manners_for("data.sec.gov", chosen, USUAL).interval_seconds == 0.2
    assert manners_for("www.sec.gov:443", chosen, USUAL).interval_seconds == 0.15
    assert manners_for("notsec.gov", chosen, USUAL) is USUAL
    assert manners_for("[::1]:80", chosen, USUAL) is USUAL
    # The SEC allows ten requests a second.
    assert HOUSE_MANNERS["sec.gov"].interval_seconds >= 0.1


def test_who_asks() -> None:
    assert "https://" in user_agent()
    assert "desk@example.org" in user_agent(None, "desk@example.org")
    assert user_agent("Example {contact}", "desk@example.org") == "Example desk@example.org"
    assert user_agent("Example {contact}").startswith("Gigawatch/")
    assert user_agent("Example Bot") == "Example Bot"


async def robots(text: str, status: int = 200) -> Robots:
    made = Robots(lambda: 0.0)

    async def get(url: str) -> tuple[int, str]:
        return status, text

    await made.check("https://example.com/", get)
    return made


async def nobody(url: str) -> tuple[int, str]:
    raise AssertionError(f"{url} was fetched twice")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nRequest-rate: 1/10s", 10.0),
        ("User-agent: gigawatch\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 9", 3.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("<html>no such page</html>", 0.0),
    ],
)
async def test_the_delay_a_site_wants(text: str, seconds: float) -> None:
    assert await (await robots(text)).check("https://example.com/a", nobody) == seconds


async def test_rules_for_us_and_for_all() -> None:
    rules = await robots("User-agent: gigawatch\nDisallow: /a\nUser-agent: *\nAllow: /\n")
    with pytest.raises(RobotsError) as caught:
        await rules.check("https://example.com/a/1", nobody)
    assert caught.value.url == "https://example.com/a/1"
    await rules.check("https://example.com/b", nobody)


async def test_a_silent_site_is_asked_a_few_times_only() -> None:
    asked = 0

    async def get(url: str) -> tuple[int, str]:
        nonlocal asked
        asked += 1
        raise UnreachableError("no answer", url=url)

    rules = Robots(lambda: 0.0)
    for number in range(10):
        with pytest.raises(UnreachableError) as caught:
            await rules.check(f"https://example.com/{number}", get)
        assert caught.value.url == f"https://example.com/{number}"
    assert asked == 3


async def test_a_failure_does_not_hold_forever() -> None:
    moment = 0.0
    answers = iter([(503, ""), (200, "User-agent: *\nAllow: /")])

    async def get(url: str) -> tuple[int, str]:
        return next(answers)

    rules = Robots(lambda: moment)
    for _ in range(2):
        with pytest.raises(RobotsError) as caught:
            await rules.check("https://example.com/a", get)
        assert caught.value.kind == "robots_unavailable"
    moment = 700.0
    await rules.check("https://example.com/a", get)


async def test_pace() -> None:
    moment = 0.0
    pace = Pace(60.0, lambda: moment)
    await pace.wait("a.example", 3600.0, "https://a.example/1")
    with pytest.raises(RobotsError, match="3600 seconds between requests") as caught:
        await pace.wait("a.example", 3600.0, "https://a.example/2")
    assert caught.value.kind == "crawl_delay"
    for _ in range(100):
        await pace.wait("b.example", 0.0, "https://b.example/")
    pace.rest("b.example", 30.0)
    pace.rest("b.example", 10.0)
    with pytest.raises(RateLimitedError, match="another 30 seconds"):
        await pace.wait("b.example", 0.0, "https://b.example/")
    moment = 31.0
    await pace.wait("b.example", 0.0, "https://b.example/")


async def test_rules_are_shared_between_kinds_of_trust_and_failures_are_not() -> None:
    rules = await robots("User-agent: *\nDisallow: /a")
    await rules.check("https://example.com/b", nobody, trusted=True)

    async def private(url: str) -> tuple[int, str]:
        raise PrivateAddressError("inside", url=url)

    async def open_to_us(url: str) -> tuple[int, str]:
        return 404, ""

    with pytest.raises(PrivateAddressError):
        await rules.check("http://inside.example/a", private)
    with pytest.raises(PrivateAddressError):
        await rules.check("http://inside.example/b", nobody)
    await rules.check("http://inside.example/a", open_to_us, trusted=True)
