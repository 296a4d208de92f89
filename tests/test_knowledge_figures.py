"""The best value of each figure: how it is chosen, what stands beside it, and what it was on any day."""

from __future__ import annotations

from datetime import date

import pytest

from db.knowledge import figures_as_of
from evidence import add, claim, fresh, know, rows

HYPERION = {"companies": ["Meta"], "project": "Hyperion"}


def figure(db, metric, project="hyperion", stage="announced", facet=None):
    found = [
        row
        for row in rows(db, "SELECT * FROM figures WHERE metric = ? AND project_id = ?", metric, project)
        if row["stage"] == stage and facet in (None, row["facet"])
    ]
    assert len(found) == 1, found
    return found[0]


def standings(db, metric):
    return {
        row["value_max"] or row["value_min"]: row["standing"]
        for row in rows(db, "SELECT * FROM figure_history WHERE metric = ?", metric)
    }


def test_the_newest_value_wins_and_the_old_one_is_history():
    db = fresh()
    add(db, "First", "2024-12-04", [claim("capex", 1e10, **HYPERION)], publisher="Louisiana Works", tier="regulator")
    add(db, "Later", "2026-07-13", [claim("capex", 5e10, **HYPERION)], publisher="Meta", tier="issuer")
    know(db)
    found = figure(db, "capex")
    assert (found["value_max"], found["agreeing"], found["disagreeing"]) == (5e10, 1, 0)
    assert "newest" in found["rule"]
    assert standings(db, "capex") == {1e10: "revised", 5e10: "chosen"}


def test_the_issuer_wins_over_the_press_of_the_same_months():
    db = fresh()
    add(db, "Release", "2025-09-01", [claim("power", 2000, **HYPERION)], publisher="Meta", tier="issuer")
    add(db, "Rumour", "2025-11-01", [claim("power", 2300, **HYPERION)], publisher="Daily Grid")
    know(db)
    found = figure(db, "power")
    assert (found["value_max"], found["disagreeing"]) == (2000, 1)
    assert "issuer" in found["rule"]
    conflict = rows(db, "SELECT * FROM disagreements")
    assert [(row["ratio"], row["note"]) for row in conflict] == [(1.15, "apart by more than their hedges allow")]


def test_exact_wins_over_hedged_at_the_same_time():
    db = fresh()
    add(db, "One", "2025-09-01", [claim("power", 2000, qualifier="up_to", **HYPERION)], publisher="Meta", tier="issuer")
    add(db, "Two", "2025-09-01", [claim("power", 1800, **HYPERION)], publisher="Entergy", tier="issuer")
    know(db)
    assert figure(db, "power")["value_max"] == 1800


def test_a_site_wins_over_its_phase_and_over_a_wider_programme():
    db = fresh()
    add(db, "Site", "2025-01-01", [claim("power", 2000, scope="site", **HYPERION)])
    add(db, "Phase", "2025-06-01", [claim("power", 200, scope="phase", **HYPERION)])
    add(db, "Programme", "2025-07-01", [claim("power", 10000, scope="programme", **HYPERION)])
    know(db)
    assert figure(db, "power")["value_max"] == 2000
    assert standings(db, "power") == {2000: "chosen", 200: "phase", 10000: "programme"}


def test_a_smaller_number_of_the_same_document_is_a_part():
    db = fresh()
    add(db, "Both", "2025-01-01", [claim("power", 200, **HYPERION), claim("power", 1000, **HYPERION)])
    know(db)
    assert figure(db, "power")["value_max"] == 1000
    assert standings(db, "power") == {1000: "chosen", 200: "part"}


def test_a_ceiling_makes_no_part_of_a_firm_number():
    db = fresh()
    add(
        db,
        "Both",
        "2025-01-01",
        [claim("power", 1800, **HYPERION), claim("power", 10000, qualifier="up_to", **HYPERION)],
    )
    know(db)
    assert figure(db, "power")["value_max"] == 1800


def test_a_part_told_later_does_not_replace_a_whole_that_is_still_said():
    db = fresh()
    add(db, "Whole", "2025-07-16", [claim("power", 5000, **HYPERION)], publisher="Meta", tier="issuer")
    add(db, "Half", "2025-10-21", [claim("power", 2064, **HYPERION)], publisher="Meta", tier="issuer")
    know(db)
    assert figure(db, "power")["value_max"] == 2064
    add(db, "Again", "2026-01-10", [claim("power", 5000, **HYPERION)], publisher="Meta", tier="issuer")
    know(db)
    assert figure(db, "power")["value_max"] == 5000


def test_what_comes_on_top_is_told_apart():
    db = fresh()
    text = "The hall in Louisiana starts with 230 MW. The owners may add another 290 MW later on."
    add(
        db,
        "Two steps",
        "2025-07-31",
        [claim("power", 230, quote="230 MW", **HYPERION), claim("power", 290, quote="290 MW", **HYPERION)],
        text=text,
    )
    know(db)
    assert figure(db, "power")["value_max"] == 230
    assert standings(db, "power") == {230: "chosen", 290: "addition"}


def test_it_power_and_facility_power_are_two_figures():
    db = fresh()
    add(db, "It", "2025-01-01", [claim("power", 900, basis="it", **HYPERION)])
    add(db, "Facility", "2025-01-02", [claim("power", 1300, basis="facility", **HYPERION)])
    know(db)
    assert figure(db, "power", facet="it")["value_max"] == 900
    assert figure(db, "power", facet="total")["value_max"] == 1300
    assert rows(db, "SELECT * FROM disagreements") == []
    shown = rows(db, "SELECT facet FROM figures WHERE metric = 'power' AND headline = 1")
    assert [row["facet"] for row in shown] == ["total"]


def test_what_operates_is_never_what_is_announced():
    db = fresh()
    add(db, "Plan", "2025-01-01", [claim("power", 2000, status="planned", **HYPERION)])
    add(db, "Runs", "2026-05-01", [claim("power", 300, status="operating", **HYPERION)])
    know(db)
    assert figure(db, "power")["value_max"] == 2000
    assert figure(db, "power", stage="operating")["value_max"] == 300


def test_publishers_are_counted_once_and_copies_not_at_all():
    db = fresh()
    say = [claim("capex", 2.7e10, quote="$27 billion", **HYPERION)]
    text = (
        "Meta and a lender have agreed on $27 billion for the buildings in Louisiana, with the lender holding four "
        "fifths of the venture and Meta renting the campus back for four years with the right to stay for longer."
    )
    add(db, "A", "2025-10-21", say, publisher="Meta", tier="issuer")
    add(db, "B", "2025-10-22", say, publisher="Daily Grid")
    add(db, "C", "2025-10-25", say, publisher="Daily Grid")
    add(db, "D", "2025-10-22", say, publisher="Wire One", text=text)
    add(db, "E", "2025-10-22", say, publisher="Wire Two", text=text)
    know(db)
    assert figure(db, "capex")["agreeing"] == 3


def test_one_currency_is_compared_as_stated():
    db = fresh()
    add(db, "Spring", "2025-04-03", [claim("capex", 2.3e9, unit="EUR", **HYPERION)])
    add(db, "Winter", "2026-02-20", [claim("capex", 2.3e9, unit="EUR", **HYPERION)], publisher="Other")
    add(db, "Dollars", "2025-04-04", [claim("capex", 2.5e9, **HYPERION)], publisher="Third")
    know(db)
    assert figure(db, "capex")["agreeing"] == 3


def test_a_slipped_unit_never_wins():
    db = fresh()
    add(
        db,
        "A",
        "2025-01-21",
        [claim("capex", 5e11, companies=["OpenAI"], project="Stargate")],
        publisher="OpenAI",
        tier="issuer",
    )
    add(
        db,
        "B",
        "2025-06-10",
        [claim("capex", 5e8, companies=["OpenAI"], project="Stargate")],
        publisher="Coin Page",
        tier="aggregator",
    )
    know(db)
    assert figure(db, "capex", "stargate")["value_max"] == 5e11
    flag = rows(db, "SELECT * FROM plausibility WHERE kind = 'slip'")
    assert len(flag) == 1
    assert flag[0]["value"] == pytest.approx(0.001)
    assert "thousand" in rows(db, "SELECT note FROM disagreements")[0]["note"]


def test_a_page_without_a_date_never_counts_as_new():
    db = fresh()
    add(db, "Dated", "2026-01-01", [claim("power", 5000, **HYPERION)])
    know(db)
    add(db, "Undated", None, [claim("power", 2064, **HYPERION)], seen="2026-11-01T00:00:00Z", url="https://x.example/")
    know(db)
    assert figure(db, "power")["value_max"] == 5000


def test_of_several_openings_in_one_document_the_first_counts():
    db = fresh()
    dates = [
        claim(
            "online",
            "2030-01-01",
            "2030-12-31",
            quote="2030",
            period_start="2030-01-01",
            period_end="2030-12-31",
            **HYPERION,
        ),
        claim(
            "online",
            "2027-01-01",
            "2027-12-31",
            quote="2027",
            period_start="2027-01-01",
            period_end="2027-12-31",
            **HYPERION,
        ),
    ]
    add(db, "Two dates", "2025-01-01", dates)
    know(db)
    assert figure(db, "online")["period_end"] == "2027-12-31"


def test_both_clocks_know_what_was_so_on_a_day():
    db = fresh()
    add(db, "First", "2024-12-04", [claim("capex", 1e10, **HYPERION)], seen="2025-03-01T00:00:00Z")
    late = add(db, "Later", "2025-10-21", [claim("capex", 2.7e10, **HYPERION)], seen="2025-12-01T00:00:00Z")
    know(db)

    def capex(day, clock):
        return [row["value_max"] for row in figures_as_of(db, day, clock) if row["metric"] == "capex"]

    assert capex(date(2024, 12, 5), "said") == [1e10]
    assert capex(date(2024, 12, 5), "known") == []
    assert capex(date(2025, 11, 1), "said") == [2.7e10]
    assert capex(date(2025, 11, 1), "known") == [1e10]
    db.execute("UPDATE claims SET retracted_at = '2026-02-01T00:00:00Z' WHERE document_id = ?", [late])
    know(db)
    assert capex(date(2026, 1, 15), "known") == [2.7e10]
    assert capex(date(2026, 2, 2), "known") == [1e10]
    assert capex(date(2026, 1, 15), "said") == [1e10]
    assert figure(db, "capex")["value_max"] == 1e10
    with pytest.raises(ValueError, match="said or known"):
        figures_as_of(db, date(2026, 1, 1), "heard")


def test_a_ceiling_that_becomes_firm_counts_from_that_day():
    db = fresh()
    first = [claim("power", 5000, qualifier="up_to", **HYPERION), claim("power", 2000, **HYPERION)]
    add(db, "Ceiling", "2025-07-14", first, publisher="Meta", tier="issuer")
    know(db)
    assert figure(db, "power")["value_max"] == 2000
    add(db, "Firm", "2026-07-13", [claim("power", 5000, **HYPERION), claim("power", 2000, **HYPERION)])
    know(db)
    assert figure(db, "power")["value_max"] == 5000


def test_a_cut_is_the_whole_though_the_old_number_stands_beside_it():
    db = fresh()
    add(db, "Plan", "2025-01-01", [claim("power", 1200, quote="1,200 MW", **HYPERION)], publisher="Meta", tier="issuer")
    both = [claim("power", 900, quote="900 MW", **HYPERION), claim("power", 1200, quote="1,200 MW", **HYPERION)]
    text = "The campus will have 900 MW, down from 1,200 MW, the company said when it showed the new plan to the town."
    add(db, "Cut", "2025-11-01", both, publisher="Meta", tier="issuer", text=text)
    know(db)
    assert figure(db, "power")["value_max"] == 900


def test_what_is_less_than_a_programme_is_one_of_its_deals_and_no_dispute():
    db = fresh()
    whole = {"companies": ["OpenAI"], "project": "Stargate"}
    add(db, "Ten", "2025-09-23", [claim("power", 10000, quote="10 GW", **whole)], publisher="OpenAI", tier="issuer")
    add(db, "Four", "2025-10-30", [claim("power", 4500, quote="4.5 GW", **whole)], publisher="Related", tier="issuer")
    know(db)
    standings = {r["standing"] for r in rows(db, "SELECT standing FROM figure_history WHERE value_max = 4500")}
    assert standings == {"part"}
    assert rows(db, "SELECT * FROM disagreements") == []


def test_a_number_that_somebody_calls_it_power_is_it_power():
    db = fresh()
    site = {"companies": ["Meta"], "project": "Hyperion"}
    add(
        db, "Both", "2025-12-17",
        [claim("power", 330, quote="330 MW", **site), claim("power", 245, quote="245 MW", basis="it", **site)],
    )  # fmt: skip
    add(db, "One", "2026-04-27", [claim("power", 245, quote="245 megawatts", **site)], publisher="Other")
    know(db)
    found = rows(db, "SELECT facet, value_max FROM figures ORDER BY facet")
    assert found == [{"facet": "it", "value_max": 245.0}, {"facet": "total", "value_max": 330.0}]
    assert rows(db, "SELECT * FROM disagreements") == []
