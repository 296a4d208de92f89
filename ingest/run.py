"""
One run: opened and closed in the ledger, with everything that goes wrong in between written down.

In: a store, a clock, what is run. Out: rows of `runs`, `source_runs` and `issues`, and a `Result` with the exit code.
Never decides what to fetch or read.
"""

from __future__ import annotations

import sqlite3
import traceback
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from db.ledger import SourceCounts
from db.records import Issue
from db.store import Saved, Store
from ingest import __version__
from ingest.errors import IngestError

Clock = Callable[[], datetime]
UNEXPECTED = "unexpected"
Outcome = Literal["new", "changed", "unchanged", "failed"]


def stamp(moment: datetime) -> str:
    """Write a moment as the database does: ISO 8601, UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def issue_of(error: Exception, source: str | None, url: str | None) -> Issue:
    """Make the issue of an error: an expected one says what it is, any other is a fault of the program."""
    if isinstance(error, IngestError):
        return error.issue(source=source, url=url)
    return Issue(UNEXPECTED, describe(error), "critical", source, url)


def describe(error: BaseException) -> str:
    """Say what an unexpected error was and where it came from, on one line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name} {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[:-4:-1])
    return " ".join(f"{type(error).__name__}: {error} [{where}]".split())[:1000]


@dataclass(slots=True)
class Run:
    """A run that is under way."""

    store: Store
    clock: Clock
    id: str
    sources: dict[str, SourceCounts] = field(default_factory=dict)
    source_errors: dict[str, str] = field(default_factory=dict)
    claims_new: int = 0
    claims_retracted: int = 0
    issues: int = 0
    faults: int = 0
    """Unexpected errors: each is a fault of the program."""
    result: Result | None = None
    """What the run did, once it is closed."""

    def now(self) -> str:
        """Return the moment, as the database writes it."""
        return stamp(self.clock())

    def counts(self, source: str) -> SourceCounts:
        """Return the counts of a source."""
        return self.sources.setdefault(source, SourceCounts())

    def add(self, source: str, saved: Saved) -> Outcome:
        """Count a saved document."""
        counts = self.counts(source)
        setattr(counts, saved.outcome, getattr(counts, saved.outcome) + 1)
        self.claims_new += saved.claims_new
        self.claims_retracted += saved.claims_retracted
        return saved.outcome

    def report(self, issue: Issue, document_id: str | None = None) -> None:
        """Write an issue down."""
        self.issues += 1
        self.faults += issue.kind == UNEXPECTED
        self.store.ledger.save_issue(issue, self.id, self.now(), document_id)

    def report_error(
        self, error: Exception, source: str | None, url: str | None, document_id: str | None = None
    ) -> str:
        """Write an error down, an expected one as what it is and any other as a fault; return it in words."""
        if isinstance(error, sqlite3.Error):
            # Not the page's doing, and every further page would meet it too.
            raise error
        issue = issue_of(error, source, url)
        self.report(issue, document_id)
        return f"{issue.kind}: {issue.message}"

    def summed_up(self, seconds: float, error: str | None = None) -> Result:
        """Sum up the run."""
        counts = self.sources.values()
        failed = bool(error or self.faults or self.source_errors)
        return Result(
            run=self.id,
            exit_code=1 if failed else 0,
            seconds=round(seconds, 3),
            documents_new=sum(each.new for each in counts),
            documents_changed=sum(each.changed for each in counts),
            documents_unchanged=sum(each.unchanged for each in counts),
            documents_failed=sum(each.failed for each in counts),
            claims_new=self.claims_new,
            claims_retracted=self.claims_retracted,
            issues=self.issues,
            sources=dict(self.sources),
            source_errors=dict(self.source_errors),
            error=error,
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did."""

    run: str
    exit_code: int
    seconds: float
    documents_new: int
    documents_changed: int
    documents_unchanged: int
    documents_failed: int
    claims_new: int
    claims_retracted: int
    issues: int
    sources: dict[str, SourceCounts]
    source_errors: dict[str, str]
    error: str | None = None


@contextmanager
def recorded(store: Store, clock: Clock, command: str) -> Iterator[Run]:
    """Open a run, and close it whatever happens. What escapes is written down as the run's error and raised again."""
    started = clock()
    run = Run(store, clock, store.ledger.start_run(command, __version__, stamp(started)))
    try:
        yield run
    except BaseException as escaped:
        error = "interrupted" if isinstance(escaped, KeyboardInterrupt | CancelledError) else describe(escaped)
        with suppress(sqlite3.Error):
            _close(run, started, error)
        raise
    _close(run, started, None)


def _close(run: Run, started: datetime, error: str | None) -> None:
    run.result = run.summed_up((run.clock() - started).total_seconds(), error)
    run.store.ledger.finish_run(
        run.id,
        run.now(),
        run.result.exit_code,
        {
            "documents_new": run.result.documents_new,
            "documents_changed": run.result.documents_changed,
            "claims_new": run.claims_new,
            "claims_retracted": run.claims_retracted,
        },
        error,
    )
