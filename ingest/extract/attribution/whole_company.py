"""
Whether a sum belongs to a company as a whole: a funding round, a stake, a purchase, a contract between two companies.

In: a `Reading` and a figure. Out: yes or no. Never says so of a sentence that names a place, a project or a thing that stands somewhere.
"""

from __future__ import annotations

import re

from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled

ROUND = compiled(
    r"\b(?:rais(?:e|es|ed|ing)|(?:funding|equity|financing|investment) rounds?|rounds? (?:of|led)|Series [A-H]\b|valuation|valued at|whole stake|(?:bought|acquired|buys|acquires) (?-i:[A-Z])\w+|"
    r"takeover|(?:invest\w*|put\w*|pour\w*) [^.;]{0,40}\bin(?:to)? (?:OpenAI|Anthropic|xAI|CoreWeave|Nscale|Crusoe|Nebius|Lambda|Mistral))",
    re.IGNORECASE,
)
THING = compiled(
    r"\b(?:campus(?:es)?|sites?|projects?|facilit(?:y|ies)|data ?cent(?:er|re)s?(?! (?:developer|operator|compan|firm|provider|giant|owner|builder|business|space|chips|platform))|plants?|construction|complex|land|here|there|state|county|vehicle|SPV|loans?|bonds?|notes)\b",
    re.IGNORECASE,
)


LOOK_BACK = 2
"""Sentences of the paragraph before it that must not tell of a site either."""


def whole_company(reading: Reading, figure: Figure) -> bool:
    """Whether `figure` is a sum of its company, wherever that builds."""
    sentence = reading.segments.sentences[figure.sentence]
    if figure.metric != "financing" or sentence.start < reading.base:
        return False
    first = reading.segments.blocks[sentence.block].first_sentence
    for number in range(max(first, figure.sentence - LOOK_BACK), figure.sentence + 1):
        if reading.places_in(number) or reading.projects_in(number):
            return False
    return (
        ROUND.search(reading.text, sentence.start, sentence.end) is not None
        and THING.search(reading.text, sentence.start, sentence.end) is None
    )
