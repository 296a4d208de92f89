"""
Which projects a rebuild has to decide again.

In: what is known now, what the last rebuild left, and the day. Out: the ids of projects whose claims, documents, voices
or family have changed, with their families. Everything that is decided project by project is left as it is for all
others. Never looks at a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from db.knowledge.known import Known
from db.knowledge.left import Left
from db.knowledge.status import mark_of


def touched_projects(known: Known, left: Left, today: date) -> frozenset[str]:
    """Every project with something new, and all that it is part of or has as a part."""
    now = {claim: link.project_id for claim, link in known.links.items()}
    # What a document is mostly about changes for all its projects when one of its claims moves to another.
    moved = {c.document_id for c in known.evidence.claims.values() if now.get(c.id) != left.projects.get(c.id)}
    heard = _heard_anew(known, left) | moved
    found: set[str | None] = set()
    for claim in known.evidence.claims.values():
        if claim.document_id in heard:
            found |= {now.get(claim.id), left.projects.get(claim.id)}
    found |= {claim for gone in left.projects.keys() - known.evidence.claims.keys() for claim in (left.projects[gone],)}
    for row in left.marks:
        mark, reason = mark_of(row["step"], str(row["last_news_on"]), today)  # type: ignore[arg-type]
        if (mark, reason) != (row["mark"], row["reason"]):
            found.add(str(row["project_id"]))
    return _families((each for each in found if each), known.parents)


def _heard_anew(known: Known, left: Left) -> frozenset[str]:
    """Documents that are touched, or speak with another voice: copies that came, went, or have another original."""
    now = {copy.document_id: copy.original_id for copy in known.copies.values()}
    moved = {
        document
        for document in now.keys() | left.originals.keys()
        if now.get(document) != left.originals.get(document) or now.get(document) in left.touched
    }
    return frozenset(moved) | left.touched


def _families(projects: Iterable[str], parents: Mapping[str, str | None]) -> frozenset[str]:
    below: dict[str, list[str]] = {}
    for child, parent in parents.items():
        if parent:
            below.setdefault(parent, []).append(child)
    found: set[str] = set()
    for project in projects:
        top, seen = project, {project}
        while (above := parents.get(top)) and above not in seen:
            seen.add(above)
            top = above
        waiting = [top, project]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting.extend(below.get(each, ()))
    return frozenset(found)
