"""
Writing what was decided: only the rows that differ.

In: the rows that each table should have. Out: the number of rows written. An unchanged rebuild writes nothing, so
readers, caches and backups are not disturbed. One transaction: either all of it is written or none.
Never touches a column that the evidence owns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlite_utils import Database

from db.knowledge.model import Row, Table

PAGES_KIB = 256 * 1024
"""At most so much memory for pages of the database: rows of hashed keys are written with a third less work."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "companies": ("id",),
    "chips": ("id",),
    "places": ("id",),
    "projects": ("id",),
    "project_companies": ("project_id", "company_id", "role"),
    "aliases": ("kind", "alias"),
    "claim_links": ("claim_id",),
    "document_signatures": ("document_id",),
    "document_copies": ("document_id",),
    "announcements": ("id",),
    "announcement_documents": ("announcement_id", "document_id"),
    "figures": ("id",),
    "figure_history": ("project_id", "metric", "claim_id"),
    "figure_versions": ("figure_id", "clock", "valid_from"),
    "disagreements": ("figure_id", "claim_id"),
    "plausibility": ("id",),
    "project_status": ("project_id", "step", "document_id"),
    "project_marks": ("project_id",),
    "relations": ("id",),
    "totals": ("id",),
    "total_items": ("total_id", "claim_id"),
    "overlaps": ("total_id", "claim_id"),
    "guidance": ("id",),
    "corrections": ("id",),
    "review_items": ("id",),
    "_claim_readings": ("claim_id",),
    "_figure_items": ("claim_id",),
    "_event_ties": ("one", "other"),
    "_event_marks": ("document_id",),
    "_copy_ties": ("one", "other"),
    "_document_keys": ("key", "day", "document_id"),
    "_unlisted": ("claim_id",),
    "_candidates": ("id",),
}
"""Every table that a rebuild owns whole, with its primary key; parents before what points to them."""
_Values = tuple[object, ...]
Scope = tuple[str, frozenset[str]]
"""A column of a table, and the values that it has in the rows which are decided; other rows stay."""
POINTERS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "claims": (("id",), ("project_id", "place_id", "chip_id")),
    "claim_companies": (("claim_id", "position"), ("company_id",)),
    "epoch_sites": (("import_id", "name"), ("project_id", "match_reason")),
    "epoch_names": (("import_id", "site", "role", "position"), ("company_id",)),
    "document_mentions": (("document_id", "quoted_from", "start", "end", "kind", "name"), ("entity_id",)),
}
"""Tables of the evidence with the columns that point to what a rebuild found: key, and pointers."""


def write(
    db: Database,
    tables: Mapping[str, Table],
    pointers: Mapping[str, Table],
    scopes: Mapping[str, Sequence[Scope]] | None = None,
) -> dict[str, int]:
    """
    Make the tables say this. Returns how many rows were written, by table.

    With `scopes`, of each table that is given only the rows in its scopes are decided, and of pointers only those that
    are given; without, all rows are.
    """
    written = dict.fromkeys((*KEYS, *POINTERS), 0)
    with _room(db), db.atomic():
        # Rows that point to each other come and go in one transaction: the check waits for its end.
        db.execute("PRAGMA defer_foreign_keys = ON")
        keys = {name: key for name, key in KEYS.items() if name in tables}
        stored = {name: _decided(db, name, key, scopes.get(name) if scopes else None) for name, key in keys.items()}
        for name, key in keys.items():
            written[name] = _reconcile(db, name, key, tables[name], stored[name])
        for name, (key, columns) in POINTERS.items():
            if name in pointers:
                written[name] = _point(db, name, key, columns, pointers[name], scopes is None)
    return written


@contextmanager
def _room(db: Database) -> Iterator[None]:
    """Memory for pages: keys are hashes, so that rows go all over an index, and each page would be read many times."""
    before = db.execute("PRAGMA cache_size").fetchone()[0]
    db.execute(f"PRAGMA cache_size = -{PAGES_KIB}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size = {before}")


def _decided(db: Database, table: str, key: Sequence[str], scopes: Sequence[Scope] | None) -> dict[_Values, _Values]:
    if scopes is None:
        return _stored(db, table, key, "")
    found: dict[_Values, _Values] = {}
    for column, values in scopes:
        db.execute("CREATE TEMP TABLE IF NOT EXISTS decided (value TEXT PRIMARY KEY)")
        db.execute("DELETE FROM temp.decided")
        db.conn.executemany("INSERT INTO temp.decided VALUES (?)", [(value,) for value in values])
        found |= _stored(db, table, key, f"WHERE {column} IN (SELECT value FROM temp.decided)")
    return found


def _stored(db: Database, table: str, key: Sequence[str], place: str) -> dict[_Values, _Values]:
    """The values of every row, by its key."""
    columns = [column.name for column in db[table].columns]
    spots = [columns.index(name) for name in key]
    selected = ", ".join(f'"{name}"' for name in columns)
    rows = db.execute(f'SELECT {selected} FROM "{table}" {place}').fetchall()
    return {tuple([row[spot] for spot in spots]): row for row in rows}


def _reconcile(db: Database, table: str, key: Sequence[str], wanted: Table, stored: Mapping[_Values, _Values]) -> int:
    columns = [column.name for column in db[table].columns]
    gone = [place for place in stored if place not in wanted]
    new: list[_Values] = []
    changed: list[tuple[_Values, Row]] = []
    for place, row in wanted.items():
        values = tuple(map(row.get, columns))
        before = stored.get(place)
        if before is None:
            new.append(values)
        elif values != before:
            changed.append((place, row))
    where = " AND ".join(f'"{name}" = ?' for name in key)
    # Deleted first: a unique value may move from one row to another.
    db.conn.executemany(f'DELETE FROM "{table}" WHERE {where}', gone)
    rest = [name for name in columns if name not in key]
    if rest:
        settings = ", ".join(f'"{name}" = ?' for name in rest)
        db.conn.executemany(
            f'UPDATE "{table}" SET {settings} WHERE {where}',
            [[*(row.get(name) for name in rest), *place] for place, row in changed],
        )
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    db.conn.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', new)
    return len(gone) + len(changed) + len(new)


def _point(db: Database, table: str, key: Sequence[str], columns: Sequence[str], wanted: Table, is_whole: bool) -> int:
    where = " AND ".join(f'"{name}" = ?' for name in key)
    names = ", ".join(f'"{name}"' for name in (*key, *columns))
    if is_whole:
        stored = db.execute(f'SELECT {names} FROM "{table}"').fetchall()
    else:
        ask = f'SELECT {names} FROM "{table}" WHERE {where}'
        stored = [row for place in wanted for row in db.execute(ask, list(place)).fetchall()]
    changed: list[tuple[_Values, Row]] = []
    for row in stored:
        place, now = tuple(row[: len(key)]), wanted.get(tuple(row[: len(key)]), {})
        if tuple(now.get(name) for name in columns) != tuple(row[len(key) :]):
            changed.append((place, now))
    settings = ", ".join(f'"{name}" = ?' for name in columns)
    db.conn.executemany(
        f'UPDATE "{table}" SET {settings} WHERE {where}',
        [[*(row.get(name) for name in columns), *place] for place, row in changed],
    )
    return len(changed)
