"""
Names that the reference does not know: companies and projects found by how they are named.

In: text, its segments and the names already found. Out: further `Hit`s, one for each mention. What names a company is in
`company_names`, what names a project in `project_names`. Never returns a mention that `known` or a longer name holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from types import MappingProxyType

from db.reference import companies
from ingest.extract.names.capitals import NOT_COMPANY, is_place
from ingest.extract.names.company_names import named_companies
from ingest.extract.names.company_pairs import acting_with
from ingest.extract.names.headline_names import headline_names
from ingest.extract.names.mentions import Hit
from ingest.extract.names.name_signs import shown_by_signs
from ingest.extract.names.project_names import former_works, named_projects
from ingest.extract.names.role_cells import cell_names
from ingest.extract.text.segments import Segments
from ingest.extract.text.spans import Spans
from ingest.extract.text.wordlists import words
from ingest.extract.text.written import written

_BEFORE, _AFTER = re.compile(r"(?<![\w’'-])"), re.compile(r"(?![\w-])")
_GOES_ON = re.compile(r" [A-Z]")
_LETTER = re.compile(r"[^\W\d_]")

OWN_SITE_END = re.compile(
    r" (?:Datacent(?:er|re)|Data Cent(?:er|re)|Supercluster|Gigafactory|Generating Station|(?:Tech|Technology|Digital|Energy|AI) Park|(?:Energy|Electricity) Cent(?:er|re)|Campus)$"
)


def find_names(text: str, segments: Segments, known: Sequence[Hit]) -> list[Hit]:
    """Companies and projects in `text` that `known` does not hold already."""
    taken = Spans((h.start, h.end) for h in known)
    names = (
        named_companies(text, segments, taken)
        | acting_with(text, known)
        | headline_names(text, taken)
        | cell_names(text, segments, taken)
        | shown_by_signs(text, segments, taken)
    ) - former_works(text)
    names |= acting_with(
        text, [Hit("company", n, at, at + len(n)) for n in names for at in written(text, n, _BEFORE, _AFTER)]
    )
    known_projects = {h.name for h in known if h.kind == "project"}
    projects = named_projects(text, segments, known, names)
    begun = {name: ambiguous_forms()[name] for name in names if name in ambiguous_forms()}
    for hit in known:
        head, space, _ = text[hit.start : hit.end].partition(" ")
        if hit.kind == "company" and (not space or head in names):
            begun.setdefault(head, hit.name)  # "Orrin" beside "Orrin Data Centres", whoever "Orrin Group" is
    out: list[Hit] = []
    # In one order always, and a longer name before a shorter one that is part of it.
    for name in sorted(names, key=_longest_first):
        out.extend(_everywhere(text, name, "company", taken, names, begun))
    for name in sorted(projects - known_projects, key=_longest_first):
        out.extend(_everywhere(text, name, "project", taken))
    return out


@cache
def ambiguous_forms() -> dict[str, str]:
    """Written form of a company of the reference that is an ordinary word too -> its canonical name."""
    return {form: company.name for company in companies() for form in company.ambiguous}


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def stands_alone(first: str) -> bool:
    """Whether a company's first word can be the whole name in a second mention: no ordinary word, no place."""
    return (
        len(first) >= 5
        and first.lower() not in NOT_COMPANY
        and first.lower() not in words("common")
        and not is_place(first)
        and _LETTER.search(first) is not None
    )


def _everywhere(
    text: str,
    name: str,
    kind: str,
    taken: Spans,
    names: Set[str] = frozenset(),
    begun: Mapping[str, str] = MappingProxyType({}),
) -> list[Hit]:
    """Each free mention of `name`, or of a shorter one of `names` that begins it, or of a first word that may stand alone; they are taken then."""
    forms = [name]
    first = name.split()[0]
    if kind == "company" and " " in name:
        lengths = [n for n, letter in enumerate(name) if letter == " "]
        forms += [name[:n] for n in reversed(lengths) if name[:n] in names]
        if first not in names and stands_alone(first):
            forms.append(first)
    hits: list[Hit] = []
    for form in forms:
        for start in written(text, form, _BEFORE, _AFTER):
            end = start + len(form)
            if form != name and _GOES_ON.match(text, end) and not text.startswith(name[len(form) :], end):
                continue
            # A site may begin with the name of the company that runs it: "the Norden Digits Datacenter".
            if not taken.overlap(start, end) or (kind == "project" and OWN_SITE_END.search(name)):
                taken.add(start, end)
                hits.append(Hit("company" if kind == "company" else "project", begun.get(form, name), start, end))
    return hits
