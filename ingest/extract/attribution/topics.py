"""
Whom a block of a text is about: the companies of its heading, of the question it answers, of its label or of its row.

In: a `Reading` and the number of a block. Out: names, empty where the block says none. Never looks at a figure.
"""

from __future__ import annotations

import re

from ingest.extract.attribution.parties import group, parties
from ingest.extract.names.mentions import Hit, company_forms, company_kinds
from ingest.extract.reading import Reading

TOPIC = re.compile(r"(?:(?:\d{1,2}[.)/]|[-*•·]) )?(?:[^.:|]{0,60}?(?::| \||\s[—–]) |[^.:|]{0,32}\. )")
SAYS = re.compile(
    r" (?:is|are|was|were|has|have|had|will|would|wants?|says?|said|can|may|did|does|goes|comes|went|came) [^:|—–]*\. $"
)
ASIDE = re.compile(
    r"\(?(?:Pictured?|Photos?|Photograph|Image|Caption|File photo|Read (?:also|more|next|on)|See also|Related(?: (?:stories|articles|news))?|More:|Also read|Source)\b[^.:]{0,16}:",
    re.IGNORECASE,
)
ITEM_LABEL = re.compile(r"(?:, [A-Z][\w .'’-]{1,40})?(?:\.|:| \||\s[—–-]) ")


def is_aside(reading: Reading, block: int) -> bool:
    """Whether a block is a picture's caption or a pointer to another text, which tells nothing of this one's subject."""
    span = reading.segments.blocks[block]
    return ASIDE.match(reading.text, span.start, span.end) is not None


def label_of(reading: Reading, block: int, figure_at: int, keep: bool) -> tuple[str, ...]:
    """The companies of the label at the head of an item, or those an item opens with: "Cipher Mining: a fifteen-year Amazon lease"."""
    key = block, keep, figure_at > reading.segments.blocks[block].first_sentence
    if key not in reading.labels:
        reading.labels[key] = _label_of(reading, *key)
    return reading.labels[key]


def _label_of(reading: Reading, block: int, keep: bool, goes_on: bool) -> tuple[str, ...]:
    span = reading.segments.blocks[block]
    label = TOPIC.match(reading.text, span.start, span.end)
    if label is not None and SAYS.search(label.group()):
        label = None  # "Calder is in it too." is a sentence, if a short one
    if label is None:
        if span.kind != "item" or not goes_on:
            return ()
        return next((g.names for g in group(reading, parties(reading, span.first_sentence, keep))), ())
    hits = [h for h in parties(reading, span.first_sentence, keep) if h.end <= label.end()]
    return tuple(dict.fromkeys(h.name for h in hits if keep or company_kinds().get(h.name) != "chips"))


def lead_in(reading: Reading, block: int) -> tuple[str, ...]:
    """The companies of the paragraph that leads to the list an item stands in: "Two machines are for Calder, which builds them"."""
    blocks = reading.segments.blocks
    at = block
    while at and blocks[at].kind == "item":
        at -= 1
    span = blocks[at]
    if at == block or span.kind != "paragraph" or span.section != blocks[block].section:
        return ()
    groups = group(reading, parties(reading, span.last_sentence - 1, True))
    return tuple(dict.fromkeys(n for g in groups for n in g.own))


def row_of(reading: Reading, block: int) -> tuple[str, ...]:
    """The companies of a table row's first cell, which says whose row it is."""
    span = reading.segments.blocks[block]
    first = reading.text.find("|", span.start, span.end)
    if first <= span.start:
        first = reading.text.find("|", span.start + 1, span.end)
    hits: list[Hit] = []
    for number in range(span.first_sentence, span.last_sentence):
        if reading.segments.sentences[number].start >= first:
            break
        hits += [h for h in parties(reading, number, False) if h.end <= first]
    if not hits:
        # "xAI Colossus | ...": the company stands in the project's name.
        at = span.start + len(reading.text[span.start : first]) - len(reading.text[span.start : first].lstrip(" |"))
        word = reading.text[at:first].split(" ", 1)[0]
        return (company_forms()[word],) if word in company_forms() else ()
    return tuple(dict.fromkeys(h.name for h in hits))


def is_own_item(reading: Reading, block: int) -> bool:
    """Whether the block is an item of its own, headed by its place: "Tulsa, Oklahoma. Project Clydesdale wants ..."."""
    span = reading.segments.blocks[block]
    first = reading.segments.sentences[span.first_sentence]
    hits = [h for h in reading.places_in(span.first_sentence) if h.start - first.start <= 1 and h.kind != "country"]
    return any(ITEM_LABEL.match(reading.text[h.end : min(span.end, h.end + 60)]) for h in hits)


def is_name(reading: Reading, at: int | None) -> bool:
    """Whether the heading is the name of a company and nothing else."""
    if at is None:
        return False
    span = reading.segments.blocks[at]
    heading = reading.text[span.start : span.end].strip(" :#*")
    return any(reading.text[h.start : h.end] == heading for h in reading.companies_in(span.first_sentence))


def head_of(reading: Reading, block: int) -> int | None:
    """The block that says what `block` is about: the question that it answers, or its heading."""
    blocks = reading.segments.blocks
    if block and reading.text.endswith("?", 0, blocks[block - 1].end):
        return block - 1
    at = reading.headings.get(blocks[block].section)
    return None if at is None or at >= block else at


def heading_of(reading: Reading, block: int) -> tuple[str, ...]:
    """The companies of the heading that the block stands under."""
    at = head_of(reading, block)
    if at is None:
        return ()
    span = reading.segments.blocks[at]
    numbers = range(span.first_sentence, span.last_sentence)
    return tuple(dict.fromkeys(h.name for n in numbers for h in parties(reading, n, False)))
