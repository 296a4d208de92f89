"""
The commands that read again what is there: reextract, rebuild.

In: the documents of the database. Out: the database with claims and knowledge made anew. No command here uses the
network.
"""

from __future__ import annotations

from pathlib import Path

import click

from ingest.commands.options import home_options, json_option, quiet_option, tell
from ingest.home import Home


@click.command()
@home_options
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read.  [default: as many as processors]")
@quiet_option
@json_option
@click.pass_context
def reextract(
    context: click.Context, database: Path, archive: Path | None, workers: int | None, quiet: bool, as_json: bool
) -> None:
    """Redo every claim from the stored pages, offline, then the knowledge."""
    from ingest.progress import shown
    from ingest.reextract import reextract_all

    with shown(quiet or as_json) as progress:
        result = reextract_all(Home.at(database, archive), progress, workers)
    tell(result, quiet=quiet, as_json=as_json)
    context.exit(result.exit_code)


@click.command()
@home_options
@quiet_option
@json_option
@click.pass_context
def rebuild(context: click.Context, database: Path, archive: Path | None, quiet: bool, as_json: bool) -> None:
    """Redo the knowledge from the claims."""
    from ingest.assembly import run_pipeline
    from ingest.progress import Silence

    place = Home.at(database, archive)
    result = run_pipeline(place, [], command="rebuild", progress=Silence(), must_exist=True)
    tell(result, quiet=quiet, as_json=as_json)
    context.exit(result.exit_code)
