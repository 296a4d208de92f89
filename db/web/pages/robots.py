"""
What machines look for: robots.txt, a sitemap of every page, and the description of the search box.

In: a request. Out: plain text or XML. Never lists more addresses than a sitemap may hold: large sites
get an index of several.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker
from db.web.cells import address
from db.web.page import not_found

PER_SITEMAP = 5_000
FIXED = (
    "", "projects", "companies", "places", "chips", "announcements", "timeline", "map", "conflicts", "totals",
    "changes", "sources", "accuracy", "glossary", "about", "downloads", "feeds", "questions",
)  # fmt: skip
KINDS = {
    "projects": "select project_id as id, last_news_on as changed from project_overview where claims > 0 order by 1",
    "companies": "select company_id as id, last_said_on as changed from company_overview where claims > 0 order by 1",
    "places": "select place_id as id, null as changed from place_overview where claims > 0 or projects > 0 order by 1",
    "chips": "select chip_id as id, null as changed from chip_overview where claims > 0 order by 1",
    "announcements": "select id, announced_on as changed from announcements order by 1",
    "documents": "select id, substr(last_seen, 1, 10) as changed from documents order by 1",
}
COUNTS = {kind: f"select count(*) as pages from ({sql.removesuffix(' order by 1')})" for kind, sql in KINDS.items()}


async def robots(datasette: Any, request: Request) -> Response:
    """Let machines read the pages, and keep them out of endless lists of filters and of SQL."""
    base = datasette.urls.path("/")
    database = datasette.urls.path(f"/{Asker(datasette).db.name}")
    lines = [
        "User-agent: *",
        f"Disallow: {base}search",
        f"Disallow: {database}?sql=",
        f"Disallow: {database}/*?",
        f"Disallow: {database}.csv",
        f"Sitemap: {datasette.absolute_url(request, datasette.urls.path('/sitemap.xml'))}",
        "",
    ]
    return Response.text("\n".join(lines))


async def sitemap_index(datasette: Any, request: Request) -> Response:
    """List the sitemaps."""
    asker = Asker(datasette)
    names = ["site-1"]
    for kind, sql in COUNTS.items():
        pages = int((await asker.ask(sql)).value)
        names.extend(f"{kind}-{number + 1}" for number in range(-(-pages // PER_SITEMAP)))
    items = (f"<sitemap><loc>{_absolute(datasette, request, f'/sitemap-{name}.xml')}</loc></sitemap>" for name in names)
    return _xml("sitemapindex", items)


async def sitemap(datasette: Any, request: Request) -> Response:
    """List the pages of one kind."""
    kind, number = request.url_vars["kind"], int(request.url_vars["number"])
    if kind == "site" and number == 1:
        return _xml("urlset", (f"<url><loc>{_absolute(datasette, request, '/' + name)}</loc></url>" for name in FIXED))
    if kind not in KINDS or number < 1:
        return await not_found(datasette, request, "sitemap", f"{kind}-{number}")
    base = _absolute(datasette, request, "/").rstrip("/")
    rows = await Asker(datasette).page(KINDS[kind], PER_SITEMAP, (number - 1) * PER_SITEMAP)
    return _xml(
        "urlset",
        (
            f"<url><loc>{base}{escape(address(kind, row['id']))}</loc>"
            + (f"<lastmod>{escape(str(row['changed'])[:10])}</lastmod>" if row["changed"] else "")
            + "</url>"
            for row in rows
        ),
    )


async def search_description(datasette: Any, request: Request) -> Response:
    """Describe the search box, so that browsers can offer it."""
    target = _absolute(datasette, request, "/search") + "?q={searchTerms}"
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>Gigawatch</ShortName>'
        "<Description>Figures of the AI data-centre build-out, with their quotes</Description>"
        f'<Url type="text/html" template="{target}"/><Query role="example" searchTerms="stargate"/>'
        "<InputEncoding>UTF-8</InputEncoding></OpenSearchDescription>\n"
    )
    return Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")


def _absolute(datasette: Any, request: Request, path: str) -> str:
    return escape(str(datasette.absolute_url(request, datasette.urls.path(path))), {'"': "&quot;"})


def _xml(root: str, items: Iterable[str]) -> Response:
    text = "\n".join(items)
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{text}\n</{root}>\n',
        content_type="application/xml; charset=utf-8",
    )


ROUTES = [
    (r"/robots\.txt$", robots),
    (r"/sitemap\.xml$", sitemap_index),
    (r"/sitemap-(?P<kind>[a-z]+)-(?P<number>\d{1,6})\.xml$", sitemap),
    (r"/opensearch\.xml$", search_description),
]
