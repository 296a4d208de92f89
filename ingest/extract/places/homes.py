"""
Where a company comes from, which is not where it builds: "the Denver developer", "a contractor from Lima", "Aker, of Oslo,".

In: a text and a place in it. Out: whether the place is but the home of whoever is spoken of. Never asks whether the company is known:
most of those that a local paper names are not.
"""

from __future__ import annotations

import re

from ingest.extract.places.areas import PlaceHit

LOOK_BACK = 60
"""Characters before a place within which stands who comes from there."""
ORGANISATION = (
    r"(?:company|companies|firm|group|developer|contractor|start-?up|cooperative|co-op|utility|holding|outfit|operator|lender|insurer|bank|supplier|family|"
    r"agency|fund|trust|landlord|investor|manufacturer|producer|conglomerate|consortium|tenant|client|customer|buyer|bidder|retailer|giant|chipmaker|hyperscaler|"
    r"financier|entrepreneur|businessman|architects?|\w+(?:maker|builder)|(?:boiler|battery|car|cement|chip|drug|server|steel|machine) maker|subsidiary|offshoot)"
)
# "a contractor from Lima", "the company, from Lima,", "a firm registered in Lima".
COMES_FROM = re.compile(
    rf"\b{ORGANISATION}(?: [\w-]+)?,? (?:from|registered in|domiciled in|founded in|incorporated in|hailing from)"
    r" (?:the |neighbou?ring |nearby |the city of )?$"
)
REGISTERED = re.compile(
    r"\b(?:(?:registered|domiciled|incorporated|listed) in|(?:run|led|managed|directed|governed|working) (?:from|out of)|"
    rf"{ORGANISATION} out of) (?:the )?$"
)
# "a Delaware limited liability company": where it was entered in the books.
LEGAL_FORM = re.compile(
    r" (?:(?:public|private|exempted|statutory|series) )?(?:corporation|limited liability company|limited partnership|general partnership|statutory trust|"
    r"business trust|LLC|L\.L\.C\.|entity)\b"
)
# "the Lima developer", "the Lima project company"; "the Lima campus operator" works at Lima,
# and a state's developer mostly builds in it.
IS_OF = re.compile(
    rf"(?: (?!campus|site|hall|plant|park|facility|building|project operator|data cent|(?:the|an?|its|their|this|that|and|or|as|for|which|where|said|says|with|by|to|has) )[a-z][\w-]*){{0,2}} {ORGANISATION}\b"
)
# "controlled by Toronto's Northleaf"
ITS_OWN = re.compile(r"['’]s [A-Z][\w&.-]+(?: [A-Z][\w&.-]+)*(?=[,.;:)]| (?:and|which|is|has|will|for|to|in)\b)")
# "Orrin Kiln LLC, of Lima,", "Orrin Software of Lima".
NAMED_OF = re.compile(
    r"(?P<link>\b(?:with|by|from|and|to|of|between|under|for) )?(?P<name>[\w.&’'-]+)(?P<comma>,?) of (?:the |nearby |neighbou?ring )?$"
)
IN_PLACE = re.compile(r"\b(?:in|at|near|outside) (?:the )?$", re.IGNORECASE)
# What is not called after its founder: "the City of Lima", "the Port of Lima".
CIVIC = frozenset(
    "Mayor Governor Minister Secretary President Judge Sheriff Senator Bishop Lord Duke City Town Township Village Borough Municipality County State Province Port District Region Republic Kingdom Bank University Emirate Parish Commune "
    "Government Department Ministry Office Isle Island Bay Gulf North South East West Northeast Northwest Southeast Southwest Outside Part Half Most All "
    "Park Parks Zone Estate Hub Campus Area Municipal Council Councils Court Commonwealth Territory Prefecture Governorate Archdiocese Chamber Centre Center Heart Edge One Some Much Many Instead".split()
)


def is_home(text: str, hit: PlaceHit) -> bool:
    """Whether `hit` only says where a company is at home."""
    before = text[max(0, hit.start - LOOK_BACK) : hit.start]
    if hit.kind == "city" and before.endswith((" by ", " with ")) and ITS_OWN.match(text, hit.end):
        return True
    if hit.place.name is None and LEGAL_FORM.match(text, hit.end):
        return True
    stays = hit.kind == "state" and hit.place.country != "GB"
    if text.startswith(" ", hit.end) and not stays and IS_OF.match(text, hit.end) and not IN_PLACE.search(before):
        return True
    if before.rstrip().endswith(
        (" from", " in", " out of", " the", " of", "nearby", "neighbouring", "neighboring")
    ) and (COMES_FROM.search(before) or REGISTERED.search(before)):
        return True
    named = NAMED_OF.search(before) if " of " in before else None
    if named is None or not named["name"][:1].isupper() or named["name"] in CIVIC:
        return False
    return hit.kind == "city" or bool(named["comma"] or (named["link"] and hit.kind == "country"))
