"""
Where an answer sends its reader on, and whether that is still the page that was asked for.

In: an answer, or two addresses. Out: the next address, or the errors of `ingest.errors` for a page that is gone or a
redirect that leads nowhere. Never asks the network.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from ingest.errors import RedirectError
from ingest.fetching.answers import Answer, refuse_status
from ingest.fetching.blocked import looks_like_html
from ingest.fetching.charset import decode
from ingest.fetching.visible import refresh_target
from ingest.urls import same_site
from ingest.warc import charset_named

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# With or without a language: "/", "/en", "/de-at/".
_FRONT_PAGE = re.compile(r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/?|index\.\w{3,5}|home/?)?", re.IGNORECASE)
_REFRESH_LOOKED_AT_BYTES = 20_000


def is_same_place(origin: str, address: str) -> bool:
    """Say whether a redirect stays where the trust was given: the same host and port, or its https beside its http."""
    before, after = urlsplit(origin), urlsplit(address)
    secured = (before.scheme, after.scheme) == ("http", "https") and before.port is None and after.port is None
    return same_site(origin, address) or (secured and before.hostname == after.hostname)


def refuse_front_page(origin: str, address: str) -> None:
    """Raise where a deep address now leads to the site's front page: the page is gone, whatever the status says."""
    before, after = urlsplit(origin), urlsplit(address)
    one_site = (before.hostname or "").removeprefix("www.") == (after.hostname or "").removeprefix("www.")
    if one_site and not after.query and _FRONT_PAGE.fullmatch(after.path) and not _FRONT_PAGE.fullmatch(before.path):
        raise RedirectError(f"the address now leads to the front page {address}", url=origin, kind="led_to_front_page")


def target_of(answer: Answer, now: datetime) -> str | None:
    """Find where an answer sends its reader; raises for one that is neither a page nor a redirect."""
    if answer.status in REDIRECTS:
        target = answer.headers.get("location")
        if not target:
            raise RedirectError(f"HTTP {answer.status} without an address to go to", url=answer.url)
        return target
    if answer.status == 304:
        return None
    refuse_status(answer, now)
    content_type = answer.headers.get("content-type")
    if len(answer.body) > _REFRESH_LOOKED_AT_BYTES or not looks_like_html(content_type, answer.body):
        return None
    return refresh_target(decode(answer.body, charset_named(content_type)).text)
