"""
The main actors of a document.

In: a `Reading` and its claims. Out: one to six companies. Never decides whose a figure is.
"""

from __future__ import annotations

from collections import Counter

from db.records import Claim
from ingest.extract.mentions import company_kinds
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
"""Who supplies, lends or permits is told of beside the actor more often than as one."""
UNKNOWN = -0.7
"""A name that the reference lacks is more often a passing one."""
ENOUGH = -0.2


def main_companies(reading: Reading, claims: list[Claim]) -> tuple[str, ...]:
    """
    The main actors, one to six: whose figures a text gives, who is named often, early and in many sentences.

    The weights are those of a logistic regression over the annotated sets, rounded; a learned forest finds no better
    choice (F1 0.83 to 0.84, ten-fold by document), so what is missing is taste and not another weight.
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
    weight: dict[str, float] = {}
    for before, name in enumerate(sorted(first, key=lambda name: first[name])):
        kind = kinds.get(name)
        weight[name] = (
            PER_CLAIM * of_claims[name]
            + PER_CORE_CLAIM * of_core[name]
            + PER_SENTENCE * len(sentences[name])
            + PER_NAME_BEFORE * before
            + mentions[name] / most
            + LATE * first[name] / length
            + (UNKNOWN if kind is None else OF_KIND.get(kind, 0.0))
        )
    top = sorted(weight, key=lambda name: -weight[name])[:6]
    return tuple(name for place, name in enumerate(top) if place == 0 or weight[name] >= ENOUGH)
