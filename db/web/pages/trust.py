"""
How far to trust it: sources with their health, accuracy with the method, glossary, and what this is.

In: a request. Out: a page. Never claims an accuracy that was not measured.
"""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.page import Page, not_found, respond

SOURCES = """
    select source, publisher, tier, reader, url, documents, last_run_at, last_good_run_at, last_new_at,
      newest_published_at,
      last_links_seen, last_failed, cadence_hours, last_error, health
    from source_overview order by health = 'retired', health = 'healthy', health, publisher, source
"""
HEALTH = "select health, count(*) as sources from source_overview group by health order by sources desc"
ISSUES = """
    select id as issue_id, level, kind, source, url, message, first_seen, last_seen, count, document_id from issues
    where level in ('warning', 'error', 'critical') order by last_seen desc, level, kind
"""
SOURCE = "select * from source_overview where source = :source"
SOURCE_RUNS = """
    select run_id, started_at, seconds, links_seen, new, changed, unchanged, failed, bytes, error
    from source_runs where source = :source order by started_at desc
"""
SOURCE_ISSUES = """
    select id as issue_id, level, kind, source, url, message, first_seen, last_seen, count, document_id from issues
    where source = :source order by last_seen desc
"""
SOURCE_DOCUMENTS = """
    select id as document_id, title, publisher, substr(published_at, 1, 10) as said_on, kind, first_seen from documents
    where source = :source order by published_at desc
"""
ACCURACY = """
    select extractor, kind, name, precision, recall, f1, right, total, gold_sha256 from accuracy
    order by extractor desc, kind = 'attribute', kind, name
"""
CLAIMS_BY_READER = """
    select extractor, sum(claims) as claims from reading_overview group by extractor order by claims desc
"""
BY_CERTAINTY = """
    select certainty_from, sum(claims) as claims from reading_overview group by certainty_from
    order by certainty_from desc
"""
KINDS_OF_FIGURE = """
    select value as metric, rows as figures from tallies where relation = 'stated_figures' and column_name = 'metric'
    order by rows desc, value
"""
COUNTS = """
    select coalesce(max(value) filter (where name = 'documents'), 0) as documents,
      coalesce(max(value) filter (where name = 'figures'), 0) as figures,
      coalesce(max(value) filter (where name = 'countries'), 0) as countries
    from counts
"""


async def sources(datasette: Any, request: Request) -> Response:
    """Show what is read and how it works."""
    asker = Asker(datasette)
    found = await asker.ask_all({"sources": SOURCES, "health": HEALTH})
    issues = await asker.ask(ISSUES, most=40)
    page = Page(
        "site/sources.html",
        "Sources",
        "What is read, how often, whether it works, and what went wrong.",
        "/sources",
        {**found, "issues": issues},
    )
    return await respond(datasette, request, page)


async def source(datasette: Any, request: Request) -> Response:
    """Show one source."""
    identifier = request.url_vars["source"]
    asker = Asker(datasette)
    found = await asker.ask(SOURCE, source=identifier)
    row = found.first
    if row is None:
        return await not_found(datasette, request, "source", identifier)
    page = Page(
        "site/source.html",
        f"Source: {row['publisher']}",
        f"How {row['publisher']} is read, and what it brought.",
        f"/sources/{identifier}",
        {
            "source": found,
            "runs": await asker.ask(SOURCE_RUNS, most=30, source=identifier),
            "issues": await asker.ask(SOURCE_ISSUES, most=40, source=identifier),
            "documents": await asker.ask(SOURCE_DOCUMENTS, most=40, source=identifier),
        },
        {"source": row},
    )
    return await respond(datasette, request, page)


async def accuracy(datasette: Any, request: Request) -> Response:
    """Show how well documents are read, and how that is measured."""
    asker = Asker(datasette)
    found = await asker.ask_all({"accuracy": ACCURACY, "read_by": CLAIMS_BY_READER, "by_certainty": BY_CERTAINTY})
    page = Page(
        "site/accuracy.html",
        "Accuracy and method",
        "How figures are read from documents, how often that goes wrong, and how it is measured.",
        "/accuracy",
        found,
    )
    return await respond(datasette, request, page)


async def glossary(datasette: Any, request: Request) -> Response:
    """Explain terms and units, and how many figures there are of each kind."""
    kinds = await Asker(datasette).ask(KINDS_OF_FIGURE)
    page = Page(
        "site/glossary.html",
        "Glossary",
        "The terms and units of AI data centres, and of this site, in plain words.",
        "/glossary",
        {"kinds_of_figure": kinds},
    )
    return await respond(datasette, request, page)


async def about(datasette: Any, request: Request) -> Response:
    """Say what this is."""
    asker = Asker(datasette)
    page = Page(
        "site/about.html",
        "About Gigawatch",
        "What Gigawatch is, where its figures come from, and what it does not do.",
        "/about",
        {"counts": await asker.ask(COUNTS)},
        {"section": "about"},
    )
    return await respond(datasette, request, page)


ROUTES = [
    (r"/sources(\.(?P<format>json))?$", sources),
    (r"/sources/(?P<source>[^/]+?)(\.(?P<format>json))?$", source),
    (r"/accuracy(\.(?P<format>json))?$", accuracy),
    (r"/glossary(\.(?P<format>json))?$", glossary),
    (r"/about(\.(?P<format>json))?$", about),
]
