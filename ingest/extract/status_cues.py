"""
The words that tell a state: planned, building, operating, done, cancelled.

In: nothing. Out: patterns, one for each thing that a clause can say of how far something has come. Never decides which of
them holds for a figure: `status` does.
"""

from __future__ import annotations

import re

from ingest.extract.patterns import Window, compiled

CANCELLED = compiled(
    r"\b(?:cancel(?:l?ed|s|ling)?|scrap(?:ped|s|ping)?|abandon(?:ed|s)?|shelv(?:ed|es)|withdr(?:ew|awn|aws?)|drop(?:ped|s) (?:the |its |plans)|walk(?:ed|s)? away|kill(?:ed|s)?|reject(?:ed|s)?|called off|pull(?:ed|s) out|(?:will not|won[’']t|no longer) (?:take|build|be built|proceed|go)|not (?:going ahead|proceed)|vot(?:ed|es) down|came apart|fell through|would have (?:been|lifted|brought|made|created|added|taken|cost|covered|used|drawn|meant)|terminated|denied|turned down|t(?:ook|ake[ns]?|aking) back (?:its|the|their) (?:plans?|proposal|application|bid)|g(?:ave|ives?|iving|iven) up|refused?|pull(?:s|ed) the plug|thr(?:ew|own) out|there will be no)\b",
    re.IGNORECASE,
)
# A headline that ends a project: "Council says no to", "Microsoft drops its Caledonia data center".
OFF = compiled(
    r"\b(?:(?<!shares )(?<!stock )drops?|dropped|kill(?:s|ed)?|says? no|off the table|is dead|dies|scuttle[sd]?|sink[s]?|sunk|nixe[sd]|axe[sd]|spike[sd]?|blocks?|blocked)\b",
    re.IGNORECASE,
)
# What goes on beside it: another site, what runs already, what is to come instead.
STAYS = compiled(
    r"\b(?:still|instead|elsewhere|another|other|already|remains?|continue[sd]?|operat(?!or)\w+|under construction|meanwhile|runs|new (?:site|plan)|"
    r"(?:not|un)[- ]?affected|stands|on schedule|agreed)\b",
    re.IGNORECASE,
)
FUTURE = compiled(
    r"\b(?:will|would|could|may|might|plans?|planned|planning|expects?|expected|intends?|aims?|wants?|to (?:be|build|invest|add|reach|spend|come|open|expand|grow|take)|proposed|proposes?|scheduled|slated|due|target(?:s|ed|ing)?|should|potential|eventually|future|next|later|scal(?:e|able)|expand(?:ed|able)? to|hopes?|pledg\w+|commit\w+|announced|agreed|signed|approved|seek\w*|option|room for|by 20[2-9]\d|further|additional|additionally|possible|phase (?:2|3|two|three)|second phase)\b",
    re.IGNORECASE,
)
BUILDING = compiled(
    r"\b(?:under construction|is (?:now )?(?:building|constructing|fitting out|adding|doubling|tripling|expanding|extending|converting|retrofitting|erecting|pouring|putting up|raising|spending|being built|going up|investing|installing|fitting)|are (?:now )?(?:building|being built|going up|constructing)|being (?:built|constructed|developed|erected|installed)|br(?:oke|oken|eaks|eaking) ground|ground (?:has been|was) broken|groundbreaking|construction (?:has )?(?:began|begun|started|is under ?way|under ?way|got under way)|(?:has|have) (?:begun|started) (?:to build|building|construction|work)|started (?:building|construction|work)|work has (?:formally )?begun|under ?way|starts work|begins building|taking shape|in progress|laid the (?:first|foundation)(?: stone)?|past the foundations|(?:work|building|construction) (?:has begun|gets going|got going)|has begun on|starts? on (?:an?|its|the) |is (?:halfway|midway) through|(?:are|is) going (?:into|up)|half[- ]built|nearing completion|topped out|(?:almost|nearly) (?:finished|complete|done)|beg(?:ins|an|un|inning) work|starts? work on|is rising|being prepared|being put in|are employed on (?:the )?site|workers (?:are )?(?:on site|busy|at work)|erecting|being (?:changed|converted|retrofitted|fitted out)|is retrofitted|is installing|ramping up|construction began|건설 중|going up)\b",
    re.IGNORECASE,
)
OPERATING = compiled(
    r"\b(?:operat(?:es|ing)|in operation|operational(?! (?:in|by|next|at the end|positions|jobs|employees))|(?:is|are|was|went|gone|now|already|came|come) (?:now |already )?(?:live|online|running|active|in service|in use|open)|running(?! (?:ahead|late|out|into|behind|for))|runs(?! (?:from|to|for|over|out|into))|(?<!tender that )opened|inaugurated|switched on|has been (?:running|up|live)|have been (?:running|at work)|at work|(?<!being )installed|into service|active power|in service|in use|currently (?:has|have|operates?|uses?)|powers|up since|already (?:has|runs|draws)|serves|houses|commissioned|went live|came online|completed|handed over)\b",
    re.IGNORECASE,
)
DONE_MONEY = compiled(
    r"\b(?:spent|raised|closed|completed|paid|bought|acquired|invested|secured|sold|issued|borrowed|priced|received|put in|drew|drawn|took (?:out )?|has (?:closed|raised|secured)|purchased|contributed|lent|amounted to|came to|(?:quarter|year) (?:was|were) \$|(?:that|which|it|and) cost|had (?:a )?cap(?:ital)?|brought in|refinanced|got through|went through|used up|took (?=\S+ (?:acres|hectares))|capital expenditures (?:were|was|totaled|totalled))\b",
    re.IGNORECASE,
)
# What a budget says of money is not spent yet, also when the budget is last year's.
BUDGETED = compiled(
    r"\b(?:budget(?:s|ed)?|guid(?:ed|ance)|forecast(?:s|ed)?|outlook|pencil\w*|projecting|projected|expectations?|foresees?|foresaw|"
    r"band|opened with|started with|until (?:this|last|now|monday|tuesday|wednesday|thursday|friday)|previous range|weigh(?:s|ing)|announce\w*|pledg\w*|promis\w*|talks of|programme|program)\b",
    re.IGNORECASE,
)
FUTURE_OWN = compiled(
    r"\b(?:will|would|could|may|might|plans? to|expects?|expected|intends?|to (?:be|build|invest|spend|raise|buy)|aims?|wants?|should|target)\b",
    re.IGNORECASE,
)
SEEK = compiled(
    r"\b(?:will|would|could|may|might|plans?|planned|intends?|intention|seek(?:s|ing)?|in talks|considering|aims?|to (?:raise|borrow|invest|put|"
    r"provide|contribute|acquire|buy|offer|be)|expects?|expected|proposed|agreed to|committed to|up to|subject to|pay|set to|lin(?:es?|ed|ing) up|read(?:y|ies|ying)|on offer|preliminary|offering|is buying|are buying|changes? hands|bids?|"
    r"current raise|raise has|weigh(?:s|ing)|promis\w*)\b",
    re.IGNORECASE,
)
RUNS = compiled(
    r"\b(?:stands? at|has \S+ \S+ running|fills|provides?|in place|in use|were (?:working|joined|running)|(?:has|have) been added|being trained on|as of (?=[A-Z])|(?<=and )supply|drew|runs? at|run at|beside it|counted|"
    r"now runs|today|at present|already|currently|in service|of active|are active|is active|stood up|works? (?:with|on) (?=\S+ (?:mega|giga|MW|GW))|(?:had|has|have) grown to|grew to|began with|was inaugurated|energi[sz]ed)\b",
    re.IGNORECASE,
)
LATER = compiled(
    r"\b(?:additional|further|second|later|scal\w+|could|may|might|another|future|phase (?:2|3|two|three)|eventually|ultimately|potential\w*|"
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
BOUGHT = compiled(r"\b(?:bought|took|received|purchased|acquired|has taken)\b", re.IGNORECASE)
CONSTRUCTION = compiled(r"\b(?:construction|build(?:ing|ers)|trades|peak|union|tradespeople|craft)\b", re.IGNORECASE)
AT_WORK = compiled(
    r"\b(?:are (?:now )?(?:on site|on the site|at work|working|employed)|works? (?:on|at) (?:the )?site|as of today|every day|today|has created|have created|"
    r"employs|now employ)\b",
    re.IGNORECASE,
)
PERMANENT = compiled(
    r"\b(?:permanent|operational|operations|full[- ]time|long[- ]term|ongoing|staff|afterwards?|once|run(?:ning)? (?:it|the)|"
    r"indirect|tech(?:nical|nicians?)?)\b",
    re.IGNORECASE,
)
RAISED = compiled(r"\b(?:closed|raised|completed|in place)\b", re.IGNORECASE)
BACK = re.compile(
    r"(?:Both|All|It|They|That|This|These|Those|There|Work|Construction|The (?:first |whole |two )?(?:sites?|campus|plant|buildings?|facility|"
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
DEAL = compiled(r"\b(?:deal|merger|acquisition|takeover|offer|bid|holders|shareholders|stake)\b", re.IGNORECASE)
DUE = compiled(r"\b(?:due|set to|scheduled|is to|are to)\b", re.IGNORECASE)
WHILE = compiled(
    r"\b(?:while|once|when|during|until|after)\b[^.;,]{0,30}\b(?:under construction|under ?way|in progress)",
    re.IGNORECASE,
)


def in_work(window: Window) -> bool:
    """Whether the window says that building goes on, not what it brings "while it is under construction"."""
    if WHILE.seek(window) is None:
        return BUILDING.seek(window) is not None
    return BUILDING.search(WHILE.regex.sub(" ", window.text)) is not None
