"""
Which predicted claim answers which annotated one, and when two names are the same.

In: claims as JSON objects. Out: pairs, what was missed, what is extra. The rules are those of CLAIMS.md: the value
within half a per cent, the metric the same, the likeness of quote and attributes breaking ties. Never counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from db.reference import companies

Claim = Mapping[str, Any]
"""A claim as a JSON object of the guide, annotated or predicted."""
TOLERANCE = 0.005
LEGAL = re.compile(
    r"[,.]?\s+(?:inc|corp|corporation|ltd|limited|llc|plc|ag|sa|co|company|holdings|group|technologies)\.?$"
)
PLACE_WORD = re.compile(r"\b(?:county|township|twp|city of|city|parish|district|charter)\b")
VENDOR_WORD = re.compile(
    r"\b(?:nvidia|amd|google|aws|amazon|intel|huawei|microsoft|meta|gpus?|chips?|accelerators?|superchips?)\b"
)


def plain(text: str | None) -> str:
    """Case, diacritics and white space folded."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", folded).strip().casefold()


@cache
def _companies() -> dict[str, str]:
    return {plain(form): plain(company.name) for company in companies() for form in company.forms}


def company_key(name: str) -> str:
    """A company's name as it is compared: alias resolved, legal form dropped."""
    bare = plain(name)
    if bare in _companies():
        bare = _companies()[bare]
    bare = LEGAL.sub("", bare)
    return LEGAL.sub("", _companies().get(bare, bare))


def place_key(name: str | None) -> str:
    """A place's name as it is compared: "County", "Township" and the like dropped."""
    return PLACE_WORD.sub("", plain(name)).strip()


def chip_key(name: str | None) -> str:
    """A chip's name as it is compared: the model alone."""
    return re.sub(r"[^a-z0-9+]+", "", VENDOR_WORD.sub("", plain(name)))


def headline(claim: Claim) -> float | str | None:
    """The upper bound, or the lower where there is none."""
    value = claim["max"] if claim.get("max") is not None else claim.get("min")
    return value if isinstance(value, int | float | str) else None


def _close(a: object, b: object) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))
    return a == b


def same_value(gold: Claim, predicted: Claim) -> bool:
    """Whether a prediction gives the annotated value, or a conversion that the annotation holds beside it."""
    for option in ({}, *gold.get("alt", [])):
        said = {**gold, **option}
        if said.get("unit") != predicted.get("unit"):
            continue
        if gold["metric"] == "online":
            if (said.get("min"), said.get("max")) == (predicted.get("min"), predicted.get("max")):
                return True
        elif _close(headline(said), headline(predicted)) and (
            said.get("qualifier") != "range" or _close(said.get("min"), predicted.get("min"))
        ):
            return True
    return False


def match(
    gold: Sequence[Claim], predicted: Sequence[Claim], any_metric: bool = False
) -> tuple[list[tuple[Claim, Claim]], list[Claim], list[Claim]]:
    """Pair annotations with predictions one to one, the likest first: (pairs, missed, extra)."""
    candidates = sorted(
        (
            (_likeness(g, p), -i, -j)
            for i, g in enumerate(gold)
            for j, p in enumerate(predicted)
            if (any_metric or g["metric"] == p["metric"]) and same_value(g, p)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if -i in used_gold or -j in used_predicted:
            continue
        used_gold.add(-i)
        used_predicted.add(-j)
        pairs.append((gold[-i], predicted[-j]))
    missed = [g for i, g in enumerate(gold) if i not in used_gold]
    return pairs, missed, [p for j, p in enumerate(predicted) if j not in used_predicted]


def _likeness(gold: Claim, predicted: Claim) -> int:
    shared = {company_key(c) for c in gold.get("companies") or []} & {
        company_key(c) for c in predicted.get("companies") or []
    }
    here, there = gold.get("place") or {}, predicted.get("place") or {}
    same_place = bool(here.get("name")) and place_key(here.get("name")) == place_key(there.get("name"))
    return (
        4 * (plain(gold.get("quote")) == plain(predicted.get("quote")))
        + 2 * bool(shared)
        + (gold.get("qualifier") == predicted.get("qualifier"))
        + 2 * same_place
    )


def is_borderline(predicted: Claim, borderline: Sequence[Claim]) -> bool:
    """Whether annotators left it open if `predicted` is a claim: it counts neither way."""
    quote = plain(predicted.get("quote"))
    return any(
        quote and plain(b.get("quote")) and (quote in plain(b["quote"]) or plain(b["quote"]) in quote)
        for b in borderline
    )
