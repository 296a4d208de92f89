"""
Turns of phrase that say of a date that nothing starts then: a demand, a stock, a plan given up, other works, the end of a report.

In: a period and the words before it. Out: how much they speak against a start, 0 where none does. Never speaks for one.
"""

from __future__ import annotations

import re

from ingest.extract.text.patterns import Window, compiled
from ingest.extract.times.periods import Period

NOT_A_START = compiled(
    r"\b(?:fiscal year|quarter|year) (?:ended|ending)|three months to|months? (?:ended|ending)|as of|compared (?:with|to)|up from|in the year to|since \d|end of (?:the )?(?:second|first|third|fourth)? ?quarter of",
    re.IGNORECASE,
)
# "from 285 MW in 2025 to 1.5 GW by 2030": the first is what there is.
FROM_THEN = compiled(r"\bfrom (?:about |some |around |roughly |just )?[\d.,]+ ?[MGk]W in $", re.IGNORECASE)
# "Demand for data centers could reach 50 GW by 2030": what is wanted then need not stand then.
DEMAND = compiled(
    r"\b(?:demand|consumption|electricity use|needs?)\b[^.;]{0,60}\b(?:will|would|could|may|might|should|to|set|reach\w*|ris\w+|grow\w*)\b[^.;]{0,60}$"
    r"|\b(?:load|demand|peak) growth\b[^.;]{0,40}$|\b(?:its|our|their|the|whose|summer|winter|system|grid) peak(?: demand| load)?\b(?! District)[^.;]{0,60}$"
    r"|\b(?:country|nation|region|state|market|industry|sector|world|continent|Europe|India|China|Asia)['’]s\b(?:[^.;]|\.\d){0,30}\b(?:capacity|stock|supply)\b(?:[^.;]|\.\d){0,50}$"
    r"|\b(?:capacity|stock|supply) (?:in|across|of) (?:the |all of )?(?:country|nation|region|state|market|world|[A-Z]\w+)\b(?:[^.;]|\.\d){0,40}\b(?:grow|ris|reach|expect|expand|doubl|tripl|cross|increas|climb)\w*\b(?:[^.;]|\.\d){0,60}$"
    r"|\b(?:data cent(?:er|re)s|industry|sector|country|region|grid)\b[^.;]{0,20}\b(?:could|may|might) (?:\w+ )?(?:need|require|consume|use|draw|want)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
# "confident of its targets for 2025", "the AI Index for 2025": a year's plan or list.
YEAR_OF = compiled(
    r"\b(?:targets?|index|rank\w*|forecasts?|goals?|outlook|guidance|budget|estimates?|survey|report) for $",
    re.IGNORECASE,
)
# "may take a further 45 MW within 3 years": how long somebody may choose.
MAY_CHOOSE = compiled(
    r"\b(?:rights? of first (?:offer|refusal)|ROFO|ROFR|options? (?:on|to|for)|exclusivity|warrants?)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
# "The bridge reopens in May": other works open too.
OTHER_WORKS = compiled(
    r"\b(?:fair|bridge|road|highway|bypass|tunnel|schools?|museum|stadium|arena|airport|railway|hospital|hotel|library|mall|inn|motel|church|theatre|pipeline|sewer|water (?:plant|works|main|line)|exhibition|festival|season|playground|supermarket|restaurant)s?"
    r" (?:\w+ ){0,4}(?:on |in |by |from |until |for )?(?:the )?$",
    re.IGNORECASE,
)
# "not, as planned, in the spring of 2026", "once due to open in 2022": what was to be, and is not.
NO_LONGER = compiled(
    r"\b(?:instead of|rather than|(?:was|were) to have|once (?:due|set|planned|promised|expected|scheduled)|originally|initially|first (?:set|planned|promised|due|scheduled)|"
    r"had (?:been|once|first|originally) (?:expected|scheduled|planned|due|slated|set|promised|hoped|targeted|meant|to)|previously|(?:slipped|moved|pushed|delayed|postponed)(?: back)? from(?! [\w ]{4,30} to\b))\b(?:(?!, (?:but |and )?(?:is|are|was|will|it|now)\b|\bnow\b)[^.;]){0,50}$",
    re.IGNORECASE,
)
# "610 megawatts were active at the end of August", "the country had 350 MW in operation by the end of 2024": what there was then.
# "510 MW ran on 31 December 2025": a balance sheet's day; "back in August we were at 200 MW".
BALANCE = re.compile(r"\b(?:was|were|had|stood|totalled|amounted)\b[^.;]{0,60} (?:as )?(?:at|of) $|\b[Bb]ack in $")
STOOD = re.compile(r"\b(?:was|were) [^.;,]{0,40}\bat the end of$|\bhad [^.;,]{0,60}\b(?:by|at) the end of$")

# "the tenant may cancel if it is not ready by March 2028": what happens then is no opening.
IF_NOT = compiled(
    r"\b(?:unless\b|(?:if|should|in case|in the event)\b[^.;]{0,70}\b(?:not|fails?|failed)\b)[^.;]{0,60}$",
    re.IGNORECASE,
)
# "after a fire in January".
AFTER_EVENT = re.compile(
    r"\b(?:after|since|following|despite|before|until) (?:an? |the |its |last )?(?:[\w-]+ ){0,2}(?:fire|flood|storm|outage|accident|vote|hearing|strike|protest|dispute|ruling|meeting|filing|auction|election|referendum|lawsuit|talks|visit|summit) in $"
)
# "which was announced in September", "signed back in March": the verb right before it.
SAID_THEN = compiled(
    r"\b(?:was|were|been|had|it|they|first|company|also|only|that|which) (?:announced|unveiled|revealed|disclosed|signed|approved|granted|agreed|reported|proposed|filed|published) (?:back |only |late |early )?(?:in|on) $"
)
# "the firm that launched Orrin in 2024", "In January it launched a sister company": who begins, not what opens.
FIRM_BEGAN = compiled(
    r"\b(?:company|firm|developer|operator|group|startup|investor|owner|fund|founders?)s?,? (?:that |which |who )?(?:launched|started|founded|set up|spun out|spun off|opened) (?:(?!the\b|its\b|an?\b)[A-Z][\w.&-]+ ){1,3}(?:back )?in $"
)
BEGINS_FIRM = re.compile(
    r",? (?:\w+ ){1,3}(?:launched|started|founded|formed|set up|established|spun (?:out|off)) (?:an? |its |the )(?:[\w-]+ ){0,3}(?:company|firm|subsidiary|business|brand|venture|fund|arm|affiliate|start-?up|division|platform)\b"
)
# "delayed to late 2028 from mid-2027": the second is what was to be.
TO_FROM = compiled(
    r"\b(?:delay|push|postpon|mov|slip|defer|put|chang|revis|shift)\w*(?: back| out)? (?:to|until|till) [^.;\d]{0,24}\d[^.;]{0,8},? from (?:the )?$",
    re.IGNORECASE,
)


def against(text: str, period: Period, window: Window, lead: Window, past: bool) -> float:
    """How much the words before `period` (`window` the near ones, `lead` all of the clause) say that nothing starts then."""
    found = (
        NOT_A_START.seek(Window(text, max(lead.start, period.hedge_start - 32), period.hedge_start)),
        YEAR_OF.seek(window) or (period.qualifier == "up_to" and MAY_CHOOSE.seek(lead)),
        OTHER_WORKS.seek(window),
        past and BALANCE.search(window.text),
        past and STOOD.search(window.text + text[period.hedge_start : period.start + 6]),
        period.qualifier == "up_to" and IF_NOT.seek(lead),
        TO_FROM.seek(window),
        AFTER_EVENT.search(window.text),
        FROM_THEN.seek(window) or NO_LONGER.seek(window),
        SAID_THEN.seek(window) or FIRM_BEGAN.seek(window) or BEGINS_FIRM.match(text, period.end, period.end + 80),
    )
    return 3.0 * sum(1 for turn in found if turn) + (4.5 if DEMAND.seek(lead) else 0.0)
