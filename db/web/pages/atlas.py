"""
The map of projects, drawn from the page's own rows.

In: a region. Out: a page with the map and the same rows as a table. Never places a project whose place is not known.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web import maps
from db.web.answers import Answer, Asker
from db.web.links import linker
from db.web.listing import asked
from db.web.page import Page, respond

PLACED = """
    select project_id, project, level, parent_id, parent, companies, place_id, place, admin1, country, latitude,
      longitude,
      step, step_on, mark, power_mw_min, power_mw_max, power_qualifier, power_claim_id, capex_usd_min, capex_usd_max,
      capex_qualifier, capex_claim_id, chips_min, chips_max, chips_qualifier, chips_claim_id, online_from, online_to,
      online_qualifier, online_claim_id
    from project_overview
    where latitude is not null and claims > 0 and level is not 'umbrella'
      and longitude between :west and :east and latitude between :south and :north
    order by coalesce(power_mw_max, power_mw_min) desc nulls last, project
"""
UNPLACED = """
    select count(*) as projects from project_overview where latitude is null and claims > 0 and level is not 'umbrella'
"""
MOST = 400


async def placed_in(asker: Asker, region: str, most: int) -> Answer:
    """Return the projects of a region, largest power first."""
    return await asker.ask(PLACED, most=most, **asdict(maps.REGIONS[region]))


async def show_map(datasette: Any, request: Request) -> Response:
    """Show the map."""
    name = asked(request, "region")
    region = name if name in maps.REGIONS else "world"
    asker = Asker(datasette)
    placed, unplaced = await placed_in(asker, region, MOST), await asker.ask(UNPLACED)
    page = Page(
        "site/map.html",
        f"Map: {maps.NAMES[region]}",
        "Projects on a map, sized by their best known power.",
        "/map",
        {"projects": placed, "without_place": unplaced},
        {"regions": maps.NAMES, "region": region},
        charts={"map": maps.projects(region, placed, linker(datasette))},
    )
    return await respond(datasette, request, page)


ROUTES = [(r"/map(\.(?P<format>json))?$", show_map)]
