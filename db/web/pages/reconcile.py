"""
Matching of names from somebody's table with our companies and projects: the Reconciliation Service API, version 0.2,
which OpenRefine and others speak. One service for companies, one for projects.

In: names, by GET or POST. Out: JSON with candidates and scores, suggestions while typing, and a small page to preview.
Never writes, and never calls two names the same unless one of ours is exactly the name asked for and no other is.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from datasette.utils.asgi import Request, Response

from db.web.answers import Asker, Row
from db.web.listing import asked
from db.web.page import Page, not_found, respond

MOST_QUERIES, MOST_RESULTS, MOST_LETTERS, MOST_BYTES = 50, 25, 200, 100_000
OPEN = {"access-control-allow-origin": "*"}
FRAMED = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
NAMES = """
    select e.id, e.name, e.{about} as about, n.name as said
    from (
      select id, name from {table} union select entity_id, alias from aliases where kind = :kind) n
    join {table} e on e.id = n.id
    where exists (select 1 from json_each(:beginnings) b where instr(lower(n.name), b.value))
    order by length(n.name), n.name, e.id
"""
STARTING = """
    select e.id, e.name, e.{about} as about, min(n.name) as said
    from (
      select id, name from {table} union select entity_id, alias from aliases where kind = :kind) n
    join {table} e on e.id = n.id
    where lower(substr(n.name, 1, length(:prefix))) = lower(:prefix) or instr(lower(n.name), ' ' || lower(:prefix))
    group by e.id order by lower(substr(e.name, 1, length(:prefix))) != lower(:prefix), e.name
"""
ONE = "select id, name, {about} as about from {table} where id = :id"


@dataclass(frozen=True, slots=True)
class Service:
    """What is matched: the table, its kind among the aliases, its word, and the column that tells namesakes apart."""

    table: str
    kind: str
    word: str
    about: str

    def sql(self, text: str) -> str:
        """Return a query for this table."""
        return text.format(table=self.table, about=self.about)


SERVICES = {
    "companies": Service("companies", "company", "Company", "kind"),
    "projects": Service("projects", "project", "Project", "level"),
}


async def service(datasette: Any, request: Request) -> Response:
    """Describe the service, or answer the queries."""
    found = SERVICES[request.url_vars["what"]]
    text = request.args.get("queries")
    if request.method == "POST":
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return _wrong(f"more than {MOST_BYTES} bytes", 413)
        text = (await request.post_vars()).get("queries")
    if text is None:
        return _json(_manifest(datasette, request, found))
    try:
        queries = json.loads(text)
    except ValueError:
        return _wrong("`queries` is not JSON")
    if not isinstance(queries, dict) or not all(isinstance(query, dict) for query in queries.values()):
        return _wrong("`queries` must be an object of objects")
    if len(queries) > MOST_QUERIES:
        return _wrong(f"more than {MOST_QUERIES} queries at once")
    asker = Asker(datasette)
    answers = await asyncio.gather(*(_candidates(asker, found, query) for query in queries.values()))
    return _json({key: {"result": result} for key, result in zip(queries, answers, strict=True)})


def _manifest(datasette: Any, request: Request, found: Service) -> dict[str, Any]:
    own = datasette.absolute_url(request, datasette.urls.path(f"/-/reconcile/{found.table}"))
    pages = datasette.absolute_url(request, datasette.urls.path(f"/{found.table}"))
    return {
        "versions": ["0.1", "0.2"],
        "name": f"Gigawatch: {found.table}",
        "identifierSpace": pages,
        "schemaSpace": datasette.absolute_url(request, datasette.urls.path("/glossary")),
        "defaultTypes": [_type(found)],
        "view": {"url": pages + "/{{id}}"},
        "preview": {"url": own + "/preview?id={{id}}", "width": 400, "height": 160},
        "suggest": {"entity": {"service_url": own, "service_path": "/suggest"}},
        "batchSize": MOST_QUERIES,
    }


async def _candidates(asker: Asker, found: Service, query: dict[str, Any]) -> list[dict[str, Any]]:
    name = str(query.get("query") or "").replace("\x00", "")[:MOST_LETTERS]
    kinds = query.get("type") or [found.word]
    words = _words(name)
    if not words or found.word not in (kinds if isinstance(kinds, list) else [kinds]):
        return []
    beginnings = json.dumps([word[:4] for word in words])
    rows = await asker.ask(found.sql(NAMES), most=2000, kind=found.kind, beginnings=beginnings)
    best: dict[str, tuple[float, Row]] = {}
    for row in rows:
        score = likeness(words, _words(row["said"]))
        if score > best.get(row["id"], (0.0, row))[0]:
            best[row["id"]] = score, row
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1]["name"]))
    same = sum(score == 100 for score, _ in ranked)
    limit = query.get("limit")
    most = min(MOST_RESULTS, limit) if isinstance(limit, int) and limit > 0 else 5
    return [
        {**_entity(found, row), "score": score, "match": score == 100 and same == 1}
        for score, row in ranked[:most]
        if score >= 50
    ]


def likeness(one: list[str], other: list[str]) -> float:
    """Return how alike two names are, from 0 to 100; the order of words does not matter, nor do small and capitals."""
    if sorted(one) == sorted(other):
        return 100.0
    ratio = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio()
    shared = len(set(one) & set(other)) / len({*one, *other})
    return round(min(99.0, 100 * max(ratio, (ratio + shared) / 2)), 1)


def _words(name: object) -> list[str]:
    return re.findall(r"\w+", str(name).casefold())


def _type(found: Service) -> dict[str, str]:
    return {"id": found.word, "name": found.word}


def _entity(found: Service, row: Row) -> dict[str, Any]:
    about = str(row["about"] or found.word).replace("_", " ")
    also = "" if row.get("said") in {None, row["name"]} else f", also called {row['said']}"
    return {"id": row["id"], "name": row["name"], "type": [_type(found)], "description": about + also}


async def suggest(datasette: Any, request: Request) -> Response:
    """Suggest names that begin with what was typed."""
    found, prefix = SERVICES[request.url_vars["what"]], asked(request, "prefix")
    rows = await Asker(datasette).ask(found.sql(STARTING), most=10, kind=found.kind, prefix=prefix) if prefix else ()
    suggestions = [_entity(found, row) for row in rows]
    return _json({"result": [{**each, "notable": each.pop("type")} for each in suggestions]})


async def preview(datasette: Any, request: Request) -> Response:
    """Show a few words about one candidate, for the frame of another program."""
    found, identifier = SERVICES[request.url_vars["what"]], asked(request, "id")
    row = (await Asker(datasette).ask(found.sql(ONE), id=identifier)).first
    if row is None:
        return await not_found(datasette, request, found.kind, identifier)
    shown = {"row": row, "what": found.table, "word": found.word}
    page = Page("site/preview.html", row["name"], row["name"], request.path, shown=shown, indexed=False)
    response = await respond(datasette, request, page)
    response.headers["content-security-policy"] = FRAMED
    return response


def _json(value: object, status: int = 200) -> Response:
    return Response.json(value, status=status, headers=OPEN)


def _wrong(message: str, status: int = 400) -> Response:
    return _json({"status": "error", "message": message}, status)


KIND = "(?P<what>companies|projects)"
ROUTES = [
    (rf"/-/reconcile/{KIND}/?$", service),
    (rf"/-/reconcile/{KIND}/suggest$", suggest),
    (rf"/-/reconcile/{KIND}/preview$", preview),
]
