"""
Where everything of one installation is kept, and how it may use the network.

In: paths and wishes. Out: `Home` and `Network`. Nothing here opens a file or a connection.
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


@dataclass(frozen=True, slots=True)
class Network:
    """How pages may be asked for."""

    allow_private: bool = False
    """Whether links to private and loopback addresses are followed too."""
    interval_seconds: float = 1.0
    """The least time between two requests to one host."""
    contact: str | None = None
    """How a site can reach whoever runs this: goes out with every request."""
