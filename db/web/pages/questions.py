"""
A ready-made question with its answer: what it asks for, the rows, how to read them, and the SQL behind.

In: the name of a canned query and its parameters. Out: a page of its first rows; everything else at that address is
handed to Datasette. Never cuts the CSV or hides that there are more rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Forbidden, Request, Response
from datasette.utils.sqlite import sqlite3

from db.web.answers import Answer, Asker
from db.web.cells import render
from db.web.listing import asked
from db.web.page import Page, respond
from db.web.shortcuts import NAMES, names_of, page_of

SHOWN = 100


async def question_or_table(datasette: Any, request: Request) -> Any:
    """Show a question; hand a table, and everything that programs ask for, to Datasette."""
    name, database = request.url_vars["table"], request.url_vars["database"]
    asker = Asker(datasette)
    question = None
    if database == asker.db.name and not request.url_vars["format"]:
        question = await datasette.get_canned_query(database, name, request.actor)
    if question is None:
        # Datasette loads its plugins before its views, so this cannot stand at the top.
        from datasette.views.table import TableView

        if database != asker.db.name:
            return await TableView(datasette).dispatch_request(request)
        with page_of(name):
            return await TableView(datasette).dispatch_request(request)
    if not await datasette.permission_allowed(request.actor, "view-query", (database, name), default=True):
        raise Forbidden("view-query")
    return await _answered(datasette, request, asker, name, question)


async def database(datasette: Any, request: Request) -> Any:
    """Hand the page of a database to Datasette, with the names of all that is in it."""
    from datasette.views.database import DatabaseView

    db = datasette.databases.get(request.url_vars["database"])
    names = [row["name"] for row in (await db.execute(NAMES)).rows] if db is not None else []
    with names_of(names):
        return await DatabaseView(datasette).dispatch_request(request)


async def _answered(datasette: Any, request: Request, asker: Asker, name: str, question: dict[str, Any]) -> Response:
    given = {parameter: asked(request, parameter) for parameter in question.get("params") or ()}
    answers: dict[str, Answer] = {}
    trouble = None
    try:
        answers["answer"] = await asker.ask(question["sql"], most=SHOWN, **given)
    except QueryInterrupted:
        trouble = "it takes too long. Ask for less."
    except sqlite3.OperationalError as error:
        trouble = str(error)
    answer = answers.get("answer")
    page = Page(
        "site/question.html",
        question.get("title") or name,
        question.get("description") or "",
        f"/{asker.db.name}/{name}",
        answers,
        {
            "name": name,
            "given": given,
            "trouble": trouble,
            "sql": question["sql"],
            "columns": list(answer.rows[0]) if answer else [],
            "cells": list(_cells(answer, datasette)) if answer else [],
            "query_string": f"?{request.query_string}" if request.query_string else "",
            "section": "questions",
        },
        indexed=not any(given.values()),
    )
    return await respond(datasette, request, page)


def _cells(answer: Answer, datasette: Any) -> Iterator[list[tuple[str, Any]]]:
    for row in answer:
        yield [(column, _shown(row, value, column, datasette)) for column, value in row.items()]


def _shown(row: dict[str, Any], value: Any, column: str, datasette: Any) -> Any:
    found = render(row, value, column, None, datasette)
    if found is not None:
        return found
    return "" if value is None else value


# "-" is where Datasette keeps its own pages.
ROUTES = [
    (r"/(?P<database>(?!-/)[^\/\.]+)/(?P<table>[^\/\.]+)(\.(?P<format>json))?$", question_or_table),
    (r"/(?P<database>[^\/\.]+)(?P<format>(?!))?$", database),
]
