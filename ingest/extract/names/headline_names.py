"""
Companies that a headline set in capitals names at its head: "Calderon Announces a Campus near Madrid".

In: text and the stretches that names found before take. Out: names that the running text says again of somebody who acts.
Never trusts the headline alone, where every word has a capital, nor an ordinary word.
"""

from __future__ import annotations

import re

from ingest.extract.names.capitals import CAP, NOT_COMPANY, begun_by_capitals
from ingest.extract.names.company_names import JOINED, is_company, trimmed
from ingest.extract.text.spans import Spans
from ingest.extract.text.wordlists import words

HEADLINE = re.compile(
    rf"(?:^|(?<=\n)|(?<=\n[-*•#] )|(?<=\n## ))(?P<name>{CAP}(?: {CAP}){{0,2}}?) (?:[Aa]nnounces|[Uu]nveils|[Ss]igns|[Aa]cquires|[Rr]aises|"
    r"[Ll]aunches|[Ss]ecures|[Bb]uys|[Cc]loses|[Bb]reaks|[Oo]pens|[Ll]eases|[Cc]ompletes|[Pp]lans|[Ff]iles|[Ii]nvests|"
    r"[Tt]o (?:[Bb]uild|[Ii]nvest|[Dd]evelop|[Aa]cquire))\b"
)
_ACTS = r"(?:has|is|was|had|will|would|said|says|plans|wants|expects|and)\b"
_FORM = r"(?:Inc|Ltd|LLC|Corp|plc)\b"


def headline_names(text: str, taken: Spans) -> set[str]:
    """Names at the head of headlines that the text uses again."""
    out: set[str] = set()
    for match in begun_by_capitals(HEADLINE, text, opening=True):
        name, start = trimmed(text, *match.span("name"))
        end = start + len(name)
        if name in out or taken.overlap(start, end) or not _named_again(text, name):
            continue
        if is_company(text, name, start, end, False, JOINED):
            out.add(name)
    return out


def _named_again(text: str, name: str) -> bool:
    """Whether running text speaks of the name as of somebody who acts."""
    if " " not in name and (name.lower() in words("common") or name.lower() in NOT_COMPANY):
        return False
    written = re.escape(name)
    return (
        re.search(
            rf"(?:[a-z,] |^|\n|\. ){written} {_ACTS}|\b(?:by|what) {written}\b|(?<![\w-]){written},? {_FORM}", text
        )
        is not None
    )
