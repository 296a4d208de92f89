from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from db.listening import listen
from db.records import Extraction
from db.schema import open_database
from db.store import Store
from ingest.cli import main
from samples import NOW, page, plain_extract


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    store = Store(open_database(path))
    document = page("Example spends $5 billion.")
    store.save_document(document, plain_extract(document), now=NOW, extractor="plain/1")
    return path


@contextmanager
def served(*words: str) -> Iterator[str]:
    """Run a command that serves, and give the address that it prints."""
    command = [sys.executable, "-u", "-m", "ingest.cli", *words]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True)
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    yield found[0]
                    break
            else:
                said.seek(0)
                raise AssertionError(said.read())
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
        said.seek(0)
        assert "Traceback" not in said.read()


def ask(base: str, path: str) -> Any:
    with urllib.request.urlopen(base + path, timeout=30) as answer:
        return json.load(answer)


def test_the_served_database_follows_what_is_ingested(database: Path) -> None:
    with served("serve", "--db", str(database), "--port", "0") as base:
        count = "/news.json?sql=select+count(*)+as+n+from+claims&_shape=array"
        assert ask(base, count) == [{"n": 1}]
        db = open_database(database)
        text = "Now $6 billion and 100 MW."
        Store(db).save_document(
            page(text, "https://example.com/b"), plain_extract(page(text)), now=NOW, extractor="plain/1"
        )
        assert ask(base, count) == [{"n": 3}]
        with pytest.raises(urllib.error.HTTPError):
            ask(base, "/news.json?sql=delete+from+claims")


def test_demo_builds_and_serves(tmp_path: Path) -> None:
    with served("demo", "--db", str(tmp_path / "gigawatch.db"), "--port", "0") as base:
        (row,) = ask(base, "/gigawatch.json?sql=select+count(*)+as+n+from+documents&_shape=array")
        assert row["n"] >= 70


def test_a_taken_port_is_named(database: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--db", str(database), "--port", str(port)])
    assert result.exit_code == 1
    assert f"nothing can listen at 127.0.0.1, port {port}; choose another with --port" in result.output


def test_several_processes_answer_and_end_with_the_first(database: Path) -> None:
    with served("serve", "--db", str(database), "--port", "0", "--processes", "3") as base:
        processes: set[int] = set()
        # The others start while the first already answers, and on a busy machine they start late.
        until = time.monotonic() + 60
        while len(processes) < 2 and time.monotonic() < until:
            with urllib.request.urlopen(base + "/-/threads.json", timeout=30) as answer:
                processes.add(json.load(answer)["threads"][0]["ident"])
        assert len(processes) > 1
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(base, timeout=5)


def test_the_end_of_a_page_does_not_wait_for_its_beginning() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_database_without_claims_is_served_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Store(open_database(path)).save_document(page("Words"), Extraction(False, "other"), now=NOW, extractor="x/1")
    with served("serve", "--db", str(path), "--port", "0") as base, urllib.request.urlopen(base, timeout=30) as answer:
        assert answer.status == 200
