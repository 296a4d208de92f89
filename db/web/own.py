"""
What the program keeps for itself, in tables whose names begin with "_": nobody reads it, however they ask.

In: each connection of Datasette's; whatever SQL a reader sends. Out: SQLite itself refuses such a table, however it is
asked for. Never looks at the text: a quotation that holds such a name is no more than a quotation.
"""

from __future__ import annotations

from sqlite3 import SQLITE_DENY, SQLITE_OK, SQLITE_READ, Connection, DatabaseError, OperationalError

WHY = 'a table whose name begins with "_" is the program\'s own'


def is_own(table: str) -> bool:
    """Whether the program keeps this table for itself."""
    return table.startswith("_")


def withhold(connection: Connection) -> None:
    """Let the connection read no table of the program's own."""
    connection.set_authorizer(_decide)


def explained(error: DatabaseError) -> DatabaseError:
    """Return the error as one that Datasette shows to the reader, where a table of the program's own was asked for."""
    refused = "prohibited" in str(error) or "not authorized" in str(error)
    return OperationalError(f"{error}: {WHY}") if refused else error


def _decide(action: int, table: str | None, *_: str | None) -> int:
    return SQLITE_DENY if action == SQLITE_READ and table is not None and is_own(table) else SQLITE_OK
