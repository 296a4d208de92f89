"""
The book of the runs: what was run, what it did with each source, and what went wrong.

In: counts, moments and `Issue` records. Out: rows of `runs`, `source_runs` and `issues`. Never looks at a clock: every
moment is an argument. Never raises for what it is told: a failure that cannot be written down would be lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from db.identity import issue_id, run_id
from db.records import Issue


@dataclass(slots=True)
class SourceCounts:
    """What one run did with one source."""

    links_seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    bytes: int = 0


class Ledger:
    """Write the rows of `runs`, `source_runs` and `issues`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def start_run(self, command: str, version: str, now: str) -> str:
        """Open a run and return its id. A run that is still open died: whoever calls this holds the lock."""
        with self._db.atomic():
            self._db.execute("UPDATE runs SET error = 'ended without finishing' WHERE finished_at IS NULL")
            before = self._db.execute("SELECT count(*) FROM runs WHERE started_at = ?", [now]).fetchone()[0]
            key = run_id(command, now, before)
            self._db.execute(
                "INSERT INTO runs (id, command, version, started_at) VALUES (?, ?, ?, ?)", [key, command, version, now]
            )
        return key

    def finish_run(self, run: str, now: str, exit_code: int, totals: Mapping[str, int], error: str | None) -> None:
        """Close a run with what it did. `totals` names columns of `runs`."""
        columns = ("documents_new", "documents_changed", "claims_new", "claims_retracted")
        self._db.execute(
            "UPDATE runs SET finished_at = ?, exit_code = ?, error = ?, documents_new = ?, documents_changed = ?, "
            "claims_new = ?, claims_retracted = ? WHERE id = ?",
            [now, exit_code, error, *(totals.get(column, 0) for column in columns), run],
        )

    def save_source_run(
        self, run: str, source: str, started_at: str, seconds: float, counts: SourceCounts, error: str | None
    ) -> None:
        """Write what the run did with one source; `error` is null when the source itself could be read."""
        self._db.execute(
            "INSERT INTO source_runs (run_id, source, started_at, seconds, links_seen, new, changed, unchanged, "
            "failed, bytes, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id, source) DO UPDATE SET "
            "seconds = excluded.seconds, links_seen = excluded.links_seen, new = excluded.new, "
            "changed = excluded.changed, unchanged = excluded.unchanged, failed = excluded.failed, "
            "bytes = excluded.bytes, error = excluded.error",
            [
                run, source, started_at, round(seconds, 3), counts.links_seen, counts.new, counts.changed,
                counts.unchanged, counts.failed, counts.bytes, error,
            ],
        )  # fmt: skip

    def save_issue(self, issue: Issue, run: str | None, now: str, document_id: str | None = None) -> str:
        """Write an issue, or count up the row that says the same of the same place."""
        key = issue_id(issue.source, issue.url, issue.kind, issue.message)
        self._db.execute(
            "INSERT INTO issues (id, run_id, source, document_id, url, level, kind, message, first_seen, last_seen) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET run_id = excluded.run_id, "
            "document_id = excluded.document_id, level = excluded.level, last_seen = excluded.last_seen, "
            "count = count + 1",
            [
                key, run, issue.source, document_id, issue.url, issue.level, issue.kind, issue.message, now, now,
            ],
        )  # fmt: skip
        return key
