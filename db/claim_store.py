"""
The claims of one document, written where they differ from what is stored.

In: an open database, a document's id, its `ClaimRow`s and the moment. Out: rows of `claims`, `claim_companies` and
`claim_conversions`, within the caller's transaction. Never deletes a claim: one that is no longer there is retracted,
and one that comes back is no longer retracted. Never resolves a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from db.claim_rows import ClaimRow

POINTERS = {
    "project_name": "project_id", "chip_name": "chip_id", "place_name": "place_id", "admin1": "place_id",
    "country": "place_id",
}  # fmt: skip
"""What a name was resolved to does not outlive the name."""


def save_claims(db: Database, document: str, rows: Sequence[ClaimRow], now: str) -> tuple[int, int]:
    """Make the claims of a document those of `rows`; return how many are new and how many were retracted."""
    cursor = db.execute("SELECT * FROM claims WHERE document_id = ?", [document])
    names = [column[0] for column in cursor.description]
    stored = {old["id"]: old for old in (dict(zip(names, row, strict=True)) for row in cursor.fetchall())}
    new = 0
    for row in rows:
        old = stored.pop(row.id, None)
        if old is None:
            new += 1
            columns = ", ".join(f'"{name}"' for name in row.values)
            marks = ", ".join("?" * len(row.values))
            db.execute(f"INSERT INTO claims ({columns}) VALUES ({marks})", list(row.values.values()))
        else:
            _update(db, row, old)
        _save_parts(db, row)
    gone = [key for key, old in stored.items() if old["retracted_at"] is None]
    for key in gone:
        db.execute("UPDATE claims SET retracted_at = ? WHERE id = ?", [now, key])
    return new, len(gone)


def _update(db: Database, row: ClaimRow, old: dict[str, object]) -> None:
    kept = ("id", "first_seen")
    changed = {name: value for name, value in row.values.items() if name not in kept and value != old[name]}
    changed |= {pointer: None for name, pointer in POINTERS.items() if name in changed}
    if old["retracted_at"] is not None:
        changed["retracted_at"] = None
    if changed:
        settings = ", ".join(f'"{name}" = ?' for name in changed)
        db.execute(f"UPDATE claims SET {settings} WHERE id = ?", [*changed.values(), row.id])


def _save_parts(db: Database, row: ClaimRow) -> None:
    """Write the companies and conversions of a claim."""
    for table, columns, wanted in (
        ("claim_companies", "position, name", row.companies),
        ("claim_conversions", "position, quote, value_min, value_max, unit, qualifier", row.conversions),
    ):
        query = f"SELECT {columns} FROM {table} WHERE claim_id = ? ORDER BY position"
        if db.execute(query, [row.id]).fetchall() != list(wanted):
            db.execute(f"DELETE FROM {table} WHERE claim_id = ?", [row.id])
            marks = ", ".join("?" * (columns.count(",") + 2))
            statement = f"INSERT INTO {table} (claim_id, {columns}) VALUES ({marks})"
            db.conn.executemany(statement, [(row.id, *part) for part in wanted])
