"""
Feeds: RSS, Atom and RDF through feedparser, JSON Feed here.

In: a source whose `url` is a feed. Out: its items as links with title and date. A malformed feed that can still be
read is read, and said to be malformed; a page in place of a feed is an error. Never fetches what an item links to.
"""

from __future__ import annotations

import contextlib
import html
import html.entities
import json
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from db.records import Capture, Issue, Link, Source
from ingest.errors import ListingError
from ingest.fetching.charset import decode
from ingest.pages.dates import read_date
from ingest.readers import Field, Get, Reading
from ingest.selection import Item, join_address, select
from ingest.xml_guard import refuse_entities, refuse_html, unzip

OPTIONS: Mapping[str, Field] = {}

_TAG = re.compile(r"<[^>]{0,2000}>")
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_HALF_ENTITY = re.compile(r"&([A-Za-z]{1,3});")


def plain(text: object) -> str:
    """The words of a title or summary: no tags, no entities, single spaces."""
    if not isinstance(text, str):
        return ""
    # feedparser closes the bare ampersand of "AT&T" as if it were an entity.
    text = _HALF_ENTITY.sub(lambda m: m[0] if m[1] + ";" in html.entities.html5 else "&" + m[1], text)
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


async def read(source: Source, get: Get) -> Reading:
    """Every item of the feed that the entry wants."""
    capture = await get(source.url)
    if capture.outcome == "not_modified" and not capture.body:
        return Reading(unchanged=True)
    body = unzip(capture.body, source.url)
    if not body.strip():
        raise ListingError(f"{source.url}: the feed is empty (0 bytes)", kind="empty_feed", url=source.url)
    refuse_html(capture, body, "feed")
    issues: list[Issue] = []
    parse = _json_items if body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") else _xml_items
    items = list(parse(body, capture, source, issues))
    return select(source, items, issues, why_few="the feed has no such items")


def _item(url: str, title: str, summary: str, when: object, source: Source, issues: list[Issue]) -> Item:
    published_at = read_date(when) if isinstance(when, str) else None
    if isinstance(when, str) and when.strip() and published_at is None:
        message = f"date {when[:60]!r} of {url} is in no form that can be read surely: left out"
        issues.append(Issue("unread_date", message, "warning", source.slug, url))
    return Item(Link(url, title or None, published_at), summary)


def _without_link(title: str, source: Source, issues: list[Issue]) -> None:
    message = f"item {title[:80]!r} of {source.url} has no link: left out"
    issues.append(Issue("item_without_link", message, "warning", source.slug, source.url))


def _xml_items(body: bytes, capture: Capture, source: Source, issues: list[Issue]) -> Iterator[Item]:
    refuse_entities(body, source.url)
    parsed = _parse(body, capture, source, issues)
    if not parsed.entries and not parsed.version:
        reason = parsed.get("bozo_exception") or "no feed in any known format"
        message = f"{source.url}: not a feed ({reason})"
        raise ListingError(message, kind="unreadable_feed", url=source.url)
    if parsed.bozo:
        issues.extend(_complaint(parsed.get("bozo_exception"), source))
    for entry in parsed.entries:
        title = plain(entry.get("title"))
        url = entry.get("feedburner_origlink") or entry.get("link") or entry.get("id") or ""
        if not url.startswith(("http://", "https://")):
            _without_link(title, source, issues)
            continue
        # By the entry's own keys: feedparser answers for one date with another, and warns that it does.
        when = next((entry[name] for name in ("published", "updated", "created") if name in set(entry)), None)
        yield _item(url, title, plain(entry.get("summary")), when, source, issues)


def _parse(body: bytes, capture: Capture, source: Source, issues: list[Issue]) -> Any:
    import feedparser

    headers = {"content-location": capture.final_url or source.url}
    if capture.content_type:
        headers["content-type"] = capture.content_type
    # A file object, never the bytes themselves: feedparser would take a short text for an address and open it.
    with contextlib.suppress(ValueError, LookupError):
        return feedparser.parse(BytesIO(body), response_headers=headers)
    # It trips over a charset that does not exist in an XML declaration: read it by the evidence of its bytes.
    issues.extend(_complaint("its XML declaration cannot be read", source))
    text = _DECLARATION.sub("", decode(body, capture.encoding).text)
    try:
        return feedparser.parse(BytesIO(text.encode("utf-8", "replace")), response_headers=headers)
    except (ValueError, LookupError) as error:
        message = f"{source.url}: not a feed that can be read ({error})"
        raise ListingError(message, kind="unreadable_feed", url=source.url) from error


def _complaint(error: object, source: Source) -> Iterator[Issue]:
    import feedparser

    if isinstance(error, feedparser.NonXMLContentType):
        return  # Half of all feeds are served as text/html or text/plain, and read well.
    if isinstance(error, feedparser.CharacterEncodingOverride):
        yield Issue("feed_charset", f"{source.url}: {error}", "info", source.slug, source.url)
    else:
        message = f"{source.url}: malformed, read as far as it goes ({error})"
        yield Issue("malformed_feed", message, "warning", source.slug, source.url)


def _json_items(body: bytes, capture: Capture, source: Source, issues: list[Issue]) -> Iterator[Item]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ListingError(f"{source.url}: not JSON ({error})", kind="unreadable_feed", url=source.url) from error
    entries = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(entries, list) or "jsonfeed.org/version/" not in str(feed.get("version")):
        message = f"{source.url}: JSON, but no JSON Feed (it needs `version` and `items`)"
        raise ListingError(message, kind="unreadable_feed", url=source.url)
    for entry in entries:
        if not isinstance(entry, dict):
            issues.append(Issue("malformed_feed", f"{source.url}: an item is no object", "warning", source.slug))
            continue
        title = plain(entry.get("title"))
        address = next((entry[key] for key in ("url", "external_url", "id") if isinstance(entry.get(key), str)), "")
        url = join_address(capture.final_url or source.url, address) if address else ""
        if not url.startswith(("http://", "https://")):
            _without_link(title, source, issues)
            continue
        summary = plain(entry.get("summary")) or plain(entry.get("content_text"))[:500]
        when = entry.get("date_published") or entry.get("date_modified")
        yield _item(url, title, summary, when, source, issues)
