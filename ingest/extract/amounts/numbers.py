"""
Numbers as people write them: digits with any separator, scale words, and numbers in words.

In: text. Out: `Number`s with their value and span, left to right, not overlapping. Never decides what is counted:
a currency, a unit or a noun beside the number is the business of `quantities`. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.extract.text.patterns import compiled

SCALES: dict[str, float] = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mln": 1e6, "mn": 1e6, "mil": 1e6, "mm": 1e6, "m": 1e6,
    "mio": 1e6, "millionen": 1e6, "millions": 1e6, "millones": 1e6, "milhões": 1e6, "milioni": 1e6, "miljoner": 1e6,
    "billion": 1e9, "bln": 1e9, "bn": 1e9, "bil": 1e9, "b": 1e9, "billions": 1e9,
    "mrd": 1e9, "milliarden": 1e9, "milliarde": 1e9, "milliards": 1e9, "milliard": 1e9, "miliardi": 1e9,
    "miljarder": 1e9, "milliarder": 1e9, "bilhões": 1e9, "bilhão": 1e9, "mil millones": 1e9, "mld": 1e9,
    "trillion": 1e12, "trn": 1e12, "tn": 1e12, "t": 1e12, "trillions": 1e12, "trilhões": 1e12, "billones": 1e12,
    "lakh": 1e5, "lakhs": 1e5, "lac": 1e5, "crore": 1e7, "crores": 1e7, "cr": 1e7, "lakh crore": 1e12,
    "lakh crores": 1e12, "lakh cr": 1e12, "thousand crore": 1e10,
    "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12, "千": 1e3, "万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12,
}  # fmt: skip
# Only beside a currency or a unit may a lone letter be a scale ("$5B", "1.2m sq ft"); quantities decides that.
LETTER_SCALES = frozenset({"k", "m", "b", "t", "mm"})
_SCALE_WORDS = sorted(
    (s for s in SCALES if (s not in LETTER_SCALES and s.isascii() and len(s) > 1) or " " in s), key=len, reverse=True
)
SCALE = re.compile(
    r"(?:\+?[\s\u00a0\u202f-]{0,2}(?P<word>"
    + "|".join(re.escape(s) for s in _SCALE_WORDS if s != "hundred")
    + r"|bilhões|bilhão|milhões|trilhões)\.?(?![a-zA-Z])|(?P<letter>[kKmMbBtT]|MM|mm)(?![a-zA-Z0-9²³])"
    r"|\s?(?P<cjk>[천만억조千万萬億亿兆]))",
    re.IGNORECASE,
)
DIGITS = re.compile(
    r"\d{1,3}(?:,\d{2})+,\d{3}(?:\.\d+)?"  # Indian grouping, 3,31,991
    r"|\d{1,3}(?:[,\u00a0\u202f’']\d{3})+(?:\.\d+)?(?!\d)"
    r"|(?<![A-Za-z\d.,-])\d{1,3}(?: \d{3})+(?!(?!,\d\d [A-Z€])[\d.,]*\d)"  # 350 000
    r"|\d+(?:\.\d+)?(?!\.?\d)|\d+"
)
DIGIT = re.compile(r"\d")
SEPARATOR = re.compile(r"[,\s\u00a0\u202f’']")
AGAIN = re.compile(r" \((?P<digits>\d[\d,]*)\)")
DECIMAL_COMMA = re.compile(r",(\d{1,2})(?![\d,])(?=\s?(?:[GM]W|EUR|€|Mrd|Mio|Milli|milli|mld|%))")
GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
# Where thousands are grouped with points: "4.800 millones", "1.250 Arbeitsplätze".
POINT_GROUPS = re.compile(
    r"[\s\u00a0](?:millones|milhões|milioni|Millionen|Mio|miljoner|Hektar|hectáreas|ettari|Quadratmeter|metros|GPUs?|Chips|reales|euros|Euro|dólares|Dollar|personas|Menschen|puestos|Arbeitspl|empleos|empregos|emplois|posti)"
)
UNITS = dict(zip(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], range(1, 20), strict=True))  # fmt: skip
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_WORD = r"(?:" + "|".join([*UNITS, *TENS]) + r"|dozen|hundred|thousand|million|billion|trillion|lakh|crore)"
_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b"
WORDS = compiled(
    r"\b(?:(?P<half>(?:one |a )?half|a third|(?:a |one )?quarter|three[- ]quarters|two[- ]thirds)(?:[- ]of)?[- ](?:an?[- ])?"
    r"(?:(?P<halfscale>dozen|thousand|million|billion|trillion)\b|(?=giga|mega|square[- ]mile))"
    r"|(?P<words>(?:(?:an?|a further|another) (?=hundred|thousand|million|billion|trillion|dozen))?"
    + _WORD
    + r"(?:(?:[ -]|, | and )(?:"
    + _WORD[3:-1]
    + r")\b|[ -]and[ -]a[ -]half(?:[- ](?:thousand|million|billion|trillion))?)*"
    + rf"(?P<point> point {_DIGIT}(?: {_DIGIT})*(?: (?:hundred|thousand|million|billion|trillion|lakh|crore))?)?)\b)",
    re.IGNORECASE,
)
# "Zehn Milliarden Dollar", "dos mil millones de euros": a small number in words before a scale of its own language.
FOREIGN_UNITS: dict[str, int] = {
    "ein": 1, "eine": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwölf": 12,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "dois": 2, "três": 3,
}  # fmt: skip
FOREIGN = compiled(
    r"\b(?P<unit>"
    + "|".join(FOREIGN_UNITS)
    + r")[ \u00a0](?P<scale>Milliarden?|Millionen|milliards?|mil millones|millones|bilhões|milhões)\b",
    re.IGNORECASE,
)
# "4 mil 800 millones de dólares": four thousand eight hundred millions.
MIL_AND = compiled(r"\b(?P<thousands>\d{1,3}) mil (?P<rest>\d{1,3}) millones\b")
SCALE_ALONE = re.compile(r"(?:dozen|hundred|thousand|million|billion|trillion|lakh|crore)", re.IGNORECASE)
GAP, BETWEEN_WORDS = re.compile(r"[-\s]+"), re.compile(r"[\s,-]+")
FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "three quarters": 0.75, "two thirds": 2 / 3}


class Number(NamedTuple):
    """`text[start:end]` reads as `value`; `scale` is what its scale word multiplied by (1 when there is none)."""

    start: int
    end: int
    value: float
    scale: float = 1.0
    letter: str = ""
    """A lone scale letter or none: 'm' may be a million or metres."""
    words: bool = False
    decimals: bool = False

    @property
    def bare(self) -> float:
        """The value before its scale."""
        return self.value / self.scale


def find_numbers(text: str) -> list[Number]:
    """
    Every number in `text`, in order.

    >>> [(n.value, text) for text in ["1.25 lakh crore"] for n in find_numbers(text)]
    [(1250000000000.0, '1.25 lakh crore')]
    >>> [n.value for n in find_numbers("one and a half, half a trillion, three hundred and seventy-five million")]
    [1.5, 500000000000.0, 375000000.0]
    """
    found = [n for match in _digits(text) if (n := _from_digits(text, match)) is not None]
    for match in MIL_AND.finditer(text):
        value = (int(match["thousands"]) * 1000 + int(match["rest"])) * 1e6
        found.append(Number(match.start(), match.end(), value, 1e6))
    found += [n for match in WORDS.finditer(text) if (n := _from_words(text, match)) is not None]
    for match in FOREIGN.finditer(text):
        scale = SCALES[match.group("scale").lower()]
        value = FOREIGN_UNITS[match.group("unit").lower()] * scale
        found.append(Number(match.start(), match.end(), value, scale, words=True))
    found = [_said_twice(text, n) if n.words else n for n in found]
    found.sort(key=lambda n: (n.start, -n.end))
    out: list[Number] = []
    for number in found:
        if not out or number.start >= out[-1].end:
            out.append(number)
    return out


def _digits(text: str) -> Iterator[re.Match[str]]:
    """The matches of DIGITS, tried only where there is a digit."""
    free = 0
    for digit in DIGIT.finditer(text):
        at = digit.start()
        if at >= free and (match := DIGITS.match(text, at)) is not None:
            free = match.end()
            yield match


def _from_digits(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if start and (text[start - 1] in "._" and start > 1 and text[start - 2].isalnum() and text[start - 1] == "_"):
        return None
    raw = match.group()
    comma = DECIMAL_COMMA.match(text[end : end + 12]) if text.startswith(",", end) else None
    if "." in raw and GROUPED.fullmatch(raw) and POINT_GROUPS.match(text, end):
        raw = raw.replace(".", "")
    if comma and "," not in raw and "." not in raw:  # a decimal comma: "3,2 Milliarden"
        raw, end = f"{raw}.{comma.group(1)}", end + len(comma.group(1)) + 1
    try:
        value = float(raw if raw.isdecimal() else SEPARATOR.sub("", raw))
    except ValueError:  # other scripts' digits that float() knows and the pattern splits oddly
        return None
    decimals = "." in raw
    scale, letter = 1.0, ""
    after = SCALE.match(text, end)
    if after:
        word = (after.group("word") or after.group("letter") or after.group("cjk")).lower()
        letter = after.group("letter") or ""
        if not letter or letter.lower() in LETTER_SCALES:
            scale = SCALES[word]
            end = after.end() - (text[after.end() - 1] == "." and not after.group("cjk"))
            if after.group("cjk"):
                value, end = _cjk_tail(text, value * scale, end)
                return Number(start, end, value, scale, "", decimals=decimals)
    return Number(start, end, value * scale, scale, letter, decimals=decimals)


def _cjk_tail(text: str, value: float, end: int) -> tuple[float, int]:
    """Read on in "99억1천만": a smaller myriad after a larger one is added."""
    while tail := re.match(r"\s?(\d[\d,]*(?:\.\d+)?)?([천千])?([만억조万萬億亿兆])", text[end : end + 16]):
        if not (tail.group(1) or tail.group(2)):
            break
        part = float((tail.group(1) or "1").replace(",", "")) * (1e3 if tail.group(2) else 1) * SCALES[tail.group(3)]
        if part >= value:
            break
        value, end = value + part, end + tail.end()
    return value, end


def _said_twice(text: str, number: Number) -> Number:
    """A number in words with the same in digits behind it, as contracts write: "thirty-five (35) jobs"."""
    again = AGAIN.match(text, number.end)
    if again is None or SEPARATOR.sub("", again["digits"]) != f"{number.value:g}":
        return number
    return number._replace(end=again.end())


def _from_words(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if match.group("half"):
        kind = GAP.sub(" ", match.group("half").lower())
        kind = re.sub(r"^(a|one) ", "", kind)
        value = FRACTIONS.get(kind)
        if value is None:
            return None
        scale = SCALES[match.group("halfscale").lower()] if match.group("halfscale") else 1.0
        return Number(start, start + len(match.group().rstrip(" -")), value * scale, scale, words=True)
    if SCALE_ALONE.match(match.group("words")):
        return None  # "multi-billion", "hundreds of millions": a scale alone is no number
    total, current, scale = 0.0, 0.0, 1.0
    words, _, point = match.group("words").lower().partition(" point ")
    for word in BETWEEN_WORDS.split(words):
        if word in UNITS:
            current += UNITS[word]
        elif word in TENS:
            current += TENS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word in SCALES:
            scale = SCALES[word]
            total += (current or 1) * scale
            current = 0.0
        elif word == "half":
            current += 0.5
    value = total + current
    if point:
        *digits, last = point.split()
        digits += [last] if last not in SCALES else []
        scale = SCALES.get(last, 1.0)
        value = (value + float("0." + "".join(str(UNITS.get(d, 0)) for d in digits))) * scale
    return Number(start, end, value, scale, words=True, decimals=bool(point))
