"""
Makes `outline.json` from the TopoJSON of the npm packages world-atlas 2.0.2 and us-atlas 3.0.1 (Natural Earth and the
US Census Bureau, public domain; packages under the ISC licence). Run by hand when a newer outline is wanted:

    python -m db.web.build_outline countries-110m.json countries-50m.json states-10m.json

In: three files. Out: rings of land and lines of borders as degrees, thinned. Never runs when pages are served.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
OUTPUT = Path(__file__).with_name("outline.json")


def arcs_of(topology: Any) -> list[list[Point]]:
    """Return the arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        found.append(points)
    return found


def rings_of(geometry: Any) -> Iterator[Sequence[int]]:
    """Yield the arc numbers of each ring of a geometry."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from rings_of(part)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def joined(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """Return the points of a ring: a negative number is an arc the other way round."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def shared_lines(topology: Any, name: str) -> Iterator[list[Point]]:
    """Yield the arcs that lie between two members: borders, and no coast."""
    used = Counter(
        number if number >= 0 else ~number for ring in rings_of(topology["objects"][name]) for number in ring
    )
    arcs = arcs_of(topology)
    return (arcs[number] for number, times in used.items() if times > 1)


def unwrapped(lines: Iterator[list[Point]]) -> Iterator[list[Point]]:
    """Yield each line without jumps at the date line; what goes beyond it is given a second time on the other side."""
    for points in lines:
        turn, steps = 0.0, [points[0]]
        for (before, _), (x, y) in pairwise(points):
            turn -= 360 * round((x - before) / 360)
            steps.append((x + turn, y))
        if abs(steps[0][0] - steps[-1][0]) > 180:
            continue  # Round the pole: Antarctica, where nothing is built.
        yield steps
        if max(x for x, _ in steps) > 180:
            yield [(x - 360, y) for x, y in steps]
        if min(x for x, _ in steps) < -180:
            yield [(x + 360, y) for x, y in steps]


def thinned(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Return the points without those that lie within `tolerance` degrees of the line (Douglas and Peucker)."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, distance = first, 0.0
        for number in range(first + 1, last):
            away = _distance(points[number], points[first], points[last])
            if away > distance:
                far, distance = number, away
        if distance > tolerance:
            keep.add(far)
            stack += [(first, far), (far, last)]
    return [points[number] for number in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    if dx == dy == 0:
        return math.dist(point, start)
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy)
    along = min(1.0, max(0.0, along))
    return math.dist(point, (start[0] + along * dx, start[1] + along * dy))


def rounded(lines: Iterator[list[Point]], tolerance: float, smallest: float = 0.0) -> list[list[float]]:
    """Return each line thinned, as one flat list of numbers; those smaller than `smallest` degrees are left out."""
    found = []
    for points in unwrapped(lines):
        across = max(x for x, _ in points) - min(x for x, _ in points)
        down = max(y for _, y in points) - min(y for _, y in points)
        if max(across, down) >= smallest:
            found.append([round(value, 2) for point in thinned(points, tolerance) for value in point])
    return found


def main(world: str, near: str, states: str) -> None:
    """Write `outline.json`."""
    far = json.loads(Path(world).read_text(encoding="utf-8"))
    close = json.loads(Path(near).read_text(encoding="utf-8"))
    american = json.loads(Path(states).read_text(encoding="utf-8"))

    def land(topology: Any) -> Iterator[list[Point]]:
        arcs = arcs_of(topology)
        return (joined(ring, arcs) for ring in rings_of(topology["objects"]["land"]))

    outline = {
        "source": "Natural Earth and US Census Bureau (public domain), by world-atlas 2.0.2 and us-atlas 3.0.1 (ISC)",
        "world": {"land": rounded(land(far), 0.25, 1.5), "borders": rounded(shared_lines(far, "countries"), 0.25)},
        "near": {
            "land": rounded(land(close), 0.03, 0.3),
            "borders": rounded(shared_lines(close, "countries"), 0.04),
            "states": rounded(shared_lines(american, "states"), 0.04),
        },
    }
    OUTPUT.write_text(json.dumps(outline, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
