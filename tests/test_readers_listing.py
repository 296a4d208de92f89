"""Listings of several pages: how far they are followed, and what a bad page costs."""

from __future__ import annotations

from typing import Any

import pytest

from db.records import Capture, Source
from ingest.errors import NotFoundError
from ingest.readers import Reading, read_source

URL = "https://example.com/news"


def page(number: int, following: str | None) -> str:
    link = f'<a rel="next" href="{following}">Older</a>' if following else ""
    items = "".join(f'<article><h2><a href="/news/{number}{n}">Story {number}{n}</a></h2></article>' for n in "ab")
    return f"<html><body><main>{items}{link}<p>{'Words of a page. ' * 10}</p></main></body></html>"


PAGES = {
    URL: page(1, "?page=2"),
    f"{URL}?page=2": page(2, "https://example.com/news?page=3"),
    f"{URL}?page=3": page(3, "/news"),
}


async def read(site: dict[str, str] = PAGES, **options: Any) -> tuple[Reading, list[str]]:
    asked: list[str] = []

    async def get(url: str) -> Capture:
        asked.append(url)
        if url not in site:
            raise NotFoundError(f"{url}: 404", status=404, url=url)
        return Capture(url, url, "2026-11-24T12:00:00Z", 200, "new", site[url].encode())

    options = {"item": "article", "next": "a[rel=next]"} | options
    return await read_source(Source("s", "S", URL, "listing", "issuer", options=options), get), asked


async def test_one_page_when_nothing_else_is_said() -> None:
    reading, asked = await read()
    assert asked == [URL]
    assert [link.title for link in reading.links] == ["Story 1a", "Story 1b"]


async def test_as_many_pages_as_allowed() -> None:
    reading, asked = await read(pages=2)
    assert asked == [URL, f"{URL}?page=2"]
    assert reading.seen == 4


async def test_a_listing_that_leads_back_to_its_start_ends() -> None:
    reading, asked = await read(pages=50)
    assert len(asked) == 3
    assert [link.url[-2:] for link in reading.links] == ["1a", "1b", "2a", "2b", "3a", "3b"]


async def test_a_bad_further_page_leaves_the_first() -> None:
    reading, _ = await read({URL: PAGES[URL]}, pages=3)
    assert reading.seen == 2
    assert [(issue.kind, issue.level, issue.url) for issue in reading.issues] == [
        ("not_found", "warning", f"{URL}?page=2")
    ]


async def test_a_bad_first_page_is_an_error() -> None:
    with pytest.raises(NotFoundError):
        await read({}, pages=3)
