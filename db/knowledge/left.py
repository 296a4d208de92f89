"""
What the last rebuild left, and what has been touched since.

In: an open database; the catalogue, the corrections and the rules of this version. Out: `Left`, or null where
everything has to be made again: at the first rebuild, or when the reference, the corrections, the sources or the rules
are others than they were. Never decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db.identity import digest
from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction
from db.knowledge.linker import Link

WORLD, DAY = "world", "day"


@dataclass
class Left:
    """What the last rebuild made of the documents that are looked at again."""

    touched: frozenset[str] = frozenset()
    """Documents that are new, changed, or have changed claims."""
    links: dict[str, Link] = field(default_factory=dict)
    """Claim to what it was linked to."""
    readings: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """Claim to the name of its project and the scope that it was read with, where they are not its own."""


def world_digest(db: Database, catalogue: Catalogue, corrections: Sequence[Correction]) -> str:
    """What every row depends on besides the documents."""
    rules = sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        rules.update(file.read_bytes())
    # A brief has the tier that the sources give to the publisher it reports; a page has its own.
    sources = db.execute(
        "SELECT DISTINCT publisher, tier, reader FROM sources WHERE publisher IN "
        "(SELECT publisher FROM documents WHERE origin = 'chronicle') ORDER BY 1, 2, 3"
    ).fetchall()
    listed = (catalogue.companies, catalogue.chips, catalogue.projects)
    entries = [sorted(_words(entry) for entry in each.values()) for each in listed]
    return digest(rules.hexdigest(), sources, entries, [_words(correction) for correction in corrections])


def was_made(db: Database) -> bool:
    """Whether there was a rebuild before."""
    return db.execute("SELECT 1 FROM _made_with WHERE name = ?", [WORLD]).fetchone() is not None


def why_whole(db: Database, world: str) -> str | None:
    """Why there is nothing that a rebuild could go on from; null where there is."""
    stored = db.execute("SELECT value FROM _made_with WHERE name = ?", [WORLD]).fetchone()
    if stored is None:
        return "it is the first time"
    return (
        None if stored[0] == world else "a rule, the reference, a correction or a source's tier is another than it was"
    )


def touched_documents(db: Database) -> frozenset[str]:
    """Documents that are new, changed, or have changed claims."""
    return frozenset(row[0] for row in db.execute("SELECT document_id FROM _touched").fetchall())


def is_untouched(db: Database, world: str, today: date) -> bool:
    """Whether every row is as it would be made again: the same rules and day, and no document touched."""
    made = dict(db.execute("SELECT name, value FROM _made_with").fetchall())
    touched = db.execute("SELECT 1 FROM _touched LIMIT 1").fetchone()
    return touched is None and made == {WORLD: world, DAY: today.isoformat()}


def keep_world(db: Database, world: str, today: date) -> None:
    """Remember what the rows were made with; nothing is touched any more."""
    for name, value in ((WORLD, world), (DAY, today.isoformat())):
        db.execute("INSERT OR REPLACE INTO _made_with (name, value) VALUES (?, ?)", [name, value])
    db.execute("DELETE FROM _touched")


def _words(entry: Any) -> str:
    """An entry as text that is the same in every process: a set has no order of its own."""
    return repr([(each.name, _ordered(getattr(entry, each.name))) for each in fields(entry)])


def _ordered(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return sorted(value.items()) if isinstance(value, Mapping) else value
