"""
The front page: what this is, how fresh it is, what is new, and where to go.

In: a request. Out: a page. Never shows a sum of its own: totals come from the totals table, and only when it has rows.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web import charts, maps
from db.web.answers import Asker
from db.web.links import linker
from db.web.page import Page, now_of, respond
from db.web.pages.atlas import placed_in

PLACED_MOST = 150

COUNTS = """
    select coalesce(max(value) filter (where name = 'documents'), 0) as documents,
      coalesce(max(value) filter (where name = 'figures'), 0) as figures,
      coalesce(max(value) filter (where name = 'publishers'), 0) as publishers,
      coalesce(max(value) filter (where name = 'projects'), 0) as projects
    from counts
"""
FRESH = """
    select (select max(finished_at) from runs) as last_run, (select max(first_seen) from documents) as last_document,
      (select max(published_at) from documents where published_at <= :today) as newest_published
"""
NEWEST = """
    select announcement_id, announced_on, title, kind, project_id, project, document_id, publisher, publisher_count
    from announcement_list
    where announcement_id in (select id from announcements order by announced_on desc, id /* first */)
    order by announced_on desc, announcement_id
"""
NEWEST_FIGURES = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.period_start, f.period_end, f.scope,
      f.project, f.project_id, f.companies, f.said_on, f.publisher, f.document_id, a.id as announcement_id
    from (select id, primary_document_id from announcements order by announced_on desc, id limit 8) a
    join stated_figures f on f.document_id = a.primary_document_id
    order by f.confidence desc, f.claim_id
"""
LARGEST = """
    select figure_id, project_id, project, metric, value_min, value_max, unit, qualifier, usd_min, usd_max, basis,
      status, said_on, publisher, claim_id, country, place, agreeing, disagreeing
    from best_figures where metric = :metric and level is not 'umbrella' and headline = 1
    order by coalesce(usd_max, usd_min, value_max, value_min) desc
"""
OPENING = """
    select f.project_id, f.project, p.companies, f.metric, f.period_start, f.period_end, f.qualifier, f.said_on,
      f.publisher, f.claim_id, p.place_id, p.place, p.admin1, p.country
    from best_figures f join project_overview p on p.project_id = f.project_id
    where f.metric = 'online' and f.headline = 1 and f.stage != 'cancelled' and f.period_end >= :today
    order by f.period_end, f.period_start, f.claim_id
"""
TOTALS = """
    select id as total_id, dimension, member, metric, stage, unit, gross_low, gross_high, net_low, net_high,
      claim_count,
      removed_count, open_high
    from totals where dimension = 'all' and metric in ('power', 'capex') and stage in ('announced', 'building',
      'operating', 'spent')
    order by metric desc, stage
"""
CHANGED = """
    select * from (
      select 'figure added' as change, count(*) as figures, count(distinct project_id) as projects
      from claims where first_seen >= :since
      union all
      select 'figure withdrawn', count(*), count(distinct project_id) from claims where retracted_at >= :since)
    where figures > 0
"""
STEPS = """
    select project_id, project, step, happened_on, document_id, title, publisher from status_steps
    where happened_on between :recent and :today order by happened_on desc, project, step
"""
GUIDANCE = """
    select g.company_id, o.name as company, g.fiscal_label, g.kind, g.period_start, g.period_end, g.usd_min, g.usd_max,
      g.qualifier, g.said_on, g.current, g.claim_id, d.publisher
    from guidance g join companies o on o.id = g.company_id join claims c on c.id = g.claim_id
    join documents d on d.id = c.document_id
    where g.current = 1 and g.company_id in ('amazon', 'google', 'meta', 'microsoft', 'oracle')
      and g.period_end >= :recent and (g.kind = 'guided' or g.period_end <= :today)
    order by o.name, g.period_start, g.period_end, g.kind desc
"""


async def front(datasette: Any, request: Request) -> Response:
    """Show the front page."""
    asker, now = Asker(datasette), now_of(datasette)
    today = now.date().isoformat()
    counts, fresh, newest, figures, power, capex, opening = await asyncio.gather(
        asker.ask(COUNTS),
        asker.ask(FRESH, today=today + "T23:59:59Z"),
        asker.ask(NEWEST, most=8),
        asker.ask(NEWEST_FIGURES),
        asker.ask(LARGEST, most=8, metric="power"),
        asker.ask(LARGEST, most=8, metric="capex"),
        asker.ask(OPENING, most=8, today=today),
    )
    totals, changed, steps, guidance, placed = await asyncio.gather(
        asker.ask(TOTALS),
        asker.ask(CHANGED, since=(now - timedelta(days=7)).date().isoformat()),
        asker.ask(STEPS, most=6, recent=(now - timedelta(days=180)).date().isoformat(), today=today),
        asker.ask(GUIDANCE, recent=(now - timedelta(days=400)).date().isoformat(), today=today),
        placed_in(asker, "world", PLACED_MOST),
    )
    link = linker(datasette)
    by_announcement: dict[str, list[Any]] = {}
    for row in figures:
        by_announcement.setdefault(row["announcement_id"], []).append(row)
    page = Page(
        "site/front.html",
        "Gigawatch",
        "Who is building AI's data centres, how big, for how much and when: every figure with its sentence.",
        "/",
        {
            "counts": counts,
            "fresh": fresh,
            "newest": newest,
            "newest_figures": figures,
            "largest_power": power,
            "largest_capex": capex,
            "opening": opening,
            "totals": totals,
            "changed": changed,
            "steps": steps,
            "guidance": guidance,
            "projects": placed,
        },
        {"by_announcement": by_announcement},
        charts={
            "map": maps.projects("world", placed, link) if placed else None,
            "guidance": charts.guidance(guidance, link, with_company=True),
        },
        linked_data={
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "Gigawatch",
            "url": datasette.absolute_url(request, datasette.urls.path("/")),
            "potentialAction": {
                "@type": "SearchAction",
                "target": datasette.absolute_url(request, datasette.urls.path("/search")) + "?q={words}",
                "query-input": "required name=words",
            },
        },
    )
    return await respond(datasette, request, page)


ROUTES = [(r"/$", front), (r"/front\.(?P<format>json)$", front)]
