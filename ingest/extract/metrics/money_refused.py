"""
Sums that are nobody's spending on infrastructure, whatever stands around them.

In: a sum of money in its sentence. Out: whether it is refused: a small sum, a step up or down, a price per unit, growth in
percent, a weight in pounds, how rich somebody is. Never says what a sum is for.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.view import View
from ingest.extract.text.patterns import compiled, window

SMALL = 1.0e6
"""Sums below this (in whatever currency, save the large-number ones) are prices, fees and fines."""
INCREMENT = compiled(
    r"\b(?:lift|rais|increas|boost|cut|lower|trim|rose|ris|grew|grow|reduc|up|down|higher|lower|decreas|declin|fell|fall|shr[aiu]nk|jump|climb)\w*\b[^.;]{0,44}\bby (?:about |another |some |roughly |a further |nearly |up to )?\s*$|\b(?:increase|rise|jump|cut|reduction|hike) (?:of|is|was|amounts to|amounted to) (?:about |roughly |nearly )?\s*$",
    re.IGNORECASE,
)
# "goes up by $400 million by 2030, and by $250 million in 2045".
STEPS_ON = compiled(r"\bby (?:\w+ )?[$€£¥₹][^;]{1,60},? (?:and|then|and then) by (?:about |some |another |roughly )?$")
# "A gigawatt costs about $50 billion. Or $40 billion.": the other answer is a price per unit too.
OR_ELSE = compiled(
    r"\b(?:[Aa]n?|[Oo]ne|1|[Ee]ach|[Ee]very|per)[ -](?:gigawatt|GW|megawatt|MW)\b[^\n]{0,90}(?:\bOr (?:maybe |perhaps |about )?|\bcosts?\b[^.]{0,20}\?[^.!?;]{0,60})$"
)
UNIT_COST = compiled(
    r"\b(?:an?|one|1|each|every|per)[ -](?:gigawatt|GW|megawatt|MW)\b[^.;$€£]{0,60}\b(?:costs?|priced?|runs?|takes?|at|around)\b[^.;$€£]{0,24}$",
    re.IGNORECASE,
)
# "$4.08 billion, a gain of 68%": what grows by percents is sales, unless a word of spending stands by it.
GROWTH_AFTER = re.compile(
    r",? (?:or |which is |that is )?(?:up|down|a (?:gain|rise|increase|decline|jump|drop|fall) of|an increase of|rising|growing|increasing|higher by|lower by|against)? ?"
    r"(?:about |some |nearly )?\d[\d.,]* ?(?:%|percent|per cent)(?! (?:of|stake|interest|share))",
    re.IGNORECASE,
)
SPENDING = compiled(
    r"\b(?:cap(?:ital|[- ]?ex)|spend|spent|invest|budget|outlay|guidance|rais(?:e|ed|es|ing)\b|borrow|loan|bond|lease|contract|deal)",
    re.IGNORECASE,
)
# "structural steel of 26.5 million pounds": what is weighed, not paid.
WEIGHT = re.compile(
    r"\b(?:steel|concrete|copper|carbon|CO2|emissions|weigh\w*|cargo|of (?:water|sand|rebar|material))\b[^|]{0,40}\||^[^|]*\| of (?:steel|concrete|copper|carbon|CO2|emissions|rebar|material)",
    re.IGNORECASE,
)
# "a trillion-dollar tenant": how rich somebody is.
SO_RICH = re.compile(
    r"[- ](?:(?!(?:from|to|by|for|of|in|and|with)\b)\w+[- ])?(?:tenants?|customers?|counterpart(?:y|ies)|compan(?:y|ies)|startups?|giants?|industry|clubs?|question|bet|opportunit(?:y|ies)|prize|race|boom|brands?|businesse?s?|valuations?)\b"
)
# "55% above the $119.5 billion that Wall Street had estimated": what others expected.
EXPECTED_BY = re.compile(
    r",? (?:that |which )?(?:Wall Street|(?:the )?(?:analysts?|market|Street|consensus|investors|traders|economists))(?: had| have| has)? (?:been )?"
    r"(?:expect|estimat|forecast|pencil|predict|anticipat|look|project|bet|model|assum)\w*|,? (?:expected|estimated|forecast|predicted|pencil+ed in|projected|anticipated) by (?:analysts|Wall Street|the (?:market|Street))",
    re.IGNORECASE,
)
# "accumulated amortization of leases was $955 million": a line of the books.
BOOKED = compiled(
    r"\b(?:accumulated (?:amorti[sz]ation|depreciation)|right-of-use assets?|impairments?|goodwill|deferred (?:tax|revenue)|carrying (?:value|amount)|fair value)\b[^;]{0,110}$",
    re.IGNORECASE,
)
EXPECTATION = compiled(
    r"\b(?:analysts?|Wall Street|the Street|consensus|the market|investors)\b[^.;$€£]{0,30}\bhad (?:expected|estimated|forecast|predicted|pencil\w*|projected|anticipated|looked for|modell?ed|assumed)\b[^.;$€£]{0,40}$"
    r"|\b(?:consensus|(?:analysts|Wall Street|the Street)['’]s?(?: average| consensus)?) (?:estimates?|forecasts?|expectations?|figures?|was|is|of|at)\b[^.;$€£]{0,40}$",
    re.IGNORECASE,
)
# "refinanced 400 student beds with $96 million": a house, not a hall.
DWELLINGS = compiled(
    r"\b(?:student[- ]hous\w+|student beds|beds|multifamily|apartments?|condo\w*|townhomes?|senior (?:living|housing)|self[- ]storage|hotels?|resorts?|shopping (?:cent\w+|malls?)|single-family|rental homes|office towers?)\b",
    re.IGNORECASE,
)
OURS = compiled(
    r"\b(?:data[- ]?cent\w+|datacent\w+|hyperscal\w+|servers?|compute|computing|cloud|AI|GPUs?|colocation|megawatts?|[MG]W|campus(?:es)? of|power)\b"
)
COMPARED = re.compile(
    r",? an? (?:[\w-]+ )?margin of \d| more at (?:either|each|both|the (?:top|low|high|upper|lower|bottom)) end|\s(?:year[- ]over[- ]year|year[- ]on[- ]year|y/y|yoy|increase(?! (?:of|in|to) (?:an?|the|its) (?:[\w-]+ ){0,2}(?:facility|loan|debt|credit|line|revolver|notes?)\b)|rise|jump|cut|(?:more|less|higher|lower) than (?:analysts|expected|in the|in Q|a year|last|the (?:quarter|year)))\b"
)


# "holds $3 billion in cash", "ended the quarter with $1.9 billion of liquidity".
HAS = re.compile(
    r"\b(?:holds?|held|holding|has|had|having|with|sits on|sat on) (?:about |around |some |over |more than |nearly |almost |roughly )?$"
)
IN_CASH = re.compile(r" (?:in|of) (?:unrestricted |available )?(?:cash|liquidity)\b")


def is_refused(view: View) -> bool:
    """Whether the sum is no claim before any word is weighed."""
    quantity = view.quantity
    wide = view.window(100)
    sentence = window(view.text, view.sentence_start, view.sentence_end)
    return (
        quantity.rate
        or quantity.high < SMALL
        or INCREMENT.seek(view.window(90)) is not None
        or STEPS_ON.seek(wide) is not None
        or OR_ELSE.seek(window(view.text, max(0, quantity.start - 130), quantity.start)) is not None
        or UNIT_COST.seek(wide) is not None
        or (quantity.unit == "GBP" and WEIGHT.search(view.before(60) + " | " + view.after(30)) is not None)
        or COMPARED.match(view.after(30)) is not None
        or EXPECTED_BY.match(view.after(70)) is not None
        or (IN_CASH.match(view.after(30)) is not None and HAS.search(view.before(40)) is not None)
        or BOOKED.seek(view.window(150)) is not None
        or EXPECTATION.seek(view.window(120)) is not None
        or (DWELLINGS.seek(sentence) is not None and OURS.seek(sentence) is None)
        or (quantity.words and SO_RICH.match(view.after(40)) is not None)
        or (GROWTH_AFTER.match(view.after(60)) is not None and SPENDING.seek(sentence) is None)
    )
