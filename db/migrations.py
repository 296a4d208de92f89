"""
The tables, as migrations.

In: nothing. Out: `migrations`, which `db.schema` applies. Never writes a row of data.
Each makes what one file of `db/tables` says. A released migration and its file are never edited: a change of a table is
a new migration at the end.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

from db.watched import triggers

TABLES = Path(__file__).with_name("tables")
migrations = Migrations("gigawatch")


@migrations()
def m001_evidence(db: Database) -> None:
    """Sources, runs, issues, captures, documents."""
    _run(db, "evidence")


@migrations()
def m002_reference(db: Database) -> None:
    """Companies, chips, places, projects and their aliases."""
    _run(db, "reference")


@migrations()
def m003_claims(db: Database) -> None:
    """Claims, who they name, and every mention."""
    _run(db, "claims")


@migrations()
def m004_knowledge(db: Database) -> None:
    """What is made of the claims; every row can be made again from the tables above."""
    _run(db, "knowledge")


@migrations()
def m005_search(db: Database) -> None:
    """Full-text search over documents and quotes."""
    _run(db, "search")


@migrations()
def m006_kept(db: Database) -> None:
    """What `db.kept` counts at every rebuild, so that a page reads it in one step; and the indexes of the site."""
    for name in ("project", "company", "chip", "place", "country"):
        db.execute(f"DROP VIEW IF EXISTS {name}_overview")
        db.execute("DELETE FROM _views WHERE name = ?", [f"{name}_overview"])
    _run(db, "kept")


@migrations()
def m007_made(db: Database) -> None:
    """What the last rebuild left, and which documents have been touched since."""
    _run(db, "made")


@migrations()
def m008_tallies(db: Database) -> None:
    """What takes long to count or to compare is kept too; indexes for the order in which pages list things."""
    db.execute("DROP VIEW IF EXISTS slippage")
    db.execute("DELETE FROM _views WHERE name = 'slippage'")
    _run(db, "tallies")


@migrations()
def m009_changed(db: Database) -> None:
    """What was written since the kept tables were worked out, so that only what it touches is worked out anew."""
    _run(db, "changed")
    for trigger in triggers():
        db.execute(trigger)


@migrations()
def m010_keys(db: Database) -> None:
    """By what documents touch each other, so that a rebuild looks only at what a new document can reach."""
    _run(db, "keys")


@migrations()
def m011_clicks(db: Database) -> None:
    """Indexes for lists of a company, of several projects, and of a past day."""
    _run(db, "clicks")


@migrations()
def m012_said(db: Database) -> None:
    """The day a figure was said stands beside it, and the figures of a company are found by day and by size."""
    _run(db, "said")


@migrations()
def m013_openings(db: Database) -> None:
    """The opening dates that were stated for each project are kept too."""
    _run(db, "openings")


@migrations()
def m014_alike(db: Database) -> None:
    """Documents of one day come by their id."""
    _run(db, "alike")


def _run(db: Database, name: str) -> None:
    # Within the migration's transaction: sqlite-utils takes the script apart rather than committing before it.
    db.executescript((TABLES / f"{name}.sql").read_text(encoding="utf-8"))
