from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.failures import DatabaseError
from db.migrations import migrations
from db.schema import VIEWS, open_database, open_for_reading, refresh_views
from db.store import Store
from samples import NOW, page, plain_extract


def views_of(db: Database) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())


def test_every_table_is_strict_and_has_a_key(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    tables = [
        name
        for name, kind, strict in db.execute("SELECT name, type, strict FROM pragma_table_list WHERE schema = 'main'")
        if kind == "table" and not name.startswith(("sqlite_", "_sqlite")) and not strict
    ]
    assert tables == []
    assert [table.name for table in db.tables if table.use_rowid and not table.name.endswith("_fts")] == []


def test_it_is_in_wal_mode_with_foreign_keys(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db["claim_companies"].insert({"claim_id": "none", "position": 0, "name": "X"})


def test_opening_again_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    reader = sqlite3.connect(path)
    before = reader.execute("PRAGMA data_version").fetchone(), reader.execute("PRAGMA schema_version").fetchone()
    open_database(path).close()
    assert (reader.execute("PRAGMA data_version").fetchone(), reader.execute("PRAGMA schema_version").fetchone()) == (
        before
    )


def test_a_view_that_changed_is_made_again_and_one_that_left_is_dropped(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    refresh_views(db, "CREATE VIEW one AS SELECT 1 AS a; CREATE VIEW two AS SELECT 2 AS b;")
    assert set(views_of(db)) == {"one", "two"}
    refresh_views(db, "CREATE VIEW one AS SELECT 3 AS a;")
    assert views_of(db) == {"one": "CREATE VIEW one AS SELECT 3 AS a"}


def test_a_view_of_somebody_else_stays(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    db.execute("CREATE VIEW mine AS SELECT 1 AS a")
    refresh_views(db, "CREATE VIEW one AS SELECT 1 AS a;")
    open_database(tmp_path / "a.db")
    assert "mine" in views_of(db)


def test_a_migration_that_fails_leaves_no_half_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(db: Database) -> None:
        db.executescript("CREATE TABLE half (id TEXT PRIMARY KEY) STRICT; CREATE TABLE half (id TEXT);")

    path = tmp_path / "a.db"
    every = list(migrations._migrations)
    monkeypatch.setattr(migrations, "_migrations", [*every, type(every[0])("m999_broken", broken)])
    with pytest.raises(DatabaseError, match="already exists"):
        open_database(path)
    monkeypatch.setattr(migrations, "_migrations", every)
    assert "half" not in open_database(path).table_names()


@pytest.mark.parametrize("done", range(3))
def test_a_database_whose_making_was_killed_is_made_by_the_next_run(tmp_path: Path, done: int) -> None:
    path = tmp_path / "a.db"
    db = Database(path)
    migrations.ensure_migrations_table(db)
    if done:
        names = [migration.name for migration in migrations.pending(db)]
        migrations.apply(db, stop_before=names[done])
    db.close()
    assert "accuracy" in open_database(path).table_names()


def test_every_view_can_be_read_in_an_empty_database_and_the_checks_are_empty(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    for name in db.view_names():
        rows = db.execute(f'SELECT * FROM "{name}"').fetchall()
        assert rows == [] or not name.startswith("check_"), name


def test_every_view_says_in_words_what_it_holds() -> None:
    script = VIEWS.read_text(encoding="utf-8")
    checks = [part for part in script.split("CREATE VIEW ")[1:] if part.startswith("check_")]
    assert len(checks) >= 10
    assert [part.split()[0] for part in checks if not part.split("\n")[1].startswith("-- ")] == []


def test_search_survives_vacuum(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    db = open_database(path)
    store = Store(db)
    for number in range(6):
        document = page(f"Town{number} gets ${number + 1} billion.", f"https://example.com/{number}")
        store.save_document(document, plain_extract(document), now=NOW, extractor="t/1")
    # Holes in the numbers are what VACUUM closes.
    gone = db.execute("SELECT id FROM documents WHERE text LIKE 'Town0%'").fetchone()[0]
    for table in ("document_mentions", "claims"):
        db.execute(f"DELETE FROM {table} WHERE document_id = ?", [gone])
    db.execute("DELETE FROM documents WHERE id = ?", [gone])
    db.execute("VACUUM")
    found = db.execute(
        "SELECT text FROM documents WHERE search_id IN "
        "(SELECT rowid FROM documents_fts WHERE documents_fts MATCH 'town4')"
    ).fetchall()
    assert found == [("Town4 gets $5 billion.",)]
    db.execute("INSERT INTO documents_fts (documents_fts, rank) VALUES ('integrity-check', 1)")
    db.execute("INSERT INTO claims_fts (claims_fts, rank) VALUES ('integrity-check', 1)")


def test_search_follows_a_changed_text_and_a_replaced_row(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    store = Store(db)
    store.save_document(page("Old words"), plain_extract(page("Old words")), now=NOW, extractor="t/1")
    store.save_document(page("Néw words"), plain_extract(page("Néw words")), now=NOW, extractor="t/1")
    hits = "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH ?"
    assert [db.execute(hits, [word]).fetchone()[0] for word in ("old", "new", "words")] == [0, 1, 1]
    db["documents"].insert({**next(db.query("SELECT * FROM documents")), "text": "Third"}, replace=True)
    assert [db.execute(hits, [word]).fetchone()[0] for word in ("new", "third")] == [0, 1]


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    db = open_database(path)
    db["_sqlite_migrations"].insert(
        {"migration_set": "gigawatch", "name": "m900_from_the_future", "applied_at": "2030-01-01"}
    )
    db.close()
    before = path.read_bytes()
    for opening in (open_database, open_for_reading):
        with pytest.raises(DatabaseError, match=r"newer version.*m900_from_the_future.*Upgrade gigawatch"):
            opening(path)
    assert path.read_bytes() == before


def test_an_older_schema_is_brought_up_to_date_by_a_writer_and_refused_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    db = open_database(path)
    db["_sqlite_migrations"].delete_where("name = ?", ["m001_evidence"])
    db.close()
    with pytest.raises(DatabaseError, match="older schema"):
        open_for_reading(path)


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Database(path)["plants"].insert({"name": "fern"})
    with pytest.raises(DatabaseError, match="another program"):
        open_database(path)
    assert Database(path).table_names() == ["plants"]


@pytest.mark.parametrize("content", [b"no database at all", b"<html></html>" * 100])
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match=r"not an SQLite database.*--db"):
        open_database(path)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    assert "claims" in open_database(tmp_path / "a.db").table_names()


def test_a_spoilt_database_is_said_to_be_spoilt(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 5000)
    with pytest.raises(DatabaseError, match="cannot use it"):
        open_database(path)


def test_an_old_sqlite_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(DatabaseError, match=r"3\.38\.0 or newer is needed"):
        open_database(tmp_path / "a.db")


def test_a_missing_folder_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"the folder .*nowhere does not exist"):
        open_database(tmp_path / "nowhere" / "a.db")
    with pytest.raises(DatabaseError, match="this is a folder"):
        open_database(tmp_path)
    with pytest.raises(DatabaseError, match="gigawatch demo"):
        open_for_reading(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DatabaseError, match="nothing may be written"):
            open_database(tmp_path / "a.db")
    finally:
        tmp_path.chmod(0o700)


def test_a_reader_sees_this_versions_views_in_a_file_that_has_older_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    db = open_database(path)
    db.execute("DROP VIEW check_quotes")
    db.execute("CREATE VIEW check_quotes AS SELECT 1 AS old")
    db.execute("DROP VIEW check_units")
    db.close()
    reader = open_for_reading(path)
    assert reader.execute("SELECT * FROM check_quotes").fetchall() == []
    assert reader.execute("SELECT * FROM check_units").fetchall() == []
    assert sqlite3.connect(path).execute("SELECT * FROM check_quotes").fetchall() == [(1,)]


def test_a_reader_reads_while_a_writer_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer = open_database(path)
    reader = open_for_reading(path)
    with writer.atomic():
        writer["companies"].insert({"id": "x", "name": "X"})
        assert reader.execute("SELECT count(*) FROM companies").fetchone() == (0,)
    assert reader.execute("SELECT count(*) FROM companies").fetchone() == (1,)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM companies")
