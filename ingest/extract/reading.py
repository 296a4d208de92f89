"""
One document as the extractor sees it: its text with everything found in it, indexed by sentence.

In: a document. Out: a `Reading`. Title and text are one string (`text`), the title first, so that a rule never asks where a
sentence stands; `base` is where the text begins. Never judges: rules that decide live beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from db.records import Document
from db.reference import countries
from ingest.extract.amounts.home_money import SIGNED, money_of
from ingest.extract.amounts.quantities import Quantity, find_quantities
from ingest.extract.by_sentence import BySentence
from ingest.extract.names.longer_names import whole_names
from ingest.extract.names.mentions import Hit, company_kinds, find_hits
from ingest.extract.names.stand_ins import with_stand_ins
from ingest.extract.names.uncapitalised import find_uncapitalised
from ingest.extract.names.unknown import find_names
from ingest.extract.places.areas import PlaceHit
from ingest.extract.places.find import find_place_hits
from ingest.extract.places.home_land import home_land
from ingest.extract.text.segments import Block, Segments, split
from ingest.extract.text.spans import Spans
from ingest.extract.times.periods import Period, find_periods

LONE_SURROGATE = re.compile("[\ud800-\udfff]")
PARTICLES = (" do ", " da ", " dos ", " das ", " del ")
PARTICLE = re.compile(r"[A-ZÀ-Þ][\w'’-]+ (?:do|da|dos|das|del) $")


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
    names = [h for h in find_names(text, segments, hits) if not _ends_place(text, h)]
    companies = with_stand_ins(text, [h for h in (*hits, *names) if h.kind == "company"])
    taken += [(h.start, _before_land(text, h)) for h in companies]
    # "Project Gull" is nowhere; what a table's cell begins with is named before it is placed.
    taken += [
        (h.start, h.end)
        for h in names
        if text.startswith("Project ", h.start) or (h.kind == "project" and text.endswith("| ", 0, h.start))
    ]
    named = [(h.start, h.end) for h in (*hits, *names) if h.kind == "project"]
    places = find_place_hits(text, segments, taken, document.country, named)
    place_spans = {(p.start, p.end) for p in places}
    projects = sorted(
        (h for h in (*hits, *names) if h.kind == "project" and (h.start, h.end) not in place_spans),
        key=lambda h: h.start,
    )
    chips = [h for h in hits if h.kind == "chip"]
    lands = Counter(p.place.country for p in places if p.place.country and not p.seat)
    if not lands and document.country is None and (home := home_land(text)) is not None:
        lands[home] = SIGNED
    money = money_of(text, document.country, lands)
    return Reading(
        text, len(document.title) + 2, segments, today, tuple(find_quantities(text, money)),
        tuple(find_periods(text, today)), tuple(companies), tuple(chips), tuple(projects), tuple(places),
        BySentence(segments, companies), BySentence(segments, chips), BySentence(segments, projects), BySentence(segments, places),
        {b.section: i for i, b in reversed(list(enumerate(segments.blocks))) if b.kind == "heading"},
    )  # fmt: skip


def _ends_place(text: str, hit: Hit) -> bool:
    """Whether a name is but the last word of a place's: "Eldorado do Sul signs", where "Sul" is no company."""
    before = text[max(0, hit.start - 5) : hit.start]
    return (
        hit.kind == "company"
        and before.endswith(PARTICLES)
        and PARTICLE.search(text, max(0, hit.start - 40), hit.start) is not None
    )


def _before_land(text: str, hit: Hit) -> int:
    """Where a name ends; before the country in it, where the reference does not know the firm ("Orrin Indonesia" is there)."""
    head, _, last = text[hit.start : hit.end].rpartition(" ")
    return hit.start + len(head) if head and last in countries() and hit.name not in company_kinds() else hit.end


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
