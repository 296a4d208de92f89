"""The fetcher against a server of our own on loopback: polite, bounded, and honest about what came back."""

from __future__ import annotations

import asyncio
import gzip
import os
import socket
import threading
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
import stamina
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from db.records import Capture
from ingest.archive import Archive
from ingest.errors import (
    AddressError,
    BlockedError,
    EmptyShellError,
    FetchError,
    ForbiddenError,
    GoneError,
    IngestError,
    NotFoundError,
    PrivateAddressError,
    RateLimitedError,
    RedirectError,
    RobotsError,
    ServerError,
    TimedOutError,
    TooLargeError,
    TruncatedError,
    UnreachableError,
    UnreadableError,
)
from ingest.fetching.answers import Answer
from ingest.fetching.fetch import Fetcher, Limits
from ingest.fetching.politeness import Manners
from ingest.warc import Damage, read_pages

PAGE = (
    "<html><head><title>Campus</title></head><body><h1>Campus</h1><p>"
    + "The site will draw 300 MW. " * 40
    + "</p></html>"
)
AT_ONCE = Manners(interval_seconds=0)
QUICK = Limits(total_seconds=5, raw_bytes=200_000, body_bytes=400_000)


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Retries happen at once, and at most three times."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def archive(tmp_path: Path, now: datetime) -> Archive:
    return Archive(tmp_path / "archive", clock=lambda: now)


@pytest_asyncio.fixture
async def fetcher(archive: Archive, now: datetime) -> AsyncIterator[Fetcher]:
    async with Fetcher(archive=archive, usual_manners=AT_ONCE, limits=QUICK, clock=lambda: now) as made:
        yield made


@pytest.fixture
def site(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/\n")
    return httpserver


def asked(site: HTTPServer, path: str) -> int:
    return sum(1 for request, _ in site.log if request.path == path)


def never_public(transport: Callable[[httpx.Request], httpx.Response]) -> httpx.MockTransport:
    """Answer without a socket; every robots.txt is absent."""

    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404) if request.url.path == "/robots.txt" else transport(request)

    return httpx.MockTransport(handler)


# --- what comes back --------------------------------------------------------------------------------------------------


async def test_a_new_page(site: HTTPServer, fetcher: Fetcher, archive: Archive) -> None:
    site.expect_request("/a").respond_with_data(
        PAGE, content_type="text/html; charset=UTF-8", headers={"ETag": '"1"', "Set-Cookie": "id=7"}
    )
    url = site.url_for("/a")
    capture = await fetcher.get(url, previous=None, trusted=True)
    assert (capture.outcome, capture.status, capture.url, capture.final_url) == ("new", 200, url, url)
    assert (capture.body.decode(), capture.encoding, capture.etag) == (PAGE, "utf-8", '"1"')
    assert capture.fetched_at == "2026-11-24T12:00:00Z"
    assert "set-cookie" not in capture.headers
    assert capture.warc_file is not None
    assert capture.warc_offset is not None
    assert archive.read(capture.warc_file, capture.warc_offset) == capture.body


async def test_not_modified_and_the_same_bytes(site: HTTPServer, fetcher: Fetcher, archive: Archive) -> None:
    def answer(request: Request) -> Response:
        known = request.headers.get("If-None-Match") == '"1"'
        return Response(status=304) if known else Response(PAGE, content_type="text/html", headers={"ETag": '"1"'})

    site.expect_request("/etag").respond_with_handler(answer)
    site.expect_request("/plain").respond_with_data(PAGE, content_type="text/html")
    first = await fetcher.get(site.url_for("/etag"), trusted=True)
    again = await fetcher.get(site.url_for("/etag"), previous=first, trusted=True)
    assert (again.outcome, again.status, again.body) == ("not_modified", 304, b"")
    kept = ("sha256", "etag", "warc_file", "warc_offset", "content_type")
    assert [getattr(again, name) for name in kept] == [getattr(first, name) for name in kept]

    first = await fetcher.get(site.url_for("/plain"), trusted=True)
    again = await fetcher.get(site.url_for("/plain"), previous=first, trusted=True)
    assert (again.outcome, again.status, again.body) == ("same_bytes", 200, first.body)
    assert (again.warc_file, again.warc_offset) == (first.warc_file, first.warc_offset)
    (path,) = archive.folder.glob("*.warc.gz")
    assert [page.outcome for page in read_pages(path, Damage())] == ["new", "new", "same_bytes"]


async def test_last_modified_is_sent_back_for_the_same_address_only(site: HTTPServer, fetcher: Fetcher) -> None:
    site.expect_request("/a").respond_with_data(PAGE, headers={"Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"})
    site.expect_request("/b").respond_with_data(PAGE)
    first = await fetcher.get(site.url_for("/a"), trusted=True)
    await fetcher.get(site.url_for("/a"), previous=first, trusted=True)
    await fetcher.get(site.url_for("/b"), previous=first, trusted=True)
    sent = [request.headers.get("If-Modified-Since") for request, _ in site.log if request.path != "/robots.txt"]
    assert sent == [None, "Mon, 23 Nov 2026 10:00:00 GMT", None]


async def test_a_304_that_nobody_asked_for(site: HTTPServer, fetcher: Fetcher) -> None:
    site.expect_request("/a").respond_with_data("", status=304)
    with pytest.raises(FetchError, match="304"):
        await fetcher.get(site.url_for("/a"), trusted=True)


@pytest.mark.parametrize(
    ("encoding", "packed"), [("gzip", gzip.compress(PAGE.encode())), ("deflate", zlib.compress(PAGE.encode()))]
)
async def test_packed_bodies(site: HTTPServer, fetcher: Fetcher, encoding: str, packed: bytes) -> None:
    site.expect_request("/a").respond_with_data(
        packed, content_type="text/html", headers={"Content-Encoding": encoding}
    )
    assert (await fetcher.get(site.url_for("/a"), trusted=True)).body.decode() == PAGE


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error", "requests"),
    [
        (404, NotFoundError, 1), (410, GoneError, 1), (401, ForbiddenError, 1), (403, ForbiddenError, 1),
        (451, ForbiddenError, 1), (429, RateLimitedError, 3), (500, ServerError, 3), (503, ServerError, 3),
        (418, IngestError, 1), (204, IngestError, 1),
    ],
)  # fmt: skip
async def test_statuses(
    site: HTTPServer, fetcher: Fetcher, status: int, error: type[IngestError], requests: int
) -> None:
    site.expect_request("/a").respond_with_data("<p>no</p>" if status != 204 else "", status=status)
    with pytest.raises(error, match=str(status)) as caught:
        await fetcher.get(site.url_for("/a"), trusted=True)
    assert caught.value.url == site.url_for("/a")
    assert asked(site, "/a") == requests


async def test_trouble_that_passes(site: HTTPServer, fetcher: Fetcher, capfd: pytest.CaptureFixture[str]) -> None:
    site.expect_ordered_request("/robots.txt").respond_with_data("")
    site.expect_ordered_request("/a").respond_with_data("busy", status=503, headers={"Retry-After": "1"})
    site.expect_ordered_request("/a").respond_with_data("slow down", status=429)
    site.expect_ordered_request("/a").respond_with_data(PAGE, content_type="text/html")
    assert (await fetcher.get(site.url_for("/a"), trusted=True)).status == 200
    assert "stamina" not in capfd.readouterr().err


async def test_a_host_that_wants_a_long_rest_is_left_alone(site: HTTPServer, fetcher: Fetcher) -> None:
    site.expect_request("/a").respond_with_data("later", status=429, headers={"Retry-After": "3600"})
    with pytest.raises(RateLimitedError) as caught:
        await fetcher.get(site.url_for("/a"), trusted=True)
    assert caught.value.retry_after == 3600
    with pytest.raises(RateLimitedError, match="left alone for another"):
        await fetcher.get(site.url_for("/b"), trusted=True)
    assert asked(site, "/a") == 1
    assert asked(site, "/b") == 0


def test_retry_after_is_obeyed() -> None:
    fetcher = Fetcher(
        limits=Limits(longest_wait_seconds=60), transport=httpx.MockTransport(lambda _: httpx.Response(200))
    )
    assert fetcher._waits_before_another(RateLimitedError("x", retry_after=7)) == 7
    assert fetcher._waits_before_another(ServerError("x", status=503, retry_after=0)) is True
    assert fetcher._waits_before_another(ServerError("x", status=503)) is True
    assert fetcher._waits_before_another(RateLimitedError("x", retry_after=61)) is False
    assert fetcher._waits_before_another(NotFoundError("x", status=404)) is False
    assert fetcher._waits_before_another(KeyError("x")) is False


@pytest.mark.parametrize(
    ("html", "error", "kind"),
    [
        ("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", BlockedError, "bot_check"),
        ("<h1>Before you continue</h1>We use cookies. <a>Accept all</a>", BlockedError, "consent_wall"),
        ('<noscript>Enable JavaScript.</noscript><div id="root"></div>', EmptyShellError, "empty_shell"),
        (" \n ", FetchError, "empty_body"),
    ],
)
async def test_what_is_no_page(
    site: HTTPServer, fetcher: Fetcher, html: str, error: type[IngestError], kind: str
) -> None:
    site.expect_request("/a").respond_with_data(html, content_type="text/html")
    with pytest.raises(error) as caught:
        await fetcher.get(site.url_for("/a"), trusted=True)
    assert caught.value.kind == kind
    assert asked(site, "/a") == 1


async def test_a_bot_check_with_an_error_status(site: HTTPServer, fetcher: Fetcher) -> None:
    site.expect_request("/a").respond_with_data(
        "<title>Just a moment...</title>", status=403, content_type="text/html", headers={"cf-mitigated": "challenge"}
    )
    with pytest.raises(BlockedError, match="HTTP 403 with a bot check"):
        await fetcher.get(site.url_for("/a"), trusted=True)


async def test_a_body_beyond_the_bound(site: HTTPServer, fetcher: Fetcher) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(3200):
            sent += 65536
            yield bytes(65536)

    site.expect_request("/said").respond_with_data(bytes(300_000))
    site.expect_request("/endless").respond_with_handler(lambda _: Response(endless(), content_type="text/html"))
    site.expect_request("/bomb").respond_with_data(
        gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}
    )
    with pytest.raises(TooLargeError, match="300,000 bytes, more than the 200,000 allowed"):
        await fetcher.get(site.url_for("/said"), trusted=True)
    with pytest.raises(TooLargeError, match="goes on beyond"):
        await fetcher.get(site.url_for("/endless"), trusted=True)
    assert sent < 100_000_000
    with pytest.raises(TooLargeError, match="unpacks to more"):
        await fetcher.get(site.url_for("/bomb"), trusted=True)


async def test_packed_bodies_that_are_broken(site: HTTPServer, fetcher: Fetcher) -> None:
    packed = gzip.compress(PAGE.encode() + os.urandom(500))
    for path, body, encoding in (("/cut", packed[:-30], "gzip"), ("/plain", b"<p>x", "gzip"), ("/br", b"x", "br")):
        site.expect_request(path).respond_with_data(body, headers={"Content-Encoding": encoding})
    with pytest.raises(TruncatedError, match="ends in the middle"):
        await fetcher.get(site.url_for("/cut"), trusted=True)
    assert asked(site, "/cut") == 3
    with pytest.raises(UnreadableError, match="broken"):
        await fetcher.get(site.url_for("/plain"), trusted=True)
    with pytest.raises(UnreadableError, match="'br'"):
        await fetcher.get(site.url_for("/br"), trusted=True)


async def test_a_film_is_not_read(site: HTTPServer, fetcher: Fetcher) -> None:
    site.expect_request("/a.mp4").respond_with_data(b"film", content_type="video/mp4")
    with pytest.raises(FetchError, match="video/mp4 holds no text"):
        await fetcher.get(site.url_for("/a.mp4"), trusted=True)


@contextmanager
def raw_server(*answers: bytes) -> Iterator[str]:
    """Serve one connection an answer, byte by byte as given, then hang up (or hang on, for an empty answer)."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        for answer in answers:
            connection, _ = listener.accept()
            connection.recv(65536)
            connection.sendall(answer)
            if answer:
                connection.close()
            held.append(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/a"
    listener.close()
    for connection in held:
        connection.close()


NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


async def test_an_answer_that_breaks_off(fetcher: Fetcher) -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>half"
    with raw_server(NO_ROBOTS, half, half, half) as url, pytest.raises(TruncatedError, match="broke off"):
        await fetcher.get(url, trusted=True)


async def test_a_server_that_speaks_no_http(fetcher: Fetcher) -> None:
    with raw_server(NO_ROBOTS, b"hello\r\n", b"hello\r\n", b"hello\r\n") as url, pytest.raises(UnreachableError):
        await fetcher.get(url, trusted=True)


async def test_a_server_that_says_nothing(archive: Archive) -> None:
    limits = Limits(attempts=1, total_seconds=0.05)
    async with Fetcher(archive=archive, usual_manners=AT_ONCE, limits=limits) as fetcher:
        with raw_server(NO_ROBOTS, b"") as url, pytest.raises(TimedOutError, match="no whole answer within"):
            await fetcher.get(url, trusted=True)


async def test_nothing_listens_and_no_such_name(archive: Archive) -> None:
    async def nowhere(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror(-2, "Name or service not known")

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with Fetcher(usual_manners=AT_ONCE, limits=QUICK) as fetcher:
        with pytest.raises(UnreachableError, match="no answer"):
            await fetcher.get(f"http://127.0.0.1:{port}/", trusted=True)
    async with Fetcher(usual_manners=AT_ONCE, limits=QUICK, resolve=nowhere) as fetcher:
        with pytest.raises(UnreachableError, match=r"nowhere\.example does not resolve"):
            await fetcher.get("http://nowhere.example/", trusted=True)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/", "javascript:alert(1)", "http://"])
async def test_addresses_that_are_not_fetched(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(AddressError):
        await fetcher.get(url, trusted=True)


# --- redirects --------------------------------------------------------------------------------------------------------


def redirect(site: HTTPServer, path: str, target: str, status: int = 302) -> None:
    site.expect_request(path).respond_with_data("", status=status, headers={"Location": target})


async def test_redirects_are_followed(site: HTTPServer, fetcher: Fetcher) -> None:
    redirect(site, "/a", "/b?x=1", 301)
    redirect(site, "/b", "../c", 308)
    site.expect_request("/c").respond_with_data(PAGE, content_type="text/html")
    capture = await fetcher.get(site.url_for("/a"), trusted=True)
    assert (capture.url, capture.final_url) == (site.url_for("/a"), site.url_for("/c"))


async def test_trust_goes_with_a_host_to_its_https_only() -> None:
    asked: list[tuple[str, bool]] = []

    class Noting(Fetcher):
        async def _ask(self, address: str, headers: object, cookies: object, trusted: bool, *rest: object) -> Answer:
            asked.append((address, trusted))
            if address.startswith("http://a.example") and "robots" not in address:
                return Answer(address, 301, {"location": address.replace("http:", "https:")}, b"")
            if address == "https://a.example/1":
                return Answer(address, 302, {"location": "https://b.example/1"}, b"")
            return Answer(address, 200, {"content-type": "text/html"}, PAGE.encode())

    async with Noting(usual_manners=AT_ONCE) as fetcher:
        await fetcher.get("http://a.example/1", trusted=True)
    pages = {address: trusted for address, trusted in asked if "robots" not in address}
    assert pages == {"http://a.example/1": True, "https://a.example/1": True, "https://b.example/1": False}


async def test_a_page_that_sends_the_browser_on(site: HTTPServer, fetcher: Fetcher) -> None:
    site.expect_request("/a").respond_with_data(
        '<html><meta http-equiv="refresh" content="0; url=/b"><p>Moved</p></html>', content_type="text/html"
    )
    site.expect_request("/b").respond_with_data(PAGE, content_type="text/html")
    assert (await fetcher.get(site.url_for("/a"), trusted=True)).final_url == site.url_for("/b")


async def test_a_page_that_leads_to_the_front_page_is_gone(site: HTTPServer, fetcher: Fetcher) -> None:
    redirect(site, "/news/2025/campus", "/en/")
    redirect(site, "/news", "/en/news")
    redirect(site, "/", "/en/")
    for path in ("/en/", "/en/news"):
        site.expect_request(path).respond_with_data(PAGE, content_type="text/html")
    with pytest.raises(RedirectError, match="leads to the front page") as caught:
        await fetcher.get(site.url_for("/news/2025/campus"), trusted=True)
    assert caught.value.kind == "led_to_front_page"
    assert (await fetcher.get(site.url_for("/news"), trusted=True)).status == 200
    assert (await fetcher.get(site.url_for("/"), trusted=True)).status == 200


async def test_redirects_that_lead_nowhere(site: HTTPServer, fetcher: Fetcher) -> None:
    redirect(site, "/circle", "/circle2")
    redirect(site, "/circle2", "/circle")
    site.expect_request("/blind").respond_with_data("", status=302)
    redirect(site, "/file", "file:///etc/passwd")
    for number in range(20):
        redirect(site, f"/far{number}", f"/far{number + 1}")
    with pytest.raises(RedirectError, match="in a circle"):
        await fetcher.get(site.url_for("/circle"), trusted=True)
    with pytest.raises(RedirectError, match="without an address"):
        await fetcher.get(site.url_for("/blind"), trusted=True)
    with pytest.raises(RedirectError, match="more than 8 redirects"):
        await fetcher.get(site.url_for("/far0"), trusted=True)
    with pytest.raises(AddressError, match="only http and https"):
        await fetcher.get(site.url_for("/file"), trusted=True)


async def test_a_cookie_set_on_the_way_is_shown_and_then_forgotten(site: HTTPServer, fetcher: Fetcher) -> None:
    def gate(request: Request) -> Response:
        if request.cookies.get("seen") == "1":
            return Response(PAGE, content_type="text/html")
        return Response("", status=302, headers={"Location": request.path, "Set-Cookie": "seen=1"})

    site.expect_request("/a").respond_with_handler(gate)
    assert (await fetcher.get(site.url_for("/a"), trusted=True)).status == 200
    assert (await fetcher.get(site.url_for("/a"), trusted=True)).status == 200
    assert asked(site, "/a") == 4


# --- private addresses ------------------------------------------------------------------------------------------------


async def test_a_link_to_a_private_address_is_refused(site: HTTPServer, fetcher: Fetcher, now: datetime) -> None:
    site.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    with pytest.raises(PrivateAddressError, match="--allow-private"):
        await fetcher.get(site.url_for("/a"))
    for address in ("http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/"):
        with pytest.raises(PrivateAddressError):
            await fetcher.get(address)
    assert site.log == []
    async with Fetcher(allow_private=True, usual_manners=AT_ONCE, clock=lambda: now) as allowed:
        assert (await allowed.get(site.url_for("/a"))).status == 200


async def test_a_trusted_connection_does_not_open_the_way(site: HTTPServer, fetcher: Fetcher) -> None:
    site.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    await fetcher.get(site.url_for("/a"), trusted=True)
    with pytest.raises(PrivateAddressError):
        await fetcher.get(site.url_for("/a"), trusted=False)


async def test_a_redirect_to_a_private_address_is_refused(site: HTTPServer, fetcher: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        redirect(site, "/a", f"http://127.0.0.1:{other.getsockname()[1]}/inside")
        with pytest.raises(PrivateAddressError):
            await fetcher.get(site.url_for("/a"), trusted=True)


async def test_a_name_that_resolves_to_a_private_address_is_refused(site: HTTPServer) -> None:
    async def resolve(host: str, port: int) -> tuple[str, ...]:
        return ("93.184.215.14", "127.0.0.1") if host == "rebind.example" else ("127.0.0.1",)

    site.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    async with Fetcher(usual_manners=AT_ONCE, limits=QUICK, resolve=resolve) as fetcher:
        with pytest.raises(PrivateAddressError, match=r"127\.0\.0\.1"):
            await fetcher.get(f"http://rebind.example:{site.port}/a")
        # The name itself is asked for once trusted, and the request says it.
        site.clear_log()
        await fetcher.get(f"http://site.example:{site.port}/a", trusted=True)
    assert site.log[-1][0].headers["Host"] == f"site.example:{site.port}"


# --- manners ----------------------------------------------------------------------------------------------------------


async def test_robots_are_obeyed_and_read_once(site: HTTPServer, fetcher: Fetcher) -> None:
    site.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    with pytest.raises(RobotsError, match="does not allow") as caught:
        await fetcher.get(site.url_for("/private/a"), trusted=True)
    assert caught.value.kind == "robots_disallowed"
    await asyncio.gather(*(fetcher.get(site.url_for("/a"), trusted=True) for _ in range(5)))
    assert (asked(site, "/robots.txt"), asked(site, "/private/a")) == (1, 0)


async def test_a_redirect_into_a_forbidden_part(site: HTTPServer, fetcher: Fetcher) -> None:
    redirect(site, "/a", "/private/b")
    with pytest.raises(RobotsError):
        await fetcher.get(site.url_for("/a"), trusted=True)
    assert asked(site, "/private/b") == 0


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (429, False), (500, False), (503, False)])
async def test_a_robots_txt_that_cannot_be_had(
    httpserver: HTTPServer, fetcher: Fetcher, status: int, allowed: bool
) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=status)
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    if allowed:
        assert (await fetcher.get(httpserver.url_for("/a"), trusted=True)).status == 200
        return
    for _ in range(2):
        with pytest.raises(RobotsError, match="left alone for now"):
            await fetcher.get(httpserver.url_for("/a"), trusted=True)
    assert (asked(httpserver, "/robots.txt"), asked(httpserver, "/a")) == (1, 0)


async def test_a_robots_txt_elsewhere_and_a_huge_one(httpserver: HTTPServer, fetcher: Fetcher) -> None:
    redirect(httpserver, "/robots.txt", "/robots-real.txt", 301)
    httpserver.expect_request("/robots-real.txt").respond_with_data(
        "User-agent: *\nDisallow: /private/\n" + "# padding\n" * 100_000
    )
    with pytest.raises(RobotsError):
        await fetcher.get(httpserver.url_for("/private/a"), trusted=True)


async def test_who_asks(site: HTTPServer, now: datetime) -> None:
    site.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    async with Fetcher(contact="desk@example.org", usual_manners=AT_ONCE, clock=lambda: now) as fetcher:
        await fetcher.get(site.url_for("/a"), trusted=True)
    manners = {"127.0.0.1": replace(AT_ONCE, user_agent="Example Desk {contact}"),
               "localhost": replace(AT_ONCE, user_agent="Example Desk {contact}")}  # fmt: skip
    async with Fetcher(contact="desk@example.org", manners=manners, clock=lambda: now) as fetcher:
        await fetcher.get(site.url_for("/a"), trusted=True)
    said = [request.headers["User-Agent"] for request, _ in site.log if request.path == "/a"]
    assert said[0].startswith("Gigawatch/")
    assert "desk@example.org" in said[0]
    assert said[1] == "Example Desk desk@example.org"


async def test_without_a_socket(now: datetime) -> None:
    transport = never_public(lambda request: httpx.Response(200, html=PAGE, headers={"X-Host": request.url.host}))
    async with Fetcher(transport=transport, usual_manners=AT_ONCE, clock=lambda: now) as fetcher:
        capture = await fetcher.get("https://example.com/a#part")
    assert (capture.url, capture.final_url) == ("https://example.com/a#part", "https://example.com/a")
    assert (capture.warc_file, capture.warc_offset) == (None, None)


# --- whatever comes back ----------------------------------------------------------------------------------------------

HEADER_VALUES = st.one_of(
    st.sampled_from(["gzip", "br", "text/html; charset=utf-16", "text/html; charset=", "0", "-1", "99999999999", "/a",
                     "http://[", "//", "javascript:1", "Wed, 99 Foo 2026", "https://example.com:99999/", "é"]),
    st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
)  # fmt: skip
HEADERS = st.dictionaries(
    st.sampled_from(["Content-Encoding", "Content-Type", "Content-Length", "Location", "Retry-After", "ETag",
                     "Last-Modified", "Set-Cookie", "Transfer-Encoding"]),
    HEADER_VALUES, max_size=5,
)  # fmt: skip
BODIES = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        [PAGE.encode(), gzip.compress(PAGE.encode()), gzip.compress(PAGE.encode())[:-5], b"", b"\xff\xfe<\x00"]
    ),
)
STATUSES = st.one_of(st.sampled_from([200, 301, 304, 403, 404, 429, 503]), st.integers(200, 599))


class Streamed(httpx.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self.body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self.body), 50):
            yield self.body[at : at + 50]


@settings(max_examples=150, deadline=None)
@example(301, {"Location": "/b", "Set-Cookie": "é"}, b"", b"", False)
@given(STATUSES, HEADERS, BODIES, st.binary(max_size=60), st.booleans())
def test_any_answer_is_a_capture_or_an_error_with_a_kind(
    status: int, headers: dict[str, str], body: bytes, robots: bytes, known: bool
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(200, stream=Streamed(robots))
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        return httpx.Response(status, headers=raw, stream=Streamed(body))

    async def fetch() -> None:
        previous = None
        if known:
            previous = Capture(
                "https://example.com/a", "https://example.com/a", "2026-11-01T00:00:00Z", 200, "new", sha256="0" * 64,
                etag='"é"', last_modified="x",
            )  # fmt: skip
        async with Fetcher(transport=httpx.MockTransport(answer), usual_manners=AT_ONCE, limits=QUICK) as fetcher:
            capture = await fetcher.get("https://example.com/a", previous=previous)
            assert capture.outcome in ("new", "not_modified", "same_bytes")
            assert capture.sha256 is not None

    failure: IngestError | None = None
    try:
        asyncio.run(fetch())
    except IngestError as error:
        failure = error
    assert failure is None or (failure.kind and str(failure))
