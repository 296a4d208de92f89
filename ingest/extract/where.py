"""
Where the thing a figure measures stands.

In: a `Reading` and its figures. Out: for each figure a `Place`. "In ..." after the figure decides first, then the place named
before it in the sentence, the item's label, the sentences before, the place the text gives to the project, and the document's
only site. A company's seat, a dateline and the whole market are no sites.
"""

from __future__ import annotations

import re
from collections import Counter

from db.records import Place
from ingest.extract.areas import PlaceHit
from ingest.extract.figures import Figure
from ingest.extract.mentions import umbrella
from ingest.extract.reading import Reading
from ingest.extract.topics import is_aside, label_of

FINE = frozenset({"city", "county", "township"})
LINKED = re.compile(
    r"\b(?:in|at|near|outside|for|into|on|around|to|across|beside|within|inside|throughout)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
NOT_SITE_BEFORE = re.compile(
    r"\b(?:miles? (?:\w+ )?(?:of|from|to)|kilomet(?:er|re)s? (?:\w+ )?(?:of|from)|km (?:\w+ )?(?:of|from)|minutes? (?:\w+ )?(?:of|from)|hours? (?:\w+ )?(?:of|from)|way from|far from|(?:north|south|east|west)(?:east|west)? of|like|than|unlike|bigger than|size of|part of|footprint of|area of|half of|much of|big as|large as|portion of|a city like|such as|not far from|close to|outskirts of|suburbs? of|equivalent to|as much as|told|born in|flew to|meeting in|conference in|summit in|Wednesday in|said in|speaking in|back to|way to|compar\w+ (?:with|to)|times|what stands in|law in|lawmakers in|chair of|University of|firm from|from the)\s+(?:the )?(?:\w+ and )?$",
    re.IGNORECASE,
)
COMPANY_WIDE = re.compile(
    r"\b(?:capital (?:expenditures?|spending)|capex|guidance|worldwide|globally|global|across (?:its|the) (?:portfolio|company|platform|business)|company-wide|in total, the company|pipeline|portfolio|fleet|North America|Europe)\b",
    re.IGNORECASE,
)


SAME_THING = re.compile(
    r"^(?:It|There|The (?:site|campus|facility|project|center|centre|data cent\w+|complex|plant|development|first|second|"
    r"land|property|building)|That|This|Its|They|Work|Construction)\b"
)
IN_COUNTRY = re.compile(r"\b(?:in|across|throughout|for|to)\s+(?:the )?$", re.IGNORECASE)
# "the Norwegian data centre" stands in Norway; "the Norwegian company" may build anywhere.
OF_LAND = re.compile(
    r" (?:AI |planned |new |first |hyperscale )*(?:data cent(?:er|re)s?|datacent\w+|campus(?:es)?|sites?|facilit(?:y|ies)|gigafactor\w+)\b"
)
COUNTY_BOARD = re.compile(
    r" (?:commission\w*|supervisors|board|council\w*|officials|planners|planning|zoning|court|judge|sheriff|residents|(?:health |building |works )?departments?|authority|clerk)\b",
    re.IGNORECASE,
)
DIRECTION_OF = re.compile(
    r"\b(?:north|south|east|west)(?:east|west)? of (?:downtown )?$|\boutside (?:of )?$|\bnear $", re.IGNORECASE
)
PAYS = re.compile(
    r" (?:has |have )?(?:agreed to|pledged|promised|will (?:put|invest|fund)|is (?:putting|investing)|are (?:putting|investing)|invests?|put) "
)
ABROAD = re.compile(r"\b(?:outside|beyond|other than|except)(?: of)? (?:the )?$", re.IGNORECASE)
APPOSED = re.compile(
    r",? (?:just |about \d+ \w+ )?(?:outside|near|close to|(?:north|south|east|west)(?:east|west)? of)(?: of)? $"
)
OWNER_IN = re.compile(
    r"\b(?:owned by|belongs to|belonging to|part of|subsidiary of|unit of|backed by|controlled by|parent|a (?:\w+ )?(?:fund|firm|company|group|bank|investor|start-?up))"
    r"(?: [A-Z][\w&.'’-]*){0,5},? (?:in|of|from) (?:the )?$"
)
BESIDE = re.compile(r"\b(?:near|(?:outskirts|suburbs?) of)(?: downtown)? $", re.IGNORECASE)
ANOTHER = re.compile(r"\b(?:another|identical|similar|sister|twin|second|other|like it)\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s? ")
ITS_FUND = re.compile(r"['’]s? (?:\w+ ){0,2}(?:fund|firm|company|investor|bank|group|developer|operator|start-?up)\b")
STANDS = re.compile(
    r"(?:It|The (?:site|campus|facility|project|plot|land|data cent\w+)) (?:is (?:in|at|located|situated|to (?:stand|rise|be built))|stands|lies|sits|will (?:stand|rise|be (?:built|located)))\b"
)
OF_THAT = re.compile(r"(?:Of (?:that|this|it|which|the (?:total|sum|money))|That (?:sum|money|includes))\b")
ABOUT = re.compile(r"About (?=[A-Z])")
ONE_SITE = re.compile(r"\b(?:campus|data cent(?:er|re)|site|facility|complex|building|hub)\b", re.IGNORECASE)
STATEWIDE = re.compile(
    r"\b(?:across|throughout|statewide|state-wide|footprint|in the state|elsewhere in|other sites|nationwide|total in)\b",
    re.IGNORECASE,
)


LABEL_TAIL = re.compile(
    r"(?:, (?:[A-Z][\w.'’-]+(?: [A-Z][\w'’-]+){0,2}|same \w+|[a-z][^.:|]{0,40}))?(?:\.|:| [—–-]) (?![a-z])"
)


class Whereabouts:
    """Decides the place of every figure of one document."""

    def __init__(self, reading: Reading, digest: bool) -> None:
        self.reading = reading
        self.digest = digest
        self.company_starts = {h.start for h in reading.companies}
        self.place_ends = {h.end for h in reading.places if h.kind in FINE}
        self.company_ends = {h.end for h in reading.companies}
        self.sites = [h for h in reading.places if self._is_site(h)]
        fine = Counter((h.place.name, h.place.admin1, h.place.country) for h in self.sites if h.kind in FINE)
        self.only = self._only(fine)
        self.main = self._main()
        self.by_project = self._by_project()
        self.labels = self._labels()
        self.main_project = next((h.name for h in reading.projects if not self._umbrella(h.name)), None)

    def _is_site(self, hit: PlaceHit) -> bool:
        before = self.reading.text[max(0, hit.start - 36) : hit.start]
        if hit.demonym and not OF_LAND.match(self.reading.text, hit.end):
            return False
        if POSSESSIVE.match(self.reading.text, hit.end) and (
            hit.end + 3 in self.company_starts or ITS_FUND.match(self.reading.text, hit.end)
        ):
            return False  # "Atlanta's TPA Group" may build anywhere
        if before.endswith(" of ") and hit.start - 4 in self.company_ends:
            return False  # so may "Compass Datacenters of Dallas"
        if hit.kind == "country" and ABROAD.search(before):
            return False  # "the largest anywhere outside the US"
        if hit.kind == "country" and PAYS.match(self.reading.text, hit.end):
            return False  # "the Emirates agreed to put 30 billion into a campus": who pays
        beside = APPOSED.search(before)
        if beside is not None and hit.start - len(beside.group()) in self.place_ends:
            return False  # "Loughton, outside London"
        if OWNER_IN.search(self.reading.text, max(0, hit.start - 90), hit.start):
            return False  # "owned by DAMAC Digital in Dubai"
        block = self.reading.segments.sentences[self.reading.segments.sentence_at(hit.start)].block
        return not hit.seat and not NOT_SITE_BEFORE.search(before) and not is_aside(self.reading, block)

    def _of_company(self, block: int) -> bool:
        """Whether the block stands under "About" and the name of a company."""
        at = self.reading.headings.get(self.reading.segments.blocks[block].section)
        if at is None or not ABOUT.match(self.reading.text, self.reading.segments.blocks[at].start):
            return False
        return bool(self.reading.companies_in(self.reading.segments.blocks[at].first_sentence))

    def _stands(self, hit: PlaceHit) -> bool:
        """Whether the text puts something there, which a county's board or a dateline does not."""
        return (
            self._is_site(hit)
            and hit.kind in FINE
            and not hit.dateline
            and not COUNTY_BOARD.match(self.reading.text, hit.end)
        )

    def _only(self, fine: Counter[tuple[str | None, str | None, str | None]]) -> Place | None:
        places = set(fine)
        if len(places) == 1:
            name, admin1, country = next(iter(places))
            return Place(name, admin1, country)
        return None

    def _main(self) -> Place | None:
        """The first site of title and lead, the finest first."""
        reading = self.reading
        early = [h for h in self.sites if h.start < reading.base + 900 and not h.dateline]
        early = early or [h for h in self.sites if h.start < reading.base + 900]
        fine = [h for h in early if h.kind in FINE]
        sited = [h for h in fine if not COUNTY_BOARD.match(reading.text, h.end)]
        if not sited:
            # A county's board decides on a site that the text puts "south of" a town.
            sited = [
                h
                for h in reading.places
                if h.kind in FINE
                and h.start < reading.base + 900
                and DIRECTION_OF.search(reading.text[max(0, h.start - 24) : h.start])
            ]
        inside = [h for h in sited if not BESIDE.search(reading.text[max(0, h.start - 24) : h.start])]
        chosen = (inside or sited or fine or early)[:1]
        if chosen and early[0].kind == "state" and early[0].place.country == chosen[0].place.country:
            # The state named first holds the site; a town of another state is there for comparison.
            chosen = chosen if chosen[0].place.admin1 == early[0].place.admin1 else early[:1]
        if not chosen:
            return None
        place = chosen[0].place
        if place.name is None:
            # Only a state or country so early: the town of it that the text names most, if it names one.
            towns = Counter(
                h.place
                for h in self.sites
                if h.kind in FINE and h.place.country == place.country and place.admin1 in (None, h.place.admin1)
            )
            if towns and place.admin1 is not None:
                return towns.most_common(1)[0][0]
        return place

    def _by_project(self) -> dict[str, Place]:
        """Project -> the place named most often in the sentences that name it."""
        table: dict[str, Counter[Place]] = {}
        for hit in self.reading.projects:
            number = self.reading.segments.sentence_at(hit.start)
            for place in self.reading.places_in(number):
                start = self.reading.segments.sentences[number].start
                if ANOTHER.search(self.reading.text[start : place.start]):
                    continue  # "an identical design is under construction in Atlanta"
                if self._is_site(place) and place.kind != "country":
                    table.setdefault(hit.name, Counter())[place.place] += 3 if place.kind in FINE else 1
        return {name: counts.most_common(1)[0][0] for name, counts in table.items()}

    def of(
        self,
        figure: Figure,
        project: str | None,
        rivals: list[tuple[int, int]],
        companies: tuple[str, ...],
        main_companies: tuple[str, ...],
    ) -> Place:
        """The place of `figure`; an empty `Place` where the text gives none."""
        reading = self.reading
        sentence = reading.segments.sentences[figure.sentence]
        block = reading.segments.blocks[sentence.block]
        label = self.labels.get(sentence.block)
        if self._of_company(sentence.block) and not reading.places_in(figure.sentence):
            return Place()  # what a company says of itself at the end holds for all its sites
        found = self._in_sentence(figure, rivals)
        if found == Place() and not self.digest:
            found = None  # two countries in one name ("the UAE-US campus") say nothing
        if label is not None and block.kind == "row":
            return label
        if label is not None and self.digest:
            inside = found is not None and found.name and not label.name and label.country == found.country
            if found is not None and inside:
                return found
            return label if label.name else self._earlier_in(figure, label) or label
        if found is not None:
            return self._finer(figure, found)
        opening = reading.text[sentence.start : sentence.start + 60]
        umbrella = (
            project is not None
            and self._umbrella(project)
            and not SAME_THING.match(opening)  # "That facility, named Fairwater" is one site
            and any(h.name == project for h in reading.projects_in(figure.sentence))
        )
        if project and not umbrella and project in self.by_project and (self.digest or project != self.main_project):
            return self.by_project[project]
        if COMPANY_WIDE.search(reading.text, sentence.start, sentence.end):
            return Place()
        if self.digest:
            for number in range(figure.sentence - 1, block.first_sentence - 1, -1):
                earlier = [h for h in reading.places_in(number) if self._is_site(h) and not h.dateline]
                fine = [h for h in earlier if h.kind in FINE] or earlier
                if fine:
                    return fine[0].place if fine[0].start - block.start < 40 else fine[-1].place
            return self._before(sentence.block) or self._section_place(sentence.block)
        if umbrella:
            lands = {h.place.country for h in self.sites}
            return Place(None, None, next(iter(lands))) if len(lands) == 1 else Place()
        following = figure.sentence + 1
        if following < block.last_sentence and STANDS.match(reading.text, reading.segments.sentences[following].start):
            told = {h.place for h in reading.places_in(following) if self._stands(h)}
            if len(told) == 1:
                return next(iter(told))  # "The campus takes 22 acres. It stands in Iskandar Puteri"
        strangers = bool(main_companies and companies and not set(companies) & set(main_companies))
        if strangers and project != self.main_project and self.only is None:
            return Place()
        if figure.sentence > block.first_sentence and SAME_THING.match(opening):
            earlier = [h for h in reading.places_in(figure.sentence - 1) if self._is_site(h) and h.kind in FINE]
            if earlier and len({h.place for h in earlier}) == 1:
                return earlier[0].place
        for number in range(figure.sentence - 1, block.first_sentence - 1, -1):
            told = {h.place for h in reading.places_in(number) if self._stands(h)}
            if len(told) == 1:
                return next(iter(told))  # the paragraph has come to another site
            if told:
                break
        if figure.sentence > block.first_sentence and OF_THAT.match(opening):
            told = {h.place for h in reading.places_in(figure.sentence - 1) if self._is_site(h) and not h.dateline}
            if len(told) == 1:
                return next(iter(told))  # "Of that, 15 billion is for data centres": where the whole sum goes
        site = self.only or self.main or Place()
        return site if self._reaches(site, sentence.block) else Place()

    def _reaches(self, site: Place, block: int) -> bool:
        """Whether a site told of only under the name of one company holds for an item of another."""
        told = {
            self.reading.segments.sentences[self.reading.segments.sentence_at(h.start)].block
            for h in self.sites
            if h.place == site
        }
        here = set(label_of(self.reading, block, 0, False))
        owners = [set(label_of(self.reading, at, 0, False)) for at in told]
        return block in told or not here or not owners or any(not owner or owner & here for owner in owners)

    def _earlier_in(self, figure: Figure, area: Place) -> Place | None:
        """The site named last before the figure in an item that is headed by a whole country or state."""
        sentence = self.reading.segments.sentences[figure.sentence]
        first = self.reading.segments.blocks[sentence.block].first_sentence
        for number in range(figure.sentence, first - 1, -1):
            for hit in reversed(self.reading.places_in(number)):
                if (
                    hit.end <= figure.start
                    and hit.kind in FINE
                    and hit.place.country == area.country
                    and area.admin1 in (None, hit.place.admin1)
                    and self._is_site(hit)
                ):
                    return hit.place
        return None

    def _finer(self, figure: Figure, place: Place) -> Place:
        """A state named in passing gives way to the document's only site in it."""
        site = self.only or (self.main if place.admin1 is None else None)
        if place.name or self.digest or site is None or site.name is None or place.country != site.country:
            return place
        sentence = self.reading.segments.sentences[figure.sentence]
        if figure.metric in {"capex", "power"} and place.admin1 is None and self._told(figure, place):
            return place
        if place.admin1 not in (None, site.admin1) or STATEWIDE.search(self.reading.text, sentence.start, sentence.end):
            return place
        return site

    def _told(self, figure: Figure, place: Place) -> bool:
        """Whether the sentence puts the sum itself into the country ("invest 20 billion euros in France"), not one site of it."""
        text = self.reading.text
        for hit in self.reading.places_in(figure.sentence):
            if hit.place == place and not hit.demonym and IN_COUNTRY.search(text[max(0, hit.start - 24) : hit.start]):
                low, high = min(figure.end, hit.start), max(figure.end, hit.start)
                return not ONE_SITE.search(text, low, high)
        return False

    def _labels(self) -> dict[int, Place]:
        """Block -> the place its item is headed by: "Sedenak. At JH1 ...", "BANGKOK - Two halls ...", "Kulai: ..."."""
        reading = self.reading
        out: dict[int, Place] = {}
        for hit in reading.places:
            block = reading.segments.sentences[reading.segments.sentence_at(hit.start)].block
            body = reading.segments.sentences[reading.segments.blocks[block].first_sentence]
            desk = body.start <= self.reading.base + 1 and reading.text[hit.start : hit.end].isupper()
            if block not in out and reading.segments.blocks[block].kind == "row":
                cells = reading.text[reading.segments.blocks[block].start : hit.start].count("|")
                if cells <= 1 and self._is_site(hit) and hit.kind != "country":
                    out[block] = hit.place
                continue
            if (
                block in out
                or desk
                or hit.start - body.start > 1
                or reading.segments.blocks[block].kind in {"title", "row"}
            ):
                continue
            tail = reading.text[hit.end : hit.end + 60]
            if LABEL_TAIL.match(tail) and not hit.demonym:
                out[block] = hit.place
        return out

    def _umbrella(self, project: str) -> bool:
        return umbrella(project)

    def _before(self, block: int) -> Place | None:
        """The site of the paragraph before, for one that names none and is no item of its own."""
        reading, blocks = self.reading, self.reading.segments.blocks
        if block == 0 or blocks[block].kind != "paragraph" or blocks[block - 1].section != blocks[block].section:
            return None
        if any(
            self._is_site(h)
            for n in range(blocks[block].first_sentence, blocks[block].last_sentence)
            for h in reading.places_in(n)
        ):
            return None
        hits = [
            h
            for n in range(blocks[block - 1].first_sentence, blocks[block - 1].last_sentence)
            for h in reading.places_in(n)
            if self._is_site(h) and not h.dateline and h.kind in FINE
        ]
        return hits[0].place if hits else None

    def _section_place(self, block: int) -> Place:
        blocks = self.reading.segments.blocks
        section = blocks[block].section
        for index in range(block - 1, -1, -1):
            if blocks[index].section != section:
                break
            if blocks[index].kind not in {"heading", "row"} and index < block - 1:
                continue
            hits = [
                h
                for n in range(blocks[index].first_sentence, blocks[index].last_sentence)
                for h in self.reading.places_in(n)
                if self._is_site(h)
            ]
            if hits and blocks[index].kind == "heading":
                return hits[0].place
        if self.only is not None:
            return self.only
        lands = {h.place.country for h in self.sites}
        if len(lands) != 1:
            # A list of a country's projects says in its title which country.
            lands = {h.place.country for h in self.reading.places if h.end < self.reading.base}
        return Place(None, None, next(iter(lands))) if len(lands) == 1 else Place()

    def _in_sentence(self, figure: Figure, rivals: list[tuple[int, int]]) -> Place | None:
        reading = self.reading
        hits = [h for h in reading.places_in(figure.sentence) if self._is_site(h)]
        hits = [h for h in hits if not h.dateline] or (
            [] if any(self._is_site(h) and not h.dateline for h in reading.places) else hits
        )
        if not hits:
            return None
        fine = [h for h in hits if h.kind in FINE]
        if len({h.place for h in hits}) == 1:
            return hits[0].place
        start, end = figure.start, figure.end
        next_figure = min((a for a, _ in rivals if a >= end), default=10**9)
        last_figure = max((b for _, b in rivals if b <= start), default=-1)
        pool = fine or hits
        after = [
            h
            for h in pool
            if end <= h.start < next_figure and LINKED.search(reading.text[end : h.start] + " ") and h.start - end < 110
        ]
        before = [h for h in pool if h.end <= start]
        here = [h for h in before if h.start >= last_figure]
        if after and (not here or after[0].start - end < 45):
            joined = [
                h for h in after if re.fullmatch(r",? (?:and|or) (?:in )?|, | ", reading.text[after[0].end : h.start])
            ]
            if len({h.place for h in [after[0], *joined]}) > 1:
                return _common([after[0].place, *(h.place for h in joined)])
            return after[0].place
        if here:
            return here[-1].place
        if before:
            return before[-1].place
        return pool[0].place


def _common(places: list[Place]) -> Place:
    """What several places have in common: a state, a country, or nothing."""
    admins = {(p.admin1, p.country) for p in places}
    if len(admins) == 1:
        admin1, country = next(iter(admins))
        return Place(None, admin1, country)
    lands = {p.country for p in places}
    return Place(None, None, next(iter(lands))) if len(lands) == 1 else Place()
