"""
Feeds: Atom of announcements, figures and status, and a calendar of openings, each narrowed by what the reader asks.

In: `company`, `project`, `country`, `min_usd`, `min_mw`. Out: Atom (RFC 4287) or iCalendar (RFC 5545).
Never gives an entry an id or a date that changes from one reading to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker, Row
from db.web.listing import asked, number_asked
from db.web.page import now_of
from db.web.vocabulary import METRICS, STEPS, label
from db.web.words import clean, figure

MOST = 100
CONDITIONS = {
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
      select n.id from announcements n where {of_announcement} order by n.first_seen desc limit 100)
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
      select c.id from claims c
      where c.retracted_at is null and c.project_id is not null and {conditions}
      order by c.first_seen desc limit 100) n
    join figure_changes f on f.claim_id = n.id
    order by f.first_seen desc, f.said_on desc, f.claim_id
"""
STATUS = f"""
    select s.project_id, s.project, s.step, s.happened_on, s.document_id, s.title, s.publisher, s.reason, s.first_seen,
      s.country
    from status_steps s
    where (:project = '' or s.project_id = :project) and (:country = '' or s.country = :country)
      and (:company = '' or s.project_id in (select project_id from project_companies where company_id = :company))
      and (:min_usd is null or s.project_id in (
        select project_id from figures where metric = 'capex' and coalesce(usd_max, usd_min) >= :min_usd))
      and (:min_mw is null or s.project_id in (
        select project_id from figures where metric = 'power' and coalesce(value_max, value_min) >= :min_mw))
    order by s.first_seen desc, s.happened_on desc, s.project_id, s.step limit {MOST}
"""
OPENINGS = """
    select f.claim_id, f.project_id, f.project, p.companies, f.metric, f.period_start, f.period_end, f.qualifier,
      f.quote,
      f.said_on, f.publisher, p.place, p.admin1, p.country
    from best_figures f join project_overview p on p.project_id = f.project_id
    where f.metric = 'online' and f.headline = 1 and f.stage != 'cancelled' and f.period_end >= :since
      and (:company = '' or f.project_id in (select project_id from project_companies where company_id = :company))
      and (:project = '' or f.project_id = :project) and (:country = '' or p.country = :country)
      and (:min_usd is null or coalesce(p.capex_usd_max, p.capex_usd_min) >= :min_usd)
      and (:min_mw is null or coalesce(p.power_mw_max, p.power_mw_min) >= :min_mw)
    order by f.period_end, f.claim_id limit 500
"""
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


def parameters(request: Request) -> dict[str, Any]:
    """Return what the reader narrowed the feed by."""
    return {
        "company": asked(request, "company"),
        "project": asked(request, "project"),
        "country": asked(request, "country").upper(),
        "min_usd": number_asked(request, "min_usd"),
        "min_mw": number_asked(request, "min_mw"),
    }


def conditions(given: dict[str, Any], *left_out: str) -> str:
    """Return as SQL what is asked of a claim."""
    asked_for = [sql for name, sql in CONDITIONS.items() if given[name] not in {"", None} and name not in left_out]
    return " and ".join(asked_for) or "1"


async def announcements(datasette: Any, request: Request) -> Response:
    """New announcements."""
    asker, given = Asker(datasette), parameters(request)
    claim = conditions(given, "project")
    wanted = [WITH_CLAIM.format(conditions=claim)] if claim != "1" else []
    wanted += ["n.project_id = :project"] if given["project"] else []
    rows = await asker.ask(ANNOUNCEMENTS.format(of_announcement=" and ".join(wanted) or "1"), **given)
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
    return _atom(datasette, request, "New announcements", entries)


async def figures(datasette: Any, request: Request) -> Response:
    """New and changed figures."""
    given = parameters(request)
    rows = await Asker(datasette).ask(FIGURES.format(conditions=conditions(given)), **given)
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
    return _atom(datasette, request, "New and changed figures", entries)


async def status(datasette: Any, request: Request) -> Response:
    """Steps of projects."""
    rows = await Asker(datasette).ask(STATUS, **parameters(request))
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
    return _atom(datasette, request, "Status of projects", entries)


def _atom(datasette: Any, request: Request, title: str, entries: Sequence[Entry]) -> Response:
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


async def openings(datasette: Any, request: Request) -> Response:
    """Dates by which capacity is said to start, as a calendar."""
    since = (now_of(datasette) - timedelta(days=365)).date().isoformat()
    rows = await Asker(datasette).ask(OPENINGS, since=since, **parameters(request))
    stamp = now_of(datasette).strftime("%Y%m%dT%H%M%SZ")

    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, datasette.urls.path(path)))

    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gigawatch//Openings//EN", "CALSCALE:GREGORIAN",
             "X-WR-CALNAME:Gigawatch: openings"]  # fmt: skip
    for row in rows:
        lines.extend(_event(row, stamp, absolute(f"/claims/{row['claim_id']}")))
    lines.append("END:VCALENDAR")
    text = "\r\n".join(folded(line) for line in lines) + "\r\n"
    headers = {"access-control-allow-origin": "*"}
    return Response(text, headers=headers, content_type="text/calendar; charset=utf-8")


def _event(row: Row, stamp: str, href: str) -> Iterable[str]:
    """The last day of the stated period: by then it should run."""
    try:
        day = date.fromisoformat(row["period_end"])
    except ValueError:
        return
    name = row["project"] or row["companies"] or "Unnamed project"
    where = ", ".join(part for part in (row["place"], row["admin1"], row["country"]) if part)
    said = f"“{row['quote']}”, {row['publisher'] or 'unnamed publisher'}, {row['said_on'] or 'day unknown'}"
    yield "BEGIN:VEVENT"
    yield f"UID:{row['claim_id']}@gigawatch"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_ics(f'{name}: should be live ({figure(row)})')}"
    yield f"DESCRIPTION:{_ics(said)}"
    if where:
        yield f"LOCATION:{_ics(where)}"
    yield f"URL:{href}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _ics(text: str) -> str:
    plain = clean(text, 400).replace("\r", " ")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a content line folded at 75 bytes, never inside a character."""
    if len(line.encode("utf-8")) <= 75:
        return line
    pieces: list[str] = []
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode("utf-8"))
        if size + width > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join([*pieces, piece])


ROUTES = [
    (r"/feeds/announcements\.atom$", announcements),
    (r"/feeds/figures\.atom$", figures),
    (r"/feeds/status\.atom$", status),
    (r"/feeds/openings\.ics$", openings),
]
