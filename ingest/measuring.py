"""
The extractor run over annotated files, and its figures written down.

In: pairs of files (annotations, documents). Out: a `Report` and the digest of the annotated set; or a CSV of figures,
which is what `db.reference` gives to every database. A figure carries the digest of what it was measured on.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import DocumentError
from ingest.evaluate import Report, evaluate
from ingest.extract import EXTRACTOR, extract
from ingest.json_lines import LineError, read_documents, write_extraction

COLUMNS = ("extractor", "gold_sha256", "kind", "name", "precision", "recall", "f1", "right", "total")


def read_gold(path: Path) -> dict[str, Any]:
    """The annotations of one file by document id. Raises DocumentError with file and line where a line is none."""
    out: dict[str, Any] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            out[entry["id"]] = entry
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise DocumentError(f"{path.name}, line {number}: no annotation with an id ({error})") from error
    return out


def predict(lines: Iterable[str]) -> dict[str, Any]:
    """What the extractor finds in documents given as JSON lines, by id."""
    out: dict[str, Any] = {}
    for entry in read_documents(lines):
        if isinstance(entry, LineError):
            raise DocumentError(str(entry))
        identity, document = entry
        out[identity] = json.loads(write_extraction(identity, extract(document)))
    return out


def measure(pairs: Sequence[tuple[Path, Path]]) -> tuple[Report, str]:
    """Score the extractor on (annotations, documents) files together; the digest covers both, in the order given."""
    gold: dict[str, Any] = {}
    predicted: dict[str, Any] = {}
    digest = hashlib.sha256()
    for marked, documents in pairs:
        gold.update(read_gold(marked))
        text = documents.read_text(encoding="utf-8")
        predicted.update(predict(text.splitlines()))
        digest.update(marked.read_bytes())
        digest.update(text.encode())
    return evaluate(gold, predicted), digest.hexdigest()


def write_accuracy(path: Path, report: Report, digest: str) -> None:
    """Write every measure of `report` as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for kind, name, precision, recall, value, right, total in report.rows():
            shown = ["" if v is None else f"{v:.4f}" for v in (precision, recall)]
            writer.writerow([EXTRACTOR, digest, kind, name, *shown, f"{value:.4f}", right, total])
