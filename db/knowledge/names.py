"""
Names made comparable, and made into ids.

In: a name as written. Out: a key that two spellings of one name share, or a slug. Never looks anything up.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from db.identity import digest

_REMEMBERED = 100_000
_LEGAL = re.compile(
    r"\b(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|lp|llp|plc|gmbh|ag|sa|nv|bv|ab|asa|as|oyj|spa|kk|"
    r"pte|pty|sdn bhd|bhd|group|holdings|holding)$"
)
_INITIALS = re.compile(r"(?<=\b[A-Za-z])\.(?=[A-Za-z]\b)|(?<=\.[A-Za-z])\.")
"""The dots of "N.V." and "U.S."."""
_PROJECT_HEAD = re.compile(r"^(the|project|projet|proyecto|projeto|projekt)\s+")
_PROJECT_TAIL = re.compile(
    r"\s+(ai|data ?cent(er|re)s?|campus|campuses|site|cluster|supercluster|supercomputer|complex|hub|project|factory|"
    r"facility|park|initiative|program|programme|rechenzentrum|gigafactory)$"
)
_PLACE_TAIL = re.compile(
    r"\s+(county|parish|township|borough|district|city|town|village|municipality|prefecture|province|region|"
    r"metropolitan area|area|oblast|governorate)$"
)
_PLACE_HEAD = re.compile(r"^(city|town|village|county|township|port|greater) of\s+|^greater\s+")
_GENERIC = re.compile(
    r"(a|ai|building|campus(es)?|cent(er|re)s?|cloud|cluster|data|expansion|facility|factory|first|gigawatt|hub|hyperscale|"
    r"i|ii|iii|mega|new|of|one|park|phase|project|region|second|site|supercomputer|the|three|two|\d+)"
)


@lru_cache(maxsize=_REMEMBERED)
def key(name: str) -> str:
    """Case, accents, punctuation and spacing taken away."""
    spelled = _INITIALS.sub("", name.replace("&", " and ").replace("ß", "ss").replace("ø", "o"))
    text = unicodedata.normalize("NFKD", spelled)
    text = "".join(letter for letter in text.casefold() if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]+", " ", text.replace("'", "").replace("’", "")).split())


@lru_cache(maxsize=_REMEMBERED)
def company_key(name: str) -> str:
    """`key` without the legal form: "Nebius Group N.V." and "Nebius"."""
    text = key(name)
    while True:
        shorter = _LEGAL.sub("", text).strip()
        if shorter in ("", text):
            return text
        text = shorter


@lru_cache(maxsize=_REMEMBERED)
def project_key(name: str) -> str:
    """`key` without what only says that it is a project: "the Hyperion data center campus" and "Project Hyperion"."""
    text = key(name)
    while True:
        shorter = _PROJECT_TAIL.sub("", _PROJECT_HEAD.sub("", text)).strip()
        if shorter in ("", text):
            return text
        text = shorter


@lru_cache(maxsize=_REMEMBERED)
def place_key(name: str) -> str:
    """`key` without the kind of place: "Saline Township" and "Saline"."""
    text = _PLACE_HEAD.sub("", key(name))
    shorter = _PLACE_TAIL.sub("", text).strip()
    return shorter or text


def is_generic(name: str) -> bool:
    """Whether a project's name only says what kind of thing it is."""
    return all(_GENERIC.fullmatch(word) for word in key(name).split())


def slug(*parts: str | None) -> str:
    """Lower-case letters, digits and hyphens; what cannot be written so becomes a short hash."""
    text = "-".join(part for part in parts if part)
    made = re.sub(r"[^a-z0-9]+", "-", key(text).replace("_", "-")).strip("-")
    if made and any(letter.isalpha() for letter in made):
        return made[:80].strip("-")
    return "x" + digest(text)[:10]
