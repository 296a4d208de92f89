"""
Both sides of a deal: landlord and tenant, seller and buyer of power.

In: a `Reading`, whom it is about, a figure and the names its sentence gives. Out: the names with the other side. Never looks for the
other side in a digest but in the heading.
"""

from __future__ import annotations

import re

from ingest.extract.attribution.sides import SUPPLIERS
from ingest.extract.attribution.thing_owners import supplies
from ingest.extract.attribution.topics import heading_of
from ingest.extract.figures.find import Figure
from ingest.extract.names.mentions import company_kinds
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled

DEAL = compiled(
    r"\b(?:leases?|leased|deal|contract(?:s|ed)?|agreements?|signs?|signed|rent|tenants?|pact|orders?|hosts?|hosting|lets|rents|(?-i:partner\w*)|team up|joint|supply)\b",
    re.IGNORECASE,
)
# "Its pipeline now totals 3 GW": what a company has in all, of which a deal is but a part.
OVERALL = compiled(
    r"\b(?:pipeline|portfolio|fleet|platform|footprint|order book|guidance|outlook|overall|company-?wide|in all|pro forma|total(?:s|ling)? contracted|contracted (?:power|capacity|utili[sz]ation|critical)|"
    r"secured (?:power|capacity)|across (?:its|all|our|the (?:company|group|portfolio|fleet))|across \w+ (?:sites|states|campuses|countries|markets)|target\w*|aims?|aiming|expand to|potential to)\b",
    re.IGNORECASE,
)
NEAR = 8
"""Sentences on either side within which a paragraph is looked through."""


def both_sides(
    reading: Reading, main: tuple[str, ...], digest: bool, figure: Figure, names: tuple[str, ...]
) -> tuple[str, ...]:
    """A deal has two parties: where the document is about one deal, each figure of it belongs to both."""
    sentence = reading.segments.sentences[figure.sentence]
    told = heading_of(reading, sentence.block)
    if (digest and not told) or not (told or main) or figure.metric in {"jobs", "land_area", "floor_area", "capex"}:
        return names
    if (
        len(main) >= 2
        and not digest
        and set(names) <= set(main)
        and figure.metric in {"contract", "power", "online"}
        and titled_deal(reading)
    ):
        overall = names == main[:1] and (
            OVERALL.search(reading.text, sentence.start, sentence.end)
            or not _dealt_near(reading, figure.sentence, main[1])
        )
        return names if len(names) > 1 or overall or not set(names) <= set(main[:2]) else main[:2]
    if (
        figure.metric == "generation"
        and len(main) >= 2
        and not digest
        and len(names) == 1
        and names[0] in main[:2]
        and supplies(main[0]) != supplies(main[1])
    ):
        return main[:2]  # the plant's owner and who takes its power
    supplied = figure.metric == "generation" and all(company_kinds().get(n, "utility") in SUPPLIERS for n in names)
    dealt = (
        figure.metric == "contract"
        or supplied
        or (
            figure.metric in {"power", "chips", "online", "generation"}
            and DEAL.search(reading.text, sentence.start, sentence.end)
        )
    )
    if dealt and len(names) == 1 and names[0] not in (told or main)[:1]:
        return (*names, (told or main)[0])
    if figure.metric == "contract" and not digest and len(names) == 1 and len(main) >= 2:
        return (names[0], *(n for n in main[:2] if n != names[0]))
    return names


def _dealt_near(reading: Reading, sentence: int, other: str) -> bool:
    """Whether the paragraph tells of a deal or of the other side, as far as it stands near."""
    block = reading.segments.blocks[reading.segments.sentences[sentence].block]
    numbers = range(max(block.first_sentence, sentence - NEAR), min(block.last_sentence, sentence + NEAR + 1))
    start, end = reading.segments.sentences[numbers[0]].start, reading.segments.sentences[numbers[-1]].end
    return DEAL.search(reading.text, start, end) is not None or any(
        h.name == other for n in numbers for h in reading.companies_in(n)
    )


def titled_deal(reading: Reading) -> bool:
    """Whether the title tells of a deal."""
    return DEAL.search(reading.text, 0, reading.base) is not None
