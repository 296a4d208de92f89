"""The scorer itself, on pairs small enough to work out by hand, and the command that runs it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ingest.cli import main
from ingest.errors import DocumentError
from ingest.evaluate import Report, calibration_error, evaluate
from ingest.matching import chip_key, company_key, match, place_key, same_value
from ingest.measuring import measure, predict, read_gold, write_accuracy

NOWHERE = {"name": None, "admin1": None, "country": None}


def claim(metric: str = "power", value: Any = 300, unit: str = "MW", **fields: Any) -> dict[str, Any]:
    return {
        "metric": metric, "min": value, "max": value, "unit": unit, "qualifier": "exact", "quote": f"{value} {unit}",
        "companies": [], "project": None, "place": NOWHERE, "chip": None, "period": None, "status": None, **fields,
    }  # fmt: skip


def annotation(*claims: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "relevant": True,
        "kind": "new_site",
        "companies": [],
        "places": [],
        "chips": [],
        "claims": [*claims],
    } | fields


def score(gold: dict[str, Any], predicted: dict[str, Any]) -> Report:
    return evaluate({"a": gold}, {"a": predicted})


def counts(report: Report) -> tuple[int, int, int]:
    return report.claims.right, report.claims.extra, report.claims.missed


def test_right_extra_and_missed() -> None:
    report = score(annotation(claim(), claim(value=500)), annotation(claim(), claim(value=700)))
    assert counts(report) == (1, 1, 1)
    assert report.claims.precision == report.claims.recall == report.claims.f1 == 0.5
    assert [(e.kind, e.expected, e.got) for e in report.errors] == [("missed", 500, None), ("extra", None, 700)]


def test_a_document_that_was_not_read_is_all_missed() -> None:
    report = evaluate({"a": annotation(claim()), "b": annotation(claim())}, {"a": annotation(claim())})
    assert report.documents == 2
    assert counts(report) == (1, 0, 1)
    assert (report.relevant.right, report.relevant.missed) == (1, 1)


def test_nothing_at_all_scores_nothing() -> None:
    report = score(annotation(relevant=False), annotation(relevant=False))
    assert report.claims.f1 == report.claims.precision == report.claims.recall == 0.0
    assert report.errors == []


def test_one_prediction_answers_one_annotation() -> None:
    report = score(annotation(claim(), claim()), annotation(claim()))
    assert counts(report) == (1, 0, 1)


def test_the_likest_is_paired() -> None:
    gold = [claim(companies=["Meta"], quote="first"), claim(companies=["Google"], quote="second")]
    predicted = [claim(companies=["Google"], quote="second"), claim(companies=["Meta"], quote="first")]
    pairs, missed, extra = match(gold, predicted)
    assert (missed, extra) == ([], [])
    assert all(a["companies"] == b["companies"] for a, b in pairs)


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        (claim(value=1000), claim(value=1004), True),
        (claim(value=1000), claim(value=1006), False),
        (claim(unit="MW"), claim(unit="GW"), False),
        (claim(min=None, max=300), claim(min=300, max=None), True),
        (claim(min=200, max=300, qualifier="range"), claim(min=100, max=300, qualifier="range"), False),
        (claim(min=200, max=300, qualifier="range"), claim(min=200, max=300), True),
        (claim("online", "2027-12-31", "date"), claim("online", "2027-12-31", "date"), True),
        (claim("online", "2027-12-31", "date"), claim("online", "2027-12-30", "date"), False),
        (
            claim("online", None, "date", min="2027-01-01", max="2027-12-31"),
            claim("online", None, "date", min=None, max="2027-12-31"),
            False,
        ),
    ],
    ids=["near", "far", "unit", "bound", "range-low", "range-said", "day", "other-day", "open-date"],
)
def test_when_a_value_is_the_same(gold: dict[str, Any], predicted: dict[str, Any], same: bool) -> None:
    assert same_value(gold, predicted) is same


def test_a_conversion_is_as_good_as_the_first_currency() -> None:
    dollars = {"quote": "$5.1 billion", "min": 5.1e9, "max": 5.1e9, "unit": "USD", "qualifier": "exact"}
    told = claim("capex", 7e12, "KRW", alt=[dollars])
    report = score(annotation(told), annotation(claim("capex", 5.1e9, "USD")))
    assert counts(report) == (1, 0, 0)
    assert counts(score(annotation(told), annotation(claim("capex", 5.1e9, "EUR")))) == (0, 1, 1)


def test_an_alternative_date_counts() -> None:
    told = claim(
        "online", None, "date", min="2027-01-01", max="2027-12-31", alt=[{"min": "2026-04-01", "max": "2027-03-31"}]
    )
    guess = claim("online", None, "date", min="2026-04-01", max="2027-03-31")
    assert counts(score(annotation(told), annotation(guess))) == (1, 0, 0)


def test_borderline_is_neither_right_nor_wrong() -> None:
    gold = annotation(claim(), borderline=[{"metric": "capex", "quote": "about $46 billion"}])
    report = score(gold, annotation(claim(), claim("capex", 46e9, "USD", quote="$46 billion")))
    assert counts(report) == (1, 0, 0)
    assert report.figures.extra == 0
    assert report.confidences == [(0.0, True)]
    assert counts(score(gold, annotation(claim(), claim("capex", 45e9, "USD", quote="$45 billion")))) == (1, 1, 0)
    assert counts(score(annotation(borderline=[{"quote": ""}]), annotation(claim()))) == (0, 1, 0)


def test_the_right_figure_under_the_wrong_metric_is_found_but_wrong() -> None:
    report = score(annotation(claim("capex", 1e9, "USD")), annotation(claim("financing", 1e9, "USD")))
    assert counts(report) == (0, 1, 1)
    assert (report.figures.right, report.figures.extra, report.figures.missed) == (1, 0, 0)
    assert report.metrics["capex"].missed == report.metrics["financing"].extra == 1


def test_core_leaves_areas_jobs_and_dates_out() -> None:
    report = score(annotation(claim(), claim("jobs", 50, "count")), annotation())
    assert (report.core.missed, report.claims.missed) == (1, 2)


def test_a_metric_that_the_guide_does_not_know_is_no_claim() -> None:
    assert counts(score(annotation(), annotation(claim("revenue", 1e9, "USD")))) == (0, 0, 0)


def test_attributes_are_judged_on_right_claims_where_the_annotation_speaks() -> None:
    gold = claim(
        companies=["Meta", "Blue Owl"], project="Hyperion", status="planned",
        place={"name": "Richland Parish", "admin1": "Louisiana", "country": "US"},
    )  # fmt: skip
    guess = claim(
        companies=["Facebook"], project="The Hyperion campus", status="building", qualifier="approx",
        place={"name": "Richland", "admin1": "Louisiana", "country": "US"},
    )  # fmt: skip
    report = score(annotation(gold, claim(value=9)), annotation(guess))
    assert report.attributes == {
        "qualifier": [0, 1], "company, one of them": [1, 1], "companies, all of them": [0, 1], "country": [1, 1],
        "state or province": [1, 1], "town or county": [1, 1], "project": [1, 1], "status": [0, 1],
        "kind of document": [1, 1],
    }  # fmt: skip
    assert {e.kind for e in report.errors} == {"qualifier", "companies, all of them", "status", "missed"}


def test_a_chip_is_judged_by_its_model() -> None:
    gold = annotation(claim("chips", 1000, "count", chip="NVIDIA GB200"))
    assert score(gold, annotation(claim("chips", 1000, "count", chip="GB200 GPUs"))).attributes["chip"] == [1, 1]
    assert score(gold, annotation(claim("chips", 1000, "count", chip="NVIDIA GB300"))).attributes["chip"] == [0, 1]


def test_documents_and_mentions_are_counted() -> None:
    gold = annotation(
        companies=["Meta", "Oracle"], chips=["NVIDIA H100"], places=[{**NOWHERE, "name": "Lima", "country": "US"}]
    )
    guess = annotation(
        companies=["Meta Platforms", "Dell"], chips=[], places=[{**NOWHERE, "name": "Lima", "country": "PE"}]
    )
    report = score(gold, {**guess, "kind": "other", "relevant": False})
    found = {kind: (t.right, t.extra, t.missed) for kind, t in report.mentions.items()}
    assert found == {"companies": (1, 1, 1), "chips": (0, 0, 1), "places": (0, 1, 1)}
    assert report.attributes["kind of document"] == [0, 1]
    assert (report.relevant.right, report.relevant.missed) == (0, 1)


def test_names_are_compared_as_people_mean_them() -> None:
    assert company_key("Alphabet") == company_key("Google")
    assert company_key("Tallgrass Digital, LLC") == company_key("tallgrass digital")
    assert place_key("Loudoun County") == place_key("Loudoun")
    assert place_key("Zürich") == place_key("Zurich")
    assert chip_key("NVIDIA GB200 GPUs") == chip_key("GB200")
    assert chip_key("NVIDIA H100 + NVIDIA H200") != chip_key("NVIDIA H100")


@pytest.mark.parametrize(
    ("confidences", "error"),
    [
        ([], 0.0),
        ([(0.9, True)] * 9 + [(0.9, False)], 0.0),
        ([(1.0, False)] * 4, 1.0),
        ([(0.0, True)] * 4, 1.0),
        ([(0.95, True)] * 5 + [(0.55, False)] * 5, 0.3),
    ],
    ids=["none", "calibrated", "sure-and-wrong", "unsure-and-right", "mixed"],
)
def test_calibration_error(confidences: list[tuple[float, bool]], error: float) -> None:
    assert calibration_error(confidences) == pytest.approx(error)


TEXT = "Meta will build a data center of 300 MW in Lima, Ohio, for $2 billion. It opens in 2028."
MARKED = annotation(
    claim(quote="300 MW", companies=["Meta"], place={"name": "Lima", "admin1": "Ohio", "country": "US"}),
    claim("capex", 2e9, "USD", quote="$2 billion", companies=["Meta"]),
    claim("jobs", 40, "count", quote="40 jobs"),
    companies=["Meta"],
)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    gold, documents = tmp_path / "mine.gold.jsonl", tmp_path / "mine.docs.jsonl"
    gold.write_text(json.dumps({"id": "a", **MARKED}) + "\n", encoding="utf-8")
    entry = {"id": "a", "title": "Meta comes to Lima", "date": "2026-02-10", "text": TEXT}
    documents.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    return gold, documents


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, words)])


def test_measure_reads_both_files_and_tells_them_by_a_digest(pair: tuple[Path, Path]) -> None:
    report, digest = measure([pair])
    assert counts(report) == (2, 1, 1)
    assert measure([pair])[1] == digest
    pair[0].write_text(pair[0].read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert measure([pair])[1] != digest


def test_the_command_prints_every_measure(pair: tuple[Path, Path]) -> None:
    shown = run(pair[0])
    assert shown.exit_code == 0
    assert shown.output.startswith("1 documents, annotated set ")
    for words in ("core claims", "metric: jobs", "company, one of them", "calibration error"):
        assert words in shown.output
    assert "missed" not in shown.output


def test_the_command_lists_errors(pair: tuple[Path, Path]) -> None:
    assert "missed | a | jobs | 40 jobs | expected 40 | got None" in run(pair[0], "--errors", "9").output
    only = run(pair[0], "--errors", "9", "--only", "online").output
    assert "extra | a | online | 2028" in only
    assert "40 jobs" not in only


def test_the_command_prints_json(pair: tuple[Path, Path]) -> None:
    told = json.loads(run(pair[0], "--json", "--errors", "1").output)
    measures = {(m["kind"], m["name"]): m for m in told["measures"]}
    assert told["documents"] == 1
    assert measures["claims", "core claims"]["f1"] == 1.0
    assert (measures["metric", "jobs"]["right"], measures["metric", "jobs"]["total"]) == (0, 1)
    assert len(told["errors"]) == 1


def test_the_command_records_the_figures(pair: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "accuracy.csv"
    assert run(pair[0], "--record", path).exit_code == 0
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    report, digest = measure([pair])
    write_accuracy(tmp_path / "again.csv", report, digest)
    assert path.read_bytes() == (tmp_path / "again.csv").read_bytes()
    assert {row["gold_sha256"] for row in rows} == {digest}
    assert {row["precision"] for row in rows if row["kind"] == "attribute"} == {""}


def test_documents_may_be_named(pair: tuple[Path, Path], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.jsonl"
    pair[1].rename(elsewhere)
    refused = run(pair[0])
    assert refused.exit_code == 2
    assert "mine.docs.jsonl" in refused.output
    assert "--docs" in refused.output
    assert run(pair[0], "--docs", elsewhere).exit_code == 0


def test_documents_for_some_files_only_are_refused(pair: tuple[Path, Path]) -> None:
    refused = run(pair[0], pair[0], "--docs", pair[1])
    assert refused.exit_code == 2
    assert "2 GOLD files and 1 --docs" in refused.output


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused = run(tmp_path / "none.gold.jsonl")
    assert refused.exit_code == 2
    assert "none.gold.jsonl" in refused.output
    assert run().exit_code == 2


@pytest.mark.parametrize("line", ["{", "[]", '{"claims": []}'], ids=["no-json", "no-object", "no-id"])
def test_a_line_that_is_no_annotation_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.gold.jsonl"
    path.write_text('{"id": "a"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"odd\.gold\.jsonl, line 3"):
        read_gold(path)


def test_a_line_that_is_no_document_is_named() -> None:
    with pytest.raises(DocumentError, match="line 1"):
        predict(['{"id": "a"}'])


def test_a_bad_annotation_ends_the_command_with_a_message(pair: tuple[Path, Path]) -> None:
    pair[0].write_text("{\n", encoding="utf-8")
    refused = run(pair[0])
    assert refused.exit_code == 1
    assert not isinstance(refused.exception, DocumentError)
    assert "mine.gold.jsonl, line 1" in refused.output
