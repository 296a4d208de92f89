"""
Announcements: the list of all events, and the page of each with all its documents and figures.

In: an announcement's id, or filters. Out: a page. Never counts a copy of a text as another publisher.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.listing import asked, containing, listing
from db.web.page import Page, not_found, respond

LIST = """
    select announcement_id, announced_on, title, kind, project_id, project, document_id, publisher, tier,
      document_count,
      publisher_count
    from announcement_list
    where announcement_id in (
      select a.id from announcements a
      where (:words = '' or a.title like :pattern escape '\\'
          or a.project_id in (select id from projects where name like :pattern escape '\\'))
        and (:kind = '' or a.kind = :kind)
      order by a.announced_on desc, a.id /* first */)
    order by announced_on desc, announcement_id
"""
KINDS = """
    select kind, count(*) as announcements from announcements group by kind order by announcements desc
"""
COUNT = """
    select count(*) as total from announcements a
    where (:words = '' or a.title like :pattern escape '\\'
        or a.project_id in (select id from projects where name like :pattern escape '\\'))
      and (:kind = '' or a.kind = :kind)
"""
ANNOUNCEMENT = "select * from announcement_list where announcement_id = :announcement"
DOCUMENTS = """
    select d.id as document_id, d.title, d.publisher, d.tier, substr(d.published_at, 1, 10) as said_on, d.url,
      d.original_url,
      d.language, d.origin, m.role, m.reason, k.original_id as copy_of,
      (select count(*) from claims c where c.document_id = d.id and c.retracted_at is null) as claims
    from announcement_documents m join documents d on d.id = m.document_id
    left join document_copies k on k.document_id = d.id
    where m.announcement_id = :announcement order by m.role != 'primary', said_on, d.id
"""
FIGURES = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start,
      f.period_end, f.basis, f.scope, f.financing_kind, f.status, f.quote, f.said_on, f.publisher, f.companies,
      f.project_id, f.project, f.place_id, f.place, f.admin1, f.country, f.document_id
    from stated_figures f join announcement_documents m on m.document_id = f.document_id
    where m.announcement_id = :announcement order by m.role != 'primary', f.metric, f.claim_id
"""
PER_PAGE = 60


async def announcements(datasette: Any, request: Request) -> Response:
    """List announcements, newest first."""
    asker = Asker(datasette)
    words, kind = asked(request, "q"), asked(request, "kind")
    rows, kinds = await asyncio.gather(
        listing(asker, request, LIST, PER_PAGE, counted=COUNT, words=words, pattern=containing(words), kind=kind),
        asker.ask(KINDS),
    )
    page = Page(
        "site/announcements.html",
        "Announcements",
        "Every event found in documents, newest first. Documents about the same event stand together.",
        "/announcements",
        {"announcements": rows.answer, "kinds": kinds},
        {"paging": rows, "words_asked": words, "kind_asked": kind},
    )
    return await respond(datasette, request, page)


async def announcement(datasette: Any, request: Request) -> Response:
    """Show one announcement."""
    identifier = request.url_vars["announcement"]
    asker = Asker(datasette)
    found = await asker.ask_all(
        {"announcement": ANNOUNCEMENT, "documents": DOCUMENTS, "figures": FIGURES}, announcement=identifier
    )
    row = found["announcement"].first
    if row is None:
        return await not_found(datasette, request, "announcement", identifier)
    page = Page(
        "site/announcement.html",
        row["title"],
        f"Announced {row['announced_on'] or 'on an unknown day'}, reported by {row['publisher_count']} publishers.",
        f"/announcements/{identifier}",
        found,
        {"announcement": row},
        linked_data={
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": row["title"],
            "datePublished": row["announced_on"],
            "isBasedOn": row["url"],
            "publisher": {"@type": "Organization", "name": row["publisher"]},
        },
    )
    return await respond(datasette, request, page)


ROUTES = [
    (r"/announcements(\.(?P<format>json))?$", announcements),
    (r"/announcements/(?P<announcement>[^/]+?)(\.(?P<format>json))?$", announcement),
]
