"""
The commands that read again what is there: extract, reextract, rebuild.

In: documents in a file, or those in the database. Out: claims as JSON lines, or the database with claims and knowledge
made anew. No command here uses the network.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from ingest.commands.options import home_options, json_option, quiet_option, tell
from ingest.home import Home


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.pass_context
def extract(context: click.Context, file: IO[str]) -> None:
    """Print the claims of documents: JSON lines {id, title, date, text, url} in FILE, or - for standard input."""
    from ingest.extract import extract as extract_claims
    from ingest.json_lines import LineError, read_documents, write_extraction

    failed = False
    for entry in read_documents(file):
        if isinstance(entry, LineError):
            click.echo(f"{file.name}: {entry}", err=True)
            failed = True
            continue
        document_id, document = entry
        click.echo(write_extraction(document_id, extract_claims(document)))
    context.exit(1 if failed else 0)


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
