"""
When a page was published, and which evidence says so.

In: what the page says about itself, its words, its address, and what the channel said of it. Out: the date with its
evidence, and issues for dates that are not believed. The first evidence that can be read surely wins, in a fixed order:
JSON-LD, Open Graph, meta, time, the address, the channel, a lone time without a word on what it is of, the dateline,
and last a search through the whole page. A date after the page was fetched is no date of publication. The clock is the
time of the fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from urllib.parse import urlsplit

from db.records import Capture, Issue, Level, Link, Source
from ingest.fetching.visible import visible_text
from ingest.pages.dates import MONTHS, read_date
from ingest.pages.page import PageFacts

EARLIEST = "1995-01-01"
OPEN_GRAPH = ("article:published_time", "og:article:published_time", "og:published_time", "og:pubdate")
META = (
    "article.published", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "dcterms.date", "citation_publication_date", "citation_date", "article_date_original", "publish-date",
    "publish_date", "published_time", "publication_date", "publicationdate", "pubdate", "cxenseparse:recs:publishtime",
    "datepublished", "originalpublicationdate", "release_date", "date",
)  # fmt: skip
_IN_PATH = re.compile(r"(?:^|[/_-])(20\d\d)[/_-](\d{1,2}|[a-z]{3,9})[/_-](\d{1,2})(?=[/_.-]|$)", re.IGNORECASE)
_IN_PATH_PACKED = re.compile(r"(?:^|[/_-])(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}},?\s+20\d\d|\d{{1,2}}\s+{_MONTH}\s+20\d\d)"
_DATELINE = re.compile(
    rf"[A-Z][^\s,/-]*(?:[ ,./-]+[\w.]+){{0,7}}?\s*[.,(/–—-]+\s*(?i:({_DATE}))\s*"
    r"(?:[/(][^/()]{1,40}[/)]\s*)?(?:[)./:–—-]|$)"
)
_LABELLED = re.compile(rf"\b(?:published|posted|released|release date|date)(?: on)?\s*:?\s*({_DATE})", re.IGNORECASE)
_HEAD_LETTERS = 3000


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication, ISO 8601 in UTC or a bare day, with what gave it."""

    at: str | None = None
    evidence: str | None = None
    issues: tuple[Issue, ...] = ()


def find_published(
    page: PageFacts | None, html: str, text: str, capture: Capture, link: Link, source: Source
) -> Published:
    """The first date that can be believed, in the order of the evidence."""
    latest = _latest(capture.fetched_at)
    issues: list[Issue] = []
    for evidence, words in (*_said(page, capture.final_url, link, source), *_written(html, text)):
        at = read_date(words)
        if at is None:
            continue
        if EARLIEST <= at[:10] <= latest:
            return Published(at, evidence, tuple(issues))
        issues.append(_not_believed(evidence, words, at[:10] > latest, link, source))
    found = _searched(html, latest) if html else None
    return Published(found, "htmldate" if found else None, tuple(issues))


def _not_believed(evidence: str, words: str, is_future: bool, link: Link, source: Source) -> Issue:
    when = "in the future" if is_future else f"before {EARLIEST}"
    message = f"{evidence} dates the page {words[:60]!r}, {when} when it was fetched: not believed"
    # A year 1 or 1970 is a template's empty field; a date to come may be a fault of ours.
    kind, level = ("future_date", "warning") if is_future else ("old_date", "info")
    return Issue(kind, message, cast(Level, level), source.slug, link.url)


def _latest(fetched_at: str) -> str:
    """The last day that can have begun anywhere on earth when the page was fetched."""
    return (datetime.fromisoformat(fetched_at.replace("Z", "+00:00")) + timedelta(hours=14)).date().isoformat()


def _said(page: PageFacts | None, url: str, link: Link, source: Source) -> Iterator[tuple[str, str]]:
    if source.reader == "edgar" and link.published_at:
        yield "edgar", link.published_at  # The day of filing; a filing's page says nothing of itself.
    if page is not None:
        yield from (
            ("json-ld", str(page.article[key])) for key in ("datePublished", "dateCreated") if page.article.get(key)
        )
        yield from (("open-graph", page.meta[name]) for name in OPEN_GRAPH if name in page.meta)
        yield from (("meta", page.meta[name]) for name in META if name in page.meta)
        yield from (("time", time.words) for time in page.times if time.is_published)
    if day := _day_in(url):
        yield "url", day
    if link.published_at:
        yield source.reader, link.published_at
    if page is not None and len({time.words for time in page.times}) == 1:
        # A time that does not say what it is of; several of them are the dates of other stories.
        yield "time", page.times[0].words


def _written(html: str, text: str) -> Iterator[tuple[str, str]]:
    """What a reader sees: "NARVIK, Norway, Nov. 17, 2026 -" at the start of the text, or "Published: 17 Nov 2026"."""
    for line in text.split("\n")[:4]:
        if found := _DATELINE.match(line[:160]):
            yield "text", found[1]
    if html and (found := _LABELLED.search(visible_text(html)[:_HEAD_LETTERS])):
        yield "text", found[1]


def _day_in(url: str) -> str | None:
    path = urlsplit(url).path
    for found in (*_IN_PATH.finditer(path), *_IN_PATH_PACKED.finditer(path)):
        year, month, day = found.groups()
        number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
        if (written := read_date(f"{year}-{number:02}-{int(day):02}")) is not None:
            return written
    return None


def _searched(html: str, latest: str) -> str | None:
    """A date that a search through visible text and attributes finds; the weakest evidence there is."""
    from htmldate import find_date

    found = find_date(html, extensive_search=False, original_date=True, outputformat="%Y-%m-%d", max_date=latest)
    return found if isinstance(found, str) and EARLIEST <= found <= latest else None
