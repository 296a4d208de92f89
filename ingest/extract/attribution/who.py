"""
Whose figure it is: the companies that spend, build, buy, raise or run what a figure measures.

In: a `Reading` and its figures. Out: for each figure the names, in the order of the text. The words of the sentence decide,
the group nearest to the figure first; without a name in it, the item's label, the sentence before, the heading, the document's
main companies. A chip's maker beside its chip, a source, a rival named for comparison and an analyst are no parties.
"""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.extract.attribution.deals import DEAL, both_sides
from ingest.extract.attribution.inherited import Inherited
from ingest.extract.attribution.parties import BY_PARTY, HANDED_TO, OWNED_BY, group, parties, utility
from ingest.extract.attribution.pronouns import ACTING, FOR_IT, INVERTED, PLURAL, PRONOUN, SPOKEN, told_after
from ingest.extract.attribution.roles import Roles
from ingest.extract.attribution.serving import funds, lends, serves
from ingest.extract.attribution.sides import OBLIQUE, SHARED, in_turn, nearest, other_side, raisers, taken_by
from ingest.extract.attribution.thing_owners import fed_owner, supplies, thing_owner
from ingest.extract.attribution.topics import label_of, row_of
from ingest.extract.attribution.unit_parents import told_parents, with_parents
from ingest.extract.figures.find import Figure
from ingest.extract.names.mentions import company_kinds
from ingest.extract.reading import Reading

PARTNER = re.compile(
    r"\b(?:with|alongside|for|to|by|together with)\s+(?:the |its |chip ?maker |pipeline group |developer |partner |\w+ (?:firm|group|company) )?$",
    re.IGNORECASE,
)
# "for Orrin", "to Calder": whom capacity is for.
CUSTOMER = re.compile(r"\b(?:for|to)\s+(?:the |\w+ (?:firm|group|company) )?$", re.IGNORECASE)
OF_SITE = frozenset({"capex", "online", "land_area", "floor_area", "jobs"})
"""Metrics whose figures are the site's owner's, whoever powers it."""
NEXT = re.compile(r"; |, (?:and|but|while|whereas|though|although) ")


def _is_oblique(lead: str) -> bool:
    """Whether whoever `lead` leads to is told of beside those who act: "with Calder", "for Orrin"."""
    return bool(
        OBLIQUE.search(lead[-40:]) and not (BY_PARTY.search(lead) or OWNED_BY.search(lead) or HANDED_TO.search(lead))
    )


class Attribution:
    """Decides the companies of every figure of one document; figures are asked for in the order of the text."""

    def __init__(self, reading: Reading, figures: list[Figure], digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        self.beside: dict[int, list[Figure]] = defaultdict(list)
        for figure in figures:
            self.beside[figure.sentence].append(figure)
        self.roles = Roles(reading)
        self.parents = told_parents(reading)
        self.inherited = Inherited(reading, self.roles, digest)
        self.titled, self.main = self.inherited.titled, self.inherited.main
        self.fed = fed_owner(reading) if self.main and all(map(supplies, self.main)) else ()
        self.last: dict[int, tuple[int, tuple[str, ...]]] = {}
        """Block index -> sentence and companies of the figure of a deal that came before in it."""

    def of(self, figure: Figure) -> tuple[str, ...]:
        """The companies of `figure`."""
        reading = self.reading
        keep = figure.metric in {"financing", "contract"}
        sentence = reading.segments.sentences[figure.sentence]
        groups = group(reading, parties(reading, figure.sentence, keep))
        if not keep and len(groups) > 1:
            powered = figure.metric in SHARED
            groups = [
                g
                for n, g in enumerate(groups)
                if set(g.names) & set(self.main) or not all(map(lends if powered or not n else serves, g.names))
            ] or groups[:1]
        ends = figure.start if figure.metric == "capex" else sentence.end
        taker = taken_by(reading, figure.sentence, groups, ends) if figure.metric in OF_SITE else ()
        beside = self.beside[figure.sentence]
        names = taker or in_turn(reading, beside, figure, groups) or nearest(reading, beside, figure, groups)
        if names and figure.metric in {"power", "chips", "generation", "online"}:
            names = other_side(self.reading, beside, figure, groups, names)
        if figure.metric == "financing":
            takers = raisers(reading, figure, groups, names)
            names = tuple(n for n in names if n in takers or company_kinds().get(n, "finance") == "finance")
            if names and (not takers or all(map(funds, names))):
                # "It has raised $2 billion from Calder": whose it is now, before those who gave it.
                names = (
                    *(n for n in self.inherited.names(figure, keep) if n not in names and not funds(n)),
                    *names,
                )
        block = sentence.block
        first = reading.segments.blocks[block].first_sentence
        opening = reading.text[sentence.start : sentence.start + 50]
        chosen = [g for g in groups if set(g.names) & set(names)]
        leads = [reading.text[max(sentence.start, g.start - 70) : g.start] for g in chosen]
        oblique = bool(chosen and not taker) and all(map(_is_oblique, leads))
        acting = (
            (figure.sentence > first or not self.digest)
            and figure.metric != "generation"
            and not set(names) & set(self.main)
        ) and ACTING.search(reading.text, sentence.start, figure.start)
        behind = bool(acting and chosen) and chosen[0].start >= figure.end and not taker
        if names and (oblique or behind) and not keep:
            pronoun = (figure.sentence > first and (PRONOUN.match(opening) or INVERTED.match(opening))) or acting
            apart = self.main and not set(names) & set(self.main)
            served = (
                figure.metric in SHARED
                and all(map((PARTNER if self.digest else CUSTOMER).search, leads))
                and self.inherited.acted(figure, keep)
            )
            if pronoun or (apart and not self.digest) or (self.digest and served):
                base = self.inherited.names(figure, keep)
                partners = [
                    n
                    for g in chosen
                    if PARTNER.search(reading.text[max(sentence.start, g.start - 40) : g.start])
                    for n in g.names
                ]
                dealt = figure.metric in {"power", "online"} and DEAL.search(reading.text, sentence.start, sentence.end)
                extra = partners if pronoun or dealt or served or figure.metric == "generation" else []
                names = tuple(dict.fromkeys([*base, *extra])) or names
        if chosen and (
            (figure.sentence > first and PRONOUN.match(opening) and told_after(reading, beside, figure, chosen))
            or (
                not keep
                and not self.digest
                and not set(names) & set(self.main)
                and chosen[0].start >= figure.end
                and NEXT.search(reading.text, figure.end, chosen[0].start)
            )
        ):
            names = self.inherited.names(figure, keep) or names
        topic = label_of(self.reading, block, figure.sentence, keep)
        if reading.segments.blocks[block].kind == "row" and not keep:
            topic = self.roles.of_row(block) or row_of(self.reading, block)
            names = (names or topic) if figure.metric in SHARED else topic or names
        if names and figure.metric in SHARED | {"financing"} and not set(topic) & set(names):
            names = (*topic, *names)
        if (
            names
            and not keep
            and not self.digest
            and figure.metric != "generation"
            and all(utility(n) and n not in self.main for n in names)
        ):
            # A utility named in passing does not own the site it serves.
            names = tuple(n for n in self.main if not utility(n)) or names
        if names and figure.metric in SHARED and FOR_IT.search(reading.text, sentence.start, sentence.end):
            names = (*names, *(n for n in self.inherited.names(figure, keep)[:1] if n not in names))
        spoken = bool(self.titled) and not self.digest and figure.metric in SHARED
        if spoken and names and SPOKEN.search(reading.text, sentence.start, sentence.end):
            names = tuple(dict.fromkeys((self.titled[0], *names)))  # "we let it to Orrin": the speaker has a part in it
        if not names:
            names = (
                self._plural(figure, keep)
                or (() if figure.metric == "generation" else thing_owner(reading, figure.sentence))
                or self._carried(figure)
                or self.inherited.names(figure, keep)
            )
        if self.fed and figure.metric in OF_SITE and all(map(supplies, names)):
            names = self.fed
        names = with_parents(
            both_sides(reading, self.main, self.digest, figure, names), self.parents, self.titled, self.digest
        )
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
