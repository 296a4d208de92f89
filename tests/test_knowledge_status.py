"""Dated steps from what documents say, and the marks that are only ours."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evidence import add, claim, fresh, know, rows

HYPERION: dict[str, Any] = {"companies": ["Meta"], "project": "Hyperion"}
ABILENE: dict[str, Any] = {"companies": ["OpenAI", "Oracle"], "project": "Stargate Abilene"}


def steps(db, project="hyperion"):
    return [
        (row["step"], row["happened_on"])
        for row in rows(db, "SELECT * FROM project_status WHERE project_id = ? ORDER BY happened_on, step", project)
    ]


def mark(db, project="hyperion"):
    return rows(db, "SELECT step, last_news_on, mark FROM project_marks WHERE project_id = ?", project)[0]


def test_steps_have_their_day_their_document_and_their_words():
    db = fresh()
    add(db, "Meta plans a campus", "2024-12-04", [claim("power", 2000, **HYPERION)])
    add(db, "Commission approves three plants", "2025-08-20", [claim("generation", 2262, **HYPERION)])
    add(db, "Hyperion grows", "2025-10-01", [claim("power", 2000, status="building", **HYPERION)])
    know(db)
    assert steps(db) == [("announced", "2024-12-04"), ("permitted", "2025-08-20"), ("building", "2025-10-01")]
    reasons = {row["reason"] for row in rows(db, "SELECT reason FROM project_status WHERE step != 'announced'")}
    assert reasons == {
        "“2000 MW” is said to be building", "the title says “approves”: Commission approves three plants",
    }  # fmt: skip


def test_a_campus_does_not_operate_because_a_phase_does():
    db = fresh()
    add(db, "Plan", "2025-01-01", [claim("power", 1200, **ABILENE)])
    add(
        db, "Phase one runs", "2025-09-30",
        [claim("power", 200, status="operating", companies=["OpenAI"], project="Abilene phase 1")],
    )  # fmt: skip
    know(db)
    assert ("operating", "2025-09-30") in steps(db, "abilene-phase-1")
    assert ("partly_operating", "2025-09-30") in steps(db, "stargate-abilene")
    assert "operating" not in {step for step, _ in steps(db, "stargate-abilene")}
    assert steps(db, "stargate") == []


def test_a_part_that_operates_makes_no_whole():
    db = fresh()
    add(db, "Plan", "2025-01-01", [claim("power", 2000, **HYPERION)])
    add(db, "Hall", "2026-05-01", [claim("power", 300, status="operating", **HYPERION)])
    know(db)
    assert mark(db)["step"] == "partly_operating"
    add(db, "All", "2026-10-01", [claim("power", 2000, status="operating", **HYPERION)])
    know(db)
    assert mark(db)["step"] == "operating"


def test_a_later_opening_is_a_delay_with_both_dates():
    db = fresh()
    for title, day, year in (("One", "2025-01-01", 2027), ("Two", "2026-01-01", 2029)):
        said = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        add(db, title, day, [claim("online", f"{year}-01-01", f"{year}-12-31", quote=str(year), **said, **HYPERION)])
    know(db)
    delayed = rows(db, "SELECT reason FROM project_status WHERE step = 'delayed'")
    assert [row["reason"] for row in delayed] == ["the opening moved from “2027” to “2029”"]
    assert rows(db, "SELECT days_later FROM slippage WHERE metric = 'online'") == [{"days_later": 731}]


def test_the_later_date_of_the_rest_is_no_delay_of_what_opens():
    db = fresh()
    for title, day, year in (("Hyperion", "2025-01-01", 2026), ("First phase of Hyperion opens", "2026-01-01", 2029)):
        said = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        add(db, title, day, [claim("online", f"{year}-01-01", f"{year}-12-31", quote=str(year), **said, **HYPERION)])
    know(db)
    assert mark(db)["step"] == "partly_operating"
    assert rows(db, "SELECT * FROM project_status WHERE step = 'delayed'") == []


@pytest.mark.parametrize(
    ("title", "step"),
    [
        ("Richland bans data centers and ends Hyperion", "cancelled"),
        ("Meta energizes Hyperion's substation", "announced"),
    ],
)
def test_what_a_title_says_of_the_land_and_the_grid(title, step):
    db = fresh()
    add(db, title, "2026-05-20", [claim("power", 1200, **HYPERION)], kind="cancellation")
    know(db)
    assert mark(db)["step"] == step


def test_an_extension_that_is_dropped_cancels_no_campus():
    db = fresh()
    add(db, "Plan", "2025-01-01", [claim("power", 1200, **ABILENE)])
    add(
        db, "Oracle and OpenAI drop 600-megawatt extension at Abilene", "2026-03-06",
        [claim("power", 600, status="cancelled", **ABILENE)], kind="cancellation",
    )  # fmt: skip
    know(db)
    assert "cancelled" not in {step for step, _ in steps(db, "stargate-abilene")}
    assert rows(db, "SELECT stage FROM figures WHERE project_id = 'stargate-abilene' ORDER BY stage") == [
        {"stage": "announced"}, {"stage": "cancelled"},
    ]  # fmt: skip


def test_a_project_that_is_rejected_is_cancelled():
    db = fresh()
    add(
        db, "Council rejects Project Blue", "2025-08-06",
        [claim("capex", 3.6e9, status="cancelled", companies=["Beale"], project="Project Blue")], kind="cancellation",
    )  # fmt: skip
    know(db)
    assert mark(db, "project-blue")["step"] == "cancelled"


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 12, 3), None), (date(2026, 12, 4), "silent"), (date(2028, 12, 4), "dormant")],
)
def test_silence_is_our_own_mark(today, expected):
    db = fresh()
    add(db, "Plan", "2024-12-04", [claim("power", 2000, **HYPERION)])
    know(db, today=today)
    assert mark(db) == {"step": "announced", "last_news_on": "2024-12-04", "mark": expected}
    assert {step for step, _ in steps(db)} == {"announced"}


def test_what_runs_is_never_silent():
    db = fresh()
    add(db, "Runs", "2020-12-04", [claim("power", 20, status="operating", **HYPERION)])
    know(db)
    assert mark(db)["mark"] is None


def test_a_load_is_cancelled_though_only_its_power_plant_was_announced_as_planned():
    db = fresh()
    told = {"companies": ["Beale"], "project": "Project Blue"}
    add(
        db, "Plan ends", "2026-06-03",
        [claim("power", 2000, status="cancelled", **told), claim("generation", 10000, **told)],
    )  # fmt: skip
    know(db)
    assert mark(db, "project-blue")["step"] == "cancelled"


def test_news_of_a_part_is_news_of_the_whole():
    db = fresh()
    add(db, "Whole", "2024-01-01", [claim("power", 10000, companies=["OpenAI", "SoftBank"], project="Stargate")])
    add(db, "Part", "2026-06-01", [claim("power", 1200, **ABILENE)])
    know(db)
    assert mark(db, "stargate") == {"step": "announced", "last_news_on": "2026-06-01", "mark": None}
    assert rows(db, "SELECT project_id FROM project_marks ORDER BY 1") == [
        {"project_id": "stargate"}, {"project_id": "stargate-abilene"},
    ]  # fmt: skip
