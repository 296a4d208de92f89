"""
Quantities: numbers with what they measure, as ranges with a hedge.

In: text. Out: `Quantity`s in base units (currency units, MW, square metres, hectares, counts), left to right. The span
holds the figure and its unit and leaves the hedge out. Never decides what a quantity is about: "$5 billion" is money,
whether it was built, borrowed or earned is the business of `metrics`. A number without a unit we know is a `number`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from db.records import Qualifier
from ingest.extract import currencies
from ingest.extract.hedges import hedge_around
from ingest.extract.numbers import Number, find_numbers

Kind = Literal["money", "power", "area", "number"]

POWER_UNITS: dict[str, float] = {
    "gigawatt": 1e3, "gigawatts": 1e3, "gw": 1e3, "gws": 1e3, "gwe": 1e3, "gwp": 1e3, "gwac": 1e3, "gwdc": 1e3, "gva": 1e3, "gig": 1e3, "gigs": 1e3,
    "megawatt": 1.0, "megawatts": 1.0, "mw": 1.0, "mws": 1.0, "mwe": 1.0, "mwp": 1.0, "mwac": 1.0, "mwdc": 1.0, "mva": 1.0, "megavolt-amperes": 1.0, "meg": 1.0,
    "kilowatt": 1e-3, "kilowatts": 1e-3, "kw": 1e-3, "kws": 1e-3, "kva": 1e-3, "기가와트": 1e3, "메가와트": 1.0, "吉瓦": 1e3, "兆瓦": 1.0, "千瓦": 1e-3,
}  # fmt: skip
HECTARE = {
    "acre": 0.40468564224, "acres": 0.40468564224, "ac": 0.40468564224, "hectare": 1.0, "hectares": 1.0, "ha": 1.0, "square mile": 258.9988110336,
    "square miles": 258.9988110336, "sq miles": 258.9988110336, "sq mi": 258.9988110336, "square kilometres": 100.0, "square kilometers": 100.0, "square kilometre": 100.0,
    "square kilometer": 100.0, "sq km": 100.0, "km2": 100.0, "km²": 100.0, "rai": 0.16, "dunams": 0.1, "dunam": 0.1, "hectáreas": 1.0, "hektar": 1.0, "hectare(s)": 1.0,
}  # fmt: skip
SQUARE_METRE = {
    "square feet": 0.09290304, "square foot": 0.09290304, "square-feet": 0.09290304, "square-foot": 0.09290304, "sq ft": 0.09290304, "sq. ft": 0.09290304, "sq.ft": 0.09290304,
    "sqft": 0.09290304, "sq feet": 0.09290304, "sf": 0.09290304, "gsf": 0.09290304, "square metres": 1.0, "square meters": 1.0, "square metre": 1.0, "square meter": 1.0, "square-metre": 1.0,
    "square-meter": 1.0, "sq metres": 1.0, "sq meters": 1.0, "sq. metres": 1.0, "sq. meters": 1.0, "sq m": 1.0, "sq. m": 1.0, "sqm": 1.0, "m2": 1.0, "m²": 1.0,
    "㎡": 1.0, "qm": 1.0, "pyeong": 3.305785, "평": 3.305785, "tsubo": 3.305785, "제곱미터": 1.0, "平方米": 1.0, "平方メートル": 1.0,
}  # fmt: skip


def _alternation(units: dict[str, float]) -> str:
    words = sorted(units, key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\ ", r"[\s\u00a0-]").replace(r"\-", r"[\s\u00a0-]") for w in words)


UNIT = re.compile(
    r"(?P<gap>\+?[\s\u00a0\u202f]{0,2}[-–‑]?[\s\u00a0\u202f]?)(?:(?:full|single|more|additional|extra|further|planned|contracted|gross|net) )?"
    rf"(?:(?P<power>{_alternation(POWER_UNITS)})(?![a-zA-Z0-9/]|[-\s]?(?:hours?|hr)s?\b)|(?P<land>{_alternation(HECTARE)})(?![a-zA-Z0-9])"
    rf"|(?P<floor>{_alternation(SQUARE_METRE)})(?![a-zA-Z0-9]))",
    re.IGNORECASE,
)
LONE_UNIT = re.compile(
    r"\b(?P<lead>an? (?:full |whole |further |additional |single )?|(?:the |its |a |an )?first (?:full )?|another |one full |the full )(?P<unit>gigawatt|megawatt)\b(?![- ](?:hour|scale|class|size))(?P<half> and a half\b)?",
    re.IGNORECASE,
)
JOIN = re.compile(
    r"[ \u00a0\u202f]?(?P<dash>[-–—−‑~∼〜])[ \u00a0\u202f]?|[ \u00a0](?P<word>to|and|or)[ \u00a0]", re.IGNORECASE
)
BETWEEN = re.compile(
    r"\b(?:between|anywhere from|range of(?: from)?|ranging from|somewhere from|from a range of)\s*$", re.IGNORECASE
)
LIST_COMMA, LIST_END = re.compile(r",? "), re.compile(r",? (?:and|or) (?:another )?")
FROM = re.compile(r"\bfrom(?: (?:about|around|roughly|some|an? (?:estimated|initial)))?\s*$", re.IGNORECASE)
# "raised to $195-205 billion, from $180 billion to $190 billion": the old range after the new one.
EARLIER_RANGE = re.compile(r"\d[^.;]{0,12}, (?:up |down )?from(?: an? (?:earlier|previous))?\s*$", re.IGNORECASE)
RATE = re.compile(
    r"\s?(?:/|per\b|a[- ]piece\b|apiece\b|each\b|for (?:each|every)\b|(?:an?|every|each) (?:hour|day|week|month|year|quarter|gigawatt|megawatt|kilowatt|GW\b|MW\b|kW\b|chip|GPU|rack|share|token|square|acre|home|person|kilo|litre|user|seat|card)\b|annually\b|yearly\b|monthly\b|a-year\b|(?:hours?|hrs?)\b)",
    re.IGNORECASE,
)
MAY_PRECEDE = re.compile(r"[\d)][-–—]$|\w[–—]$|[a-z]-$")
NOT_A_NUMBER_BEFORE = re.compile(r"[A-Za-z0-9][-.]?$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    One figure. `min`/`max` are in `unit`: ISO 4217 code, "MW", "m2", "ha" or "" for a bare number.

    `start`/`end` hold the figure with its unit, `qualifier` comes from the hedge around it; `rate` marks a figure per
    something ("$50 billion per gigawatt"), `converted` one that restates the figure before it in another unit.
    """

    kind: Kind
    min: float | None
    max: float | None
    unit: str
    qualifier: Qualifier
    start: int
    end: int
    number_end: int
    rate: bool = False
    words: bool = False
    decimals: bool = False
    scaled: bool = False
    conversion_of: int | None = None
    """Index of the quantity that this one restates in brackets."""
    unit_word: str = ""
    hedge_start: int = 0
    potential: bool = False
    """The hedge is a possibility ("could grow to"), not a ceiling."""

    @property
    def value(self) -> float:
        """The headline: the upper bound where there is one."""
        bound = self.max if self.max is not None else self.min
        return 0.0 if bound is None else bound


@dataclass(frozen=True, slots=True)
class _Measured:
    number: Number
    kind: Kind
    unit: str
    factor: float
    start: int
    end: int
    word: str = ""
    own_unit: bool = True


def find_quantities(text: str, country: str | None = None) -> list[Quantity]:
    """
    Every quantity in `text`; `country` is the publisher's, it decides what a bare "$" means.

    >>> [(q.min, q.max, q.unit, q.qualifier) for q in find_quantities("up to $64-72 billion and 1.2 GW")]
    [(64000000000.0, 72000000000.0, 'USD', 'range'), (1200.0, 1200.0, 'MW', 'exact')]
    """
    signs = currencies.signs_of(text, country)
    measured = [m for n in find_numbers(text) if (m := _measure(text, n, signs)) is not None]
    measured += [
        _Measured(
            Number(m.start(), m.end(), 1.5 if m.group("half") else 1.0),
            "power",
            "MW",
            POWER_UNITS[m.group("unit").lower()],
            m.start(),
            m.end(),
            m.group("unit").lower(),
        )
        for m in LONE_UNIT.finditer(text)
    ]
    measured.sort(key=lambda m: (m.start, -m.end))
    measured = [m for i, m in enumerate(measured) if not i or m.start >= measured[i - 1].end]
    _share_units(text, measured)
    out: list[Quantity] = []
    index = 0
    while index < len(measured):
        group, step = _range_at(text, measured, index)
        quantity = _quantity(text, group)
        if out and _restates(text, out, quantity):
            quantity = replace(quantity, conversion_of=len(out) - 1)
        out.append(quantity)
        index += step
    return out


def _measure(text: str, number: Number, signs: currencies.Signs) -> _Measured | None:
    """Attach the currency or unit beside one number; None where the digits are part of a word such as a model name."""
    before = currencies.prefix(text, number.start, text, signs)
    lead = text[max(0, number.start - 2) : number.start]
    if before is None and lead and NOT_A_NUMBER_BEFORE.search(lead) and not MAY_PRECEDE.search(lead):
        return None
    if before is not None:
        end = number.end
        if (cdn := re.match(r"\s?\((Cdn|Canadian|AUD|Australian|US)\)", text[end : end + 14])) is not None:
            code = {"Cdn": "CAD", "Canadian": "CAD", "AUD": "AUD", "Australian": "AUD", "US": "USD"}[cdn.group(1)]
            return _Measured(number, "money", code, 1.0, before[1], end + cdn.end())
        return _Measured(number, "money", before[0], 1.0, before[1], end)
    # A lone scale letter belongs to the number only beside a currency or a noun: "m" may start "m2" or mean metres.
    bare_end = number.end - 1 if number.letter and len(number.letter) == 1 else number.end
    if number.letter and (unit := UNIT.match(text, bare_end)) and unit.end() > number.end:
        number = Number(number.start, bare_end, number.bare, words=number.words, decimals=number.decimals)
    unit = UNIT.match(text, number.end)
    if unit and not (
        unit.group("land") in {"ha", "ac", "ha."} and "-" in unit.group("gap") and len(unit.group("gap")) > 1
    ):
        word = re.sub(r"[\s\u00a0-]+", " ", (unit.group("power") or unit.group("land") or unit.group("floor"))).lower()
        if unit.group("power"):
            return _Measured(
                number,
                "power",
                "MW",
                POWER_UNITS.get(word, POWER_UNITS.get(word.replace(" ", "-"), 1.0)),
                number.start,
                unit.end(),
                word,
            )
        if unit.group("land"):
            return _Measured(number, "area", "ha", HECTARE[word], number.start, unit.end(), word)
        factor = SQUARE_METRE.get(word) or SQUARE_METRE[word.replace(" ", "-")]
        end = unit.end() + (
            text[unit.end() : unit.end() + 1] == "."
            and word in {"sq ft", "sq. ft", "sq m", "sq. m"}
            and text[unit.end() + 1 : unit.end() + 2] != ""
        )
        return _Measured(number, "area", "m2", factor, number.start, end, word)
    after = currencies.suffix(text, number.end, signs)
    if after is not None and not (number.letter and number.letter in "mM" and not number.scale):
        return _Measured(number, "money", after[0], 1.0, number.start, after[1])
    return _Measured(number, "number", "", 1.0, number.start, number.end, own_unit=False)


def _share_units(text: str, measured: list[_Measured]) -> None:
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
            number = replace(member.number, value=member.number.value * scale, scale=scale)
            measured[index] = replace(
                member,
                number=number,
                kind=last.kind,
                unit=last.unit,
                factor=last.factor,
                word=last.word,
                own_unit=False,
            )


def _range_at(text: str, measured: list[_Measured], index: int) -> tuple[list[_Measured], int]:
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
    if word in {"and", "or"} and not BETWEEN.search(before):
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
    merged = replace(kind_source, start=first.start, end=max(first.end, second.end))
    return [
        replace(merged, number=replace(low, value=low_value), factor=1.0),
        replace(merged, number=replace(high, value=high_value), factor=1.0),
    ], 2


def _is_year(number: Number) -> bool:
    return number.scale == 1.0 and not number.decimals and 1990 <= number.value <= 2060


def _quantity(text: str, group: list[_Measured]) -> Quantity:
    first, last = group[0], group[-1]
    low = first.number.value * first.factor
    high = last.number.value * last.factor
    hedge = hedge_around(text, first.start, last.end)
    qualifier: Qualifier = "range" if len(group) == 2 else hedge.qualifier
    rate = (
        bool(RATE.match(text, last.end)) and not re.match(r"\s?(?:each|a year)\b", text[last.end : last.end + 8])
    ) or _is_rate(text, last.end)
    bounds: tuple[float | None, float | None] = (low, high)
    if qualifier == "up_to":
        bounds = (None, high)
    elif qualifier == "at_least":
        bounds = (low, None)
    return Quantity(
        first.kind, bounds[0], bounds[1], first.unit, qualifier, first.start, last.end, last.number.end, rate,
        first.number.words, first.number.decimals or last.number.decimals, max(first.number.scale, last.number.scale) > 1,
        unit_word=first.word, hedge_start=hedge.start, potential=hedge.potential,
    )  # fmt: skip


def _is_rate(text: str, end: int) -> bool:
    window = text[end : end + 40]
    return bool(
        RATE.match(window)
        or re.match(r"\s(?:in|of) [a-z ]{0,20}(?:per|a|each) (?:year|month|MW|GW|gigawatt|megawatt|week)\b", window)
    )


def _restates(text: str, before: list[Quantity], quantity: Quantity) -> bool:
    """Whether `quantity` says the one before it again: "SEK 95 billion (roughly US$9.9bn)", "3.7m sq ft (343,740 square meters)"."""
    last = before[-1]
    if (
        last.kind != quantity.kind
        or quantity.kind == "number"
        or (last.unit == quantity.unit and last.unit_word == quantity.unit_word and quantity.kind != "power")
    ):
        return False
    gap = text[last.end : quantity.start]
    if quantity.kind == "money":
        return last.unit != quantity.unit and bool(
            re.fullmatch(
                r"\s?(?:[A-Za-z-]+ ){0,2}[\(\[/≈~=,]\s?(?:or |about |around |roughly |approx(?:imately|\.)? |nearly |some |equivalent to |약 |over |worth |US|then |~|or about )*",
                gap,
            )
            or re.fullmatch(r",? or (?:about |around |roughly |some )?", gap)
        )
    if quantity.kind == "area":
        ratio = (
            quantity.value
            * (1e4 if quantity.unit == "ha" else 1)
            / (last.value * (1e4 if last.unit == "ha" else 1) or 1)
        )
        return (
            bool(re.fullmatch(r"\s?[\(\[/,]?\s?(?:or |about |around |roughly |approx(?:imately|\.)? )*", gap))
            and 0.9 < ratio < 1.1
        )
    return (
        last.unit_word != quantity.unit_word
        and bool(re.fullmatch(r"\s?\(", gap))
        and abs(last.value - quantity.value) <= 0.02 * last.value
    )
