"""
Where everything of one installation is kept.

In: paths. Out: `Home`. Nothing here opens or makes a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The database, and the folder of the pages that were fetched for it."""

    database: Path
    archive: Path

    @classmethod
    def at(cls, database: Path, archive: Path | None = None) -> Home:
        """Keep pages beside the database unless told otherwise."""
        return cls(database, archive or database.with_name(f"{database.stem}.archive"))
