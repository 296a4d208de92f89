"""
What looks like a company's name and is another thing: "Airfield AI campus", "the Hays Energy plant", "Developer Ann Kade".

In: a text and a name with where it stands. Out: whether the words around it, or its own, make it a site, a slogan, a part in a contract or
a person. Never finds a name; one that is refused here may be taken where it stands again.
"""

from __future__ import annotations

import re

from ingest.extract.names.legal_forms import FORM
from ingest.extract.text.wordlists import words

# A body with a legal form of its own is a firm, whatever it is called: "Alder Alliance LLC"; a city may own a "Corporation".
LIMITED = re.compile(rf",? (?!Corp){FORM}(?!\w)")
# "Airfield AI campus": the campus is for AI.
OF_AI = re.compile(
    r" (?:campus(?:es)?|factor(?:y|ies)|gigafactor(?:y|ies)|park|hub|data ?cent\w+|cluster|zone|precinct|corridor|supercomputer|complex|facility|city|site|project|infrastructure|"
    r"compute|chips?|servers?|growth zone|scheme|plans?)\b",
    re.IGNORECASE,
)
# "the Hays Energy power plant": what stands there has the name, whoever owns it.
PLANT = re.compile(
    r" (?:(?:power|gas|coal|nuclear|solar|wind|peaker|cogeneration|generating|pumping|battery|water|business|industrial|technology|science) )?"
    r"(?:plant|station|sub-?station|park|farm|mine|mill|smelter|refinery|dam|reservoir|estate)\b"
)
# "Orrin, the Superintelligence Cloud, will": what a firm says it is.
SLOGAN_BEFORE, SLOGAN_AFTER = re.compile(r"\w, the $"), re.compile(r"[,.]")
# Parts in a contract, which its definitions write with a capital.
PART = frozenset(
    (
        "issuer guarantor borrower lender lessee lessor landlord tenant trustee purchaser seller buyer vendor registrant applicant licensee licensor supplier contractor customer sponsor "
        "owner operator developer manager agent party parties noteholder noteholders subscriber investor investors parent borrowers guarantors lenders"
    ).split()
)
# "the Department of Energy and Communications Technology": what it is in charge of.
OFFICE = re.compile(
    r"\b(?:Department|Ministry|Minister|Secretary|Bureau|Institute|Faculty|School|Directorate)s? (?:of|for) (?:the )?(?:[A-Z]\w+,? and )?$"
)
INITIAL = re.compile(r"[A-Z]\.?(?: [A-Z]\.?)? [A-Z][a-zà-ÿ]+")
FULL_NAME = re.compile(
    r"(?P<first>[A-Z][a-zà-ÿ]+) (?:[A-Z]\. )?(?:O['’]|Mc|Mac|De |Van |von )?[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?"
)


def is_something_else(text: str, name: str, start: int, end: int) -> bool:
    """Whether `name`, at this place in `text`, is no company."""
    if name.endswith(" AI") and OF_AI.match(text, end):
        return True
    before = text[max(0, start - 8) : start]
    if before.endswith("the ") and PLANT.match(text, end):
        return True
    if name.endswith((" Cloud", " Company")) and SLOGAN_BEFORE.search(before) and SLOGAN_AFTER.match(text, end):
        return True
    if OFFICE.search(text, max(0, start - 48), start):
        return True
    return name.lower() in PART or (is_person(name) and not LIMITED.match(text, end))


def is_person(name: str) -> bool:
    """Whether `name` is an initial or a first name with a surname behind it."""
    if INITIAL.fullmatch(name):
        return True
    full = FULL_NAME.fullmatch(name)
    return full is not None and full["first"] in words("first_names")
