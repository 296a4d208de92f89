"""
Bare numbers that go on counting what the figure before them counts: "15,000 AI chips by 2028 and 50,000 by 2030".

In: a `Reading` and the figures that have a noun or unit of their own. Out: the figures that borrow one. Only within the sentence,
its neighbour in the block, or the next item of a list; only where no noun of its own follows; only of like size. Never a year.
"""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.extract.amounts.quantities import Quantity
from ingest.extract.figures.figure import Figure
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Window, compiled
from ingest.extract.text.spans import Spans

ELLIPSIS_AFTER = re.compile(
    r"^(?:\+|-plus)?(?:[.,;:)|]|$| \((?:permanent|construction|temporary|direct|indirect)|\n| (?:by|in|for|more|at|with|after|to|while|when|once|later|afterwards?|thereafter|initially|today|now|so far|already|at present|arrived?|arrives|follow(?:s|ed)?|of (?:a|last) year|permanent(?:ly)?|on|of (?:the |its |their )?\d|of (?:whom|them|it|the same|these|those)|through|from|belong|"
    r"(?:will|would) (?:be employed|work|remain|stay|run)|directly|indirectly|and|people|are|is|never|or|within|across|over|during|as|that|which|who|needed|required|planned)\b)"
)
ELLIPSIS_LINK = compiled(
    r"\b(?:and|then|to|another|from|double|twice|triple|rather than|instead of|of which|be|would be|rising to|grow(?:ing)? to|expand to|followed by|plus|takes|took|carries|has|have|counts|"
    r"will be|employ|at|for|out of the|running it,?|with|some|is|was|gets?|receives?|received|holds?|houses?|hosts?|orders?|ordered|bought|adds?|says|claims|promises|an? (?:earlier|initial|previous)|(?:lot|batch|tranche|shipment|consignment|delivery) of)\s*(?:a |an |the |about |around |roughly |some )*$|[,;:] *(?:about |around |some )*$|(?:\b(?:as many as|more than|than|and|to|against)|,) [A-Z]\w+(?:['’]s)? $",
    re.IGNORECASE,
)
NO_ELLIPSIS_BEFORE = compiled(
    r"(?:[$€£¥₹%#№]|\b(?:No\.?|page|pages|phase|building|unit|room|item|chapter|section|Form|Rule|Q|H|FY|Interstate|Highway|Route|"
    r"Model|GPT|version|v|is under|since|in|by|(?<!lot )(?<!batch )(?<!tranche )(?<!shipment )(?<!consignment )(?<!delivery )(?<!instead )(?<!in place )of|January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.))\s*$",
    re.IGNORECASE,
)
# "500 jobs, of which 350 arise in construction": what follows is no noun of its own.
OF_WHICH = compiled(r"\b(?:of which|of whom|of them)\s+(?:up to |about |around |some |roughly |at least |more than )*$")
# "The parish counts fewer than 10,000", "has motel rooms for 210": people and things that no project employs.
OTHERS = compiled(
    r"\b(?:unemploy\w*|rooms?|beds|residents|population|inhabitants|pupils|students|parish|town|city|county|village|district|homes|houses)\b",
    re.IGNORECASE,
)
STAFF = compiled(r"\b(?:employ\w*|staff|payroll|people|workers|workforce)\b", re.IGNORECASE)
# "20,000 more within weeks", "10,000 of the same".
SAME = re.compile(
    r" of (?:the same|these|those)\b| more(?:[.,;]| (?:within|by|in|next|this|later|are|will|and|to|at|from|for|on|over)\b)"
)


def ellipses(reading: Reading, figures: list[Figure]) -> list[Figure]:
    """
    Bare numbers that go on counting what the figure before them counts: "15,000 AI chips by 2028 and 50,000 by 2030".

    Only within the sentence, or its neighbour in the block, only where no noun of its own follows, only of like size.
    """
    taken = Spans((f.start, f.end) for f in figures)
    by_sentence: dict[int, list[Figure]] = defaultdict(list)
    by_block: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_sentence[figure.sentence].append(figure)
        if figure.metric == "chips":
            by_block[reading.segments.sentences[figure.sentence].block].append(figure)
    found: list[Figure] = []
    for quantity in reading.quantities:
        if (
            quantity.kind != "number"
            or quantity.rate
            or quantity.high < 10
            or taken.overlap(quantity.start, quantity.start + 1)
        ):
            continue
        number = reading.segments.sentence_at(quantity.start)
        span = reading.segments.sentences[number]
        window = Window(reading.text, max(span.start, quantity.start - 60), quantity.start)
        after = reading.text[quantity.end : quantity.end + 24]
        if (
            not (ELLIPSIS_AFTER.match(after) or OF_WHICH.seek(window))
            or NO_ELLIPSIS_BEFORE.seek(window)
            or (
                1990 <= quantity.high <= 2060
                and not quantity.scaled
                and reading.text[quantity.start : quantity.end].isdigit()
            )
        ):
            continue
        earlier = [f for f in by_sentence[number] if f.end <= quantity.start and f.metric in {"chips", "jobs"}]
        if not earlier and number > 0 and reading.segments.sentences[number - 1].block == span.block:
            earlier = [f for f in by_sentence[number - 1] if f.metric in {"chips", "jobs"}]
        same = SAME.match(after) is not None
        if not earlier and same:
            earlier = [f for f in by_block[span.block] if f.end <= quantity.start]
        listed = not earlier and _begins_item(reading, quantity)
        if listed:
            earlier = by_block[span.block - 1]
        if not earlier:
            earlier = [
                f
                for f in by_sentence[number]
                if 0 < f.start - quantity.end < 40 and f.metric == "chips" and f not in found
            ]
        if not earlier or earlier[-1].quantity is None:
            continue
        last = earlier[-1]
        if (last.metric == "jobs" and OTHERS.seek(window)) or (last.metric == "chips" and STAFF.seek(window)):
            continue
        assert last.quantity is not None
        ratio = quantity.high / max(last.quantity.high, 1e-9)
        if quantity.min is not None and quantity.max is not None and 1990 <= quantity.min <= quantity.max <= 2060:
            continue
        hedged = listed or same or quantity.qualifier != "exact" or ELLIPSIS_LINK.seek(window) is not None
        if not hedged or not 0.01 <= ratio <= 100 or (last.metric == "chips" and quantity.high < 1000):
            continue
        found.append(Figure(last.metric, quantity.start, quantity.end, number, 0.2, quantity, noun=last.noun))
        by_sentence[number].append(found[-1])
        if last.metric == "chips":
            by_block[span.block].append(found[-1])
    return found


def _begins_item(reading: Reading, quantity: Quantity) -> bool:
    """Whether the number opens its list item, after a label at most: "- Narvik, Norway. About 52,000", "Narvik: 52,000"."""
    span = reading.segments.sentences[reading.segments.sentence_at(quantity.start)]
    blocks = reading.segments.blocks
    if span.block == 0 or not blocks[span.block].kind == blocks[span.block - 1].kind == "item":
        return False
    lead = reading.text[span.start : quantity.hedge.start].rstrip()
    return not lead or (len(lead) < 60 and lead[-1] in ":–—")
