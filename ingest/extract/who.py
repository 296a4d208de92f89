"""
Whose figure it is: the companies that spend, build, buy, raise or run what a figure measures.

In: a `Reading` and its figures. Out: for each figure the names, in the order of the text. The words of the sentence decide,
the group nearest to the figure first; without a name in it, the item's label, the sentence before, the heading, the document's
main companies. A chip's maker beside its chip, a source, a rival named for comparison and an analyst are no parties.
"""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.extract.figures import Figure
from ingest.extract.mentions import company_kinds
from ingest.extract.parties import BY_PARTY, HANDED_TO, OWNED_BY, group, parties, utility
from ingest.extract.patterns import compiled
from ingest.extract.pronouns import BUYER, FOR_IT, INVERTED, PLURAL, PRONOUN, SPOKEN, told_after
from ingest.extract.reading import Reading
from ingest.extract.roles import Roles
from ingest.extract.sides import OBLIQUE, SHARED, SUPPLIERS, in_turn, nearest, other_side, raisers, taken_by
from ingest.extract.subjects import subjects
from ingest.extract.thing_owners import fed_owner, supplies, thing_owner
from ingest.extract.topics import head_of, heading_of, is_name, is_own_item, label_of, lead_in, row_of
from ingest.extract.unit_parents import told_parents, with_parents

PARTNER = re.compile(
    r"\b(?:with|alongside|for|by|together with)\s+(?:the |its |chip ?maker |pipeline group |developer |partner |\w+ (?:firm|group|company) )?$",
    re.IGNORECASE,
)
OF_SITE = frozenset({"capex", "online", "land_area", "floor_area", "jobs"})
"""Metrics whose figures are the site's owner's, whoever powers it."""
LIST_CELLS = 3
"""Bars of a row that lists things side by side; fewer make a sheet of facts about one."""
DEAL = compiled(
    r"\b(?:leases?|leased|deal|contract|agreement|signs?|signed|rent|tenant|pact|order|hosts?|hosting|lets|rents|(?-i:partner\w*)|team up|joint|supply)\b",
    re.IGNORECASE,
)

BLOCKS = 40
"""Paragraphs of a section that are gone back over at most."""


class Attribution:
    """Decides the companies of every figure of one document; figures are asked for in the order of the text."""

    def __init__(self, reading: Reading, figures: list[Figure], digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        self.beside: dict[int, list[Figure]] = defaultdict(list)
        for figure in figures:
            self.beside[figure.sentence].append(figure)
        self.titled, self.main = subjects(reading)
        self.roles = Roles(reading)
        self.parents = told_parents(reading)
        self.fed = fed_owner(reading) if self.main and all(map(supplies, self.main)) else ()
        self.deal = bool(DEAL.search(reading.text, 0, reading.base))
        self.last: dict[int, tuple[int, tuple[str, ...]]] = {}
        """Block index -> sentence and companies of the figure of a deal that came before in it."""

    def of(self, figure: Figure) -> tuple[str, ...]:
        """The companies of `figure`."""
        reading = self.reading
        keep = figure.metric in {"financing", "contract"}
        sentence = reading.segments.sentences[figure.sentence]
        groups = group(reading, parties(reading, figure.sentence, keep))
        ends = figure.start if figure.metric == "capex" else sentence.end
        taker = taken_by(reading, figure.sentence, groups, ends) if figure.metric in OF_SITE else ()
        beside = self.beside[figure.sentence]
        names = taker or in_turn(reading, beside, figure, groups) or nearest(reading, beside, figure, groups)
        if names and figure.metric in {"power", "chips", "generation", "online"}:
            names = other_side(self.reading, beside, figure, groups, names)
        if figure.metric == "financing":
            names = raisers(reading, figure, groups, names)
        block = sentence.block
        first = reading.segments.blocks[block].first_sentence
        opening = reading.text[sentence.start : sentence.start + 50]
        chosen = [g for g in groups if set(g.names) & set(names)]
        leads = [reading.text[max(sentence.start, g.start - 70) : g.start] for g in chosen]
        oblique = bool(chosen and not taker) and all(
            OBLIQUE.search(lead[-40:])
            and not (BY_PARTY.search(lead) or OWNED_BY.search(lead) or HANDED_TO.search(lead))
            for lead in leads
        )
        if names and oblique and not keep:
            pronoun = figure.sentence > first and (PRONOUN.match(opening) or INVERTED.match(opening))
            if pronoun or (not self.digest and self.main and not set(names) & set(self.main)):
                base = self._inherited(figure, block, keep)
                partners = [
                    n
                    for g in chosen
                    if PARTNER.search(reading.text[max(sentence.start, g.start - 40) : g.start])
                    for n in g.names
                ]
                dealt = figure.metric in {"power", "online"} and DEAL.search(reading.text, sentence.start, sentence.end)
                extra = partners if pronoun or dealt or figure.metric == "generation" else []
                names = tuple(dict.fromkeys([*base, *extra])) or names
        if (
            chosen
            and figure.sentence > first
            and PRONOUN.match(opening)
            and told_after(reading, beside, figure, chosen)
        ):
            names = self._inherited(figure, block, keep) or names
        topic = label_of(self.reading, block, figure.sentence, keep)
        if reading.segments.blocks[block].kind == "row" and not keep:
            topic = self.roles.of_row(block) or row_of(self.reading, block)
            names = (names or topic) if figure.metric in SHARED else topic or names
        if names and figure.metric in SHARED | {"financing"} and not set(topic) & set(names):
            names = (*topic, *names)
        if names and not keep and not self.digest and figure.metric != "generation" and all(utility(n) for n in names):
            # A utility named in passing does not own the site it serves.
            names = tuple(n for n in self.main if not utility(n)) or names
        if names and figure.metric in SHARED and FOR_IT.search(reading.text, sentence.start, sentence.end):
            names = (*names, *(n for n in self._inherited(figure, block, keep)[:1] if n not in names))
        spoken = bool(self.titled) and not self.digest and figure.metric in SHARED
        if spoken and names and SPOKEN.search(reading.text, sentence.start, sentence.end):
            names = tuple(dict.fromkeys((self.titled[0], *names)))  # "we let it to Orrin": the speaker has a part in it
        if not names:
            names = (
                self._plural(figure, keep)
                or (() if figure.metric == "generation" else thing_owner(reading, figure.sentence))
                or self._carried(figure)
                or self._inherited(figure, block, keep)
            )
        if self.fed and figure.metric in OF_SITE and all(map(supplies, names)):
            names = self.fed
        names = with_parents(self._both_sides(figure, block, names), self.parents, self.titled, self.digest)
        if figure.metric in SHARED:
            self.last[block] = figure.sentence, names
        return names

    def _carried(self, figure: Figure) -> tuple[str, ...]:
        """Whose the figure before was, where no company is named since: "Its order with Nscale covers 200,000. Sines takes 12,600"."""
        block = self.reading.segments.sentences[figure.sentence].block
        if figure.metric not in SHARED or block not in self.last:
            return ()
        sentence, names = self.last[block]
        since = range(sentence + 1, figure.sentence)
        return () if any(parties(self.reading, number, True) for number in since) else names

    def _plural(self, figure: Figure, keep: bool) -> tuple[str, ...]:
        """The companies that "the two" or "the partners" stand for: the last group of several, else the main ones."""
        sentence = self.reading.segments.sentences[figure.sentence]
        if not PLURAL.search(self.reading.text, sentence.start, sentence.end):
            return ()
        first = self.reading.segments.blocks[sentence.block].first_sentence
        for number in range(figure.sentence - 1, max(first - 1, figure.sentence - 3), -1):
            several = [g for g in group(self.reading, parties(self.reading, number, keep)) if len(g.names) > 1]
            if several:
                return several[-1].names
        return self.main if len(self.main) > 1 and not self.digest else ()

    def _both_sides(self, figure: Figure, block: int, names: tuple[str, ...]) -> tuple[str, ...]:
        """A deal has two parties: where the document is about one deal, each figure of it belongs to both."""
        told = heading_of(self.reading, block)
        if (
            (self.digest and not told)
            or not (told or self.main)
            or figure.metric in {"jobs", "land_area", "floor_area", "capex"}
        ):
            return names
        if (
            len(self.main) >= 2
            and not self.digest
            and set(names) <= set(self.main)
            and self.deal
            and figure.metric in {"contract", "power", "online"}
        ):
            return self.main[:2] if len(names) < 2 and set(names) <= set(self.main[:2]) else names
        sentence = self.reading.segments.sentences[figure.sentence]
        supplied = figure.metric == "generation" and all(company_kinds().get(n, "utility") in SUPPLIERS for n in names)
        dealt = (
            figure.metric == "contract"
            or supplied
            or (
                figure.metric in {"power", "chips", "online", "generation"}
                and DEAL.search(self.reading.text, sentence.start, sentence.end)
            )
        )
        if dealt and len(names) == 1 and names[0] not in (told or self.main)[:1]:
            return (*names, (told or self.main)[0])
        if figure.metric == "contract" and not self.digest and len(names) == 1 and len(self.main) >= 2:
            return (names[0], *(n for n in self.main[:2] if n != names[0]))
        return names

    def _of_main(self, figure: Figure, first: int, main: tuple[str, ...]) -> bool:
        """Whether the paragraph has spoken of a main company before the figure, to which it may return."""
        before = self.reading.company_index.before(figure.sentence, first)
        return any(h.name in main for number in before for h in self.reading.companies_in(number))

    def _inherited(self, figure: Figure, block: int, keep: bool) -> tuple[str, ...]:
        reading = self.reading
        blocks = reading.segments.blocks
        first, sentence = blocks[block].first_sentence, reading.segments.sentences[figure.sentence]
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
        for number in reading.company_index.before(figure.sentence, first):
            groups = group(reading, parties(reading, number, keep))
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
        return heading or (self.titled if self.digest else self.main)
