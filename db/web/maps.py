"""
What the maps of a page are drawn from: the part of the world that is shown, and a dot for each place.

In: rows with coordinates and the link maker. Out: a `Chart` of the kind map. Never places what has no known place,
and never asks another host for a map: the outline is shipped in `static/vendor`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from db.web.charts import Chart, Link, Mark, Row
from db.web.vocabulary import STEPS, label
from db.web.words import amount, clean


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world: its edges in degrees."""

    west: float
    south: float
    east: float
    north: float


NAMES = {
    "world": "The world",
    "north-america": "North America",
    "europe": "Europe",
    "middle-east": "Middle East",
    "asia": "Asia and Oceania",
    "latin-america": "Latin America",
}
REGIONS = {
    "world": Region(-170, -56, 180, 78),
    "north-america": Region(-128, 23, -60, 60),
    "europe": Region(-25, 35, 45, 70),
    "middle-east": Region(24, 12, 66, 42),
    "asia": Region(62, -46, 180, 54),
    "latin-america": Region(-118, -56, -32, 33),
}
HALF_HEIGHT = 7.0


def projects(region: str, rows: Iterable[Row], link: Link) -> Chart:
    """Return a map with a dot for each row, sized by power; one without a power figure is small and hollow."""
    return Chart(
        "map",
        f"Projects: {NAMES[region]}",
        tuple(_dot(row, link) for row in rows),
        region=asdict(REGIONS[region]),
    )


def _dot(row: Row, link: Link) -> Mark:
    low, high = row["power_mw_min"], row["power_mw_max"]
    largest = high if high is not None else low
    power = amount(low, high, "MW", row["power_qualifier"]) if largest else "power not stated"
    where = ", ".join(part for part in (row["place"], row["admin1"], row["country"]) if part)
    step = row["step"] or "announced"
    return {
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "size": largest or None,
        "kind": step,
        "text": clean(f"{row['project']}, {where}: {power}, {label(step, STEPS).lower()}", 200),
        "href": link("projects", row["project_id"]),
    }


def around(latitude: float | None, longitude: float | None, name: str) -> Chart | None:
    """Return a small map of the country around one point, or nothing where the place is not known."""
    if latitude is None or longitude is None:
        return None
    across = HALF_HEIGHT * 1.6 / max(0.35, math.cos(math.radians(latitude)))
    region = Region(longitude - across, latitude - HALF_HEIGHT, longitude + across, latitude + HALF_HEIGHT)
    dot = {"latitude": latitude, "longitude": longitude, "size": None, "kind": "here", "text": clean(name, 80)}
    return Chart("map", f"Map: {clean(name, 80)}", (dot,), region=asdict(region))
