"""
A full base for measuring the site: by default 200,000 documents and a million claims, with the knowledge over them.

In: how many documents, and a path. Out: a database there, made through `db.schema.open_database`. The names are real,
the figures are dice. Run it: `python tests/bench/full_base.py /tmp/full.db --documents 200000`.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db.kept import refresh
from db.schema import open_database

CLAIMS_EACH = 5
PROJECTS, COMPANIES, PLACES, CHIPS = 3000, 1000, 2000, 200
METRICS = (
    ("capex", "USD", 0.30), ("power", "MW", 0.26), ("online", "date", 0.14), ("jobs", "count", 0.08),
    ("chips", "count", 0.06), ("contract", "USD", 0.05), ("financing", "USD", 0.05), ("land_area", "ha", 0.03),
    ("generation", "MW", 0.02), ("floor_area", "m2", 0.01),
)  # fmt: skip
COUNTRIES = ("US", "US", "US", "US", "GB", "DE", "FR", "IN", "JP", "AE", "SA", "NO", "SE", "BR", "MY", "KR", "CA", "AU")
TIERS = ("issuer", "regulator", "trade", "trade", "press", "press", "aggregator")
KINDS = ("new_site", "expansion", "contract", "financing", "status_update", "capex_guidance", "analysis", "other")
STATUSES = ("planned", "planned", "building", "operating", "done", None)
WORDS = (
    "campus data center power grid region county board approved plan build capacity phase cooling turbine lease tenant "
    "cloud training cluster chips supply contract loan bonds investors utility substation megawatt gigawatt billion"
).split()


def a_day(dice: random.Random) -> str:
    """A day of the last three years, later ones more often."""
    back = int(1100 * dice.random() ** 1.6)
    return (date(2026, 11, 20) - timedelta(days=back)).isoformat()


def reference(db: Database, dice: random.Random) -> None:
    """Companies, chips, places and projects."""
    db["companies"].insert_all(
        {"id": f"company-{n}", "name": f"Company {n}", "kind": "operator", "country": dice.choice(COUNTRIES),
         "origin": "reference"}
        for n in range(COMPANIES)
    )  # fmt: skip
    db["chips"].insert_all(
        {"id": f"chip-{n}", "name": f"NVIDIA G{n}", "vendor": dice.choice(("NVIDIA", "AMD", "Google")), "kind": "chip"}
        for n in range(CHIPS)
    )
    countries = sorted(set(COUNTRIES))
    db["places"].insert_all(
        {"id": f"country-{code}", "name": f"Country {code}", "kind": "country", "country": code} for code in countries
    )
    db["places"].insert_all(
        {"id": f"place-{n}", "name": f"Town {n}", "kind": "city", "admin1": f"State {n % 60}", "country": code,
         "parent_id": f"country-{code}", "latitude": dice.uniform(-40, 65), "longitude": dice.uniform(-120, 150)}
        for n in range(PLACES) for code in [dice.choice(COUNTRIES)]
    )  # fmt: skip
    db["projects"].insert_all(
        {"id": f"project-{n}", "name": f"Project {n}", "level": "umbrella" if n < 20 else "campus",
         "parent_id": f"project-{n % 20}" if n > 2900 else None, "place_id": f"place-{n % PLACES}"}
        for n in range(PROJECTS)
    )  # fmt: skip
    db["project_companies"].insert_all(
        {"project_id": f"project-{n}", "company_id": f"company-{(n * 7 + k) % COMPANIES}", "role": "owner"}
        for n in range(PROJECTS) for k in range(3)
    )  # fmt: skip
    db["sources"].insert_all(
        {"slug": f"source-{n}", "publisher": f"Publisher {n}", "country": "US", "url": f"https://s{n}.example/",
         "reader": "feed", "tier": dice.choice(TIERS), "language": "en", "cadence_hours": 168, "min_links": 1,
         "max_links": 99}
        for n in range(300)
    )  # fmt: skip


def documents(count: int, dice: random.Random) -> Iterator[tuple[Any, ...]]:
    """Rows of documents."""
    for n in range(count):
        day = a_day(dice)
        text = " ".join(dice.choices(WORDS, k=90)) + ". "
        url = f"https://s{n % 300}.example/{n}"
        yield (
            f"d{n:07d}", url, url, f"source-{n % 300}", f"Publisher {n % 300}", TIERS[n % len(TIERS)],
            f"News {n} of a campus", f"{day}T08:00:00Z", "en", "US", KINDS[n % len(KINDS)], 1, text, f"{n:064d}",
            "page",
            f"{day}T09:00:00Z", f"{day}T09:00:00Z", n + 1,
        )  # fmt: skip


def claims(count: int, dice: random.Random) -> Iterator[tuple[Any, ...]]:
    """Rows of claims, five a document."""
    metrics = [(name, unit) for name, unit, _ in METRICS]
    weights = [share for _, _, share in METRICS]
    for n in range(count):
        document = n // CLAIMS_EACH
        metric, unit = dice.choices(metrics, weights)[0]
        value = round(10 ** dice.uniform(1, 4)) * (1e7 if unit == "USD" else 1)
        project = int(PROJECTS * dice.random() ** 3) if dice.random() < 0.6 else None
        place = (project if project is not None else int(dice.random() * PLACES)) % PLACES
        first = (date(2026, 1, 1) + timedelta(days=dice.randrange(1800))).isoformat()
        online, money = metric == "online", unit == "USD"
        number = None if online else float(value)
        yield (
            f"c{n:08d}", f"d{document:07d}", metric, number, number, unit, "USD" if money else None,
            number if money else None, number if money else None, dice.choice(("exact", "up_to", "at_least", "approx")),
            first if online else None, first if online else None, STATUSES[n % len(STATUSES)],
            "company_year" if metric == "capex" and n % 23 == 0 else None,
            f"Project {project}" if project is not None else None,
            f"project-{project}" if project is not None else None,
            f"Town {place}", f"State {place % 60}", dice.choice(COUNTRIES), f"place-{place}",
            f"chip-{n % CHIPS}" if metric == "chips" else None, f"{value:,.0f} {unit}", 10, 20, "rules/1",
            round(dice.uniform(0.5, 0.99), 3), f"{a_day(dice)}T06:00:00Z", n + 1,
        )  # fmt: skip


DOCUMENT_COLUMNS = (
    "id, url, canonical_url, source, publisher, tier, title, published_at, language, country, kind, relevant, text, "
    "text_sha256, origin, first_seen, last_seen, search_id"
)
CLAIM_COLUMNS = (
    "id, document_id, metric, value_min, value_max, unit, currency, usd_min, usd_max, qualifier, period_start, "
    "period_end, status, scope, project_name, project_id, place_name, admin1, country, place_id, chip_id, "
    "quote, start, "
    '"end", origin, confidence, first_seen, search_id'
)
KNOWLEDGE = Path(__file__).with_suffix(".sql")


def build(path: Path, count: int) -> None:
    """Fill a new database at `path`."""
    dice = random.Random(7)
    db = open_database(path)
    db.execute("PRAGMA synchronous = OFF")
    triggers = [row[0] for row in db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()]
    for name in [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()]:
        db.execute(f'DROP TRIGGER "{name}"')
    with db.atomic():
        reference(db, dice)
        _many(db, "documents", DOCUMENT_COLUMNS, documents(count, dice))
        _many(db, "claims", CLAIM_COLUMNS, claims(count * CLAIMS_EACH, dice))
    db.executescript(KNOWLEDGE.read_text(encoding="utf-8"))
    for table in ("documents", "claims"):
        db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
    for sql in triggers:
        db.execute(sql)
    refresh(db, whole=True)
    db.execute("ANALYZE")
    db.close()


def _many(db: Database, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--documents", type=int, default=200_000)
    asked = parser.parse_args()
    began = time.perf_counter()
    build(asked.path, asked.documents)
    size = asked.path.stat().st_size / 1e6
    print(f"{asked.documents:,} documents, {asked.documents * CLAIMS_EACH:,} claims in {asked.path}: {size:,.0f} MB")
    print(f"built in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
