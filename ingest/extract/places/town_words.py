"""
The words around a town: what speaks of a place, and what makes a person, a road or a company of its name.

In: nothing, or a text and a name in it. Out: patterns and sets of words. Never decides what is a town: `towns` does.
"""

from __future__ import annotations

import re

from ingest.extract.text.patterns import compiled
from ingest.extract.text.wordlists import words

# A table whose first cell says what the second is: "County / state | Shackelford, Texas".
ROW_HEAD = re.compile(r"\|? ?")
LOCATIVE = compiled(
    r"\b(?:in|at|near|outside|inside|around|into|across|throughout|within|beside|beneath|underneath|between|beyond|toward|towards|off|nearby|in nearby|in downtown|north of|south of|east of|west of|northwest of|northeast of|southwest of|southeast of|city of|town of|village of|municipality of|county of|place in|site in|kilometers of|miles from|en|em|à|bei)\s+(?:the |rural |nearby |downtown |greater |central |northern |southern |eastern |western |north |south |east |west |West |East |North |South |Northern |Southern |Central |neighbou?ring |suburban |far |upstate |(?:the )?(?:city|town|county|village|state|port|province|region) of )*#?$",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"[(|]\s*$|\b(?:of|for|to|from|and|or|with|by|on|through|,|;|/|than|via|including|like|is|are|–|—|-|:)\s*(?:the )?$|^$",
    re.IGNORECASE,
)
PERSON_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Prof)\.? |\b[A-Z][a-z]+ (?:[A-Z]\. )?)$")
PERSON_TITLE = compiled(
    r"\b(?:CEO|president|chairman|director|mayor|governor|Gov\.|senator|minister|chief|analyst|founder|spokes\w+|secretary|commissioner|manager|partner|officer)\s+(?:(?!(?:of|in|for|from|at|and|near)\s)[A-Z][a-z]+\s)?$",
    re.IGNORECASE,
)
NAME_GOES_ON = re.compile(
    r"^ (?!(?:County|Parish|Township|Counties|Campus|Data|AI|Site|Project|Region|Area|Metro|City|(?:Cloud|AWS|Azure|Data Center|AI) Region|And|Or|In|Is|Was|On|At|To|Will|Has|Data Center|Google|Meta|Microsoft|Amazon|OpenAI|Oracle)\b)"
    r"(?:[A-ZÀ-Þ][\w&'’-]+)"
)
# "near East Paulding and Adams Center roads": what roads are called.
STREET = re.compile(
    r" (?:and [A-Z][\w ]{2,30} )?(?:[Rr]oads?|[Ss]treets?|[Aa]venues?|[Ll]ane|[Dd]rive|Boulevard|Pike|Parkway|Interchange)\b"
)
# What makes a town of a lone name in a state that the text speaks of: "Tupelo has been picked for the campus".
CHOSEN = re.compile(
    r" (?:(?:has|have) been|was|were|is|will be) (?:picked|chosen|selected)\b| (?:will|to) (?:host|become home|be home)\b"
)
# "the Abilene campus"; any other lone word after "the" is a thing's name: "the Rainier project".
AFTER_THE = re.compile(
    r"(?:['’]s? | (?:area|region|metro|campus|sites?|data ?cent|facilit|city|town|county|council)\b)"
)
# A piece of land that goes by a town's name is no town: "the Bangkadi Industrial Estate".
ESTATE = re.compile(
    r"(?: |^)(?:(?:Industrial|Business|Technology|Tech|Hi-Tech|High-Tech|Science|Innovation|Software|IT|Logistics|Energy|Enterprise) (?:Estate|Park|Zone|Area|Complex|District|Cent(?:er|re))"
    r"|(?:Special |Free )?(?:Economic|Trade|Free) Zone|Port Complex|Free Zone|Freeport|OIZ|SEZ|EPZ|FTZ|MIDC|SIPCOT)$"
)
# "at the Garching Computing Centre", "at the Chonburi Industrial Estate": the town it is named for, outside the lands of SURNAMES.
NAMED_FOR_TOWN = re.compile(
    r" (?:(?:industrial|port|technology|science|business|economic|free|trade)(?: and (?:industrial|port|trade))? (?:complex|zone|park|estate|area|district)\b|"
    r"(?:[A-Z][\w-]+ )?(?:Industrial|Special Economic|Economic|Technology|Tech|Hi-Tech|High-Tech|Digital|Science|Business|Innovation|Software|IT|Free|Port|Supercomputing|Computing|"
    r"Research) (?:Estate|Park|Zone|Area|Complex|Cent(?:re|er)|Campus|Hub)\b)"
)
SITE_AFTER = re.compile(r" (?:(?:AI|new|planned) )?(?:campus|data ?cent(?:er|re)|(?:data )?halls?|cluster)\b")
# "the Shibuya and Minato districts": parts of a town.
DISTRICTS = re.compile(r"(?:,? and [A-ZÀ-Þ][\w'’-]+)? (?:districts?|wards?|neighbou?rhoods?)\b")
ROW_CELL = re.compile(r" ?(?:\||,|\(|/|;|\n|$)")
MIDDLING = 10_000
SURNAMES = frozenset({"US", "GB", "CA", "AU", "IE", "NZ"})
"""Countries whose towns are also the names of people in English texts."""
SPEAKS = re.compile(
    r"(?:['’]s)?,? (?:said|says|added|told|noted|explained|argued|wrote|thinks|believes|called|joined|announced|announces|goes on|assistant|models?)\b|['’]s? "
)
ROW_TOWN = 5_000
"""People that a town must have to head a row of a table, where many a word is also a village."""
CIVIC_AFTER = re.compile(
    r"^(?:['’]s)? (?:(?:city |town |village |plan |planning |zoning |township )?(?:council|commission|board)(?: of \w+)?|council|mayor|residents|officials|voters|planners|commissioners|supervisors|neighbors|neighbours)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r" \d{1,2}\b(?![.,]\d| ?(?:%|[MG]W|kV|mega|giga|acre|hectare|sq|job|percent|per|million|billion|crore|year|month|data|site|campus|building|GPU|chip|x\b))"
)
"""What an operator's sites in a metropolis are called by: "leased at Osaka 4", "Madrid 3"."""
NO_START = frozenset(
    "around outside inside beside across between after before under over through within into beyond along like besides until since in the at near and of for from to on by as but with when while this its our a".split()
)
"""Words that begin a sentence, not a name."""
NEVER = frozenset(
    {
        "midwest",
        "asia",
        "europe",
        "africa",
        "meanwhile",
        "cooling",
        "powering",
        "building",
        "location",
        "purpose",
        "middle",
        "white",
        "wall",
    }
)
# Of the common words, those that are real towns often enough to count after "in" or "near".
TOWNS_TOO = words("towns_too")
HEADS = re.compile(r":| ?[—–] ")
# "Orange, the telecoms operator": a company.
COMPANY_AFTER = re.compile(
    r", (?:the|an?|its|which is (?:the|an?)) (?:[\w'’-]+ ){0,4}?(?:operator|company|firm|group|giant|maker|bank|provider|developer|utility|carrier|supplier|"
    r"investor|start-?up|retailer|insurer|conglomerate)\b"
)
SAID_OFTEN = 3
"""Times that a text without any state or country names the town it is about."""


def names_institute(text: str, start: int, end: int) -> bool:
    """Whether a name that was taken for a company's says where: "at the Garching Computing Centre"."""
    return text[max(0, start - 7) : start].endswith((" at the ", " in the ", " at the", "in the ", "at the ")) and (
        NAMED_FOR_TOWN.match(text, end) is not None
    )
