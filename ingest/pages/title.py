"""
The title of a page, without the name of its site.

In: what the page says about itself, its text, its address, and the link that led to it. Out: the title. The page's own
words come first, the channel's last; a file name, a form number or the site's name alone is no title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from db.records import Link, Source
from ingest.pages.bodytext import clean
from ingest.pages.origin import names_in, site_of
from ingest.pages.page import PageFacts

LONGEST_TITLE = 300
_NO_TITLE = re.compile(
    r"(?:exhibit|ex)?[-\s.]*\d+(?:[.\d-]*)|document|untitled|home|index|8-k|6-k|10-q|10-k|form \S+|press release|news"
    r"|\S+\.(?:html?|aspx?|php|pdf)",
    re.IGNORECASE,
)


def title_of(page: PageFacts, text: str, final_url: str, link: Link, source: Source) -> str:
    """The title of a page."""
    sites = {_key(name) for name in _site_names(page, source, final_url)} - {""}
    candidates = (
        page.article.get("headline"),
        page.first("og:title"),
        page.headings[0] if len(page.headings) == 1 else None,
        page.first("twitter:title", "title", "dc.title"),
        page.title,
        *page.headings,
    )
    for candidate in candidates:
        # Many templates escape a title twice.
        words = clean(unescape(unescape(candidate))) if isinstance(candidate, str) else ""
        title = _without_site(words, sites, page.headings)
        if title and not _NO_TITLE.fullmatch(title) and _key(title) not in sites:
            return title[:LONGEST_TITLE]
    return clean(link.title or page.title or text.partition("\n")[0])[:LONGEST_TITLE]


def same_words(one: str, other: str) -> bool:
    """Whether two lines are the same but for spaces, signs and capitals."""
    return _key(one) == _key(other)


def _key(words: str | None) -> str:
    return re.sub(r"[\W_]+", "", (words or "").lower())


def _site_names(page: PageFacts, source: Source, final_url: str) -> Iterator[str | None]:
    yield page.first("og:site_name")
    yield page.first("application-name", "apple-mobile-web-app-title", "al:ios:app_name", "twitter:domain")
    yield from names_in(page.article.get("publisher"), page)
    site = site_of(final_url)
    yield from (site, site.partition(".")[0], urlsplit(final_url).hostname)
    if site == site_of(source.url):
        yield source.publisher
        yield from (f"{source.publisher} {word}" for word in ("newsroom", "news", "blog", "press center"))


def _without_site(title: str, sites: set[str], headings: tuple[str, ...]) -> str:
    """A title without the site's name before or behind it."""
    for heading in map(clean, headings):
        # "Heading | Section | Site": the page's own heading shows where the title ends.
        if len(heading) > 15 and re.match(re.escape(heading) + r"\s+[|–—·•:»-]\s", title):
            return heading
    while True:
        parts = re.split(r"(\s+[|–—·•»-]\s+|\s*\|\s*|:\s+)", title)
        if len(parts) >= 3 and _key(parts[-1]) in sites and not parts[-2].startswith(":"):
            title = "".join(parts[:-2])
        elif len(parts) >= 3 and _key(parts[0]) in sites and not parts[1].startswith(":"):
            title = "".join(parts[2:])
        else:
            return title.strip()
