"""
One backfill from beginning to end, as the command runs it.

In: where the database is, which archives, which engine. Out: parts, and a finished run with what was merged. The long
part, reading archives, holds no lock and opens no database; the merge does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.ledger import SourceCounts
from db.records import Issue, Source
from ingest.assembly import make_knowledge, system_clock, writing
from ingest.backfill import Backfill, Engine, backfill
from ingest.backfill.merge import merge_parts
from ingest.backfill.parts import Summary
from ingest.backfill.work import STRANGER, sources_by_slug
from ingest.home import Home
from ingest.progress import Progress
from ingest.run import Clock, Result, recorded


def make_parts(
    warcs: Sequence[Path],
    out: Path,
    engine: Engine,
    workers: int | None,
    progress: Progress,
    *,
    catalogue: Path | None = None,
) -> Backfill:
    """Make the parts of all archives."""
    progress.found("archives", len(warcs))

    def tell(path: str, result: Summary | str) -> None:
        name = Path(path).name
        progress.took("archives", "failed" if isinstance(result, str) else "new")
        if isinstance(result, str):
            progress.finished(name, SourceCounts(failed=1), result)
        else:
            progress.finished(name, SourceCounts(links_seen=result.pages, new=result.documents), None)

    return backfill(warcs, out, engine=engine, workers=workers, tell=tell, catalogue=catalogue)


def merge_into(
    home: Home,
    out: Path,
    done: Backfill,
    sources: Sequence[Source],
    progress: Progress,
    clock: Clock = system_clock,
) -> Result:
    """Merge the parts into the database, write down what failed, and make the knowledge anew."""
    from db.store import Store
    from ingest.archive import Archive

    with writing(home, "backfill", clock) as db:
        store = Store(db)
        store.save_source(STRANGER)
        with recorded(store, clock, "backfill") as run:
            for path, words in done.failed.items():
                run.source_errors[path] = words
                run.report(Issue("archive_failed", f"{Path(path).name}: {words}", "error", STRANGER.slug))
            for summary in done.summaries:
                if summary.damaged:
                    words = f"{Path(summary.warc).name}: {summary.damaged} damaged places, the first {summary.damage}"
                    run.report(Issue("archive_damaged", words, "warning", STRANGER.slug))
            progress.found("documents", sum(summary.documents for summary in done.summaries))
            merge_parts(
                run, out, done.summaries, sources_by_slug(sources), Archive(home.archive, clock=clock), progress.took
            )
            make_knowledge(db, run)
        assert run.result is not None
        return run.result
