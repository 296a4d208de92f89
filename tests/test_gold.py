"""The extractor on the annotated sets: floors that hold, confidence that means what it says, figures as stored."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import pin
from db.accuracy import FILE
from ingest.evaluate import Report, calibration_error
from ingest.measuring import write_accuracy
from pin import MOST_ERROR, SETS, TOGETHER

RAISE = "python tests/pin.py raises the floors and writes the accuracy file"


@pytest.fixture(scope="module")
def reports() -> tuple[dict[str, Report], str]:
    return pin.today()


@pytest.fixture(scope="module")
def held() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(pin.FLOORS.read_text(encoding="utf-8"))
    return found


def test_no_measure_is_under_its_floor(reports: tuple[dict[str, Report], str], held: dict[str, Any]) -> None:
    assert held["gold_sha256"] == reports[1], f"the annotated sets have changed: {RAISE}"
    assert pin.fallen(held, pin.measured(*reports)) == []


def test_every_metric_and_attribute_has_a_floor(reports: tuple[dict[str, Report], str], held: dict[str, Any]) -> None:
    assert set(held["floors"][TOGETHER]) == set(pin.measures(reports[0][TOGETHER], whole=True)), RAISE
    assert set(held["floors"]) == {*SETS, TOGETHER}


def test_accuracy_file_is_what_is_measured_today(reports: tuple[dict[str, Report], str], tmp_path: Path) -> None:
    found, digest = reports
    write_accuracy(tmp_path / "accuracy.csv", found[TOGETHER], digest)
    measured, stored = (
        list(csv.reader(path.read_text(encoding="utf-8").splitlines())) for path in (tmp_path / "accuracy.csv", FILE)
    )
    assert stored == measured, RAISE


def test_confidence_is_the_share_that_is_right(reports: tuple[dict[str, Report], str]) -> None:
    confidences = reports[0][TOGETHER].confidences
    table = pin.reliability(confidences)
    shown = "\n".join(f"{stated:.2f} {right:.2f} {count}" for stated, right, count in table)
    assert calibration_error(confidences) <= MOST_ERROR, f"stated, right, claims\n{shown}"
    large = [(stated, right) for stated, right, count in table if count >= 100]
    assert large, shown
    assert all(abs(stated - right) <= 2 * MOST_ERROR for stated, right in large), shown


def test_confidence_of_each_set_apart(reports: tuple[dict[str, Report], str], held: dict[str, Any]) -> None:
    found = {name: round(calibration_error(reports[0][name].confidences), 4) for name in SETS}
    assert all(error <= pin.ceiling(held, name) for name, error in found.items()), found


def test_confidence_set_on_two_sets_holds_on_the_third(reports: tuple[dict[str, Report], str]) -> None:
    """The share of each step learnt anew without the set that it is tried on."""
    tried: list[tuple[float, bool]] = []
    for left_out in SETS:
        learnt: dict[float, list[bool]] = defaultdict(list)
        for name in SETS:
            for stated, right in reports[0][name].confidences if name != left_out else ():
                learnt[stated].append(right)
        rights = [right for values in learnt.values() for right in values]
        usual = sum(rights) / len(rights)
        for stated, right in reports[0][left_out].confidences:
            seen = learnt.get(stated, [])
            # A step that was hardly seen is drawn to the share of all claims.
            tried.append(((sum(seen) + 5 * usual) / (len(seen) + 5), right))
    assert calibration_error(tried) <= MOST_ERROR


def test_a_surer_claim_is_right_more_often(reports: tuple[dict[str, Report], str]) -> None:
    confidences = reports[0][TOGETHER].confidences
    sure = [right for stated, right in confidences if stated >= 0.93]
    unsure = [right for stated, right in confidences if stated < 0.85]
    assert sum(sure) / len(sure) > sum(unsure) / len(unsure)


NOW = {"extractor": "e", "gold_sha256": "a", "floors": {"c": {"x": 0.9, "y": 0.5}}, "calibration_error": {"c": 0.02}}


def floors(**changes: Any) -> dict[str, Any]:
    return {**NOW, **changes}


def test_a_floor_only_rises() -> None:
    held = floors(floors={"c": {"x": 0.8, "y": 0.5}})
    assert pin.raised(held, NOW, 0.0)["floors"] == {"c": {"x": 0.9, "y": 0.5}}
    assert pin.raised(held, NOW, 0.05)["floors"] == {"c": {"x": 0.85, "y": 0.5}}
    assert pin.raised(held, NOW, 0.05)["calibration_error"] == {"c": 0.02}
    assert pin.fallen(NOW, held) == ["c, x: 0.8 is under its floor 0.9"]


def test_a_measure_that_is_gone_has_fallen() -> None:
    assert pin.fallen(NOW, floors(floors={"c": {"x": 0.9}})) == ["c, y: 0.0 is under its floor 0.5"]


def test_floors_of_another_set_hold_nothing() -> None:
    held = floors(gold_sha256="b", floors={"c": {"x": 1.0}})
    assert pin.fallen(held, NOW) == []
    assert pin.raised(held, NOW, 0.0)["floors"] == NOW["floors"]


def test_calibration_may_get_worse_only_below_the_ceiling() -> None:
    assert pin.fallen(NOW, floors(calibration_error={"c": 0.05})) == []
    assert pin.fallen(NOW, floors(calibration_error={"c": 0.051})) == ["c: calibration error 0.051 is above 0.05"]
    assert pin.fallen(floors(calibration_error={"c": 0.06}), floors(calibration_error={"c": 0.055})) == []


def test_a_floor_is_never_rounded_up() -> None:
    assert pin.cut(0.90006) == 0.9
    assert pin.cut(0.9) == 0.9


def test_pin_refuses_when_something_has_fallen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps(floors(floors={"c": {"x": 0.95}})), encoding="utf-8")
    monkeypatch.setattr(pin, "FLOORS", path)
    monkeypatch.setattr(pin, "ACCURACY", tmp_path / "accuracy.csv")
    monkeypatch.setattr(pin, "today", lambda: ({}, "a"))
    monkeypatch.setattr(pin, "measured", lambda reports, digest: NOW)
    before = path.read_text(encoding="utf-8")
    assert pin.main([]) == 1
    assert "c, x: 0.9 is under its floor 0.95" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == before
    assert not (tmp_path / "accuracy.csv").exists()


def test_cases_that_are_won_move_to_their_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    right = {
        "table": "power", "reason": "none any more", "id": "won", "text": "The data center will draw 80 MW.",
        "claims": [{"metric": "power", "quote": "80 MW", "value": 80}],
    }  # fmt: skip
    wrong = {**right, "id": "lost", "claims": [{"metric": "power", "quote": "80 MW", "value": 81}]}
    known = tmp_path / "known_failures.jsonl"
    known.write_text("".join(json.dumps(entry) + "\n" for entry in (right, wrong)), encoding="utf-8")
    (tmp_path / "power.jsonl").write_text("", encoding="utf-8")
    monkeypatch.setattr("case_tables.FOLDER", tmp_path)
    monkeypatch.setattr(pin, "FOLDER", tmp_path)
    monkeypatch.setattr(pin, "KNOWN_FAILURES", known)
    pin.cases.cache_clear()
    try:
        assert pin.move_won_cases() == ["power-won"]
    finally:
        pin.cases.cache_clear()
    assert [json.loads(line)["id"] for line in known.read_text(encoding="utf-8").splitlines()] == ["lost"]
    (moved,) = (tmp_path / "power.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(moved) == {k: v for k, v in right.items() if k not in {"table", "reason"}}
