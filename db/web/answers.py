"""
A question put to the database, and its answer with the SQL that anyone can run again.

In: SQL with named parameters. Out: `Answer`: the rows, and the address where the same SQL opens in Datasette.
Never writes, and never hides a query: what a page shows came through here.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import dedent
from typing import Any
from urllib.parse import urlencode

Row = dict[str, Any]
TIME_LIMIT_MS = 5000
FIRST = " /* first */"
"""Stands in a query where its rows are chosen: only those that are shown are then joined with their names."""
AMONG = re.compile(r" /\* first (\d+) \*/")
"""Stands where the first rows are sure to be among so many of another order, which an index gives."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of one query. `href` opens the query in Datasette; `cut` says that there were more rows."""

    sql: str
    params: Mapping[str, object]
    rows: tuple[Row, ...]
    href: str
    cut: bool = False

    def __iter__(self) -> Iterator[Row]:
        """Each row."""
        return iter(self.rows)

    def __len__(self) -> int:
        """How many rows are here; when `cut`, there are more."""
        return len(self.rows)

    def __bool__(self) -> bool:
        """Whether there is any row."""
        return bool(self.rows)

    @property
    def first(self) -> Row | None:
        """The only or first row."""
        return self.rows[0] if self.rows else None

    @property
    def value(self) -> Any:
        """The first column of the first row."""
        return next(iter(self.rows[0].values())) if self.rows else None


def _bounded(sql: str, limit: str) -> str:
    sql = AMONG.sub(r" limit \1", sql)
    return sql.replace(FIRST, f" {limit}") if FIRST in sql else f"select * from ({sql}) {limit}"


def _whole(sql: str) -> str:
    return AMONG.sub("", sql.replace(FIRST, ""))


class Asker:
    """Puts queries to the one database that the site shows."""

    def __init__(self, datasette: Any) -> None:
        self.datasette = datasette
        self.db = datasette.get_database()

    def href(self, sql: str, params: Mapping[str, object] | None = None) -> str:
        """Return the address at which Datasette runs `sql` for the reader."""
        given = {key: "" if value is None else value for key, value in (params or {}).items()}
        return f"{self.datasette.urls.database(self.db.name)}?{urlencode({'sql': sql, **given})}"

    async def ask(self, sql: str, *, most: int | None = None, **params: Any) -> Answer:
        """
        Return the answer to `sql`. With `most`, that many rows are shown and `cut` is true when there are more;
        the SQL that the reader opens is without that limit.
        """
        sql = dedent(sql).strip()
        used = {key: value for key, value in params.items() if re.search(rf":{key}\b", sql)}
        bounded = sql if most is None else _bounded(sql, f"limit {most + 1}")
        sql = _whole(sql)
        result = await self.db.execute(bounded, used, custom_time_limit=TIME_LIMIT_MS)
        rows = tuple(dict(row) for row in result.rows)
        cut = most is not None and len(rows) > most
        return Answer(sql, used, rows[:most] if cut else rows, self.href(sql, used), cut)

    async def page(self, sql: str, size: int, skipped: int, **params: Any) -> Answer:
        """Return `size` rows after `skipped`; the SQL that the reader opens gives all of them."""
        sql = dedent(sql).strip()
        used = {key: value for key, value in params.items() if re.search(rf":{key}\b", sql)}
        bounded = _bounded(sql, f"limit {size} offset {skipped}")
        sql = _whole(sql)
        result = await self.db.execute(bounded, used, custom_time_limit=TIME_LIMIT_MS)
        return Answer(sql, used, tuple(dict(row) for row in result.rows), self.href(sql, used))

    async def ask_all(self, queries: Mapping[str, str], *, most: int | None = None, **params: Any) -> dict[str, Answer]:
        """Return the answers to several queries that share their parameters, each cut at `most`."""
        answers = await asyncio.gather(*(self.ask(sql, most=most, **params) for sql in queries.values()))
        return dict(zip(queries, answers, strict=True))
