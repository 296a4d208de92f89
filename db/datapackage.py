"""
What exported files hold, said by the Data Package standard.

In: the files that were written, each with its columns, rows, bytes and hash. Out: the object for `datapackage.json`,
with the words of `metadata.yml` for every table and column. Never writes a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlite_utils import Database
from sqlite_utils.db import Table

from db.descriptions import Description, descriptions

MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}
# Frictionless counts no bytes of a Parquet file, and so holds every `bytes` and `hash` of one to be wrong.
COUNTED_BY_OTHERS = ("file_bytes", "file_hash")
TYPES = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    type: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Resource:
    """One written file."""

    name: str
    path: str
    rows: int
    bytes: int
    sha256: str
    columns: tuple[Column, ...]


def description_of(table: str) -> Description:
    """Return what a table is; one that nobody has described is an empty description."""
    return descriptions().get(table, Description())


def package(db: Database, resources: Sequence[Resource], file_format: str) -> dict[str, Any]:
    """Describe the files by the Data Package standard, version 1: what any Frictionless tool reads."""
    newest = db.execute("SELECT max(finished_at) FROM runs").fetchone()[0]
    return {
        "profile": "tabular-data-package" if file_format == "csv" else "data-package",
        "name": "gigawatch",
        "title": "Gigawatch: the AI-infrastructure build-out, figure by figure",
        "description": "Every figure with the words that say it, the document and its address. "
        "The texts and quotes remain those of their publishers; everything else is ours.",
        "homepage": "https://github.com/gigawatch/gigawatch",
        "version": newest or "",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "resources": [_described(db, resource) for resource in resources],
    }


def _described(db: Database, resource: Resource) -> dict[str, Any]:
    file_format = Path(resource.path).suffix[1:]
    about = description_of(resource.name)
    schema: dict[str, Any] = {
        "fields": [_field(column, about, file_format) for column in resource.columns],
        "primaryKey": keys_of(db, resource.name),
        "missingValues": [""],
    }
    if foreign := _table(db, resource.name).foreign_keys:
        schema["foreignKeys"] = [
            {"fields": list(key.columns), "reference": {"resource": key.other_table, "fields": list(key.other_columns)}}
            for key in foreign
        ]
    described: dict[str, Any] = {
        "name": resource.name,
        "title": resource.name.replace("_", " "),
        "description": about.text,
        "path": resource.path,
        "format": file_format,
        "mediatype": MEDIA_TYPES[file_format],
        "rows": resource.rows,
        "schema": schema,
    }
    size, digest = COUNTED_BY_OTHERS if file_format == "parquet" else ("bytes", "hash")
    described |= {size: resource.bytes, digest: f"sha256:{resource.sha256}"}
    if file_format == "csv":
        described |= {"profile": "tabular-data-resource", "encoding": "utf-8"}
    return described


def _field(column: Column, about: Description, file_format: str) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": TYPES[column.type]}
    # Frictionless reads Parquet through pandas, where whole numbers with a gap among them are floats, the gap NaN:
    # that is a number. The file itself says int64 and null.
    if file_format == "parquet" and column.type == "INTEGER" and not column.is_required:
        described["type"] = "number"
    if column.name in about.columns:
        described["description"] = about.columns[column.name]
    # An empty text and null are the same in CSV, so a text that must be there may still look as if it were not.
    if column.is_required and column.type != "TEXT":
        described["constraints"] = {"required": True}
    return described


def keys_of(db: Database, table: str) -> list[str]:
    """Name the columns of a table's key."""
    return list(_table(db, table).pks)


def _table(db: Database, name: str) -> Table:
    return cast("Table", db[name])
