"""
What the site gives out, held against the standards by other people's parsers: HTML, Atom, iCalendar, data packages.

`.ci/validate` goes further with the Nu Html Checker, which needs Java.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import feedparser
import frictionless
import html5lib
import icalendar
import pytest
import pytest_asyncio
from datasette.app import Datasette

import small_base
from db.export import Format, export_database
from db.schema import open_database, open_for_reading
from site_pages import EMPTY, PAGES


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = small_base.build(tmp_path_factory.mktemp("valid") / "gigawatch.db")
    small_base.add_totals(path)
    return path


@pytest_asyncio.fixture
async def served(full: Path) -> AsyncIterator[Any]:
    datasette = Datasette([str(full)])
    await datasette.invoke_startup()
    yield datasette


@pytest_asyncio.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Any]:
    datasette = Datasette([str(small_base.build_empty(tmp_path / "gigawatch.db"))])
    await datasette.invoke_startup()
    yield datasette


def assert_html(text: str, path: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    assert [(place, code) for place, code, _ in parser.errors] == [], path
    assert not [time for time in tree.iter("time") if not time.get("datetime")], path


@pytest.mark.parametrize("path", PAGES)
async def test_pages_are_html(served: Any, path: str) -> None:
    assert_html((await served.client.get(path)).text, path)


@pytest.mark.parametrize("path", [path for path in EMPTY if "." not in path])
async def test_pages_of_an_empty_base_are_html(empty: Any, path: str) -> None:
    assert_html((await empty.client.get(path)).text, path)


async def test_pages_about_things_without_dates_are_html(tmp_path: Path) -> None:
    path = small_base.build(tmp_path / "gigawatch.db")
    db = open_database(path)
    db.execute("UPDATE documents SET published_at = NULL, publisher = NULL")
    db.execute("UPDATE announcements SET announced_on = NULL")
    db.execute("UPDATE project_status SET happened_on = NULL")
    db.close()
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    for page in PAGES:
        assert_html((await datasette.client.get(page)).text, page)


@pytest.mark.parametrize("name", ["announcements", "figures", "status"])
async def test_feeds_are_well_formed(served: Any, empty: Any, name: str) -> None:
    for datasette in (served, empty):
        feed = feedparser.parse((await datasette.client.get(f"/feeds/{name}.atom")).content)
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert feed.feed.updated.startswith("20")
        assert {"id", "title", "links", "rights_detail"} <= feed.feed.keys()


async def test_calendar_is_icalendar(served: Any, empty: Any) -> None:
    for datasette, events in ((served, 3), (empty, 0)):
        calendar = icalendar.Calendar.from_ical((await datasette.client.get("/feeds/openings.ics")).content)
        found = calendar.walk("VEVENT")
        assert len(found) == len({event["UID"] for event in found}) == events
        for part in (calendar, *found):
            assert part.errors == []
            assert [name for name in part.required if name not in part] == []
        for event in found:
            assert event.decoded("DTEND") > event.decoded("DTSTART")


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("filled", [True, False])
def test_exports_are_data_packages(full: Path, tmp_path: Path, file_format: Format, filled: bool) -> None:
    db = open_for_reading(full) if filled else open_database(":memory:")
    export_database(db, tmp_path / "out", file_format)
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])[:10]
    assert len(report.tasks) > 30
