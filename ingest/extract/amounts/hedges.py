"""
Hedges: whether a figure is exact, about, a ceiling, a floor.

In: a text and the span of a figure. Out: the qualifier of CLAIMS.md and where the hedge begins. Never looks further than
the words that touch the figure. The strongest word nearest to the figure decides: "up to about 300 MW" is a ceiling.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from db.records import Qualifier
from ingest.extract.text.patterns import Pattern, Window, compiled

# Words that may stand between the hedge and the figure.
_FILL = r"(?:(?:an?|the|some|its|their|a total of|total|in total|an? (?:additional|further|extra|estimated|combined|initial)|another|additional|further|around|about|roughly|approximately|of|to|at|US|USD|nearly)\s+){0,3}"
_WORDS: tuple[tuple[Qualifier, str], ...] = (
    (
        "up_to",
        r"(?:(?<!add )(?<!adds )(?<!added )(?<!adding )up to|as (?:much|many|high|large) as|at (?:the )?most|no more than|not more than|a maximum(?: capacity)? of|maximum of|capped at|not (?:to )?exceed(?:ing)?|will not exceed|(?:just )?(?:under|below)|(?<!no )(?<!not )(?:less|fewer) than|no greater than|as long as|≤|<=|<|upto|최대|最大|最高|bis zu|jusqu'à|hasta|fino a|upp till|até)",
    ),
    (
        "at_least",
        r"(?:(?:well |far |comfortably |slightly |just |a (?:little|bit) )?(?:more than|over|above|beyond|past|greater than|north of|in excess of|upwards? of|larger than)|at (?:the )?(?:least|minimum)|no (?:less|fewer) than|not (?:less|fewer) than|a minimum of|minimum of|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops|starting at|≥|>=|>|적어도|최소|mindestens|über|plus de|más de|oltre|over)",
    ),
    (
        "approx",
        r"(?:about|around(?! the\b)|approximately|approx\.?|roughly|nearly|almost|close to|some(?! of\b)|circa|ca\.?|c\.|an? estimated|estimated(?: at)?|more or less|in the (?:region|order|neighbou?rhood|range) of|something like|somewhere around|on the order of|just (?:over|under|shy of)|just short of|~|∼|≈|±|roughly speaking|약|約|etwa|rund|environ|unos|unas|alrededor de|circa|cerca de|expected to be about|put at around|getting on for)",
    ),
)


def _before(words: str) -> Pattern:
    return compiled(rf"(?:^|(?<=[^\w$€£¥])){words}[\"”’]?\s*{_FILL}[\s(±~≈\"“”]*$", re.IGNORECASE)


BEFORE: tuple[tuple[Qualifier, Pattern], ...] = tuple((qualifier, _before(words)) for qualifier, words in _WORDS)
ANY_BEFORE = _before("(?:" + "|".join(words for _, words in _WORDS) + ")")
SCALE_TO = compiled(
    r"\b(?:scal(?:e|es|able|ed|ing)|expand(?:s|ed|able|ing)?|expansion|grow(?:s|n|ing)?|growth|extend(?:ed|s|able)?|increas(?:e|es|ed|ing)|ris(?:e|ing)|upgrad(?:e|ed|able)|reach(?:es|ing)?|support|room|designed|laid out|sized|capable|stretch(?:ed|ing)?|potential|go|path|option(?:ally)?)\b"
    r"(?:[\w\s,'’-]{0,30}?)\b(?:up to|to|for|of|reach|as far as)\s+(?:(?:around|about|an?|the|some|over|more than|roughly|nearly|approximately|almost|full)\s+)*$",
    re.IGNORECASE,
)
POSSIBLE = compiled(
    r"\b(?:can|could|may|might|potential(?:ly)?|scalable|expandable|capable|room|laid out|sized|eventually|ultimately|one day|some day|in time|over time|option|possib\w+|designed|would|path|ambitions?)\b",
    re.IGNORECASE,
)
OF_THE_VERB = compiled(
    r"\b(?:tak(?:e|es|en|ing)|took|hand(?:s|ed|ing)?|spread(?:s|ing)?|stretch(?:es|ed|ing)?|extend(?:s|ed|ing)?|sprawl(?:s|ed|ing)?|sign(?:s|ed)?|"
    r"brought|bring(?:s|ing)?|talk(?:s|ed|ing)?|moved?|turn(?:s|ed)?|wrapped|built|presid\w+|argu\w+|fight|fought|split|agreements?|contracts?|deals?|orders?|loans?)\s+$",
    re.IGNORECASE,
)
# "19 MW over 7,200 sqm": the one is spread over the other.
SPREAD = re.compile(
    r"\d ?(?:[MGk]W|MVA|megawatts?|gigawatts?|halls?|buildings|racks|storeys|stories|floors)\s+$", re.IGNORECASE
)
REACH = compiled(
    r"\b(?:could|may|might|can|potential to|possibly)\s+(?:one day |some day |eventually |ultimately |later |also |in time |even )*(?:scale|grow|expand|reach|support|go|run|rise|climb|extend|be (?:expanded|extended|scaled|increased))\b[\w\s,'’-]{0,25}$",
    re.IGNORECASE,
)
# "under a $300 billion contract", "falls under the 4.5 GW plan": no ceiling.
UNDER_A = re.compile(r"(?:under|below)\s+(?:an?|the|its|their|this|that|our|his|her)\b", re.IGNORECASE)
# "Estimated contract price: $2 billion", "the cost is estimated by the owner at $2 billion".
ESTIMATED = compiled(
    r"\bestimated\b[^.;$€£¥₹\d\n]{0,45}(?:\bat|\bis|\bof|:)\s*$|\bestimates?(?: it| this| that| the \w+)? at\s*$",
    re.IGNORECASE,
)
# "exercised its option for 900 MW": the option is a possibility no longer.
EXERCISED = re.compile(
    r"\b(?:exercis|us|took up|taken up|call)\w* (?:its |an? |the |their |both )?options?\b", re.IGNORECASE
)
CAPABLE = compiled(r"\bcapable of \w+ing (?:some |about |around |roughly |over |more than )?$", re.IGNORECASE)
PLUS = re.compile(
    r"^\s?(?:\+|[- ]plus\b| or more\b| and (?:up|above|more(?! than)|upwards)\b| at (?:least|minimum)\b| ?이상| 以上)",
    re.IGNORECASE,
)
MORE = re.compile(r"^\s?이상|^[^\s]{0,4} 이상")
APPROX_AFTER = re.compile(
    r"^-odd\b|^(?:\s?[\w]+)?,? (?:or so|or thereabouts|give or take|approximately|or nearly so)\b", re.IGNORECASE
)
ODD = re.compile(r"\d-odd\b")
AT_MOST_AFTER = re.compile(r"^,? (?:or less|at (?:the )?most|maximum|max\b)", re.IGNORECASE)
WINDOW = 64


class Hedge(NamedTuple):
    """`start` is where the hedge begins (the figure's own start when there is none)."""

    qualifier: Qualifier
    start: int
    potential: bool = False
    """It is a possibility ("could grow to"), not a ceiling."""


@lru_cache(maxsize=256)
def hedge_around(text: str, start: int, end: int) -> Hedge:
    """
    The hedge of the figure `text[start:end]`.

    >>> hedge_around("more than 8 GW", 10, 14).qualifier, hedge_around("$100+ billion", 0, 5).qualifier
    ('at_least', 'at_least')
    """
    left = max(text.rfind("\n", max(0, start - WINDOW), start) + 1, start - WINDOW)
    window, after = Window(text, left, start), text[end : end + 24]
    before = window.text
    if PLUS.match(after) or MORE.match(after) or ("+" in text[start:end] and re.search(r"\d\+", text[start:end])):
        return Hedge("at_least", start)
    if AT_MOST_AFTER.match(after):
        return Hedge("up_to", start)
    for qualifier, pattern in BEFORE if ANY_BEFORE.seek(window) else ():
        match = pattern.seek(window)
        if match is None:
            continue
        word = match.group().strip().lower()
        lead = before[: match.start()]
        if (OF_THE_VERB.search(lead) or SPREAD.search(lead)) and word.startswith(
            ("over", "past", "about", "around", "above")
        ):
            continue  # "taken over a $17 billion campus", "spread over 40 acres"
        if UNDER_A.match(word):
            continue
        if qualifier == "up_to" and re.match(r"just (?:under|below)", word):
            return Hedge("approx", left + match.start())
        if qualifier == "at_least" and word.startswith("just"):
            return Hedge("at_least", left + match.start())
        if qualifier == "at_least" and re.search(r"\b(?:not|no|never)\s*$", before[: match.start()], re.IGNORECASE):
            return Hedge("up_to", left + match.start())
        if qualifier != "up_to" and POSSIBLE.seek(window) and SCALE_TO.seek(window) and not EXERCISED.search(before):
            break
        return Hedge(qualifier, left + match.start(), qualifier == "up_to")
    if POSSIBLE.seek(window) and ((SCALE_TO.seek(window) and not EXERCISED.search(before)) or REACH.seek(window)):
        return Hedge("up_to", start, True)
    if CAPABLE.seek(window):
        return Hedge("up_to", start, True)
    if ODD.search(text, start, end) or APPROX_AFTER.match(after) or ESTIMATED.seek(window):
        return Hedge("approx", start)
    return Hedge("exact", start)
