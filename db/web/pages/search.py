"""
One search box: projects, companies, places and chips by name, then quotes and documents by their words.

In: words. Out: a page. Never fails on odd input: what cannot be searched finds nothing.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.listing import asked
from db.web.page import Page, respond

NAMES = """
    with named (kind, id, name, found) as (
      select 'project', id, name, name from projects union all
      select 'company', id, name, name from companies union all
      select 'chip', id, name, name from chips union all
      select 'place', id, name || coalesce(', ' || nullif(admin1, name), '') || coalesce(', ' || nullif(country,
        name), ''),
        name from places union all
      select a.kind, a.entity_id, coalesce(p.name, o.name, k.name, l.name, a.alias), a.alias from aliases a
        left join projects p on a.kind = 'project' and p.id = a.entity_id
        left join companies o on a.kind = 'company' and o.id = a.entity_id
        left join chips k on a.kind = 'chip' and k.id = a.entity_id
        left join places l on a.kind = 'place' and l.id = a.entity_id)
    select kind, id, name, min(found) as found,
      min(case when lower(found) = lower(:words) then 0 when instr(lower(found), lower(:words)) = 1 then 1
        else 2 end) as rank
    from named where instr(lower(found), lower(:words)) > 0
    group by kind, id order by rank, length(name), name, kind
"""
QUOTES = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.period_start, f.period_end, f.basis,
      f.financing_kind, f.quote, f.said_on, f.publisher, f.project_id, f.project, f.companies, f.status
    from (
      select rowid from claims_fts where claims_fts match :match order by rowid desc limit 400) hit
    join claims c on c.search_id = hit.rowid join stated_figures f on f.claim_id = c.id order by f.said_on desc
"""
DOCUMENTS = """
    select d.id as document_id, d.title, d.publisher, substr(d.published_at, 1, 10) as said_on,
      snippet(documents_fts, 1, char(1), char(2), ' … ', 28) as found
    from documents_fts join documents d on d.search_id = documents_fts.rowid
    where documents_fts match :match and documents_fts.rowid >= (
      select coalesce(min(rowid), 0) from (
        select rowid from documents_fts where documents_fts match :match order by rowid desc limit 1000))
    order by documents_fts.rank
"""
KIND_PAGES = {"project": "projects", "company": "companies", "chip": "chips", "place": "places"}


def match_words(words: str) -> str:
    """Return the words as a full-text query: each a phrase of its own, the last one also as a beginning."""
    pieces = re.findall(r'"[^"]+"|[^\s"]+', words)
    phrases = [cleaned for piece in pieces if (cleaned := " ".join(re.findall(r"\w+", piece)))]
    if not phrases:
        return ""
    quoted = [f'"{phrase}"' for phrase in phrases]
    if not words.rstrip().endswith('"'):
        quoted[-1] += "*"
    return " ".join(quoted)


async def search(datasette: Any, request: Request) -> Response:
    """Show what fits the words."""
    words = asked(request, "q")
    asker = Asker(datasette)
    match = match_words(words)
    answers = {}
    if match:
        names, quotes, documents = await asyncio.gather(
            asker.ask(NAMES, most=24, words=words),
            asker.ask(QUOTES, most=20, match=match),
            asker.ask(DOCUMENTS, most=20, match=match),
        )
        answers = {"names": names, "quotes": quotes, "documents": documents}
    page = Page(
        "site/search.html",
        f"Search: {words}" if words else "Search",
        "Search projects, companies, places, chips, quotes and documents.",
        "/search",
        answers,
        {"search_terms": words, "kind_pages": KIND_PAGES},
        indexed=False,
    )
    return await respond(datasette, request, page)


ROUTES = [(r"/search(\.(?P<format>json))?$", search)]
