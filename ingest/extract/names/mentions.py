"""
Names of the reference in a text: companies, chips and projects.

In: text. Out: `Hit`s with canonical name and span, longest first where they overlap. Matching is one Aho-Corasick pass over
every written form, case-sensitive, on word boundaries; a form that is also an ordinary word counts only in a context that
speaks of the company. Never finds a name that the reference lacks: that is `names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from db.reference import chips, companies, projects
from ingest.extract.names.listed_names import listed_names
from ingest.extract.names.name_surroundings import is_party

HitKind = Literal["company", "chip", "project"]
# "Nvidia GB200" or "AWS's Trainium2": a vendor beside its chip is the chip's name, not an actor.
COMPANY_CUE_AFTER = re.compile(
    r"(?:['’]s\b|,? (?:Inc|Corp|Ltd|LLC|plc|Group)\b| (?:said|says|has|had|is|was|will|would|plans?|wants?|expects?|announced|agreed|signed|bought|buys|built|builds|raised|owns|holds|"
    r"to (?:build|invest|spend|buy|develop|open|expand|add)|and|also|told|unveiled|acquired|leased|leases|committed|intends|reported|confirmed|chief|CEO|executive|spokes\w+|data cent(?:er|re)s?|campus(?:es)?|sites?|deals?|facilit(?:y|ies)|projects?)\b| \((?:NASDAQ|NYSE|[A-Z]{2,5}\b))"
)
COMPANY_CUE_BEFORE = re.compile(
    r"\b(?:by|with|from|between|developer|operator|company|firm|giant|startup|provider|landlord|tenant|utility|contractor|investor|parent|owner|rival|partner|builder|maker|via|subsidiary|said|says|and|for|of|to|group|unit|arm)\s+$",
    re.IGNORECASE,
)


# "Harlan Hill, LLC": a site's vehicle is a company where it is named with its legal form.
LEGAL_FORM = re.compile(r",? (?:LLC|Inc|Ltd|L\.?P|PLC|plc|GmbH|Corp|Developers?|Holdings?|Owner)\b")
OWNED = re.compile(r"\b(?:stake in|designer|maker|company|start-?up|firm|sale of|sold|selling)\b[^.;]{0,16}$")


class Hit(NamedTuple):
    """`text[start:end]` names the entity `name` (its canonical name)."""

    kind: HitKind
    name: str
    start: int
    end: int
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class _Lexicon:
    automaton: AhoCorasick
    entries: tuple[tuple[HitKind, str, bool], ...]


@cache
def _lexicon() -> _Lexicon:
    forms: dict[str, tuple[HitKind, str, bool]] = {}

    def add(form: str, kind: HitKind, name: str, ambiguous: bool) -> None:
        capitals = (len(form) > 3 and kind == "company") or (" " in form and kind == "project")
        for written in {form, form.upper() if capitals else form}:
            forms.setdefault(written, (kind, name, ambiguous or (written != form and len(form) < 5)))

    for company in companies():
        for form in company.forms:
            add(form, "company", company.name, form in company.ambiguous)
    models = {chip.slug: chip.name for chip in chips()}
    for chip in chips():
        if chip.kind == "cpu":
            continue
        for form in chip.forms:
            # A rack or system stands for the chips in it: "GB200 NVL72" counts as GB200; one of a single chip goes by its name.
            inside = models.get(chip.chip or "", chip.name) if chip.chips_per_system != 1 else chip.name
            add(form, "chip", inside, form in chip.ambiguous)
    for form in ("LPU", "LPUs"):
        add(form, "chip", "Groq LPU", True)
    for project in projects():
        for form in project.forms:
            add(form, "project", project.name, form in project.ambiguous)
    for form, name in {
        "Nvidia": "NVIDIA",
        "nvidia": "NVIDIA",
        "Open AI": "OpenAI",
        "Softbank": "SoftBank",
        "Coreweave": "CoreWeave",
    }.items():
        forms.setdefault(form, ("company", name, False))
    keys = list(forms)
    return _Lexicon(AhoCorasick(keys, matchkind=MatchKind.LeftmostLongest), tuple(forms[k] for k in keys))


def find_hits(text: str) -> list[Hit]:
    """Every name of the reference in `text`, in order."""
    lexicon = _lexicon()
    raw: list[Hit] = []
    for index, start, end in lexicon.automaton.find_matches_as_indexes(text):
        kind, name, ambiguous = lexicon.entries[index]
        if not _bounded(text, start, end, kind) or (kind == "project" and LEGAL_FORM.match(text, end)):
            continue
        # A project goes by the name the text gives it: "Project Jade" stays so, whatever it is called later.
        raw.append(
            Hit(kind, _plain_project(text[start:end], name) if kind == "project" else name, start, end, ambiguous)
        )
    sure: set[tuple[str, str]] = {(h.kind, h.name) for h in raw if not h.ambiguous}
    raw = [h for i, h in enumerate(raw) if not _part_of_model(text, h, raw[i + 1 : i + 2])]
    sure |= listed_names(text, raw)
    present = {h.name for h in raw if h.kind == "company"}
    return [h for h in raw if not h.ambiguous or (h.kind, h.name) in sure or _in_context(text, h, present)]


def _plain_project(written: str, name: str) -> str:
    """ "Hyperion data center" is Hyperion, where the reference knows the project by that name too, and so is a heading's "HYPERION HILL"."""
    if written.isupper() and " " in written:
        return name
    short = re.sub(
        r"(?: (?:AI|[Dd]ata [Cc]ent(?:er|re)|[Cc]ampus|[Ss]ite|[Cc]luster|[Ss]upercluster|[Ff]acility|[Cc]omplex))+$",
        "",
        written,
    )
    return short if short != written and _project_forms().get(short) == name else written


@cache
def _project_forms() -> dict[str, str]:
    return {form: project.name for project in projects() for form in project.forms}


def _part_of_model(text: str, hit: Hit, following: list[Hit]) -> bool:
    """Whether a chip's family only leads to its model: "Grace Blackwell GB300"."""
    return (
        hit.kind == "chip"
        and bool(following)
        and following[0].kind == "chip"
        and not text[hit.end : following[0].start].strip()
        and hit.name != following[0].name
    )


def _bounded(text: str, start: int, end: int, kind: HitKind) -> bool:
    before = text[start - 1] if start else " "
    if text[start] >= "\u2e80":
        # Chinese and Japanese part no words; a Korean word may carry an ending behind the name, never a letter before it.
        return not (text[start] >= "\uac00" and before >= "\uac00")
    if before.isalnum() or (before == "-" and kind == "company" and start > 1 and text[start - 2].isalpha()):
        return False
    if before in "/." and start > 1 and text[start - 2].isalnum() and kind == "company" and text[end : end + 1] in "./":
        return False  # part of an address
    after = text[end] if end < len(text) else " "
    if after == "-" and kind != "chip" and text[end + 1 : end + 2].isdigit():
        return False  # "PAX-1" is another than "PAX"
    if after == "s" and kind == "chip":
        after = text[end + 1] if end + 1 < len(text) else " "
    if (
        after in "@._/"
        and end + 1 < len(text)
        and text[end + 1].isalnum()
        and text[end : end + 4].lower() in {".com", ".ai/", ".org", ".net"}
    ):
        return False
    return not (after.isalnum() and after.isascii())


def _in_context(text: str, hit: Hit, present: set[str]) -> bool:
    if hit.kind == "company":
        line_start = (
            hit.start == 0
            or text[hit.start - 1] == "\n"
            or re.search(r"\n(?:[-*•·]|\d{1,2}[.)/]) ?$", text[max(0, hit.start - 6) : hit.start])
        )
        if line_start and re.match(r"[:.]| [|–—] |, \d{4} \||,? (?:and [A-Z]\w+)?:", text[hit.end : hit.end + 12]):
            return True  # the label of an item
        before, after = text[max(0, hit.start - 24) : hit.start], text[hit.end : hit.end + 28]
        if re.match(r" [A-Z][a-z]", after) and not COMPANY_CUE_AFTER.match(after):
            return False  # the first word of another name
        if re.search(r"[A-Z][a-z]+ $", before) and not COMPANY_CUE_BEFORE.search(before):
            return False
        return bool(
            COMPANY_CUE_AFTER.match(after) or COMPANY_CUE_BEFORE.search(before) or is_party(text, hit.start, hit.end)
        )
    if hit.kind == "chip":
        if re.search(r"\d[\d,.]*(?: (?:of its|\w+))? $", text[max(0, hit.start - 24) : hit.start]):
            return True  # "485,000 Hoppers"
        if OWNED.search(text, max(0, hit.start - 40), hit.start):
            return False  # the company Ampere, not the architecture
        window = text[max(0, hit.start - 40) : hit.end + 40]
        return bool(
            re.search(r"\b(?:GPUs?|chips?|accelerators?|racks?|NVIDIA|Nvidia|AMD|Google|AWS|Amazon|Groq)\b", window)
        )
    parties, places = _project_context().get(hit.name, (frozenset(), frozenset()))
    return bool(parties & present) or any(place in text for place in places)


@cache
def _project_context() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Written form of a project -> names of its companies and of its place: one must stand in the text too."""
    names = {company.slug: company.name for company in companies()}
    table: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for project in projects():
        parties = frozenset(names[slug] for _, slug in project.companies if slug in names)
        places = frozenset(p for p in (project.place,) if p)
        for form in project.forms:
            known = table.get(form, (frozenset(), frozenset()))
            table[form] = (known[0] | parties, known[1] | places)
    return table


def project_companies(name: str) -> frozenset[str]:
    """The companies that the reference gives a project written as `name`; empty where it knows none."""
    return _project_context().get(name, (frozenset(), frozenset()))[0]


@cache
def vendors() -> dict[str, str]:
    """Canonical chip name -> name of the company that makes it."""
    return {chip.name: chip.vendor for chip in chips()}


@cache
def company_parents() -> dict[str, str | None]:
    """Canonical company name -> name of its parent, None where the reference gives none."""
    names = {company.slug: company.name for company in companies()}
    return {company.name: names.get(company.parent or "") for company in companies()}


@cache
def company_forms() -> dict[str, str]:
    """Written form of a company -> its canonical name, those that are no ordinary word."""
    return {form: company.name for company in companies() for form in company.forms if form not in company.ambiguous}


@cache
def company_kinds() -> dict[str, str]:
    """Canonical company name -> its kind in the reference."""
    return {company.name: company.kind for company in companies()}


@cache
def reference_projects() -> frozenset[str]:
    """Canonical names of the reference's projects."""
    return frozenset(project.name for project in projects())


@cache
def _umbrellas() -> frozenset[str]:
    return frozenset(form for project in projects() if project.level == "umbrella" for form in project.forms)


def umbrella(project: str) -> bool:
    """Whether a project of the reference is a programme of many sites."""
    return project in _umbrellas()
