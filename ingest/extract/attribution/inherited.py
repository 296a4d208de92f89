"""
Whose a figure is that no company is named with: who acts in the sentences before it, the heading, the document's main companies.

In: a `Reading`, whom it is about, and a figure. Out: names. Who is only acted with or for, and who lends, builds or serves for others,
comes last. Never looks into the figure's own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.attribution.deals import DEAL, OVERALL
from ingest.extract.attribution.parties import Group, group, parties
from ingest.extract.attribution.pronouns import BUYER, PRONOUN, SPOKEN
from ingest.extract.attribution.roles import Roles
from ingest.extract.attribution.serving import serves
from ingest.extract.attribution.sides import SHARED, taken_by
from ingest.extract.attribution.subjects import subjects
from ingest.extract.attribution.topics import head_of, heading_of, is_name, is_own_item, lead_in
from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading

WITH = re.compile(
    r"\b(?:with|alongside|for|from|than|under|against|via|through)\s+(?:the |its |a |an |chip ?maker |developer |partner |\w+['’]s (?:\w+ )?|\w+ (?:firm|group|company) )?$",
    re.IGNORECASE,
)
# "The Orrin deal is for 40 MW. It will pay": the deal is named after the other side.
DEALT = re.compile(
    r" (?:deal|pact|contract|lease|agreement|memorandum|MoU|order|tie-up|partnership|loan|investment|purchase|acquisition|takeover|money)s?\b"
)
ALONE = re.compile(
    r"(?:It|Its|The (?:[\w-]+ )?(?:company|firm|group|developer|operator|start-?up|builder|giant|miner|provider))\b(?! (?:is|was) (?:a|the) (?:first|second|third|largest|biggest))"
)
LIST_CELLS = 3
"""Bars of a row that lists things side by side; fewer make a sheet of facts about one."""
BLOCKS = 40
"""Paragraphs of a section that are gone back over at most."""


class Inherited:
    """Decides for the figures of one document."""

    def __init__(self, reading: Reading, roles: Roles, digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        self.roles = roles
        self.titled, self.main = subjects(reading)
        told = (group(reading, parties(reading, n, False)) for n in range(len(reading.segments.sentences)))
        self.acting = next((one.own for groups in told for one in groups if set(one.names) & set(self.main)), ())
        """Who of the main companies acts first, with whom it acts together."""

    def _of_main(self, figure: Figure, first: int, main: tuple[str, ...]) -> bool:
        """Whether the paragraph has spoken of a main company before the figure, to which it may return."""
        before = self.reading.company_index.before(figure.sentence, first)
        return any(h.name in main for number in before for h in self.reading.companies_in(number))

    def _acted_in(self, here: int, first: int, keep: bool) -> Iterator[tuple[int, list[Group]]]:
        """The sentences before and their companies, those first in which one acts and is not only acted with or for."""
        beside: list[tuple[int, list[Group]]] = []
        for number in self.reading.company_index.before(here, first):
            groups = group(self.reading, parties(self.reading, number, keep))
            acting = [one for one in groups if not self._beside(number, one)]
            if acting:
                yield number, [*acting, *(one for one in groups if one not in acting)]
            elif groups:
                beside.append((number, groups))
        if self.digest or not self.main:
            yield from beside

    def acted(self, figure: Figure, keep: bool) -> bool:
        """Whether a company acts in the paragraph before the sentence of `figure`."""
        first = self.reading.segments.blocks[self.reading.segments.sentences[figure.sentence].block].first_sentence
        told = next(self._acted_in(figure.sentence, first, keep), None)
        return told is not None and any(not self._beside(told[0], one) for one in told[1])

    def _beside(self, number: int, one: Group) -> bool:
        """Whether those companies are told of beside whom the sentence is about."""
        if all(n not in self.main and serves(n) for n in one.names):
            return True
        text, start = self.reading.text, self.reading.segments.sentences[number].start
        return (
            DEALT.match(text, one.end) is not None
            or WITH.search(text, max(start, one.start - 40), one.start) is not None
        )

    def names(self, figure: Figure, keep: bool) -> tuple[str, ...]:
        """The companies of `figure`, `keep` whether sellers and suppliers count."""
        reading = self.reading
        blocks = reading.segments.blocks
        sentence = reading.segments.sentences[figure.sentence]
        block, first = sentence.block, blocks[sentence.block].first_sentence
        cells = reading.text.count("|", blocks[block].start, blocks[block].end)
        if blocks[block].kind == "row" and self.digest and cells >= LIST_CELLS:
            return heading_of(self.reading, block)  # a row of a list of projects is somebody's own
        if len(heading := heading_of(self.reading, block)) == 1 and is_name(self.reading, head_of(self.reading, block)):
            return heading  # under "Microsoft" it is Microsoft that builds, whoever else is spoken of
        if self.titled and not self.digest and SPOKEN.search(reading.text, sentence.start, sentence.end):
            return heading or self.titled[:1]  # whoever else was spoken of, "we" are the text's own
        if told := self.roles.labelled(block, figure.metric in SHARED, figure.metric == "financing"):
            return told
        main = heading or self.main
        for number, groups in self._acted_in(figure.sentence, first, keep):
            if BUYER.match(reading.text, sentence.start) and (
                taker := taken_by(reading, number, groups, sentence.start)
            ):
                return taker
            if groups:
                mains = [g for g in groups if set(g.names) & set(main)]
                raised = figure.metric == "financing"  # by the sentence's subject, not the customers told of beside it
                groups = sorted(mains, key=lambda g: 0 if raised else -len(g.names)) or groups
                before = reading.segments.sentences[number]
                if (
                    figure.metric in SHARED
                    and len(groups) > 1
                    and DEAL.search(reading.text, before.start, before.end)
                    and (not main or set(main) & {n for g in groups for n in g.names})
                ):
                    # A sentence of a deal is followed by what the deal is of: both sides have a part in it.
                    return tuple(dict.fromkeys(n for g in sorted(groups, key=lambda g: g.start)[:2] for n in g.own))
                if number == figure.sentence - 1 and PRONOUN.match(reading.text[sentence.start : sentence.start + 50]):
                    return groups[0].names
                others = not self.digest and main and number != first and not set(groups[0].names) & set(main)
                if others and self._of_main(figure, first, main):
                    continue
                return groups[0].names
        if not self.digest and (told := lead_in(reading, block)):
            return told
        if self.digest and is_own_item(self.reading, block):
            return self.titled if len(self.titled) == 1 else ()  # the title says whose the list is
        if self.digest or not self.main:
            section = blocks[block].section
            for index in range(block - 1, max(-1, block - 1 - BLOCKS), -1):
                if blocks[index].section != section:
                    break
                names: tuple[str, ...] = ()
                for number in reading.company_index.before(blocks[index].last_sentence, blocks[index].first_sentence):
                    groups = group(reading, parties(reading, number, keep))
                    if groups:
                        names = groups[0].own
                        if groups[0].start - blocks[index].start < 60 or blocks[index].kind == "heading":
                            return names
                if names and (blocks[index].kind == "heading" or block - index == 1):
                    return names
        if self.digest and not heading:
            for number in reading.company_index.after(figure.sentence, blocks[block].last_sentence):
                if groups := group(reading, parties(reading, number, keep)):
                    return groups[0].names
        # The companies of a digest's first item are not those of its last.
        if (
            not heading
            and not self.digest
            and len(self.main) > 1
            and figure.metric != "contract"
            and (
                ALONE.match(reading.text, sentence.start) or OVERALL.search(reading.text, sentence.start, sentence.end)
            )
        ):
            return self.acting
        return heading or (self.titled if self.digest else self.main)
