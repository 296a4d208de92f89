"""
The commands that read again what is there: extract, reextract, rebuild.

In: documents in a file, or those in the database. Out: claims as JSON lines, or the database with claims and knowledge
made anew. No command here uses the network.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO

import click

from db.records import Document, Extraction
from ingest.commands.options import home_options, json_option, quiet_option, tell
from ingest.errors import ModelError, NoModelError
from ingest.home import Home


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option(
    "--llm", "model", metavar="MODEL",
    help="Let a model of the library llm read, not the rules. A figure is printed only when the text confirms it.",
)  # fmt: skip
@click.pass_context
def extract(context: click.Context, file: IO[str], model: str | None) -> None:
    """Print the claims of documents: JSON lines {id, title, date, text, url} in FILE, or - for standard input."""
    from ingest.json_lines import LineError, read_documents, write_extraction

    failed = False
    read = reader(model)
    for entry in read_documents(file):
        if isinstance(entry, LineError):
            click.echo(f"{file.name}: {entry}", err=True)
            failed = True
            continue
        document_id, document = entry
        try:
            extraction, left_out = read(document)
        except NoModelError:
            raise  # the next document would fare no better
        except ModelError as error:
            click.echo(f"{file.name}: {document_id}: {error}", err=True)
            failed = True
            continue
        for reason in left_out:
            click.echo(f"{file.name}: {document_id}: left out {reason}", err=True)
        click.echo(write_extraction(document_id, extraction))
    context.exit(1 if failed else 0)


def reader(model: str | None) -> Callable[[Document], tuple[Extraction, tuple[str, ...]]]:
    """What reads a document: the rules, or a model whose figures the text must confirm."""
    from ingest.extract import extract as extract_claims

    if model is None:
        return lambda document: (extract_claims(document), ())
    from ingest.model import extract_with
    from ingest.model.asking import model_called

    ask = model_called(model)
    return lambda document: extract_with(ask, document)


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
