"""
The command `gigawatch extract`: documents in, claims out, without a database.

In: documents as JSON lines. Out: claims as JSON lines on standard output, faults on standard error. Uses no network,
unless the user names a language model that does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, TYPE_CHECKING

import click

from ingest.errors import ModelError, NoModelError

if TYPE_CHECKING:
    from db.records import Document, Extraction


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
