"""
One document as the extractor sees it: its text with everything found in it, indexed by sentence.

In: a document. Out: a `Reading`. Title and text are one string (`text`), the title first, so that a rule never asks where a
sentence stands; `base` is where the text begins. Never judges: rules that decide live beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from operator import attrgetter

from db.records import Document
from db.reference import countries
from ingest.extract.areas import PlaceHit
from ingest.extract.by_sentence import BySentence
from ingest.extract.capitals import NOT_COMPANY
from ingest.extract.home_money import money_of
from ingest.extract.longer_names import whole_names
from ingest.extract.mentions import Hit, company_kinds, company_parents, find_hits
from ingest.extract.names import find_names, stands_alone
from ingest.extract.periods import Period, find_periods
from ingest.extract.places import find_place_hits
from ingest.extract.quantities import Quantity, find_quantities
from ingest.extract.segments import Block, Segments, split
from ingest.extract.spans import Spans
from ingest.extract.uncapitalised import find_uncapitalised
from ingest.extract.usual_names import usual_names
from ingest.extract.written import written

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# A filing says once whom it means: 'Hut 8 Corp. (the "Company")'.
DEFINED = re.compile(r"\((?:[^()]{0,80} )?(?:(?:the|our) [“\"”]|[“\"](?:the|our) )(?:Company|Registrant)[”\"]")
# "Homer City Redevelopment (HCR)", 'Fluidstack USA II Inc. ("Fluidstack")': what the text calls it from there on.
SHORT = re.compile(
    r"(?:,? (?:Inc|Corp|Ltd|LLC|plc|PLC|GmbH|AG|SA|NV|AB|ASA|Co|Pte|Pty|Sdn|Bhd|Berhad|Tbk|Limited|Group|Holdings|Corporation|Company|L\.P)\.?){0,3} \((?:the )?[“\"]?([A-Z][A-Za-z&]{1,14})[”\"]?\)"
)
# Where such a short form may stand: alone, not quoted, no part of a longer name.
BEFORE_SHORT, AFTER_SHORT = re.compile(r"(?<![\w’'“\"(-])"), re.compile(r"(?![\w”-])(?! [A-Z])")
BEFORE_FIRST = re.compile(r"(?<![\w-])")
ACTS = re.compile(r"['’]s (?!(?:data|AI|campus)\b)| (?:said|says|will|plans|expects)\b")
CAPITAL, CAPITALISED = re.compile(r"[A-Z]"), re.compile(r"[A-Z]\w*")
TICKER = re.compile(r"[A-Z]{4,5}")
QUOTES = '“"'
UNIT_OF = re.compile(r"(?:['’]s)? (?:unit|subsidiary|affiliate|arm)\b")
# What a name may lose in its second mention: "Fermi America" becomes "Fermi".
GENERIC_TAIL = re.compile(
    r"(?:America|Energy|Digital|Scientific|Mining|Group|Technolog(?:y|ies)|Data Cent(?:er|re)s?|Infrastructure|Partners|Capital|"
    r"Holdings?|Power|Networks?|Cloud|Corp(?:oration)?|Inc|Ltd|Limited|Properties|Realty|Ventures|Industries|Systems|Compute|Computing|"
    r"Solutions|Midstream|Electric|Nuclear|Semiconductor|Telecom|Investments?)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Text, segments, and what was found, each list in the order of the text."""

    text: str
    base: int
    segments: Segments
    today: date | None
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]
    companies: tuple[Hit, ...]
    chips: tuple[Hit, ...]
    projects: tuple[Hit, ...]
    places: tuple[PlaceHit, ...]
    company_index: BySentence[Hit]
    """Those of each sentence, as the next three are."""
    chip_index: BySentence[Hit]
    project_index: BySentence[Hit]
    place_index: BySentence[PlaceHit]
    headings: dict[int, int]
    """Section -> the block that heads it."""
    parties: dict[tuple[int, bool], list[Hit]] = field(default_factory=dict, compare=False, repr=False)
    """What `parties` has worked out of a sentence, kept because every figure of it asks again."""
    labels: dict[tuple[int, bool, bool], tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What `topics` has worked out of the head of a block, for the same reason."""

    def block(self, offset: int) -> Block:
        """The block around `offset`."""
        return self.segments.block_of(self.segments.sentence_at(offset))

    def companies_in(self, sentence: int) -> tuple[Hit, ...]:
        """Companies named in a sentence."""
        return self.company_index.of(sentence)

    def places_in(self, sentence: int) -> tuple[PlaceHit, ...]:
        """Places named in a sentence."""
        return self.place_index.of(sentence)

    def projects_in(self, sentence: int) -> tuple[Hit, ...]:
        """Projects named in a sentence."""
        return self.project_index.of(sentence)

    def chips_in(self, sentence: int) -> tuple[Hit, ...]:
        """Chips named in a sentence."""
        return self.chip_index.of(sentence)

    def conversions_of(self, quantity: Quantity) -> list[Quantity]:
        """What says `quantity` again in another unit: the one after it, if any does."""
        index = bisect_left(self.quantities, quantity.start, key=attrgetter("start"))
        return [q for q in self.quantities[index + 1 : index + 2] if q.conversion_of == index]

    def heading_over(self, block: Block) -> Block | None:
        """The heading that `block` stands under."""
        at = self.headings.get(block.section)
        return None if at is None else self.segments.blocks[at]


def read(document: Document) -> Reading:
    """Find everything that rules may look at in `document`."""
    # Half a surrogate pair, which JSON may bring, is no character: one of the same length stands for it.
    text = LONE_SURROGATE.sub("\ufffd", f"{document.title}\n\n{document.text}")
    segments = split(text, len(document.title))
    today = _day(document.published_at)
    hits = whole_names(text, find_hits(text))
    if more := find_uncapitalised(text):
        known = Spans((h.start, h.end) for h in hits)
        hits = sorted([*hits, *(h for h in more if not known.overlap(h.start, h.end))], key=lambda h: h.start)
    taken = [(h.start, h.end) for h in hits]
    names = find_names(text, segments, hits)
    companies = _with_stand_ins(text, [h for h in (*hits, *names) if h.kind == "company"])
    taken += [(h.start, _before_land(text, h)) for h in companies]
    taken += [(h.start, h.end) for h in names if text.startswith("Project ", h.start)]
    places = find_place_hits(text, segments, taken, document.country)
    place_spans = {(p.start, p.end) for p in places}
    projects = sorted(
        (h for h in (*hits, *names) if h.kind == "project" and (h.start, h.end) not in place_spans),
        key=lambda h: h.start,
    )
    chips = [h for h in hits if h.kind == "chip"]
    money = money_of(text, document.country, Counter(p.place.country for p in places if p.place.country and not p.seat))
    return Reading(
        text, len(document.title) + 2, segments, today, tuple(find_quantities(text, money)),
        tuple(find_periods(text, today)), tuple(companies), tuple(chips), tuple(projects), tuple(places),
        BySentence(segments, companies), BySentence(segments, chips), BySentence(segments, projects), BySentence(segments, places),
        {b.section: i for i, b in reversed(list(enumerate(segments.blocks))) if b.kind == "heading"},
    )  # fmt: skip


def _with_stand_ins(text: str, companies: list[Hit]) -> list[Hit]:
    """The hits in order, with those of what a text calls a company for short: "the Company" of a filing, "Fermi"."""
    companies = sorted(companies, key=lambda h: h.start)
    added: list[Hit] = []
    alias: dict[str, str] = {}
    taken = Spans((h.start, h.end) for h in companies)

    def add(name: str, short: str, after: int) -> None:
        alias[short] = name
        for start in written(text, short, BEFORE_SHORT, AFTER_SHORT, after):
            end = start + len(short)
            if not taken.overlap(start, end):
                added.append(Hit("company", name, start, end))

    if defined := DEFINED.search(text):
        named = [h for h in companies if h.end <= defined.start() and defined.start() - h.end < 60]
        if named:
            add(named[-1].name, "the Company", defined.end())
            add(named[-1].name, "The Company", defined.end())
    mentions: dict[str, list[Hit]] = defaultdict(list)
    for hit in companies:
        mentions[hit.name].append(hit)
    for hit, *again in mentions.values():
        first, _, rest = text[hit.start : hit.end].partition(" ")
        # The headline may have the name before the sentence that shortens it.
        told = ((h, SHORT.match(text, h.end)) for h in (hit, *again))
        full, short = next(((h, m) for h, m in told if m), (hit, None))
        if short and (
            short[1] in _initials(text[full.start : short.start(1)])
            or stands_alone(short[1])
            or (text[short.start(1) - 1] in QUOTES and text.startswith(short[1], full.start))
        ):
            add(hit.name, short[1], short.end())
        if (
            not (first in mentions and first in company_kinds())
            and GENERIC_TAIL.match(rest)
            and first[:1].isupper()
            and (stands_alone(first) or _acts(text, first))
        ):
            add(hit.name, first, 0)  # a headline has the short form before the text has the full one
    for unit, parent in pairwise(companies):
        if (
            text[unit.end : parent.start] in {", a ", ", an "}
            and UNIT_OF.match(text, parent.end)
            and company_parents().get(unit.name, parent.name) == parent.name
        ):
            alias[unit.name] = parent.name  # "Raiden Infotech, a Google unit"
    alias |= _tickers(mentions)
    # A short form that was taken for a name of its own goes by the full one.
    companies = [h._replace(name=alias[h.name]) if h.name in alias else h for h in companies]
    companies = sorted([*companies, *added], key=lambda h: h.start)
    usual = usual_names(text, companies)
    return [h._replace(name=usual[h.name]) if h.name in usual else h for h in companies] if usual else companies


def _before_land(text: str, hit: Hit) -> int:
    """Where a name ends; before the country in it, where the reference does not know the firm ("Orrin Indonesia" is there)."""
    head, _, last = text[hit.start : hit.end].rpartition(" ")
    return hit.start + len(head) if head and last in countries() and hit.name not in company_kinds() else hit.end


def _tickers(names: Iterable[str]) -> dict[str, str]:
    """Names that are another one's letters as an exchange writes them: "WULF" is TeraWulf, "CRWV" is CoreWeave."""
    out = {}
    others = [n for n in names if not n.isupper()]
    for short in (n for n in names if TICKER.fullmatch(n) and n not in company_kinds()):
        for name in others:
            letters = iter(name.upper())
            spelled = all(letter in letters for letter in short)
            if short in name.upper() or (spelled and short[0] == name[0].upper() and short[1] not in "AEIOU"):
                out[short] = name
    return out


def _initials(name: str) -> set[str]:
    """What a name may be abbreviated to: by its words, by its capitals, with and without the words of its legal form."""
    capitals = CAPITAL.findall(name)
    words = [word[0] for word in CAPITALISED.findall(name)]
    return {"".join(letters[:n]) for letters in (capitals, words) for n in range(2, len(letters) + 1)}


def _acts(text: str, first: str) -> bool:
    """Whether the first word of a name says or has something by itself, so that it is a name and no ordinary word."""
    if len(first) < 5 or first.lower() in NOT_COMPANY:
        return False
    return next(written(text, first, BEFORE_FIRST, ACTS), None) is not None


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
