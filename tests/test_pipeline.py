from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db.failures import DatabaseError
from db.records import Capture, Document, Extraction, Link, Source
from db.schema import open_database
from db.store import Store
from ingest.assembly import run_pipeline
from ingest.errors import BlockedError
from ingest.home import Home
from ingest.lock import LockedError, hold
from ingest.pipeline import Choice, Pipeline
from ingest.printable import printable
from ingest.progress import Lines, Silence
from ingest.recheck import is_due
from ingest.run import Result, Run, recorded
from ingest.shelf import Shelf
from samples import PRESS, Clock, FakePages, digest, page, plain_article, plain_extract

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>%s</channel></rss>"""
BASE = "http://127.0.0.1/"


def feed(*names: str) -> bytes:
    items = "".join(
        f"<item><title>{name}</title><link>{BASE}{name}</link><pubDate>0{at} Nov 2026 09:00:00 GMT</pubDate></item>"
        for at, name in enumerate(names, start=1)
    )
    return (FEED % items).encode()


@pytest.fixture
def pages() -> FakePages:
    return FakePages(
        {
            f"{BASE}feed": feed("one", "two", "three"),
            f"{BASE}one": b"One\nIt spends $5 billion on 100 MW.",
            f"{BASE}two": b"Two\nIt spends $6 billion.",
            f"{BASE}three": b"Three\nIt pays \xe2\x82\xac30 million.",
        }
    )


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "a.db")


def ingest(
    db: Database,
    pages: FakePages,
    sources: tuple[Source, ...] = (PRESS,),
    *,
    choice: Choice | None = None,
    extract: Callable[[Document], Extraction] = plain_extract,
    read: Callable[[Capture, Link, Source], Document] = plain_article,
    named: tuple[Link, ...] | None = None,
) -> Result:
    store = Store(db)
    store.save_sources(sources, pages.clock.text())
    with recorded(store, pages.clock, "ingest") as run:
        pipeline = Pipeline(
            run, Shelf(store.captures, pages, pages), extract, "plain/1", read, Silence(), choice or Choice()
        )
        if named is None:
            asyncio.run(pipeline.ingest(sources))
        else:
            asyncio.run(pipeline.ingest_source(sources[0], named))
    assert run.result is not None
    return run.result


def issues(db: Database) -> list[tuple[Any, ...]]:
    return db.execute("SELECT level, kind, url FROM issues ORDER BY kind, url").fetchall()


def test_a_source_is_read_to_the_end(db: Database, pages: FakePages) -> None:
    result = ingest(db, pages)
    assert (result.exit_code, result.documents_new, result.claims_new, result.issues) == (0, 3, 4, 0)
    row = next(db.query("SELECT * FROM source_runs"))
    assert (row["links_seen"], row["new"], row["failed"], row["error"]) == (3, 3, 0, None)
    assert row["bytes"] == sum(len(body) for body in pages.pages.values())
    assert db.execute("SELECT count(*) FROM captures").fetchone() == (4,)
    run = next(db.query("SELECT * FROM runs"))
    assert (run["exit_code"], run["documents_new"], run["claims_new"], run["error"]) == (0, 3, 4, None)


def test_the_same_again_changes_nothing_but_the_book_of_the_runs(db: Database, pages: FakePages) -> None:
    ingest(db, pages)
    before = digest(db)
    pages.clock.forward(hours=6)
    pages.asked.clear()
    result = ingest(db, pages)
    assert (result.documents_new, result.documents_changed, result.documents_unchanged) == (0, 0, 3)
    assert len(pages.asked) == 4
    assert digest(db) == before
    assert [row[0] for row in db.execute("SELECT bytes FROM source_runs ORDER BY started_at")][1] == 0
    assert db.execute("SELECT count(*) FROM source_runs").fetchone() == (2,)


def test_a_changed_page_is_found_though_its_feed_is_unchanged(db: Database, pages: FakePages) -> None:
    ingest(db, pages)
    pages.clock.forward(hours=6)
    pages.pages[f"{BASE}one"] = b"One\nIt now spends $5 billion on 200 MW."
    result = ingest(db, pages)
    assert (result.documents_new, result.documents_changed, result.documents_unchanged) == (0, 1, 2)
    assert (result.claims_new, result.claims_retracted) == (1, 1)


def test_a_channel_whose_archive_is_gone_is_fetched_whole(db: Database, pages: FakePages) -> None:
    ingest(db, pages)
    pages.archive.clear()
    pages.pages[f"{BASE}one"] = b"One\nIt spends $7 billion."
    assert ingest(db, pages).documents_changed == 1


def test_a_page_that_fails_is_an_issue_and_the_run_goes_on(db: Database, pages: FakePages) -> None:
    gone = pages.pages.pop(f"{BASE}two")
    result = ingest(db, pages)
    assert (result.exit_code, result.documents_new, result.documents_failed) == (0, 2, 1)
    assert issues(db) == [("warning", "not_found", f"{BASE}two")]
    # What was stored of a page that is gone later stays, and the issue says which document it is.
    pages.pages[f"{BASE}two"] = gone
    ingest(db, pages)
    del pages.pages[f"{BASE}two"]
    ingest(db, pages)
    (named,) = db.execute("SELECT d.title FROM issues AS i JOIN documents AS d ON d.id = i.document_id").fetchall()
    assert named == ("Two",)
    assert db.execute("SELECT count(*) FROM claims WHERE retracted_at IS NULL").fetchone() == (4,)


def test_a_source_that_fails_is_an_error_and_the_others_go_on(db: Database, pages: FakePages) -> None:
    broken = replace(PRESS, slug="broken", url=f"{BASE}broken")
    pages.pages[f"{BASE}broken"] = b"<html><body>We have moved</body></html>"
    result = ingest(db, pages, (broken, PRESS))
    assert result.exit_code == 1
    assert list(result.source_errors) == ["broken"]
    assert result.documents_new == 3
    assert [(level, kind) for level, kind, _ in issues(db)] == [("error", "html_instead_of_feed")]
    errors = dict(db.execute("SELECT source, error FROM source_runs"))
    assert errors[PRESS.slug] is None
    assert "html_instead_of_feed" in errors["broken"]


def test_a_source_whose_pages_all_fail_has_failed(db: Database, pages: FakePages) -> None:
    pages.pages = {f"{BASE}feed": pages.pages[f"{BASE}feed"]}
    result = ingest(db, pages)
    assert (result.exit_code, result.documents_failed) == (1, 3)
    assert "all 3 documents failed, one with not_found: HTTP 404" in result.source_errors[PRESS.slug]


def test_an_empty_source_is_an_error(db: Database, pages: FakePages) -> None:
    pages.pages[f"{BASE}feed"] = feed()
    assert ingest(db, pages).exit_code == 1
    assert issues(db)[0][0] == "error"


def test_an_unexpected_error_is_critical_says_where_and_the_run_goes_on(db: Database, pages: FakePages) -> None:
    def clumsy(document: Document) -> Extraction:
        if document.title == "Two":
            raise ZeroDivisionError("division by zero")
        return plain_extract(document)

    result = ingest(db, pages, extract=clumsy)
    assert (result.exit_code, result.documents_new, result.documents_failed) == (1, 2, 1)
    level, kind, message = db.execute("SELECT level, kind, message FROM issues").fetchone()
    assert (level, kind) == ("critical", "unexpected")
    assert "ZeroDivisionError: division by zero [clumsy test_pipeline.py:" in message


def test_a_page_that_became_no_document_is_tried_again_and_stays_on_the_books(db: Database, pages: FakePages) -> None:
    pages.pages[f"{BASE}two"] = b"Only a title"
    ingest(db, pages)
    size = len(pages.archive)
    pages.clock.forward(hours=6)
    assert ingest(db, pages).documents_failed == 1
    assert db.execute("SELECT kind, count FROM issues").fetchall() == [("bad_document", 2)]
    assert len(pages.archive) == size
    pages.pages[f"{BASE}two"] = b"Two\nNow with $6 billion."
    assert ingest(db, pages).documents_new == 1


def test_a_known_page_that_can_no_longer_be_read_stays_on_the_books(db: Database, pages: FakePages) -> None:
    ingest(db, pages)
    pages.pages[f"{BASE}two"] = b"Only a title"
    for _ in range(3):
        pages.clock.forward(hours=6)
        assert ingest(db, pages).documents_failed == 1
    assert db.execute("SELECT kind, count FROM issues").fetchall() == [("bad_document", 3)]
    assert db.execute("SELECT count(*) FROM claims WHERE retracted_at IS NULL").fetchone() == (4,)
    pages.pages[f"{BASE}two"] = b"Two\nIt spends $6 billion."
    assert ingest(db, pages).documents_unchanged == 3


def test_a_bot_check_keeps_the_document_as_it_was(db: Database, pages: FakePages) -> None:
    ingest(db, pages)
    real = pages.get

    async def guarded(url: str, **rest: Any) -> Capture:
        if url.endswith("one"):
            raise BlockedError("a bot check in place of the page", url=url)
        return await real(url, **rest)

    before = digest(db, ("runs", "source_runs", "issues"))
    pages.get = guarded  # type: ignore[method-assign]
    assert ingest(db, pages).documents_failed == 1
    assert digest(db, ("runs", "source_runs", "issues")) == before
    assert issues(db) == [("error", "bot_check", f"{BASE}one")]


def test_a_date_in_the_future_is_left_out(db: Database, pages: FakePages) -> None:
    def dated(capture: Capture, link: Link, source: Source) -> Document:
        return replace(plain_article(capture, link, source), published_at="2031-01-01")

    ingest(db, pages, read=dated)
    assert db.execute("SELECT count(*) FROM documents WHERE published_at IS NOT NULL").fetchone() == (0,)
    assert {kind for _, kind, _ in issues(db)} == {"future_date"}


def test_what_sqlite_cannot_hold_is_replaced_in_place() -> None:
    document = page("a\x00b \ud800 $5 billion")
    cleaned = printable(document)
    assert cleaned.text == "a b \ufffd $5 billion"
    assert len(cleaned.text) == len(document.text)


def test_two_sources_that_name_one_page_make_one_document_of_the_better(db: Database, pages: FakePages) -> None:
    maker = replace(PRESS, slug="maker", publisher="Maker", url=f"{BASE}maker", tier="issuer")
    pages.pages[f"{BASE}maker"] = feed("one")
    for sources in ((PRESS, maker), (maker, PRESS)):
        ingest(db, pages, sources)
        assert db.execute("SELECT source, publisher FROM documents WHERE url LIKE '%one'").fetchall() == [
            ("maker", "Maker")
        ]
    assert db.execute("SELECT count(*) FROM documents").fetchone() == (3,)


def test_only_what_is_wanted_is_taken(db: Database, pages: FakePages) -> None:
    assert ingest(db, pages, choice=Choice(limit=1)).documents_new == 1
    assert ingest(db, pages, choice=Choice(since=date(2026, 11, 3))).documents_new == 1
    assert Choice(since=date(2026, 1, 1)).of([Link("x"), Link("y", published_at="2025-12-31")]) == [Link("x")]
    assert Choice().narrowed(PRESS) is PRESS
    assert Choice(since=date(2026, 1, 1)).narrowed(PRESS).options["since"] == "2026-01-01"
    late = replace(PRESS, options={"since": "2026-06-01"})
    assert Choice(since=date(2026, 1, 1)).narrowed(late).options["since"] == "2026-06-01"


def test_an_item_that_carries_its_text_is_not_fetched(db: Database, pages: FakePages, tmp_path: Path) -> None:
    original = f"{BASE}one"
    brief = Link("chronicle:1", "A brief", "2026-11-01", "It spends $5 billion.", "Maker", original)
    ingest(db, pages, named=(brief,))
    assert pages.asked == []
    ingest(db, pages)
    rows = db.execute("SELECT origin, url, canonical_url, publisher FROM documents ORDER BY origin").fetchall()
    assert rows[0] == ("chronicle", "chronicle:1", original, "Maker")
    assert ("page", original, original, PRESS.publisher) in rows


def test_an_old_page_is_asked_for_once_a_week(db: Database, pages: FakePages) -> None:
    ingest(db, pages)
    pages.clock.forward(days=60)
    asked = []
    for _ in range(7):
        pages.asked.clear()
        assert ingest(db, pages).documents_unchanged == 3
        asked += [url for url in pages.asked if not url.endswith("feed")]
        pages.clock.forward(days=1)
    assert sorted(asked) == [f"{BASE}one", f"{BASE}three", f"{BASE}two"]
    assert is_due("x", date(2026, 11, 1), date(2026, 11, 30))


# -- kills -----------------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """As abrupt as a signal: nothing on the way may catch it and go on."""


@pytest.mark.parametrize("at", range(1, 4))
def test_a_kill_loses_nothing_and_the_next_run_does_the_rest(
    db: Database, pages: FakePages, tmp_path: Path, at: int
) -> None:
    whole = open_database(tmp_path / "whole.db")
    ingest(whole, pages)
    pages.archive.clear()
    calls = 0

    def dying(document: Document) -> Extraction:
        nonlocal calls
        calls += 1
        if calls >= at:
            raise Killed
        return plain_extract(document)

    with pytest.raises(BaseExceptionGroup) as killed:
        ingest(db, pages, extract=dying)
    assert killed.value.subgroup(Killed) is not None
    assert db.execute("SELECT count(*) FROM documents").fetchone() == (at - 1,)
    assert db.execute("SELECT * FROM check_quotes").fetchall() == []
    assert ingest(db, pages).exit_code == 0
    assert digest(db, ("runs", "source_runs", "captures")) == digest(whole, ("runs", "source_runs", "captures"))


def test_a_database_that_fails_ends_the_run(db: Database, pages: FakePages, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Store, "save_document", full)
    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        ingest(db, pages)
    exit_code, error = db.execute("SELECT exit_code, error FROM runs").fetchone()
    assert exit_code == 1
    assert "disk is full" in error


def test_knowledge_that_cannot_be_made_leaves_the_evidence_and_fails_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.knowledge.rebuild", lambda db, today, whole: {}["no such rule"])
    brief = Link("chronicle:1", "A brief", "2026-11-01", "It spends $5 billion on a data center.", "Maker")
    home = Home.at(tmp_path / "a.db")
    result = run_pipeline(home, [], command="test", progress=Silence(), named=[(PRESS, [brief])], clock=Clock())
    assert (result.exit_code, result.documents_new) == (1, 1)
    db = open_database(home.database)
    level, message = db.execute("SELECT level, message FROM issues").fetchone()
    assert level == "critical"
    assert "KeyError: 'no such rule'" in message


# -- the lock --------------------------------------------------------------------------------------------------------


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with (
        hold(tmp_path / "a.db", "ingest", "2026-11-24T12:00:00Z"),
        pytest.raises(LockedError, match=r"pid \d+, `ingest`, since 2026-11-24T12:00:00Z"),
        hold(tmp_path / "a.db", "rebuild", "2026-11-24T13:00:00Z"),
    ):
        raise AssertionError("both hold the lock")
    with hold(tmp_path / "a.db", "rebuild", "2026-11-24T14:00:00Z"):
        assert LockedError.exit_code == 75


def test_a_folder_without_room_for_a_lock_is_named(tmp_path: Path) -> None:
    # A folder in the place of the lock is as good as a folder that may not be written, also for root.
    (tmp_path / "a.db.lock").mkdir()
    with pytest.raises(DatabaseError, match="nothing may be written beside it"), hold(tmp_path / "a.db", "x", "now"):
        raise AssertionError("held")


# -- what is seen ----------------------------------------------------------------------------------------------------


def test_lines_for_a_log(capsys: pytest.CaptureFixture[str], db: Database, pages: FakePages) -> None:
    import sys

    store = Store(db)
    store.save_source(PRESS)
    with recorded(store, Clock(), "ingest") as run:
        pipeline = Pipeline(
            run, Shelf(store.captures, pages, pages), plain_extract, "plain/1", plain_article, Lines(sys.stderr)
        )
        asyncio.run(pipeline.ingest([PRESS]))
    assert isinstance(run, Run)
    assert capsys.readouterr().err == "example-press: 3 seen, 3 new\n"
