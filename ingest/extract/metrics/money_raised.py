"""
Turns of phrase of money that is raised: lent, guaranteed, put into a firm, "$4 billion of notes".

In: a sum of money in its sentence, and what the words around it speak for. Out: the same scores, with financing raised and what it
denies struck out. Never looks outside the sentence.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.cues import Cue, Found
from ingest.extract.metrics.money_sales import OWNED
from ingest.extract.metrics.view import View
from ingest.extract.names.mentions import Hit, company_kinds
from ingest.extract.text.patterns import compiled

INTO = re.compile(
    r"^(?:\s(?:in cash|in stock|more|each))?(?P<put>\s(?:pumped|invested|put|poured|ploughed|plowed))?\s(?:in|into|in the)\s(?:(?:the |an? |its )?(?:[\w-]+ ){0,4}?(?:company|firm|group|operator|developer|startup|provider|business|neocloud)\b|itself\b|(?:its|our|their|the (?:company|firm|operator)['’]s) (?:equity|stock|shares|capital)\b|(?=[A-Z]))"
)
FIRMS = (
    "company",
    "firm",
    "group",
    "operator",
    "developer",
    "startup",
    "provider",
    "business",
    "neocloud",
    "equity",
    "stock",
    "shares",
    "capital",
)
# "twelve banks stumped up 15 billion baht": whoever lends for a living.
_GIVE = (
    r"(?: and [A-Z]\w+)?(?: (?!and|analysts?|estimat|expect|forecast|reckon|says?|said|project)[\w-]+){0,4}? (?:will |would |to |are |have |is |has )*"
    r"(?:provid|stump|put|advanc|extend|commit|suppl|contribut|chip|pool|arrang|pledg|hand|offer|pay|approv|grant|clear|allocat)\w*(?: (?:up|in|out|over|together))? $"
)
LENDERS_GIVE = compiled(
    rf"\b(?:banks?|lenders?|syndicate|creditors|bondholders|insurers|bank group)\b{_GIVE}", re.IGNORECASE
)
GIVES = re.compile(_GIVE, re.IGNORECASE)
FROM_BANK = re.compile(
    r"(?<!backed )(?<!owned )(?<!controlled )(?<!managed )(?<!founded )\b(?:from|with|by) (?:the |an? |its )?$"
)
LEAD = 10
"""Characters of the longest such lead."""
BANK = Cue("financing", 3.5, "")
# "acquired the owner of a 4 MW hall for a total consideration of CAD 60 million": a business is bought.
ACQUIRED_FOR = compiled(
    r"\bacquir(?:e|es|ed|ing)\b(?:(?!\b(?:land|acres?|hectares?|parcels?|plots?|buildings?|sites?|GPUs?|servers|equipment|machines)\b)[^;$€£]){0,140}\b(?:for|at) (?:an? )?(?:total |aggregate |cash |purchase |net )*(?:consideration|price) of (?:about |some |around |approximately |roughly )?$",
    re.IGNORECASE,
)
# "needs $150 million more, which a bank will lend".
TO_BE_LENT = re.compile(
    r"[^.;$€£]{0,40}(?<!of )\b(?:which|that|be|was|were|been) (?:[\w-]+ ){0,4}?(?:lends?|lent|borrow(?:s|ed)?|loaned|underwritten|put up by|financed by)\b"
)
# "under a $500 million facility": one that money is drawn from.
UNDER = re.compile(r"\b(?:under|from|on) (?:an? |its |the |their )(?:new |existing )?(?:up to )?$")
OF_CREDIT = re.compile(
    r"[- ](?:[\w-]+ ){0,3}(?:facility|line|revolver|program(?:me)?)\b(?! (?:in|at|near)\b)", re.IGNORECASE
)
PUT_BEFORE = compiled(
    r"\b(?:invest(?:s|ed|ing|ment)?|put(?:s|ting)?|pump\w*|inject\w*|pour\w*|plough\w*)\b(?:[^.;,]|\.\d){0,60}$",
    re.IGNORECASE,
)
_DEBT = (
    r"(?:(?:new|senior|secured|unsecured|convertible|green|bridge|term|private|project|long-term|bank|fresh|additional|syndicated|tax) )*"
    r"(?:debt|loans?|bonds?|notes?|equity|securities|SAFE|Series [A-H]|placement|credit|financing|funding|borrowings?|mortgages?|joint venture|venture|facilit(?:y|ies)|round|sukuk|converts?|convertibles?|debentures?|offering|capital raise)\b"
)
# "$4 billion of 6.5% notes", "a $3 billion tranche of delayed draw term loans", "$80 billion of data-center financing".
OF_DEBT = re.compile(
    rf"^ (?:tranche |portion )?(?:of|in|worth of) (?:\d[\d.]*% )?(?:(?!for\b|and\b|to\b|of\b|in\b|from\b)[\w'’-]+ ){{0,5}}{_DEBT}",
    re.IGNORECASE,
)
# "had taken in $43 million by way of a convertible note".
BY_WAY_OF = re.compile(
    rf" (?:by way of|by means of|through|via|in the form of) (?:an? |its |the |two |three )?(?:(?!for\b|and\b|to\b|of\b|in\b|from\b)[\w'’-]+ ){{0,3}}{_DEBT}"
)
DEBT_OF = compiled(
    rf"\b{_DEBT} (?:of|worth|totall?ing|for|(?:contribution )?(?:(?:of|by|from) (?:the |its )?[A-Z]?\w+ )?in an? (?:aggregate |principal |total )*amount of) (?:\w+ )?$",
    re.IGNORECASE,
)
FINANCED_WITH = compiled(
    r"\b(?:financed|refinanced|funded|backed) (?:by|with|through) (?:(?:[^.;]|\.\d){0,80}\bwith )?(?:about |some |another |up to |an? )*$",
    re.IGNORECASE,
)
# "guarantees $500 million of the tenant's rent", "agreed to support about $1.3 billion of its lease obligations".
GUARANTEES = compiled(
    r"\b(?:guarantee(?:s|d|ing)?|underwrit(?:es?|ten|ing)|underwrote|stand(?:s|ing)? behind|stood behind|back(?:s|ed|ing)?|backstop(?:s|ped|ping)?|support(?:s|ed|ing)?|cover(?:s|ed|ing)?|assum(?:e|es|ed|ing)) "
    r"(?:up to |about |some |as much as |another |an additional |a further |a total of |approximately |roughly |around |more than )*$"
)
OF_DUES = re.compile(
    r" of (?:the |its |an? )?(?:[\w'’-]+ ){0,4}(?:rents?|leases?|payments?|obligations?|debts?|loans?|dues)\b"
)
BACKS = compiled(
    r"\bback(?:s|ed|ing|stops?|stopped|stopping) (?:up to |about |some |as much as |another |an additional |a further |a total of )*$"
)
AND_ANOTHER = re.compile(
    r" and [A-Z]\w+(?: [A-Z]\w+)? (?:up to |about |another |some |as much as |over )*[A-Z]{0,2}[$€£¥][\d.,]+ ?(?:billion|million|bn|mn|B|M)\b(?= in(?:to)? [A-Z])"
)
# "$2 billion investment in Nscale": a stake, where what follows is a company and not its data center.
STAKE_IN = re.compile(r"^ (?:\w+ )?investment in (?=[A-Z])")
# "equity from the fund, which has committed $15 million".
FROM_WHOM = compiled(
    rf"\b(?:{_DEBT}|investment|backing|money|capital|funds) from (?:the )?(?=[A-Z])[^;$€£]{{0,110}}, (?:which|who) (?:has |have |had |will |is |are )?(?:also )?(?:commit|put|lend|lent|provid|contribut|pledg|invest|inject)\w*(?: up| in)? $",
    re.IGNORECASE,
)
# "has undertaken to support certain lease obligations of the tenant in amounts of $3 billion".
STANDS_BEHIND = compiled(
    r"\b(?:backstop|guarant|support|stand(?:s|ing)? behind|stood behind|underwrit|secur|cover|insur)\w* (?:up to )?(?:certain |all |part |half |most |some |the |its |of |an? |their |any )*(?:[\w'’-]+ ){0,3}(?:leases?|rents?|rental|payments?|performance)(?: payments?)?(?: obligations?| liabilit(?:y|ies)| commitments?)?\b[^.;$€£]{0,70}$",
    re.IGNORECASE,
)
# "takes a third of the unit for 40 billion forints", "its 40 percent goes to two rivals for 910 million".
SHARE_FOR = compiled(
    r"\b(?:half|third|quarter|fifth|tenth|majority|per ?cent|percent|\d+ ?%) (?:of (?:the |its |that |this )?(?:(?:\w+ )?(?:unit|company|business|firm|group|operator|subsidiary|venture|capital|shares|developer|owner|parent)\b)|(?:stake |share |interest )?(?:goes|went|passe[sd]|is sold|was sold|are sold|were sold) to\b)[^.;$€£]{0,60} for $",
    re.IGNORECASE,
)
LENT = compiled(r"\b(?:lent|lends?|lending|loaned|advanced)\b[^.;,$€£]{0,60}$", re.IGNORECASE)
# "a $40 billion deal to buy Aligned Data Centers": a name is bought, not compute.
TO_BUY = re.compile(
    r"(?: \S+){0,2} (?:deal|agreement|bid|offer|transaction) to (?:buy|acquire|take over|purchase) (?=[A-Z])"
)


def settle_raised(view: View, scores: dict[str, float]) -> None:
    """Add to `scores` what speaks for a loan, a stake or a guarantee."""
    text, end = view.text, view.quantity.end
    window, after = view.window(110), view.after(80)

    def add(weight: float, *denied: str) -> None:
        scores["financing"] = scores.get("financing", 0.0) + weight
        for label in denied:
            scores.pop(label, None)

    if OF_DEBT.match(after) or DEBT_OF.seek(window) or LENT.seek(window):
        add(3.5)
    if BY_WAY_OF.match(after):
        add(4.0, "none")
    if FROM_WHOM.seek(view.window(200)) or SHARE_FOR.seek(window):
        add(4.0, "capex", "contract")
    if STANDS_BEHIND.seek(view.window(150)) or (OF_DUES.match(after) and GUARANTEES.seek(window)):
        add(4.0, "contract")
    if LENDERS_GIVE.seek(window) or _is_given(view) or TO_BE_LENT.match(after):
        add(4.0, "capex")
    if FINANCED_WITH.seek(window) or BACKS.seek(window):
        add(3.0)
    stake = STAKE_IN.match(after)
    named = next((b for a, b in view.company_spans if stake and a == end + stake.end()), None)
    if named is not None and not OWNED.match(text[named : named + 40]):
        add(4.5, "capex")
    if UNDER.search(window.text) and OF_CREDIT.match(after):
        add(4.0, "capex")
    if TO_BUY.match(after) or ACQUIRED_FOR.seek(view.window(200)):
        add(4.0, "contract")
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
        add(4.5, "capex")


def banks_of(view: View) -> list[Found]:
    """Where the sentence says that something comes from, or is done with or by, one who finances: a cue as those of a table are."""
    found = []
    for hit in _financiers(view):
        lead = FROM_BANK.search(view.text, max(view.sentence_start, hit.start - LEAD), hit.start)
        if lead:
            found.append(Found(BANK, lead.start(), hit.end))
    return found


def _is_given(view: View) -> bool:
    """Whether one who finances gives the sum, alone or together with others who do."""
    end = view.lead_end
    before = 0
    for hit in _financiers(view):
        if hit.end > end:
            break
        joined = view.text.startswith(" and ", hit.start - 5) and hit.start - 5 != before
        if not joined and GIVES.fullmatch(view.text, hit.end, end):
            return True
        before = hit.end
    return False


def _financiers(view: View) -> list[Hit]:
    return [h for h in view.reading.companies_in(view.sentence_number) if company_kinds().get(h.name) == "finance"]
