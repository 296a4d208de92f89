"""
The map of projects, drawn from the page's own rows.

In: a region. Out: a page with the map and the same rows as a table. Never places a project whose place is not known.
"""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Request, Response

from db.web import world
from db.web.answers import Asker
from db.web.links import linker
from db.web.listing import asked
from db.web.page import Page, respond
from db.web.words import amount

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
LARGEST_MW = 5000
DRAWN = 400
LISTED = 100


def dots(rows: Any, link: Any) -> list[world.Dot]:
    """Return a dot for each row, sized by power."""
    found = []
    for row in rows:
        high = row["power_mw_max"] if row["power_mw_max"] is not None else row["power_mw_min"]
        power = (
            amount(row["power_mw_min"], row["power_mw_max"], "MW", row["power_qualifier"])
            if high
            else "power not stated"
        )
        where = ", ".join(part for part in (row["place"], row["admin1"], row["country"]) if part)
        text = f"{row['project']}, {where}: {power}"
        size = min(1.0, high / LARGEST_MW) if high else None
        kind = row["step"] or "planned"
        href = link("projects", row["project_id"])
        found.append(world.Dot(row["latitude"], row["longitude"], row["project"], text, href, kind, size))
    return found


async def show_map(datasette: Any, request: Request) -> Response:
    """Show the map."""
    name = asked(request, "region")
    region = world.REGIONS.get(name, world.REGIONS["world"])
    asker = Asker(datasette)
    edges: dict[str, Any] = {"west": region.west, "east": region.east, "south": region.south, "north": region.north}
    placed = await asker.ask(PLACED, most=DRAWN, **edges)
    unplaced = await asker.ask(UNPLACED)
    page = Page(
        "site/map.html",
        f"Map: {region.name}",
        "Projects on a map, sized by their best known power.",
        "/map",
        {"projects": placed, "without_place": unplaced},
        {
            "map": world.drawn(region, dots(placed, linker(datasette)), f"Projects: {region.name}"),
            "listed": placed.rows[:LISTED],
            "regions": world.REGIONS,
            "region": region,
        },
    )
    return await respond(datasette, request, page)


ROUTES = [(r"/map(\.(?P<format>json))?$", show_map)]
