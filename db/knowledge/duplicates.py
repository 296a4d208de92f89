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


def find_copies(documents: Sequence[DocumentRow], signatures: Mapping[str, Signature]) -> dict[str, Copy]:
    """Every document that is a copy, with its original: the page nearest to the issuer, then the earliest."""
    by_id = {document.id: document for document in documents}
    edges: dict[tuple[str, str], tuple[str, float]] = {}
    for one, other in _briefs(documents):
        edges[(one, other)] = ("brief", 1.0)
    for one, other in _same_text(documents):
        edges.setdefault((one, other), ("exact", 1.0))
    for one, other in _same_bands(documents, signatures):
        if (one, other) not in edges and (likeness := _likeness(by_id[one], by_id[other], signatures)) is not None:
            edges[(one, other)] = ("edited", likeness)
    groups = Groups(by_id)
    for one, other in edges:
        groups.join(one, other)
    copies: dict[str, Copy] = {}
    strongest = _strongest(edges)
    for members in groups.of_several():
        original = min(members, key=lambda each: _first(by_id[each]))
        for member in members:
            if member != original:
                how, likeness = edges.get(_pair(member, original)) or strongest[member]
                copies[member] = Copy(member, original, how, round(likeness, 3))
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


def _same_text(documents: Sequence[DocumentRow]) -> Iterable[tuple[str, str]]:
    seen: dict[str, str] = {}
    for document in documents:
        words = _WORD.findall(document.text.casefold())
        if len(words) < LEAST_WORDS and not _UNSPACED.search(document.text):
            words = _WORD.findall(f"{document.title} {document.published_at}".casefold()) + words
        text = hashlib.sha256(" ".join(words).encode()).hexdigest()
        if text in seen:
            yield _pair(seen[text], document.id)
        else:
            seen[text] = document.id


def _same_bands(documents: Sequence[DocumentRow], signatures: Mapping[str, Signature]) -> Iterable[tuple[str, str]]:
    """Pairs that share a band and come within some weeks; of many alike, each with the next few in time."""
    buckets: dict[tuple[int, bytes], list[DocumentRow]] = {}
    for document in sorted(documents, key=lambda d: (d.day or "9999", d.id)):
        signature = signatures[document.id]
        for band in range(BANDS if signature.values else 0):
            part = signature.values[band * ROWS * 4 : (band + 1) * ROWS * 4]
            buckets.setdefault((band, part), []).append(document)
    found: set[tuple[str, str]] = set()
    for alike in buckets.values():
        for at, one in enumerate(alike):
            for other in alike[at + 1 : at + 1 + NEXT_FEW]:
                apart = days_between(one.day, other.day)
                if apart is not None and apart > MOST_DAYS:
                    break
                found.add(_pair(one.id, other.id))
    return sorted(found)


def _likeness(one: DocumentRow, other: DocumentRow, signatures: Mapping[str, Signature]) -> float | None:
    apart = days_between(one.day, other.day)
    if apart is not None and apart > MOST_DAYS:
        return None
    first, second = array("I", signatures[one.id].values), array("I", signatures[other.id].values)
    likeness = sum(a == b for a, b in zip(first, second, strict=True)) / PERMUTATIONS
    if likeness < NEAR:
        return None
    numbers, others = _numbers(one.text), _numbers(other.text)
    fewer = min(len(numbers), len(others))
    return likeness if fewer == 0 or len(numbers & others) / fewer >= SHARED_NUMBERS else None


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


def _strongest(edges: Mapping[tuple[str, str], tuple[str, float]]) -> dict[str, tuple[str, float]]:
    """How a copy of a copy is one: by its strongest tie."""
    found: dict[str, tuple[str, float]] = {}
    for pair, edge in sorted(edges.items()):
        for member in pair:
            if member not in found or edge[1] > found[member][1]:
                found[member] = edge
    return found


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
