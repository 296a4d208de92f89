"""
Bare numbers that borrow the unit beside them: "280 MW instead of 140", "11 megawatts in Altdorf and 26 in Dielsdorf".

In: a `Reading` and the figures that have a unit of their own. Out: the figures that borrow one. Only within the sentence, only behind a
word that compares, adds or parts, only where no noun of its own follows, only of like size. Never a year.
"""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.extract.amounts.quantities import Quantity
from ingest.extract.amounts.units import HECTARE, POWER_UNITS, SQUARE_METRE
from ingest.extract.figures.figure import Figure
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Window, compiled
from ingest.extract.text.spans import Spans

MEASURED = frozenset({"power", "generation", "floor_area", "land_area"})
_HEDGE = r"(?:a |an |the |about |around |roughly |some |nearly |almost |up to |only |just |more than |over |at least )*"
LINK = compiled(
    r"(?:\b(?:compared (?:with|to)|against|instead of|in place of|rather than|versus|(?:up|down|increas\w+|ris\w+|grow\w*|shrunk|reduced|cut) from|"
    r"(?:grow\w*|ris\w+|increas\w+|expand\w*|doubl\w+|scal\w+|go|climb\w*|cut|reduced|shrunk|fall\w*) to|can become|could become|another|a further|an additional|plus|(?:and|but) (?:only )?(?:got|gets|received|took|takes|has|had|used|uses|won|secured|wants|needs))"
    r"|(?:,|;|\band) (?:the )?(?:hall|building|phase|unit|site|block|stage)? ?(?:two|three|four|[2-4]|[B-D]|other|others|second|third|latter|next|rest)(?: (?:one|hall|building|phase|site))?(?: \w+s| (?:will|would|to) \w+)?)"
    rf" {_HEDGE}$",
    re.IGNORECASE,
)
PARTS = compiled(rf"\b(?:of which|out of the) {_HEDGE}$", re.IGNORECASE)
"""What follows is no noun of its own: "of which 900 belong to", "out of the 170 needed"."""
ENDS = re.compile(
    r"\+?(?:[.,;:)]|$|\n| (?:by|in|at|on|from|more|once|when|while|later|after|before|today|now|then|currently|last|next|this|will|would|are|is|was|and|but|as|of (?:them|it|which|these|those))\b)"
)
MORE = re.compile(r" more\b(?! (?:than|of a|likely))")
PLACED = re.compile(r" (?:in|at|near|outside) [A-Z]")
BOUND = re.compile(
    r"(?:[$€£¥₹%#№]|\b(?:No\.?|pages?|Form|Rule|Q|H|FY|Highway|Route|since|in|by|January|February|March|April|May|June|July|August|September|October|November|December))\s*$"
)
WHOLE, OF_WHOLE = re.compile(r"Of (?:its|the|these|those|that|their|\d)"), re.compile(r"(?: of [\w -]{3,40})?,? ")
FOLLOWS = re.compile(r" (?:later|in all|altogether|afterwards|eventually|in the end|so far)\b")
# "900 MW: 600 for training, 300 for cloud".
PARTITION = re.compile(r": (?:\d[\d.,]* (?:for|in|at|from|on) [\w ]{1,30}(?:, |; | and |, and ))*")
FOR = re.compile(r" (?:for|in|at|from|on) ")
OF_THE = re.compile(r" (?:out )?of (?:the|its|their|those) (?:total )?")
REACH = 60
"""Characters of a sentence in which the link is looked for."""


def measured_ellipses(reading: Reading, figures: list[Figure]) -> list[Figure]:
    """The bare numbers of `reading` that go on in the unit of a figure of their sentence."""
    by_sentence: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.metric in MEASURED and figure.quantity is not None:
            by_sentence[figure.sentence].append(figure)
    if not by_sentence:
        return []
    taken = Spans((f.start, f.end) for f in figures)
    found: list[Figure] = []
    for quantity in reading.quantities:
        if quantity.kind != "number" or quantity.rate or taken.overlap(quantity.start, quantity.start + 1):
            continue
        number = reading.segments.sentence_at(quantity.start)
        beside = by_sentence.get(number)
        if not beside and by_sentence.get(number - 1) and _goes_on(reading, number) and quantity.qualifier != "exact":
            beside = by_sentence.get(number - 1)
        model = _model(reading, quantity, number, beside) if beside else None
        if model is None or model.quantity is None:
            continue
        factor = _factor(model.quantity)
        low, high = quantity.low * factor, quantity.high * factor
        if not 0.05 <= high / max(model.quantity.high, 1e-9) <= 20:
            continue
        borrowed = quantity._replace(low=low, high=high, unit=model.quantity.unit, unit_word=model.quantity.unit_word)
        found.append(Figure(model.metric, quantity.start, quantity.end, number, 0.2, borrowed, noun=model.noun))
    return found


def _model(reading: Reading, quantity: Quantity, number: int, beside: list[Figure]) -> Figure | None:
    """The figure whose unit `quantity` borrows."""
    text = reading.text
    if 1990 <= quantity.low <= quantity.high <= 2060 and (
        quantity.is_range or text[quantity.start : quantity.end].isdigit()
    ):
        return None
    after = next((f for f in beside if f.start >= quantity.end), None)
    if after:
        between = text[quantity.end : after.start]
        if (between == " to " and text.endswith("from ", 0, quantity.hedge.start)) or OF_THE.fullmatch(between):
            return after  # "from 5.5 to 18 MW", "60 of the 90 megawatts"
    before = [f for f in beside if f.end <= quantity.start]
    if not before:
        return None
    last = before[-1]
    if PARTITION.fullmatch(text, last.end, min(quantity.start, last.end + 2 * REACH)) and FOR.match(text, quantity.end):
        return last
    window = Window(text, max(last.end, quantity.start - REACH), quantity.start)
    if PARTS.seek(window) is not None:
        return last
    if not ENDS.match(text, quantity.end):
        return None
    gap = text[last.end : quantity.start]
    if gap == " to " or (
        OF_WHOLE.fullmatch(gap) and WHOLE.match(text, reading.segments.sentences[number].start, last.start)
    ):
        return last  # "shrunk from 25 MW to 11"; "of its 9,300 square metres 5,600 will be white space"
    if LINK.seek(window) is not None or MORE.match(text, quantity.end):
        return last
    if BOUND.search(window.text):
        return None
    if PLACED.match(text, quantity.end) and gap.rstrip().endswith((" and", "over", ",")):
        return last  # "11 megawatts in Altdorf itself and 26 in Dielsdorf"
    if FOLLOWS.match(text, quantity.end) and gap.rstrip().endswith((" and", " for", " to", " then", ",")):
        return last  # "25 acres now, 100 later"
    hedged = quantity.qualifier != "exact" and quantity.high >= 10
    return last if hedged and last.metric in {"power", "generation"} else None


def _goes_on(reading: Reading, number: int) -> bool:
    """Whether a semicolon parts the sentence from the one before."""
    sentences = reading.segments.sentences
    start = sentences[number].start
    return number > 0 and sentences[number - 1].block == sentences[number].block and reading.text[start - 2] == ";"


def _factor(quantity: Quantity) -> float:
    word = quantity.unit_word
    for units in (POWER_UNITS, HECTARE, SQUARE_METRE):
        if (factor := units.get(word) or units.get(word.replace(" ", "-"))) is not None:
            return factor
    return 1.0
