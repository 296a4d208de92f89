"""Totals: sums of their rows, with every overlap a row that says why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence import add, claim, dump, fresh, know, rows

STARGATE: dict[str, Any] = {"companies": ["OpenAI", "SoftBank"], "project": "Stargate", "place": (None, None, "US")}
ABILENE: dict[str, Any] = {"companies": ["OpenAI", "Oracle"], "project": "Stargate Abilene"}
MILAM: dict[str, Any] = {"companies": ["OpenAI", "SoftBank"], "project": "Stargate Milam"}
HYPERION: dict[str, Any] = {"companies": ["Meta"], "project": "Hyperion"}
CHECKS = (
    "check_totals",
    "check_total_members",
    "check_links",
    "check_one_announcement",
    "check_history",
    "check_figures",
)


def total(db, metric, dimension="all", member="all", stage="announced"):
    found = rows(
        db, "SELECT * FROM totals WHERE metric = ? AND dimension = ? AND member = ? AND stage = ?", metric, dimension,
        member, stage,
    )  # fmt: skip
    assert len(found) <= 1
    return found[0] if found else None


def overlaps(db, metric, stage="announced"):
    return {
        row["quote"]: (row["reason"], row["amount_high"])
        for row in rows(
            db,
            "SELECT quote, reason, amount_high FROM overlaps JOIN totals ON totals.id = total_id "
            "JOIN claims ON claims.id = claim_id WHERE totals.metric = ? AND stage = ? AND dimension = 'all'",
            metric,
            stage,
        )
    }


def all_checks_are_empty(db):
    return all(rows(db, f"SELECT * FROM {view}") == [] for view in CHECKS)


def test_an_umbrella_is_counted_with_its_sites_once():
    db = fresh()
    add(db, "Umbrella", "2025-01-21", [claim("power", 10000, **STARGATE)], publisher="OpenAI", tier="issuer")
    add(db, "Abilene", "2025-03-01", [claim("power", 1200, **ABILENE)], publisher="Crusoe", tier="issuer")
    add(db, "Milam", "2025-09-23", [claim("power", 1500, **MILAM)], publisher="SoftBank", tier="issuer")
    know(db)
    found = total(db, "power")
    assert (found["gross_high"], found["net_high"]) == (12700, 10000)
    assert overlaps(db, "power") == {"10000 MW": ("part_of", 2700)}
    texas = total(db, "power", "state", "Texas")
    assert (texas["gross_high"], texas["net_high"]) == (2700, 2700)
    told_in_texas = claim("power", 10000, quote="10 gigawatts", **{**STARGATE, "place": ("Abilene", "Texas", "US")})
    add(
        db,
        "At the flagship",
        "2025-10-01",
        [replace(told_in_texas, scope="programme")],
        publisher="OpenAI",
        tier="issuer",
    )
    know(db)
    assert total(db, "power", "state", "Texas")["net_high"] == 2700
    assert all_checks_are_empty(db)


def test_sites_beyond_their_umbrella_replace_it():
    db = fresh()
    add(db, "Umbrella", "2025-01-21", [claim("power", 1000, **STARGATE)], publisher="OpenAI", tier="issuer")
    add(db, "Abilene", "2025-03-01", [claim("power", 1200, **ABILENE)], publisher="Crusoe", tier="issuer")
    know(db)
    assert total(db, "power")["net_high"] == 1200
    assert overlaps(db, "power") == {"1000 MW": ("part_of", 1000)}


def test_a_phase_is_part_of_its_campus():
    db = fresh()
    add(db, "Campus", "2025-03-01", [claim("power", 1200, **ABILENE)])
    add(db, "Phase", "2025-03-02", [claim("power", 200, companies=["OpenAI"], project="Abilene phase 1")])
    know(db)
    assert total(db, "power")["net_high"] == 1200
    assert overlaps(db, "power") == {"1200 MW": ("phase_of", 200)}


def test_an_older_value_is_superseded():
    db = fresh()
    add(db, "First", "2024-12-04", [claim("capex", 1e10, quote="$10 billion", **HYPERION)])
    add(db, "Later", "2026-07-13", [claim("capex", 5e10, quote="$50 billion", **HYPERION)])
    know(db)
    assert (total(db, "capex")["gross_high"], total(db, "capex")["net_high"]) == (6e10, 5e10)
    assert overlaps(db, "capex") == {"$10 billion": ("superseded", 1e10)}
    assert total(db, "capex", "year", "2026")["net_high"] == 5e10


def test_what_operates_is_part_of_what_is_announced_and_stands_alone_in_its_own_total():
    db = fresh()
    add(db, "Plan", "2025-01-01", [claim("power", 2000, **HYPERION)])
    add(db, "Runs", "2026-05-01", [claim("power", 300, status="operating", **HYPERION)])
    know(db)
    assert total(db, "power")["net_high"] == 2000
    assert overlaps(db, "power") == {"300 MW": ("part_of", 300)}
    assert total(db, "power", stage="operating")["net_high"] == 300


def test_one_contract_told_from_both_sides_counts_once():
    db = fresh()
    add(db, "Seller", "2025-11-03", [claim("contract", 3.8e10, quote="$38 billion", companies=["Amazon", "OpenAI"])])
    add(db, "Buyer", "2025-11-04", [claim("contract", 3.8e10, quote="$38bn", companies=["OpenAI"])], publisher="Other")
    know(db)
    assert (total(db, "contract")["gross_high"], total(db, "contract")["net_high"]) == (7.6e10, 3.8e10)
    assert overlaps(db, "contract") == {"$38bn": ("same_contract", 3.8e10)}


def test_a_supply_deal_is_filled_by_the_sites_of_the_buyer():
    db = fresh()
    add(db, "Umbrella", "2025-01-21", [claim("power", 10000, **STARGATE)])
    add(
        db, "Chips", "2025-10-06", [claim("power", 6000, quote="6 GW", companies=["AMD", "OpenAI"])], kind="chip_supply"
    )
    know(db)
    assert total(db, "power")["net_high"] == 10000
    assert overlaps(db, "power") == {"6 GW": ("supply_deal_filled_by_sites", 6000)}


def test_generation_is_never_added_to_load():
    db = fresh()
    add(db, "Load", "2025-01-01", [claim("power", 2000, **HYPERION)])
    add(db, "Plant", "2025-02-01", [claim("generation", 2262, **HYPERION)])
    know(db)
    assert total(db, "power")["gross_high"] == 2000
    generation = total(db, "generation")
    assert (generation["gross_high"], generation["net_high"]) == (2262, 262)
    assert overlaps(db, "generation") == {"2262 MW": ("powers_counted_load", 2000)}


def test_contracts_financing_and_guidance_are_never_added_to_capex():
    db = fresh()
    add(db, "Build", "2025-01-01", [claim("capex", 1e10, **HYPERION), claim("financing", 2.7e10, **HYPERION)])
    add(
        db, "Year", "2025-01-29",
        [claim("capex", 6e10, 6.5e10, qualifier="range", companies=["Meta"], period="2025", scope="company_year")],
        kind="capex_guidance",
    )  # fmt: skip
    know(db)
    assert total(db, "capex")["net_high"] == 1e10
    assert total(db, "financing")["net_high"] == 2.7e10
    assert total(db, "capex", stage="guidance")["net_high"] == 6.5e10
    beside = rows(db, "SELECT company, fiscal_label, usd_max, projects_usd_high, projects FROM guidance_and_projects")
    assert beside == [
        {"company": "Meta", "fiscal_label": "2025", "usd_max": 6.5e10, "projects_usd_high": 1e10, "projects": 1}
    ]


def test_what_was_cancelled_is_in_the_gross_sum_only():
    db = fresh()
    add(db, "Plan", "2025-01-01", [claim("power", 600, companies=["Beale"], project="Project Blue")])
    add(
        db, "Tucson council kills Project Blue", "2025-08-06",
        [claim("power", 600, status="cancelled", quote="all 600 MW", companies=["Beale"], project="Project Blue")],
        kind="cancellation",
    )  # fmt: skip
    know(db)
    assert total(db, "power")["net_high"] == 0
    assert set(overlaps(db, "power").values()) == {("cancelled", 600)}
    assert total(db, "power", stage="cancelled")["net_high"] == 600


def test_ceilings_and_floors_give_a_low_and_a_high_bound():
    db = fresh()
    add(db, "Ceiling", "2025-01-01", [claim("power", 5000, qualifier="up_to", **HYPERION)])
    add(db, "Floor", "2025-01-02", [claim("power", 1000, qualifier="at_least", **MILAM)])
    know(db)
    found = total(db, "power")
    assert (found["net_low"], found["net_high"], found["open_high"]) == (1000, 6000, 1)


def test_a_programme_of_a_company_is_made_of_its_sites_there():
    db = fresh()
    add(
        db,
        "Programme",
        "2024-12-01",
        [claim("capex", 2e10, companies=["Meta"], place=(None, None, "US"), scope="country")],
    )
    add(db, "Site", "2024-12-04", [claim("capex", 1e10, **HYPERION)])
    know(db)
    assert (total(db, "capex")["gross_high"], total(db, "capex")["net_high"]) == (3e10, 2e10)


def test_chips_are_summed_by_vendor():
    db = fresh()
    add(db, "Green", "2025-01-01", [claim("chips", 100000, chip="NVIDIA GB200", **ABILENE)])
    add(db, "Red", "2025-01-02", [claim("chips", 50000, chip="AMD MI450", **MILAM)])
    know(db)
    vendors = rows(db, "SELECT member, net_high FROM totals WHERE dimension = 'chip_vendor' AND stage = 'announced'")
    assert {row["member"]: row["net_high"] for row in vendors} == {"NVIDIA": 100000, "AMD": 50000}


def test_the_market_is_in_no_total():
    db = fresh()
    add(db, "Market", "2025-05-01", [claim("power", 122000)], kind="analysis")
    know(db)
    assert total(db, "power") is None


SUBJECTS: tuple[dict[str, Any], ...] = (
    STARGATE, ABILENE, MILAM, HYPERION, {"companies": ["OpenAI"]}, {"companies": ["AMD", "OpenAI"]},
    {"companies": ["Meta"], "place": (None, None, "US")}, {"companies": ["Google"], "project": "Project Kite"},
)  # fmt: skip
CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(("power", "capex", "contract", "generation", "chips")),
        st.sampled_from((100.0, 250.0, 1000.0, 1200.0, 5000.0)),
        st.sampled_from(("exact", "approx", "up_to", "at_least")),
        st.sampled_from(range(len(SUBJECTS))),
        st.sampled_from((None, "planned", "operating", "done", "cancelled", "building")),
        st.sampled_from((None, "site", "phase", "programme")),
        st.integers(1, 28),
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLAIMS)
def test_whatever_is_said_totals_equal_their_rows(said):
    db = fresh()
    for number, (metric, value, qualifier, subject, status, scope, day) in enumerate(said):
        made = claim(metric, value, qualifier=qualifier, status=status, scope=scope, **SUBJECTS[subject])
        add(db, f"Story {number}", f"2025-01-{day:02}", [made], publisher=f"Paper {number % 4}")
    know(db)
    assert all_checks_are_empty(db)
    assert all(row["net_high"] <= row["gross_high"] + 1e-6 for row in rows(db, "SELECT * FROM totals"))


@pytest.mark.parametrize("dimension", ["all", "company", "country", "state", "year"])
def test_every_dimension_is_there(dimension):
    db = fresh()
    add(db, "Abilene", "2025-03-01", [claim("power", 1200, **ABILENE)])
    know(db)
    assert rows(db, "SELECT * FROM totals WHERE dimension = ?", dimension)


def test_the_checks_find_a_total_that_does_not_add_up():
    db = fresh()
    add(db, "Abilene", "2025-03-01", [claim("power", 1200, **ABILENE)])
    know(db)
    db.execute("UPDATE totals SET gross_high = gross_high + 1 WHERE dimension = 'all'")
    assert rows(db, "SELECT * FROM check_totals")
    assert rows(db, "SELECT * FROM check_total_members")
    know(db, whole=True)
    assert all_checks_are_empty(db)


def test_a_fleet_holds_the_sites_that_were_named_long_before():
    db = fresh()
    add(db, "Site", "2024-01-01", [claim("power", 1200, companies=["Crusoe"], project="Stargate Abilene")])
    add(db, "Fleet", "2026-03-27", [claim("power", 2100, companies=["Crusoe"])])
    know(db)
    assert total(db, "power")["net_high"] == 2100
    assert overlaps(db, "power") == {"2100 MW": ("part_of", 1200)}


def test_a_fleet_holds_a_site_of_its_own_of_which_only_the_tenant_speaks():
    steps, whole = fresh(), fresh()
    for db in (steps, whole):
        add(db, "Fleet", "2026-03-27", [claim("power", 2100, companies=["Crusoe"])])
        if db is steps:
            know(db)
        add(db, "Site", "2026-04-01", [claim("power", 1200, companies=["OpenAI"], project="Stargate Abilene")])
        know(db)
        assert total(db, "power")["net_high"] == 2100
    assert dump(steps) == dump(whole)


@pytest.mark.parametrize(
    ("title", "left"),
    [("reaches $12 billion", 1.2e10), ("adds $12 billion", 2.2e10), ("is to add up to $12 billion", 2.2e10)],
)
def test_a_commitment_with_all_so_far_holds_what_was_announced_long_before(title, left):
    db = fresh()
    add(db, "Site", "2023-12-04", [claim("capex", 1e10, **HYPERION)])
    whole = claim(
        "capex", 1.2e10, quote="$12 billion", companies=["Meta"], place=(None, "Louisiana", "US"), where="title"
    )
    add(db, f"Meta's commitment to Louisiana {title}", "2026-04-09", [whole])
    know(db)
    assert total(db, "capex")["net_high"] == left


def test_the_same_sum_in_another_country_is_another():
    db = fresh()
    add(db, "Here", "2025-01-04", [claim("capex", 1e10, **HYPERION)])
    add(db, "There", "2025-02-04", [claim("capex", 1e10, companies=["Meta"], place=(None, None, "FR"))])
    know(db)
    assert total(db, "capex")["net_high"] == 2e10


@pytest.mark.parametrize(
    ("named", "unnamed", "left"),
    [("NVIDIA GB200", "NVIDIA GPU", 100000), ("AMD MI450", "NVIDIA GPU", 160000), ("AMD MI450", "GPU", 100000)],
)
def test_gpus_of_no_model_are_the_models_named_beside_them(named, unnamed, left):
    db = fresh()
    add(db, "Some", "2025-01-01", [claim("chips", 100000, chip=unnamed, **ABILENE)])
    add(db, "Models", "2025-01-02", [claim("chips", 60000, chip=named, **ABILENE)])
    know(db)
    assert total(db, "chips")["net_high"] == left
    assert all_checks_are_empty(db)


@pytest.mark.parametrize(("last", "left"), [(60000, 210000), (90000, 450000)])
def test_figures_that_their_document_adds_up_are_parts_of_the_sum(last, left):
    db = fresh()
    told = [
        claim("chips", number, chip="NVIDIA GPU", companies=[who])
        for number, who in ((210000, "NVIDIA"), (50000, "Oracle"), (100000, "Meta"), (last, "Google"))
    ]
    add(db, "A country of GPUs", "2025-10-31", told)
    know(db)
    assert total(db, "chips")["net_high"] == left


def test_an_addition_is_in_the_sum_that_is_told_beside_it():
    db = fresh()
    add(db, "First", "2025-08-15", [claim("power", 800, **HYPERION)])
    text = "The grid approves another 830 MW, which raises the site to more than 1600 MW. The first 800 MW are let."
    told = [
        claim("power", 830, quote="830 MW", **HYPERION),
        claim("power", 1600, quote="1600 MW", qualifier="at_least", **HYPERION),
        claim("power", 800, quote="800 MW", **HYPERION),
    ]
    add(db, "More", "2026-01-15", told, text=text)
    know(db)
    assert total(db, "power")["net_high"] == 1600
    assert overlaps(db, "power")["830 MW"] == ("part_of", 830)


def test_what_a_company_shares_with_others_is_in_its_fleet():
    db = fresh()
    add(db, "Deal", "2025-05-13", [claim("power", 500, companies=["Crusoe", "Oracle"])])
    add(db, "Fleet", "2025-08-26", [claim("power", 6000, companies=["Crusoe"])])
    know(db)
    assert total(db, "power")["net_high"] == 6000
    assert overlaps(db, "power") == {"6000 MW": ("part_of", 500)}


def test_a_smaller_figure_beside_a_larger_one_is_a_part_unless_it_is_told_of_another_place():
    db = fresh()
    told = [
        claim("capex", 1.5e10, companies=["Microsoft"], place=(None, None, "AE")),
        claim("capex", 7e9, companies=["Microsoft"]),
        claim("capex", 4e9, companies=["Microsoft"], place=(None, None, "FR")),
    ]
    add(db, "Microsoft abroad", "2025-11-03", told)
    know(db)
    assert total(db, "capex")["net_high"] == 1.9e10


def test_what_is_spent_may_be_what_was_announced_of_a_project():
    db = fresh()
    add(db, "Plan", "2025-01-04", [claim("capex", 1e10, **HYPERION)])
    paid = claim("capex", 1e10, quote="$10bn", companies=["Meta"], status="done", place=(None, None, "US"))
    add(db, "Paid", "2025-12-04", [paid])
    know(db)
    assert total(db, "capex")["net_high"] == 1e10
    assert overlaps(db, "capex") == {"$10bn": ("part_of", 1e10)}


def test_round_figures_of_others_meet_by_chance():
    db = fresh()
    add(db, "Site", "2025-01-04", [claim("capex", 1e10, place=(None, None, "US"), **HYPERION)])
    more = claim("capex", 1e10, quote="$10bn", companies=["Meta", "Oracle"], place=(None, None, "US"))
    add(db, "With another", "2025-02-04", [more])
    know(db)
    assert "$10bn" not in overlaps(db, "capex")


@pytest.mark.parametrize(("day", "left"), [("2025-02-04", 1e10), ("2025-12-04", 2e10)])
def test_without_a_country_the_same_figure_is_the_same_only_near_in_time(day, left):
    db = fresh()
    add(db, "Site", "2025-01-04", [claim("contract", 1e10, **HYPERION)])
    add(db, "No site", day, [claim("contract", 1e10, quote="$10bn", companies=["Meta"])])
    know(db)
    assert total(db, "contract")["net_high"] == left


def test_two_plants_do_not_power_one_load_twice():
    db = fresh()
    add(db, "Campus", "2025-01-04", [claim("power", 1200, **HYPERION)])
    add(db, "Plant", "2025-01-05", [claim("generation", 1000, **HYPERION)])
    more = claim("generation", 500, quote="500 MW", **HYPERION)
    add(db, "Second plant", "2025-06-05", [more], text="An additional 500 MW plant is planned for the campus.")
    know(db)
    assert total(db, "generation")["gross_high"] == 1500
    assert total(db, "generation")["net_high"] == 300
    assert all_checks_are_empty(db)


def test_what_is_spent_is_a_part_of_the_plan_on_the_same_page():
    db = fresh()
    told = [
        claim("capex", 1.5e10, companies=["Microsoft"], place=(None, None, "AE")),
        claim("capex", 7e9, companies=["Microsoft"], status="done"),
    ]
    add(db, "Microsoft in the Emirates", "2025-11-03", told)
    know(db)
    assert total(db, "capex")["net_high"] == 1.5e10
    assert total(db, "capex", stage="spent")["net_high"] == 7e9


def test_a_sum_for_a_country_is_no_site_s_though_it_is_told_at_its_opening():
    db = fresh()
    add(
        db,
        "Site",
        "2024-01-04",
        [claim("capex", 1e9, companies=["Meta"], place=("Richland Parish", "Louisiana", "US"))],
    )
    country = claim("capex", 6e9, companies=["Meta"], place=("Richland Parish", "Louisiana", "US"), scope="country")
    add(db, "Opening", "2025-09-04", [country])
    know(db)
    assert rows(db, "SELECT project_id, gross_high FROM total_rows WHERE dimension = 'all' ORDER BY gross_high") == [
        {"project_id": "hyperion", "gross_high": 1e9},
        {"project_id": None, "gross_high": 6e9},
    ]
    assert total(db, "capex", "state", "unknown")["gross_high"] == 6e9


@pytest.mark.parametrize(("again", "left"), [("2026-02-01", 0), ("2026-03-28", 1e11)])
def test_a_deal_that_is_said_to_be_off_is_not_counted_unless_it_is_told_again(again, left):
    db = fresh()
    for day in ("2025-09-22", again):
        add(db, f"Letter of intent {day}", day, [claim("financing", 1e11, companies=["NVIDIA", "OpenAI"])])
    off = claim("financing", 1e11, quote="$100bn", companies=["NVIDIA"], status="cancelled")
    add(db, "No contract came of it", "2026-02-28", [off])
    know(db)
    assert total(db, "financing")["net_high"] == left


def test_a_sum_in_round_words_is_no_part_of_itself():
    db = fresh()
    told = [
        claim("chips", number, chip="NVIDIA GPU", companies=[who])
        for number, who in (
            (260000, "NVIDIA"),
            (250000, "NVIDIA"),
            (50000, "Oracle"),
            (110000, "Meta"),
            (100000, "AMD"),
        )
    ]
    add(db, "A country of GPUs", "2025-10-31", told)
    know(db)
    assert total(db, "chips")["net_high"] == 260000


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Amazon puts in 50 billion dollars, part of a round of 110 billion dollars.", 1.1e11),
        ("OpenAI raises 110 billion dollars: 50 billion dollars from Amazon and more from others.", 1.1e11),
        ("OpenAI raises 110 billion dollars. Amazon also gives 50 billion dollars.", 1.6e11),
    ],
)
def test_a_share_of_a_round_is_a_part_of_it(text, left):
    db = fresh()
    told = [
        claim("financing", 1.1e11, quote="110 billion dollars", companies=["OpenAI"]),
        claim("financing", 5e10, quote="50 billion dollars", companies=["Amazon", "OpenAI"]),
    ]
    add(db, "A round", "2026-02-27", told, text=text)
    know(db)
    assert total(db, "financing")["net_high"] == left


@pytest.mark.parametrize(("words", "left"), [("come to 35 billion", 3.5e10), ("are another 35 billion", 5.6e10)])
def test_a_customer_s_sum_so_far_takes_in_the_contracts_beside_it(words, left):
    db = fresh()
    told = [
        claim("contract", 2.1e10, quote="21 billion dollars", companies=["CoreWeave", "Meta"]),
        claim("contract", 3.5e10, quote="35 billion dollars", companies=["Meta"]),
    ]
    text = f"The contract is worth 21 billion dollars. Meta's commitments {words} dollars."
    add(db, "More", "2026-04-09", told, text=text)
    know(db)
    assert total(db, "contract")["net_high"] == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It scales the project to $4 billion and 50000 GPUs. Another 41000 GPUs have their license.", 50000),
        ("It gets 50000 GPUs from one maker. Another 41000 GPUs come from elsewhere.", 91000),
    ],
)
def test_an_addition_is_in_what_the_same_page_calls_the_sum(text, left):
    db = fresh()
    told = [
        claim("chips", number, quote=f"{number} GPUs", chip="NVIDIA GB200", companies=["Meta"], project="Hyperion")
        for number in (50000, 41000)
    ]
    add(db, "More chips", "2026-02-10", told, text=text)
    know(db)
    assert total(db, "chips")["net_high"] == left


def test_chips_that_run_are_no_part_of_a_plan_for_those_of_another_maker():
    db = fresh()
    add(db, "Plan", "2025-10-23", [claim("chips", 1e6, chip="Google TPU", companies=["Anthropic"])])
    runs = claim("chips", 5e5, quote="500000 chips", chip="NVIDIA GPU", companies=["Anthropic"], status="operating")
    add(db, "Runs", "2026-04-20", [runs])
    know(db)
    assert total(db, "chips")["net_high"] == 1.5e6


def test_a_fleet_in_one_country_holds_no_deal_of_which_no_country_is_told():
    db = fresh()
    add(db, "Deal", "2025-10-15", [claim("power", 500, companies=["Crusoe", "Microsoft"])])
    add(db, "Fleet", "2025-11-03", [claim("power", 600, companies=["Microsoft"], place=(None, None, "AE"))])
    know(db)
    assert total(db, "power")["net_high"] == 1100


@pytest.mark.parametrize(("metric", "left"), [("power", 2000), ("capex", 3200)])
def test_what_a_tenant_says_of_its_power_holds_what_it_rents_and_its_spending_does_not(metric, left):
    db = fresh()
    add(db, "Site", "2026-04-01", [claim(metric, 1200, companies=["Crusoe"], project="Stargate Abilene")])
    add(db, "Fleet", "2026-04-02", [claim(metric, 2000, companies=["Oracle"])])
    know(db)
    assert total(db, metric)["net_high"] == left


def test_what_comes_on_top_replaces_nothing_until_the_whole_is_told_anew():
    db = fresh()
    add(db, "First", "2025-07-30", [claim("power", 2000, quote="2 GW", companies=["Microsoft"], status="operating")])
    more = claim("power", 1000, quote="another gigawatt", companies=["Microsoft"], status="operating")
    add(db, "More", "2026-07-29", [more], text="It opened 31 data centers in the quarter and added another gigawatt.")
    know(db)
    assert total(db, "power", stage="operating")["net_high"] == 3000
    fleet = claim("power", 5000, quote="5 GW", companies=["Microsoft"], status="operating")
    add(db, "All of it", "2026-10-29", [fleet])
    know(db)
    assert total(db, "power", stage="operating")["net_high"] == 5000


@pytest.mark.parametrize(("tier", "left"), [("press", 5.5e9), ("issuer", 5e9)])
def test_of_two_sums_of_one_day_the_better_page_holds_and_then_the_firmer(tier, left):
    db = fresh()
    germany = {"companies": ["Google"], "place": (None, None, "DE"), "scope": "country"}
    rumour = claim("capex", 5e9, quote="5 billion", qualifier="approx", **germany)
    add(db, "Expected", "2025-11-11", [rumour], publisher="Wire", tier=tier)
    add(db, "Announced", "2025-11-11", [claim("capex", 5.5e9, quote="5.5 billion", **germany)], publisher="Daily")
    know(db)
    assert total(db, "capex")["net_high"] == left


@pytest.mark.parametrize(("words", "left"), [("The new sites add 2400 MW.", 4600), ("The sites have 2400 MW.", 2400)])
def test_new_sites_hold_none_that_was_named_before(words, left):
    db = fresh()
    add(db, "Site", "2025-10-29", [claim("power", 2200, **HYPERION)])
    told = claim("power", 2400, quote="2400 MW", companies=["Meta"], place=(None, "Louisiana", "US"))
    add(db, "More", "2025-11-24", [told], text=words)
    know(db)
    assert total(db, "power")["net_high"] == left


def test_what_a_site_counts_stands_under_who_makes_it_though_only_another_is_named():
    db = fresh()
    add(db, "Site", "2026-04-01", [claim("power", 1200, companies=["OpenAI"], project="Stargate Abilene")])
    add(db, "Cost", "2026-04-01", [claim("capex", 1e10, companies=["OpenAI"], project="Stargate Abilene")])
    add(db, "Fleet", "2026-04-02", [claim("power", 2100, companies=["Crusoe"])])
    know(db)
    assert total(db, "power", "company", "crusoe")["net_high"] == 2100
    assert total(db, "power", "company", "oracle")["net_high"] == 1200
    assert total(db, "capex", "company", "crusoe")["net_high"] == 1e10
    assert total(db, "capex", "company", "oracle") is None


def test_as_many_chips_of_another_maker_are_others():
    db = fresh()
    add(db, "Site", "2025-10-01", [claim("chips", 1e6, chip="NVIDIA GB200", **ABILENE)])
    add(db, "Deal", "2025-10-23", [claim("chips", 1e6, quote="a million", chip="Google TPU", companies=["Oracle"])])
    know(db)
    assert total(db, "chips")["net_high"] == 2e6
