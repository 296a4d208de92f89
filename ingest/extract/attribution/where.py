"""
Where the thing a figure measures stands.

In: a `Reading` and its figures. Out: for each figure a `Place`. "In ..." after the figure decides first, then the place named
before it in the sentence, the item's label, the sentences before, the place the text gives to the project, and the document's
only site. What counts as a site at all is decided in `sites`; the whole market and a company's totals have no place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from operator import itemgetter

from db.records import Place
from ingest.extract.attribution.head_places import Headings
from ingest.extract.attribution.in_sentence import place_in_sentence
from ingest.extract.attribution.sites import FINE, Sites
from ingest.extract.attribution.whole_company import whole_company
from ingest.extract.figures.find import Figure
from ingest.extract.names.mentions import umbrella
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled

COMPANY_WIDE = compiled(
    r"\b(?:capital (?:expenditures?|spending)|capex|guidance|worldwide|globally|global|across (?:its|the) (?:portfolio|company|platform|business)|company-wide|(?:spend|invest|capital)\w*[^.;:]{0,16} in (?:its |the )?(?:fiscal (?:year )?|FY ?)(?:20)?\d\d|(?:projects|sites|data cent\w+|under construction) (?:[\w-]+ ){0,2}(?:around the world|worldwide)|in total, the company|pipeline|portfolio|fleet|(?:company|group|firm) (?:[\w,’' -]{0,120} )?(?:plans|aims|wants|targets|intends|hopes) (?:to (?:have|reach|offer|run) )?[^.;:]{0,28}\w+ of (?:[\w-]+ ){0,2}capacity by|(?:across|throughout) (?:North America|Europe))\b",
    re.IGNORECASE,
)


SAME_THING = re.compile(
    r"^(?:It|There|The (?:(?:proposed|planned|new|whole|entire|future|finished|completed) )?(?:site|campus|facility|project|center|centre|data cent\w+|complex|plant|development|first|second|"
    r"land|property|building)|That|This|Its|They|Work|Construction)\b"
)
IN_COUNTRY = re.compile(r"\b(?:in|across|throughout|for|to)\s+(?:the )?$", re.IGNORECASE)
SUPERLATIVE = re.compile(
    r"\b(?:(?!invest|west)\w{3,}est|first|only|most \w+)\b[^.;,:]{0,28} (?:in|of) (?:the )?$", re.IGNORECASE
)
MANY_SITES = re.compile(
    r"\b(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|a dozen|dozens of|several|multiple|many|its|various) (?:[\w-]+ ){0,2}"
    r"(?:data ?cent(?:er|re)s|sites|campuses|facilities|locations|states|regions|plants)\b",
    re.IGNORECASE,
)
STANDS = re.compile(
    r"(?:It|The (?:site|campus|facility|project|plot|land|data cent\w+)) (?:is (?:in|at|located|situated|to (?:stand|rise|be built))|stands|lies|sits|will (?:stand|rise|be (?:built|located)))\b"
)
OF_THAT = re.compile(r"(?:Of (?:that|this|it|which|the (?:total|sum|money))|That (?:sum|money|includes))\b")
ONE_SITE = re.compile(r"\b(?:campus|data cent(?:er|re)|site|facility|complex|building|hub)\b", re.IGNORECASE)
STATEWIDE = compiled(
    r"\b(?:across|throughout|statewide|state-wide|footprint|in the state|elsewhere in|other sites|its (?:facilities|campuses|data cent\w+)|nationwide|total in)\b",
    re.IGNORECASE,
)


SUM_OF = re.compile(
    r"(?:Combined|Altogether|Taken together|All told|In aggregate)(?::|,? (?:the|these) (?:\w+ ){0,2}(?:sites|projects|campuses|companies)\b)"
)
# "The country took up 300 MW", "nationwide": the sum of a country.
THE_COUNTRY = compiled(
    r"\b(?:[Nn]ationwide\b|(?:[Tt]he|[Tt]hat the) (?:country|kingdom|nation)(?: as a whole)? (?:will|would|took|takes|has|had|now|should|could|counts|hosts|is (?:set|expected|due))\b)"
)


class Whereabouts:
    """Decides the place of every figure of one document."""

    def __init__(self, reading: Reading, digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        self.sites = Sites(reading)
        self.headings = Headings(reading, self.sites)

    def of(
        self,
        figure: Figure,
        project: str | None,
        rivals: list[tuple[int, int]],
        companies: tuple[str, ...],
        main_companies: tuple[str, ...],
    ) -> Place:
        """The place of `figure`; an empty `Place` where the text gives none."""
        place = self._of(figure, project, rivals, companies, main_companies)
        exact = self.sites.main
        return exact if place in self.sites.vague and not self.digest and exact is not None else place

    def _of(
        self,
        figure: Figure,
        project: str | None,
        rivals: list[tuple[int, int]],
        companies: tuple[str, ...],
        main_companies: tuple[str, ...],
    ) -> Place:
        reading = self.reading
        sentence = reading.segments.sentences[figure.sentence]
        block = reading.segments.blocks[sentence.block]
        label = self.sites.labels.get(sentence.block)
        if self.sites.under_company(sentence.block) and not reading.places_in(figure.sentence):
            return Place()  # what a company says of itself at the end holds for all its sites
        found = place_in_sentence(reading, self.sites, figure, rivals)
        if found == Place() and not self.digest:
            found = None  # two countries in one name ("the UAE-US campus") say nothing
        if label is not None and block.kind == "row":
            return label
        if label is not None and found is None and not self.digest and len(set(self.sites.labels.values())) > 1:
            return label  # one of several items, each headed by its place
        if label is not None and self.digest:
            inside = found is not None and label.name is None and label.country == found.country
            if found is not None and inside and (found.name or (found.admin1 and label.admin1 is None)):
                return found
            return label if label.name else self._earlier_in(figure, label) or label
        if found is not None:
            return self._finer(figure, found)
        if project in self.sites.by_name and (named := self.sites.of_paragraph(project, sentence.block)) is not None:
            return named
        opening = reading.text[sentence.start : sentence.start + 60]
        programme = (
            project is not None
            and umbrella(project)
            and not SAME_THING.match(opening)  # "That facility, named Fairwater" is one site
            and any(h.name == project for h in reading.projects_in(figure.sentence))
        )
        if (
            project
            and not programme
            and project in self.sites.by_project
            and (self.digest or project != self.sites.main_project)
        ):
            return self.sites.by_project[project]
        if figure.metric != "online" and COMPANY_WIDE.search(reading.text, sentence.start, sentence.end):
            return Place()
        if whole_company(reading, figure):
            return Place()
        if figure.metric != "online" and THE_COUNTRY.search(reading.text, sentence.start, sentence.end):
            return Place(None, None, self._country(figure))
        if self.digest and SUM_OF.match(opening):
            return Place(None, None, self._country(figure))
        if self.digest:
            for number in reading.place_index.before(figure.sentence, block.first_sentence):
                earlier = [h for h in reading.places_in(number) if self.sites.is_site(h) and not h.dateline]
                fine = [h for h in earlier if h.kind in FINE] or earlier
                if fine:
                    return fine[0].place if fine[0].start - block.start < 40 else fine[-1].place
            return self.headings.before(sentence.block) or self.headings.section_place(sentence.block)
        at_one_place = self.sites.only is not None and self.sites.by_project.get(project or "") == self.sites.only
        if programme and not at_one_place:
            lands = {h.place.country for h in reading.places if not h.demonym and not h.seat}
            return Place(None, None, next(iter(lands))) if len(lands) == 1 else Place()
        following = figure.sentence + 1
        if following < block.last_sentence and STANDS.match(reading.text, reading.segments.sentences[following].start):
            told = {h.place for h in reading.places_in(following) if self.sites.stands(h)}
            if len(told) == 1:
                return next(iter(told))  # "The campus takes 22 acres. It stands in Iskandar Puteri"
        strangers = bool(main_companies and companies and not set(companies) & set(main_companies))
        if strangers and project != self.sites.main_project and self.sites.only is None:
            return Place(None, None, self._only_land)
        if figure.sentence > block.first_sentence and SAME_THING.match(opening):
            earlier = [h for h in reading.places_in(figure.sentence - 1) if self.sites.stands(h)]
            if earlier and len({h.place for h in earlier}) == 1:
                return earlier[0].place
        for number in reading.place_index.before(figure.sentence, block.first_sentence):
            told = {h.place for h in reading.places_in(number) if self.sites.stands(h)}
            if len(told) == 1:
                return next(iter(told))  # the paragraph has come to another site
            if told:
                break
        main = self.sites.main
        if figure.sentence > block.first_sentence and main is not None and main.name is None:
            said = reading.segments.sentences[figure.sentence - 1]
            told = {h.place for h in reading.places_in(figure.sentence - 1) if self.sites.is_site(h)}
            if len(told) == 1 and ONE_SITE.search(reading.text, said.start, said.end):
                state = next(iter(told))
                if state.admin1 and main.country == state.country and main.admin1 is None:
                    return state  # "It buys land in Johor for a campus. Two billion will be invested"
        if figure.sentence > block.first_sentence and OF_THAT.match(opening):
            told = {h.place for h in reading.places_in(figure.sentence - 1) if self.sites.is_site(h) and not h.dateline}
            if len(told) == 1:
                return next(iter(told))  # "Of that, 15 billion is for data centres": where the whole sum goes
        if (headed := self.headings.headed(sentence.block)) is not None:
            return headed
        site = self.sites.only or self.sites.main or self.sites.of_paragraph(project, sentence.block) or Place()
        return site if self.sites.reaches(site, sentence.block) else Place()

    @cached_property
    def _only_land(self) -> str | None:
        """The country of all sites of the text, if it is one."""
        lands = {h.place.country for h in self.sites.hits}
        return next(iter(lands)) if len(lands) == 1 else None

    @cached_property
    def _lands(self) -> list[tuple[int, str]]:
        """Where a country is named that something may stand in, and its code."""
        named = [h for h in self.reading.places if h.kind == "country" and not h.demonym and not h.seat]
        return [(h.end, h.place.country) for h in named if h.place.country and self.sites.is_site(h)]

    def _country(self, figure: Figure) -> str | None:
        """The country that the text has come to, else that of its main site, else its only one."""
        before = bisect_right(self._lands, figure.start, key=itemgetter(0))
        if before:
            return self._lands[before - 1][1]
        told = {h.place.country for h in self.sites.hits}
        return self.sites.main.country if self.sites.main is not None else next(iter(told)) if len(told) == 1 else None

    def _earlier_in(self, figure: Figure, area: Place) -> Place | None:
        """The site named last before the figure in an item that is headed by a whole country or state."""
        sentence = self.reading.segments.sentences[figure.sentence]
        first = self.reading.segments.blocks[sentence.block].first_sentence
        for number in self.reading.place_index.before(figure.sentence + 1, first):
            for hit in reversed(self.reading.places_in(number)):
                if (
                    hit.end <= figure.start
                    and hit.kind in FINE
                    and hit.place.country == area.country
                    and area.admin1 in (None, hit.place.admin1)
                    and self.sites.is_site(hit)
                ):
                    return hit.place
        return None

    def _finer(self, figure: Figure, place: Place) -> Place:
        """A state named in passing gives way to the document's only site in it."""
        site = self.sites.only or (self.sites.main if place.admin1 is None else self.sites.in_state(place))
        if place.name or self.digest or site is None or site.name is None or place.country != site.country:
            return place
        sentence = self.reading.segments.sentences[figure.sentence]
        if figure.metric in {"capex", "power"} and place.admin1 is None and self._told(figure, place):
            return place
        if place.admin1 not in (None, site.admin1) or STATEWIDE.search(self.reading.text, sentence.start, sentence.end):
            return place
        if place.admin1 is None and MANY_SITES.search(self.reading.text, sentence.start, sentence.end):
            return place
        return site

    def _told(self, figure: Figure, place: Place) -> bool:
        """Whether the sentence puts the sum itself into the country ("invest 20 billion euros in France"), not one site of it."""
        text = self.reading.text
        for hit in self.reading.places_in(figure.sentence):
            before = text[max(0, hit.start - 48) : hit.start]
            if SUPERLATIVE.search(before):
                continue  # "the largest in Norway"
            if hit.place == place and not hit.demonym and IN_COUNTRY.search(before):
                low, high = min(figure.end, hit.start), max(figure.end, hit.start)
                return not ONE_SITE.search(text, low, high)
        return False
