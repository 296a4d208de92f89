"""
Two to six projects or companies side by side.

In: ids or names. Out: a page with one column each. Never ranks them, and never compares a sum with a single site.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Answer, Asker
from db.web.page import Page, respond

MOST = 6
FIND_PROJECT = """
    select id, name from projects where id = :asked or lower(name) = lower(:asked)
      or id = (select entity_id from aliases where kind = 'project' and lower(alias) = lower(:asked))
    order by id != :asked limit 1
"""
FIND_COMPANY = """
    select id, name from companies where id = :asked or lower(name) = lower(:asked)
      or id = (select entity_id from aliases where kind = 'company' and lower(alias) = lower(:asked))
    order by id != :asked limit 1
"""
PROJECTS = "select * from project_overview where project_id in (:a, :b, :c, :d, :e, :f)"
FIGURES = """
    select project_id, metric, stage, facet, value_min, value_max, unit, qualifier, usd_min, usd_max, period_start,
      period_end, basis, said_on, publisher, agreeing, disagreeing, claim_id, quote
    from best_figures where project_id in (:a, :b, :c, :d, :e, :f) and headline = 1 order by metric
"""
COMPANIES = "select * from company_overview where company_id in (:a, :b, :c, :d, :e, :f)"
GUIDANCE = """
    select g.company_id, g.fiscal_label, g.kind, g.usd_min, g.usd_max, g.qualifier, g.said_on, g.claim_id
    from guidance g where g.company_id in (:a, :b, :c, :d, :e, :f) and g.current = 1 order by g.period_end desc
"""
TOTALS = """
    select id as total_id, member as company_id, metric, stage, unit, gross_low, gross_high, net_low, net_high,
      claim_count
    from totals where dimension = 'company' and member in (:a, :b, :c, :d, :e, :f) order by metric, stage
"""
LARGEST = """
    select pc.company_id, f.project_id, f.project, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min,
      f.usd_max, f.period_start, f.period_end, f.claim_id, f.said_on
    from best_figures f join (select distinct project_id, company_id from project_companies
      where company_id in (:a, :b, :c, :d, :e, :f)) pc on pc.project_id = f.project_id
    where f.headline = 1 and f.metric in ('power', 'capex')
    order by coalesce(f.usd_max, f.usd_min, f.value_max, f.value_min) desc
"""
DEALS = """
    select cc.company_id, f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max,
      f.period_start, f.period_end, f.said_on, f.quote, f.companies
    from (
      select company_id, claim_id, row_number() over (partition by company_id, metric order by usd desc) as place
      from company_claims
      where company_id in (:a, :b, :c, :d, :e, :f) and metric in ('contract', 'financing')) cc
    join stated_figures f on f.claim_id = cc.claim_id where cc.place <= 5
    order by coalesce(f.usd_max, f.usd_min) desc
"""
CHOICES = """
    select project_id as id, project as name, claims from project_overview where claims > 0
      order by claims desc limit 300
"""
COMPANY_CHOICES = """
    select company_id as id, company as name, claims from company_overview where claims > 0
      order by claims desc limit 300
"""
PROJECT_METRICS = (
    "power", "capex", "online", "chips", "generation", "financing", "contract", "land_area", "floor_area", "jobs",
)  # fmt: skip


async def compare(datasette: Any, request: Request) -> Response:
    """Show what was asked for side by side."""
    asker = Asker(datasette)
    companies = bool(request.args.getlist("company"))
    kind = "company" if companies else "project"
    asked = [value.strip()[:200] for value in request.args.getlist(kind) if value.strip()][:MOST]
    finder = FIND_COMPANY if companies else FIND_PROJECT
    found = await asyncio.gather(*(asker.ask(finder, asked=value) for value in asked))
    chosen = {answer.first["id"]: answer.first["name"] for answer in found if answer.first}
    unknown = [value for value, answer in zip(asked, found, strict=True) if not answer.first]
    choices = await asker.ask(COMPANY_CHOICES if companies else CHOICES)
    answers: dict[str, Answer] = {"choices": choices}
    if chosen:
        ids = dict(zip("abcdef", [*chosen, *[""] * MOST], strict=False))
        queries = (
            {"companies": COMPANIES, "guidance": GUIDANCE, "totals": TOTALS, "largest": LARGEST, "deals": DEALS}
            if companies
            else {"projects": PROJECTS, "figures": FIGURES}
        )
        answers |= await asker.ask_all(queries, **ids)
    page = Page(
        "site/compare.html",
        "Compare " + (", ".join(chosen.values()) if chosen else "projects or companies"),
        "Projects or companies side by side, each figure with its quote.",
        "/compare",
        answers,
        {"kind": kind, "chosen": chosen, "unknown": unknown, "metrics": PROJECT_METRICS, "most": MOST},
        indexed=not asked,
    )
    return await respond(datasette, request, page)


ROUTES = [(r"/compare(\.(?P<format>json))?$", compare)]
