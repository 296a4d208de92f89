"""
Long lists in pages: one query, a screenful at a time, with the count of all.

In: a request with `page`, and a query. Out: the rows of that page and where the neighbours are.
Never drops rows silently: the count of all is shown beside what is shown.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Request

from db.web.answers import Answer, Asker


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list. `answer` opens the whole list."""

    answer: Answer
    total: int
    size: int
    page: int
    previous: str | None
    next: str | None

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.answer) - 1


def asked(request: Request, name: str, most: int = 200) -> str:
    """Return what the reader asked for, trimmed and bounded; nothing is an empty string."""
    return (request.args.get(name) or "").replace("\x00", "").strip()[:most]


def containing(words: str) -> str:
    """Return the pattern with which `like` finds a text that contains the words as they are, in either case."""
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"


def number_asked(request: Request, name: str) -> float | None:
    """Return a number from the address, or nothing when it is none."""
    try:
        value = float(asked(request, name, 30))
    except ValueError:
        return None
    return value if value == value and abs(value) < 1e18 else None


async def listing(
    asker: Asker, request: Request, sql: str, size: int, *, counted: str | None = None, **params: Any
) -> Listed:
    """Return the page of the list that is asked for. `counted` counts its rows, where that can be faster."""
    wanted = number_asked(request, "page") or 1
    page = max(1, min(int(wanted), 100_000))
    total, answer = await asyncio.gather(
        asker.ask(counted or f"select count(*) as total from ({sql})", **params),
        asker.page(sql, size, (page - 1) * size, **params),
    )
    pages = max(1, -(-int(total.value) // size))
    return Listed(
        answer,
        int(total.value),
        size,
        page,
        _address(request, page - 1) if page > 1 else None,
        _address(request, page + 1) if page < pages else None,
    )


def _address(request: Request, page: int) -> str:
    kept = [(key, value) for key in request.args for value in request.args.getlist(key) if key != "page"]
    return "?" + urlencode([*kept, ("page", page)] if page > 1 else kept)
