"""
A site where everything goes wrong at once, through the whole program: each trouble is an issue that says what and
where, what is stored stays, and the run goes on to the good page.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_httpserver import HTTPServer

from db.schema import open_database
from ingest.cli import main
from samples import digest
from test_cli import ARTICLE

GOOD = ARTICLE.format(title="Example Cloud plans a campus", day=1, money="$5 billion", power="100 megawatts")
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + "]><rss><channel><item><title>&i;</title><link>http://127.0.0.1/x</link></item></channel></rss>"
)
FUTURE = GOOD.replace("2026-11-01T", "2031-11-01T")
SHELL = '<html><head><title>App</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>'
CHECK = (
    "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing example.com"
    '</h1><form id="challenge-form" action="/cdn-cgi/challenge-platform/x"></form>'
    "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"
)

# What a page does, and the kind of issue that must come of it; None where it must become a document all the same.
PAGES: dict[str, tuple[str | bytes, int, dict[str, str], str | None]] = {
    "good": (GOOD, 200, {}, None),
    "charset": (GOOD.replace("Monday", "Montag für Köln").encode("latin-1"), 200, {}, None),
    "empty": ("", 200, {}, "empty_body"),
    "no-text": ("<html><body><nav>Menu</nav></body></html>", 200, {}, "no_text"),
    "forbidden": ("no", 403, {}, "forbidden"),
    "missing": ("no", 404, {}, "not_found"),
    "gone": ("no", 410, {}, "gone"),
    "busy": ("no", 429, {"Retry-After": "86400"}, "rate_limited"),
    "broken": ("no", 503, {"Retry-After": "86400"}, "rate_limited"),
    "loop": ("", 302, {"Location": "/loop"}, "redirect_loop"),
    "future": (FUTURE, 200, {}, None),
    "shell": (SHELL, 200, {}, "empty_shell"),
    "check": (CHECK, 200, {}, "bot_check"),
}


@pytest.fixture
def bad_site(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request("/robots.txt").respond_with_data("")
    urls = {name: httpserver.url_for(name) for name in PAGES}
    for name in ("busy", "broken"):
        # A host that asks to be left alone is left alone with all its pages, so these are on one of their own.
        urls[name] = urls[name].replace("localhost", "127.0.0.1")
    links = "".join(f"<item><title>{name}</title><link>{url}</link></item>" for name, url in urls.items())
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{links}</channel></rss>'
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    for name, (body, status, headers, _) in PAGES.items():
        kind = "text/html" if name == "charset" else "text/html; charset=utf-8"
        httpserver.expect_request(f"/{name}").respond_with_data(body, status=status, headers=headers, content_type=kind)
    return httpserver


def catalogue(folder: Path, *entries: tuple[str, str, str]) -> str:
    path = folder / "sources.yml"
    rest = "publisher: Example, tier: press, links: [1, 99], every: 7d"
    rows = [f"  - {{slug: {slug}, url: {url}, reader: {reader}, {rest}}}" for slug, url, reader in entries]
    path.write_text("sources:\n" + "\n".join(rows) + "\n")
    return str(path)


def test_every_bad_page_is_an_issue_and_the_good_ones_are_stored(bad_site: HTTPServer, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    words = ["ingest", "--db", str(database), "--interval", "0", "--quiet"]
    words += ["--catalogue", catalogue(tmp_path, ("bad", bad_site.url_for("feed"), "feed"))]
    result = CliRunner().invoke(main, [*words, "--allow-private"])
    assert result.exit_code == 0, result.output
    db = open_database(database)
    found = {
        str(url).rsplit("/", 1)[-1]: (kind, message)
        for url, kind, message in db.execute("SELECT url, kind, message FROM issues WHERE kind != 'future_date'")
    }
    expected = {name: kind for name, (*_, kind) in PAGES.items() if kind}
    # Of the two on the host that is left alone, the second is not even asked for.
    busy = {found.pop(name)[0] for name in ("busy", "broken")} | {expected.pop(name) for name in ("busy", "broken")}
    assert busy <= {"rate_limited", "server_error"}
    assert {name: found[name][0] for name in expected if name in found} == expected
    assert all(len(message) > 10 for _, message in found.values())
    stored = {str(row[0]).rsplit("/", 1)[-1] for row in db.execute("SELECT url FROM documents")}
    assert stored == {"good", "charset", "future"}
    assert "für Köln" in db.execute("SELECT text FROM documents WHERE url LIKE '%charset'").fetchone()[0]
    date, evidence = db.execute(
        "SELECT published_at, published_evidence FROM documents WHERE url LIKE '%future'"
    ).fetchone()
    assert date is None or date < "2031"
    assert db.execute("SELECT count(*) FROM issues WHERE kind LIKE '%future%'").fetchone()[0] >= 1 or evidence is None
    before = digest(db, ("runs", "source_runs", "issues", "captures"))
    assert CliRunner().invoke(main, [*words, "--allow-private"]).exit_code == 0
    assert digest(db, ("runs", "source_runs", "issues", "captures")) == before
    assert db.execute("SELECT min(count), max(count) FROM issues WHERE kind = 'not_found'").fetchone() == (2, 2)


@pytest.mark.parametrize(
    ("body", "kind", "issue"),
    [
        (b"this is no feed", "text/plain", "bad_feed|unreadable_feed|bad_listing|empty|no_items|too_few"),
        (GOOD.encode(), "text/html", "html_instead_of_feed"),
        (b"", "application/rss+xml", "empty_body"),
        (BOMB.encode(), "application/rss+xml", "entit"),
        (b"<rss><channel></channel></rss>", "application/rss+xml", "few|empty"),
    ],
)
def test_a_bad_channel_fails_its_source_and_not_the_others(
    httpserver: HTTPServer, tmp_path: Path, body: bytes, kind: str, issue: str
) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("")
    httpserver.expect_request("/bad").respond_with_data(body, content_type=kind)
    item = f"<item><title>good</title><link>{httpserver.url_for('good')}</link></item>"
    feed = f'<rss version="2.0"><channel>{item}</channel></rss>'
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    httpserver.expect_request("/good").respond_with_data(GOOD, content_type="text/html")
    listed = catalogue(
        tmp_path, ("bad", httpserver.url_for("bad"), "feed"), ("well", httpserver.url_for("feed"), "feed")
    )
    words = ["ingest", "--db", str(tmp_path / "a.db"), "--catalogue", listed, "--interval", "0", "--allow-private"]
    result = CliRunner().invoke(main, [*words, "--quiet"])
    assert result.exit_code == 1
    db = open_database(tmp_path / "a.db")
    assert db["documents"].count == 1
    errors = dict(db.execute("SELECT source, error FROM source_runs"))
    assert errors["well"] is None
    assert re.search(issue, errors["bad"]), errors["bad"]


def test_a_huge_body_is_refused_before_it_fills_memory(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("")
    # 200 MB that travel as 200 kB.
    packed = gzip.compress(b"<p>word</p>" * (200_000_000 // 11), compresslevel=9)
    httpserver.expect_request("/huge").respond_with_data(
        packed, content_type="text/html", headers={"Content-Encoding": "gzip"}
    )
    words = ["add", httpserver.url_for("huge"), "--db", str(tmp_path / "a.db"), "--interval", "0"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    db = open_database(tmp_path / "a.db")
    assert db.execute("SELECT kind FROM issues").fetchall() == [("too_large",)]
    assert db["documents"].count == 0
