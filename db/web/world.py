"""
Maps as SVG made on the server, from an outline that is shipped with the package.

In: points with coordinates, names and addresses. Out: safe SVG. Never loads tiles or anything else from another host.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from markupsafe import Markup

from db.web.words import clean

Point = tuple[float, float]
Project = Callable[[float, float], Point]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world: its name and its edges in degrees."""

    name: str
    west: float
    south: float
    east: float
    north: float


REGIONS = {
    "world": Region("The world", -170, -56, 180, 78),
    "north-america": Region("North America", -126, 23, -65, 51),
    "europe": Region("Europe", -12, 35, 35, 71),
    "middle-east": Region("Middle East", 30, 11, 62, 42),
    "asia": Region("Asia and Oceania", 62, -46, 180, 54),
    "latin-america": Region("Latin America", -118, -56, -32, 33),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One place on a map. `size` is from 0 to 1; a dot without size is small and hollow."""

    latitude: float
    longitude: float
    name: str
    text: str
    href: str
    kind: str = "planned"
    size: float | None = None


@cache
def outline() -> dict[str, Any]:
    """Return the outline, read once."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("outline.json").read_text(encoding="utf-8"))
    return loaded


def projection(region: Region, width: int) -> tuple[Project, int]:
    """Return a plain projection that is true to shape in the middle of the region, and the height it needs."""
    squeeze = math.cos(math.radians(min(55.0, abs(region.north + region.south) / 2)))
    scale = width / ((region.east - region.west) * squeeze)
    height = round((region.north - region.south) * scale)
    return lambda lon, lat: ((lon - region.west) * squeeze * scale, (region.north - lat) * scale), height


@cache
def shapes(detail: str, kind: str) -> tuple[tuple[Region, list[Point]], ...]:
    """Return every ring or line of one kind with the box it fills."""
    found = []
    for flat in outline()[detail].get(kind, ()):
        points = pairs(flat)
        across, down = [x for x, _ in points], [y for _, y in points]
        found.append((Region("", min(across), min(down), max(across), max(down)), points))
    return tuple(found)


@lru_cache(maxsize=512)
def land(region: Region, width: int, detail: str) -> Markup:
    """Return land and borders of a region as paths."""
    place, _ = projection(region, width)
    grown = Region("", region.west - 1, region.south - 1, region.east + 1, region.north + 1)

    def near(kind: str) -> Iterable[list[Point]]:
        return (points for box, points in shapes(detail, kind) if _meet(box, grown))

    def lines(kind: str) -> str:
        return "".join(_path(piece, place) for points in near(kind) for piece in inside(points, grown))

    rings = "".join(_path(clipped(points, grown), place, closed=True) for points in near("land"))
    return Markup(
        '<path class="land" d="{}"/><path class="borders states" d="{}"/><path class="borders" d="{}"/>'
    ).format(rings, lines("states"), lines("borders"))


def _meet(one: Region, other: Region) -> bool:
    across = one.west <= other.east and other.west <= one.east
    return across and one.south <= other.north and other.south <= one.north


def pairs(flat: Sequence[float]) -> list[Point]:
    """Return a flat list of numbers as points."""
    return list(zip(flat[::2], flat[1::2], strict=True))


def clipped(points: Sequence[Point], box: Region) -> list[Point]:
    """Return the part of a ring inside the box (Sutherland and Hodgman)."""
    edges: tuple[tuple[int, float, bool], ...] = (
        (0, box.west, True), (0, box.east, False), (1, box.south, True), (1, box.north, False),
    )  # fmt: skip
    ring = list(points)
    for axis, edge, above in edges:
        kept: list[Point] = []
        for number, point in enumerate(ring):
            before = ring[number - 1]
            here, there = (point[axis] >= edge) == above, (before[axis] >= edge) == above
            if here != there:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if here:
                kept.append(point)
        ring = kept
    return ring


def inside(points: Sequence[Point], box: Region) -> Iterable[list[Point]]:
    """Yield the pieces of a line that touch the box."""
    piece: list[Point] = []
    for before, point in pairwise(points):
        near = any(box.west <= x <= box.east and box.south <= y <= box.north for x, y in (before, point))
        if near:
            piece = piece or [before]
            piece.append(point)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _path(points: Sequence[Point], place: Project, *, closed: bool = False) -> str:
    if len(points) < 2:
        return ""
    steps = []
    last = None
    for lon, lat in points:
        x, y = place(lon, lat)
        at = (round(x, 1), round(y, 1))
        if at != last:
            steps.append(f"{at[0]:g} {at[1]:g}")
        last = at
    return "M" + "L".join(steps) + ("Z" if closed else "")


def drawn(region: Region, dots: Sequence[Dot], title: str, width: int = 960) -> Markup:
    """Return a map of the region with the dots that lie in it, the largest below the smaller ones."""
    place, height = projection(region, width)
    wide = region.east - region.west > 180
    marks = []
    largest = 13 if wide else 22
    for dot in sorted(dots, key=lambda dot: (dot.size is not None, -(dot.size or 0))):
        if not (region.west <= dot.longitude <= region.east and region.south <= dot.latitude <= region.north):
            continue
        x, y = place(dot.longitude, dot.latitude)
        radius = 3.2 if dot.size is None else 3.5 + (largest - 3.5) * math.sqrt(min(1.0, max(0.0, dot.size)))
        marks.append(
            Markup('<a href="{}" class="dot d-{}{}"><title>{}</title><circle cx="{}" cy="{}" r="{}"/></a>').format(
                dot.href, dot.kind, "" if dot.size is not None else " unsized", clean(dot.text, 200), f"{x:.1f}",
                f"{y:.1f}", f"{radius:.1f}",
            )
        )  # fmt: skip
    return Markup(
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{}{}</svg>'
    ).format(width, height, title, land(region, width, "world" if wide else "near"), Markup("").join(marks))


def around(latitude: float | None, longitude: float | None, name: str) -> Markup | None:
    """Return a small map of the country around one point, or nothing where the place is not known."""
    if latitude is None or longitude is None:
        return None
    up = 7.0
    across = up * 1.6 / max(0.35, math.cos(math.radians(latitude)))
    # Rounded, so that neighbours share the outline that is kept.
    middle, centre = round(longitude * 2) / 2, round(latitude * 2) / 2
    box = Region("", middle - across, centre - up, middle + across, centre + up)
    place, height = projection(box, 640)
    x, y = place(longitude, latitude)
    return Markup(
        '<svg class="map" viewBox="0 0 640 {}" role="img" aria-label="Map: {}" xmlns="http://www.w3.org/2000/svg">{}'
        '<g class="dot d-planned"><circle cx="{}" cy="{}" r="9"/></g></svg>'
    ).format(height, clean(name, 80), land(box, 640, "near"), f"{x:.1f}", f"{y:.1f}")
