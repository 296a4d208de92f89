"""
The commands that look after a database: status, verify, schedule.

In: a database, opened read-only. Out: words or JSON, and an exit code that a monitor can act on. Changes nothing.
"""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from ingest.commands.options import catalogue_option, contact_option, home_options, json_option, quiet_option
from ingest.home import Home


@click.command()
@home_options
@quiet_option
@json_option
@click.pass_context
def status(context: click.Context, database: Path, archive: Path | None, quiet: bool, as_json: bool) -> None:
    """Tell how every source is. Exits 1 when one is failing, or silent for longer than it should be."""
    from db.health import health_of_sources
    from ingest.assembly import reading, system_clock

    with reading(database) as db:
        found = health_of_sources(db, system_clock())
    bad = [each for each in found if each.state in ("failing", "silent")]
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False))
    else:
        width = max((len(each.source) for each in found), default=0)
        for each in bad if quiet else found:
            open_issues = f"; {each.open_issues} issues" if each.open_issues else ""
            click.echo(f"{each.source:{width}}  {each.state:8}  {each.documents:6} documents  {each.why}{open_issues}")
    context.exit(1 if bad else 0)


@click.command()
@home_options
@quiet_option
@json_option
@click.pass_context
def verify(context: click.Context, database: Path, archive: Path | None, quiet: bool, as_json: bool) -> None:
    """Check everything that must hold: quotes, checks that must be empty, archived pages. Exits 1 on any fault."""
    from ingest.assembly import reading
    from ingest.verify import verify_all

    place = Home.at(database, archive)
    with reading(database) as db:
        checks = verify_all(db, place.archive)
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False))
    else:
        for check in checks:
            if check.faults or not quiet:
                click.echo(f"{'fault' if check.faults else 'ok':5}  {check.name}: {check.summary}")
            for fault in check.faults[:10]:
                click.echo(f"       {fault}")
    context.exit(1 if any(check.faults for check in checks) else 0)


@click.command()
@home_options
@catalogue_option
@contact_option
@click.option("--every", type=click.IntRange(1, 24), default=6, show_default=True, help="Hours between two runs.")
def schedule(database: Path, archive: Path | None, catalogue: Path | None, contact: str | None, every: int) -> None:
    """Print the crontab line and the systemd units that run `gigawatch ingest` on this machine."""
    from ingest.schedule import crontab_line, systemd_units

    place = Home.at(database.resolve(), archive.resolve() if archive else None)
    program = Path(sys.argv[0]).resolve() if Path(sys.argv[0]).name == "gigawatch" else None
    command = [str(program)] if program else [sys.executable, "-m", "ingest.cli"]
    command += ["ingest", "--quiet", "--db", str(place.database), "--archive", str(place.archive)]
    # Neither cron nor systemd knows the variables of this shell.
    command += ["--catalogue", str(catalogue.resolve())] if catalogue else []
    command += ["--contact", contact] if contact else []
    click.echo("# For `crontab -e`: cron mails what a failed run says, and a quiet run says nothing.")
    click.echo(crontab_line(command, every))
    click.echo("\n# Or for systemd, which makes up for runs that were missed:")
    for path, text in systemd_units(command, every, place.database.parent, getpass.getuser()).items():
        click.echo(f"# {path}")
        click.echo(f"{text}\n")
    click.echo("# Then: sudo systemctl daemon-reload && sudo systemctl enable --now gigawatch.timer")
