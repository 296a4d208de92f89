"""
Places: countries and what is said of each, and the page of a country, state, county or town.

In: a place's id. Out: a page with everything in that place, smaller places inside it among them.
Never guesses a place: a figure without one is in no list here.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web import maps
from db.web.answers import Asker
from db.web.page import Page, not_found, respond

INSIDE = """
    with recursive inside (id) as (
      select :place union select l.id from places l join inside i on l.parent_id = i.id)
"""
COUNTRIES = """
    select o.country, l.id as place_id, coalesce(l.name, o.country) as place, o.claims, o.documents, o.projects,
      o.last_said_on
    from country_overview o left join places l on l.kind = 'country' and l.country = o.country
    order by o.claims desc, o.country
"""
LARGEST = """
    select country, project_id, project, value_min, value_max, unit, qualifier, metric, period_start, period_end,
      claim_id,
      max(coalesce(value_max, value_min)) as largest
    from best_figures where metric = 'power' and headline = 1 and level is not 'umbrella' and country is not null
    group by country
"""
STATES = """
    select place_id, place, country, claims, projects from place_overview
    where kind = 'state' and claims > 0 order by claims desc, place limit 60
"""
PLACE = """
    select l.id as place_id, l.name as place, l.kind, l.admin1, l.country, l.parent_id, p.name as parent, l.latitude,
      l.longitude, l.population, l.geonames_id
    from places l left join places p on p.id = l.parent_id where l.id = :place
"""
CHAIN = """
    with recursive up (id, name, parent_id, level) as (
      select id, name, parent_id, 0 from places where id = :place
      union select p.id, p.name, p.parent_id, level + 1 from places p join up on p.id = up.parent_id where level < 8)
    select id as place_id, name as place from up where level > 0 order by level desc
"""
WITHIN = """
    select place_id, place, kind, claims, projects from place_overview where parent_id = :place
    order by claims desc, projects desc, place
"""
PROJECTS = f"""{INSIDE}
    select p.* from project_overview p where p.place_id in (select id from inside) and (p.claims > 0)
    order by coalesce(p.power_mw_max, p.power_mw_min) desc nulls last, p.claims desc, p.project
"""
STATED = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start,
      f.period_end, f.basis, f.financing_kind, f.status, f.quote, f.said_on, f.publisher, f.companies, f.project_id,
      f.project, f.place_id, f.place, f.admin1, f.country
    from (
      select id from claims where {where} and retracted_at is null order by first_seen desc /* first */) n
    join stated_figures f on f.claim_id = n.id order by f.said_on desc, f.claim_id
"""
TIED = {"country": "country = :country", "state": "country = :country and admin1 = :name"}
"""Which claims lie in a place: by code, by name, and for smaller places those tied to the place itself."""
TOTALS = """
    select id as total_id, metric, stage, unit, gross_low, gross_high, net_low, net_high, claim_count, removed_count
    from totals where (dimension = 'country' and :kind = 'country' and member = :country)
      or (dimension in ('state', 'admin1', 'place') and member in (:place, :name)) order by metric, stage
"""
SHOWN = 100


async def places(datasette: Any, request: Request) -> Response:
    """List the countries and states that figures are tied to."""
    asker = Asker(datasette)
    countries, largest, states = await asyncio.gather(asker.ask(COUNTRIES), asker.ask(LARGEST), asker.ask(STATES))
    page = Page(
        "site/places.html",
        "Places",
        "Where AI data centres are planned and built: countries, states and towns, with what is said of each.",
        "/places",
        {"countries": countries, "largest_by_country": largest, "states": states},
        {"largest": {row["country"]: row for row in largest}, "section": "places"},
    )
    return await respond(datasette, request, page)


async def place(datasette: Any, request: Request) -> Response:
    """Show one place."""
    identifier = request.url_vars["place"]
    asker = Asker(datasette)
    found = await asker.ask_all({"place": PLACE, "lies_in": CHAIN, "within": WITHIN}, place=identifier)
    row = found["place"].first
    if row is None:
        return await not_found(datasette, request, "place", identifier)
    projects, stated, totals = await asyncio.gather(
        asker.ask(PROJECTS, most=SHOWN, place=identifier),
        asker.ask(
            STATED.format(where=TIED.get(row["kind"], "place_id = :place")),
            most=SHOWN,
            place=identifier,
            country=row["country"],
            name=row["place"],
        ),
        asker.ask(TOTALS, place=identifier, name=row["place"], kind=row["kind"], country=row["country"]),
    )
    country = row["kind"] == "country"
    page = Page(
        "site/place.html",
        ", ".join(part for part in (row["place"], row["admin1"] if row["admin1"] != row["place"] else None) if part),
        f"AI data centres in {row['place']}: projects and figures, each with its quote.",
        f"/places/{identifier}",
        {**found, "projects": projects, "stated": stated, "totals": totals},
        {"place": row, "section": "places"},
        charts={"map": None if country else maps.around(row["latitude"], row["longitude"], row["place"])},
        linked_data={
            "@context": "https://schema.org",
            "@type": "Place",
            "name": row["place"],
            **(
                {"geo": {"@type": "GeoCoordinates", "latitude": row["latitude"], "longitude": row["longitude"]}}
                if row["latitude"] is not None
                else {}
            ),
        },
    )
    return await respond(datasette, request, page)


ROUTES = [
    (r"/places(\.(?P<format>json))?$", places),
    (r"/places/(?P<place>[^/]+?)(\.(?P<format>json))?$", place),
]
