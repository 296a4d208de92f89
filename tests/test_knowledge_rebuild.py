"""The rebuild as a whole: what it fills, that it repeats, and that the order of reading does not matter."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.knowledge import figures_as_of
from evidence import add, claim, dump, fresh, know, rows

HYPERION = {"companies": ["Meta"], "project": "Hyperion"}
STORIES = (
    ("Hyperion announced", "2024-12-04", "Louisiana Works", "regulator", [claim("capex", 1e10, **HYPERION)]),
    (
        "Meta details Hyperion", "2025-10-21", "Meta", "issuer",
        [claim("capex", 2.7e10, **HYPERION), claim("power", 2000, qualifier="at_least", **HYPERION)],
    ),
    (
        "Blue Owl joins Hyperion", "2025-10-22", "Trade Weekly", "trade",
        [claim("capex", 2.7e10, companies=["Meta", "Blue Owl"], project="Hyperion")],
    ),
    ("Hyperion at 5 GW", "2026-07-13", "Meta", "issuer", [claim("capex", 5e10, qualifier="at_least", **HYPERION)]),
    (
        "Stargate in Abilene", "2025-09-23", "OpenAI", "issuer",
        [claim("power", 1200, companies=["OpenAI"], project="Stargate", place=("Abilene", "Texas", "US"))],
    ),
    (
        "Amazon in Richmond County", "2025-06-04", "Daily Grid", "press",
        [claim("capex", 1e10, companies=["Amazon"], place=("Richmond County", "North Carolina", "US"))],
    ),
    (
        "Project Blue in Tucson", "2025-08-07", "Desert Post", "press",
        [claim("power", 600, companies=["Beale"], project="Project Blue", place=("Tucson", "Arizona", "US"))],
    ),
    ("A market of 122 GW", "2025-05-01", "Daily Grid", "press", [claim("power", 122000)]),
)  # fmt: skip


def tell(db, number):
    title, day, publisher, tier, claims = STORIES[number]
    add(db, title, day, claims, publisher=publisher, tier=tier)


def test_a_rebuild_that_finds_nothing_new_writes_nothing():
    db = fresh()
    for number in range(len(STORIES)):
        tell(db, number)
    assert sum(know(db).values()) > 0
    assert sum(know(db).values()) == 0


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(len(STORIES))), st.sets(st.integers(0, len(STORIES) - 1)))
def test_any_order_of_incremental_runs_gives_the_same_rows_and_ids(order, pauses):
    whole, steps = fresh(), fresh()
    for number in range(len(STORIES)):
        tell(whole, number)
    know(whole)
    for position, number in enumerate(order):
        tell(steps, number)
        if position in pauses:
            know(steps)
    know(steps)
    assert dump(steps) == dump(whole)


def test_a_rebuild_leaves_the_memory_for_pages_as_it_was():
    db = fresh()
    db.execute("PRAGMA cache_size = -1234")
    add(db, "Alpha", "2025-01-01", [claim("power", 2000, companies=["Meta"], project="Hyperion")])
    know(db)
    assert db.execute("PRAGMA cache_size").fetchone() == (-1234,)


def test_one_new_document_rewrites_only_what_it_touches():
    db = fresh()
    for number in range(len(STORIES)):
        tell(db, number)
    know(db)
    before = {row["id"]: row for row in rows(db, "SELECT * FROM figures")}
    add(db, "Tucson again", "2025-08-20", [claim("power", 290, companies=["Beale"], project="Project Blue")])
    written = know(db)
    after = {row["id"]: row for row in rows(db, "SELECT * FROM figures")}
    changed = {key for key, row in after.items() if before.get(key) != row}
    assert {after[key]["project_id"] for key in changed} == {"project-blue"}
    assert written["companies"] == written["projects"] == written["aliases"] == written["places"] == 0
    assert written["document_signatures"] == 1


def test_claims_are_linked_by_name_by_place_and_to_what_is_no_project():
    db = fresh()
    for number in range(len(STORIES)):
        tell(db, number)
    know(db)
    found = {
        row["title"]: (row["linked_to"], row["project_id"])
        for row in rows(
            db,
            "SELECT title, linked_to, claim_links.project_id FROM claim_links JOIN claims ON claims.id = claim_id "
            "JOIN documents ON documents.id = document_id",
        )
    }
    assert found["Hyperion announced"] == ("project", "hyperion")
    assert found["Stargate in Abilene"] == ("project", "stargate-abilene")
    assert found["Amazon in Richmond County"] == ("project", "amazon-richmond-county-north-carolina")
    assert found["Project Blue in Tucson"] == ("project", "project-blue")
    assert found["A market of 122 GW"] == ("market", None)
    candidates = rows(db, "SELECT id, origin, evidence FROM projects WHERE origin = 'candidate' ORDER BY id")
    assert [row["id"] for row in candidates] == ["amazon-richmond-county-north-carolina", "project-blue"]
    assert all(row["evidence"] for row in candidates)


def test_a_figure_as_of_any_day():
    db = fresh()
    for number in range(len(STORIES)):
        tell(db, number)
    know(db)

    def capex(day, clock="said"):
        return {r["usd_min"] for r in figures_as_of(db, day, clock) if r["metric"] == "capex"} & {1e10, 2.7e10, 5e10}

    assert capex(date(2024, 12, 3)) == set()
    assert 2.7e10 not in capex(date(2025, 10, 20))
    assert 2.7e10 in capex(date(2025, 10, 21))
    assert 5e10 in capex(date(2026, 11, 24))
