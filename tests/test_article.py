"""Pages to documents: every page in pages/ beside what it must give, and what is refused."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import Capture, Document, Link, Source
from ingest.errors import BlockedError, DocumentError, EmptyShellError
from ingest.home_country import country_of
from ingest.pages.article import read_article
from ingest.pages.origin import site_of

FOLDER = Path(__file__).parent / "pages"
CASES = sorted(FOLDER.glob("*.expected.json"))
SOURCE = Source("example", "Example Compute", "https://example.com/feed", "feed", "issuer", country="NO")
WORDS = "A campus of 40 MW will be built on the old airfield, the county said, and it opens in 2028. " * 3


def capture(body: bytes, url: str = "https://www.example.com/news/x", **fields: Any) -> Capture:
    fields = {"content_type": "text/html; charset=utf-8"} | fields
    return Capture(url, fields.pop("final_url", url), "2026-11-24T12:00:00Z", 200, "new", body, **fields)


def read(body: bytes, link: Link | None = None, source: Source = SOURCE, **fields: Any) -> Document:
    page = capture(body, **fields)
    return read_article(page, link or Link(page.url), source)


def page_of(head: str = "", body: str = f"<article><p>{WORDS}</p></article>") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_every_page_has_its_expectation() -> None:
    pages = {f.name.partition(".")[0] for f in FOLDER.iterdir()}
    assert pages == {case.name.removesuffix(".expected.json") for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.removesuffix(".expected.json"))
def test_page(case: Path) -> None:
    expected = json.loads(case.read_text(encoding="utf-8"))
    url = f"https://www.example.com/pages/{case.name.removesuffix('.expected.json')}.html"
    body = (FOLDER / url.rpartition("/")[2]).read_bytes()
    link = Link(url, expected.pop("link_title", None), expected.pop("link_date", None))
    document = read(body, link, replace(SOURCE, reader=expected.pop("reader", "feed")), url=url)
    for words in expected.pop("has"):
        assert words in f"\n{document.text}\n"
    for words in expected.pop("has_not"):
        assert words not in document.text
    assert [issue.kind for issue in document.issues] == expected.pop("issues")
    assert {name: getattr(document, name) for name in expected} == expected
    assert document.url == url
    assert all(line == line.strip() and line for line in document.text.split("\n"))


@pytest.mark.parametrize(
    ("body", "fields", "kind"),
    [
        (b"", {}, "empty_page"),
        (b"  \n", {}, "empty_page"),
        (b"%PDF-1.7\n\x00\x01", {"content_type": "application/pdf"}, "pdf_document"),
        (b"%PDF-1.7\n\x00\x01", {}, "pdf_document"),
        (b"\x89PNG\r\n\x1a\n\x00", {"content_type": "image/png"}, "not_a_page"),
        (b"PK\x03\x04\x00\x00\x00", {"content_type": None}, "not_a_page"),
        (b'{"error": "not here"}', {"content_type": "application/json"}, "not_a_page"),
        (b"<rss><channel/></rss>", {"content_type": "text/xml"}, "not_a_page"),
        (
            page_of(body="<h1>Only a heading</h1><p>And a line under it, of a page with too little to say.</p>"),
            {},
            "no_text",
        ),
        (b"Too short", {"content_type": "text/plain"}, "no_text"),
    ],
)
def test_what_is_no_document(body: bytes, fields: dict[str, Any], kind: str) -> None:
    with pytest.raises(DocumentError) as raised:
        read(body, **fields)
    assert raised.value.kind == kind
    assert "https://www.example.com/news/x" in str(raised.value)


def test_a_bot_check_and_a_shell_are_never_documents() -> None:
    check = page_of(
        "<title>Just a moment...</title>", '<div id="challenge-error-text">Enable JavaScript and cookies</div>'
    )
    with pytest.raises(BlockedError):
        read(check)
    shell = page_of("<title>Portal</title>", '<div id="root"></div><script src="/main.js"></script>')
    with pytest.raises(EmptyShellError):
        read(shell)


def test_plain_text() -> None:
    words = b"NARVIK, Norway - Example Compute builds.\r\nIt costs $2 billion.\r\n\r\n" + WORDS.encode() + b"\r\n"
    document = read(words, Link("https://www.example.com/a.txt", "Narvik", "2026-11-01"), content_type="text/plain")
    assert document.text.split("\n") == ["NARVIK, Norway - Example Compute builds. It costs $2 billion.", WORDS.strip()]
    assert (document.title, document.published_at, document.published_evidence) == ("Narvik", "2026-11-01", "feed")


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16"])
def test_the_charset_is_found(charset: str) -> None:
    words = f"{WORDS} – in Málaga, for €3 billion."
    html = f"<html><head><title>Málaga’s 40 MW</title></head><body><p>{words}</p></body></html>"
    document = read(html.encode(charset), content_type="text/html", encoding=None)
    assert "– in Málaga, for €3 billion." in document.text
    assert document.title == "Málaga’s 40 MW"


def test_unseen_characters_and_odd_spaces_become_plain() -> None:
    document = read(
        page_of(body=f"<p>A 10\u2011giga\u00adwatt plan of 300\u00a0MW and\u200b $5\u202fbillion. {WORDS}</p>")
    )
    assert document.text.startswith("A 10-gigawatt plan of 300 MW and $5 billion. A campus")


def test_references_by_the_numbers_of_windows() -> None:
    document = read(page_of(body=f"<p>From 40&#150;50 MW&#1; at &#128;3 billion&#x97;they say. {WORDS}</p>"))
    assert document.text.startswith("From 40–50 MW at €3 billion—they say.")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Two halls open | Example Compute</title>", "Two halls open"),
        ("<title>Example Compute Newsroom - Two halls open</title>", "Two halls open"),
        ("<title>Two halls open - example.com</title>", "Two halls open"),
        ("<title>Power: Two halls open</title>", "Power: Two halls open"),
        ("<title>Two halls - one site</title>", "Two halls - one site"),
        ('<title>x</title><meta property="og:title" content="AT&amp;amp;T &amp; halls">', "AT&T & halls"),
        (
            '<meta property="og:site_name" content="The Daily"><title>Two halls open - The Daily</title>',
            "Two halls open",
        ),
        ("<title>Example Compute</title>", "From the feed"),
        ("<title>index.html</title>", "From the feed"),
        ("", "From the feed"),
    ],
)
def test_title(head: str, title: str) -> None:
    assert read(page_of(head), Link("https://www.example.com/news/x", "From the feed")).title == title


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="https://example.com/news/y">', "https://example.com/news/y"),
        ('<link rel="canonical" href="https://elsewhere.net/news/y">', "https://www.example.com/news/x"),
        ('<link rel="canonical" href="https://www.example.com/">', "https://www.example.com/news/x"),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://www.example.com/news/x"),
        ('<link rel="canonical" href="http://[">', "https://www.example.com/news/x"),
        ('<meta property="og:url" content="/news/z?utm_medium=feed">', "https://www.example.com/news/z"),
    ],
)
def test_canonical_address(head: str, canonical: str) -> None:
    assert read(page_of(head)).canonical_url == canonical


def test_the_publisher_of_another_site_is_that_site() -> None:
    head = '<meta property="og:site_name" content="Other Paper">'
    document = read(page_of(head), url="https://www.other.co.uk/story")
    assert (document.publisher, document.country) == ("Other Paper", "GB")
    document = read(page_of(), url="https://other.ai/story")
    assert (document.publisher, document.country) == ("other.ai", None)
    document = read(page_of(head))
    assert (document.publisher, document.country) == ("Example Compute", "NO")


def test_site_of() -> None:
    assert site_of("https://www.news.example.com/a") == "example.com"
    assert site_of("https://news.example.co.uk/a") == "example.co.uk"
    assert site_of("https://example.io") == "example.io"


def test_the_country_of_an_address() -> None:
    hosts = {"a.gov": "US", "a.gov.au": "AU", "a.co.uk": "GB", "a.de": "DE", "a.com": None, "a.ai": None}
    assert {host: country_of(f"https://{host}/x") for host in hosts} == hosts


def test_a_filing_added_by_hand_is_read_as_one() -> None:
    url = "https://www.sec.gov/Archives/edgar/data/1/2/exm.htm"
    body = page_of(
        "<title>EX-99.1</title>", f"<div>Exhibit 99.1</div><div>Example Signs for 40 MW</div><div>{WORDS}</div>"
    )
    document = read(body, Link(url), url=url)
    assert (document.title, document.text.split("\n")[0]) == ("Example Signs for 40 MW", "Exhibit 99.1")


@pytest.mark.parametrize("depth", [400, 20_000])
def test_deep_pages_end(depth: int) -> None:
    body = "<div>" * depth + f"<p>{WORDS}</p>" + "</div>" * depth
    with contextlib.suppress(DocumentError):
        assert "40 MW" in read(page_of(body=body)).text


@pytest.mark.parametrize(
    "body",
    [
        b"<html><p>\xff\xfe\x00</p>" + WORDS.encode(),
        b"<" * 5000 + WORDS.encode(),
        b"<!DOCTYPE html><html><script type='application/ld+json'>{\"@graph\": [[[[</script><p>" + WORDS.encode(),
        b"<html><script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>" + WORDS.encode(),
        b"<html><!-- <p>" + WORDS.encode(),
    ],
)
def test_broken_pages_are_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(DocumentError, BlockedError):
        read(body)


PIECES = [
    *'<html> <title> </title> <p> </p> <div > " <!-- --> <table><tr><td> &#xD800; <h1> } </script>'.split(),
    "\0",
    "\x01",
    "&#1;",
    "&#x10FFFFF;",
    "\ufffe",
    WORDS,
    "<meta property='og:title' content='x'>",
    "<link rel=canonical href='//['>",
    "<time datetime='2026-13-45'>",
    "<script type='application/ld+json'>",
    '{"@type": "Article", "headline": [1], "datePublished": 7, "publisher": {"name": {}}, "author": {"@id": 3},',
]


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(st.sampled_from(PIECES), max_size=30).map(lambda p: "".join(p).encode("utf-8")),
    )
)
def test_any_bytes_are_a_document_or_an_expected_error(body: bytes) -> None:
    with contextlib.suppress(DocumentError, BlockedError):
        document = read(body)
        assert document.title
        assert len(document.text) >= 100
