"""
What one new document costs: the knowledge of a large base made whole, against made for what one document touches.

In: how many documents. Out: seconds on the terminal, and whether both ways give the same rows. The names are those of
the reference, the figures are dice. Run it: `python tests/bench/knowledge.py --documents 10000`.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqlite_utils import Database

from db.knowledge import rebuild
from db.records import Claim, Document, Extraction, Place, Source
from db.reference import companies, projects
from db.schema import open_database
from db.store import Store

TODAY = date(2026, 11, 24)
TIERS = ("issuer", "regulator", "trade", "trade", "press", "press")
KINDS = ("new_site", "expansion", "deal", "financing", "status_update", "capex_guidance", "analysis", "other")
WORDS = [f"{head}{tail}" for head in ("bar", "cor", "del", "fen", "gor", "hul", "jen", "kor", "lam", "mir", "nov")
         for tail in ("an", "eth", "ip", "os", "um", "ard", "ine", "old", "est", "ward")]  # fmt: skip
METRICS = (
    ("capex", "USD", 8.0, 11.0), ("power", "MW", 1.3, 3.7), ("online", "date", 0, 0), ("jobs", "count", 1.5, 3.7),
    ("chips", "count", 3.0, 6.0), ("contract", "USD", 8.5, 11.0), ("financing", "USD", 8.5, 10.7),
    ("land_area", "ha", 1.0, 3.0), ("generation", "MW", 2.0, 3.6),
)  # fmt: skip
TOLD_OF_PROJECTS = 0.55
WEIGHTS = (30, 26, 14, 8, 6, 5, 5, 3, 3)


def tell(store: Store, number: int, dice: random.Random) -> str:
    """One document with about five figures: of a listed project, of one that is not, or of a company as a whole."""
    listed, firms = projects(), companies()
    day = (date(2026, 11, 20) - timedelta(days=int(1100 * dice.random() ** 1.6))).isoformat()
    tier = TIERS[number % len(TIERS)]
    publisher = f"Publisher {number % 300}"
    kind = dice.choice(KINDS)
    lot = dice.random()
    title, text, claims = f"News {number} of {dice.choice(WORDS)} {dice.choice(WORDS)}", "", []
    project = listed[int(len(listed) * dice.random() ** 2)]
    for _ in range(dice.choice((2, 4, 5, 6, 8))):
        metric, unit, low, high = dice.choices(METRICS, WEIGHTS)[0]
        value = float(f"{10 ** dice.uniform(low, high):.2g}")
        if lot < TOLD_OF_PROJECTS:
            # What is said of one project is mostly one of a few numbers.
            fixed = random.Random(f"{project.slug} {metric} {int(4 * dice.random() ** 2)}")
            value = float(f"{10 ** fixed.uniform(low, high):.2g}")
        firm = firms[int(len(firms) * dice.random() ** 3)].name
        day_of = f"{dice.randrange(2025, 2031)}"
        quote = f"{day_of}" if metric == "online" else f"{value:,.0f} {unit}"
        text += " ".join(dice.choices(WORDS, k=18)).capitalize() + ", "
        start = len(text)
        text += quote + ". "
        where, name = Place(None, None, None), None
        if lot < TOLD_OF_PROJECTS:
            name, where = project.name, Place(project.place, project.admin1, project.country)
            firm = next((c.name for c in firms if project.companies and c.slug == project.companies[0][1]), firm)
        elif lot < 0.65:
            name = f"Project {dice.choice(WORDS).title()} {dice.choice(WORDS[:20]).title()}"
            where = Place(None, "Texas", "US")
        elif lot < 0.75:
            near = dice.choice(listed)
            where = Place(near.place, near.admin1, near.country)
        claims.append(
            Claim(
                metric=metric, min=f"{day_of}-01-01" if metric == "online" else value,  # type: ignore[arg-type]
                max=f"{day_of}-12-31" if metric == "online" else value,  # type: ignore[arg-type]
                unit=unit, qualifier="exact" if metric == "online" else dice.choice(("exact", "approx", "up_to")),
                quote=quote, start=start, end=start + len(quote), companies=(firm,), place=where, project=name,
                status=dice.choice(("planned", "planned", "building", "operating", None)),
                scope="company_year" if metric == "capex" and lot > 0.95 else None,
            )
        )  # fmt: skip
    slug = f"source-{number % 300}"
    if number < 300:
        store.save_source(Source(slug, publisher, f"https://s{number}.example/", "feed", tier))  # type: ignore[arg-type]
    document = Document(
        url=f"https://s{number % 300}.example/{number}", title=title, text=text, publisher=publisher, language="en",
        published_at=day,
    )  # fmt: skip
    found = Extraction(relevant=True, kind=kind, claims=tuple(claims), mentions=())  # type: ignore[arg-type]
    return store.save_document(
        document, found, now=f"{day}T12:00:00Z", extractor="rules/1", source=slug, tier=tier  # type: ignore[arg-type]
    ).document_id  # fmt: skip


def build(path: Path, count: int) -> Database:
    """A base of `count` documents, its knowledge not yet made."""
    db = open_database(path)
    db.execute("PRAGMA synchronous = OFF")
    store, dice = Store(db), random.Random(7)
    with db.atomic():
        for number in range(count):
            tell(store, number, dice)
    return db


def main() -> None:
    """Read the command line, build and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = build(Path(folder) / "base.db", asked.documents)
        dice = random.Random(11)
        took = {"made whole": _seconds(lambda: rebuild(db, TODAY))}
        took["nothing new"] = _seconds(lambda: rebuild(db, TODAY))
        tell(Store(db), asked.documents, dice)
        took["one new document"] = _seconds(lambda: rebuild(db, TODAY))
        took["made whole again"] = _seconds(lambda: print("rows that differ:", _differ(db)))
    for what, seconds in took.items():
        print(f"{what:20} {seconds:8.2f} s")
    print(
        f"one document of {asked.documents:,}: {took['made whole again'] / took['one new document']:.1f} times as fast"
    )


def _differ(db: Database) -> int:
    """How many rows the whole would have otherwise: none."""
    return sum(rebuild(db, TODAY, whole=True).values())


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
