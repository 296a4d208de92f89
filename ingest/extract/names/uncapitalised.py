"""
Names of the reference in a text that has no capitals at all: a transcript as a machine writes it.

In: text. Out: `Hit`s as those of `mentions`, none where the text has capitals. Only names that mean nothing else: of two words,
of letters that no word has, or a coined one. Never takes an ordinary word for a company, so it misses "meta" and "bloom".
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from db.reference import chips, companies
from ingest.extract.names.mentions import Hit

CAPITALS = 0.005
"""The share of capitals among letters below which a text is taken to have none."""
SHORTEST = 200
"""Letters; a headline in lower case says too little to be sure."""
SAMPLE = 20_000
"""Characters that are looked at."""
_CAPITAL = re.compile(r"[A-Z]")
# Names of one word that a speaker may say without meaning the company.
WORDS = frozenset(
    "alphabet caterpillar clearway cohere constellation dominion fidelity mistral perplexity snowflake tether vantage stealth "
    "lightning crossroads cipher compass aligned bridge".split()
)


def has_capitals(text: str) -> bool:
    """Whether a text tells names from words by their capitals."""
    text = text[:SAMPLE]
    if len(text) < SHORTEST or len(_CAPITAL.findall(text)) > CAPITALS * len(text):
        return True  # of so many characters no more can be letters
    letters = sum(map(str.isalpha, text))
    return letters < SHORTEST or sum(map(str.isupper, text)) > CAPITALS * letters


@cache
def _lexicon() -> tuple[AhoCorasick, tuple[tuple[str, str], ...]]:
    forms: dict[str, str] = {}
    for company in companies():
        for form in company.forms:
            coined = len(form) >= 6 and re.fullmatch(r"[A-Za-z]+", form) and form.lower() not in WORDS
            if form not in company.ambiguous and (coined or (" " in form and len(form) >= 8)):
                forms.setdefault(form.lower(), company.name)
    models = {chip.slug: chip.name for chip in chips()}
    entries = {form: ("company", name) for form, name in forms.items()}
    for chip in chips():
        for form in chip.forms:
            if chip.kind != "cpu" and re.search(r"\d{3}", form) and form not in chip.ambiguous:
                entries.setdefault(form.lower(), ("chip", models.get(chip.chip or "", chip.name)))
    return AhoCorasick(list(entries), matchkind=MatchKind.LeftmostLongest), tuple(entries.values())


def find_uncapitalised(text: str) -> list[Hit]:
    """Every sure name of a company or chip in a text without capitals, in order."""
    if has_capitals(text):
        return []
    automaton, entries = _lexicon()
    hits = []
    lowered = text.lower()
    if len(lowered) != len(text):
        return []  # a letter whose small form is two: offsets would be wrong
    for index, start, end in automaton.find_matches_as_indexes(lowered):
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            kind, name = entries[index]
            hits.append(Hit("company" if kind == "company" else "chip", name, start, end))
    return hits
