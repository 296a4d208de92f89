"""
The extractor's measured accuracy, as the file `reference/accuracy.csv` gives it, in the table of the same name.

In: an open database. Out: the table, holding what the file holds. Never measures: `gigawatch evaluate --record` writes
the file, and a test holds it to what that prints.
"""

from __future__ import annotations

import csv
from pathlib import Path

from sqlite_utils import Database

FILE = Path(__file__).parent / "reference" / "accuracy.csv"
NUMBERS = ("precision", "recall", "f1")
COUNTS = ("right", "total")


def fill_accuracy(db: Database, file: Path = FILE) -> None:
    """Bring the table to what the file says; nothing is written when it says so already."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [
            {
                k: (None if v == "" else float(v) if k in NUMBERS else int(v) if k in COUNTS else v)
                for k, v in row.items()
            }
            for row in csv.DictReader(stream)
        ]
    held = list(db.query("SELECT * FROM accuracy ORDER BY extractor, gold_sha256, kind, name"))
    if held == sorted(rows, key=lambda r: (str(r["extractor"]), str(r["gold_sha256"]), str(r["kind"]), str(r["name"]))):
        return
    with db.atomic():
        db.execute("DELETE FROM accuracy")
        db.table("accuracy").insert_all(rows)
