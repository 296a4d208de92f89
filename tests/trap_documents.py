"""
The documents of `cases/traps.yml`: what each must be read as, what it must not, and which of that is known to fail.

In: the file. Out: `Trap`s, and for an entry whether it holds. Never runs a test itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from case_tables import FOLDER, Case, faults, touches
from db.records import Claim, Document, Extraction, Place
from ingest.extract import extract

FILE = FOLDER / "traps.yml"
CONDITIONS = {"words", "quote", "metric", "headline", "company", "project", "place", "status", "qualifier"}


@dataclass(frozen=True, slots=True)
class Trap:
    """One document; an entry with a `reason` is known to fail."""

    number: int
    name: str
    document: Document
    must: tuple[dict[str, Any], ...]
    must_not: tuple[dict[str, Any], ...]


@cache
def traps() -> tuple[Trap, ...]:
    """Every trap, in order."""
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        Trap(
            entry["trap"],
            entry["name"],
            Document(
                url="",
                title=entry["title"],
                # The lines are broken for reading; a paragraph of a page is one line.
                text="\n\n".join(_flowed(part) for part in entry["text"].strip().split("\n\n")),
                published_at=entry["date"],
                country=entry.get("country"),
            ),
            tuple(entry["must"]),
            tuple(entry["must_not"]),
        )
        for entry in entries
    )


def _flowed(paragraph: str) -> str:
    return paragraph if "\n- " in paragraph else paragraph.replace("\n", " ")


@cache
def reading_of(number: int) -> Extraction:
    """What the extractor finds in the document of one trap."""
    return extract(next(trap.document for trap in traps() if trap.number == number))


def without_reason(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry as it is tested."""
    return {key: value for key, value in entry.items() if key != "reason"}


def unfound(trap: Trap, wanted: dict[str, Any]) -> list[str]:
    """What is wrong with the claim that has to be found; nothing when it is right."""
    return faults(Case("traps", str(trap.number), trap.document, {"claims": [without_reason(wanted)], "more": True}))


def wrongly_found(trap: Trap, banned: dict[str, Any]) -> list[Claim]:
    """The claims for which every condition of `banned` holds."""
    return [c for c in reading_of(trap.number).claims if _is_such(c, trap.document, without_reason(banned))]


def _is_such(claim: Claim, document: Document, banned: dict[str, Any]) -> bool:
    headline = claim.max if claim.max is not None else claim.min
    tests = {
        "words": lambda v: touches(document, claim, v),
        "quote": lambda v: claim.quote == v,
        "metric": lambda v: claim.metric == v,
        "headline": lambda v: isinstance(headline, float) and abs(headline - v) <= 0.005 * v,
        "company": lambda v: v in claim.companies,
        "project": lambda v: v in (claim.project or ""),
        "place": lambda v: claim.place == Place(*v),
        "status": lambda v: claim.status == v,
        "qualifier": lambda v: claim.qualifier == v,
    }
    return all(tests[key](value) for key, value in banned.items())


def won() -> list[str]:
    """The reasons of the entries that fail no more."""
    return [
        entry["reason"]
        for trap in traps()
        for entries, check in ((trap.must, unfound), (trap.must_not, wrongly_found))
        for entry in entries
        if "reason" in entry and not check(trap, entry)
    ]
