"""The pages of the site, one module a family; each gives its routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.web.pages import claims, documents, front

Route = tuple[str, Callable[..., Any]]


def routes() -> list[Route]:
    """Return every route of the site, in the order in which they are tried."""
    found: list[Route] = []
    for module in (front, claims, documents):
        found.extend(module.ROUTES)
    return found
