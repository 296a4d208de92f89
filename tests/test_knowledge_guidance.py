"""Spending plans by the calendar of each company."""

from __future__ import annotations

from typing import Any

import pytest

from db.knowledge.fiscal import FiscalCalendar, fiscal_calendars, fiscal_period
from db.reference import companies
from evidence import add, catalogue, claim, fresh, know, rows

JUNE = FiscalCalendar(6, "end", "year to 30 June")
MARCH = FiscalCalendar(3, "start", "year from 1 April")


@pytest.mark.parametrize(
    ("words", "calendar", "expected"),
    [
        ("FY2026", JUNE, ("FY2026", "2025-07-01", "2026-06-30")),
        ("fiscal 2026", JUNE, ("FY2026", "2025-07-01", "2026-06-30")),
        ("fiscal year 2026", FiscalCalendar(), ("FY2026", "2026-01-01", "2026-12-31")),
        ("Q1 FY26", JUNE, ("Q1 FY2026", "2025-07-01", "2025-09-30")),
        ("FY2025", MARCH, ("FY2025", "2025-04-01", "2026-03-31")),
        ("Q4 FY2025", MARCH, ("Q4 FY2025", "2026-01-01", "2026-03-31")),
        ("FY26", FiscalCalendar(1, "end", ""), ("FY2026", "2025-02-01", "2026-01-31")),
        ("2026", JUNE, ("2026", "2026-01-01", "2026-12-31")),
        ("Q3 2025", JUNE, ("Q3 2025", "2025-07-01", "2025-09-30")),
        ("third quarter of 2025", JUNE, ("Q3 2025", "2025-07-01", "2025-09-30")),
    ],
)  # fmt: skip
def test_periods_have_their_days(words, calendar, expected):
    found = fiscal_period(words, calendar)
    assert found is not None
    assert (found.label, found.first, found.last) == expected


def test_words_without_a_year_have_no_period():
    assert fiscal_period("this quarter", JUNE) is None


def test_every_company_with_a_calendar_is_listed():
    listed = {company.slug for company in companies()}
    assert set(fiscal_calendars()) <= listed
    assert all(1 <= each.ends_month <= 12 for each in fiscal_calendars().values())


def year(low: float, high: float, quote: str, **fields: Any):
    return claim("capex", low, high, quote=quote, qualifier="range", companies=["Meta"], scope="company_year", **fields)


def current(db):
    return {
        row["fiscal_label"]: (row["usd_min"], row["usd_max"])
        for row in rows(db, "SELECT * FROM guidance WHERE current = 1 ORDER BY fiscal_label")
    }


def test_new_guidance_replaces_the_old_of_the_same_year_only():
    db = fresh()
    add(
        db, "Q2", "2025-07-30", [year(6.6e10, 7.2e10, "$66-72 billion", period="2025")], publisher="Meta", tier="issuer"
    )
    add(
        db, "Q3", "2025-10-29",
        [
            year(7e10, 7.2e10, "$70-72 billion", period="2025"), year(6.6e10, 7.2e10, "$66-72 billion", period="2025"),
            year(1e11, 1.2e11, "$100-120 billion", period="2026"),
        ],
        publisher="Meta", tier="issuer",
    )  # fmt: skip
    know(db)
    assert current(db) == {"2025": (7e10, 7.2e10), "2026": (1e11, 1.2e11)}
    guided = rows(db, "SELECT net_high FROM totals WHERE stage = 'guidance' AND dimension = 'all'")
    assert guided == [{"net_high": 7.2e10 + 1.2e11}]


def test_a_cut_is_guidance_too_and_the_first_named_of_a_document_is_the_new_one():
    db = fresh()
    both = [year(1.2e10, 1.4e10, "$12-14 billion", period="2025"), year(2e10, 2.3e10, "$20-23 billion", period="2025")]
    add(db, "Cut", "2025-11-10", both, publisher="Meta", tier="issuer")
    know(db)
    assert current(db) == {"2025": (1.2e10, 1.4e10)}


def test_guidance_that_is_first_told_after_its_year_is_no_news():
    db = fresh()
    add(db, "During", "2025-10-29", [year(7e10, 7.2e10, "$70-72 billion", period="2025")])
    add(db, "Looking back", "2026-04-30", [year(6e10, 6.5e10, "$60-65 billion", period="2025")], publisher="Other")
    know(db)
    assert current(db) == {"2025": (7e10, 7.2e10)}


def test_a_sum_of_several_companies_is_nobodys_guidance():
    db = fresh()
    several = claim(
        "capex", 7e11, companies=["Meta", "Google", "Amazon", "Microsoft"], period="2026", scope="company_year"
    )
    add(db, "Four", "2026-04-29", [several], kind="analysis")
    know(db)
    assert rows(db, "SELECT * FROM guidance") == []
    assert rows(db, "SELECT net_high FROM totals WHERE dimension = 'all'") == [{"net_high": 0}]


def test_a_plain_year_of_a_company_is_guidance_without_being_told_so():
    db = fresh()
    add(db, "Year", "2026-02-05", [claim("capex", 2e11, companies=["Amazon"], period="2026")])
    know(db, world=catalogue())
    assert current(db) == {"2026": (2e11, 2e11)}


@pytest.mark.parametrize(
    ("sentence", "fields", "expected"),
    [
        ("Its capital expenditures come to $9 billion.", {}, True),
        ("It raised its guidance to $9 billion.", {}, True),
        ("In the quarter that ended in June it spent $9 billion.", {}, True),
        ("It commits to spend $9 billion on the cloud. Capex is another matter.", {}, False),
        ("It will spend $9 billion over the next ten years, and its capex rises.", {}, False),
        ("It builds data centers for $9 billion.", {}, False),
        ("Its capital expenditures come to $9 billion.", {"place": (None, None, "FR")}, False),
        ("Its capital expenditures come to $9 billion.", {"project": "Hyperion"}, False),
        ("Its capital expenditures come to $9 billion.", {"scope": "site"}, False),
    ],
)
def test_spending_of_a_quarter_or_a_year_is_told_by_its_sentence(sentence, fields, expected):
    db = fresh()
    says = claim("capex", 9e9, quote="$9 billion", companies=["Meta"], **fields)
    add(db, "Results", "2026-05-01", [says], text=sentence)
    know(db)
    stages = {row["stage"] for row in rows(db, "SELECT stage FROM totals WHERE dimension = 'all'")}
    assert ("guidance" in stages) is expected
    assert ("announced" in stages) is not expected


def test_a_figure_of_the_title_is_what_the_text_says_of_it():
    db = fresh()
    says = claim("capex", 9e9, quote="$9 billion", companies=["Meta"], where="title")
    add(db, "Meta closes with $9 billion", "2026-05-01", [says], text="Its capital expenditures came to $9 billion.")
    know(db)
    assert rows(db, "SELECT DISTINCT stage FROM totals") == [{"stage": "guidance"}]


def test_a_title_forecasts_the_year_that_its_text_does():
    db = fresh()
    title = "Google guides to $200 billion"
    told = [
        claim("capex", 2e11, quote="$200 billion", companies=["Google"], scope="company_year", where="title"),
        claim("capex", 1.8e11, quote="$180 billion", companies=["Google"], scope="company_year", period="2026"),
    ]
    add(db, title, "2026-07-22", told, text="It had named $180 billion for 2026 in April.")
    know(db)
    assert rows(db, "SELECT quote FROM guidance JOIN claims ON claims.id = claim_id WHERE current = 1") == [
        {"quote": "$200 billion"}
    ]


def test_what_is_said_to_be_spent_before_the_year_is_over_is_a_forecast():
    db = fresh()
    for day, number in (("2026-07-22", 7.5e10), ("2027-02-01", 8.5e10)):
        spent = claim(
            "capex",
            number,
            quote=f"{number:.0f}",
            companies=["Google"],
            scope="company_year",
            status="done",
            period="2026",
        )
        add(db, f"Told {day}", day, [spent])
    know(db)
    found = {row["kind"]: row["usd_max"] for row in rows(db, "SELECT kind, usd_max FROM guidance")}
    assert found == {"guided": 7.5e10, "spent": 8.5e10}


def test_a_forecast_is_not_counted_beside_what_was_spent_in_its_year():
    db = fresh()
    add(db, "Forecast", "2025-01-29", [year(6e10, 6.5e10, "$60-65 billion", period="2025")])
    spent = claim(
        "capex", 7.2e10, quote="$72 billion", companies=["Meta"], scope="company_year", period="2025", status="done"
    )
    add(db, "Results", "2026-01-28", [spent, year(1.1e11, 1.2e11, "$110-120 billion", period="2026")])
    know(db)
    found = rows(db, "SELECT net_high FROM totals WHERE stage = 'guidance' AND dimension = 'all'")
    assert found == [{"net_high": 7.2e10 + 1.2e11}]


def test_guidance_that_its_result_repeats_is_counted_by_what_holds():
    db = fresh()
    add(db, "Forecast", "2025-10-29", [year(9.1e10, 9.3e10, "$91-93 billion", period="2025")], tier="trade")
    looks_back = claim("capex", 9.14e10, quote="$91.4 billion", companies=["Meta"], scope="company_year", period="2025")
    add(db, "Results", "2026-02-04", [looks_back], tier="issuer")
    know(db)
    found = rows(db, "SELECT net_high FROM totals WHERE stage = 'guidance' AND dimension = 'all'")
    assert found == [{"net_high": 9.3e10}]
