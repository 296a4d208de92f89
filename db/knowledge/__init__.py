"""
Claims made into knowledge: projects, announcements, figures, totals, conflicts, status, history.

In: an open database and the day. Out: the knowledge tables of that database, as the claims, the reference and the
corrections make them. Reading (`read`), deciding (`decide` and what it calls) and writing (`write`) are apart: what is
decided is a pure function of the evidence, and only rows that differ are written.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from sqlite_utils import Database

from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction

__all__ = ["figures_as_of", "rebuild"]


def rebuild(
    db: Database,
    today: date,
    *,
    catalogue: Catalogue | None = None,
    corrections: Sequence[Correction] | None = None,
    whole: bool = False,
) -> Mapping[str, int]:
    """
    Make the knowledge of `db` anew where documents have touched it, and return how many rows were written, by table.

    Without `catalogue` and `corrections`, those of `db.reference` are used. `whole` decides everything anew, as does a
    reference, a correction or a rule that is another than at the last rebuild; an issue then says so.
    """
    from db.kept import refresh
    from db.knowledge import corrections as written_down
    from db.knowledge.catalogue import default_catalogue
    from db.knowledge.decide import decide
    from db.knowledge.epoch_match import match_sites
    from db.knowledge.issues import report_unmatched, report_whole
    from db.knowledge.left import is_untouched, keep_world, was_made, why_whole, world_digest
    from db.knowledge.read import read_epoch, read_signatures, read_snapshot
    from db.knowledge.relink import BeyondError
    from db.knowledge.touched import decide_touched
    from db.knowledge.write import write

    if corrections is None:
        path = written_down.CORRECTIONS
        corrections = written_down.read_corrections(path.read_text(encoding="utf-8"), f"db/reference/{path.name}")
    world = catalogue or default_catalogue()
    made_with = world_digest(db, world, corrections)
    with _uncollected(), db.atomic():
        written = write(db, {}, match_sites(*read_epoch(db), world))
        if whole or not is_untouched(db, made_with, today):
            decided = None
            why = None if whole else why_whole(db, made_with)
            if not whole and why is None:
                try:
                    decided = decide_touched(db, world, corrections, today)
                except BeyondError as beyond:
                    why = str(beyond)
            if why is not None and was_made(db):
                report_whole(db, why, today)
            if decided is None:
                decided = decide(read_snapshot(db), world, corrections, read_signatures(db), today)
            written |= write(db, decided.tables, decided.pointers, decided.scopes)
            db.conn.executemany("DELETE FROM _event_ties WHERE one = ? AND other = ?", decided.lost)
            keep_world(db, made_with, today)
            report_unmatched(db, decided.tables["corrections"], today)
    refresh(db)
    return written


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing made here is garbage before the end: the collector would walk through all of it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def figures_as_of(db: Database, day: date, clock: str = "said") -> list[dict[str, object]]:
    """
    Every figure as it was at the end of a day.

    `said` goes by the days on which pages were published; `known` by the days on which we had seen them.
    """
    if clock not in ("said", "known"):
        raise ValueError(f"clock must be said or known, not {clock!r}")
    return list(
        db.query(
            "SELECT figure_id, project_id, metric, stage, facet, claim_id, value_min, value_max, unit, usd_min, "
            "usd_max, qualifier, period_start, period_end, valid_from, valid_to FROM figure_versions "
            "WHERE clock = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to > ?) "
            "ORDER BY project_id, metric, stage, facet",
            [clock, day.isoformat(), day.isoformat()],
        )
    )
