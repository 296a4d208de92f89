"""The pages of the site, one module a family; each gives its routes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from db.web.pages import (
    announcements,
    atlas,
    chips,
    claims,
    companies,
    compare,
    dates,
    documents,
    feeds,
    front,
    openings,
    places,
    projects,
    questions,
    reconcile,
    robots,
    search,
    sums,
    take,
    trust,
)

Route = tuple[str, Callable[..., Any]]
MODULES = (
    front, projects, companies, places, chips, announcements, documents, claims, search, dates, atlas, compare, sums,
    trust, take, feeds, openings, robots, questions,
    reconcile,
)  # fmt: skip


def routes() -> list[Route]:
    """Return every route of the site, in the order in which they are tried."""
    found: list[Route] = []
    for module in MODULES:
        found.extend(module.ROUTES)
    return found
