"""The site over a small database: pages in both shapes, questions, formats, and hostile text shown harmless."""

from __future__ import annotations

import contextlib
import csv
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from bs4 import BeautifulSoup
from datasette.app import Datasette

import small_base
from db.schema import open_database

METADATA = yaml.safe_load((Path(__file__).parents[1] / "metadata.yml").read_text(encoding="utf-8"))
DESCRIBED = METADATA["databases"]["gigawatch"]["tables"]
QUESTIONS = METADATA["databases"]["gigawatch"]["queries"]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
A_CLAIM = small_base.claim_id("d-abilene", 0)
HOSTILE_CLAIM = small_base.claim_id("d-hostile", 0)


async def site(path: Path) -> Any:
    datasette = Datasette([str(path)])
    datasette.gigawatch_now = NOW
    await datasette.invoke_startup()
    return datasette


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_base.build(tmp_path_factory.mktemp("site") / "gigawatch.db")


@pytest_asyncio.fixture
async def served(base: Path) -> AsyncIterator[Any]:
    yield await site(base)


async def soup(datasette: Any, path: str, status: int = 200) -> BeautifulSoup:
    response = await datasette.client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return BeautifulSoup(response.text, "lxml")


def test_everything_published_is_described() -> None:
    db = open_database(":memory:")
    names = {*db.table_names(), *db.view_names()}
    published = {name for name in names if not re.search(r"_fts(_|$)", name)}
    assert published - DESCRIBED.keys() == set()
    assert DESCRIBED.keys() - names == set()
    for name in published:
        block = DESCRIBED[name]
        if block.get("hidden"):
            continue
        for key in ("title", "description", "license", "source"):
            assert block.get(key), f"{name} has no {key}"
        columns = {column.name for column in db[name].columns}
        assert block["columns"].keys() == columns, name
        facets = {each if isinstance(each, str) else each["kept"] for each in block.get("facets", [])}
        assert facets <= columns, name


def test_questions_are_questions() -> None:
    assert len(QUESTIONS) >= 25
    for name, question in QUESTIONS.items():
        assert question["title"].endswith("?"), name
        assert len(question["description"]) > 40, name


@pytest.mark.parametrize("name", QUESTIONS)
async def test_question_is_answered(served: Any, name: str) -> None:
    response = await served.client.get(f"/gigawatch/{name}.json?_shape=objects")
    assert response.status_code == 200, response.text
    assert response.json()["truncated"] is False
    page = await soup(served, f"/gigawatch/{name}")
    assert QUESTIONS[name]["title"] in page.get_text()
    csv = await served.client.get(f"/gigawatch/{name}.csv")
    assert csv.status_code == 200
    assert csv.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("biggest_spending", "year=2025", "$500 billion"),
        ("project_everything", "project=Hyperion", "2,250 acres"),
        ("company_deals", "company=OpenAI", "$300 billion"),
        ("going_live", "from_day=2026-01-01&to_day=2026-12-31", "second half of 2026"),
        ("largest_power_by_country", "", "Hyperion"),
        ("chips_by_vendor", "vendor=NVIDIA", "450,000 GB200 chips"),
        ("figures_in_place", "place=Texas", "1.2 GW"),
        ("figures_in_place", "place=no", "230 MW"),
        ("documents_that_say", "words=hydropower", "Stargate Norway"),
        ("slipping_dates", "", "Stargate Abilene"),
        ("figure_over_time", "project=Hyperion&metric=power", "5 GW"),
        ("spending_plans", "company=Microsoft", "$80 billion"),
        ("financing_by_kind", "kind=jv", "$27 billion"),
        ("stopped_projects", "", "Stargate Abilene"),
        ("ceilings", "", "1.2 GW"),
        ("other_currencies", "", "NOK 10.1 billion"),
        ("disagreements", "", "2 gigawatts"),
        ("broken_sources", "", "no links where 5 were expected"),
    ],
)
async def test_question_finds(served: Any, name: str, query: str, expected: str) -> None:
    page = await soup(served, f"/gigawatch/{name}?{query}")
    assert expected in page.find("main").get_text()


async def test_long_answers_are_shown_in_part_and_given_whole(tmp_path: Path) -> None:
    path = small_base.build(tmp_path / "gigawatch.db")
    db = open_database(path)
    columns = ", ".join(f'"{column.name}"' for column in db["claims"].columns if column.name not in {"id", "search_id"})
    for number in range(150):
        db.execute(
            f"INSERT INTO claims (id, {columns}) SELECT ? || id, {columns} FROM claims WHERE id = ?",
            [f"x{number}", small_base.claim_id("d-stargate", 0)],
        )
    db.close()
    datasette = await site(path)
    page = await soup(datasette, "/gigawatch/biggest_spending?year=2025")
    assert "The first 100 rows" in page.find("main").get_text()
    assert len(page.select("table.answer tbody tr")) == 100
    csv = (await datasette.client.get("/gigawatch/biggest_spending.csv?year=2025")).text
    assert len(csv.strip().splitlines()) > 150


async def test_datasettes_own_pages_are_left_alone(served: Any) -> None:
    for path in ("/-/versions.json", "/-/metadata.json", "/-/plugins", "/-/databases", "/-/static/table.js"):
        assert (await served.client.get(path)).status_code == 200, path
    assert (await served.client.get("/-/nothing")).status_code == 404
    assert (await served.client.get("/gigawatch/nothing_of_the_kind")).status_code == 404


async def test_csv_is_never_cut(tmp_path: Path) -> None:
    path = small_base.build(tmp_path / "gigawatch.db")
    db = open_database(path)
    db["document_mentions"].insert_all(
        {"document_id": "d-abilene", "kind": "company", "name": f"Name {n}", "start": n, "end": n + 1}
        for n in range(2500)
    )
    db.close()
    datasette = await site(path)
    for address in (
        "/gigawatch/document_mentions.csv",
        "/gigawatch/document_mentions.csv?kind=company",
        "/gigawatch.csv?sql=select+name+from+document_mentions",
    ):
        text = (await datasette.client.get(address)).text
        assert len(text.strip().splitlines()) == 2501, address


async def test_csv_says_what_is_wrong(served: Any) -> None:
    for sql in ("select nothing from nowhere", "delete from claims", "select 1; select 2"):
        response = await served.client.get("/gigawatch.csv", params={"sql": sql})
        assert response.status_code == 400
        assert "no CSV was made" in response.text
    assert (await served.client.get("/gigawatch.csv")).status_code == 400
    assert (await served.client.get("/nowhere.csv?sql=select+1")).status_code == 404


async def test_metadata_follows_the_file_name(base: Path, tmp_path: Path) -> None:
    other = tmp_path / "harvest.db"
    other.write_bytes(base.read_bytes())
    datasette = await site(other)
    page = await soup(datasette, "/harvest/biggest_spending?year=2025")
    assert "$500 billion" in page.get_text()
    assert DESCRIBED["stated_figures"]["title"] in (await soup(datasette, "/harvest/stated_figures")).get_text()
    assert (await datasette.client.get("/")).status_code == 200


async def test_front_page_links_each_figure_to_its_quote(served: Any) -> None:
    page = await soup(served, "/")
    figures = page.select("a.figure")
    assert figures
    for figure in figures:
        claim = await served.client.get(f"{figure['href']}.json")
        assert claim.json()["data"]["claim"][0]["quote"]
    text = page.get_text(" ", strip=True)
    assert "at least $50 billion" in text
    assert "4 days ago" in text


async def test_counts_come_from_queries_that_open(served: Any) -> None:
    page = await soup(served, "/")
    link = page.select_one(".fresh a")
    rows = (await served.client.get(link["href"].replace("?", ".json?_shape=array&", 1))).json()
    assert f"{rows[0]['figures']} figures from {rows[0]['documents']} documents" in link.get_text()


async def test_claim_marks_its_quote(served: Any) -> None:
    page = await soup(served, f"/claims/{A_CLAIM}")
    assert page.find("h1").get_text() == "up to 1.2 GW"
    assert page.select_one("blockquote mark").get_text() == "1.2 GW"
    assert page.select_one("blockquote").get_text() == (
        "The flagship campus in Abilene is designed for up to 1.2 GW, with racks holding 450,000 GB200 chips."
    )
    assert page.find("a", href="https://openai.example/d-abilene")
    assert page.find("a", href="/projects/stargate-abilene")
    assert json.loads(page.find("script", type="application/ld+json").string)["text"] == "1.2 GW"


async def test_document_marks_every_quote(served: Any) -> None:
    page = await soup(served, "/documents/d-abilene")
    assert [mark.get_text() for mark in page.select(".document-text mark")] == [
        "1.2 GW", "450,000 GB200 chips", "second half of 2026", "$400 billion",
    ]  # fmt: skip


async def test_unknown_things_are_said_to_be_unknown(served: Any) -> None:
    for path in ("/claims/none", "/documents/none"):
        page = await soup(served, path, 404)
        assert "There is no such" in page.find("h1").get_text()
        assert (await served.client.get(f"{path}.json")).status_code == 404


async def test_hostile_text_is_harmless(served: Any) -> None:
    for path in ("/", f"/claims/{HOSTILE_CLAIM}", "/documents/d-hostile", "/gigawatch/documents", "/gigawatch/claims"):
        response = await served.client.get(path)
        page = BeautifulSoup(response.text, "lxml")
        assert "alert(" not in "".join(script.get_text() for script in page("script") if not script.get("type"))
        assert not page.select("main img")
        assert not page.select("[onerror], [onmouseover]")
        assert not [a for a in page("a", href=True) if a["href"].strip().lower().startswith("javascript")]
        assert small_base.RIGHT_TO_LEFT not in response.text


async def test_headers_are_strict_on_our_pages(served: Any) -> None:
    for path in ("/", f"/claims/{A_CLAIM}", "/claims/none"):
        response = await served.client.get(path)
        policy = response.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        page = BeautifulSoup(response.text, "lxml")
        assert not page.select("[style]")
        assert not page.find_all("style")
        data = {"application/ld+json", "application/json"}
        assert not [s for s in page.find_all("script") if s.get("type") not in data and not s.get("src")]
    other = await served.client.get("/gigawatch/claims")
    assert "default-src 'none'" in other.headers["content-security-policy"]
    assert other.headers["x-content-type-options"] == "nosniff"


async def test_nothing_comes_from_another_host(served: Any) -> None:
    for path in ("/", f"/claims/{A_CLAIM}", "/gigawatch/claims", "/gigawatch/biggest_spending", "/gigawatch"):
        page = await soup(served, path)
        for tag in page.select("script[src], link[rel=stylesheet], link[rel=icon], img[src], iframe[src]"):
            assert (tag.get("src") or tag.get("href")).startswith("/"), tag


async def test_empty_database_says_so(tmp_path: Path) -> None:
    datasette = await site(small_base.build_empty(tmp_path / "gigawatch.db"))
    page = await soup(datasette, "/")
    assert "nothing has been read yet" in page.get_text()
    assert page.select(".empty")


@pytest.mark.parametrize("column", ["first_seen", "metric", "said_on"])
async def test_rows_that_sort_alike_are_all_there(tmp_path: Path, column: str) -> None:
    path = small_base.build(tmp_path / "gigawatch.db")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE claims SET first_seen = '2026-01-01T00:00:00Z'")
        connection.commit()
        wanted = sorted(name for (name,) in connection.execute("SELECT id FROM claims"))
    datasette = Datasette([str(path)], settings={"default_page_size": 3, "max_returned_rows": 3})
    whole = (await datasette.client.get(f"/gigawatch/claims.csv?_sort_desc={column}")).text
    assert sorted(row["id"] for row in csv.DictReader(whole.splitlines())) == wanted
    found: list[str] = []
    address = f"/gigawatch/claims.json?_shape=objects&_sort_desc={column}"
    while address:
        answer = (await datasette.client.get(address)).json()
        found += [row["id"] for row in answer["rows"]]
        address = (answer["next_url"] or "").removeprefix("http://localhost")
    assert sorted(found) == wanted
