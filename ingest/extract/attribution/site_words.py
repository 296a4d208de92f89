"""
Whether the words around a place allow that something stands there.

In: a place in a `Reading`. Out: yes or no. A company's seat, an owner's home, a place named for its distance or for comparison, a
government named by its capital and a picture's caption are no sites. Never asks what else the document says.
"""

from __future__ import annotations

import re

from ingest.extract.attribution.topics import is_aside
from ingest.extract.places.areas import PlaceHit
from ingest.extract.places.homes import IS_OF, is_home
from ingest.extract.places.passing import in_passing
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Window, compiled

NOT_SITE_BEFORE = compiled(
    r"\b(?:miles? (?:\w+ )?(?:of|from|to)|kilomet(?:er|re)s? (?:\w+ )?(?:of|from)|km (?:\w+ )?(?:of|from)|minutes? (?:\w+ )?(?:of|from)|hours? (?:\w+ )?(?:of|from)|way from|far from|(?:north|south|east|west)(?:east|west)? of|like|than|touch(?:es|ing)?|unlike|bigger than|size of|part of|footprint of|markets of|area of|half of|much of|big as|large as|portion of|a city like|such as|not far from|close to|outskirts of|suburbs? of|bordering|borders|adjoining|adjacent to|next to|equivalent to|as much as|told|(?:residents?|villagers?|inhabitants|farmers?|councillors?|lawyers?|homeowners?|parishioners|MP|man|woman|couple|teacher) (?:of|from|in)|born in|flew to|meeting in|conference in|summit in|(?:Mon|Tues|Wednes|Thurs|Fri)day in|said in|speaking in|announced in|unveiled in|signed in|gathered in|good morning from|back to|way to|compar\w+ (?:with|to)|times|what (?:stands|is (?:installed|built|running|there|available)|there is|runs) in|presented in|court in|bills? in|offices? in|law in|lawmakers in|Lake|chair of|University of|firm from|from the|(?:nord|süd|ost|west|nördlich|südlich|östlich|westlich|(?:nord|süd)(?:öst|west)lich|unweit) von|nahe|près de|non loin de|(?:au|à l['’])(?: ?nord| ?sud|est|ouest)(?:-est|-ouest)? de|cerca de|al (?:norte|sur|este|oeste) de)\s+(?:the |greater )?(?:\w+ and )?$",
    re.IGNORECASE,
)
ADJACENT = re.compile(r"\b(?:adjacent to|next to|adjoining|beside|bordering) (?:the |its |their )?$")
ITS_THING = re.compile(r" (?:campus|site|data ?cent|plant|halls?|facility)\b")
# "in the north of Boston", "in the area of Dammam": a part of the town, or the town.
IN_PART = re.compile(
    r"\bin (?:and around )?(?:the |an? )?(?:wider |greater |metropolitan |far )?(?:(?:north|south|east|west)(?:east|west)?|centre|center|heart|"
    r"outskirts|(?:planning )?area|region|district|vicinity|municipality|boundaries|limits) of (?:the )?$",
    re.IGNORECASE,
)
# What is held somewhere: "a summit on jobs and energy in Boston".
EVENT = compiled(
    r"\b(?:summit|conference|forum|congress|expo|trade (?:show|fair)|press event|roadshow|signing ceremony|symposium)\b"
    r"(?:(?!data ?cent|campus|sites?\b|project|facilit|plant)[^.;:]){0,48} in $",
    re.IGNORECASE,
)
# Another site, named for its size: "larger than the one in Austin", "more chips than that in Austin".
COMPARED = compiled(
    r"\b(?:than\b[^.;:]{0,32}\b(?:ones?|that|those|this|these|anything|any)|(?:like|unlike|similar to|rivals?|beats?|surpass\w*|exceeds?|dwarfs?|as \w+ as)\b[^.;:]{0,24}"
    r"\b(?:the (?:ones?|site|campus|cluster)|that|those))\b[^.;:,\d]{0,24}\b(?:in|at|near|outside) (?:the )?$"
)
# Whoever comes from there builds, buys or sells elsewhere: "four suppliers from Korea and Japan".
HOME_OF = compiled(
    r"\b(?:companies|firms|suppliers|investors|manufacturers|partners|banks|lenders|vendors|developers|players|funds|buyers|customers|experts|engineers|"
    r"delegat\w+|visitors) (?:from|based in) (?:the )?(?:[A-Z][\w.]+(?: [A-Z][\w.]+)?(?:, | and |, and |, and the | and the ))*$"
)
# "near the Butler County line": what is near it is on the other side or this.
LINE = re.compile(r" (?:line|border|boundary)\b")
# An office's address: ", Suite 190, Las Vegas, NV 89141".
POST_CODE = re.compile(r",? [A-Z][\w.]+,? \d{5}(?:-\d{4})?\b")
# "the Norwegian data centre" stands in Norway; "the Norwegian company" may build anywhere.
OF_LAND = re.compile(
    r" (?:AI |planned |new |first |hyperscale )*(?:data cent(?:er|re)s?|datacent\w+|campus(?:es)?|sites?|facilit(?:y|ies)|gigafactor\w+)\b"
)
PAYS = re.compile(
    r" (?:has |have )?(?:agreed to|pledged|promised|will (?:put|invest|fund)|is (?:putting|investing)|are (?:putting|investing)|invests?|put) "
)
ABROAD = compiled(r"\b(?:outside|beyond|other than|except)(?: of)? (?:the )?$", re.IGNORECASE)
# "its Ajax campus in Abu Dhabi" is called so, and stands elsewhere.
CALLED_IN = re.compile(
    r" (?:campus|site|data ?cent(?:er|re)|facility|project|plant|hub|cluster|park) (?:in|at|near|outside) (?:the )?"
)
APPOSED = re.compile(
    r",? (?:just |about \d+ \w+ )?(?:outside|near|close to|(?:north|south|east|west)(?:east|west)? of)(?: of)? $"
)
OWNER_IN = compiled(
    r"\b(?:owned by|belongs to|belonging to|part of|subsidiary of|unit of|backed by|controlled by|parent|a (?:\w+ )?(?:fund|firm|company|group|bank|investor|start-?up))"
    r"(?: [A-Z][\w&.'’-]*){0,5},? (?:in|of|from) (?:the )?$"
)
POSSESSIVE = re.compile(r"['’]s? ")
ITS_FUND = re.compile(r"['’]s? (?:\w+ ){0,2}(?:fund|firm|company|investor|bank|group|developer|operator|start-?up)\b")
# "the Denver company", "its Singapore arm".
WHOSE = re.compile(
    r" (?:(?:tech|cloud|AI|energy|chip|property|real estate|investment|software|data[- ]cent(?:er|re)) )?(?:company|firm|giant|start-?up|operator|"
    r"investor|bank|fund|chipmaker|hyperscaler|retailer|arm|subsidiary|office|unit(?= [A-Z]))\b"
)
# "from Sydney to Tokyo", "Dallas to Abilene: three hours": how far something reaches.
REACHES = re.compile(r" to (?:the )?[A-ZÀ-Þ]")
FROM_TO = compiled(r"\bfrom [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?(?:, [A-ZÀ-Þ][\w'’-]+,?)? to (?:the )?$")
# "at Lima High School", "in the Lima City Hall": where people meet.
MEETS = re.compile(
    r" (?:(?:High|Middle|Elementary|Primary|Secondary|Junior|Senior|Grammar|Community|Public|Memorial|Town|City|Village|Civic|Convention|Event) )+"
    r"(?:School|College|Hall|Library|Cent(?:er|re)|Auditorium|Hospital|Church|Hotel|Club)\b"
)
# What a page shows after its text: "More in Hyperscale", "Related stories".
AFTERWARDS = re.compile(
    r"(?:\n|^)(?:#+ |\*+)?(?:More (?:in|from|stories|news)\b[^\n.]{0,40}|Related(?: (?:stories|articles|news|reading|posts|links|content|topics|coverage))?:?|"
    r"Read (?:also|more|next):?|You (?:may|might) also like:?|Also read:?|Trending(?: \w+)?:?|Most read:?)(?=\n|$)",
    re.IGNORECASE,
)
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


class Surroundings:
    """Looks at the words around the places of one document."""

    def __init__(self, reading: Reading, fine: frozenset[str]) -> None:
        self.reading = reading
        self.fine = fine
        self.company_starts = {h.start for h in reading.companies}
        self.company_ends = {h.end for h in reading.companies}
        self.place_ends = {h.end for h in reading.places if h.kind in fine}
        self.land_at = {h.start: h.place.country for h in reading.places if not h.demonym}
        last = AFTERWARDS.search(reading.text, (reading.base + len(reading.text)) // 2)
        self.ends_at = len(reading.text) if last is None else last.start()
        self.told_states = {h.place.admin1 for h in reading.places if h.kind in fine and not h.seat and h.place.admin1}
        self._known: dict[int, bool] = {}

    def allow(self, hit: PlaceHit) -> bool:
        """Whether something may stand at `hit`."""
        if id(hit) not in self._known:  # the reading keeps its hits, so that none takes the id of another
            self._known[id(hit)] = self._allow(hit)
        return self._known[id(hit)]

    def _allow(self, hit: PlaceHit) -> bool:
        window = Window(self.reading.text, max(0, hit.start - 36), hit.start)
        before = window.text
        if (
            hit.kind in self.fine
            and LINE.match(self.reading.text, hit.end)
            and not before.endswith((" on the ", " at the "))
        ):
            return False
        if hit.kind in self.fine and POST_CODE.match(self.reading.text, hit.end):
            return False
        if hit.demonym and not OF_LAND.match(self.reading.text, hit.end):
            return False
        if POSSESSIVE.match(self.reading.text, hit.end) and (
            hit.end + 3 in self.company_starts or ITS_FUND.match(self.reading.text, hit.end)
        ):
            return False  # "Atlanta's TPA Group" may build anywhere
        if (before.endswith(" of ") and hit.start - 4 in self.company_ends) or (
            before.endswith(", of ") and hit.start - 5 in self.company_ends
        ):
            return False  # so may "Compass Datacenters of Dallas" and "Aker, of Oslo,"
        written = self.reading.text[hit.start : hit.end]
        if (
            written in CAPITALS
            and ACTS.match(self.reading.text, hit.end)
            and not before.rstrip().endswith((" in", " near"))
        ):
            return False
        if written in CAPITALS and before.endswith((" with ", " by ", " from ", " between ")):
            return False  # "an agreement with Washington"
        if WHOSE.match(self.reading.text, hit.end) and not before.endswith((" in ", " at ")):
            return False
        if hit.kind == "country" and ABROAD.seek(window):
            return False  # "the largest anywhere outside the US"
        if hit.kind == "country" and PAYS.match(self.reading.text, hit.end):
            return False  # "the Emirates agreed to put 30 billion into a campus": who pays
        beside = APPOSED.search(before)
        if beside is not None and hit.start - len(beside.group()) in self.place_ends:
            return False  # "Loughton, outside London"
        if hit.kind in self.fine and MEETS.match(self.reading.text, hit.end):
            return False
        if (
            hit.kind == "state"
            and hit.start - 1 in self.company_ends
            and hit.place.admin1 in self.told_states
            and not ITS_THING.match(self.reading.text, hit.end)
        ):
            return False  # "Orrin Energy Ohio" is a utility, where the text tells a town of Ohio
        called = CALLED_IN.match(self.reading.text, hit.end)
        if called is not None and (land := self.land_at.get(called.end())) is not None and land != hit.place.country:
            return False
        if (before.endswith("from ") and REACHES.match(self.reading.text, hit.end)) or FROM_TO.seek(window):
            return False
        wider = Window(self.reading.text, max(0, hit.start - 90), hit.start)
        if OWNER_IN.seek(wider) or EVENT.seek(wider) or COMPARED.seek(wider) or HOME_OF.seek(wider):
            return False  # "owned by DAMAC Digital in Dubai"
        us = hit.kind == "state" and hit.place.country == "US"
        if (
            us
            and self.told_states
            and hit.place.admin1 not in self.told_states
            and IS_OF.match(self.reading.text, hit.end)
        ):
            return False  # "the California developer" in a text on a county in Virginia
        if is_home(self.reading.text, hit) or in_passing(self.reading.text, hit):
            return False
        block = self.reading.segments.sentences[self.reading.segments.sentence_at(hit.start)].block
        elsewhere = NOT_SITE_BEFORE.seek(window) is not None and IN_PART.search(before) is None
        if elsewhere and ITS_THING.match(self.reading.text, hit.end) and ADJACENT.search(before):
            elsewhere = False  # "90 acres next to the Lima campus" are in Lima
        return not hit.seat and not elsewhere and not is_aside(self.reading, block)
