"""
Turns of phrase that settle what a sum is for, louder than single words: "$4 billion of notes", "paid $300 million for the land".

In: a sum of money in its sentence, and what the words around it speak for. Out: the same scores, raised or struck out.
Never looks outside the sentence, save where "for it" points to the one before.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.money_business import settle_business
from ingest.extract.metrics.money_sales import OWNED, settle_sale, tells_of_goods
from ingest.extract.metrics.view import View
from ingest.extract.patterns import compiled

INTO = re.compile(
    r"^(?:\s(?:in cash|in stock|more|each))?(?P<put>\s(?:pumped|invested|put|poured|ploughed|plowed))?\s(?:in|into|in the)\s(?:(?:the |an? |its )?(?:[\w-]+ ){0,4}?(?:company|firm|group|operator|developer|startup|provider|business|neocloud)\b|itself\b|(?=[A-Z]))"
)
FIRMS = ("company", "firm", "group", "operator", "developer", "startup", "provider", "business", "neocloud")
# "commit $3 billion to a vehicle that buys chips".
TO_VEHICLE = re.compile(
    r" (?:in)?to (?:an? |the |its |their )(?:[\w-]+ ){0,3}?(?:vehicle|fund|joint venture|venture|SPV|partnership|special[- ]purpose)\b",
    re.IGNORECASE,
)
# "twelve banks stumped up 15 billion baht": whoever lends for a living.
LENDERS_GIVE = compiled(
    r"\b(?:banks?|lenders?|syndicate|creditors|bondholders|insurers|bank group|JP ?Morgan|MUFG|Mizuho|SMBC|Barclays|HSBC|Goldman(?: Sachs)?|Morgan Stanley|Citi\w*|Deutsche Bank|Wells Fargo|KfW|EIB|EBRD|IFC|BNDES|Santander|Natixis|"
    r"Soci[eé]t[eé] G[eé]n[eé]rale|BNP Paribas|Cr[eé]dit Agricole|Scotiabank|DBS|OCBC|UOB|Maybank|Krungthai|Kasikornbank|Nordea|Danske|SEB|Bpifrance)\b(?: and [A-Z]\w+)?(?: (?!and|analysts?|estimat|expect|forecast|reckon|says?|said|project)[\w-]+){0,4}? (?:will |would |to |are |have |is |has )*"
    r"(?:provid|stump|put|advanc|extend|commit|suppl|contribut|chip|pool|arrang|pledg|hand|offer|pay)\w*(?: (?:up|in|out|over|together))? (?:about |some |around |up to |another |over |more than )*$",
    re.IGNORECASE,
)
# "its largest customer committed to pay it $14 billion".
CUSTOMER_PAYS = compiled(
    r"\b(?:customers?|clients?|tenants?|lessee)\b(?:(?!\b(?:build|construct|invest|who|which)\b)[^.;,$€£]){0,40}\b(?:commit|pay|paid|owe|promis|guarante)\w*(?: to pay)?(?: (?:it|them|him))? (?:about |some |around |up to |another |over |more than |at least )*$",
    re.IGNORECASE,
)
PUT_BEFORE = compiled(
    r"\b(?:invest(?:s|ed|ing|ment)?|put(?:s|ting)?|pump\w*|inject\w*|pour\w*|plough\w*)\b(?:[^.;,]|\.\d){0,60}$",
    re.IGNORECASE,
)
_DEBT = (
    r"(?:(?:new|senior|secured|unsecured|convertible|green|bridge|term|private|project|long-term|bank|fresh|additional|syndicated|tax) )*"
    r"(?:debt|loans?|bonds?|notes|equity|credit|financing|funding|borrowings?|mortgages?|joint venture|venture|facility|round|sukuk|offering|capital raise)\b"
)
# "$4 billion of 6.5% notes", "a $3 billion tranche of delayed draw term loans", "$80 billion of data-center financing".
OF_DEBT = re.compile(
    rf"^ (?:tranche |portion )?(?:of|in|worth of) (?:\d[\d.]*% )?(?:(?!for\b|and\b|to\b|of\b|in\b|from\b)[\w'’-]+ ){{0,5}}{_DEBT}",
    re.IGNORECASE,
)
DEBT_OF = compiled(
    rf"\b{_DEBT} (?:of|worth|totall?ing|for|in an? (?:aggregate |principal |total )*amount of) (?:up to |about |around |\w+ )?$",
    re.IGNORECASE,
)
FINANCED_WITH = compiled(
    r"\b(?:financed|refinanced|funded|backed) (?:by|with|through) (?:(?:[^.;]|\.\d){0,80}\bwith )?(?:about |some |another |up to |an? )*$",
    re.IGNORECASE,
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
    r"(?:(?!\b(?:company|operator|firm|startup|business|developer|provider|maker|subsidiary|owner|group|leases?|contracts?|deals?|agreements?|partnership)\b)[^.;$€£]){0,90}\bvalued at (?:about |around |some |over |more than |up to )*$",
    re.IGNORECASE,
)
# "a lease that brings Cipher $800 million in revenue": what one contract brings is what it is worth.
CONTRACT_BRINGS = compiled(
    r"\b(?:contract|lease|agreement|deal|pact)s?\b[^.;$€£]{0,80}\b(?:worth|good for|bring|represent|generat|expected|yield|add|mean|carr|total|produc|deliver)\w*\b[^.;$€£]{0,50}$",
    re.IGNORECASE,
)
IN_REVENUE = re.compile(r"^ (?:in|of) (?!annual)(?:[\w-]+ ){0,3}revenues?\b(?!.{0,20}\b(?:a|per|each) year)")
REVENUE_FROM = re.compile(
    r"^ (?:in|of) (?:[\w-]+ ){0,2}revenues? (?:comes |is |stems )?(?:from|under|over) (?:the |its |a )?(?:[\w-]+ ){0,3}(?:leases?|contracts?|agreements?|deals?)\b"
)
IF_EXTENDED = re.compile(
    r"^,? (?:if|should|with|when|once) [^.;]{0,40}\b(?:extensions?|options?|renewals?|exercised|extended|renewed)\b"
)
# "the exemptions cost Virginia $1 billion": what it costs a state, not what is built.
COSTS_WHOM = compiled(
    r"\b(?:cost|costs|costing) (?:the )?(?:state|county|city|taxpayers|ratepayers|treasury|public|schools|[A-Z]\w+(?: [A-Z]\w+)?) (?:about |around |some |over |more than |nearly |an estimated |up to )*$"
)
RELIEF = re.compile(r"\b(?:exempt|abate|break|credit|incentive|subsid|relief|tax)\w*\b", re.IGNORECASE)
# "upsized the loan from $900 million to $1.3 billion": the second sum is of the thing of the first.
FROM_TO = compiled(
    r"\bfrom (?:about |some |around |an? (?:earlier|initial|original) )?[$€£¥₹A-Z][^;,]{1,28} to (?:about |some |around |up to |as much as |over |more than )?$"
)
BACKS = compiled(r"\bback(?:s|ed|ing|stops?|stopped|stopping) (?:up to |about |some |as much as |another )*$")
# "gives $1 million to a community college": a gift.
GIVES = compiled(
    r"\b(?:gives?|gave|giving|grant(?:s|ed)?|contribut(?:es|ed)|award(?:s|ed)?) (?:about |another |up to |more than )?$"
)
TO_A_SCHOOL = re.compile(
    r" to (?:an? |the |its |local |area |two |three |\d+ )*(?:[\w-]+ ){0,3}(?:colleges?|schools?|universit(?:y|ies)|communit(?:y|ies)|nonprofits?|charit(?:y|ies)|students|district|librar(?:y|ies)|food banks?)\b"
)
AND_ANOTHER = re.compile(
    r" and [A-Z]\w+(?: [A-Z]\w+)? (?:up to |about |another |some |as much as |over )*[A-Z]{0,2}[$€£¥][\d.,]+ ?(?:billion|million|bn|mn|B|M)\b(?= in(?:to)? [A-Z])"
)
# "a contract that could run to $340 million": the noun that the sum is said of.
CONTRACT_RUNS_TO = compiled(
    r"\b(?:contract|lease|agreement|deal|order|pact|tenancy|letting)s? (?:(?:that|which|with|by|from) (?:[\w'’-]+ ){1,5}?|(?:is|was|are|could|may|might|would|will) |expected to )*(?:(?:now )?worth|(?:run|amount|come|ris|climb)\w* to|reach\w*|total\w*) "
    r"(?:an? (?:total|estimated) of |about |around |some |up to |over |more than |at least |as much as |nearly )*$",
    re.IGNORECASE,
)
# "the deal values Netrality at $3.3 billion": a whole business, of which a share was sold.
VALUES = re.compile(
    r"\b(?:[Vv]alues|valuing|valued) (?:it|them|[A-Z][\w.&-]*)(?: [A-Z][\w.&-]*){0,4} at (?:about |around |some |over |more than |nearly |roughly )*$"
)
IS_WORTH = re.compile(
    r"(?<![Ii]t )(?<!that )(?<!which )(?<!this )(?<!deal )\b(?:is|are|was|were|day|now|currently|still) worth (?:about |around |some |over |more than |nearly |roughly )*$"
)
VALUATION_OF = compiled(
    r"\bvaluation of (?:about |around |some |over |more than |up to |as much as |at least |nearly )*$"
)
# "$2 billion investment in Nscale": a stake, where what follows is a company and not its data center.
STAKE_IN = re.compile(r"^ (?:\w+ )?investment in (?=[A-Z])")
LENT = compiled(r"\b(?:lent|lends?|lending|loaned|advanced)\b[^.;,$€£]{0,60}$", re.IGNORECASE)
# "fund their share of $27 billion in total development costs": what the building costs, whoever funds it.
IN_COSTS = re.compile(
    r" (?:in|of) (?:the |its |total |overall )?(?:development|construction|project|building|build) costs?\b"
)
# "a $40 billion deal to buy Aligned Data Centers": a name is bought, not compute.
TO_BUY = re.compile(
    r"(?: \S+){0,2} (?:deal|agreement|bid|offer|transaction) to (?:buy|acquire|take over|purchase) (?=[A-Z])"
)
PAY_COMPANY = compiled(
    r"\b(?:commit(?:s|ted|ting)? to|pay|pays|paid|paying|spend|spends|spending|got|gets|receiv(?:es|ed)|collect(?:s|ed)?|charg(?:es|ed))\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
FOR_COMPUTE = re.compile(
    r"^[^.;,$]{0,50}\bfor (?:[\w-]+ ){0,3}(?:comput\w+|cloud|capacity|chips|GPUs|TPUs|power|electricity|energy|hosting|services|turbines|engines|generators|transformers|switchgear|racks|servers|equipment|cooling|batteries|cables?|fib(?:er|re)|optics|memory)\b",
    re.IGNORECASE,
)
# "guided to $200 billion for 2026": of capital spending, unless sales are named.
GUIDED = compiled(
    r"\bguid(?:ed|es|ing) (?:to|for|toward) (?:about |around |some |roughly |up to |as much as |between )*$",
    re.IGNORECASE,
)
IN_SALES = re.compile(r"[^.;]{0,14}\b(?:revenues?|sales|EBITDA|earnings|income|profit|bookings)\b", re.IGNORECASE)
VALUED = compiled(r"\bvalu(?:ed|ing|es|ation)\b(?:\W+\w+){0,6}\W+(?:at )?(?:\w+ ){0,2}$", re.IGNORECASE)


def settle(view: View, scores: dict[str, float]) -> None:
    """Add to `scores` what the turns around the sum speak for; strike out a label that one of them denies."""
    text, end = view.text, view.quantity.end
    window, after = view.window(110), view.after(80)
    before = window.text

    def add(label: str, weight: float) -> None:
        scores[label] = scores.get(label, 0.0) + weight

    if OF_DEBT.match(after) or DEBT_OF.seek(window) or LENT.seek(window):
        add("financing", 3.5)
    if LENDERS_GIVE.seek(window) or TO_VEHICLE.match(after):
        add("financing", 4.0)
        scores.pop("capex", None)
    if CUSTOMER_PAYS.seek(window):
        add("contract", 3.0)
        scores.pop("capex", None)
    if IS_WORTH.search(before) and max(scores.get("contract", 0.0), scores.get("capex", 0.0)) < 1.0:
        add("none", 3.0)
    if COSTS_WHOM.seek(window) and RELIEF.search(before):
        add("none", 4.0)
    if view.topic and FROM_TO.seek(window):
        add(view.topic, 3.0)
    if FINANCED_WITH.seek(window) or BACKS.seek(window):
        add("financing", 3.0)
    if CIVIC.match(after) or (TO_A_SCHOOL.match(after) and GIVES.seek(window)):
        add("none", 4.0)
    stake = STAKE_IN.match(after)
    named = next((b for a, b in view.company_spans if stake and a == end + stake.end()), None)
    if named is not None and not OWNED.match(text[named : named + 40]):
        scores.pop("capex", None)
        add("financing", 4.5)
    if CONTRACT_RUNS_TO.seek(window):
        add("contract", 3.0)
    if VALUATION_OF.seek(window) or VALUES.search(before):
        add("none", 5.0)
    if VALUED_WORKS.seek(window):
        scores.pop("none", None)
        add("capex", 3.0)
    if (CONTRACT_BRINGS.seek(window) and IN_REVENUE.match(after)) or REVENUE_FROM.match(after):
        scores.pop("none", None)
        add("contract", 4.0)
    if IF_EXTENDED.match(after):
        add("contract", 2.0)
    if IN_COSTS.match(after):
        scores.pop("financing", None)
        add("capex", 4.0)
    if TO_BUY.match(after):
        scores.pop("contract", None)
        add("financing", 4.0)
    if FOR_COMPUTE.match(after) and (bound := PAY_COMPANY.seek(window)):
        add("contract", 4.0 if bound.group().lower().startswith("commit") else 3.0)
    # "will invest up to $5 billion and Nvidia up to $10 billion in Anthropic": both sums go in.
    both = AND_ANOTHER.match(after)
    put_in = both.end() if both else 0
    into = INTO.match(after[put_in:])
    if (
        into
        and (into.group("put") or PUT_BEFORE.seek(window))
        and (
            into.group().rstrip().endswith(FIRMS)
            or any(a == end + put_in + into.end() and not OWNED.match(text[b : b + 40]) for a, b in view.company_spans)
        )
    ):
        scores.pop("capex", None)
        add("financing", 4.5)
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
