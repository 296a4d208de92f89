"""
The command that reads web archives: backfill.

In: WARC files or folders of them. Out: part files, then a database that holds what they report; exit code 1 where a
file could not be read.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import cast

import click

from ingest.commands.options import catalogue_option, home_options, json_option, quiet_option, sources_of, tell
from ingest.home import Home


@click.command()
@click.argument(
    "warcs", metavar="WARC...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, readable=True)
)
@home_options
@catalogue_option
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Who works.")
@click.option("--workers", type=click.IntRange(min=1), help="How many at once.  [default: as many as processors]")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the parts; keep it, and a stopped backfill goes on.  [default: beside the database]",
)
@click.option("--no-merge", is_flag=True, help="Only make the parts: on a machine that does not hold the database.")
@quiet_option
@json_option
@click.pass_context
def backfill(
    context: click.Context,
    warcs: tuple[Path, ...],
    database: Path,
    archive: Path | None,
    catalogue: Path | None,
    engine: str,
    workers: int | None,
    out: Path | None,
    no_merge: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Extract claims from web archives (WARC files, or folders of them). Stopped, it goes on where it was."""
    from ingest.backfill import Engine, find_archives
    from ingest.backfill.run import make_parts, merge_into
    from ingest.progress import shown

    home = Home.at(database, archive)
    sources = sources_of(catalogue)
    parts = out or home.database.with_name(f"{home.database.stem}.parts")
    found = find_archives(warcs)
    with shown(quiet or as_json) as progress:
        done = make_parts(found, parts, cast(Engine, engine), workers, progress, catalogue=catalogue)
        result = None if no_merge else merge_into(home, parts, done, sources, progress)
    if result is not None:
        tell(result, quiet=quiet, as_json=as_json)
    elif as_json:
        click.echo(json.dumps({"parts": [asdict(one) for one in done.summaries], "failed": done.failed}))
    else:
        for path, words in done.failed.items():
            click.echo(f"{path}: {words}", err=True)
        if not quiet:
            pages = sum(one.pages for one in done.summaries)
            documents = sum(one.documents for one in done.summaries)
            click.echo(f"{len(done.summaries)} parts in {parts}: {documents} documents of {pages} pages")
    context.exit(1 if done.failed else 0 if result is None else result.exit_code)
