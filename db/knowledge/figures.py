"""
The best known value of each metric of each project, and how it was chosen.

In: claims with their documents and links. Out: one `Figure` a key, with every value said for it and its standing.
The rule is in words in `RULE`, and each figure keeps the steps that decided it. Operating capacity is never taken from
what is announced, IT power never from facility power. Never averages, and never changes what a claim says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from db.knowledge.model import TIER_RANK, ClaimRow
from db.knowledge.statements import Figure, FigureKey, Said, Value, later_first
from db.knowledge.values import compatible, days_between, same_number, span_of

WINDOW_DAYS = 180
SLIP_LOW, SLIP_HIGH = 850.0, 1180.0
"""A value this many times another's is the same figure with a slipped unit: million for billion, GW for MW."""
RULE = (
    "Of what was said of this project itself (a claim about the whole comes before one about a phase or a wider "
    "programme), a value counts from the day it was first said as more than a ceiling. Among the values first said "
    f"within {WINDOW_DAYS} days before the newest, the best tier wins (issuer, regulator, trade, press, aggregator); "
    "then the newest; then the one that more publishers say; then exact before hedged; then the larger. Of a programme "
    "of many sites all values count, and of the best tier the larger wins: it is the whole of its deals. A number that "
    "was first said beside a larger one in one document is a part of it, unless it is told as a cut; so is one "
    "of a programme that is less than the whole; so is one after "
    "which an equally good source still says a larger one that is older. What comes on top of a figure is told apart. "
    "Of several opening dates in one document the earliest counts: when it starts. A page without a date never counts "
    "as new."
)
SCOPE_RANK: Mapping[str, Mapping[str | None, int]] = {
    "umbrella": {"programme": 0, None: 0, "site": 0, "country": 1, "phase": 2},
    "campus": {"site": 0, None: 0, "programme": 1, "country": 1, "phase": 2},
    "phase": {"phase": 0, "site": 0, None: 0, "programme": 1, "country": 1},
    "company": {"company_year": 0, "programme": 0, None: 0},
    "building": {"phase": 0, "site": 0, None: 0, "programme": 1, "country": 1},
}


def stage_of(claim: ClaimRow) -> str:
    """Announced covers planned and building: what stands is told apart, and so is what will not come."""
    if claim.status == "cancelled":
        return "cancelled"
    if claim.status == "operating":
        return "operating"
    if claim.status == "done":
        return "spent" if claim.unit == claim.currency else "operating"
    return "announced"


def facet_of(claim: ClaimRow, chip_id: str | None) -> str:
    """What else tells two figures of one metric apart."""
    if claim.metric in ("power", "generation"):
        return "it" if claim.basis == "it" else "total"
    if claim.metric == "chips":
        return chip_id or "any"
    if claim.metric == "financing":
        return claim.financing_kind or "any"
    return ""


def decide_figures(said: Mapping[FigureKey, Sequence[Said]], levels: Mapping[str, str]) -> dict[FigureKey, Figure]:
    """One figure for every key that has a number."""
    found = {
        key: decide(key, claims, levels.get(key.project_id, "campus")) for key, claims in sorted(said.items()) if claims
    }
    return {key: figure for key, figure in found.items() if figure}


def decide(key: FigureKey, said: Iterable[Said], level: str) -> Figure | None:
    """Choose among what was said of one key."""
    scopes = SCOPE_RANK.get(level, SCOPE_RANK["campus"])
    found = [each for each in said if span_of(each.claim) and each.claim.scope in scopes]
    added = [each for each in found if each.adds]
    usable = [each for each in found if not each.adds]
    if not usable:
        # All that was said comes on top of something that nobody told: then it is what we have.
        usable, added = added, []
    if not usable:
        return None
    best_scope = min(scopes[each.claim.scope] for each in usable)
    whole = _values([each for each in usable if scopes[each.claim.scope] == best_scope])
    aside = [
        Value(value.said, value.said[0].claim.scope or "part")
        for scope in sorted({s.claim.scope or "" for s in usable if scopes[s.claim.scope] != best_scope})
        for value in _values([each for each in usable if (each.claim.scope or "") == scope])
    ]
    slipped = [value for value in whole if _slipped(value, whole)]
    competing = [value for value in whole if value not in slipped]
    is_part = {"online": _is_later_phase, "guidance": _never}.get(key.metric, _is_part)
    parts = [value for value in competing if is_part(value, competing)]
    competing = [value for value in competing if value not in parts]
    level = "campus" if key.metric == "online" else level
    chosen, steps = _choose(competing, level)
    rest = [value for value in competing if value is not chosen]
    others = [
        *(Value(value.said, _standing(value, chosen, level)) for value in rest),
        *(Value(value.said, "part") for value in parts),
        *(Value(value.said, "implausible") for value in slipped),
        *(Value(value.said, "addition") for value in _values(added)),
        *aside,
    ]
    against = {
        each.voice
        for value in others
        if value.standing in ("disputed", "revised", "implausible")
        for each in _against(value, chosen, _before(chosen.first, 30))
    } - chosen.voices
    if best_scope:
        steps.insert(0, "only claims about a " + ("phase" if scopes.get("phase") == best_scope else "wider programme"))
    return Figure(key, Value(chosen.said, "chosen"), tuple(others), "; ".join(steps), len(chosen.voices), len(against))


def _values(said: Sequence[Said]) -> list[Value]:
    """Claims that print one number are one value. The first said is what later ones are measured by."""
    groups: list[list[Said]] = []
    for each in sorted(said, key=lambda s: (s.day, s.document.rank, s.claim.id)):
        for group in groups:
            if same_number(group[0].claim, each.claim):
                group.append(each)
                break
        else:
            groups.append([each])
    return [Value(tuple(group), "") for group in groups]


def _choose(values: Sequence[Value], level: str) -> tuple[Value, list[str]]:
    if len(values) == 1:
        return values[0], ["the only value said"]
    newest = max(value.first for value in values)
    # A deal that is told later than its programme replaces no part of it.
    since = _before(newest, WINDOW_DAYS) if level != "umbrella" else ""
    recent = [value for value in values if value.first >= since]
    steps = [f"{len(values)} values said"]
    if len(recent) < len(values):
        steps.append(f"{len(recent)} of them first said within {WINDOW_DAYS} days of the newest ({newest})")
    ladder: tuple[tuple[str, Callable[[Value], Any]], ...] = (
        ("best tier", lambda v: v.rank),
        # A programme is the whole of its deals, and each deal is told as if it were all.
        ("the larger, of a programme", lambda v: -v.number if level == "umbrella" else 0),
        ("newest", lambda v: later_first(v.first)),
        ("said by more publishers", lambda v: -len(v.voices)),
        ("exact before hedged", lambda v: v.best.claim.qualifier != "exact"),
        ("named first in its document", lambda v: v.place if v.best.claim.scope == "company_year" else 0),
        ("the larger", lambda v: -v.number),
        ("first by id", lambda v: v.best.claim.id),
    )
    left = list(recent)
    for name, rank in ladder:
        if len(left) == 1:
            break
        least = min(rank(value) for value in left)
        kept = [value for value in left if rank(value) == least]
        if len(kept) < len(left):
            tier = next((t for t, r in TIER_RANK.items() if r == kept[0].rank), "unknown")
            steps.append(f"best tier ({tier})" if name == "best tier" else name)
        left = kept
    return left[0], steps


def _is_part(value: Value, values: Sequence[Value]) -> bool:
    """
    Whether a larger number makes this one a part of it.

    "Up to" names a ceiling, so it makes no part of a number that is more than a ceiling.
    """
    first = min(value.said, key=lambda s: (s.day, s.claim.id))
    only_ceilings = value.best.claim.qualifier == "up_to"
    for other in values:
        if other is value or other.number <= value.number:
            continue
        whole = [s for s in other.said if s.claim.qualifier != "up_to" or only_ceilings]
        beside = not first.cuts and any(each.document.id == first.document.id for each in whole)
        still = other.first < value.first and any(
            each.day > value.first and each.document.rank <= value.rank for each in whole
        )
        if beside or still:
            return True
    return False


def _is_later_phase(value: Value, values: Sequence[Value]) -> bool:
    """A date first said beside an earlier one in one document is of a later phase: the earlier is when it starts."""
    first = min(value.said, key=lambda s: (s.day, s.claim.id))
    return any(
        other is not value
        and other.number < value.number
        and any(each.document.id == first.document.id for each in other.said)
        for other in values
    )


def _never(value: Value, values: Sequence[Value]) -> bool:
    """Guidance has no parts: a lower forecast is a forecast."""
    return False


def _slipped(value: Value, values: Sequence[Value]) -> bool:
    """A number about a thousand times off what more publishers say, or what a better tier says."""
    if value.best.claim.metric == "online":
        return False
    return any(
        (len(other.voices), -other.rank) > (len(value.voices), -value.rank)
        and value.number > 0 < other.number
        and SLIP_LOW <= max(value.number / other.number, other.number / value.number) <= SLIP_HIGH
        and (days_between(value.first, other.first) or 0) <= 3 * WINDOW_DAYS
        for other in values
        if other is not value
    )


def _standing(value: Value, chosen: Value, level: str) -> str:
    """
    Disputed: somebody still says it since the chosen value came. Revised: nobody does any more.

    What is less than the whole of a programme is one of its deals, unless it is told as a cut.
    """
    if level == "umbrella" and value.number < chosen.number and not any(each.cuts for each in value.said):
        return "part"
    return "disputed" if _against(value, chosen, chosen.first) else "revised"


def _against(value: Value, chosen: Value, since: str) -> list[Said]:
    """
    Who says it since a day, where it cannot be true beside the chosen value.

    A document that says both explains itself: it tells of two things, or of before and after.
    """
    both = {each.document.id for each in chosen.said}
    return [
        each
        for each in value.said
        if each.day >= since and each.document.id not in both and not compatible(each.claim, chosen.best.claim)
    ]


def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day[:10]) - timedelta(days=days)).isoformat()
