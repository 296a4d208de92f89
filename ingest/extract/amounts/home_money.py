"""
Which money a document means by a sign or word that several countries have: "$", "kr", "¥", "pesos", "R".

In: the text, its publisher's country and how often it names places of which country. Out: `Money`. What the text declares stands
first, its publisher's country second, the places it names third. Never reads an amount.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ingest.extract.text.patterns import compiled

DOLLARS = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "US": "USD"}
KRONES = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK", "CZ": "CZK"}
LETTERS = {
    "B": ("TH", r"\bbaht\b"),
    "R": ("ZA", r"\brand\b"),
    "N": ("NG", r"\bnaira\b"),
    "Re": ("IN", r"\brupee"),
    "W": ("KR", r"\bwon\b"),
}
"""Letters that stand for money only in a text about that country, or one that names its money."""
_NAMED = {letter: compiled(word, re.IGNORECASE) for letter, (_land, word) in LETTERS.items()}
SHARED = {
    "dirham": {"AE": "AED", "MA": "MAD"},
    "peso": {"MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "PH": "PHP", "UY": "UYU"},
    "shilling": {"KE": "KES", "UG": "UGX", "TZ": "TZS"},
    "pound": {"GB": "GBP", "EG": "EGP"},
    "crown": {"SE": "SEK", "CZ": "CZK", "NO": "NOK", "DK": "DKK"},
    "rupee": {"IN": "INR", "PK": "PKR", "LK": "LKR"},
    "riyal": {"SA": "SAR", "QA": "QAR"},
    "dinar": {"KW": "KWD", "BH": "BHD", "JO": "JOD"},
}  # fmt: skip
"""Words that several countries have for their money, the usual one first: another's where the text names that country alone."""
DECLARED = compiled(
    r"(?:dollars?|figures?|amounts?|values?|prices?|currency)\b[^.\n]{0,40}?\b(?:are|is|in)\b[^.\n]{0,20}?\b"
    r"(Australian|Canadian|Singapore|New Zealand|Hong Kong)\b(?: dollars)?|\ball (?:figures|amounts) in (A\$|C\$|S\$|NZ\$|HK\$)",
    re.IGNORECASE,
)
# What it names; a text without any need not be searched for the whole sentence.
DECLARABLE = compiled(r"\b(?:Australian|Canadian|Singapore|New Zealand|Hong Kong|(?:A|C|S|NZ|HK)\$)", re.IGNORECASE)
DECLARED_CODES = {"australian": "AUD", "canadian": "CAD", "singapore": "SGD", "new zealand": "NZD", "hong kong": "HKD",
                  "a$": "AUD", "c$": "CAD", "s$": "SGD", "nz$": "NZD", "hk$": "HKD"}  # fmt: skip
ELSEWHERE = compiled(
    r"US\$|\b(?:USD|AUD|CAD|SGD|NZD|HKD)\b|\b(?:A|AU|C|S|NZ|HK)\$|\bU\.S\.|\bUS (?:dollars|firm|company|giant|market)|\bUnited States\b|\bAmerican?\b|€"
)
"""What speaks of other money than that of the places that a text names."""
MARKET = compiled(r"\b(?:Wall Street|Nasdaq|NASDAQ|NYSE|SEC|10-[KQ]|8-K|S-1)\b")
"""Where companies of many countries tell of US dollars."""
YUAN, YEN = compiled(r"\b(?:yuan|RMB|renminbi)\b"), compiled(r"\b(?:yen|JPY)\b")
OFTEN = 6
"""How often a text names places of one country before its bare dollars are that country's."""
SIGNED = OFTEN - 1
"""How many names the money, words and offices of a country stand for in a text that names no place."""
SPAN = 600
"""Characters of a shorter text in which one such name is enough, where nothing else is named."""
NOWHERE: Mapping[str, int] = {}


class Money(NamedTuple):
    """What signs and words that countries share mean in one document, as ISO 4217 codes."""

    signs: Mapping[str, str]
    words: Mapping[str, str]
    """Of words, in the singular, only those that do not mean the usual."""
    letters: frozenset[str]
    """The letters that stand for money here."""


def money_of(text: str, country: str | None = None, lands: Mapping[str, int] = NOWHERE) -> Money:
    """
    The money of `text`, published in `country`, which names places of `lands` so and so often.

    >>> money_of("It costs 3 million pesos in Chile", None, {"CL": 1}).words
    {'kroner': 'NOK', 'peso': 'CLP'}
    """
    krone = _krone(text, country, lands)
    signs = {"$": _dollar(text, country, lands), "kr": krone, "¥": _yen(text, country, lands)}
    words = {"kroner": krone if krone in {"NOK", "DKK"} else "NOK"}
    for word, codes in SHARED.items():
        usual, *others = codes
        named = [land for land in others if land in lands]
        if len(named) == 1 and usual not in lands:
            words[word] = codes[named[0]]
    letters = (letter for letter, (land, _word) in LETTERS.items() if land in lands or _NAMED[letter].search(text))
    return Money(signs, words, frozenset(letters))


def _dollar(text: str, country: str | None, lands: Mapping[str, int]) -> str:
    declared = DECLARED.search(text) if DECLARABLE.search(text) else None
    if declared:
        return DECLARED_CODES[(declared.group(1) or declared.group(2)).lower()]
    if country is None and not ELSEWHERE.search(text):
        abroad = "US" in lands or MARKET.search(text)
        enough = OFTEN if abroad else min(OFTEN, 1 + len(text) // SPAN)
        home = max(lands, key=lambda land: lands[land], default="")
        if home in DOLLARS and lands[home] >= enough and 2 * lands[home] > sum(lands.values()):
            return DOLLARS[home]
    if country not in lands and ("US" in lands or MARKET.search(text)):
        return "USD"  # a paper abroad that passes on news of America
    return DOLLARS.get(country or "", "USD")


def _krone(text: str, country: str | None, lands: Mapping[str, int]) -> str:
    if country in KRONES:
        return KRONES[country]
    counts = {code: lands.get(land, 0) + text.count(code) for land, code in KRONES.items()}
    return max(counts, key=lambda code: counts[code])


def _yen(text: str, country: str | None, lands: Mapping[str, int]) -> str:
    japan = YEN.search(text) or ("JP" in lands and country != "CN")
    china = country == "CN" or "CN" in lands or YUAN.search(text)
    return "CNY" if china and not japan else "JPY"
