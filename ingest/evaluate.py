"""
The extractor against annotated documents: precision, recall and F1 by metric, accuracy by attribute.

In: annotations and predictions, objects of the guide keyed by document id. Out: a `Report`, with every error named.
A claim is right when metric, unit and headline value agree (within 0.5 %; dates to the day); attributes are judged on
right claims alone, and only where the annotation gives one. Never changes a prediction, never drops a document.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from db.records import METRICS
from db.reference import companies

Claim = Mapping[str, Any]
CORE = ("capex", "contract", "financing", "power", "generation", "chips")
TOLERANCE = 0.005
LEGAL = re.compile(
    r"[,.]?\s+(?:inc|corp|corporation|ltd|limited|llc|plc|ag|sa|co|company|holdings|group|technologies)\.?$"
)
PLACE_WORD = re.compile(r"\b(?:county|township|twp|city of|city|parish|district|charter)\b")
VENDOR_WORD = re.compile(
    r"\b(?:nvidia|amd|google|aws|amazon|intel|huawei|microsoft|meta|gpus?|chips?|accelerators?|superchips?)\b"
)


@dataclass(slots=True)
class Tally:
    """Right, extra and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the predictions that are right."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotations that were found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, right: int, extra: int, missed: int) -> None:
        """Count one document's worth."""
        self.right += right
        self.extra += extra
        self.missed += missed


@dataclass(frozen=True, slots=True)
class Error:
    """One missed or extra claim, or one wrong attribute of a right one."""

    kind: str
    document: str
    metric: str
    quote: str
    expected: object
    got: object


@dataclass(slots=True)
class Report:
    """Everything measured. `attributes` maps a name to (right, total)."""

    documents: int = 0
    claims: Tally = field(default_factory=Tally)
    core: Tally = field(default_factory=Tally)
    figures: Tally = field(default_factory=Tally)
    relevant: Tally = field(default_factory=Tally)
    metrics: dict[str, Tally] = field(default_factory=lambda: {m: Tally() for m in METRICS})
    mentions: dict[str, Tally] = field(default_factory=lambda: {k: Tally() for k in ("companies", "places", "chips")})
    attributes: dict[str, list[int]] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    """(stated confidence, right) of every claim that is not borderline."""

    def judge(self, name: str, right: bool) -> None:
        """Count one attribute of one right claim."""
        counts = self.attributes.setdefault(name, [0, 0])
        counts[0] += right
        counts[1] += 1

    def rows(self) -> Iterator[tuple[str, str, float | None, float | None, float, int, int]]:
        """(kind, name, precision, recall, F1 or accuracy, right, total) of every measure."""
        tallies = [
            ("claims", "all claims", self.claims),
            ("claims", "core claims", self.core),
            ("claims", "figure found", self.figures),
        ]
        tallies += [
            ("metric", name, tally) for name, tally in self.metrics.items() if tally.right + tally.missed + tally.extra
        ]
        tallies += [("document", "relevant", self.relevant)] + [
            ("mentions", name, tally) for name, tally in self.mentions.items()
        ]
        for kind, name, tally in tallies:
            yield kind, name, tally.precision, tally.recall, tally.f1, tally.right, tally.right + tally.missed
        for name, (right, total) in sorted(self.attributes.items()):
            yield "attribute", name, None, None, right / total, right, total


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


def _borderline(predicted: Claim, borderline: Sequence[Claim]) -> bool:
    quote = plain(predicted.get("quote"))
    return any(
        quote and plain(b.get("quote")) and (quote in plain(b["quote"]) or plain(b["quote"]) in quote)
        for b in borderline
    )


def evaluate(gold: Mapping[str, Claim], predicted: Mapping[str, Claim]) -> Report:
    """Score `predicted` against `gold`; a document that was not predicted counts as empty."""
    report = Report()
    for identity, annotation in gold.items():
        _document(report, identity, annotation, predicted.get(identity, {}))
    return report


def _document(report: Report, identity: str, gold: Claim, predicted: Claim) -> None:
    report.documents += 1
    claims = [c for c in predicted.get("claims", []) if c.get("metric") in METRICS]
    borderline = gold.get("borderline", [])
    pairs, missed, left = match(gold.get("claims", []), claims)
    extra = [p for p in left if not _borderline(p, borderline)]
    for claim, guess in pairs:
        _count(report, claim["metric"], 1, 0, 0)
        _attributes(report, identity, claim, guess)
        report.confidences.append((guess.get("confidence", 0.0), True))
    for claim in missed:
        _count(report, claim["metric"], 0, 0, 1)
        report.errors.append(Error("missed", identity, claim["metric"], claim.get("quote", ""), headline(claim), None))
    for guess in extra:
        _count(report, guess["metric"], 0, 1, 0)
        report.errors.append(Error("extra", identity, guess["metric"], guess.get("quote", ""), None, headline(guess)))
        report.confidences.append((guess.get("confidence", 0.0), False))
    found, lost, loose = match(gold.get("claims", []), claims, any_metric=True)
    report.figures.add(len(found), sum(not _borderline(p, borderline) for p in loose), len(lost))
    is_relevant, said = bool(gold.get("relevant")), bool(predicted.get("relevant"))
    report.relevant.add(is_relevant and said, said and not is_relevant, is_relevant and not said)
    if is_relevant and gold.get("kind"):
        report.judge("kind of document", gold["kind"] == predicted.get("kind"))
    for name, key in (("companies", company_key), ("chips", chip_key)):
        a, b = ({key(v) for v in side.get(name) or []} - {""} for side in (gold, predicted))
        report.mentions[name].add(len(a & b), len(b - a), len(a - b))
    here, there = ({_place(p) for p in side.get("places") or []} for side in (gold, predicted))
    report.mentions["places"].add(len(here & there), len(there - here), len(here - there))


def _place(place: Claim) -> tuple[str, str]:
    return place_key(place.get("name")) or plain(place.get("admin1")), plain(place.get("country"))


def _count(report: Report, metric: str, right: int, extra: int, missed: int) -> None:
    report.metrics[metric].add(right, extra, missed)
    report.claims.add(right, extra, missed)
    if metric in CORE:
        report.core.add(right, extra, missed)


def _attributes(report: Report, identity: str, gold: Claim, guess: Claim) -> None:
    def judge(name: str, right: bool, expected: object, got: object) -> None:
        report.judge(name, right)
        if not right:
            report.errors.append(Error(name, identity, gold["metric"], gold.get("quote", ""), expected, got))

    judge("qualifier", gold.get("qualifier") == guess.get("qualifier"), gold.get("qualifier"), guess.get("qualifier"))
    wanted = {company_key(c) for c in gold.get("companies") or []}
    got = {company_key(c) for c in guess.get("companies") or []}
    if wanted:
        judge("company, one of them", bool(wanted & got), sorted(wanted), sorted(got))
        judge("companies, all of them", wanted == got, sorted(wanted), sorted(got))
    here, there = gold.get("place") or {}, guess.get("place") or {}
    for name, part, key in (
        ("country", "country", plain),
        ("state or province", "admin1", plain),
        ("town or county", "name", place_key),
    ):
        if here.get(part):
            judge(name, key(here[part]) == key(there.get(part)), here[part], there.get(part))
    if gold["metric"] == "chips" and gold.get("chip"):
        judge("chip", chip_key(gold["chip"]) == chip_key(guess.get("chip")), gold["chip"], guess.get("chip"))
    if gold.get("project"):
        a, b = plain(gold["project"]), plain(guess.get("project"))
        judge("project", bool(b) and (a in b or b in a), gold["project"], guess.get("project"))
    if gold.get("status"):
        judge("status", gold["status"] == guess.get("status"), gold["status"], guess.get("status"))


def calibration_error(confidences: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: the gap between stated and real share of right claims, weighed by bin size."""
    total = len(confidences)
    error = 0.0
    for step in range(bins):
        low, high = step / bins, (step + 1) / bins
        inside = [(c, r) for c, r in confidences if low < c <= high or (step == 0 and c == 0.0)]
        if inside:
            stated = sum(c for c, _ in inside) / len(inside)
            real = sum(r for _, r in inside) / len(inside)
            error += len(inside) / total * abs(stated - real)
    return error
