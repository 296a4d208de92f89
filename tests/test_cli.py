from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from db.schema import open_database
from ingest.cli import main
from ingest.lock import hold
from samples import digest

ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="2026-11-0{day}T09:00:00Z"></head><body><article><h1>{title}</h1>
<p>Example Cloud said on Monday that it will spend {money} on a data center campus in Abilene, Texas, which is to draw
up to {power} of electricity when it is finished.</p><p>The company expects the first building to open in late 2027,
and says that some 250 permanent jobs will follow once the whole campus is in operation.</p></article></body></html>"""


class Site:
    """A small site with a feed, a sitemap and a listing; every page has an ETag and answers 304 to it."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.pages: dict[str, str] = {}
        for day, name in enumerate(("one", "two", "three", "four"), start=1):
            self.write(name, day=day, money=f"${day} billion", power=f"{day}00 megawatts")
        self.url = server.url_for("").rstrip("/")
        items = "".join(
            f"<item><title>Campus {name}</title><link>{self.url}/{name}</link></item>" for name in ("one", "two")
        )
        self.pages["feed"] = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        self.pages["sitemap"] = (
            '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<url><loc>{self.url}/three</loc><lastmod>2026-11-03</lastmod></url></urlset>"
        )
        self.pages["news"] = '<html><body><div class="item"><a href="/four">Campus four</a></div></body></html>'
        server.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow:\n")
        for name in self.pages:
            server.expect_request(f"/{name}").respond_with_handler(self.answer)

    def write(self, name: str, **facts: Any) -> None:
        self.pages[name] = ARTICLE.format(title=f"Example Cloud plans campus {name}", **facts)

    def answer(self, request: Request) -> Response:
        body = self.pages[request.path.strip("/")]
        response = Response(body, content_type="text/xml" if body.startswith("<?xml") else "text/html; charset=utf-8")
        response.add_etag()
        return response.make_conditional(request)

    def catalogue(self, folder: Path) -> Path:
        path = folder / "sources.yml"
        entry = (
            "- {{slug: {0}, publisher: Example, url: {1}/{2}, reader: {3}, tier: issuer, links: [1, 9], every: 7d{4}}}"
        )
        rows = [
            entry.format("example-feed", self.url, "feed", "feed", ""),
            entry.format("example-map", self.url, "sitemap", "sitemap", ""),
            entry.format("example-news", self.url, "news", "listing", ", item: .item, link: a"),
        ]
        path.write_text("sources:\n" + "\n".join(f"  {row}" for row in rows) + "\n")
        return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("GIGAWATCH_DB", "GIGAWATCH_ARCHIVE", "GIGAWATCH_CATALOGUE", "GIGAWATCH_CONTACT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    return Site(httpserver)


def run(*words: str, **rest: Any) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], **rest)


def ingest(site: Site, home: Path, *words: str) -> dict[str, Any]:
    result = run(
        "ingest", "--catalogue", str(site.catalogue(home)), "--allow-private", "--interval", "0", "--json", *words
    )
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "gigawatch.db"
    result = run("demo", "--build-only", "--db", str(path))
    assert result.exit_code == 0, result.output
    return path


def test_the_demo_builds_a_knowledge_base_without_a_network(demo: Path) -> None:
    db = open_database(demo)
    assert db["documents"].count >= 70
    assert db["claims"].count >= 250
    metrics = {row[0] for row in db.execute("SELECT DISTINCT metric FROM claims")}
    assert {"capex", "power", "chips"} <= metrics
    assert db.execute("SELECT count(*) FROM issues WHERE level IN ('error', 'critical')").fetchone() == (0,)


def test_the_demo_twice_changes_nothing(demo: Path) -> None:
    before = digest(open_database(demo))
    assert run("demo", "--build-only", "--quiet", "--db", str(demo)).output == ""
    assert digest(open_database(demo)) == before


def test_two_demos_are_the_same_database(demo: Path, tmp_path: Path) -> None:
    run("demo", "--build-only", "--db", str(tmp_path / "b.db"))

    def ids(path: Path) -> list[list[Any]]:
        db = open_database(path)
        return [db.execute(f"SELECT id FROM {table} ORDER BY id").fetchall() for table in ("documents", "claims")]

    assert ids(demo) == ids(tmp_path / "b.db")


def test_a_brief_that_left_the_chronicle_is_taken_back_and_may_return(home: Path) -> None:
    text = (
        ARTICLE.split("<p>")[1].split("</p>")[0] + " " * 40 + "It says so in a statement that went out on Monday. " * 3
    )
    briefs = [
        {
            "date": f"2026-10-0{day}", "title": f"Example Cloud plans campus {day}", "publisher": "Example",
            "url": f"https://example.com/{day}",
            "text": text.format(money=f"${day} billion", power=f"{day}00 megawatts"),
        }
        for day in (1, 2)
    ]  # fmt: skip
    (home / "briefs").mkdir()
    entry = "slug: own, publisher: Us, url: briefs, reader: chronicle, tier: aggregator, links: [1, 9], every: 9w"
    (home / "sources.yml").write_text(f"sources:\n  - {{{entry}}}\n")

    def current(*kept: dict[str, str]) -> list[str]:
        (home / "briefs" / "2026.yml").write_text(json.dumps(list(kept)))
        result = run("ingest", "--catalogue", "sources.yml", "--json")
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["sources"]["own"]["links_seen"] == len(kept)
        rows = open_database(home / "gigawatch.db").execute("SELECT quote FROM claims WHERE retracted_at IS NULL")
        return sorted(quote for (quote,) in rows if "billion" in quote)

    assert current(*briefs) == ["$1 billion", "$2 billion"]
    assert current(briefs[0]) == ["$1 billion"]
    assert current(*briefs) == ["$1 billion", "$2 billion"]
    assert run("verify").exit_code == 0


def test_verify_finds_nothing_wrong_with_the_demo_and_finds_what_is_made_wrong(demo: Path, tmp_path: Path) -> None:
    result = run("verify", "--db", str(demo))
    assert result.exit_code == 0, result.output
    open_database(demo).execute("VACUUM INTO ?", [str(tmp_path / "b.db")])
    db = open_database(tmp_path / "b.db")
    db.execute("UPDATE claims SET start = start + 1 WHERE id = (SELECT min(id) FROM claims)")
    db.execute("UPDATE documents SET title = 'x', text = 'y' WHERE id = (SELECT min(id) FROM documents)")
    result = run("verify", "--json", "--db", str(tmp_path / "b.db"))
    assert result.exit_code == 1
    faulty = {check["name"] for check in json.loads(result.stdout) if check["faults"]}
    assert {"quotes", "check_quotes", "texts"} <= faulty


def test_a_site_is_ingested_then_unchanged_then_with_one_changed_page(site: Site, home: Path) -> None:
    first = ingest(site, home)
    assert (first["documents_new"], first["issues"]) == (4, 0)
    db = open_database(home / "gigawatch.db")
    before = digest(db)
    second = ingest(site, home)
    assert (second["documents_new"], second["documents_changed"], second["documents_unchanged"]) == (0, 0, 4)
    assert digest(db) == before
    site.write("two", day=2, money="$9 billion", power="200 megawatts")
    third = ingest(site, home)
    assert (third["documents_new"], third["documents_changed"], third["documents_unchanged"]) == (0, 1, 3)
    retracted = db.execute("SELECT quote FROM claims WHERE retracted_at IS NOT NULL").fetchall()
    assert retracted == [("$2 billion",)]
    assert run("verify").exit_code == 0
    assert run("status").exit_code == 0


def test_what_is_stored_can_be_read_again_without_the_site(site: Site, home: Path) -> None:
    ingest(site, home)
    db = open_database(home / "gigawatch.db")
    before = digest(db)
    site.server.clear()
    for workers in ("1", "2"):
        result = run("reextract", "--json", "--workers", workers)
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["documents_unchanged"] == 4
        assert digest(db) == before
    assert run("rebuild", "--quiet").output == ""
    assert digest(db) == before


def test_reextract_says_which_pages_it_had_to_read_from_their_stored_text(site: Site, home: Path) -> None:
    ingest(site, home)
    for file in (home / "gigawatch.archive").iterdir():
        file.unlink()
    assert json.loads(run("reextract", "--json").stdout)["issues"] == 4
    assert run("verify").exit_code == 1


def test_one_page_by_hand(site: Site, home: Path) -> None:
    result = run("add", f"{site.url}/one", f"{site.url}/two", "--interval", "0", "--json")
    assert json.loads(result.stdout)["documents_new"] == 2
    site.server.expect_request("/none").respond_with_data("gone", status=410)
    result = run("add", f"{site.url}/none", "--interval", "0")
    assert result.exit_code == 1
    db = open_database(home / "gigawatch.db")
    assert db.execute("SELECT DISTINCT source FROM documents").fetchall() == [("added",)]
    assert {one["state"] for one in json.loads(run("status", "--json").stdout)} == {"not_run"}
    result = run("add", "example.com/news")
    assert result.exit_code == 2
    assert "must begin with http" in result.output


def test_options_choose_what_is_taken(site: Site, home: Path) -> None:
    assert ingest(site, home, "--source", "example-feed", "--limit", "1")["documents_new"] == 1
    result = run("ingest", "--catalogue", str(site.catalogue(home)), "--source", "none")
    assert result.exit_code == 2
    assert "no source is called 'none'" in result.output


def test_a_source_that_fails_fails_the_run_and_the_status(site: Site, home: Path) -> None:
    ingest(site, home)
    site.pages["feed"] = "<html><body>We have moved.</body></html>"
    result = run("ingest", "--catalogue", str(site.catalogue(home)), "--allow-private", "--interval", "0", "--quiet")
    assert result.exit_code == 1
    assert "example-feed" in result.output
    result = run("status", "--json")
    assert result.exit_code == 1
    states = {one["source"]: one["state"] for one in json.loads(result.stdout)}
    assert states == {"example-feed": "failing", "example-map": "well", "example-news": "well"}


def test_links_to_private_addresses_are_refused_unless_allowed(site: Site, home: Path) -> None:
    result = run("ingest", "--catalogue", str(site.catalogue(home)), "--interval", "0", "--source", "example-feed")
    assert result.exit_code == 1
    kinds = open_database(home / "gigawatch.db").execute("SELECT DISTINCT kind FROM issues").fetchall()
    assert kinds == [("private_address",)]


# -- sources ---------------------------------------------------------------------------------------------------------


def test_sources_are_listed_checked_and_tried(site: Site, home: Path) -> None:
    assert "chronicle" in run("sources").output
    assert len(json.loads(run("sources", "list", "--json").stdout)) >= 15
    assert "all well formed" in run("sources", "check").output
    catalogue = str(site.catalogue(home))
    result = run(
        "sources", "try", "example-news", "--catalogue", catalogue, "--allow-private", "--interval", "0", "--json"
    )
    assert [link["url"] for link in json.loads(result.stdout)["links"]] == [f"{site.url}/four"]
    assert not (home / "gigawatch.db").exists()


def test_a_bad_catalogue_is_refused_with_entry_and_field(home: Path) -> None:
    (home / "sources.yml").write_text("sources:\n  - {slug: Bad Slug, reader: feed}\n")
    for words in (("sources", "check"), ("ingest",)):
        result = run(*words, "--catalogue", "sources.yml")
        assert result.exit_code == 2
        assert "slug" in result.output
    assert run("sources", "check", "--catalogue", "none.yml").exit_code == 2


# -- extract ---------------------------------------------------------------------------------------------------------


def test_extract_prints_claims_as_json_lines(home: Path) -> None:
    text = "Meta will invest $10 billion to build a new AI data center campus in Lebanon, Indiana, it said on Monday."
    document = {"id": "a", "title": "Meta to build a data center in Indiana", "date": "2026-01-05", "text": text}
    result = run("extract", "-", input=json.dumps(document) + "\n\n")
    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    assert list(found) == ["id", "relevant", "kind", "companies", "places", "chips", "claims"]
    (claim,) = found["claims"]
    assert (claim["metric"], claim["min"], claim["max"], claim["unit"]) == ("capex", 1e10, 1e10, "USD")
    assert document["text"][claim["start"] : claim["end"]] == claim["quote"]
    assert set(claim["place"]) == {"name", "admin1", "country"}
    assert 0 <= claim["confidence"] <= 1


def test_extract_names_the_bad_line_and_goes_on(home: Path) -> None:
    lines = ['{"id": 1, "text": "a"}', "no json", "[]", '{"id": 2}', '{"id": 3, "text": "b", "url": null}']
    result = run("extract", "-", input="\n".join(lines))
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["1", "3"]
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()] == ["line 2", "line 3", "line 4"]


def test_extract_reads_what_is_no_text(home: Path) -> None:
    lines = [
        r'{"id": "\ud800", "title": "Meta\u0000 plans a campus", "text": "Meta\udc00 invests $10 billion \ud83d."}',
        json.dumps({"id": "b", "text": ""}),
        json.dumps({"id": "c", "text": "\u202eMeta\u202c " * 300, "date": "no date"}),
    ]
    result = run("extract", "-", input="\n".join(lines))
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["\ufffd", "b", "c"]


# -- export ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["csv", "jsonl"])
def test_everything_is_exported_and_described(demo: Path, tmp_path: Path, file_format: str) -> None:
    folder = tmp_path / "out"
    assert run("export", str(folder), "--db", str(demo), "--format", file_format).exit_code == 0
    package = json.loads((folder / "datapackage.json").read_text())
    db = open_database(demo)
    for resource in package["resources"]:
        rows = (folder / resource["path"]).read_text(encoding="utf-8")
        assert resource["rows"] == db[resource["name"]].count
        assert resource["bytes"] == len((folder / resource["path"]).read_bytes())
        assert resource["schema"]["primaryKey"]
        if resource["format"] == "jsonl":
            assert rows.count("\n") == resource["rows"]
        elif file_format == "jsonl":
            assert resource["rows"] == 0, "only an empty table is its header"
    names = {resource["name"] for resource in package["resources"]}
    assert {"documents", "claims", "companies", "announcements", "figures"} <= names
    assert not any("fts" in name or name.startswith("_") for name in names)
    assert {path.name for path in folder.iterdir()} == {resource["path"] for resource in package["resources"]} | {
        "datapackage.json"
    }
    assert f"claims.{file_format}" in {resource["path"] for resource in package["resources"]}


def test_an_export_replaces_an_export_and_nothing_else(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert run("export", str(folder), "--db", str(demo)).exit_code == 0
    assert run("export", str(folder), "--db", str(demo), "--format", "jsonl").exit_code == 0
    assert (folder / "claims.jsonl").exists()
    assert not (folder / "claims.csv").exists()
    other = tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("Dear")
    result = run("export", str(other), "--db", str(demo))
    assert result.exit_code == 2
    assert "holds other files" in result.output
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


# -- wrong use -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["status", "verify", "rebuild", "reextract", "serve"])
def test_a_missing_database_is_named_and_not_made(home: Path, command: str) -> None:
    result = run(command, "--db", "none.db")
    assert result.exit_code == 2
    assert "none.db: there is no database here" in result.output
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("demo", "--build-only", "--db", "none/a.db"),
        ("demo", "--port", "x"),
        ("ingest", "--since", "yesterday"),
        ("ingest", "--limit", "0"),
        ("ingest", "--surprise"),
        ("extract", "none.jsonl"),
        ("add",),
        ("export", "out", "--format", "xml"),
        ("surprise",),
    ],
)
def test_wrong_use_exits_2_and_says_what_is_wrong(home: Path, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert len(result.output.strip()) > 10
    assert "Traceback" not in result.output


def test_a_file_that_is_no_database_is_refused_by_every_command(home: Path) -> None:
    (home / "gigawatch.db").write_text("a letter")
    for words in (("demo", "--build-only"), ("status",), ("verify",), ("rebuild",), ("export", "out"), ("serve",)):
        result = run(*words)
        assert (result.exit_code, "not an SQLite database" in result.output) == (2, True), (words, result.output)
    assert (home / "gigawatch.db").read_text() == "a letter"


def test_a_second_run_exits_75_and_says_who_holds_the_lock(demo: Path) -> None:
    with hold(demo, "ingest", "2026-11-24T12:00:00Z"):
        for command in ("demo", "rebuild", "reextract"):
            result = run(command, "--db", str(demo), *(["--build-only"] if command == "demo" else []))
            assert result.exit_code == 75
            assert f"pid {os.getpid()}, `ingest`, since 2026-11-24T12:00:00Z" in result.output
        assert run("status", "--db", str(demo)).exit_code == 0


# -- processes -------------------------------------------------------------------------------------------------------


def stored(database: Path) -> int:
    """Count the documents that a reader sees, none while there is no table of them."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reader:
            return int(reader.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_killed_run_leaves_whole_documents_and_no_lock(home: Path) -> None:
    command = [sys.executable, "-m", "ingest.cli", "demo", "--build-only", "--db", "gigawatch.db"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    database = home / "gigawatch.db"
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline and stored(database) < 20:
        continue
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    assert 20 <= stored(database) < 100
    # The knowledge is made at the end of a run, so a killed one may have left it behind the evidence; that is whole.
    evidence = {"file", "references", "quotes", "texts", "archive", "check_quotes", "check_ranges", "check_units"}
    checks = {check["name"]: check["faults"] for check in json.loads(run("verify", "--json").stdout)}
    assert {name: checks[name] for name in evidence if checks[name]} == {}
    result = run("demo", "--build-only")
    assert result.exit_code == 0, result.output
    db = open_database(database)
    assert db.execute("SELECT count(*) FROM runs WHERE error = 'ended without finishing'").fetchone() == (1,)
    assert run("verify").exit_code == 0


def test_starting_is_quick_and_imports_nothing_heavy() -> None:
    heavy = ("datasette", "httpx", "trafilatura", "sqlite_utils", "feedparser", "rich", "lxml", "yaml")
    code = f"import sys, ingest.cli; print([name for name in {heavy!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


def test_a_run_that_is_told_to_stop_is_closed_in_the_books(home: Path) -> None:
    command = [sys.executable, "-m", "ingest.cli", "demo", "--build-only"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    database = home / "gigawatch.db"
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline and stored(database) < 20:
        continue
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 1
    runs = open_database(database).execute("SELECT exit_code, error FROM runs").fetchall()
    assert runs == [(1, "interrupted")]


def test_the_schedule_names_this_program_and_this_database(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIGAWATCH_CONTACT", "ops@example.org")
    result = run("schedule", "--every", "3", "--db", "news 100%.db")
    line = result.stdout.splitlines()[1]
    assert line.split()[1] == "*/3"
    assert f"'{home}/news 100\\%.db'" in line
    assert "ingest --quiet" in line
    assert "--contact ops@example.org" in line
    assert line.split()[5] == "nice", "readers come first"
    assert "Nice=10" in result.stdout
    assert f'"{home}/news 100%%.db"' in result.stdout
    assert "OnCalendar=*-*-* 00/3:00:00" in result.stdout


def test_a_paper_of_a_country_tells_its_dollars(home: Path) -> None:
    line = {"id": "a", "title": "Data centre news", "text": "The data centre would cost $400 million."}
    (home / "in.jsonl").write_text(
        "".join(
            json.dumps({**line, "url": url}) + "\n"
            for url in ("https://paper.example.com.au/x", "https://paper.example.com/x")
        )
    )
    told = [json.loads(row) for row in run("extract", home / "in.jsonl").stdout.splitlines()]
    assert [claim["unit"] for row in told for claim in row["claims"]] == ["AUD", "USD"]
