"""
What a person should look at first: ordered by how much it would change.

In: what was decided. Out: rows of `review_items`. The impact of each is in dollars; megawatts and chips are set at a
rough price for this one purpose, to be put in one order. Never changes anything: the answer goes into corrections.yml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db.identity import digest
from db.knowledge.linker import Link
from db.knowledge.model import MONEY, ClaimRow, Row, Table
from db.knowledge.statements import Figure, FigureKey, Said, Value
from db.knowledge.values import span_of

YARDSTICK: Mapping[str, float] = {"USD": 1.0, "MW": 1e7, "chips": 3e4, "jobs": 1e5, "m2": 5e3, "ha": 2e5}
"""Rough dollars for a unit, to put unlike things in one order; never shown as a value."""
BY_PROJECT = frozenset({"conflict", "candidate_project", "low_confidence", "one_voice", "silent", "dormant"})
"""Kinds of question that come from the figures of one project."""
LOW_CONFIDENCE = 0.6
ONE_VOICE_USD = 1e10
"""A figure of this weight that rests on one publisher, not the issuer, wants a second."""


def review_rows(
    figures: Mapping[FigureKey, Figure],
    disagreements: Table,
    plausibility: Table,
    claims: Mapping[str, ClaimRow],
    candidates: Mapping[str, str],
    links: Mapping[str, Link],
    said: Sequence[Said],
    corrections: Table,
    marks: Table,
    unknown_companies: Mapping[str, tuple[str, Sequence[ClaimRow]]],
) -> Table:
    """Every question. `candidates` are projects with their evidence; `unknown_companies` names with their claims."""
    rows = [
        *_conflicts(figures, disagreements),
        *_implausible(plausibility, claims),
        *_candidates(figures, candidates),
        *_unknown(unknown_companies),
        *_unlinked(links, said),
        *_weak(figures),
        *_silent(figures, marks),
        *_unmatched(corrections),
    ]
    return {(row["id"],): row for row in rows}


def weight(claim: ClaimRow) -> float:
    """The size of a claim in rough dollars."""
    span = span_of(claim)
    if span is None or claim.metric == "online" or (claim.metric in MONEY and span.unit != "USD"):
        return 0.0
    return span.number * YARDSTICK.get(claim.metric, YARDSTICK.get(span.unit, 0.0))


def _conflicts(figures: Mapping[FigureKey, Figure], disagreements: Table) -> Iterable[Row]:
    by_id = {key.id: (key, figure) for key, figure in figures.items()}
    for row in disagreements.values():
        key, figure = by_id[str(row["figure_id"])]
        value = next(v for v in figure.others if any(s.claim.id == row["claim_id"] for s in v.said))
        gap = abs(weight(value.best.claim) - weight(figure.chosen.best.claim))
        one, other = figure.chosen.best.claim.quote, value.best.claim.quote
        yield _row(
            "conflict", "project", key.project_id, str(row["claim_id"]), gap,
            f"Is the {key.metric} of {key.project_id} “{one}” or “{other}”?", f"{row['note']}; chosen: {figure.rule}",
        )  # fmt: skip


def _implausible(plausibility: Table, claims: Mapping[str, ClaimRow]) -> Iterable[Row]:
    for row in plausibility.values():
        claim = claims[str(row["claim_id"])]
        question = "Is this figure off by a unit?"
        yield _row("implausible", "claim", claim.id, claim.id, weight(claim), question, str(row["message"]))


def _candidates(figures: Mapping[FigureKey, Figure], candidates: Mapping[str, str]) -> Iterable[Row]:
    sizes: dict[str, float] = {}
    for key, figure in figures.items():
        sizes[key.project_id] = max(sizes.get(key.project_id, 0.0), weight(figure.chosen.best.claim))
    for project, evidence in candidates.items():
        question = "Is this a project of its own, or one of the list under another name?"
        yield _row("candidate_project", "project", project, None, sizes.get(project, 0.0), question, evidence)


def _unknown(companies: Mapping[str, tuple[str, Sequence[ClaimRow]]]) -> Iterable[Row]:
    for company, (name, claims) in companies.items():
        quotes = ", ".join(f"“{claim.quote}”" for claim in claims[:3])
        yield _row(
            "candidate_company", "company", company, claims[0].id if claims else None,
            max((weight(claim) for claim in claims), default=0.0),
            f"Who is “{name}”: a company to list, or another name of one?", f"{len(claims)} claims: {quotes}",
        )  # fmt: skip


def _unlinked(links: Mapping[str, Link], said: Sequence[Said]) -> Iterable[Row]:
    for each in said:
        link = links[each.claim.id]
        if link.linked_to == "nothing" and each.claim.retracted_at is None:
            yield _row(
                "unlinked", "claim", each.claim.id, each.claim.id, weight(each.claim),
                f"What is “{each.claim.quote}” in “{each.document.title}” about?", link.reason,
            )  # fmt: skip
        elif each.claim.metric in MONEY and each.claim.usd_min is None and each.claim.usd_max is None:
            yield _row(
                "no_rate", "claim", each.claim.id, each.claim.id, 0.0,
                f"“{each.claim.quote}” is in no total: there is no rate for {each.claim.currency}.", None,
            )  # fmt: skip


def _weak(figures: Mapping[FigureKey, Figure]) -> Iterable[Row]:
    for key, figure in figures.items():
        best = figure.chosen.best
        size = weight(best.claim)
        if best.claim.confidence < LOW_CONFIDENCE:
            yield _row(
                "low_confidence", "claim", best.claim.id, best.claim.id, size * (1 - best.claim.confidence),
                f"Does the page say {key.metric} “{best.claim.quote}” of {key.project_id}?",
                f"the extractor is {best.claim.confidence:.0%} sure",
            )  # fmt: skip
        elif figure.agreeing == 1 and best.document.rank > 1 and size >= ONE_VOICE_USD:
            yield _row(
                "one_voice", "project", key.project_id, best.claim.id, size * 0.1,
                f"Does anyone but {best.document.publisher} say {key.metric} “{best.claim.quote}” of {key.project_id}?",
                "one publisher, neither issuer nor regulator",
            )  # fmt: skip


def _silent(figures: Mapping[FigureKey, Figure], marks: Table) -> Iterable[Row]:
    largest: dict[str, Value] = {}
    for key, figure in figures.items():
        best = largest.get(key.project_id)
        if best is None or weight(figure.chosen.best.claim) > weight(best.best.claim):
            largest[key.project_id] = figure.chosen
    for row in marks.values():
        if row["mark"] and (value := largest.get(str(row["project_id"]))):
            yield _row(
                str(row["mark"]), "project", str(row["project_id"]), None, weight(value.best.claim) * 0.5,
                f"Is {row['project_id']} still coming?", str(row["reason"]),
            )  # fmt: skip


def _unmatched(corrections: Table) -> Iterable[Row]:
    for row in corrections.values():
        if not row["applied"]:
            yield _row(
                "unmatched_correction", "correction", str(row["id"]), None, 0.0,
                "This correction matches nothing any more: mend or remove it.", f"{row['target_id']}: {row['reason']}",
            )  # fmt: skip


def _row(
    kind: str, subject_kind: str, subject: str, claim: str | None, impact: float, question: str, evidence: str | None
) -> Row:
    return {
        "id": "r" + digest(kind, subject_kind, subject, claim)[:15], "kind": kind, "subject_kind": subject_kind,
        "subject_id": subject, "claim_id": claim, "impact_usd": round(impact, 2), "question": question,
        "evidence": evidence,
    }  # fmt: skip
