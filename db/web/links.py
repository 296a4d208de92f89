"""
Addresses of our own pages, for code that draws.

In: Datasette. Out: a function from parts to an address below the site's base. Never makes an absolute address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.web.cells import address


def linker(datasette: Any) -> Callable[..., str]:
    """Return the function that templates know as `link`."""
    return lambda *parts: str(datasette.urls.path(address(*parts)))
