"""
Stable ids: hashes of raw values, never row numbers.

In: what was read, as it was read. Out: short hexadecimal ids. Nothing here cleans, resolves or corrects a value, so
that better cleaning never changes an id, and a database built again from the same pages has the same ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from db.records import Claim

ID_LENGTH = 16
"""64 bits: among ten million rows two share an id once in some 370,000 databases."""


def digest(*parts: object) -> str:
    """Hash the parts, each kept apart from the next, to an id."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


def document_id(address: str, origin: str = "page") -> str:
    """
    Id of a document.

    A page is its canonical address, whatever it says today. A brief is a document of its own beside the page that it
    reports: its address is its own too, and its id holds its origin.
    """
    return digest("document", address) if origin == "page" else digest("document", origin, address)


def capture_id(url: str, fetched_at: str, body_sha256: str | None) -> str:
    """Id of one fetched body."""
    return digest("capture", url, fetched_at, body_sha256)


def issue_id(source: str | None, url: str | None, kind: str, message: str) -> str:
    """Id of an issue: the same trouble at the same place is one row that counts."""
    return digest("issue", source, url, kind, message)


def run_id(command: str, started_at: str, runs_before: int) -> str:
    """Id of a run."""
    return digest("run", command, started_at, runs_before)


def claim_ids(document: str, claims: Sequence[Claim]) -> tuple[str, ...]:
    """
    Ids of the claims of one document, in their order.

    A claim is its figure and the words that say it: where they stand, and what the extractor makes of the sentence
    around them, may change with the next edit of the page or the next version of the extractor. Only where one
    document says the same figure in the same words about several things do those things tell the ids apart. Two claims
    that are alike in that too get the same id: they are one claim.
    """
    plain = [_figure(document, claim) for claim in claims]
    shared = {key for key, count in Counter(plain).items() if count > 1}
    subjects = {
        key: {_subject(claim) for claim, own in zip(claims, plain, strict=True) if own == key} for key in shared
    }
    return tuple(
        digest(key, *_subject(claim)) if key in shared and len(subjects[key]) > 1 else key
        for claim, key in zip(claims, plain, strict=True)
    )


def _figure(document: str, claim: Claim) -> str:
    return digest(
        "claim", document, claim.metric, claim.where, claim.quote, _number(claim.min), _number(claim.max), claim.unit
    )


def _subject(claim: Claim) -> tuple[str, ...]:
    place = claim.place
    parts = (claim.project, place.name, place.admin1, place.country, claim.chip, claim.period, *sorted(claim.companies))
    return tuple((part or "").casefold() for part in parts)


def _number(value: float | str | None) -> str:
    # 500 and 500.0 are the same figure, and so are two sums that differ in the last bit.
    return value if isinstance(value, str) else "" if value is None else f"{value:.12g}"
