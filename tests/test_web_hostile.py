"""Every page of a base whose every name, title, quote and address is hostile: shown, and harmless."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from datasette.app import Datasette

import small_base
from db.schema import open_database
from site_pages import PAGES

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202e'\"{{7*7}}"
TEXTS = {
    "documents": ("title", "publisher", "author"),
    "companies": ("name", "kind"),
    "projects": ("name",),
    "places": ("name", "admin1"),
    "chips": ("name", "vendor", "family"),
    "aliases": ("alias",),
    "announcements": ("title",),
    "sources": ("publisher",),
    "claims": ("project_name", "place_name", "chip_name"),
    "figures": ("publisher", "rule"),
    "figure_history": ("publisher",),
    "project_status": ("reason",),
    "issues": ("message",),
}
ADDRESSES = {"documents": ("url", "original_url"), "sources": ("url",), "issues": ("url",)}
MORE = ("/projects/stargate", "/companies/openai", "/companies/microsoft", "/places/us", "/compare?company=meta",
        "/-/reconcile/companies/preview?id=meta", "/-/reconcile/projects/preview?id=hyperion",
        "/gigawatch/documents", "/gigawatch/projects", "/gigawatch/projects/hyperion")  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = small_base.build(tmp_path_factory.mktemp("hostile") / "gigawatch.db")
    small_base.add_totals(path)
    db = open_database(path)
    for table, columns in TEXTS.items():
        for column in columns:
            db.execute(f'UPDATE "{table}" SET "{column}" = ? || coalesce("{column}", \'\')', [EVIL])
    for table, columns in ADDRESSES.items():
        for column in columns:
            db.execute(f'UPDATE "{table}" SET "{column}" = \'javascript:alert(1)//\' || rowid')
    db.close()
    return Datasette([str(path)])


@pytest.mark.parametrize("path", [*PAGES, *MORE])
async def test_page_is_harmless(hostile: Any, path: str) -> None:
    response = await hostile.client.get(path)
    assert response.status_code == (404 if path == "/claims/none" else 200)
    page = BeautifulSoup(response.text, "lxml")
    own = [script for script in page("script") if script.get("type") not in {"application/ld+json", "application/json"}]
    assert "alert(" not in "".join(script.get_text() for script in own)
    for script in page.select("script[type$=json]"):
        json.loads(str(script.string))
    assert not page.select("img[src=x], [onerror]")
    for tag in page.select("[href], [src], [action]"):
        address = str(tag.get("href") or tag.get("src") or tag.get("action")).strip().lower()
        assert not address.startswith(("javascript", "data:", "vbscript")), address
    assert "\u202e" not in response.text
    assert ">49" not in response.text


@pytest.mark.parametrize("name", ["announcements", "figures", "status"])
async def test_feed_is_harmless(hostile: Any, name: str) -> None:
    feed = ElementTree.fromstring((await hostile.client.get(f"/feeds/{name}.atom")).text)
    for tag in feed.iter():
        assert tag.tag.startswith("{http://www.w3.org/2005/Atom}")
        assert "\u202e" not in (tag.text or "")
        assert "javascript" not in tag.attrib.get("href", "")


async def test_calendar_is_harmless(hostile: Any) -> None:
    text = (await hostile.client.get("/feeds/openings.ics")).text
    assert text.count("BEGIN:VEVENT") == 3
    assert "\u202e" not in text


async def test_what_the_program_keeps_for_itself_is_nobodys_business(hostile: Any) -> None:
    names = [name for name in await hostile.get_database().table_names() if name.startswith("_")]
    assert {"_touched", "_views", "_sqlite_migrations"} <= set(names)
    for name in names:
        assert (await hostile.client.get(f"/gigawatch/{name}")).status_code == 403
        assert (await hostile.client.get(f"/gigawatch/{name}.json")).status_code == 403
        for sql in (f"select * from {name}", f"select 1 from '{name.upper()}'", f"select 1 from claims, main.[{name}]"):
            answer = await hostile.client.get("/gigawatch.json", params={"sql": sql})
            assert answer.status_code == 400, sql
            assert "the program's own" in answer.json()["error"]
            assert "program&#39;s own" in (await hostile.client.get("/gigawatch", params={"sql": sql})).text
            assert (await hostile.client.get("/gigawatch.csv", params={"sql": sql})).status_code == 400
        narrowed = {"_where": f"id in (select 1 from {name})"}
        assert (await hostile.client.get("/gigawatch/claims.json", params=narrowed)).status_code == 400
    page = (await hostile.client.get("/gigawatch")).text
    assert not [name for name in names if f"/gigawatch/{name}" in page]
    harmless = {"sql": "select '_views', 1 as _touched, _views.id from claims as _views"}
    assert (await hostile.client.get("/gigawatch.json", params=harmless)).status_code == 200
