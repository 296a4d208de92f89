"""
Turns of phrase of money that a contract is worth: what it brings, what a customer pays for it, what it runs to.

In: a sum of money in its sentence, and what the words around it speak for. Out: the same scores, with contract raised and what it
denies struck out. Never looks outside the sentence.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.view import View
from ingest.extract.text.patterns import compiled

# "Safaricom has taken a third of it, KSh 8 billion over ten years": who takes room pays for it as long as the lease runs.
TAKES_ROOM = compiled(
    r"\b(?:pay(?:s|ing)?|paid|payments?|owes?|rent(?:s|ed|ing)?|takes?|taken|took|occup(?:y|ies|ied)|tenants?|hir(?:e|es|ed)|reserv(?:e|es|ed)|sign(?:s|ed) with)\b(?:(?!\b(?:loan|debt|build|invest)\w*)[^.;$€£]){0,100}$",
    re.IGNORECASE,
)
FOR_YEARS = re.compile(
    r",? (?:spread )?(?:over|for|across) (?:(?:an?|the|its|their) )?(?:(?:initial|first|base|full|next|whole) )?(?:[\w-]+[ -]years?\b|(?:terms?|life|lives|duration)\b)"
)
# "| 207 MW | $3.8 billion, 10 years |", "sold $175 million of it, five years, to a client": how long the agreement runs.
YEARS_OF_IT = re.compile(
    r"(?: of (?:it|that|which)(?: \w+)?)?, ?[~(]?(?:about |some |around )?(?:\d{1,2}|two|three|four|five|six|seven|eight|ten|twelve|fifteen|twenty)[ -]years?\b"
    r"(?! (?:ago|earlier|later|before|after|old|from|since|in|ahead|behind|into)\b)"
)
# "supply it with $20 billion of GPU racks": goods that somebody is to bring.
BRINGS_GOODS = compiled(
    r"\b(?:ship|suppl(?:y|ies|ied)|sell|deliver|provid)\w* (?:[\w'’&.-]+ ){0,4}(?:about |some |up to |around |over |more than |another |as much as |at least )*$",
    re.IGNORECASE,
)
OF_GOODS = re.compile(
    r" (?:worth )?of (?:(?!for\b|and\b|to\b)[\w'’-]+ ){0,3}(?:racks|GPUs|chips|servers|systems|accelerators|processors|turbines|engines|generators|transformers|switchgear|batteries|hardware|fuel cells)\b"
)
# "the value of our order at more than $9 billion".
VALUE_OF_IT = compiled(
    r"\bvalue of (?:the|this|that|its|their|our|each) (?:[\w-]+ ){0,3}(?:commitments?|contracts?|agreements?|leases?|orders?|awards?|reservations?|services|subscriptions?)\b[^.;$€£]{0,50}$",
    re.IGNORECASE,
)
# "an order for 400 GPUs in May, valued at $9 million": goods and agreements are worth what is paid; a company is valued.
VALUED_GOODS = compiled(
    r"\b(?:orders?|GPUs?|systems|servers|accelerators|machines|racks|hardware|switches)\b"
    r"(?:(?!\b(?:company|startup|business|subsidiary|group|stake)\b)[^.;$€£]){0,70}\bvalued at (?:about |around |some |over |more than |up to )*$",
    re.IGNORECASE,
)
# "a lease that brings Cipher $800 million in revenue": what one contract brings is what it is worth.
CONTRACT_BRINGS = compiled(
    r"\b(?:contract|lease|agreement|deal|pact)s?\b[^.;$€£]{0,80}\b(?:worth|good for|bring|represent|generat|expected|yield|add|mean|carr|total|produc|deliver)\w*\b[^.;$€£]{0,50}$",
    re.IGNORECASE,
)
IN_REVENUE = re.compile(
    r"^ (?:in|of) (?!annual|(?:\w+ )?tax\b)(?:[\w-]+ ){0,3}revenues?\b(?!.{0,20}\b(?:a|per|each) year)"
)
# "contracts which we estimate will generate revenue of $2 billion over their terms": of one agreement, not of a year.
REVENUE_OF_IT = compiled(
    r"\b(?:agreements?|contracts?|leases?|MSA|licen[cs]es?|orders?|deals?|tenan(?:cy|t))\b[^;$€£]{0,150}\brevenues? (?:of|is|are|at|to|totall?ing|estimated|expected|will|would|over|amounts?|comes?)\b[^.;$€£]{0,40}$",
    re.IGNORECASE,
)
# "the Company expects revenue under the MSA of $1 billion".
REVENUE_UNDER = compiled(
    r"\brevenues? (?:under|from|over|of) (?:the |this |that |its |such |each )(?:[\w-]+ ){0,3}(?:agreements?|contracts?|leases?|MSA|licen[cs]e|orders?|deals?|terms?)\b[^.;$€£]{0,40}$",
    re.IGNORECASE,
)
REVENUE_FROM = re.compile(
    r"^ (?:in|of) (?!(?:\w+ )?tax\b)(?:[\w-]+ ){0,2}revenues? (?:comes |is |stems )?(?:from|under|over) (?:the |its |a )?(?:[\w-]+ ){0,3}(?:leases?|contracts?|agreements?|deals?)\b"
)
IF_EXTENDED = re.compile(
    r"^,? (?:if|should|with|when|once) [^.;]{0,40}\b(?:extensions?|options?|renewals?|exercised|extended|renewed)\b"
)
WITH_EXTENSIONS = compiled(
    r"\b(?:with|including|counting) (?:(?:all|both|the|its|every|two|three|four) )*(?:[\w-]+ )?(?:extensions?|renewals?|renewal options?|extension options?)\b[^.;$€£]{0,50}$",
    re.IGNORECASE,
)
# "a contract that could run to $340 million": the noun that the sum is said of.
CONTRACT_RUNS_TO = compiled(
    r"\b(?:contract|lease|agreement|deal|order|pact|tenancy|letting)s? (?:(?:that|which|with|by|from) (?:[\w'’-]+ ){1,5}?|(?:is|was|are|could|may|might|would|will) |expected to )*(?:(?:now )?worth|(?:run|amount|come|ris|climb)\w* to|reach\w*|total\w*) "
    r"(?:an? (?:total|estimated) of |about |around |some |up to |over |more than |at least |as much as |nearly )*$",
    re.IGNORECASE,
)
# "non-cancelable purchase commitments for data center equipment of $1.8 billion".
COMMITMENTS = compiled(
    r"\b(?:purchase|procurement|supply|supplier|take-or-pay|lease|rental|capacity|cloud|compute|hosting|power) (?:and \w+ )?(?:commitments?|obligations?|undertakings?)\b(?:(?!\b(?:guarant|back|loan|note)\w*)[^.;$€£]){0,70}\b(?:of|at|to|was|were|is|are|totall?(?:ing|ed)|reached|reach) $",
    re.IGNORECASE,
)
# "agreed to rent capacity in the data center worth $6 billion".
RENTS_WORTH = compiled(
    r"\b(?:rent|leas|hir|reserv|book|buy|bought|purchas|order|take|took|suppl|provid|deliver)\w* (?:[\w'’-]+ ){0,3}(?:capacity|compute|power|electricity|space|GPUs|chips|servers|racks|services|megawatts)\b[^.;$€£]{0,60}\bworth $",
    re.IGNORECASE,
)
PAY_COMPANY = compiled(
    r"\b(?:commit(?:s|ted|ting)? to|pay|pays|paid|paying|spend|spends|spending|got|gets|receiv(?:es|ed)|collect(?:s|ed)?|charg(?:es|ed))\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
FOR_COMPUTE = re.compile(
    r"^[^.;,$]{0,50}\bfor (?:[\w-]+ ){0,3}(?:comput\w+|cloud|capacity|chips|GPUs|TPUs|power|electricity|energy|hosting|services|turbines|engines|generators|gensets|transformers|switchgear|chillers|(?:fuel )?cells|panels|modules|inverters|hardware|racks|servers|equipment|cooling|batteries|cables?|fib(?:er|re)|optics|memory)\b",
    re.IGNORECASE,
)


def settle_contract(view: View, scores: dict[str, float]) -> None:
    """Add to `scores` what speaks for an agreement to buy or rent."""
    window, after = view.window(110), view.after(80)

    def add(weight: float, *denied: str) -> None:
        scores["contract"] = scores.get("contract", 0.0) + weight
        for label in denied:
            scores.pop(label, None)

    if COMMITMENTS.seek(window) or RENTS_WORTH.seek(window):
        add(3.0, "capex")
    if CONTRACT_RUNS_TO.seek(window):
        add(3.0)
    if (CONTRACT_BRINGS.seek(window) and IN_REVENUE.match(after)) or REVENUE_FROM.match(after):
        add(4.0, "none")
    if REVENUE_UNDER.seek(window) or (FOR_YEARS.match(after) and REVENUE_OF_IT.seek(view.window(240))):
        add(4.0, "none", "capex")
    if FOR_YEARS.match(after) and TAKES_ROOM.seek(window):
        add(2.5)
    if YEARS_OF_IT.match(after):
        add(3.5)
    if VALUE_OF_IT.seek(window) or (OF_GOODS.match(after) and BRINGS_GOODS.seek(window)):
        add(3.5, "capex")
    if VALUED_GOODS.seek(window):
        add(4.0, "none")
    if IF_EXTENDED.match(after) or WITH_EXTENSIONS.seek(window):
        add(2.0)
    if FOR_COMPUTE.match(after) and (bound := PAY_COMPANY.seek(window)):
        add(4.0 if bound.group().lower().startswith("commit") else 3.0)
