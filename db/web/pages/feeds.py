"""
Feeds of announcements, figures and steps of projects, each narrowed by what the reader asks.

In: `company`, `project`, `country`, `min_usd`, `min_mw`. Out: Atom, the newest first.
Never holds more than a hundred entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.atom import Entry, atom
from db.web.listing import asked, number_asked
from db.web.vocabulary import METRICS, STEPS, label
from db.web.words import clean, figure

MOST = 100
OF_A_CLAIM = {
    "company": "c.id in (select claim_id from claim_companies where company_id = :company)",
    "project": "c.project_id = :project",
    "country": "c.country = :country",
    "min_usd": "coalesce(c.usd_max, c.usd_min) >= :min_usd",
    "min_mw": "c.metric in ('power', 'generation') and coalesce(c.value_max, c.value_min) >= :min_mw",
}
"""What each word asks of a claim."""
ANNOUNCEMENTS = """
    select a.announcement_id, a.title, a.announced_on, a.first_seen, a.publisher, a.publisher_count, a.url,
      a.project_id,
      a.project
    from announcement_list a
    where a.announcement_id in (
      select n.id from announcements n where {of_announcement} order by n.first_seen desc, n.announced_on desc,
        n.id limit {most})
    order by a.first_seen desc, a.announced_on desc, a.announcement_id
"""
WITH_CLAIM = """exists (
        select 1 from announcement_documents m join claims c on c.document_id = m.document_id
        where m.announcement_id = n.id and c.retracted_at is null and {conditions})"""
FIGURES_OF = """
    select m.announcement_id, f.claim_id, f.metric, f.value_min, f.value_max, f.unit, f.qualifier, f.period_start,
      f.period_end, f.quote, f.project
    from announcement_documents m join announcements a on a.id = m.announcement_id
      and a.primary_document_id = m.document_id join stated_figures f on f.document_id = m.document_id
    where m.announcement_id in (select value from json_each(:ids)) order by f.confidence desc, f.claim_id
"""
FIGURES = """
    select f.claim_id, f.project_id, f.project, f.metric, f.stage, f.said_on, f.value_min, f.value_max, f.unit,
      f.qualifier, f.period_start, f.period_end, f.standing, f.quote, f.publisher, f.first_seen
    from (
      select c.id from {claims}
      where c.retracted_at is null and c.project_id is not null and {conditions}
      order by {newest} limit {most}) n
    join figure_changes f on f.claim_id = n.id
    order by f.first_seen desc, f.said_on desc, f.claim_id
"""
OF_ALL = ("claims c", "c.first_seen desc, c.said_on desc, c.id")
OF_A_COMPANY = (
    "company_claims k cross join claims c on c.id = k.claim_id and k.company_id = :company",
    "k.first_seen desc, k.said_on desc, k.claim_id",
)
"""Where the claims of a feed are, and the order in which an index gives them."""
STATUS = """
    select s.project_id, s.project, s.step, s.happened_on, s.document_id, s.title, s.publisher, s.reason, s.first_seen,
      s.country
    from status_steps s where {conditions}
    order by s.first_seen desc, s.happened_on desc, s.project_id, s.step limit {most}
"""
OF_A_STEP = {
    "company": "s.project_id in (select project_id from project_companies where company_id = :company)",
    "project": "s.project_id = :project",
    "country": "s.country = :country",
    "min_usd": "s.project_id in "
    "(select project_id from figures where metric = 'capex' and coalesce(usd_max, usd_min) >= :min_usd)",
    "min_mw": "s.project_id in "
    "(select project_id from figures where metric = 'power' and coalesce(value_max, value_min) >= :min_mw)",
}
"""What each word asks of a step."""


def parameters(request: Request) -> dict[str, Any]:
    """Return what the reader narrowed the feed by."""
    return {
        "company": asked(request, "company"),
        "project": asked(request, "project"),
        "country": asked(request, "country").upper(),
        "min_usd": number_asked(request, "min_usd"),
        "min_mw": number_asked(request, "min_mw"),
    }


def conditions(given: Mapping[str, Any], of: Mapping[str, str], *left_out: str) -> str:
    """Return as SQL what is asked for."""
    asked_for = [sql for name, sql in of.items() if given[name] not in {"", None} and name not in left_out]
    return " and ".join(asked_for) or "1"


def newest(most: int) -> dict[str, str]:
    """Return the query of each feed, not narrowed, for so many entries."""
    return {
        "announcements": ANNOUNCEMENTS.format(of_announcement="1", most=most),
        "figures": FIGURES.format(claims=OF_ALL[0], newest=OF_ALL[1], conditions="1", most=most),
        "status": STATUS.format(conditions="1", most=most),
    }


async def announcements(datasette: Any, request: Request) -> Response:
    """New announcements."""
    asker, given = Asker(datasette), parameters(request)
    claim = conditions(given, OF_A_CLAIM, "project")
    wanted = [WITH_CLAIM.format(conditions=claim)] if claim != "1" else []
    wanted += ["n.project_id = :project"] if given["project"] else []
    sql = ANNOUNCEMENTS.format(of_announcement=" and ".join(wanted) or "1", most=MOST)
    rows = await asker.ask(sql, **given)
    ids = "[" + ",".join(f'"{row["announcement_id"]}"' for row in rows) + "]"
    figures: dict[str, list[str]] = {}
    for row in await asker.ask(FIGURES_OF, ids=ids):
        line = f"{label(row['metric'], METRICS)}: {figure(row)} (“{clean(row['quote'], 120)}”)"
        figures.setdefault(row["announcement_id"], []).append(line)
    entries = [
        Entry(
            f"announcements/{row['announcement_id']}",
            row["title"],
            row["first_seen"],
            f"/announcements/{row['announcement_id']}",
            "\n".join(
                [f"Announced on {row['announced_on'] or 'an unknown day'}.", *figures.get(row["announcement_id"], ())]
            ),
            row["publisher"] or "unnamed publisher",
        )
        for row in rows
    ]
    return atom(datasette, request, "New announcements", entries)


async def figures(datasette: Any, request: Request) -> Response:
    """New and changed figures."""
    given = parameters(request)
    claims, newest_first = OF_A_COMPANY if given["company"] else OF_ALL
    asked_for = conditions(given, OF_A_CLAIM, "company")
    sql = FIGURES.format(claims=claims, newest=newest_first, conditions=asked_for, most=MOST)
    rows = await Asker(datasette).ask(sql, **given)
    entries = [
        Entry(
            f"claims/{row['claim_id']}",
            f"{row['project']}: {label(row['metric'], METRICS).lower()} {figure(row)}",
            row["first_seen"],
            f"/claims/{row['claim_id']}",
            f"“{row['quote']}”, said on {row['said_on'] or 'an unknown day'}. Standing: {row['standing']}.",
            row["publisher"] or "unnamed publisher",
        )
        for row in rows
    ]
    return atom(datasette, request, "New and changed figures", entries)


async def status(datasette: Any, request: Request) -> Response:
    """Steps of projects."""
    given = parameters(request)
    sql = STATUS.format(conditions=conditions(given, OF_A_STEP), most=MOST)
    rows = await Asker(datasette).ask(sql, **given)
    entries = [
        Entry(
            f"status/{row['project_id']}/{row['step']}/{row['document_id']}",
            f"{row['project']}: {label(row['step'], STEPS).lower()}",
            row["first_seen"],
            f"/projects/{row['project_id']}",
            f"{row['happened_on'] or 'Day unknown'}. {row['title']}. {row['reason']}",
            row["publisher"] or "unnamed publisher",
        )
        for row in rows
    ]
    return atom(datasette, request, "Status of projects", entries)


ROUTES = [
    (r"/feeds/announcements\.atom$", announcements),
    (r"/feeds/figures\.atom$", figures),
    (r"/feeds/status\.atom$", status),
]
