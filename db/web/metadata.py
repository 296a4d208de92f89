"""
The descriptions in `metadata.yml`, applied to the database that is served, whatever its file is called.

In: Datasette. Out: the metadata dictionary. Never overrides what a `-m` file says: hooks come first, files after.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

PLACES = (Path(__file__).with_name("metadata.yml"), Path(__file__).parents[2] / "metadata.yml")


@cache
def ours() -> dict[str, Any]:
    """Return the metadata of this project: from beside this module in a wheel, from the top level in a checkout."""
    for path in PLACES:
        if path.exists():
            loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
            return loaded if isinstance(loaded, dict) else {}
    return {}


def questions() -> dict[str, Any]:
    """Return the ready-made questions by name."""
    block = (ours().get("databases") or {}).get("gigawatch") or {}
    found = block.get("queries") or {}
    return found if isinstance(found, dict) else {}


def for_databases(datasette: Any) -> dict[str, Any]:
    """Return the metadata with the block of the database under the name of the file that is served."""
    found = ours()
    described = found.get("databases") or {}
    block = described.get("gigawatch") or {}
    names = [name for name in datasette.databases if name not in {"_internal", "_memory"}]
    return {**found, "databases": {name: described.get(name, block) for name in names}}
