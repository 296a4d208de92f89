"""
What came to nothing: projects withdrawn, rejected, lapsed, and offers that were turned down.

In: a `Reading`, and a figure with its clause and sentence. Out: whether what the figure measures is off. The clause decides, then
headline and first sentences for the site that the text is about, then a verdict without a verb behind it ("WITHDRAWN"). Never says how far a
thing that goes on has come: `status` does.
"""

from __future__ import annotations

import re

from ingest.extract.attribution.clauses import Clause
from ingest.extract.attribution.status_cues import in_work
from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Window, compiled

CANCELLED = compiled(
    r"\b(?:cancel(?:l?ed|s|ling)?|scrap(?:ped|s|ping)?|abandon(?:ed|s|ing)?|shelv(?:ed|es|ing)|withdr(?:ew|awn|aws?)|drop(?:ped|s) (?:the |its |plans)|vot(?:ed|es) (?:[\w–-]+ ){0,3}(?:to (?:drop|reject|deny|kill|refuse|scrap|block)|against)|out of (?:the running|contention)|said no(?: \w+ \w+)? to|never (?:begun|started|built)|nothing (?:was|has been) (?:ever )?(?:built|begun|installed)|"
    r"(?:walk|back|step)(?:ed|s|ing)? away|back(?:ed|s|ing) out|bow(?:ed|s) out|pull(?:ed|s|ing) out|pull(?:s|ed) the plug|called off|kill(?:ed|s)?|"
    r"(?:reject(?:ed|s)?|refus(?:ed|es)|turn(?:ed|s) (?:it |them )?down|denied|thr(?:ew|own|ows) out|quash(?:ed|es)|void(?:ed|s)?|str(?:uck|ikes) down|vot(?:ed|es) down)"
    r"(?! (?:that\b|to (?:say|comment)|(?:(?:an?|the|its|his|her|their|all|any) )?(?:\w+ )?(?:bid|offer|approach|takeover|claim|appeal|objection|challenge|argument|complaint|criticism|(?:law)?suit|petition|report|statement)s?\b))|"
    r"pull(?:ed|s|ing) (?:its|the|their|his|her) (?:petition|application|plans?|request|proposal|filing)|project died|declared lapsed|let (?:it )?lapse|taken? (?:\w+ ){1,3}off (?:its|the|their) list|(?:did|could|does) not find (?:an? )?(?:bank|lender|backer|investor|funding)|right to terminate|"
    r"revoked|rescinded|terminated|lapsed|forg(?:oes|oing|one)|ditch(?:ed|es)|collapsed|unravel(?:l?ed)?|came apart|f[ae]ll(?:en|s)? (?:through|apart)|"
    r"br(?:oke|oken) down|stopped for good|(?:is|are|was|were) (?:off|dead)(?=[.,;:]| after\b)|"
    r"(?:(?:will|would|do|does|did|is|are|was|were) not|(?:wo|would|do|does|did|is|are|was|were)n[’']t|no longer|not|never) (?:be |to be )?(?:go(?:ing)? (?:ahead|forward)|proceed\w*|built|build(?:ing)?|spend|take(?! (?:all|any|more|long|much)\b)|go)(?! [^.;]{0,60}\b(?:until|unless|again|yet)\b)|"
    r"no longer (?:plan|expect|intend|want|pursu)\w*|there will be no|"
    r"would have (?:been|had|lifted|brought|made|created|added|taken|cost|covered|used|drawn|meant|held|risen|become|stood|housed|needed|employed|provided)|(?:was|were) to have|"
    r"t(?:ook|ake[ns]?|aking) back (?:its|the|their|those) (?:plans?|proposal|application|bid|permits?|licen[cs]es?|it gave)|g(?:ave|ives?|iving|iven) up|hand(?:ed|s|ing)? back)\b",
    re.IGNORECASE,
)
# "It was to stand on 90 acres; the firm withdrew it", "He dropped it after a hearing": said behind of what came before.
OF_IT = compiled(
    r"\b(?:withdrew|dropped|scrapped|abandoned|cancell?ed|shelved|killed|rejected|refused|pulled|ditched) (?:it|them|that (?:plan|one|project)|the (?:plan|project|scheme|proposal|application))\b",
    re.IGNORECASE,
)
# An offer that was turned down ends nothing but itself.
SPURNED = compiled(
    r"\b(?:reject(?:ed|s)?|refus(?:ed|es)|turn(?:ed|s) down|spurn(?:ed|s)|rebuff(?:ed|s)?) (?:\w+ ){0,3}(?:bid|offer|approach|takeover)\b",
    re.IGNORECASE,
)
# A headline that ends a project: "Council says no to", "Microsoft drops its Caledonia data center".
OFF = compiled(
    r"\b(?:(?<!shares )(?<!stock )drops?(?! (?:over |another |some |about )?[$€£¥₹\d])|dropped|kill(?:s|ed)?|says? no|off the table|is dead|dies|scuttle[sd]?|sink[s]?|sunk|nixe[sd]|axe[sd]|spike[sd]?|blocks?|blocked)\b",
    re.IGNORECASE,
)
# What is cancelled in a headline's own clause, not in what it says of the past: "approved after councillors threw it out".
ASIDE = re.compile(r"\b(?:that|which|who|whose|after|despite|once|where)\b")
REVIVED = compiled(
    r"\b(?:reviv\w+|resurrect\w+|resum\w+|restart\w*|after all|back on (?:track|the table)|wav\w+ through|overturn\w*|overrul\w*|second life|carries on|new (?:plan|tenant|owner|name)|renamed)\b",
    re.IGNORECASE,
)
# A text that lists nothing but what came to nothing.
ALL_OFF = compiled(
    r"\b(?:cancell?ations|(?:cancell?ed|failed|rejected|withdrawn|abandoned) (?:data|projects|plans|sites))\b",
    re.IGNORECASE,
)
# What follows a planned thing without a verb of its own: "2,100 sqm. Applicant: Treatt. WITHDRAWN."
ENDED = re.compile(
    r"(?<![\w,] )(?:WITHDRAWN|REJECTED|REFUSED|CANCELL?ED|DENIED|LAPSED|(?:Withdrawn|Rejected|Refused|Cancell?ed|Denied|Lapsed|Dropped|Shelved|Abandoned|Scrapped)\b(?= \w+|\.|$))"
    r"|(?:\| |\()(?:withdrawn|rejected|refused|cancell?ed|denied|lapsed|dropped|shelved|abandoned|scrapped)\b"
)
VERDICTS = re.compile(
    "WITHDRAWN|REJECTED|REFUSED|CANCEL|DENIED|LAPSED|Withdrawn|Rejected|Refused|Cancel|Denied|Lapsed|Dropped|Shelved|Abandoned|Scrapped"
    r"|[|(] ?(?:withdrawn|rejected|refused|cancel|denied|lapsed|dropped|shelved|abandoned|scrapped)"
)
"""The words of `ENDED` wherever they stand: most texts have none."""
# What goes on beside it: another site, what runs already, what is to come instead.
STAYS = compiled(
    r"\b(?:still|instead|elsewhere|another|other|already|remains?|continue[sd]?|operat(?!or)\w+|under construction|meanwhile|runs|new (?:site|plan)|"
    r"(?:not|un)[- ]?affected|stands|on schedule|agreed)\b",
    re.IGNORECASE,
)
DEAL = compiled(r"\b(?:deal|merger|acquisition|takeover|offer|bid|holders|shareholders|stake)\b", re.IGNORECASE)
OPENING = 2
"""Sentences below the headline in which a text says what came to nothing."""
VERDICT = 3
"""Sentences in which a verdict stands behind what it is about."""
TERSE = 120
"""Characters within which it stands there."""


class Endings:
    """Knows what the headline of one document ends, and which of its figures that holds for."""

    def __init__(self, reading: Reading, digest: bool) -> None:
        self.reading = reading
        self.has_verdicts = VERDICTS.search(reading.text) is not None
        self.has_drops = OF_IT.search(reading.text) is not None
        aside = ASIDE.search(reading.text, 0, reading.base)
        self.title = title = Window(reading.text, 0, aside.start() if aside else reading.base)
        self.in_title = bool(CANCELLED.seek(title) or OFF.seek(title)) and not REVIVED.seek(title)
        self.of_all = ALL_OFF.seek(title) is not None
        opening = self._opening()
        in_opening = bool(CANCELLED.seek(opening)) and not REVIVED.seek(opening) and not REVIVED.seek(title)
        self.of_site = not digest and (self.in_title or in_opening)
        self.of_deal = not digest and self.in_title and DEAL.seek(title) is not None

    def _opening(self) -> Window:
        """The first sentences below the headline."""
        below = [s for s in self.reading.segments.sentences if s.start >= self.reading.base][:OPENING]
        return Window(self.reading.text, below[0].start, below[-1].end) if below else self.title

    def hold(self, figure: Figure, clause: Clause, sentence: Window, at_main_site: bool) -> bool:
        """Whether what `figure` measures is off."""
        if clause.says(CANCELLED) or (self.in_title and CANCELLED.seek(sentence)):
            return True
        if figure.metric == "financing" and clause.says(SPURNED):
            return True
        if self._has_verdict(figure) or self._is_dropped(figure, sentence):
            return True
        ended = self.of_deal if figure.metric == "financing" else self.of_site
        return (self.of_all or (ended and at_main_site)) and not (STAYS.seek(sentence) or in_work(sentence))

    def _is_dropped(self, figure: Figure, sentence: Window) -> bool:
        """Whether the rest of the sentence, or the next one of the paragraph, says that somebody dropped it."""
        if not self.has_drops:
            return False
        found = OF_IT.search(self.reading.text, figure.end, sentence.end)
        sentences, after = self.reading.segments.sentences, figure.sentence + 1
        if found is None and after < len(sentences) and sentences[after].block == sentences[figure.sentence].block:
            found = OF_IT.search(self.reading.text, sentences[after].start, sentences[after].end)
        return found is not None

    def _has_verdict(self, figure: Figure) -> bool:
        """Whether one of the next sentences of its block says nothing but that it came to nothing."""
        if not self.has_verdicts:
            return False
        sentences = self.reading.segments.sentences
        block = sentences[figure.sentence].block
        following = sentences[figure.sentence : figure.sentence + VERDICT]
        places = [figure.end, *(s.start for s in following[1:] if s.block == block)]
        return any(
            ENDED.search(self.reading.text, at, min(at + TERSE, s.end))
            for at, s in zip(places, following, strict=False)
        )
