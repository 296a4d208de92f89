"""
What a company spends in a quarter or a year, where nothing but the sentence says so.

In: claims with their documents. Out: the same claims; capital spending of a company as a whole whose sentence speaks of
capital expenditures, of guidance, of a quarter or of a full year has the scope `company_year`. A figure of the title
is what the text says of it. Never touches a claim with a project, a place or a scope of its own: guidance is no
project's, and a project's money is no guidance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from db.knowledge.model import ClaimRow, DocumentRow

_BEFORE_LETTERS, _AFTER_LETTERS = 240, 90
_CUE = re.compile(
    r"\b(capital (expenditures?|spending|investments? guidance)|cap ?ex|guid(ance|es|ed)|full[- ]year|"
    r"(calendar|fiscal) year|fy ?'?\d\d|fiscal 20\d\d|(first|second|third|fourth) quarter|"
    r"(a|the|this|last) quarter(?! of))\b",
    re.IGNORECASE,
)
_NOT_YEARLY = re.compile(r"\b(over|within|in) the next \w+ years\b|\bcommit(s|ted|ment)?\b", re.IGNORECASE)


def with_company_years(claims: Iterable[ClaimRow], documents: Iterable[DocumentRow]) -> dict[str, ClaimRow]:
    """Every claim, by id."""
    by_id = {document.id: document for document in documents}
    return {
        claim.id: replace(claim, scope="company_year") if is_yearly(claim, by_id[claim.document_id]) else claim
        for claim in claims
    }


def is_yearly(claim: ClaimRow, document: DocumentRow) -> bool:
    """Whether the words around a company's capital spending say that it is that of a quarter or a year."""
    if claim.metric != "capex" or claim.scope or not claim.companies:
        return False
    if claim.project_name or claim.place_name or claim.admin1 or claim.country:
        return False
    if claim.quoted_from != "title":
        return _tells_so(document.text, claim.start, claim.end)
    told = document.text.find(claim.quote)
    return _tells_so(document.title, claim.start, claim.end) or (
        told >= 0 and _tells_so(document.text, told, told + len(claim.quote))
    )


def _tells_so(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - _BEFORE_LETTERS) : end + _AFTER_LETTERS]
    sentence = text[max(0, start - _AFTER_LETTERS) : end + _AFTER_LETTERS]
    return bool(_CUE.search(around)) and not _NOT_YEARLY.search(sentence)
