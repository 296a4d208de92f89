"""
Figures that come on top of another ("an additional 290 MW"), that were cut ("down from 1.2 GW"), or that are a sum so
far ("its commitment reaches $25 billion").

In: a claim and its document. Out: whether the words around the figure say so. An addition is no value of the whole:
it neither replaces nor contradicts it. A cut is the whole, though a larger number stands beside it. Never adds
anything up: whether an addition is in a newer figure is for `items` to say.
"""

from __future__ import annotations

import re

from db.knowledge.model import ClaimRow, DocumentRow

ADDABLE = frozenset({"power", "generation", "chips", "capex", "floor_area", "land_area"})
_BEFORE_LETTERS, _AFTER_LETTERS = 34, 22
_BEFORE = re.compile(
    r"\b(another|additional|additionally|further|extra|adds?|adding|on top of that|plus|ein(e|en|er)? weitere[nrs]?|"
    r"weitere|otros|adicionales|supplémentaires?|mais|ytterligere|ytterligare)\s+"
    r"(an?\s+|up to\s+|about\s+|some\s+|nearly\s+)*$",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"(an?\s+)?(another|additional|further|extra)\b", re.IGNORECASE)
_BEFORE_NOUN = re.compile(
    r"\b(expand(s|ed|ing)?|expansion|increas(e|es|ed|ing)|extension) (\w+ ){0,3}by\s+(an?\s+|up to\s+|about\s+)*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\s*(of\s+)?(more(?! than)|additional|extra|further|on top|supplémentaires?|adicionales)\b", re.IGNORECASE
)

_CUT_LETTERS = 70
_CUT = re.compile(
    r"\b(cuts?|cutting|reduc(e|es|ed|ing|tion)|scal(e|es|ed|ing) (back|down)|lower(s|ed|ing)?|shr(inks?|ank|unk)|"
    r"downsiz\w+|trim(s|med)?|slash(es|ed)?|instead of|down from|no longer)\b",
    re.IGNORECASE,
)

_SUM_LETTERS, _SUM_AFTER_LETTERS = 100, 24
_SUM = re.compile(
    r"\b((in |the )?total(s|ling|ing)?|altogether|footprint|reach(es|ed)|"
    r"(brings?|brought|lifts?|lifted|raises?|raised|takes?|took|comes?|came|amounts?|scales?|grows?|"
    r"(?<!\bto )(?<!will )(?<!would )(?<!could )(?<!may )add up)\b"
    r"[^.;$]{0,60}\bto)\s+(\$[\d.]+ \w+ and )?"
    r"((is|of|a|an|about|some|around|almost|nearly|roughly|approximately|more|less|than|over|up|to|at|least|as|much)\s+)*"
    r"\W*$",
    re.IGNORECASE,
)
_SUM_AFTER = re.compile(r"^\W{0,2}(in (all|total)|altogether|so far|to date)\b", re.IGNORECASE)


def is_addition(claim: ClaimRow, document: DocumentRow) -> bool:
    """Whether the figure is said to come on top of another."""
    if claim.metric not in ADDABLE:
        return False
    text = document.title if claim.quoted_from == "title" else document.text
    before = text[max(0, claim.start - _BEFORE_LETTERS) : claim.start]
    after = text[claim.end : claim.end + _AFTER_LETTERS]
    found = _BEFORE.search(before) or _BEFORE_NOUN.search(before) or _AFTER.search(after)
    return bool(found or _WITHIN.match(claim.quote))


def is_cut(claim: ClaimRow, document: DocumentRow) -> bool:
    """Whether the figure is said to be less than it was."""
    text = document.title if claim.quoted_from == "title" else document.text
    around = text[max(0, claim.start - _CUT_LETTERS) : claim.end + _CUT_LETTERS]
    return bool(_CUT.search(around))


def is_sum(claim: ClaimRow, document: DocumentRow) -> bool:
    """Whether the figure is said to be all that there is so far, with what was announced before."""
    text = document.title if claim.quoted_from == "title" else document.text
    before = text[max(0, claim.start - _SUM_LETTERS) : claim.start]
    after = text[claim.end : claim.end + _SUM_AFTER_LETTERS]
    return bool(_SUM.search(before) or _SUM_AFTER.search(after))
