"""
Places that a text names in passing: as a measure, a stock exchange, a stage, a government, or where a company was before.

In: a text and a place in it. Out: whether it is only named so. Never asks what else the text says of the place.
"""

from __future__ import annotations

import re

from ingest.extract.places.areas import PlaceHit
from ingest.extract.text.patterns import Window, compiled

LOOK_BACK = 110
"""Characters before a place within which stands what it is named for."""
# "more than all of the city of Lima uses", "as much as the whole city of Boston", "enough to power San Francisco".
MEASURE = compiled(
    r"\b(?:than (?:all|the whole|the entire|most|half|everything|what|anything)\b|as much (?:power |electricity |energy |water )?as\b|"
    r"(?:enough|sufficient)(?: \w+){0,2} to (?:power|supply|light|serve|feed|run)\b|the (?:demand|consumption|needs?|load|population) of)[^.;:,\d]{0,28}$",
    re.IGNORECASE,
)
USES = re.compile(
    r"(?:['’]s)? (?:consumes?|uses|draws|burns)\b(?! (?:the|its) (?:site|campus))|['’]s? (?:entire |whole |total |own |peak )*(?:power |electricity |energy |water )?"
    r"(?:demand|consumption|usage|population)\b"
)
# "(TOKYO: 9613)", "(Frankfurt: NDX1)".
TICKER = re.compile(r":? ?[A-Z]{0,4}:? ?\d{4,6}(?:\.[A-Z]{1,2})?\)|: ?[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?\)")
# "its sixth country, after Japan and India", "after launches in Japan".
BEFORE_THIS = compiled(
    r"\b(?:country|countries|market|markets|location|region|nation|state),? (?:after|following|besides|in addition to)\b[^.;:\d]{0,90}$",
    re.IGNORECASE,
)
# "The signing took place in Singapore"; "spoke on the 5th in Lyon".
STAGE = compiled(
    r"\b(?:(?:signing|ceremony|event|meeting|announcement|launch|talks|hearing|unveiling|visit|conference|summit)\b[^.;:]{0,24} (?:took place|takes place|(?:was|were|is|are) (?:held|made|announced|hosted))"
    r"|(?:spoke|speaking|speech|talked|appeared|told reporters|said)(?: (?:on|last|this) (?:the )?\w+)?) in (?:the )?$",
    re.IGNORECASE,
)
CROWDED = compiled(
    r"\b(?:demand|loads?|traffic|processing|population|users|jobs|industry|(?:much|most) of it)\b[^.;:]{0,30}\b(?:concentrated|clustered|congested) (?:\w+ )?(?:in|around) [^.;:\d]{0,60}$",
    re.IGNORECASE,
)
# "filed with the Victoria department of energy", "the Ohio legislature".
OFFICES = re.compile(
    r"(?:['’]s)? (?:(?:state|federal|provincial|regional) )?(?:departments? of|government|ministry|ministries|legislat\w+|lawmakers|regulators?|senators?|"
    r"governor|attorney general|premier|public utilit\w+|utility commission|planning (?:department|portal|ministry))\b"
)
# "a line to the Lubbock substation": what a line or a lake is called.
GRID = re.compile(
    r" (?:sub-?station|switchyard|interconnector|transmission line|airport|river|aquifer)\b", re.IGNORECASE
)
# "three systems named Juno, Flora and Ceres".
CALLED = compiled(
    r"\b(?:named|called|dubbed|codenamed|code-named|nicknamed) (?:[\"“‘'])?(?:[A-Z][\w-]+,? (?:and )?){0,4}$"
)


def in_passing(text: str, hit: PlaceHit) -> bool:
    """Whether the words around `hit` name it for something else than what is built there."""
    window = Window(text, max(0, hit.start - LOOK_BACK), hit.start)
    before = window.text
    if before.endswith("(") and TICKER.match(text, hit.end):
        return True
    if MEASURE.seek(window) or USES.match(text, hit.end):
        return True
    if BEFORE_THIS.seek(window) or STAGE.seek(window) or CROWDED.seek(window):
        return True
    if hit.kind in {"state", "country"} and OFFICES.match(text, hit.end):
        return not before.lower().endswith((" in ", " in the ", "\nin "))
    return GRID.match(text, hit.end) is not None or (hit.kind == "city" and CALLED.seek(window) is not None)
