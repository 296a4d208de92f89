"""Announcements against labelled pairs: the same event, the same project but another event, or nothing in common."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from db.knowledge.catalogue import default_catalogue
from evidence import add, claim, fresh, know, rows

CASES = Path(__file__).parent / "cases" / "events.jsonl"


def cases():
    lines = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    documents = [line["document"] for line in lines if "document" in line]
    pairs = [(*line["pair"], line["label"]) for line in lines if "pair" in line]
    return documents, pairs


def tell(db, document):
    claims = [
        claim(
            each["metric"], each["min"], each["max"], quote=each["quote"], qualifier=each["qualifier"],
            place=tuple(each["place"]), unit=each["unit"], companies=each["companies"], project=each["project"],
            status=each["status"], chip=each.get("chip"), period=each.get("period"), scope=each.get("scope"),
            period_start=each["min"] if each["metric"] == "online" else None,
            period_end=each["max"] if each["metric"] == "online" else None,
        )
        for each in document["claims"]
    ]  # fmt: skip
    return add(
        db, document["title"], document["day"], claims, publisher=document["publisher"], tier=document["tier"],
        kind=document["kind"], language=document["language"], text=document.get("text"),
        url=f"https://{document['id']}.example/",
    )  # fmt: skip


@pytest.fixture(scope="module")
def grouped():
    db = fresh()
    documents, _ = cases()
    ids = {tell(db, document): document["id"] for document in documents}
    know(db, world=default_catalogue())
    return (
        {
            ids[row["document_id"]]: row["announcement_id"]
            for row in rows(db, "SELECT document_id, announcement_id FROM announcement_documents")
        },
        db,
        ids,
    )


def scores(pairs, groups):
    counts = Counter()
    for one, other, label in pairs:
        counts[label == "same event", groups[one] == groups[other]] += 1
    right, missed, wrong = counts[True, True], counts[True, False], counts[False, True]
    return right / (right + wrong), right / (right + missed), 2 * right / (2 * right + missed + wrong)


def test_enough_pairs_of_every_kind_are_labelled():
    labels = Counter(label for *_, label in cases()[1])
    assert sum(labels.values()) >= 120
    assert min(labels[label] for label in ("same event", "same project", "unrelated")) >= 30


@pytest.mark.parametrize(("parts", "least"), [("abc", 0.95), ("a", 0.95), ("b", 0.95), ("c", 0.9)])
def test_pairs_are_told_apart(grouped, parts, least):
    """The rules were set on part a; part b was measured before any change, and part c was written last."""
    groups, _, _ = grouped
    pairs = [pair for pair in cases()[1] if pair[0][0] in parts and pair[1][0] in parts]
    precision, recall, f1 = scores(pairs, groups)
    wrong = [(a, b, label) for a, b, label in pairs if (label == "same event") != (groups[a] == groups[b])]
    assert f1 >= least, f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}: {wrong}"
