"""
The extractor against annotated documents: precision, recall and F1 by metric, accuracy by attribute.

In: annotations and predictions, objects of the guide keyed by document id. Out: a `Report`, with every error named.
A claim is right when metric, unit and headline value agree (within 0.5 %; dates to the day); attributes are judged on
right claims alone, and only where the annotation gives one. Never changes a prediction, never drops a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.records import METRICS
from ingest.matching import Claim, chip_key, company_key, headline, is_borderline, match, place_key, plain

CORE = ("capex", "contract", "financing", "power", "generation", "chips")


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
    extra = [p for p in left if not is_borderline(p, borderline)]
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
    report.figures.add(len(found), sum(not is_borderline(p, borderline) for p in loose), len(lost))
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
