"""
What a person sees while a run goes on: a bar on a terminal, plain lines elsewhere, nothing when asked to be quiet.

In: what the pipeline has just done. Out: words on standard error, so that standard output stays free for results.
Never decides anything.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Protocol

from db.ledger import SourceCounts


class Progress(Protocol):
    """What the pipeline tells."""

    def found(self, source: str, links: int) -> None:
        """Tell how many links a source has brought."""

    def took(self, source: str, outcome: str) -> None:
        """Tell that one link is done."""

    def finished(self, source: str, counts: SourceCounts, error: str | None) -> None:
        """Tell that a source is done."""


class Silence:
    """Progress that nobody watches."""

    def found(self, source: str, links: int) -> None:
        """Say nothing."""

    def took(self, source: str, outcome: str) -> None:
        """Say nothing."""

    def finished(self, source: str, counts: SourceCounts, error: str | None) -> None:
        """Say nothing."""


class Lines(Silence):
    """Progress as one line a source, for logs."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def finished(self, source: str, counts: SourceCounts, error: str | None) -> None:
        """Write what the source brought, or why it failed."""
        print(f"{source}: {summary(counts)}" + (f" -- {error}" if error else ""), file=self._file, flush=True)


class Bar(Silence):
    """Progress as a bar over all documents, with a line for each source that failed."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=console, transient=True)
        self._task = self._bar.add_task("reading sources", total=None)
        self._total = 0

    def start(self) -> None:
        """Show the bar."""
        self._bar.start()

    def stop(self) -> None:
        """Take the bar away."""
        self._bar.stop()

    def found(self, source: str, links: int) -> None:
        """Make the bar longer."""
        self._total += links
        self._bar.update(self._task, total=self._total, description=f"{source[:28]:28}")

    def took(self, source: str, outcome: str) -> None:
        """Move the bar on."""
        self._bar.update(self._task, advance=1, description=f"{source[:28]:28}")

    def finished(self, source: str, counts: SourceCounts, error: str | None) -> None:
        """Leave a line for a source that failed."""
        if error:
            self._bar.console.print(f"{source}: {summary(counts)} -- {error}", markup=False, highlight=False)


def summary(counts: SourceCounts) -> str:
    """Put the counts of a source in words."""
    parts = (
        (counts.links_seen, "seen"),
        (counts.new, "new"),
        (counts.changed, "changed"),
        (counts.unchanged, "unchanged"),
        (counts.failed, "failed"),
    )
    return ", ".join(f"{number} {word}" for number, word in parts if number or word in ("seen", "new"))


@contextmanager
def shown(quiet: bool) -> Iterator[Progress]:
    """Choose how progress is shown: a terminal gets the bar."""
    if quiet:
        yield Silence()
    elif sys.stderr.isatty():
        bar = Bar()
        bar.start()
        try:
            yield bar
        finally:
            bar.stop()
    else:
        yield Lines(sys.stderr)
