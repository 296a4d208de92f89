"""
What each table and column means, in the words of `metadata.yml`.

In: nothing. Out: descriptions by table and column. They stand in one file for all: Datasette shows them, an export
carries them. Never reads a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

PLACES = (Path(__file__).with_name("web") / "metadata.yml", Path(__file__).parents[1] / "metadata.yml")
"""In a wheel, and in a checkout."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a table is."""

    text: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    is_internal: bool = False
    """Kept for the program's own use: neither shown nor exported."""


@cache
def descriptions() -> Mapping[str, Description]:
    """Describe every table and view that `metadata.yml` names."""
    path = next(path for path in PLACES if path.is_file())
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    tables = loaded["databases"]["gigawatch"]["tables"]
    return {
        name: Description(
            " ".join(str(entry.get("description") or "").split()),
            {column: " ".join(str(text).split()) for column, text in (entry.get("columns") or {}).items()},
            bool(entry.get("hidden")),
        )
        for name, entry in tables.items()
    }
