"""
What was bought or sold for a sum: goods, land to build on, or a business with what it runs.

In: a sum of money in its sentence, and what the words around it speak for. Out: the same scores, raised or struck out: goods are a
contract, land is capex, a data center in use, a company or a share of one is financing. Never looks further back than one sentence.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.view import View
from ingest.extract.text.patterns import Window, compiled

GOODS_FOR = compiled(
    r"\b(?:GPUs?|TPUs?|chips?|processors?|accelerators|systems|servers|supercomputers?|machines|hardware|racks|turbines|engines|generators|gensets|transformers|switchgear|chillers|"
    r"cooling|batteries|equipment|cables?|memory|modules|(?:fuel |battery )cells|panels|inverters)\b(?!, (?:wants|plans|is|will|has))[^.;$]{0,80}\b(?:for|worth)\b[^.;$,]{0,32}$"
)
# "buys power from the reactors for $6 billion".
SUPPLY = compiled(
    r"\b(?:b(?:ought|uys?|uying)|purchas(?:e|es|ed|ing)|s(?:ells?|old|elling)) (?:[\w-]+ ){0,3}(?:power|electricity|energy|capacity|compute|cloud|time)\b(?! (?:plants?|stations?|lines?|compan|business|operator|firm|provider|unit))[^.;$]{0,80}\bfor\b[^.;$,]{0,24}$",
    re.IGNORECASE,
)
WORTH = re.compile(r"\b(?:for|worth)\b[^.;$,]{0,24}$")
_DEALT = (
    r"\b(?:b(?:ought|uys?|uying)|acquir(?:e|es|ed|ing)|purchas(?:e|es|ed|ing)|s(?:ells?|old|elling)|t(?:ook|aken?|akes|aking) over|dispos(?:e|es|ed|ing) of|divest(?:s|ed|ing)?|"
    r"part(?:s|ed|ing) with|(?:off|un)load(?:s|ed|ing)?|auction(?:s|ed|ing)?|(?:sale|purchase|disposal|divestiture)(?: (?:from|by|to) [A-Z][\w ,.&'’-]{1,60}?)? of|snapp?(?:s|ed|ing)? up|scoop(?:s|ed|ing)? up|swallow(?:s|ed|ing)?|gobbl(?:es|ed|ing)|pick(?:s|ed|ing)? up|(?:t(?:ook|akes|aking)) out)\b"
)
PAID = compiled(_DEALT + r"|\b(?:paid|pay(?:s|ing)?|took|handed)\b", re.IGNORECASE)
DEALT = compiled(_DEALT, re.IGNORECASE)
FOR = re.compile(r"\b(?:for|paid|pay|pays|paying|price|under|at)\b[\w\s]{0,24}$")
PROPERTY = compiled(
    r"\b(?:\d[- ]?ha|landowners?|owners of the land|farms?|farmland|farmers?|land|ground|dirt|(?:industrial|office) (?:buildings?|park|estate)|(?:former|old|disused|vacant|empty|shuttered|idle|abandoned|closed) (?:[\w-]+ ){0,3}(?:plants?|buildings?|mills?|stores?|mall|depot|factory|works|station|refinery|smelter|brewery|hospital|school)|(?:textile|paper|steel|car|auto|chemical|furniture|assembly|manufacturing|cement|printing) (?:plants?|mills?|works)|acres?|plots?|parcels?|hectares?|warehouse|factory|mill|site for|property for|substation|square[- ](?:met(?:er|re)s?|foot|feet)|lot|works)\b",
    re.IGNORECASE,
)
BUSINESS = compiled(
    r"\b(?:(?:two|three|four|five|six|seven|eight|\d+) (?:sites|properties|facilities|buildings)|campus|data cent(?:er|re)s?|halls?|\d+ ?MW (?:building|hall)|company|operator|business|per cent|percent|\d%|% of|"
    r"facility|shares|firm|it for|it instead|portfolio|\d+ per cent|majority)\b",
    re.IGNORECASE,
)
# "sells 35 percent of its campus", "bought the facility, with the acres beside it": what is named first is what was bought.
_NOT_IT = r"(?:land|acres?|hectares?|plots?|parcels?|farm\w*|site|property|ground|for|to|from|by|in|near|beside|where|which|and|out|chips|GPUs|servers|capacity|power|space|more|options?|rights?|permits?)"
_OBJECT = (
    rf"{_DEALT}(?: (?!{_NOT_IT}\b)[\w%.,'’-]+){{0,5}} (?:facilit(?:y|ies)|campus(?:es)?|data[- ]?cent(?:er|re)s?|halls?|business|portfolio|operator|company|subsidiary|stakes?|interest|majority|per ?cent|percent|\d+%|"
    r"\d+ ?MW (?:building|hall|site)|colos?)"
    r"(?! (?:site|land|parcel|property|plot|equipment|chips|capacity|power|space|hardware|gear|servers|project))\b"
)
OBJECT = compiled(_OBJECT + r"[^.;$€£]{0,110}$", re.IGNORECASE)
# "Its parent bought it, in stages, for 850 million": a firm, unless land was spoken of.
IT_BOUGHT = compiled(_DEALT + r" (?:it|them|both|her|the former|the latter)\b[^.;$€£]{0,60}$", re.IGNORECASE)
ANY_OBJECT = compiled(_OBJECT, re.IGNORECASE)
# "leases the hall to a cloud group for S$300 million over nine years", "pays Orrin 2 billion euros until 2031": for a time.
LETS = compiled(
    r"\b(?:leas(?:e|es|ed|ing)|lets?|letting|rent(?:s|ed|ing)?|hir(?:es|ed|ing)|licen[cs](?:e|es|ed|ing)|host(?:s|ed|ing)?|reserv(?:e|es|ed|ing)|hous(?:e|es|ed|ing)|outsourc(?:e|es|ed|ing))\b[^.;$€£]{0,90}\b(?:for|at) (?:an? (?:total |aggregate |maximum |estimated )?(?:cost|price|maximum|total|fee|rent|charge|sum) of )?(?:about |around |some |up to |over |more than )*$",
    re.IGNORECASE,
)
# "The purchase price for the data center land was $14 million".
LAND_PRICE = compiled(
    r"\b(?:price|consideration|sum|paid) (?:paid )?(?:for|of) (?:the |its |this |that )?(?:[\w'’-]+ ){0,3}(?:land|plot|parcels?|acreage|farmland|ground|acres|hectares)\b[^.;$€£]{0,40}$"
    r"|\b(?:acres|hectares|land|farmland|acreage|parcels?|plots?)\b[^.;$€£]{0,70}\b(?:for|at|with) an? (?:total |aggregate |cash |net )*(?:purchase )?price of (?:about |approximately |around |some )?$",
    re.IGNORECASE,
)
RENT = re.compile(r"\brent(?:al)?s?\b[^.;$€£]{0,25}$", re.IGNORECASE)
# "Calder buys 50 MW from the operator. Price: $300 million."
TAKES = compiled(
    r"\b(?:buy|buys|bought|takes?|took|books?|booked|rents?|rented|leases?|leased|hires?|hired|orders?|ordered|reserves?|reserved) (?:[\w,.'’-]+ ){0,3}(?:\d+ ?MW|megawatts|GPUs?|chips|capacity|compute|racks|servers|[BH][123]00s|GB[23]00s)\b"
)
# "takes the whole hall for five years at a price of $200 million".
LETS_FOR_YEARS = compiled(
    r"\b(?:tenants?|lessee|client|customer|tak(?:e|es|en|ing)|took|leas(?:e|es|ed|ing)|rent(?:s|ed|ing)?|hir(?:es|ed|ing)|let|reserv(?:e|es|ed|ing)|host(?:s|ed|ing)?)\b[^.;$€£]{0,70}\bfor (?:an? )?[\w-]+[ -](?:years|months)\b[^.;$€£]{0,40}\b(?:for|at|of|worth|costing) (?:about |around |some |up to )*$",
    re.IGNORECASE,
)
# "bought for £21 million in 2020 and refitted for £30 million".
REFITTED = re.compile(
    r"\b(?:refit(?:s|ted|ting)?|renovat(?:es|ed|ing)|refurbish(?:es|ed|ing)|rebuilt|rebuilds|rebuilding|convert(?:s|ed|ing)|upgrad(?:es|ed|ing)|equipp(?:ed|ing)|gutted|enlarg(?:es|ed|ing)|fitted out) (?:it |them )?(?:for|at) (?:about |around |some |another )?$"
)
# "agreed on 48 MW in Kulai for RM 2.9 billion".
MEGAWATTS_FOR = compiled(
    r"\b(?:agre(?:es|ed) on|sign(?:s|ed)|contract(?:s|ed)|secur(?:es|ed)|tak(?:es|en|ing)|took|book(?:s|ed)) (?:[\w'’-]+ ){0,2}\d[\d.,]* ?(?:[MG]W|megawatts|gigawatts)\b[^.;$€£]{0,50}\bfor (?:about |around |some |up to )*$",
    re.IGNORECASE,
)
# "pays $4 million yearly for its cage, or $40 million in ten years".
OR_IN_ALL = re.compile(r"\b(?:rents?|pays?|paid|fees?|leases?)\b[^.;]{0,60},? or (?:about |around |some |roughly )?$")
IN_YEARS = re.compile(r" (?:in|over|across) (?:all|total|the (?:term|whole)|[\w-]+ years)\b")
PAYEE = re.compile(
    r"\b(?:pay|pays|paid|paying) (?:the |its )?(?:(?:[A-Z][\w&.-]*(?: |$)){1,4}|(?:[\w-]+ ){0,3}(?:company|operator|landlord|owner|firm|provider|developer|miner|neocloud|host|lessor) )(?:about |around |some |up to |over |more than )*$"
)
FOR_A_TIME = re.compile(
    r"[^.;$€£]{0,70}?\b(?:(?:over|for|across|during) (?:the next )?(?:[\w-]+ ){1,2}(?:years|months)|over (?:an?|the next|one|two) decades?|over (?:its|the) (?:life|term)|(?:until|till|through|to) (?:the end of |mid-|early |late )?20\d\d)\b"
)
# "took over MainOne, with sites in Nigeria, for $320 million".
NAMED_OBJECT = re.compile(
    rf"{_DEALT} (?:rival |all of |the operator |the rest of )?[A-Z][\w&-]+(?: [A-Z][\w&-]+)*(?!['’]s? )(?=,? (?:for|from|in|last|at|and its|outright|whole)\b|, (?:with|the|an?|which|for|based)\b)"
)
# "sold to Orrin, March 2025, £20m": the price of a list has no word of its own.
SOLD_LISTED = re.compile(r"\b[Ss]old\b(?! out)[^.;$€£]{0,60}, $")
# "paid $3.5 billion for a majority of it".
FOR_BUSINESS = re.compile(
    r" (?:in cash |in stock )?for (?:the |its |an? |about |two |three |four |another |\d+ )*(?:[\w-]+ ){0,3}?(?:estate|halls?|campus(?:es)?|data cent(?:er|re)s|majority|stake|\d+ ?%|\d+ per ?cent|business|operator|portfolio|company|shares|half)\b",
    re.IGNORECASE,
)
FOR_IT = re.compile(r"^ for (?:it|them|this|these|all of it|the (?:whole|lot))\b")
FOR_NAME = re.compile(
    r" (?:in cash |in stock )?for (?:(?:rival|all of|the rest of|operator|neocloud|miner) )?(?=[A-Z])"
)
OWNED = re.compile(
    r"['’]s?\b| (?:data|AI|cloud|infrastructure|capacity|servers|chips|GPUs|hardware|equipment|compute|services|systems|racks|credits|power)\b",
    re.IGNORECASE,
)
"""What makes a company's name say whose a thing is."""
BACK = 400
"""Characters of the sentence before that are looked at."""
HOLDING = re.compile(r"\b(?:bought|buys|buying|buy) (?:into|out)\b[^.;]{0,40}$")
# "Orrin buys the hall. The price was 80 billion yen."
PRICE = re.compile(r"\b(?:pays|paid|[Pp]rice|[Cc]onsideration)\b[^.;$€£]{0,50}$")


def tells_of_goods(view: View, window: Window) -> bool:
    """Whether the sum is what goods before it are worth: a chip that is named, or a word for machines."""
    if GOODS_FOR.seek(window) or SUPPLY.seek(window):
        return True
    start = view.quantity.start
    near = any(start - 90 < b <= start for _, b in view.chip_spans)
    return near and WORTH.search(window.text) is not None


def settle_sale(view: View, scores: dict[str, float]) -> None:
    """Add to `scores` what was bought for the sum, if anything was."""
    start = view.quantity.start
    window, before, after = view.window(110), view.before(170), view.after(60)

    def add(label: str, weight: float, *denied: str) -> None:
        scores[label] = scores.get(label, 0.0) + weight
        for other in denied:
            scores.pop(other, None)

    if REFITTED.search(before):
        add("capex", 3.0, "financing")
        return
    if SOLD_LISTED.search(before) or HOLDING.search(before):
        add("financing", 3.0)
        return
    if LAND_PRICE.seek(window):
        add("capex", 3.0, "financing", "contract")
        return
    payee = PAYEE.search(before) is not None
    earlier = view.text[max(view.previous_start, view.sentence_start - BACK) : view.sentence_start]
    for_years = LETS_FOR_YEARS.seek(window) or MEGAWATTS_FOR.seek(window)
    if (
        for_years
        or (OR_IN_ALL.search(before) and IN_YEARS.match(after))
        or ((LETS.seek(window) or payee) and FOR_A_TIME.match(view.after(110)))
    ):
        add("contract", 3.5, "capex")
        return
    if RENT.search(before) and FOR_A_TIME.match(view.after(110)):
        add("contract", 3.0, "none")
        return
    if PRICE.search(before) and TAKES.search(earlier):
        add("contract", 2.5)
        return
    if PRICE.search(before) and not DEALT.search(before) and ANY_OBJECT.search(earlier):
        add("financing", 2.5)
        return
    if not FOR.search(before[-40:]) or not PAID.search(before):
        return
    nearby = before + after
    if FOR_IT.match(after):
        nearby += earlier
    if tells_of_goods(view, window):
        add("contract", 1.0, *(("financing",) if PRICE.search(before) else ()))
    elif OBJECT.search(before) or (IT_BOUGHT.search(before) and not PROPERTY.search(earlier + before)):
        add("financing", 3.0, "capex")
    elif PROPERTY.search(nearby):
        add("capex", 2.0)
    elif FOR_BUSINESS.match(after) or _is_for_a_company(view, after):
        add("financing", 3.0)
    elif (
        BUSINESS.search(nearby)
        or NAMED_OBJECT.search(before)
        or (not payee and any(start - 100 < a < start for a, _ in view.company_spans[1:]))
    ):
        add("financing", 2.0)


def _is_for_a_company(view: View, after: str) -> bool:
    """Whether the sum is what a company goes for by its name: "pays A$24 billion for AirTrunk"."""
    named = FOR_NAME.match(after)
    if named is None:
        return False
    at = view.quantity.end + named.end()
    return any(a == at and not OWNED.match(view.text, b, b + 40) for a, b in view.company_spans)
