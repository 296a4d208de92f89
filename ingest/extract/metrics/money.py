"""
Money told apart: capex, contract, financing, or none of them.

In: a sum of money in its sentence. Out: a verdict, or None for revenue, valuation, tax, price, profit and the rest.
The words around the sum vote, the nearer the louder (`cues`); the noun right after it ("$10 billion data center",
"$3 billion lease") speaks loudest. Never guesses: a sum no word speaks for takes the sentence before, else it is dropped.
"""

from __future__ import annotations

import re

from ingest.extract.cues import Cue, find, table, weigh
from ingest.extract.metrics.view import Verdict, View

FAMILY = frozenset({"money"})

CUES = table(
    [
        # Contracts first where a phrase would else be read as revenue or capex.
        Cue(
            "contract",
            4.0,
            r"(?:total |base-term |aggregate |anticipated )*contracted (?:lease |base-term )*revenues?|lease revenues?|contract value|total contract|revenue backlog of the (?:deal|contract)|prepa(?:y|id|yment)\w*",
        ),
        Cue(
            "none",
            4.5,
            r"(?:property |sales |income |use |local |state |federal )*tax(?:es|payers?)?(?:[- ](?:breaks?|credits?|abatements?|revenues?|incentives?|exemptions?|relief|receipts?|benefits?|savings|base|bills?|money))*|abate(?:ment|d)s?|incentives?|subsid(?:y|ies|ised|ized)|rebates?|PILOT",
        ),
        Cue(
            "none",
            4.0,
            r"revenues?|sales|turnover|profits?|earnings|net (?:income|loss)|income|EBITDA|EBIT|ARR|run[- ]rate|gross margin|royalt(?:y|ies)|billings",
        ),
        Cue(
            "none",
            4.0,
            r"valuations?|valued|values? (?:it|the company|the operator|the firm|itself)|market (?:capitali[sz]ation|cap|value)|enterprise value|worth that much|share price|price target|post-money|pre-money|net worth",
        ),
        Cue("none", 3.5, r"backlogs?|remaining performance obligations?|RPO|orders on its books|order book"),
        Cue("none", 3.5, r"(?:a|per) share|dividends?|buybacks?|repurchas\w+|shareholders"),
        Cue(
            "none",
            3.0,
            r"GDP|gross domestic product|economic (?:impact|output|benefit|activity|growth)|economic development benefits|to the economy|added value",
        ),
        Cue(
            "none",
            3.5,
            r"payrolls?|wages?|salar(?:y|ies)|annual pay|compensation|average pay|total expenses|operating expenses|opex|operating costs?|energy costs?|electricity costs?",
        ),
        Cue(
            "none",
            3.0,
            r"ratepayers?|electric(?:ity)? bills?|monthly bills?|household bills?|savings?|save[sd]?|saving",
        ),
        Cue(
            "none",
            3.5,
            r"fin(?:e|ed|es)\b|penalt(?:y|ies)|lawsuits?|settlement|damages|donat\w+|charit\w+|scholarships?|community (?:fund|benefits?|investment|grants?)|philanthrop\w+|impact fund|growth fund|training programs?|water projects|schools?|grants? to",
        ),
        Cue(
            "none",
            3.0,
            r"assets under management|in assets|of assets|balance sheet|cash(?: and| on hand|,)|inventor(?:y|ies)|write[- ]?(?:off|down)s?|impairment|charge of|dry powder",
        ),
        Cue(
            "none",
            2.5,
            r"analysts? (?:had |have )?(?:expect|estimat|pencil|predict|forecast)\w*|consensus|Wall Street|analysts|the market (?:size|opportunity)|addressable market|total addressable|market (?:will|is expected to|could) (?:reach|grow|hit)",
        ),
        Cue(
            "none",
            2.5,
            r"prices?|costs? (?:consumers|customers|households)|list price|per (?:unit|month|token|hour)|apiece|retail|rent(?:al)? of|a month",
        ),
        # Financing.
        Cue(
            "financing",
            4.0,
            r"(?:bridge |term |green |syndicated |bank |construction |project |delayed[- ]draw |private |senior |secured |junior |mezzanine )*(?:loans?|debt|bonds?|notes|credit (?:facilit(?:y|ies)|lines?|agreement)|revolv(?:er|ing)(?: credit)?(?: facility)?|facilit(?:y|ies) (?:agreement|with banks)|mortgages?|sukuk|securiti[sz]\w+|convertibles?|debentures?|CMBS|ABS|private placement|bank money|borrowings?)",
        ),
        Cue(
            "financing",
            3.5,
            r"rais(?:e|ed|es|ing)(?! (?:its|the|their|his|guidance|forecast|capex|from))|fundrais\w+|fund(?:ing|ed|s)?(?! for (?:schools))|financ(?:e|ed|es|ing|ings|ier|iers)|refinanc\w+|capital raise|Series [A-H]\b|(?:seed|growth|financing|funding|investment) round|round|led by|lend(?:s|ers?|ing)?|lent|borrow(?:s|ed|ing)?|underwr\w+|proceeds",
        ),
        Cue(
            "financing",
            3.5,
            r"equity|stakes?|shares?|stock|interest in|minority|majority stake|preferred|warrants?|IPO|initial public offering|listing|offering|capital commitments?|capital injection|recapitali\w+",
        ),
        Cue(
            "financing",
            3.5,
            r"acqui(?:re|red|res|ring|sition|sitions)|takeover|take-private|takes? private|bu(?:y|ys|ying) out|buyout|merger|all-stock|all-cash|purchase price|sold (?:its|the|a|an)",
        ),
        Cue(
            "financing",
            3.0,
            r"joint venture|JV|venture|backstop\w*|guarante\w+|investors?|special[- ]purpose|co-invest\w*|sovereign wealth|private equity|credit funds?|infrastructure fund|debt-financed|off-balance-sheet",
        ),
        # Contracts.
        Cue(
            "contract",
            3.5,
            r"contracts?(?! (?:workers|manufactur))|contracted|agreements?|deals?|leases?|leased|leasing|tenan(?:t|cy)|take[- ]or[- ]pay|offtake|hosting|colocation (?:agreement|deal)|orders?|ordered|purchase (?:orders?|agreements?|commitments?)|pacts?|accords?|tender(?:ed)?|supply (?:deal|agreement|contract)",
        ),
        Cue(
            "contract",
            3.0,
            r"to rent|rents?|renting|buy(?:s|ing)? (?:compute|computing|cloud|capacity|chips|GPUs|power|electricity|servers|turbines)|cloud (?:services?|deal|contract|computing services)|commit(?:s|ted)? to (?:buy|buying|purchase|purchasing|spend on (?:AWS|Azure|Google Cloud))|compute (?:deal|contract|capacity)|spend (?:\S+ ){0,4}on (?:AWS|Azure|Oracle|Google Cloud|cloud services|compute from)|of Azure|Azure|worth of (?:chips|GPUs|compute|cloud|computing)|chips from|GPUs from|purchas(?:e|es|ed|ing) of (?:\S+ ){0,3}(?:chips|GPUs|hardware|equipment|servers|systems)",
        ),
        # Capex.
        Cue(
            "capex",
            4.0,
            r"capital (?:expenditures?|spending|investments?|budget|outlays?|expenses)|cap(?:ital)?[- ]?ex|build[- ]?out|construction (?:costs?|budget)|cost of (?:construction|development|building)|development costs?|price[- ]?tag|infrastructure spending|spending plans?",
        ),
        Cue(
            "capex",
            3.2,
            r"invest(?:s|ed|ing|ments?)?|spend(?:s|ing)?|spent|pour(?:s|ed|ing)?|sink(?:s|ing)?|plough\w*|plow\w*|pump(?:s|ed|ing)?|pledg(?:e|es|ed|ing)|earmark\w*|outlays?|lay(?:s|ing)? out|set(?:s|ting)? aside|splurg\w+|shell(?:s|ed|ing)? out|put(?:s|ting)?(?: up)? |commit(?:s|ted|ment|ments|ting)?|allocat\w+|budget(?:s|ed|ing)?|bankroll\w*|inject\w*",
        ),
        Cue(
            "capex",
            2.6,
            r"build(?:s|ing)?|built|construct(?:s|ed|ing|ion)?|develop(?:s|ed|ing|ment)?|expan(?:d|ds|ded|ding|sion)|cost(?:s|ed|ing)?|costed|bill|estimated|priced|worth|capital|upgrade\w*|retrofit\w*",
        ),
        Cue(
            "capex",
            2.2,
            r"data[- ]?cent(?:er|re)s?|campus(?:es)?|facilit(?:y|ies)|projects?|sites?|hubs?|parks?|plants?|complex|supercomputers?|infrastructure|initiative|program(?:me)?s?|phases?|buildings?|halls?|clusters?|factor(?:y|ies)|superclusters?|servers|equipment|gigafactor\w+|region|development",
        ),
    ]
)
HEAD_NOUN = re.compile(
    r"^(?:[- ]|,? (?:hyperscale|AI|new|planned|proposed|massive|sprawling|artificial intelligence|multi-phase|\d[\d,.]*[- ](?:acre|megawatt|gigawatt|MW|GW|year|building|square[- ]foot|phase|site))[, -]?)*(?P<noun>[\w-]+(?: [\w-]+){0,4})"
)
HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "none",
        re.compile(
            r"^(?:\S+ ){0,2}(?:tax|revenue|profit|valuation|fine|grant|donation|fund for|community|market cap|loss|incentive|subsidy|company\b|startup|chipmaker|giant|impact fund|energy impact)",
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


def classify(view: View) -> Verdict | None:
    """Decide what the sum `view.quantity` is for; None when it is no infrastructure money."""
    quantity = view.quantity
    if quantity.rate or quantity.value < SMALL:
        return None
    text, start, end = view.text, quantity.start, quantity.end
    found = find(CUES, text, view.sentence_start, view.sentence_end)
    scores = dict(weigh(text, found, start, end, view.others))
    head = HEAD_NOUN.match(view.after(70))
    if head and not re.match(
        r"^[\s-]*(?:in|on|for|to|over|at|by|of|and|from|a|the|as|is|was|has|which|that|with)\b", view.after(20)
    ):
        for label, pattern in HEADS:
            if pattern.match(head.group("noun")):
                scores[label] = scores.get(label, 0.0) + 3.0
                break
    if not scores or max(scores.values()) < 0.5:
        if view.previous_start < view.sentence_start:
            earlier = find(CUES, text, view.previous_start, view.sentence_start)
            for label, value in weigh(text, earlier, start, end, ()).items():
                scores[label] = scores.get(label, 0.0) + value
    if view.heading:
        for item in find(CUES, view.heading, 0, len(view.heading)):
            scores[item.cue.label] = scores.get(item.cue.label, 0.0) + 0.25 * item.cue.weight / 3
    if view.guidance and quantity.qualifier == "range":
        scores["capex"] = scores.get("capex", 0.0) + 0.5
    if not scores:
        return None
    ranked = sorted(scores.items(), key=lambda kv: -kv[1])
    label, best = ranked[0]
    rest = ranked[1][1] if len(ranked) > 1 else 0.0
    if label == "none" or best < 0.25:
        return None
    margin = (best - rest) / (best + rest)
    return Verdict(label, margin, start, end)  # type: ignore[arg-type]
