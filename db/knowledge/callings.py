"""
Whether what a claim takes for the name of its project is one.

In: claims with their documents, the catalogue. Out: the same claims, without a name that is none: a word that only
begins a sentence ("Besides the data center"), an amount ("P40.14 billion"), a possessive, a region or a country, or a
project that the document says it is not speaking of ("not part of Stargate"). A listed name is only ever denied by its
document. Never makes up another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from db.knowledge.catalogue import Catalogue
from db.knowledge.model import ClaimRow, DocumentRow
from db.knowledge.names import key
from db.reference import country_list

_WORDS = frozenset(
    "about above across additionally after again all along also although altogether among another any apart "
    "around as at because before behind below beside besides between beyond both but by despite during each "
    "earlier either every few finally for formerly from further furthermore half hence here how however if in "
    "including indeed initially inside instead its last later like many meanwhile moreover most near neither next "
    "none nor not notably of on once one only or other otherwise our out outside over overall part per previously "
    "rather recently separately several similarly since so some soon such than that the their then there these "
    "they this those though through throughout thus to today together under unlike until up upon we what when "
    "where whereas whether which while who why with within without yet".split()
)
"""Words that begin a sentence and name nothing."""
_REGIONS = frozenset(
    "mediterranean nordic baltic gulf pacific atlantic caribbean arctic alpine iberian balkan scandinavian european "
    "american african asian asia africa europe america arab latin midwest midwestern northern southern eastern western "
    "central north south east west global national regional federal".split()
)
_POSSESSIVE = re.compile(r"['’]s?$")
_AMOUNT_AFTER = re.compile(r"^(?:[.,]\d|\s?(?:billion|million|trillion|crore|bn|mn)\b)", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not (?:a )?part of|not belong(?:ing)? to|no part of|separate(?:ly)? from|apart from|unlike|distinct from|"
    r"independent of|unrelated to|nothing to do with|not to be confused with|in addition to|besides)\s+(?:\w+['’]s\s+)?"
    r"(?:the\s+|its\s+|project\s+)*$",
    re.IGNORECASE,
)
_BEFORE_LETTERS = 60


def with_true_names(
    claims: Iterable[ClaimRow], documents: Iterable[DocumentRow], catalogue: Catalogue
) -> dict[str, ClaimRow]:
    """Every claim, by id; the name of its project is taken away where it is none."""
    by_id = {document.id: document for document in documents}
    asked: dict[tuple[str, str], bool] = {}
    made: dict[str, ClaimRow] = {}
    for claim in claims:
        made[claim.id] = claim
        if claim.project_name:
            place = (claim.document_id, claim.project_name)
            if place not in asked:
                listed = bool(catalogue.projects_called(claim.project_name))
                asked[place] = is_calling(claim.project_name, by_id[claim.document_id], listed)
            if not asked[place]:
                made[claim.id] = replace(claim, project_name=None)
    return made


def is_calling(name: str, document: DocumentRow, listed: bool) -> bool:
    """Whether a document uses `name` as the name of the project it speaks of."""
    if not listed and is_no_name(name):
        return False
    said = [
        (text, match.start(), match.end())
        for text in (document.title, document.text)
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    if not said:
        return True
    if not listed and all(_AMOUNT_AFTER.match(text[end:]) for text, _, end in said):
        return False
    return not all(_DENIED.search(text[max(0, start - _BEFORE_LETTERS) : start]) for text, start, _ in said)


def is_no_name(name: str) -> bool:
    """
    Whether these words could name no project, whatever the text.

    >>> [is_no_name(name) for name in ("Besides", "Georgia's", "Mediterranean", "Project Georgia", "Hyperion")]
    [True, True, True, False, False]
    """
    if _POSSESSIVE.search(name.strip()):
        return True
    words = key(name).split()
    return not words or all(word in _WORDS or word in _REGIONS for word in words) or key(name) in _countries()


@cache
def _countries() -> frozenset[str]:
    return frozenset(key(each.name) for each in country_list())
