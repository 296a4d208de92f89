"""
Where a page is from: its canonical address, its site, who published and wrote it, in which language.

In: what the page says about itself, its address, and the source that led to it. Out: one value each, or None. A page
may name another address of its own site, and nobody else's; of a page on the source's own site the catalogue knows
better who publishes it than the page does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard
from urllib.parse import urlsplit

from db.records import Link
from ingest.errors import AddressError
from ingest.pages.bodytext import clean
from ingest.pages.page import PageFacts
from ingest.urls import absolute_url, canonical_url

_SHARED_SECOND_LEVELS = {"ac", "co", "com", "edu", "gob", "gov", "go", "ne", "net", "or", "org"}


def site_of(url: str) -> str:
    """The registered name that a host belongs to: `example.com` for `www.news.example.com`."""
    labels = (urlsplit(url).hostname or "").split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_SECOND_LEVELS
    return ".".join(labels[-3:] if shared else labels[-2:])


def names_in(value: Any, page: PageFacts) -> Iterator[str]:
    """The names in a JSON-LD value: a text, an object, an object elsewhere on the page, or a list of those."""
    if isinstance(value, str):
        yield clean(value)
    elif isinstance(value, list):
        for one in value[:10]:
            yield from names_in(one, page)
    elif isinstance(value, Mapping):
        name = value.get("name") or page.things.get(str(value.get("@id")), {}).get("name")
        if isinstance(name, str | list):
            yield from names_in(name, page)


def canonical_of(page: PageFacts, final_url: str) -> str:
    """The address by which a page wants to be known, if that can be believed; else the one it was found at."""
    own = canonical_url(final_url)
    for said in (page.canonical, page.first("og:url")):
        if not said:
            continue
        try:
            url = canonical_url(absolute_url(said, final_url))
        except AddressError:
            continue
        # A page may name another address of its own site; not another's site, and not its front page.
        if site_of(url) == site_of(own) and (urlsplit(url).path.strip("/") or not urlsplit(own).path.strip("/")):
            return url
    return own


def is_name(words: str | None) -> TypeGuard[str]:
    """Whether a field can be a name: many hold an address, or a paragraph."""
    return words is not None and words != "" and "://" not in words and not words.startswith("@") and len(words) <= 100


def publisher_of(page: PageFacts, final_url: str, link: Link) -> str | None:
    """Who publishes a page, by its own words; else its host."""
    said = (*names_in(page.article.get("publisher"), page), page.first("og:site_name", "application-name"))
    return next((name for name in (*said, link.publisher) if is_name(name)), None) or urlsplit(final_url).hostname


def author_of(page: PageFacts) -> str | None:
    """The authors of a page."""
    said = [*names_in(page.article.get("author"), page)]
    if not any(said):
        said = [page.first("author", "parsely-author", "article:author", "sailthru.author", "dc.creator") or ""]
    names = [re.sub(r"^by\s+", "", clean(name), flags=re.IGNORECASE) for name in said if is_name(name)]
    return ", ".join(dict.fromkeys(names)) or None


def language_of(page: PageFacts) -> str | None:
    """The language of a page, as two letters."""
    in_article = page.article.get("inLanguage")
    said = (page.language, in_article, page.first("og:locale", "content-language"))
    for value in said:
        if isinstance(value, str) and (found := re.match(r"([a-z]{2})(?:[-_]|$)", value.strip().lower())):
            return found[1]
    return None
