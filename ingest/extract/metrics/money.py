"""
Money told apart: capex, contract, financing, or none of them.

In: a sum of money in its sentence. Out: a verdict, or None for revenue, valuation, tax, price, profit and the rest.
The words around the sum vote, the nearer the louder (`cues`); the noun right after it ("$10 billion data center",
"$3 billion lease") speaks loudest. Never guesses: a sum no word speaks for takes the sentence before, else it is dropped.
"""

from __future__ import annotations

import re

from ingest.extract.cues import find, load, weigh
from ingest.extract.metrics.view import Verdict, View
from ingest.extract.patterns import compiled

FAMILY = frozenset({"money"})

CUES = load("money")
HEAD_NOUN = re.compile(
    r"^(?:[- ]|,? (?:hyperscale|AI|new|planned|proposed|massive|sprawling|artificial intelligence|multi-phase|\d[\d,.]*[- ](?:acre|megawatt|gigawatt|MW|GW|year|building|square[- ]foot|phase|site))[, -]?)*(?P<noun>[\w-]+(?: [\w-]+){0,4})"
)
HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "none",
        re.compile(
            r"^(?:\S+ ){0,2}(?:tax|revenue|profit|valuation|fine|grant|donation|fund for (?:the )?(?:community|schools|local|town)|community|market cap|loss|incentive|subsidy|company\b|startup|chipmaker|giant|impact fund|energy impact|market\b(?! rate))",
            re.IGNORECASE,
        ),
    ),
    (
        "financing",
        re.compile(
            r"^(?:\S+ ){0,4}(?:loan|debt|bond|note|credit|facility agreement|equity|stake|round|financing|fund|funding|acquisition|takeover|buyout|joint venture|JV|backstop|guarantee|offering|placement|mortgage|refinancing|investment from|Series|revolv|convertible)",
            re.IGNORECASE,
        ),
    ),
    (
        "contract",
        re.compile(
            r"^(?:\S+ ){0,5}(?:contract|agreement|deal|lease|order|pact|purchase|compute deal|cloud deal|tender)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "capex",
        re.compile(
            r"^(?:\S+ ){0,5}(?:data[- ]?cent|campus|project|investment|facility|site|plant|complex|expansion|capex|capital|build|development|hub|supercomputer|initiative|program|plan|push|infrastructure|park|campus)",
            re.IGNORECASE,
        ),
    ),
)
SMALL = 1.0e6
"""Sums below this (in whatever currency, save the large-number ones) are prices, fees and fines."""


INCREMENT = compiled(
    r"\b(?:lift|rais|increas|boost|cut|lower|trim|rose|ris|grew|grow|reduc|up|higher|jump|climb)\w*\b[^.;]{0,44}\bby (?:about |another |some |roughly |a further |nearly |up to )?\s*$|\b(?:increase|rise|jump|cut|reduction|hike) (?:of|is|was|amounts to|amounted to) (?:about |roughly |nearly )?\s*$",
    re.IGNORECASE,
)
UNIT_COST = compiled(
    r"\b(?:an?|one|1|each|every|per)[ -](?:gigawatt|GW|megawatt|MW)\b[^.;$€£]{0,60}\b(?:costs?|priced?|runs?|takes?|at|around)\b[^.;$€£]{0,24}$",
    re.IGNORECASE,
)
GOODS_FOR = compiled(
    r"\b(?:GPUs?|chips?|processors?|systems|turbines|equipment|servers|accelerators|MI\d{3}\w*|GB\d{3}\w*|H\d00s?|racks)\b[^.;$]{0,80}\b(?:for|worth)\b[^.;$,]{0,24}$"
)
PAID = compiled(
    r"\b(?:bought|buy(?:s|ing)?|paid|pay(?:s|ing)?|purchas(?:e|ed|es|ing)|acquir(?:e|ed|es|ing)|took|picked up|snapped up|sell|sold|selling|handed)\b",
    re.IGNORECASE,
)
PROPERTY = compiled(
    r"\b(?:land|ground|dirt|acres?|plots?|parcels?|hectares?|warehouse|factory|mill|site for|property for|substation|square (?:met|feet)|lot|works)\b",
    re.IGNORECASE,
)
BUSINESS = compiled(
    r"\b(?:campus|data cent(?:er|re)s?|company|operator|business|per cent|percent|\d%|% of|facility|shares|firm|it for|it instead|portfolio|\d+ per cent)\b",
    re.IGNORECASE,
)
INTO = re.compile(
    r"^(?:\s(?:in cash|in stock|more|each))?(?P<put>\s(?:pumped|invested|put|poured|ploughed|plowed))?\s(?:in|into|in the)\s(?:the company|the firm|the group|itself\b|(?=[A-Z]))"
)
PUT_BEFORE = compiled(
    r"\b(?:invest(?:s|ed|ing|ment)?|put(?:s|ting)?|pump\w*|inject\w*|pour\w*|plough\w*)\b[^.;,]{0,28}$", re.IGNORECASE
)
_DEBT = (
    r"(?:(?:new|senior|secured|unsecured|convertible|green|bridge|term|private|project|long-term|bank|fresh|additional|syndicated|tax) )*"
    r"(?:debt|loans?|bonds?|notes|equity|credit|financing|funding|borrowings?|mortgages?|joint venture|venture|facility|round|sukuk|offering|capital raise)\b"
)
OF_DEBT = re.compile(rf"^ (?:of|in|worth of) {_DEBT}", re.IGNORECASE)
DEBT_OF = compiled(rf"\b{_DEBT} (?:of|worth|totall?ing) (?:\w+ )?$", re.IGNORECASE)
LENT = compiled(r"\b(?:lent|lends?|lending|loaned|advanced)\b[^.;,$€£]{0,60}$", re.IGNORECASE)
# "fund their share of $27 billion in total development costs": what the building costs, whoever funds it.
IN_COSTS = re.compile(r" in (?:total |overall )?(?:development|construction|project|building|build) costs?\b")
# "a $40 billion deal to buy Aligned Data Centers": a name is bought, not compute.
TO_BUY = re.compile(
    r"(?: \S+){0,2} (?:deal|agreement|bid|offer|transaction) to (?:buy|acquire|take over|purchase) (?=[A-Z])"
)
PAY_COMPANY = compiled(r"\b(?:pay|pays|paid|paying|spend|spends|spending)\b[^.;,]{0,40}$", re.IGNORECASE)
FOR_COMPUTE = re.compile(
    r"^[^.;,$]{0,30}\bfor (?:\w+ ){0,3}(?:comput\w+|cloud|capacity|chips|GPUs|TPUs|power|electricity|energy|hosting|services)\b",
    re.IGNORECASE,
)
# "$4.08 billion, a gain of 68%": what grows by percents is sales, unless a word of spending stands by it.
GROWTH_AFTER = re.compile(
    r",? (?:or |which is |that is )?(?:up|down|a (?:gain|rise|increase|decline|jump|drop|fall) of|an increase of|rising|growing|increasing|higher by|lower by|against)? ?"
    r"(?:about |some |nearly )?\d[\d.,]* ?(?:%|percent|per cent)(?! (?:of|stake|interest|share))",
    re.IGNORECASE,
)
SPENDING = compiled(
    r"\b(?:cap(?:ital|[- ]?ex)|spend|spent|invest|budget|outlay|guidance|raised|borrow|loan|bond|lease|contract|deal)",
    re.IGNORECASE,
)
# "structural steel of 26.5 million pounds": what is weighed, not paid.
WEIGHT = re.compile(
    r"\b(?:steel|concrete|copper|carbon|CO2|emissions|weigh\w*|cargo|of (?:water|sand|rebar|material))\b[^|]{0,40}\||^[^|]*\| of (?:steel|concrete|copper|carbon|CO2|emissions|rebar|material)",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"(?:At first,? |In all,? |Together,? |Initially,? |With (?:it|them),? )?(?:they|these|those)\b", re.IGNORECASE
)
VALUED = compiled(r"\bvalu(?:ed|ing|es|ation)\b(?:\W+\w+){0,6}\W+(?:at )?(?:\w+ ){0,2}$", re.IGNORECASE)


def classify(view: View) -> Verdict | None:
    """Decide what the sum `view.quantity` is for; None when it is no infrastructure money."""
    quantity = view.quantity
    if quantity.rate or quantity.value < SMALL or INCREMENT.seek(view.window(90)) or UNIT_COST.seek(view.window(100)):
        return None
    if quantity.unit == "GBP" and WEIGHT.search(view.before(60) + " | " + view.after(30)):
        return None
    if re.match(
        r"\s(?:year[- ]over[- ]year|year[- ]on[- ]year|y/y|yoy|increase|rise|jump|cut|(?:more|less|higher|lower) than (?:analysts|expected|in the|in Q|a year|last|the (?:quarter|year)))\b",
        view.after(30),
    ):
        return None
    if GROWTH_AFTER.match(view.after(60)) and not SPENDING.search(view.sentence):
        return None
    weak = False
    scores = _scores(view)
    best_label = max(scores, key=lambda k: scores[k]) if scores else ""
    if not scores or scores[best_label] < 0.6:
        # No word of the sentence speaks for it: the sentence before, the figure before in the section, then the usual.
        if view.previous_start < view.sentence_start:
            earlier = find(CUES, view.text, view.previous_start, view.sentence_start)
            for label, value in weigh(view.text, earlier, quantity.start, quantity.end, ()).items():
                scores[label] = scores.get(label, 0.0) + 0.5 * value * (0.6 if label == "none" else 1.0)
        if view.topic:
            scores[view.topic] = scores.get(view.topic, 0.0) + 0.5
        if not view.earnings:
            scores["capex"] = scores.get("capex", 0.0) + 0.3
        weak = True
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda kv: -kv[1])
    label, best = ranked[0]
    rest = ranked[1][1] if len(ranked) > 1 else 0.0
    if label == "none":
        return None
    margin = (best - rest) / (best + rest)
    return Verdict(label, 0.0 if weak else max(margin, 0.02), quantity.start, quantity.end)  # type: ignore[arg-type]


def _scores(view: View) -> dict[str, float]:
    quantity, text = view.quantity, view.text
    start, end = quantity.start, quantity.end
    scores = dict(
        weigh(
            text, find(CUES, text, view.sentence_start, view.sentence_end), start, end, view.others, view.sentence_start
        )
    )

    def add(label: str, weight: float) -> None:
        scores[label] = scores.get(label, 0.0) + weight

    window, after = view.window(110), view.after(80)
    before = window.text
    head = HEAD_NOUN.match(after)
    if head and not re.match(
        r"^[\s-]*(?:in|on|for|to|over|at|by|of|and|from|a|the|as|is|was|has|which|that|with)\b", after
    ):
        for label, pattern in HEADS:
            if pattern.match(head.group("noun")):
                add(label, 3.0)
                break
    if OF_DEBT.match(after) or DEBT_OF.seek(window) or LENT.seek(window):
        add("financing", 3.5)
    if IN_COSTS.match(after):
        scores.pop("financing", None)
        add("capex", 4.0)
    if TO_BUY.match(after):
        scores.pop("contract", None)
        add("financing", 4.0)
    if PAY_COMPANY.seek(window) and FOR_COMPUTE.match(after):
        add("contract", 3.0)
    into = INTO.match(after)
    if (
        into
        and (into.group("put") or PUT_BEFORE.seek(window))
        and (
            into.group().rstrip().endswith(("company", "firm", "group"))
            or any(a == end + into.end() for a, _ in view.company_spans)
        )
    ):
        add("financing", 4.5)
    if PAID.search(view.before(170) + " " + after[:30]) and re.search(
        r"\b(?:for|paid|pay|price|under|at)\b[\w\s]{0,24}$|^ for\b", before[-40:]
    ):
        nearby = view.before(170) + after[:60]
        if GOODS_FOR.seek(window):
            add("contract", 1.0)
        elif PROPERTY.search(nearby):
            add("capex", 2.0)
        elif BUSINESS.search(nearby) or any(start - 100 < a < start for a, _ in view.company_spans[1:]):
            add("financing", 2.0)
    if VALUED.seek(window) and not re.search(
        r"\b(?:deal|contract|agreement|order|lease|project|campus|investment|offer|transaction)\b",
        before[-60:],
        re.IGNORECASE,
    ):
        add("none", 2.0)
    for item in find(CUES, view.heading, 0, len(view.heading)):
        add(item.cue.label, 0.08 * item.cue.weight)
    if GOODS_FOR.seek(window):
        add("contract", 2.0)
    if GOES_ON.match(view.sentence) and view.previous_start < view.sentence_start:
        # "It has signed leases. At first they bind it to a commitment of $12 billion": they are the leases.
        earlier = find(CUES, text, view.previous_start, view.sentence_start)
        for label, value in weigh(text, earlier, start, end).items():
            add(label, value)
    if view.guidance and quantity.qualifier == "range":
        add("capex", 0.5)
    return scores
