"""
Figures that cannot be: dollars for a megawatt, megawatts for a chip, a thousand times off.

In: the figures of projects, as facts. Out: rows of `plausibility`, each with the claim that is likely wrong. The band
comes from the data: the middle of all projects, give or take a factor; where too few projects have both figures, from
a written range. Flags only; never changes a figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from db.identity import digest
from db.knowledge.model import Table
from db.knowledge.statements import Figure, FigureKey

LEAST_PAIRS = 8
"""Fewer projects than this give no band of their own."""
FACTOR = 30.0
"""Honest figures differ by ten (a shell against a filled hall, a phase against the whole); units slip by a thousand."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """One pair of metrics: `value` = above / below."""

    kind: str
    above: str
    below: str
    usual_low: float
    usual_high: float
    words: str
    factor_high: float = FACTOR
    """How far above the middle a ratio is still believed."""


RATIOS = (
    # From about three million dollars (shell and power) to fifty million (with chips) a megawatt.
    Ratio("usd_per_mw", "capex", "power", 3e6, 50e6, "dollars for a megawatt"),
    # From half a kilowatt to three for an accelerator, with everything around it. Of a campus of gigawatts often only
    # the chips of one tenant's first hall are told, so too much power for them is no slip before it is a thousandfold.
    Ratio("mw_per_chip", "power", "chips", 0.0005, 0.003, "megawatts for a chip", 500.0),
    # From a thousand square metres a megawatt downwards to fifty.
    Ratio("m2_per_mw", "floor_area", "power", 50.0, 1500.0, "square metres for a megawatt"),
)


@dataclass(frozen=True, slots=True)
class Band:
    """Between which values a ratio is believed, and where that comes from."""

    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Fact:
    """The chosen value of one figure: how large it is, and how well it stands."""

    project: str
    metric: str
    stage: str
    facet: str
    number: float
    voices: int
    rank: int
    claim: str
    quote: str
    scope: str | None


def facts_of(figures: Iterable[Figure]) -> list[Fact]:
    """What the figures choose."""
    return [
        Fact(
            figure.key.project_id, figure.key.metric, figure.key.stage, figure.key.facet, figure.chosen.number,
            len(figure.chosen.voices), best.document.rank, best.claim.id, best.claim.quote,
            best.claim.scope,
        )
        for figure in figures
        for best in (figure.chosen.best,)
    ]  # fmt: skip


def ratio_rows(facts: Sequence[Fact]) -> Table:
    """Every pair out of its band."""
    rows: Table = {}
    for ratio in RATIOS:
        pairs = list(_pairs(facts, ratio))
        band = band_of([value for _, _, value in pairs], ratio)
        for above, below, value in pairs:
            if band.low <= value <= band.high:
                continue
            wrong, other = _likely_wrong(above, below, value, band)
            rows_key = digest("plausibility", ratio.kind, above.project, wrong.claim)
            rows[(rows_key,)] = {
                "id": rows_key, "kind": ratio.kind, "project_id": above.project, "claim_id": wrong.claim,
                "other_claim_id": other.claim, "value": value, "band_low": band.low, "band_high": band.high,
                "band_from": band.source,
                "message": f"{value:,.6g} {ratio.words}, outside {band.low:,.6g} to {band.high:,.6g}: "
                f"“{wrong.quote}” is likely wrong, beside “{other.quote}”",
            }  # fmt: skip
    return rows


def slip_rows(figures: Mapping[FigureKey, Figure]) -> Table:
    """Every value a thousand times off what others say of the same figure."""
    rows: Table = {}
    for key, figure in figures.items():
        for slipped in figure.others:
            if slipped.standing == "implausible":
                off = slipped.number / figure.chosen.number
                row = digest("plausibility", "slip", key.project_id, slipped.best.claim.id)
                rows[(row,)] = {
                    "id": row, "kind": "slip", "project_id": key.project_id, "claim_id": slipped.best.claim.id,
                    "other_claim_id": figure.chosen.best.claim.id, "value": off, "band_low": 1 / FACTOR,
                    "band_high": FACTOR, "band_from": "what others say of the same figure",
                    "message": f"“{slipped.best.claim.quote}” is {_apart(off)} “{figure.chosen.best.claim.quote}”, "
                    "which more or better sources say",
                }  # fmt: skip
    return rows


def _apart(off: float) -> str:
    """
    How far a value is from another, in words.

    >>> _apart(1000.0), _apart(0.000998)
    ('about 1,000 times more than', 'about 1,000 times less than')
    """
    times = float(f"{max(off, 1 / off):.2g}")
    return f"about {times:,.0f} times {'more' if off >= 1 else 'less'} than"


def band_of(values: Sequence[float], ratio: Ratio) -> Band:
    """
    The believed band: a factor around the middle of the data, or around the usual range where there is too little.

    >>> band_of([1e7] * 9, RATIOS[0]).low < 1e7 < band_of([1e7] * 9, RATIOS[0]).high
    True
    """
    if len(values) >= LEAST_PAIRS:
        middle = math.exp(median(math.log(value) for value in values))
        return Band(
            middle / FACTOR,
            middle * ratio.factor_high,
            f"the middle of {len(values)} projects, {middle:,.4g}, "
            + (
                f"give or take {FACTOR:g} times"
                if ratio.factor_high == FACTOR
                else f"down to {FACTOR:g} times less and up to {ratio.factor_high:g} times more"
            ),
        )
    return Band(ratio.usual_low / 5, ratio.usual_high * 5, "a usual range: fewer than 8 projects have both figures")


def _pairs(facts: Sequence[Fact], ratio: Ratio) -> Iterable[tuple[Fact, Fact, float]]:
    above, below = _largest(facts, ratio.above), _largest(facts, ratio.below)
    for project in sorted(above.keys() & below.keys()):
        over, under = above[project], below[project]
        if over.number > 0 < under.number:
            yield over, under, over.number / under.number


def _largest(facts: Iterable[Fact], metric: str) -> dict[str, Fact]:
    """The announced figure of each project; of several facets the largest."""
    found: dict[str, Fact] = {}
    # The cost of a phase beside the power of the whole site says nothing.
    whole = (fact for fact in facts if fact.scope != "phase")
    for fact in sorted(whole, key=lambda f: (f.project, f.metric, f.stage, f.facet)):
        if fact.metric == metric and fact.stage in ("announced", "operating"):
            best = found.get(fact.project)
            if best is None or fact.number > best.number:
                found[fact.project] = fact
    return found


def _likely_wrong(above: Fact, below: Fact, value: float, band: Band) -> tuple[Fact, Fact]:
    """
    Which of the two to doubt: the one that fewer publishers say, and of a worse tier.

    Where they are equal, the one whose own size is out of the ordinary decides: megawatts far beyond any campus, or a
    sum of dollars too small for any.
    """
    strength = [(fact.voices, -fact.rank) for fact in (above, below)]
    if strength[0] != strength[1]:
        return (above, below) if strength[0] < strength[1] else (below, above)
    too_small = value < band.low
    odd_above = _odd(above, too_small)
    odd_below = _odd(below, not too_small)
    return (below, above) if odd_below and not odd_above else (above, below)


_ORDINARY: Mapping[str, tuple[float, float]] = {
    "capex": (5e7, 5e11), "power": (1.0, 15000.0), "chips": (100.0, 5e6), "floor_area": (500.0, 5e6),
}  # fmt: skip


def _odd(fact: Fact, small: bool) -> bool:
    low, high = _ORDINARY.get(fact.metric, (0.0, math.inf))
    return fact.number < low if small else fact.number > high
