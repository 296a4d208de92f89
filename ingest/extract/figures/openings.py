"""
Periods that say when capacity starts, as figures of `online`.

In: a `Reading` and its other figures, for a date beside megawatts or chips says when they stand. Out: figures. The words are
judged by `metrics.online`; never reads a date of saying as one of happening.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from ingest.extract.figures.columns import Columns
from ingest.extract.figures.figure import CONTEXT, Figure
from ingest.extract.metrics.online import goes_on, judge, of_column
from ingest.extract.reading import Reading

# "When will it open? - In 2028": the question says what the date is of.
ASKED = re.compile(
    r"\b[Ww]hen\b[^?.\n]{0,60}\b(?:open\w*|live|online|ready|lights|operat\w+|runn?\w*|energi\w+|finish\w*|complet\w+|built|done|power|up)\b[^?.\n]{0,30}\?\s*$"
)
ANSWER = re.compile(
    r"(?:[A-Z][\w .]{0,24}: ?)?[\"“]?(?:(?:Well|So|Uh|Um|Look|Hopefully|Probably),? )?(?:(?:[Ii]n|[Bb]y|[Ff]rom|[Dd]uring) (?:the )?)?"
)
LONGEST = 80
"""Characters that the longest written quantity takes."""


def openings(reading: Reading, figures: list[Figure], columns: Columns) -> list[Figure]:
    """The figures of `online` among the periods of `reading`."""
    counted: dict[int, list[Figure]] = defaultdict(list)
    aims = {f.sentence for f in figures if f.metric in {"power", "generation", "chips"}}
    for figure in figures:
        if figure.metric in {"power", "generation", "chips"}:
            counted[figure.sentence].append(figure)
    opened: Figure | None = None
    out: list[Figure] = []
    segments = reading.segments
    periods = reading.periods
    starts, period_starts = [q.start for q in reading.quantities], [p.start for p in periods]
    for index, period in enumerate(periods):
        number = segments.sentence_at(period.start)
        sentence = segments.sentences[number]
        start, end = max(sentence.start, period.start - CONTEXT), min(sentence.end, period.end + CONTEXT)
        beside = reading.quantities[bisect_left(starts, start - LONGEST) : bisect_left(starts, end)]
        if any(q.start <= period.start < q.end and q.kind != "number" for q in beside):
            continue
        near = range(bisect_left(period_starts, start), bisect_left(period_starts, end))
        others = tuple((periods[i].hedge_start, periods[i].end) for i in near if i != index)
        capacity = any(
            start <= f.start and (0 <= period.start - f.end < 70 or 0 <= f.start - period.end < 30)
            for f in counted[number]
        )
        goal = number in aims or (number - 1 in aims and segments.sentences[number - 1].block == sentence.block)
        today = reading.today
        past = (
            (
                period.grain in {"month", "day"}
                and period.first is not None
                and today is not None
                and period.first <= today.isoformat()
            )
            or (period.last is not None and today is not None and period.last < today.isoformat())
            or (today is None and period.grain in {"month", "day"})
        )
        score = judge(reading.text, period, start, end, others, capacity, past, goal)
        score += of_column(columns.over(period.start))
        if score <= 0 and _answers(reading.text, start, period.hedge_start):
            score = 1.0
        if score <= 0 and opened and opened.sentence == number and goes_on(reading.text, opened.end, period):
            score = 1.0
        if score > 0:
            opened = Figure("online", period.start, period.end, number, min(score / 4, 1.0), period=period)
            out.append(opened)
    return out


def _answers(text: str, sentence: int, period: int) -> bool:
    """Whether the period opens the answer to a question when something starts."""
    return (
        ANSWER.fullmatch(text, sentence, period) is not None
        and ASKED.search(text, max(0, sentence - 120), sentence) is not None
    )
