"""
Everything, whole, as files: one a table, with a Frictionless `datapackage.json` that describes them.

In: a database open for reading, a folder, a format. Out: the files, each with its rows counted and its bytes hashed.
Tables keep their names, columns and order; null stays null; an empty table is its header. A folder is filled whole or
left as it was: files are written beside it first. Never changes the database.
"""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from db.datapackage import TYPES, Column, Resource, description_of, keys_of, package
from db.failures import ExportError

Format = Literal["csv", "jsonl", "parquet"]
Row = tuple[object, ...]
ROWS_AT_ONCE = 10_000
HIDDEN = ("_", "sqlite_")
PRIVATE = frozenset({"search_id"})
"""Columns that only the search needs."""


def export_database(db: Database, folder: Path, file_format: Format) -> list[Resource]:
    """Write every table to `folder`, from one moment of the database."""
    write = _writer(file_format)
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as name:
        beside = Path(name)
        # One read transaction, so that an ingestion going on meanwhile is in all tables or in none.
        with db.atomic():
            resources = [_export_table(db, table, beside, file_format, write) for table in exported_tables(db)]
            described = package(db, resources, file_format)
        text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        (beside / "datapackage.json").write_text(text, encoding="utf-8")
        folder.mkdir(exist_ok=True)
        for old in folder.glob("datapackage.json"):
            _remove_exported(folder, old)
        for file in sorted(beside.iterdir(), key=lambda file: file.name == "datapackage.json"):
            shutil.move(file, folder / file.name)
    return resources


def exported_tables(db: Database) -> list[str]:
    """Name the tables that hold data, in the order of their names."""
    names = db.table_names()
    search = tuple(name for name in names if name.endswith("_fts"))
    return sorted(
        name for name in names if not name.startswith((*HIDDEN, *search)) and not description_of(name).is_internal
    )


def _export_table(
    db: Database,
    table: str,
    folder: Path,
    file_format: str,
    write: Callable[[Path, Sequence[Column], Iterator[Row]], int],
) -> Resource:
    columns = tuple(
        Column(str(name), str(kind), bool(required))
        for _, name, kind, required, _, _ in db.execute(f'PRAGMA table_info("{table}")').fetchall()
        if name not in PRIVATE and kind in TYPES
    )
    names = ", ".join(f'"{column.name}"' for column in columns)
    order = ", ".join(f'"{name}"' for name in keys_of(db, table))
    cursor = db.execute(f'SELECT {names} FROM "{table}" ORDER BY {order}')
    path = folder / f"{table}.{file_format}"
    rows = write(path, columns, iter(cursor))
    if rows == 0 and file_format == "jsonl":
        # No line says no column, and validators refuse an empty file: the header alone, as CSV, says both.
        path.unlink()
        path = path.with_suffix(".csv")
        _write_csv(path, columns, iter(()))
    with path.open("rb") as file:
        digest = sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return Resource(table, path.name, rows, path.stat().st_size, digest.hexdigest(), columns)


def _writer(file_format: str) -> Callable[[Path, Sequence[Column], Iterator[Row]], int]:
    if file_format == "parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise ExportError(
                "Parquet needs pyarrow, which is not installed: pip install 'gigawatch[parquet]', or choose "
                "--format csv or jsonl"
            ) from None
        return _write_parquet
    return _write_csv if file_format == "csv" else _write_jsonl


def _write_csv(path: Path, columns: Sequence[Column], rows: Iterator[Row]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _write_jsonl(path: Path, columns: Sequence[Column], rows: Iterator[Row]) -> int:
    count = 0
    names = [column.name for column in columns]
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
            count += 1
    return count


def _write_parquet(path: Path, columns: Sequence[Column], rows: Iterator[Row]) -> int:
    import pyarrow
    from pyarrow import parquet

    kinds = {"TEXT": pyarrow.string(), "INTEGER": pyarrow.int64(), "REAL": pyarrow.float64()}
    schema = pyarrow.schema([pyarrow.field(one.name, kinds[one.type], nullable=not one.is_required) for one in columns])
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            values = zip(*batch, strict=True)
            arrays = [pyarrow.array(list(value), field.type) for value, field in zip(values, schema, strict=True)]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
            count += len(batch)
    return count


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _refuse_foreign(folder: Path) -> None:
    """Refuse to write among files that no export put there."""
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder}: this is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "datapackage.json").is_file():
        raise ExportError(f"{folder}: the folder holds other files; name an empty or a new one")


def _remove_exported(folder: Path, package: Path) -> None:
    """Take away the files of an earlier export, so that none is left that the new description does not name."""
    for resource in json.loads(package.read_text(encoding="utf-8")).get("resources", []):
        name = str(resource.get("path", ""))
        if Path(name).name == name:
            (folder / name).unlink(missing_ok=True)
    package.unlink()
