"""
What was said for each figure, day by day; and what the figure was on any day.

In: the same claims that `figures` chooses from, retracted ones included. Out: rows of `figure_history` and
`figure_versions`. Two clocks: `said` follows the days of publication, `known` the days on which we saw the pages.
Never invents a day: a version begins when a claim comes, and ends when a better one does or when it is retracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db.knowledge.figures import decide
from db.knowledge.model import ClaimRow, Row, Table
from db.knowledge.statements import Figure, FigureKey, Said


def history_rows(said: Mapping[FigureKey, Sequence[Said]], figures: Mapping[FigureKey, Figure]) -> Table:
    """Every value said, with its standing beside the chosen one."""
    rows: Table = {}
    for key, claims in said.items():
        standing = {
            each.claim.id: ("chosen" if each.claim.id == figure.chosen.best.claim.id else "agrees")
            if value is figure.chosen
            else value.standing
            for figure in (figures.get(key),)
            if figure
            for value in figure.values
            for each in value.said
        }
        for each in claims:
            retracted = each.claim.retracted_at is not None
            rows[(key.project_id, key.metric, each.claim.id)] = {
                "project_id": key.project_id, "metric": key.metric, "claim_id": each.claim.id,
                "said_on": each.document.day, **value_columns(each.claim), "status": each.claim.status,
                "stage": key.stage, "facet": key.facet, "scope": each.claim.scope,
                "publisher": each.document.publisher, "tier": each.document.tier,
                "standing": "retracted" if retracted else standing.get(each.claim.id, "apart"),
                "retracted_at": each.claim.retracted_at, "corrected": each.corrected,
            }  # fmt: skip
    return rows


def version_rows(said: Mapping[FigureKey, Sequence[Said]], levels: Mapping[str, str]) -> Table:
    """What each figure was, from day to day, by both clocks."""
    rows: Table = {}
    for key, claims in said.items():
        level = levels.get(key.project_id, "campus")
        # Both clocks mostly go through the same sets of claims.
        decided: dict[tuple[str, ...], Figure | None] = {}
        for clock in ("said", "known"):
            for row in _versions(key, claims, level, clock, decided):
                rows[(key.id, clock, row["valid_from"])] = row
    return rows


def value_columns(claim: ClaimRow) -> Row:
    """The columns that carry a value, as every table names them."""
    return {
        "value_min": claim.value_min, "value_max": claim.value_max, "unit": claim.unit, "usd_min": claim.usd_min,
        "usd_max": claim.usd_max, "qualifier": claim.qualifier, "period_start": claim.period_start,
        "period_end": claim.period_end,
    }  # fmt: skip


def _versions(
    key: FigureKey, claims: Sequence[Said], level: str, clock: str, decided: dict[tuple[str, ...], Figure | None]
) -> Iterable[Row]:
    if clock == "said":
        claims = [each for each in claims if each.claim.retracted_at is None]
        days = sorted({each.shown_from for each in claims})
    else:
        days = sorted(
            {each.claim.first_seen[:10] for each in claims}
            | {each.claim.retracted_at[:10] for each in claims if each.claim.retracted_at}
        )
    current: Row | None = None
    for day in days:
        standing = [each for each in claims if _stands(each, day, clock)]
        known = tuple(each.claim.id for each in standing)
        if known not in decided:
            decided[known] = decide(key, standing, level)
        figure = decided[known]
        claim = figure.chosen.best.claim if figure else None
        if current is not None and (claim is None or claim.id != current["claim_id"]):
            yield {**current, "valid_to": day}
            current = None
        if claim is not None and current is None:
            current = {
                "figure_id": key.id, "project_id": key.project_id, "metric": key.metric, "stage": key.stage,
                "facet": key.facet, "clock": clock, "valid_from": day, "valid_to": None, "claim_id": claim.id,
                **value_columns(claim),
            }  # fmt: skip
    if current is not None:
        yield current


def _stands(said: Said, day: str, clock: str) -> bool:
    if clock == "said":
        return said.shown_from <= day
    retracted = said.claim.retracted_at
    return said.claim.first_seen[:10] <= day and (retracted is None or retracted[:10] > day)
