"""Small builders of evidence: documents with claims, written through the store as a run would."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlite_utils import Database

from db.knowledge import rebuild
from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction
from db.records import Claim, Document, Extraction, Place, Source
from db.reference import Chip, Company, Project
from db.schema import open_database
from db.store import Store

TODAY = date(2026, 11, 24)
_WORDS = [
    "council", "river", "hearing", "zoning", "ridge", "cooling", "permit", "valley", "turbine", "lender", "schools",
    "traffic", "noise", "water", "lease", "export", "harbour", "survey", "ballot", "treaty", "orchard", "tunnel",
]  # fmt: skip


def prose(seed: str, words: int = 40) -> str:
    """Text of its own for every document, so that none looks like a copy of another."""
    chooser = random.Random(seed)
    return " ".join(chooser.choices(_WORDS, k=words)).capitalize() + "."


def company(
    slug: str, name: str | None = None, parent: str | None = None, aliases: tuple[str, ...] = (), kind: str = "operator"
) -> Company:
    return Company(
        slug=slug, name=name or slug.title(), kind=kind, country="US", parent=parent, aliases=aliases,
        ambiguous=frozenset(), ticker=None, cik=None, wikidata=None, roles=(),
    )  # fmt: skip


def chip(slug: str, name: str, vendor: str, kind: str = "gpu") -> Chip:
    return Chip(
        slug=slug, name=name, vendor=vendor, family=None, kind=kind, generation=None, year=None, power_w=None,
        chips_per_system=None, chip=None, aliases=(), ambiguous=frozenset(),
    )  # fmt: skip


def project(slug: str, name: str, level: str = "campus", **fields: Any) -> Project:
    values: dict[str, Any] = {
        "parent": None, "place": None, "admin1": None, "country": "US", "latitude": None, "longitude": None,
        "companies": (), "aliases": (), "codenames": (), "ambiguous": frozenset(), "renamed_on": None,
    }  # fmt: skip
    return Project(slug=slug, name=name, level=level, **(values | fields))


def catalogue() -> Catalogue:
    """A small world: one umbrella with two campuses, one of them with a phase, and a campus of its own."""
    companies = (
        company("openai", "OpenAI"), company("oracle", "Oracle"), company("softbank", "SoftBank"),
        company("meta", "Meta", aliases=("Meta Platforms", "Facebook")), company("amazon", "Amazon", aliases=("AWS",)),
        company("google", "Google", aliases=("Alphabet",)), company("crusoe", "Crusoe"),
        company("nvidia", "NVIDIA", kind="chips"), company("amd", "AMD", kind="chips"),
        company("anthropic", "Anthropic"),
        company("microsoft", "Microsoft"), company("coreweave", "CoreWeave"), company("entergy", "Entergy"),
    )  # fmt: skip
    chips = (
        chip("nvidia-gpu", "NVIDIA GPU", "NVIDIA", "family"), chip("nvidia-gb200", "NVIDIA GB200", "NVIDIA"),
        chip("amd-mi450", "AMD MI450", "AMD"), chip("google-tpu", "Google TPU", "Google", "family"),
    )  # fmt: skip
    projects = (
        project("stargate", "Stargate", "umbrella", companies=(("owner", "openai"), ("owner", "softbank"))),
        project(
            "stargate-abilene", "Stargate Abilene", parent="stargate", place="Abilene", admin1="Texas",
            companies=(("developer", "crusoe"), ("tenant", "oracle"), ("user", "openai")),
            codenames=("Project Ludicrous",),
        ),
        project(
            "stargate-milam", "Stargate Milam", parent="stargate", place="Milam County", admin1="Texas",
            companies=(("developer", "softbank"), ("user", "openai")),
        ),
        project("abilene-phase-1", "Abilene phase 1", "phase", parent="stargate-abilene", admin1="Texas"),
        project(
            "hyperion", "Hyperion", place="Richland Parish", admin1="Louisiana",
            companies=(("owner", "meta"), ("utility", "entergy")),
        ),
    )  # fmt: skip
    return Catalogue(
        {each.slug: each for each in companies},
        {each.slug: each for each in chips},
        {each.slug: each for each in projects},
    )


def claim(
    metric: str,
    low: float | str | None,
    high: float | str | None = None,
    *,
    quote: str | None = None,
    qualifier: str = "exact",
    place: tuple[str | None, str | None, str | None] = (None, None, None),
    **fields: Any,
) -> Claim:
    """A claim whose offsets `add` sets. One number is both ends, unless the qualifier opens one."""
    units = {"capex": "USD", "contract": "USD", "financing": "USD", "power": "MW", "generation": "MW", "online": "date"}
    unit = fields.pop("unit", units.get(metric, "count"))
    if high is None:
        high = None if qualifier == "at_least" else low
        low = None if qualifier == "up_to" else low
    shown = quote or f"{high if high is not None else low} {unit}"
    companies = tuple(fields.pop("companies", ()))
    return Claim(
        metric=metric, min=low, max=high, unit=unit, qualifier=qualifier, quote=shown, start=0, end=0,  # type: ignore[arg-type]
        companies=companies, place=Place(*place), **fields,
    )  # fmt: skip


def add(
    db: Database,
    title: str,
    day: str | None,
    claims: Sequence[Claim],
    *,
    publisher: str = "Daily Grid",
    tier: str = "press",
    kind: str = "new_site",
    text: str | None = None,
    url: str | None = None,
    language: str = "en",
    seen: str | None = None,
    origin: str = "page",
    original_url: str | None = None,
) -> str:
    """Save a document that says the claims, and return its id."""
    body = text if text is not None else f"{title}. {prose(f'{publisher}{day}{title}')}"
    placed = []
    for each in claims:
        start = (title if each.where == "title" else body).find(each.quote)
        if start < 0:
            body += f" It names {each.quote}."
            start = body.find(each.quote)
        placed.append(replace(each, start=start, end=start + len(each.quote)))
    slug = publisher.lower().replace(" ", "-")
    store = Store(db)
    store.save_source(Source(slug, publisher, f"https://{slug}.example/feed", "feed", tier))  # type: ignore[arg-type]
    address = url or f"https://{slug}.example/{day}/{title.lower().replace(' ', '-')}"
    document = Document(
        url=address, title=title, text=body, publisher=publisher, language=language, published_at=day,
        origin=origin, original_url=original_url,  # type: ignore[arg-type]
    )  # fmt: skip
    found = Extraction(relevant=bool(claims), kind=kind, claims=tuple(placed))  # type: ignore[arg-type]
    saved = store.save_document(
        document,
        found,
        now=seen or f"{day}T12:00:00Z",
        extractor="rules/1",
        source=slug,
        tier=tier,  # type: ignore[arg-type]
    )
    return saved.document_id


def fresh() -> Database:
    return open_database(":memory:")


def know(
    db: Database,
    corrections: Sequence[Correction] = (),
    today: date = TODAY,
    world: Catalogue | None = None,
    whole: bool = False,
) -> dict[str, int]:
    """Rebuild the knowledge against the small world."""
    return dict(rebuild(db, today, catalogue=world or catalogue(), corrections=corrections, whole=whole))


def rows(db: Database, sql: str, *values: object) -> list[dict[str, Any]]:
    return list(db.query(sql, list(values)))


def dump(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that a rebuild owns, for comparing two databases."""
    from db.knowledge.write import KEYS, POINTERS

    tables = {name: sorted(map(repr, db.execute(f'SELECT * FROM "{name}"').fetchall())) for name in KEYS}
    for name, (key, columns) in POINTERS.items():
        chosen = ", ".join(f'"{column}"' for column in (*key, *columns))
        tables[name] = sorted(map(repr, db.execute(f'SELECT {chosen} FROM "{name}"').fetchall()))
    return tables
