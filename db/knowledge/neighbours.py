"""
Which documents are compared at all: those that share a project, a company or a place within some days.

In: features of documents, or the lots in which they stand. Out: the lots of a document, and pairs. Of hundreds of pages
on one thing in one week each is compared with the nearest in time; the rest is a chain of reports. Never scores a pair:
that is for `likeness`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from db.knowledge.likeness import MOST_DAYS, Features, day_of
from db.knowledge.values import days_between

NEXT_FEW = 100
"""Hundreds of pages on one thing in one week are a chain of reports: not every pair of it needs to be compared."""
Member = tuple[str, str]
"""The day of a document, and its id: the order in a lot."""
Pair = tuple[str, str]


def lots_of(features: Features) -> list[str]:
    """The lots in which a document stands: by what it is about. A page without a date meets none."""
    if features.document.day is None:
        return []
    companies, places = (f"company {c}" for c in features.companies), (f"place {p}" for p in features.places)
    return [f"meets {mark}" for mark in (*features.projects, *companies, *places)]


def lots(features: Mapping[str, Features]) -> dict[str, list[Member]]:
    """Every lot, in the order of days."""
    found: dict[str, list[Member]] = defaultdict(list)
    for document, each in features.items():
        for lot in lots_of(each):
            found[lot].append((day_of(each.document), document))
    return {lot: sorted(members) for lot, members in found.items()}


def pairs_within(members: Sequence[Member], steps: range | None = None) -> Iterator[Pair]:
    """Pairs of one lot within some days that are so many steps apart; by default all that are compared."""
    steps = steps or range(1, NEXT_FEW + 1)
    for at, (day, one) in enumerate(members):
        for later, other in members[at + steps.start : at + steps.stop]:
            if (days_between(day, later) or 0) > MOST_DAYS:
                break
            yield (one, other) if one < other else (other, one)


def pairs_of(member: Member, members: Sequence[Member]) -> Iterator[Pair]:
    """Pairs of one document with the others of its lot that it is compared with."""
    at = members.index(member)
    day, one = member
    for others in (members[at + 1 : at + 1 + NEXT_FEW], members[max(0, at - NEXT_FEW) : at][::-1]):
        for other_day, other in others:
            if (days_between(day, other_day) or 0) > MOST_DAYS:
                break
            yield (one, other) if one < other else (other, one)


def moved(before: Sequence[Member], after: Sequence[Member]) -> tuple[set[Pair], set[Pair]]:
    """Pairs of documents in both states of a lot that are near no more, or have become so, as others came or went."""
    if max(len(before), len(after)) <= NEXT_FEW:
        return set(), set()
    most = len(set(before) ^ set(after))
    edge = range(max(1, NEXT_FEW + 1 - most), NEXT_FEW + 1)
    wider = range(max(1, NEXT_FEW + 1 - 2 * most), NEXT_FEW + 1)
    both = {document for _, document in before} & {document for _, document in after}
    lost = set(pairs_within(before, edge)) - set(pairs_within(after, wider))
    gained = set(pairs_within(after, edge)) - set(pairs_within(before, wider))
    return {pair for pair in lost if both.issuperset(pair)}, {pair for pair in gained if both.issuperset(pair)}
