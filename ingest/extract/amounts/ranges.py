"""
Measured numbers that belong together: ranges, and lists that share a unit.

In: measured numbers in the order of the text. Out: the one or two that make a quantity; numbers of a list with the unit at its end.
Never joins two years, or an old value and a new one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.extract.amounts.numbers import Number
from ingest.extract.amounts.units import Kind

JOIN = re.compile(
    r"[ \u00a0\u202f]?(?P<dash>[-–—−‑~∼〜])[ \u00a0\u202f]?|[ \u00a0](?P<word>to|and|or|y|et|und|bis)[ \u00a0]",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"\b(?:between|anywhere from|range of(?: from)?|ranging from|entre|zwischen|somewhere from|from a range of)(?: (?:about|around|roughly|some|approximately))?\s*$",
    re.IGNORECASE,
)
LIST_COMMA, LIST_END = re.compile(r",? "), re.compile(r",? (?:and|or) (?:another )?")
ENDS = re.compile(
    r"[.,;)]|$|\s(?:of the|of that|of it|in|for|to|from|at|and|by|over|until|till|of (?:growth|debt|equity|new|fresh|private|its|their|investments?|capex|capital|loans?|bonds|notes|rent)|this|next|last|more|more than|came|went|goes|is|was|are|were|comes|will|would|on|under|against|with|which|that)\b"
)
REACH = 400
"""Characters after a sum in which a bare one is of its currency."""
COUNTED = re.compile(
    r"\b(?:users?|people|population|customers|subscribers|households|homes|residents|downloads|visitors|inhabitants|reach(?:es|ed)?|serv(?:es|ed|ing)|tokens?|parameters)\b",
    re.IGNORECASE,
)
OF_SUM = re.compile(r" of (?:the |that |its )?(?=[$€£¥₹])")
SENTENCE = re.compile(r"[.!?]\s|\n")
FROM = re.compile(r"\bfrom(?: (?:about|around|roughly|some|an? (?:estimated|initial)))?\s*$", re.IGNORECASE)
# "raised to $195-205 billion, from $180 billion to $190 billion": the old range after the new one.
EARLIER_RANGE = re.compile(r"\d[^.;]{0,12}, (?:up |down )?from(?: an? (?:earlier|previous))?\s*$", re.IGNORECASE)


class Measured(NamedTuple):
    """A number with the unit or currency beside it; `factor` takes it to the base unit, `own_unit` is False where it is borrowed."""

    number: Number
    kind: Kind
    unit: str
    factor: float
    start: int
    end: int
    word: str = ""
    own_unit: bool = True


def share_units(text: str, measured: list[Measured]) -> None:
    """
    Give the unit or scale at the end of a list to the numbers before it: "200, 300 and 500 MW", "$2, $3 and $5 billion".

    A list is two numbers or more that end in "and" or "or", of like size, and no years.
    """
    for at in range(len(measured) - 1, 0, -1):
        last = measured[at]
        if last.kind == "number" or not LIST_END.fullmatch(text[measured[at - 1].end : last.start]):
            continue
        first = at - 1
        while first and LIST_COMMA.fullmatch(text[measured[first - 1].end : measured[first].start]):
            first -= 1
        money = last.kind == "money"
        members = measured[first:at]
        if len(members) < 2 or BETWEEN.search(text[max(0, members[0].start - 24) : members[0].start]):
            continue
        if any(
            m.number.scale != 1.0
            or m.kind != ("money" if money else "number")
            or (money and m.unit != last.unit)
            or _is_year(m.number)
            or not 0.02 <= m.number.value / (last.number.bare or 1.0) <= 50
            for m in members
        ):
            continue
        scale = last.number.scale
        for index, member in enumerate(members, first):
            number = member.number._replace(value=member.number.value * scale, scale=scale)
            measured[index] = member._replace(
                number=number,
                kind=last.kind,
                unit=last.unit,
                factor=last.factor,
                word=last.word,
                own_unit=False,
            )


def share_currency(text: str, measured: list[Measured]) -> None:
    """
    Give a bare sum the currency of the sum beside it: "200 MW for 54.9 billion" after "26.7 billion baht", "50 billion of the €109 billion".

    Only a number of millions or more that counts nothing: in the sentence of a sum with a currency, else after one in its paragraph.
    """
    for at, bare in enumerate(measured):
        if bare.kind != "number" or bare.number.scale < 1e6 or not ENDS.match(text, bare.end):
            continue
        near = [m for m in measured[max(0, at - 6) : at + 2] if m.kind == "money"]
        beside = [m for m in near if not SENTENCE.search(text, min(m.end, bare.end), max(m.start, bare.start))]
        before = [m for m in beside if m.end <= bare.start]
        if of_which := OF_SUM.match(text, bare.end):
            before = [m for m in beside if m.start <= of_which.end() <= m.end] or before
        if not before and not COUNTED.search(text, max(0, bare.start - 50), bare.start):
            last = next((m for m in reversed(measured[max(0, at - 6) : at]) if m.number.scale > 1e5), bare)
            near_by = last.kind == "money" and bare.start - last.end < REACH
            if near_by and "\n" not in text[last.end : bare.start]:
                before = [last]
        if before:
            measured[at] = bare._replace(kind="money", unit=before[-1].unit)


def range_at(text: str, measured: list[Measured], index: int) -> tuple[list[Measured], int]:
    """The one or two measured numbers that make the quantity at `index`, and how many were used."""
    first = measured[index]
    if index + 1 >= len(measured):
        return [first], 1
    second = measured[index + 1]
    gap = text[first.end : second.start]
    join = JOIN.fullmatch(gap) if gap else None
    if join is None and first.kind != "number" and first.number.end < first.end:
        return [first], 1
    if join is None:
        return [first], 1
    word = (join.group("word") or "").lower()
    before = text[max(0, first.start - 40) : first.start]
    same_kind = first.kind == second.kind and (first.unit == second.unit)
    carried = first.kind == "number" and second.kind != "number" and first.number.words <= second.number.words
    money_carried = first.kind == "money" and second.kind in {"number", "money"} and (second.unit in {"", first.unit})
    if not (same_kind or carried or money_carried):
        return [first], 1
    low, high = first.number, second.number
    if first.kind == "number" and second.kind == "number" and not (low.value < high.value):
        return [first], 1
    if word in {"and", "or", "y", "et", "und"} and not BETWEEN.search(before):
        return [first], 1
    if word == "to" and FROM.search(before) and not BETWEEN.search(before) and not EARLIER_RANGE.search(before):
        return [first], 1
    if (
        word == "to"
        and not BETWEEN.search(before)
        and first.kind == "money"
        and second.kind == "money"
        and re.search(
            r"\b(?:rais|increas|grow|grew|ris|rose|up|cut|lower|lift|jump|doubl|tripl|expand|climb)\w*\b[^.]{0,30}$",
            before,
            re.IGNORECASE,
        )
    ):
        return [first], 1
    kind_source = first if first.kind != "number" else second
    scale = high.scale if low.scale == 1.0 and low.value < 1e4 and (high.scale > 1) else 1.0
    if (
        kind_source.kind == "number"
        and scale == 1.0
        and (join.group("dash") is not None)
        and _is_year(low)
        and _is_year(high)
    ):
        return [first], 1
    if (
        low.words
        and high.words
        and low.value < 10
        and re.search(r"hundred$", text[high.start : high.end], re.IGNORECASE)
    ):
        scale *= 100  # "three to four hundred megawatts"
    low_value = low.value * scale * (first.factor if first.kind != "number" else second.factor)
    high_value = high.value * (second.factor if second.kind != "number" else first.factor)
    if not low_value < high_value:
        return [first], 1
    merged = kind_source._replace(start=first.start, end=max(first.end, second.end))
    return [
        merged._replace(number=low._replace(value=low_value), factor=1.0),
        merged._replace(number=high._replace(value=high_value), factor=1.0),
    ], 2


def _is_year(number: Number) -> bool:
    return number.scale == 1.0 and not number.decimals and 1990 <= number.value <= 2060
