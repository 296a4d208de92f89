"""
Claims as rows: what the extractor found in a document, as the table `claims` holds it.

In: a document and its claims. Out: `ClaimRow`s, each with its stable id, its dollars and the companies and conversions
that go with it; two claims that are the same figure are one row. Refuses a claim whose quote is not in the document:
that is a fault of the extractor and must not reach a reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from db.currency import to_usd
from db.identity import claim_ids
from db.records import MONEY_METRICS, Claim, Document


class InvalidClaimError(Exception):
    """A claim that breaks a rule which every claim keeps."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One row of `claims`, and the rows that belong to it, in the order of their columns."""

    id: str
    values: dict[str, object]
    companies: tuple[tuple[int, str], ...] = ()
    conversions: tuple[tuple[object, ...], ...] = field(default=())


def claim_rows(document_id: str, document: Document, claims: Sequence[Claim], origin: str, now: str) -> list[ClaimRow]:
    """Rows of the claims of one document, in the order of their ids' first use."""
    rows: dict[str, ClaimRow] = {}
    said_on = day_of(document.published_at) or day_of(now)
    for key, claim in zip(claim_ids(document_id, claims), claims, strict=True):
        _check(document, claim)
        if key not in rows:
            rows[key] = ClaimRow(
                key,
                _values(key, document_id, claim, origin, now, said_on),
                tuple(enumerate(dict.fromkeys(claim.companies))),
                tuple(
                    (position, other.quote, other.min, other.max, other.unit, other.qualifier)
                    for position, other in enumerate(claim.alt)
                ),
            )
    return list(rows.values())


def day_of(moment: str | None) -> date | None:
    """Return the day of an ISO 8601 date or moment, or None where it is no date."""
    try:
        return None if moment is None else date.fromisoformat(moment[:10])
    except ValueError:
        return None


def _values(key: str, document_id: str, claim: Claim, origin: str, now: str, said_on: date | None) -> dict[str, object]:
    is_money = claim.metric in MONEY_METRICS
    is_date = claim.metric == "online"
    low, high = (None, None) if is_date else (_float(claim.min), _float(claim.max))
    usd_min, usd_max, fx_date = _dollars(claim, low, high, said_on) if is_money else (None, None, None)
    place = claim.place
    return {
        "id": key, "document_id": document_id, "metric": claim.metric, "value_min": low, "value_max": high,
        "unit": claim.unit, "currency": claim.unit if is_money else None, "usd_min": usd_min, "usd_max": usd_max,
        "fx_date": fx_date, "qualifier": claim.qualifier, "period": claim.period,
        "period_start": claim.min if is_date else claim.period_start,
        "period_end": claim.max if is_date else claim.period_end,
        "basis": claim.basis, "scope": claim.scope, "financing_kind": claim.financing_kind,
        "contract_years": _float(claim.contract_years), "status": claim.status, "project_name": claim.project,
        "place_name": place.name, "admin1": place.admin1, "country": place.country, "chip_name": claim.chip,
        "quote": claim.quote, "quoted_from": claim.where, "start": claim.start, "end": claim.end, "origin": origin,
        "confidence": float(claim.confidence), "first_seen": now,
    }  # fmt: skip


def _dollars(
    claim: Claim, low: float | None, high: float | None, said_on: date | None
) -> tuple[float | None, float | None, str | None]:
    """Dollars for both ends, and the day of the rate: null for dollars, which need none."""
    if claim.unit == "USD":
        return low, high, None
    if said_on is None:
        return None, None, None
    ends = [None if end is None else to_usd(end, claim.unit, said_on) for end in (low, high)]
    days = [end[1].isoformat() for end in ends if end is not None]
    usd_min, usd_max = (None if end is None else end[0] for end in ends)
    return usd_min, usd_max, days[0] if days else None


def _check(document: Document, claim: Claim) -> None:
    said = document.title if claim.where == "title" else document.text
    if not claim.quote or said[claim.start : claim.end] != claim.quote:
        raise InvalidClaimError(f"the quote {claim.quote!r} is not at {claim.start}-{claim.end} of the {claim.where}")
    if claim.min is None and claim.max is None:
        raise InvalidClaimError(f"the claim {claim.quote!r} ({claim.metric}) has no value")


def _float(value: float | str | None) -> float | None:
    return None if value is None else float(value)
