"""
One web archive to one part file: the unit of work that any engine can run anywhere.

In: the path of a WARC file and a folder. Out: a part file with what its pages report, its mark, and a `Summary`. A
function of the file and of the extractor's version: run again it gives the same bytes, and a part that is whole is not
made again. Touches no database and no network.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from db.records import Capture, Document, Extraction, Issue, Link, Source
from ingest.backfill.parts import Entry, Summary, finish, finished, line_of, part_name, written
from ingest.backfill.prefilter import speaks_of_it, worth_a_look
from ingest.errors import IngestError
from ingest.voices import Voices
from ingest.warc import Damage, read_pages

STRANGER = Source(
    "backfill", "Web archives", "https://localhost/", "by-hand", "aggregator", min_links=0, cadence_hours=87_600
)
"""Stands for the pages of a crawl whose site is in no catalogue: nobody vouches for them."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done with a page. The extractor's version is part of what a part is."""

    read_article: Callable[[Capture, Link, Source], Document]
    extract: Callable[[Document], Extraction]
    extractor: str
    voices: Voices


def process_warc(path: str, out: str, steps: Steps | None = None, catalogue: str | None = None) -> Summary:
    """Make the part of one web archive, unless it is there."""
    warc, folder = Path(path), Path(out)
    steps = steps or usual_steps(catalogue)
    name = part_name(warc)
    done = finished(folder, name, steps.extractor)
    if done is not None:
        return replace(done, warc=path)
    started = time.monotonic()
    damage, counts, passed_over = Damage(), Counter[str](), Counter[str]()
    with written(folder / name) as stream:
        for entry in entries(path, read_pages(warc, damage), steps, counts, passed_over):
            stream.write(line_of(entry))
    summary = Summary(
        warc=path,
        part=name,
        extractor=steps.extractor,
        pages=counts["pages"],
        looked_at=counts["looked_at"],
        documents=counts["documents"],
        claims=counts["claims"],
        bytes=counts["bytes"],
        seconds=round(time.monotonic() - started, 3),
        passed_over=dict(sorted(passed_over.items())),
        damaged=damage.count,
        damage=damage.first,
    )
    finish(folder, summary)
    return summary


def entries(
    warc: str, pages: Iterable[Capture], steps: Steps, counts: Counter[str], passed_over: Counter[str]
) -> Iterator[Entry]:
    """Go through the pages of a crawl and give those that report something."""
    for capture in pages:
        counts["pages"] += 1
        counts["bytes"] += len(capture.body)
        if capture.outcome != "new" or not worth_a_look(
            capture.final_url, capture.status, capture.content_type, capture.body
        ):
            continue
        counts["looked_at"] += 1
        source = steps.voices.of(capture.final_url, STRANGER)
        try:
            document = steps.read_article(capture, Link(capture.url), source)
        except IngestError as error:
            passed_over[error.kind] += 1
            continue
        if not speaks_of_it(document.title, document.text):
            passed_over["other_subject"] += 1
            continue
        document = believable(document, capture.fetched_at)
        extraction = steps.extract(document)
        if not extraction.relevant:
            passed_over["not_relevant"] += 1
            continue
        counts["documents"] += 1
        counts["claims"] += len(extraction.claims)
        yield Entry(warc, source.slug, capture, document, extraction)


def believable(document: Document, fetched_at: str) -> Document:
    """Make a document storable, and take away a date after the day on which the page was fetched."""
    from ingest.printable import printable

    document = printable(document)
    if document.published_at is None or not fetched_at:
        return document
    latest = date.fromisoformat(fetched_at[:10]) + timedelta(days=1)
    if document.published_at[:10] <= latest.isoformat():
        return document
    message = f"published on {document.published_at}, after it was fetched on {fetched_at[:10]}: the date was left out"
    issue = Issue("future_date", message, "warning", url=document.url)
    return replace(document, published_at=None, published_evidence=None, issues=(*document.issues, issue))


@cache
def usual_steps(catalogue: str | None = None) -> Steps:
    """Put the real steps together, once in a process."""
    from ingest.extract import EXTRACTOR, extract
    from ingest.pages.article import read_article
    from ingest.sources import load_sources

    sources = load_sources(Path(catalogue) if catalogue else None)
    return Steps(read_article, extract, EXTRACTOR, Voices(sources))


def sources_by_slug(catalogue: Iterable[Source]) -> Mapping[str, Source]:
    """Give every source that an entry may name."""
    return {STRANGER.slug: STRANGER, **{source.slug: source for source in catalogue}}
