"""
The corrections that a person wrote down: `corrections.yml`, read and checked.

In: the file's text. Out: `Correction`s. A bad entry is refused with its number, its field and what is allowed: a
decision must not be lost to a slip of the pen. Never applies one; that is for `curation`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.identity import digest

CORRECTIONS = Path(__file__).parent.parent / "reference" / "corrections.yml"
AMENDABLE = frozenset(
    (
        "metric", "value_min", "value_max", "unit", "qualifier", "period", "period_start", "period_end", "basis",
        "scope", "financing_kind", "status", "project_name", "place_name", "admin1", "country", "chip_name", "usd_min",
        "usd_max",
    )
)  # fmt: skip
NUMBERS = frozenset({"value_min", "value_max", "usd_min", "usd_max"})
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
_OPTIONAL = frozenset({"url", "page"})
_ALWAYS = frozenset({"action", "reason", "decided_on"}) | _OPTIONAL


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
    page: str | None = None
    """The page it is about: where the database does not hold it, the correction waits for it."""


def read_corrections(text: str, where: str = "corrections.yml") -> tuple[Correction, ...]:
    """Read and check the file."""
    import yaml

    try:
        # The loader in C where PyYAML has it: every rebuild reads the file.
        entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or []
    except yaml.YAMLError as error:
        raise CorrectionError(f"{where}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(entries, list):
        raise CorrectionError(f"{where}: must be a list of entries, each beginning with “- action:”")
    return tuple(_correction(entry, f"{where}, entry {number}") for number, entry in enumerate(entries, 1))


def _correction(entry: Any, where: str) -> Correction:
    if not isinstance(entry, dict) or entry.get("action") not in FIELDS:
        raise CorrectionError(f"{where}, action: must be one of {', '.join(sorted(FIELDS))}")
    action = entry["action"]
    wanted = FIELDS[action] | _ALWAYS
    for name in sorted(entry.keys() - wanted):
        raise CorrectionError(f"{where}, {name}: not a field of {action}; allowed are {', '.join(sorted(wanted))}")
    for name in sorted(wanted - entry.keys() - _OPTIONAL):
        raise CorrectionError(f"{where}, {name}: missing; {action} needs {', '.join(sorted(wanted - _OPTIONAL))}")
    day = str(entry["decided_on"])
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise CorrectionError(f"{where}, decided_on: must be a day such as 2026-11-24, not {day!r}")
    if not str(entry["reason"]).strip():
        raise CorrectionError(f"{where}, reason: must say why")
    url, page = entry.get("url"), entry.get("page")
    for name, address in (("url", url), ("page", page)):
        if address is not None and not str(address).startswith(("https://", "http://")):
            raise CorrectionError(f"{where}, {name}: must be an address that a browser opens, not {address!r}")
    fields = {name: entry[name] for name in FIELDS[action]}
    _check_fields(fields, where)
    content = json.dumps({"action": action, **fields}, sort_keys=True, default=str)
    return Correction("k" + digest(content)[:15], action, str(entry["reason"]), day, url, fields, page or _page(fields))


def _check_fields(fields: Mapping[str, Any], where: str) -> None:
    change = fields.get("change")
    if change is not None and (not isinstance(change, dict) or not change or change.keys() - AMENDABLE):
        raise CorrectionError(f"{where}, change: must set some of {', '.join(sorted(AMENDABLE))}")
    for name, value in (change or {}).items():
        wanted, words = ((int, float), "a number") if name in NUMBERS else (str, 'a text, such as "2025" in quotes')
        if value is not None and (isinstance(value, bool) or not isinstance(value, wanted)):
            raise CorrectionError(f"{where}, change, {name}: must be {words}, or null, not {value!r}")
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


def _page(fields: Mapping[str, Any]) -> str | None:
    claims = [fields.get("claim"), *fields.get("claims", ())]
    return next((str(claim["url"]) for claim in claims if isinstance(claim, dict)), None)


def end_of(text: str) -> tuple[str, str]:
    """Kind and id of “project:stargate”."""
    kind, _, found = text.partition(":")
    return kind, found
