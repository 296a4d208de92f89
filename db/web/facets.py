"""
Counts of large tables: as a rebuild kept them where nothing is narrowed, counted where few rows are left.

In: Datasette's facets of the type `kept`; the names of tables. Out: facet results and counts like Datasette's own.
Never counts a million rows for one reader: what is too much is named as not counted.
"""

from __future__ import annotations

from typing import Any

from datasette.facets import ColumnFacet
from datasette.utils import path_with_added_args

COUNTABLE = 5_000
"""So many rows are counted in some milliseconds."""
KEPT = """
    select value, rows from tallies where relation = :relation and column_name = :column
    order by rows desc, value limit :most
"""

KEPT_COUNTS = "select relation, rows from tallies where column_name = ''"
NARROWING = ("_search", "_where", "_through")
"""What narrows a table, besides the names of its columns."""
INDEXES = ("documents_fts", "claims_fts", "sqlite_", "_")
"""Tables that full-text search, SQLite and the program keep for themselves."""


class KeptFacet(ColumnFacet):  # type: ignore[misc]
    """In `metadata.yml`: `facets: [{kept: metric}]` on a relation of the view `live_tallies`."""

    type = "kept"

    async def suggest(self) -> list[dict[str, Any]]:
        """Suggest nothing: what is kept is shown."""
        return []

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the facets and the names of those that were not counted."""
        columns = [each["config"].get("column") or each["config"]["simple"] for each in self.get_configs()]
        if not columns:
            return [], []
        if not self._is_narrowed():
            return [await self._kept(column) for column in columns], []
        if self.row_count is None or self.row_count > COUNTABLE:
            return [], columns
        results, timed_out = await super().facet_results()
        return [{**result, "type": "column"} for result in results], timed_out

    def _is_narrowed(self) -> bool:
        keys = [key for key, _ in self.get_querystring_pairs()]
        return any(not key.startswith("_") or "__" in key or key.startswith(NARROWING) for key in keys)

    async def _kept(self, column: str) -> dict[str, Any]:
        size = self.get_facet_size()
        given = {"relation": self.table, "column": column, "most": size + 1}
        rows = (await self.ds.execute(self.database, KEPT, given)).rows
        values = [row["value"] for row in rows[:size]]
        labels = await self.ds.expand_foreign_keys(self.database, self.table, column, values)

        def address(value: str) -> str:
            path = path_with_added_args(self.request, {column: value})
            return str(self.ds.absolute_url(self.request, self.ds.urls.path(path)))

        return {
            "name": column,
            "type": "column",
            "hideable": False,
            "toggle_url": self.request.path,
            "results": [
                {
                    "value": row["value"],
                    "label": labels.get((column, row["value"]), row["value"]),
                    "count": row["rows"],
                    "toggle_url": address(row["value"]),
                    "selected": False,
                }
                for row in rows[:size]
            ],
            "truncated": len(rows) > size,
        }


async def table_counts(database: Any, limit: int = 10) -> dict[str, int | None]:
    """Return how many rows each table has: the large ones as kept, the others counted in one query."""
    names = await database.table_names()
    if "tallies" not in names:
        return dict(await type(database).table_counts(database, limit))
    kept = {row["relation"]: int(row["rows"]) for row in (await database.execute(KEPT_COUNTS)).rows}
    kept = {name: kept[name] for name in names if name in kept}
    small = [name for name in names if name not in kept and not name.startswith(INDEXES)]
    counts = ", ".join(f'(select count(*) from "{name}")' for name in small)
    counted = (await database.execute(f"select {counts}")).rows[0] if small else ()
    return {**dict.fromkeys(names), **kept, **dict(zip(small, counted, strict=True))}
