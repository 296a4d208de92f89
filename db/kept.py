"""
Counts and overviews that are kept, not worked out at every reading.

In: an open database whose claims or knowledge changed. Out: the kept tables as their `live_` views have them. Only rows
whose key is in what triggers noted in `_changed` are looked at; all of them where it is asked for. Everything is read
before the first row is written, and only rows that differ are. Never keeps anything that a view cannot make again:
`check_kept` compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

Values = tuple[object, ...]
_OF = "(SELECT json_extract(row, '$.{column}') FROM temp.changed WHERE relation IN ({relations}))"


def _of(column: str, *relations: str) -> str:
    """The values of a column in what changed of some tables."""
    return _OF.format(column=column, relations=", ".join(f"'{each}'" for each in relations))


_CLAIMS_OF_CHANGED = (
    f"claims WHERE document_id IN {_of('document_id', 'claims')} OR document_id IN {_of('id', 'documents')}"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What identifies a row of a kept table, and a query for the keys that may say something else; null: any may."""

    key: tuple[str, ...]
    stale: str | None = None


KEPT: dict[str, Kept] = {
    "project_overview": Kept(
        ("project_id",),
        f"SELECT value FROM (SELECT id AS value FROM projects WHERE id IN {_of('id', 'projects')} "
        f"OR parent_id IN {_of('id', 'projects')} OR place_id IN {_of('id', 'places')} "
        f"UNION SELECT project_id FROM project_companies WHERE company_id IN {_of('id', 'companies')} "
        f"UNION SELECT * FROM {_of('id', 'projects')} "
        f"UNION SELECT * FROM {_of('project_id', 'claims', 'figures', 'project_marks', 'project_companies')})",
    ),
    "company_overview": Kept(
        ("company_id",),
        f"SELECT * FROM {_of('id', 'companies')} "
        f"UNION SELECT * FROM {_of('company_id', 'claim_companies', 'project_companies')} "
        f"UNION SELECT company_id FROM claim_companies WHERE claim_id IN (SELECT id FROM {_CLAIMS_OF_CHANGED})",
    ),
    "chip_overview": Kept(
        ("chip_id",), f"SELECT * FROM {_of('id', 'chips')} UNION SELECT * FROM {_of('chip_id', 'claims')}"
    ),
    "place_overview": Kept(
        ("place_id",),
        f"SELECT * FROM {_of('id', 'places')} UNION SELECT * FROM {_of('place_id', 'claims', 'projects')} "
        f"UNION SELECT id FROM places WHERE kind IN ('country', 'state') AND country IN {_of('country', 'claims')}",
    ),
    "country_overview": Kept(
        ("country",),
        f"SELECT * FROM {_of('country', 'claims')} UNION SELECT country FROM {_CLAIMS_OF_CHANGED}",
    ),
    "reading_overview": Kept(("extractor", "certainty_from")),
    "counts": Kept(("name",)),
    "tallies": Kept(
        ("relation", "column_name", "value"),
        "WITH counted (relation, base) AS (VALUES ('stated_figures', 'claims'), ('openings', 'claims'), "
        "('company_claims', 'claims'), ('company_claims', 'claim_companies'), "
        "('data_changes', 'claims'), ('announcement_list', 'announcements'), ('figure_changes', 'figure_history'), "
        "('total_rows', 'totals'), ('total_rows', 'overlaps'), ('total_items', 'totals') "
        "UNION SELECT DISTINCT relation, relation FROM temp.changed) "
        "SELECT relation, '', '' FROM counted WHERE base IN (SELECT relation FROM temp.changed) "
        "UNION SELECT counted.relation, noted.key, noted.value FROM counted "
        "JOIN temp.changed ON changed.relation = base JOIN json_each(changed.row) AS noted "
        "WHERE noted.key IN ('metric', 'status', 'country', 'kind', 'tier', 'publisher', 'clock', 'role', 'reason', "
        "'linked_to', 'dimension', 'stage') "
        "UNION SELECT 'data_changes', 'change', column1 FROM (VALUES ('figure added'), ('figure withdrawn')) "
        "UNION SELECT column1, 'publisher', publisher FROM (VALUES ('openings'), ('announcement_list')) "
        f"JOIN documents WHERE id IN {_of('document_id', 'claims')} "
        f"OR id IN {_of('primary_document_id', 'announcements')} "
        "UNION SELECT column1, 'publisher', value FROM (VALUES ('openings'), ('announcement_list')) "
        f"JOIN (SELECT json_extract(row, '$.publisher') AS value FROM temp.changed WHERE relation = 'documents')",
    ),
    "opening_dates": Kept(
        ("project_id",),
        f"SELECT * FROM {_of('id', 'projects')} UNION SELECT * FROM {_of('project_id', 'figure_history')}",
    ),
    "slippage": Kept(
        ("project_id",),
        f"SELECT * FROM {_of('id', 'projects')} "
        f"UNION SELECT * FROM {_of('project_id', 'claims', 'figures', 'figure_history')}",
    ),
}
"""Each kept table, whose view is called `live_` and the same name."""
MOST = 2000
"""With more keys than this it is quicker to look at all rows."""


def refresh(db: Database, whole: bool = False) -> None:
    """Make every kept table say what its view says now, where something changed or `whole`."""
    with db.atomic():
        db.execute("CREATE TEMP TABLE IF NOT EXISTS changed (relation TEXT, row TEXT)")
        db.execute("DELETE FROM temp.changed")
        db.execute("INSERT INTO temp.changed SELECT relation, row FROM main._changed")
        noted = db.execute("SELECT count(*) FROM temp.changed").fetchone()[0]
        whole = whole or db.execute("SELECT 1 FROM tallies LIMIT 1").fetchone() is None
        if not (noted or whole):
            return
        differing = {table: _differing(db, table, kept, whole or noted > 50 * MOST) for table, kept in KEPT.items()}
        for table, (gone, new) in differing.items():
            _replace(db, table, gone, new)
        db.execute("DELETE FROM main._changed")


def _differing(db: Database, table: str, kept: Kept, whole: bool) -> tuple[list[Values], list[Values]]:
    """The keys of rows that are to go, and the rows that are to come."""
    names = [column.name for column in db[table].columns]
    columns = ", ".join(f'"{name}"' for name in names)
    spots = [names.index(name) for name in key_of(db, table)]
    before: set[Values] = set()
    after: set[Values] = set()
    keys = None if whole or kept.stale is None else _stale(db, kept)
    where = " AND ".join(f'"{name}" = ?' for name in kept.key)
    for found, source in ((before, table), (after, f"live_{table}")):
        for values in [()] if keys is None else keys:
            place = f" WHERE {where}" if keys is not None else ""
            found.update(db.execute(f"SELECT {columns} FROM {source}{place}", list(values)).fetchall())
    gone = [tuple(row[spot] for spot in spots) for row in before - after]
    return gone, sorted(after - before, key=repr)


def key_of(db: Database, table: str) -> list[str]:
    """The columns of its primary key."""
    return [column.name for column in db[table].columns if column.is_pk]


def _stale(db: Database, kept: Kept) -> list[Values] | None:
    found = [tuple(row) for row in db.execute(kept.stale or "").fetchall() if None not in row]
    return found if len(found) <= MOST else None


def _replace(db: Database, table: str, gone: Iterable[Values], new: Sequence[Values]) -> None:
    where = " AND ".join(f'"{name}" = ?' for name in key_of(db, table))
    db.conn.executemany(f'DELETE FROM "{table}" WHERE {where}', gone)
    if new:
        db.conn.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(new[0]))})', new)
