"""
The sites a document tells of: which places it puts something in, the only one, the main one, those of items and projects.

In: a `Reading`. Out: `Sites`. A company's seat, a dateline, an owner's home, a place named for its distance or for comparison,
and a picture's caption are no sites. Never looks at a figure.
"""

from __future__ import annotations

import re
from collections import Counter

from db.records import Place
from ingest.extract.areas import PlaceHit
from ingest.extract.mentions import umbrella
from ingest.extract.patterns import Window, compiled
from ingest.extract.reading import Reading
from ingest.extract.topics import is_aside, label_of

FINE = frozenset({"city", "county", "township"})
NOT_SITE_BEFORE = compiled(
    r"\b(?:miles? (?:\w+ )?(?:of|from|to)|kilomet(?:er|re)s? (?:\w+ )?(?:of|from)|km (?:\w+ )?(?:of|from)|minutes? (?:\w+ )?(?:of|from)|hours? (?:\w+ )?(?:of|from)|way from|far from|(?:north|south|east|west)(?:east|west)? of|like|than|unlike|bigger than|size of|part of|footprint of|area of|half of|much of|big as|large as|portion of|a city like|such as|not far from|close to|outskirts of|suburbs? of|bordering|borders|adjoining|adjacent to|next to|equivalent to|as much as|told|born in|flew to|meeting in|conference in|summit in|(?:Mon|Tues|Wednes|Thurs|Fri)day in|said in|speaking in|announced in|unveiled in|signed in|gathered in|good morning from|back to|way to|compar\w+ (?:with|to)|times|what stands in|law in|lawmakers in|Lake|chair of|University of|firm from|from the)\s+(?:the )?(?:\w+ and )?$",
    re.IGNORECASE,
)
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
# A capital that acts is its government: "Riyadh promised it $1.5 billion", "Washington's new licences".
CAPITALS = frozenset(
    {
        "Washington", "Ottawa", "London", "Brussels", "Paris", "Berlin", "Madrid", "Rome", "Moscow", "Beijing", "Tokyo", "Seoul",
        "Taipei", "Delhi", "New Delhi", "Jakarta", "Canberra", "Wellington", "Riyadh", "Abu Dhabi", "Doha", "Ankara", "Cairo",
        "Brasília", "Oslo", "Stockholm", "Copenhagen", "Helsinki", "Dublin", "Warsaw", "Pretoria", "Nairobi", "Hanoi", "Bangkok",
    }
)  # fmt: skip
ACTS = re.compile(
    r"(?:['’]s? (?:new |own |latest )?(?:licen[cs]es?|export|government|ministers?|rules?|approval|blessing|fund)\b|, finally"
    r"| (?:has|had|promised|wants|wanted|will (?:pay|fund|decide|allow)|plans|hopes|agreed|pledged|decided|approved|says|said)\b)"
)
ABOUT = re.compile(r"About (?=[A-Z])")
LABEL_TAIL = re.compile(
    r"(?:, (?:[A-Z][\w.'’-]+(?: [A-Z][\w'’-]+){0,2}|same \w+|[a-z][^.:|]{0,40}))?(?:\.|:| [—–-]) (?![a-z])"
)


class Sites:
    """What one document says of where things stand."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.company_starts = {h.start for h in reading.companies}
        self.place_ends = {h.end for h in reading.places if h.kind in FINE}
        self.company_ends = {h.end for h in reading.companies}
        self._known: dict[int, bool] = {}
        self.hits = [h for h in reading.places if self.is_site(h)]
        fine = Counter((h.place.name, h.place.admin1, h.place.country) for h in self.hits if h.kind in FINE)
        self.only = self._only(fine)
        self.main = self._main()
        self.by_project = self._by_project()
        self.labels = self._labels()
        self.main_project = next((h.name for h in reading.projects if not umbrella(h.name)), None)

    def is_site(self, hit: PlaceHit) -> bool:
        """Whether the words around a place allow that something stands there."""
        if id(hit) not in self._known:  # the reading keeps its hits, so that none takes the id of another
            self._known[id(hit)] = self._is_site(hit)
        return self._known[id(hit)]

    def _is_site(self, hit: PlaceHit) -> bool:
        window = Window(self.reading.text, max(0, hit.start - 36), hit.start)
        before = window.text
        if hit.demonym and not OF_LAND.match(self.reading.text, hit.end):
            return False
        if POSSESSIVE.match(self.reading.text, hit.end) and (
            hit.end + 3 in self.company_starts or ITS_FUND.match(self.reading.text, hit.end)
        ):
            return False  # "Atlanta's TPA Group" may build anywhere
        if before.endswith(" of ") and hit.start - 4 in self.company_ends:
            return False  # so may "Compass Datacenters of Dallas"
        written = self.reading.text[hit.start : hit.end]
        if (
            written in CAPITALS
            and ACTS.match(self.reading.text, hit.end)
            and not before.rstrip().endswith((" in", " near"))
        ):
            return False
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
        return not hit.seat and not NOT_SITE_BEFORE.seek(window) and not is_aside(self.reading, block)

    def stands(self, hit: PlaceHit) -> bool:
        """Whether the text puts something there, which a county's board or a dateline does not."""
        return (
            self.is_site(hit)
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
        early = [h for h in self.hits if h.start < reading.base + 900 and not h.dateline]
        early = early or [h for h in self.hits if h.start < reading.base + 900]
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
                for h in self.hits
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
                if self.is_site(place) and place.kind != "country":
                    table.setdefault(hit.name, Counter())[place.place] += 3 if place.kind in FINE else 1
        return {name: counts.most_common(1)[0][0] for name, counts in table.items()}

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
                if cells <= 1 and self.is_site(hit) and hit.kind != "country":
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

    def under_company(self, block: int) -> bool:
        """Whether the block stands under "About" and the name of a company."""
        at = self.reading.headings.get(self.reading.segments.blocks[block].section)
        if at is None or not ABOUT.match(self.reading.text, self.reading.segments.blocks[at].start):
            return False
        return bool(self.reading.companies_in(self.reading.segments.blocks[at].first_sentence))
