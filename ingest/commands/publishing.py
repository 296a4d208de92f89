"""
The commands that show what is there: serve, export.

In: a database. Out: Datasette on this machine, or a folder of files. Changes nothing in the database.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingest.commands.options import database_option, quiet_option

if TYPE_CHECKING:
    from db.export import Format


@click.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="The port; 0 takes a free one."
)
@click.option("--base-url", default="/", show_default=True, help="The path below which a proxy shows the site.")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="How many processes answer; unless given, one a core, at most four."
)
def serve(database: Path, host: str, port: int, base_url: str, processes: int | None) -> None:
    """Serve the database with Datasette."""
    serve_database(database, host, port, f"/{base_url.strip('/')}/".replace("//", "/"), processes)


def serve_database(database: Path, host: str, port: int, base_url: str = "/", processes: int | None = None) -> None:
    """Serve until interrupted. The file is opened read-only, and an ingestion may write to it meanwhile."""
    from db.listening import answer, listen, usual_processes
    from ingest.assembly import make_ready

    make_ready(database)
    try:
        listener = listen(host, port)
    except OSError:
        raise click.ClickException(f"nothing can listen at {host}, port {port}; choose another with --port") from None
    click.echo(f"http://{host}:{listener.getsockname()[1]}{base_url}  (stop with Ctrl+C)")
    answer(database, listener, base_url, processes or usual_processes())


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@database_option
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="How the tables are written; parquet needs the extra `parquet`.",
)
@quiet_option
def export(folder: Path, database: Path, file_format: Format, quiet: bool) -> None:
    """Write every table, whole, to FOLDER with a datapackage.json that describes it."""
    from db.export import export_database
    from ingest.assembly import reading

    with reading(database) as db:
        written = export_database(db, folder, file_format)
    if not quiet:
        rows = sum(resource.rows for resource in written)
        click.echo(f"{len(written)} tables, {rows} rows in {folder}")
