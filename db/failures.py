"""
What makes a database unusable, as an exception. Kept apart from `db.schema`, so that saying it needs no SQLite.

In: where, why and what to do. Out: one message with all three.
"""

from __future__ import annotations

from pathlib import Path


class DatabaseError(Exception):
    """The database cannot be used. The message says which, why, and what to do."""

    def __init__(self, path: Path | str, why: str, remedy: str) -> None:
        super().__init__(f"{path}: {why}. {remedy}")
        self.path = Path(path)


class ExportError(Exception):
    """An export that cannot be made. The message says why and what to do."""
