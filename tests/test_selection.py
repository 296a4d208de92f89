"""What is taken of a channel: match words, paths, days, doubles, bounds."""

from __future__ import annotations

from typing import Any

import pytest

from db.records import Issue, Link, Source
from ingest.readers import load_reader, reader_names
from ingest.selection import Item, select
from ingest.words import first_match, is_word


def source(**fields: Any) -> Source:
    return Source("s", "S", "https://example.com/feed", "feed", "trade", **fields)


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("data cent*", "New Data-Center plan", "Data-Center"),
        ("data cent*", "three datacentres", "datacentres"),
        ("data cent*", "metadata center", None),
        ("AI", "the AI boom", "AI"),
        ("AI", "Ai Weiwei, said", None),
        ("AI", "Open AIR", None),
        ("GPU*", "more GPUs", "GPUs"),
        ("GPU*", "gpus", None),
        ("power purchase", "a power purchase agreement", "power purchase"),
        ("gigawatt*", "10-gigawatt", "gigawatt"),
        ("C++", "C++ now", "C++"),
    ],
)
def test_words(word: str, text: str, found: str | None) -> None:
    assert is_word(word)
    assert first_match([word], text) == found


@pytest.mark.parametrize("word", ["", "*", " x", "(", "a*b", 7, None])
def test_no_words(word: object) -> None:
    assert not is_word(word)


def test_match_looks_at_title_summary_and_address() -> None:
    items = [
        Item(Link("https://example.com/1", "A data center")),
        Item(Link("https://example.com/2", "Results"), summary="We opened a datacenter."),
        Item(Link("https://example.com/new-data-center-in-narvik")),
        Item(Link("https://example.com/4", "A recipe")),
    ]
    reading = select(source(options={"match": ("data cent*",)}), items)
    assert [link.url[-1] for link in reading.links] == ["1", "2", "k"]
    assert reading.seen == 4


def test_skip_paths_and_since() -> None:
    items = [
        Item(Link("https://example.com/news/1", "Sponsored: a data center", "2026-10-01")),
        Item(Link("https://example.com/news/2", "A data center", "2025-12-31T23:00:00Z")),
        Item(Link("https://example.com/jobs/3", "Data center technician")),
        Item(Link("https://example.com/news/4", "Undated")),
        Item(Link("https://example.com/news/5", "Touched long ago"), touched_at="2024-01-01"),
    ]
    options = {"skip": ("sponsored",), "paths": ("/news/*",), "since": "2026-01-01"}
    assert [link.url[-1] for link in select(source(options=options), items).links] == ["4"]


def test_the_bounds_are_on_what_the_channel_names() -> None:
    items = [Item(Link(f"https://example.com/{n}", "A recipe")) for n in range(5)]
    fields = {"options": {"match": ("data cent*",)}}
    assert select(source(min_links=5, max_links=5, **fields), items).issues == ()
    (few,) = select(source(min_links=6, **fields), items, why_few="because").issues
    assert (few.kind, few.level) == ("too_few_links", "error")
    assert few.message == "s: 5 links, at least 6 expected from https://example.com/feed: because"
    (many,) = select(source(min_links=1, max_links=4), items).issues
    assert (many.kind, many.level) == ("too_many_links", "warning")


def test_doubles_are_one_link_with_what_each_of_them_knows() -> None:
    items = [
        Item(Link("https://example.com/1")),
        Item(Link("https://example.com/1", "A data center")),
        Item(Link("https://example.com/1", "Read more", "2026-01-01")),
    ]
    assert select(source(), items).links == (Link("https://example.com/1", "A data center", "2026-01-01"),)
    wanted = select(source(options={"match": ("data cent*",)}), items)
    assert wanted.links == (Link("https://example.com/1", "A data center", "2026-01-01"),)
    assert wanted.seen == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.com/", "https://", "http://[", "mailto:a@b.c"])
def test_only_web_addresses(url: str) -> None:
    reading = select(source(), [Item(Link(url, "x")), Item(Link("https://example.com/1"))])
    assert len(reading.links) == 1
    assert [issue.kind for issue in reading.issues] == ["bad_link"]


def test_links_that_only_lead_on_are_left_out() -> None:
    reading = select(source(), [Item(Link("https://news.google.com/rss/articles/CBMi?oc=5", "x"))])
    assert reading.links == ()
    assert [issue.kind for issue in reading.issues] == ["redirecting_link", "too_few_links"]


def test_no_flood_of_one_kind() -> None:
    issues = [Issue("unread_date", f"date {n}", "warning", "s") for n in range(50)]
    reading = select(source(min_links=0), [], issues)
    assert len(reading.issues) == 11
    assert reading.issues[-1].message == "s: more of kind unread_date than 10; the rest is not listed"


def test_every_reader_declares_what_it_takes() -> None:
    assert set(reader_names()) >= {"chronicle", "edgar", "feed", "listing", "sitemap"}
    for name in reader_names():
        reader = load_reader(name)
        assert all(field.allowed for field in reader.OPTIONS.values())
        assert callable(reader.read)
