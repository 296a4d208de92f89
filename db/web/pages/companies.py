"""
Companies: the list of all, and the page of each with its projects, deals, spending plans and figures.

In: a company's id, or filters. Out: a page. Never adds deals or projects up.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web import charts
from db.web.answers import Answer, Asker, Row
from db.web.links import linker
from db.web.listing import asked, listing
from db.web.page import Page, not_found, respond

LIST = """
    select company_id, company, kind, country, ticker, roles, claims, projects, last_said_on from company_overview
    where (claims > 0 or projects > 0) and (:words = '' or instr(lower(company), lower(:words))
        or company_id in (select entity_id from aliases where kind = 'company' and instr(lower(alias), lower(:words))))
      and (:kind = '' or kind = :kind) and (:country = '' or country = :country)
    order by claims desc, projects desc, company
"""
KINDS = "select kind, count(*) as companies from companies where kind is not null group by kind order by companies desc"
COUNTRIES = """
    select country, count(*) as companies from company_overview where country is not null and claims > 0
    group by country order by companies desc, country
"""
COMPANY = """
    select o.id as company_id, o.name as company, o.kind, o.country, o.parent_id, p.name as parent, o.ticker, o.cik,
      o.wikidata, o.roles, o.origin
    from companies o left join companies p on p.id = o.parent_id where o.id = :company
"""
NAMES = """
    select alias, valid_from, valid_to from aliases where kind = 'company' and entity_id = :company
      and alias != (select name from companies where id = :company) order by alias
"""
UNITS = "select id as company_id, name as company, kind from companies where parent_id = :company order by name"
PROJECTS = """
    select p.*, (select group_concat(role, ', ') from project_companies pc
      where pc.project_id = p.project_id and pc.company_id = :company) as roles
    from project_overview p
    where p.project_id in (select project_id from project_companies where company_id = :company)
    order by coalesce(p.power_mw_max, p.power_mw_min) desc nulls last, p.claims desc, p.project
"""
DEALS = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start,
      f.period_end, f.basis, f.financing_kind, f.contract_years, f.status, f.quote, f.said_on, f.publisher, f.companies,
      f.project_id, f.project
    from (
      select claim_id from company_claims where company_id = :company and metric in ('contract', 'financing')
      order by usd desc /* first */) n
    join stated_figures f on f.claim_id = n.claim_id order by coalesce(f.usd_max, f.usd_min) desc, f.said_on desc
"""
GUIDANCE = """
    select g.fiscal_label, g.kind, g.period_start, g.period_end, g.usd_min, g.usd_max, g.qualifier, g.said_on,
      g.current,
      g.calendar, g.claim_id, o.name as company, g.company_id, d.publisher
    from guidance g join companies o on o.id = g.company_id join claims c on c.id = g.claim_id
    join documents d on d.id = c.document_id
    where g.company_id = :company order by g.period_end, g.said_on
"""
STATED = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start,
      f.period_end, f.basis, f.scope, f.financing_kind, f.status, f.quote, f.said_on, f.publisher, f.companies,
      f.project_id, f.project, f.place_id, f.place, f.admin1, f.country
    from (
      select claim_id from company_claims where company_id = :company
      order by said_on desc, document_id desc /* first */) n
    join stated_figures f on f.claim_id = n.claim_id order by f.said_on desc, f.claim_id
"""
ANNOUNCEMENTS = """
    select a.announcement_id, a.announced_on, a.title, a.kind, a.document_id, a.publisher, a.document_count,
      a.publisher_count
    from announcement_list a
    where a.announcement_id in (
      select m.announcement_id from (
        select distinct said_on, document_id from company_claims where company_id = :company
        order by said_on desc, document_id desc /* first 400 */) d
      join announcement_documents m on m.document_id = d.document_id join announcements n on n.id = m.announcement_id
      group by m.announcement_id order by max(n.announced_on) desc /* first */)
    order by a.announced_on desc, a.announcement_id
"""
TOTALS = """
    select id as total_id, metric, stage, unit, gross_low, gross_high, net_low, net_high, claim_count, removed_count
    from totals where dimension = 'company' and member = :company order by metric, stage
"""
PER_PAGE = 100
SHOWN = 60
PROJECTS_SHOWN = 200


async def companies(datasette: Any, request: Request) -> Response:
    """List the companies that documents name."""
    asker = Asker(datasette)
    words, kind, country = asked(request, "q"), asked(request, "kind"), asked(request, "country").upper()
    rows, kinds, countries = await asyncio.gather(
        listing(asker, request, LIST, PER_PAGE, words=words, kind=kind, country=country),
        asker.ask(KINDS),
        asker.ask(COUNTRIES),
    )
    page = Page(
        "site/companies.html",
        "Companies",
        "Who builds, rents, finances and supplies AI data centres, with how much is said about each.",
        "/companies",
        {"companies": rows.answer, "kinds": kinds, "countries": countries},
        {"paging": rows, "words_asked": words, "kind_asked": kind, "country_asked": country, "section": "companies"},
    )
    return await respond(datasette, request, page)


async def company(datasette: Any, request: Request) -> Response:
    """Show one company."""
    identifier = request.url_vars["company"]
    asker = Asker(datasette)
    short = {"company": COMPANY, "names": NAMES, "units": UNITS, "guidance": GUIDANCE, "totals": TOTALS}
    found, projects, deals, stated, announcements = await asyncio.gather(
        asker.ask_all(short, company=identifier),
        asker.ask(PROJECTS, most=PROJECTS_SHOWN, company=identifier),
        asker.ask(DEALS, most=SHOWN, company=identifier),
        asker.ask(STATED, most=SHOWN, company=identifier),
        asker.ask(ANNOUNCEMENTS, most=20, company=identifier),
    )
    row = found["company"].first
    if row is None:
        return await not_found(datasette, request, "company", identifier)
    page = Page(
        "site/company.html",
        row["company"],
        f"What {row['company']} builds, buys and finances for AI: projects, deals and spending plans, with quotes.",
        f"/companies/{identifier}",
        {**found, "projects": projects, "deals": deals, "stated": stated, "announcements": announcements},
        {
            "company": row,
            "plan": _plan(found["guidance"]),
            "with_figures": [each for each in projects if each["claims"]],
            "without_figures": [each for each in projects if not each["claims"]],
            "section": "companies",
        },
        charts={"guidance": charts.guidance(found["guidance"], linker(datasette))},
        linked_data=_linked_data(row),
    )
    return await respond(datasette, request, page)


def _plan(guidance: Answer) -> Row | None:
    """Return the spending plan that still stands for the latest period, the newest where it was said twice."""
    plans = [each for each in guidance if each["current"] and each["kind"] == "guided"]
    return max(plans, key=lambda plan: (plan["period_end"], plan["said_on"] or ""), default=None)


def _linked_data(row: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {"@context": "https://schema.org", "@type": "Organization", "name": row["company"]}
    if row["ticker"]:
        about["tickerSymbol"] = row["ticker"]
    if row["wikidata"]:
        about["sameAs"] = f"https://www.wikidata.org/wiki/{row['wikidata']}"
    return about


ROUTES = [
    (r"/companies(\.(?P<format>json))?$", companies),
    (r"/companies/(?P<company>[^/]+?)(\.(?P<format>json))?$", company),
]
