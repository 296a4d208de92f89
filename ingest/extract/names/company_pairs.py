"""
Companies that act together with one that is known: "Green Mountain and KLW have started building".

In: text, the companies found before. Out: further names. Never takes a place, a person with a title or an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.extract.names.capitals import CAP
from ingest.extract.names.company_names import JOINED, is_company, trimmed
from ingest.extract.names.mentions import Hit
from ingest.extract.text.spans import Spans
from ingest.extract.text.wordlists import words

# Verbs that show the two to be one subject.
_TOGETHER = (
    r"(?:have|are|will|plan|intend|want|expect|announced|signed|agreed|unveiled|launched|formed|created|broke|partnered|teamed|"
    r"joined|propose|proposed|hope|aim|were|got|won|own|hold|operate|run|build|lead|lease|let|buy|bought|share|expect|raised|secured|received|filed|have been|both)\b"
)
TOGETHER = re.compile(rf" {_TOGETHER}")
BESIDE = re.compile(rf",? (?:and|&) (?P<name>{CAP}(?:(?: & | ){CAP}){{0,2}}) {_TOGETHER}")
AHEAD_OF = re.compile(rf"(?:(?<=[.!?:•] )|(?<=\n)|(?<=[-*•] )|^)(?P<name>{CAP}(?:(?: & | ){CAP}){{0,2}}) (?:and|&) $")


def acting_with(text: str, known: Iterable[Hit]) -> set[str]:
    """Names that one plural verb joins to a known company."""
    hits = [h for h in known if h.kind == "company"]
    taken = Spans((h.start, h.end) for h in hits)
    out: set[str] = set()
    for hit in hits:
        found = [BESIDE.match(text, hit.end)]
        if TOGETHER.match(text, hit.end):
            found.append(AHEAD_OF.search(text, max(0, hit.start - 60), hit.start))
        for match in found:
            if match is None or taken.overlap(*match.span("name")):
                continue
            name, start = trimmed(text, *match.span("name"))
            ordinary = not re.search(r"[A-Z0-9]", name[1:]) and (len(name) < 4 or name.lower() in words("common"))
            if name and not ordinary and is_company(text, name, start, start + len(name), False, JOINED):
                out.add(name)
    return out
