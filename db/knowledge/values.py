"""
Comparing what two claims say: the number, its hedge, its bounds.

In: claims. Out: numbers and yes or no. Money is compared in USD, or in its own currency where it has no rate.
Never decides which of two values is right.
"""

from __future__ import annotations

from datetime import date

from db.knowledge.model import MONEY, ClaimRow, Span

SAME = 0.015
"""Two exact figures this far apart are one figure, rounded differently."""
APPROX = 0.10
"""What "about" allows."""
EXCHANGE = 0.06
"""What conversion on different days, or by the page's own rate, may add."""
INFINITE = float("inf")


def span_of(claim: ClaimRow, in_dollars: bool = True) -> Span | None:
    """The span of a claim, its own rounding not yet added; null where it holds no number. Money is in USD if it can."""
    if in_dollars not in claim.spans:
        claim.spans[in_dollars] = _span(claim, in_dollars)
    return claim.spans[in_dollars]


def printed(
    metric: str,
    values: tuple[float | None, float | None],
    dollars: tuple[float | None, float | None],
    qualifier: str,
) -> float:
    """The number that a figure prints, in USD if it can, by its columns. It is no date."""
    low, high = dollars if metric in MONEY and dollars != (None, None) else values
    return _printed(low, high, qualifier) or 0.0


def _printed(low: float | None, high: float | None, qualifier: str) -> float | None:
    if low is None or high is None:
        return high if high is not None else low
    return low if qualifier == "at_least" else (low + high) / 2 if qualifier == "range" else high


def _span(claim: ClaimRow, in_dollars: bool) -> Span | None:
    if claim.metric == "online":
        return _dates(claim)
    low, high, unit = claim.value_min, claim.value_max, claim.unit
    if in_dollars and claim.metric in MONEY and (claim.usd_min is not None or claim.usd_max is not None):
        low, high, unit = claim.usd_min, claim.usd_max, "USD"
    number = _printed(low, high, claim.qualifier)
    if number is None:
        return None
    hedged = claim.qualifier != "exact"
    if claim.qualifier == "up_to":
        return Span(unit, 0.0, number, number, hedged)
    if claim.qualifier == "at_least":
        return Span(unit, number, INFINITE, number, hedged)
    if low is None or high is None:
        return Span(unit, number, number, number, hedged)
    if claim.qualifier == "approx":
        return Span(unit, low * (1 - APPROX), high * (1 + APPROX), number, hedged)
    return Span(unit, low, high, number, hedged)


def firm(claim: ClaimRow) -> tuple[float, float]:
    """
    The low and high bound that a total may count: what is promised at the least, and what is named at the most.

    "Up to 5" promises nothing and names 5; "at least 5" promises 5 and names no more than that.
    """
    span = span_of(claim)
    if span is None:
        return 0.0, 0.0
    if claim.qualifier == "approx":
        return span.number, span.number
    return span.low, span.number if span.high == INFINITE else span.high


def same_number(one: ClaimRow, other: ClaimRow) -> bool:
    """Whether two claims print the same figure, whatever their hedges: "up to 5 GW" and "5 GW"."""
    first, second = _both(one, other)
    if first is None or second is None or first.unit != second.unit:
        return False
    if one.metric == "online":
        return first.low <= second.high and second.low <= first.high
    allowed = SAME + (EXCHANGE if one.currency != other.currency else 0.0)
    return near(first.number, second.number, allowed) or (
        "range" in (one.qualifier, other.qualifier)
        and one.qualifier != other.qualifier
        and first.low * (1 - allowed) <= second.number <= first.high * (1 + allowed)
        and second.low * (1 - allowed) <= first.number <= second.high * (1 + allowed)
    )


def compatible(one: ClaimRow, other: ClaimRow) -> bool:
    """Whether both can be true of one thing: their spans meet, with rounding and exchange allowed for."""
    first, second = _both(one, other)
    if first is None or second is None or first.unit != second.unit:
        return True
    if one.metric == "online":
        return first.low <= second.high and second.low <= first.high
    allowed = SAME + (EXCHANGE if one.currency != other.currency else 0.0)
    return first.low * (1 - allowed) <= second.high and second.low * (1 - allowed) <= first.high


def near(first: float, second: float, allowed: float) -> bool:
    """Whether two numbers are within `allowed` of the greater."""
    return abs(first - second) <= allowed * max(abs(first), abs(second))


def days_between(one: str | None, other: str | None) -> int | None:
    """Days between two ISO dates, never negative; null where one is unknown."""
    if not one or not other:
        return None
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)


def _both(one: ClaimRow, other: ClaimRow) -> tuple[Span | None, Span | None]:
    """Two spans in one unit: of one currency as stated, so that no rate of a day comes between; else in USD."""
    in_dollars = one.unit != other.unit
    return span_of(one, in_dollars), span_of(other, in_dollars)


def _dates(claim: ClaimRow) -> Span | None:
    if claim.period_start is None and claim.period_end is None:
        return None
    first = _day(claim.period_start) if claim.period_start else 0.0
    last = _day(claim.period_end) if claim.period_end else INFINITE
    return Span("date", first, last, last if last != INFINITE else first, claim.qualifier != "exact")


def _day(text: str) -> float:
    return float(date.fromisoformat(text[:10]).toordinal())
