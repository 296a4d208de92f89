"""
The Datasette plugin: our pages, our look, our words.

In: Datasette's hooks. Out: routes, templates, cells, headers and the metadata of the subject.
Never writes to the database and imports nothing else of the project: pages read SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from sqlite3 import Connection
from typing import Any

from jinja2 import Environment
from pluggy import HookimplMarker

from db.web import assets, cells, metadata, own, security, tools, vocabulary, words
from db.web.facets import KeptFacet, table_counts
from db.web.marking import found_marked, marked, snippet
from db.web.pages import routes as page_routes
from db.web.shortcuts import execute
from db.web.snapshot import routes as snapshot_routes
from db.web.whole_csv import routes as csv_routes

hookimpl = HookimplMarker("datasette")
MAPPED_BYTES = 4 << 30
CACHED_KILOBYTES = 16_000
"""Of each connection, and every process has three."""


@hookimpl
def get_metadata(datasette: Any, key: str | None, database: str | None, table: str | None) -> dict[str, Any]:
    """
    Describe the tables whatever the database file is called.

    Datasette asks for the blocks of all tables, once for each table on a page, only to see who may open one: ours say
    nothing of that, and copying all of them takes longer than the page.
    """
    return {} if key == "tables" else metadata.for_databases(datasette)


@hookimpl
def startup(datasette: Any) -> None:
    """Count the tables of the database as we keep them."""
    for name, database in datasette.databases.items():
        if name not in {"_internal", "_memory"}:
            database.execute = partial(execute, database)
            database.table_counts = partial(table_counts, database)


@hookimpl
def permission_allowed(action: str, resource: Any) -> bool | None:
    """Nobody may open a table that the program keeps for itself."""
    return False if action == "view-table" and own.is_own(resource[1]) else None


@hookimpl
def prepare_connection(conn: Connection) -> None:
    """Read pages of the file where the system has them in memory, and sort there too; nothing of the program's own."""
    conn.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    conn.execute(f"PRAGMA cache_size = -{CACHED_KILOBYTES}")
    conn.execute("PRAGMA temp_store = MEMORY")
    own.withhold(conn)


@hookimpl
def register_facet_classes() -> list[type]:
    """Facets that a rebuild counted."""
    return [KeptFacet]


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    """Our pages; CSV that is whole; the database as a file."""
    return [*page_routes(), *csv_routes(), *snapshot_routes()]


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Any) -> None:
    """Give every template, the error page among them, our words and the addresses of our pages."""
    # Whatever a template shows passes here, Datasette's own templates among them.
    env.finalize = words.straight
    env.filters.update(
        {
            "figure": words.figure,
            "in_usd": words.in_usd,
            "quantity": words.quantity,
            "day": words.day_words,
            "ago": words.ago,
            "label": vocabulary.label,
            "clean": words.clean,
            "web_address": security.web_address,
            "host": security.host,
            "marked": marked,
            "found_marked": found_marked,
            "snippet": snippet,
        }
    )
    env.globals.update(
        {
            "vocabulary": vocabulary,
            "words": words,
            "answer_rows": cells.answer_rows,
            "table_rows": cells.table_rows,
            "static": lambda name: assets.static(datasette, name),
            "link": lambda *parts: datasette.urls.path(cells.address(*parts)),
            "database_name": lambda: datasette.get_database().name,
            "about": lambda database, table: datasette.metadata(database=database, table=table, fallback=False) or {},
        }
    )


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Show figures, ids and addresses in Datasette's tables as a reader would want them."""
    return cells.render(row, value, column, table, datasette)


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Put safe headers on every answer, and make every CSV of a table whole."""
    return lambda app: security.wrap(app, datasette.setting("base_url"))


@hookimpl
def skip_csrf(datasette: Any, scope: Any) -> bool:
    """Programs ask by POST to match names (`pages/reconcile.py`); nothing is changed, so nothing can be forged."""
    return str(scope["path"]).startswith("/-/reconcile/")


@hookimpl(optionalhook=True)
def register_mcp_tools(datasette: Any, mcp: Any) -> None:
    """Offer the questions as tools where datasette-mcp is installed."""
    tools.register(datasette, mcp, metadata.questions())
