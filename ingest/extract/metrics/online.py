"""
When capacity starts: openings, energisation, first phase ready, completion, deployment at a site.

In: a period in its clause. Out: whether it says when something goes live. The verb that governs the period decides: opens,
goes live, comes online, operational, completed, ready, delivered, deployed, first power; against begins construction, was
announced, approved, closes, spends by. Never takes a date of saying for a date of happening.
"""

from __future__ import annotations

import re

from ingest.extract.cues import find, load, weigh
from ingest.extract.periods import Period

CUES = load("online")
PER_YEAR = re.compile(r"^(?:[-–]\d|\s?(?:through|to|and|until|-)\s?(?:19|20)\d\d)")
MONEY_NEAR = re.compile(r"(?:[$€£¥₹]|\b(?:billion|million|crore)\b)[^.;]{0,40}$", re.IGNORECASE)
NOT_A_START = re.compile(
    r"\b(?:fiscal year|quarter|year) (?:ended|ending)|three months to|months? (?:ended|ending)|as of|compared (?:with|to)|up from|in the year to|since \d|end of (?:the )?(?:second|first|third|fourth)? ?quarter of",
    re.IGNORECASE,
)


RELATIVE = re.compile(r"(?:the )?(?:this|last|next|coming|early|mid|late|end)\b", re.IGNORECASE)
AHEAD = re.compile(r"\b(?:will|would|to be|should|is due|are due|scheduled|expected|slated|set to)\b", re.IGNORECASE)
TO_COME = re.compile(r"[^.;]*?\b(?:opens|follows|launches|starts|comes|goes|will|is to|are to|should)\b")
# "from 285 MW in 2025 to 1.5 GW by 2030": the first is what there is.
FROM_THEN = re.compile(r"\bfrom (?:about |some |around |roughly |just )?[\d.,]+ ?[MGk]W in $", re.IGNORECASE)
LEADS_IN = re.compile(
    r"(?:^|[(|:;,–—-]|\b(?:in|by|from|for|until|till|since|during|through|to|before|after|and|or|early|mid|late|this|next|last|starting|beginning|around|about|as|than|on|come|is|was))\s*$",
    re.IGNORECASE,
)
STRONG = 1.6
"""What a date that is already past, or a bare month, must reach: news is full of dates of saying."""
USUAL = 0.35
BY_CAPACITY = 1.3


def judge(
    text: str, period: Period, start: int, end: int, others: tuple[tuple[int, int], ...], capacity: bool, past: bool
) -> float:
    """
    How far the clause `text[start:end]` says that capacity starts at `period`; at or below 0 it does not.

    `capacity` tells that megawatts or chips stand beside the date ("500 MW by 2030"), `past` that the date lies before the
    document's.
    """
    found = find(CUES, text, start, end)
    scores = weigh(text, found, period.hedge_start, period.end, others)
    online, none = scores.get("online", 0.0), scores.get("none", 0.0)
    before = text[max(start, period.hedge_start - 60) : period.hedge_start]
    if NOT_A_START.search(before[-32:]):
        none += 3.0
    if PER_YEAR.match(text[period.end : period.end + 12]):
        none += 2.0
    if period.grain == "day":
        none += 1.5
    named = period.grain == "month" and period.hedge_start == period.start and not RELATIVE.match(text, period.start)
    if named and not LEADS_IN.search(before):
        none += 2.0  # "an October date", "the leases of May": the month names something else
    if capacity and (period.qualifier == "up_to" or re.search(r"\b(?:in|from|during|for|beginning)\s$", before)):
        online += BY_CAPACITY
    if FROM_THEN.search(before):
        none += 3.0
    ahead = AHEAD.search(before) or TO_COME.match(text[period.end : min(end, period.end + 60)])
    return online - none - (STRONG if past and not ahead else USUAL)
