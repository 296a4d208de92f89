"""What every reader has in common: how it is found, and what it makes of an answer without news or without bytes."""

from __future__ import annotations

from typing import Any

import pytest

from db.records import Capture, Source
from ingest.errors import FetchError, IngestError, ListingError, ServerError
from ingest.readers import load_reader, read_source

URL = "https://example.com/channel"
FETCHING = ("edgar", "feed", "listing", "sitemap")


def source(reader: str) -> Source:
    return Source("example", "Example", URL, reader, "press", options={"item": "article"})


def capture(**fields: Any) -> Capture:
    return Capture(**{"url": URL, "final_url": URL, "fetched_at": "2026-11-24T12:00:00Z", "status": 200} | fields)


@pytest.mark.parametrize("reader", FETCHING)
async def test_not_modified_is_no_fault(reader: str) -> None:
    async def get(url: str) -> Capture:
        return capture(status=304, outcome="not_modified")

    reading = await read_source(source(reader), get)
    assert reading.unchanged
    assert (reading.links, reading.issues) == ((), ())


@pytest.mark.parametrize("reader", FETCHING)
@pytest.mark.parametrize("body", [b"", b"\n \n"])
async def test_an_empty_answer_is_an_error_that_names_the_address(reader: str, body: bytes) -> None:
    async def get(url: str) -> Capture:
        return capture(outcome="new", body=body)

    with pytest.raises(IngestError) as raised:
        await read_source(source(reader), get)
    assert URL in str(raised.value)


@pytest.mark.parametrize("reader", FETCHING)
async def test_a_bot_check_is_never_an_empty_channel(reader: str) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
        '<div id="challenge-error-text">Enable JavaScript and cookies to continue</div></body></html>'
    )

    async def get(url: str) -> Capture:
        return capture(outcome="new", body=page.encode(), content_type="text/html")

    with pytest.raises(IngestError) as raised:
        await read_source(source(reader), get)
    assert raised.value.kind == ("unreadable_submissions" if reader == "edgar" else "bot_check")


@pytest.mark.parametrize("reader", FETCHING)
async def test_a_channel_that_cannot_be_fetched_is_the_fetchers_error(reader: str) -> None:
    async def get(url: str) -> Capture:
        raise ServerError(f"{url} answers 503", status=503, url=url)

    with pytest.raises(FetchError, match="503"):
        await read_source(source(reader), get)


def test_a_reader_that_is_not_there() -> None:
    with pytest.raises(ListingError, match=r"no reader is called 'rss'; there are chronicle, edgar"):
        load_reader("rss")
