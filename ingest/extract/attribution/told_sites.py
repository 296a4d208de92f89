"""
Where a text says in so many words that the thing stands: "The campus will be at Cornaredo", "The land is in Guaíba".

In: a `Reading` and its sites. Out: places, in the order of the text. Such a sentence holds for the whole text, also for the larger
town or the country that another sentence put the thing "near". Never looks at a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.extract.places.areas import PlaceHit
from ingest.extract.places.town_words import CHOSEN
from ingest.extract.reading import Reading

LOOK_BACK = 130
"""Characters before a place within which the thing and its verb stand."""
THING = (
    r"(?:(?<![\w-])(?:[Ii]t|[Tt]hey|[Bb]oth)|\b(?:campus(?:es)?|sites?|data ?cent(?:er|re)s?|facilit(?:y|ies)|projects?|plots?|land|"
    r"propert(?:y|ies)|complex|plants?|buildings?|hubs?|clusters?|supercomputer|factory|parcels?|development))\b"
)
STANDS = re.compile(
    rf"{THING}[^.;:]{{0,48}}?(?:\b(?:is|are|was|will be|would be|to be)\b(?: \w+){{0,2}}? ?(?:to be )?(?:built|developed|located|situated|based|"
    r"constructed|sited|placed)?|\b(?:stands?|lies|sits?|rises?|will (?:stand|rise|go up|sit)|is to (?:stand|rise|go up)|located|situated)\b) "
    r"(?:up )?(?:in|at|on|within|inside)\s+(?:(?:the|an?|nearby|rural|downtown|central|greater|suburban|city|town|township|municipality|village|district|county|"
    r"area|region|province|state|outskirts|heart|suburbs?|north\w*|south\w*|east\w*|west\w*|of) ){0,5}$"
)
WHERE_IT = re.compile(
    r",? where (?:the|its|this) (?:[\w-]+ ){0,3}?(?:campus|site|data ?cent(?:er|re)|datacent(?:er|re)|facility|project|plant|complex|cluster|supercomputer) "
    r"(?:is|are|will be|would be|was|stands|is (?:due|set|planned|expected|scheduled) to be) ?(?:(?:due|set|planned|expected|scheduled|going) to be )?"
    r"(?:built|located|situated|sited|constructed|developed|being built|under construction|taking shape)?\b"
)
ADDRESS = re.compile(r"(?:^|\n)[-*•·]? ?(?:Address|Location|Site|Place|Where|Municipality|City|Town): [^.;:\n]{0,40}$")
LONGEST_LABEL = 60
"""Characters of a line up to a place that a label leads: a text of one line may be long."""
OTHER = re.compile(
    r"\b(?:another|other|second|existing|sister|also|already|its (?:first|other)|that (?:one|site|campus))\b",
    re.IGNORECASE,
)
OF_REGION = re.compile(r"(?:['’]s)? (?:metro(?:politan)? )?(?:area|region|metro)\b")
ITS_NAME = re.compile(r" (?:campus|site|data ?cent(?:er|re)|facility|project|plant|hub|complex)\b")
REGION_OF = re.compile(
    r"\b(?:near|outside(?: of)?|close to|not far from|around|(?:area|region|outskirts|suburbs?|vicinity|north|south|east|west) of)(?: downtown)? (?:the )?$",
    re.IGNORECASE,
)


def told_sites(reading: Reading, sites: Iterable[PlaceHit]) -> Iterator[PlaceHit]:
    """Those of `sites` that a sentence puts the thing in."""
    text = reading.text
    for hit in sites:
        sentence = reading.segments.sentences[reading.segments.sentence_at(hit.start)]
        block = reading.segments.blocks[sentence.block]
        before = text[max(sentence.start, hit.start - LOOK_BACK) : hit.start]
        if OTHER.search(before):
            continue
        if (
            CHOSEN.match(text, hit.end)
            or WHERE_IT.match(text, hit.end)
            or STANDS.search(before)
            or (hit.start - block.start <= LONGEST_LABEL and ADDRESS.search(text[block.start : hit.start]))
        ):
            yield hit


def is_its_name(reading: Reading, hit: PlaceHit) -> bool:
    """Whether the place but names the thing, which then may be near it: "the Milan campus"."""
    return ITS_NAME.match(reading.text, hit.end) is not None


def is_of_region(reading: Reading, hit: PlaceHit) -> bool:
    """Whether only the region of a town is spoken of: "the Denver region"."""
    return OF_REGION.match(reading.text, hit.end) is not None


def is_vague(reading: Reading, hit: PlaceHit) -> bool:
    """Whether the text puts the thing only near the place, or in its region."""
    before = reading.text[max(0, hit.start - 32) : hit.start]
    return REGION_OF.search(before) is not None or OF_REGION.match(reading.text, hit.end) is not None
