"""
Turns of phrase that settle what a sum is for, louder than single words: "a valuation of $3 billion", "guided to $200 billion".

In: a sum of money in its sentence, and what the words around it speak for. Out: the same scores, raised or struck out.
Never looks outside the sentence, save where "for it" points to the one before.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.money_business import settle_business
from ingest.extract.metrics.money_contracts import settle_contract
from ingest.extract.metrics.money_raised import settle_raised
from ingest.extract.metrics.money_sales import settle_sale, tells_of_goods
from ingest.extract.metrics.view import View
from ingest.extract.text.patterns import compiled

# "made $10 billion in the quarter": what a firm earns in a time.
MADE = re.compile(
    r"\b(?:made|makes|earned|earns|grossed|netted|cleared|pocketed) (?:about |some |around |over |more than |nearly )?$"
)
IN_A_TIME = re.compile(
    r"[^.;$€£,]{0,25}\b(?:in (?:the|its|that) (?:\w+ )?(?:quarter|half|year)|last (?:year|quarter)|(?:a|per) (?:quarter|month))\b"
)
# "a $50 million expansion of the high school": a town's own works.
CIVIC = re.compile(
    r"^[- ](?:\w+ ){0,2}(?:expansion|renovation|upgrade|construction|rebuild(?:ing)?|repair|widening|extension|replacement|improvements?)(?: of| to| at| for) "
    r"[^.;,|]{0,40}\b(?:schools?|elementary|university|college|hospital|clinic|airport|roads?|highways?|bridges?|streets?|stadium|library|jail|courthouse|church)\b"
    r"|^[- ](?:\w+ ){0,2}(?:school|fire station|police station|road|highway|bridge|hospital|stadium|library|jail|courthouse|sewer|railway)\b",
    re.IGNORECASE,
)
# "a campus of 84 MW in the estate, valued at $2 billion": works are worth what they cost; a company is valued.
VALUED_WORKS = compiled(
    r"\b(?:facilit(?:y|ies)|campus(?:es)?|projects?|data cent(?:er|re)s?|sites?|developments?|plants?|complex|parks?|hubs?|schemes?|phases?)\b"
    r"(?:(?!\b(?:company|operator|firm|startup|business|developer|provider|maker|subsidiary|owner|group|leases?|contracts?|deals?|agreements?|partnership)\b)[^.;$€£]){0,90}\bvalued at (?:about |around |some |over |more than |up to )*$"
    r"|\bvalu(?:ed|es|ing) (?:the |its |this |their )(?:\w+ )?(?:projects?|campus|scheme|developments?|expansion|works|data cent(?:er|re)s?|build-?out) at (?:about |around |some |over |more than |up to )*$",
    re.IGNORECASE,
)
# "a bridge near the data center will cost $30 million".
ON_OTHERS = re.compile(
    r" (?:on|for) (?:the |its |local |new |area |nearby )*(?:[\w'’-]+ ){0,2}(?:severance|layoffs|pensions|bonuses|salaries|wages|lawyers|legal (?:fees|costs)|lobby\w*|advertis\w*|marketing|roads|schools|teachers|housing|flood\w*|resurfacing|repaving|paving|sidewalks|mental health|scholarships)\b"
    r"| to (?:the |its |local |new |area )*(?:[\w'’-]+ ){0,2}(?:mental health|scholarships|good causes|charities|pensions|teachers)\b"
)
CIVIC_COST = compiled(
    r"\b(?:bridge|school|highway|bypass|hospital|clinic|stadium|arena|library|jail|courthouse|museum|airport|fire station|police station|swimming pool|church)s?\b(?! (?:site|land|building))[^.;,$€£]{0,45}\b(?:costs?|costing|priced at|budgeted at) $",
    re.IGNORECASE,
)
# "the exemptions cost Virginia $1 billion": what it costs a state, not what is built.
COSTS_WHOM = compiled(
    r"\b(?:cost|costs|costing) (?:the )?(?:state|county|city|taxpayers|ratepayers|treasury|public|schools|[A-Z]\w+(?: [A-Z]\w+)?) (?:about |around |some |over |more than |nearly |an estimated |up to )*$"
)
RELIEF = re.compile(r"\b(?:exempt|abate|break|credit|incentive|subsid|relief|tax)\w*\b", re.IGNORECASE)
# "backs another $90 million of the rent, for an aggregate of $1.3 billion": the second sum is of the thing of the first.
ALTOGETHER = compiled(
    r"\b(?:for (?:an? |its |the )(?:aggregate|total|combined total|sum total) of|(?:bringing|taking|lifting|raising|brings) (?:it|the (?:total|aggregate|sum)|its (?:total|commitment)|[\w ]{0,20}total) to) $"
)
# "gives $1 million to a community college": a gift.
GIVES = compiled(
    r"\b(?:gives?|gave|giving|grant(?:s|ed)?|contribut(?:es|ed)|award(?:s|ed)?) (?:about |another |up to |more than )?$"
)
TO_A_SCHOOL = re.compile(
    r" to (?:an? |the |its |local |area |two |three |\d+ )*(?:[\w-]+ ){0,3}(?:colleges?|schools?|universit(?:y|ies)|communit(?:y|ies)|nonprofits?|charit(?:y|ies)|students|district|librar(?:y|ies)|food banks?)\b"
)
# "annual tax revenue at build-out of $31 million".
TAX_OF = compiled(
    r"\btax(?:es)? (?:revenues?|receipts?|income|base|yields?|take|bills?|payments?|savings|breaks?)(?: (?!(?:for|to|on)\b)[\w'’-]+){0,5} (?:of|at|to|is|was|be) $|\btaxes (?:of|worth|totall?ing) $",
    re.IGNORECASE,
)
# "the deal values Orrin at $4 billion": a whole business, of which a share was sold.
VALUES = re.compile(
    r"\b(?:[Vv]alues|valuing|valued) (?:it|them|[A-Z][\w.&-]*)(?: [A-Z][\w.&-]*){0,4} at (?:about |around |some |over |more than |nearly |roughly )*$"
)
IS_WORTH = re.compile(
    r"(?<![Ii]t )(?<!that )(?<!which )(?<!this )(?<!deal )\b(?:is|are|was|were|day|now|currently|still|whole|whole of it) worth (?:about |around |some |over |more than |nearly |roughly )*$"
)
# "was valued at $9 billion in its last funding round".
IN_A_ROUND = re.compile(
    r" (?:in|at|after|during|following) (?:an?|the|its|that) (?:[\w-]+ ){0,2}(?:(?:funding|financing|investment) )?round\b"
)
VALUED_AT = ("valued at ", "worth ")
# "fund their share of $27 billion in total development costs": what the building costs, whoever funds it.
IN_COSTS = re.compile(
    r" (?:in|of) (?:the |its |total |overall )?(?:(?:development|construction|project|building|build) costs?|(?:[\w-]+ ){0,2}(?:retrofit|construction|capital|development|build-?out) (?:expenditures?|spending|outlays?|works))\b"
)
# "guided to $200 billion for 2026": of capital spending, unless sales are named.
GUIDED = compiled(
    r"\bguid(?:ed|es|ing) (?:to|for|toward) (?:about |around |some |roughly |up to |as much as |between )*$",
    re.IGNORECASE,
)
# "It cost ₹96 crore, funded by the ministry": what a thing cost, whoever paid.
IT_COST = re.compile(
    r"\b(?:costs?|costing|cost of) (?:about |around |some |nearly |over |more than |up to |an estimated |roughly )*$"
)
BOUGHT = compiled(
    r"\b(?:acqui\w+|stakes?|shares|b(?:uy|ought)\w*|takeover|merger|loans?|debt|bonds?|financing|contracts?|agreements?|leases?|permits?|fees?)\b",
    re.IGNORECASE,
)
IN_SALES = re.compile(r"[^.;]{0,14}\b(?:revenues?|sales|EBITDA|earnings|income|profit|bookings)\b", re.IGNORECASE)
VALUED = compiled(r"\bvalu(?:ed|ing|es|ation)\b(?:\W+\w+){0,6}\W+(?:at )?(?:\w+ ){0,2}$", re.IGNORECASE)


def settle(view: View, scores: dict[str, float]) -> None:
    """Add to `scores` what the turns around the sum speak for; strike out a label that one of them denies."""
    window, after = view.window(110), view.after(80)
    before = window.text

    def add(label: str, weight: float) -> None:
        scores[label] = scores.get(label, 0.0) + weight

    settle_raised(view, scores)
    settle_contract(view, scores)
    if IS_WORTH.search(before) and max(scores.get("contract", 0.0), scores.get("capex", 0.0)) < 1.0:
        add("none", 3.0)
    if MADE.search(before) and IN_A_TIME.match(after):
        add("none", 4.0)
    if COSTS_WHOM.seek(window) and RELIEF.search(before):
        add("none", 4.0)
    if view.topic and ALTOGETHER.seek(window):
        add(view.topic, 3.0)
    if CIVIC_COST.seek(window):
        add("none", 6.0)
    if CIVIC.match(after) or ON_OTHERS.match(after) or (TO_A_SCHOOL.match(after) and GIVES.seek(window)):
        add("none", 4.0)
    if TAX_OF.seek(window):
        add("none", 4.0)
    if VALUES.search(before):
        add("none", 5.0)
    if before.endswith(VALUED_AT) and IN_A_ROUND.match(after):
        scores.pop("financing", None)
        add("none", 5.0)
    elif VALUED_WORKS.seek(window):
        scores.pop("none", None)
        add("capex", 3.0)
    if IN_COSTS.match(after):
        scores.pop("financing", None)
        add("capex", 4.0)
    if IT_COST.search(before) and BOUGHT.seek(window) is None:
        scores.pop("financing", None)
        add("capex", 1.0)
    settle_sale(view, scores)
    if GUIDED.seek(window) and not IN_SALES.match(after):
        scores.pop("none", None)
        add("capex", 3.0)
    if settle_business(view, scores, VALUED.seek(window) is not None):
        return
    if VALUED.seek(window) and not re.search(
        r"\b(?:deal|contract|agreement|order|lease|project|campus|investment|offer|transaction)\b",
        before[-60:],
        re.IGNORECASE,
    ):
        add("none", 2.0)
    if tells_of_goods(view, window):
        add("contract", 2.5)
