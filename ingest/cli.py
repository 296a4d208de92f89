"""
The command `gigawatch`.

In: the command line. Out: an exit code: 0 done; 1 done with failures, or a check failed; 2 wrong use; 75 another run
holds the lock. Only gathers the commands and turns expected errors into a line on standard error. Nothing heavy is
imported before a command needs it.
"""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import Any

import click

from db.failures import DatabaseError, ExportError
from ingest import __version__
from ingest.commands import Commands
from ingest.errors import CatalogueError, IngestError, NoModelError
from ingest.lock import LockedError


class Gigawatch(click.Group):
    """A group whose expected errors are one line, and an exit code that says what kind they are of."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(context)
        except (LockedError, DatabaseError, ExportError, IngestError) as error:
            click.echo(f"gigawatch: {error}", err=True)
            context.exit(exit_code_of(error))


def exit_code_of(error: Exception) -> int:
    """Say which exit code an expected error ends a command with."""
    if isinstance(error, LockedError):
        return LockedError.exit_code
    return 2 if isinstance(error, DatabaseError | ExportError | CatalogueError | NoModelError) else 1


@click.group(
    cls=Gigawatch,
    commands=Commands(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="gigawatch")
@click.pass_context
def main(context: click.Context) -> None:
    """Watch the AI-infrastructure build-out: every figure with the sentence that says it."""
    if context.invoked_subcommand != "extract":  # whose libraries log nothing, and which is to start at once
        import logging

        # What goes wrong is told in our words and kept in the table of issues; what libraries log is for developers.
        logging.getLogger().addHandler(logging.NullHandler())
    # systemd ends a run by SIGTERM: it then ends as by Ctrl+C, with the run closed in the books.
    with suppress(ValueError):  # only the main thread of a program may ask for signals
        signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
