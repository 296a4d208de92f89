"""What is kept at a rebuild says the same as the view it is kept from, and nothing is written when nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_base
from db.kept import KEPT, refresh
from db.schema import open_database


@pytest.mark.parametrize("table", KEPT)
def test_kept_tables_say_what_their_views_say(tmp_path: Path, table: str) -> None:
    db = open_database(small_base.build(tmp_path / "gigawatch.db"))
    columns = ", ".join(f'"{column.name}"' for column in db[table].columns)
    kept = db.execute(f"SELECT {columns} FROM {table}").fetchall()
    assert sorted(kept, key=repr) == sorted(db.execute(f"SELECT {columns} FROM live_{table}").fetchall(), key=repr)
    assert kept


def test_refresh_follows_the_evidence_and_then_rests(tmp_path: Path) -> None:
    db = open_database(small_base.build(tmp_path / "gigawatch.db"))
    before = db.conn.total_changes
    refresh(db)
    assert db.conn.total_changes == before
    db.execute("UPDATE claims SET retracted_at = '2026-11-21T00:00:00Z' WHERE project_id = 'hyperion'")
    db.execute("DELETE FROM project_companies WHERE project_id = 'quiet-site'")
    db.execute("DELETE FROM projects WHERE id = 'quiet-site'")
    assert list(db.query("SELECT * FROM check_kept"))
    refresh(db)
    rows = {row["project_id"]: row["claims"] for row in db.query("SELECT project_id, claims FROM project_overview")}
    assert rows["hyperion"] == 0
    assert "quiet-site" not in rows
    counted = dict(db.execute("SELECT name, value FROM counts").fetchall())
    assert counted["figures"] == db.execute("SELECT count(*) FROM claims WHERE retracted_at IS NULL").fetchone()[0]


CHANGES = (
    "UPDATE claims SET country = 'NO', admin1 = NULL WHERE country IS NOT NULL AND id = (SELECT min(id) FROM claims)",
    "UPDATE claims SET metric = 'power', status = 'operating'",
    "UPDATE claims SET confidence = 0.31",
    "UPDATE claims SET quote = quote || '.'",
    "UPDATE claims SET project_id = NULL",
    "UPDATE claims SET place_id = (SELECT max(id) FROM places)",
    "UPDATE documents SET published_at = '2031-01-01', publisher = 'Another', kind = 'other', tier = NULL",
    "UPDATE companies SET name = name || ' Inc.'",
    "UPDATE projects SET name = 'The ' || name",
    "UPDATE projects SET place_id = NULL",
    "UPDATE places SET latitude = 1.0, name = name || ' City'",
    "UPDATE chips SET year = 2031",
    "UPDATE announcements SET kind = 'other'",
    "UPDATE totals SET claim_count = claim_count + 1, stage = 'spent' WHERE id = (SELECT min(id) FROM totals)",
    "UPDATE figure_history SET standing = 'revised', said_on = '2020-01-01', value_max = 1.0",
    "UPDATE figure_history SET period_end = '2033-01-01' WHERE metric = 'online'",
    "UPDATE figures SET headline = 0, value_max = value_max * 2",
    "UPDATE project_marks SET mark = 'silent'",
    "UPDATE claim_companies SET company_id = (SELECT min(id) FROM companies), role = 'tenant'",
    "UPDATE claim_links SET linked_to = 'market'",
    "DELETE FROM overlaps",
    "DELETE FROM figure_versions",
    "DELETE FROM document_mentions",
    "DELETE FROM captures",
)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_worked_out_anew(tmp_path: Path, change: str) -> None:
    db = open_database(small_base.build(tmp_path / "gigawatch.db"))
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(change)
    refresh(db)
    assert list(db.query("SELECT * FROM check_kept")) == []
    assert list(db.query("SELECT * FROM _changed")) == []


def test_only_what_is_touched_is_looked_at(tmp_path: Path) -> None:
    db = open_database(small_base.build(tmp_path / "gigawatch.db"))
    db.execute("UPDATE project_overview SET claims = 99 WHERE project_id = 'hyperion'")
    refresh(db)
    assert list(db.query("SELECT * FROM check_kept")), "nothing was noted of it"
    refresh(db, whole=True)
    assert list(db.query("SELECT * FROM check_kept")) == []


def test_a_statement_with_a_conflict_clause_of_its_own_is_noted_too(tmp_path: Path) -> None:
    db = open_database(small_base.build(tmp_path / "gigawatch.db"))
    for number in range(2):
        db.execute(
            "INSERT OR ABORT INTO captures (id, url, final_url, fetched_at, status, bytes) "
            "VALUES (?, 'https://a.example/', 'https://a.example/', '2026-11-24', 200, 0)",
            [f"capture-{number}"],
        )
    refresh(db)
    assert list(db.query("SELECT * FROM check_kept")) == []
