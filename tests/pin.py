"""
The floors under the extractor, and the command that raises them: `python tests/pin.py`.

In: the annotated sets of `gold/` and today's extractor. Out, when nothing has fallen: `gold/floors.json` with every
floor raised to today's measure, `db/reference/accuracy.csv` with today's figures, and the known failures that have been
won moved to their tables. When a measure has fallen, nothing is written and what has fallen is named: a floor is never
lowered, except by hand, with a reason in the commit.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import trap_documents
from case_tables import FOLDER, KNOWN_FAILURES, cases, faults
from db.accuracy import FILE as ACCURACY
from ingest.evaluate import Report, calibration_error
from ingest.extract import EXTRACTOR
from ingest.measuring import measure, write_accuracy

GOLD = Path(__file__).parent / "gold"
FLOORS = GOLD / "floors.json"
SETS = ("c", "d1", "d2")
"""In the order that the digest was taken in."""
TOGETHER = "+".join(SETS)
MOST_ERROR = 0.05
"""The expected calibration error that is good enough; one that is larger today may only fall."""
PLACES = 4


def pairs(names: Iterable[str]) -> list[tuple[Path, Path]]:
    """The files (annotations, documents) of the sets named."""
    return [(GOLD / f"{name}.gold.jsonl", GOLD / f"{name}.docs.jsonl") for name in names]


def measures(report: Report, *, whole: bool) -> dict[str, float]:
    """Every measure by its name; of one set alone (`whole` false) only those that rest on all of its claims."""
    return {
        f"{kind}: {name}": cut(value) for kind, name, _, _, value, _, _ in report.rows() if whole or kind == "claims"
    }


def cut(value: float) -> float:
    """A measure as a floor can hold it: never rounded up."""
    return math.floor(value * 10**PLACES + 1e-9) / 10**PLACES


def today() -> tuple[dict[str, Report], str]:
    """A report for each set and for all together, and the digest of the annotated sets."""
    reports = {name: measure(pairs([name]))[0] for name in SETS}
    reports[TOGETHER], digest = measure(pairs(SETS))
    return reports, digest


def measured(reports: Mapping[str, Report], digest: str) -> dict[str, Any]:
    """Today's measures in the shape of the file of floors."""
    return {
        "extractor": EXTRACTOR,
        "gold_sha256": digest,
        "floors": {name: measures(report, whole=name == TOGETHER) for name, report in reports.items()},
        "calibration_error": {name: round(calibration_error(r.confidences), PLACES) for name, r in reports.items()},
    }


def fallen(held: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What is worse now than the floors allow, in words. Floors of another annotated set hold nothing."""
    if held["gold_sha256"] != now["gold_sha256"]:
        return []
    out = [
        f"{name}, {what}: {now['floors'].get(name, {}).get(what, 0.0)} is under its floor {floor}"
        for name, floors in held["floors"].items()
        for what, floor in floors.items()
        if now["floors"].get(name, {}).get(what, 0.0) < floor
    ]
    return out + [
        f"{name}: calibration error {error} is above {ceiling(held, name)}"
        for name, error in now["calibration_error"].items()
        if error > ceiling(held, name)
    ]


def ceiling(held: Mapping[str, Any], name: str) -> float:
    """The calibration error that a set may have."""
    return max(MOST_ERROR, float(held["calibration_error"].get(name, 0.0)))


def raised(held: Mapping[str, Any], now: Mapping[str, Any], slack: float) -> dict[str, Any]:
    """The floors that follow: today's measures less `slack`, and never less than the floor that is held."""
    same = held["gold_sha256"] == now["gold_sha256"]
    floors = {
        name: {
            what: max(cut(value - slack), held["floors"].get(name, {}).get(what, 0.0) if same else 0.0)
            for what, value in found.items()
        }
        for name, found in now["floors"].items()
    }
    errors = {
        name: round(min(error + slack, held["calibration_error"].get(name, 1.0) if same else 1.0), PLACES)
        for name, error in now["calibration_error"].items()
    }
    return {**now, "floors": floors, "calibration_error": errors}


def reliability(confidences: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """A row for each stated confidence: what was stated, the share that is right, how many claims."""
    table: dict[float, list[bool]] = defaultdict(list)
    for stated, right in confidences:
        table[round(stated, 3)].append(right)
    return [(stated, sum(rights) / len(rights), len(rights)) for stated, rights in sorted(table.items())]


def move_won_cases() -> list[str]:
    """Move the known failures that are failures no more to their tables, and name them."""
    lines = [line for line in KNOWN_FAILURES.read_text(encoding="utf-8").splitlines() if line.strip()]
    won = {line for line, case in zip(lines, cases(KNOWN_FAILURES.stem), strict=True) if not faults(case)}
    names = []
    for line in lines:
        if line in won:
            entry = json.loads(line)
            table = entry.pop("table")
            del entry["reason"]
            with (FOLDER / f"{table}.jsonl").open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
            names.append(f"{table}-{entry['id']}")
    KNOWN_FAILURES.write_text("".join(f"{line}\n" for line in lines if line not in won), encoding="utf-8")
    return names


def strike_won_traps(path: Path, reasons: Iterable[str]) -> None:
    """Strike the reasons out of the file of traps: what they excused is held from now on."""
    text = path.read_text(encoding="utf-8")
    for reason in reasons:
        text = re.sub(rf",\s+reason: (['\"]?){re.escape(reason)}\1(?=\}})", "", text)
    path.write_text(text, encoding="utf-8")


def main(words: Sequence[str] | None = None) -> int:
    """Raise what can be raised; 1 when something has fallen."""
    options = argparse.ArgumentParser(description="Raise the floors under the extractor to what it measures today.")
    options.add_argument("--slack", type=float, default=0.0, help="keep new floors this far from the measures")
    slack = options.parse_args(words).slack
    reports, digest = today()
    now = measured(reports, digest)
    held = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {**now, "gold_sha256": ""}
    if worse := fallen(held, now):
        print("Nothing is written: these have fallen.", *worse, sep="\n", file=sys.stderr)
        return 1
    FLOORS.write_text(json.dumps(raised(held, now, slack), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_accuracy(ACCURACY, reports[TOGETHER], digest)
    print("stated  right  claims")
    for stated, right, count in reliability(reports[TOGETHER].confidences):
        print(f"{stated:6.2f} {right:6.2f} {count:7}")
    reasons = trap_documents.won()
    strike_won_traps(trap_documents.FILE, reasons)
    print(
        *(f"won: {name}" for name in (*move_won_cases(), *reasons)),
        f"floors and accuracy of {digest[:12]} written",
        sep="\n",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
