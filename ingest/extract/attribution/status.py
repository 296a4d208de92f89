"""
In what state a thing is: planned, building, operating, done, cancelled.

In: a `Reading` and a figure. Out: a status. The figure's own clause decides, by the word that stands nearest; where it says
nothing, the sentence beside it, and the site's own work. A project under way lends its state to its site and its capacity,
never to what is still only possible. Money is done when it was spent, raised or paid.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from db.records import Status
from ingest.extract.attribution.clauses import Clause, clause_of
from ingest.extract.attribution.endings import CANCELLED, Endings
from ingest.extract.attribution.projects_at_work import ProjectsAtWork
from ingest.extract.attribution.standing import BEING_USED, STATE_BEHIND, is_held, is_measure, stands
from ingest.extract.attribution.status_cues import (
    AGREED,
    AT_WORK,
    BACK,
    BUDGETED,
    BUILDING,
    CONSTRUCTION,
    DONE_MONEY,
    DUE,
    FUTURE,
    FUTURE_OWN,
    LATER,
    MOVES,
    OPENED,
    OPENS,
    OPERATING,
    PERMANENT,
    RAISED,
    RUNS,
    SEEK,
    SIGNED,
    SINCE,
    TALK,
    TOGETHER,
    in_work,
)
from ingest.extract.figures.find import Figure
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Window

OF_YEAR = re.compile(r" (?:in|of|for|during|over) (?:fiscal )?(20[012]\d)\b(?![-–/])")
YEAR = re.compile(r"\b(20[0-4]\d)\b")
ON_SITE = re.compile(r"\bon (?:the )?site\b")
LEAD = 600
"""Characters of a text in which it says what it is about."""
LONGEST = 420
"""Characters of a sentence that is one statement; a transcript without full stops says many things in one."""
AHEAD = 2
"""Sentences of a paragraph within which "it" is what was measured before: "It is being fitted out"."""
SITED = frozenset({"power", "floor_area", "land_area"})
LED = frozenset({"capex", "jobs", "floor_area", "land_area", "online"})
"""What stands as its site does; how much power or how many chips it is to have one day is no part of the work under way."""
CAPACITIES = 2
"""Capacities of a text that tells of one site's only."""
REACH = 1
"""Sentences of an item within which one says how things stand with what another counts."""


class States:
    """Decides the status of every figure of one document."""

    def __init__(self, reading: Reading, digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        self.sentences: dict[int, Window] = {}
        self.at_work: dict[int, bool] = {}
        self.projects = ProjectsAtWork(reading, self._is_at_work)
        self.endings = Endings(reading, digest)
        lead = Window(reading.text, reading.base, reading.base + LEAD // 2)
        self.many_capacities = sum(q.unit == "MW" for q in reading.quantities) > CAPACITIES
        self.opened = not digest and bool(
            OPENS.seek(self.endings.title) or (OPENED.seek(lead) and not self.endings.in_title)
        )

    def _is_at_work(self, number: int) -> bool:
        """Whether a sentence, if it is one statement, says that building goes on."""
        if number not in self.at_work:
            span = self.reading.segments.sentences[number]
            self.at_work[number] = span.end - span.start < LONGEST and in_work(self._sentence(number))
        return self.at_work[number]

    def of(self, figure: Figure, at_main_site: bool, project: str | None = None) -> Status:
        """The status of `figure`, which is of `project`; `at_main_site` when it measures the site that the document is about."""
        clause, sentence = clause_of(self.reading, figure), self._sentence(figure.sentence)
        if self.endings.hold(figure, clause, sentence, at_main_site):
            return "cancelled"
        if figure.metric == "contract":
            return "planned"
        if figure.metric == "financing":
            body = figure.start >= self.reading.base
            seeks = clause.says(SEEK) or (body and clause.says(MOVES))
            return "planned" if seeks and not clause.says(RAISED) else "done"
        led = at_main_site and self._is_led(figure, clause)
        if figure.metric == "capex":
            state = self._capex(figure, clause, led, project)
            told = state != "planned" or clause.says(FUTURE)
            return state if told else self._beside(figure, sentence) or state
        building = self._lent(figure, led, project)
        if figure.metric == "jobs":
            return self._jobs(clause, building)
        if figure.quantity is not None and figure.quantity.hedge.potential:
            return "planned"
        if figure.metric == "online":
            return self._online(figure, clause, sentence, building)
        return self._thing(figure, clause, sentence, building, at_main_site)

    def _thing(self, figure: Figure, clause: Clause, sentence: Window, building: bool, at_main_site: bool) -> Status:
        """Of capacity, chips, land and floor."""
        at_work = in_work(clause.window)
        if figure.metric == "power" and (clause.followed_by(SIGNED) or clause.nearer(AGREED, OPERATING)):
            return "building" if at_work else "planned"
        now = not self._in_a_later_year(clause.window)
        if stands(self.reading.text, figure) or (figure.metric != "land_area" and clause.followed_by(STATE_BEHIND)):
            return "operating"
        if now and clause.nearer(OPERATING, FUTURE_OWN) and not (at_work and clause.nearer(BUILDING, OPERATING)):
            return "operating"
        if at_work:
            return "building"
        if now and clause.nearer(RUNS, FUTURE_OWN):
            return "operating"
        if building and not clause.says(LATER):
            return "building"
        if clause.says(FUTURE):
            return "planned"
        if now and figure.metric in {"power", "chips"} and self._holds(figure, clause, sentence):
            return "operating"
        if (
            at_main_site
            and self.opened
            and not (clause.says(LATER) or FUTURE.seek(sentence) or TOGETHER.seek(sentence))
        ):
            return "operating"
        if OPERATING.seek(sentence) and not FUTURE.seek(sentence) and not self._in_a_later_year(sentence):
            return "operating"
        return "building" if in_work(sentence) else self._beside(figure, sentence) or "planned"

    def _holds(self, figure: Figure, clause: Clause, sentence: Window) -> bool:
        """Whether the figure is what something holds or draws as the text is written, in a sentence that speaks of nothing to come."""
        dated = self._in_a_later_year(sentence) if self.reading.today else YEAR.search(sentence.text) is not None
        if dated or FUTURE_OWN.seek(sentence) or DUE.seek(sentence):
            return False
        return is_held(self.reading.text, figure) or clause.followed_by(BEING_USED)

    def _in_a_later_year(self, window: Window) -> bool:
        """Whether the window speaks of a year to come: "everything in place by 2032"."""
        today = self.reading.today
        return today is not None and any(int(year) > today.year for year in YEAR.findall(window.text))

    def _jobs(self, clause: Clause, building: bool) -> Status:
        builders = clause.nearer(CONSTRUCTION, PERMANENT)
        if clause.says(AT_WORK) and not clause.nearer(FUTURE, AT_WORK):
            on_site = ON_SITE.search(clause.window.text) is not None and not clause.says(PERMANENT)
            return "building" if builders or building or on_site else "operating"
        return "building" if building and builders else "planned"

    def _capex(self, figure: Figure, clause: Clause, led: bool, project: str | None) -> Status:
        if clause.says(OPENED) and not clause.nearer(FUTURE, OPENED) and not clause.nearer(BUDGETED, OPENED):
            return "done"
        lent = self._lent(figure, led, project)
        budgeted = clause.nearer(BUDGETED, DONE_MONEY)
        if clause.nearer(DONE_MONEY, FUTURE_OWN) and not budgeted:
            return "building" if lent and "invested" in clause.window.text else "done"
        today = self.reading.today
        own = OF_YEAR.match(self.reading.text, figure.end)  # "some $76 billion in 2024, and $120 billion this year"
        years = [int(own[1])] if own else [int(y) for y in YEAR.findall(clause.window.text)]
        past = today and own and max(years) < today.year
        if past and (is_measure(self.reading.text, figure) or not (budgeted or clause.says(FUTURE))):
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
        under_way = (building and not clause.says(TALK)) or in_work(sentence)
        return "building" if under_way else "planned"

    def _beside(self, figure: Figure, sentence: Window) -> Status | None:
        """What the next sentence says of the figure's thing ("Both are running."), or the one before of what "it" is."""
        sentences, number = self.reading.segments.sentences, figure.sentence
        beside = [number + 1] if number + 1 < len(sentences) else []
        if number > 0 and BACK.match(sentence.text):
            beside.append(number - 1)
        for other in beside:
            window = self._sentence(other)
            if (other > number and sentences[other].block != sentences[number].block) or (
                other > number and not BACK.match(window.text)
            ):
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

    def _is_led(self, figure: Figure, clause: Clause) -> bool:
        """Whether what the text says of its site at the outset holds for the figure, if it is of that site."""
        return figure.metric in LED or (
            figure.metric == "power" and not self.many_capacities and not clause.says(FUTURE)
        )

    def _lent(self, figure: Figure, led: bool, project: str | None) -> bool:
        """Whether the document's site, if it has `led` the figure, is being built, or that of the figure's own item, by those whom its sentence names."""
        if self.projects.lend(figure, project):
            return True
        segments, number = self.reading.segments, figure.sentence
        block = segments.block_of(number)
        first = max(block.first_sentence, number - REACH)
        if self.digest:
            said = [n for n in range(first, min(block.last_sentence, number + REACH + 1)) if self._is_at_work(n)]
        else:
            leading = bisect_left(segments.starts, self.reading.base + LEAD) if led else 0
            said = [n for n in range(leading) if self._is_at_work(n)]
            if not said and figure.metric != "generation":
                said = [n for n in range(first, number + 1) if self._is_at_work(n)]
                if figure.metric in SITED:
                    ahead = range(number + 1, min(block.last_sentence, number + AHEAD + 1))
                    said += [n for n in ahead if self._is_at_work(n) and BACK.match(self._sentence(n).text)]
        if not said:
            return False
        here = {hit.name for hit in self.reading.companies_in(figure.sentence)}
        there = {hit.name for n in said for hit in self.reading.companies_in(n)}
        there = there or {hit.name for hit in self.reading.companies if hit.end < self.reading.base}
        return not here or not there or not here.isdisjoint(there)

    def _sentence(self, number: int) -> Window:
        if number not in self.sentences:
            span = self.reading.segments.sentences[number]
            self.sentences[number] = Window(self.reading.text, span.start, span.end)
        return self.sentences[number]
