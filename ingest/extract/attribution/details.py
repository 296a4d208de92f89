"""
What a claim carries beside who and where: the time its money covers, the basis of its power, the scope and kind of its money.

In: a `Reading`, a figure and what it was attributed to. Out: `Details`. Every field is null unless words of the figure's own
sentence (for a contract's term, of its neighbour too) give it. Never works a period out from two others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from db.records import Place
from ingest.extract.amounts.numbers import find_numbers
from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Pattern, Window, compiled
from ingest.extract.times.periods import Period

Basis = Literal["it", "facility", "grid"]
Scope = Literal["site", "phase", "programme", "country", "company_year"]
FinancingKind = Literal["debt", "equity", "jv", "acquisition", "guarantee"]

_N = r"(?:\d{1,2}(?:\.\d)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|twenty-five|thirty)"
YEARS = compiled(
    rf"\b(?:over|in|within|for|during|across|next|of|spanning)\s+(?:the |a |about |around |roughly |at least |an initial term of |a term of |period of )*(?:next |coming |following )?(?P<over>{_N}(?:\s?(?:-|–|to|or)\s?{_N})?)(?:\s?\(\d+\))?[- ]years?\b"
    rf"|\b(?P<term>{_N}(?:\s?(?:-|–|to)\s?{_N})?)[- ]years?(?:[- ](?:deal|contract|agreement|lease|term|period|pact|commitment|plan|programme|program|budget|PPA|power))?\b",
    re.IGNORECASE,
)
YEAR_WORD = compiled(r"\byears?\b", re.IGNORECASE)
IT = re.compile(
    r"\b(?:critical[ -])?IT (?:load|capacity|power|equipment)|\bcritical (?:load|power|capacity|megawatts)|\bcompute (?:power|capacity)|\bIT\b",
    re.IGNORECASE,
)
GRID = re.compile(
    r"\b(?:from the grid|grid (?:connection|capacity|power)|interconnect\w*|substation|utility (?:power|capacity|load)|allot\w*|set aside|granted|connected to the grid|grid-connected|supply agreements?|MVA)\b",
    re.IGNORECASE,
)
FACILITY = re.compile(
    r"\b(?:total (?:facility|power|load)|facility (?:power|load)|gross (?:capacity|power|megawatts)|full facility|total site)\b",
    re.IGNORECASE,
)
COMPANY_YEAR = compiled(
    r"\b(?:cap(?:ital)?[- ]?ex\w*|capital (?:expenditures?|spending)|guidance|outlook)\b", re.IGNORECASE
)
PHASE = compiled(
    r"\b(?:first|initial|second|third|opening|later|next|final|phase [1-5IVX]+|phase (?:one|two|three)) (?:\w+ )?(?:phase|stage|tranche|instal?lment|building|hall|\d+ ?MW)\b|\bphase (?:1|2|3|one|two|three|I{1,3})\b|\binitial \$",
    re.IGNORECASE,
)
PROGRAMME = compiled(
    r"\b(?:program(?:me)?|initiative|across (?:the|its) (?:sites|campuses|portfolio)|in total|altogether|total (?:planned )?investment|combined|push|overall)\b",
    re.IGNORECASE,
)
KINDS: tuple[tuple[FinancingKind, Pattern], ...] = (
    ("guarantee", compiled(r"\b(?:backstop\w*|guarante\w+)\b", re.IGNORECASE)),
    ("jv", compiled(r"\b(?:joint venture|JV|50/50 venture)\b", re.IGNORECASE)),
    ("acquisition", compiled(r"\b(?:acqui(?:re|red|res|ring|sition)\w*|takeover|buyout|bought|buy(?:s|ing)?|purchas\w+|sold|all-stock|all-cash)\b", re.IGNORECASE)),
    ("debt", compiled(r"\b(?:debt|loans?|bonds?|notes|credit|facilit(?:y|ies)|borrow\w*|mortgage|lend\w*|lent|revolv\w+|sukuk|securiti\w+|convertible)\b", re.IGNORECASE)),
    ("equity", compiled(r"\b(?:equity|stakes?|shares?|stock|Series [A-H]|round|IPO|invest\w*)\b", re.IGNORECASE)),
    ("equity", compiled(r"\b(?:funding|raised?)\b", re.IGNORECASE)),
)  # fmt: skip
MONEY = frozenset({"capex", "contract", "financing"})
NEAR = 120
VAGUE_KIND = 60
"""Characters by which "raised" and "funding" stand further off than the words that name a kind."""
FISCAL = re.compile(r"\b(?:fiscal|financial|FY)", re.IGNORECASE)


class Details(NamedTuple):
    """All null where the text does not say."""

    period: str | None = None
    period_start: str | None = None
    period_end: str | None = None
    basis: Basis | None = None
    scope: Scope | None = None
    financing_kind: FinancingKind | None = None
    contract_years: float | None = None

    def fields(self) -> dict[str, Any]:
        """These, by the names that a claim has for them."""
        return self._asdict()


def details_of(reading: Reading, figure: Figure, project: str | None, place: Place) -> Details:
    """Everything that the words around `figure` say of it besides."""
    sentence = reading.segments.sentences[figure.sentence]
    start, end = max(sentence.start, figure.start - NEAR), min(sentence.end, figure.end + NEAR)
    if figure.metric == "online" and figure.period is not None:
        return Details(period_start=figure.period.first, period_end=figure.period.last)
    if figure.metric == "power":
        return Details(basis=_basis(reading, figure, start, end))
    if figure.metric not in MONEY:
        return Details()
    years = _years(reading.text, figure, start, end)
    period, first, last = _period(reading, figure, start, end)
    words = period
    if years is not None and figure.metric != "contract" and period is None:
        words = f"{_plain(years[0])} years" if years[0] == years[1] else f"{_plain(years[0])}-{_plain(years[1])} years"
    elif years is not None and figure.metric == "contract":
        words = f"{_plain(years[1])} years"
    return Details(
        words, first, last,
        scope=_scope(figure, Window(reading.text, start, end), project, place, period) if figure.metric == "capex" else None,
        financing_kind=_financing(reading, figure) if figure.metric == "financing" else None,
        contract_years=years[1] if years is not None and figure.metric == "contract" else None,
    )  # fmt: skip


def _plain(value: float) -> str:
    return f"{value:g}"


def _years(text: str, figure: Figure, start: int, end: int) -> tuple[float, float] | None:
    """The years a sum is spread over: the span nearest to the figure."""
    if YEAR_WORD.search(text, start, end) is None:
        return None
    best: tuple[int, tuple[float, float]] | None = None
    for match in YEARS.finditer(text, start, end):
        gap = match.start() - figure.end if match.start() >= figure.end else figure.start - match.end()
        numbers = [n.value for n in find_numbers(match.group("over") or match.group("term"))]
        if (
            gap < -1
            or not numbers
            or numbers[-1] > 60
            or re.match(r"\s+(?:ago|old|earlier|later)", text[match.end() : match.end() + 9])
        ):
            continue
        if best is None or gap < best[0]:
            best = gap, (numbers[0], numbers[-1])
    return best[1] if best else None


def _period(reading: Reading, figure: Figure, start: int, end: int) -> tuple[str | None, str | None, str | None]:
    """The calendar time a sum covers, in the words of the guide ("2026", "FY2026", "by 2030", "2025-2029")."""
    best: tuple[int, Period] | None = None
    periods = reading.periods
    for index in range(bisect_left(periods, start, key=attrgetter("hedge_start")), len(periods)):
        period = periods[index]
        if period.hedge_start >= end:
            break
        if period.grain in {"day", "within", "month", "season"}:
            continue
        gap = period.hedge_start - figure.end if period.start >= figure.end else figure.start - period.end + 8
        if gap < 0 or (best is not None and gap >= best[0]):
            continue
        following = reading.periods[index + 1] if index + 1 < len(reading.periods) else None
        if (
            following
            and re.fullmatch(r"\s?(?:-|–|to|through|and)\s?", reading.text[period.end : following.start])
            and period.first
            and following.last
        ):
            period = Period(
                period.start, following.end, period.first, following.last, "range", period.hedge_start, "range"
            )
        best = gap, period
    if best is None:
        return None, None, None
    period = best[1]
    first, last = period.first, period.last
    fiscal = period.fiscal or bool(FISCAL.search(reading.text[max(0, period.start - 8) : period.end]))
    if period.grain == "range" and first and last:
        return f"{first[:4]}-{last[:4]}", first, last
    lead = reading.text[period.hedge_start : period.start].lower()
    if period.qualifier == "up_to" and last:
        word = "through" if "through" in lead or "until" in lead else "by"
        return f"{word} {last[:4]}", first, last
    if not first or not last:
        return None, first, last
    if period.grain == "quarter":
        quarter = (int(first[5:7]) + 2) // 3
        return f"Q{quarter} {'FY' if fiscal else ''}{first[:4]}", first, last
    if first[:4] == last[:4]:
        return f"{'FY' if fiscal else ''}{first[:4]}", first, last
    return f"{first[:4]}-{last[:4]}", first, last


def _basis(reading: Reading, figure: Figure, start: int, end: int) -> Basis | None:
    quantity = figure.quantity
    after, before = (
        reading.text[figure.end : min(end, figure.end + 50)],
        reading.text[max(start, figure.start - 60) : figure.start],
    )
    if re.match(r"\s?(?:of )?(?:total |gross |full )?(?:facility|site) (?:power|load|capacity)\b", after):
        return "facility"
    if (re.match(r"\s?(?:of |in )?(?:\w+ ){0,3}?(?:critical|IT)\b", after) and IT.search(after)) or re.search(
        r"\b(?:critical|IT) (?:load|capacity)[^.;]{0,44}$", before
    ):
        return "it"
    if quantity is not None and quantity.unit_word in {"mva", "gva"}:
        return "grid"
    if FACILITY.search(after) or FACILITY.search(before):
        return "facility"
    return "grid" if GRID.search(after) or GRID.search(before) else None


def _scope(figure: Figure, around: Window, project: str | None, place: Place, period: str | None) -> Scope | None:
    if COMPANY_YEAR.seek(around) and (period or (figure.quantity and figure.quantity.qualifier == "range")):
        return "company_year"
    if PHASE.seek(around):
        return "phase"
    if place.name:
        return "site"
    if project or PROGRAMME.seek(around):
        return "programme"
    if place.country and not place.admin1:
        return "country"
    return None


def _financing(reading: Reading, figure: Figure) -> FinancingKind | None:
    """The kind whose word stands nearest to the sum."""
    sentence = reading.segments.sentences[figure.sentence]
    best: tuple[int, FinancingKind] | None = None
    for rank, (kind, pattern) in enumerate(KINDS):
        for match in pattern.finditer(reading.text, sentence.start, sentence.end):
            gap = match.start() - figure.end if match.start() >= figure.end else figure.start - match.end()
            gap = max(gap, 0) + rank + (VAGUE_KIND if rank == len(KINDS) - 1 else 0)
            if best is None or gap < best[0]:
                best = gap, kind
    return best[1] if best else None
