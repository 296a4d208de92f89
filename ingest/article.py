"""
A page to a document: title, author, publisher, canonical address, language, date with its evidence, text.

In: a capture, the link that led to it, and the source of that link. Out: a `Document`, or an error that says what was
there instead: a bot check, an empty shell, a PDF, no text. A function of its arguments: the clock is the capture's.
Never follows a link, never runs a script, and takes nothing from the page as an instruction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from db.records import Capture, Document, Issue, Link, Source
from ingest.blocked import looks_like_html, refuse_block
from ingest.bodytext import body_text, clean, plain_text
from ingest.charset import decode
from ingest.errors import AddressError, DocumentError
from ingest.filing import filing_text, headline_of, passages_of, refuse_notice
from ingest.page import PageFacts, read_page
from ingest.published import find_published
from ingest.urls import absolute_url, canonical_url

FEWEST_CHARACTERS = 100
"""A text shorter than this is a caption or a notice, not an announcement."""
LONGEST_TITLE = 300

# The SEC serves a filing's documents as they were sent: with the header of the submission around the HTML.
_SGML_HEADER = re.compile(r"\A\s*<DOCUMENT>.{0,2000}?<TEXT>", re.IGNORECASE | re.DOTALL)
_PERIODIC = re.compile(r"\b(?:10-[QK]|[24]0-F)\b")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NO_TITLE = re.compile(
    r"(?:exhibit|ex)?[-\s.]*\d+(?:[.\d-]*)|document|untitled|home|index|8-k|6-k|10-q|10-k|form \S+|press release|news"
    r"|\S+\.(?:html?|aspx?|php|pdf)",
    re.IGNORECASE,
)
_SHARED_SECOND_LEVELS = {"ac", "co", "com", "edu", "gob", "gov", "go", "ne", "net", "or", "org"}
# Country domains that are used for their letters all over the world.
_WORLD_DOMAINS = {"ai", "io", "co", "tv", "me", "fm", "cc", "gg", "ly", "to", "ws", "eu", "vc", "sh", "so", "im", "app"}


def read_article(capture: Capture, link: Link, source: Source) -> Document:
    """The document that a capture holds."""
    if not capture.body.strip():
        raise DocumentError("the page is empty (0 bytes of text)", url=capture.url, kind="empty_page")
    _refuse_type(capture)
    refuse_block(capture)
    decoded = decode(capture.body, capture.encoding).text
    if not looks_like_html(capture.content_type, capture.body) and not _has_markup(decoded):
        return _plain_document(decoded, capture, link, source)
    html = _XML_DECLARATION.sub("", _SGML_HEADER.sub("", decoded, count=1), count=1)
    page = read_page(html)
    issues: list[Issue] = []
    if source.reader == "edgar":
        title, text = _filing(html, link, capture, source, issues)
    else:
        title, text = _title_and_text(page, body_text(html) or _article_body(page), link, source, capture)
    if len(text) < FEWEST_CHARACTERS:
        message = f"no text of an article on the page: {len(text)} characters, at least {FEWEST_CHARACTERS} expected"
        raise DocumentError(message, url=capture.url, kind="no_text")
    own = site_of(capture.final_url) == site_of(source.url) or source.reader == "edgar"
    published = find_published(page, html, text, capture, link, source)
    return Document(
        url=link.url,
        title=title,
        text=text,
        canonical_url=_canonical(page, capture),
        publisher=_publisher(page, link, source, own, capture),
        author=_author(page),
        language=_language(page, source),
        country=source.country if own else _country(capture.final_url),
        published_at=published.at,
        published_evidence=published.evidence,
        issues=(*issues, *published.issues),
    )


def _filing(html: str, link: Link, capture: Capture, source: Source, issues: list[Issue]) -> tuple[str, str]:
    """The title and the text of a filing's document; of a periodic report only the passages on building."""
    text = filing_text(html)
    refuse_notice(text, capture.url)
    title = link.title or source.publisher
    if "exhibit" in title:
        return headline_of(text) or title, text
    if _PERIODIC.search(title) and (passages := passages_of(text)):
        message = f"{len(passages)} of {len(text)} characters kept: the passages on building"
        issues.append(Issue("excerpt", message, "info", source.slug, link.url))
        return title, passages
    return title, text


def _refuse_type(capture: Capture) -> None:
    kind = (capture.content_type or "").partition(";")[0].strip().lower()
    if capture.body.startswith(b"%PDF-") or kind == "application/pdf":
        message = "a PDF, which is not read: give the address of the page that announces it"
        raise DocumentError(message, url=capture.url, kind="pdf_document")
    if re.match(r"(?:image|audio|video|font)/", kind) or kind in {"application/zip", "application/octet-stream"}:
        if looks_like_html(None, capture.body):
            return
        raise DocumentError(f"{kind or 'binary data'}, not a page of text", url=capture.url, kind="not_a_page")
    start = capture.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if kind.endswith(("json", "rss+xml", "atom+xml")) or start.startswith((b"{", b"[{", b"<rss", b"<feed", b"<urlset")):
        raise DocumentError(f"{kind or 'data'}, not a page of text", url=capture.url, kind="not_a_page")
    if b"\0" in capture.body[:1000] and not capture.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError("binary data, not a page of text", url=capture.url, kind="not_a_page")


def _has_markup(text: str) -> bool:
    return re.search(r"<(?:html|body|head|div|p|table|article)\b", text[:20_000], re.IGNORECASE) is not None


def _plain_document(words: str, capture: Capture, link: Link, source: Source) -> Document:
    text = plain_text(words)
    if len(text) < FEWEST_CHARACTERS:
        message = f"no text of an article: {len(text)} characters, at least {FEWEST_CHARACTERS} expected"
        raise DocumentError(message, url=capture.url, kind="no_text")
    published = find_published(None, "", text, capture, link, source)
    own = site_of(capture.final_url) == site_of(source.url)
    return Document(
        url=link.url,
        title=clean(link.title or text.partition("\n")[0])[:LONGEST_TITLE],
        text=text,
        canonical_url=canonical_url(capture.final_url),
        publisher=link.publisher or (source.publisher if own else urlsplit(capture.final_url).hostname),
        language=source.language,
        country=source.country if own else _country(capture.final_url),
        published_at=published.at,
        published_evidence=published.evidence,
        issues=published.issues,
    )


def site_of(url: str) -> str:
    """The registered name that a host belongs to: `example.com` for `www.news.example.com`."""
    labels = (urlsplit(url).hostname or "").split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_SECOND_LEVELS
    return ".".join(labels[-3:] if shared else labels[-2:])


def _article_body(page: PageFacts) -> str:
    """The text that only the page's JSON-LD has: some pages are put together by scripts from it."""
    body = page.article.get("articleBody")
    return plain_text(re.sub(r"<[^>]{0,500}>", " ", body)) if isinstance(body, str) else ""


def _name(value: Any, page: PageFacts) -> Iterator[str]:
    """The names in a JSON-LD value: a text, an object, an object elsewhere on the page, or a list of those."""
    if isinstance(value, str):
        yield clean(value)
    elif isinstance(value, list):
        for one in value[:10]:
            yield from _name(one, page)
    elif isinstance(value, Mapping):
        name = value.get("name") or page.things.get(str(value.get("@id")), {}).get("name")
        if isinstance(name, str | list):
            yield from _name(name, page)


def _title_and_text(page: PageFacts, text: str, link: Link, source: Source, capture: Capture) -> tuple[str, str]:
    """The title, and the text without the title at its head."""
    title = _title(page, text, link, source, capture)
    first, _, rest = text.partition("\n")
    return title, rest if rest and _key(first) == _key(title) else text


def _title(page: PageFacts, text: str, link: Link, source: Source, capture: Capture) -> str:
    sites = {_key(name) for name in _site_names(page, source, capture)} - {""}
    candidates = (
        page.article.get("headline"),
        page.first("og:title"),
        page.headings[0] if len(page.headings) == 1 else None,
        page.first("twitter:title", "title", "dc.title"),
        page.title,
        *page.headings,
    )
    for candidate in candidates:
        title = _without_site(clean(_unescaped(candidate)), sites, page.headings) if isinstance(candidate, str) else ""
        if title and not _NO_TITLE.fullmatch(title) and _key(title) not in sites:
            return title[:LONGEST_TITLE]
    return clean(link.title or page.title or text.partition("\n")[0])[:LONGEST_TITLE]


def _unescaped(words: str) -> str:
    from html import unescape

    return unescape(unescape(words))


def _key(words: str | None) -> str:
    return re.sub(r"[\W_]+", "", (words or "").lower())


def _site_names(page: PageFacts, source: Source, capture: Capture) -> Iterator[str | None]:
    yield page.first("og:site_name")
    yield page.first("application-name", "apple-mobile-web-app-title", "al:ios:app_name", "twitter:domain")
    yield from _name(page.article.get("publisher"), page)
    site = site_of(capture.final_url)
    yield from (site, site.partition(".")[0], urlsplit(capture.final_url).hostname)
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


def _canonical(page: PageFacts, capture: Capture) -> str:
    own = canonical_url(capture.final_url)
    for said in (page.canonical, page.first("og:url")):
        if not said:
            continue
        try:
            url = canonical_url(absolute_url(said, capture.final_url))
        except AddressError:
            continue
        # A page may name another address of its own site; not another's site, and not its front page.
        if site_of(url) == site_of(own) and (urlsplit(url).path.strip("/") or not urlsplit(own).path.strip("/")):
            return url
    return own


def _publisher(page: PageFacts, link: Link, source: Source, own: bool, capture: Capture) -> str | None:
    if own:
        return link.publisher or source.publisher
    named = (
        *_name(page.article.get("publisher"), page),
        page.first("og:site_name", "application-name"),
        link.publisher,
    )
    return next((name for name in named if name and is_name(name)), None) or urlsplit(capture.final_url).hostname


def is_name(words: str) -> bool:
    """Whether a field can be a name: many hold an address, or a paragraph."""
    return bool(words) and "://" not in words and not words.startswith("@") and len(words) <= 100


def _author(page: PageFacts) -> str | None:
    said = [*_name(page.article.get("author"), page)]
    if not any(said):
        said = [page.first("author", "parsely-author", "article:author", "sailthru.author", "dc.creator") or ""]
    names = [re.sub(r"^by\s+", "", clean(name), flags=re.IGNORECASE) for name in said if is_name(name)]
    return ", ".join(dict.fromkeys(names)) or None


def _language(page: PageFacts, source: Source) -> str:
    in_article = page.article.get("inLanguage")
    said = (
        page.language,
        in_article if isinstance(in_article, str) else None,
        page.first("og:locale", "content-language"),
    )
    for value in said:
        if value and (found := re.match(r"([a-z]{2})(?:[-_]|$)", value.strip().lower())):
            return found[1]
    return source.language


def _country(url: str) -> str | None:
    """The country of a publisher that is only known by its address."""
    last = (urlsplit(unquote(url)).hostname or "").rpartition(".")[2]
    if len(last) != 2 or not last.isalpha() or last in _WORLD_DOMAINS:
        return "US" if last in {"gov", "mil"} else None
    return "GB" if last == "uk" else last.upper()
