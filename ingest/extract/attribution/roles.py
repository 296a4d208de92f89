"""
Who a table or a sheet says in so many words to be the owner: a column "Operator", a line "Applicant: Orrin Ltd".

In: text and its segments, or a `Reading`. Out: the cells under such heads, the companies of such lines. Never reads a sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.extract.attribution.parties import group
from ingest.extract.names.role_cells import role_cells
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled

_OWNS = r"applicant|developer|owner|sponsor|operator|proponent|promoter|landlord|lessor|borrower|issuer|builder|company|client"
_USES = r"tenant|customer|lessee|offtaker|end user|occupier|buyer"
_LENDS = r"lender|investor|financier|underwriter"
# "Applicant: Orrin Ltd", "*Sponsors:* Calder, Aldine", "Developer | Orrin".
LABEL = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.;*] )|(?<=[*•-]))[ *|]*(?:(?P<owns>{_OWNS})|(?P<uses>{_USES})|(?P<lends>{_LENDS}))s?[ *]*[:|][* ]*",
    re.IGNORECASE | re.MULTILINE,
)
# The same wherever it stands, which most texts have nowhere.
LABELS = compiled(rf"\b(?:{_OWNS}|{_USES}|{_LENDS})s?[ *]*[:|]", re.IGNORECASE)
LINE = re.compile(r"[*•-]? ?\**[A-Z][\w ,/&()-]{1,40}\**: ?\**")
LEAST_LINES = 3
"""Lines of "word: value", one below the other, that make a sheet about one thing."""


class Roles:
    """The parties that labels and columns of one document give their lines and rows."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cells = role_cells(reading.text, reading.segments)
        self.rows: dict[int, tuple[str, ...]] = {}
        self.labels: dict[int, list[tuple[int, str, tuple[str, ...]]]] = defaultdict(list)
        """Sheet or section -> block, role and names of its labels."""
        self.sheets = _sheets(reading)
        labelled = LABELS.search(reading.text, reading.base) is not None
        for match in LABEL.finditer(reading.text, reading.base) if labelled else ():
            number = reading.segments.sentence_at(match.end())
            sentence = reading.segments.sentences[number]
            hits = [h for h in reading.companies_in(number) if h.start >= match.end()]
            first = next(iter(group(reading, hits)), None)
            if first is not None and first.start == match.end() and match.end() < sentence.end:
                self.labels[self._sheet(sentence.block)].append((sentence.block, match.lastgroup or "", first.names))

    def _sheet(self, block: int) -> int:
        return self.sheets.get(block, self.reading.segments.blocks[block].section)

    def of_row(self, block: int) -> tuple[str, ...]:
        """The companies of a row's cells under a head that asks for them."""
        if block not in self.rows and block in self.cells:
            span, spans = self.reading.segments.blocks[block], self.cells[block]
            hits = [h for n in range(span.first_sentence, span.last_sentence) for h in self.reading.companies_in(n)]
            self.rows[block] = tuple(dict.fromkeys(h.name for h in hits if any(a <= h.start < b for a, b in spans)))
        return self.rows.get(block, ())

    def labelled(self, block: int, shared: bool, lent: bool) -> tuple[str, ...]:
        """The companies of the labels of the block, else of the one sheet that its section is."""
        told = self.labels.get(self._sheet(block), [])
        own = [t for t in told if t[0] == block]
        if not own:
            roles = [role for _, role, _ in told]
            own = told if len(set(roles)) == len(roles) else []
        wanted = {"owns", *(("uses",) if shared else ()), *(("lends",) if lent else ())}
        return tuple(dict.fromkeys(n for _, role, names in own if role in wanted for n in names))


def _sheets(reading: Reading) -> dict[int, int]:
    """Block -> a number below zero for the run of "word: value" lines that it stands in, where there are several."""
    out: dict[int, int] = {}
    run: list[int] = []
    for number, block in enumerate((*reading.segments.blocks, None)):
        if block is not None and LINE.match(reading.text, block.start, block.end):
            run.append(number)
            continue
        if len(run) >= LEAST_LINES:
            out.update(dict.fromkeys(run, -1 - run[0]))
        run = []
    return out
