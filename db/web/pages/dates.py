"""
When things happen: the timeline of what goes live, and what changed in the data.

In: years or days. Out: a page. Never takes a stated date for a fact: each bar is somebody's statement.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web import charts
from db.web.answers import Asker
from db.web.links import linker
from db.web.listing import asked, number_asked
from db.web.page import Page, now_of, respond

OPENINGS = """
    select f.project_id, f.project, p.companies, f.metric, f.period_start, f.period_end, f.qualifier, f.status, f.quote,
      f.said_on, f.publisher, p.place_id, p.place, p.admin1, p.country, f.claim_id
    from best_figures f join project_overview p on p.project_id = f.project_id
    where f.metric = 'online' and f.headline = 1 and f.stage != 'cancelled'
      and coalesce(f.period_end, f.period_start) between :first and :last and (:country = '' or p.country = :country)
    order by coalesce(f.period_end, f.period_start), coalesce(f.period_start, f.period_end), f.project
"""
YEARS = """
    select substr(coalesce(period_end, period_start), 1, 4) as year, count(*) as projects
    from figures where metric = 'online' and headline = 1 and coalesce(period_end, period_start) is not null
    group by year order by year
"""
CHANGES = """
    select c.happened_at, c.change, c.claim_id, c.document_id, c.project_id, p.name as project, c.metric, c.quote
    from (
      select * from (
        select first_seen as happened_at, 'figure added' as change, id as claim_id, document_id, project_id, metric,
          quote
        from claims where first_seen >= :since order by first_seen desc /* first */)
      union all
      select * from (
        select retracted_at, 'figure withdrawn', id, document_id, project_id, metric, quote
        from claims where retracted_at >= :since order by retracted_at desc /* first */)) c
    left join projects p on p.id = c.project_id order by c.happened_at desc, c.claim_id
"""
STEPS = """
    select project_id, project, step, happened_on, document_id, title, publisher, first_seen from status_steps
    where first_seen >= :since order by first_seen desc, project, step
"""
RUNS = """
    select id as run_id, command, started_at, finished_at, exit_code, documents_new, documents_changed, claims_new,
      claims_retracted, error
    from runs order by started_at desc
"""
DRAWN = 60
LISTED = 300


async def timeline(datasette: Any, request: Request) -> Response:
    """Show what is said to go live, year by year."""
    asker, today = Asker(datasette), now_of(datasette).date()
    first_year = int(number_asked(request, "from") or today.year)
    last_year = int(number_asked(request, "to") or first_year + 4)
    country = asked(request, "country").upper()
    openings, years = await asyncio.gather(
        asker.ask(
            OPENINGS, most=LISTED, first=f"{first_year:04d}-01-01", last=f"{last_year:04d}-12-31", country=country
        ),
        asker.ask(YEARS),
    )
    page = Page(
        "site/timeline.html",
        "What goes live when",
        "The best known opening date of each project, in order of time.",
        "/timeline",
        {"openings": openings, "years": years},
        {
            "drawn": DRAWN,
            "first_year": first_year,
            "last_year": last_year,
            "country_asked": country,
            "section": "timeline",
        },
        charts={"openings": charts.openings(openings.rows[:DRAWN], linker(datasette), today)},
    )
    return await respond(datasette, request, page)


async def changes(datasette: Any, request: Request) -> Response:
    """Show what changed in the data in the last days."""
    asker, now = Asker(datasette), now_of(datasette)
    days = max(1, min(3650, int(number_asked(request, "days") or 7)))
    since = (now - timedelta(days=days)).date().isoformat()
    changed, steps, runs = await asyncio.gather(
        asker.ask(CHANGES, most=200, since=since), asker.ask(STEPS, most=100, since=since), asker.ask(RUNS, most=15)
    )
    page = Page(
        "site/changes.html",
        "What changed in the data",
        f"Figures that came in or were withdrawn in the last {days} days, and the runs that brought them.",
        "/changes",
        {"changes": changed, "steps": steps, "runs": runs},
        {"days": days, "since": since},
    )
    return await respond(datasette, request, page)


ROUTES = [
    (r"/timeline(\.(?P<format>json))?$", timeline),
    (r"/changes(\.(?P<format>json))?$", changes),
]
