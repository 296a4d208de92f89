"""What cannot be is flagged, with the row that is likely wrong; the review list begins with what changes most."""

from __future__ import annotations

import pytest

from db.knowledge.plausibility import RATIOS, band_of
from evidence import add, claim, fresh, know, rows


def test_the_band_comes_from_the_data_where_there_is_enough():
    few, many = band_of([1e7] * 3, RATIOS[0]), band_of([1e7, 1.2e7, 0.8e7] * 4, RATIOS[0])
    assert "usual range" in few.source
    assert "12 projects" in many.source
    assert many.low < 1e7 < many.high
    assert many.high / many.low == pytest.approx(900)


@pytest.mark.parametrize(
    ("capex", "power", "wrong"),
    [(2e7, 1000.0, "capex"), (1e10, 1000000.0, "power"), (1e13, 1000.0, "capex")],
)
def test_a_thousandfold_slip_is_flagged_with_its_row(capex, power, wrong):
    db = fresh()
    for number in range(9):
        site = {"companies": ["Meta"], "project": f"Site {number} of many"}
        add(
            db,
            f"Site {number}",
            "2025-01-01",
            [claim("capex", 1e10 + number * 1e9, **site), claim("power", 1000, **site)],
        )
    odd = {"companies": ["Google"], "project": "Kite"}
    add(db, "Odd", "2025-01-01", [claim("capex", capex, **odd), claim("power", power, **odd)], publisher="Other")
    know(db)
    flags = rows(db, "SELECT kind, metric, message FROM plausibility JOIN claims ON claims.id = claim_id")
    assert [(flag["kind"], flag["metric"]) for flag in flags] == [("usd_per_mw", wrong)]
    assert "likely wrong" in flags[0]["message"]


def test_the_row_that_fewer_say_is_the_one_to_doubt():
    db = fresh()
    kite = {"companies": ["Google"], "project": "Kite"}
    for paper in ("One", "Two"):
        add(db, f"Power in {paper}", "2025-01-01", [claim("power", 1000, **kite)], publisher=paper)
    add(db, "Money", "2025-01-01", [claim("capex", 1e7, **kite)], publisher="Three")
    know(db)
    assert rows(db, "SELECT metric FROM plausibility JOIN claims ON claims.id = claim_id") == [{"metric": "capex"}]


def test_ordinary_figures_are_not_flagged():
    db = fresh()
    kite = {"companies": ["Google"], "project": "Kite"}
    add(
        db,
        "All",
        "2025-01-01",
        [claim("capex", 2.5e10, **kite), claim("power", 1400, **kite), claim("chips", 500000, **kite)],
    )
    know(db)
    assert rows(db, "SELECT * FROM plausibility") == []


def test_the_review_list_begins_with_what_would_change_most():
    db = fresh()
    add(db, "Small", "2025-01-01", [claim("capex", 1e8, companies=["Quark"], place=("Toledo", "Ohio", "US"))])
    add(
        db,
        "Large",
        "2025-01-01",
        [claim("capex", 9e10, companies=["Meta"], project="Kite", confidence=0.3)],
        publisher="B",
    )
    add(
        db,
        "Rate",
        "2025-01-01",
        [claim("capex", 9e10, unit="TWD", companies=["Meta"], project="Hyperion")],
        publisher="C",
    )
    know(db)
    found = rows(db, "SELECT kind, subject_id, impact_usd FROM review_items ORDER BY impact_usd DESC, kind")
    assert [row["impact_usd"] for row in found] == sorted((row["impact_usd"] for row in found), reverse=True)
    kinds = [(row["kind"], row["subject_id"]) for row in found]
    assert kinds[0] == ("candidate_project", "project-kite")
    assert kinds[1][0] == "low_confidence"
    assert ("candidate_company", "quark") in kinds
    assert kinds[-1][0] == "no_rate"
    assert len({row["id"] for row in rows(db, "SELECT id FROM review_items")}) == len(found)
