"""
Sentences that speak of somebody without a name: "It will", "the two", "the company's chief executive gave the size".

In: a `Reading`, a figure and the groups of companies of its sentence. Out: patterns, and whether the groups stand apart from the figure.
Never says who is meant: `who` looks for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.attribution.parties import Group
from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled

PRONOUN = re.compile(
    r"^(?:[\"“‘'(•*-]|\s)*(?:It|They|He|She|Its|Their|The (?:company|firm|group|pair|partners|partnership|two|operator|developer|"
    r"start-?up|builder|giant|venture|trio|[\w-]+ (?:developer|company|firm|group)))\b(?! (?:is|was) (?:a|the) (?:first|second|third|largest|biggest))"
)
# "With Nvidia it is fitting out a centre", "Under the deal they will pay": what leads the sentence is not who acts.
INVERTED = re.compile(
    r"(?:With|Alongside|Under|Through|For|From|In|At|By|To) [^.;]{2,60}?,? (?:it|they) (?!was |is (?:said|expected|understood|reported))"
)
# "In February the company energized 200 MW", "Abroad, it is in with Eni for 50 MW": who acts, also behind the head of the sentence.
ACTING = compiled(
    r"(?:(?<=^)|(?<=[,;:] )|(?<=\d )|(?<=[a-z] ))(?<!\bby )(?<!\bof )(?<!\bto )(?<!\bfrom )(?<!\bwith )(?<!\bfor )(?<!\bin )(?<!\bat )(?<!\bon )(?:[Ii]t|[Tt]he (?:company|firm|group|developer|operator|start-?up|miner|provider|owners?))(?<!that it)(?<!which it)(?<!if it)(?<!as it)(?<!where it)(?<!when it) (?!sa(?:id|ys)\b|told\b|is (?:said|expected|understood|reported)\b|was (?:said|expected|understood|reported)\b)(?:also |now |has |have |had |will |would |plans to |intends to |wants to |is to |expects to |is )?(?!be\b|been\b|of\b|and\b|in\b(?! with))[a-z]+"
)
PLURAL = compiled(
    r"\b(?:[Tt]he (?:companies|partners|partnership|two|pair|duo|trio|three|two (?:companies|firms|sides|partners)|joint venture|venture)|[Bb]oth (?:companies|firms))\b|(?:(?<=[.;:] )|(?<=\n)|^)(?:They|Together)\b|\b(?:Both|The two) (?=of them\b|will\b|plan\b|have\b|are\b|want\b|expect\b)"
)
# "Nscale will install 23,040 GPUs for it": whom the sentences before are about.
FOR_IT = compiled(r"\b(?:for|to) (?:it|them|the company)\b(?! to\b)")
# "The purchaser intends": the one that the sentence before hands something to.
BUYER = re.compile(r"(?:The|Its) (?:purchaser|buyer|tenant|lessee|acquirer|allottee|new owner|occupier)\b")
# "We expect to invest", outside quotation marks: a company's own release or call.
SPOKEN = compiled(r"(?<![\"“‘])\b(?:[Ww]e|[Oo]ur)\b(?![^\"“”]{0,300}[\"”])")
TIED = re.compile(r"\b(?:with|alongside|together|from|for|by|to|is|are|of|and|at)\s(?:the |its )?(?:[\w-]+ )?$")


def told_after(reading: Reading, figures: Sequence[Figure], figure: Figure, groups: Sequence[Group]) -> bool:
    """Whether all of `groups` come after the figure and nothing ties them to it: "It gave 7 MW and denied that Orrin came"."""
    if figure.metric in {"contract", "financing"} or any(g.start < figure.end for g in groups):
        return False
    gap = reading.text[figure.end : groups[0].start]
    between = any(f.sentence == figure.sentence and figure.end <= f.start < groups[0].start for f in figures)
    return between or TIED.search(gap) is None
