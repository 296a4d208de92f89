"""
The command that measures the extractor: evaluate.

In: annotated documents. Out: precision and recall by metric, accuracy by attribute, and the errors. Writes nothing but,
when asked, the file of accuracy figures that every database is given.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from db.records import METRICS


@click.command()
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--docs", "documents", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The documents of each GOLD file.  [default: the file beside it named .docs.jsonl]")  # fmt: skip
@click.option("--errors", type=click.IntRange(min=0), default=0, help="List the first N errors.")
@click.option("--only", type=click.Choice(METRICS), help="List the errors of one metric.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--record", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures to this CSV file.")
def evaluate(
    gold: tuple[Path, ...],
    documents: tuple[Path, ...],
    errors: int,
    only: str | None,
    as_json: bool,
    record: Path | None,
) -> None:
    """Measure the extractor on annotated documents: GOLD files of JSON lines, as the guide to claims gives them."""
    from ingest.evaluate import calibration_error
    from ingest.measuring import measure, write_accuracy

    if documents and len(documents) != len(gold):
        raise click.UsageError(f"{len(gold)} GOLD files and {len(documents)} --docs: give one for each, or none.")
    pairs = list(zip(gold, documents or [_beside(path) for path in gold], strict=True))
    report, digest = measure(pairs)
    if record is not None:
        write_accuracy(record, report, digest)
    shown = [e for e in report.errors if only is None or e.metric == only][:errors]
    if as_json:
        figures = [
            dict(zip(("kind", "name", "precision", "recall", "f1", "right", "total"), row, strict=True))
            for row in report.rows()
        ]
        click.echo(
            json.dumps(
                {
                    "documents": report.documents,
                    "gold_sha256": digest,
                    "measures": figures,
                    "errors": [asdict(e) for e in shown],
                },
                ensure_ascii=False,
            )
        )
        return
    click.echo(f"{report.documents} documents, annotated set {digest[:12]}")
    for kind, name, precision, recall, value, right, total in report.rows():
        click.echo(_line(kind, name, precision, recall, value, right, total))
    click.echo(f"{'calibration error':<28} {calibration_error(report.confidences):.3f}")
    for error in shown:
        click.echo(
            f"{error.kind} | {error.document} | {error.metric} | {error.quote} | "
            f"expected {error.expected} | got {error.got}"
        )


def _beside(path: Path) -> Path:
    other = path.with_name(path.name.replace(".gold.jsonl", ".docs.jsonl"))
    if other == path or not other.exists():
        raise click.UsageError(f"{path}: no {other.name} beside it; name the documents with --docs.")
    return other


def _line(kind: str, name: str, precision: Any, recall: Any, value: float, right: int, total: int) -> str:
    label = name if kind in {"claims", "attribute"} else f"{kind}: {name}"
    if precision is None:
        return f"{label:<28} {value:.3f}  ({right} of {total})"
    return f"{label:<28} P {precision:.3f}  R {recall:.3f}  F1 {value:.3f}  ({right} of {total})"
