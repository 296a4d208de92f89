"""The date of a page: which evidence wins, and what is not believed."""

from __future__ import annotations

import pytest

from db.records import Capture, Link, Source
from ingest.pages.page import read_page
from ingest.pages.published import Published, find_published

URL = "https://www.example.com/news/x"


def published(
    html: str,
    url: str = URL,
    link_date: str | None = None,
    reader: str = "feed",
    fetched_at: str = "2026-11-24T12:00:00Z",
    text: str = "",
) -> Published:
    capture = Capture(url, url, fetched_at, 200, "new", html.encode())
    source = Source("s", "S", "https://www.example.com/feed", reader, "press")
    return find_published(read_page(html), html, text, capture, Link(url, None, link_date), source)


def ld(date: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "Article", "datePublished": "{date}"}}</script>'


def og(date: str) -> str:
    return f'<meta property="article:published_time" content="{date}">'


def meta(date: str, name: str = "parsely-pub-date") -> str:
    return f'<meta name="{name}" content="{date}">'


TIME = '<time class="entry-date published" datetime="2026-03-04T05:06:00+01:00">4 March</time>'


@pytest.mark.parametrize(
    ("html", "url", "link_date", "at", "evidence"),
    [
        (ld("2026-03-01T23:30:00-05:00") + og("2026-03-09"), URL, None, "2026-03-02T04:30:00Z", "json-ld"),
        (ld("yesterday") + og("2026-03-09"), URL, None, "2026-03-09", "open-graph"),
        (og("2026-03-09T10:00:00") + meta("2026-03-10"), URL, None, "2026-03-09", "open-graph"),
        (meta("2026-03-10T00:00:00Z") + TIME, URL, None, "2026-03-10T00:00:00Z", "meta"),
        (meta("Tuesday, January 28, 2025, 10:23 AM", "article_date_original"), URL, None, "2025-01-28", "meta"),
        (TIME + "<time>5 March 2026</time>", URL, None, "2026-03-04T04:06:00Z", "time"),
        ("<time>March 5, 2026</time>", URL, "2026-03-06", "2026-03-06", "feed"),
        ("<time>March 5, 2026</time>", "https://www.example.com/2026/03/04/x", None, "2026-03-04", "url"),
        ("<time>March 5, 2026</time>", URL, None, "2026-03-05", "time"),
        ("<time>March 5, 2026</time><time>March 9, 2026</time>", URL, "2026-03-06", "2026-03-06", "feed"),
        ("", "https://www.example.com/2026/3/7/hall", "2026-03-06", "2026-03-07", "url"),
        ("", "https://www.example.com/news/hall-2026-03-07.html", None, "2026-03-07", "url"),
        ("", "https://www.example.com/news/2026/mar/07/hall", None, "2026-03-07", "url"),
        ("", "https://www.example.com/2026-plan-10/2026/03/07/hall", None, "2026-03-07", "url"),
        ("", "https://www.example.com/20260307/hall", None, "2026-03-07", "url"),
        ("", "https://www.example.com/2026/13/77/hall", "2026-03-06T01:02:03Z", "2026-03-06T01:02:03Z", "feed"),
        ("<p>Nothing</p>", URL, None, None, None),
    ],
)
def test_the_first_sure_evidence_wins(
    html: str, url: str, link_date: str | None, at: str | None, evidence: str | None
) -> None:
    found = published(html, url, link_date)
    assert (found.at, found.evidence) == (at, evidence)


def test_the_channel_names_its_own_kind() -> None:
    assert published("", link_date="2026-03-06", reader="sitemap").evidence == "sitemap"
    assert published(ld("2026-03-09"), link_date="2026-03-06", reader="edgar") == Published("2026-03-06", "edgar")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("NARVIK, Norway, Nov. 17, 2026 - Example Compute will build", "2026-11-17"),
        ("SANTA CLARA, Calif. – November 17, 2026 – Example", "2026-11-17"),
        ("ABU DHABI, UAE, 17 November 2026 /Newswire/ -- Example", "2026-11-17"),
        ("London (November 17, 2026): Example", "2026-11-17"),
        ("Press release\nNew York, NY. November 17, 2026", "2026-11-17"),
        ("On November 17, 2025, the company said that it would build", None),
        ("The campus, announced on March 3, 2024, has grown", None),
    ],
)
def test_a_dateline(text: str, at: str | None) -> None:
    assert published("", text=text) == (Published(at, "text") if at else Published())


def test_a_date_with_a_label() -> None:
    html = (
        "<html><body><p>Published: 12 March 2026</p><p>Hall two opens. It was begun on 3 March 2024.</p></body></html>"
    )
    assert published(html) == Published("2026-03-12", "text")


def test_the_last_resort_is_a_search_through_the_page() -> None:
    html = "<html><body><p>Hall two opens.</p><div class='post-date'>12.03.2026</div></body></html>"
    assert published(html) == Published("2026-03-12", "htmldate")


def test_a_date_in_the_future_is_not_believed() -> None:
    found = published(ld("2027-01-01") + meta("2026-03-10"))
    assert (found.at, found.evidence) == ("2026-03-10", "meta")
    (issue,) = found.issues
    assert (issue.kind, issue.level, issue.url) == ("future_date", "warning", URL)
    assert "json-ld dates the page '2027-01-01', in the future" in issue.message


def test_tomorrow_may_already_be_today_elsewhere() -> None:
    assert published(ld("2026-11-25"), fetched_at="2026-11-24T12:00:00Z").at == "2026-11-25"
    assert published(ld("2026-11-25"), fetched_at="2026-11-24T09:00:00Z").at is None


def test_a_date_before_the_web_is_not_believed() -> None:
    found = published(ld("1970-01-01T00:00:00Z"))
    assert found.at is None
    assert [issue.kind for issue in found.issues] == ["old_date"]
