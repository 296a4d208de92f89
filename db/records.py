"""
The nouns of the project, as frozen dataclasses.

In: values. Out: values. Nothing here reads, writes, fetches or looks at a clock.
Money is in the currency stated, power in MW, floor area in square metres, land in hectares, dates ISO 8601.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Metric = Literal[
    "capex", "contract", "financing", "power", "generation", "chips", "floor_area", "land_area", "jobs", "online"
]
METRICS: tuple[Metric, ...] = (
    "capex", "contract", "financing", "power", "generation", "chips", "floor_area", "land_area", "jobs", "online",
)  # fmt: skip
MONEY_METRICS: tuple[Metric, ...] = ("capex", "contract", "financing")
Qualifier = Literal["exact", "approx", "up_to", "at_least", "range"]
Status = Literal["planned", "building", "operating", "done", "cancelled"]
Tier = Literal["issuer", "regulator", "trade", "press", "aggregator"]
TIERS: tuple[Tier, ...] = ("issuer", "regulator", "trade", "press", "aggregator")
DocumentKind = Literal[
    "new_site", "expansion", "contract", "chip_supply", "power_supply", "financing", "capex_guidance",
    "status_update", "cancellation", "analysis", "other",
]  # fmt: skip
Level = Literal["info", "warning", "error", "critical"]
Where = Literal["text", "title"]


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher's channel, as `ingest/sources.yml` declares it."""

    slug: str
    publisher: str
    url: str
    reader: str
    tier: Tier
    language: str = "en"
    country: str | None = None
    """ISO 3166-1 alpha-2 of the publisher: it decides what a bare "$" or "kr" means."""
    min_links: int = 1
    """Fewer links than this from a healthy run is an error."""
    max_links: int = 1000
    """More links than this is a warning: the selector has probably come loose."""
    cadence_hours: int = 168
    """How often the source should bring something new before it counts as silent."""
    options: Mapping[str, object] = field(default_factory=dict)
    """What the reader needs besides: selectors, match words, CIK, forms."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a source names, with what the source itself says of it."""

    url: str
    title: str | None = None
    published_at: str | None = None
    text: str | None = None
    """The whole item where the channel carries it (the chronicle): then nothing is fetched."""
    publisher: str | None = None
    original_url: str | None = None
    """For a brief: the address of the announcement it reports; `url` is then the brief's own."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetched body. `outcome` tells new bytes from a 304 and from the same bytes served again."""

    url: str
    final_url: str
    fetched_at: str
    status: int
    outcome: Literal["new", "not_modified", "same_bytes"]
    body: bytes = b""
    """Decoded (decompressed) bytes; empty for a 304."""
    content_type: str | None = None
    encoding: str | None = None
    """The charset that the header names, if any."""
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One page or brief, reduced to what it says."""

    url: str
    title: str
    text: str
    canonical_url: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    country: str | None = None
    """Country of the publisher, alpha-2."""
    published_at: str | None = None
    """ISO 8601; a bare date where no more is known, else UTC."""
    published_evidence: str | None = None
    """What gave the date: json-ld, open-graph, meta, time, url, feed, sitemap, listing, edgar, text, htmldate,
    brief."""
    origin: Literal["page", "chronicle"] = "page"
    original_url: str | None = None
    """For a brief: the address of the announcement it reports."""
    issues: tuple[Issue, ...] = ()
    """What was not believed or not understood when the document was read: rows for the issues table."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is, as finely as the text says: town or county, state or province, country (alpha-2)."""

    name: str | None = None
    admin1: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a document: `text[start:end]` (or `title[start:end]`) is how it was written."""

    kind: Literal["company", "chip", "place", "project"]
    name: str
    start: int
    end: int
    where: Where = "text"


@dataclass(frozen=True, slots=True)
class Conversion:
    """The same amount in another currency or unit, said beside the first."""

    quote: str
    min: float | None
    max: float | None
    unit: str
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class Claim:
    """
    One figure with the words that say it. `CLAIMS.md` of the design is the definition.

    `min` and `max` are in `unit` (ISO 4217 code, MW, count, m2, ha) or, for metric `online`, ISO dates.
    `(title if where == "title" else text)[start:end] == quote`, always.
    """

    metric: Metric
    min: float | str | None
    max: float | str | None
    unit: str
    qualifier: Qualifier
    quote: str
    start: int
    end: int
    where: Where = "text"
    companies: tuple[str, ...] = ()
    project: str | None = None
    place: Place = field(default_factory=Place)
    chip: str | None = None
    period: str | None = None
    status: Status | None = None
    alt: tuple[Conversion, ...] = ()
    basis: Literal["it", "facility", "grid"] | None = None
    scope: Literal["site", "phase", "programme", "country", "company_year"] | None = None
    financing_kind: Literal["debt", "equity", "jv", "acquisition", "guarantee"] | None = None
    contract_years: float | None = None
    period_start: str | None = None
    period_end: str | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the extractor finds in one document."""

    relevant: bool
    kind: DocumentKind
    companies: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    chips: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that went wrong or was not understood. `kind` is a short snake_case word that can be counted."""

    kind: str
    message: str
    level: Level = "warning"
    source: str | None = None
    url: str | None = None
