"""
Money told apart: capex, contract, financing, or none of them.

In: a sum of money in its sentence. Out: a verdict, or None for revenue, valuation, tax, price, profit and the rest.
The words around the sum vote, the nearer the louder (`cues`); the noun right after it ("$10 billion data center",
"$3 billion lease") speaks loudest. Never guesses: a sum no word speaks for takes the sentence before, else it is dropped.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.cues import find, load, weigh
from ingest.extract.metrics.money_again import settle_again
from ingest.extract.metrics.money_raised import banks_of
from ingest.extract.metrics.money_refused import is_refused
from ingest.extract.metrics.money_sales import OWNED, PROPERTY
from ingest.extract.metrics.money_turns import settle
from ingest.extract.metrics.view import Verdict, View
from ingest.extract.text.patterns import compiled

FAMILY = frozenset({"money"})
CUES = load("money")
HEAD_NOUN = re.compile(
    r"^(?:[- ]|,? (?:hyperscale|AI|new|planned|proposed|massive|sprawling|artificial intelligence|multi-phase|\d[\d,.]*[- ](?:acre|megawatt|gigawatt|MW|GW|year|building|square[- ]foot|phase|site))[, -]?)*(?P<noun>[\w-]+(?: [\w-]+){0,4})"
)
# "borrowed $12 million against the site": what follows a preposition or a verb is another thing than the sum.
NO_HEAD = re.compile(
    r"^[\s-]*(?:in|on|for|to|over|at|by|of|and|from|an?|the|as|is|was|has|which|that|with|against|under|across|towards?|into|onto|within|near|between|"
    r"through|throughout|during|after|before|behind|beside|besides|about|around|until|till|since|per|via|without|but|or|if|when|while|where|who|whose|because|"
    r"it|he|she|they|we|this|these|those|its|their|our|are|were|be|been|being|had|have|will|would|could|can|may|might|should|must|does|did|due|not|than|"
    r"comes|came|goes|went|remains?|makes?|made|gives|gave|brings|brought|pays|paid|buys|bought|helps|helped|covers|covered|gets|got|means|includes|included|stands|stood|funds (?:an?|the|its)|"
    r"said|says|so|also|up|down|out|off|away|together|alongside|jointly|more|less|last|next|earlier|ago|apart|instead|including|excluding|plus)\b",
    re.IGNORECASE,
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
            r"^(?:\S+ ){0,4}(?:loan|debt|bond|note|credit|facility agreement|equity|stake|round|financing|fund|funding|acquisition|takeover|buyout|joint venture|JV|backstop|guarantee|offering|placement|mortgage|refinancing|investment from|Series|revolv|convertible|tranche|bid\b|takeover offer|bridge\b(?! (?:over|across))|vehicle\b(?! (?:plant|factory|maker))|sukuk|shares\b|preferred|raise\b|accordion|increase (?:of|in|to) (?:an?|its|the) (?:[\w-]+ ){0,2}(?:facility|loan|credit|debt)|LP commitment|equity commitment|capital commitment)"
            r"|^(?:\w+-year|(?:equipment |capital )?leas(?:e|ing)|bank|lending|warehouse|undrawn|committed|senior|secured|syndicated|green) (?:\S+ ){0,2}facilit",
            re.IGNORECASE,
        ),
    ),
    (
        "capex",
        re.compile(
            r"^(?:\S+ ){0,3}(?:contract|order|deal|agreement|tender) (?:to|for) (?:the )?(?:build|construct|erect|design|engineer|prepare|clear|level|equip|fit out|refit|wire|extend|expand|raise|site|works)",
            re.IGNORECASE,
        ),
    ),
    (
        "contract",
        re.compile(
            r"^(?:\S+ ){0,5}(?:contract|agreement|deal|lease|order|pact|purchase|compute deal|cloud deal|tender)\b"
            r"|^(?:\S+ ){0,4}(?:cloud|compute|computing|Azure|AWS|OpenAI|Anthropic|capacity)[\w ]* (?:commitment|partnership|spend)\b"
            r"|^worth of (?:\S+ ){0,3}(?:compute|computing|cloud|chips|GPUs|power|electricity|energy|hosting|servers|services)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "capex",
        re.compile(
            r"^(?:\S+ ){0,5}(?:data[- ]?cent|campus|project|investment|facility|site|plant|complex|expansion|extension|installation|conversion|refurbishment|refit|fit-?out|job\b|works\b|shell\b|hall|cluster|system\b|substation|capex|capital|build|development|hub|supercomputer|initiative|program|plan|push|infrastructure|park|campus)",
            re.IGNORECASE,
        ),
    ),
)
# "accepted a contract of $300 million to put up a hall": what it costs to build.
WORKS_ORDER = compiled(
    r"\b(?:contract|order|job|tender|deal|award|assignment|commission)s?,? (?:(?:is |was |that is |which is )?(?:of|for|worth|valued at|priced at)|for a total of) (?:(?:about|some|around|up to|nearly|over|more than|a total of) )*$",
    re.IGNORECASE,
)
TO_PUT_UP = re.compile(
    r"(?: \([^)]{0,30}\))?,?(?: \w+)? (?:to|for) (?:the )?(?:put(?:ting)? up|build(?:ing)?|construct(?:ion|ing)?|erect(?:ion|ing)?|design(?:ing)?|engineer(?:ing)?|fit(?:ting)? out|fit-out|equip(?:ping)?|extend(?:ing)?|expand(?:ing)?)\b"
)
# "(after a $6.5 billion expansion)" of a contract is a contract.
ENLARGED = re.compile(
    r"^(?:\S+ )?(?:expansion|extension|upsiz\w+|increase|add-on|top-up|amendment)\b(?! of (?:the |its )?(?:campus|site|data|plant|facility))",
    re.IGNORECASE,
)
PURCHASE = re.compile(r"(?:\w+ )?purchase\b")
# "the A$24 billion purchase of Australia's AirTrunk".
PURCHASE_OF = re.compile(
    r"[- ](?:\w+ )?purchase of (?:[A-Z]\w+['’]s )?(?:rival |operator |developer |miner |the )?(?=[A-Z])"
)
# "orders of $40 million and $52 million": the second sum is of the thing of the first.
AND_SUM = re.compile(r",? (?:and|or|plus) (?:another |a further |about |of |up to )*")
RESPECTIVELY = re.compile(r",? respectively\b")
OF_THAT = re.compile(r" of (?:that|which|it|this|them|these|those|the)\b")


def classify(view: View) -> Verdict | None:
    """Decide what the sum `view.quantity` is for; None when it is no infrastructure money."""
    quantity = view.quantity
    if is_refused(view):
        return None
    weak = False
    scores = _scores(view)
    best_label = _loudest(scores)
    if not scores or scores[best_label] < 0.6:
        told = bool(scores)
        if not view.others and _is_bare(view) and not OF_THAT.match(view.after(12)):
            return None
        # No word of the sentence speaks for it: the sentence before, the figure before in the section, then the usual.
        if view.previous_start < view.sentence_start:
            earlier = find(CUES, view.text, view.previous_start, view.sentence_start)
            for label, value in weigh(view.text, earlier, quantity.start, quantity.end, ()).items():
                scores[label] = scores.get(label, 0.0) + 0.5 * value * (0.6 if label == "none" else 1.0)
        if view.topic:
            scores[view.topic] = scores.get(view.topic, 0.0) + (0.5 if told else 1.6)
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


def _is_bare(view: View) -> bool:
    """Whether the sum is written without a currency, which it has from another sentence."""
    quantity = view.quantity
    return (
        quantity.end == quantity.number_end
        and view.text[quantity.start].isalnum()
        and (quantity.words or view.text[quantity.start].isdigit())
    )


def _loudest(scores: dict[str, float]) -> str:
    return max(scores, key=lambda label: scores[label], default="")


def _scores(view: View) -> dict[str, float]:
    quantity, text = view.quantity, view.text
    start, end = quantity.start, quantity.end
    # "Zenith Cloud Services" is a name: it speaks neither for cloud nor for services.
    found = [
        f
        for f in find(CUES, text, view.sentence_start, view.sentence_end)
        if not any(a <= f.start and f.end <= b for a, b in view.company_spans)
    ]
    found += banks_of(view)
    # "Depreciation was $15 billion and $21 billion, respectively": what is said of the first is said of the second.
    paired = RESPECTIVELY.match(text, end) and next(
        (a for a, b in view.others if AND_SUM.fullmatch(text, b, start)), None
    )
    scores = dict(weigh(text, found, paired or start, end, view.others, view.sentence_start))

    def add(label: str, weight: float) -> None:
        scores[label] = scores.get(label, 0.0) + weight

    after = view.after(80)
    head = HEAD_NOUN.match(after)
    if head and not NO_HEAD.match(after):
        for label, pattern in HEADS:
            if pattern.match(head.group("noun")):
                if (
                    label == "contract"
                    and PURCHASE.match(head.group("noun"))
                    and PROPERTY.search(view.before(170) + after)
                ):
                    label = "capex"  # the purchase of land
                elif (
                    label == "contract"
                    and (bought := PURCHASE_OF.match(text, end))
                    and any(a == bought.end() and not OWNED.match(text, b, b + 40) for a, b in view.company_spans)
                ):
                    label = "financing"  # the purchase of a company
                elif (
                    label == "capex"
                    and "contract" in (view.topic, _loudest(scores))
                    and ENLARGED.match(head.group("noun"))
                ):
                    label = "contract"
                add(label, 3.0)
                break
    settle(view, scores)
    if TO_PUT_UP.match(after) and WORKS_ORDER.seek(view.window(60)):
        scores.pop("contract", None)
        add("capex", 3.0)
    if view.topic and not paired and any(b < start and AND_SUM.fullmatch(text, b, start) for _, b in view.others):
        add(view.topic, 1.5)
    for item in find(CUES, view.column, 0, len(view.column)) if view.column else ():
        add(item.cue.label, 0.7 * item.cue.weight)
    for item in find(CUES, text, *view.heading_span):
        add(item.cue.label, 0.08 * item.cue.weight)
    settle_again(view, scores, CUES)
    if view.guidance and quantity.qualifier == "range":
        add("capex", 0.5)
    return scores
