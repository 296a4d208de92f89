"""
In what state a thing is: planned, building, operating, done, cancelled.

In: a `Reading` and a figure. Out: a status. The figure's own clause decides; a project under way lends its state to its site and
its capacity, never to what is still only possible. Money is done when it was spent, raised or paid.
"""

from __future__ import annotations

import re

from db.records import Status
from ingest.extract.figures import Figure
from ingest.extract.patterns import Window, compiled
from ingest.extract.reading import Reading

CANCELLED = compiled(
    r"\b(?:cancel(?:l?ed|s|ling)?|scrap(?:ped|s|ping)?|abandon(?:ed|s)?|shelv(?:ed|es)|withdr(?:ew|awn|aws?)|drop(?:ped|s) (?:the |its |plans)|walk(?:ed|s)? away|kill(?:ed|s)?|reject(?:ed|s)?|called off|pull(?:ed|s) out|(?:will not|won[’']t|no longer) (?:take|build|be built|proceed|go)|not (?:going ahead|proceed)|vot(?:ed|es) down|came apart|fell through|would have (?:been|lifted|brought|made|created|added|taken|cost|covered|used|drawn|meant)|terminated|denied|turned down)\b",
    re.IGNORECASE,
)
# A headline that ends a project: "Council says no to", "Microsoft drops its Caledonia data center".
OFF = compiled(
    r"\b(?:drops?|dropped|kill(?:s|ed)?|says no|off the table|is dead|dies|scuttle[sd]?|sink[s]?|sunk|nixe[sd]|axe[sd]|spike[sd]?|blocks?|blocked)\b",
    re.IGNORECASE,
)
# What goes on beside it: another site, what runs already, what is to come instead.
STAYS = compiled(
    r"\b(?:still|instead|elsewhere|another|other|already|remains?|continue[sd]?|operat\w+|under construction|meanwhile|runs|new (?:site|plan))\b",
    re.IGNORECASE,
)
FUTURE = compiled(
    r"\b(?:will|would|could|may|might|plans?|planned|planning|expects?|expected|intends?|aims?|wants?|to (?:be|build|invest|add|reach|spend|come|open|expand|grow|take)|proposed|proposes?|scheduled|slated|due|target(?:s|ed|ing)?|should|potential|eventually|future|next|later|scal(?:e|able)|expand(?:ed|able)? to|hopes?|pledg\w+|commit\w+|announced|agreed|signed|approved|seek\w*|option|room for|by 20[2-9]\d|further|additional|additionally|possible|phase (?:2|3|two|three)|second phase)\b",
    re.IGNORECASE,
)
BUILDING = compiled(
    r"\b(?:under construction|is (?:now )?(?:building|constructing|fitting out|adding|doubling|tripling|expanding|extending|converting|retrofitting|erecting|pouring|putting up|raising|spending|being built|going up|investing|installing|fitting)|are (?:now )?(?:building|being built|going up|constructing)|being (?:built|constructed|developed|erected|installed)|br(?:oke|oken|eaks|eaking) ground|groundbreaking|construction (?:has )?(?:began|begun|started|is under ?way|under ?way|got under way)|(?:has|have) (?:begun|started) (?:to build|building|construction|work)|started (?:building|construction|work)|work has (?:formally )?begun|under ?way|starts work|begins building|taking shape|in progress|laid the (?:first|foundation)(?: stone)?|past the foundations|(?:work|building|construction) (?:has begun|gets going|got going)|has begun on|starts? on (?:an?|its|the) |is (?:halfway|midway) through|(?:are|is) going (?:into|up)|half[- ]built|nearing completion|topped out|(?:almost|nearly) (?:finished|complete|done)|beg(?:ins|an|un|inning) work|starts? work on|is rising|being prepared|being put in|are employed on (?:the )?site|workers (?:are )?(?:on site|busy|at work)|erecting|being (?:changed|converted|retrofitted|fitted out)|is retrofitted|is installing|ramping up|construction began|건설 중|going up)\b",
    re.IGNORECASE,
)
OPERATING = compiled(
    r"\b(?:operat(?:es|ing)|in operation|operational(?! (?:in|by|next|at the end|positions|jobs|employees))|(?:is|are|was|went|gone|now|already|came|come) (?:now |already )?(?:live|online|running|active|in service|in use|open)|running(?! (?:ahead|late|out|into|behind|for))|runs(?! (?:from|to|for|over|out|into))|(?<!tender that )opened|inaugurated|switched on|has been (?:running|up|live)|have been (?:running|at work)|at work|(?<!being )installed|into service|active power|in service|currently (?:has|have|operates?|uses?)|powers|up since|already (?:has|runs|draws)|serves|houses|commissioned|went live|came online|completed|handed over)\b",
    re.IGNORECASE,
)
DONE_MONEY = compiled(
    r"\b(?:spent|raised|closed|completed|paid|bought|acquired|invested|secured|sold|issued|borrowed|priced|received|put in|drew|drawn|took (?:out )?|has (?:closed|raised|secured)|purchased|contributed|lent|amounted to|came to|was \$|were \$|cost\b(?! up| about| around| roughly)|brought in|refinanced|got through|capital expenditures (?:were|was|totaled|totalled))\b",
    re.IGNORECASE,
)
FUTURE_OWN = compiled(
    r"\b(?:will|would|could|may|might|plans? to|expects?|expected|intends?|to (?:be|build|invest|spend|raise|buy)|aims?|wants?|should|target)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"[;:()—–]|,\s(?:and|but|while|which|who|where|as|after|when|with)\b|\band (?=\w+ (?:is|will|has|are|expects|plans))"
)


SEEK = compiled(
    r"\b(?:will|would|could|may|might|plans?|planned|intends?|intention|seek(?:s|ing)?|in talks|considering|aims?|to (?:raise|borrow|invest|put|"
    r"provide|contribute|acquire|buy|offer|be)|expects?|expected|proposed|agreed to|committed to|up to|subject to|pay|set to)\b",
    re.IGNORECASE,
)
RUNS = compiled(
    r"\b(?:stands? at|has \S+ \S+ running|fills|provides?|in place|in use|were (?:working|joined|running)|runs? at|run at|beside it|counted|"
    r"now runs|today|at present|already|currently|in service|of active|are active|is active|stood up|works? (?:with|on) (?=\S+ (?:mega|giga|MW|GW))|(?:had|has|have) grown to|grew to|began with|was inaugurated|energi[sz]ed)\b",
    re.IGNORECASE,
)
LATER = compiled(
    r"\b(?:additional|further|second|later|scal\w+|could|may|might|another|future|phase (?:2|3|two|three)|eventually|ultimately|potential\w*|"
    r"expand\w*|one day|long[- ]term|full build|proposed|second phase|next phase|talks? (?:about|of)|talking (?:about|of)|hopes?)\b",
    re.IGNORECASE,
)
TALK = compiled(r"\b(?:talks? (?:about|of)|talking (?:about|of)|hopes?|one day|some day)\b", re.IGNORECASE)
BOUGHT = compiled(r"\b(?:bought|took|received|purchased|acquired|has taken)\b", re.IGNORECASE)
CONSTRUCTION = compiled(r"\b(?:construction|build(?:ing|ers)|trades|peak|union|tradespeople|craft)\b", re.IGNORECASE)
YEAR = re.compile(r"\b(20[012]\d)\b")


WHILE = compiled(
    r"\b(?:while|once|when|during|until|after)\b[^.;,]{0,30}\b(?:under construction|under ?way|in progress)",
    re.IGNORECASE,
)


def _in_work(window: Window) -> bool:
    """Whether the window says that building goes on, not what it brings "while it is under construction"."""
    if WHILE.seek(window) is None:
        return BUILDING.seek(window) is not None
    return BUILDING.search(WHILE.regex.sub(" ", window.text)) is not None


class States:
    """Decides the status of every figure of one document."""

    def __init__(self, reading: Reading, digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        title = Window(reading.text, 0, reading.base)
        lead = Window(reading.text, reading.base, reading.base + 600)
        self.cancelled = bool(CANCELLED.seek(title) or OFF.seek(title))
        self.off = not digest and self.cancelled
        self.building = not digest and bool(_in_work(title) or _in_work(lead))

    def of(self, figure: Figure, at_main_site: bool) -> Status:
        """The status of `figure`; `at_main_site` when it measures the site that the document is about."""
        clause, sentence = self._clause(figure)
        if (self.cancelled and CANCELLED.seek(sentence)) or CANCELLED.seek(clause):
            return "cancelled"
        if self.off and at_main_site and figure.metric != "financing" and not STAYS.seek(sentence):
            return "cancelled"
        if figure.metric in {"capex", "contract", "financing"}:
            return self._money(figure, clause, at_main_site)
        building = (self.building and at_main_site) or (self.digest and _in_work(self._block(figure)))
        if figure.metric == "jobs":
            return "building" if building and CONSTRUCTION.seek(clause) else "planned"
        if figure.quantity is not None and figure.quantity.potential:
            return "planned"
        if figure.metric == "chips" and BOUGHT.seek(clause) and not FUTURE_OWN.seek(clause):
            return "done"
        if figure.metric == "online":
            return self._online(figure, clause, sentence, building)
        if OPERATING.seek(clause) and not FUTURE_OWN.seek(clause):
            return "operating"
        if _in_work(clause):
            return "building"
        if RUNS.seek(clause) and not FUTURE_OWN.seek(clause):
            return "operating"
        if building and not LATER.seek(clause):
            return "building"
        if FUTURE.seek(clause):
            return "planned"
        if OPERATING.seek(sentence) and not FUTURE.seek(sentence):
            return "operating"
        return "building" if _in_work(sentence) else "planned"

    def _money(self, figure: Figure, clause: Window, at_main_site: bool) -> Status:
        if figure.metric == "financing":
            return (
                "planned"
                if SEEK.seek(clause) and not re.search(r"\b(?:closed|raised|completed)\b", clause.text)
                else "done"
            )
        spent = DONE_MONEY.seek(clause) and not FUTURE_OWN.seek(clause)
        if figure.metric == "contract":
            return "planned"
        if spent and not re.search(r"\b(?:pledg|promis|announc|forecast|guid)\w*", clause.text):
            return "building" if self.building and at_main_site and "invested" in clause.text else "done"
        years = [int(y) for y in YEAR.findall(clause.text)]
        today = self.reading.today
        if today and years and max(years) < today.year and not FUTURE.seek(clause):
            return "done"
        if _in_work(clause) or (self.building and at_main_site and not LATER.seek(clause)):
            return "building"
        return "planned"

    def _online(self, figure: Figure, clause: Window, sentence: Window, building: bool) -> Status:
        period, today = figure.period, self.reading.today
        past = period is not None and today is not None and period.last is not None and period.last < today.isoformat()
        since = period is not None and period.qualifier == "at_least" and re.search(r"\bsince\b", sentence.text)
        if (past or since) and not FUTURE_OWN.seek(clause):
            return "operating"
        under_way = (building and not TALK.seek(clause)) or _in_work(sentence)
        return "building" if under_way else "planned"

    def _block(self, figure: Figure) -> Window:
        segments = self.reading.segments
        block = segments.blocks[segments.sentences[figure.sentence].block]
        return Window(self.reading.text, block.start, min(block.end, block.start + 1200))

    def _clause(self, figure: Figure) -> tuple[Window, Window]:
        span = self.reading.segments.sentences[figure.sentence]
        text = self.reading.text
        start, end = max(span.start, figure.start - 220), min(span.end, figure.end + 160)
        left = start
        for match in CLAUSE.finditer(text, start, figure.start):
            left = match.end()
        right = CLAUSE.search(text, figure.end, end)
        return Window(text, left, right.start() if right else end), Window(text, span.start, span.end)
