"""
Which documents report one event, after some have come or changed.

In: what is known of a part of the evidence, and a way to know more of it; the documents that may differ. Out:
`Regrouped`: the announcements of all documents that hang together with these, and what they are compared by. Only what
is compared by something else than before is compared again. Never groups half of what hangs together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db.knowledge.duplicates import Copy
from db.knowledge.events import (
    Announcement,
    Copied,
    Pair,
    Together,
    group_events,
    is_telling,
    put_together,
    tied,
)
from db.knowledge.known import Known
from db.knowledge.likeness import MOST_DAYS, Features, day_of, describe, mark_of, spots_of
from db.knowledge.neighbours import lots_of, moved, pairs_of
from db.knowledge.reader import Reader

Knowing = Callable[[Iterable[str]], Known]
"""What is known when these documents are loaded too."""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Announcements that were made again."""

    announcements: tuple[Announcement, ...]
    documents: frozenset[str]
    """Every document that is or was in one of them."""
    described: frozenset[str]
    """Documents whose keys, marks and ties were made again."""
    keys: Mapping[str, set[str]]
    marks: Mapping[str, str]
    ties: Mapping[Pair, tuple[float, str]]
    """All that `described` have, and all others that have come."""
    lost: frozenset[Pair]
    """Ties of others that are no more."""
    known: Known


class Regrouping:
    """The steps, and what they share."""

    def __init__(self, reader: Reader, knowing: Knowing, copies: Callable[[Iterable[str]], Mapping[str, Copy]]) -> None:
        self.reader = reader
        self.knowing = knowing
        self.copies = copies
        self.spots: dict[str, set[str]] = {}
        self.fresh: set[str] = set()

    def regroup(self, documents: Iterable[str]) -> Regrouped:
        """Group again what hangs together with these documents."""
        self.fresh = set(documents)
        known = self.knowing(self.fresh)
        self.spots = {each: self._spots(known, each) for each in self.fresh}
        old = self.reader.keys_of(self.fresh)
        described = self.fresh | self._said_first_otherwise(old)
        known = self.knowing(described)
        features, copied = self._features(known, described)
        alone = {each: features[each] for each in features.keys() & copied.alone & described}
        marks = {each: mark_of(found) for each, found in alone.items()}
        stored: dict[str, str] = dict(
            self.reader.ask("SELECT document_id, mark FROM _event_marks WHERE document_id IN {wanted}", described)
        )
        changed = {each for each in described if marks.get(each) != stored.get(each)}
        lots = {each: set(lots_of(found)) for each, found in alone.items()}
        had = self.reader.ties("_event_ties", "score, reason", changed)
        ties, lost = self._ties(changed, alone, lots)
        ends = {each for pair in [*had, *ties, *lost] for each in pair}
        hanging = self._hanging({*described, *ends}, ties, had.keys() | lost)
        known = self.knowing(hanging)
        features, copied = self._features(known, hanging)
        copies = self.copies(hanging)
        there = self.reader.ties("_event_ties", "score, reason", hanging)
        all_ties = {p: t for p, t in there.items() if p not in had and p not in lost} | ties
        made = group_events(features, copied, copies, {p: t for p, t in all_ties.items() if hanging.issuperset(p)})
        return Regrouped(
            tuple(made),
            frozenset(hanging),
            frozenset(described),
            {each: self._spots(known, each) | lots.get(each, set()) for each in described},
            marks,
            {p: t for p, t in all_ties.items() if described & set(p)} | ties,
            frozenset(lost),
            known,
        )

    def _spots(self, known: Known, document: str) -> set[str]:
        claims = known.current.get(document, ())
        if document not in known.evidence.documents or not is_telling(known.evidence.documents[document], claims):
            return set()
        subjects = known.subjects()
        return {spot for claim in claims for spot in spots_of(claim, subjects[claim.id])}

    def _said_first_otherwise(self, old: Iterable[str]) -> set[str]:
        """Other documents with a figure that was first said on another day than now."""
        spots = {each for each in old if each.startswith("said ")}.union(*self.spots.values())
        before, now = self.reader.first_days(spots, ()), self._first_days(spots)
        return self.reader.documents_with(s for s in spots if before.get(s) != now.get(s)) - self.fresh

    def _first_days(self, spots: Iterable[str]) -> dict[str, str]:
        spots = set(spots)
        found = self.reader.first_days(spots, self.fresh)
        known = self.knowing(())
        for document, own in self.spots.items():
            for spot in own & spots:
                day = day_of(known.evidence.documents[document])
                found[spot] = min(found.get(spot, day), day)
        return found

    def _features(self, known: Known, documents: Iterable[str]) -> tuple[dict[str, Features], Copied]:
        """The features of the telling ones of documents and of what they copy, and how copies group them."""
        # Whether a copy goes with its original can depend on what a person decided of others.
        decided = (*known.curated.joined, *known.curated.parted)
        documents = {*documents, *(each for group in decided for each in group)}
        copies = self.copies(documents)
        if known.curated.parted:
            copies = self.copies({*copies, *(copy.original_id for copy in copies.values())})
            known = self.knowing({*copies, *(copy.original_id for copy in copies.values())})
        wanted = {*documents, *copies, *(copy.original_id for copy in copies.values())}
        held = [known.evidence.documents[each] for each in sorted(wanted & known.evidence.documents.keys())]
        telling = [document for document in held if is_telling(document, known.current.get(document.id, ()))]
        subjects = known.subjects()
        said = [claim for document in telling for claim in known.current.get(document.id, ())]
        spots = {spot for claim in said for spot in spots_of(claim, subjects[claim.id])}
        features = describe(telling, known.current, subjects, self._first_days(spots))
        together = Together(tuple(known.curated.joined), tuple(known.curated.parted))
        return features, put_together(features, copies, together)

    def _ties(
        self, changed: set[str], alone: Mapping[str, Features], lots: Mapping[str, set[str]]
    ) -> tuple[dict[Pair, tuple[float, str]], set[Pair]]:
        """Ties of changed documents and of those that have become near; and ties that are no more."""
        compared: set[Pair] = set()
        doubted: set[Pair] = set()
        dirty: dict[str, set[str]] = {}
        days: dict[str, set[str]] = {}
        for document, day, key in self._stood_in(changed):
            dirty.setdefault(key, set()).add(document)
            days.setdefault(key, set()).add(day)
        for document in changed & alone.keys():
            for key in lots[document]:
                dirty.setdefault(key, set()).add(document)
                days.setdefault(key, set()).add(day_of(alone[document].document))
        now = {each: day_of(found.document) for each, found in alone.items()}
        for key, members in dirty.items():
            first = (date.fromisoformat(min(days[key])) - timedelta(MOST_DAYS)).isoformat()
            last = (date.fromisoformat(max(days[key])) + timedelta(MOST_DAYS)).isoformat()
            before = self.reader.lot(key, first, last)
            stay = {(day, each) for day, each in before if each not in changed}
            after = sorted(stay | {(now[each], each) for each in members if each in now and key in lots[each]})
            for each in members:
                if each in now and key in lots[each]:
                    compared.update(pairs_of((now[each], each), after))
            lost, gained = moved(before, after)
            doubted |= {pair for pair in lost | gained if not changed & set(pair)}
        known_ties = self.reader.ties("_event_ties", "score, reason", {each for pair in doubted for each in pair})
        near = {pair for pair in doubted if self._is_near(pair, changed, now, lots)}
        compared |= {pair for pair in near if pair not in known_ties}
        known = self.knowing(each for pair in compared for each in pair)
        features, _ = self._features(known, {each for pair in compared for each in pair})
        return tied(features, sorted(compared)), {pair for pair in doubted - near if pair in known_ties}

    def _stood_in(self, documents: Iterable[str]) -> list[tuple[str, str, str]]:
        return [
            (row[0], row[1], row[2])
            for row in self.reader.ask(
                "SELECT document_id, day, key FROM _document_keys WHERE document_id IN {wanted} AND key GLOB 'meets *'",
                documents,
            )
        ]

    def _is_near(self, pair: Pair, changed: set[str], now: Mapping[str, str], lots: Mapping[str, set[str]]) -> bool:
        """Whether two documents, neither of them changed, are near each other in any lot."""
        stood = self._stood_in(pair)
        one, other = pair
        shared = {key for document, _, key in stood if document == one}
        shared &= {key for document, _, key in stood if document == other}
        days = sorted(day for _, day, _ in stood)
        for key in shared:
            members = {(d, each) for d, each in self.reader.lot(key, days[0], days[-1]) if each not in changed}
            members |= {(now[each], each) for each in changed & now.keys() if key in lots[each]}
            mine = next(member for member in members if member[1] == one)
            if pair in set(pairs_of(mine, sorted(members))):
                return True
        return False

    def _hanging(self, start: set[str], new: Iterable[Pair], lost: Iterable[Pair]) -> set[str]:
        """Everything that hangs together with these documents, and hung together with them."""
        ties: dict[str, set[str]] = {}
        for one, other in new:
            ties.setdefault(one, set()).add(other)
            ties.setdefault(other, set()).add(one)
        together = self.knowing(()).curated
        gone = set(lost)
        found: set[str] = set()
        waiting = set(start)
        for group in (*together.joined, *together.parted):
            waiting.update(group)
        while waiting:
            found |= waiting
            near = {each for document in waiting for each in ties.get(document, ())}
            tied_to = self.reader.ties("_event_ties", "score, reason", waiting).keys() - gone
            near |= {each for pair in tied_to for each in pair}
            copies = self.copies(waiting)
            near |= copies.keys() | {copy.original_id for copy in copies.values()}
            near |= self.reader.set_of(
                "SELECT document_id FROM announcement_documents WHERE announcement_id IN "
                "(SELECT announcement_id FROM announcement_documents WHERE document_id IN {wanted})",
                waiting,
            )
            waiting = near - found
        return found
