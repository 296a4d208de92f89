"""
Sitemaps: an index, the files it names, and the addresses in those; gzip, the news extension, plain text.

In: a source whose `url` is a sitemap or an index of them. Out: the addresses as links. Streams through lxml with
entities off. Reads no more than `files` files of an index, newest first, and goes no deeper than three indexes.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from db.records import Capture, Issue, Link, Source
from ingest.errors import IngestError, ListingError
from ingest.pages.dates import read_date
from ingest.readers import Field, Get, Reading
from ingest.selection import Item, join_address, select, words_option
from ingest.xml_guard import refuse_entities, refuse_html, unzip

MAX_DEPTH = 3
FILES = 10
MAX_FILES = 200
_BARE_AMPERSAND = re.compile(rb"&(?!(?:#\d+|#[xX][0-9a-fA-F]+|amp|lt|gt|quot|apos);)")


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_FILES:
        raise ValueError
    return value


def _globs(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one for one in value):
        raise ValueError
    return tuple(value)


OPTIONS: Mapping[str, Field] = {
    "files": Field(f"the most files of an index to read, 1 to {MAX_FILES}", _count),
    "only": Field('a list of patterns for the path of an index\'s files, such as ["*news*"]', _globs),
}


@dataclass(slots=True)
class _Walk:
    """The state of one reading."""

    source: Source
    get: Get
    issues: list[Issue] = field(default_factory=list)
    visited: set[str] = field(default_factory=set)
    left: int = FILES
    skipped_old: bool = False

    def complain(self, kind: str, message: str, url: str) -> None:
        self.issues.append(Issue(kind, message, "warning", self.source.slug, url))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One <url> or <sitemap> element."""

    is_file: bool
    loc: str
    lastmod: str | None
    title: str | None
    published_at: str | None


async def read(source: Source, get: Get) -> Reading:
    """Every address that the sitemap names and the entry wants."""
    capture = await get(source.url)
    if capture.outcome == "not_modified" and not capture.body:
        return Reading(unchanged=True)
    files = source.options.get("files")
    walk = _Walk(source, get, left=files if isinstance(files, int) else FILES)
    walk.visited.add(source.url)
    items = await _walk(walk, capture, 0)
    return select(
        source, items, walk.issues, why_few="the sitemap names no such addresses", is_whole=not walk.skipped_old
    )


async def _walk(walk: _Walk, capture: Capture, depth: int) -> list[Item]:
    url, body = capture.url, unzip(capture.body, capture.url)
    refuse_html(capture, body, "sitemap")
    entries = list(_entries(walk, url, body))
    items = [_item(entry, url) for entry in entries if not entry.is_file]
    for entry in sorted((e for e in entries if e.is_file), key=lambda e: e.lastmod or "9", reverse=True):
        child = join_address(url, entry.loc)
        if child in walk.visited or not _is_wanted_file(walk, child, entry.lastmod):
            continue
        if depth + 1 > MAX_DEPTH:
            walk.complain("sitemap_too_deep", f"{child}: more than {MAX_DEPTH} indexes deep: not read", child)
            continue
        if walk.left < 1:
            message = (
                f"{url}: names more files than the {len(walk.visited) - 1} that were read; raise `files` or set `only`"
            )
            walk.complain("sitemap_too_many_files", message, url)
            break
        walk.left -= 1
        walk.visited.add(child)
        try:
            items.extend(await _walk(walk, await walk.get(child), depth + 1))
        except IngestError as error:
            walk.complain(getattr(error, "kind", "sitemap_file"), f"{child}: not read ({error})", child)
    return items


def _is_wanted_file(walk: _Walk, url: str, lastmod: str | None) -> bool:
    only = words_option(walk.source, "only")
    if only and not any(fnmatchcase(urlsplit(url).path, pattern) for pattern in only):
        return False
    since = walk.source.options.get("since")
    is_old = isinstance(since, str) and lastmod is not None and lastmod[:10] < since
    walk.skipped_old |= is_old
    return not is_old


def _item(entry: _Entry, url: str) -> Item:
    return Item(Link(join_address(url, entry.loc), entry.title, entry.published_at), touched_at=entry.lastmod)


def _entries(walk: _Walk, url: str, body: bytes) -> Iterator[_Entry]:
    from lxml import etree

    if not body.strip():
        raise ListingError(f"{url}: the sitemap is empty (0 bytes)", kind="empty_sitemap", url=url)
    start = body.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith((b"http://", b"https://")):  # The protocol's plain-text form: an address a line.
        for line in start.decode("utf-8", "replace").split():
            yield _Entry(False, line, None, None, None)
        return
    refuse_entities(body, url)
    if b"<![CDATA[" not in start and b"\0" not in start:
        start, bare = _BARE_AMPERSAND.subn(b"&amp;", start)
        if bare:
            walk.complain("malformed_sitemap", f"{url}: malformed: has ampersands that are not escaped", url)
    # recover: one bare ampersand must not hide the ten thousand addresses behind it.
    events = etree.iterparse(
        BytesIO(start),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    roots = 0
    # Even so it raises where there is no element at all.
    with contextlib.suppress(etree.XMLSyntaxError):
        for _, element in events:
            name = _names(element)[1]
            if name in {"url", "sitemap"}:
                yield from _entry(name, element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            roots += name in {"urlset", "sitemapindex"}
    if not roots:
        message = f"{url}: XML, but no sitemap (no urlset, no sitemapindex)"
        raise ListingError(message, kind="unreadable_sitemap", url=url)
    if len(events.error_log):
        first = events.error_log[0]
        message = f"{url}: malformed, read as far as it goes (line {first.line}: {first.message.strip()})"
        walk.complain("malformed_sitemap", message, url)


def _names(element: Any) -> tuple[str, str]:
    """An element's namespace, or the prefix of one that was never declared, and its own name."""
    tag = element.tag if isinstance(element.tag, str) else ""
    space, _, name = tag.rpartition("}") if "}" in tag else tag.rpartition(":")
    return space, name


def _entry(name: str, element: Any) -> Iterator[_Entry]:
    texts: dict[str, str] = {}
    for child in element.iter():
        space, local = _names(child)
        # An image has a <loc> and a <title> of its own.
        if local and child.text and child.text.strip() and "image" not in space and "video" not in space:
            texts.setdefault(local, " ".join(child.text.split()))
    if loc := texts.get("loc"):
        lastmod, published = read_date(texts.get("lastmod")), read_date(texts.get("publication_date"))
        yield _Entry(name == "sitemap", loc, lastmod, texts.get("title"), published)
