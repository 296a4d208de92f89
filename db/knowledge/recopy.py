"""
Which documents are copies, after some have come or changed.

In: a part of the evidence with the documents that are touched. Out: `Recopied`: signatures and ties of what is touched,
and the groups of copies that this makes or breaks. Only documents of the same weeks are compared. Never compares two
documents of which neither is touched, unless so many are alike that who is near whom has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db.knowledge.duplicates import (
    BANDS,
    MOST_DAYS,
    NEXT_FEW,
    ROWS,
    Copy,
    Pair,
    Signature,
    find_copy_ties,
    group_copies,
    likeness,
    same_bands,
    sign,
    text_key,
    when,
)
from db.knowledge.part import Part
from db.knowledge.read import read_snapshot


@dataclass(frozen=True, slots=True)
class Recopied:
    """Copies that were looked at again."""

    signatures: Mapping[str, Signature]
    """Those of the touched documents."""
    documents: frozenset[str]
    """Every document that is or was in a group with a touched one."""
    copies: Mapping[str, Copy]
    """Those of `documents` that are copies."""
    heard_anew: frozenset[str]
    """Documents that have another original, or whose original is touched."""
    ties: Mapping[Pair, tuple[str, float]]
    whose: frozenset[str] | None
    """The documents of which these are all the ties; null for all documents."""


def recopy(part: Part) -> Recopied:
    """Find the copies among what is touched and what it is alike to."""
    reader, touched = part.reader, part.touched
    documents = part.snapshot.documents
    own = [documents[each] for each in sorted(touched & documents.keys())]
    kept = reader.signatures(touched)
    signed = sign(own, kept)
    alike, crowded = _alike(part, kept, signed)
    briefs: set[str] = set()
    if crowded:
        before = reader.ties_of_all("_copy_ties", "method, likeness")
        everything = read_snapshot(reader.db).documents
        ties = dict(find_copy_ties(list(everything.values()), reader.signatures(everything) | signed))
    else:
        before = reader.ties("_copy_ties", "method, likeness", touched)
        part.load(each for pair in alike for each in pair)
        briefs, ties = _briefs(part, before)
        of_briefs = reader.ties("_copy_ties", "method, likeness", briefs)
        documents = part.snapshot.documents
        others = reader.signatures({each for pair in [*alike, *of_briefs] for each in pair}) | signed
        # A page that gave its brief to another may still be alike to it.
        for pair in of_briefs.keys() - before.keys() - ties.keys():
            alike.update(same_bands([(each, when(documents[each])) for each in pair], _values(others)))
        before |= of_briefs
        for one, other in alike:
            if (one, other) not in ties and (found := likeness(documents[one], documents[other], others)) is not None:
                ties[one, other] = ("edited", found)
        for pair, tie in of_briefs.items():
            if tie[0] == "edited" and not touched & set(pair):
                ties.setdefault(pair, tie)
    lost = frozenset(before.keys() - ties.keys())
    changed = {each for pair in [*lost, *(p for p in ties if before.get(p) != ties[p])] for each in pair}
    whose = frozenset(touched | briefs) if not crowded else None
    return _grouped(part, {*touched, *changed}, signed, ties, lost, whose)


def _values(signatures: Mapping[str, Signature]) -> dict[str, bytes]:
    return {document: signature.values for document, signature in signatures.items()}


def _grouped(
    part: Part,
    start: set[str],
    signed: Mapping[str, Signature],
    ties: Mapping[Pair, tuple[str, float]],
    lost: frozenset[Pair],
    whose: frozenset[str] | None,
) -> Recopied:
    """The groups of these documents and of those they were grouped with."""
    reader, touched = part.reader, part.touched
    known = reader.copies(start)
    reached: set[str] = set()
    all_ties: dict[Pair, tuple[str, float]] = {}
    new = start | known.keys() | {copy.original_id for copy in known.values()}
    while new:
        reached |= new
        part.load(new)
        here = reader.ties("_copy_ties", "method, likeness", new)
        all_ties |= {pair: tie for pair, tie in here.items() if pair not in lost}
        all_ties |= {pair: tie for pair, tie in ties.items() if new & set(pair)}
        texts = {f"text {text_key(part.snapshot.documents[each])}" for each in new & part.snapshot.documents.keys()}
        near = {each for pair in all_ties for each in pair} | (reader.documents_with(texts) - touched)
        own = {
            each: f"text {text_key(part.snapshot.documents[each])}" for each in touched & part.snapshot.documents.keys()
        }
        near |= {each for each, text in own.items() if text in texts}
        mates = reader.copies(near)
        near |= mates.keys() | {copy.original_id for copy in mates.values()}
        new = near - reached
    was = {each: copy for each, copy in reader.copies(reached).items() if each in reached}
    copies = group_copies((part.snapshot.documents[each] for each in sorted(reached)), all_ties)
    heard = {
        each
        for each in copies.keys() | was.keys()
        if (copies[each].original_id if each in copies else None) != (was[each].original_id if each in was else None)
        or (each in copies and copies[each].original_id in touched)
    }
    return Recopied(signed, frozenset(reached), copies, frozenset(heard), ties, whose)


def _alike(part: Part, kept: Mapping[str, Signature], signed: Mapping[str, Signature]) -> tuple[set[Pair], bool]:
    """Pairs with a touched document that share a band; and whether more share one than are compared."""
    documents = part.snapshot.documents
    found: set[Pair] = set()
    for each in signed:
        day = date.fromisoformat(when(documents[each]))
        first, last = (day - timedelta(MOST_DAYS)).isoformat(), (day + timedelta(MOST_DAYS)).isoformat()
        near = [(other, s) for other, _, s in part.reader.seen_between(first, last) if other not in signed]
        near += [(other, s.values) for other, s in signed.items() if first <= when(documents[other]) <= last]
        for values in {signed[each].values, kept[each].values if each in kept else b""} - {b""}:
            bands = [values[band * ROWS * 4 : (band + 1) * ROWS * 4] for band in range(BANDS)]
            counts = [0] * BANDS
            for other, theirs in near:
                if not theirs:
                    continue
                shared = [b for b, part_ in enumerate(bands) if theirs[b * ROWS * 4 : (b + 1) * ROWS * 4] == part_]
                for band in shared:
                    counts[band] += 1
                if shared and other != each and values == signed[each].values:
                    found.add((each, other) if each <= other else (other, each))
            if max(counts) > NEXT_FEW:
                return found, True
    return found, False


def _briefs(part: Part, before: Mapping[Pair, tuple[str, float]]) -> tuple[set[str], dict[Pair, tuple[str, float]]]:
    """Briefs that are touched or whose page is, and their ties."""
    reader, touched = part.reader, part.touched
    briefs = reader.set_of(
        "SELECT id FROM documents WHERE origin != 'page' AND id IN {wanted} "
        "UNION SELECT id FROM documents WHERE origin != 'page' AND original_url IN (SELECT url FROM documents "
        "WHERE id IN {wanted} UNION SELECT canonical_url FROM documents WHERE id IN {wanted})",
        touched | {each for pair, (method, _) in before.items() if method == "brief" for each in pair},
    )
    part.load(briefs)
    ties: dict[Pair, tuple[str, float]] = {}
    for brief in briefs:
        row = reader.db.execute(
            "SELECT max(id) FROM documents WHERE origin = 'page' AND (url = ? OR canonical_url = ?)",
            [part.snapshot.documents[brief].original_url] * 2,
        ).fetchone()
        if row[0] is not None:
            part.load([row[0]])
            ties[(brief, row[0]) if brief <= row[0] else (row[0], brief)] = ("brief", 1.0)
    return briefs, ties
