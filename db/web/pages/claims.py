"""
The page of one claim: the figure, the sentence that says it, how it was read, and what others say.

In: a claim's id. Out: a page. Never shows a figure without its quote.
"""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.page import Page, not_found, respond
from db.web.vocabulary import METRICS, label
from db.web.words import figure, voice

CLAIM = """
    select c.id as claim_id, c.metric, c.value_min, c.value_max, c.unit, c.qualifier, c.currency, c.usd_min, c.usd_max,
      c.fx_date, c.period, c.period_start, c.period_end, c.basis, c.scope, c.financing_kind, c.contract_years, c.status,
      c.quote, c.quoted_from, c.start, c."end", c.origin, c.confidence, c.first_seen, c.retracted_at,
      c.project_id, coalesce(p.name, c.project_name) as project, c.place_id, c.place_name as place, c.admin1, c.country,
      c.chip_id, coalesce(k.name, c.chip_name) as chip, c.document_id, d.title, d.publisher, d.tier, d.published_at,
      d.published_evidence, d.url, d.original_url, d.origin as document_origin, d.language
    from claims c join documents d on d.id = c.document_id
    left join projects p on p.id = c.project_id left join chips k on k.id = c.chip_id
    where c.id = :claim
"""
SOURCE_TEXT = """
    select case c.quoted_from when 'title' then d.title else d.text end as text, c.start, c."end"
    from claims c join documents d on d.id = c.document_id where c.id = :claim
"""
COMPANIES = """
    select cc.position, cc.name as named, cc.company_id, o.name as company, cc.role
    from claim_companies cc left join companies o on o.id = cc.company_id where cc.claim_id = :claim
    order by cc.position
"""
CONVERSIONS = "select * from claim_conversions where claim_id = :claim order by position"
OTHERS = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start,
      f.period_end, f.said_on, f.publisher, f.tier, f.document_id, f.title, f.quote, f.status
    from (
      select other.id from claims c join claims other on other.project_id = c.project_id and other.metric = c.metric
      where c.id = :claim and other.id != c.id and other.retracted_at is null
        order by other.first_seen desc /* first */) n
    join stated_figures f on f.claim_id = n.id order by f.said_on desc, f.claim_id
"""
SAME_DOCUMENT = """
    select f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.usd_min, f.usd_max, f.period_start,
      f.period_end, f.project, f.project_id, f.quote, f.status
    from stated_figures f join claims c on c.id = :claim where f.document_id = c.document_id and f.claim_id != c.id
"""
CHOSEN = """
    select f.project_id, f.metric, f.rule, f.agreeing, f.disagreeing, f.claim_id = :claim as is_this, f.claim_id,
      f.stage, f.value_min, f.value_max, f.unit, f.qualifier, f.period_start, f.period_end,
      f.unit = c.unit and f.value_min is c.value_min and f.value_max is c.value_max and f.qualifier = c.qualifier
        and f.period_start is c.period_start and f.period_end is c.period_end as says_the_same
    from figures f join claims c on c.id = :claim where f.project_id = c.project_id and f.metric = c.metric
"""
CORRECTIONS = "select * from corrections where target_kind = 'claim' and target_id = :claim order by decided_on"


async def claim(datasette: Any, request: Request) -> Response:
    """Show one claim."""
    identifier = request.url_vars["claim"]
    asker = Asker(datasette)
    found, text, companies, conversions, others, same, chosen, corrections = await asyncio.gather(
        asker.ask(CLAIM, claim=identifier),
        asker.ask(SOURCE_TEXT, claim=identifier),
        asker.ask(COMPANIES, claim=identifier),
        asker.ask(CONVERSIONS, claim=identifier),
        asker.ask(OTHERS, most=50, claim=identifier),
        asker.ask(SAME_DOCUMENT, most=50, claim=identifier),
        asker.ask(CHOSEN, claim=identifier),
        asker.ask(CORRECTIONS, claim=identifier),
    )
    row = found.first
    if row is None:
        return await not_found(datasette, request, "figure", identifier)
    said = figure(row)
    about = row["project"] or ", ".join(str(c["company"] or c["named"]) for c in companies) or row["title"]
    page = Page(
        "site/claim.html",
        f"{label(row['metric'], METRICS)}: {said} — {about}",
        f"“{row['quote']}”: {voice(row['publisher'], row['tier'], row['document_origin'])}.",
        f"/claims/{identifier}",
        {
            "claim": found,
            "companies": companies,
            "conversions": conversions,
            "others": others,
            "same_document": same,
            "best_figure": chosen,
            "corrections": corrections,
        },
        {"claim": row, "text": text.first},
        linked_data={
            "@context": "https://schema.org",
            "@type": "Claim",
            "text": row["quote"],
            "datePublished": row["published_at"],
            "appearance": {
                "@type": "CreativeWork",
                "headline": row["title"],
                "url": row["original_url"] or row["url"],
                "publisher": {"@type": "Organization", "name": row["publisher"]},
            },
        },
    )
    return await respond(datasette, request, page)


ROUTES = [(r"/claims/(?P<claim>[^/]+?)(\.(?P<format>json))?$", claim)]
