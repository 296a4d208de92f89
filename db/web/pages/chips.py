"""
Chips: all accelerators and systems by vendor, and the page of each with who has said they use how many.

In: a chip's id. Out: a page. Never adds counts up: a supply deal and the sites that it fills are the same chips.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.page import Page, not_found, respond

LIST = """
    select chip_id, chip, vendor, family, kind, generation, year, power_w, chips_per_system, claims,
      v.id as vendor_id
    from chip_overview left join (select name, min(id) as id from companies group by name) v on v.name = vendor
    order by vendor, claims desc, chip
"""
CHIP = """
    select id as chip_id, name as chip, vendor, family, kind, generation, year, power_w, chips_per_system, origin,
      (select id from companies where name = vendor order by id limit 1) as vendor_id
    from chips where id = :chip
"""
NAMES = "select alias from aliases where kind = 'chip' and entity_id = :chip order by alias"
STATED = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start,
      f.period_end, f.basis, f.financing_kind, f.status, f.quote, f.said_on, f.publisher, f.companies, f.project_id,
      f.project, f.place_id, f.place, f.admin1, f.country
    from (
      select id from claims where chip_id = :chip and retracted_at is null
      order by metric != 'chips', coalesce(value_max, value_min) desc /* first */) n
    join stated_figures f on f.claim_id = n.id
    order by f.metric != 'chips', coalesce(f.value_max, f.value_min) desc, f.said_on desc
"""
DOCUMENTS = """
    select d.id as document_id, d.title, d.publisher, substr(d.published_at, 1, 10) as said_on, count(*) as mentions
    from document_mentions m join documents d on d.id = m.document_id
    where m.kind = 'chip' and m.entity_id = :chip group by d.id order by said_on desc, d.id
"""
SHOWN = 100


async def chips(datasette: Any, request: Request) -> Response:
    """List the chips by vendor."""
    asker = Asker(datasette)
    found = await asker.ask(LIST)
    vendors: dict[str, list[Any]] = {}
    for row in found:
        vendors.setdefault(row["vendor"] or "Other", []).append(row)
    page = Page(
        "site/chips.html",
        "Chips",
        "Accelerators and systems named in announcements, with how often figures are stated for each.",
        "/chips",
        {"chips": found},
        {"vendors": sorted(vendors.items(), key=lambda item: (-sum(row["claims"] for row in item[1]), item[0]))},
    )
    return await respond(datasette, request, page)


async def chip(datasette: Any, request: Request) -> Response:
    """Show one chip."""
    identifier = request.url_vars["chip"]
    asker = Asker(datasette)
    found, names, stated, documents = await asyncio.gather(
        asker.ask(CHIP, chip=identifier),
        asker.ask(NAMES, chip=identifier),
        asker.ask(STATED, most=SHOWN, chip=identifier),
        asker.ask(DOCUMENTS, most=40, chip=identifier),
    )
    row = found.first
    if row is None:
        return await not_found(datasette, request, "chip", identifier)
    page = Page(
        "site/chip.html",
        row["chip"],
        f"Who says they use or order {row['chip']}, how many and where, each with its quote.",
        f"/chips/{identifier}",
        {"chip": found, "names": names, "stated": stated, "documents": documents},
        {"chip": row},
    )
    return await respond(datasette, request, page)


ROUTES = [
    (r"/chips(\.(?P<format>json))?$", chips),
    (r"/chips/(?P<chip>[^/]+?)(\.(?P<format>json))?$", chip),
]
