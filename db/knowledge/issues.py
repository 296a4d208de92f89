"""
What went wrong while the knowledge was made, as rows of `issues`.

In: the rows of `corrections`. Out: an issue for each that matches nothing any more. Writes nothing on a day on which
the same was already written; never deletes an issue: it tells when something was wrong.
"""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from db.identity import issue_id
from db.knowledge.model import Table


def report_unmatched(db: Database, corrections: Table, today: date) -> None:
    """A correction whose claim, project or document is gone must not be forgotten in silence."""
    for row in corrections.values():
        if row["applied"]:
            continue
        message = (
            f"the correction “{row['reason']}” ({row['action']} of {row['target_kind']} {row['target_id']}, "
            f"{row['decided_on']}) matches nothing any more: mend or remove it in db/reference/corrections.yml"
        )
        _report(db, "warning", "unmatched_correction", message, today)


def report_whole(db: Database, why: str, today: date) -> None:
    """That everything was decided again takes long: one should know why."""
    _report(db, "info", "rebuilt_whole", f"all of the knowledge was made again: {why}", today)


def _report(db: Database, level: str, kind: str, message: str, today: date) -> None:
    key = issue_id(None, None, kind, message)
    found = db.execute("SELECT date(last_seen) FROM issues WHERE id = ?", [key]).fetchone()
    if found is None:
        db.execute(
            "INSERT INTO issues (id, level, kind, message, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?)",
            [key, level, kind, message, today.isoformat(), today.isoformat()],
        )
    elif found[0] != today.isoformat():
        db.execute("UPDATE issues SET last_seen = ?, count = count + 1 WHERE id = ?", [today.isoformat(), key])
