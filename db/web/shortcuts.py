"""
What Datasette asks the database while it makes a page, answered in a shorter way.

In: every query of Datasette's, and which page it is for. Out: the same answer: how many rows a whole table has as a
rebuild counted it, and the spelling of a hundred names from one list of them. Never holds anything beyond one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from datasette.database import Results
from datasette.utils import escape_sqlite
from datasette.utils.sqlite import sqlite3

from db.web.own import explained

KEPT_COUNT = "select sum(rows) from tallies where relation = :relation and column_name = :column"
ALWAYS_FILLED = {
    "figure_changes": "metric",
    "stated_figures": "metric",
    "total_rows": "metric",
}
"""Views, each with a column that has a value in every row: what was kept of it adds up to all rows."""
_page_of: ContextVar[str | None] = ContextVar("page_of", default=None)
NAMES = "select name from sqlite_master where type in ('table', 'view')"
SPELLING = f"{NAMES} and name = ? collate nocase".split()
"""Asked before each permission to see a table, so on the page of a database once for everything in it."""
SORTED = re.compile(r"(?s)(select .+ order by [^,()]+?)( limit \d+)")
"""A first page of a table in the order of one column."""
_names: ContextVar[Mapping[str, str] | None] = ContextVar("names", default=None)


@contextmanager
def page_of(table: str) -> Iterator[None]:
    """Within this, Datasette makes the page of a table: what it counts there, `execute` may take as it was kept."""
    token = _page_of.set(table)
    try:
        yield
    finally:
        _page_of.reset(token)


def begin_page_of(table: str) -> None:
    """As `page_of`, until the end of the task: each request is one."""
    _page_of.set(table)


async def execute(database: Any, sql: str, params: Any = None, **options: Any) -> Any:
    """Run a query as Datasette does, or answer it as it would be answered."""
    run = type(database).execute
    table, names = _page_of.get(), _names.get()
    if names is not None and isinstance(params, tuple) and sql.split() == SPELLING:
        found = names.get(_folded(params[0]))
        return Results([] if found is None else [(found,)], False, (("name",),))
    whole = table is not None and sql.split() == ["select", "count(*)", "from", escape_sqlite(table)]
    if whole and "tallies" in await database.table_names():
        kept = await run(database, KEPT_COUNT, {"relation": table, "column": ALWAYS_FILLED.get(table or "", "")})
        if kept.rows[0][0] is not None:
            return kept
    of_table = table is not None and f" from {escape_sqlite(table)} " in sql
    if of_table and (parts := SORTED.fullmatch(sql)):
        # Datasette begins its second page behind the last id of the first, but leaves the order of equals to SQLite.
        keys = [escape_sqlite(key) for key in await database.primary_keys(table)]
        sql = ", ".join([parts[1], *keys]) + parts[2]
    try:
        return await run(database, sql, params, **options)
    except sqlite3.DatabaseError as error:
        raise explained(error) from error


@contextmanager
def names_of(names: list[str]) -> Iterator[None]:
    """Within this, Datasette makes a page about all these tables and views: how each is spelt is known."""
    token = _names.set({_folded(name): name for name in names})
    try:
        yield
    finally:
        _names.reset(token)


def _folded(name: str) -> str:
    # As SQLite's NOCASE: the letters of ASCII alone.
    return name.encode("utf-8").lower().decode("utf-8")
