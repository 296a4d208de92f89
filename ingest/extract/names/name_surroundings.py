"""
What stands around the name of a company: a trade, a legal form, a verb, what it owns, a word that leads to a party.

In: a text, and where a name stands in it. Out: patterns, each tried right before or right after a name, and whether any of the sure ones
holds. Never weighs them: `name_signs` does.
"""

from __future__ import annotations

import re

from ingest.extract.names.legal_forms import FORM as LEGAL
from ingest.extract.text.patterns import Window, compiled

TRADE = (
    r"(?:developers?|operators?|owners?|landlords?|tenants?|applicants?|proponents?|sponsors?|promoters?|builders?|providers?|start-?ups?|neoclouds?|"
    r"miners?|hyperscalers?|utility|cooperative|landowners?|investors?|lenders?|borrowers?|buyers?|sellers?|vendors?|suppliers?|contractors?|"
    r"partners?|customers?|backers?|firms?|company|group|giant|rivals?|newcomer|makers?|subsidiary|unit|affiliate|vehicle|parent|conglomerate|"
    r"telco|telecom|outfit|partnership|consortium|venture|bidder|REIT|colocation|insurer|broker|carrier|lessee|lessor|occupier|purchaser|producers?|arm|brand|house|fund|bank|trust)"
)
TRADES = re.compile(TRADE, re.IGNORECASE)
_LAND = r"(?:[A-ZÀ-Þ][\w.]+(?: [A-Z]\w+)?-(?:based|registered|listed|headquartered|owned|backed|born))"
FORM = re.compile(
    rf",? {LEGAL}(?!\w)"
    r"| \((?:the )?(?:NASDAQ|Nasdaq|NYSE|IDX|ASX|TSXV?|LSE|AIM|HKEX|KOSDAQ|KRX|BSE|NSE|SGX|ISIN|OTC\w*)\b| \([^()]{0,40}\b(?:\w+-listed|\d+ employees)\b"
)
APPOSED = re.compile(
    rf"(?:,? (?:of|from) [A-Z]\w+(?: [A-Z]\w+)?)?,? (?:\([^()]{{2,30}}\),? )?(?:(?:now|itself|still|once|formerly) )?(?:an?|the|our|their|which|whose|one of)(?: [\w’'.&-]+){{0,6}}? {TRADE}\b(?!['’])"
    r"|, (?:owned|controlled|promoted|backed|founded|set up|(?:majority|wholly)[- ]owned|listed|part|based|headquartered)\b"
    rf"| (?:is|was|are|were) (?:an?|the|its|one of)(?: [\w’'-]+){{0,3}}? {TRADE}\b(?!['’])"
)
# What is spoken of as "which" is nobody.
WHICH = re.compile(
    r"(?:,? (?:of|from) [A-Z]\w+(?: [A-Z]\w+)?)?,(?: (?:\w+ )?(?:in|of|from|for|to|with|by))? which\b|(?:, (?:of|from)| of) (?P<home>[A-Z]\w+(?: [A-Z]\w+)?)\b"
)
_AUX = (
    r"(?:,[^.,;\n]{3,50},| \([^()\n]{2,40}\))? (?:(?:has|have|had|is|are|was|will|would|also|now|then|already|since|just|last \w+|this \w+|itself|not|never|"
    r"finally|later|first|jointly|said to have|been|be|agreed to|plans to|wants to|expects to|intends to|hopes to|means to|proposes to) ){0,4}"
)
DEEDS = re.compile(
    _AUX
    + r"(?:sold|sells?|selling|bought|buys?|buying|acquires?|acquired|acquiring|leases?|leased|leasing|sublet|lets\b|signed|signs?|rais(?:es|ed|ing|e)|broke|"
    r"broken|purchas\w+|secur(?:ed|es|ing)|fil(?:ed|es|ing)|appl(?:ied|ies|ying)|propos(?:ed|es|ing)|owns?|operat(?:es|ed|ing|e)|builds?|built|building|"
    r"develop\w*|originat\w+|design(?:s|ed)\b|conceived|initiated|install\w*|energi[sz]\w+|switch\w+ on|paus(?:ed|es)|shelv\w+|scrapp?\w+|clos(?:ed|es) on|wired|order(?:ed|s|ing)|reserv\w+|"
    r"taken delivery|took over|taking over|take over|invest\w*|spen[dt]\w*|borrow\w*|rents?|renting|rented|hosts?|hosting|hosted|runs|running|suppl(?:y|ies|ied|ying)|"
    r"construct\w*|erect\w*|expand\w*|commission\w*|deploy\w*|complet(?:ed|es|ing)|deliver\w*|convert\w*|open(?:s|ed|ing)\b|pledg\w+|commit\w*|lend(?:s|ing)|lent|"
    r"putting up|put up|pour\w+|contract\w+|refinanc\w+|withdr[ae]w\w*|walked away|pulled out|takes?\b|taking|occup\w+|manag(?:es|ing)|financ\w+|aims|seeks|seeking|sought|hir(?:es|ed|ing)|"
    r"plans|wants|expects|intends|budget\w*|serves?\b|charg(?:es|ed)|pays?\b|paid|publish\w+|launch\w*|unveil\w*|announc\w+|add(?:s|ed|ing)\b|extend\w*|w[io]ns?\b|break)\b"
)
# What organisations do and hardly anybody else.
INSTITUTION = re.compile(
    _AUX
    + r"(?:leases?|leased|leasing|sublet|acquir\w+|energi[sz]\w+|broke|broken|secur\w+|filed|files|applied|applies|reserved|raises|raised|install\w+|operates|commission\w*|"
    r"deploy\w*|suppl(?:y|ies|ied|ying)|construct\w*|convert\w*|lends?|lending|lent|hosts?|hosting|signed|signs|sold|contracted|paid [A-Z]{0,3}[$€£¥₹]|refinanc\w+)\b"
)
SAYS = re.compile(
    r"(?:['’]s)?(?:,[^.,;\n]{3,50},)? (?:sa(?:id|ys)|told|tells|ask(?:s|ed)|confirm\w*|has|had|is|was|will|would|hopes|declin\w+|did(?:n['’]t| not)|denie[sd]|lists|keeps|stays|goes|gets|puts|"
    r"holds|foresees|thinks|sees|also|does|can|could|must|may|came|remains|needs|started|began|employs|reported|disclosed|ha(?:s|d)n['’]t)\b"
)
OWNS = re.compile(
    r"['’]s? (?:(?:[\w$€£.,-]+|[A-Z]\w+) ){0,3}?(?:plans?|sites?|campus(?:es)?|projects?|data ?cent\w+|facilit\w+|buildings?|halls?|proposals?|applications?|scheme|bid|"
    r"offer|lease|load|lawyers?|attorney|managers?|management|shareholders?|subsidiary|units?|arm|vehicle|customers?|tenants?|permits?|land|acres|plants?|"
    r"offices?|fleet|shares|stock|board|chief|CEO|chair\w*|president|founders?|co-?founders?|spokes\w+|deal|contract|order|debt|loan|notes|network|portfolio|"
    r"farms?|platform|servers?|GPUs?|cluster|investment|[A-Z]{2,4}-?\d{1,2}|expansion|phase|block|headquarters|backlog|revenue|capex|budget|warrants|development|statement|filing|cloud)\b"
)
LEADS = compiled(
    rf"(?:(?<!\w)(?:the )?{TRADE}(?:,|:| called| named)? (?:{_LAND} )?|(?<=[A-Za-z])-(?:based|registered|listed|headquartered|owned|backed) (?:{TRADE} )?|\b(?:affiliates?|units?|subsidiar(?:y|ies)|arms?|funds?|vehicles?|divisions?|branch(?:es)?|companies|member|trustee|manager|receivers?|shareholders?) of |"
    r"\b(?:owned|bought|acquired|built|developed|promoted|put forward|proposed|leased|occupied|operated|submitted|filed|purchased|backed|controlled|financed|"
    r"planned|sold|run|hosted|installed|supplied|rented|erected|taken over|constructed) by |"
    r"\b(?:Developer|Owner|Applicant|Tenant|Landlord|Lender|Borrower|Operator|Buyer|Seller|Sponsor|Client|Customer|Contractor|Guarantor|Investor|Proponent|Supplier|Promoter|Builder|Lessor|Lessee|Company)s?:\** )(?:the |(?-i:[A-Z]\w+(?: [A-Z]\w+)?)['’]s )?$",
    re.IGNORECASE,
)
# "the AI company Orrin", "the owner of a 50 MW scheme at Alder, Orrin Rock, has": the trade is named first and then who it is.
NAMED_AFTER = re.compile(
    rf"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|whose) (?:[\w’'-]+ ){{0,3}}?{TRADE}(?: (?!and\b)[^,.;:\n]{{2,70}})?, $"
)
# "China's Shengda Cloud": a country's own.
OF_NATION = re.compile(r"(?<![\w-])([A-ZÀ-Þ][\w.]+(?: [A-Z]\w+)?)['’]s? $")
TO_PARTY = compiled(
    r"\b(?:(?:leased?|let|sold?|sell|rented|passed|handed|awarded|granted|belongs?|belonged|belonging|lend|lent|loan|allotted|allocated|transferred)(?: (?:\w+ ){0,4}?)?to|"
    r"(?:signed|deal|contract|agreement|lease|partnership|talks|joint venture|venture|together|along|pact|memorandum|team\w*|partner\w*|merge\w*)(?: [\w-]+){0,3}? with|(?:signed|hired|appointed|picked|chose|chosen)|"
    r"(?:plans?|scheme|campus|sites?|data cent\w+|projects?|subsidiary|unit|bid|offer|facilit\w+|arm|proposal|application|halls?|investment|borrowing|board) (?:of|by|from)|"
    r"(?:sale of|stake in|shares in|invest\w* in|investment in|interest in|agreement between|belongs to|work for|hosted for|charge|[Nn]one of this helps)|(?:owned|backed|controlled)[^.;]{0,24} by) (?:the |its |of )?$"
)
BOUGHT = compiled(
    r"\b(?:bought|buys?|buying|acquired|purchas\w+|orders?|ordered|rents?|rented|renting|leases?|leased|leasing|contracts?|contracted|won|licen[cs]ed|deal|subleases?)(?: [^.;]{0,60})? from (?:the |its )?$"
)
KIND = re.compile(rf" {TRADE}\b")
GIVEN = compiled(
    r"\b(?:rais\w+|borrow\w*|loans?|investment|funding|financing|money|equity|bid|offer|debt|credit|backing|cash|injection|commitment)(?: [^.;]{0,40})? from (?:the |its )?$"
)
WITH = compiled(r"\b(?:with|alongside) (?:the |its )?$")
SOMEWHERE = compiled(
    r"\b(?:in|at|near|outside|around|between|along|inside|across|beside|behind|off|north of|south of|east of|west of) (?:the )?$"
)
GOES_ON = re.compile(
    r" (?:campus|site|plant|dam|county|station|park|airport|estate|road|farm|mill|warehouse|works|lake|river|complex|building|district|area|region|"
    r"project|parish|town|village|township|bay|power station|data cent\w+|cluster|supercomputer|facility|family|people|residents|chips?|GPUs?|systems?|servers?|racks?|"
    r"turbines?|engines?|batter(?:y|ies)|generators?|reactors?|cards?|modules?|solar|wind|platform|software|model|language|newspaper|reporter|investors)\b"
)
AREA_AFTER = re.compile(r", ([A-ZÀ-Þ][\w.'’-]+(?: [A-Z][\w'’-]+)?)")
PERSON_ROLE = compiled(
    r"\b(?:CEO|CFO|COO|CTO|president|chair\w*|chief|founder|director|mayor|governor|minister|senator|analyst|spokes\w+|executive|Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Judge|Sir|secretary|"
    r"commissioner|officer|VP|lawyer|attorney|manager|tycoon|professor|councill?or|Cllr|veteran|resident|farmer|says|said|named|whom|family|heirs?|head)\.?,? $",
    re.IGNORECASE,
)
THEN = re.compile(
    r"[^.!?\n]{0,200}[.!?][\"”]? (?:The|Its|Their) (?:[\w-]+ ){0,2}?(?:company|firm|developer|operator|group|start-?up|builder|partnership|trust|landlord|provider|cooperative)\b"
)
TRADE_WORD = re.compile(
    r"(?:comput|digital|data|cloud|infra|hosting|server|telecom|netz|energ|power|rechen|kraft|tech|capital|holding|partner|group|works|foundry|labs?$|networks?|systems?|stream|industrial|realty|estate|propert|equit|logist|hospitality|hyperscale)",
    re.IGNORECASE,
)
SAID_BY = re.compile(r"\b(?:sa(?:id|ys)|according to|told) (?:the )?$")
MID_SENTENCE = re.compile(r"(?<=[a-z0-9,] )")


def is_party(text: str, start: int, end: int) -> bool:
    """Whether an ordinary word is somebody by what it does, or by what leads to it: "to charge Echelon €34 million"."""
    if not MID_SENTENCE.match(text, start):
        return INSTITUTION.match(text, end) is not None
    before = Window(text, max(0, start - 60), start)
    return any(p.seek(before) for p in (LEADS, BOUGHT, GIVEN, TO_PARTY)) or DEEDS.match(text, end) is not None
