"""
Opening the database: the checks before, the schema, the views.

In: a path. Out: an open `sqlite_utils.Database`, either at this version's schema in WAL mode (`open_database`), or
read-only as it stands (`open_for_reading`). Never writes a row of data. What is not ours, or is newer than this
version, is refused with a message that says what to do, and is left as it was.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from db.failures import DatabaseError
from db.migrations import migrations

VIEWS = Path(__file__).with_name("views.sql")
OLDEST_SQLITE = (3, 38, 0)
"""The first with STRICT tables and the JSON operators that views use."""
BUSY_TIMEOUT_MS = 30_000
"""A reader or another command may hold the file for a moment: wait rather than fail."""


def open_database(path: Path | str) -> Database:
    """Open (or make) the database at `path`, bring it to this version's schema and its views up to date."""
    if str(path) != ":memory:":
        refuse_unusable(Path(path))
    try:
        connection = sqlite3.connect(str(path), timeout=BUSY_TIMEOUT_MS / 1000)
        db = Database(connection)
        _refuse_foreign(db, path)
        db.execute("PRAGMA journal_mode=WAL")
        # In WAL mode this loses nothing when the program is killed; a power cut may undo the last documents whole, and
        # then their captures with them, so that the next run reads them again.
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA foreign_keys=ON")
        if migrations.pending(db):
            migrations.apply(db)
        refresh_views(db, VIEWS.read_text(encoding="utf-8"))
    except sqlite3.DatabaseError as error:
        raise _explained(path, error) from error
    return db


def open_for_reading(path: Path | str) -> Database:
    """
    Open an existing database read-only. One that no command of this version has brought up to date is refused.

    Views that differ from this version's are covered by temporary ones, so that a file which nobody may write is read
    as this version reads it.
    """
    path = Path(path)
    refuse_unusable(path)
    refuse_absent(path)
    try:
        db = Database(_connect_for_reading(path))
        _refuse_foreign(db, path)
    except sqlite3.DatabaseError as error:
        raise _explained(path, error) from error
    if migrations.pending(db):
        raise DatabaseError(path, "it has an older schema", "Run `gigawatch rebuild` once to bring it up to date.")
    present = _present_views(db)
    db.execute("PRAGMA temp_store = MEMORY")
    for name, sql in our_views().items():
        if present.get(name) != sql:
            db.execute(sql.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
    return db


def our_views() -> dict[str, str]:
    """Return the text of each view of this version, by its name."""
    return _views_of(VIEWS.read_text(encoding="utf-8"))


def is_up_to_date(path: Path) -> bool:
    """Say whether an existing database has this version's tables and views."""
    db = Database(_connect_for_reading(path))
    try:
        return not migrations.pending(db) and _has_views(db, our_views())
    except sqlite3.DatabaseError as error:
        raise _explained(path, error) from error
    finally:
        db.close()


def refresh_views(db: Database, script: str) -> None:
    """
    Make the views of the database those of `script`, touching only those that differ.

    Nothing is written when nothing differs, so that opening never disturbs a reader. The names of our views are kept
    in `_views`: a view that somebody else made is not ours to drop.
    """
    wanted = _views_of(script)
    present = {
        str(name): str(sql) for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
    }
    kept = {str(name) for (name,) in db.execute("SELECT name FROM _views")}
    if kept == set(wanted) and all(present.get(name) == sql for name, sql in wanted.items()):
        return
    with db.atomic():
        for name in sorted(kept | (wanted.keys() & present.keys())):
            if present.get(name) != wanted.get(name):
                db.execute(f'DROP VIEW IF EXISTS "{name}"')
        for name, sql in wanted.items():
            if present.get(name) != sql:
                db.execute(sql)
        db.execute("DELETE FROM _views")
        db.conn.executemany("INSERT INTO _views (name) VALUES (?)", [(name,) for name in wanted])


def _has_views(db: Database, wanted: dict[str, str]) -> bool:
    present = _present_views(db)
    return _kept_views(db) == set(wanted) and all(present.get(name) == sql for name, sql in wanted.items())


def _present_views(db: Database) -> dict[str, str]:
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'")
    return {str(name): str(sql) for name, sql in rows}


def _kept_views(db: Database) -> set[str]:
    return {str(name) for (name,) in db.execute("SELECT name FROM _views")}


def _views_of(script: str) -> dict[str, str]:
    """Name and text of each view in `script`, just as SQLite will store them."""
    scratch = sqlite3.connect(":memory:")
    try:
        scratch.executescript(script)
        return {
            str(name): str(sql)
            for name, sql in scratch.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY rowid")
        }
    finally:
        scratch.close()


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    uri = path.resolve().as_uri()
    # A database in WAL mode needs a -shm file beside it even to be read; where none can be made, nobody can write
    # either, so the file may be taken as it is.
    shared = Path(f"{path}-shm")
    mode = "mode=ro" if shared.exists() or os.access(path.resolve().parent, os.W_OK) else "immutable=1"
    connection = sqlite3.connect(f"{uri}?{mode}", uri=True, timeout=BUSY_TIMEOUT_MS / 1000)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def refuse_absent(path: Path) -> None:
    """Refuse a path where no database is, for what only works on one that is there."""
    if not path.exists():
        raise DatabaseError(path, "there is no database here", "Make one with `gigawatch demo` or `gigawatch ingest`.")


def refuse_unusable(path: Path) -> None:
    """Refuse a path where no database can be, before anything is written beside it."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(str(part) for part in OLDEST_SQLITE)
        why = f"this Python brings SQLite {sqlite3.sqlite_version}, and {needed} or newer is needed"
        raise DatabaseError(path, why, "Use a newer Python.")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise DatabaseError(path, f"the folder {folder} does not exist", "Make it, or name another file with --db.")
    if path.is_dir():
        raise DatabaseError(path, "this is a folder", "Name a file with --db.")
    if path.exists():
        if not os.access(path, os.R_OK):
            raise DatabaseError(path, "it may not be read", "Check its permissions, or name another file with --db.")
        with path.open("rb") as file:
            start = file.read(16)
        if start and start != b"SQLite format 3\0":
            raise DatabaseError(path, "this is not an SQLite database", "Name another file with --db.")
    elif not os.access(folder, os.W_OK):
        raise DatabaseError(path, f"nothing may be written in {folder}", "Check its permissions, or use another --db.")


def _refuse_foreign(db: Database, path: Path | str) -> None:
    applied = [migration.name for migration in migrations.applied(db)]
    # A run killed while it made the database may have left the table of migrations and nothing else.
    if not applied and any(not name.startswith(("sqlite_", "_sqlite_")) for name in db.table_names()):
        raise DatabaseError(path, "this database was made by another program", "Name another file with --db.")
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    newer = [name for name in applied if name not in known]
    if newer:
        raise DatabaseError(
            path,
            f"it was written by a newer version of gigawatch (its schema has {', '.join(newer)})",
            "Upgrade gigawatch, or name another file with --db. Nothing was changed.",
        )


def _explained(path: Path | str, error: sqlite3.DatabaseError) -> DatabaseError:
    text = str(error)
    if "readonly" in text or "unable to open" in text:
        return DatabaseError(path, f"it may not be written ({text})", "Check the permissions of the file and folder.")
    if "locked" in text:
        return DatabaseError(path, "another program holds it locked", "Close that program and run this again.")
    return DatabaseError(path, f"SQLite cannot use it ({text})", "Restore a backup, or name another file with --db.")
