"""
What a person decided, applied.

In: the evidence and the corrections. Out: claims as corrected, what was rejected, and which corrections matched
nothing. A correction never edits a claim in the database: it is applied again at every rebuild, and what the page said
stays beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from db.identity import digest
from db.knowledge.corrections import Correction, end_of
from db.knowledge.model import MONEY, ClaimRow, Row, Snapshot, Table


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project that a person set apart from another."""

    id: str
    name: str
    level: str
    parent: str | None
    correction: str
    reason: str


@dataclass
class Curated:
    """The evidence as corrected, and what each correction found."""

    claims: dict[str, ClaimRow] = field(default_factory=dict)
    rejected: dict[str, Correction] = field(default_factory=dict)
    amended: dict[str, tuple[Correction, str]] = field(default_factory=dict)
    """Claim to its correction and what the page said."""
    assigned: dict[str, NewProject] = field(default_factory=dict)
    """Claim to the project that a person gave it."""
    merged: dict[str, tuple[str, Correction]] = field(default_factory=dict)
    """Project to the one that it is."""
    joined: list[tuple[str, ...]] = field(default_factory=list)
    parted: list[tuple[str, ...]] = field(default_factory=list)
    relations: list[Correction] = field(default_factory=list)
    targets: dict[str, tuple[str, str, str | None]] = field(default_factory=dict)
    """Correction to the kind and id of its target, and what was said there. Absent: it matched nothing."""


def apply_corrections(snapshot: Snapshot, corrections: Iterable[Correction]) -> Curated:
    """Apply what concerns claims and documents; what concerns projects is kept for the linking."""
    made = Curated(claims=dict(snapshot.claims))
    for correction in corrections:
        getattr(_Apply(snapshot, made), correction.action)(correction)
    return made


def correction_rows(
    corrections: Iterable[Correction], snapshot: Snapshot, made: Curated, matched_projects: frozenset[str]
) -> Table:
    """
    The table `corrections`: what was decided, and whether it still finds its target.

    What is about a page that this database does not hold is not in it: it has lost nothing.
    """
    rows: Table = {}
    held = {
        address for d in snapshot.documents.values() for address in (d.url, d.canonical_url, d.original_url) if address
    }
    for correction in corrections:
        if correction.page is not None and correction.page not in held:
            continue
        target = made.targets.get(correction.id)
        if correction.action in ("merge_projects", "split_project", "set_relation"):
            named = _named_projects(correction)
            if not named <= matched_projects:
                target = None
        kind, found, said = target or (*_sought(correction), None)
        change = {name: value for name, value in correction.fields.items() if name != "claim"}
        rows[(correction.id,)] = {
            "id": correction.id, "action": correction.action, "target_kind": kind, "target_id": found,
            "change": json.dumps(change, ensure_ascii=False, sort_keys=True, default=str) if change else None,
            "reason": correction.reason, "decided_on": correction.decided_on, "url": correction.url,
            "applied": int(target is not None), "said": said,
        }  # fmt: skip
    return rows


@dataclass(frozen=True, slots=True)
class _Apply:
    """One method an action."""

    snapshot: Snapshot
    made: Curated

    def reject_claim(self, correction: Correction) -> None:
        for claim in self._claims(correction.fields["claim"]):
            self.made.rejected[claim.id] = correction
            self.made.targets[correction.id] = ("claim", claim.id, said(claim))

    def amend_claim(self, correction: Correction) -> None:
        for claim in self._claims(correction.fields["claim"]):
            self.made.claims[claim.id] = amend(self.made.claims[claim.id], correction.fields["change"])
            self.made.amended[claim.id] = (correction, said(claim))
            self.made.targets[correction.id] = ("claim", claim.id, said(claim))

    def merge_projects(self, correction: Correction) -> None:
        self.made.merged[correction.fields["project"]] = (correction.fields["into"], correction)
        self.made.targets[correction.id] = ("project", correction.fields["project"], None)

    def split_project(self, correction: Correction) -> None:
        new = correction.fields["new"]
        project = NewProject(
            new["id"], new["name"], new.get("level", "campus"), new.get("parent"), correction.id, correction.reason
        )
        found = [claim for wanted in correction.fields["claims"] for claim in self._claims(wanted)]
        for claim in found:
            self.made.assigned[claim.id] = project
        if found:
            self.made.targets[correction.id] = ("project", correction.fields["project"], None)

    def merge_announcements(self, correction: Correction) -> None:
        self._documents(correction, self.made.joined)

    def split_announcement(self, correction: Correction) -> None:
        self._documents(correction, self.made.parted)

    def set_relation(self, correction: Correction) -> None:
        self.made.relations.append(correction)
        kind, found = end_of(correction.fields["subject"])
        self.made.targets[correction.id] = (kind, found, None)

    def _documents(self, correction: Correction, into: list[tuple[str, ...]]) -> None:
        found = tuple(sorted(d for d in map(self._document, correction.fields["documents"]) if d))
        if len(found) > 1:
            into.append(found)
            self.made.targets[correction.id] = ("document", " ".join(found), None)

    def _document(self, named: str) -> str | None:
        if named in self.snapshot.documents:
            return named
        found = [d.id for d in self.snapshot.documents.values() if named in (d.url, d.canonical_url)]
        return min(found) if found else None

    def _claims(self, wanted: str | Mapping[str, str]) -> list[ClaimRow]:
        if isinstance(wanted, str):
            claim = self.snapshot.claims.get(wanted)
            return [claim] if claim else []
        return [
            claim
            for document in self.snapshot.at.get(wanted["url"], ())
            for claim in self.snapshot.claims_of.get(document, ())
            if wanted.get("quote") in (None, claim.quote) and wanted.get("metric") in (None, claim.metric)
        ]


def amend(claim: ClaimRow, change: Mapping[str, Any]) -> ClaimRow:
    """Return the claim with other values. Dollars follow the amount; where the currency changes they must be given."""
    fields: dict[str, Any] = dict(change)
    if claim.metric in MONEY and "unit" in fields:
        fields["currency"] = fields["unit"]
        fields.setdefault("usd_min", fields.get("value_min") if fields["unit"] == "USD" else None)
        fields.setdefault("usd_max", fields.get("value_max") if fields["unit"] == "USD" else None)
    else:
        known = [(claim.usd_min, claim.value_min), (claim.usd_max, claim.value_max)]
        rate = next((usd / value for usd, value in known if usd is not None and value), None)
        for end in ("min", "max"):
            if f"value_{end}" in fields and f"usd_{end}" not in fields and rate is not None:
                value = fields[f"value_{end}"]
                fields[f"usd_{end}"] = None if value is None else value * rate
    return replace(claim, **fields)


def said(claim: ClaimRow) -> str:
    """What the page said, in words: for beside a corrected value."""
    span = " to ".join(f"{v:,.15g}" for v in dict.fromkeys((claim.value_min, claim.value_max)) if v is not None)
    return f"“{claim.quote}” ({claim.metric} {claim.qualifier} {span} {claim.unit})".replace("  ", " ")


def relation_row(correction: Correction) -> Row:
    """A relation that a person set."""
    subject_kind, subject = end_of(correction.fields["subject"])
    object_kind, target = end_of(correction.fields["object"])
    relation = correction.fields["relation"]
    return {
        "id": digest("relation", subject_kind, subject, relation, object_kind, target), "subject_kind": subject_kind,
        "subject_id": subject, "relation": relation, "object_kind": object_kind, "object_id": target,
        "reason": correction.reason, "origin": "correction", "claim_id": None,
    }  # fmt: skip


def _sought(correction: Correction) -> tuple[str, str]:
    """Kind and description of the target of a correction that matches nothing."""
    kind = "claim" if "claim" in correction.fields else "document" if "documents" in correction.fields else "project"
    wanted = next(correction.fields[n] for n in ("claim", "documents", "project", "subject") if n in correction.fields)
    return kind, wanted if isinstance(wanted, str) else json.dumps(wanted, ensure_ascii=False, sort_keys=True)


def _named_projects(correction: Correction) -> frozenset[str]:
    ends = [end_of(correction.fields[end]) for end in ("subject", "object") if end in correction.fields]
    named = [found for kind, found in ends if kind == "project"]
    named += [correction.fields[name] for name in ("project", "into") if name in correction.fields]
    return frozenset(named)
