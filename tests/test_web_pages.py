"""Every page of the site, found by following its links; what each must say; feeds, sitemap and search."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from datasette.app import Datasette

import small_base
from site_pages import EMPTY, PAGES

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
A_CLAIM = small_base.claim_id("d-abilene", 0)
ATOM = "{http://www.w3.org/2005/Atom}"


async def site(path: Path) -> Any:
    datasette = Datasette([str(path)])
    datasette.gigawatch_now = NOW
    await datasette.invoke_startup()
    return datasette


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = small_base.build(tmp_path_factory.mktemp("pages") / "gigawatch.db")
    small_base.add_totals(path)
    return path


@pytest_asyncio.fixture
async def served(full: Path) -> AsyncIterator[Any]:
    yield await site(full)


async def soup(datasette: Any, path: str, status: int = 200) -> BeautifulSoup:
    response = await datasette.client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return BeautifulSoup(response.text, "lxml")


def words(page: BeautifulSoup) -> str:
    main = page.find("main")
    assert main
    return re.sub(r"\s+", " ", main.get_text(" "))


async def drawn(datasette: Any, path: str) -> Any:
    """The charts that stand in a page, which are those of its JSON."""
    island = (await soup(datasette, path)).find("script", id="chart-data")
    assert island
    charts = json.loads(str(island.string))
    name, _, query = path.partition("?")
    assert charts == (await datasette.client.get(f"{name}.json?{query}")).json()["charts"]
    return charts


async def test_every_link_leads_somewhere(served: Any) -> None:
    """Follow the links of our pages; of Datasette's pages only those that ours name."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop()
        response = await served.client.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        if "text/html" not in response.headers["content-type"] or path.startswith("/gigawatch"):
            continue
        page = BeautifulSoup(response.text, "lxml")
        assert page.find("h1"), path
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids)), (path, "an id twice")
        assert not page.select("[style]"), path
        assert response.headers["content-security-policy"].count("unsafe") == 0, path
        drawn_here = page.select("[data-chart]")
        island = page.find("script", id="chart-data")
        assert bool(drawn_here) == bool(island), path
        assert {box["data-chart"] for box in drawn_here} == set(json.loads(str(island.string)) if island else ()), path
        assert bool(page.select("noscript")) == bool(drawn_here), path
        for link in page.select("a[href]"):
            target = urldefrag(link["href"]).url
            if target.startswith("/") and target not in seen:
                seen.add(target)
                waiting.append(target)
    kinds = {urlsplit(path).path.split("/")[1] for path in seen}
    assert kinds >= {
        "projects", "companies", "places", "chips", "announcements", "documents", "claims", "totals", "sources", "map",
        "timeline", "compare", "conflicts", "changes", "accuracy", "glossary", "about", "downloads", "feeds",
        "questions",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/front", "/projects", "/projects/hyperion", "/companies", "/companies/meta", "/places", "/places/us-tx",
        "/chips",
        "/chips/nvidia-gb200", "/announcements", "/announcements/a-d-abilene", "/documents/d-abilene",
        f"/claims/{A_CLAIM}",
        "/timeline", "/map", "/conflicts", "/totals", "/totals/t-all-power-announced", "/changes", "/sources",
        "/sources/meta", "/accuracy", "/downloads", "/about", "/glossary", "/feeds",
    ],
)  # fmt: skip
async def test_json_has_one_shape(served: Any, path: str) -> None:
    response = await served.client.get(f"{path}.json")
    body = response.json()
    assert set(body) == {"title", "description", "url", "licence", "data", "charts", "queries"}
    assert body["data"].keys() == body["queries"].keys()
    for name, rows in body["data"].items():
        query = body["queries"][name]
        assert all(isinstance(row, dict) for row in rows)
        again = await served.client.get(query["url"].replace("?", ".json?_shape=objects&", 1).split("localhost", 1)[-1])
        assert again.status_code == 200, (path, name, again.text[:300])
        if not query["cut"]:
            assert len(again.json()["rows"]) == len(rows), (path, name)


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/claims/none"])
async def test_every_page_says_its_sql(served: Any, path: str) -> None:
    page = await soup(served, path)
    queries = [str(link["href"]) for link in page.select("main a[href*='?sql=']")]
    editor = page.select("form textarea[name=sql]")
    assert queries or editor, path
    for address in queries[:1]:
        answer = await served.client.get(address.replace("?", ".json?_shape=objects&", 1))
        assert answer.status_code == 200, (path, answer.text[:200])


async def test_the_questions_are_there_for_programs(served: Any) -> None:
    body = (await served.client.get("/questions.json")).json()
    assert set(body) == {"title", "description", "url", "licence", "data", "charts", "queries"}
    asked = {question["name"]: question for question in body["data"]["questions"]}
    assert len(asked) >= 25
    assert asked["company_deals"]["params"] == ["company"]
    address = urlsplit(asked["company_deals"]["url"]).path
    assert (await served.client.get(f"{address}.json?company=Meta")).json()["rows"]


async def test_feeds_show_what_is_newest_in_each(served: Any) -> None:
    page = await soup(served, "/feeds")
    shown = [link["href"] for link in page.select("main .plain-list a[href^='/projects/']")]
    assert shown
    titles = [link.get_text() for link in page.select("main .plain-list a[href^='/announcements/']")]
    entries = ElementTree.fromstring((await served.client.get("/feeds/announcements.atom")).text)
    assert titles == [str(title.text) for title in entries.iterfind(f"{ATOM}entry/{ATOM}title")][:4]


@pytest.mark.parametrize("what", ["projects", "companies", "places", "chips", "announcements", "totals", "sources"])
async def test_unknown_ids(served: Any, what: str) -> None:
    assert "There is no such" in words(await soup(served, f"/{what}/nothing-of-the-kind", 404))


async def test_project(served: Any) -> None:
    page = await soup(served, "/projects/hyperion")
    text = words(page)
    for expected in (
        "Richland Parish, Louisiana, United States", "5 GW", "at least $50 billion", "by the end of 2029", "Blue Owl",
        "Project Sucre", "Meta picks Richland Parish", "910 hectares", "2.26 GW",
    ):  # fmt: skip
        assert expected in text, expected
    charts = await drawn(served, "/projects/hyperion")
    assert charts.keys() == {"power", "capex", "map"}
    assert charts["power"]["title"] == "Power capacity, by the day it was said"
    assert charts["power"]["y"]["title"] == "Power capacity (GW)"
    marks = charts["power"]["marks"]
    assert [mark["text"] for mark in marks] == [
        "at least 2 GW, said by Meta on 21 October 2025", "5 GW, said by Data Hall Weekly on 13 July 2026",
    ]  # fmt: skip
    assert len(charts["map"]["marks"]) == 1
    values = [value.get_text(strip=True) for value in page.select(".cards .value")]
    assert "5 GW" in values


async def test_umbrella_lists_its_sites_and_sums_nothing(served: Any) -> None:
    text = words(await soup(served, "/projects/stargate"))
    assert "Programme of several sites" in text
    assert "Stargate Abilene" in text
    assert "Stargate Norway" in text


async def test_headline_figure_stands_in_its_sentence(served: Any) -> None:
    page = await soup(served, "/projects/hyperion")
    for line in page.select(".cards .quote-line"):
        assert line.mark
        assert len(line.get_text()) > len(line.mark.get_text()) + 10


async def test_project_without_figures_says_so(served: Any) -> None:
    text = words(await soup(served, "/projects/quiet-site"))
    assert "No document we have read gives a figure" in text


async def test_projects_are_filtered(served: Any) -> None:
    assert "Stargate Norway" not in words(await soup(served, "/projects?country=US"))
    assert "Stargate Norway" in words(await soup(served, "/projects?q=nscale"))
    assert "Hyperion" in words(await soup(served, "/projects?q=sucre"))
    assert "No project fits" in words(await soup(served, "/projects?q=%25%27%22<b>"))


async def test_company(served: Any) -> None:
    text = words(await soup(served, "/companies/microsoft"))
    assert "about $80 billion" in text
    assert "FY2025" in text
    assert "Fairwater Wisconsin" in text
    assert "$300 billion" in words(await soup(served, "/companies/oracle"))


async def test_place_holds_smaller_places(served: Any) -> None:
    text = words(await soup(served, "/places/us-tx"))
    assert "Stargate Abilene" in text
    assert "up to 1.2 GW" in text
    assert "Hyperion" in words(await soup(served, "/places/us"))


async def test_announcement(served: Any) -> None:
    text = words(await soup(served, "/announcements/a-d-abilene"))
    assert "1 independent publisher in 1 document" in text
    assert "450,000 chips" in text


async def test_a_brief_is_said_to_be_ours(served: Any) -> None:
    ours = "ur brief of a page by OpenAI"
    claim = small_base.claim_id("d-stargate", 0)
    for path in (f"/claims/{claim}", "/documents/d-stargate", "/announcements/a-d-stargate"):
        page = await soup(served, path)
        assert ours in page.find("main").get_text(), path
        assert "company itself" not in page.find("main").get_text(), path
    assert "OpenAI (company itself)" in (await soup(served, f"/claims/{A_CLAIM}")).get_text()
    description = (await soup(served, f"/claims/{claim}")).find("meta", {"name": "description"})["content"]
    assert description == "“$500 billion”: our brief of a page by OpenAI."


async def test_conflict_shows_both_sides(served: Any) -> None:
    text = words(await soup(served, "/conflicts"))
    assert "“2 gigawatts”" in text
    assert "“1.2 GW”" in text
    assert "Data Hall Weekly" in text


async def test_totals_show_gross_net_and_what_is_left_out(served: Any) -> None:
    text = words(await soup(served, "/totals"))
    assert "7.23 GW" in text
    assert "9.23 GW" in text
    one = words(await soup(served, "/totals/t-all-power-announced"))
    assert "superseded" in one
    assert "the plan was raised" in one
    front = words(await soup(served, "/"))
    assert "7.23 GW" in front


async def test_no_total_is_shown_while_there_is_none(tmp_path: Path) -> None:
    datasette = await site(small_base.build(tmp_path / "gigawatch.db"))
    assert "No totals have been worked out yet" in words(await soup(datasette, "/totals"))
    assert "counted once" not in words(await soup(datasette, "/"))


@pytest.mark.parametrize("address", ["/compare", "/compare?company="])
async def test_compare_begins_with_examples(served: Any, address: str) -> None:
    page = await soup(served, address)
    examples = [a["href"] for a in page.select("main a[href*='compare?']") if a["href"].count("=") == 2]
    assert examples
    for href in examples:
        assert "side by side" in words(await soup(served, href))
        assert "There is no" not in words(await soup(served, href))


async def test_compare(served: Any) -> None:
    text = words(await soup(served, "/compare?project=hyperion&project=Stargate+Abilene&project=project+sucre"))
    assert "5 GW" in text
    assert "2 GW" in text
    assert "450,000 chips" in text
    text = words(await soup(served, "/compare?company=Meta&company=microsoft&company=nobody"))
    assert "There is no company called “ nobody ”" in text
    assert "about $80 billion" in text


async def test_timeline(served: Any) -> None:
    page = await soup(served, "/timeline")
    text = words(page)
    assert text.index("by the end of 2026") < text.index("mid-2027") < text.index("by the end of 2029")
    assert "second half of 2026" not in text, "only the newest stated date of a project"
    assert len((await drawn(served, "/timeline"))["openings"]["marks"]) == 3


async def test_map(served: Any) -> None:
    page = await soup(served, "/map")
    assert len(page.select("tbody tr")) == 4
    assert len((await drawn(served, "/map"))["map"]["marks"]) == 4
    assert len((await drawn(served, "/map?region=europe"))["map"]["marks"]) == 1
    assert (await drawn(served, "/map?region=moon"))["map"]["title"] == "Projects: The world"


async def test_changes_and_sources(served: Any) -> None:
    assert "figure added" in words(await soup(served, "/changes"))
    assert "Nothing changed in these days" in words(await soup(served, "/changes?days=1"))
    text = words(await soup(served, "/sources"))
    for expected in ("1 failing", "no links where 5 were expected", "not read yet"):
        assert expected in text
    assert "too few" not in text.lower()


async def test_accuracy_shows_only_what_was_measured(served: Any, tmp_path: Path) -> None:
    assert "95.0%" in words(await soup(served, "/accuracy"))
    empty = await site(small_base.build_empty(tmp_path / "gigawatch.db"))
    assert "no measurement yet" in words(await soup(empty, "/accuracy"))


@pytest.mark.parametrize("path", EMPTY)
async def test_pages_of_an_empty_base(tmp_path: Path, path: str) -> None:
    datasette = await site(small_base.build_empty(tmp_path / "gigawatch.db"))
    assert (await datasette.client.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stargate", "Stargate Abilene"),
        ("sucre", "also Project Sucre"),
        ("GB200", "“450,000 GB200 chips”"),
        ("hydropower", "Stargate Norway: 230 MW of"),
        ("abil", "Abilene, Texas, US"),
        ('"joint venture"', "Meta and Blue Owl form a joint venture"),
    ],
)
async def test_search_finds(served: Any, query: str, expected: str) -> None:
    response = await served.client.get("/search", params={"q": query})
    assert expected in words(BeautifulSoup(response.text, "lxml"))


@pytest.mark.parametrize(
    "query", ["", '"', "'); drop table claims; --", "(", "* NEAR", "\x00", "a" * 5000, "<b>x</b>", "…"]
)
async def test_search_survives_anything(served: Any, query: str) -> None:
    response = await served.client.get("/search", params={"q": query})
    assert response.status_code == 200
    assert "<b>x</b>" not in response.text


@pytest.mark.parametrize("name", ["announcements", "figures", "status"])
async def test_atom(served: Any, name: str) -> None:
    response = await served.client.get(f"/feeds/{name}.atom")
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.text)
    assert feed.tag == f"{ATOM}feed"
    for part in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{part}")
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.findtext(f"{ATOM}updated") or "")
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        path = urlsplit(link.attrib["href"]).path
        assert (await served.client.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("/feeds/announcements.atom?company=nscale", {"Stargate Norway: 230 MW of hydropower computing near Narvik"}),
        ("/feeds/announcements.atom?min_mw=4000", {"Hyperion now a five-gigawatt plan"}),
        (
            "/feeds/figures.atom?project=fairwater-wisconsin&min_usd=3.5e9",
            {"Fairwater Wisconsin: money to build $4 billion"},
        ),
        ("/feeds/status.atom?country=NO", {"Stargate Norway: announced"}),
        ("/feeds/status.atom?company=nobody", set()),
    ],
)
async def test_feeds_are_narrowed(served: Any, path: str, titles: set[str]) -> None:
    feed = ElementTree.fromstring((await served.client.get(path)).text)
    assert {entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")} == titles


async def test_calendar(served: Any) -> None:
    response = await served.client.get("/feeds/openings.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = response.text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20270831" in lines
    assert "SUMMARY:Stargate Abilene: should be live (mid-2027)" in lines


async def test_sitemap_lists_pages_that_exist(served: Any) -> None:
    index = ElementTree.fromstring((await served.client.get("/sitemap.xml")).text)
    maps = [urlsplit(element.text or "").path for element in index.iter() if element.tag.endswith("loc")]
    pages = []
    for path in maps:
        tree = ElementTree.fromstring((await served.client.get(path)).text)
        pages += [urlsplit(element.text or "").path for element in tree.iter() if element.tag.endswith("loc")]
    assert "/projects/hyperion" in pages
    for path in pages[::5]:
        assert (await served.client.get(path or "/")).status_code == 200
    assert "Sitemap: " in (await served.client.get("/robots.txt")).text
    assert (await served.client.get("/sitemap-nothing-1.xml")).status_code == 404


async def test_pages_describe_themselves_to_machines(served: Any) -> None:
    for path, kind in (
        ("/downloads", "Dataset"), ("/projects/hyperion", "Place"), ("/companies/meta", "Organization"),
        (f"/claims/{A_CLAIM}", "Claim"), ("/announcements/a-d-hostile", "NewsArticle"),
    ):  # fmt: skip
        page = await soup(served, path)
        data = page.find("script", type="application/ld+json")
        assert data
        assert f'"@type": "{kind}"' in str(data.string)
        canonical = page.find("link", rel="canonical")
        assert canonical
        assert canonical["href"].endswith(path)
        for name in ("og:title", "og:description", "og:url"):
            assert page.find("meta", property=name)


async def test_pages_name_their_feeds_and_their_json(served: Any) -> None:
    for path, feeds in (
        ("/", 3),
        ("/companies/meta", 1),
        ("/projects/hyperion", 1),
        ("/places/us-tx", 1),
        ("/feeds", 3),
    ):
        page = await soup(served, path)
        found = page.find_all("link", type=["application/atom+xml", "text/calendar"])
        assert len(found) >= feeds, path
        for link in [*found, *page.find_all("link", type="application/json")]:
            assert (await served.client.get(link["href"])).status_code == 200, link
    page = await soup(served, "/gigawatch/claims?metric=power")
    assert page.find("link", rel="canonical")["href"] == "/gigawatch/claims"  # type: ignore[index]


async def test_a_vendor_leads_to_its_page(served: Any) -> None:
    page = await soup(served, "/chips")
    assert [link["href"] for link in page.select("main h2 a")] == ["/companies/nvidia"]
    assert (await soup(served, "/chips/nvidia-gb200")).select_one(".kicker a")
