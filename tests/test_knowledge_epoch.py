"""Epoch AI's tables: read apart, never claims, beside our figures."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from db.knowledge.epoch import (
    CHIP_COLUMNS,
    SITE_COLUMNS,
    TIMELINE_COLUMNS,
    EpochFormatError,
    TaggedName,
    import_epoch,
    tagged_names,
)
from evidence import add, claim, fresh, know, rows

TAKEN = date(2026, 8, 24)


def table(columns, *lines):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="")
    writer.writeheader()
    for line in lines:
        writer.writerow(line)
    return out.getvalue()


SITES = table(
    (*SITE_COLUMNS, "All chip types"),
    {
        "Name": "Meta Hyperion", "Current power (MW)": "1,100", "Owner": "Meta #confident", "Users": "Meta #likely",
        "Current total capital cost (2025 USD billions)": "41.7", "Country": "United States of America",
        "Address": "Richland Parish, Louisiana",
    },
    {
        "Name": "OpenAI-Oracle Abilene", "Current power (MW)": "421", "Owner": "Crusoe #confident, Oracle #speculative",
        "Address": "Abilene, Texas",
    },
    {"Name": "Somewhere else", "Owner": "Nobody"},
)  # fmt: skip
TIMELINE = table(
    TIMELINE_COLUMNS,
    {"Data center": "Meta Hyperion", "Date": "2026-05-01", "IT power (MW)": "1100", "Power (MW)": "1430"},
    {"Data center": "Meta Hyperion", "Date": "2028-12-31", "IT power (MW)": "1676", "Power (MW)": "2262"},
)
CHIPS = table(
    (*CHIP_COLUMNS, "Quantity"),
    {"Data center": "Meta Hyperion", "Date": "2028-01-01", "Chip type": "GB300", "Quantity": "400000"},
)
FILES = {"data_centers.csv": SITES, "data_center_timelines.csv": TIMELINE, "chips.csv": CHIPS}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", ()),
        ("Anthropic #confident", (TaggedName("Anthropic", "confident"),)),
        (
            "Amazon #likely, Blue Owl Capital #Speculative; Crusoe",
            (TaggedName("Amazon", "likely"), TaggedName("Blue Owl Capital", "speculative"), TaggedName("Crusoe", None)),
        ),
    ],
)
def test_names_lose_their_tags(cell, expected):
    assert tagged_names(cell) == expected


def test_files_are_known_by_their_columns_and_read_once():
    db = fresh()
    assert import_epoch(db, FILES, TAKEN) == {"chips.csv": 1, "data_center_timelines.csv": 2, "data_centers.csv": 8}
    assert import_epoch(db, FILES, date(2026, 9, 1)) == dict.fromkeys(FILES, 0)
    assert [row["file"] for row in rows(db, "SELECT file FROM epoch_imports ORDER BY file")] == [
        "chips",
        "sites",
        "timeline",
    ]
    assert rows(db, "SELECT * FROM claims") == []


def test_it_and_facility_power_are_told_apart_costs_are_modelled_and_the_future_is_a_forecast():
    db = fresh()
    import_epoch(db, FILES, TAKEN)
    steps = rows(db, "SELECT date, forecast, it_power_mw, facility_power_mw FROM epoch_timeline ORDER BY date")
    assert steps == [
        {"date": "2026-05-01", "forecast": 0, "it_power_mw": 1100, "facility_power_mw": 1430},
        {"date": "2028-12-31", "forecast": 1, "it_power_mw": 1676, "facility_power_mw": 2262},
    ]
    site = rows(db, "SELECT it_power_mw, modelled_capital_cost_usd FROM epoch_sites WHERE name = 'Meta Hyperion'")
    assert site == [{"it_power_mw": 1100, "modelled_capital_cost_usd": 4.17e10}]
    assert rows(db, "SELECT quantity, forecast FROM epoch_chips") == [{"quantity": 400000, "forecast": 1}]


def test_sites_stand_beside_our_figures():
    db = fresh()
    add(db, "Plan", "2026-07-13", [claim("power", 5000, companies=["Meta"], project="Hyperion")])
    import_epoch(db, FILES, TAKEN)
    know(db)
    found = {row["site"]: row for row in rows(db, "SELECT * FROM epoch_comparison")}
    hyperion = found["Meta Hyperion"]
    assert (hyperion["project_id"], hyperion["our_mw_announced"], hyperion["epoch_it_mw_now"]) == (
        "hyperion",
        5000,
        1100,
    )
    assert (hyperion["epoch_facility_mw_now"], hyperion["epoch_facility_mw_forecast"]) == (1430, 2262)
    assert hyperion["match_reason"] == "called “Hyperion”"
    assert found["OpenAI-Oracle Abilene"]["project_id"] == "stargate-abilene"
    assert found["Somewhere else"]["project_id"] is None
    owners = rows(
        db, "SELECT name, certainty, company_id FROM epoch_names WHERE site LIKE '%Abilene' ORDER BY position"
    )
    assert owners == [
        {"name": "Crusoe", "certainty": "confident", "company_id": "crusoe"},
        {"name": "Oracle", "certainty": "speculative", "company_id": "oracle"},
    ]


def test_earlier_estimates_are_kept():
    db = fresh()
    import_epoch(db, {"a.csv": SITES}, TAKEN)
    import_epoch(db, {"a.csv": SITES.replace("1,100", "980")}, date(2026, 9, 24))
    know(db)
    powers = rows(db, "SELECT it_power_mw FROM epoch_sites WHERE name = 'Meta Hyperion' ORDER BY it_power_mw")
    assert [row["it_power_mw"] for row in powers] == [980, 1100]
    now = rows(db, "SELECT epoch_it_mw_now FROM epoch_comparison WHERE site = 'Meta Hyperion'")
    assert now == [{"epoch_it_mw_now": 980}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "none of Epoch's files"),
        (SITES.replace("Address", "Where"), "lacks the columns Address"),
        (SITES.replace('"1,100"', "many"), "row 2, Current power .MW.: must be a number"),
        (TIMELINE.replace("2026-05-01", "soon"), "row 2, Date: must be a day"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_and_nothing_is_kept(text, message):
    db = fresh()
    with pytest.raises(EpochFormatError, match=message):
        import_epoch(db, {"file.csv": text, "a-good-one.csv": CHIPS}, TAKEN)
    assert rows(db, "SELECT * FROM epoch_imports") == []
