"""
Datasette over one database, set up as this project wants it.

In: the path of a database. Out: a `Datasette` that reads it and never writes. What the site shows is the plugin's,
`db.web`, which Datasette finds by itself.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from db.schema import open_for_reading

if TYPE_CHECKING:
    from datasette.app import Datasette

SETTINGS: dict[str, object] = {
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 500,
    "allow_download": True,
    "default_allow_sql": True,
    "truncate_cells_html": 400,
    "max_csv_mb": 0,
    "suggest_facets": False,
    # A run of cron changes the file at any time: nothing may be kept.
    "default_cache_ttl": 0,
}


def datasette_for(path: Path, base_url: str = "/", secret: str | None = None) -> Datasette:
    """
    Make the server of one database; one that cannot be read is refused before anything listens.

    `base_url` is the path below which a proxy shows the site. Servers of one site share a `secret`: what one of them
    signs, another reads.
    """
    from datasette.app import Datasette

    # Where rich is installed, Datasette prints every variable of every function for each mistyped query, which takes a
    # third of a second and hundreds of lines; faults of the program are still printed with their traceback.
    import_module("datasette.handle_exception").rich = None  # type: ignore[attr-defined]
    open_for_reading(path).close()
    # Datasette takes an immutable file as it was when it started, so only a file that nobody can write is one.
    writable = os.access(path.resolve().parent, os.W_OK)
    files, immutables = ([str(path)], []) if writable else ([], [str(path)])
    settings = {**SETTINGS, "base_url": base_url}
    return Datasette(files, immutables=immutables, settings=settings, secret=secret or token_hex(32))
