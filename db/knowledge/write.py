"""
Writing what was decided: only the rows that differ.

In: the rows that each table should have. Out: the number of rows written. An unchanged rebuild writes nothing, so
readers, caches and backups are not disturbed. One transaction: either all of it is written or none.
Never touches a column that the evidence owns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from db.knowledge.model import Row, Table

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
}
"""Every table that a rebuild owns whole, with its primary key; parents before what points to them."""
BY_PROJECT: Mapping[str, str] = {
    "figures": "project_id",
    "figure_history": "project_id",
    "figure_versions": "project_id",
    "project_status": "project_id",
    "project_marks": "project_id",
    "_figure_items": "project_id",
}
"""Tables that are decided project by project, with the column that names it."""
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
    tables: Mapping[str, Table] | None,
    pointers: Mapping[str, Table],
    projects: frozenset[str] | None = None,
) -> dict[str, int]:
    """
    Make the tables say this. Returns how many rows were written, by table.

    Without `tables` only what is given of `pointers` is written. Of tables that are decided by project, only rows of
    `projects` are given, and rows of others stay.
    """
    written = dict.fromkeys((*KEYS, *POINTERS), 0)
    with db.atomic():
        # Rows that point to each other come and go in one transaction: the check waits for its end.
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("CREATE TEMP TABLE IF NOT EXISTS decided (project_id TEXT PRIMARY KEY)")
        db.execute("DELETE FROM temp.decided")
        db.conn.executemany("INSERT INTO temp.decided VALUES (?)", [(project,) for project in projects or ()])
        keys = KEYS if tables is not None else {}
        places = {name: _place(name, projects is not None) for name in keys}
        stored = {name: _stored(db, name, key, places[name]) for name, key in keys.items()}
        for name, key in keys.items():
            written[name] = _reconcile(db, name, key, (tables or {})[name], stored[name])
        for name, (key, columns) in POINTERS.items():
            if name in pointers:
                written[name] = _point(db, name, key, columns, pointers[name])
    return written


def _place(table: str, is_part: bool) -> str:
    """Which rows of a table are decided anew."""
    among = "IN (SELECT project_id FROM temp.decided)"
    if is_part and table in BY_PROJECT:
        return f"WHERE {BY_PROJECT[table]} {among}"
    if is_part and table == "disagreements":
        return f"WHERE figure_id IN (SELECT id FROM figures WHERE project_id {among})"
    return ""


_Values = tuple[object, ...]


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


def _point(db: Database, table: str, key: Sequence[str], columns: Sequence[str], wanted: Table) -> int:
    changed: list[tuple[tuple[object, ...], Row]] = []
    for stored in _rows(db, table, [*key, *columns]):
        place = tuple(stored[name] for name in key)
        row = wanted.get(place, {})
        if any(row.get(name) != stored[name] for name in columns):
            changed.append((place, row))
    where = " AND ".join(f'"{name}" = ?' for name in key)
    settings = ", ".join(f'"{name}" = ?' for name in columns)
    db.conn.executemany(
        f'UPDATE "{table}" SET {settings} WHERE {where}',
        [[*(row.get(name) for name in columns), *place] for place, row in changed],
    )
    return len(changed)


def _rows(db: Database, table: str, columns: Iterable[str], place: str = "") -> list[Row]:
    names = list(columns)
    selected = ", ".join(f'"{name}"' for name in names)
    return [
        dict(zip(names, row, strict=True)) for row in db.execute(f'SELECT {selected} FROM "{table}" {place}').fetchall()
    ]
