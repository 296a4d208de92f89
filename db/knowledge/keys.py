"""
By what documents touch each other: the keys that a document is found by when another comes.

In: a document's claims with what the reference says of them. Out: keys, as text. Two documents of which the linking of
one can depend on the other have keys in common: "waits" for a figure that the other has "told", or one figure of the
same "umbrella". Never decides whether it does depend.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db.knowledge.likeness import day_of
from db.knowledge.linker import Link, Linker
from db.knowledge.model import ClaimRow, DocumentRow, Table
from db.knowledge.projects import BEYOND_ONE_SITE, umbrella_of
from db.knowledge.steps import steps_of

TOLD, WAITS, UMBRELLA = "told ", "waits ", "umbrella "


def link_keys(linker: Linker, claims: Sequence[ClaimRow]) -> set[str]:
    """The keys of one document, by its own claims alone."""
    named: dict[str, Link] = {claim.id: link for claim in claims if (link := linker.by_reference(claim))}
    options = {claim.id: linker.options(claim) for claim in claims if claim.id not in named}
    projects = {link.project_id for link in named.values()} | {each for found in options.values() for each in found}
    umbrellas = {above for each in projects if (above := umbrella_of(linker, each))}
    keys: set[str] = set()
    for claim in claims:
        figure = [" ".join(map(str, step)) for step in steps_of(claim)]
        if claim.id in named:
            keys.update(f"{TOLD}{named[claim.id].project_id} {step}" for step in figure)
        for each in options.get(claim.id, ()):
            keys.update(f"{WAITS}{each} {step}" for step in figure)
        if claim.metric in BEYOND_ONE_SITE:
            keys.update(f"{UMBRELLA}{above} {step}" for above in umbrellas for step in figure)
    return keys


def all_link_keys(linker: Linker, claims_of: Mapping[str, Sequence[ClaimRow]]) -> dict[str, set[str]]:
    """The keys of every document."""
    return {document: link_keys(linker, claims) for document, claims in claims_of.items()}


def key_rows(keys: Mapping[str, Iterable[str]], documents: Mapping[str, DocumentRow]) -> Table:
    """Rows of `_document_keys`. A page without a date comes after all others."""
    return {
        (key, day, document): {"key": key, "day": day, "document_id": document}
        for document, own in keys.items()
        for day in (day_of(documents[document]),)
        for key in own
    }


def swapped(keys: Iterable[str], one: str, other: str) -> set[str]:
    """Keys of a kind as those of the other kind that meet them."""
    return {other + key[len(one) :] for key in keys if key.startswith(one)}
