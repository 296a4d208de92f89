"""
Sites named for the land they stand on, or that a speaker calls "ours": "800 MW at Castle Bluff", "Lake Mariner, where we broke ground".

In: text. Out: names. Never takes a place of the gazetteer, which says where and not what.
"""

from __future__ import annotations

import re
from itertools import chain

from db.reference import find_places
from ingest.extract.names.capitals import CAP, NOT_COMPANY, begun_by_capitals
from ingest.extract.names.numbered_sites import numbered_in_town
from ingest.extract.text.patterns import compiled

_LAND = (
    r"(?:Bluffs?|Lane|Hill|Hills|Creek|Lake|Ridge|Point|Farm|Farms|Mill|Mills|Springs|Fen|Moor|Wharf|Quay|Mesa|Bend|Crossing|Hollow|Fields?|Meadows?|Ranch|Grove|"
    r"Landing|Prairie|Canyon|Yard|Dock|Docks|Common|Heath|Gate|Cross|Flats|Butte|Brook|Run|Fork|Valley|Pass|Trail|Oaks?|Pines?)"
)
_THING = r"(?:campus(?:es)?|sites?|data ?cent\w+|facilit\w+|projects?|plants?|schemes?|MW|GW|megawatts|gigawatts|capacity|building|halls?|cluster|scheme|development|land|lease|phase|acres|hectares)"
AT_LAND = compiled(
    rf"\b{_THING}(?: \([^()\n]{{1,20}}\))?,? (?:at|on) (?:the |its )?(?P<name>(?:{CAP} ){{1,2}}{_LAND})\b(?! [A-Z])"
)
# "hosts 30 MW at Kati 2 (Willacy County)".
NUMBERED = compiled(
    rf"\b[Aa]t (?!Phase|Building|Unit|Level|Hall|Pod|Lot|Block|Gate|Pier|Terminal|Stage|Table|Note|Exit|Stand)(?P<name>(?!Rs\b|No\b){CAP}(?: {CAP})? \d)(?= \(|,| (?:in|near|is|has|will)\b|\.)"
)
# "an earlier scheme, Woodlands Park, also at Iver", "A second cluster, Al-Farabi, will cost".
IN_APPOSITION = compiled(
    r"\b(?:(?:scheme|project|campus|development|proposal), |(?:supercomputer|system|machine|cluster),? )"
    rf"(?P<name>{CAP}(?: {CAP}){{0,2}})(?:, [a-z]+\b| (?:in|at|near) [A-Z])"
)
# "permission for Harlan Farm near Slough", "approved Calder Park at Loxley": what planners decide on.
PERMITTED = compiled(
    rf"\b(?:approv(?:al|es|ed|ing)|permission|consent|go-ahead|green light|rezoning|planning application|refus(?:al|es|ed)|reject(?:s|ed)|rejection)(?: (?:for|of|to))? (?:the )?(?P<name>{CAP}(?: {CAP}){{0,3}})(?=,? (?:in|at|near|outside) [A-Z])"
)
# 'its first centre, "Gang"', 'a supercluster called ...', 'grows the "AI Belt" in Riyadh'.
QUOTED = compiled(
    rf"\b(?:(?:data ?)?cent(?:er|re)|campus|site|cluster|supercluster|supercomputer|machine|scheme|project|(?:grow|expand|build|open|host|enlarge|extend)(?:s|ed|ing)? (?:the|its|an?)|(?:one|ones) (?:is|are)|(?:before|beside)(?: the)?),? [\"“](?P<name>(?:AI )?{CAP}(?: {CAP}){{0,3}}(?: \d{{1,2}})?)[\"”](?! (?:series|strategy|model|initiative|plan)\b)"
)
# "Lake Mariner, where we broke ground", "Barber Lake where we have the lease", "Bramley our second campus".
OURS = re.compile(
    rf"(?<![\w’'-])(?P<name>{CAP}(?: {CAP}){{0,2}}(?: \d{{1,2}}\b)?),? (?:(?:which|where|that) we(?:['’]re| (?:have|are|opened|energi[sz]ed|broke|bought|expect|will|delivered|own|signed|started|leased?))\b"
    r"|our (?:\w+ ){0,3}(?:campus|site|facility|data cent\w+|cluster)\b)"
)


def site_names(text: str) -> set[str]:
    """The names of such sites."""
    found = chain(AT_LAND.finditer(text), NUMBERED.finditer(text), IN_APPOSITION.finditer(text))
    found = chain(found, PERMITTED.finditer(text), QUOTED.finditer(text))
    if " we" in text or " our " in text:
        found = chain(found, begun_by_capitals(OURS, text))
    names = {match["name"] for match in found if _is_name(match["name"])}
    return names | numbered_in_town(text)


def _is_name(name: str) -> bool:
    ordinary = all(word.lower() in NOT_COMPANY for word in name.split())
    return not (ordinary or name.split()[0].lower() in NOT_COMPANY or find_places(name)) and len(name) > 2
