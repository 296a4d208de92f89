"""
What a stranger's feed or sitemap may not be.

In: the bytes of a feed or sitemap. Out: nothing, or an error that says what they are instead.
A document that declares entities can grow without end or read files, and no honest feed needs one: it is refused
before any parser sees it. A DOCTYPE that only names a public DTD (RSS 0.91) passes; nothing is ever loaded for it.
"""

from __future__ import annotations

import html
import re

from db.records import Capture
from ingest.errors import ListingError
from ingest.fetching.blocked import refuse_block
from ingest.fetching.inflate import GZIP_MAGIC, inflate
from ingest.selection import join_address

MAX_BYTES = 64 * 1024 * 1024
"""Of a decompressed sitemap: the protocol allows 50 MB a file."""
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def _prolog(body: bytes) -> bytes:
    """Everything before the root element, without comments and processing instructions."""
    kept, at = [], 0
    while (opening := body.find(b"<", at)) >= 0:
        kept.append(body[at:opening])
        for start, end in ((b"<!--", b"-->"), (b"<?", b"?>")):
            if body.startswith(start, opening):
                closing = body.find(end, opening)
                if closing < 0:
                    return b"".join(kept)
                at = closing + len(end)
                break
        else:
            if _ELEMENT.match(body, opening):
                break
            kept.append(b"<")
            at = opening + 1
    return b"".join(kept)


def refuse_entities(body: bytes, url: str) -> None:
    """Raise `ListingError` if the document declares an entity."""
    # UTF-16 and UTF-32 hide the words between NULs; no NUL is legal in the text of any XML.
    if b"<!entity" in _prolog(body.replace(b"\0", b"")).lower():
        message = f"{url}: declares XML entities, which can expand without end; refused unread"
        raise ListingError(message, kind="entity_bomb", url=url)


def _named_feed(body: bytes) -> str | None:
    for link in re.findall(rb"<link\b[^>]{0,1000}>", body[:200_000], re.IGNORECASE):
        if re.search(rb"application/(?:rss|atom)\+xml", link, re.IGNORECASE):
            found = re.search(rb"\bhref\s*=\s*[\"']?([^\"'\s>]+)", link, re.IGNORECASE)
            return html.unescape(found[1].decode("utf-8", "replace")) if found else None
    return None


def refuse_html(capture: Capture, body: bytes, wanted: str) -> None:
    """Raise an error that says what was served where a `wanted` should be, if it is an HTML page."""
    if _HTML.match(body[:4096].removeprefix(b"\xef\xbb\xbf")) is None:
        return
    refuse_block(capture)
    message = f"{capture.url}: an HTML page where a {wanted} should be"
    if wanted == "feed" and (named := _named_feed(body)):
        message += f"; the page names a feed: {join_address(capture.final_url, named)}"
    raise ListingError(message, kind=f"html_instead_of_{wanted}", url=capture.url)


def unzip(body: bytes, url: str) -> bytes:
    """The bytes of a `.gz` file, within a bound; other bytes as they are."""
    return inflate(body, MAX_BYTES, url=url) if body.startswith(GZIP_MAGIC) else body
