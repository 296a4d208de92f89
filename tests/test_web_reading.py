"""What a reader is told, in plain words: sums, plans, relations, other people's words and ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from datasette.app import Datasette

import small_base
from db.schema import open_database
from db.web import maps

SUMS = (
    ("t-1", "power", "announced", "MW", 5000.0, 5000.0, 3, 1),
    ("t-2", "capex", "building", "USD", 3e9, 0.0, 1, 1),
    ("t-3", "capex", "guidance", "USD", 9e10, 8e10, 2, 1),
)


@pytest.fixture
async def served(tmp_path: Path) -> Any:
    path = small_base.build(tmp_path / "gigawatch.db")
    small_base.add_totals(path)
    db = open_database(path)
    for key, metric, stage, unit, gross, net, claims, removed in SUMS:
        sums = {"gross_low": gross, "gross_high": gross, "net_low": net, "net_high": net}
        of = {"id": key, "dimension": "company", "member": "microsoft", "metric": metric, "stage": stage, "unit": unit}
        db["totals"].insert({**of, **sums, "claim_count": claims, "removed_count": removed})
    subject = {"id": "r-1", "subject_kind": "company", "subject_id": "oracle", "relation": "leases_to"}
    object_ = {"object_kind": "project", "object_id": "stargate", "reason": "as it says", "origin": "reference"}
    db["relations"].insert({**subject, **object_})
    db["aliases"].insert({"kind": "company", "alias": "Microsoft", "entity_id": "microsoft"})
    db.close()
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    return datasette


async def page_of(served: Any, path: str) -> BeautifulSoup:
    response = await served.client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split())


async def test_the_front_page_has_one_search_box_and_says_what_is_counted(served: Any) -> None:
    front = await page_of(served, "/")
    assert len(front.select("form[role=search]")) == 1
    assert len((await page_of(served, "/projects")).select("header form[role=search]")) == 1
    card = words(front.select_one(".cards li"))
    assert "each thing counted once. All that was said adds up to 9.23 GW; 1 figure repeats or overlaps others" in card


async def test_a_company_begins_with_its_plan_and_its_sums(served: Any) -> None:
    page = await page_of(served, "/companies/microsoft")
    cards = [words(card) for card in page.select(".cards li")]
    assert cards[0].startswith("Spending plan, FY2025 about $80 billion")
    assert cards[1] == "Power capacity, announced 5 GW sum of 2 figures; 1 more overlaps"
    assert len(cards) == 2
    assert "counted elsewhere" in words(page.find("details")), "a sum of nothing is no sum of $0"
    assert "Also called Microsoft" not in words(page)
    assert "spending plans of companies" not in words(
        await page_of(served, "/compare?company=microsoft&company=oracle")
    )


async def test_relations_are_sentences_with_names(served: Any) -> None:
    page = await page_of(served, "/projects/stargate")
    section = page.find("h2", string="Related projects and companies").find_parent("section")
    assert [words(item) for item in section.find_all("li")] == ["Oracle leases to Stargate as it says"]
    assert section.find("a", href="/companies/oracle")
    parts = page.find("h2", string="Its parts").find_parent("section")
    assert "part of Stargate" not in words(parts.find("tbody"))


async def test_a_claim_names_the_figure_that_is_shown_instead(served: Any) -> None:
    db = open_database(Path(served.get_database().path))
    claim, shown = db.execute(
        "SELECT c.id, f.claim_id FROM claims c JOIN figures f USING (project_id, metric) "
        "WHERE c.id != f.claim_id AND c.retracted_at IS NULL AND c.value_max IS NOT f.value_max LIMIT 1"
    ).fetchone()
    assert "This is the figure we show for the project" in words(await page_of(served, f"/claims/{shown}"))
    link = (await page_of(served, f"/claims/{claim}")).find("a", class_="figure", href=f"/claims/{shown}")
    assert words(link.parent).startswith(f"For the project we show {words(link)}")
    db.execute(
        "UPDATE claims SET (value_min, value_max, unit, qualifier, period_start, period_end) = (SELECT value_min, "
        "value_max, unit, qualifier, period_start, period_end FROM figures WHERE claim_id = ?) WHERE id = ?",
        [shown, claim],
    )
    db.close()
    assert "too, from another document" in words(await page_of(served, f"/claims/{claim}"))


async def test_dollars_stand_where_another_currency_does(served: Any) -> None:
    page = await page_of(served, "/projects/hyperion")
    heads = {words(head) for head in page.find("h2", string="Every figure stated").find_next("thead").find_all("th")}
    assert "Quote" in heads
    assert "In dollars" not in heads
    db = open_database(Path(served.get_database().path))
    db.execute("UPDATE claims SET unit = 'EUR', currency = 'EUR' WHERE project_id = 'hyperion' AND metric = 'capex'")
    db.close()
    page = await page_of(served, "/projects/hyperion")
    heads = {words(head) for head in page.find("h2", string="Every figure stated").find_next("thead").find_all("th")}
    assert "In dollars" in heads


async def test_the_chronicle_is_called_our_own_briefs(served: Any) -> None:
    for path in ("/sources", "/sources/chronicle"):
        assert "our own briefs" in words(await page_of(served, path))


def test_north_america_reaches_to_the_campuses_of_alberta() -> None:
    region = maps.REGIONS["north-america"]
    assert region.south < 25 < 55.2 < region.north
    assert region.west < -118.8 < -66 < region.east
