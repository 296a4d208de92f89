"""
Which project a figure belongs to.

In: a `Reading` and a figure. Out: a project's name or None: that of its sentence, of the paragraph, of the numbered item or heading
above it, or what the text is about. Never gives what a text names in passing to what it says elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from ingest.extract.figures.find import Figure
from ingest.extract.names.mentions import Hit, project_companies, umbrella
from ingest.extract.reading import Reading
from ingest.extract.text.segments import Block

LEAD = 700
"""Characters of the text in which its subject is named."""
CALLED = re.compile(
    r"\b(?:known (?:\w+ )?as|called|dubbed|named|campus at|site at|facility at|project at)[\s,:“\"]{1,3}$"
)
KNOWN = re.compile(r"[”\"]?,? (?:as|is what) (?:the \w+|it) (?:is|are|was|will be)\b")
THE = re.compile(r"\b[Tt]he $")
ITS_KIND = re.compile(r" (?:campus|site|data cent(?:er|re)|facility|project|cluster|development|scheme)\b")
"""How a text introduces late what it is about."""


class Projects:
    """Decides the project of every figure of one document."""

    def __init__(self, reading: Reading, digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        self.subject = _of_title(reading) if digest else _subject(reading)
        self.at: dict[str, list[int]] = {}
        for hit in reading.projects:
            self.at.setdefault(hit.name, []).append(hit.start)
        self.headed = {reading.segments.blocks[block].section for block in reading.headings.values()}
        self.sections: dict[str, frozenset[int]] = {}

    def of(self, figure: Figure, companies: tuple[str, ...] = ()) -> str | None:
        """The project of `figure`; one told of elsewhere in the text only where `companies` may have a part in it."""
        hits = self.reading.projects_in(figure.sentence)
        if hits:
            before = [h for h in hits if h.start < figure.start]
            near = min(hits, key=lambda h: abs(h.start - figure.start))
            return (before[-1] if before and figure.start - before[-1].end < 140 else near).name
        told = self._told_before(figure) or self._subject_of(figure)
        if told is None or self._elsewhere(figure, told) or _of_others(self.reading, figure, told, companies):
            return None
        return told

    def _told_before(self, figure: Figure) -> str | None:
        """The project of the sentences before in the paragraph, in a digest of the heading too."""
        reading = self.reading
        block = reading.segments.blocks[reading.segments.sentences[figure.sentence].block]
        for number in reading.project_index.before(figure.sentence, block.first_sentence):
            return reading.projects_in(number)[0].name
        heading = self.items.get(block.start) or (
            reading.heading_over(block) if self.digest or block.kind == "row" else None
        )
        for number in range(heading.first_sentence, heading.last_sentence) if heading else ():
            if named := reading.projects_in(number):
                return named[0].name
        return None

    def _just_named(self, figure: Figure) -> str | None:
        """A project named in passing, for what the next paragraph says of it without a name."""
        reading = self.reading
        if len(reading.projects) != 1:
            return None
        hit = reading.projects[0]
        own, its = (
            reading.segments.sentences[n].block for n in (figure.sentence, reading.segments.sentence_at(hit.start))
        )
        return hit.name if own == its + 1 and not reading.companies_in(figure.sentence) else None

    @cached_property
    def items(self) -> dict[int, Block]:
        """Where an item marked by a sign starts -> the numbered item that it is listed under."""
        out: dict[int, Block] = {}
        over: Block | None = None
        for block in self.reading.segments.blocks:
            if block.kind not in {"item", "row"}:
                over = None
            elif self.reading.text[block.start].isdigit():
                over = block
            elif over is not None:
                out[block.start] = over
        return out

    def _subject_of(self, figure: Figure) -> str | None:
        """What the text is about; in a text of many things, that of the title where the paragraph does not begin with others."""
        if self.subject is None and not self.digest:
            return self._just_named(figure)
        if self.subject is None or not self.digest:
            return self.subject
        sentences = self.reading.segments.sentences
        first = self.reading.segments.blocks[sentences[figure.sentence].block].first_sentence
        here = {h.name for h in self.reading.companies_in(first)}
        return None if here and here.isdisjoint(self.own) else self.subject

    @cached_property
    def own(self) -> frozenset[str]:
        """The companies of the title, of the lead and of the sentences that name the subject."""
        reading = self.reading
        at = {reading.segments.sentence_at(start) for start in self.at.get(self.subject or "", ())}
        lead = {h.name for h in reading.companies if h.start < reading.base + LEAD // 2}
        return frozenset(lead | {h.name for n in at for h in reading.companies_in(n)})

    def _elsewhere(self, figure: Figure, project: str) -> bool:
        """Whether a text of several headed parts names the project in one of them only, and not in the figure's."""
        own = self.reading.block(figure.start).section
        at = self.at.get(project, [])
        if own not in self.headed or not at or min(at) <= self.reading.base + LEAD:
            return False
        if project not in self.sections:
            self.sections[project] = frozenset(self.reading.block(start).section for start in at)
        sections = self.sections[project]
        return len(sections) == 1 and own not in sections and sections <= self.headed


def _of_title(reading: Reading) -> str | None:
    """The project that the title names."""
    return next((h.name for h in reading.projects if h.start < reading.base and not umbrella(h.name)), None)


def _subject(reading: Reading) -> str | None:
    """The project that a text about one thing is about: in its title or lead, named again, or told later what it is called."""
    if (title := _of_title(reading)) is not None:
        return title
    counts = Counter(h.name for h in reading.projects)
    early = {h.name for h in reading.projects if h.start < reading.base + LEAD}
    sites = [name for name in counts if not umbrella(name)]
    if len(sites) == 1:
        hit = reading.projects[-1]
        in_passing = len(reading.projects) == 1 and hit.name not in early and not _is_introduced(reading.text, hit)
        return None if in_passing else sites[0]
    names = [name for name in counts if name in early or counts[name] > 1]
    return names[0] if len(names) == 1 or (names and names[0] in early) else None


def _is_introduced(text: str, hit: Hit) -> bool:
    """Whether the words around a project named late say that it is what the text is about: "The scheme, known as CAL3"."""
    called = CALLED.search(text, max(0, hit.start - 40), hit.start)
    return (
        called is not None
        or KNOWN.match(text, hit.end) is not None
        or (
            THE.search(text, max(0, hit.start - 8), hit.start) is not None and ITS_KIND.match(text, hit.end) is not None
        )
    )


def _of_others(reading: Reading, figure: Figure, project: str, companies: tuple[str, ...]) -> bool:
    """Whether the sentence is of companies that have no part in a project that the reference knows."""
    owners = project_companies(project)
    here = {h.name for h in reading.companies_in(figure.sentence)} & set(companies)
    return bool(owners and here and not owners & set(companies))
