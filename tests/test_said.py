"""The day a figure was said, and the figures of each company, follow the evidence after every statement."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

import small_base
from db.migrations import migrations
from db.schema import open_database

CLAIM = "SELECT claim_id FROM claim_companies WHERE company_id = 'openai' ORDER BY claim_id LIMIT 1"
CHANGES = {
    "a document's day": "UPDATE documents SET published_at = '2024-02-29T10:00:00Z'",
    "no day at all": "UPDATE documents SET published_at = NULL",
    "a claim withdrawn": f"UPDATE claims SET retracted_at = '2026-11-21T00:00:00Z' WHERE id = ({CLAIM})",
    "all withdrawn, one back": "UPDATE claims SET retracted_at = '2026-11-21T00:00:00Z'; "
    f"UPDATE claims SET retracted_at = NULL WHERE id = ({CLAIM})",
    "another rate of exchange": "UPDATE claims SET usd_max = usd_max * 1.1 WHERE usd_max IS NOT NULL",
    "a name not known any more": "UPDATE claim_companies SET company_id = NULL WHERE company_id = 'openai'",
    "a name that is another company": "UPDATE claim_companies SET company_id = 'meta' WHERE company_id = 'openai'",
    "one company by two names": "INSERT INTO claim_companies (claim_id, position, name, company_id) "
    "SELECT claim_id, position + 50, name, company_id FROM claim_companies; "
    "DELETE FROM claim_companies WHERE position < 50",
    "names written anew": "DELETE FROM claim_companies",
    "a statement with a conflict clause of its own": "INSERT OR REPLACE INTO claim_companies "
    "(claim_id, position, name, company_id) SELECT claim_id, position + 50, name, company_id FROM claim_companies; "
    "UPDATE OR REPLACE claims SET usd_max = 7 WHERE usd_max IS NOT NULL",
}


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(small_base.build(tmp_path / "gigawatch.db"))


@pytest.mark.parametrize("change", CHANGES)
def test_both_follow_every_change(db: Database, change: str) -> None:
    before = db.execute("SELECT * FROM company_claims").fetchall()
    assert before
    assert db.execute("SELECT * FROM check_said").fetchall() == []
    db.executescript(CHANGES[change])
    assert db.execute("SELECT * FROM check_said").fetchall() == []


def test_the_check_finds_what_is_amiss(db: Database) -> None:
    claim = db.execute(CLAIM).fetchone()[0]
    db.execute("UPDATE company_claims SET usd = 1 WHERE claim_id = ?", [claim])
    db.execute("INSERT INTO company_claims VALUES ('nobody', 'none', 'none', NULL, '', 'capex', NULL)")
    found = db.execute("SELECT claim_id, company_id FROM check_said").fetchall()
    assert {claim, "none"} == {row[0] for row in found}


def test_a_database_of_the_version_before_gets_both(tmp_path: Path) -> None:
    db = Database(tmp_path / "a.db")
    migrations.apply(db, stop_before="m012_said")
    db["companies"].insert({"id": "one", "name": "One"})
    common = {"text": "", "text_sha256": "", "origin": "page", "first_seen": "", "last_seen": "", "title": ""}
    db["documents"].insert(
        {"id": "d", "url": "", "canonical_url": "", "published_at": "2025-03-04T05:06:07Z", **common}
    )
    said = {"unit": "USD", "qualifier": "exact", "quote": "", "start": 0, "end": 0, "origin": "", "confidence": 1.0}
    for key, gone in (("c", None), ("gone", "2026-01-01")):
        claim = {"id": key, "document_id": "d", "metric": "contract", "usd_min": 5.0, "retracted_at": gone}
        db["claims"].insert({**claim, **said, "first_seen": ""})
        db["claim_companies"].insert({"claim_id": key, "position": 0, "name": "One", "company_id": "one"})
    db["tallies"].insert({"relation": "claims", "column_name": "", "value": "", "rows": 2})
    db["projects"].insert({"id": "p", "name": "P"})
    history = {"project_id": "p", "metric": "online", "said_on": "2025-03-04", "standing": "", "stage": ""}
    for key, day in (("c", "2027-01-31"), ("gone", "2028-12-31")):
        db["figure_history"].insert(
            {**history, "claim_id": key, "period_end": day, "unit": "date", "qualifier": "exact"}
        )
    db.close()
    db = open_database(tmp_path / "a.db")
    counted = "SELECT rows FROM tallies WHERE relation = 'company_claims'"
    assert db.execute(counted).fetchall() == [(1,)], "what a rebuild keeps is there before the next"
    assert db.execute("SELECT project_id, earliest_stated_end, different_dates FROM opening_dates").fetchall() == [
        ("p", "2027-01-31", 2)
    ]
    assert db.execute("SELECT * FROM company_claims").fetchall() == [
        ("one", "c", "d", "2025-03-04", "", "contract", 5.0)
    ]
    assert db.execute("SELECT DISTINCT said_on FROM claims").fetchall() == [("2025-03-04",)]
