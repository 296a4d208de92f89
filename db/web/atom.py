"""
The writing of Atom feeds (RFC 4287).

In: the entries of a feed, newest first, and the request for it. Out: the answer.
Never gives an entry an id or a date that changes from one reading to the next, or a character that XML does not know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from datasette.utils.asgi import Request, Response

from db.web.words import clean

NOTHING_YET = "2023-01-01T00:00:00Z"
"""The date of a feed without entries: the chronicle begins there, and it does not change."""
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an Atom feed."""

    id: str
    title: str
    updated: str
    href: str
    text: str
    author: str


def atom(datasette: Any, request: Request, title: str, entries: Sequence[Entry]) -> Response:
    """Return the feed, under the address at which it was asked for."""

    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, datasette.urls.path(path)))

    query = f"?{request.query_string}" if request.query_string else ""
    own = absolute(request.path) + query
    updated = max((_instant(entry.updated) for entry in entries), default=NOTHING_YET)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{_xml(own)}</id><title>Gigawatch: {_xml(title)}</title><updated>{updated}</updated>",
        f'<link rel="self" type="application/atom+xml" href={_attribute(own)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(absolute("/feeds"))}/>',
        "<author><name>Gigawatch</name></author>",
        "<rights>CC BY 4.0; quotes belong to their publishers</rights>",
    ]
    for entry in entries:
        parts.append(
            f"<entry><id>{_xml(absolute('/' + entry.id))}</id>"
            f'<title type="text">{_xml(clean(entry.title, 300))}</title>'
            f"<updated>{_instant(entry.updated)}</updated>"
            f'<link rel="alternate" type="text/html" href={_attribute(absolute(entry.href))}/>'
            f"<author><name>{_xml(clean(entry.author, 100))}</name></author>"
            f'<content type="text">{_xml(clean(entry.text, 3000))}</content></entry>'
        )
    parts.append("</feed>\n")
    headers = {"access-control-allow-origin": "*"}
    return Response("\n".join(parts), headers=headers, content_type="application/atom+xml; charset=utf-8")


def _instant(value: str) -> str:
    return value if "T" in value else f"{value[:10]}T00:00:00Z"


def _xml(text: object) -> str:
    return escape(NOT_XML.sub("\ufffd", str(text)))


def _attribute(text: str) -> str:
    return quoteattr(NOT_XML.sub("\ufffd", text))
