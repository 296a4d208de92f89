"""The database can be taken away as one file, whole and as of one moment, while it is written to."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

import small_base
from db.web import snapshot


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_base.build(tmp_path / "gigawatch.db")


def documents_in(file: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [name for (name,) in connection.execute("SELECT title FROM documents ORDER BY id")]


async def taken(datasette: Any, tmp_path: Path) -> list[str]:
    answer = await datasette.client.get("/gigawatch.db")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.sqlite3"
    assert 'filename="gigawatch.db"' in answer.headers["content-disposition"]
    file = tmp_path / "taken.db"
    file.write_bytes(answer.content)
    return documents_in(file)


async def test_the_file_is_whole_and_of_now(path: Path, tmp_path: Path) -> None:
    datasette = Datasette([str(path)])
    first = await taken(datasette, tmp_path)
    assert first == documents_in(path)
    with contextlib.closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE documents SET title = 'Written since'")
        writer.commit()  # still written ahead, not in the file
        assert set(await taken(datasette, tmp_path)) == {"Written since"}


def test_a_copy_is_made_once_for_one_moment(path: Path) -> None:
    first = snapshot.copied(path)
    assert snapshot.copied(path) == first
    with contextlib.closing(sqlite3.connect(path)) as writer:
        writer.execute("UPDATE documents SET title = 'Written since'")
        writer.commit()
    second = snapshot.copied(path)
    assert second != first
    assert not first.exists()


async def test_no_room_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "SPARE", 10**12)
    answer = await Datasette([str(path)]).client.get("/gigawatch.db")
    assert answer.status_code == 503
    assert "want twice as much room" in answer.text


async def test_what_is_not_offered_is_refused(path: Path) -> None:
    datasette = Datasette([str(path)], settings={"allow_download": False})
    assert (await datasette.client.get("/gigawatch.db")).status_code == 403
    assert "does not give its database away" in (await datasette.client.get("/downloads")).text
    assert (await Datasette([str(path)]).client.get("/nothing.db")).status_code == 404
