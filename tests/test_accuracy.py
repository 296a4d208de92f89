"""The table of accuracy holds what its file holds, and is written once."""

from __future__ import annotations

import csv
from pathlib import Path

from db.accuracy import FILE, fill_accuracy
from db.schema import open_database


def test_the_table_is_the_file(tmp_path: Path) -> None:
    db = open_database(tmp_path / "gigawatch.db")
    fill_accuracy(db)
    with FILE.open(encoding="utf-8", newline="") as stream:
        expected = {(r["kind"], r["name"]): float(r["f1"]) for r in csv.DictReader(stream)}
    assert {(r["kind"], r["name"]): r["f1"] for r in db.query("SELECT kind, name, f1 FROM accuracy")} == expected
    assert expected["claims", "core claims"] > 0.5


def test_a_second_time_writes_nothing(tmp_path: Path) -> None:
    db = open_database(tmp_path / "gigawatch.db")
    fill_accuracy(db)
    before = db.conn.total_changes
    fill_accuracy(db)
    assert db.conn.total_changes == before


def test_figures_of_an_older_extractor_go(tmp_path: Path) -> None:
    db = open_database(tmp_path / "gigawatch.db")
    db["accuracy"].insert({"extractor": "rules/0", "gold_sha256": "x", "kind": "claims", "name": "all", "f1": 0.1})
    fill_accuracy(db)
    assert db["accuracy"].count_where("extractor = 'rules/0'") == 0
