"""
Whom a document is about, as far as its title and its lead say.

In: a `Reading`. Out: the companies of the title, and the main ones, to whom a figure belongs that nobody is named with. Never
looks at a figure; the main actors of the whole document are in `actors`.
"""

from __future__ import annotations

from ingest.extract.attribution.parties import group, parties
from ingest.extract.attribution.topics import is_aside
from ingest.extract.names.mentions import company_kinds
from ingest.extract.reading import Reading


def subjects(reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The companies of the title, and the main ones: those and whom the lead names with them, else those of the lead."""
    title = [
        h.name
        for s in range(len(reading.segments.sentences))
        if reading.segments.sentences[s].start < reading.base - 1
        for h in parties(reading, s, False)
    ]
    names = list(dict.fromkeys(title))
    names = [n for n in names if company_kinds().get(n) != "government"] or names
    lead: list[str] = []
    for number, sentence in enumerate(reading.segments.sentences):
        if sentence.start < reading.base:
            continue
        hits = [] if is_aside(reading, sentence.block) else parties(reading, number, False)
        if hits:
            groups = group(reading, hits)
            if names:
                joined = next((g for g in groups if set(g.names) & set(names)), None)
                if joined is not None:
                    lead = [n for n in joined.own if n not in names]
            else:
                lead = list(groups[0].own)
            break
    return tuple(names), tuple(names + lead)
