"""
The calendar of openings: by when capacity is said to start.

In: what a feed is narrowed by. Out: iCalendar (RFC 5545), an event for each project on the last day of its period.
Never gives an event an id that changes from one reading to the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker, Row
from db.web.page import now_of
from db.web.pages.feeds import parameters
from db.web.words import clean, figure

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


ROUTES = [(r"/feeds/openings\.ics$", openings)]
