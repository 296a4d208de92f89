"""
Every body fetched, kept as it came: WARC files in one folder, one file a day, one gzip member a record.

In: captures. Out: the file and offset to find each again, and the capture itself when it is asked for. A record is
appended whole or not at all: a program killed in the middle leaves earlier records as they were, and the next run cuts
the torn end off. Never changes or deletes a record that was written.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from db.records import Capture
from ingest import __version__
from ingest.errors import ArchiveError
from ingest.warc import capture_of, records_from

_HOP_BY_HOP = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive"})
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record is: the file's name within the archive, its first byte, and how many bytes it takes."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What the database believes to be at one place of the archive."""

    file: str
    offset: int
    sha256: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One record that is not what the database believes."""

    expected: Expected
    message: str


class Archive:
    """A folder of WARC files. Several programs may append at once; each record is whole."""

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.folder = folder
        self._clock = clock

    def append(self, capture: Capture) -> Location:
        """Add the body of one capture."""
        digest = capture.sha256 or hashlib.sha256(capture.body).hexdigest()
        extra = {"WARC-Payload-Digest": f"sha256:{digest}"}
        return self._append(_record("response", capture, capture.body, extra))

    def append_revisit(self, capture: Capture, original: Capture) -> Location:
        """Add that the bytes of `original` were served again, without the bytes."""
        extra = {
            "WARC-Payload-Digest": f"sha256:{capture.sha256}",
            "WARC-Profile": _REVISIT,
            "WARC-Refers-To-Target-URI": original.final_url,
            "WARC-Refers-To-Date": original.fetched_at,
        }
        return self._append(_record("revisit", capture, b"", extra))

    def read(self, warc_file: str, warc_offset: int) -> bytes:
        """Read the body at one place; raises `ArchiveError` where it is missing or spoilt."""
        return self.read_capture(warc_file, warc_offset).body

    def read_capture(self, file: str, offset: int) -> Capture:
        """Read the whole capture at one place; raises `ArchiveError` where it is missing or spoilt."""
        path = self.folder / file
        if Path(file).name != file:
            raise ArchiveError(f"{file!r} is no file name of the archive {self.folder}")
        capture = None
        try:
            with path.open("rb") as stream:
                stream.seek(offset)
                record = next(iter(records_from(stream)), None)
                if record is not None and record.stream_pos == offset:
                    capture = capture_of(record, file=file, offset=offset)
        except FileNotFoundError:
            raise ArchiveError(f"the archive file {path} is missing; restore it or fetch its pages again") from None
        except (OSError, ValueError, ArchiveError) as error:
            raise ArchiveError(f"the record at byte {offset} of {path} cannot be read: {error}") from None
        if capture is None:
            raise ArchiveError(f"there is no page at byte {offset} of {path}")
        return capture

    def verify(self, expected: Iterable[Expected]) -> Iterator[Fault]:
        """Read every record again and hash it; yields those that are not what the database believes."""
        for one in expected:
            try:
                capture = self.read_capture(one.file, one.offset)
            except ArchiveError as error:
                yield Fault(one, str(error))
                continue
            digest = hashlib.sha256(capture.body).hexdigest()
            if digest != one.sha256:
                yield Fault(one, f"{one.file} at byte {one.offset}: the body hashes to {digest}, not {one.sha256}")
            elif one.url is not None and one.url not in (capture.url, capture.final_url):
                yield Fault(one, f"{one.file} at byte {one.offset} holds {capture.final_url}, not {one.url}")

    def _append(self, record: bytes) -> Location:
        name = f"gigawatch-{self._clock().astimezone(UTC):%Y%m%d}.warc.gz"
        path = self.folder / name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with path.open("ab", buffering=0) as stream, _locked(stream):
                offset = _mended_end(path)
                if offset == 0:
                    record_0 = _warcinfo(name)
                    _write(stream, record_0, path, 0)
                    offset = len(record_0)
                _write(stream, record, path, offset)
        except OSError as error:
            raise ArchiveError(
                f"cannot write to the archive file {path}: {error}; free space or choose another folder with --archive"
            ) from None
        return Location(name, offset, len(record))


@contextmanager
def _locked(stream: FileIO) -> Iterator[None]:
    fcntl.flock(stream, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(stream, fcntl.LOCK_UN)


def _mark_of(path: Path) -> Path:
    """Name the file that stands beside the archive file while a record is being written."""
    return path.with_name(path.name + ".writing")


def _write(stream: FileIO, record: bytes, path: Path, offset: int) -> None:
    """Append one record; the mark says where the last whole one ends until this one is whole as well."""
    mark = _mark_of(path)
    mark.write_text(str(offset))
    rest = memoryview(record)
    while rest:
        rest = rest[stream.write(rest) :]
    os.fsync(stream.fileno())
    mark.unlink()


def _mended_end(path: Path) -> int:
    """Cut off what a killed program left half-written, and give the end of the last whole record."""
    size = path.stat().st_size
    mark = _mark_of(path)
    if not mark.exists():
        return size
    words = mark.read_text()
    whole = int(words) if words.isdigit() else size
    if whole < size and not _is_member(path, whole):
        os.truncate(path, whole)
        size = whole
    mark.unlink()
    return size


def _is_member(path: Path, offset: int) -> bool:
    """Say whether from `offset` on there is exactly one whole gzip member."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            while piece := stream.read(1 << 20):
                unpacker.decompress(piece)
    except zlib.error:
        return False
    return unpacker.eof and not unpacker.unused_data


def _record(kind: str, capture: Capture, body: bytes, extra: dict[str, str]) -> bytes:
    """Write one WARC record, packed. The body is stored unpacked, so the headers that speak of packing are renamed."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    headers = [
        (f"X-Crawl-{name}" if name.lower() in _HOP_BY_HOP else name, value)
        for name, value in capture.headers.items()
        if name.isascii()
    ]
    headers.append(("Content-Length", str(len(capture.body))))
    about = {"WARC-Date": capture.fetched_at, "X-Requested-URI": capture.url, **extra}
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(
        writer.create_warc_record(
            capture.final_url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            warc_headers_dict=about,
            http_headers=StatusAndHeaders(f"{capture.status} ", headers, protocol="HTTP/1.1"),
        )
    )
    return out.getvalue()


def _warcinfo(name: str) -> bytes:
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    about = {"software": f"gigawatch/{__version__}", "format": "WARC File Format 1.1", "robots": "obey"}
    writer.write_record(writer.create_warcinfo_record(name, about))
    return out.getvalue()


def located(capture: Capture, location: Location) -> Capture:
    """Say in the capture where it was put."""
    return replace(capture, warc_file=location.file, warc_offset=location.offset)
