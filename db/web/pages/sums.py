"""
Totals with what they leave out, and conflicts between sources.

In: the tables of the knowledge. Out: pages. Never adds anything up: a sum is shown only when the totals table has it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.listing import asked, listing
from db.web.page import Page, not_found, respond

TOTALS = """
    select t.id as total_id, t.dimension, t.member, coalesce(o.name, l.name,
      case t.member when 'all' then 'Everything' end,
        t.member) as member_name, t.metric, t.stage, t.unit, t.gross_low, t.gross_high, t.net_low, t.net_high,
      t.claim_count, t.removed_count, t.open_high
    from totals t left join companies o on t.dimension = 'company' and o.id = t.member
    left join places l on t.dimension = 'country' and l.kind = 'country' and l.country = t.member
    where t.dimension = :dimension and (:metric = '' or t.metric = :metric)
    order by t.metric, t.stage, coalesce(t.net_high, t.net_low) desc, member_name
"""
DIMENSIONS = (
    "select dimension, count(*) as totals from totals group by dimension order by dimension != 'all', dimension"
)
METRICS = "select metric, count(*) as totals from totals where dimension = :dimension group by metric order by metric"
TOTAL = """
    select t.id as total_id, t.dimension, t.member, coalesce(o.name, l.name,
      case t.member when 'all' then 'Everything' end,
        t.member) as member_name, t.metric, t.stage, t.unit, t.gross_low, t.gross_high, t.net_low, t.net_high,
      t.claim_count, t.removed_count, t.open_high
    from totals t left join companies o on t.dimension = 'company' and o.id = t.member
    left join places l on t.dimension = 'country' and l.kind = 'country' and l.country = t.member where t.id = :total
"""
ITEMS = """
    select i.project_id, p.name as project, i.gross_low, i.gross_high, i.net_low, i.net_high, i.claim_id, f.metric,
      f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start, f.period_end, f.quote,
      f.publisher,
      f.said_on
    from total_items i left join projects p on p.id = i.project_id left join stated_figures f on f.claim_id = i.claim_id
    where i.total_id = :total order by i.gross_high desc, i.claim_id
"""
OVERLAPS = """
    select o.claim_id, o.reason, o.covered_by, o.note, o.amount_low, o.amount_high, f.project_id, f.project, f.quote,
      f.publisher, f.said_on, exists (select 1 from claims c where c.id = o.covered_by) as covered_by_claim
    from overlaps o left join stated_figures f on f.claim_id = o.claim_id where o.total_id = :total
    order by o.amount_high desc, o.claim_id
"""
CONFLICTS = """
    select project_id, project, metric, stage, facet, round(ratio, 2) as ratio, chosen_quote, chosen_publisher,
      chosen_said_on, chosen_claim_id, other_quote, other_publisher, other_said_on, claim_id, publishers, note, rule
    from (
      select d.figure_id as figure, d.claim_id as claim from disagreements d join figures f on f.id = d.figure_id
      join projects p on p.id = f.project_id where :metric = '' or f.metric = :metric
      order by max(d.ratio, 1.0 / d.ratio) desc, p.name, d.claim_id /* first */) first
    join conflicting_figures on figure_id = first.figure and claim_id = first.claim
    order by conflicting_figures.ratio desc, project, claim_id
"""
CONFLICT_METRICS = (
    "select f.metric, count(*) as conflicts from disagreements d join figures f on f.id = d.figure_id "
    "group by f.metric order by conflicts desc"
)
CONFLICT_COUNT = """
    select count(*) as total from disagreements d join figures f on f.id = d.figure_id
    where :metric = '' or f.metric = :metric
"""
ODD = """
    select y.kind, y.project_id, p.name as project, y.value, y.band_low, y.band_high, y.message, y.claim_id,
      y.other_claim_id
    from plausibility y left join projects p on p.id = y.project_id order by y.kind, project
"""
PER_PAGE = 100
SHOWN = 200


async def totals(datasette: Any, request: Request) -> Response:
    """Show the totals of one dimension."""
    asker = Asker(datasette)
    dimension, metric = asked(request, "by") or "all", asked(request, "metric")
    rows, found = await asyncio.gather(
        listing(asker, request, TOTALS, PER_PAGE, dimension=dimension, metric=metric),
        asker.ask_all({"dimensions": DIMENSIONS, "metrics": METRICS}, dimension=dimension),
    )
    page = Page(
        "site/totals.html",
        "Totals",
        "Sums of announced, building and operating capacity and money, gross and without double counting.",
        "/totals",
        {"totals": rows.answer, **found},
        {"paging": rows, "dimension": dimension, "metric_asked": metric},
    )
    return await respond(datasette, request, page)


async def total(datasette: Any, request: Request) -> Response:
    """Show what one total is made of and what it leaves out."""
    identifier = request.url_vars["total"]
    asker = Asker(datasette)
    found, listed = await asyncio.gather(
        asker.ask(TOTAL, total=identifier),
        asker.ask_all({"items": ITEMS, "overlaps": OVERLAPS}, most=SHOWN, total=identifier),
    )
    row = found.first
    if row is None:
        return await not_found(datasette, request, "total", identifier)
    page = Page(
        "site/total.html",
        f"Total: {row['member_name']}",
        "What a total is made of, and each figure it leaves out with the reason.",
        f"/totals/{identifier}",
        {"total": found, **listed},
        {"total": row},
    )
    return await respond(datasette, request, page)


async def conflicts(datasette: Any, request: Request) -> Response:
    """Show figures that cannot both be so."""
    asker = Asker(datasette)
    metric = asked(request, "metric")
    rows = await listing(asker, request, CONFLICTS, PER_PAGE, counted=CONFLICT_COUNT, metric=metric)
    found = await asker.ask_all({"metrics": CONFLICT_METRICS, "out_of_band": ODD}, most=SHOWN)
    page = Page(
        "site/conflicts.html",
        "Conflicts",
        "Figures for the same thing on which sources disagree, who says what, and which we show.",
        "/conflicts",
        {"conflicts": rows.answer, **found},
        {"paging": rows, "metric_asked": metric},
    )
    return await respond(datasette, request, page)


ROUTES = [
    (r"/totals(\.(?P<format>json))?$", totals),
    (r"/totals/(?P<total>[^/]+?)(\.(?P<format>json))?$", total),
    (r"/conflicts(\.(?P<format>json))?$", conflicts),
]
