"""
Sums between two businesses: what a firm on sale is to fetch, what a backer puts in, what goods and partnerships are worth.

In: a sum of money in its sentence, and what the words around it speak for. Out: the same scores, raised or struck out, and whether
nothing more need be asked. Never looks further back than the sentence before.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.money_sales import PAID, PROPERTY
from ingest.extract.metrics.view import View
from ingest.extract.text.patterns import compiled

# "Partners Group wants $4.7 billion for atNorth", "the sale could fetch $9 billion": a price for a business.
ASKS = compiled(
    r"\b(?:wants?|wanted|seek(?:s|ing)?|sought|ask(?:s|ed|ing)?(?: for)?|hop(?:es|ed|ing) (?:for|to get)|target(?:s|ed|ing)?|fetch(?:es|ed|ing)?|bring in|get|gets|worth|valu\w+|price (?:of|tag of))\b(?:(?!\b(?:spend|invest|build|put|pay|raise|borrow|lend)\b)[^.;$€£]){0,28}$",
    re.IGNORECASE,
)
ON_SALE = compiled(
    r"\b(?:sell(?:s|ing)?|sale|sold|on the (?:block|market)|up for grabs|put (?:\S+ ){0,4}for sale|divest\w*|dispos\w+|auction|bidd(?:ers?|ing)|suitors?|buyers?|(?:talks|deal|agreement|close|bid) to (?:buy|acquire|purchase|take over)|takeover|buyout)\b",
    re.IGNORECASE,
)
FOR_A_NAME = re.compile(r" for (?:the )?(?:[a-z]\w*)?[A-Z]\w+(?: [A-Z]\w+)*(?:,|\.| and\b| as\b|$)")
NO_SALE = compiled(
    r"\bsales (?:of|were|rose|grew|fell)|sell(?:s|ing)? (?:power|electricity|capacity|compute|chips|GPUs|servers|cloud)|\bsold (?:power|electricity|capacity|compute|chips|GPUs|servers)",
    re.IGNORECASE,
)
# "a $50 million investment from Helios": money that comes in.
FROM_BACKER = re.compile(
    r" (?:[\w-]+ ){0,2}(?:investment|commitment|injection|infusion|cheque|check|backing) (?:from|led by) (?:the )?(?=[A-Z])(?!\w+(?: [A-Z]\w+)* in (?:[A-Z]|the))"
)
# "a deal for Beowulf, the builder, at $1.45 billion: $900 million in cash": a price for a business.
DEAL_FOR = re.compile(r"\b(?:deal|offer|bid|agreement) (?:for|to (?:buy|acquire)) (?=[A-Z])")
IN_SHARES = re.compile(
    r" (?:(?:all )?in (?:cash|stock|shares)(?:$|[,.;:)]| and (?:stock|shares|cash)\b)|of (?:its |new )?(?:preferred |common |ordinary )(?:shares|stock|equity))"
)
# "$6 billion to Corning for fiber-optic cables": goods are bought.
TO_MAKER = re.compile(
    r" to (?:[A-Z][\w.&-]* ?){1,4}for (?:[\w-]+ ){0,4}(?:cables?|fib(?:er|re)|equipment|turbines|transformers|servers|memory|hardware|switchgear|cooling|generators|batteries|chips|GPUs|TPUs|capacity|comput\w+|cloud|power|electricity|services)\b"
)
COMMITTED = compiled(
    r"\b(?:commit(?:s|ted|ting)?|pay(?:s|ing)?|paid|pledg(?:es|ed)|promised|award(?:s|ed)?|hand(?:s|ed)) (?:up to |about |some |over |more than |another )*$",
    re.IGNORECASE,
)
# "CoreWeave lease, $7B".
LEASE_OF = compiled(
    r"\b(?:lease|contract|offtake|tenancy|hosting agreement|colocation agreement)s?(?:,|:| -| –| at| \()? ?(?:about |~|up to )?$",
    re.IGNORECASE,
)
# "a partnership with DataVolt, valued at $20 billion": what two firms will do for one another is valued as a deal is.
PARTNERSHIP = compiled(
    r"\b(?:partnership|alliance|tie-up|collaboration|joint venture|memorandum|MoU|venture)\b[^.;$€£]{0,90}$",
    re.IGNORECASE,
)
INVESTORS = compiled(
    r"\b(?:pension|investment board|sovereign|fund|funds|investors?|private equity|capital partners|asset manager|REIT|CPP(?:IB| Investments)?|GIC|joint venture|stake)\b",
    re.IGNORECASE,
)

LAND = compiled(r"\b(?:land|acres?|hectares?|plots?|parcels?|property tax|farm\w*)\b", re.IGNORECASE)

# "agreed to purchase a building and the land under it, with machinery, for a cash price of $50 million".
PROPERTY_FOR = compiled(
    r"\b(?:purchas|acquir|buy|bought)\w*\b[^;$€£]{0,60}\b(?:land|acres?|hectares?|parcels?|plots?|building|site)\b[^;$€£]{0,140}\b(?:for|at) (?:an? )?"
    r"(?:total |aggregate |cash |purchase |net )*(?:consideration|price) of (?:about |some |around |approximately |roughly )?$"
    r"|\b(?:land|acres?|hectares?|parcels?|plots?|building|site),? (?:(?:which|that|the|[A-Z]\w+) )*(?:was |were |had )?(?:acquired|bought|purchased)\b[^;$€£]{0,90}\b(?:for|at) (?:an? )?(?:total |cash |purchase )*price of (?:about |some |around |approximately |roughly )?$",
    re.IGNORECASE,
)
# "a parcel beside the hall fetched $62 million".
FETCHED = re.compile(
    r"\b(?:fetch(?:es|ed)|sold (?:for|at)|went for|chang(?:es|ed) hands (?:for|at)) (?:about |around |some |over |more than |nearly )?$"
)


def settle_business(view: View, scores: dict[str, float], valued: bool) -> bool:
    """Add to `scores` what the turns speak for; True where a value (`valued`) is thereby a price and not a valuation."""
    text, start = view.text, view.quantity.start
    window, after = view.window(110), view.after(80)

    def add(label: str, weight: float, *denied: str) -> None:
        scores[label] = scores.get(label, 0.0) + weight
        for other in denied:
            scores.pop(other, None)

    if FROM_BACKER.match(after):
        add("financing", 4.5, "capex")
    named = DEAL_FOR.search(view.before(140))
    if named and any(
        a == max(view.sentence_start, start - 140) + named.end() and not text[b : b + 3].startswith(("'s", "’s"))
        for a, b in view.company_spans
    ):
        add("financing", 3.0, "contract")
    if (
        IN_SHARES.match(after)
        and not PROPERTY.search(window.text)
        and (named or PAID.search(view.sentence) or view.topic == "financing")
    ):
        add("financing", 3.5, "none")
    if TO_MAKER.match(after) and COMMITTED.seek(window):
        add("contract", 4.0, "capex")
    if LEASE_OF.seek(window):
        add("contract", 3.0)
    if PROPERTY_FOR.seek(view.window(260)):
        add("capex", 4.5, "financing", "contract")
    elif FETCHED.search(window.text) and LAND.search(window.text):
        add("capex", 4.5, "financing")
    elif ASKS.seek(window):
        told = text[view.previous_start : start]
        on_sale = ON_SALE.search(told) is not None
        if (on_sale or FOR_A_NAME.match(after)) and not NO_SALE.search(told) and not LAND.search(told):
            add("financing", 4.0, "capex", "contract")
            if ON_SALE.search(window.text):
                return True
    if valued and PARTNERSHIP.seek(window):
        add("financing" if INVESTORS.search(view.sentence) else "contract", 4.0, "none")
        return True
    return False
