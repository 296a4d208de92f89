"""EDGAR: from a company's submissions to the documents that hold its news."""

from __future__ import annotations

import json
from typing import Any

import pytest

from db.records import Capture, Source
from ingest.errors import ListingError, NotFoundError
from ingest.readers import Reading, read_source

URL = "https://data.sec.gov/submissions/CIK0001234567.json"
FOLDER = "https://www.sec.gov/Archives/edgar/data/1234567"

Row = tuple[str, str, str, str, str]
FILINGS: list[Row] = [
    ("0001234567-26-000009", "4", "2026-11-10", "", "form4.xml"),
    ("0001234567-26-000008", "10-Q", "2026-11-05", "", "exm-20260930.htm"),
    ("0001234567-26-000007", "8-K", "2026-11-05", "2.02,9.01", "exm-20261105.htm"),
    ("0001234567-26-000006", "8-K", "2026-10-20", "5.02", "exm-20261020.htm"),
    ("0001234567-26-000005", "8-K/A", "2026-09-15", "1.01, 7.01", "exm-20260915.htm"),
    ("0001234567-26-000004", "6-K", "2026-08-01", "", "form6k.htm"),
]


def submissions(rows: list[Row] = FILINGS) -> dict[str, Any]:
    names = ("accessionNumber", "form", "filingDate", "items", "primaryDocument")
    recent = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return {"cik": "0001234567", "name": "EXAMPLE COMPUTE INC", "filings": {"recent": recent, "files": []}}


def folder(*names: str) -> dict[str, Any]:
    item = [{"name": name, "type": "text.gif", "size": "1", "last-modified": "2026-11-05 16:05:00"} for name in names]
    return {"directory": {"name": "/Archives/edgar/data/1234567/x", "item": item}}


def index_page(*documents: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<tr><td>{words}</td><td><a href="{address}">{address.rpartition("/")[2]}</a></td><td>{kind}</td></tr>'
        for words, address, kind in documents
    )
    head = "<tr><th>Description</th><th>Document</th><th>Type</th></tr>"
    return f'<html><body><table class="tableFile">{head}{rows}</table></body></html>'


PAGES: dict[str, Any] = {
    URL: submissions(),
    f"{FOLDER}/000123456726000007/index.json": folder(
        "0001234567-26-000007-index.htm", "exm-20261105.htm", "exm-ex99_1.htm", "d1dex992.htm", "exm-ex10_1.htm",
        "R1.htm", "../../elsewhere.htm", "exm-ex99.htm?next=1", "exm-20261105.xsd", "logo.jpg",
    ),
    f"{FOLDER}/000123456726000005/index.json": folder("exm-20260915.htm", "a991pressrelease.htm"),
    f"{FOLDER}/000123456726000004/index.json": folder("form6k.htm", "secondquarter.htm", "consent.htm"),
    f"{FOLDER}/000123456726000004/0001234567-26-000004-index.htm": index_page(
        ("FORM 6-K", "/ix?doc=/Archives/edgar/data/1234567/000123456726000004/form6k.htm", "6-K"),
        ("RESULTS", "/Archives/edgar/data/1234567/000123456726000004/secondquarter.htm", "EX-99.1"),
        ("CONSENT", "/Archives/edgar/data/1234567/000123456726000004/consent.htm", "EX-23.1"),
    ),
}  # fmt: skip


async def read(pages: dict[str, Any] = PAGES, **options: Any) -> tuple[Reading, list[str]]:
    asked: list[str] = []

    async def get(url: str) -> Capture:
        asked.append(url)
        if url not in pages:
            raise NotFoundError(f"{url}: 404", status=404, url=url)
        body = pages[url] if isinstance(pages[url], str) else json.dumps(pages[url])
        return Capture(url, url, "2026-11-24T12:00:00Z", 200, "new", body.encode())

    return await read_source(Source("edgar-example", "Example", URL, "edgar", "regulator", options=options), get), asked


async def test_main_documents_and_exhibits() -> None:
    reading, _ = await read()
    assert [link.url.removeprefix(FOLDER) for link in reading.links] == [
        "/000123456726000008/exm-20260930.htm",
        "/000123456726000007/exm-20261105.htm",
        "/000123456726000007/exm-ex99_1.htm",
        "/000123456726000007/d1dex992.htm",
        "/000123456726000005/exm-20260915.htm",
        "/000123456726000005/a991pressrelease.htm",
        "/000123456726000004/form6k.htm",
        "/000123456726000004/secondquarter.htm",
    ]
    assert reading.issues == ()
    press = reading.links[2]
    assert press.title == "Example: 8-K of 2026-11-05 (Results of operations), exhibit 99"
    assert press.published_at == "2026-11-05"
    assert press.publisher == "Example"


async def test_the_index_page_is_asked_only_where_names_do_not_tell() -> None:
    _, asked = await read()
    assert [url for url in asked if url.endswith("-index.htm")] == [
        f"{FOLDER}/000123456726000004/0001234567-26-000004-index.htm"
    ]


async def test_forms_items_newest_and_since() -> None:
    reading, _ = await read(forms=("10-Q",))
    assert [link.published_at for link in reading.links] == ["2026-11-05"]
    reading, asked = await read(forms=("8-K",), items=("1.01",))
    assert {link.published_at for link in reading.links} == {"2026-09-15"}
    assert len(asked) == 2
    reading, _ = await read(newest=1)
    assert len(reading.links) == 1
    reading, _ = await read(since="2026-11-01")
    assert {link.published_at for link in reading.links} == {"2026-11-05"}
    reading, asked = await read(since="2026-12-01")
    assert (reading.links, reading.issues, len(asked)) == ((), (), 1)


async def test_a_missing_index_costs_only_its_exhibits() -> None:
    pages = {url: page for url, page in PAGES.items() if "000123456726000007/" not in url}
    reading, _ = await read(pages)
    assert f"{FOLDER}/000123456726000007/exm-20261105.htm" in {link.url for link in reading.links}
    assert [issue.kind for issue in reading.issues] == ["no_exhibits"]
    assert "8-K of 2026-11-05" in reading.issues[0].message


async def test_a_company_without_such_filings_is_said_to_be_silent() -> None:
    reading, _ = await read({URL: submissions(FILINGS[:1])})
    assert [(issue.kind, issue.level) for issue in reading.issues] == [("too_few_links", "error")]


@pytest.mark.parametrize("page", ["<html>Undeclared tool</html>", {"cik": "1"}, [], {**submissions(), "cik": "x"}])
async def test_anything_else_is_no_submissions_answer(page: Any) -> None:
    with pytest.raises(ListingError, match="submissions answer") as raised:
        await read({URL: page})
    assert raised.value.kind == "unreadable_submissions"


async def test_a_column_that_is_too_short_moves_no_date() -> None:
    page = submissions()
    page["filings"]["recent"]["filingDate"].pop()
    with pytest.raises(ListingError):
        await read({URL: page})
