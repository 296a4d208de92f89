"""
What the last rebuild left, and what has been touched since.

In: an open database; the catalogue, the corrections and the rules of this version. Out: `Left`, or null where
everything has to be made again: at the first rebuild, or when the reference, the corrections, the sources or the rules
are others than they were. Never decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db.identity import digest
from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction
from db.knowledge.events import Ties
from db.knowledge.model import Row

WORLD, DAY = "world", "day"


@dataclass(frozen=True)
class Left:
    """Rows of the last rebuild, as far as the next one builds on them."""

    touched: frozenset[str]
    """Documents that are new, changed, or have changed claims."""
    projects: Mapping[str, str | None]
    """Claim to the project that it was linked to."""
    readings: Mapping[str, tuple[str | None, str | None]]
    """Claim to the name of its project and the scope that it was read with, where they are not its own."""
    originals: Mapping[str, str]
    """Copy to its original."""
    ties: Ties
    figures: Sequence[Row]
    items: Sequence[Row]
    steps: Sequence[Row]
    marks: Sequence[Row]
    slips: Mapping[tuple[object, ...], Row]
    supplies: Mapping[tuple[object, ...], Row]
    reviews: Mapping[tuple[object, ...], Row]


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


def read_left(db: Database, world: str) -> Left | None:
    """What the last rebuild left, where it was made by the same rules from the same reference."""
    stored = db.execute("SELECT value FROM _made_with WHERE name = ?", [WORLD]).fetchone()
    if stored is None or stored[0] != world:
        return None
    return Left(
        touched=frozenset(row[0] for row in db.execute("SELECT document_id FROM _touched").fetchall()),
        projects=dict(db.execute("SELECT claim_id, project_id FROM claim_links").fetchall()),
        readings={
            claim: (name, scope)
            for claim, name, scope in db.execute("SELECT claim_id, project_name, scope FROM _claim_readings").fetchall()
        },
        originals=dict(db.execute("SELECT document_id, original_id FROM document_copies").fetchall()),
        ties=Ties(
            {
                (one, other): (score, reason)
                for one, other, score, reason in db.execute(
                    "SELECT one, other, score, reason FROM _event_ties"
                ).fetchall()
            },
            dict(db.execute("SELECT document_id, mark FROM _event_marks").fetchall()),
        ),
        figures=list(db.query("SELECT project_id, metric, stage, facet, claim_id, agreeing FROM figures")),
        items=list(db.query("SELECT * FROM _figure_items")),
        steps=list(db.query("SELECT * FROM project_status")),
        marks=list(db.query("SELECT * FROM project_marks")),
        slips=_by_id(db, "SELECT * FROM plausibility WHERE kind = 'slip'"),
        supplies=_by_id(db, "SELECT * FROM relations WHERE origin = 'claim'"),
        reviews=_by_id(db, "SELECT * FROM review_items"),
    )


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


def _by_id(db: Database, sql: str) -> dict[tuple[object, ...], Row]:
    return {(row["id"],): row for row in db.query(sql)}
