"""Damaged channels: whatever is done to one, its reader gives links and issues or an expected error."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import Capture, Source
from ingest.errors import IngestError
from ingest.readers import Reading, read_source
from ingest.selection import is_web_address

URL = "https://example.com/channel"
FEEDS = Path(__file__).parent / "feeds"
SUBMISSIONS = {
    "cik": "1",
    "name": "EXAMPLE",
    "filings": {
        "recent": {
            "accessionNumber": ["0000000001-26-000001"],
            "form": ["10-Q"],
            "filingDate": ["2026-11-05"],
            "items": [""],
            "primaryDocument": ["a.htm"],
        }
    },
}
WHOLE = {
    "feed": [(FEEDS / name).read_bytes() for name in ("rss.xml", "atom.xml", "jsonfeed.json", "two-declarations.xml")],
    "sitemap": [(FEEDS / name).read_bytes() for name in ("news-sitemap.xml", "addresses.txt")],
    "listing": [(FEEDS / "newsroom.html").read_bytes()],
    "edgar": [json.dumps(SUBMISSIONS).encode()],
}
OPTIONS = {"listing": {"item": "div.card"}}


def read(reader: str, body: bytes) -> Reading:
    async def get(url: str) -> Capture:
        return Capture(url, url, "2026-11-24T12:00:00Z", 200, "new", body)

    return asyncio.run(read_source(Source("s", "S", URL, reader, "press", options=OPTIONS.get(reader, {})), get))


@st.composite
def damaged(draw: st.DrawFn, whole: list[bytes]) -> bytes:
    body = bytearray(draw(st.sampled_from(whole)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(body)))
        length = draw(st.integers(0, 40))
        body[at : at + length] = draw(
            st.binary(max_size=6) | st.sampled_from([b"<", b"&", b"]]>", b'"', b"null", b"{}"])
        )
    return bytes(body)


@pytest.mark.parametrize("reader", sorted(WHOLE))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage(reader: str, data: st.DataObject) -> None:
    body = data.draw(st.binary(max_size=200) | damaged(WHOLE[reader]))
    with contextlib.suppress(IngestError):
        reading = read(reader, body)
        assert all(is_web_address(link.url) for link in reading.links)
        assert all(issue.message and issue.kind for issue in reading.issues)
