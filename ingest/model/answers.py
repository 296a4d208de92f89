"""
What a model must answer: its schema, and the answers as values whose types are known.

In: the text of an answer. Out: an `Answer`, with everything that is not of the schema left out; several answers
become one. Never believes a figure: `checking` does that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from db.records import METRICS, DocumentKind, Metric, Place, Status
from ingest.errors import ModelError
from ingest.printable import printable_text

STATUSES: tuple[Status, ...] = get_args(Status)
KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)

_WORD = {"type": ["string", "null"]}
_WORDS = {"type": "array", "items": {"type": "string"}}
_PLACE = {
    "type": "object",
    "properties": {"name": _WORD, "admin1": _WORD, "country": _WORD},
    "required": ["name", "admin1", "country"],
}
_CLAIM = {
    "metric": {"type": "string", "enum": list(METRICS)},
    "min": {"type": ["number", "string", "null"]},
    "max": {"type": ["number", "string", "null"]},
    "unit": {"type": "string"},
    "quote": {"type": "string"},
    "companies": _WORDS,
    "project": _WORD,
    "place": _PLACE,
    "chip": _WORD,
    "status": {"type": ["string", "null"], "enum": [*STATUSES, None]},
}
_DOCUMENT = {
    "relevant": {"type": "boolean"},
    "kind": {"type": "string", "enum": list(KINDS)},
    "companies": _WORDS,
    "places": {"type": "array", "items": _PLACE},
    "chips": _WORDS,
    "claims": {"type": "array", "items": {"type": "object", "properties": _CLAIM, "required": list(_CLAIM)}},
}
SCHEMA: dict[str, object] = {"type": "object", "properties": _DOCUMENT, "required": list(_DOCUMENT)}


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim as the model states it; nothing of it is confirmed."""

    metric: Metric
    min: float | str | None
    max: float | str | None
    unit: str
    quote: str
    companies: tuple[str, ...] = ()
    project: str | None = None
    place: Place = field(default_factory=Place)
    chip: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model says of a document; `faults` are entries that are no claims of the schema."""

    relevant: bool
    kind: DocumentKind
    companies: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    chips: tuple[str, ...] = ()
    claims: tuple[Stated, ...] = ()
    faults: tuple[str, ...] = ()


def parse(said: str) -> Answer:
    """
    Read an answer. Models that know no schema like to talk around the object: only what the braces hold counts.

    >>> parse('Here you are: {"relevant": false, "kind": "other"}').relevant
    False
    """
    start, end = said.find("{"), said.rfind("}") + 1
    try:
        entry = json.loads(said[start:end]) if 0 <= start < end else None
    except (ValueError, RecursionError):
        entry = None
    if not isinstance(entry, dict):
        raise ModelError(f"the model's answer is no JSON object: {said[:60]!r}", kind="bad_answer")
    claims, faults = [], []
    for one in _list(entry.get("claims")):
        stated = _stated(one)
        if stated is None:
            faults.append(f"an entry that is no claim of the schema: {ascii(one)[:80]}")
        else:
            claims.append(stated)
    kind = entry.get("kind")
    return Answer(
        entry.get("relevant") is True, kind if kind in KINDS else "other", _words(entry.get("companies")),
        tuple(_place(one) for one in _list(entry.get("places"))), _words(entry.get("chips")), tuple(claims),
        tuple(faults),
    )  # fmt: skip


def joined(answers: Sequence[Answer]) -> Answer:
    """The answers about the pieces of one text as one: it is of the kind of its first piece that is relevant at all."""
    first = next((one for one in answers if one.relevant), answers[0])
    return Answer(
        first.relevant, first.kind, tuple(dict.fromkeys(name for one in answers for name in one.companies)),
        tuple(dict.fromkeys(place for one in answers for place in one.places)),
        tuple(dict.fromkeys(chip for one in answers for chip in one.chips)),
        tuple(claim for one in answers for claim in one.claims),
        tuple(fault for one in answers for fault in one.faults),
    )  # fmt: skip


def _stated(one: object) -> Stated | None:
    if not isinstance(one, Mapping) or one.get("metric") not in METRICS:
        return None
    quote, low, high, status = _word(one.get("quote")), one.get("min"), one.get("max"), one.get("status")
    if quote is None or not _is_bound(low) or not _is_bound(high):
        return None
    return Stated(
        one["metric"], _word(low) or low, _word(high) or high, _word(one.get("unit")) or "", quote,
        _words(one.get("companies")), _word(one.get("project")), _place(one.get("place")), _word(one.get("chip")),
        status if status in STATUSES else None,
    )  # fmt: skip


def _is_bound(value: object) -> bool:
    return isinstance(value, int | float | str | None) and not isinstance(value, bool)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _word(value: object) -> str | None:
    return printable_text(value).strip() or None if isinstance(value, str) else None


def _words(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for one in _list(value) if (word := _word(one))))


def _place(value: object) -> Place:
    if not isinstance(value, Mapping):
        return Place()
    return Place(_word(value.get("name")), _word(value.get("admin1")), _word(value.get("country")))
