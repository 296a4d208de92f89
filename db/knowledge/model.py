"""
What the knowledge is made from: claims, documents and mentions as the database holds them, as frozen dataclasses.

In: values. Out: values. Nothing here reads a database; nothing carries what an earlier rebuild decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

TIER_RANK: Mapping[str, int] = {"issuer": 0, "regulator": 1, "trade": 2, "press": 3, "aggregator": 4}
UNKNOWN_TIER = 5
MONEY = frozenset({"capex", "contract", "financing"})
SITE_METRICS = frozenset(
    {"capex", "power", "generation", "chips", "floor_area", "land_area", "jobs", "online", "financing"}
)
"""Metrics whose place is where a thing stands; a contract has none of its own."""

Row = dict[str, object]
"""One row of a table: column to value, as SQLite takes it."""
Table = dict[tuple[object, ...], Row]
"""The rows that a table should have, by primary key."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a claim allows: from `low` to `high`, in one unit. `number` is the figure that it prints."""

    unit: str
    low: float
    high: float
    number: float
    hedged: bool


@dataclass(frozen=True, slots=True)
class ClaimCompany:
    """A company that a claim names, as the page writes it."""

    name: str
    role: str | None = None


@dataclass(frozen=True)
class ClaimRow:
    """One claim of the database, without any link that a rebuild has set."""

    id: str
    document_id: str
    metric: str
    value_min: float | None
    value_max: float | None
    unit: str
    currency: str | None
    usd_min: float | None
    usd_max: float | None
    qualifier: str
    period: str | None
    period_start: str | None
    period_end: str | None
    basis: str | None
    scope: str | None
    financing_kind: str | None
    status: str | None
    project_name: str | None
    place_name: str | None
    admin1: str | None
    country: str | None
    chip_name: str | None
    quote: str
    quoted_from: str
    start: int
    end: int
    confidence: float
    first_seen: str
    retracted_at: str | None
    companies: tuple[ClaimCompany, ...] = ()

    @cached_property
    def spans(self) -> dict[bool, Span | None]:
        """What `values.span_of` has worked out of it: every comparison asks for it again."""
        return {}


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of the database. `tier` is that of its publisher, where one is known."""

    id: str
    url: str
    canonical_url: str
    source: str | None
    publisher: str | None
    tier: str | None
    title: str
    published_at: str | None
    language: str | None
    country: str | None
    kind: str | None
    relevant: bool
    text: str
    text_sha256: str
    origin: str
    original_url: str | None
    first_seen: str

    @property
    def day(self) -> str | None:
        """The day it was published."""
        return self.published_at[:10] if self.published_at else None

    @property
    def rank(self) -> int:
        """How near the publisher stands to the matter: 0 is the issuer."""
        return TIER_RANK.get(self.tier or "", UNKNOWN_TIER)

    @property
    def voice(self) -> str:
        """Who speaks: two pages of one publisher are one voice."""
        return (self.publisher or self.source or self.url.split("/")[2]).casefold()


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A name found in a document."""

    document_id: str
    kind: str
    name: str
    quoted_from: str
    start: int
    end: int


@dataclass(frozen=True)
class Snapshot:
    """All the evidence at one moment. Retracted claims are in it: they were said, and were believed for a while."""

    documents: Mapping[str, DocumentRow] = field(default_factory=dict)
    claims: Mapping[str, ClaimRow] = field(default_factory=dict)
    mentions: tuple[MentionRow, ...] = ()

    @cached_property
    def claims_of(self) -> Mapping[str, tuple[ClaimRow, ...]]:
        """Claims by document, in the order of the page."""
        found: dict[str, list[ClaimRow]] = {}
        for claim in sorted(
            self.claims.values(), key=lambda c: (c.document_id, c.quoted_from != "title", c.start, c.id)
        ):
            found.setdefault(claim.document_id, []).append(claim)
        return {document: tuple(claims) for document, claims in found.items()}

    @cached_property
    def at(self) -> Mapping[str, tuple[str, ...]]:
        """Documents by every address they have."""
        found: dict[str, list[str]] = {}
        for document in self.documents.values():
            for address in {document.url, document.canonical_url, document.original_url} - {None}:
                found.setdefault(str(address), []).append(document.id)
        return {address: tuple(documents) for address, documents in found.items()}

    def document(self, claim: ClaimRow) -> DocumentRow:
        """The document that says `claim`."""
        return self.documents[claim.document_id]
