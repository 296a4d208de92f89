"""
The sites a document tells of: which places it puts something in, the only one, the main one, those of items and projects.

In: a `Reading`. Out: `Sites`. A company's seat, a dateline, an owner's home, a place named for its distance or for comparison,
and a picture's caption are no sites. Never looks at a figure.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from db.records import Place
from ingest.extract.attribution.labels import item_labels
from ingest.extract.attribution.nested_items import nested_labels
from ingest.extract.attribution.site_words import Surroundings
from ingest.extract.attribution.told_sites import is_its_name, is_of_region, is_vague, told_sites
from ingest.extract.attribution.topics import label_of
from ingest.extract.names.mentions import umbrella
from ingest.extract.places.areas import PlaceHit
from ingest.extract.places.boards import is_board
from ingest.extract.places.holders import holders_of, without_holders
from ingest.extract.reading import Reading

FINE = frozenset({"city", "county", "township"})
DIRECTION_OF = re.compile(
    r"\b(?:north|south|east|west)(?:east|west)? of (?:downtown )?$|\boutside (?:of )?$|\bnear $", re.IGNORECASE
)
BESIDE = re.compile(r"\b(?:near|(?:outskirts|suburbs?) of)(?: downtown)? $", re.IGNORECASE)
ANOTHER = re.compile(r"\b(?:another|identical|similar|sister|twin|second|other|like it)\b", re.IGNORECASE)
ABOUT = re.compile(r"About (?=[A-Z])")


class Sites:
    """What one document says of where things stand."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.surroundings = Surroundings(reading, FINE)
        self.hits = [h for h in reading.places if h.start < self.surroundings.ends_at and self.is_site(h)]
        fine = Counter((h.place.name, h.place.admin1, h.place.country) for h in self.hits if h.kind in FINE)
        self.tells_towns = any(h.kind in FINE and not h.dateline for h in self.hits)
        self.by_project = self._by_project()
        self.main_project = next((h.name for h in reading.projects if not umbrella(h.name)), None)
        self.vague: set[Place] = set()
        self._listed: set[Place] | None = None
        self.main = self._exact(self._main())
        self.only = self._only(fine)
        self.by_name = self._by_name()
        self.labels = nested_labels(reading, self.is_site) | item_labels(reading, self.is_site)

    @cached_property
    def has_any(self) -> bool:
        """Whether something may stand at a place that the text names outside a dateline; asked at every figure."""
        return any(self.is_site(h) and not h.dateline for h in self.reading.places)

    @property
    def exact(self) -> list[PlaceHit]:
        """The sites without the larger town that another one is near."""
        segments = self.reading.segments
        own = {n for n in range(len(segments.blocks)) if self.under_company(n)}
        return [
            h
            for h in self.hits
            if h.place not in self.vague and segments.sentences[segments.sentence_at(h.start)].block not in own
        ]

    def is_site(self, hit: PlaceHit) -> bool:
        """Whether the words around a place allow that something stands there."""
        return self.surroundings.allow(hit)

    def stands(self, hit: PlaceHit) -> bool:
        """Whether the text puts something there, which a county's board or a dateline does not."""
        return self.is_site(hit) and hit.kind in FINE and not hit.dateline and not is_board(self.reading.text, hit)

    def _only(self, fine: Counter[tuple[str | None, str | None, str | None]]) -> Place | None:
        """The one town of the text, unless the lead puts the thing into another state or country."""
        if len(fine) != 1:
            return None
        place = Place(*next(iter(fine)))
        if all(self._is_listed(h) for h in self.hits if h.place == place):
            return None
        main = self.main
        if main is not None and (main.country != place.country or main.admin1 not in (None, place.admin1)):
            return None
        return place

    def _unless_one_of_many(self, hit: PlaceHit) -> Place | None:
        """The place of `hit`; where its sentence tells of sites in several states, and nothing else of this one: what they have in common."""
        place = hit.place
        if hit.kind not in FINE or sum(h.place == place for h in self.hits) > 1:
            return place
        number = self.reading.segments.sentence_at(hit.start)
        others = {h.place for h in self.reading.places_in(number) if h.kind in FINE and self.is_site(h)}
        if len({(p.admin1, p.country) for p in others}) < 2:
            return place
        lands = {p.country for p in others}
        return Place(None, None, place.country) if len(lands) == 1 else None

    def _is_listed(self, hit: PlaceHit) -> bool:
        """Whether the place is that of one item among several that stand elsewhere."""
        if hit.kind not in FINE:
            return False
        if self._listed is None:
            inside: set[Place] = set()
            outside: set[Place] = set()
            for told in self.hits:
                if told.kind != "country" and not told.dateline:
                    in_list = self.reading.block(told.start).kind in {"item", "row"}
                    (inside if in_list else outside).add(told.place)
            states = {(p.admin1, p.country) for p in inside - outside}
            self._listed = inside - outside if len(states) > 1 else set()
        return hit.place in self._listed

    def _exact(self, main: Place | None) -> Place | None:
        """The town that a sentence puts the thing in, for a main site that is only its country, its state or a larger town near it."""
        towns = [h for h in self.hits if h.kind in FINE and not h.dateline]
        told = {h.place for h in told_sites(self.reading, without_holders(self.reading.text, towns))}
        if main is None or len(told) != 1:
            return main
        place = next(iter(told))
        if place.country != main.country or main.admin1 not in (None, place.admin1):
            return main
        near = {h.place for h in towns if is_vague(self.reading, h)} | holders_of(self.reading.text, towns, place)
        plain = {h.place for h in towns if not is_vague(self.reading, h) and not is_its_name(self.reading, h)}
        plain -= holders_of(self.reading.text, towns, place)
        self.vague = {p for p in near - plain - {place} if p.admin1 == place.admin1}
        county = main.name is not None and main.name.endswith((" County", " Parish"))
        return place if main.name is None or main in self.vague or county else main

    def _by_name(self) -> dict[str, Place]:
        """Project -> the town of the text that it is named for: the Chitose AI Data Center."""
        out: dict[str, Place] = {}
        towns = {
            self.reading.text[h.start : h.end].title(): h for h in self.reading.places if h.kind in FINE and not h.seat
        }
        for name in {h.name for h in self.reading.projects}:
            words = name.split()
            held = [h for town, h in towns.items() if town in name and town.split()[0] in words]
            if len({h.place for h in held}) == 1:
                out[name] = held[0].place
        return out

    def _main(self) -> Place | None:
        """The first site of title and lead, the finest first."""
        reading = self.reading
        hits = [h for h in self.hits if h.start < reading.base + 900]
        early = [h for h in hits if not h.dateline and not self._is_listed(h)]
        early = early or [h for h in hits if h.dateline]
        fine = [h for h in early if h.kind in FINE]
        sited = [h for h in fine if not is_board(reading.text, h)]
        if not sited:
            # A county's board decides on a site that the text puts "south of" a town.
            sited = [
                h
                for h in reading.places
                if h.kind in FINE
                and h.start < reading.base + 900
                and DIRECTION_OF.search(reading.text[max(0, h.start - 24) : h.start])
            ]
        boards = [h for h in fine if is_board(reading.text, h)]
        if boards and all(is_of_region(reading, h) for h in sited):
            sited = boards  # "what land costs in the Denver region" puts nothing there
        inside = [h for h in sited if not BESIDE.search(reading.text[max(0, h.start - 24) : h.start])]
        if sited and (first := reading.block(sited[0].start)).kind != "title":
            inside = [h for h in inside if h.start < first.end]  # what is told later is of another site
        chosen = (inside or sited or fine or early)[:1]
        if chosen and early and early[0].kind == "state" and early[0].place.country == chosen[0].place.country:
            # The state named first holds the site; a town of another state is there for comparison.
            chosen = chosen if chosen[0].place.admin1 == early[0].place.admin1 else early[:1]
        titled = next((h.name for h in reading.projects if h.start < reading.base and not umbrella(h.name)), None)
        if titled is not None and (own := self.by_project.get(titled)) is not None and own.name is not None:
            return own
        if not chosen:
            return None
        if chosen[0].kind == "state" and (town := self._sent_from(chosen[0].place)) is not None:
            return town
        place = self._unless_one_of_many(chosen[0])
        if place != chosen[0].place:
            return place
        if place.name is None:
            # Only a state or country so early: the town of it that the text names most, if it names one.
            towns = Counter(
                h.place
                for h in self.hits
                if h.kind in FINE and h.place.country == place.country and place.admin1 in (None, h.place.admin1)
            )
            if towns and place.admin1 is not None:
                return towns.most_common(1)[0][0]
        return place

    def in_state(self, state: Place) -> Place | None:
        """The main site, where the text tells of no other in its state."""
        towns = {h.place for h in self.hits if h.place.name and h.place.admin1 == state.admin1 and not h.dateline}
        return self.main if towns == {self.main} else None

    def _sent_from(self, state: Place) -> Place | None:
        """The town of a state that a local report comes from, where it tells of no other town there."""
        towns = {h.place for h in self.hits if h.kind in FINE and h.place.admin1 == state.admin1}
        lines = [h for h in self.hits if h.dateline and h.kind in FINE and not h.seat]
        return lines[0].place if lines and towns == {lines[0].place} else None

    def _by_project(self) -> dict[str, Place]:
        """Project -> the place named most often in the sentences that name it."""
        table: dict[str, Counter[Place]] = {}
        for hit in self.reading.projects:
            number = self.reading.segments.sentence_at(hit.start)
            for place in self.reading.places_in(number):
                start = self.reading.segments.sentences[number].start
                if ANOTHER.search(self.reading.text[start : place.start]):
                    continue  # "an identical design is under construction in Atlanta"
                if is_board(self.reading.text, place):
                    continue  # who decides on it
                if self.is_site(place) and place.kind != "country" and not place.dateline:
                    table.setdefault(hit.name, Counter())[place.place] += 3 if place.kind in FINE else 1
        return {name: counts.most_common(1)[0][0] for name, counts in table.items()}

    def reaches(self, site: Place, block: int) -> bool:
        """Whether a site told of only under the name of one company holds for an item of another."""
        told = {
            self.reading.segments.sentences[self.reading.segments.sentence_at(h.start)].block
            for h in self.hits
            if h.place == site
        }
        here = set(label_of(self.reading, block, 0, False))
        owners = [set(label_of(self.reading, at, 0, False)) for at in told]
        return block in told or not here or not owners or any(not owner or owner & here for owner in owners)

    def of_paragraph(self, project: str | None, block: int) -> Place | None:
        """The place of a project that the block itself names: the town in its name, or where the text puts it."""
        if project is None or (project not in self.by_name and project not in self.by_project):
            return None
        span = self.reading.segments.blocks[block]
        numbers = range(span.first_sentence, span.last_sentence)
        if not any(h.name == project for n in numbers for h in self.reading.projects_in(n)):
            return None
        return self.by_name.get(project) or self.by_project.get(project)

    def under_company(self, block: int) -> bool:
        """Whether the block stands under "About" and the name of a company."""
        at = self.reading.headings.get(self.reading.segments.blocks[block].section)
        if at is None or not ABOUT.match(self.reading.text, self.reading.segments.blocks[at].start):
            return False
        return bool(self.reading.companies_in(self.reading.segments.blocks[at].first_sentence))
