"""
The page of one document: its text with every figure marked, and the address of the original.

In: a document's id. Out: a page. Never shows a text without naming its publisher and the address of the original.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.page import Page, not_found, respond
from db.web.words import voice

DOCUMENT = """
    select id as document_id, url, canonical_url, original_url, title, author, publisher, tier, source, published_at,
      published_evidence, language, country, kind, relevant, origin, extractor, first_seen, last_seen,
      length(text) as characters
    from documents where id = :document
"""
TEXT = "select text from documents where id = :document"
CLAIMS = """
    select c.id as claim_id, c.metric, c.value_min, c.value_max, c.unit, c.qualifier, c.usd_min, c.usd_max,
      c.period_start, c.period_end, c.scope, c.status, c.quote, c.quoted_from, c.start, c."end", c.confidence,
      c.project_id, coalesce(p.name, c.project_name) as project, c.place_name as place, c.admin1, c.country
    from claims c left join projects p on p.id = c.project_id
    where c.document_id = :document and c.retracted_at is null order by c.quoted_from desc, c.start, c.metric
"""
WITHDRAWN = """
    select id as claim_id, metric, value_min, value_max, unit, qualifier, period_start, period_end, quote, retracted_at
    from claims where document_id = :document and retracted_at is not null order by retracted_at desc, start
"""
ANNOUNCEMENTS = """
    select a.id as announcement_id, a.title, a.announced_on, a.document_count, m.role, m.reason
    from announcement_documents m join announcements a on a.id = m.announcement_id where m.document_id = :document
"""
CAPTURES = """
    select id as capture_id, fetched_at, status, sha256, bytes, final_url from captures
    where document_id = :document or id = (select capture_id from documents where id = :document)
    order by fetched_at desc
"""
COPIES = """
    select id as document_id, title, publisher, url, origin, published_at from documents
    where id != :document and (canonical_url = (select original_url from documents where id = :document)
      or original_url = (select canonical_url from documents where id = :document))
"""


async def document(datasette: Any, request: Request) -> Response:
    """Show one document."""
    identifier = request.url_vars["document"]
    asker = Asker(datasette)
    found, text, claims, withdrawn, announcements, captures, copies = await asyncio.gather(
        *(
            asker.ask(sql, document=identifier)
            for sql in (DOCUMENT, TEXT, CLAIMS, WITHDRAWN, ANNOUNCEMENTS, CAPTURES, COPIES)
        )
    )
    row = found.first
    if row is None:
        return await not_found(datasette, request, "document", identifier)
    page = Page(
        "site/document.html",
        row["title"],
        f"{len(claims)} figures found in {voice(row['publisher'], row['tier'], row['origin'])}.",
        f"/documents/{identifier}",
        {
            "document": found,
            "claims": claims,
            "withdrawn": withdrawn,
            "announcements": announcements,
            "captures": captures,
            "other_versions": copies,
        },
        {"document": row, "text": text.value, "in_text": [c for c in claims if c["quoted_from"] == "text"]},
    )
    return await respond(datasette, request, page)


ROUTES = [(r"/documents/(?P<document>[^/]+?)(\.(?P<format>json))?$", document)]
