"""
Which projects have to be decided again.

In: projects with something new, what each is part of, and the day. Out: these with their families, and those that grow
silent today. Never looks at a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlite_utils import Database

from db.knowledge.status import mark_of


def marks_of_today(db: Database, today: date) -> set[str]:
    """Projects of which our own mark is another on this day."""
    return {
        project
        for project, step, newest, mark, reason in db.execute(
            "SELECT project_id, step, last_news_on, mark, reason FROM project_marks"
        ).fetchall()
        if (mark, reason) != mark_of(step, newest, today)
    }


def families(projects: Iterable[str], parents: Mapping[str, str | None]) -> frozenset[str]:
    """These projects with all that they are part of or have as a part."""
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
