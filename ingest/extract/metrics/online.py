"""
When capacity starts: openings, energisation, first phase ready, completion, deployment at a site.

In: a period in its clause. Out: whether it says when something goes live. The verb that governs the period decides: opens,
goes live, comes online, operational, completed, ready, delivered, deployed, first power; against begins construction, was
announced, approved, closes, spends by. Never takes a date of saying for a date of happening.
"""

from __future__ import annotations

import re

from ingest.extract.cues import Cue, find, table, weigh
from ingest.extract.periods import Period

CUES = table(
    [
        Cue("none", 3.6, r"(?:construction|building|work|ground ?work|site work|excavation|earthworks|ground)(?: on \S+(?: \S+)?)?(?: is| are| was| has| will| to| should| could)*(?: (?:due|expected|scheduled|set|slated|planned|be|been|formally|scheduled))*(?: to)? (?:begin|begins|began|begun|start|starts|started|starting|broken|commence\w*|get(?:s|ting)? under way|got under way|under way since)|br(?:eak|eaks|oke|oken|eaking)(?: \w+)? ground|groundbreaking|start(?:s|ed)? (?:moving dirt|building|construction|work)|beg(?:in|ins|an|un) (?:building|construction|work|to build)|start of construction|construction start|Ground is broken"),
        Cue("none", 3.2, r"announc\w+|said|says|signed|sign(?:s|ing)?|agreed|approv\w+|filed|fil(?:e|ing)s?\b|disclos\w+|reported|unveil\w+|told|reveal\w+|published|granted|acquired|bought|paid|founded|listed|raised|launched in|decision|vote[ds]?|hearing|permit(?:s|ted)?|purchased|committed|promised|proposed|selected|picked|updated|posted|matures?|due (?:19|20)\d\d|expires?|ends?|lease dated|dated|since then"),
        Cue("none", 3.0, r"invest(?:s|ed|ing|ment|ments)?|spend(?:s|ing)?|spent|capital expenditures?|capex|budget|guidance|forecast|revenues?|fiscal|sales|earnings|profit|quarter(?:ly)? (?:results|revenue)|demand|consum\w+|grow(?:th|s|n)?|carbon|emissions|renewable|water[- ]positive|net[- ]zero|hire|train(?:ed|ing)? (?:more than )?\d|homes|forecast(?:s|ed)?|jobs by|TWh"),
        Cue("online", 4.0, r"(?:com(?:e|es|ing)|came|go(?:es|ing)?|went|brought?|bring(?:s|ing)?|be|put|placed|gone)(?: \S+){0,4}? (?:on[- ]?line|live|into (?:service|operation)|on stream|onstream|into use)|on[- ]?line|go[- ]live|goes? live|live|operational|in operation|operations? (?:start\w*|begin\w*|commence\w*|will begin|to begin)|(?:begin|start|commence)\w* operat\w+|(?:initial|commercial|first|full) operations?|in service|service date|ready for service|RFS|energi[sz]\w+|switch(?:ed)? on|power(?:ed|s)? (?:on|up)|first power|ramp(?:s|ed|ing)?(?: up)?|commission\w*|start(?:s|ed)? up|up and running|running|at work since|been up since|been running"),
        Cue("online", 3.4, r"open(?:s|ed|ing)?(?! (?:to|for|the door|up))|inaugurat\w+|complet(?:e|ed|es|ion)|finish(?:ed|es)?|deliver(?:ed|y|ies|s|ing)?|ready|handed over|hand[- ]?over|built out|build[- ]?out|full build|deploy(?:ed|ment|ments|s|ing)?|installed|in place|installation|available|activated|active|connected|generating|deliver first power|first (?:building|phase|halls?|stage|data cent\w+|power|units?|gigawatt|capacity|racks?|modules?)|full (?:capacity|power|build)|due (?:to (?:open|be))?|up (?:in|by)|occup(?:y|ied)|house[ds]?|launch(?:es|ed)?|done|phase (?:1|2|one|two)|begin running|begin producing|producing power|production is expected|working|use[ds]? by|starts?|begins?|beginning"),
        Cue("online", 1.6, r"reach(?:es|ed|ing)?|scal(?:e|ing)|expand(?:s|ed)?|capacity|expected|scheduled|slated|planned|targeted|target(?:s|ing)?|phases?|gigawatts?|megawatts?|GW|MW|GPUs?|chips"),
    ]
)
PER_YEAR = re.compile(r"^(?:[-–]\d|\s?(?:through|to|and|until|-)\s?(?:19|20)\d\d)")
MONEY_NEAR = re.compile(r"(?:[$€£¥₹]|\b(?:billion|million|crore)\b)[^.;]{0,40}$", re.IGNORECASE)
NOT_A_START = re.compile(r"\b(?:fiscal year|quarter|year) (?:ended|ending)|three months to|months? (?:ended|ending)|as of|compared (?:with|to)|up from|in the year to|since \d|end of (?:the )?(?:second|first|third|fourth)? ?quarter of", re.IGNORECASE)


def judge(text: str, period: Period, start: int, end: int, others: tuple[tuple[int, int], ...]) -> float:
    """How strongly `text[start:end]` (the clause or sentence) says that capacity starts at `period`; below 0 it does not."""
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
    return online - none
