"""
Linking again what a new document can reach, and nothing else.

In: a part of the evidence with the documents that are touched. Out: `Relinked`: new links, and the candidates that were
made anew. A document is reached when it waits for a figure that was told, tells one figure of the same umbrella, or is
grouped with a claim under one name or in one town. Never gives a claim another link than linking everything would;
where that cannot be told from a part, it says so by `BeyondError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.knowledge.candidates import Candidate, Unlisted, find_candidates, unlisted
from db.knowledge.keys import TOLD, UMBRELLA, WAITS, link_keys, swapped
from db.knowledge.linker import Link, Linker
from db.knowledge.part import Part
from db.knowledge.projects import left_over, link_listed, link_rest


class BeyondError(Exception):
    """What changed reaches further than a part can tell: all has to be decided again."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """What was linked again."""

    links: Mapping[str, Link]
    """Claim to its link, of every claim of `documents` and of every claim of a candidate."""
    documents: frozenset[str]
    candidates: tuple[Candidate, ...]
    grouped: Mapping[str, Unlisted]
    forgotten: frozenset[str]
    """Claims that were of candidates which have been made again."""
    before: frozenset[str]
    """The candidates that there were in the place of these."""
    keys: Mapping[str, set[str]]
    """The keys of every touched document."""


def relink(part: Part) -> Relinked:
    """Link what is touched, and all that this reaches."""
    more: set[str] = set()
    while True:
        keys, documents = _reached(part, more)
        found, elsewhere = _linked(part, documents, keys)
        if elsewhere <= documents:
            return found
        more |= elsewhere


def _reached(part: Part, more: Iterable[str]) -> tuple[dict[str, set[str]], frozenset[str]]:
    """The keys of touched documents, and every document whose links to listed projects may change."""
    reader, touched = part.reader, part.touched
    _, standing = part.standing()
    linker = Linker(standing, part.catalogue)
    keys = {document: link_keys(linker, standing.claims_of.get(document, ())) for document in touched}
    own = reader.keys_of(touched).union(*keys.values())
    reached = {*touched, *more, *reader.documents_with(swapped(own, TOLD, WAITS))}
    new = set(reached)
    seen = {key for key in own if key.startswith(UMBRELLA)}
    while new:
        seen |= {key for key in reader.keys_of(new) if key.startswith(UMBRELLA)}
        new = reader.documents_with(seen) - reached
        reached |= new
    told = swapped(reader.keys_of(reached) | own, WAITS, TOLD)
    part.load(reached | reader.documents_with(told))
    return keys, frozenset(reached)


def _linked(part: Part, documents: frozenset[str], keys: Mapping[str, set[str]]) -> tuple[Relinked, set[str]]:
    """Links of these documents and of the candidates they touch; and other documents that have another candidate."""
    reader = part.reader
    before = reader.unlisted("document_id", documents)
    _, standing = part.standing()
    linker = Linker(standing, part.catalogue)
    ordered = sorted(standing.claims.values(), key=linker.order)
    own = [claim for claim in ordered if claim.document_id in documents]
    links = {c: link for c, link in link_listed(linker, ordered).items() if standing.claims[c].document_id in documents}
    grouped = unlisted(linker, left_over(linker, own, links))
    # Everything under one name or in one town is grouped again with what these documents say and said.
    around = dict(before)
    units: set[tuple[str, str]] = set()
    new = {unit for each in grouped.values() for unit in _units(each)}
    new |= {unit for _, each, _ in before.values() for unit in _units(each)}
    while new:
        units |= new
        for column in ("core", "spot", "town"):
            around |= reader.unlisted(column, [value for kind, value in new if kind == column])
        new = {unit for _, each, _ in around.values() for unit in _units(each)} - units
    others = {claim: each for claim, (document, each, _) in around.items() if document not in documents}
    part.load(document for document, _, _ in around.values())
    _, standing = part.standing()
    linker = Linker(standing, part.catalogue)
    everything = {**others, **grouped}
    members = sorted((standing.claims[claim] for claim in everything), key=linker.order)
    candidates = find_candidates(linker, members, everything, part.catalogue.projects)
    had = {candidate for _, _, candidate in around.values() if candidate}
    _refuse_collisions(part, {each.id for each in candidates}, had)
    link_rest(linker, [claim for claim in own if claim.id in standing.claims], links, candidates)
    now = {claim: each.id for each in candidates for claim in each.claim_ids}
    elsewhere = {document for claim, (document, _, was) in around.items() if now.get(claim) != was and claim in others}
    return Relinked(links, documents, tuple(candidates), everything, frozenset(around), frozenset(had), keys), elsewhere


def _units(each: Unlisted) -> Iterable[tuple[str, str]]:
    """By what a claim is grouped."""
    for kind, value in (("core", each.core), ("spot", each.spot), ("town", each.town)):
        if value is not None:
            yield kind, value


def _refuse_collisions(part: Part, made: set[str], had: set[str]) -> None:
    """An id that two would have is given to one of them by an order that only the whole has."""
    others = {
        str(row[0])
        for row in part.reader.db.execute(
            "SELECT DISTINCT candidate_id FROM _unlisted WHERE candidate_id IS NOT NULL"
        ).fetchall()
    } - had
    if made & others:
        raise BeyondError(f"two candidates would be called {min(made & others)}")
    for gone in had - made:
        if f"{gone}-candidate" in others or any(other.startswith(f"{gone}-site") for other in others):
            raise BeyondError(f"a candidate called {gone} gives way to another")
