"""
The site in a real Chromium: the paths of a journalist, an analyst and a newcomer on a phone.

Skipped, with a word, where there is no Chromium; GIGAWATCH_REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from datasette.app import Datasette
from playwright.sync_api import Browser, Page, expect, sync_playwright

import small_base
from site_pages import PAGES

pytestmark = pytest.mark.browser


def chromium() -> str | None:
    """Where a Chromium is, if anywhere."""
    found = os.environ.get("GIGAWATCH_CHROMIUM")
    return found or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("GIGAWATCH_REQUIRE_BROWSER") == "1":
            pytest.fail("GIGAWATCH_REQUIRE_BROWSER=1, but there is no Chromium: install the package chromium")
        pytest.skip("no Chromium here: install the package chromium to run the browser tests")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site, served on a free port of this machine."""
    path = small_base.build(tmp_path_factory.mktemp("browser") / "gigawatch.db")
    small_base.add_totals(path)
    server = uvicorn.Server(uvicorn.Config(Datasette([str(path)]).app(), host="127.0.0.1", port=0, log_level="error"))
    listener = server.config.bind_socket()
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


class Watched:
    """A page that remembers what went wrong and where it asked for things."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.troubles: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda request: self._request(request.url))

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and "status of 404" not in text:
            self.troubles.append(text)

    def _request(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.elsewhere.append(url)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watched = Watched(context.new_page(), address)
    yield watched
    context.close()
    assert not watched.troubles
    assert not watched.elsewhere, "nothing may be loaded from another host"


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Watched]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, java_script_enabled=False
    )
    watched = Watched(context.new_page(), address)
    yield watched
    context.close()
    assert not watched.troubles
    assert not watched.elsewhere


def test_today_is_written_over_its_line(desk: Watched) -> None:
    page = desk.go("/timeline")
    word = page.locator("[data-chart=openings] svg text", has_text="today").bounding_box()
    line = page.locator("[data-chart=openings] svg line[stroke-dasharray], svg [stroke-dasharray] line").bounding_box()
    assert word
    assert line
    assert abs(word["x"] + word["width"] / 2 - line["x"] - line["width"] / 2) < 2
    assert word["y"] + word["height"] < line["y"]


def test_a_phone_shows_each_figure_with_its_quote_and_publisher(phone: Watched) -> None:
    for path in ("/", "/projects/hyperion", "/companies/microsoft", "/projects", "/conflicts", "/totals"):
        page = phone.go(path)
        assert page.locator("table.stack").count(), path
        wide = page.locator(".scroll:has(table.stack)").evaluate_all(
            "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).map(box => box.getAttribute('aria-label'))"
        )
        assert wide == [], path


def test_journalist_finds_what_a_figure_rests_on(desk: Watched) -> None:
    page = desk.go("/")
    page.get_by_label("Find a project, a company, a place or a phrase").fill("stargate")
    page.get_by_label("Find a project, a company, a place or a phrase").press("Enter")
    page.get_by_role("link", name="Stargate Abilene").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stargate Abilene")
    page.locator(".cards").get_by_role("link", name="2 GW").click()
    expect(page.locator("blockquote mark")).to_have_text("2 gigawatts")
    expect(page.get_by_role("heading", name="What others say about the same")).to_be_visible()
    original = page.get_by_role("link", name="the original")
    assert original.get_attribute("href") == "https://trade-news.example/d-abilene-press"
    page.get_by_role("link", name="Abilene campus grows to 2 gigawatts").click()
    expect(page.locator(".document-text mark").first).to_be_visible()


def test_analyst_compares_and_downloads(desk: Watched) -> None:
    page = desk.go("/compare?company=")
    page.get_by_label("Company 1").fill("Meta")
    page.get_by_label("Company 2").fill("Microsoft")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("table")).to_contain_text("about $80 billion")
    expect(page.get_by_role("table")).to_contain_text("Hyperion")
    desk.go("/downloads")
    with page.expect_download() as waiting:
        page.get_by_role("row", name="stated_figures").get_by_role("link", name="CSV").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "450,000 GB200 chips" in text


CHARTS = {
    "/": {"map": 4},
    "/projects/hyperion": {"power": 2, "capex": 2, "map": 0},
    "/companies/microsoft": {"guidance": 1},
    "/places/us-tx": {"map": 0},
    "/timeline": {"openings": 3},
    "/map": {"map": 4},
    "/map?region=europe": {"map": 1},
}
"""How many marks each chart has; the dot that shows where a page's own place is leads nowhere."""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", CHARTS)
def test_charts_are_drawn_from_the_rows(desk: Watched, path: str, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    page = desk.go(path)
    expect(page.locator("[data-chart]")).to_have_count(len(CHARTS[path]))
    data = json.loads(page.locator("#chart-data").text_content() or "")
    for name, count in CHARTS[path].items():
        svg = page.locator(f"[data-chart={name}] > svg")
        expect(svg).to_have_attribute("aria-label", data[name]["title"])
        expect(svg.locator("a")).to_have_count(count)
        marks = data[name]["marks"]
        assert svg.locator("a").evaluate_all("found => found.map(a => a.getAttribute('aria-label')).sort()") == sorted(
            mark["text"] for mark in marks if "href" in mark
        )
        titles = [data[name][axis]["title"] for axis in ("x", "y") if axis in data[name]]
        for title in titles:
            assert svg.get_by_text(title).count(), title
        box = svg.bounding_box()
        assert box
        assert box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_chart_leads_to_its_quotes_by_keyboard(desk: Watched) -> None:
    page = desk.go("/projects/hyperion")
    marks = page.locator("[data-chart=power] svg a")
    expect(marks).to_have_count(2)
    page.locator("[data-chart=power]").evaluate("box => box.querySelector('a').focus()")
    tip = page.locator("[data-chart=power] [aria-label=tip]")
    expect(tip).to_contain_text("at least 2 GW, said by Meta")
    page.keyboard.press("Tab")
    expect(tip).to_contain_text("5 GW, said by Data Hall Weekly")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("blockquote mark")).to_have_text("2 gigawatts")


def test_a_chart_says_what_is_under_the_pointer(desk: Watched) -> None:
    page = desk.go("/timeline")
    page.locator("[data-chart=openings] svg a rect").first.hover()
    expect(page.locator("[data-chart=openings] [aria-label=tip]")).to_contain_text("by the end of 2026")


def test_charts_follow_the_colours_and_the_width_of_the_page(desk: Watched) -> None:
    page = desk.go("/timeline")
    bar = page.locator("[data-chart=openings] svg a rect").first
    light = bar.evaluate("bar => getComputedStyle(bar).fill")
    page.emulate_media(color_scheme="dark")
    assert bar.evaluate("bar => getComputedStyle(bar).fill") != light
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_function("document.querySelector('[data-chart] svg').getBoundingClientRect().right <= 600")
    # Taking a picture of a long page makes it as narrow as this for a moment.
    page.locator("[data-chart]").evaluate("box => { box.style.width = '20px'; }")
    page.locator("[data-chart]").evaluate("box => new Promise(done => setTimeout(done, 100))")
    assert page.locator("[data-chart] svg").count() == 1


def test_without_javascript_the_table_says_the_same(phone: Watched) -> None:
    page = phone.go("/timeline")
    expect(page.locator("noscript .empty")).to_be_visible()
    expect(page.locator("[data-chart]")).to_be_hidden()
    expect(page.get_by_role("table")).to_contain_text("by the end of 2029")


def test_question_is_asked_with_a_parameter(desk: Watched) -> None:
    page = desk.go("/questions")
    box = page.locator("li", has_text="Which contracts and financings has a company made?")
    box.get_by_label("company").fill("Meta")
    box.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("table")).to_contain_text("$27 billion")
    page.get_by_role("link", name="“$27 billion”").click()
    expect(page.locator("blockquote mark")).to_have_text("$27 billion")


def test_newcomer_on_a_phone_without_javascript(phone: Watched) -> None:
    page = phone.go("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Projects", exact=True).first.click()
    page.get_by_role("link", name="Hyperion").first.click()
    page.locator(".cards a.figure").first.click()
    expect(page.locator("blockquote mark")).to_be_visible()


def test_skip_link_is_first_and_works(desk: Watched) -> None:
    page = desk.go("/projects")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    """One phone for many pages."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(narrow: Page, address: str, path: str) -> None:
    narrow.goto(address + path)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 390, path
    wide = narrow.locator(".scroll, .table-wrapper").evaluate_all(
        "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.outerHTML.slice(0, 120))"
    )
    assert wide == [], path


@pytest.fixture(scope="module")
def examined(browser: Browser) -> Iterator[Page]:
    """A page that axe may be put into: ours allow no script from outside."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_no_serious_finding_of_axe(examined: Page, address: str, path: str) -> None:
    examined.emulate_media(color_scheme="light")
    examined.goto(address + path)
    for box in examined.locator("[data-chart]").all():
        expect(box.locator("svg")).to_be_attached()
    found = [*_serious(examined, {"resultTypes": ["violations"]})]
    examined.emulate_media(color_scheme="dark")
    found += _serious(examined, {"runOnly": ["color-contrast"]})
    assert not found, "\n".join(found[:10])


def _serious(page: Page, options: dict[str, Any]) -> list[str]:
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in Axe().run(page, options=options).response["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]
