"""
The files that pages load from this site: their addresses, which change when the file does.

In: the name of a file in `static`. Out: its address with a hash, so that a browser may keep it for good.
Never names a file of another host.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

STATIC = Path(__file__).with_name("static")
VENDOR = {
    "d3": "vendor/d3-7.9.0.min.js",
    "plot": "vendor/plot-0.6.17.umd.min.js",
    "topojson": "vendor/topojson-client-3.1.0.min.js",
    "world": "vendor/countries-110m.json",
    "near": "vendor/countries-50m.json",
    "states": "vendor/states-10m.json",
}
"""The library that draws charts and maps, and the outlines of lands; `vendor/README.md` says where from."""


@cache
def version(name: str) -> str:
    """Return a short hash of a file."""
    return sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def static(datasette: Any, name: str) -> str:
    """Return the address of a file, or of a part of the library by its short name."""
    file = VENDOR.get(name, name)
    return f"{datasette.urls.static_plugins('gigawatch', file)}?v={version(file)}"
