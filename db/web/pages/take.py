"""
What to take away: downloads, feeds and questions, each explained.

In: a request. Out: a page. Never offers a file that the server would refuse.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.page import Page, respond
from db.web.pages.feeds import newest
from db.web.snapshot import is_offered

SIZES = """
    select 'stated_figures' as name, value as rows from counts where name = 'figures' union all
    select 'best_figures', count(*) from figures union all
    select 'project_overview', count(*) from projects union all
    select 'announcement_list', count(*) from announcements union all
    select 'documents', value from counts where name = 'documents' union all
    select 'claims', count(*) from claims union all
    select 'companies', count(*) from companies union all
    select 'chips', count(*) from chips union all
    select 'places', count(*) from places union all
    select 'totals', count(*) from totals union all
    select 'overlaps', count(*) from overlaps
"""

PREVIEWED = 4
"""So many entries of each feed are shown beside it."""


async def downloads(datasette: Any, request: Request) -> Response:
    """Show everything that can be taken as a file."""
    asker = Asker(datasette)
    database = asker.db
    whole = is_offered(datasette, database)
    size = Path(database.path).stat().st_size if whole and database.path else None
    sizes = await asker.ask(SIZES)
    page = Page(
        "site/downloads.html",
        "Downloads",
        "All data as CSV, JSON, SQLite or through programs, under CC BY 4.0.",
        "/downloads",
        {"sizes": sizes},
        {
            "whole": whole,
            "bytes": size,
            "tables": {row["name"]: row["rows"] for row in sizes},
            "about": {row["name"]: _title(datasette, database.name, row["name"]) for row in sizes},
        },
        linked_data={
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": "Gigawatch: figures of the AI data-centre build-out",
            "description": "Every figure (dollars, megawatts, chips, dates) with the sentence that says it, by source.",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "url": datasette.absolute_url(request, datasette.urls.path("/downloads")),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": datasette.absolute_url(
                        request, datasette.urls.path(f"/{database.name}/stated_figures.csv?_stream=on")
                    ),
                }
            ],
        },
    )
    return await respond(datasette, request, page)


def _title(datasette: Any, database: str, table: str) -> str | None:
    title = datasette.metadata("title", database=database, table=table, fallback=False)
    return None if title is None else str(title)


async def feeds(datasette: Any, request: Request) -> Response:
    """Show the feeds, what is newest in each, and how to narrow them."""
    found = await Asker(datasette).ask_all(newest(PREVIEWED))
    page = Page(
        "site/feeds.html",
        "Feeds",
        "News of announcements, changed figures, status and openings for feed readers and calendars.",
        "/feeds",
        found,
    )
    return await respond(datasette, request, page)


async def questions(datasette: Any, request: Request) -> Response:
    """Show the ready-made questions."""
    asker = Asker(datasette)
    found = await datasette.get_canned_queries(asker.db.name, request.actor)
    page = Page(
        "site/questions.html",
        "Questions",
        "Ready-made questions to the data, each with parameters and a sentence on how to read the answer.",
        "/questions",
        {},
        {
            "questions": found,
            "sql_of": {
                name: asker.href(question["sql"], dict.fromkeys(question.get("params") or (), ""))
                for name, question in found.items()
            },
            "section": "questions",
        },
        {
            "questions": [
                {
                    "name": name,
                    "title": question.get("title") or name,
                    "description": question.get("description") or "",
                    "params": list(question.get("params") or ()),
                    "sql": question["sql"],
                    "url": datasette.absolute_url(request, datasette.urls.query(asker.db.name, name)),
                }
                for name, question in found.items()
            ]
        },
    )
    return await respond(datasette, request, page)


ROUTES = [
    (r"/downloads(\.(?P<format>json))?$", downloads),
    (r"/feeds(\.(?P<format>json))?$", feeds),
    (r"/questions(\.(?P<format>json))?$", questions),
]
