"""The catalogue: what is in it, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.reference import companies
from ingest.errors import CatalogueError
from ingest.sources import load_sources, parse_sources

GOOD = """\
words:
  build: [data cent*, gigawatt*]
sources:
  - slug: example-news
    publisher: Example
    url: https://example.com/news
    reader: listing
    item: article
    tier: trade
    match: build
    links: [5, 200]
    every: 7d
"""


def test_a_good_entry() -> None:
    (source,) = parse_sources(GOOD, "sources.yml")
    assert (source.slug, source.reader, source.tier) == ("example-news", "listing", "trade")
    assert (source.min_links, source.max_links, source.cadence_hours) == (5, 200, 168)
    assert source.options == {"match": ("data cent*", "gigawatt*"), "item": "article"}
    assert source.language == "en"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("slug: example-news", "slug: Example News", "field slug: 'Example News' is not allowed"),
        ("    publisher: Example\n", "", "entry example-news (line 4): field publisher: missing"),
        ("publisher: Example", "publisher: 7", "field publisher: 7 is not allowed"),
        ("url: https://example.com/news", "url: example.com/news", "allowed: an http or https address"),
        ("url: https://example.com/news", "url: ftp://example.com/", "allowed: an http or https address"),
        ("reader: listing", "reader: lisitng", "did you mean listing?"),
        ("reader: listing", "reader: rss", "allowed: one of chronicle, edgar, epoch, feed, listing, sitemap"),
        ("reader: listing", "reader: feed", "field item: unknown"),
        ("    item: article\n", "", "field item: missing; allowed: a CSS selector"),
        ("item: article", "item: 'article['", "field item: 'article[' is not allowed (Malformed attribute selector"),
        ("tier: trade", "tier: tarde", "allowed: one of issuer, regulator, trade, press, aggregator"),
        ("match: build", "match: builds", "field match: 'builds' is not allowed"),
        ("match: build", "match: ['(']", "'(' is no match word"),
        ("links: [5, 200]", "links: [200, 5]", "field links: [200, 5] is not allowed"),
        ("links: [5, 200]", "links: 5", "[least, most]"),
        ("links: [5, 200]", "links: [true, 5]", "[least, most]"),
        ("every: 7d", "every: weekly", "a number and h, d or w: 12h, 7d, 2w"),
        ("every: 7d", "every: 0d", "field every: '0d' is not allowed"),
        ("every: 7d", "evry: 7d", "field evry: unknown; did you mean every?"),
        ("every: 7d", "every: 7d\n    since: 24-1-1", "field since: '24-1-1' is not allowed"),
        ("every: 7d", "every: 7d\n    country: USA", "field country: 'USA' is not allowed"),
        ("every: 7d", "every: 7d\n    every: 8d", "field 'every' is there twice"),
        ("words:\n", "wrods:\n", "field wrods: unknown at the top of the file"),
        ("build: [data cent*, gigawatt*]", "build: []", "field words.build"),
        ("sources:", "sources: []\nx:", "needs a list under `sources:`"),
        ("- slug", "- just words\n  - slug", "entry 1 (line 4): 'just words' is not an entry"),
        ("links: [5", "links: [[5", "no YAML that can be read"),
    ],
)
def test_a_bad_catalogue_is_refused(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError) as raised:
        parse_sources(GOOD.replace(old, new), "sources.yml")
    assert said in str(raised.value)
    assert str(raised.value).startswith("sources.yml: ")


def test_every_fault_is_named_at_once_with_its_entry() -> None:
    entry = GOOD.partition("sources:\n")[2]
    text = GOOD + entry.replace("7d", "soon") + entry.replace("example-news", "second").replace("trade", "x")
    with pytest.raises(CatalogueError) as raised:
        parse_sources(text, "mine.yml")
    lines = str(raised.value).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("mine.yml: entry example-news (line 13): field every")
    assert lines[1].startswith("mine.yml: entry example-news (line 13): field slug: 'example-news' is already entry 1")
    assert lines[2].startswith("mine.yml: entry second (line 22): field tier: 'x' is not allowed")


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"nowhere\.yml: cannot be read"):
        load_sources(tmp_path / "nowhere.yml")


def test_the_catalogue_of_the_package() -> None:
    sources = {source.slug: source for source in load_sources()}
    assert len(sources) >= 60
    readers = {"feed", "sitemap", "listing", "edgar", "chronicle", "epoch"}
    assert {source.reader for source in sources.values()} == readers
    issuers = {source.publisher for source in sources.values() if source.tier == "issuer"}
    assert issuers >= {
        "OpenAI", "Microsoft", "NVIDIA", "Amazon", "Google", "Meta", "Oracle", "CoreWeave", "Anthropic",
    }  # fmt: skip
    trade = {source.publisher for source in sources.values() if source.tier == "trade"}
    assert trade >= {"Data Center Dynamics", "Data Center Knowledge", "Data Center Frontier"}
    assert all(source.country for source in sources.values() if source.reader != "chronicle")


def test_filings_are_of_the_company_that_the_reference_knows() -> None:
    by_name = {company.name: company for company in companies()}
    filings = [source for source in load_sources() if source.reader == "edgar"]
    assert len(filings) >= 20
    for source in filings:
        cik = int(source.url.rpartition("CIK")[2].removesuffix(".json"))
        assert int(by_name[source.publisher].cik or 0) == cik, source.slug
