"""
Counts and overviews that are kept, not worked out at every reading.

In: an open database whose claims or knowledge changed. Out: the kept tables as their `live_` views have them.
Writes only rows that differ, in one transaction with whoever calls it. Never keeps anything that a view cannot make
again: `check_kept_...` compares them.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

KEPT: Mapping[str, str] = {
    "project_overview": "project_id",
    "company_overview": "company_id",
    "chip_overview": "chip_id",
    "place_overview": "place_id",
    "country_overview": "country",
    "reading_overview": "extractor || '/' || certainty_from",
    "counts": "name",
    "tallies": "relation || '/' || column_name || '/' || value",
    "slippage": "project_id || '/' || metric || '/' || stage || '/' || facet",
}
"""Each kept table, with what identifies a row of it. Its view is called `live_` and the same name."""


def refresh(db: Database) -> None:
    """Make every kept table say what its view says now."""
    with db.atomic():
        for table, key in KEPT.items():
            columns = ", ".join(f'"{column.name}"' for column in db[table].columns)
            db.execute("DROP TABLE IF EXISTS temp.fresh")
            db.execute(f"CREATE TEMP TABLE fresh AS SELECT {columns} FROM live_{table}")
            db.execute(f"DELETE FROM {table} WHERE {key} NOT IN (SELECT {key} FROM temp.fresh)")
            db.execute(
                f"INSERT OR REPLACE INTO {table} ({columns}) "
                f"SELECT {columns} FROM temp.fresh EXCEPT SELECT {columns} FROM {table}"
            )
            db.execute("DROP TABLE temp.fresh")
