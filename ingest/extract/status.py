"""
In what state a thing is: planned, building, operating, done, cancelled.

In: a `Reading` and a figure. Out: a status. The figure's own clause decides, by the word that stands nearest; where it says
nothing, the sentence beside it, and the site's own work. A project under way lends its state to its site and its capacity,
never to what is still only possible. Money is done when it was spent, raised or paid.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cached_property

from db.records import Status
from ingest.extract.clauses import Clause, clause_of
from ingest.extract.figures import Figure
from ingest.extract.patterns import Window
from ingest.extract.periods import Period
from ingest.extract.reading import Reading
from ingest.extract.status_cues import (
    AGREED,
    AT_WORK,
    BACK,
    BOUGHT,
    BUDGETED,
    BUILDING,
    CANCELLED,
    CONSTRUCTION,
    DEAL,
    DONE_MONEY,
    DUE,
    FUTURE,
    FUTURE_OWN,
    LATER,
    OFF,
    OPENED,
    OPERATING,
    PERMANENT,
    RAISED,
    RUNS,
    SEEK,
    SIGNED,
    SINCE,
    STAYS,
    TALK,
    in_work,
)

YEAR = re.compile(r"\b(20[012]\d)\b")
SOON = timedelta(days=183)
"""Time to an opening within which a thing of this size is not only planned any more."""
LEAD = 600
"""Characters of a text in which it says what it is about."""
REACH = 1
"""Sentences of an item within which one says how things stand with what another counts."""


class States:
    """Decides the status of every figure of one document."""

    def __init__(self, reading: Reading, digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        title = Window(reading.text, 0, reading.base)
        self.cancelled = bool(CANCELLED.seek(title) or OFF.seek(title))
        self.off = not digest and self.cancelled
        self.deal_off = self.off and DEAL.seek(title) is not None

    @cached_property
    def at_work(self) -> list[int]:
        """The sentences that say that building goes on."""
        return [number for number in range(len(self.reading.segments.sentences)) if in_work(self._sentence(number))]

    def of(self, figure: Figure, at_main_site: bool) -> Status:
        """The status of `figure`; `at_main_site` when it measures the site that the document is about."""
        clause, sentence = clause_of(self.reading, figure), self._sentence(figure.sentence)
        if clause.says(CANCELLED) or (self.cancelled and CANCELLED.seek(sentence)):
            return "cancelled"
        ended = self.deal_off if figure.metric == "financing" else self.off
        if ended and at_main_site and not STAYS.seek(sentence):
            return "cancelled"
        if figure.metric == "contract":
            return "planned"
        if figure.metric == "financing":
            return "planned" if clause.says(SEEK) and not clause.says(RAISED) else "done"
        if figure.metric == "capex":
            state = self._capex(figure, clause, at_main_site)
            told = state != "planned" or clause.says(FUTURE)
            return state if told else self._beside(figure, sentence) or state
        building = self._lent(figure, at_main_site)
        if figure.metric == "jobs":
            return self._jobs(clause, building)
        if figure.quantity is not None and figure.quantity.potential:
            return "planned"
        if figure.metric == "chips" and clause.says(BOUGHT) and not clause.says(FUTURE_OWN):
            return "done"
        if figure.metric == "online":
            return self._online(figure, clause, sentence, building)
        return self._thing(figure, clause, sentence, building)

    def _thing(self, figure: Figure, clause: Clause, sentence: Window, building: bool) -> Status:
        """Of capacity, chips, land and floor."""
        at_work = in_work(clause.window)
        if figure.metric == "power" and (clause.followed_by(SIGNED) or clause.nearer(AGREED, OPERATING)):
            return "building" if at_work else "planned"
        if clause.nearer(OPERATING, FUTURE_OWN) and not (at_work and clause.nearer(BUILDING, OPERATING)):
            return "operating"
        if at_work:
            return "building"
        if clause.nearer(RUNS, FUTURE_OWN):
            return "operating"
        if building and not clause.says(LATER):
            return "building"
        if clause.says(FUTURE):
            return "planned"
        if OPERATING.seek(sentence) and not FUTURE.seek(sentence):
            return "operating"
        return "building" if in_work(sentence) else self._beside(figure, sentence) or "planned"

    def _jobs(self, clause: Clause, building: bool) -> Status:
        builders = clause.nearer(CONSTRUCTION, PERMANENT)
        if clause.says(AT_WORK) and not clause.nearer(FUTURE, AT_WORK):
            return "building" if builders or building else "operating"
        return "building" if building and builders else "planned"

    def _capex(self, figure: Figure, clause: Clause, at_main_site: bool) -> Status:
        if clause.says(OPENED) and not clause.nearer(FUTURE, OPENED) and not clause.nearer(BUDGETED, OPENED):
            return "done"
        lent = self._lent(figure, at_main_site)
        budgeted = clause.nearer(BUDGETED, DONE_MONEY)
        if clause.says(DONE_MONEY) and not clause.says(FUTURE_OWN) and not budgeted:
            return "building" if lent and "invested" in clause.window.text else "done"
        years = [int(y) for y in YEAR.findall(clause.window.text)]
        today = self.reading.today
        if today and years and max(years) < today.year and not budgeted and not clause.says(FUTURE):
            return "done"
        # An item of a digest tells of a company's sum beside the site that is being built: the sum is its own.
        under_way = in_work(clause.window) or (not self.digest and lent and not clause.says(LATER))
        return "building" if under_way else "planned"

    def _online(self, figure: Figure, clause: Clause, sentence: Window, building: bool) -> Status:
        period, today = figure.period, self.reading.today
        past = period is not None and today is not None and period.last is not None and period.last < today.isoformat()
        since = period is not None and period.qualifier == "at_least" and re.search(r"\bsince\b", sentence.text)
        opened = today is None and SINCE.search(self.reading.text, max(0, figure.start - 40), figure.start)
        if (past or since or opened) and not clause.nearer(FUTURE_OWN, OPERATING):
            return "operating"
        under_way = self._soon(period) or (building and not clause.says(TALK)) or in_work(sentence)
        return "building" if under_way else "planned"

    def _soon(self, period: Period | None) -> bool:
        """Whether `period` is so near that what opens in it must be going up by now."""
        today = self.reading.today
        if period is None or today is None or period.last is None or period.first is None:
            return False
        return today.isoformat() <= period.last <= (today + SOON).isoformat()

    def _beside(self, figure: Figure, sentence: Window) -> Status | None:
        """What the next sentence says of the figure's thing ("Both are running."), or the one before of what "it" is."""
        sentences, number = self.reading.segments.sentences, figure.sentence
        beside = [number + 1] if number + 1 < len(sentences) else []
        if number > 0 and BACK.match(sentence.text):
            beside.append(number - 1)
        for other in beside:
            window = self._sentence(other)
            if sentences[other].block != sentences[number].block or (other > number and not BACK.match(window.text)):
                continue
            if FUTURE_OWN.seek(window) or DUE.seek(window):
                continue
            if CANCELLED.seek(window):
                return "cancelled"
            if in_work(window):
                return "building"
            if OPERATING.seek(window) or RUNS.seek(window):
                return "done" if figure.metric == "capex" else "operating"
        return None

    def _lent(self, figure: Figure, at_main_site: bool) -> bool:
        """Whether the document's site is being built, or that of the figure's own item, by those whom its sentence names."""
        sentences = self.reading.segments.sentences
        if self.digest:
            block = sentences[figure.sentence].block
            said = [n for n in self.at_work if sentences[n].block == block and abs(n - figure.sentence) <= REACH]
        else:
            said = [n for n in self.at_work if sentences[n].start < self.reading.base + LEAD] if at_main_site else []
        if not said:
            return False
        here = {hit.name for hit in self.reading.companies_in(figure.sentence)}
        there = {hit.name for n in said for hit in self.reading.companies_in(n)}
        return not here or not there or not here.isdisjoint(there)

    def _sentence(self, number: int) -> Window:
        span = self.reading.segments.sentences[number]
        return Window(self.reading.text, span.start, span.end)
