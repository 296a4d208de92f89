"""
The words that tell a state: planned, building, operating, done, cancelled.

In: nothing. Out: patterns, one for each thing that a clause can say of how far something has come. Never decides which of
them holds for a figure: `status` does.
"""

from __future__ import annotations

import re

from ingest.extract.text.patterns import Window, compiled

FUTURE = compiled(
    r"\b(?:will|would|could|(?-i:may)|might|plans?|planned|planning|expects?|expected|intends?|aims?|wants?|to (?:be|build|invest|add|reach|spend|come|open|expand|grow|take)|proposed|proposes?|scheduled|slated|due|target(?:s|ed|ing)?|should|potential|eventually|future|next|later|scal(?:e|able)|expand(?:ed|able)? to|hopes?|pledg\w+|commit\w+|announced|agreed|signed|approved|seek\w*|(?<!purchase )option|room for|by 20[2-9]\d|further|additional|additionally|possible|phase (?:2|3|two|three)|second phase)\b",
    re.IGNORECASE,
)
BUILDING = compiled(
    r"\b(?:under[- ]construction|(?:is|are) (?:(?:now|currently|already|also|still) )?(?:building|constructing|fitting out|converting|retrofitt(?:ing|ed)|erecting|pouring|putting up|going (?:up|into)|"
    r"installing|finishing|completing|rising|energi[sz]ing|grading|clearing|preparing)|(?:now|quietly|already) (?:rising|finishing|grading|building)|(?:at an )?advanced stage of construction|pour(?:ed|s|ing) (?:the |its )?(?:first|last|slab|concrete|foundations?)|(?:concrete|shell|roof) is up|(?:start(?:ed|s)|began|begun) (?:core and shell|fit-?out|moving|on \d)|diggers (?:have )?(?:arrived|are)|bhoomi pujan|(?:turned|cut) the (?:first )?sod|first (?:spade|shovel)\w* (?:was|were|went)|is (?:(?:now|currently|already|also|still) )?(?:putting an? |adding|doubling|tripling|expanding|extending|raising|spending|investing|fitting)|"
    r"being (?:changed over|refurbished|rebuilt|dug|laid|deployed|refitted|racked|wired|cleared|graded|piled|built|constructed|developed|erected|installed|prepared|put in|put up|changed|converted|retrofitted|fitted out|gutted|extended|expanded|energi[sz]ed|finished|completed)|"
    r"br(?:oke|oken|eaks|eaking) ground|ground (?:has been|was) broken|ground-?breaking(?! (?:ceremony )?(?:in|next|set|is (?:set|planned|due)|planned|scheduled|due)\b)|"
    r"(?:construction|building|works?|grading|clearing|excavation|earthworks?|piling|fit-out|development)(?: on the site| there| here)? (?:(?:has|have|was|were|is|are|got) )?(?:(?:now|already|formally|well) )?(?:began|begun|started|commenced|under ?way|continu(?:es?|ed|ing)|progress(?:es|ed|ing)|ongoing|gets going|got going)|"
    r"(?:construction|building|works?) (?:begins?|starts?|gets under ?way)(?! [^.;,]{0,50}\b(?:this|next|in) (?:spring|summer|autumn|fall|winter|year|month|early|late|20\d\d))(?! (?:in|next|by|this|early|late|later|soon|on (?:\d|\w+day|January|February|March|April|May|June|July|August|September|October|November|December)|around|before|once|when|as soon|at)\b)|"
    r"lay(?:s|ing) the (?:first|foundation)|(?:construction|works?|clearing|grading|piling|earthworks) (?:of|for|on|at) [^.;,]{1,60}? (?:(?:has|had|have) (?:begun|started|got under ?way)|began|has begun|started|has started|commenced|is under ?way)|"
    r"(?:beg(?:ins|an|un|inning)|start(?:s|ed)|commence[sd]) (?:to build|(?:the )?(?:building|construction|work|works|moving (?:earth|dirt)|grading|clearing|pouring|erecting)\b)|"
    r"(?:main |building |enabling )?works? (?:let|awarded) to|works contract|under ?way|taking shape|in progress|in full swing|laid the (?:first|foundation)(?: stone)?|foundation stone (?:was|has been) laid|past the foundations|has begun on|start(?:s|ed) (?:work )?on (?:an?|its|the) |(?:began|begun|started) (?:\w+ ){0,3}to build|start(?:s|ed) on (?=\d)|"
    r"(?:half|halfway|midway|(?:one|two|three)[- ](?:thirds?|quarters?)|\d\d(?:%| per ?cent)) (?:through|built|done|complete|completed|finished|ready)|half-built|near(?:s|ing) completion|topp(?:ed|ing)[- ]out|"
    r"(?:almost|nearly) (?:finished|complete|done|ready)|are employed on (?:the )?site|(?:is|are) (?:turning|transforming|remaking) [^.;,:]{3,60}? into|workers (?:are )?(?:on site|busy|at work)|erecting|installing|ramping up|"
    r"(?:steel|walls?|cranes?|frame|roof|slab|foundations?|piles?|piers|girders|beams|columns|footings|sewers?|ducts|drains) (?:is|are|has been|have been|went|goes) (?:up|in|on|laid|poured|driven|sunk|erected)(?! (?:for|of|by)\b)|cranes up|(?:first|last) (?:steel|piles?|beams?|girders?|concrete)\b|(?:put in|laid|dug) (?:the |its )?(?:sewers?|drains?|foundations?|footings|roads)|"
    r"(?<=\| )(?:building|construction|earthworks|piling|fit-out)(?=[,;. ]*(?:\||,|\n|$))|건설 중|going up)\b",
    re.IGNORECASE,
)
# What stands before a word of building that is yet to come: "will hold the ground-breaking", "hopes to have work under way".
NOT_YET = re.compile(
    r"\b(?:will|would|shall|could|can|(?-i:may)|might|should|to|not|never|yet|before|until|once|plans?|planned|planning|expects?|schedul\w+|sets|ahead of|hopes for|toward|\w+n[’']t) (?:\w+ ){0,2}(?:the |its |an? )?$",
    re.IGNORECASE,
)
OPERATING = compiled(
    r"\b(?:(?:has|have) (?:operated|run|finished)|started up|keeps (?:going|running)|operat(?:es|ing)|(?:we|they) operate|(?:were|was|is|are) active|in operation|operational(?! (?:in|by|next|at the end|positions|jobs|employees))|(?:is|are|was|went|gone|now|already|came|has come|have come) (?:now |already )?(?:live|online|running|active|in service|in use|open)|running(?! (?:ahead|late|out|into|behind|for|on|through|between))|runs(?! (?:from|to|for|over|out|into))|(?<!tender that )opened|inaugurated|switched on|has been (?:running|up|live)|have been (?:running|at work)|at work|(?<!being )installed|into service|active power|in service|in use|currently (?:has|have|operates?|uses?)|powers|up since|already (?:has|runs|draws)|serves|houses|commissioned|went live|came online|completed(?! (?:the|its|their|an?) (?:\w+ ){0,2}(?:purchase|acquisition|deal|sale|financing|transaction|merger|offering|agreement|lease|placement|round|study|review|loan)s?\b)|handed over|"
    r"activated|lit up|(?:was|were|been) (?:delivered|deployed|energi[sz]ed)|(?:has|have) had|(?<!be )(?<!once )(?<!when )(?:finished|built|connected) (?:in|since) (?:19|20)\d\d|(?:has|have) (?:moved|delivered|handed|deployed|activated)|in (?:customers|clients|tenants|users)['’] hands|remains? in (?:service|operation|use))\b",
    re.IGNORECASE,
)
DONE_MONEY = compiled(
    r"\b(?:ended up (?:spending|paying|costing)|attracted since|picked up|spent|raised|closed|completed|paid|bought|acquired|invested|secured|sold|issued|borrowed|priced(?! at)|received|put in|drew|drawn|took (?:out )?|has (?:closed|raised|secured)|purchased|contributed|lent|amounted to|came to|(?:quarter|year) (?:was|were) \$|(?:that|which|it|and|one|two|first|building|centre|center|plant|park|campus|site) cost|(?:has|have) (?:since |already |so far |now )?(?:cost|put(?! (?:the|its|their|that) (?:\w+ )?(?:cost|price|bill|total|value|name))(?! [^;,]{0,20} (?:on the table|next to|aside))|sunk|poured|ploughed|plowed|pumped|finished)|sank|poured|gave(?! the (?:cost|price|bill|sum))|cost was|(?<!be )built (?:[^.;,]{0,30} )?at a cost|c[oa]me in at|(?:\d{4}|year|quarter) actual|actuals?:|to date|"
    r"so far|capex was|had (?:a )?cap(?:ital)?|brought in|refinanced|got through|went through|used up|took (?=\S+ (?:acres|hectares))|(?:capex|capital (?:expenditures?|spending|investments?)) (?:(?:for|in|during) [^.;]{0,60} )?(?:were|was|totaled|totalled)|recently finished|(?:was|were|been|already) wired|been (?:capitali[sz]ed|attracted)|(?:has|have) (?:since )?attracted)\b",
    re.IGNORECASE,
)
# What a budget says of money is not spent yet, also when the budget is last year's.
BUDGETED = compiled(
    r"\b(?:budget(?:s|ed)?|guid(?:ed|ance)|forecast(?:s|ed)?|outlook|pencil\w*|projecting|projected|expectations?|foresees?|foresaw|"
    r"band|opened with|started with|until (?:this|last|now|monday|tuesday|wednesday|thursday|friday)|previous range|weigh(?:s|ing)|announce\w*|pledg\w*|promis\w*|talks of|programme|program)\b",
    re.IGNORECASE,
)
FUTURE_OWN = compiled(
    r"\b(?:will|would|could|(?-i:may)|might|plans? to|expects?|expected|intends?|to (?:be|build|invest|spend|raise|buy)|aims?|wants?|should|target)\b",
    re.IGNORECASE,
)
SEEK = compiled(
    r"\b(?:filed for|price talk|gone out with|accordion|not yet drawn|draft prospectus|holds? out|sanctioned|each (?:putting|contributing|lending|investing)|speaks? of|stands? behind|equity contribution|will|would|could|(?-i:may)|might|plans?|planned|intends?|intention|seek(?:s|ing)?|in talks|considering|aims?|to (?:raise|borrow|invest|put|"
    r"provide|contribute|acquire|buy|offer|be|come)|(?:is|are) to be|in the market (?:with|for)|guarantees?(?! (?:was|were) )|backstopping|anticipated|expects?|expected|proposed|agreed to|committed to|(?<!add )(?<!adds )(?<!added )up to|subject to|pay|set to|lin(?:es?|ed|ing) up|read(?:y|ies|ying)|on offer|preliminary|offering|is buying|are buying|changes? hands|bids?|"
    r"current raise|raise has|weigh(?:s|ing)|promis\w*|pledg\w*|commitments?|conditional|targets|wants|projects|to close|launched|rating|backs|backstops?|"
    r"(?:is|are|it|bank|banks|corporation|fund|lender) (?:contributing|funding|lending|selling|raising|investing|putting|providing|negotiating|marketing|arranging))\b",
    re.IGNORECASE,
)
# In the body of a text the present tense tells of money still to move; in a headline it tells of what has happened.
MOVES = compiled(r"\b(?:borrows|lends|sells|pays(?! for\b)|chips in)\b", re.IGNORECASE)
RUNS = compiled(
    r"\b(?:stands? at|has \S+ \S+ running|fills|provides|(?<!to )(?<!will )(?<!would )(?<!should )(?<!could )(?<!can )(?<!may )provide|in place(?! of)|in use|were (?:working|joined|running)|(?:has|have) been added|being trained (?:by \w+ )?on|as of (?=[A-Z])|(?<=and )supply|drew|runs? at|run at|beside it|counted|"
    r"now runs|today(?! (?:announced|said|told|unveiled|reported|broke|signed|filed|submitted|lodged|published|confirmed|released|launched|revealed|disclosed|outlined|closed|agreed|named|approved))|at present|already(?! (?:been |firmly )?(?:acquired|approved|contracted|signed|bought|announced|agreed|committed|secured|filed|planned|spent|invested|raised|granted|allocated|reserved)\b)|currently|in service|of active|are active|is active|stood up|works? (?:with|on) (?=\S+ (?:mega|giga|MW|GW))|(?:had|has|have) grown to|grew to|began with|was inaugurated|energi[sz]ed)\b",
    re.IGNORECASE,
)
LATER = compiled(
    r"\b(?:guid(?:ed|ance)|capex|capital expenditures?|promis\w+|ask(?:s|ed) for|additional|further|second|later|scal\w+|could|(?-i:may)|might|another|future|phase (?:2|3|two|three)|eventually|ultimately|potential\w*|"
    r"expand\w*|one day|long[- ]term|full build|proposed|second phase|next phase|talks? (?:about|of)|talking (?:about|of)|hopes?|intends?|aims?|wants?)\b",
    re.IGNORECASE,
)
TALK = compiled(
    r"\b(?:talks? (?:about|of)|talking (?:about|of)|hopes?|one day|some day|intends?|aims?|wants?)\b", re.IGNORECASE
)
# What is signed for does not run yet: "400 MW under contract", "planned capacity of 7 GW".
AGREED = compiled(
    r"\b(?:contract(?:s|ed)?|lease agreements?|pipeline|planned|on the way to|secured|allotted|provides for)\b",
    re.IGNORECASE,
)
SIGNED = re.compile(r" (?:of \w+ )?under contract\b")
CONSTRUCTION = compiled(r"\b(?:construction|build(?:ing|ers)|trades|peak|union|tradespeople|craft)\b", re.IGNORECASE)
AT_WORK = compiled(
    r"\b(?:are (?:now )?(?:on site|on the site|at work|working|employed)|works? (?:on|at) (?:the )?site|as of today|every day|today|report(?:ed|s) for work|clock(?:ed|s) in|(?:has|have) (?:created|generated|engaged|employed|hired)|"
    r"employs|now employ)\b",
    re.IGNORECASE,
)
PERMANENT = compiled(
    r"\b(?:permanent|operational|operations|full[- ]time|long[- ]term|ongoing|staff|afterwards?|once|run(?:ning)? (?:it|the)|"
    r"indirect|tech(?:nical|nicians?)?)\b",
    re.IGNORECASE,
)
RAISED = compiled(
    r"\b(?:(?:has|have) funded|upsized|priced|commitments for|round in|in its \S+ \w+ Series|closed|raised|completed|issued|entered into (?=an? (?:[\w-]+ ){0,5}(?:loan|facility|credit))|in place|financial close|obtained|wired|borrowed|drew|paid(?: in)?|secured(?! by| on| against| debt| notes| loan| facility)|bought in)\b",
    re.IGNORECASE,
)
BACK = re.compile(
    r"(?:Both|All|It|They|That|This|These|Those|There|Work|Construction|(?:The|Its) (?:[\w$€£¥.,-]+ ){0,2}(?:sites?|campus|plant|buildings?|facility|"
    r"data cent(?:er|re)s?|halls?|park|project|pair|ministry|company))\b"
)
OPENED = compiled(
    r"\b(?:opened(?! with)|inaugurated|went live|came online|went into (?:operation|service)|switched on)\b",
    re.IGNORECASE,
)
OPENS = compiled(
    r"\b(?:opens|opened|inaugurat(?:es|ed)|is live|goes live|switch(?:es|ed) on|(?:goes|went) into (?:service|operation)|fires? up|is running|begins operating)\b",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"\b(?:opened|completed|inaugurated|went live|came online|at work|running|in (?:operation|service|use)) (?:in|on|since) $"
)
# What holds for a company's sites as a whole is not what one of them opened with.
TOGETHER = compiled(r"\b(?:in total|combined|all (?:\w+ ){0,3}sites)\b", re.IGNORECASE)
DUE = compiled(r"\b(?:due|set to|scheduled|is to|are to)\b", re.IGNORECASE)
WHILE = compiled(
    r"\b(?:while|once|when|during|until|after)\b[^.;,]{0,30}\b(?:under construction|under ?way|in progress)",
    re.IGNORECASE,
)


def in_work(window: Window) -> bool:
    """Whether the window says that building goes on, not what it brings "while it is under construction", nor that it is to begin."""
    if BUILDING.seek(window) is None:
        return False
    text = window.text if WHILE.seek(window) is None else WHILE.regex.sub(" ", window.text)
    return any(NOT_YET.search(text, max(0, m.start() - 40), m.start()) is None for m in BUILDING.regex.finditer(text))
