"""
Which documents are compared at all: those that share a project, a company or a place within some days.

In: features of documents, and which of them have changed. Out: pairs. Of hundreds of pages on one thing in one week
each is compared with the nearest in time; the rest is a chain of reports. Never scores a pair: that is for `likeness`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from db.knowledge.likeness import MOST_DAYS, Features
from db.knowledge.values import days_between

NEXT_FEW = 100
"""Hundreds of pages on one thing in one week are a chain of reports: not every pair of it needs to be compared."""


def buckets_of(features: Mapping[str, Features]) -> list[list[str]]:
    """Documents that share a project, a company or a place, each lot by the day of publication."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for document, each in features.items():
        for mark in (*each.projects, *(f"company {c}" for c in each.companies), *(f"place {p}" for p in each.places)):
            buckets[mark].append(document)
    for members in buckets.values():
        members.sort(key=lambda each: (features[each].document.published_at or "9999", each))
    return list(buckets.values())


def crowded(buckets: Iterable[Sequence[str]], features: Mapping[str, Features]) -> frozenset[str]:
    """Documents of a lot in which some have more neighbours in time than are compared."""
    found: set[str] = set()
    for members in buckets:
        days = [features[each].document.day for each in members]
        for first, last in zip(days, days[NEXT_FEW:], strict=False):
            apart = days_between(first, last)
            if apart is not None and apart <= MOST_DAYS:
                found.update(members)
                break
    return frozenset(found)


def neighbours(
    buckets: Iterable[Sequence[str]], features: Mapping[str, Features], changed: frozenset[str]
) -> Iterable[tuple[str, str]]:
    """Pairs of one lot within some days, one of them among `changed`; of many, each with the next few in time."""
    found: set[tuple[str, str]] = set()
    for members in buckets:
        if changed.isdisjoint(members):
            continue
        for at, one in enumerate(members):
            if one in changed:
                found.update(_pairs(one, members[at + 1 : at + 1 + NEXT_FEW], features))
                found.update(_pairs(one, members[max(0, at - NEXT_FEW) : at][::-1], features))
    return sorted(found)


def _pairs(one: str, others: Iterable[str], features: Mapping[str, Features]) -> Iterable[tuple[str, str]]:
    for other in others:
        apart = days_between(features[one].document.day, features[other].document.day)
        if apart is None or apart > MOST_DAYS:
            break
        yield (one, other) if one < other else (other, one)
