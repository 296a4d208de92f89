"""
How each source is: well, failing, silent, or not run yet.

In: an open database, and the moment. Out: one `Health` a source that is not retired. Reads the view `source_health` and
nothing else; never writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlite_utils import Database

State = Literal["well", "failing", "silent", "not_run"]


@dataclass(frozen=True, slots=True)
class Health:
    """The state of one source, and what it rests on."""

    source: str
    state: State
    why: str
    documents: int
    open_issues: int
    """What went wrong in its last run or since."""
    last_run_at: str | None
    last_good_run_at: str | None
    last_new_at: str | None


def health_of_sources(db: Database, now: datetime) -> list[Health]:
    """Judge every source that is still in the catalogue."""
    rows = db.query("SELECT * FROM source_health WHERE retired_at IS NULL AND reader != 'by-hand' ORDER BY slug")
    return [_judge(row, now) for row in rows]


def _judge(row: dict[str, object], now: datetime) -> Health:
    cadence = timedelta(hours=int(str(row["cadence_hours"])))
    # A source that never brought anything is silent from its first run on.
    newest = _moment(row["last_new_at"]) or _moment(row["first_run_at"])
    state: State
    if row["last_run_at"] is None:
        state, why = "not_run", "no run has read it yet"
    elif row["last_error"] is not None:
        state, why = "failing", str(row["last_error"])
    elif newest is not None and now - newest > cadence:
        state, why = (
            "silent",
            f"nothing new since {newest:%Y-%m-%d}, and it should bring something every {_span(cadence)}",
        )
    else:
        state, why = "well", f"{row['last_links_seen']} items seen"
    return Health(
        source=str(row["slug"]),
        state=state,
        why=why,
        documents=int(str(row["documents"])),
        open_issues=int(str(row["open_issues"])),
        last_run_at=_text(row["last_run_at"]),
        last_good_run_at=_text(row["last_good_run_at"]),
        last_new_at=_text(row["last_new_at"]),
    )


def _span(length: timedelta) -> str:
    hours = int(length.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value)).astimezone(UTC)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
