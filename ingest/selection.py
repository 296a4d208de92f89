"""
What of a channel is taken: match words, addresses, dates, doubles, and the least and most a healthy run gives.

In: every item that a reader found. Out: a `Reading`. Never fetches; never drops an item in silence that looks broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from urllib.parse import unquote, urljoin, urlsplit

from db.records import Issue, Link, Source
from ingest.readers import Reading
from ingest.words import first_match

MAX_OF_A_KIND = 10
_LEADS_ON = ("https://news.google.com/", "https://www.google.com/url", "https://t.co/", "https://lnkd.in/")
"""Addresses that only lead on to a page, and to whose page only a browser finds out."""


@dataclass(frozen=True, slots=True)
class Item:
    """A link, and what else the channel says of it."""

    link: Link
    summary: str = ""
    touched_at: str | None = None
    """When the channel says the page last changed: it dates an item that has no date of publication."""


def words_option(source: Source, name: str) -> tuple[str, ...]:
    """An option that is a list of texts, as a tuple; empty when it is not set."""
    value = source.options.get(name)
    return tuple(value) if isinstance(value, list | tuple) else ()


def said_of(item: Item) -> str:
    """The words that match words are looked for in: title, summary and the words of the address."""
    path = unquote(urlsplit(item.link.url).path)
    return f"{item.link.title or ''}\n{item.summary}\n{path.replace('/', ' / ').replace('-', ' ').replace('_', ' ')}"


def is_wanted(item: Item, source: Source) -> bool:
    """Whether the entry's `paths`, `match`, `skip` and `since` let this item through."""
    url = urlsplit(item.link.url)
    paths = words_option(source, "paths")
    if paths and not any(fnmatchcase(url.path, path) for path in paths):
        return False
    since = source.options.get("since")
    day = item.link.published_at or item.touched_at
    if isinstance(since, str) and day is not None and day[:10] < since:
        return False
    said = said_of(item)
    match = words_option(source, "match")
    if match and first_match(match, said) is None:
        return False
    return first_match(words_option(source, "skip"), said) is None


def is_web_address(url: str) -> bool:
    """Whether `url` is http or https with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def join_address(base: str, href: str) -> str:
    """`href` as an address of its own; a malformed one stays as it is, and is refused as a link."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return href


def select(
    source: Source, items: Iterable[Item], issues: Sequence[Issue] = (), *, why_few: str = "", is_whole: bool = True
) -> Reading:
    """
    The wanted links among `items`, once each, and the issues of the run.

    `why_few` is what the reader can say about a channel that gave too little ("selector 'article' matches nothing");
    where it left old parts of the channel unread on purpose, `is_whole` is false and too little is no fault.
    """
    found = list(issues)
    links: dict[str, Link] = {}
    seen: set[str] = set()
    for item in items:
        address = item.link.original_url or item.link.url
        if not is_web_address(address):
            found.append(Issue("bad_link", f"{address[:200]!r} is no http address: left out", "warning", source.slug))
            continue
        if address.startswith(_LEADS_ON):
            message = f"{address[:200]} only leads on to another page: left out; name a channel of that page's site"
            found.append(Issue("redirecting_link", message, "warning", source.slug, source.url))
            continue
        seen.add(item.link.url)
        known = links.get(item.link.url)
        if known is not None:
            # A picture's link and a headline's lead to the same page; only one of them has words.
            published_at, title = known.published_at or item.link.published_at, known.title or item.link.title
            links[known.url] = replace(known, published_at=published_at, title=title)
        elif is_wanted(item, source):
            links[item.link.url] = item.link
    found.extend(_bounds(source, len(seen), why_few, is_whole))
    return Reading(tuple(links.values()), tuple(_few_of_each(found, source)), seen=len(seen))


def _few_of_each(issues: Iterable[Issue], source: Source) -> Iterable[Issue]:
    """The issues, but no more than `MAX_OF_A_KIND` of one kind: a feed with odd dates has them in every item."""
    counts: Counter[str] = Counter()
    for issue in issues:
        counts[issue.kind] += 1
        if counts[issue.kind] <= MAX_OF_A_KIND:
            yield issue
        elif counts[issue.kind] == MAX_OF_A_KIND + 1:
            message = f"{source.slug}: more of kind {issue.kind} than {MAX_OF_A_KIND}; the rest is not listed"
            yield Issue(issue.kind, message, issue.level, source.slug, source.url)


def _bounds(source: Source, seen: int, why_few: str, is_whole: bool) -> Iterable[Issue]:
    if seen < source.min_links and is_whole:
        message = f"{source.slug}: {seen} links, at least {source.min_links} expected from {source.url}"
        yield Issue("too_few_links", f"{message}: {why_few}" if why_few else message, "error", source.slug, source.url)
    elif seen > source.max_links:
        message = f"{source.slug}: {seen} links, at most {source.max_links} expected from {source.url}"
        yield Issue("too_many_links", message, "warning", source.slug, source.url)
