"""
Figures that their own document makes parts of a larger one: it adds them up ("260,000 GPUs": 50,000 here, 50,000 there,
and so on), or says so ("$50 billion, part of a round of $110 billion").

In: the claims of a document, and the document. Out: for each figure of which a larger one is the sum, the claim of that
sum. Only a sum that is told of companies as a whole counts, for only such a one stands in totals beside its parts.
Looks at nothing but the one document, and never adds up what does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from db.knowledge.model import ClaimRow, DocumentRow
from db.knowledge.values import span_of

ADDED_UP = frozenset({"capex", "power", "generation", "chips", "financing"})
LEAST_PARTS = 3
"""Two numbers that make a third may do so by chance."""
SLACK = 0.02
ROUNDED = 0.9
"""A number so near the sum is the sum, told in round words: "a quarter-million" for 260,000."""
_LISTED = re.compile(r"[^:.;\n]{0,60}:[^:.\n]{0,120}")
_PART_OF = re.compile(r"[^.;\n]{0,60}\bpart of\b[^.;\n]{0,60}", re.IGNORECASE)


def wholes_of(documents: Iterable[tuple[DocumentRow, Sequence[ClaimRow]]]) -> Mapping[str, str]:
    """Part to whole, by ids of claims, for the claims of each document."""
    found: dict[str, str] = {}
    for document, claims in documents:
        told: dict[tuple[str, str], list[tuple[float, ClaimRow]]] = {}
        for claim in claims:
            span = span_of(claim) if claim.metric in ADDED_UP and _is_counted(claim) else None
            if span is not None:
                told.setdefault((claim.metric, span.unit), []).append((span.number, claim))
        for numbers in told.values():
            (total, whole), *others = sorted(numbers, key=lambda each: (-each[0], each[1].id))
            if not _is_of_companies(whole):
                continue
            parts = [(number, claim) for number, claim in others if number < ROUNDED * total]
            fits = abs(sum(number for number, _ in parts) - total) <= SLACK * total and len(parts) >= LEAST_PARTS
            found |= {claim.id: whole.id for _, claim in parts if fits or _is_told_part(claim, whole, document)}
    return found


def _is_told_part(part: ClaimRow, whole: ClaimRow, document: DocumentRow) -> bool:
    """Whether the words between the two, of companies that are in both, make one a part of the other."""
    shared = {each.name for each in part.companies} & {each.name for each in whole.companies}
    start = document.text.find(part.quote) if part.quoted_from == "title" else part.start
    if not shared or whole.quoted_from == "title" or start < 0:
        return False
    if whole.end <= start:
        return _LISTED.fullmatch(document.text[whole.end : start]) is not None
    return _PART_OF.fullmatch(document.text[start + len(part.quote) : whole.start]) is not None


def _is_counted(claim: ClaimRow) -> bool:
    return claim.retracted_at is None and claim.status != "cancelled" and claim.scope != "company_year"


def _is_of_companies(claim: ClaimRow) -> bool:
    return bool(claim.companies) and not (claim.project_name or claim.place_name or claim.scope in ("site", "phase"))
