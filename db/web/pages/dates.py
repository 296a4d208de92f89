"""
When things happen: the timeline of what goes live, and what changed in the data.

In: years or days. Out: a page. Never takes a stated date for a fact: each bar is somebody's statement.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.drawing import opening_timeline
from db.web.links import linker
from db.web.listing import asked, number_asked
from db.web.page import Page, now_of, respond

OPENINGS = """
    select project_id, project, companies, metric, period_start, period_end, qualifier, status, quote, said_on,
      publisher,
      place, admin1, country, claim_id
    from (
      select o.*, row_number() over (
        partition by coalesce(o.project_id, o.claim_id) order by o.said_on desc, o.claim_id) as newest
      from openings o where o.status is not 'cancelled')
    where newest = 1 and coalesce(period_end, period_start) between :first and :last
      and (:country = '' or country = :country)
    order by coalesce(period_end, period_start), coalesce(period_start, period_end), project
"""
YEARS = """
    select substr(coalesce(period_end, period_start), 1, 4) as year, count(*) as statements
    from openings where coalesce(period_end, period_start) is not null group by year order by year
"""
CHANGES = """
    select happened_at, change, c.claim_id, c.document_id, c.project_id, p.name as project, c.metric, c.quote
    from data_changes c left join projects p on p.id = c.project_id
    where happened_at >= :since order by happened_at desc, c.claim_id
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


async def timeline(datasette: Any, request: Request) -> Response:
    """Show what is said to go live, year by year."""
    asker, today = Asker(datasette), now_of(datasette).date()
    first_year = int(number_asked(request, "from") or today.year)
    last_year = int(number_asked(request, "to") or first_year + 4)
    country = asked(request, "country").upper()
    openings, years = await asyncio.gather(
        asker.ask(OPENINGS, first=f"{first_year:04d}-01-01", last=f"{last_year:04d}-12-31", country=country),
        asker.ask(YEARS),
    )
    page = Page(
        "site/timeline.html",
        "What goes live when",
        "The newest stated opening date of each project, in order of time.",
        "/timeline",
        {"openings": openings, "years": years},
        {
            "chart": opening_timeline(openings.rows[:DRAWN], linker(datasette), today),
            "drawn": DRAWN,
            "first_year": first_year,
            "last_year": last_year,
            "country_asked": country,
            "section": "timeline",
        },
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
