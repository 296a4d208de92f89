"""
A page to a document: title, author, publisher, canonical address, language, date with its evidence, text.

In: a capture, the link that led to it, and the source of that link. Out: a `Document`, or an error that says what was
there instead: a bot check, an empty shell, a PDF, no text. A function of its arguments: the clock is the capture's.
Never follows a link, never runs a script, and takes nothing from the page as an instruction.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from db.records import Capture, Document, Issue, Link, Source
from ingest.errors import DocumentError
from ingest.fetching.blocked import looks_like_html, refuse_block
from ingest.fetching.charset import decode
from ingest.home_country import country_of
from ingest.pages.bodytext import body_text, clean, plain_text
from ingest.pages.elements import changeable, without_declaration
from ingest.pages.filing import filing_text, headline_of, passages_of, refuse_notice
from ingest.pages.origin import author_of, canonical_of, language_of, publisher_of, site_of
from ingest.pages.page import NOTHING, PageFacts, read_page
from ingest.pages.published import find_published
from ingest.pages.title import LONGEST_TITLE, same_words, title_of

FEWEST_CHARACTERS = 100
"""A text shorter than this is a caption or a notice, not an announcement."""

# The SEC serves a filing's documents as they were sent: with the header of the submission around the HTML.
_SGML_HEADER = re.compile(r"\A\s*<DOCUMENT>.{0,2000}?<TEXT>", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<(?:html|body|head|div|p|table|article)\b", re.IGNORECASE)
_PERIODIC = re.compile(r"\b(?:10-[QK]|[24]0-F)\b")


def read_article(capture: Capture, link: Link, source: Source) -> Document:
    """The document that a capture holds."""
    if not capture.body.strip():
        raise DocumentError("the page is empty (0 bytes of text)", url=capture.url, kind="empty_page")
    _refuse_type(capture)
    refuse_block(capture)
    words = decode(capture.body, capture.encoding).text
    page, html = NOTHING, ""
    issues: list[Issue] = []
    is_filing = source.reader == "edgar" or _is_in_archive(capture.final_url)
    if looks_like_html(capture.content_type, capture.body) or _MARKUP.search(words[:20_000]):
        html = changeable(without_declaration(_SGML_HEADER.sub("", words, count=1)))
        page = read_page(html)
        if is_filing:
            title, text = _filing(page, html, capture, link, issues)
        else:
            text = body_text(html) or _article_body(page)
            title = title_of(page, text, capture.final_url, link, source)
    else:
        text = plain_text(words)
        title = clean(link.title or text.partition("\n")[0])[:LONGEST_TITLE]
    text = _without_title(text, title)
    if len(text) < FEWEST_CHARACTERS:
        message = f"no text of an article on the page: {len(text)} characters, at least {FEWEST_CHARACTERS} expected"
        raise DocumentError(message, url=capture.url, kind="no_text")
    is_own = source.reader == "edgar" or site_of(capture.final_url) == site_of(source.url)
    published = find_published(page, html, text, capture, link, source)
    return Document(
        url=link.url,
        title=title,
        text=text,
        canonical_url=canonical_of(page, capture.final_url),
        publisher=(link.publisher or source.publisher) if is_own else publisher_of(page, capture.final_url, link),
        author=author_of(page),
        language=language_of(page) or source.language,
        country=source.country if is_own else country_of(capture.final_url),
        published_at=published.at,
        published_evidence=published.evidence,
        issues=(*issues, *published.issues),
    )


def _is_in_archive(url: str) -> bool:
    parts = urlsplit(url)
    return site_of(url) == "sec.gov" and parts.path.startswith("/Archives/")


def _refuse_type(capture: Capture) -> None:
    """Raise `DocumentError` for what is no page of text, by its type or by its first bytes."""
    kind = (capture.content_type or "").partition(";")[0].strip().lower()
    if capture.body.startswith(b"%PDF-") or kind == "application/pdf":
        message = "a PDF, which is not read: give the address of the page that announces it"
        raise DocumentError(message, url=capture.url, kind="pdf_document")
    start = capture.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_media = re.match(r"(?:image|audio|video|font)/|application/(?:zip|octet-stream)$", kind) is not None
    is_data = kind.endswith(("json", "rss+xml", "atom+xml"))
    is_data = is_data or start.startswith((b"{", b"[{", b"<rss", b"<feed", b"<urlset", b"<sitemapindex"))
    is_binary = b"\0" in start and not capture.body.startswith((b"\xff\xfe", b"\xfe\xff"))
    if (is_media and not looks_like_html(None, capture.body)) or is_data or is_binary:
        raise DocumentError(f"{kind or 'data'}, not a page of text", url=capture.url, kind="not_a_page")


def _article_body(page: PageFacts) -> str:
    """The text that only the page's JSON-LD has: some pages are put together by scripts from it."""
    body = page.article.get("articleBody")
    return plain_text(re.sub(r"<[^>]{0,500}>", " ", body)) if isinstance(body, str) else ""


def _without_title(text: str, title: str) -> str:
    """The text without the title at its head."""
    first, _, rest = text.partition("\n")
    return rest if rest and same_words(first, title) else text


def _filing(page: PageFacts, html: str, capture: Capture, link: Link, issues: list[Issue]) -> tuple[str, str]:
    """The title and the text of a filing's document; of a periodic report only the passages on building."""
    text = filing_text(html)
    refuse_notice(text, capture.url)
    title = link.title or ""
    if not title or "exhibit" in title:
        return headline_of(text) or title or page.title or text.partition("\n")[0], text
    if _PERIODIC.search(title) and (passages := passages_of(text)):
        message = f"{len(passages)} of {len(text)} characters kept: the passages on building"
        issues.append(Issue("excerpt", message, "info", url=link.url))
        return title, passages
    return title, text
