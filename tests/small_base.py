"""
A small database with a bit of everything, for tests of the site: real projects, sentences of our own, hostile text.

In: `small_base.yml` and a path. Out: a database made through `db.schema.open_database`. Never fetches anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from sqlite_utils import Database

from db.kept import refresh
from db.schema import open_database

DATA = yaml.safe_load(Path(__file__).with_name("small_base.yml").read_text(encoding="utf-8"))
SEEN = "2026-11-20T06:00:00Z"
RIGHT_TO_LEFT = "\u202e"
LONG_WORD = "W" * 100_000
HISTORY = """
    INSERT INTO figure_history (project_id, metric, said_on, claim_id, value_min, value_max, unit, usd_min, usd_max,
      qualifier, period_start, period_end, status, stage, facet, scope, publisher, tier, standing)
    SELECT c.project_id, c.metric, d.published_at, c.id, c.value_min, c.value_max, c.unit, c.usd_min, c.usd_max,
      c.qualifier, c.period_start, c.period_end, c.status,
      CASE c.status WHEN 'operating' THEN 'operating' WHEN 'done' THEN 'spent' ELSE 'announced' END,
      coalesce(c.chip_id, ''), c.scope, d.publisher, d.tier, 'revised'
    FROM claims c JOIN documents d ON d.id = c.document_id WHERE c.project_id IS NOT NULL
"""
FIGURES = """
    INSERT INTO figures (id, project_id, metric, stage, facet, headline, value_min, value_max, unit, usd_min, usd_max,
      qualifier, period_start, period_end, status, claim_id, said_on, first_said_on, publisher, tier, rule, agreeing,
      disagreeing)
    SELECT 'f-' || project_id || '-' || metric || '-' || stage, project_id, metric, stage, '', stage = 'announced',
      value_min, value_max, unit, usd_min, usd_max, qualifier, period_start, period_end, status, claim_id, max(said_on),
      said_on, publisher, tier, 'newest', count(*), count(*) > 1
    FROM figure_history GROUP BY project_id, metric, stage
"""
MARKS = """
    INSERT INTO project_marks (project_id, step, step_on, last_news_on, reason)
    SELECT project_id, step, max(happened_on), max(happened_on), 'latest stated step'
    FROM project_status GROUP BY project_id
"""


def build(path: Path | str) -> Path:
    """Fill a new database at `path` and return the path."""
    db = open_database(path)
    with db.atomic():
        insert(db, DATA["reference"])
        for document in DATA["documents"]:
            _document(db, document)
        db.execute(HISTORY)
        db.execute(FIGURES)
        db.execute("UPDATE figure_history SET standing = 'chosen' WHERE claim_id IN (SELECT claim_id FROM figures)")
        insert(db, DATA["knowledge"])
        db.execute(MARKS)
    refresh(db)
    db.close()
    return Path(path)


def build_empty(path: Path | str) -> Path:
    """Make a database with all tables and no row."""
    open_database(path).close()
    return Path(path)


def add_totals(path: Path) -> None:
    """Add totals with one overlap, as the knowledge makes them."""
    db = open_database(path)
    insert(db, DATA["totals"])
    # The one row of the sample stands for all that a total has: its count is of the rows that there are.
    db.execute("UPDATE totals SET claim_count = (SELECT count(*) FROM total_items WHERE total_id = totals.id)")
    db.close()


def claim_id(document: str, number: int) -> str:
    """Return the id of the claim that stands at `number` in its document."""
    return f"c{sha256(f'{document}/{number}'.encode()).hexdigest()[:12]}"


def insert(db: Database, tables: Mapping[str, list[dict[str, Any]]]) -> None:
    """Insert rows, with "document/number" made the id of that claim."""
    for table, rows in tables.items():
        for row in rows:
            db[table].insert({column: _value(column, value) for column, value in row.items()})


def _value(column: str, value: Any) -> Any:
    if column in {"claim_id", "chosen_claim_id", "covered_by"} and isinstance(value, str) and "/" in value:
        document, number = value.split("/")
        return claim_id(document, int(number))
    return value


def _document(db: Database, document: dict[str, Any]) -> None:
    url = document.get("url", f"https://{document['source']}.example/{document['id']}")
    brief = document["origin"] == "chronicle"
    text = document["text"] + (LONG_WORD if document["id"] == "d-hostile" else "")
    kept = {key: document[key] for key in ("id", "source", "publisher", "tier", "title", "kind", "origin")}
    stated = {"published_evidence": "json-ld", "language": "en", "country": "US", "relevant": 1, "extractor": "rules/1"}
    addresses = {"url": f"https://briefs.example/{document['id']}" if brief else url, "canonical_url": url}
    db["documents"].insert(
        {
            **kept,
            **stated,
            **addresses,
            "original_url": url if brief else None,
            "published_at": document["day"],
            "text": text,
            "text_sha256": sha256(text.encode()).hexdigest(),
            "first_seen": SEEN,
            "last_seen": SEEN,
        }
    )
    for number, claim in enumerate(document["claims"]):
        _claim(db, document, number, claim)


def _claim(db: Database, document: dict[str, Any], number: int, claim: dict[str, Any]) -> None:
    key = claim_id(document["id"], number)
    start = document["text"].index(claim["quote"])
    copied = (
        "metric",
        "unit",
        "qualifier",
        "quote",
        "status",
        "period",
        "period_start",
        "period_end",
        "basis",
        "scope",
    )
    row = {column: claim.get(column) for column in (*copied, "financing_kind", "contract_years")}
    if claim["metric"] in {"capex", "contract", "financing"}:
        row |= {"currency": claim["unit"], "fx_date": document["day"]}
        row |= {"usd_min": claim.get("usd", claim.get("min")), "usd_max": claim.get("usd", claim.get("max"))}
    place = _row("places", claim.get("place"))
    row |= {"place_id": place.get("id"), "admin1": place.get("admin1"), "country": place.get("country")}
    row |= {"place_name": place.get("name") if place.get("kind") in {"town", "county"} else None}
    row |= {"project_id": claim.get("project"), "project_name": _row("projects", claim.get("project")).get("name")}
    row |= {"chip_id": claim.get("chip"), "chip_name": _row("chips", claim.get("chip")).get("name")}
    row |= {"id": key, "document_id": document["id"], "value_min": claim.get("min"), "value_max": claim.get("max")}
    row |= {"start": start, "end": start + len(claim["quote"]), "origin": "rules/1", "confidence": 0.93}
    db["claims"].insert({**row, "first_seen": SEEN})
    for position, company in enumerate(claim.get("companies", ())):
        name = _row("companies", company)["name"]
        db["claim_companies"].insert({"claim_id": key, "position": position, "name": name, "company_id": company})
    if number == 0:
        _announcement(db, document, claim.get("project"))


def _announcement(db: Database, document: dict[str, Any], project: str | None) -> None:
    key = f"a-{document['id']}"
    counts = {"document_count": 1, "publisher_count": 1}
    named = {"id": key, "title": document["title"], "kind": document["kind"], "announced_on": document["day"]}
    about = {"primary_document_id": document["id"], "project_id": project, "first_seen": SEEN}
    db["announcements"].insert({**named, **about, **counts})
    member = {"announcement_id": key, "document_id": document["id"], "role": "primary", "reason": "the only document"}
    db["announcement_documents"].insert({**member, "former_id": key})


def _row(table: str, key: str | None) -> dict[str, Any]:
    return next((row for row in DATA["reference"][table] if row["id"] == key), {})
