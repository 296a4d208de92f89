"""
Epoch AI's data centre tables, read into tables of their own.

In: the text of the CSV files, the day they were taken. Out: rows of `epoch_sites`, `epoch_names`, `epoch_timeline` and
`epoch_chips`, one import a file and content, so that earlier estimates are kept. In the file of sites "power" is IT
power, in the timeline "Power (MW)" is the facility's. Every cost is modelled, and every row dated after the day it was
taken is a forecast. Never becomes a claim.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from db.identity import digest
from db.knowledge.model import Row

_TAG = re.compile(r"\s*#(confident|likely|speculative)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|\n)\s*")
ROLES = {
    "Owner": "owner", "Users": "user", "Investors": "investor", "Construction companies": "construction",
    "Energy companies": "energy",
}  # fmt: skip
SITE_COLUMNS = (
    "Name", "Current H100 equivalents", "Current power (MW)", "Current total capital cost (2025 USD billions)", "Owner",
    "Users", "Selected Sources", "Calculations sheet", "Project", "Current chip types", "Investors",
    "Construction companies", "Energy companies", "Country", "Address",
)  # fmt: skip
TIMELINE_COLUMNS = (
    "Data center", "Date", "Construction status", "Buildings operational", "IT power (MW)", "Power (MW)",
    "H100 equivalents", "Total capital cost (2025 USD billions)", "Compute cost (2025 USD billions)",
    "Construction cost (2025 USD billions)", "Annual operating cost (2025 USD billions)",
)  # fmt: skip
CHIP_COLUMNS = ("Data center", "Date", "Chip type")


class EpochFormatError(ValueError):
    """A file that is not the one it should be: which file, which columns are missing."""


@dataclass(frozen=True, slots=True)
class TaggedName:
    """A name with how sure Epoch is of it."""

    name: str
    certainty: str | None


def import_epoch(db: Database, files: Mapping[str, str], taken_on: date) -> dict[str, int]:
    """
    Read files (name to text) and return how many rows each gave; a file that was read before gives none.

    A file is known by its columns, whatever it is called.
    """
    written: dict[str, int] = {}
    with db.atomic():
        for name, text in sorted(files.items()):
            reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
            kind = _kind(name, reader.fieldnames or ())
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            key = "e" + digest("epoch", kind, sha256)[:15]
            if db.execute("SELECT 1 FROM epoch_imports WHERE id = ?", [key]).fetchone():
                written[name] = 0
                continue
            tables = _READERS[kind](key, list(reader), taken_on, name)
            count = sum(len(rows) for rows in tables.values())
            db.table("epoch_imports").insert(
                {"id": key, "file": kind, "sha256": sha256, "taken_on": taken_on.isoformat(), "rows": count}
            )
            for table, rows in tables.items():
                db.table(table).insert_all(rows)
            written[name] = count
    return written


def tagged_names(cell: str) -> tuple[TaggedName, ...]:
    """
    The names of a cell with their tags.

    >>> tagged_names("Anthropic #confident, Amazon")
    (TaggedName(name='Anthropic', certainty='confident'), TaggedName(name='Amazon', certainty=None))
    """
    found = []
    for part in _BETWEEN.split(cell):
        tag = _TAG.search(part)
        name = _TAG.sub("", part).strip()
        if name:
            found.append(TaggedName(name, tag[1].lower() if tag else None))
    return tuple(found)


def _kind(name: str, columns: object) -> str:
    present = set(columns) if isinstance(columns, list | tuple) else set()
    wanted = {"sites": SITE_COLUMNS, "timeline": TIMELINE_COLUMNS, "chips": CHIP_COLUMNS}
    missing = {kind: [column for column in needed if column not in present] for kind, needed in wanted.items()}
    for kind, lacking in missing.items():
        if not lacking:
            return kind
    nearest = min(missing, key=lambda kind: len(missing[kind]) / len(wanted[kind]))
    raise EpochFormatError(
        f"{name}: none of Epoch's files of sites, timelines or chip quantities; as the file of {nearest} it lacks "
        f"the columns {', '.join(missing[nearest])}"
    )


def _sites(key: str, rows: list[dict[str, str]], taken_on: date, file: str) -> dict[str, list[Row]]:
    sites: list[Row] = []
    names: list[Row] = []
    for row, where in _numbered(rows, file):
        sites.append(
            {
                "import_id": key, "name": row["Name"].strip(), "project": row["Project"] or None,
                "country": row["Country"] or None, "address": row["Address"] or None,
                "it_power_mw": _number(row, "Current power (MW)", where),
                "h100_equivalents": _number(row, "Current H100 equivalents", where),
                "modelled_capital_cost_usd": _billions(row, "Current total capital cost (2025 USD billions)", where),
                "chip_types": row["Current chip types"] or None, "sources": row["Selected Sources"] or None,
                "calculations_url": row["Calculations sheet"] or None, "project_id": None, "match_reason": None,
            }
        )  # fmt: skip
        for column, role in ROLES.items():
            for position, each in enumerate(tagged_names(row[column] or "")):
                names.append(
                    {
                        "import_id": key, "site": row["Name"].strip(), "role": role, "position": position,
                        "name": each.name, "certainty": each.certainty, "company_id": None,
                    }
                )  # fmt: skip
    return {"epoch_sites": sites, "epoch_names": names}


def _timeline(key: str, rows: list[dict[str, str]], taken_on: date, file: str) -> dict[str, list[Row]]:
    found: dict[tuple[str, str], Row] = {}
    for row, where in _numbered(rows, file):
        day = _day(row["Date"], where)
        found[(row["Data center"].strip(), day)] = {
            "import_id": key, "site": row["Data center"].strip(), "date": day,
            "forecast": int(day > taken_on.isoformat()), "construction_status": row["Construction status"] or None,
            "buildings_operational": _number(row, "Buildings operational", where),
            "it_power_mw": _number(row, "IT power (MW)", where),
            "facility_power_mw": _number(row, "Power (MW)", where),
            "h100_equivalents": _number(row, "H100 equivalents", where),
            "modelled_capital_cost_usd": _billions(row, "Total capital cost (2025 USD billions)", where),
            "modelled_compute_cost_usd": _billions(row, "Compute cost (2025 USD billions)", where),
            "modelled_construction_cost_usd": _billions(row, "Construction cost (2025 USD billions)", where),
            "modelled_operating_cost_usd": _billions(row, "Annual operating cost (2025 USD billions)", where),
        }  # fmt: skip
    return {"epoch_timeline": list(found.values())}


def _chips(key: str, rows: list[dict[str, str]], taken_on: date, file: str) -> dict[str, list[Row]]:
    found: dict[tuple[str, str, str], Row] = {}
    for row, where in _numbered(rows, file):
        day = _day(row["Date"], where)
        quantity = next((c for c in row if "quantity" in c.lower() or "number of" in c.lower()), None)
        found[(row["Data center"].strip(), day, row["Chip type"].strip())] = {
            "import_id": key, "site": row["Data center"].strip(), "date": day, "chip_type": row["Chip type"].strip(),
            "quantity": _number(row, quantity, where) if quantity else None,
            "forecast": int(day > taken_on.isoformat()),
        }  # fmt: skip
    return {"epoch_chips": list(found.values())}


_READERS: Mapping[str, Callable[[str, list[dict[str, str]], date, str], dict[str, list[Row]]]] = {
    "sites": _sites,
    "timeline": _timeline,
    "chips": _chips,
}


def _numbered(rows: list[dict[str, str]], file: str) -> Iterator[tuple[dict[str, str], str]]:
    for number, row in enumerate(rows, 2):
        if (row.get("Name") or row.get("Data center") or "").strip():
            yield {column: value or "" for column, value in row.items() if column}, f"{file}, row {number}"


def _number(row: Mapping[str, str], column: str, where: str) -> float | None:
    text = row[column].replace(",", "").strip()
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise EpochFormatError(f"{where}, {column}: must be a number or empty, not {row[column]!r}") from None


def _billions(row: Mapping[str, str], column: str, where: str) -> float | None:
    value = _number(row, column, where)
    return None if value is None else value * 1e9


def _day(text: str, where: str) -> str:
    try:
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        raise EpochFormatError(f"{where}, Date: must be a day such as 2026-08-24, not {text!r}") from None
