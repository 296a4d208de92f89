"""Names matched by the Reconciliation Service API, version 0.2: manifest, queries, suggestions, preview."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

import small_base
from db.web.pages.reconcile import likeness


@pytest_asyncio.fixture
async def served(tmp_path: Path) -> AsyncIterator[Any]:
    datasette = Datasette([str(small_base.build(tmp_path / "gigawatch.db"))])
    await datasette.invoke_startup()
    yield datasette


async def match(datasette: Any, what: str, **query: object) -> list[dict[str, Any]]:
    response = await datasette.client.post(f"/-/reconcile/{what}", data={"queries": json.dumps({"q0": query})})
    assert response.status_code == 200, response.text
    result: list[dict[str, Any]] = response.json()["q0"]["result"]
    for each in result:
        assert each.keys() >= {"id", "name", "type", "score", "match"}
        assert all(kind.keys() == {"id", "name"} for kind in each["type"])
        assert 50 <= each["score"] <= 100
    return result


@pytest.mark.parametrize("what", ["companies", "projects"])
async def test_manifest(served: Any, what: str) -> None:
    response = await served.client.get(f"/-/reconcile/{what}")
    assert response.headers["access-control-allow-origin"] == "*"
    manifest = response.json()
    assert manifest["versions"] == ["0.1", "0.2"]
    for key in ("name", "identifierSpace", "schemaSpace", "defaultTypes"):
        assert manifest[key], key
    assert manifest["view"]["url"] == f"http://localhost/{what}/{{{{id}}}}"
    assert manifest["preview"].keys() == {"url", "width", "height"}
    entity = manifest["suggest"]["entity"]
    found = await served.client.get(entity["service_url"].split("localhost", 1)[1] + entity["service_path"])
    assert found.json() == {"result": []}


@pytest.mark.parametrize(
    ("what", "name", "identifier", "sure"),
    [
        ("companies", "Meta", "meta", True),
        ("companies", "MICROSOFT", "microsoft", True),
        ("companies", "Microsft", "microsoft", False),
        ("projects", "Abilene Stargate", "stargate-abilene", True),
        ("projects", "project sucre", "hyperion", True),
        ("projects", "Hyperion campus", "hyperion", False),
    ],
)
async def test_names_are_matched(served: Any, what: str, name: str, identifier: str, sure: bool) -> None:
    first = (await match(served, what, query=name))[0]
    assert (first["id"], first["match"]) == (identifier, sure)


async def test_queries_are_bounded(served: Any) -> None:
    assert len(await match(served, "projects", query="Stargate", limit=2)) == 2
    assert await match(served, "companies", query="Zyxwvut") == []
    assert await match(served, "companies", query="") == []
    assert await match(served, "companies", query="%' or 1=1 --\x00") == []
    assert await match(served, "companies", query="Meta", type="Project") == []
    assert (await match(served, "companies", query="Meta", type=["Company"], limit="many"))[0]["id"] == "meta"


@pytest.mark.parametrize("queries", ["{", "[]", '{"q0": 1}', json.dumps({f"q{n}": {"query": "x"} for n in range(51)})])
async def test_wrong_queries_are_refused(served: Any, queries: str) -> None:
    response = await served.client.get("/-/reconcile/companies", params={"queries": queries})
    assert response.status_code == 400
    assert response.json()["status"] == "error"
    large = await served.client.post("/-/reconcile/companies", data={"queries": "x" * 200_000})
    assert large.status_code == 413
    assert (await served.client.get("/-/reconcile/claims")).status_code == 404


async def test_suggestions(served: Any) -> None:
    found = (await served.client.get("/-/reconcile/projects/suggest?prefix=star")).json()["result"]
    assert "stargate-abilene" in [each["id"] for each in found]
    assert all(each.keys() >= {"id", "name", "description", "notable"} for each in found)
    found = (await served.client.get("/-/reconcile/projects/suggest?prefix=project+su")).json()["result"]
    assert found[0]["description"].endswith("also called Project Sucre")


async def test_preview_may_be_framed_and_holds_no_script(served: Any) -> None:
    response = await served.client.get("/-/reconcile/companies/preview?id=meta")
    assert "frame-ancestors *" in response.headers["content-security-policy"]
    page = BeautifulSoup(response.text, "lxml")
    link = page.select_one("h1 a")
    assert link is not None
    assert link["href"] == "/companies/meta"
    assert not page.find_all("script")
    assert (await served.client.get("/-/reconcile/companies/preview?id=<b>")).status_code == 404


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [("meta", "meta", 100, 100), ("a b", "b a", 100, 100), ("meta", "metal", 80, 99), ("meta", "oracle", 0, 45)],
)
def test_likeness(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one.split(), other.split()) <= most
