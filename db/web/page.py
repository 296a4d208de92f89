"""
One page in its two shapes: HTML for people and JSON for programs, both from the same answers.

In: a title, the answers to the page's queries, and a template. Out: a Datasette `Response`.
Never lets a page load a script, style or picture from another host; never marks foreign text as safe.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from datasette.utils.asgi import Request, Response

from db.web.answers import Answer
from db.web.charts import Chart

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
PLOT_STYLE = "'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww='"
"""The one style element that Observable Plot 0.6.17 puts into each chart."""
STRICT_POLICY = (
    f"default-src 'none'; style-src 'self' {PLOT_STYLE}; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. `answers` are its queries; `shown` is what the template needs besides."""

    template: str
    title: str
    description: str
    path: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)
    listed: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    """What the page lists that stands in no table; its JSON has it beside the answers."""
    charts: Mapping[str, Chart | None] = field(default_factory=dict)
    """What is drawn, by name; a chart that has nothing to show is None."""
    linked_data: Mapping[str, Any] | None = None
    status: int = 200
    indexed: bool = True
    """Whether search engines should list it."""


def now_of(datasette: Any) -> datetime:
    """Return the time of this request; a test may set `datasette.gigawatch_now`."""
    fixed = getattr(datasette, "gigawatch_now", None)
    return fixed if isinstance(fixed, datetime) else datetime.now(UTC)


def segment(value: object) -> str:
    """Return an id as one part of an address."""
    return quote(str(value), safe="-._~")


async def respond(datasette: Any, request: Request, page: Page) -> Response:
    """Return the page in the shape that its address asks for."""
    if request.url_vars.get("format") == "json":
        return _json(datasette, request, page)
    charts = _drawn(page)
    canonical = datasette.absolute_url(request, datasette.urls.path(page.path))
    html = await datasette.render_template(
        page.template,
        {
            **page.shown,
            "page": page,
            "answers": page.answers,
            "canonical": canonical,
            "charts": charts,
            "chart_data": script_json(charts),
            "linked_data": None if page.linked_data is None else script_json(page.linked_data),
            "now": now_of(datasette),
            "country_names": await country_names(datasette),
            "own_page": True,
        },
        request=request,
        view_name="gigawatch",
    )
    return Response.html(html, status=page.status, headers={"content-security-policy": STRICT_POLICY})


async def country_names(datasette: Any) -> dict[str, str]:
    """Return the names of the countries that the places table knows, by code."""
    result = await datasette.get_database().execute("select country, name from places where kind = 'country'")
    return {str(row["country"]): str(row["name"]) for row in result.rows}


def _drawn(page: Page) -> dict[str, Any]:
    return {name: chart.as_json() for name, chart in page.charts.items() if chart is not None}


def script_json(value: Mapping[str, Any]) -> str:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _json(datasette: Any, request: Request, page: Page) -> Response:
    body = {
        "title": page.title,
        "description": page.description,
        "url": datasette.absolute_url(request, datasette.urls.path(page.path)),
        "licence": LICENCE,
        "data": {**{name: list(answer.rows) for name, answer in page.answers.items()}, **page.listed},
        "charts": _drawn(page),
        "queries": {
            name: {
                "sql": answer.sql,
                "params": dict(answer.params),
                "url": datasette.absolute_url(request, answer.href),
                "cut": answer.cut,
            }
            for name, answer in page.answers.items()
        },
    }
    text = json.dumps(body, ensure_ascii=False, indent=1)
    headers = {"access-control-allow-origin": "*", "x-content-type-options": "nosniff"}
    return Response(text, status=page.status, headers=headers, content_type="application/json; charset=utf-8")


async def not_found(datasette: Any, request: Request, what: str, identifier: str) -> Response:
    """Return a page that says what was not found and where to look."""
    page = Page(
        "site/missing.html",
        f"No such {what}",
        f"There is no {what} with this id.",
        request.path,
        shown={"what": what, "identifier": identifier},
        status=404,
        indexed=False,
    )
    return await respond(datasette, request, page)
