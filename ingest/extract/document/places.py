"""
The places where a document says that something is, or is to be, built.

In: a `Reading`, its claims, and the hits that may be sites. Out: places, each once, the finest that is told. Never decides
where a figure belongs: `where` does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from db.records import Claim, Place
from ingest.extract.places.areas import PlaceHit
from ingest.extract.places.boards import is_board
from ingest.extract.places.holders import without_holders
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled

_START = attrgetter("start")
# What makes a town of a sentence a site: something that is built, planned or run there.
SITE = compiled(
    r"\b(?:data[- ]?cent(?:er|re)s?|campus(?:es)?|sites?|locations?|facilit(?:y|ies)|halls?|build(?:s|ing|ings)?|built|under construction|regions?|plants?|Rechenzentr\w+|Standorte?|projects in|centros? de datos|centres? de données|datacenters?|supercomputers?)\b",
    re.IGNORECASE,
)
IN_STATE = re.compile(
    r"\b(?:in|near|across|for) (?:(?:the )?(?:\w+ )?(?:state|province|region|county|prefecture) of (?:the )?|\w+ )?$"
)
OF_LAND = re.compile(
    r"(?:['’]s)? (?:first |largest |new |planned |AI |hyperscale )*(?:data cent(?:er|re)s?|campus(?:es)?|sites?|facilit(?:y|ies)|halls?|regions?)\b"
)
GETS = re.compile(
    r"(?: and [A-Z]\w+(?: [A-Z]\w+)?)? (?:have|has|gets?|(?:will|may|might|could|can|is to|are to) (?:have|get|host|gain)|hosts?) (?:the |an? |its |their |two |three |more )"
)
NEARBY = re.compile(r"\b(?:near|nearby|outside|close to|of) (?:of |the |downtown |central |nearby )?$")
# A market's share is no site: "two thirds of the market's data centers stand in and around Seoul".
SHARE = re.compile(
    r"(?:\d ?%|\b(?:per ?cent|half|thirds?|quarters?|most|majority|bulk)) of (?:[\w'’-]+ ){0,4}(?:demand|data ?cent\w+|capacity|market|supply|power)\b",
    re.IGNORECASE,
)
# "It has some 30 data centers in France, Spain and Poland": what a company runs already.
PORTFOLIO = re.compile(
    r"\b(?:has|have|operates?|runs?|owns?|manages?)\b[^.;]{0,24}\b(?:\d+|dozens of|hundreds of)\+? (?:[\w-]+ ){0,2}(?:data ?cent(?:er|re)s|sites|facilities|locations|regions)\b",
    re.IGNORECASE,
)
LISTING = re.compile(r"(?:,? (?:and|or|as well as) |,? in |, |; |;? and |/|, in )")
LONG_LIST = 4
"""Towns in a row that are sites without a word that says so."""
LONGEST_STEP = 40
"""Characters from one place of a list to the next, with the state that holds it."""
LONGEST_LIST = 30
"""Items from the first of a list to one of it."""
FINE = frozenset({"city", "county", "township"})


def build_places(reading: Reading, claims: list[Claim], sites: Sequence[PlaceHit]) -> tuple[Place, ...]:
    """Every place where infrastructure is (to be) built: those of the claims, and those that the text names as sites."""
    named = [c.place for c in claims if c.place.country]
    named += [hit.place for hit in _sited(reading, sites, set(named))]
    out: dict[tuple[str | None, str | None], Place] = {}
    for place in named:
        if place.name or place.admin1:
            out.setdefault((place.name or place.admin1, place.country), place)
    fine = {(p.admin1, p.country) for p in out.values() if p.name}
    told = [p for p in out.values() if p.name or (p.admin1, p.country) not in fine]
    lands = {p.country for p in told}
    whole = dict.fromkeys(p.country for p in named if not p.name and not p.admin1 and p.country not in lands)
    return (*told, *(Place(None, None, land) for land in whole))


def _sited(reading: Reading, sites: Sequence[PlaceHit], told: set[Place]) -> list[PlaceHit]:
    """The places of `sites` that the text puts something in, and those that it lists beside one of them or of `told`."""
    named = [hit for hit in sites if not hit.dateline and not hit.demonym]
    towns = {(p.admin1, p.country) for p in told if p.name}
    hits = [
        h
        for h in without_holders(reading.text, named)
        if h.kind != "county"
        or h.place in told
        or (h.place.admin1, h.place.country) not in towns
        or not is_board(reading.text, h)
    ]
    beside = {(p.admin1, p.country) for p in told if p.name} | {
        (h.place.admin1, h.place.country) for h in hits if h.kind in FINE and not _near(reading, h)
    }
    known = {
        id(h): (h.kind in FINE and h.place in told)
        or (_puts(reading, h) and not (_near(reading, h) and (h.place.admin1, h.place.country) in beside))
        for h in hits
    }
    for kinds in (FINE, {"state"}, {"country"}):
        alike = [h for h in hits if h.kind in kinds]
        links = [_listed(reading, named, first, second) for first, second in pairwise(alike)]
        if kinds is FINE:
            for at in range(len(links) - LONG_LIST + 2):
                if all(links[at : at + LONG_LIST - 1]):
                    known[id(alike[at])] = True  # a list so long, in a text on sites, is one of sites
        for at, linked in enumerate(links):
            known[id(alike[at + 1])] |= linked and known[id(alike[at])]
        for at in range(len(links) - 1, -1, -1):
            known[id(alike[at])] |= links[at] and known[id(alike[at + 1])]
    return [hit for hit in hits if known[id(hit)]]


def _listed(reading: Reading, hits: Sequence[PlaceHit], first: PlaceHit, second: PlaceHit) -> bool:
    """Whether two places are items of one list: "Lordstown in Ohio, Port Washington in Wisconsin and Saline Township"."""
    if not 0 <= second.start - first.end <= LONGEST_STEP:
        return False
    beyond = bisect_left(hits, first.end, key=_START)
    between = [h for h in hits[beyond : bisect_left(hits, second.start, beyond, key=_START)] if h.end <= second.start]
    at = between[-1].end if between and first.kind in FINE else first.end
    return LISTING.fullmatch(reading.text, at, second.start) is not None


def _puts(reading: Reading, hit: PlaceHit) -> bool:
    segments = reading.segments
    number = segments.sentence_at(hit.start)
    sentence = segments.sentences[number]
    start = sentence.start
    while (
        number > 0
        and segments.sentences[number - 1].block == sentence.block
        and reading.text[segments.sentences[number - 1].end - 1] == ";"
    ):
        number -= 1
        start = segments.sentences[number].start
    if SHARE.search(reading.text, start, sentence.end):
        return False
    if not SITE.search(reading.text, start, sentence.end) and not _leads(reading, sentence.block):
        return False
    if hit.kind in FINE:
        return True
    if hit.kind == "country" and PORTFOLIO.search(reading.text, start, sentence.end):
        return False
    if OF_LAND.match(reading.text, hit.end) or (hit.kind == "state" and GETS.match(reading.text, hit.end)):
        return True
    return IN_STATE.search(reading.text[max(0, hit.start - 20) : hit.start]) is not None


def _near(reading: Reading, hit: PlaceHit) -> bool:
    """Whether a town is only named for what is near it, which holds where nothing else is told of its state."""
    return hit.kind in FINE and NEARBY.search(reading.text, max(0, hit.start - 24), hit.start) is not None


def _leads(reading: Reading, block: int) -> bool:
    """Whether an item belongs to a list of sites: "Three new sites:"."""
    blocks = reading.segments.blocks
    if blocks[block].kind != "item":
        return False
    at = block
    while at > 0 and blocks[at].kind == "item" and block - at < LONGEST_LIST:
        at -= 1
        if reading.text.endswith(":", 0, blocks[at].end):
            return SITE.search(reading.text, blocks[at].start, blocks[at].end) is not None
    return False
