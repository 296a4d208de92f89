"""
The tables of cases in `cases/*.jsonl`: what a short text must and must not be read as.

In: a table's lines. Out: `Case`s, and for a case what is wrong with the extractor's answer, in words. The sentences are
made up for one way of writing each: their figures are nobody's. Never runs a test itself.

A line holds `id`, `text`, perhaps `title`, `date`, `country`, and what is expected:

- `claims`: every claim of the text (some of them with `"more": true`), each with `metric`, `quote`, and the fields that
  the case is about; `value` stands for an equal `min` and `max`, a place is `[name, admin1, country]`, the order of
  companies does not count, `start` is the offset of the quote;
- `none`: words that no claim may touch;
- `relevant`, `kind`, `chips`, `companies`, `places` of the document.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from db.records import Claim, Document, Extraction, Place
from ingest.extract import extract

FOLDER = Path(__file__).parent / "cases"
KNOWN_FAILURES = FOLDER / "known_failures.jsonl"
TABLES = (
    "quantities", "hedges", "periods", "money", "power", "chips", "areas", "jobs", "online", "attribution", "places",
    "details", "documents", "states",
)  # fmt: skip
INPUT = {"id", "text", "title", "date", "country"}
EXPECTED = {"claims", "none", "more", "relevant", "kind", "chips", "companies", "places"}
FIELDS = set(Claim.__dataclass_fields__) | {"value"}
TITLE = "Data center news"
"""A title for cases about a sentence: it says that the text is about the subject and holds no figure."""


@dataclass(frozen=True, slots=True)
class Case:
    """One text and what it must be read as; `reason` tells why it is known to fail."""

    table: str
    id: str
    document: Document
    expected: dict[str, Any]
    reason: str = ""


def read_line(table: str, line: str) -> Case:
    """Read one line of a table. Raises ValueError for a key that means nothing: a typing error would test nothing."""
    entry = json.loads(line)
    table = entry.pop("table", table)
    reason = entry.pop("reason", "")
    wrong = set(entry) - INPUT - EXPECTED
    for claim in entry.get("claims", []):
        wrong |= set(claim) - FIELDS
        wrong |= {"metric", "quote"} - set(claim)
    if wrong or not EXPECTED & set(entry):
        raise ValueError(f"{table}, {entry.get('id')}: odd or missing keys {sorted(wrong)}")
    for claim in entry.get("claims", []):
        if claim["quote"] not in entry["text"] and claim["quote"] not in entry.get("title", ""):
            raise ValueError(f"{table}, {entry['id']}: the quote {claim['quote']!r} is not in the text")
    document = Document(
        url="",
        title=entry.get("title", TITLE),
        text=entry["text"],
        published_at=entry.get("date"),
        country=entry.get("country"),
    )
    return Case(table, entry["id"], document, {k: v for k, v in entry.items() if k in EXPECTED}, reason)


@cache
def cases(name: str) -> tuple[Case, ...]:
    """The cases of one table, or of `known_failures`."""
    path = FOLDER / f"{name}.jsonl"
    return tuple(read_line(name, line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def faults(case: Case) -> list[str]:
    """What is wrong with the extractor's answer to `case`; nothing when it is right."""
    answer = extract(case.document)
    out: list[str] = []
    left = list(answer.claims)
    for wanted in case.expected.get("claims", []):
        found = next((c for c in left if _is_meant(c, wanted)), None)
        if found is None:
            out.append(f"no claim {wanted['metric']} {wanted['quote']!r}")
            continue
        left.remove(found)
        out += [f"{wanted['quote']!r}: {fault}" for fault in _compare(found, wanted)]
    if "claims" in case.expected and not case.expected.get("more"):
        out += [f"a claim too many: {c.metric} {c.quote!r} at {c.start}" for c in left]
    for words in case.expected.get("none", []):
        out += [f"{words!r} became a {c.metric}" for c in answer.claims if touches(case.document, c, words)]
    return out + _document_faults(answer, case.expected)


def _is_meant(claim: Claim, wanted: dict[str, Any]) -> bool:
    if (claim.metric, claim.quote) != (wanted["metric"], wanted["quote"]):
        return False
    return all(getattr(claim, key) == wanted[key] for key in ("start", "where") if key in wanted)


def touches(document: Document, claim: Claim, words: str) -> bool:
    """Whether the claim's quote shares a letter with `words`, wherever they stand in the document."""
    whole = document.title if claim.where == "title" else document.text
    at = whole.find(words)
    while at >= 0:
        if claim.start < at + len(words) and at < claim.end:
            return True
        at = whole.find(words, at + 1)
    return False


def _compare(claim: Claim, wanted: dict[str, Any]) -> list[str]:
    pairs: list[tuple[str, Any, Any]] = []
    for key, value in wanted.items():
        if key == "value":
            pairs += [("min", value, claim.min), ("max", value, claim.max)]
        elif key == "place":
            pairs.append((key, Place(*value), claim.place))
        elif key == "companies":
            pairs.append((key, sorted(value), sorted(claim.companies)))
        elif key == "alt":
            got = [asdict(a) for a in claim.alt]
            pairs.append(
                (key, value, [{k: g[k] for k in w if k in g} for w, g in zip(value, got, strict=False)] or got)
            )
        else:
            pairs.append((key, value, getattr(claim, key)))
    return [f"{key} is {got!r}, not {value!r}" for key, value, got in pairs if not _equal(value, got)]


def _equal(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, int | float) and isinstance(got, int | float) and not isinstance(wanted, bool):
        return abs(wanted - got) <= 1e-3 * max(abs(wanted), abs(got))
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(_equal, wanted, got))
    if isinstance(wanted, dict) and isinstance(got, dict):
        return wanted.keys() == got.keys() and all(_equal(value, got[key]) for key, value in wanted.items())
    return bool(wanted == got)


def _document_faults(answer: Extraction, expected: dict[str, Any]) -> list[str]:
    out = []
    for key in ("relevant", "kind"):
        if key in expected and getattr(answer, key) != expected[key]:
            out.append(f"{key} is {getattr(answer, key)!r}, not {expected[key]!r}")
    for key in ("chips", "companies"):
        if key in expected and sorted(getattr(answer, key)) != sorted(expected[key]):
            out.append(f"{key} are {sorted(getattr(answer, key))}, not {sorted(expected[key])}")
    if "places" in expected:
        wanted = {Place(*place) for place in expected["places"]}
        if set(answer.places) != wanted:
            out.append(f"places are {answer.places}, not {wanted}")
    return out
