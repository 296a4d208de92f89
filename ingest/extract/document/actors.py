"""
The main actors of a document.

In: a `Reading` and its claims. Out: one to six companies. Never decides whose a figure is.
"""

from __future__ import annotations

from collections import Counter

from db.records import Claim
from ingest.extract.attribution.parties import parties
from ingest.extract.names.mentions import company_kinds, company_parents
from ingest.extract.reading import Reading

CORE = frozenset(("capex", "contract", "financing", "power", "generation", "chips"))
PER_CLAIM, PER_CORE_CLAIM, PER_SENTENCE, LATE = 0.2, 0.3, 0.25, -0.6
PER_NAME_BEFORE = -0.2
"""For each company named before it."""
OF_KIND = {
    "hyperscaler": 0.5,
    "neocloud": 0.5,
    "telecom": 0.5,
    "lab": 0.4,
    "conglomerate": 0.25,
    "finance": -0.2,
    "chips": -0.3,
    "government": -0.6,
    "systems": -0.7,
    "utility": -0.9,
}
"""
Who supplies, lends or permits is told of beside the actor more often than as one. Who builds is favoured only with a figure of its own:
everybody compares himself with a hyperscaler.
"""
UNKNOWN = -0.7
"""A name that the reference lacks is more often a passing one."""
HEADS_ITEM, ITEM_HEAD = 0.4, 60
"""A name within so many characters of the beginning of a digest's item: it is what the item is about."""
UNIT = -0.5
"""A company whose parent is named too: the parent acts through it."""
NO_PARTY = -1.0
"""A name that stands nowhere as a party: a rival, a source, who owns or founded another."""
LATE_FROM, ONCE_LATE = 0.66, -0.5
"""A name told of in one sentence, behind this part of the text, while the figures belong to others."""
ENOUGH = -0.2


def main_companies(reading: Reading, claims: list[Claim], digest: bool) -> tuple[str, ...]:
    """
    The main actors, one to six: whose figures a text gives, who is named often, early and in many sentences.

    The weights are those of a logistic regression over the annotated sets, rounded; a learned forest finds no better
    choice (F1 0.83 to 0.84, ten-fold by document). The last ones came later, from what words say and a count does not.
    """
    mentions = Counter(hit.name for hit in reading.companies)
    if not mentions:
        return ()
    of_claims = Counter(name for claim in claims for name in set(claim.companies))
    of_core = Counter(name for claim in claims if claim.metric in CORE for name in set(claim.companies))
    sentences: dict[str, set[int]] = {}
    first: dict[str, int] = {}
    for hit in reading.companies:
        first.setdefault(hit.name, hit.start)
        sentences.setdefault(hit.name, set()).add(reading.segments.sentence_at(hit.start))
    most, length = max(mentions.values()), len(reading.text)
    kinds = company_kinds()
    once_late = {n for n in first if len(sentences[n]) == 1 and not of_claims[n] and first[n] > LATE_FROM * length}
    heads = _heads_of_items(reading) if digest else frozenset()
    weight: dict[str, float] = {}
    for before, name in enumerate(sorted(first, key=lambda name: first[name])):
        kind = kinds.get(name)
        of_kind = UNKNOWN if kind is None else OF_KIND.get(kind, 0.0)
        weight[name] = (
            PER_CLAIM * of_claims[name]
            + PER_CORE_CLAIM * of_core[name]
            + PER_SENTENCE * len(sentences[name])
            + PER_NAME_BEFORE * before
            + mentions[name] / most
            + LATE * first[name] / length
            + (ONCE_LATE if of_claims and name in once_late else 0.0)
            + (HEADS_ITEM if name in heads else 0.0)
            + (UNIT if company_parents().get(name) in first else 0.0)
            + (of_kind if of_claims[name] else min(of_kind, 0.0))
        )
    for name in first:
        if weight[name] >= ENOUGH and not (of_claims[name] or _is_party(reading, name, sentences[name])):
            weight[name] += NO_PARTY
    top = sorted(weight, key=lambda name: -weight[name])[:6]
    return tuple(name for place, name in enumerate(top) if place == 0 or weight[name] >= ENOUGH)


def _heads_of_items(reading: Reading) -> frozenset[str]:
    """The names that an item of a digest begins with."""
    out: dict[int, str | None] = {}
    for hit in reading.companies:
        if hit.start >= reading.base:
            block = reading.block(hit.start)
            out.setdefault(block.start, hit.name if hit.start - block.start < ITEM_HEAD else None)
    return frozenset(name for name in out.values() if name)


def _is_party(reading: Reading, name: str, sentences: set[int]) -> bool:
    """Whether `name` is a party in one of the `sentences` that have it."""
    return any(hit.name == name for number in sentences for hit in parties(reading, number, True))
