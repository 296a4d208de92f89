"""
Figures as rows: the chosen value of each, what disagrees with it, and which one to show first.

In: claims with their links. Out: rows of `figures`, `figure_history`, `figure_versions` and `disagreements`.
Of the figures of one metric of one project, one is the headline. Never merges two facets into one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.knowledge.figures import decide_figures, facet_of, stage_of
from db.knowledge.fiscal import is_guidance
from db.knowledge.history import history_rows, value_columns, version_rows
from db.knowledge.model import ClaimRow, Table
from db.knowledge.statements import Figure, FigureKey, Said
from db.knowledge.values import compatible, same_number, span_of

STAGE_ORDER = ("announced", "operating", "spent", "cancelled")


def by_key(
    said: Iterable[Said], projects: Mapping[str, str], chips: Mapping[str, str | None], deals: Mapping[str, str]
) -> dict[FigureKey, list[Said]]:
    """
    Claims of projects, by what they are a figure of.

    `deals` names the parties of a contract: two contracts of one project are two figures, not two values of one.
    """
    found: dict[FigureKey, list[Said]] = {}
    said = list(said)
    as_it = _numbers_of_it(said, projects)
    for each in said:
        claim = each.claim
        if claim.id not in projects or is_guidance(claim, each.document.kind) or span_of(claim) is None:
            continue
        facet = deals.get(claim.id, "") if claim.metric == "contract" else facet_of(claim, chips.get(claim.id))
        if facet == "total" and claim.basis is None:
            same = any(same_number(claim, other) for other in as_it.get((projects[claim.id], claim.metric), ()))
            facet = "it" if same else facet
        found.setdefault(FigureKey(projects[claim.id], claim.metric, stage_of(claim), facet), []).append(each)
    return {key: sorted(each, key=lambda s: (s.day, s.claim.id)) for key, each in sorted(found.items())}


def _numbers_of_it(said: Iterable[Said], projects: Mapping[str, str]) -> dict[tuple[str, str], list[ClaimRow]]:
    """What is said to be IT power: whoever prints the same number without saying of what speaks of the same."""
    found: dict[tuple[str, str], list[ClaimRow]] = {}
    for each in said:
        if each.claim.basis == "it" and each.claim.id in projects:
            found.setdefault((projects[each.claim.id], each.claim.metric), []).append(each.claim)
    return found


def figure_tables(
    said: Mapping[FigureKey, list[Said]], levels: Mapping[str, str]
) -> tuple[dict[FigureKey, Figure], dict[str, Table]]:
    """The figures, and the rows of the four tables."""
    current = {key: [each for each in claims if each.claim.retracted_at is None] for key, claims in said.items()}
    figures = decide_figures(current, levels)
    return figures, {
        "figures": _figure_rows(figures),
        "figure_history": history_rows(said, figures),
        "figure_versions": version_rows(said, levels),
        "disagreements": _disagreement_rows(figures),
    }


def headlines(figures: Mapping[FigureKey, Figure]) -> frozenset[FigureKey]:
    """Of each metric of each project the figure to show first: announced before operating, whole before part."""
    best: dict[tuple[str, str], FigureKey] = {}
    for key, figure in figures.items():
        place = (key.project_id, key.metric)
        if place not in best or _show_first(key, figure) < _show_first(best[place], figures[best[place]]):
            best[place] = key
    return frozenset(best.values())


def _show_first(key: FigureKey, figure: Figure) -> tuple[int, bool, float, str]:
    return (STAGE_ORDER.index(key.stage), key.facet == "it", -figure.chosen.number, key.facet)


def _figure_rows(figures: Mapping[FigureKey, Figure]) -> Table:
    shown = headlines(figures)
    rows: Table = {}
    for key, figure in figures.items():
        best = figure.chosen.best
        rows[(key.id,)] = {
            "id": key.id, "project_id": key.project_id, "metric": key.metric, "stage": key.stage, "facet": key.facet,
            "headline": int(key in shown), **value_columns(best.claim), "basis": best.claim.basis,
            "scope": best.claim.scope, "status": best.claim.status, "claim_id": best.claim.id,
            "said_on": best.document.day, "first_said_on": min((s.document.day for s in figure.chosen.said
            if s.document.day), default=None), "publisher": best.document.publisher, "tier": best.document.tier,
            "rule": figure.rule, "agreeing": figure.agreeing, "disagreeing": figure.disagreeing,
            "corrected": best.corrected,
        }  # fmt: skip
    return rows


def _disagreement_rows(figures: Mapping[FigureKey, Figure]) -> Table:
    """Values that cannot be true beside the chosen one, and were still said when it was known."""
    rows: Table = {}
    for key, figure in figures.items():
        chosen = figure.chosen.best
        for value in figure.others:
            if value.standing not in ("disputed", "implausible"):
                continue
            best = value.best
            if compatible(best.claim, chosen.claim) or same_number(best.claim, chosen.claim):
                continue
            ratio = value.number / figure.chosen.number if key.metric != "online" and figure.chosen.number else None
            rows[(key.id, best.claim.id)] = {
                "figure_id": key.id, "claim_id": best.claim.id, "chosen_claim_id": chosen.claim.id,
                "ratio": None if ratio is None else round(ratio, 6), "publishers": len(value.voices),
                "said_on": best.document.day, "note": _note(key, value.standing, best, chosen), "rule": figure.rule,
            }  # fmt: skip
    return rows


def _note(key: FigureKey, standing: str, said: Said, chosen: Said) -> str:
    if standing == "implausible":
        return "about a thousand times off: probably a slipped unit"
    if key.metric in ("power", "generation") and said.claim.basis != chosen.claim.basis:
        return "perhaps another basis: " + " against ".join(
            {"facility": "facility power", "grid": "grid connection", "it": "IT power"}.get(b or "", "power as stated")
            for b in (said.claim.basis, chosen.claim.basis)
        )
    return "apart by more than their hedges allow"
