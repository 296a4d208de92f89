"""
Listings: a news page read by CSS selectors.

In: a source whose `url` is an HTML page, and the selectors of its entry. Out: the links on it. A selector that
matches nothing is named, and a page that gives no link is an error: a changed template must never look like a quiet
week. Never runs a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from db.records import Issue, Link, Source
from ingest.blocked import refuse_block
from ingest.charset import decode
from ingest.dates import read_date
from ingest.elements import soup_of
from ingest.errors import ListingError
from ingest.readers import Field, Get, Reading
from ingest.selection import Item, join_address, select

if TYPE_CHECKING:
    from bs4 import Tag


def _selector(value: object) -> str:
    import soupsieve

    if not isinstance(value, str) or not value.strip():
        raise ValueError
    try:
        soupsieve.compile(value.partition("@")[0] or "*")
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(str(error).splitlines()[0]) from error
    return value


CSS = "a CSS selector, with @name at its end to take an attribute"
OPTIONS: Mapping[str, Field] = {
    "item": Field("a CSS selector for one news item", _selector, required=True),
    "link": Field(CSS + ' (when not set: "a[href]@href")', _selector),
    "title": Field(CSS + " (when not set: its heading, else the words of its link)", _selector),
    "date": Field(CSS + ' (when not set: "time@datetime", else the words of time)', _selector),
}


async def read(source: Source, get: Get) -> Reading:
    """Every item on the page that the entry wants."""
    capture = await get(source.url)
    if capture.outcome == "not_modified" and not capture.body:
        return Reading(unchanged=True)
    if not capture.body.strip():
        raise ListingError(f"{source.url}: the page is empty (0 bytes)", kind="empty_listing", url=source.url)
    refuse_block(capture)
    soup = soup_of(decode(capture.body, capture.encoding).text)
    root = soup.select_one("base[href]")
    base = join_address(capture.final_url or source.url, str(root["href"]) if root else "")
    item_selector = str(source.options["item"])
    nodes = soup.select(item_selector)
    issues: list[Issue] = []
    items = [item for node in nodes if (item := _item(node, base, source, issues)) is not None]
    return select(source, items, issues, why_few=_why_few(source, len(nodes), len(items)))


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
