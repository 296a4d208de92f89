"""What a rebuild decides after some documents have come is what it would have decided from all of them at once."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import db.knowledge.figures as figures
from db.knowledge import rebuild
from db.knowledge.corrections import read_corrections
from evidence import TODAY, add, catalogue, claim, company, dump, fresh, know, rows

NAMES = (
    "Hyperion",
    "Stargate",
    "Stargate Abilene",
    "Stargate Milam",
    "Project Blue",
    "Kite",
    "Stargate Kite",
    None,
    None,
)
KINDS = ("new_site", "cancellation", "analysis", "other")
PLACES = (
    ("Abilene", "Texas", "US"), ("Milam County", "Texas", "US"), ("Richland Parish", "Louisiana", "US"),
    ("Tucson", "Arizona", "US"), ("Narvik", None, "NO"), (None, "Texas", "US"), (None, None, None),
)  # fmt: skip
WHO = (
    ("Meta",), ("OpenAI",), ("OpenAI", "Oracle"), ("Oracle",), ("NVIDIA", "OpenAI"), ("Microsoft", "Beale"),
    ("NVIDIA",), ("Beale",), (),
)  # fmt: skip
SIZES = {
    "capex": (5e8, 1e10, 5e11, 5e8),
    "power": (200.0, 1200.0, 4500.0, 1.2),
    "jobs": (100.0, 900.0),
    "chips": (4e4,),
}
STATUSES = ("planned", "building", "operating", "done", "cancelled", None)
SCOPES = (None, None, None, "site", "phase", "programme", "country", "company_year")


def tell(db, dice: random.Random, number: int) -> None:
    """One made-up document; a second telling of a number is the same page, changed."""
    day = (date(2026, 1, 1) + timedelta(days=dice.randrange(40))).isoformat()
    name, place, who = dice.choice(NAMES), dice.choice(PLACES), dice.choice(WHO)
    told = []
    for _ in range(dice.choice((0, 1, 2, 3, 4))):
        if dice.random() < 0.3:
            name, place, who = dice.choice(NAMES), dice.choice(PLACES), dice.choice(WHO)
        metric = dice.choice(tuple(SIZES))
        value = dice.choice(SIZES[metric])
        told.append(
            claim(
                metric, value, quote=f"{value:g} {metric} {dice.randrange(3)}", project=name, place=place,
                companies=who, status=dice.choice(STATUSES), scope=dice.choice(SCOPES),
                chip=dice.choice(("NVIDIA H20", "NVIDIA GB200")) if metric == "chips" else None,
                basis=dice.choice((None, "it")) if metric == "power" else None,
                qualifier=dice.choice(("exact", "approx", "up_to", "at_least")),
            )
        )  # fmt: skip
    shared = dice.random() < 0.3
    text = " ".join(f"word{n}" for n in range(40)) + "." if shared else None
    add(
        db, f"News of {name or 'a site'} {dice.choice(('', 'opens', 'is cancelled', 'breaks ground'))}".strip(),
        None if dice.random() < 0.1 else day, told, publisher=f"Paper {dice.randrange(4)}",
        tier=dice.choice(("issuer", "trade", "press")), kind=dice.choice(KINDS),
        text=text, url=f"https://pages.example/{number}", seen=f"{day}T12:00:00Z",
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.lists(st.integers(0, 9), min_size=2, max_size=14), st.sets(st.integers(0, 13)))
@example(5, [0, 0, 0, 0, 0, 0, 1, 2, 1, 1, 1], {0})
def test_steps_decide_what_the_whole_decides(seed, pages, pauses):
    steps, whole = fresh(), fresh()
    for db in (steps, whole):
        dice = random.Random(seed)
        for position, page in enumerate(pages):
            tell(db, dice, page)
            if db is steps and position in pauses:
                know(db)
                assert rows(db, "SELECT * FROM check_kept") == []
        know(db)
        assert rows(db, "SELECT * FROM check_kept") == []
    assert dump(steps) == dump(whole)
    assert sum(dict(rebuild(steps, TODAY, catalogue=catalogue(), corrections=(), whole=True)).values()) == 0


def test_a_site_changes_the_fleet_of_who_shares_a_deal_over_it():
    steps, whole = fresh(), fresh()
    for db in (steps, whole):
        add(db, "Deal", "2025-05-13", [claim("power", 500, companies=["Crusoe", "Oracle"])])
        add(db, "Fleet", "2025-08-26", [claim("power", 6000, companies=["Crusoe"])])
        if db is steps:
            know(db)
        add(db, "Site", "2025-09-13", [claim("power", 300, companies=["Oracle"], project="Stargate Abilene")])
        know(db)
    assert dump(steps) == dump(whole)


@pytest.fixture
def base():
    db = fresh()
    dice = random.Random(3)
    for number in range(60):
        tell(db, dice, number)
    know(db)
    return db


def decided(monkeypatch) -> list[str]:
    """The projects of which a figure is decided from now on."""
    found: list[str] = []
    real = figures.decide

    def listen(key, said, level):
        found.append(key.project_id)
        return real(key, said, level)

    monkeypatch.setattr(figures, "decide", listen)
    monkeypatch.setattr("db.knowledge.history.decide", listen)
    return found


def test_only_the_project_of_a_new_document_is_decided(base, monkeypatch):
    heard = decided(monkeypatch)
    add(base, "Hyperion again", "2026-03-01", [claim("power", 5000, companies=["Meta"], project="Hyperion")])
    know(base)
    assert set(heard) == {"hyperion"}


def test_a_document_of_one_site_decides_its_family(base, monkeypatch):
    heard = decided(monkeypatch)
    add(base, "Milam", "2026-03-01", [claim("power", 900, companies=["OpenAI"], project="Stargate Milam")])
    know(base)
    assert "stargate-milam" in heard
    assert all("stargate" in project or "abilene" in project for project in heard)


def test_nothing_new_decides_nothing(base, monkeypatch):
    heard = decided(monkeypatch)
    assert sum(know(base).values()) == 0
    assert heard == []


def test_another_reference_decides_everything(base, monkeypatch):
    heard = decided(monkeypatch)
    world = catalogue()
    know(
        base,
        world=type(world)(dict(world.companies) | {"beale": company("beale", "Beale")}, world.chips, world.projects),
    )
    assert "hyperion" in heard
    said = [row["message"] for row in rows(base, "SELECT message FROM issues WHERE kind = 'rebuilt_whole'")]
    assert any("the reference" in each for each in said)


def test_a_project_grows_silent_though_nothing_touches_it(base):
    later = date(2028, 6, 1)
    know(base, today=later)
    marks = rows(base, "SELECT * FROM project_marks ORDER BY project_id")
    assert any(row["mark"] == "silent" for row in marks)
    reviews = rows(base, "SELECT * FROM review_items ORDER BY id")
    assert sum(dict(rebuild(base, later, catalogue=catalogue(), corrections=(), whole=True)).values()) == 0
    assert any(row["kind"] == "silent" for row in reviews)


def test_the_rules_and_the_reference_are_the_same_in_every_process():
    script = (
        "from db.knowledge.catalogue import default_catalogue; from db.knowledge.left import world_digest; "
        "from db.knowledge.corrections import CORRECTIONS, read_corrections; "
        "from db.schema import open_database; print(world_digest(open_database(':memory:'), default_catalogue(), "
        "read_corrections(CORRECTIONS.read_text(encoding='utf-8'))))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.sets(st.integers(0, 19)))
@example(616439, {0, 1})
def test_a_crowded_week_is_grouped_alike_in_steps(seed, pauses):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.knowledge.neighbours.NEXT_FEW", 2)
        steps, whole = fresh(), fresh()
        for db in (steps, whole):
            dice = random.Random(seed)
            for number in range(20):
                tell(db, dice, number)
                if db is steps and number in pauses:
                    know(db)
            know(db)
        assert dump(steps) == dump(whole)


CORRECTIONS = """
- {action: reject_claim, claim: {url: https://pages.example/1, metric: capex}, reason: no, decided_on: 2026-01-01}
- {action: amend_claim, claim: {url: https://pages.example/2, metric: power}, change: {value_min: 900, value_max: 900},
   reason: typo, decided_on: 2026-01-01}
- {action: merge_projects, project: project-blue, into: hyperion, reason: same, decided_on: 2026-01-01}
- {action: merge_announcements, documents: [https://pages.example/3, https://pages.example/4], reason: one,
   decided_on: 2026-01-01}
- {action: split_announcement, documents: [https://pages.example/5, https://pages.example/6], reason: two,
   decided_on: 2026-01-01}
"""


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.lists(st.integers(0, 9), min_size=2, max_size=14), st.sets(st.integers(0, 13)))
def test_corrections_hold_in_steps_as_in_the_whole(seed, pages, pauses):
    decided = read_corrections(CORRECTIONS)
    steps, whole = fresh(), fresh()
    for db in (steps, whole):
        dice = random.Random(seed)
        for position, page in enumerate(pages):
            tell(db, dice, page)
            if db is steps and position in pauses:
                know(db, decided)
        know(db, decided)
    assert dump(steps) == dump(whole)
