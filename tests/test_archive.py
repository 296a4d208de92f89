"""Every body is found again where it was put, whatever happened in between."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import textwrap
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from db.records import Capture
from ingest.archive import Archive, Expected, located
from ingest.errors import ArchiveError
from ingest.warc import Damage, charset_named, read_pages

BODY = "<html><body>Für 300 MW</body></html>".encode()


def capture(number: int = 1, body: bytes = BODY) -> Capture:
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-encoding": "gzip",
        "content-length": "33",
        "etag": '"e1"',
        "last-modified": "Tue, 24 Nov 2026 10:00:00 GMT",
    }
    return Capture(
        url=f"https://example.com/{number}?from=feed",
        final_url=f"https://example.com/{number}",
        fetched_at="2026-11-24T12:00:00Z",
        status=200,
        outcome="new",
        body=body,
        content_type=headers["content-type"],
        encoding="utf-8",
        sha256=hashlib.sha256(body).hexdigest(),
        etag=headers["etag"],
        last_modified=headers["last-modified"],
        headers=headers,
    )


@pytest.fixture
def archive(tmp_path: Path, now: datetime) -> Archive:
    return Archive(tmp_path / "archive", clock=lambda: now)


def the_file(archive: Archive) -> Path:
    (path,) = archive.folder.glob("*.warc.gz")
    return path


def test_what_goes_in_comes_out(archive: Archive) -> None:
    places = [archive.append(capture(number)) for number in range(3)]
    assert [place.file for place in places] == ["gigawatch-20261124.warc.gz"] * 3
    assert places[1].offset == places[0].offset + places[0].length
    assert archive.read(places[1].file, places[1].offset) == BODY
    read = archive.read_capture(places[1].file, places[1].offset)
    wanted = located(capture(1), places[1])
    assert replace(read, headers={}) == replace(wanted, headers={})
    assert read.headers["x-crawl-content-encoding"] == "gzip"
    assert read.headers["content-length"] == str(len(BODY))


def test_a_new_day_is_a_new_file(tmp_path: Path) -> None:
    days = iter([datetime(2026, 11, 24, 23, 59, tzinfo=UTC), datetime(2026, 11, 25, 0, 1, tzinfo=UTC)])
    archive = Archive(tmp_path, clock=lambda: next(days))
    assert archive.append(capture()).file != archive.append(capture()).file


def test_other_programs_can_read_it(archive: Archive) -> None:
    archive.append(capture(1))
    archive.append_revisit(capture(1), capture(1))
    with the_file(archive).open("rb") as stream:
        records = [(record.rec_type, record.http_headers and record.http_headers.get_statuscode()) for record in
                   ArchiveIterator(stream, check_digests="raise")]  # fmt: skip
    assert records == [("warcinfo", None), ("response", "200"), ("revisit", "200")]


def test_a_revisit_keeps_no_bytes(archive: Archive) -> None:
    archive.append(capture(1, body=os.urandom(20_000)))
    place = archive.append_revisit(capture(1), capture(1))
    assert place.length < 1000
    assert archive.read_capture(place.file, place.offset).outcome == "same_bytes"


@pytest.mark.parametrize("torn", [1, 20, 200])
def test_a_record_cut_in_the_middle_is_cut_off(archive: Archive, torn: int) -> None:
    first = archive.append(capture(1))
    path = the_file(archive)
    end = path.stat().st_size
    mark = path.with_name(path.name + ".writing")
    # What a kill in the middle of a write leaves behind.
    with path.open("ab") as stream:
        stream.write(gzip.compress(b"WARC/1.1 half a record, then silence" + os.urandom(300))[:torn])
    mark.write_text(str(end))
    second = archive.append(capture(2))
    assert second.offset == end
    assert not mark.exists()
    assert archive.read(first.file, first.offset) == archive.read(second.file, second.offset) == BODY
    damage = Damage()
    assert len(list(read_pages(path, damage))) == 2
    assert damage.count == 0


def test_a_whole_record_whose_mark_was_left_is_kept(archive: Archive) -> None:
    archive.append(capture(1))
    second = archive.append(capture(2))
    path = the_file(archive)
    path.with_name(path.name + ".writing").write_text(str(second.offset))
    archive.append(capture(3))
    assert [page.url[-11] for page in read_pages(path, Damage())] == ["1", "2", "3"]


@pytest.mark.parametrize("words", ["", "nonsense", "999999999"])
def test_a_mark_that_says_nothing_cuts_nothing(archive: Archive, words: str) -> None:
    archive.append(capture(1))
    path = the_file(archive)
    path.with_name(path.name + ".writing").write_text(words)
    archive.append(capture(2))
    assert len(list(read_pages(path, Damage()))) == 2


def test_a_killed_program_spoils_nothing(archive: Archive) -> None:
    first = archive.append(capture(1))
    program = """
        import os, sys
        from pathlib import Path
        from datetime import datetime, UTC
        from tests.test_archive import capture
        import ingest.archive as module
        class Torn:
            def __init__(self, stream): self.stream = stream
            def write(self, piece):
                self.stream.write(bytes(piece)[:100])
                os.kill(os.getpid(), 9)
        real = module._write
        module._write = lambda stream, *rest: real(Torn(stream), *rest)
        archive = module.Archive(Path(sys.argv[1]), clock=lambda: datetime(2026, 11, 24, tzinfo=UTC))
        archive.append(capture(2, body=os.urandom(5000)))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(archive.folder)],
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.returncode == -9
    third = archive.append(capture(3))
    assert third.offset == first.offset + first.length
    assert [page.url[-11] for page in read_pages(the_file(archive), Damage())] == ["1", "3"]


def test_damage_costs_the_damaged_record_only(archive: Archive) -> None:
    places = [archive.append(capture(number, body=os.urandom(3000))) for number in range(4)]
    path = the_file(archive)
    data = bytearray(path.read_bytes())
    data[places[1].offset + 500 : places[1].offset + 900] = bytes(400)
    path.write_bytes(data)
    damage = Damage()
    assert [page.warc_offset for page in read_pages(path, damage)] == [places[at].offset for at in (0, 2, 3)]
    assert damage.count == 1
    assert damage.first is not None


def test_a_file_cut_short_is_noticed(archive: Archive) -> None:
    place = archive.append(capture(1, body=os.urandom(3000)))
    path = the_file(archive)
    path.write_bytes(path.read_bytes()[:-500])
    damage = Damage()
    assert list(read_pages(path, damage)) == []
    assert damage.count == 1
    with pytest.raises(ArchiveError, match="cannot be read"):
        archive.read(place.file, place.offset)


def test_verify(archive: Archive) -> None:
    one, two = archive.append(capture(1)), archive.append(capture(2, body=b"other"))
    digest, other = (hashlib.sha256(body).hexdigest() for body in (BODY, b"other"))
    right = [Expected(one.file, one.offset, digest, "https://example.com/1"), Expected(two.file, two.offset, other)]
    assert list(archive.verify(right)) == []
    wrong = [
        Expected(one.file, one.offset, other),
        Expected(one.file, one.offset, digest, "https://example.com/9"),
        Expected(one.file, one.offset + 1, digest),
        Expected(one.file, 0, digest),
        Expected("gone.warc.gz", 0, digest),
        Expected("../" + one.file, one.offset, digest),
    ]
    faults = list(archive.verify(wrong))
    assert [fault.expected for fault in faults] == wrong
    for fault, words in zip(
        faults, ["hashes to", "holds", "cannot be read", "no page", "missing", "no file name"], strict=True
    ):
        assert words in fault.message


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ArchiveError, match="cannot write to the archive file"):
        Archive(tmp_path / "file").append(capture())


def in_chunks(body: bytes) -> bytes:
    pieces = [body[at : at + 10] for at in range(0, len(body), 10)]
    return b"".join(b"%x;ext\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def foreign(kind: str, block: bytes, content_type: str = "application/http; msgtype=response") -> bytes:
    """Write a record as another crawler might, not packed."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
        "WARC-Target-URI: https://example.com/a\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str) -> bytes:
    lines = "".join(f"{header}\r\n" for header in ("Content-Type: text/html", *headers))
    return foreign("response", f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body)


@pytest.mark.parametrize(
    "record",
    [
        answer(BODY),
        answer(gzip.compress(BODY), "Content-Encoding: gzip"),
        answer(BODY, "Content-Encoding: gzip"),
        answer(zlib.compress(BODY), "Content-Encoding: deflate"),
        answer(BODY, "Content-Encoding: deflate"),
        answer(BODY, "Content-Encoding: br"),
        answer(in_chunks(BODY), "Transfer-Encoding: chunked"),
        answer(BODY, "Transfer-Encoding: chunked"),
        answer(in_chunks(gzip.compress(BODY)), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        answer(BODY, "Content-Encoding: something"),
    ],
)
def test_pages_of_another_crawl(tmp_path: Path, record: bytes) -> None:
    """Bodies as they were sent, or unpacked with the headers kept; beside records that are no pages."""
    request = foreign("request", b"GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n", "application/http; msgtype=request")
    path = tmp_path / "crawl.warc"
    path.write_bytes(request + record + foreign("metadata", b"a: b\r\n", "application/warc-fields") + answer(b"last"))
    damage = Damage()
    page, last = read_pages(path, damage)
    assert (page.body, page.fetched_at, page.status, damage.count) == (BODY, "2026-01-02T03:04:05Z", 200, 0)
    assert last.body == b"last"


def test_a_body_of_another_crawl_that_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    cut = answer(gzip.compress(os.urandom(500))[:-20], "Content-Encoding: gzip")
    bad = answer(b"\x99 no brotli", "Content-Encoding: br")
    path.write_bytes(cut + bad + answer(b"last"))
    damage = Damage()
    assert [page.body for page in read_pages(path, damage)] == [b"last"]
    assert damage.count == 2
    assert "ends in the middle" in str(damage.first)


@pytest.mark.parametrize("data", [b"not a web archive", gzip.compress(b"not a web archive"), b"\x00" * 100])
def test_a_file_that_is_no_archive(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match="is no WARC file"):
        list(read_pages(path, Damage()))


def test_an_empty_file_and_one_whose_start_is_spoilt(archive: Archive, tmp_path: Path) -> None:
    damage = Damage()
    (tmp_path / "empty.warc.gz").touch()
    assert list(read_pages(tmp_path / "empty.warc.gz", damage)) == []
    assert damage.first == "the file is empty"
    archive.append(capture(1))
    path = the_file(archive)
    data = bytearray(path.read_bytes())
    data[10:30] = b"\xff" * 20
    path.write_bytes(data)
    assert len(list(read_pages(path, damage))) == 1


def test_damage_in_a_plain_file(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    spoilt = answer(b"two").replace(b"Content-Length: ", b"Content-Length: 9")
    path.write_bytes(
        answer(b"one") + spoilt + answer(b"three") + b"WARC/1.0\r\nnonsense" + b"\r\n\r\n" + answer(b"four")
    )
    damage = Damage()
    bodies = [page.body for page in read_pages(path, damage)]
    assert b"one" in bodies
    assert damage.count


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=UTF-8", "utf-8"),
        ('text/html;charset="x-sjis"', "x-sjis"),
        ("text/html", None),
        (None, None),
    ],
)
def test_charset_of_a_header(header: str | None, charset: str | None) -> None:
    assert charset_named(header) == charset
