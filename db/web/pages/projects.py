"""
Projects: the list of all, and the page of each with its figures, history, steps, parts, companies and evidence.

In: a project's id, or filters. Out: a page. Never adds projects up: one may be part of another.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web import charts, maps
from db.web.answers import Asker
from db.web.links import linker
from db.web.listing import asked, listing
from db.web.page import Page, not_found, now_of, respond

LIST = """
    select project_id, project, level, parent_id, parent, companies, place_id, place, admin1, country, step,
      step_on, mark,
      power_mw_min, power_mw_max, power_qualifier, power_claim_id, capex_usd_min, capex_usd_max, capex_qualifier,
      capex_claim_id, chips_min, chips_max, chips_qualifier, chips_claim_id, online_from, online_to, online_qualifier,
      online_claim_id, claims, origin, last_news_on
    from project_overview
    where (:words = '' or project like '%' || :words || '%' or companies like '%' || :words || '%'
        or project_id in (select entity_id from aliases where kind = 'project' and alias like '%' || :words || '%'))
      and (:country = '' or country = :country) and (:step = '' or step = :step) and claims > 0
    order by coalesce(power_mw_max, power_mw_min) desc nulls last, coalesce(capex_usd_max,
      capex_usd_min) desc nulls last,
      claims desc, project
"""
COUNTRIES = """
    select country, count(*) as projects from project_overview where country is not null and claims > 0
    group by country order by projects desc, country
"""
STEPS = (
    "select step, count(*) as projects from project_marks where step is not null group by step order by projects desc"
)
PROJECT = """
    select o.*, (select kind from places where id = o.place_id) as place_kind from project_overview o
    where project_id = :project
"""
NAMES = """
    select alias, valid_from, valid_to from aliases where kind = 'project' and entity_id = :project
      and alias != (select name from projects where id = :project) order by alias
"""
CODENAMES = "select codenames, evidence from projects where id = :project"
FIGURES = """
    select f.figure_id, f.metric, f.stage, f.facet, f.headline, f.value_min, f.value_max, f.unit, f.qualifier,
      f.usd_min, f.usd_max, f.period_start, f.period_end, f.basis, f.status, f.said_on, f.first_said_on, f.publisher,
      f.tier, f.agreeing, f.disagreeing, f.rule, f.corrected, f.claim_id, f.quote, f.document_id,
      substr(case c.quoted_from when 'title' then d.title else d.text end, max(c.start - 419, 1),
        c."end" - c.start + 840) as words_around, min(c.start, 420) as quote_at
    from best_figures f left join claims c on c.id = f.claim_id left join documents d on d.id = c.document_id
    where f.project_id = :project
    order by case f.metric when 'power' then 1 when 'capex' then 2 when 'online' then 3 when 'chips' then 4
      when 'generation' then 5 when 'financing' then 6 when 'contract' then 7 else 8 end, f.headline desc, f.stage,
      f.facet
"""
HISTORY = """
    select h.metric, h.stage, h.facet, h.said_on, h.value_min, h.value_max, h.unit, h.qualifier, h.usd_min, h.usd_max,
      h.period_start, h.period_end, h.status, h.standing, h.publisher, h.tier, h.claim_id, h.quote, first.times_said
    from (
      select project_id, metric, claim_id, min(said_on) as said_on, count(*) as times_said
      from figure_history where project_id = :project and metric in ('power', 'capex', 'chips', 'online')
      group by project_id, metric, stage, facet, value_min, value_max, unit, period_start, period_end
      order by 4, metric, claim_id /* first */) first
    join figure_changes h on h.project_id = first.project_id and h.metric = first.metric and h.claim_id = first.claim_id
    order by h.said_on, h.metric, h.claim_id
"""
STATUS = """
    select step, happened_on, reason, claim_id, document_id, title, publisher from status_steps
    where project_id = :project order by happened_on, step
"""
COMPANIES = """
    select pc.company_id, o.name as company, group_concat(pc.role, ', ') as roles
    from project_companies pc join companies o on o.id = pc.company_id where pc.project_id = :project
    group by pc.company_id order by o.name
"""
PARTS = LIST.split("where", 1)[0] + "where parent_id = :project order by project"
RELATIONS = """
    select r.relation, r.subject_kind, r.subject_id, coalesce(s.name, sc.name, r.subject_id) as subject, r.object_kind,
      r.object_id, coalesce(o.name, oc.name, r.object_id) as object, r.reason, r.origin
    from relations r left join projects s on r.subject_kind = 'project' and s.id = r.subject_id
    left join projects o on r.object_kind = 'project' and o.id = r.object_id
    left join companies sc on r.subject_kind = 'company' and sc.id = r.subject_id
    left join companies oc on r.object_kind = 'company' and oc.id = r.object_id
    where not (r.relation = 'part_of' and s.parent_id is r.object_id) and (
      (r.subject_kind = 'project' and r.subject_id = :project) or (r.object_kind = 'project'
      and r.object_id = :project))
    order by r.relation, subject, object
"""
ANNOUNCEMENTS = """
    select announcement_id, announced_on, title, kind, document_id, publisher, document_count, publisher_count
    from announcement_list where announcement_id in (
      select id from announcements where project_id = :project order by announced_on desc, id /* first */)
    order by announced_on desc, announcement_id
"""
CONFLICTS = """
    select metric, stage, facet, round(ratio, 2) as ratio, chosen_quote, chosen_publisher, chosen_said_on,
      chosen_claim_id,
      other_quote, other_publisher, other_said_on, claim_id, publishers, note
    from conflicting_figures where project_id = :project order by ratio desc
"""
STATED = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start,
      f.period_end, f.basis, f.financing_kind, f.status, f.quote, f.said_on, f.publisher, f.companies, f.chip_id, f.chip
    from (
      select id from claims where project_id = :project and retracted_at is null order by first_seen desc /* first */) n
    join stated_figures f on f.claim_id = n.id order by f.metric, f.said_on desc, f.claim_id
"""
OUTSIDE = """
    select e.name, i.taken_on, e.it_power_mw, e.chip_types, e.match_reason
    from epoch_sites e join epoch_imports i on i.id = e.import_id
    where e.project_id = :project order by i.taken_on desc limit 1
"""
PER_PAGE = 100
MOST = 100
DRAWN = 300


async def projects(datasette: Any, request: Request) -> Response:
    """List the projects that documents name."""
    asker = Asker(datasette)
    words, country, step = asked(request, "q"), asked(request, "country").upper(), asked(request, "step")
    rows, countries, steps = await asyncio.gather(
        listing(asker, request, LIST, PER_PAGE, words=words, country=country, step=step),
        asker.ask(COUNTRIES),
        asker.ask(STEPS),
    )
    page = Page(
        "site/projects.html",
        "Projects",
        "Every project and site that documents name, with its best known power, money, chips and opening date.",
        "/projects",
        {"projects": rows.answer, "countries": countries, "steps": steps},
        {"paging": rows, "words_asked": words, "country_asked": country, "step_asked": step, "section": "projects"},
    )
    return await respond(datasette, request, page)


async def project(datasette: Any, request: Request) -> Response:
    """Show one project."""
    identifier = request.url_vars["project"]
    asker = Asker(datasette)
    queries = {
        "project": PROJECT, "figures": FIGURES, "status": STATUS, "companies": COMPANIES,
        "parts": PARTS, "relations": RELATIONS, "announcements": ANNOUNCEMENTS, "conflicts": CONFLICTS,
        "stated": STATED, "names": NAMES, "codenames": CODENAMES, "epoch": OUTSIDE,
    }  # fmt: skip
    found, history = await asyncio.gather(
        asker.ask_all(queries, most=MOST, project=identifier), asker.ask(HISTORY, most=DRAWN, project=identifier)
    )
    found["history"] = history
    row = found["project"].first
    if row is None:
        return await not_found(datasette, request, "project", identifier)
    histories = charts.histories(found["history"], linker(datasette), now_of(datasette).date())
    where = maps.around(row["latitude"], row["longitude"], row["project"]) if row["place_kind"] != "country" else None
    figures = list(found["figures"])
    headline = [figure for figure in figures if figure["headline"]] or figures
    page = Page(
        "site/project.html",
        row["project"],
        f"What is said about {row['project']}: power, money, chips, dates and status, each with its quote.",
        f"/projects/{identifier}",
        found,
        {
            "project": row,
            "headline": headline,
            "other_figures": [figure for figure in figures if figure not in headline],
            "histories": list(histories),
            "section": "projects",
        },
        charts={**histories, "map": where},
        linked_data=_linked_data(row),
    )
    return await respond(datasette, request, page)


def _linked_data(row: dict[str, Any]) -> dict[str, Any]:
    place: dict[str, Any] = {"@context": "https://schema.org", "@type": "Place", "name": row["project"]}
    if row["latitude"] is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": row["latitude"], "longitude": row["longitude"]}
    if row["country"]:
        place["address"] = {
            "@type": "PostalAddress",
            "addressLocality": row["place"],
            "addressRegion": row["admin1"],
            "addressCountry": row["country"],
        }
    return place


ROUTES = [
    (r"/projects(\.(?P<format>json))?$", projects),
    (r"/projects/(?P<project>[^/]+?)(\.(?P<format>json))?$", project),
]
