"""
The commands about sources: list them, check the catalogue, try one reader.

In: the catalogue. Out: words or JSON. Nothing here stores anything.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from ingest.commands.options import catalogue_option, chosen, json_option, network_options, sources_of
from ingest.home import Network


@click.group(invoke_without_command=True)
@click.pass_context
def sources(context: click.Context) -> None:
    """List the sources, check the catalogue, or try one source."""
    if context.invoked_subcommand is None:
        context.invoke(list_sources)


@sources.command("list")
@catalogue_option
@json_option
def list_sources(catalogue: Path | None = None, as_json: bool = False) -> None:
    """List every source."""
    found = sources_of(catalogue)
    if as_json:
        click.echo(json.dumps([{**asdict(source), "options": dict(source.options)} for source in found], default=list))
        return
    width = max((len(source.slug) for source in found), default=0)
    for source in found:
        click.echo(f"{source.slug:{width}}  {source.tier:10}  {source.reader:9}  {source.publisher}  {source.url}")


@sources.command("check")
@catalogue_option
def check_sources(catalogue: Path | None) -> None:
    """Check the catalogue: every fault is named with its entry, its field and what is allowed."""
    found = sources_of(catalogue)
    click.echo(f"{len(found)} sources, all well formed")


@sources.command("try")
@click.argument("slug")
@catalogue_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most so many links.")
@network_options
@json_option
@click.pass_context
def try_source(
    context: click.Context,
    slug: str,
    catalogue: Path | None,
    limit: int,
    allow_private: bool,
    interval: float,
    contact: str | None,
    as_json: bool,
) -> None:
    """Read one source now and show what would be taken. Stores nothing."""
    import asyncio

    from ingest.assembly import look_at

    (source,) = chosen(sources_of(catalogue), [slug])
    reading = asyncio.run(look_at(source, Network(allow_private, interval, contact)))
    if as_json:
        click.echo(json.dumps(asdict(reading), ensure_ascii=False))
    else:
        for link in reading.links[:limit]:
            click.echo(f"{link.published_at or '-':10.10}  {link.title or '-'}  {link.url}")
        click.echo(f"{reading.seen} items seen, {len(reading.links)} taken, {len(reading.issues)} issues")
        for issue in reading.issues:
            click.echo(f"{issue.level}: {issue.kind}: {issue.message}", err=True)
    failed = any(issue.level in ("error", "critical") for issue in reading.issues)
    context.exit(1 if failed else 0)
