from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.claim_rows import InvalidClaimError
from db.currency import to_usd
from db.identity import claim_ids, document_id
from db.records import Capture, Claim, Conversion, Document, Extraction, Issue, Place, Source
from db.schema import open_database
from db.store import Saved, Store
from samples import LATER, NOW, PRESS, digest, page, plain_extract


@pytest.fixture
def db() -> Database:
    return open_database(":memory:")


@pytest.fixture
def store(db: Database) -> Store:
    store = Store(db)
    store.save_source(PRESS)
    return store


def save(store: Store, document: Document, now: str = NOW, **fields: object) -> Saved:
    values = {"source": PRESS.slug, "tier": PRESS.tier, "extraction": plain_extract(document), **fields}
    return store.save_document(document, now=now, extractor="plain/1", **values)  # type: ignore[arg-type]


def claim(text: str, quote: str, value: float, **fields: object) -> Claim:
    start = text.index(quote)
    values = {"metric": "capex", "unit": "USD", "qualifier": "exact", **fields}
    return Claim(min=value, max=value, quote=quote, start=start, end=start + len(quote), **values)  # type: ignore[arg-type]


def claims(db: Database) -> dict[str, dict[str, object]]:
    return {row["quote"]: row for row in db.query("SELECT * FROM claims")}


def test_a_document_is_stored_with_its_claims_and_mentions(db: Database, store: Store) -> None:
    saved = save(store, page("Example spends $5 billion on 100 MW, and Example pays €30 million."))
    assert saved == Saved(saved.document_id, "new", 3, 0)
    row = next(db.query("SELECT * FROM documents"))
    assert (row["id"], row["source"], row["tier"], row["first_seen"]) == (saved.document_id, PRESS.slug, "press", NOW)
    assert {quote: (one["metric"], one["value_max"], one["currency"]) for quote, one in claims(db).items()} == {
        "$5 billion": ("capex", 5e9, "USD"),
        "100 MW": ("power", 100.0, None),
        "€30 million": ("contract", 3e7, "EUR"),
    }
    assert db.execute("SELECT count(*) FROM document_mentions").fetchone() == (2,)


def test_money_is_stated_in_dollars_with_the_day_of_the_rate(db: Database, store: Store) -> None:
    # 21 September 2025 was a Sunday: the rate is Friday's.
    save(store, page("It pays €30 million and $5 billion.", published_at="2025-09-21"))
    euros, dollars = claims(db)["€30 million"], claims(db)["$5 billion"]
    assert euros["usd_max"] == pytest.approx(35.208e6)
    assert (euros["fx_date"], dollars["usd_max"], dollars["fx_date"]) == ("2025-09-19", 5e9, None)


def test_the_same_again_changes_nothing(db: Database, store: Store) -> None:
    document = page("Example spends $5 billion on 100 MW.")
    save(store, document)
    before = digest(db)
    assert save(store, document, LATER) == Saved(document_id(document.url), "unchanged", 0, 0)
    assert digest(db) == before


def test_a_claim_that_left_the_page_is_retracted_and_comes_back(db: Database, store: Store) -> None:
    save(store, page("It spends $5 billion on 100 MW."))
    ids = {quote: row["id"] for quote, row in claims(db).items()}
    gone = save(store, page("It now spends $5 billion."), LATER)
    assert (gone.outcome, gone.claims_new, gone.claims_retracted) == ("changed", 0, 1)
    assert claims(db)["100 MW"]["retracted_at"] == LATER
    assert claims(db)["$5 billion"]["retracted_at"] is None
    back = save(store, page("It spends $5 billion on 100 MW."), "2026-12-01T00:00:00Z")
    assert (back.claims_new, back.claims_retracted) == (0, 0)
    assert claims(db)["100 MW"]["retracted_at"] is None
    assert claims(db)["100 MW"]["first_seen"] == NOW
    assert {quote: row["id"] for quote, row in claims(db).items()} == ids


def test_an_edit_around_a_claim_moves_it_and_keeps_its_id(db: Database, store: Store) -> None:
    save(store, page("It spends $5 billion."))
    before = claims(db)["$5 billion"]
    save(store, page("In a statement it said that it spends $5 billion this year."), LATER)
    after = claims(db)["$5 billion"]
    assert (after["id"], after["first_seen"]) == (before["id"], NOW)
    assert after["start"] > before["start"]
    assert db.execute("SELECT * FROM check_quotes").fetchall() == []


def test_what_knowledge_resolved_stays_until_the_name_changes(db: Database, store: Store) -> None:
    text = "It spends $5 billion."
    first = claim(text, "$5 billion", 5e9, project="Stargate", chip="NVIDIA GB200", companies=("A", "B"))
    save(store, page(text), extraction=Extraction(True, "other", claims=(first,)))
    db["projects"].insert({"id": "stargate", "name": "Stargate"})
    db["chips"].insert({"id": "gb200", "name": "NVIDIA GB200"})
    db["companies"].insert({"id": "a", "name": "A"})
    db.execute("UPDATE claims SET project_id = 'stargate', chip_id = 'gb200'")
    db.execute("UPDATE claim_companies SET company_id = 'a' WHERE name = 'A'")
    before = digest(db)
    save(store, page(text), LATER, extraction=Extraction(True, "other", claims=(first,)))
    assert digest(db) == before
    renamed = replace(first, project="Stargate UAE")
    save(store, page(text), LATER, extraction=Extraction(True, "other", claims=(renamed,)))
    row = claims(db)["$5 billion"]
    assert (row["project_name"], row["project_id"], row["chip_id"]) == ("Stargate UAE", None, "gb200")


def test_companies_and_conversions_of_a_claim_follow_it(db: Database, store: Store) -> None:
    text = "It spends $5 billion (€4 billion)."
    one = claim(
        text, "$5 billion", 5e9, companies=("A", "B", "A"), alt=(Conversion("€4 billion", 4e9, 4e9, "EUR", "exact"),)
    )
    save(store, page(text), extraction=Extraction(True, "other", claims=(one,)))
    assert db.execute("SELECT position, name FROM claim_companies").fetchall() == [(0, "A"), (1, "B")]
    assert db.execute("SELECT quote, value_max, unit FROM claim_conversions").fetchall() == [("€4 billion", 4e9, "EUR")]
    other = replace(one, companies=("B",), alt=())
    save(store, page(text), extraction=Extraction(True, "other", claims=(other,)))
    assert db.execute("SELECT position, name FROM claim_companies").fetchall() == [(0, "B")]
    assert db.execute("SELECT count(*) FROM claim_conversions").fetchone() == (0,)


def test_a_date_of_opening_is_a_period(db: Database, store: Store) -> None:
    text = "It opens in late 2026."
    one = claim(text, "late 2026", 0, metric="online", unit="date")
    one = replace(one, min="2026-09-01", max="2026-12-31")
    save(store, page(text), extraction=Extraction(True, "other", claims=(one,)))
    row = claims(db)["late 2026"]
    assert (row["value_min"], row["period_start"], row["period_end"]) == (None, "2026-09-01", "2026-12-31")
    for check in ("check_ranges", "check_units", "check_vocabulary", "check_quotes"):
        assert db.execute(f"SELECT * FROM {check}").fetchall() == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": 999}, "is not at"),
        ({"start": 0}, "is not at"),
        ({"where": "title"}, "of the title"),
        ({"min": None, "max": None}, "has no value"),
    ],
)
def test_a_claim_without_its_evidence_is_refused_and_nothing_is_stored(
    db: Database, store: Store, change: dict[str, object], message: str
) -> None:
    text = "It spends $5 billion."
    wrong = replace(claim(text, "$5 billion", 5e9), **change)  # type: ignore[arg-type]
    with pytest.raises(InvalidClaimError, match=message):
        save(store, page(text), extraction=Extraction(True, "other", claims=(wrong,)))
    assert db.execute("SELECT count(*) FROM documents").fetchone() == (0,)


def test_a_document_is_stored_whole_or_not_at_all(db: Database, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save(store, page("It spends $5 billion."))
    before = digest(db)
    monkeypatch.setattr(Store, "_save_mentions", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save(store, page("It spends $6 billion on 100 MW."), LATER)
    assert digest(db) == before


def test_a_brief_and_its_page_are_two_documents(db: Database, store: Store) -> None:
    url = "https://example.com/news"
    brief = page("In short, $5 billion.", "chronicle:2025-01-01-abc", original_url=url, origin="chronicle")
    save(store, replace(brief, canonical_url=url))
    save(store, page("At length, $5 billion.", url))
    rows = db.execute("SELECT origin, canonical_url FROM documents ORDER BY origin").fetchall()
    assert rows == [("chronicle", url), ("page", url)]


def test_a_page_stays_with_the_best_of_the_sources_that_lead_to_it(db: Database, store: Store) -> None:
    issuer = Source("maker", "Maker", "https://maker.example/", "feed", "issuer")
    store.save_source(issuer)
    key = save(store, page("It spends $5 billion.")).document_id
    assert store.is_outranked(key, issuer)
    save(store, page("It spends $5 billion.", publisher="Maker"), source="maker", tier="issuer")
    assert not store.is_outranked(key, PRESS)
    save(store, page("It spends $5 billion.", publisher="Example Press"), LATER)
    assert db.execute("SELECT source, tier, publisher FROM documents").fetchone() == ("maker", "issuer", "Maker")


def test_a_date_once_known_is_not_lost(db: Database, store: Store) -> None:
    save(store, page("Words", published_at="2025-09-21"))
    save(store, replace(page("Other words"), published_at=None), LATER)
    assert db.execute("SELECT published_at, last_seen FROM documents").fetchone() == ("2025-09-21", LATER)


def test_documents_come_back_as_they_were(store: Store) -> None:
    document = page("It spends $5 billion.", author="A. Writer", language="en", publisher="Example")
    key = save(store, document).document_id
    (stored,) = store.documents()
    assert (stored.id, stored.source, stored.document) == (key, PRESS.slug, document)
    assert store.find_document(document.url) == key
    assert store.find_document("https://example.com/none") is None


def test_sources_follow_the_catalogue(db: Database, store: Store) -> None:
    other = replace(PRESS, slug="other")
    store.save_sources([other, PRESS], NOW)
    store.save_sources([other], LATER)
    assert dict(db.execute("SELECT slug, retired_at FROM sources")) == {"other": None, PRESS.slug: LATER}
    store.save_sources([other, replace(PRESS, publisher="New Name")], LATER)
    assert store.sources()[PRESS.slug].publisher == "New Name"
    assert db.execute("SELECT count(*) FROM sources WHERE retired_at IS NOT NULL").fetchone() == (0,)


def test_captures_give_the_validators_of_the_newest(store: Store) -> None:
    first = Capture("https://a.example/", "https://a.example/x", NOW, 200, "new", b"12", etag="1", sha256="s")
    key = store.captures.save(first, source=PRESS.slug)
    assert store.captures.save(replace(first, fetched_at=LATER, outcome="same_bytes", etag="2")) == key
    assert store.captures.save(replace(first, outcome="not_modified", etag=None, body=b"")) == key
    newest = store.captures.newest("https://a.example/")
    assert newest == replace(first, etag="2", body=b"")
    store.captures.save(replace(first, fetched_at=LATER, sha256="t", etag=None))
    assert store.captures.newest("https://a.example/") == replace(
        first, fetched_at=LATER, sha256="t", etag=None, body=b""
    )


def test_an_issue_that_repeats_counts_up(db: Database, store: Store) -> None:
    issue = Issue("not_found", "HTTP 404", "warning", PRESS.slug, "https://a.example/")
    run = store.ledger.start_run("ingest", "0.1", NOW)
    assert store.ledger.save_issue(issue, run, NOW) == store.ledger.save_issue(issue, run, LATER)
    store.ledger.save_issue(replace(issue, message="HTTP 410"), run, LATER)
    rows = db.execute("SELECT message, count, first_seen, last_seen FROM issues ORDER BY message").fetchall()
    assert rows == [("HTTP 404", 2, NOW, LATER), ("HTTP 410", 1, LATER, LATER)]


def test_a_run_that_died_is_marked_by_the_next(db: Database, store: Store) -> None:
    first = store.ledger.start_run("ingest", "0.1", NOW)
    second = store.ledger.start_run("ingest", "0.1", NOW)
    store.ledger.finish_run(second, LATER, 0, {"claims_new": 3}, None)
    rows = {row["id"]: row for row in db.query("SELECT * FROM runs")}
    assert (rows[first]["error"], rows[first]["exit_code"]) == ("ended without finishing", None)
    assert (rows[second]["error"], rows[second]["exit_code"], rows[second]["claims_new"]) == (None, 0, 3)


# -- any history of a page -------------------------------------------------------------------------------------------

SENTENCES = st.sampled_from(
    ["It spends $5 billion.", "It draws 100 MW.", "Another draws 100 MW.", "It pays €30 million.", "Words, ünïcödé 🙂."]
)
VERSIONS = st.lists(st.lists(SENTENCES, max_size=6).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(VERSIONS)
def test_after_any_history_a_page_says_what_its_last_version_says(versions: list[str]) -> None:
    db = open_database(":memory:")
    store = Store(db)
    for day, text in enumerate(versions, start=1):
        document = page(text)
        store.save_document(document, plain_extract(document), now=f"2026-11-{day:02}T00:00:00Z", extractor="t/1")
    expected = {claim.quote for claim in plain_extract(page(versions[-1])).claims}
    current = db.execute("SELECT quote FROM claims WHERE retracted_at IS NULL").fetchall()
    assert sorted(quote for (quote,) in current) == sorted(expected)
    ever = {claim.quote for text in versions for claim in plain_extract(page(text)).claims}
    assert {quote for (quote,) in db.execute("SELECT quote FROM claims")} == ever
    assert db.execute("SELECT * FROM check_quotes").fetchall() == []
    assert db.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    before = digest(db)
    document = page(versions[-1])
    store.save_document(document, plain_extract(document), now="2027-01-01T00:00:00Z", extractor="t/1")
    assert digest(db) == before
    for table in ("documents", "claims"):
        db.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")


# -- ids -------------------------------------------------------------------------------------------------------------


def test_ids_are_the_same_in_every_build() -> None:
    # Anybody may have cited them: if this fails, ids have changed.
    assert document_id("https://example.com/a") == "ab44ccc8882d65ee"
    text = "It spends $5 billion."
    assert claim_ids("d", [claim(text, "$5 billion", 5e9)]) == ("b2131b7039c7a3b6",)


def test_what_the_extractor_makes_of_a_figure_does_not_change_its_id() -> None:
    one = claim("It spends $5 billion.", "$5 billion", 5e9)
    better = replace(one, companies=("A",), project="P", place=Place("Abilene", "Texas", "US"), status="planned")
    assert claim_ids("d", [one]) == claim_ids("d", [better])


def test_one_figure_about_two_things_is_two_claims_in_any_order() -> None:
    text = "A has 100 MW. B has 100 MW. C has 50 MW."
    first = claim(text, "100 MW", 100, metric="power", unit="MW", project="A")
    second = replace(first, project="B", start=16, end=22)
    third = claim(text, "50 MW", 50, metric="power", unit="MW")
    every = [first, second, third]
    ids = dict(zip("abc", claim_ids("d", every), strict=True))
    assert len(set(ids.values())) == 3
    for seed in range(5):
        order = random.Random(seed).sample(range(3), 3)
        assert claim_ids("d", [every[at] for at in order]) == tuple(ids["abc"[at]] for at in order)


def test_one_figure_said_twice_of_one_thing_is_one_claim(db: Database, store: Store) -> None:
    save(store, page("It has 100 MW. Yes, 100 MW."))
    assert [row["start"] for row in db.query("SELECT start FROM claims")] == [7]


# -- dollars ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "currency", "day", "dollars", "rate_day"),
    [
        (1.0, "USD", date(2025, 1, 1), 1.0, date(2025, 1, 1)),
        (367.25, "AED", date(2025, 1, 1), 100.0, date(2025, 1, 1)),
        (364.0, "QAR", date(2025, 1, 1), 100.0, date(2025, 1, 1)),
        (1.0, "EUR", date(2025, 9, 21), 1.1736, date(2025, 9, 19)),
        (1.0, "EUR", date(2024, 1, 1), 1.105, date(2023, 12, 29)),
    ],
)
def test_amounts_in_dollars(amount: float, currency: str, day: date, dollars: float, rate_day: date) -> None:
    converted = to_usd(amount, currency, day)
    assert converted is not None
    assert converted[0] == pytest.approx(dollars, rel=1e-4)
    assert converted[1] == rate_day


def test_after_the_newest_rate_the_newest_rate_is_used_and_named() -> None:
    converted = to_usd(1.0, "EUR", date(2099, 1, 1))
    assert converted is not None
    assert converted[1] < date(2099, 1, 1)


@pytest.mark.parametrize(
    ("currency", "day"),
    [("TWD", date(2025, 1, 1)), ("RUB", date(2025, 1, 1)), ("EUR", date(1990, 1, 1)), ("", date(2025, 1, 1))],
)
def test_without_a_rate_there_are_no_dollars(currency: str, day: date) -> None:
    assert to_usd(1.0, currency, day) is None
