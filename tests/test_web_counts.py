"""Facets and counts that a rebuild kept are those that counting gives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml
from bs4 import BeautifulSoup
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted

import small_base
from db.kept import refresh
from db.schema import open_database
from db.web import facets, shortcuts
from db.web.pages import questions, sums

METADATA = yaml.safe_load((Path(__file__).parents[1] / "metadata.yml").read_text(encoding="utf-8"))
KEPT = {
    table: [each["kept"] for each in told.get("facets", []) if isinstance(each, dict)]
    for table, told in METADATA["databases"]["gigawatch"]["tables"].items()
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = small_base.build(tmp_path_factory.mktemp("counts") / "gigawatch.db")
    small_base.add_totals(path)
    db = open_database(path)
    refresh(db)
    db.close()
    return path


@pytest_asyncio.fixture
async def served(base: Path) -> AsyncIterator[Any]:
    datasette = Datasette([str(base)])
    await datasette.invoke_startup()
    yield datasette


async def counted(datasette: Any, path: str) -> dict[str, Any]:
    found = (await datasette.client.get(path)).json()["facet_results"]
    return {
        name: [(row["value"], row["label"], row["count"]) for row in facet["results"]] for name, facet in found.items()
    }


@pytest.mark.parametrize("table", [table for table, columns in KEPT.items() if columns])
async def test_kept_facets_are_those_that_counting_gives(served: Any, table: str) -> None:
    kept = await counted(served, f"/gigawatch/{table}.json?_size=1")
    for column in KEPT[table]:
        both = await counted(served, f"/gigawatch/{table}.json?_size=1&_facet={column}&_facet_size=30")
        assert kept[column] == both[column] == both[f"{column}_2"]


async def test_a_narrowed_table_is_counted_while_few_rows_are_left(
    served: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await counted(served, "/gigawatch/claims.json?metric=power"))["metric"][0][0] == "power"
    monkeypatch.setattr(facets, "COUNTABLE", 1)
    page = (await served.client.get("/gigawatch/claims?metric=power")).text
    assert "Too many rows are left to count them by metric, status, country" in page
    assert (await counted(served, "/gigawatch/claims.json?_sort=id"))["metric"]


@pytest.mark.parametrize(
    "table", [*shortcuts.ALWAYS_FILLED, "data_changes", "claims", "documents", "openings", "projects"]
)
async def test_a_whole_table_has_the_count_that_counting_gives(
    served: Any, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    run = Database.execute

    async def watched(database: Any, sql: str, *rest: Any, **options: Any) -> Any:
        ran.append(" ".join(sql.split()))
        return await run(database, sql, *rest, **options)

    monkeypatch.setattr(Database, "execute", watched)
    whole = (await served.client.get(f"/gigawatch/{table}.json?_size=1")).json()
    counting = f"select count(*) from {table}"
    assert (counting in ran) == (table in {"openings", "projects"}), "of these two no count is kept"
    ran.clear()
    await served.client.get(f"/gigawatch/{table}")
    assert (counting in ran) == (table in {"openings", "projects"})
    asked = await served.client.get("/gigawatch.json", params={"sql": counting, "_shape": "arrays"})
    assert counting in ran, "what a reader asks for is counted"
    assert whole["filtered_table_rows_count"] == asked.json()["rows"][0][0] > 0
    narrowed = (await served.client.get(f"/gigawatch/{table}.json?_size=1&_where=1=0")).json()
    assert narrowed["filtered_table_rows_count"] == 0


async def test_the_page_of_a_database_asks_once_for_all_names(served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    run = Database.execute

    async def watched(database: Any, sql: str, *rest: Any, **options: Any) -> Any:
        ran.append(" ".join(sql.split()))
        return await run(database, sql, *rest, **options)

    before = (await served.client.get("/gigawatch.json")).json()
    monkeypatch.setattr(Database, "execute", watched)
    page = (await served.client.get("/gigawatch")).text
    assert " ".join(shortcuts.SPELLING) not in ran
    assert all(table["name"] in page for table in before["tables"] if not table["hidden"])
    assert (await served.client.get("/GIGAWATCH")).status_code == 404
    typed = await served.client.get("/gigawatch", params={"sql": " ".join(shortcuts.SPELLING)})
    assert typed.status_code == 400
    sql = {"sql": f"{shortcuts.NAMES} and name = 'CLAIMS' collate nocase", "_shape": "arrays"}
    assert (await served.client.get("/gigawatch.json", params=sql)).json()["rows"] == [["claims"]]


async def test_a_table_that_nobody_may_see_is_not_on_the_page_of_its_database(base: Path) -> None:
    hidden = {"databases": {"gigawatch": {"tables": {"claims": {"allow": False}}}}}
    datasette = Datasette([str(base)], metadata=hidden)
    await datasette.invoke_startup()
    assert (await datasette.client.get("/gigawatch/claims")).status_code == 403
    links = BeautifulSoup((await datasette.client.get("/gigawatch")).text, "html.parser").select("a[href]")
    assert "/gigawatch/documents" in {link["href"] for link in links}
    assert "/gigawatch/claims" not in {link["href"] for link in links}


async def test_the_counts_of_tables_are_those_that_counting_gives(served: Any) -> None:
    database = served.get_database()
    kept, counts = await database.table_counts(10), await Database.table_counts(database, 1000)
    hidden = {name for name in counts if name.startswith(facets.INDEXES)}
    assert {name: kept[name] for name in counts.keys() - hidden} == {
        name: counts[name] for name in counts.keys() - hidden
    }
    assert kept.keys() == counts.keys()


@pytest.mark.parametrize("relation", ["data_changes", "claims", "sources", "corrections"])
async def test_a_whole_relation_is_counted_as_it_is_kept(served: Any, relation: str) -> None:
    page = (await served.client.get(f"/gigawatch/{relation}.json?_size=1")).json()
    direct = await Database.execute(served.get_database(), f'select count(*) as "all rows" from {relation}')
    assert page["filtered_table_rows_count"] == direct.rows[0][0]


async def test_the_kept_count_is_what_is_shown(base: Path, tmp_path: Path) -> None:
    other = tmp_path / "gigawatch.db"
    other.write_bytes(base.read_bytes())
    db = open_database(other)
    db.execute("UPDATE tallies SET rows = 777 WHERE relation = 'data_changes' AND column_name = ''")
    db.conn.commit()
    db.close()
    datasette = Datasette([str(other)])
    await datasette.invoke_startup()
    page = (await datasette.client.get("/gigawatch/data_changes.json?_size=1")).json()
    assert page["filtered_table_rows_count"] == 777
    narrowed = (await datasette.client.get("/gigawatch/data_changes.json?_size=1&metric=power")).json()
    assert 0 < narrowed["filtered_table_rows_count"] < 777


async def test_a_question_that_takes_too_long_says_so(served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(*_: Any, **__: Any) -> Any:
        raise QueryInterrupted(Exception("interrupted"), "select", {})

    monkeypatch.setattr(questions.Asker, "ask", ask)
    page = await served.client.get("/gigawatch/project_everything?project=a")
    assert page.status_code == 200
    assert "it takes too long. Ask for less." in page.text


async def test_announcements_are_found_by_a_part_of_their_title_as_it_is(served: Any) -> None:
    async def found(words: str) -> list[str]:
        answer = await served.client.get("/announcements.json", params={"q": words})
        return [row["title"] for row in answer.json()["data"]["announcements"]]

    every = await found("")
    part = every[0][2:9]
    assert part.strip()
    assert await found(part.upper()) == [title for title in every if part.lower() in title.lower()]
    for pattern in ("%", "_", "\\"):
        assert await found(pattern) == [title for title in every if pattern in title]


async def test_a_long_list_of_totals_and_figures_says_that_there_is_more(
    served: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sums, "PER_PAGE", 1)
    monkeypatch.setattr(sums, "SHOWN", 0)
    first = (await served.client.get("/totals.json?by=all")).json()
    assert len(first["data"]["totals"]) == 1
    assert "Next page" in (await served.client.get("/totals?by=all")).text
    one = (await served.client.get("/totals/t-all-power-announced.json")).json()
    assert one["queries"]["items"]["cut"]
    assert one["queries"]["overlaps"]["cut"]
