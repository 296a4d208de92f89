from __future__ import annotations

import csv
import json
import sys
from hashlib import sha256
from pathlib import Path

import frictionless
import pytest
from pyarrow import parquet
from sqlite_utils import Database

from db.export import Format, export_database, exported_tables
from db.failures import ExportError
from db.records import Document, Extraction
from db.schema import open_database, open_for_reading
from db.store import Store
from samples import NOW, PRESS, page, plain_extract


@pytest.fixture
def db(tmp_path: Path) -> Database:
    path = tmp_path / "a.db"
    store = Store(open_database(path))
    store.save_source(PRESS)
    document = page('Example, "the first", spends $5 billion\nand €30 million.')
    store.save_document(document, plain_extract(document), now=NOW, extractor="t/1", source=PRESS.slug)
    return open_for_reading(path)


def package(folder: Path) -> dict[str, dict[str, object]]:
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in described["resources"]}


def test_csv_holds_the_rows_as_they_are(db: Database, tmp_path: Path) -> None:
    export_database(db, tmp_path / "out", "csv")
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["text"] == 'Example, "the first", spends $5 billion\nand €30 million.'
    assert (row["author"], row["relevant"], "search_id" in row) == ("", "1", False)


def test_the_description_holds_what_the_site_says(db: Database, tmp_path: Path) -> None:
    export_database(db, tmp_path / "out", "csv")
    claims = package(tmp_path / "out")["claims"]
    fields = {field["name"]: field for field in claims["schema"]["fields"]}  # type: ignore[index]
    assert fields["usd_max"]["type"] == "number"
    assert "US dollars" in fields["usd_max"]["description"]
    assert {"fields": ["document_id"], "reference": {"resource": "documents", "fields": ["id"]}} in (
        claims["schema"]["foreignKeys"]  # type: ignore[index]
    )
    body = (tmp_path / "out" / "claims.csv").read_bytes()
    assert claims["hash"] == f"sha256:{sha256(body).hexdigest()}"


def test_two_exports_of_one_database_are_the_same_bytes(db: Database, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export_database(db, tmp_path / name, "jsonl")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_internal_tables_stay_at_home(db: Database) -> None:
    names = exported_tables(db)
    assert "documents" in names
    assert [name for name in names if name.startswith("_") or "fts" in name or name == "document_signatures"] == []


def test_an_export_that_fails_leaves_the_one_before(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_database(db, tmp_path / "out", "csv")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    monkeypatch.setattr("db.export.package", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export_database(db, tmp_path / "out", "jsonl")
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"out"}


def test_rows_written_meanwhile_are_in_all_tables_or_in_none(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_meanwhile(document: Document, extraction: Extraction) -> None:
        writer = open_database(tmp_path / "a.db")
        Store(writer).save_document(document, extraction, now=NOW, extractor="t/1", source=PRESS.slug)

    late = page("Late: 100 MW.", "https://example.com/late")
    from db import export

    real = export._export_table

    def slow(db: Database, table: str, *rest: object) -> object:
        if table == "claims":
            write_meanwhile(late, plain_extract(late))
        return real(db, table, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(export, "_export_table", slow)
    export_database(db, tmp_path / "out", "csv")
    rows = {name: resource["rows"] for name, resource in package(tmp_path / "out").items()}
    assert (rows["documents"], rows["claims"]) == (1, 2)


def test_a_file_in_place_of_the_folder_is_refused(db: Database, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a letter")
    with pytest.raises(ExportError, match="this is a file"):
        export_database(db, tmp_path / "out", "csv")


def test_parquet_without_pyarrow_says_what_to_install(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'gigawatch\[parquet\]'"):
        export_database(db, tmp_path / "out", "parquet")
    assert not (tmp_path / "out").exists()


def test_parquet_keeps_types_and_nulls(db: Database, tmp_path: Path) -> None:
    export_database(db, tmp_path / "out", "parquet")
    table = parquet.read_table(tmp_path / "out" / "claims.parquet")
    assert table.num_rows == 2
    assert sorted(table.column("value_max").to_pylist()) == [30e6, 5e9]
    assert table.column("project_name").null_count == 2
    assert parquet.read_table(tmp_path / "out" / "accuracy.parquet").num_rows == 0


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_frictionless_reads_and_counts_every_file(db: Database, tmp_path: Path, file_format: Format) -> None:
    writer = open_database(tmp_path / "a.db")
    for name, year in (("old", 2019), ("new", None)):
        writer["chips"].insert({"id": name, "name": name, "year": year})
    export_database(db, tmp_path / "out", file_format)
    described = tmp_path / "out" / "datapackage.json"
    report = frictionless.validate(str(described))
    assert report.valid, report.flatten(["name", "type", "message"])[:10]
    assert len(report.tasks) == len(exported_tables(db))
    described.write_text(described.read_text(encoding="utf-8").replace('"rows": 2', '"rows": 3'), encoding="utf-8")
    assert {kind for (kind,) in frictionless.validate(str(described)).flatten(["type"])} == {"row-count"}


def test_the_hash_of_a_parquet_file_is_told_where_frictionless_does_not_look(db: Database, tmp_path: Path) -> None:
    export_database(db, tmp_path / "out", "parquet")
    claims = package(tmp_path / "out")["claims"]
    body = (tmp_path / "out" / "claims.parquet").read_bytes()
    assert (claims["file_bytes"], claims["file_hash"]) == (len(body), f"sha256:{sha256(body).hexdigest()}")
    assert "hash" not in claims
