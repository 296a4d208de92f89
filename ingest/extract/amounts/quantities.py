"""
Quantities: numbers with what they measure, as ranges with a hedge.

In: text. Out: `Quantity`s in base units (currency units, MW, square metres, hectares, counts), left to right. The span
holds the figure and its unit and leaves the hedge out. Never decides what a quantity is about: "$5 billion" is money,
whether it was built, borrowed or earned is the business of `metrics`. A number without a unit we know is a `number`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from db.records import Qualifier
from ingest.extract.amounts.currencies import prefix, suffix
from ingest.extract.amounts.hedges import Hedge, hedge_around
from ingest.extract.amounts.home_money import Money, money_of
from ingest.extract.amounts.numbers import SCALES, Number, find_numbers
from ingest.extract.amounts.ranges import ENDS, Measured, range_at, share_currency, share_units
from ingest.extract.amounts.units import HECTARE, LONE_UNIT, POWER_UNITS, SQUARE_METRE, UNIT, Kind

RATE = re.compile(
    r"\s?(?:/(?!\s?\d)|per\b|a[- ]piece\b|apiece\b|each\b|for (?:each|every)\b|(?:an?|every|each) (?:hour|day|week|month|year|quarter|gigawatt|megawatt|kilowatt|GW\b|MW\b|kW\b|chip|GPU|rack|share|token|square|acre|home|person|kilo|litre|user|seat|card)\b(?! (?:later|ago|earlier|before|after|from now|on year))|annually\b|yearly\b|monthly\b|a-year\b|(?:hours?|hrs?)\b)",
    re.IGNORECASE,
)
# "$50 million in tax a year", "12 million of rent per MW": what is counted stands before the rate.
RATE_LATER = re.compile(r"\s(?:in|of) [a-z][a-z ]{0,20} (?:per|a|each) (?:year|month|MW|GW|gigawatt|megawatt|week)\b")
# "$12 million a megawatt", "$8-10M a megawatt": what one costs.
PRICED = re.compile(r"(?:[$€£¥₹] ?[\d.,–-]+ ?(?:[mbk]n?)?|million|billion|crore|dollars|euros|pounds) $", re.IGNORECASE)
MAY_PRECEDE = re.compile(r"(?<!\w)[c]\.$|[\d)][-–—]$|\w[–—]$|[a-z]-$")
# "c.2,665 MW" is about 2,665 MW.
# "€ 48 M": a letter apart from its number is a scale where a currency stands before it.
SPACED_SCALE = re.compile(r"[ \u00a0\u202f](MM|M|B|mn|bn)(?![\w²³&'’-]|\.\w)")
DOLLARS, PARTED = re.compile(r"\s?\((Cdn|Canadian|AUD|Australian|US)\)"), re.compile(r"[\s\u00a0-]+")
NOT_A_NUMBER_BEFORE = re.compile(r"[A-Za-z0-9][-.]?$")
CRORES = ("crore", "crores")
"""A sum in crores that counts nothing is of rupees: "a term loan of 650 crores"."""
# "three billion in capex", "a two-hundred-million credit facility": a speaker leaves the currency out where the noun is money.
OF_MONEY = re.compile(
    r"(?: (?:in|of|worth of))? (?:cap[ -]?e?x\b|capital (?:spending|expenditures?)|(?:(?:new|more|fresh|senior|secured|unsecured|private|convertible) )*(?:debt|equity|financing|loans?|notes|bonds|converts|convertibles)\b|credit (?:facility|line)|(?:contract |contracted )?revenues?\b)",
    re.IGNORECASE,
)


class Quantity(NamedTuple):
    """
    One figure. `low` and `high` are in `unit`: ISO 4217 code, "MW", "m2", "ha" or "" for a bare number.

    `text[start:end]` holds the figure with its unit; `rate` marks a figure per something ("$50 billion per gigawatt"). The hedge
    around it is looked for when it is asked for: most numbers of a text count nothing that is claimed.
    """

    text: str
    kind: Kind
    low: float
    high: float
    """The headline; that of a range is its upper bound."""
    is_range: bool
    unit: str
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

    @property
    def hedge(self) -> Hedge:
        """What the words around the figure make of it."""
        return hedge_around(self.text, self.start, self.end)

    @property
    def qualifier(self) -> Qualifier:
        """What the bounds are: a range that the text gives, else what the hedge makes of one number."""
        return "range" if self.is_range else self.hedge.qualifier

    @property
    def min(self) -> float | None:
        """The lower bound, None where the number is a ceiling."""
        return None if self.qualifier == "up_to" else self.low

    @property
    def max(self) -> float | None:
        """The upper bound, None where the number is a floor."""
        return None if self.qualifier == "at_least" else self.high


def find_quantities(text: str, money: Money | None = None) -> list[Quantity]:
    """
    Every quantity in `text`; `money` says what a bare "$" means, else its words alone decide.

    >>> [(q.min, q.max, q.unit, q.qualifier) for q in find_quantities("up to $64-72 billion and 1.2 GW")]
    [(64000000000.0, 72000000000.0, 'USD', 'range'), (1200.0, 1200.0, 'MW', 'exact')]
    """
    money = money or money_of(text)
    measured = [m for n in find_numbers(text) if (m := _measure(text, n, money)) is not None]
    measured += [
        Measured(
            Number(m.start(), m.end(), 1.5 if m.group("half") else 1.0),
            "power",
            "MW",
            POWER_UNITS[m.group("unit").lower()],
            m.start(),
            m.end(),
            m.group("unit").lower(),
        )
        for m in LONE_UNIT.finditer(text)
        if not PRICED.search(text[max(0, m.start() - 24) : m.start()])
    ]
    measured.sort(key=lambda m: (m.start, -m.end))
    measured = [m for i, m in enumerate(measured) if not i or m.start >= measured[i - 1].end]
    share_units(text, measured)
    share_currency(text, measured)
    out: list[Quantity] = []
    index = 0
    while index < len(measured):
        group, step = range_at(text, measured, index)
        quantity = _quantity(text, group)
        if out and _restates(text, out, quantity):
            quantity = quantity._replace(conversion_of=len(out) - 1)
        out.append(quantity)
        index += step
    return out


def _measure(text: str, number: Number, money: Money) -> Measured | None:
    """Attach the currency or unit beside one number; None where the digits are part of a word such as a model name."""
    before = prefix(text, number.start, money)
    lead = text[max(0, number.start - 3) : number.start]
    if before is None and lead and NOT_A_NUMBER_BEFORE.search(lead) and not MAY_PRECEDE.search(lead):
        return None
    if before is not None:
        end = number.end
        if (cdn := DOLLARS.match(text, end)) is not None:
            code = {"Cdn": "CAD", "Canadian": "CAD", "AUD": "AUD", "Australian": "AUD", "US": "USD"}[cdn.group(1)]
            return Measured(number, "money", code, 1.0, before[1], cdn.end())
        if number.scale == 1.0 and (far := SPACED_SCALE.match(text, end)) is not None:
            scale = SCALES[far.group(1).lower()]
            number, end = number._replace(end=far.end(), value=number.value * scale, scale=scale), far.end()
        return Measured(number, "money", before[0], 1.0, before[1], end)
    # A lone scale letter belongs to the number only beside a currency or a noun: "m" may start "m2" or mean metres.
    bare_end = number.end - 1 if number.letter and len(number.letter) == 1 else number.end
    if number.letter and (unit := UNIT.match(text, bare_end)) and unit.end() > number.end:
        number = Number(number.start, bare_end, number.bare, words=number.words, decimals=number.decimals)
    unit = UNIT.match(text, number.end)
    if unit and not (
        (unit.group("land") == "HA" and not unit.group("gap"))  # a model: "7HA gas turbines"
        or (unit.group("land") in {"ha", "ac", "ha."} and "-" in unit.group("gap") and len(unit.group("gap")) > 1)
    ):
        written = unit.group("power") or unit.group("land") or unit.group("floor")
        word = (written if written.isalpha() else PARTED.sub(" ", written)).lower()
        if unit.group("power"):
            return Measured(
                number,
                "power",
                "MW",
                POWER_UNITS.get(word, POWER_UNITS.get(word.replace(" ", "-"), 1.0)),
                number.start,
                unit.end(),
                word,
            )
        if unit.group("land"):
            return Measured(number, "area", "ha", HECTARE[word], number.start, unit.end(), word)
        factor = SQUARE_METRE.get(word) or SQUARE_METRE[word.replace(" ", "-")]
        end = unit.end() + (
            text[unit.end() : unit.end() + 1] == "."
            and word in {"sq ft", "sq. ft", "sq m", "sq. m"}
            and text[unit.end() + 1 : unit.end() + 2] != ""
        )
        return Measured(number, "area", "m2", factor, number.start, end, word)
    after = suffix(text, number.end, money)
    if after is not None and not (number.letter and number.letter in "mM" and not number.scale):
        return Measured(number, "money", after[0], 1.0, number.start, after[1])
    if (
        number.scale >= 1e7
        and ENDS.match(text, number.end)
        and text[number.start : number.end].lower().endswith(CRORES)
    ):
        return Measured(number, "money", money.words.get("rupee", "INR"), 1.0, number.start, number.end, own_unit=False)
    if number.scale >= 1e6 and OF_MONEY.match(text, number.end):
        return Measured(number, "money", money.signs["$"], 1.0, number.start, number.end, own_unit=False)
    return Measured(number, "number", "", 1.0, number.start, number.end, own_unit=False)


def _quantity(text: str, group: list[Measured]) -> Quantity:
    first, last = group[0], group[-1]
    return Quantity(
        text, first.kind, first.number.value * first.factor, last.number.value * last.factor, len(group) == 2,
        first.unit, first.start, last.end, last.number.end, _is_rate(text, last.end), first.number.words,
        first.number.decimals or last.number.decimals, max(first.number.scale, last.number.scale) > 1, unit_word=first.word,
    )  # fmt: skip


def _is_rate(text: str, end: int) -> bool:
    window = text[end : end + 40]
    return bool(RATE.match(window) or RATE_LATER.match(window))


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
                r"\s?(?:[A-Za-z-]+ ){0,2}[\(\[/≈~=,]\s?[≈~=]?\s?(?:or |about |around |roughly |approx(?:imately|\.)? |nearly |some |equivalent to |약 |over |worth |US|then |~|or about )*",
                gap,
            )
            or re.fullmatch(r",? or (?:about |around |roughly |some )?", gap)
        )
    if quantity.kind == "area":
        ratio = (
            quantity.high * (1e4 if quantity.unit == "ha" else 1) / (last.high * (1e4 if last.unit == "ha" else 1) or 1)
        )
        return (
            bool(re.fullmatch(r"\s?[\(\[/,]?\s?(?:or |about |around |roughly |approx(?:imately|\.)? )*", gap))
            and 0.9 < ratio < 1.1
        )
    return (
        last.unit_word != quantity.unit_word
        and bool(re.fullmatch(r"\s?\(", gap))
        and abs(last.high - quantity.high) <= 0.02 * last.high
    )
