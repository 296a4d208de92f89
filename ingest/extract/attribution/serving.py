"""
Companies that serve those who build: lenders, contractors and utilities.

In: a company's name. Out: yes or no, by its kind and roles in the reference, else by its name. Never looks at a sentence: that a fund
or a utility builds for once is found there.
"""

from __future__ import annotations

import re
from functools import cache

from db.reference import companies
from ingest.extract.names.mentions import company_kinds

SERVING = frozenset({"finance", "utility", "construction"})
LENDS = re.compile(r"\b(?:Bank|Banque|Banca|Banco|Bancorp|Sparkasse|Insurance|Assurance|Pension Fund)\b")


@cache
def _lenders() -> frozenset[str]:
    return frozenset(company.name for company in companies() if company.roles == ("financier",))


@cache
def serves(name: str) -> bool:
    """Whether the company's trade is to serve those who build."""
    kind = company_kinds().get(name)
    return kind in SERVING or (kind is None and LENDS.search(name) is not None)


def lends(name: str) -> bool:
    """Whether it does nothing but lend and invest."""
    return name in _lenders() or (name not in company_kinds() and LENDS.search(name) is not None)


@cache
def funds(name: str) -> bool:
    """Whether it is a bank, a fund or an investor, that may own what it pays for."""
    return company_kinds().get(name) == "finance" or lends(name)
