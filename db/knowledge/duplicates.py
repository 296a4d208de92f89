"""
Copies: the same text on several pages, word for word or lightly edited.

In: documents, and signatures kept from earlier runs. Out: which document is a copy of which, how, and the signatures.
A text that shares its sentences but not its numbers is no copy: quarterly reports are alike, and say different things.
Never joins two articles that report one event in words of their own; that is for `events`.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version

from db.knowledge.groups import Groups
from db.knowledge.model import DocumentRow
from db.knowledge.values import days_between

PERMUTATIONS, BANDS, SEED = 128, 32, 42
ROWS = PERMUTATIONS // BANDS
NEAR = 0.5
"""Estimated share of word sequences in common from which a text counts as an edited copy."""
SHARED_NUMBERS = 0.6
MOST_DAYS = 45
"""A text that returns much later is a new occasion."""
NEXT_FEW = 40
"""One notice on hundreds of pages is a chain of copies: not every link of it needs to be seen."""
LEAST_WORDS = 25
"""Shorter texts share their words by chance."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Signature:
    """A MinHash of a text, and the text it was made from."""

    text_sha256: str
    method: str
    values: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that says again what `original_id` says. `method` is exact, edited or brief."""

    document_id: str
    original_id: str
    method: str
    similarity: float


def method() -> str:
    """What made a signature: signatures of another method cannot be compared with it."""
    return f"rensa {version('rensa')} r{PERMUTATIONS} seed {SEED}"


def sign(documents: Iterable[DocumentRow], kept: Mapping[str, Signature]) -> dict[str, Signature]:
    """The signature of every document; only a new or changed text is read."""
    current = method()
    return {
        document.id: known
        if (known := kept.get(document.id)) and known.text_sha256 == document.text_sha256 and known.method == current
        else Signature(document.text_sha256, current, _minhash(document.text))
        for document in documents
    }


Pair = tuple[str, str]
CopyTies = Mapping[Pair, tuple[str, float]]
"""Pairs of a brief and its page, and of a text and an edited one: how, and how alike."""


def find_copy_ties(documents: Sequence[DocumentRow], signatures: Mapping[str, Signature]) -> CopyTies:
    """Every pair of which one says again what the other says, in other words than the very same."""
    by_id = {document.id: document for document in documents}
    edges: dict[Pair, tuple[str, float]] = {}
    for one, other in _briefs(documents):
        edges[(one, other)] = ("brief", 1.0)
    for one, other in same_bands([(d.id, when(d)) for d in documents], {d: s.values for d, s in signatures.items()}):
        if (one, other) not in edges and (found := likeness(by_id[one], by_id[other], signatures)) is not None:
            edges[(one, other)] = ("edited", found)
    return edges


def group_copies(documents: Iterable[DocumentRow], ties: CopyTies) -> dict[str, Copy]:
    """Every document that is a copy, with its original: the page nearest to the issuer, then the earliest."""
    by_id = {document.id: document for document in documents}
    texts: dict[str, list[str]] = {}
    text_of = {document.id: text_key(document) for document in by_id.values()}
    for document, text in text_of.items():
        texts.setdefault(text, []).append(document)
    groups = Groups(by_id)
    for one, other in [*ties, *((mates[0], mate) for mates in texts.values() for mate in mates[1:])]:
        groups.join(one, other)
    copies: dict[str, Copy] = {}
    strongest = _strongest(ties)
    for members in groups.of_several():
        original = min(members, key=lambda each: _first(by_id[each]))
        for member in members:
            if member == original:
                continue
            direct = ties.get(_pair(member, original))
            same = text_of[member] == text_of[original]
            if direct is not None and not (same and direct[0] == "edited"):
                how, alike = direct
            elif same or len(texts[text_of[member]]) > 1:
                how, alike = "exact", 1.0
            else:
                how, alike = strongest[member]
            copies[member] = Copy(member, original, how, round(alike, 3))
    return copies


def _first(document: DocumentRow) -> tuple[bool, int, str, str]:
    return (document.origin != "page", document.rank, document.published_at or "9999", document.id)


def _briefs(documents: Sequence[DocumentRow]) -> Iterable[tuple[str, str]]:
    """A brief of ours and the page it reports, once that has been fetched."""
    pages = {
        address: document.id
        for document in documents
        if document.origin == "page"
        for address in (document.url, document.canonical_url)
    }
    for document in documents:
        if document.origin != "page" and document.original_url in pages:
            yield _pair(document.id, pages[document.original_url or ""])


def text_key(document: DocumentRow) -> str:
    """The same for the same words; of a text of few words, with the title and the time."""
    words = _WORD.findall(document.text.casefold())
    if len(words) < LEAST_WORDS and not _UNSPACED.search(document.text):
        words = _WORD.findall(f"{document.title} {document.published_at}".casefold()) + words
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def when(document: DocumentRow) -> str:
    """The day it was published; without one, the day on which it was seen."""
    return document.day or document.first_seen[:10]


def same_bands(documents: Iterable[tuple[str, str]], signatures: Mapping[str, bytes]) -> list[Pair]:
    """Pairs that share a band and come within some weeks; of many alike, each with the next few in time."""
    buckets: dict[tuple[int, bytes], list[tuple[str, str]]] = {}
    for day, document in sorted((day, document) for document, day in documents):
        values = signatures[document]
        for band in range(BANDS if values else 0):
            part = values[band * ROWS * 4 : (band + 1) * ROWS * 4]
            buckets.setdefault((band, part), []).append((day, document))
    found: set[Pair] = set()
    for alike in buckets.values():
        for at, (day, one) in enumerate(alike):
            for later, other in alike[at + 1 : at + 1 + NEXT_FEW]:
                if (days_between(day, later) or 0) > MOST_DAYS:
                    break
                found.add(_pair(one, other))
    return sorted(found)


def likeness(one: DocumentRow, other: DocumentRow, signatures: Mapping[str, Signature]) -> float | None:
    """How much of their words two texts share, where it is enough and their numbers are the same."""
    first, second = array("I", signatures[one.id].values), array("I", signatures[other.id].values)
    alike = sum(a == b for a, b in zip(first, second, strict=True)) / PERMUTATIONS
    if alike < NEAR:
        return None
    numbers, others = _numbers(one.text), _numbers(other.text)
    fewer = min(len(numbers), len(others))
    return alike if fewer == 0 or len(numbers & others) / fewer >= SHARED_NUMBERS else None


@lru_cache(maxsize=4096)
def _numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))


def _minhash(text: str) -> bytes:
    from rensa import RMinHash

    words = _WORD.findall(text.casefold())
    if len(_UNSPACED.findall(text)) * 5 > len(text):
        words, width = list("".join(words)), 6
    elif len(words) < LEAST_WORDS:
        return b""
    else:
        width = 4
    maker = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    maker.update([" ".join(words[at : at + width]) for at in range(max(1, len(words) - width + 1))])
    return array("I", maker.digest()).tobytes()


def _strongest(edges: CopyTies) -> dict[str, tuple[str, float]]:
    """How a copy of a copy is one: by its strongest tie."""
    found: dict[str, tuple[str, float]] = {}
    for pair, edge in sorted(edges.items()):
        for member in pair:
            if member not in found or edge[1] > found[member][1]:
                found[member] = edge
    return found


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
