"""
What a person decided: `corrections.yml`, read, checked and applied.

In: the file's text; claims. Out: `Correction`s; claims as corrected, what was rejected, and which corrections matched
nothing. A correction never edits a claim in the database: it is applied again at every rebuild, and what the page said
stays beside it. A bad entry is refused with its number, its field and what is allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from db.identity import digest
from db.knowledge.model import MONEY, ClaimRow, Row, Snapshot, Table

CORRECTIONS = Path(__file__).parent.parent / "reference" / "corrections.yml"
AMENDABLE = frozenset(
    (
        "metric", "value_min", "value_max", "unit", "qualifier", "period", "period_start", "period_end", "basis",
        "scope", "financing_kind", "status", "project_name", "place_name", "admin1", "country", "chip_name", "usd_min",
        "usd_max",
    )
)  # fmt: skip
RELATIONS = frozenset(
    ("part_of", "phase_of", "supplies", "leases_to", "finances", "powers", "supersedes", "same_as", "overlaps")
)
FIELDS: Mapping[str, frozenset[str]] = {
    "reject_claim": frozenset({"claim"}),
    "amend_claim": frozenset({"claim", "change"}),
    "merge_projects": frozenset({"project", "into"}),
    "split_project": frozenset({"project", "claims", "new"}),
    "merge_announcements": frozenset({"documents"}),
    "split_announcement": frozenset({"documents"}),
    "set_relation": frozenset({"subject", "relation", "object"}),
}
_ALWAYS = frozenset({"action", "reason", "decided_on", "url"})


class CorrectionError(ValueError):
    """An entry of the corrections that cannot be read: which entry, which field, what is allowed."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision, with its reason, its day and where one can read why."""

    id: str
    action: str
    reason: str
    decided_on: str
    url: str | None
    fields: Mapping[str, Any]


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


def read_corrections(text: str, where: str = "corrections.yml") -> tuple[Correction, ...]:
    """Read and check the file."""
    import yaml

    try:
        entries = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise CorrectionError(f"{where}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(entries, list):
        raise CorrectionError(f"{where}: must be a list of entries, each beginning with “- action:”")
    return tuple(_correction(entry, f"{where}, entry {number}") for number, entry in enumerate(entries, 1))


def apply_corrections(snapshot: Snapshot, corrections: Iterable[Correction]) -> Curated:
    """Apply what concerns claims and documents; what concerns projects is kept for the linking."""
    made = Curated(claims=dict(snapshot.claims))
    for correction in corrections:
        getattr(_Apply(snapshot, made), correction.action)(correction)
    return made


def correction_rows(corrections: Iterable[Correction], made: Curated, matched_projects: frozenset[str]) -> Table:
    """The table `corrections`: what was decided, and whether it still finds its target."""
    rows: Table = {}
    for correction in corrections:
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
        kind, found = _end(correction.fields["subject"])
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
            for claim in self.snapshot.claims.values()
            if (document := self.snapshot.document(claim))
            and wanted.get("url") in (None, document.url, document.canonical_url, document.original_url)
            and wanted.get("quote") in (None, claim.quote)
            and wanted.get("metric") in (None, claim.metric)
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
    span = " to ".join(f"{v:g}" for v in dict.fromkeys((claim.value_min, claim.value_max)) if v is not None)
    return f"“{claim.quote}” ({claim.metric} {claim.qualifier} {span} {claim.unit})".replace("  ", " ")


def relation_row(correction: Correction) -> Row:
    """A relation that a person set."""
    subject_kind, subject = _end(correction.fields["subject"])
    object_kind, target = _end(correction.fields["object"])
    relation = correction.fields["relation"]
    return {
        "id": digest("relation", subject_kind, subject, relation, object_kind, target), "subject_kind": subject_kind,
        "subject_id": subject, "relation": relation, "object_kind": object_kind, "object_id": target,
        "reason": correction.reason, "origin": "correction", "claim_id": None,
    }  # fmt: skip


def _correction(entry: Any, where: str) -> Correction:
    if not isinstance(entry, dict) or entry.get("action") not in FIELDS:
        raise CorrectionError(f"{where}, action: must be one of {', '.join(sorted(FIELDS))}")
    action = entry["action"]
    wanted = FIELDS[action] | _ALWAYS
    for name in sorted(entry.keys() - wanted):
        raise CorrectionError(f"{where}, {name}: not a field of {action}; allowed are {', '.join(sorted(wanted))}")
    for name in sorted(wanted - entry.keys() - {"url"}):
        raise CorrectionError(f"{where}, {name}: missing; {action} needs {', '.join(sorted(wanted - {'url'}))}")
    day = str(entry["decided_on"])
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise CorrectionError(f"{where}, decided_on: must be a day such as 2026-11-24, not {day!r}")
    if not str(entry["reason"]).strip():
        raise CorrectionError(f"{where}, reason: must say why")
    url = entry.get("url")
    if url is not None and not str(url).startswith(("https://", "http://")):
        raise CorrectionError(f"{where}, url: must be an address that a browser opens, not {url!r}")
    fields = {name: entry[name] for name in FIELDS[action]}
    _check_fields(fields, where)
    content = json.dumps({"action": action, **fields}, sort_keys=True, default=str)
    return Correction("k" + digest(content)[:15], action, str(entry["reason"]), day, url, fields)


def _check_fields(fields: Mapping[str, Any], where: str) -> None:
    change = fields.get("change")
    if change is not None and (not isinstance(change, dict) or not change or change.keys() - AMENDABLE):
        raise CorrectionError(f"{where}, change: must set some of {', '.join(sorted(AMENDABLE))}")
    claims = fields.get("claims", [fields["claim"]] if "claim" in fields else [])
    for claim in claims if isinstance(claims, list) else [None]:
        keyed = isinstance(claim, dict) and claim and not claim.keys() - {"url", "quote", "metric"} and "url" in claim
        if not keyed and not isinstance(claim, str):
            raise CorrectionError(f"{where}, claim: must be the id of a claim, or its url with quote or metric")
    documents = fields.get("documents")
    if documents is not None and (not isinstance(documents, list) or len(documents) < 2):
        raise CorrectionError(f"{where}, documents: must list two or more ids or addresses of documents")
    if "relation" in fields and fields["relation"] not in RELATIONS:
        raise CorrectionError(f"{where}, relation: must be one of {', '.join(sorted(RELATIONS))}")
    for end in ("subject", "object"):
        if end in fields and not re.fullmatch(r"(project|company|place|chip):\S+", str(fields[end])):
            raise CorrectionError(f"{where}, {end}: must be kind:id, such as project:stargate or company:oracle")
    new = fields.get("new")
    if new is not None and (not isinstance(new, dict) or not {"id", "name"} <= new.keys()):
        raise CorrectionError(f"{where}, new: must give the id and the name of the new project")


def _end(text: str) -> tuple[str, str]:
    kind, _, found = text.partition(":")
    return kind, found


def _sought(correction: Correction) -> tuple[str, str]:
    """Kind and description of the target of a correction that matches nothing."""
    kind = "claim" if "claim" in correction.fields else "document" if "documents" in correction.fields else "project"
    wanted = next(correction.fields[n] for n in ("claim", "documents", "project", "subject") if n in correction.fields)
    return kind, wanted if isinstance(wanted, str) else json.dumps(wanted, ensure_ascii=False, sort_keys=True)


def _named_projects(correction: Correction) -> frozenset[str]:
    ends = [_end(correction.fields[end]) for end in ("subject", "object") if end in correction.fields]
    named = [found for kind, found in ends if kind == "project"]
    named += [correction.fields[name] for name in ("project", "into") if name in correction.fields]
    return frozenset(named)
