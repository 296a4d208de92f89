"""
Whole CSV of any query: Datasette cuts a query at its row limit without a word, and a reader would not know.

In: the address of a canned query or of SQL, ending in `.csv`. Out: every row, or a text that says why not.
Never runs anything that Datasette would not run: the same permission, the same check that the SQL only reads.
"""

from __future__ import annotations

import asyncio
import csv
import tempfile
from collections.abc import Callable, Mapping
from typing import IO, Any

from datasette.utils import InvalidSql, derive_named_parameters, sqlite_timelimit, validate_sql_select
from datasette.utils.asgi import AsgiStream, Forbidden, NotFound, Request, Response
from datasette.utils.sqlite import sqlite3

from db.web.shortcuts import begin_page_of

TIME_LIMIT_MS = 60_000
KEPT_IN_MEMORY = 4_000_000
CHUNK = 65_536


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the routes of this module."""
    return [
        (r"/(?P<database>[^\/\.]+)\.csv$", of_sql),
        (r"/(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)\.(?P<format>csv)$", of_query_or_table),
    ]


async def of_sql(datasette: Any, request: Request) -> Any:
    """Answer `/database.csv?sql=...` with every row."""
    database = _database(datasette, request)
    sql = request.args.get("sql")
    if not sql:
        return Response.text("Say what to select: add ?sql= to the address.\n", status=400)
    await _allowed(datasette, request, "execute-sql", database.name)
    return await _stream(database, sql, request, "query")


async def of_query_or_table(datasette: Any, request: Request) -> Any:
    """Answer a canned query with every row; hand a table to Datasette, which streams it."""
    database = _database(datasette, request)
    name = request.url_vars["table"]
    query = await datasette.get_canned_query(database.name, name, request.actor)
    if query is None:
        # Datasette loads its plugins before its views, so this cannot stand at the top.
        from datasette.views.table import TableView

        # It reads the pages while it sends them, so this holds for the rest of the request.
        begin_page_of(name)
        return await TableView(datasette).dispatch_request(request)
    await _allowed(datasette, request, "view-query", (database.name, name))
    return await _stream(database, query["sql"], request, name)


def _database(datasette: Any, request: Request) -> Any:
    try:
        return datasette.get_database(request.url_vars["database"])
    except KeyError as error:
        raise NotFound("There is no such database here.") from error


async def _allowed(datasette: Any, request: Request, action: str, resource: Any) -> None:
    switched_off = action == "execute-sql" and not datasette.setting("default_allow_sql")
    if switched_off or not await datasette.permission_allowed(request.actor, action, resource, default=True):
        raise Forbidden(action)


async def _stream(database: Any, sql: str, request: Request, name: str) -> Any:
    try:
        validate_sql_select(sql)
        wanted = await derive_named_parameters(database, sql)
        parameters = {parameter: request.args.get(parameter) or "" for parameter in wanted}
        file = await database.execute_fn(lambda connection: _written(connection, sql, parameters))
    except (InvalidSql, sqlite3.Error) as error:
        return Response.text(f"The query did not finish, so no CSV was made: {error}\n", status=400)

    async def send(writer: Any) -> None:
        with file:
            while chunk := await asyncio.to_thread(file.read, CHUNK):
                await writer.write(chunk)

    headers = {"access-control-allow-origin": "*"}
    if request.args.get("_dl"):
        headers["content-disposition"] = f'attachment; filename="{name}.csv"'
    return AsgiStream(send, headers=headers, content_type="text/csv; charset=utf-8")


def _written(connection: Any, sql: str, parameters: Mapping[str, str]) -> IO[str]:
    # The stream that sends the file closes it.
    file: IO[str] = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115
    with sqlite_timelimit(connection, TIME_LIMIT_MS):
        cursor = connection.execute(sql, parameters)
        writer = csv.writer(file)
        writer.writerow([column[0] for column in cursor.description])
        writer.writerows(cursor)
    file.seek(0)
    return file
