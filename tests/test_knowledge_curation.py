"""Corrections: read strictly, applied at every rebuild, and shown beside what the page said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from db.knowledge.corrections import CORRECTIONS, CorrectionError, read_corrections
from evidence import TODAY, add, claim, fresh, know, rows

HYPERION: dict[str, Any] = {"companies": ["Meta"], "project": "Hyperion"}
WHY: dict[str, Any] = {"reason": "The release says so.", "decided_on": "2026-11-24", "url": "https://example.com/why"}


def corrections(*entries):
    return read_corrections(yaml.safe_dump([WHY | entry for entry in entries]))


def claim_of(db, quote):
    return rows(
        db, "SELECT claims.id, url FROM claims JOIN documents ON documents.id = document_id WHERE quote = ?", quote
    )[0]


def test_the_file_of_the_project_is_valid():
    read_corrections(CORRECTIONS.read_text(encoding="utf-8"))


def test_an_amended_value_says_what_the_page_said():
    db = fresh()
    add(db, "Slip", "2025-06-10", [claim("capex", 5e8, quote="$500 million", companies=["OpenAI"], project="Stargate")])
    entry = {
        "action": "amend_claim", "claim": {"url": claim_of(db, "$500 million")["url"], "quote": "$500 million"},
        "change": {"value_min": 5e11, "value_max": 5e11},
    }  # fmt: skip
    know(db, corrections(entry))
    figure = rows(db, "SELECT * FROM figures")[0]
    assert (figure["value_max"], figure["usd_max"]) == (5e11, 5e11)
    assert (
        figure["corrected"]
        == "Corrected: The release says so. The page says “$500 million” (capex exact 500,000,000 USD)"
    )
    assert rows(db, "SELECT value_max FROM claims") == [{"value_max": 5e8}]
    assert rows(db, "SELECT corrected FROM figure_history")[0]["corrected"] == figure["corrected"]
    applied = rows(db, "SELECT action, applied, said, url FROM corrections")
    assert applied == [
        {
            "action": "amend_claim",
            "applied": 1,
            "said": "“$500 million” (capex exact 500,000,000 USD)",
            "url": WHY["url"],
        }
    ]
    assert rows(db, "SELECT * FROM check_figures") == []
    know(db)
    assert rows(db, "SELECT value_max, corrected FROM figures") == [{"value_max": 5e8, "corrected": None}]


def test_what_a_figure_measures_can_be_amended_and_is_told_wherever_it_is_added_up():
    db = fresh()
    add(db, "Reactors", "2026-01-09", [claim("power", 1200, quote="1.2 GW", companies=["Beale"], project="Kite")])
    add(db, "Lease", "2026-01-28", [claim("contract", 7e10, quote="$70 billion", companies=["Meta"])])
    pages = {quote: claim_of(db, quote)["url"] for quote in ("1.2 GW", "$70 billion")}
    know(
        db,
        (
            *corrections(
                {"action": "amend_claim", "claim": {"url": pages["1.2 GW"]}, "change": {"metric": "generation"}}
            ),
            *corrections(
                {
                    "action": "amend_claim",
                    "claim": {"url": pages["$70 billion"]},
                    "change": {"metric": "capex", "scope": "company_year", "period": "2025"},
                }
            ),
        ),
    )
    assert rows(db, "SELECT metric FROM figures") == [{"metric": "generation"}]
    assert rows(db, "SELECT * FROM check_figures") == []
    told = "SELECT quote, metric, stage, corrected FROM total_rows WHERE dimension = 'all' ORDER BY quote"
    assert rows(db, told) == [
        {
            "quote": "$70 billion", "metric": "capex", "stage": "guidance",
            "corrected": "“$70 billion” (contract exact 70,000,000,000 USD)",
        },
        {
            "quote": "1.2 GW", "metric": "generation", "stage": "announced",
            "corrected": "“1.2 GW” (power exact 1,200 MW)",
        },
    ]  # fmt: skip
    assert rows(db, "SELECT fiscal_label, corrected FROM guidance_and_projects") == [
        {"fiscal_label": "2025", "corrected": "“$70 billion” (contract exact 70,000,000,000 USD)"}
    ]


def test_a_rejected_claim_counts_nowhere_and_stays_readable():
    db = fresh()
    add(db, "Slip", "2025-11-19", [claim("power", 500000, quote="500 gigawatts", companies=["xAI"], project="Kite")])
    key = claim_of(db, "500 gigawatts")["id"]
    know(db, corrections({"action": "reject_claim", "claim": key}))
    assert rows(db, "SELECT * FROM figures") == []
    assert rows(db, "SELECT * FROM totals") == []
    link = rows(db, "SELECT linked_to, reason FROM claim_links")
    assert link == [{"linked_to": "nothing", "reason": "rejected: The release says so."}]
    assert len(rows(db, "SELECT * FROM claims WHERE retracted_at IS NULL")) == 1


def test_a_candidate_merged_into_a_project_lends_its_claims_and_its_name():
    db = fresh()
    add(db, "Bayou", "2025-01-01", [claim("power", 2000, companies=["Meta"], project="Project Bayou")])
    know(db)
    assert rows(db, "SELECT id FROM projects WHERE origin = 'candidate'") == [{"id": "project-bayou"}]
    know(db, corrections({"action": "merge_projects", "project": "project-bayou", "into": "hyperion"}))
    assert rows(db, "SELECT id FROM projects WHERE origin = 'candidate'") == []
    assert rows(db, "SELECT project_id FROM figures") == [{"project_id": "hyperion"}]
    same = rows(db, "SELECT subject_id, object_id, reason FROM relations WHERE relation = 'same_as'")
    assert same == [{"subject_id": "project-bayou", "object_id": "hyperion", "reason": "The release says so."}]
    assert rows(db, "SELECT entity_id FROM aliases WHERE alias = 'project-bayou'") == [{"entity_id": "hyperion"}]


def test_claims_set_apart_make_a_project_of_their_own():
    db = fresh()
    add(db, "Two", "2025-01-01", [claim("power", 2000, **HYPERION), claim("power", 70, **HYPERION)])
    key = claim_of(db, "70 MW")["id"]
    new = {"id": "hyperion-annex", "name": "Hyperion annex", "level": "phase", "parent": "hyperion"}
    know(db, corrections({"action": "split_project", "project": "hyperion", "claims": [key], "new": new}))
    figures = rows(db, "SELECT project_id, value_max FROM figures ORDER BY value_max")
    assert figures == [
        {"project_id": "hyperion-annex", "value_max": 70}, {"project_id": "hyperion", "value_max": 2000},
    ]  # fmt: skip
    assert rows(db, "SELECT parent_id FROM projects WHERE id = 'hyperion-annex'") == [{"parent_id": "hyperion"}]


def test_announcements_are_joined_and_parted():
    db = fresh()
    one = add(db, "Alpha", "2025-01-01", [claim("power", 2000, **HYPERION)])
    two = add(db, "Omega", "2025-01-20", [claim("jobs", 500, **HYPERION)], publisher="Other")
    know(db)
    assert len(rows(db, "SELECT * FROM announcements")) == 2
    know(db, corrections({"action": "merge_announcements", "documents": [one, two]}))
    assert len(rows(db, "SELECT * FROM announcements")) == 1
    three = add(db, "Alpha again", "2025-01-02", [claim("power", 2000, **HYPERION)], publisher="Third")
    know(db)
    assert len(rows(db, "SELECT * FROM announcements")) == 2
    know(db, corrections({"action": "split_announcement", "documents": [one, three]}))
    assert len(rows(db, "SELECT * FROM announcements")) == 3


def test_a_relation_set_by_a_person_is_a_parent_with_its_reason():
    db = fresh()
    entry = {
        "action": "set_relation",
        "subject": "project:hyperion",
        "relation": "part_of",
        "object": "project:stargate",
    }
    know(db, corrections(entry))
    assert rows(db, "SELECT parent_id FROM projects WHERE id = 'hyperion'") == [{"parent_id": "stargate"}]
    found = rows(db, "SELECT reason, origin FROM relations WHERE subject_id = 'hyperion' AND relation = 'part_of'")
    assert {"reason": "The release says so.", "origin": "correction"} in found


def test_relations_that_make_a_circle_are_cut():
    db = fresh()
    entries = [
        {"action": "set_relation", "subject": f"project:{one}", "relation": "part_of", "object": f"project:{other}"}
        for one, other in (("stargate", "hyperion"), ("hyperion", "stargate"))
    ]
    know(db, corrections(*entries))
    assert rows(db, "SELECT * FROM check_parents") == []


def test_a_correction_that_matches_nothing_is_an_issue_and_a_question():
    db = fresh()
    add(db, "Alpha", "2025-01-01", [claim("power", 2000, **HYPERION)])
    lost = corrections(
        {"action": "reject_claim", "claim": "0123456789abcdef"},
        {"action": "merge_projects", "project": "nowhere", "into": "hyperion"},
        {"action": "merge_announcements", "documents": ["https://a.example/", "https://b.example/"]},
    )
    know(db, lost)
    know(db, lost)
    assert [row["applied"] for row in rows(db, "SELECT applied FROM corrections")] == [0, 0, 0]
    issues = rows(db, "SELECT kind, count, last_seen FROM issues")
    assert issues == [{"kind": "unmatched_correction", "count": 1, "last_seen": TODAY.isoformat()}] * 3
    assert len(rows(db, "SELECT * FROM review_items WHERE kind = 'unmatched_correction'")) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- [", "not YAML"),
        ("action: reject_claim", "must be a list"),
        ("- {action: burn}", "entry 1, action: must be one of amend_claim"),
        ("- {action: reject_claim, reason: x, decided_on: 2026-11-24}", "entry 1, claim: missing"),
        ("- {action: reject_claim, claim: a, reason: x, decided_on: soon}", "decided_on: must be a day"),
        ("- {action: reject_claim, claim: a, reason: ' ', decided_on: 2026-11-24}", "reason: must say why"),
        ("- {action: reject_claim, claim: a, reason: x, decided_on: 2026-11-24, colour: red}", "colour: not a field"),
        ("- {action: reject_claim, claim: {quote: a}, reason: x, decided_on: 2026-11-24}", "claim: must be the id"),
        ("- {action: reject_claim, claim: a, reason: x, decided_on: 2026-11-24, url: me}", "url: must be an address"),
        ("- {action: amend_claim, claim: a, change: {id: 1}, reason: x, decided_on: 2026-11-24}", "change: must set"),
        (
            "- {action: amend_claim, claim: a, change: {period: 2025}, reason: x, decided_on: 2026-11-24}",
            "entry 1, change, period: must be a text",
        ),
        (
            "- {action: amend_claim, claim: a, change: {usd_min: much}, reason: x, decided_on: 2026-11-24}",
            "change, usd_min: must be a number",
        ),
        ("- {action: merge_announcements, documents: [a], reason: x, decided_on: 2026-11-24}", "two or more"),
        (
            "- {action: set_relation, subject: 'project:a', relation: eats, object: 'project:b', reason: x, "
            "decided_on: 2026-11-24}",
            "relation: must be one of",
        ),
        (
            "- {action: set_relation, subject: a, relation: part_of, object: 'project:b', reason: x, "
            "decided_on: 2026-11-24}",
            "subject: must be kind:id",
        ),
        (
            "- {action: split_project, project: a, claims: [b], new: {id: c}, reason: x, decided_on: 2026-11-24}",
            "new: must give the id and the name",
        ),
    ],
)
def test_a_bad_entry_is_refused_with_its_place_and_what_is_allowed(text, message):
    with pytest.raises(CorrectionError, match=message):
        read_corrections(text)


def test_the_corrections_of_the_project_are_read_by_a_rebuild(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from db.knowledge import corrections as module
    from db.knowledge import rebuild
    from evidence import catalogue

    file = tmp_path / "corrections.yml"
    file.write_text("- {action: reject_claim, claim: x, reason: gone, decided_on: 2026-11-24}")
    monkeypatch.setattr(module, "CORRECTIONS", file)
    db = fresh()
    rebuild(db, TODAY, catalogue=catalogue())
    assert rows(db, "SELECT reason FROM corrections") == [{"reason": "gone"}]


def test_a_correction_of_a_page_that_is_not_here_waits_for_it():
    db = fresh()
    add(db, "Alpha", "2025-01-01", [claim("power", 2000, **HYPERION)])
    page = "https://elsewhere.example/page"
    know(
        db,
        corrections(
            {"action": "reject_claim", "claim": {"url": page, "metric": "power"}},
            {"action": "merge_projects", "project": "nowhere", "into": "hyperion", "page": page},
            {
                "action": "split_project",
                "project": "hyperion",
                "claims": [{"url": page, "metric": "power"}],
                "new": {"id": "hyperion-2", "name": "Hyperion 2"},
            },
        ),
    )
    assert rows(db, "SELECT * FROM corrections") == rows(db, "SELECT * FROM issues") == []
