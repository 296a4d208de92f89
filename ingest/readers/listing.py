"""
Listings: a news page read by CSS selectors.

In: a source whose `url` is an HTML page, and the selectors of its entry. Out: the links on it. A selector that
matches nothing is named, and a page that gives no link is an error: a changed template must never look like a quiet
week. Never runs a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from db.records import Capture, Issue, Link, Source
from ingest.errors import IngestError, ListingError
from ingest.fetching.blocked import refuse_block
from ingest.fetching.charset import decode
from ingest.pages.dates import read_date
from ingest.pages.elements import soup_of
from ingest.readers import Field, Get, Reading
from ingest.selection import Item, join_address, select

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def _selector(value: object) -> str:
    import soupsieve

    if not isinstance(value, str) or not value.strip():
        raise ValueError
    try:
        soupsieve.compile(value.partition("@")[0] or "*")
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(str(error).splitlines()[0]) from error
    return value


def _pages(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_PAGES:
        raise ValueError
    return value


MAX_PAGES = 50
CSS = "a CSS selector, with @name at its end to take an attribute"
OPTIONS: Mapping[str, Field] = {
    "item": Field("a CSS selector for one news item", _selector, required=True),
    "link": Field(CSS + ' (when not set: "a[href]@href")', _selector),
    "title": Field(CSS + " (when not set: its heading, else the words of its link)", _selector),
    "next": Field("a CSS selector for the link to the next page of the listing", _selector),
    "pages": Field(f"how many pages of the listing to read, 1 to {MAX_PAGES} (when not set: 1)", _pages),
    "date": Field(CSS + ' (when not set: "time@datetime", else the words of time)', _selector),
}


async def read(source: Source, get: Get) -> Reading:
    """Every item on the page, and on as many further pages as `pages` says, that the entry wants."""
    issues: list[Issue] = []
    items: list[Item] = []
    nodes, visited = 0, set[str]()
    url: str | None = source.url
    pages = source.options.get("pages")
    most = pages if isinstance(pages, int) else 1
    while url is not None and url not in visited and len(visited) < most:
        visited.add(url)
        try:
            capture = await get(url)
            if capture.outcome == "not_modified" and not capture.body and url == source.url:
                return Reading(unchanged=True)
            soup = _soup(capture)
        except IngestError as error:
            if url == source.url:
                raise
            issues.append(replace(error.issue(source=source.slug, url=url), level="warning"))
            break
        root = soup.select_one("base[href]")
        base = join_address(capture.final_url or url, str(root["href"]) if root else "")
        found = soup.select(str(source.options["item"]))
        nodes += len(found)
        items.extend(item for node in found if (item := _item(node, base, source, issues)) is not None)
        following = soup.select_one(str(source.options["next"])) if "next" in source.options else None
        url = join_address(base, str(following["href"])) if following is not None and following.get("href") else None
    return select(source, items, issues, why_few=_why_few(source, nodes, len(items)))


def _soup(capture: Capture) -> BeautifulSoup:
    if not capture.body.strip():
        raise ListingError(f"{capture.url}: the page is empty (0 bytes)", kind="empty_listing", url=capture.url)
    refuse_block(capture)
    return soup_of(decode(capture.body, capture.encoding).text)


def _why_few(source: Source, nodes: int, items: int) -> str:
    if not nodes:
        return f"item selector {source.options['item']!r} matches nothing"
    if not items:
        return f"link selector {source.options.get('link', 'a[href]@href')!r} matches nothing in {nodes} items"
    return f"item selector {source.options['item']!r} matches {nodes}"


def _take(node: Tag, selector: str) -> str | None:
    """The text or the attribute that `selector` names inside `node`, or of `node` itself."""
    css, _, attribute = selector.partition("@")
    found = node if not css or css in {":self", node.name} else node.select_one(css)
    if found is None:
        return None
    value = found.get(attribute) if attribute else found.get_text(" ", strip=True)
    return " ".join(str(value).split()) if value else None


def _title(node: Tag) -> str | None:
    """A heading of the item, else the words of its first link that has any, else all its words."""
    for found in (*node.select("h1, h2, h3, h4, h5"), *node.select("a[href]"), node):
        if words := _take(found, ""):
            return words
    return None


def _item(node: Tag, base: str, source: Source, issues: list[Issue]) -> Item | None:
    link = str(source.options.get("link", "a[href]@href"))
    href = _take(node, link if "@" in link else link + "@href") or (_take(node, "@href") if node.name == "a" else None)
    if href is None or href.startswith(("#", "javascript:", "mailto:")):
        return None
    url = join_address(base, href).partition("#")[0]
    title_selector = source.options.get("title")
    title = _take(node, str(title_selector)) if title_selector else _title(node)
    date_selector = source.options.get("date")
    words = _take(node, str(date_selector)) if date_selector else _take(node, "time@datetime") or _take(node, "time")
    published_at = read_date(words)
    if words and published_at is None:
        message = f"date {words[:60]!r} of {url} is in no form that can be read surely: left out"
        issues.append(Issue("unread_date", message, "warning", source.slug, url))
    return Item(Link(url, title, published_at))
