"""Documents, an extractor small enough to see through, and a digest of what a database holds, for several tests."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from db.records import Capture, Claim, Document, Extraction, Link, Mention, Metric, Source

NOW = "2026-11-24T12:00:00Z"
LATER = "2026-11-25T12:00:00Z"
PRESS = Source("example-press", "Example Press", "http://127.0.0.1/feed", "feed", "press", country="US")

FIGURE = re.compile(r"\$(\d+(?:\.\d+)?) billion|(\d+) MW|€(\d+) million")


def plain_extract(document: Document) -> Extraction:
    """Find "$5 billion", "100 MW" and "€30 million", nothing else."""
    claims = []
    for found in FIGURE.finditer(document.text):
        metric: Metric
        if found[1]:
            metric, value, unit = "capex", float(found[1]) * 1e9, "USD"
        elif found[2]:
            metric, value, unit = "power", float(found[2]), "MW"
        else:
            metric, value, unit = "contract", float(found[3]) * 1e6, "EUR"
        claims.append(Claim(metric, value, value, unit, "exact", found[0], found.start(), found.end()))
    names = [Mention("company", "Example", m.start(), m.end()) for m in re.finditer("Example", document.text)]
    return Extraction(bool(claims), "other", claims=tuple(claims), mentions=tuple(names))


def page(text: str, url: str = "https://example.com/a", **fields: str) -> Document:
    """Make a document."""
    values = {"title": "A title", "published_at": "2025-09-21", "canonical_url": url, **fields}
    return Document(url=url, text=text, **values)


def digest(db: Database, leave_out: tuple[str, ...] = ("runs", "source_runs")) -> str:
    """Hash every row of every table, but for the book of the runs."""
    total = hashlib.sha256()
    for table in sorted(db.table_names()):
        if table.startswith(("sqlite_", "_sqlite")) or table in leave_out or "_fts" in table:
            continue
        rows = sorted(repr(row) for row in db.execute(f'SELECT * FROM "{table}"').fetchall())
        total.update(f"{table}{rows}".encode())
    return total.hexdigest()


class FakePages:
    """A web of pages in memory, with validators; counts what it is asked."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.archive: dict[tuple[str, int], Capture] = {}
        self.clock = Clock()

    async def get(self, url: str, *, previous: Capture | None, trusted: bool) -> Capture:
        """Answer as a polite server would."""
        from ingest.errors import NotFoundError

        self.asked.append(url)
        if url not in self.pages:
            raise NotFoundError("HTTP 404", status=404, url=url)
        body = self.pages[url]
        etag = hashlib.sha256(body).hexdigest()
        if previous is not None and previous.etag == etag:
            return Capture(url, url, self.clock.text(), 304, "not_modified", etag=etag)
        number = len(self.archive)
        capture = Capture(
            url, url, self.clock.text(), 200, "new", body, "text/html", "utf-8", etag, etag, None, "a.warc", number
        )
        self.archive["a.warc", number] = capture
        return capture

    def read_capture(self, file: str, offset: int) -> Capture:
        """Give back an archived page."""
        from ingest.errors import ArchiveError

        if (file, offset) not in self.archive:
            raise ArchiveError(f"{file} at {offset} is gone")
        return self.archive[file, offset]


class Clock:
    """A clock that a test sets."""

    def __init__(self, start: str = NOW) -> None:
        self.moment = datetime.fromisoformat(start)

    def __call__(self) -> datetime:
        return self.moment

    def text(self) -> str:
        return self.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


def plain_article(capture: Capture, link: Link, source: Source) -> Document:
    """Read a page whose first line is the title."""
    from ingest.errors import DocumentError

    title, _, text = capture.body.decode().partition("\n")
    if not text:
        raise DocumentError("the page has no text", url=link.url)
    return Document(
        link.url, title, text, canonical_url=link.url, publisher=source.publisher, published_at=link.published_at
    )
