"""
The year of a month or season that is named without one.

In: the month, the document's date and what stands before the word. Out: the year; None without a date. Never reads further back than
the sentence: the verb nearest to the word says whether it lies behind or ahead.
"""

from __future__ import annotations

import re
from datetime import date

PAST = re.compile(
    r"\b(?<!be )(?!(?:expected|planned|scheduled|slated|targeted|supposed|based|needed|un\w+ed)\b)"
    r"(?:since|was|were|had|has|came|went|opened|began|signed|announced|said|reported|launched|completed|closed|raised|last|"
    r"inaugurated|bought|agreed|started|\w+ed)\b"
)
LEADS = re.compile(r"\b(?:in|by|until|since|this|next|last|early|late|mid|target(?:ing)?|end of) $")
AHEAD = re.compile(
    r"\b(?:will|target(?:s|ed|ing)?|due|expect(?:s|ed)?|hopes?|aims?|intends?|plans?|planned|scheduled|slated|to (?:open|be|go|start|come|begin|hand|take|light|serve)|should|would|(?<!went )(?<!gone )(?<!been )(?<!came )live|"
    r"(?:slipp?(?:ed|s)|pushed|moved|delayed|postponed|deferred|put)(?: back| out)? (?:to|until|till|into)|"
    r"opens|starts|begins|launches|goes|comes|lands|arrives|follows|finishes|delivers|reopens|becomes)\b"
)
DEADLINE = re.compile(r"\b(?:by|until|before)(?: the| late| early| mid| end| of)*[ -]*$")


def nearest_year(month: int, today: date | None, match: re.Match[str], text: str) -> int | None:
    """The year of a month named without one: the nearest such month, looking back after a past tense, else ahead."""
    if today is None:
        return None
    before = text[max(0, match.start() - 100) : match.start()]
    before = before[max(before.rfind("."), before.rfind("\n")) + 1 :]
    past, ahead = _last(PAST, before), _last(AHEAD, before)
    if ahead > past or DEADLINE.search(before):
        return today.year if month >= today.month else today.year + 1
    if past:
        return today.year if month <= today.month else today.year - 1
    gap = (month - today.month + 5) % 12 - 5
    return today.year + (today.month - 1 + gap) // 12


def _last(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match ends, 0 when there is none: the verb nearest to the date is the one that governs it."""
    return max((match.end() for match in pattern.finditer(words)), default=0)
