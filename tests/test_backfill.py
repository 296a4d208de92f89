"""Web archives in, documents and claims out: once, whole, and again with the same result."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
import types
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from db.records import Capture, Claim, Conversion, Document, Extraction, Link, Mention, Place, Source
from db.schema import open_database
from ingest.archive import Archive
from ingest.backfill import NoArchivesError, backfill, find_archives
from ingest.backfill.engines import EngineError, run_local, run_ray
from ingest.backfill.parts import Entry, PartError, Summary, finished, from_plain, line_of, part_name, read_entry
from ingest.backfill.prefilter import may_be_article, speaks_of_it, worth_a_look
from ingest.backfill.run import merge_into
from ingest.backfill.work import STRANGER, Steps, believable, process_warc
from ingest.errors import DocumentError
from ingest.home import Home
from ingest.progress import Silence
from ingest.voices import Voices
from samples import digest, plain_extract

ISSUER = Source("example-issuer", "Example", "https://news.example.com/feed", "feed", "issuer", country="US")
STORY = "Example builds a data center. It spends $5 billion on 100 MW near the river. "


def html(text: str) -> bytes:
    return f"<html><head><title>A title</title></head><body><p>{text}</p>{'<i>menu</i>' * 60}</body></html>".encode()


def crawled(path: str, text: str = STORY, day: str = "2025-03-01", **fields: Any) -> Capture:
    url = path if path.startswith("http") else f"https://news.example.com/{path}"
    values = {"status": 200, "content_type": "text/html", "body": html(text), **fields}
    headers = {"content-type": values["content_type"]}
    return Capture(url=url, final_url=url, fetched_at=f"{day}T10:00:00Z", outcome="new", headers=headers, **values)


def crawl(folder: Path, captures: list[Capture], name: str = "crawl") -> Path:
    """Write a web archive."""
    archive = Archive(folder / name, clock=lambda: datetime(2025, 3, 1, tzinfo=UTC))
    for capture in captures:
        archive.append(capture)
    (path,) = (folder / name).glob("*.warc.gz")
    return path.rename(folder / f"{name}.warc.gz")


def plain_article(capture: Capture, link: Link, source: Source) -> Document:
    text = capture.body.decode().split("<p>")[1].split("</p>")[0]
    if "no article" in text:
        raise DocumentError("no text", url=link.url, kind="no_text")
    if "breaks" in text:
        raise ValueError("the reader has a fault")
    date = capture.fetched_at[:10] if "tomorrow" not in text else "2099-01-01"
    return Document(
        link.url, "A title", text, canonical_url=link.url, publisher=source.publisher, published_at=date,
        published_evidence="meta",
    )  # fmt: skip


STEPS = Steps(plain_article, plain_extract, "plain/1", Voices([ISSUER]))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "parts"


def merged(tmp_path: Path, out: Path, summaries: list[Summary], now: datetime, name: str = "a.db") -> Database:
    from ingest.backfill import Backfill

    home = Home.at(tmp_path / name)
    result = merge_into(home, out, Backfill(summaries), [ISSUER], Silence(), clock=lambda: now)
    assert result.error is None
    return open_database(home.database)


def count(db: Database, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


# --- choosing pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "article"),
    [
        ("https://a.example/news/2026/campus-opens", True),
        ("https://a.example/tag-line-of-the-year", True),
        ("https://a.example/2026/01/page", False),
        ("https://a.example/", False),
        ("https://a.example/tag/data-center/", False),
        ("https://a.example/news/page/3", False),
        ("https://a.example/jobs/plant-brings-300-jobs", True),
        ("https://a.example/careers/", False),
        ("https://a.example/author/someone", False),
        ("https://a.example/login?next=/news", False),
        ("http://[bad", False),
    ],
)
def test_addresses_of_articles(url: str, article: bool) -> None:
    assert may_be_article(url) is article


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        (STORY, True),
        ("Der Konzern baut ein Rechenzentrum für 3 Milliarden Euro.", True),
        ("データセンターに2000億円を投資する", True),
        ("A new data-center of 40 acres", True),
        ("A bakery opens for $5 million", False),
        ("Why data centers matter to us all", False),
    ],
)
def test_words_of_the_subject(text: str, worth: bool) -> None:
    assert worth_a_look("https://a.example/news/1", 200, "text/html", html(text)) is worth
    assert speaks_of_it("", text) is worth


def test_what_is_no_page_is_not_looked_at() -> None:
    url, body = "https://a.example/news/1", html(STORY)
    assert not worth_a_look(url, 404, "text/html", body)
    assert not worth_a_look(url, 200, "application/pdf", body)
    assert not worth_a_look(url, 200, "text/html", b"<p>data center of 100 MW</p>")
    assert not worth_a_look(url, 200, "text/html", body + bytes(9_000_000))


# --- one archive ------------------------------------------------------------------------------------------------------


def test_one_archive_makes_one_part(tmp_path: Path, out: Path) -> None:
    pages = [
        crawled("1"),
        crawled("2", "A bakery opens for $5 million"),
        crawled("3", "no article about a data center of 100 MW"),
        crawled("4", "A data center was sold for 7 million somewhere"),
        crawled("https://elsewhere.example/5", "Another data center of 300 MW"),
        crawled("6", STORY, status=404),
    ]
    summary = process_warc(str(crawl(tmp_path, pages)), str(out), STEPS)
    assert (summary.pages, summary.looked_at, summary.documents, summary.claims) == (6, 4, 2, 3)
    assert summary.passed_over == {"no_text": 1, "not_relevant": 1}
    lines = (out / summary.part).read_text().splitlines()
    entries = [read_entry(line, "here") for line in lines]
    assert [entry.source for entry in entries] == ["example-issuer", "backfill"]
    assert entries[0].document.text.startswith("Example builds")
    assert entries[0].extraction.claims[0].quote == "$5 billion"
    assert entries[0].capture.body == b""
    assert sorted(path.name for path in out.iterdir()) == [summary.part.replace(".jsonl", ".done.json"), summary.part]


def test_a_part_that_is_whole_is_not_made_again(tmp_path: Path, out: Path) -> None:
    warc = crawl(tmp_path, [crawled("1")])
    first = process_warc(str(warc), str(out), STEPS)
    before = (out / first.part).stat().st_mtime_ns

    def never(*_: object) -> Document:
        raise AssertionError("read again")

    assert process_warc(str(warc), str(out), replace(STEPS, read_article=never)) == first
    assert (out / first.part).stat().st_mtime_ns == before
    # Another extractor, a lost mark or a spoilt one makes it anew, with the same bytes where the rules are the same.
    body = (out / first.part).read_bytes()
    mark = out / first.part.replace(".jsonl", ".done.json")
    for spoil in (lambda: mark.unlink(), lambda: mark.write_text("{"), lambda: (out / first.part).unlink()):
        spoil()
        assert finished(out, first.part, "plain/1") is None
        assert process_warc(str(warc), str(out), STEPS).documents == 1
        assert (out / first.part).read_bytes() == body
    assert finished(out, first.part, "plain/2") is None


def test_a_fault_leaves_no_part(tmp_path: Path, out: Path) -> None:
    warc = crawl(tmp_path, [crawled("1"), crawled("2", "data center of 100 MW breaks")])
    with pytest.raises(ValueError, match="fault"):
        process_warc(str(warc), str(out), STEPS)
    assert list(out.iterdir()) == []


def test_damage_is_told(tmp_path: Path, out: Path) -> None:
    warc = crawl(tmp_path, [crawled(str(number), STORY + os.urandom(400).hex()) for number in range(3)])
    data = bytearray(warc.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 200] = bytes(200)
    warc.write_bytes(data)
    summary = process_warc(str(warc), str(out), STEPS)
    assert summary.documents == 2
    assert summary.damaged == 1
    assert summary.damage


def test_a_date_after_the_fetching_is_left_out() -> None:
    document = Document("https://a.example/1", "T\x00", "x\ud800", published_at="2025-03-09", published_evidence="meta")
    kept = believable(document, "2025-03-08T10:00:00Z")
    assert (kept.published_at, kept.title, len(kept.text)) == ("2025-03-09", "T ", 2)
    without = believable(document, "2025-03-01T10:00:00Z")
    assert (without.published_at, without.published_evidence) == (None, None)
    assert [issue.kind for issue in without.issues] == ["future_date"]
    assert believable(document, "").published_at == "2025-03-09"


def test_the_name_of_a_part(tmp_path: Path) -> None:
    one = crawl(tmp_path, [crawled("1")], "one")
    name = part_name(one)
    assert name.startswith("one-")
    (tmp_path / "moved").mkdir()
    assert part_name(one.rename(tmp_path / "moved" / one.name)) == name


# --- records as JSON --------------------------------------------------------------------------------------------------

WORDS = st.text(max_size=20)
CLAIMS = st.builds(
    Claim, st.just("capex"), st.none() | st.floats(0, 1e15), st.none() | st.floats(0, 1e15), WORDS, st.just("exact"),
    WORDS, st.integers(0, 9), st.integers(0, 9), st.sampled_from(["text", "title"]), st.tuples(WORDS, WORDS),
    st.none() | WORDS, st.builds(Place, st.none() | WORDS, st.none() | WORDS, st.none() | WORDS), st.none() | WORDS,
    alt=st.tuples(st.builds(Conversion, WORDS, st.none(), st.floats(0, 9), WORDS, st.just("approx"))),
)  # fmt: skip


@given(st.lists(CLAIMS, max_size=3), WORDS)
def test_records_survive_json(claims: list[Claim], text: str) -> None:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    entry = Entry(
        "a.warc.gz",
        "backfill",
        replace(crawled("1"), body=b"", headers={}),
        Document("https://a.example/1", "T", text, published_at="2025-03-01"),
        Extraction(True, "other", ("A", "B"), (Place("X"),), (), tuple(claims), (Mention("chip", "H100", 0, 1),)),
    )
    assert read_entry(line_of(entry), "here") == entry


@pytest.mark.parametrize("line", ["", "{", "[]", "{}", '{"warc": "a"}', '{"warc":"a","source":"b","capture":[]}'])
def test_a_line_that_is_none(line: str) -> None:
    with pytest.raises(PartError, match="line 7 of x is not a line of a part"):
        read_entry(line, "line 7 of x")
    with pytest.raises(TypeError):
        from_plain(Summary, [])


# --- many archives ----------------------------------------------------------------------------------------------------


def test_archives_are_found(tmp_path: Path) -> None:
    one = crawl(tmp_path, [crawled("1")], "one")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    two = crawl(tmp_path, [crawled("2")], "two")
    two = two.rename(tmp_path / "deep" / "er" / two.name)
    (tmp_path / "deep" / "notes.txt").write_text("x")
    assert find_archives([one, tmp_path / "deep", one]) == [one, two]
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoArchivesError, match="holds no file"):
        find_archives([tmp_path / "empty"])
    with pytest.raises(NoArchivesError, match="no file or folder"):
        find_archives([tmp_path / "absent"])


def test_a_failure_costs_its_own_file(tmp_path: Path, out: Path) -> None:
    good = crawl(tmp_path, [crawled("1")], "good")
    bad = crawl(tmp_path, [crawled("2", "data center of 100 MW breaks")], "bad")
    told: list[str] = []
    done = backfill(
        [bad, good, good],
        out,
        workers=1,
        work=partial(process_warc, out=str(out), steps=STEPS),
        tell=lambda path, _: told.append(path),
    )
    assert [Path(one.warc).name for one in done.summaries] == ["good.warc.gz"]
    assert done.failed == {str(bad): "ValueError: the reader has a fault"}
    assert told == [str(bad), str(good), str(good)]


def count_of_name(path: str) -> Summary:
    """Work for a pool: no real file; `kill` takes its worker down, `raise` fails."""
    if "kill" in path:
        os._exit(1)
    if "raise" in path:
        raise ValueError("bad file")
    return Summary(path, path, "plain/1", pages=len(path))


def test_workers_that_die_cost_their_own_file() -> None:
    results = dict(run_local(count_of_name, ["a", "kill", "bb", "raise", "ccc"], workers=2))
    assert {path: one.pages for path, one in results.items() if isinstance(one, Summary)} == {"a": 1, "bb": 2, "ccc": 3}
    assert results["raise"] == "ValueError: bad file"
    assert "died twice" in str(results["kill"])


class FakeRay(types.ModuleType):
    """As much of Ray as the engine uses, done at once and in this process."""

    def __init__(self) -> None:
        super().__init__("ray")
        self.started: list[dict[str, object]] = []
        self.stopped = 0

    def is_initialized(self) -> bool:
        return False

    def init(self, **options: object) -> None:
        self.started.append(options)

    def shutdown(self) -> None:
        self.stopped += 1

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def remote(self, **options: object) -> Callable[[Callable[[str], Summary]], types.SimpleNamespace]:
        def decorate(work: Callable[[str], Summary]) -> types.SimpleNamespace:
            assert inspect.isfunction(work), "Ray takes plain functions only"
            return types.SimpleNamespace(remote=lambda path: (work, path))

        return decorate

    def wait(self, references: list[Any], num_returns: int) -> tuple[list[Any], list[Any]]:
        assert 0 < len(references) <= 2
        return references[:num_returns], references[num_returns:]

    def get(self, reference: Any) -> Summary:
        work, path = reference
        return work(path)


def test_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    ray = FakeRay()
    monkeypatch.setitem(sys.modules, "ray", ray)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    results = dict(run_ray(partial(count_of_name), ["a", "raise", "bb", "ccc"]))
    assert [one.pages for one in results.values() if isinstance(one, Summary)] == [1, 2, 3]
    assert results["raise"] == "ValueError: bad file"
    assert ray.started[0]["include_dashboard"] is False
    assert ray.stopped == 1
    dict(run_ray(count_of_name, ["a"], address="ray://head:10001"))
    assert ray.started[1]["address"] == "ray://head:10001"


def test_ray_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineError, match="--engine local"):
        list(run_ray(count_of_name, ["a"]))


# --- into the database ------------------------------------------------------------------------------------------------


def test_parts_are_merged_once(tmp_path: Path, out: Path, now: datetime) -> None:
    warc = crawl(tmp_path, [crawled("1"), crawled("https://elsewhere.example/2", "A data center of 300 MW")])
    summary = process_warc(str(warc), str(out), STEPS)
    db = merged(tmp_path, out, [summary], now)
    assert (count(db, "documents"), count(db, "claims"), count(db, "captures")) == (2, 3, 2)
    rows = db.execute("SELECT source, tier, first_seen FROM documents ORDER BY source").fetchall()
    assert rows == [
        ("backfill", "aggregator", "2025-03-01T10:00:00Z"),
        ("example-issuer", "issuer", "2025-03-01T10:00:00Z"),
    ]
    before = digest(db)
    db.close()
    again = merged(tmp_path, out, [summary], now)
    assert digest(again) == before
    # The pages are in our own archive now, so nothing hangs on the crawl's file.
    warc.unlink()
    archive = Archive(tmp_path / "a.archive")
    for file, offset, sha in again.execute("SELECT warc_file, warc_offset, sha256 FROM captures").fetchall():
        assert archive.read_capture(file, offset).sha256 == sha


def test_the_same_whatever_the_order(tmp_path: Path, out: Path, now: datetime) -> None:
    old = crawl(tmp_path, [crawled("1", STORY + "old", day="2024-01-05")], "old")
    new = crawl(tmp_path, [crawled("1", "A data center of 900 MW", day="2025-06-01")], "new")
    summaries = [process_warc(str(path), str(out), STEPS) for path in (new, old)]
    one = merged(tmp_path, out, summaries, now, "one.db")
    two = merged(tmp_path, out, summaries[::-1], now, "two.db")
    leave_out = ("runs", "source_runs", "captures")
    assert digest(one, leave_out) == digest(two, leave_out)
    assert one.execute("SELECT text FROM documents").fetchall() == [("A data center of 900 MW",)]
    said = one.execute("SELECT quote, first_seen, retracted_at FROM claims ORDER BY first_seen, quote").fetchall()
    assert said == [
        ("$5 billion", "2024-01-05T10:00:00Z", "2025-06-01T10:00:00Z"),
        ("100 MW", "2024-01-05T10:00:00Z", "2025-06-01T10:00:00Z"),
        ("900 MW", "2025-06-01T10:00:00Z", None),
    ]


def test_an_older_page_does_not_replace_a_newer_one(tmp_path: Path, out: Path, now: datetime) -> None:
    new = crawl(tmp_path, [crawled("1", "A data center of 900 MW", day="2025-06-01")], "new")
    old = crawl(tmp_path, [crawled("1", day="2024-01-05")], "old")
    merged(tmp_path, out, [process_warc(str(new), str(out), STEPS)], now).close()
    db = merged(tmp_path, out, [process_warc(str(old), str(out), STEPS)], now)
    assert db.execute("SELECT text FROM documents").fetchall() == [("A data center of 900 MW",)]
    assert count(db, "claims") == 1


def test_a_crawl_whose_file_is_gone_still_merges(tmp_path: Path, out: Path, now: datetime) -> None:
    warc = crawl(tmp_path, [crawled("1")])
    summary = process_warc(str(warc), str(out), STEPS)
    warc.unlink()
    db = merged(tmp_path, out, [summary], now)
    assert count(db, "claims") == 2
    assert db.execute("SELECT warc_file FROM captures").fetchall() == [(None,)]


def test_what_went_wrong_is_on_the_books(tmp_path: Path, out: Path, now: datetime) -> None:
    from ingest.backfill import Backfill

    warc = crawl(tmp_path, [crawled("1", STORY + "tomorrow")])
    summary = replace(process_warc(str(warc), str(out), STEPS), damaged=2, damage="byte 7: torn")
    home = Home.at(tmp_path / "a.db")
    result = merge_into(
        home, out, Backfill([summary], {"/x/bad.warc.gz": "ValueError: y"}), [], Silence(), clock=lambda: now
    )
    assert result.exit_code == 1
    db = open_database(home.database)
    kinds = {row[0] for row in db.execute("SELECT kind FROM issues").fetchall()}
    assert {"archive_failed", "archive_damaged", "future_date"} <= kinds
    assert db.execute("SELECT published_at FROM documents").fetchall() == [(None,)]


def test_the_stranger_is_vouched_for_by_nobody() -> None:
    assert STRANGER.tier == "aggregator"
    assert json.loads(json.dumps({"min": STRANGER.min_links}))["min"] == 0


# --- the command ------------------------------------------------------------------------------------------------------

RELEASE = (
    b"<html><head><title>Example Corp to build a data center in Abilene, Texas</title>"
    b'<meta property="article:published_time" content="2025-02-20T10:00:00Z"></head><body><article>'
    b"<h1>Example Corp to build a data center in Abilene, Texas</h1>"
    b"<p>Example Corp said on Thursday that it will invest $5 billion in a data center campus in Abilene, Texas. The "
    b"campus will have a capacity of 300 MW and will open in 2027, the company said in a statement on its site.</p>"
    b"<p>The county has approved the plan, and the first work on the ground is to begin in the spring of next year.</p>"
    b"</article></body></html>"
)


def test_the_command(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from ingest.cli import main

    crawl(tmp_path / "crawls", [crawled("https://example.com/news/campus", body=RELEASE)], "one")
    (tmp_path / "crawls" / "bad.warc.gz").write_bytes(b"")
    database = tmp_path / "g.db"
    command = ["backfill", str(tmp_path / "crawls"), "--db", str(database), "--workers", "1"]
    first = CliRunner().invoke(main, [*command, "--json"])
    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout)["documents_new"] == 1
    again = CliRunner().invoke(main, command)
    assert (again.exit_code, again.stdout[:40]) == (0, "0 documents new, 0 changed, 1 unchanged,")
    assert "one.warc.gz: 1 seen, 1 new" in again.stderr
    db = open_database(database)
    assert {"capex", "power"} <= {row[0] for row in db.execute("SELECT metric FROM claims").fetchall()}
    assert CliRunner().invoke(main, ["verify", "--db", str(database)]).exit_code == 0
    parts = CliRunner().invoke(main, [*command, "--no-merge", "--json", "--out", str(tmp_path / "other")])
    assert [one["documents"] for one in json.loads(parts.stdout)["parts"]] == [0, 1]


def test_wrong_use_of_the_command(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from ingest.cli import main

    (tmp_path / "empty").mkdir()
    database = ["--db", str(tmp_path / "g.db")]
    assert CliRunner().invoke(main, ["backfill", *database]).exit_code == 2
    assert CliRunner().invoke(main, ["backfill", str(tmp_path / "absent"), *database]).exit_code == 2
    empty = CliRunner().invoke(main, ["backfill", str(tmp_path / "empty"), *database])
    assert empty.exit_code != 0
    assert "holds no file" in empty.stderr
    assert not (tmp_path / "g.db").exists()


def test_every_process_finds_the_same(tmp_path: Path) -> None:
    """Python orders sets anew in each process; what is found must not hang on that."""
    text = (
        "Lorm Energy LLC will build a data center of 300 MW in Abilene, Texas, for $5 billion. Lorm and Lorm Energy "
        "said that Tarn Valley Development Corp and Tarn Valley approved it. The project, called Tarn, opens in 2027 "
        "with Tarn Valley Development, Brock Digital and Brock Digital Partners. Brock says it will employ 200 people."
    )
    found = set()
    for seed in range(3):
        done = subprocess.run(
            [sys.executable, "-m", "ingest.cli", "extract", "-"],
            input=json.dumps({"id": "1", "title": "Lorm builds Tarn", "text": text, "date": "2026-01-05"}),
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
