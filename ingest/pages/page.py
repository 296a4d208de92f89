"""
What an HTML page says about itself: JSON-LD, Open Graph, meta elements, link elements, headings, times.

In: the text of a page. Out: `PageFacts`, plain values in the page's own words. Nothing is chosen or believed here;
`published` and `article` do that. Broken JSON-LD is passed over: half the web has some.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.pages.elements import soup_of

ARTICLE_TYPES = frozenset({
    "Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "AnalysisNewsArticle",
    "BackgroundNewsArticle", "TechArticle", "ScholarlyArticle", "SocialMediaPosting", "LiveBlogPosting", "PressRelease",
    "AdvertiserContentArticle", "OpinionNewsArticle", "CreativeWork",
})  # fmt: skip
_MAX_DEPTH = 12
_COMMENTED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")


@dataclass(frozen=True, slots=True)
class TimeTag:
    """A `<time>` element."""

    words: str
    is_published: bool
    """Whether the element itself says that this is the date of publication."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page's words about itself."""

    article: Mapping[str, Any]
    """The JSON-LD object of the article, or an empty mapping."""
    things: Mapping[str, Mapping[str, Any]]
    """Other JSON-LD objects of the page by their @id, for what the article only points to."""
    meta: Mapping[str, str]
    """Meta elements by lower-case name or property; the first of each that is not empty."""
    title: str | None
    headings: tuple[str, ...]
    """The first-level headings."""
    times: tuple[TimeTag, ...]
    language: str | None
    canonical: str | None

    def first(self, *names: str) -> str | None:
        """The first of these meta elements that the page has."""
        return next((self.meta[name] for name in names if name in self.meta), None)


NOTHING = PageFacts({}, {}, {}, None, (), (), None, None)
"""What a text that is no HTML says about itself."""


def read_page(html: str) -> PageFacts:
    """Collect what the page says about itself."""
    soup = soup_of(html, ("html", "title", "meta", "link", "time", "h1", "script"))
    objects = [thing for script in soup.select("script[type*=json]") for thing in _objects(_json(script.get_text()))]
    meta: dict[str, str] = {}
    for element in soup.select("meta[content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = _words(str(element["content"]))
        if name and content:
            meta.setdefault(str(name).strip().lower(), content)
    root, title = soup.select_one("html[lang]"), soup.find("title")
    canonical = next((link for link in soup.select("link[href]") if "canonical" in (link.get("rel") or [])), None)
    return PageFacts(
        article=_article(objects),
        # An object that only points has its @id and little else: the fullest of each name is the thing itself.
        things={str(thing["@id"]): thing for thing in sorted(objects, key=len) if "@id" in thing},
        meta=meta,
        title=_words(title.get_text()) or None if title else None,
        headings=tuple(words for h1 in soup.select("h1") if (words := _words(h1.get_text(" ")))),
        times=tuple(_times(soup)),
        language=str(root["lang"]) if root else None,
        canonical=str(canonical["href"]).strip() if canonical else None,
    )


def _words(text: str) -> str:
    return " ".join(text.split())


def _times(soup: Any) -> Iterator[TimeTag]:
    for element in soup.select("time"):
        words = element.get("datetime") or element.get("content") or element.get_text(" ")
        says = f"{element.get('itemprop') or ''} {' '.join(element.get('class') or [])} {element.has_attr('pubdate')}"
        if _words(words):
            yield TimeTag(_words(words), re.search(r"publish|pubdate|posted|entry-date|True", says) is not None)


def _json(text: str) -> Any:
    text = _COMMENTED.sub("", text).strip().rstrip(";")
    for candidate in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object inside `value`, outermost first."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value or "@id" in value:
            yield value
        for one in value.values():
            yield from _objects(one, depth + 1)


def types_of(thing: Mapping[str, Any]) -> set[str]:
    """The JSON-LD types of an object, without their vocabulary's address."""
    said = thing.get("@type")
    return {str(name).rpartition("/")[2] for name in (said if isinstance(said, list) else [said]) if name}


def _article(objects: list[dict[str, Any]]) -> Mapping[str, Any]:
    """The object of the page's own article: the first of an article's type that has a date or a headline."""
    for thing in objects:
        if types_of(thing) & ARTICLE_TYPES and ("datePublished" in thing or "headline" in thing):
            return thing
    return next((thing for thing in objects if "datePublished" in thing and types_of(thing) & {"WebPage"}), {})
