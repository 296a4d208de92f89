"""
What several commands share: where things are, how much is said, and how a result is printed.

In: click commands. Out: the same with options added. Never does a command's work.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from db.records import Source

if TYPE_CHECKING:
    from ingest.run import Result

Command = TypeVar("Command", bound=Callable[..., Any])

database_option = click.option(
    "--db",
    "database",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="GIGAWATCH_DB",
    default=Path("gigawatch.db"),
    show_default=True,
    show_envvar=True,
    help="The database.",
)
archive_option = click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="GIGAWATCH_ARCHIVE",
    show_envvar=True,
    help="The folder of fetched pages.  [default: beside the database, named like it]",
)
catalogue_option = click.option(
    "--catalogue",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="GIGAWATCH_CATALOGUE",
    show_envvar=True,
    help="Your own list of sources.  [default: the one that comes with gigawatch]",
)
quiet_option = click.option("--quiet", is_flag=True, help="Say nothing unless something failed, as cron wants it.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
private_option = click.option(
    "--allow-private", is_flag=True, help="Follow links to private and loopback addresses too (an intranet, a test)."
)
interval_option = click.option(
    "--interval",
    type=click.FloatRange(0, 3600),
    default=1.0,
    show_default=True,
    help="The least seconds between two requests to one host.",
)
contact_option = click.option(
    "--contact",
    envvar="GIGAWATCH_CONTACT",
    show_envvar=True,
    metavar="MAIL",
    help="How a site can reach you: goes out with every request. The SEC wants a mail address.",
)


def network_options(command: Command) -> Command:
    """Add --allow-private, --interval and --contact."""
    return private_option(interval_option(contact_option(command)))


def home_options(command: Command) -> Command:
    """Add --db and --archive."""
    return database_option(archive_option(command))


def as_day(context: click.Context, parameter: click.Parameter, value: datetime | None) -> date | None:
    """Turn click's moment into a day."""
    return None if value is None else value.date()


def sources_of(path: Path | None) -> tuple[Source, ...]:
    """Load the sources."""
    from ingest.sources import load_sources

    return load_sources(path)


def chosen(sources: Sequence[Source], slugs: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources named by the user, or all of them where none is named."""
    known = {source.slug: source for source in sources}
    for slug in slugs:
        if slug not in known:
            raise click.UsageError(f"no source is called {slug!r}; `gigawatch sources` lists them")
    return tuple(known[slug] for slug in dict.fromkeys(slugs)) if slugs else tuple(sources)


def tell(result: Result, *, quiet: bool, as_json: bool) -> None:
    """Print what a run did. A quiet run says something only when it failed."""
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False))
        return
    if quiet:
        # Otherwise the progress has said so.
        for source, error in result.source_errors.items():
            click.echo(f"{source}: {error}", err=True)
    if result.error:
        click.echo(result.error, err=True)
    if quiet and result.exit_code == 0:
        return
    click.echo(
        f"{result.documents_new} documents new, {result.documents_changed} changed, "
        f"{result.documents_unchanged} unchanged, {result.documents_failed} failed; "
        f"{result.claims_new} claims new, {result.claims_retracted} retracted; {result.issues} issues; "
        f"{result.seconds:.1f} s"
    )
