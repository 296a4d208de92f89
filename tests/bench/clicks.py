"""
What readers click: every kind of page, question, table, feed and download, with addresses that vary.

In: an open full base and dice. Out: for each kind, a deck of paths. Half of the ids are those that most is said about,
half are any. Never changes the base.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import yaml

METADATA = Path(__file__).parents[2] / "metadata.yml"
MANY = 40
"""How many addresses of each kind."""
WORDS = ("grid", "campus cooling", "turbine", "supply contract", "gigawatt", "billion", "town 17", "project 12", "loan")
METRICS = ("", "capex", "power", "online", "jobs", "chips", "contract")
COUNTRIES = ("", "US", "GB", "DE", "FR", "IN", "JP", "AE", "NO")
STEPS = ("", "announced", "building", "delayed")
TABLES_LEFT_OUT = ("live_", "check_")
Deck = Mapping[str, list[str]]


def decks(db: sqlite3.Connection, database: str, dice: random.Random) -> Deck:
    """Return the addresses of each kind."""
    ids = {
        "project": _ids(db, dice, "select project_id from project_overview where claims > 0 order by claims desc"),
        "company": _ids(db, dice, "select company_id from company_overview where claims > 0 order by claims desc"),
        "place": _ids(db, dice, "select place_id from place_overview where claims > 0 order by claims desc"),
        "chip": _ids(db, dice, "select chip_id from chip_overview where claims > 0 order by claims desc"),
        "document": _ids(db, dice, "select id from documents order by first_seen desc"),
        "claim": _ids(db, dice, "select id from claims order by first_seen desc"),
        "announcement": _ids(db, dice, "select id from announcements order by announced_on desc"),
        "source": _ids(db, dice, "select slug from sources order by slug"),
        "total": _ids(db, dice, "select id from totals order by claim_count desc"),
    }
    found = {**_pages(ids, dice), **_questions(db, database, ids, dice), **_tables(database, ids, dice)}
    return {kind: [path() if callable(path) else path for _ in range(MANY)] for kind, path in found.items()}


def _ids(db: sqlite3.Connection, dice: random.Random, sql: str) -> Callable[[], str]:
    """Return a function that draws an id: from the first rows, or from all."""
    rows = [str(row[0]) for row in db.execute(sql)]
    return lambda: dice.choice(rows[:20]) if dice.random() < 0.5 else dice.choice(rows)


def _asked(path: str, dice: random.Random, **words: tuple[str, ...]) -> Callable[[], str]:
    def draw() -> str:
        drawn = {name: dice.choice(values) for name, values in words.items()}
        return f"{path}?{urlencode({name: value for name, value in drawn.items() if value})}".removesuffix("?")

    return draw


def _pages(ids: Mapping[str, Callable[[], str]], dice: random.Random) -> dict[str, str | Callable[[], str]]:
    names = ("Town 17", "Company 3", "Project 44", "NVIDIA G7", "State 5")
    numbers = ("", "", "2", "9")
    far_numbers = ("", "", "2", "30")
    return {
        "front": "/",
        "front.json": "/front.json",
        "projects": _asked("/projects", dice, q=("", "", "Project 12"), country=COUNTRIES, step=STEPS, page=numbers),
        "project": lambda: f"/projects/{ids['project']()}",
        "project.json": lambda: f"/projects/{ids['project']()}.json",
        "companies": _asked("/companies", dice, q=("", "", "Company 7"), country=COUNTRIES, page=numbers),
        "company": lambda: f"/companies/{ids['company']()}",
        "places": "/places",
        "place": lambda: f"/places/{ids['place']()}",
        "chips": "/chips",
        "chip": lambda: f"/chips/{ids['chip']()}",
        "announcements": _asked("/announcements", dice, kind=("", "", "expansion", "financing"), page=far_numbers),
        "announcements?q": _asked("/announcements", dice, q=("News 19", "campus", "Project 12", "nothing so called")),
        "announcement": lambda: f"/announcements/{ids['announcement']()}",
        "document": lambda: f"/documents/{ids['document']()}",
        "claim": lambda: f"/claims/{ids['claim']()}",
        "search": _asked("/search", dice, q=(*WORDS, *names)),
        "timeline": _asked("/timeline", dice, **{"from": ("", "2026", "2028")}, country=COUNTRIES),
        "changes": _asked("/changes", dice, days=("", "30", "365")),
        "map": _asked("/map", dice, region=("", "europe", "north-america")),
        "compare projects": lambda: f"/compare?project={ids['project']()}&project={ids['project']()}",
        "compare companies": lambda: f"/compare?company={ids['company']()}&company={ids['company']()}",
        "totals": _asked("/totals", dice, by=("", "country", "company", "year"), metric=("", "power")),
        "total": lambda: f"/totals/{ids['total']()}",
        "conflicts": _asked("/conflicts", dice, metric=METRICS, page=numbers),
        "sources": "/sources",
        "source": lambda: f"/sources/{ids['source']()}",
        "accuracy": "/accuracy",
        "glossary": "/glossary",
        "about": "/about",
        "downloads": "/downloads",
        "feeds": "/feeds",
        "questions": "/questions",
        "announcements.atom": _asked("/feeds/announcements.atom", dice, country=COUNTRIES, min_usd=("", "5000000000")),
        "figures.atom": lambda: f"/feeds/figures.atom?company={ids['company']()}",
        "status.atom": _asked("/feeds/status.atom", dice, country=COUNTRIES),
        "openings.ics": _asked("/feeds/openings.ics", dice, country=COUNTRIES),
        "sitemap.xml": "/sitemap.xml",
        "robots.txt": "/robots.txt",
    }


def _questions(
    db: sqlite3.Connection, database: str, ids: Mapping[str, Callable[[], str]], dice: random.Random
) -> dict[str, Callable[[], str]]:
    def name_of(table: str, kind: str) -> Callable[[], str]:
        return lambda: str(db.execute(f"select name from {table} where id = ?", [ids[kind]()]).fetchone()[0])

    draw: dict[str, Callable[[], str]] = {
        "project": name_of("projects", "project"),
        "company": name_of("companies", "company"),
        "place": lambda: dice.choice((name_of("places", "place")(), "US", "State 5", "GB")),
        "year": lambda: dice.choice(("2026", "2025", "2024")),
        "from_day": lambda: dice.choice(("2026-06-01", "2027-01-01")),
        "to_day": lambda: dice.choice(("2028-01-01", "2027-06-01")),
        "vendor": lambda: dice.choice(("NVIDIA", "AMD", "Google")),
        "days": lambda: dice.choice(("3", "30", "365")),
        "words": lambda: dice.choice(WORDS[:6]),
        "metric": lambda: dice.choice(METRICS),
        "kind": lambda: dice.choice(("debt", "equity")),
        "country": lambda: dice.choice(COUNTRIES),
        "day": lambda: dice.choice(("2025-12-31", "2026-06-30")),
        "clock": lambda: dice.choice(("said", "known")),
        "dimension": lambda: dice.choice(("country", "company", "year")),
        "stage": lambda: dice.choice(("announced", "building", "operating")),
    }

    def address(name: str, params: list[str]) -> Callable[[], str]:
        def path() -> str:
            given = {param: draw[param]() for param in params if dice.random() < 0.7}
            return f"/{database}/{name}?{urlencode(given)}".removesuffix("?")

        return path

    questions = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["gigawatch"]["queries"]
    return {f"? {name}": address(name, question.get("params") or []) for name, question in questions.items()}


def _tables(
    database: str, ids: Mapping[str, Callable[[], str]], dice: random.Random
) -> dict[str, str | Callable[[], str]]:
    tables = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["gigawatch"]["tables"]
    shown = [name for name, told in tables.items() if not told.get("hidden") and not name.startswith(TABLES_LEFT_OUT)]
    found: dict[str, str | Callable[[], str]] = {f"table {name}": f"/{database}/{name}" for name in shown}
    sql = (
        "select said_on, project, metric, quote from stated_figures where country = 'US' and metric = 'power' limit 50"
    )
    return {
        **found,
        "table claims, filtered": _asked(f"/{database}/claims", dice, metric=METRICS[1:], country=COUNTRIES[1:]),
        "table stated_figures.json": _asked(f"/{database}/stated_figures.json", dice, metric=METRICS, _size=("20",)),
        "row of claims": lambda: f"/{database}/claims/{ids['claim']()}",
        "row of projects": lambda: f"/{database}/projects/{ids['project']()}",
        "database": f"/{database}",
        "SQL": f"/{database}?{urlencode({'sql': sql})}",
    }
