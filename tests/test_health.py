from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from db.health import Health, health_of_sources
from db.ledger import SourceCounts
from db.records import Issue, Source
from db.schema import open_database
from db.store import BY_HAND, Store
from samples import NOW, PRESS, page, plain_extract

START = datetime.fromisoformat(NOW)
WEEKLY = replace(PRESS, cadence_hours=168)


def at(days: float) -> str:
    return (START + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def db() -> Database:
    db = open_database(":memory:")
    Store(db).save_source(WEEKLY)
    return db


def ran(
    db: Database, days: float, *, error: str | None = None, brings: str | None = None, source: Source = WEEKLY
) -> None:
    store = Store(db)
    run = store.ledger.start_run("ingest", "0.1", at(days))
    if brings:
        document = page(brings, f"https://example.com/{days}")
        store.save_document(document, plain_extract(document), now=at(days), extractor="t/1", source=source.slug)
    store.ledger.save_source_run(run, source.slug, at(days), 1.0, SourceCounts(links_seen=7), error)


def health(db: Database, days: float) -> Health:
    (found,) = health_of_sources(db, START + timedelta(days=days))
    return found


def test_a_source_that_nobody_has_read_is_not_run(db: Database) -> None:
    assert health(db, 0).state == "not_run"


def test_a_source_is_well_while_it_brings_something_in_its_time(db: Database) -> None:
    ran(db, 0, brings="A")
    ran(db, 6)
    assert health(db, 6.5) == Health(WEEKLY.slug, "well", "7 items seen", 1, 0, at(6), at(6), at(0))


def test_a_source_that_brings_nothing_for_longer_than_its_time_is_silent(db: Database) -> None:
    ran(db, 0, brings="A")
    ran(db, 8)
    found = health(db, 8)
    assert (found.state, found.why) == (
        "silent", "nothing new since 2026-11-24, and it should bring something every 7 days"
    )  # fmt: skip
    ran(db, 9, brings="B")
    assert health(db, 9).state == "well"


def test_a_source_that_never_brought_anything_is_silent_from_its_first_run_on(db: Database) -> None:
    ran(db, 0)
    assert health(db, 6).state == "well"
    assert health(db, 8).state == "silent"


def test_a_source_that_brings_pages_of_others_or_no_pages_at_all_is_not_silent(db: Database) -> None:
    store = Store(db)
    ran(db, 0)
    run = store.ledger.start_run("ingest", "0.1", at(9))
    store.ledger.save_source_run(run, WEEKLY.slug, at(9), 1.0, SourceCounts(links_seen=7, new=1), None)
    assert health(db, 10).state == "well"


def test_a_source_whose_last_run_failed_is_failing_and_says_why(db: Database) -> None:
    ran(db, 0, brings="A")
    ran(db, 1, error="html_instead_of_feed: a page")
    found = health(db, 1)
    assert (found.state, found.why, found.last_good_run_at) == ("failing", "html_instead_of_feed: a page", at(0))
    ran(db, 2)
    assert health(db, 2).state == "well"


def test_issues_of_the_last_run_are_open_and_older_ones_are_not(db: Database) -> None:
    ledger = Store(db).ledger
    ran(db, 0)
    ledger.save_issue(Issue("not_found", "HTTP 404", "warning", WEEKLY.slug, "https://a.example/"), None, at(0))
    ledger.save_issue(Issue("note", "by the way", "info", WEEKLY.slug), None, at(0))
    assert health(db, 0).open_issues == 1
    ran(db, 1)
    assert health(db, 1).open_issues == 0


def test_retired_sources_and_pages_by_hand_are_not_judged(db: Database) -> None:
    store = Store(db)
    store.save_source(replace(WEEKLY, slug="hand", reader=BY_HAND))
    store.save_source(replace(WEEKLY, slug="old"))
    store.save_sources([WEEKLY], at(1))
    assert [one.source for one in health_of_sources(db, START)] == [WEEKLY.slug]
