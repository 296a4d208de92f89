"""
Figures that their own document adds up ("260,000 GPUs": 50,000 here, 50,000 there, and so on).

In: the claims of a document. Out: for each figure of which a larger one is the sum, the claim of that sum. Only a sum
that is told of companies as a whole counts, for only such a one stands in totals beside its parts. Looks at nothing but
the one document, and never adds up what does not fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db.knowledge.model import ClaimRow
from db.knowledge.values import span_of

ADDED_UP = frozenset({"capex", "power", "generation", "chips", "financing"})
LEAST_PARTS = 3
"""Two numbers that make a third may do so by chance."""
SLACK = 0.02


def wholes_of(documents: Iterable[Sequence[ClaimRow]]) -> Mapping[str, str]:
    """Part to whole, by ids of claims, for the claims of each document."""
    found: dict[str, str] = {}
    for claims in documents:
        told: dict[tuple[str, str], list[tuple[float, ClaimRow]]] = {}
        for claim in claims:
            span = span_of(claim) if claim.metric in ADDED_UP and _is_counted(claim) else None
            if span is not None:
                told.setdefault((claim.metric, span.unit), []).append((span.number, claim))
        for numbers in told.values():
            (total, whole), *parts = sorted(numbers, key=lambda each: (-each[0], each[1].id))
            if len(parts) < LEAST_PARTS or not _is_of_companies(whole):
                continue
            if abs(sum(number for number, _ in parts) - total) <= SLACK * total:
                found |= {claim.id: whole.id for _, claim in parts}
    return found


def _is_counted(claim: ClaimRow) -> bool:
    return claim.retracted_at is None and claim.status != "cancelled" and claim.scope != "company_year"


def _is_of_companies(claim: ClaimRow) -> bool:
    return bool(claim.companies) and not (claim.project_name or claim.place_name or claim.scope in ("site", "phase"))
