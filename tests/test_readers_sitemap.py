"""Sitemap indexes: which files are read, how deep, and what one bad file costs."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from db.records import Capture, Source
from ingest.errors import IngestError, NotFoundError
from ingest.readers import Reading, read_source

ROOT = "https://example.com/sitemap.xml"


def index(*files: tuple[str, str]) -> bytes:
    rows = "".join(f"<sitemap><loc>{url}</loc><lastmod>{day}</lastmod></sitemap>" for url, day in files)
    return f"<sitemapindex>{rows}</sitemapindex>".encode()


def urlset(*urls: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode()


async def read(pages: dict[str, bytes], **options: Any) -> tuple[Reading, list[str]]:
    asked: list[str] = []

    async def get(url: str) -> Capture:
        asked.append(url)
        if url not in pages:
            raise NotFoundError(f"{url}: 404", status=404, url=url)
        return Capture(url, url, "2026-11-24T12:00:00Z", 200, "new", pages[url])

    return await read_source(Source("s", "S", ROOT, "sitemap", "issuer", options=options), get), asked


async def test_an_index_is_followed_newest_first_and_unpacked() -> None:
    pages = {
        ROOT: index(("/old.xml", "2026-01-01"), ("/new.xml.gz", "2026-11-01")),
        "https://example.com/old.xml": urlset("https://example.com/old"),
        "https://example.com/new.xml.gz": gzip.compress(urlset("https://example.com/new")),
    }
    reading, asked = await read(pages)
    assert [link.url for link in reading.links] == ["https://example.com/new", "https://example.com/old"]
    assert asked == [ROOT, "https://example.com/new.xml.gz", "https://example.com/old.xml"]
    assert reading.issues == ()


async def test_old_and_unwanted_files_are_not_fetched() -> None:
    pages = {
        ROOT: index(("/news-1.xml", "2024-12-31"), ("/news-2.xml", "2026-06-01"), ("/shop.xml", "2026-06-01")),
        "https://example.com/news-2.xml": urlset("https://example.com/b"),
    }
    reading, asked = await read(pages, since="2025-01-01", only=("*news*",))
    assert asked == [ROOT, "https://example.com/news-2.xml"]
    assert reading.issues == ()
    reading, asked = await read(pages, since="2026-12-01", only=("*news*",))
    assert (reading.links, reading.issues, asked) == ((), (), [ROOT])
    reading, _ = await read(pages, since="2025-01-01", only=("*news*",))
    assert [link.url for link in reading.links] == ["https://example.com/b"]


async def test_one_bad_file_leaves_the_others() -> None:
    pages = {
        ROOT: index(("/gone.xml", "2026-11-01"), ("/cut.xml.gz", "2026-10-01"), ("/good.xml", "2026-09-01")),
        "https://example.com/cut.xml.gz": gzip.compress(urlset("https://example.com/a") * 50)[:-12],
        "https://example.com/good.xml": urlset("https://example.com/good"),
    }
    reading, _ = await read(pages)
    assert [link.url for link in reading.links] == ["https://example.com/good"]
    assert [issue.kind for issue in reading.issues] == ["not_found", "truncated"]
    assert [issue.url for issue in reading.issues] == [
        "https://example.com/gone.xml",
        "https://example.com/cut.xml.gz",
    ]


async def test_an_index_that_names_itself_ends() -> None:
    pages = {
        ROOT: index((ROOT, "2026-11-01"), ("/a.xml", "2026-11-01")),
        "https://example.com/a.xml": index((ROOT, "2026-01-01")),
    }
    reading, asked = await read(pages)
    assert len(asked) == 2
    assert [issue.kind for issue in reading.issues] == ["too_few_links"]


async def test_indexes_without_end_are_cut_off() -> None:
    pages = {ROOT: index(("/1.xml", "2026-11-01"))}
    pages |= {f"https://example.com/{n}.xml": index((f"/{n + 1}.xml", "2026-11-01")) for n in range(1, 20)}
    reading, asked = await read(pages)
    assert len(asked) == 4
    assert [issue.kind for issue in reading.issues] == ["sitemap_too_deep", "too_few_links"]


async def test_no_more_files_than_allowed() -> None:
    pages = {ROOT: index(*((f"/{n}.xml", f"2026-01-{n:02}") for n in range(1, 20)))}
    pages |= {f"https://example.com/{n}.xml": urlset(f"https://example.com/p{n}") for n in range(1, 20)}
    reading, asked = await read(pages, files=3)
    assert asked[1:] == [f"https://example.com/{n}.xml" for n in (19, 18, 17)]
    assert [issue.kind for issue in reading.issues] == ["sitemap_too_many_files"]
    assert "3 that were read" in reading.issues[0].message


async def test_a_cut_gzip_is_an_error_and_names_the_file() -> None:
    with pytest.raises(IngestError, match=r"sitemap\.xml") as raised:
        await read({ROOT: gzip.compress(urlset("https://example.com/a") * 50)[:-12]})
    assert raised.value.kind == "truncated"
