"""
What the last rebuild made of some documents, looked up by what they have in common.

In: an open database, and ids or keys. Out: rows as values. Only what is asked for is read: this is what makes one new
document cheap. Never writes anything but its own temporary table, and never decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from db.knowledge.candidates import Unlisted
from db.knowledge.duplicates import Copy, Pair, Signature
from db.knowledge.linker import Link
from db.knowledge.model import Row
from db.knowledge.read import WANTED, want

Rows = list[tuple[Any, ...]]


class Reader:
    """Lookups in the tables that a rebuild leaves."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def ask(self, sql: str, values: Iterable[str]) -> Rows:
        """The rows of a query in which {wanted} stands for the values."""
        want(self.db, values)
        return self.db.execute(sql.format(wanted=WANTED)).fetchall()

    def rows(self, sql: str, values: Iterable[str]) -> list[Row]:
        """The rows of such a query, by the names of their columns."""
        want(self.db, values)
        return list(self.db.query(sql.format(wanted=WANTED)))

    def set_of(self, sql: str, values: Iterable[str]) -> set[str]:
        """The first column of a query, as a set without null."""
        return {row[0] for row in self.ask(sql, values)} - {None}

    def documents_with(self, keys: Iterable[str]) -> set[str]:
        """Documents with any of the keys."""
        return self.set_of("SELECT document_id FROM _document_keys WHERE key IN {wanted}", keys)

    def keys_of(self, documents: Iterable[str]) -> set[str]:
        """All keys of documents."""
        return self.set_of("SELECT key FROM _document_keys WHERE document_id IN {wanted}", documents)

    def links(self, documents: Iterable[str]) -> dict[str, Link]:
        """What every claim of documents was linked to."""
        rows = self.ask(
            "SELECT claim_id, linked_to, project_id, reason FROM claim_links "
            "WHERE claim_id IN (SELECT id FROM claims WHERE document_id IN {wanted})",
            documents,
        )
        return {row[0]: Link(*row) for row in rows}

    def readings(self, documents: Iterable[str]) -> dict[str, tuple[str | None, str | None]]:
        """Names and scopes that claims of documents were read with."""
        rows = self.ask(
            "SELECT claim_id, project_name, scope FROM _claim_readings "
            "WHERE claim_id IN (SELECT id FROM claims WHERE document_id IN {wanted})",
            documents,
        )
        return {claim: (name, scope) for claim, name, scope in rows}

    def unlisted(self, column: str, values: Iterable[str]) -> dict[str, tuple[str, Unlisted, str | None]]:
        """Claim to its document, by what it is grouped, and its candidate."""
        rows = self.ask(
            f"SELECT claim_id, document_id, core, spot, town, candidate_id FROM _unlisted WHERE {column} IN {{wanted}}",
            values,
        )
        return {row[0]: (row[1], Unlisted(*row[2:5]), row[5]) for row in rows}

    def copies(self, documents: Iterable[str]) -> dict[str, Copy]:
        """Those of the documents that are copies, and the copies of any of them."""
        columns = "SELECT document_id, original_id, method, similarity FROM document_copies"
        rows = self.ask(
            f"{columns} WHERE document_id IN {{wanted}} UNION {columns} WHERE original_id IN {{wanted}}", documents
        )
        return {row[0]: Copy(*row) for row in rows}

    def ties(self, table: str, columns: str, documents: Iterable[str]) -> dict[Pair, tuple[Any, Any]]:
        """Pairs of which one is among the documents."""
        chosen = f"SELECT one, other, {columns} FROM {table}"
        rows = self.ask(f"{chosen} WHERE one IN {{wanted}} UNION {chosen} WHERE other IN {{wanted}}", documents)
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    def ties_of_all(self, table: str, columns: str) -> dict[Pair, tuple[Any, Any]]:
        """Every pair."""
        rows = self.db.execute(f"SELECT one, other, {columns} FROM {table}").fetchall()
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    def signatures(self, documents: Iterable[str]) -> dict[str, Signature]:
        """The signatures of documents."""
        rows = self.ask(
            "SELECT document_id, text_sha256, method, signature FROM document_signatures WHERE document_id IN {wanted}",
            documents,
        )
        return {row[0]: Signature(*row[1:]) for row in rows}

    def seen_between(self, first: str, last: str) -> list[tuple[str, str, bytes]]:
        """Documents of some days, each with its day and its signature."""
        day = "coalesce(substr(published_at, 1, 10), substr(first_seen, 1, 10))"
        return self.db.execute(
            f"SELECT id, {day}, signature FROM documents JOIN document_signatures ON document_id = id "
            f"WHERE {day} BETWEEN ? AND ?",
            [first, last],
        ).fetchall()

    def first_days(self, spots: Iterable[str], without: Iterable[str]) -> dict[str, str]:
        """The day on which each spot was first said, by any but some documents."""
        self.db.execute("CREATE TEMP TABLE IF NOT EXISTS without (value TEXT PRIMARY KEY) WITHOUT ROWID")
        self.db.execute("DELETE FROM temp.without")
        self.db.conn.executemany("INSERT INTO temp.without VALUES (?)", [(each,) for each in without])
        rows = self.ask(
            "SELECT key, min(day) FROM _document_keys WHERE key IN {wanted} "
            "AND document_id NOT IN (SELECT value FROM temp.without) GROUP BY key",
            spots,
        )
        return dict(rows)

    def lot(self, key: str, first: str, last: str) -> list[tuple[str, str]]:
        """The documents of a lot between two days, in order."""
        return self.db.execute(
            "SELECT day, document_id FROM _document_keys WHERE key = ? AND day BETWEEN ? AND ? ORDER BY 1, 2",
            [key, first, last],
        ).fetchall()

    def noted(self, relation: str, column: str) -> frozenset[str]:
        """The values that a column had, or has now, in rows that were written since the last rebuild."""
        rows = self.db.execute(
            "SELECT json_extract(row, ?) FROM _changed WHERE relation = ?", [f"$.{column}", relation]
        ).fetchall()
        return frozenset(str(row[0]) for row in rows if row[0] is not None)
