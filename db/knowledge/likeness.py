"""
How surely two documents report one event.

In: documents with their claims, and what each claim is about. Out: their features; a score and its reason for a pair.
A figure counts when it is news at the time, not when both repeat it as background. Never groups: that is for `events`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.identity import digest
from db.knowledge.model import MONEY, ClaimRow, DocumentRow
from db.knowledge.names import key, place_key
from db.knowledge.steps import steps_of
from db.knowledge.values import days_between, same_number, span_of

MOST_DAYS = 8
"""Reports of one event come within days of each other."""
BACKGROUND_DAYS = 12
"""A figure said this long before is background to a later document."""
LEAD_LETTERS = 700
UNDATED = "9999"
ENOUGH = 3.0
"""The score from which two documents report one event."""
WEIGHT: Mapping[str, float] = {
    "capex": 1.6, "contract": 1.6, "financing": 1.6, "power": 1.3, "generation": 1.3, "chips": 1.3, "land_area": 0.8,
    "floor_area": 0.8, "jobs": 0.7, "online": 0.4,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = re.compile(
    r"(the|and|for|with|from|its|into|will|data|cent(er|re)s?|billion|million|new|says|plans?|deals?|cloud|more|over|after|are|"
    r"has|not|but|amid|about|than|that|this|inc|company)"
)
_ALONE = frozenset({"cancellation", "capex_guidance"})
"""Kinds that report nothing but their own kind."""
LOOSE_KINDS: frozenset[str | None] = frozenset({"analysis", "other", None})


@dataclass(frozen=True, slots=True)
class Features:
    """What a document is about, as far as it tells events apart."""

    document: DocumentRow
    projects: Mapping[str, float]
    """Project to its share of the document's figures."""
    companies: frozenset[str]
    lead_companies: frozenset[str]
    places: frozenset[str]
    regions: frozenset[str]
    news: tuple[ClaimRow, ...]
    """The figures that are new at the time, and stand at the head of the document or belong to its main project."""
    figures: tuple[ClaimRow, ...]
    words: frozenset[str]
    sizes: frozenset[tuple[str, str, int]]
    """About how large its figures are: two documents of which none is the same have no figure in common."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim is about, for comparing: its project and its companies."""

    project: str | None
    companies: frozenset[str]


def describe(
    documents: Iterable[DocumentRow],
    claims: Mapping[str, Sequence[ClaimRow]],
    subjects: Mapping[str, Subject],
    first_said: Mapping[str, str],
) -> dict[str, Features]:
    """The features of documents. What is news depends on the day on which each spot was first said by any."""
    return {
        document.id: _features(document, claims.get(document.id, ()), subjects, first_said) for document in documents
    }


def first_days(spots: Mapping[str, Iterable[str]], days: Mapping[str, str]) -> dict[str, str]:
    """The day on which each spot was first said, by the spots and the days of documents."""
    found: dict[str, str] = {}
    for document, own in spots.items():
        for spot in own:
            found[spot] = min(found.get(spot, UNDATED), days[document])
    return found


def mark_of(features: Features) -> str:
    """What a document is compared by, in short: while it is the same, so is every comparison with the same other."""
    document = features.document
    return digest(
        document.day, document.kind, document.language, sorted(features.projects.items()), sorted(features.companies),
        sorted(features.lead_companies), sorted(features.places), sorted(features.regions), sorted(features.words),
        *(
            (c.id, c.value_min, c.value_max, c.unit, c.usd_min, c.usd_max, c.qualifier, c.period_start, c.period_end)
            for c in features.figures
        ), "news", *(claim.id for claim in features.news),
    )  # fmt: skip


def compare(one: Features, other: Features) -> tuple[float, str] | None:
    """How surely two documents report one event, and why; null where something tells them apart."""
    apart = days_between(one.document.day, other.document.day)
    if apart is None or apart > MOST_DAYS or not kinds_meet(one.document.kind, other.document.kind):
        return None
    why: list[str] = []
    score = 0.0
    shared = {p: min(one.projects[p], other.projects[p]) for p in one.projects.keys() & other.projects.keys()}
    if shared:
        score += 2.0 * min(1.0, 0.25 + max(shared.values()))
        why.append("the same project")
    elif one.projects and other.projects:
        score -= 1.0
    companies = one.companies & other.companies
    if companies:
        part = len(companies) / min(len(one.companies), len(other.companies))
        lead = bool(one.lead_companies & other.lead_companies)
        score += 0.5 * min(len(companies), 2) * part + (0.5 if lead else 0.0)
        why.append("the same companies")
    elif one.companies and other.companies:
        score -= 1.0
    if one.places & other.places:
        score += 1.0
        why.append("the same place")
    elif one.places and other.places:
        score -= 1.0
    elif one.regions & other.regions:
        score += 0.6
        why.append("the same state or country")
    if one.document.kind == other.document.kind and one.document.kind not in LOOSE_KINDS:
        # Two reports on guidance of one company in one week are about one quarter's figures.
        score += 1.0 if one.document.kind in _ALONE else 0.3
    alike = not one.sizes.isdisjoint(other.sizes)
    agreeing, weight = _shared_news(one, other) if alike else ([], 0.0)
    if agreeing:
        score += min(weight, 4.0)
        why.append("the same figures: " + ", ".join(f"“{claim.quote}”" for claim in agreeing[:3]))
    elif one.news and other.news:
        score -= 1.0
    words = one.words & other.words
    if one.document.language == other.document.language and words:
        score += 2.0 * len(words) / math.sqrt(len(one.words) * len(other.words))
    score -= 0.2 * apart
    score -= 1.2 * (1.0 - (_overlap(one, other) if alike or max(len(one.news), len(other.news)) <= 3 else 0.0))
    why.append("the same day" if apart == 0 else f"{apart} days apart" if apart > 1 else "a day apart")
    return score, ", ".join(why)


def kinds_meet(one: str | None, other: str | None) -> bool:
    """Whether documents of these kinds can report one event."""
    for first, second in ((one, other), (other, one)):
        if first in _ALONE and second != first and second not in LOOSE_KINDS:
            return False
    return True


def _shared_news(one: Features, other: Features) -> tuple[list[ClaimRow], float]:
    """Figures that are news in one of the two and stand in both."""
    found: list[ClaimRow] = []
    weight = 0.0
    for mine, theirs, factor in (
        (one.news, other.news, 1.0),
        (one.news, other.figures, 0.5),
        (other.news, one.figures, 0.5),
    ):
        for claim in mine:
            if any(c.metric == claim.metric and same_number(c, claim) for c in found):
                continue
            if any(
                same_number(claim, each)
                for each in theirs
                if each.metric == claim.metric or {each.metric, claim.metric} <= MONEY
            ):
                found.append(claim)
                weight += factor * WEIGHT.get(claim.metric, 0.5)
    return found, weight


def _overlap(one: Features, other: Features) -> float:
    """The share of the more talkative document's news that the other has too: a round-up is no report of each event."""
    more, fewer = (one, other) if len(one.news) >= len(other.news) else (other, one)
    if len(more.news) <= 3:
        return 1.0
    common = sum(any(a.metric == b.metric and same_number(a, b) for b in fewer.figures) for a in more.news)
    return min(1.0, 2 * common / len(more.news))


def _features(
    document: DocumentRow,
    claims: Sequence[ClaimRow],
    subjects: Mapping[str, Subject],
    first_said: Mapping[str, str],
) -> Features:
    projects = Counter(p for claim in claims if (p := subjects[claim.id].project))
    top = max(projects.values(), default=0)
    main = {project for project, count in projects.items() if count == top}
    lead = [claim for claim in claims if claim.quoted_from == "title" or claim.start < LEAD_LETTERS]
    day = day_of(document)
    news = []
    for claim in claims:
        # Of a deal between two, one may have named the same sum with another before: only both make it background.
        said = max((first_said[spot] for spot in spots_of(claim, subjects[claim.id])), default=day)
        fresh = (days_between(said, day) or 0) <= BACKGROUND_DAYS if said < UNDATED and day < UNDATED else True
        if fresh and (claim in lead or subjects[claim.id].project in main):
            news.append(claim)
    return Features(
        document=document,
        projects={project: count / len(claims) for project, count in projects.items()},
        companies=frozenset(company for claim in claims for company in subjects[claim.id].companies),
        lead_companies=frozenset(company for claim in lead for company in subjects[claim.id].companies),
        places=frozenset(
            f"{place_key(claim.place_name)}, {claim.country or ''}" for claim in claims if claim.place_name
        ),
        regions=frozenset(f"{claim.admin1 or ''}, {claim.country}" for claim in claims if claim.country),
        news=tuple(news),
        figures=tuple(claims),
        words=frozenset(word for word in _WORD.findall(key(document.title)) if not _COMMON.fullmatch(word)),
        sizes=frozenset(size for claim in claims for size in steps_of(claim)),
    )


def spots_of(claim: ClaimRow, subject: Subject) -> list[str]:
    """Where to look up a figure: by project or company, metric and size; neighbouring sizes are one."""
    span = span_of(claim)
    if span is None:
        return []
    size = round(span.number) if claim.metric == "online" else round(math.log(max(span.number, 1e-9)) / math.log(1.02))
    whose = [f"project {subject.project}"] if subject.project else sorted(subject.companies)
    return [f"said {who} {claim.metric} {span.unit} {size}" for who in whose]


def day_of(document: DocumentRow) -> str:
    """The day it was published; a page without one comes after all others."""
    return document.day or UNDATED
