"""
How far a project is: dated steps, each with the document that says so; and our own mark where nothing is heard.

In: documents and claims of projects, figures. Out: rows of `project_status` and `project_marks`. A step comes from a
claim's own status or from the words of a title about the project, never from its size. A campus does not operate
because a phase does. Silent (no news for 24 months) and dormant (48) are our marks, beside what was said, never in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.knowledge.model import DocumentRow, Row, Table
from db.knowledge.statements import Figure, FigureKey, Said
from db.knowledge.titles import step_of
from db.knowledge.values import near, span_of

STEPS = (
    "announced", "permitted", "financed", "building", "partly_operating", "operating", "delayed", "shelved",
    "cancelled",
)  # fmt: skip
CAPACITY = frozenset({"power", "chips", "capex", "floor_area", "generation"})
"""Metrics that tell how far the thing itself is; people and dates do not."""
SILENT_MONTHS, DORMANT_MONTHS = 24, 48
SETTLED = frozenset({"operating", "cancelled"})
LATER_DAYS = 45
"""An opening date that moves by less is the same date said more finely."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of one project, as one document says it."""

    project: str
    step: str
    document: DocumentRow
    claim_id: str | None
    reason: str


def find_steps(
    said: Mapping[FigureKey, Sequence[Said]],
    figures: Mapping[FigureKey, Figure],
    mains: Mapping[str, frozenset[str]],
    parents: Mapping[str, str | None],
    levels: Mapping[str, str],
) -> list[Step]:
    """
    Every step of every project. `mains` gives the projects that a document is mostly about.

    A copy says nothing new, so its original's steps stand for it.
    """
    by_project: dict[str, list[Said]] = {}
    for key, claims in said.items():
        by_project.setdefault(key.project_id, []).extend(c for c in claims if c.claim.retracted_at is None)
    of_project: dict[str, dict[FigureKey, Figure]] = {}
    for key, figure in figures.items():
        of_project.setdefault(key.project_id, {})[key] = figure
    found: list[Step] = []
    for project, claims in sorted(by_project.items()):
        if not claims:
            continue
        whole = of_project.get(project, {})
        own = [
            *_announced(project, claims),
            *_by_claims(project, claims, whole, levels.get(project)),
            *_by_titles(project, claims, mains, levels.get(project)),
        ]
        # Where a part of it opens on that page, the later date is that of the rest.
        opened = {step.document.id for step in own if step.step in ("operating", "partly_operating")}
        found += own
        found += (step for step in _delays(project, whole) if step.document.id not in opened)
    found += _of_parents(found, parents, levels)
    unique: dict[tuple[str, str, str], Step] = {}
    for step in found:
        unique.setdefault((step.project, step.step, step.document.id), step)
    return sorted(
        unique.values(), key=lambda s: (s.project, s.document.day or "9999", STEPS.index(s.step), s.document.id)
    )


def status_rows(steps: Iterable[Step]) -> Table:
    """Rows of `project_status`."""
    return {
        (step.project, step.step, step.document.id): {
            "project_id": step.project, "step": step.step, "happened_on": step.document.day,
            "document_id": step.document.id, "claim_id": step.claim_id, "reason": step.reason,
        }
        for step in steps
    }  # fmt: skip


def mark_rows(steps: Sequence[Step], news: Mapping[str, str], today: date) -> Table:
    """The last step of each project, the last news of it, and our mark where there was none for long."""
    last: dict[str, Step] = {}
    for step in steps:
        best = last.get(step.project)
        if best is None or _order(step) >= _order(best):
            last[step.project] = step
    rows: Table = {}
    for project, newest in sorted(news.items()):
        step_said = last.get(project)
        mark, reason = mark_of(step_said.step if step_said else None, newest, today)
        row: Row = {
            "project_id": project, "step": step_said.step if step_said else None,
            "step_on": step_said.document.day if step_said else None, "last_news_on": newest, "mark": mark,
            "reason": reason,
        }  # fmt: skip
        rows[(project,)] = row
    return rows


def cancelled_projects(rows: Iterable[Row]) -> frozenset[str]:
    """Projects whose last word is that they will not come, by rows of `project_status`."""
    last: dict[str, tuple[str, int]] = {}
    for row in rows:
        project = str(row["project_id"])
        order = (str(row["happened_on"] or "0001"), STEPS.index(str(row["step"])))
        last[project] = max(order, last.get(project, order))
    return frozenset(project for project, (_, step) in last.items() if STEPS[step] == "cancelled")


def _announced(project: str, claims: Sequence[Said]) -> Iterable[Step]:
    dated = [each for each in claims if each.document.day]
    if dated:
        first = min(dated, key=lambda s: (s.day, s.document.rank, s.document.id, s.claim.id))
        yield Step(
            project, "announced", first.document, first.claim.id, "the first document we hold that has a figure of it"
        )


def _by_claims(
    project: str, claims: Sequence[Said], figures: Mapping[FigureKey, Figure], level: str | None
) -> Iterable[Step]:
    is_part = level in ("phase", "building")
    for each in claims:
        claim = each.claim
        whole = is_part or (level != "umbrella" and claim.scope != "phase" and _is_whole(each, figures))
        step = None
        if claim.status == "building" and claim.metric in CAPACITY:
            step = "building"
        elif claim.status == "operating" and claim.metric in CAPACITY:
            step = "operating" if whole else "partly_operating"
        elif claim.status == "done" and claim.metric == "financing":
            step = "financed"
        elif claim.status == "cancelled" and claim.metric in CAPACITY and whole:
            step = "cancelled"
        if step:
            yield Step(project, step, each.document, claim.id, f"“{claim.quote}” is said to be {claim.status}")


def _is_whole(said: Said, figures: Mapping[FigureKey, Figure]) -> bool:
    """
    Whether a claim is about all of what was announced, not about a part of it.

    Where nothing was announced in its own metric, it is about all only if nothing was announced at all.
    """
    announced = [(key.metric, f.chosen.number) for key, f in figures.items() if key.stage == "announced"]
    same = [number for metric, number in announced if metric == said.claim.metric]
    span = span_of(said.claim)
    if span is None or not same:
        # A power plant beside a load is no measure of it.
        beside = CAPACITY - {"generation"} if said.claim.metric != "generation" else CAPACITY
        return not any(metric in beside for metric, _ in announced)
    return span.number >= max(same) or near(span.number, max(same), 0.2)


def _by_titles(
    project: str, claims: Sequence[Said], mains: Mapping[str, frozenset[str]], level: str | None
) -> Iterable[Step]:
    for document in sorted({each.document.id: each.document for each in claims}.values(), key=lambda d: d.id):
        if mains.get(document.id) != frozenset({project}) or level == "umbrella":
            continue
        found = step_of(document.title, level in ("phase", "building"))
        if found is None or (found[0] == "cancelled" and document.kind not in ("cancellation", "status_update")):
            continue
        yield Step(project, found[0], document, None, f"the title says “{found[1]}”: {document.title}")


def _delays(project: str, figures: Mapping[FigureKey, Figure]) -> Iterable[Step]:
    """An opening that is now said to be later than it was."""
    for key, figure in figures.items():
        if key.metric != "online" or key.stage != "announced":
            continue
        chosen = figure.chosen
        for value in figure.others:
            before = value.standing == "revised" and value.first < chosen.first
            if (
                before
                and chosen.number - value.number > LATER_DAYS
                and value.best.claim.scope == chosen.best.claim.scope
            ):
                first, now = value.best.claim.quote, chosen.best.claim.quote
                reason = f"the opening moved from “{first}” to “{now}”"
                yield Step(project, "delayed", chosen.best.document, chosen.best.claim.id, reason)
                break


def _of_parents(steps: Sequence[Step], parents: Mapping[str, str | None], levels: Mapping[str, str]) -> Iterable[Step]:
    """A campus of which a phase operates operates in part, and one of which a phase is built is being built."""
    for step in steps:
        parent = parents.get(step.project)
        while parent:
            if step.step in ("operating", "partly_operating") and levels.get(parent) != "umbrella":
                yield Step(
                    parent, "partly_operating", step.document, step.claim_id, f"{step.project} operates: {step.reason}"
                )
            elif step.step == "building" and levels.get(parent) == "campus":
                yield Step(
                    parent, "building", step.document, step.claim_id, f"{step.project} is being built: {step.reason}"
                )
            parent = parents.get(parent)


def _order(step: Step) -> tuple[str, int]:
    return (step.document.day or "0001", STEPS.index(step.step))


def mark_of(step: str | None, newest: str, today: date) -> tuple[str | None, str]:
    """Our own mark, and why: by the last step and the day of the last news."""
    if step in SETTLED:
        return None, f"{step}: no further news is expected"
    last = date.fromisoformat(newest[:10])
    months = (today.year - last.year) * 12 + today.month - last.month - (today.day < last.day)
    if months >= DORMANT_MONTHS:
        return "dormant", f"no news for {months} months: our mark, nobody said so"
    if months >= SILENT_MONTHS:
        return "silent", f"no news for {months} months: our mark, nobody said so"
    return None, f"last news {newest}"
