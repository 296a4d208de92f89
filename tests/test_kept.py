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
    assert db.conn.total_changes - before <= len(KEPT) * 400, "only the copies to compare with"
    db.execute("UPDATE claims SET retracted_at = '2026-11-21T00:00:00Z' WHERE project_id = 'hyperion'")
    db.execute("DELETE FROM project_companies WHERE project_id = 'quiet-site'")
    db.execute("DELETE FROM projects WHERE id = 'quiet-site'")
    refresh(db)
    rows = {row["project_id"]: row["claims"] for row in db.query("SELECT project_id, claims FROM project_overview")}
    assert rows["hyperion"] == 0
    assert "quiet-site" not in rows
    counted = dict(db.execute("SELECT name, value FROM counts").fetchall())
    assert counted["figures"] == db.execute("SELECT count(*) FROM claims WHERE retracted_at IS NULL").fetchone()[0]
