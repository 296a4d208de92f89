"""
Whose thing a text speaks of: "OPC will feed the data center that Calder is building. The center has cost $90 million."

In: a `Reading`, a sentence. Out: names, empty where the text ties no company to a site. Never takes whoever only supplies it.
"""

from __future__ import annotations

import re

from ingest.extract.attribution.parties import Group, group, parties, utility
from ingest.extract.attribution.sides import SUPPLIERS
from ingest.extract.names.mentions import company_kinds
from ingest.extract.reading import Reading

_THING = r"(?:campus(?:es)?|data ?cent(?:er|re)s?|computing cent(?:er|re)s?|sites?|facilit(?:y|ies)|buildings?|halls?|complex|clusters?|supercomputer|server farm)"
OPENS = re.compile(
    rf"(?:The|This|That|These|Both|Its) (?:(?!company|firm)[\w-]+ ){{0,2}}?(?:{_THING}|cent(?:er|re)s?)\b(?!['’]s (?:operator|owner|developer))"
)
THING_BEFORE = re.compile(rf"\b{_THING}(?:,? (?:[\w-]+ ){{0,2}}?(?:of|by|that|which|for))? (?:the )?$", re.IGNORECASE)
THING_AFTER = re.compile(
    rf"(?:['’]s?)? (?:(?:[\w-]+|[\d.,]+[- ]?[MG]W) ){{0,3}}?{_THING}\b|,? (?:which|who) (?:is|are|has|will be) (?:\w+ )?(?:build|erect|construct|develop|fitting)\w* (?:an?|the|its) (?:[\w-]+ ){{0,3}}?{_THING}\b"
)


def thing_owner(reading: Reading, sentence: int) -> tuple[str, ...]:
    """Of several companies of the sentence before, the one whose site the sentence goes on with."""
    span = reading.segments.sentences[sentence]
    first = reading.segments.blocks[span.block].first_sentence
    if sentence == first or not OPENS.match(reading.text, span.start):
        return ()
    groups = group(reading, parties(reading, sentence - 1, True))
    owners = [g for g in groups if _owns(reading, g)]
    return owners[0].names if len(owners) == 1 < len(groups) else ()


def fed_owner(reading: Reading) -> tuple[str, ...]:
    """The first company that the text ties to a site and that is no supplier of power."""
    for number in range(len(reading.segments.sentences)):
        for one in group(reading, parties(reading, number, True)):
            if _owns(reading, one) and not all(supplies(name) for name in one.names):
                return tuple(n for n in one.names if not supplies(n))
    return ()


def supplies(name: str) -> bool:
    """Whether a company sells power or machines, by the reference or by its name."""
    kind = company_kinds().get(name)
    return (
        kind in SUPPLIERS
        or utility(name)
        or (kind is None and name.endswith((" Energy", " Power", " Renewables", " Solar", " Wind")))
    )


def _owns(reading: Reading, one: Group) -> bool:
    lead = reading.text[max(0, one.start - 50) : one.start]
    return THING_BEFORE.search(lead) is not None or THING_AFTER.match(reading.text, one.end) is not None
