"""Epoch AI's tables through the reader and a whole run."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from db.records import Capture, Source
from ingest.assembly import run_pipeline
from ingest.errors import ListingError
from ingest.home import Home, Network
from ingest.progress import Silence
from ingest.readers import read_source
from test_knowledge_epoch import SITES

URL = "https://epoch.example/data/data_centers.csv"
SOURCE = Source("epoch-sites", "Epoch AI", URL, "epoch", "aggregator", min_links=3, max_links=10)


def getter(body: bytes):
    async def get(url: str) -> Capture:
        return Capture(url, url, "2026-08-24T00:00:00Z", 200, "new", body, "text/csv")

    return get


async def test_the_file_is_carried_whole():
    reading = await read_source(SOURCE, getter(SITES.encode()))
    assert reading.files == {"data_centers.csv": SITES.replace("\r\n", "\n")} or reading.files == {
        "data_centers.csv": SITES
    }
    assert (reading.links, reading.issues, reading.seen) == ((), (), 3)


async def test_too_few_rows_are_an_error():
    reading = await read_source(SOURCE, getter(SITES.split("\n")[0].encode()))
    assert [(issue.kind, issue.level) for issue in reading.issues] == [("too_few_rows", "error")]


async def test_a_page_in_place_of_the_file_is_refused():
    with pytest.raises(ListingError, match="a web page came"):
        await read_source(SOURCE, getter(b"<!doctype html><title>Moved</title>"))


@pytest.mark.parametrize(("body", "sites", "code"), [(SITES, 3, 0), ("a,b\n1,2\n3,4\n5,6\n", 0, 1)])
def test_a_run_keeps_the_tables_and_makes_no_documents(httpserver, tmp_path: Path, body: str, sites: int, code: int):
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/data_centers.csv").respond_with_data(body, content_type="text/csv")
    source = Source(
        "epoch-sites", "Epoch AI", httpserver.url_for("/data_centers.csv"), "epoch", "aggregator", min_links=3
    )
    home = Home.at(tmp_path / "g.db", None)
    for _ in range(2):
        network = Network(allow_private=True, interval_seconds=0)
        result = run_pipeline(home, [source], command="ingest", progress=Silence(), network=network)
        assert result.exit_code == code
    db = Database(tmp_path / "g.db")
    assert db["epoch_sites"].count == sites
    assert db["epoch_imports"].count == (1 if sites else 0)
    assert db["documents"].count == db["claims"].count == 0
    if code:
        assert "none of Epoch's files" in next(iter(db.query("SELECT message FROM issues")))["message"]
