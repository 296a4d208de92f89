"""
When capacity starts: openings, energisation, first phase ready, completion, deployment at a site.

In: a period in its clause. Out: whether it says when something goes live. The verb that governs the period decides: opens,
goes live, comes online, operational, completed, ready, delivered, deployed, first power; against begins construction, was
announced, approved, closes, spends by. Never takes a date of saying for a date of happening.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.cues import Found, find, load, weigh
from ingest.extract.metrics.online_refused import against
from ingest.extract.text.patterns import Window, compiled
from ingest.extract.times.periods import UNTIL, Period

CUES = load("online")
PER_YEAR = re.compile(r"^(?:[-–]\d|\s?(?:through|to|and|until|-)\s?(?:19|20)\d\d)")
# "in 2027, the operator said", ", officials announced": who says it stands beside what is said, and tells nothing of the day.
SAYING = re.compile(
    r"sa(?:id|ys|y)|told|tells|announc\w+|report(?:ed|s)?|disclos\w+|reveal\w+|posted|published", re.IGNORECASE
)
BESIDE = re.compile(r",[\"”’']? ?(?:[^,.;:]{0,60} )?$")
RELATIVE = re.compile(r"(?:the )?(?:this|last|next|coming|early|mid|late|end)\b", re.IGNORECASE)
AHEAD = compiled(r"\b(?:will|would|to be|should|is due|are due|scheduled|expected|slated|set to)\b", re.IGNORECASE)
TO_COME = re.compile(r"[^.;]*?\b(?:opens|follows|launches|starts|comes|goes|will|is to|are to|should)\b")
LEADS_IN = re.compile(
    r"(?:^|[(|:;,–—-]|\b(?:target(?:s|ed|ing)?|aim(?:s|ed|ing)? for|in|by|from|for|until|till|since|during|through|to|before|after|and|or|early|mid|late|this|next|last|starting|beginning|around|about|as|than|on|come|is|was))\s*$",
    re.IGNORECASE,
)
LONGEST_LEAD = 12
"""Characters of the longest word that `LEADS_IN` looks for: it need not be tried further back."""
# What has lasted since a day did not start then, unless it is the running that lasts: "has been live since March".
SINCE = re.compile(r"\bsince (?:the |about |around )?$")
RUNS_SINCE = re.compile(
    r"\b(?:operat\w+|run|ran|running|runs|serv(?:ed|es|ing)|open|live|online|in (?:use|service|operation)|at work|up|on|going|available|active)(?: \S+){0,3} since (?:the |about |around )?$"
)
# "$400 billion within three years", "$25 million in 2024": when money is spent.
PAID = re.compile(
    r"(?:[$€£¥₹] ?\d[\d.,]*(?: ?(?:thousand|million|billion|trillion|bn|mn|[mbk]|crore|lakh)\b)?|\b(?:million|billion|trillion|crore) (?:\w+ )?(?:yuan|dollars|euros|pounds|rupees|won|yen|baht|kronor|pesos|reais))(?: \w+){0,3} ?$",
    re.IGNORECASE,
)
PERCENT = re.compile(r"\d ?(?:%|per ?cent\b)[^.;,]{0,40}$")
PERCENT_NEXT = re.compile(r",? (?:[a-z]+ ){0,3}\d[\d.]* ?(?:%|per ?cent)\b")
# "wants to have 2 GW by 2030": who aims at capacity says when it is to stand.
GOAL = compiled(
    r"\b(?:want|aim|hope|plan|intend|expect|would like|target|mean)(?:s|ed|ing)? (?:to|on) "
    r"(?:have|having|reach(?:ing)?|run(?:ning)?|operat(?:e|ing)|offer(?:ing)?|be at|get(?:ting)? to|grow(?:ing)? to|own(?:ing)?|field(?:ing)?)\b[^.;]{0,40}$"
)
# "The first opens in June, the other by the end of the year": the verb is said once.
SEQUEL = re.compile(
    r",? (?:and |with |while |then |followed by |but )*(?:the |a |an |another |two |three |its |all )*"
    r"(?:[A-Z]+-?\d{1,3} (?:in|by|from|for)|(?-i:[A-Z][a-z]+ (?:[A-Z][a-z]+ )?)(?:in|by|from)\b|(?:phase|building|hall|unit|stage|site) (?:\d|two|three|four|[A-D]\b)|others?|second|third|fourth|fifth|next|last|rest|remainder|remaining|final|latter|more|full|whole)\b[^.;$€£¥]{0,40}"
)
# "inaugurated the campus, in the north of the county, on 5 May": the verb holds the day however far it stands.
HELD_ON = re.compile(
    r"\b(?:inaugurated|opened|cut (?:the|a) ribbon|ribbon was cut|switched on|switched it on|went live|came online|launched|energi[sz]ed|"
    r"(?:entered|went into) (?:service|operation)|commissioned|began operat\w+|started operat\w+|(?:re)?open(?:s|ed)?|(?:goes|go) live|comes? online|starts? up|enters? service|"
    r"(?:completion|energi[sz]ation|delivery|handover|commencement|opening)\b[^.;]{0,30} (?:occurred|took place|came|followed|is|was|set)|"
    r"(?:was|were|is|are|be|been) (?:delivered|handed over|turned over|completed|finished|connected|turned on|ready|live|operational))\b(?P<between>[^.;:]{0,110}?)\b(?:on|since) (?:the |\w+day,? )?$"
)
TO_OPEN = re.compile(
    r"^,? to (?:formally |officially )?(?:inaugurate|open|launch|switch on|turn on|power (?:on|up)|energi[sz]e|go live|come online|be (?:live|online|ready|operational)|commission)\b(?! (?:up|the door|talks))"
)
# "Hall 2 (Q3 2027)": what stands in brackets behind a part of a site is when it is ready.
IN_BRACKETS = re.compile(
    r"\b(?:phase|building|hall|unit|stage|module|data cent(?:er|re)|campus)s?\b[^.;()]{0,30}\((?:[\d.,]+ ?[MG]W, ?)?(?:in |by |from )?$",
    re.IGNORECASE,
)
# "Building 1 is now Q4", "phase 2 is for 2028".
IS_NOW = re.compile(
    r"\b(?:phase|building|hall|unit|stage|module|interconnect|data cent(?:er|re))s? ?[\w-]{0,6} (?:is|are|comes?)(?: now| then| still)? [\"“]?(?:in |for )?$",
    re.IGNORECASE,
)
AS_SOON_AS = re.compile(r"as (?:early|soon) as\b")
# "(Ankara – April, 2025: ...)": the day of the item, before its first word.
DATELINE = re.compile(r"[^a-z]{0,12}(?:\([^()]{0,60}\) ?)?(?:[A-ZÀ-Þ][\w.'’-]*[\s,–—/|-]*(?:and |of |de )?){0,6}")
AFTER_DATELINE = re.compile(r"(?:,? ?(?:19|20)\d\d)?\s?(?:[:–—]|-{1,2}\s|\([A-Z][\w ]{2,30}\)\s?[-–—])")
# "welcome to the Q2 2026 results presentation": the period names a report.
NAMES_REPORT = re.compile(
    r"\s(?:(?:financial|quarterly|annual|interim|preliminary|full[- ]year)\s)?(?:results|earnings|conference|call|webcast|presentation|report|letter|10-[QK]|financials|revenues?|sales|EBITDA|guidance|capex|budget|outlook|backlog|bookings|leasing|dividend)\b",
    re.IGNORECASE,
)
# "takes what is unsold through April 2032": how long, not when.
LASTS = re.compile(r"\bthrough (?:to )?(?:the )?(?:end of )?(?:the )?$", re.IGNORECASE)
ROLLED_OUT = compiled(
    r"\b(?:deliver|deploy|phase|open|roll|come|go|ramp|bring|brought|complet|energi[sz]|online|live)\w*\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
STARTS_COLUMN = re.compile(
    r"\b(?:start(?: date|-up)?|online|on-line|live|operational|operations?|open(?:s|ed|ing)?|launch(?:ed)?|complet\w+|COD|in[- ]service|service date|energi[sz]\w+|ready|RFS|delivery|commission\w*|first power|go-live)\b",
    re.IGNORECASE,
)
BEGUN = re.compile(
    r"\b(?:announc\w+|construction|ground\w*|sign\w*|approv\w+|permit\w*|filed|founded|acquired|closed|updated|reported|maturity|expir\w+|end date|term)\b",
    re.IGNORECASE,
)
SAID_BETWEEN = re.compile(r"\b(?:said|says|announc|report|told|approv|sign|agree|which|who|after|began|broke)")
STARTS_WORK = re.compile(r"\b(?:construction|ground|work|build|announc|sign|decision|vote|permit|invest)")
STRONG = 1.6
"""What a date that is already past, or a bare month, must reach: news is full of dates of saying."""
USUAL = 0.35
BY_CAPACITY = 1.3
SOON = 0.6


def judge(
    text: str,
    period: Period,
    start: int,
    end: int,
    others: tuple[tuple[int, int], ...],
    capacity: bool,
    past: bool,
    goal: bool = False,
) -> float:
    """
    How far the clause `text[start:end]` says that capacity starts at `period`; at or below 0 it does not.

    `capacity` tells that megawatts or chips stand beside the date ("500 MW by 2030"), `past` that the date lies before the
    document's, `goal` that this sentence or the one before tells a capacity that somebody may aim at.
    """
    # Words of the period itself tell nothing: "by the end of 2026" ends nothing, "fiscal 2026" is no report.
    found = [
        f
        for f in find(CUES, text, start, end)
        if f.start < period.hedge_start
        or (period.end < f.end and not (start + 4 < period.hedge_start and _is_beside(text, period.end, f)))
    ]
    scores = weigh(text, found, period.hedge_start, period.end, others)
    online, none = scores.get("online", 0.0), scores.get("none", 0.0)
    window = Window(text, max(start, period.hedge_start - 60), period.hedge_start)
    before = window.text
    lead = Window(text, start, period.hedge_start)
    none += against(text, period, window, lead, past)
    if NAMES_REPORT.match(text[period.end : period.end + 40]):
        none += 3.0
    hedge = text[period.hedge_start : period.start]
    if (LASTS.search(hedge) and not ROLLED_OUT.seek(lead)) or (period.qualifier == "up_to" and UNTIL.match(hedge)):
        none += 3.0
    if period.qualifier == "range" and before.endswith("between "):
        none += 1.5  # "2,665 MW between 2022 and 2027": what is wanted or built in those years
    if (
        len(lead.text) < 70
        and AFTER_DATELINE.match(text[period.end : period.end + 50])
        and DATELINE.fullmatch(lead.text)
    ):
        none += 4.0
    if SINCE.search(before) and not RUNS_SINCE.search(before):
        none += 3.0
    if PAID.search(before):
        none += 1.5
    if (PERCENT.search(before) or PERCENT_NEXT.match(text, period.end, end)) and not capacity:
        none += 1.5
    if PER_YEAR.match(text[period.end : period.end + 12]):
        none += 2.0
    if period.grain == "day":
        none += 1.5
        held = HELD_ON.search(text[max(start, period.hedge_start - 150) : period.hedge_start])
        if (held and not SAID_BETWEEN.search(held["between"])) or TO_OPEN.match(text[period.end : end]):
            online += 3.0
    named = period.grain == "month" and period.hedge_start == period.start and not RELATIVE.match(text, period.start)
    if named and not LEADS_IN.search(before, max(0, len(before.rstrip()) - LONGEST_LEAD)):
        none += 2.0  # "an October date", "the leases of May": the month names something else
    if capacity and (period.qualifier == "up_to" or re.search(r"\b(?:in|from|during|for|beginning)\s$", before)):
        online += BY_CAPACITY
    if text[period.end : period.end + 1] == ")" and IN_BRACKETS.search(text[start : period.start]):
        online += BY_CAPACITY
    if IS_NOW.search(before):
        online += BY_CAPACITY
    if AS_SOON_AS.match(hedge):
        online += SOON
    if goal and GOAL.seek(window):
        online += BY_CAPACITY
    ahead = AHEAD.seek(window) or TO_COME.match(text[period.end : min(end, period.end + 60)])
    return online - none - (STRONG if past and not ahead else USUAL)


def _is_beside(text: str, end: int, found: Found) -> bool:
    """Whether a word of saying behind the period only tells who says it."""
    return (
        found.cue.label == "none"
        and SAYING.fullmatch(text, found.start, found.end) is not None
        and BESIDE.search(text, end, found.start) is not None
    )


def of_column(head: str) -> float:
    """What the head of a table's column says of the dates under it."""
    if BEGUN.search(head) or not head:
        return -3.0 if head else 0.0
    return 3.0 if STARTS_COLUMN.search(head) else 0.0


AND_AGAIN = re.compile(r",? (?:and|then) (?:(?:again )?(?:in|by) )?(?:the )?")


def goes_on(text: str, before: int, period: Period) -> bool:
    """Whether `period` is when the rest of it starts, said in the same breath as the opening that ends at `before`."""
    gap = text[before : period.hedge_start]
    if AND_AGAIN.fullmatch(gap):
        return True  # "in August and November"
    return len(gap) < 70 and SEQUEL.fullmatch(gap.rstrip()) is not None and not STARTS_WORK.search(gap)
