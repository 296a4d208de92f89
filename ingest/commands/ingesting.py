"""
The commands that bring something in: demo, ingest, add.

In: options. Out: a database that holds what was found, and an exit code: 0 done, 1 done with failures.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import click

from db.records import Link, Source
from ingest.commands.options import (
    as_day,
    catalogue_option,
    chosen,
    home_options,
    json_option,
    network_options,
    quiet_option,
    sources_of,
    tell,
)
from ingest.home import Home, Network

BY_HAND_SOURCE = Source("added", "Pages added by hand", "", "by-hand", "press", min_links=0)
"""Stands for pages that a person named; one on a host of the catalogue is still its publisher's."""


@click.command()
@home_options
@click.option("--build-only", is_flag=True, help="Build the database and do not serve it.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Where to serve.")
@quiet_option
@click.pass_context
def demo(
    context: click.Context, database: Path, archive: Path | None, build_only: bool, port: int, quiet: bool
) -> None:
    """Build the database from the briefs that come with gigawatch, and serve it. Needs no network."""
    from ingest.assembly import run_pipeline
    from ingest.progress import shown

    briefs = [source for source in sources_of(None) if source.reader == "chronicle"]
    with shown(quiet) as progress:
        result = run_pipeline(Home.at(database, archive), briefs, command="demo", progress=progress)
    tell(result, quiet=quiet, as_json=False)
    if not build_only:
        from ingest.commands.publishing import serve_database

        serve_database(database, "127.0.0.1", port)
    context.exit(result.exit_code)


@click.command()
@home_options
@catalogue_option
@click.option("--source", "slugs", multiple=True, metavar="SLUG", help="Only this source; may be said again.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=as_day,
    metavar="YYYY-MM-DD",
    help="Leave older items alone.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Take at most so many documents of each source.")
@network_options
@quiet_option
@json_option
@click.pass_context
def ingest(
    context: click.Context,
    database: Path,
    archive: Path | None,
    catalogue: Path | None,
    slugs: tuple[str, ...],
    since: date | None,
    limit: int | None,
    allow_private: bool,
    interval: float,
    contact: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read every source once, store what is new or changed, and make the knowledge anew. What cron runs."""
    from ingest.assembly import run_pipeline
    from ingest.pipeline import Choice
    from ingest.progress import shown

    every = sources_of(catalogue)
    with shown(quiet or as_json) as progress:
        result = run_pipeline(
            Home.at(database, archive),
            chosen(every, slugs),
            command="ingest",
            progress=progress,
            choice=Choice(since, limit),
            catalogue=every,
            network=Network(allow_private, interval, contact),
        )
    tell(result, quiet=quiet, as_json=as_json)
    context.exit(result.exit_code)


@click.command()
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@home_options
@catalogue_option
@network_options
@quiet_option
@json_option
@click.pass_context
def add(
    context: click.Context,
    urls: tuple[str, ...],
    database: Path,
    archive: Path | None,
    catalogue: Path | None,
    allow_private: bool,
    interval: float,
    contact: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read single pages by their address."""
    from ingest.assembly import run_pipeline
    from ingest.progress import shown

    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise click.UsageError(f"{url!r} is no address of a page: it must begin with http:// or https://")
    every = sources_of(catalogue)
    with shown(quiet or as_json) as progress:
        result = run_pipeline(
            Home.at(database, archive),
            [],
            command="add",
            progress=progress,
            named=[(BY_HAND_SOURCE, [Link(url) for url in dict.fromkeys(urls)])],
            catalogue=every,
            network=Network(allow_private, interval, contact),
        )
    tell(result, quiet=quiet, as_json=as_json)
    failed = result.documents_failed > 0
    context.exit(1 if failed else result.exit_code)
