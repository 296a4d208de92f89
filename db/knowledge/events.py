"""
Announcements: all documents that report one event, in any language, with the issuer's page as the primary one.

In: documents with their claims and links, copies, and what a person decided. Out: `Announcement`s.
Two documents meet by project or companies, place, figures and date; a figure counts when it is news at the time, not
when both repeat it as background. Groups grow from the surest pair down, and never over what tells two events apart.
Ids come from the first document that was published, so what joins later changes none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.identity import digest
from db.knowledge.duplicates import Copy
from db.knowledge.groups import Groups
from db.knowledge.likeness import (
    ENOUGH,
    LOOSE_KINDS,
    MOST_DAYS,
    Features,
    compare,
    kinds_meet,
)
from db.knowledge.model import ClaimRow, DocumentRow
from db.knowledge.neighbours import lots, pairs_within
from db.knowledge.values import days_between


@dataclass(frozen=True, slots=True)
class Together:
    """What a person decided: documents that are one event, and documents that are not."""

    joined: tuple[tuple[str, ...], ...] = ()
    parted: tuple[tuple[str, ...], ...] = ()


Pair = tuple[str, str]
Ties = Mapping[Pair, tuple[float, str]]
"""What surely reports one event: pairs with their score and reason."""
NOTHING_DECIDED = Together()


@dataclass(frozen=True, slots=True)
class Announcement:
    """One event and its documents."""

    id: str
    primary: str
    first: str
    members: Mapping[str, str]
    """Document to the reason it is here."""
    project: str | None
    companies: frozenset[str] = field(default_factory=frozenset)


def is_telling(document: DocumentRow, claims: Sequence[ClaimRow]) -> bool:
    """Whether a document reports something."""
    return bool(claims) or (document.relevant and document.kind not in LOOSE_KINDS)


@dataclass(frozen=True, slots=True)
class Copied:
    """Telling documents, grouped as far as copies and a person's decisions go."""

    groups: Groups
    reasons: dict[Pair, str]
    parted: set[frozenset[str]]
    alone: frozenset[str]
    """Those that are compared: a copy goes with its original."""


def put_together(present: Iterable[str], copies: Mapping[str, Copy], together: Together) -> Copied:
    """Group what a person joined and what are copies. Groups that share no document have nothing to do with others."""
    present = set(present)
    groups = Groups(present)
    reasons: dict[Pair, str] = {}
    parted = {frozenset(pair) for group in together.parted for pair in _pairs([e for e in group if e in present])}
    for group in together.joined:
        for one, other in _pairs([each for each in group if each in present]):
            groups.join(one, other)
            reasons[_pair(one, other)] = "joined by a correction"
    for copy in sorted(copies.values(), key=lambda c: c.document_id):
        if {copy.document_id, copy.original_id} <= present and not _apart(
            groups, parted, copy.document_id, copy.original_id
        ):
            groups.join(copy.document_id, copy.original_id)
            reasons[_pair(copy.document_id, copy.original_id)] = {
                "exact": "the same text",
                "brief": "a brief of that page",
            }.get(copy.method, f"an edited copy ({copy.similarity:.0%} of the text)")
    alone = frozenset(
        document
        for document in present
        if document not in copies
        or copies[document].original_id not in present
        or groups.find(document) != groups.find(copies[document].original_id)
    )
    return Copied(groups, reasons, parted, alone)


def tied(features: Mapping[str, Features], pairs: Iterable[Pair]) -> dict[Pair, tuple[float, str]]:
    """Those of the pairs that surely report one event."""
    return {
        (one, other): found
        for one, other in pairs
        if (found := compare(features[one], features[other])) and found[0] >= ENOUGH
    }


def all_ties(features: Mapping[str, Features]) -> dict[Pair, tuple[float, str]]:
    """Every tie among documents that are compared."""
    return tied(features, sorted({pair for members in lots(features).values() for pair in pairs_within(members)}))


def group_events(
    features: Mapping[str, Features], copied: Copied, copies: Mapping[str, Copy], ties: Ties
) -> list[Announcement]:
    """Group every telling document, from the surest tie down."""
    groups, reasons = copied.groups, copied.reasons
    scored = sorted((-score, one, other) for (one, other), (score, _) in ties.items())
    for pair, (_, reason) in ties.items():
        reasons.setdefault(pair, reason)
    for _, one, other in scored:
        if groups.find(one) != groups.find(other) and _may_join(groups, features, copied.parted, one, other):
            groups.join(one, other)
    of_document: dict[str, list[Pair]] = {}
    for pair in [*((one, other) for _, one, other in scored), *sorted(reasons)]:
        for document in pair:
            of_document.setdefault(document, []).append(pair)
    return [_announcement(members, features, copies, reasons, of_document) for members in groups.all()]


def _may_join(
    groups: Groups, features: Mapping[str, Features], parted: set[frozenset[str]], one: str, other: str
) -> bool:
    """No two members of the joined group may be told apart: by a person, by date, or by kind."""
    first, second = groups.members(one), groups.members(other)
    for mine in first:
        for theirs in second:
            if frozenset((mine, theirs)) in parted:
                return False
            apart = days_between(features[mine].document.day, features[theirs].document.day)
            if apart is not None and apart > MOST_DAYS + 4:
                return False
            if not kinds_meet(features[mine].document.kind, features[theirs].document.kind):
                return False
    return True


def _apart(groups: Groups, parted: set[frozenset[str]], one: str, other: str) -> bool:
    return any(
        {groups.find(one), groups.find(other)} == {groups.find(a), groups.find(b)} or pair == {one, other}
        for pair in parted
        for a, b in (sorted(pair),)
    )


def _announcement(
    members: Sequence[str],
    features: Mapping[str, Features],
    copies: Mapping[str, Copy],
    reasons: Mapping[tuple[str, str], str],
    tied: Mapping[str, Sequence[tuple[str, str]]],
) -> Announcement:
    documents = [features[each].document for each in members]
    first = min(documents, key=lambda d: (d.published_at or "9999", d.id))
    primary = min(documents, key=lambda d: (d.rank, d.id in copies, d.origin != "page", d.published_at or "9999", d.id))
    projects: Counter[str] = Counter()
    for each in members:
        projects.update({project: share for project, share in features[each].projects.items() if share >= 0.34})
    return Announcement(
        id=announcement_id(first.id),
        primary=primary.id,
        first=first.id,
        members={each: _reason(each, primary.id, frozenset(members), reasons, tied) for each in members},
        project=min(projects, key=lambda p: (-projects[p], p)) if projects else None,
        companies=frozenset(company for each in members for company in features[each].lead_companies),
    )  # fmt: skip


def _reason(
    document: str,
    primary: str,
    members: frozenset[str],
    reasons: Mapping[tuple[str, str], str],
    tied: Mapping[str, Sequence[tuple[str, str]]],
) -> str:
    """Why a document is here: its tie to the primary page, else its surest tie to another."""
    if document == primary:
        return "the primary page"
    if found := reasons.get(_pair(document, primary)):
        return found
    pair = next((pair for pair in tied.get(document, ()) if members.issuperset(pair)), None)
    return f"by another report: {reasons[pair]}" if pair else "by another report"


def announcement_id(first_document: str) -> str:
    """The id of the announcement whose first document this is."""
    return "a" + digest("announcement", first_document)[:15]


def _pairs(members: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, other) for at, one in enumerate(members) for other in members[at + 1 :]]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
