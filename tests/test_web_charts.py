"""What charts and maps are drawn from: marks from rows, units that suit, and no stage mixed with another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.web import charts, maps

TODAY = date(2026, 11, 24)


def link(*parts: object) -> str:
    return "/" + "/".join(str(part) for part in parts)


def said(**fields: Any) -> dict[str, Any]:
    row = {
        "metric": "power", "said_on": "2025-03-01", "value_min": 1200.0, "value_max": 1200.0, "unit": "MW",
        "qualifier": "exact", "usd_min": None, "usd_max": None, "period_start": None, "period_end": None,
        "publisher": "Example Press", "claim_id": "c1", "stage": "announced", "standing": "agrees",
    }  # fmt: skip
    return {**row, **fields}


@pytest.mark.parametrize(
    ("unit", "values", "title", "per"),
    [
        ("MW", [300.0, None], "X (MW)", 1),
        ("MW", [300.0, 1200.0], "X (GW)", 1e3),
        ("USD", [5e8], "X (million US dollars)", 1e6),
        ("USD", [5e8, 3e10], "X (billion US dollars)", 1e9),
        ("USD", [2e12], "X (trillion US dollars)", 1e12),
        ("USD", [], "X (US dollars)", 1),
        ("count", [450_000.0], "X (thousands)", 1e3),
        ("count", [12.0], "X (number)", 1),
    ],
)
def test_axis_has_a_unit_that_suits(unit: str, values: list[float | None], title: str, per: float) -> None:
    assert charts.axis("X", unit, values) == charts.Axis(title, per)


def test_history_needs_two_different_values() -> None:
    assert charts.histories([said()], link, TODAY) == {}
    assert charts.histories([said(), said(claim_id="c2")], link, TODAY) == {}
    found = charts.histories([said(), said(claim_id="c2", said_on="2025-09-01", value_min=2000.0)], link, TODAY)
    assert list(found) == ["power"]
    assert found["power"].y == charts.Axis("Power capacity (GW)", 1e3)
    assert found["power"].marks[0] == {
        "on": "2025-03-01", "low": 1200.0, "high": 1200.0, "kind": "agrees", "joined": True,
        "text": "1.2 GW, said by Example Press on 1 March 2025", "href": "/claims/c1",
    }  # fmt: skip


def test_history_joins_only_the_announced_plan() -> None:
    rows = [
        said(),
        said(claim_id="c2", said_on="2025-04-01", stage="operating"),
        said(claim_id="c3", said_on="2025-05-01", standing="disputed"),
        said(claim_id="c4", said_on="2025-06-01", standing="part", value_min=None),
    ]
    marks = charts.histories(rows, link, TODAY)["power"].marks
    assert [(mark["kind"], mark["joined"]) for mark in marks] == [
        ("agrees", True), ("operating", False), ("disputed", False), ("part", False),
    ]  # fmt: skip


def test_history_of_money_is_in_dollars_and_of_dates_in_days() -> None:
    money = {"metric": "capex", "unit": "EUR", "value_min": 1e9, "value_max": 1e9, "usd_min": 1.1e9, "usd_max": None}
    dates = {"metric": "online", "unit": "date", "value_min": None, "value_max": None}
    rows = [
        said(**money),
        said(**{**money, "usd_min": None, "usd_max": 2e9}, said_on="2025-08-01"),
        said(**dates, period_start=None, period_end="2027-12-31", qualifier="up_to"),
        said(**dates, period_start="2026-07-01", period_end="2026-12-31", said_on="2025-02-01"),
        said(**dates, said_on="2025-02-02"),
        said(said_on=None),
    ]
    found = charts.histories(rows, link, TODAY)
    assert [(mark["low"], mark["high"]) for mark in found["capex"].marks] == [(1.1e9, None), (None, 2e9)]
    assert [(mark["low"], mark["high"]) for mark in found["online"].marks] == [
        (None, "2027-12-31"), ("2026-07-01", "2026-12-31"),
    ]  # fmt: skip
    assert found["online"].y is not None
    assert found["online"].y.dates


def test_openings_keep_the_order_and_mark_open_beginnings() -> None:
    row = {**said(metric="online"), "project": "Example One", "companies": "Example", "status": "building"}
    chart = charts.openings(
        [
            {**row, "period_start": "2026-07-01", "period_end": "2026-12-31"},
            {**row, "period_start": None, "period_end": "2027-12-31", "project": None, "status": "odd"},
            {**row, "period_start": "2028-01-01", "period_end": None},
            {**row, "period_start": None, "period_end": None},
        ],
        link,
        TODAY,
    )
    assert chart is not None
    assert [(mark["name"], mark["first"], mark["last"], mark["open"], mark["kind"]) for mark in chart.marks] == [
        ("Example One", "2026-07-01", "2026-12-31", False, "building"),
        ("Example", "2027-12-01", "2027-12-31", True, "planned"),
        ("Example One", "2028-01-01", "2028-01-01", False, "building"),
    ]
    assert charts.openings([], link, TODAY) is None


def test_guidance_shows_only_what_stands() -> None:
    row = {
        "company": "Example", "fiscal_label": "FY2026", "kind": "guided", "usd_min": 7e10, "usd_max": 8e10,
        "qualifier": "range", "said_on": "2026-01-29", "current": 1, "claim_id": "c1",
    }  # fmt: skip
    rows = [row, {**row, "kind": "spent"}, {**row, "current": 0}, {**row, "usd_min": None, "usd_max": None}]
    chart = charts.guidance(rows, link, with_company=True)
    assert chart is not None
    assert [mark["name"] for mark in chart.marks] == ["Example FY2026, plan", "Example FY2026, spent"]
    assert chart.x == charts.Axis("Capital spending (billion US dollars)", 1e9)
    assert charts.guidance([], link) is None


def test_words_of_others_are_made_harmless() -> None:
    chart = charts.openings(
        [{**said(metric="online", period_end="2027-12-31"), "project": "<b>\u202eEvil" + "x" * 900, "status": None}],
        link,
        TODAY,
    )
    assert chart is not None
    assert "\u202e" not in chart.marks[0]["text"]
    assert len(chart.marks[0]["text"]) < 210


def test_map_sizes_by_power_and_says_the_status() -> None:
    row = {
        "project_id": "one", "project": "Example One", "place": "Abilene", "admin1": "Texas", "country": "US",
        "latitude": 32.4, "longitude": -99.7, "step": "building", "power_mw_min": None, "power_mw_max": 1200.0,
        "power_qualifier": "up_to",
    }  # fmt: skip
    unknown = {**row, "power_mw_max": None, "step": None}
    first, second = maps.projects("north-america", [row, unknown], link).marks
    assert first["text"] == "Example One, Abilene, Texas, US: up to 1.2 GW, under construction"
    assert (first["size"], second["size"]) == (1200.0, None)
    assert second["text"].endswith("power not stated, announced")


def test_a_small_map_lies_around_its_place() -> None:
    assert maps.around(None, 3.0, "Nowhere") is None
    chart = maps.around(69.0, 17.0, "Narvik")
    assert chart is not None
    assert chart.region is not None
    assert chart.region["west"] < 17.0 < chart.region["east"]
    assert (chart.region["south"], chart.region["north"]) == (62.0, 76.0)
    assert "href" not in chart.marks[0]
    assert maps.NAMES.keys() == maps.REGIONS.keys()
