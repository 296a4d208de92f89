"""
WARC files of any origin, read page by page.

In: an open file, or the path of a WARC file (ours, or of any crawl). Out: its records, and captures made of those that
hold a page. Damage inside a gzip file costs the damaged records only: reading goes on at the next whole one, and says
how often that happened. Never writes.
"""

from __future__ import annotations

import hashlib
import io
import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import IO, Any

from db.records import Capture
from ingest.errors import ArchiveError, IngestError, TooLargeError, UnreadableError
from ingest.fetching.inflate import GZIP_MAGIC, inflate

LARGEST_BODY_BYTES = 50_000_000
_MEMBER = GZIP_MAGIC + b"\x08"
_PLAIN = b"WARC/"
# Zstandard (a frame, or a dictionary before it) and LZ4.
_OTHER_PACKINGS = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18", b"\x50\x2a\x4d\x18", b"\x04\x22\x4d\x18")


@dataclass(slots=True)
class Damage:
    """What could not be read of a file."""

    count: int = 0
    first: str | None = None

    def note(self, message: str) -> None:
        """Count one more damaged place; the first is kept in words."""
        self.count += 1
        self.first = self.first or message


def records_from(stream: IO[bytes]) -> Any:
    """Iterate the records of an open WARC file, from where it stands."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    return ArchiveIterator(stream, record_types=WarcRecordType.response | WarcRecordType.revisit)


def read_pages(path: Path, damage: Damage) -> Iterator[Capture]:
    """Go through the pages of a WARC file; damaged places are noted and passed over."""
    if path.stat().st_size == 0:
        damage.note("the file is empty")
        return
    if not _begins_as_warc(path):
        raise ArchiveError(f"{path} is no WARC file: it does not begin with a WARC record, plain or packed")
    start = 0
    while True:
        last = start
        try:
            with path.open("rb") as stream:
                stream.seek(start)
                for record in records_from(stream):
                    last = record.stream_pos
                    try:
                        capture = capture_of(record, file=path.name, offset=last)
                    except IngestError as error:
                        damage.note(f"byte {last}: {error}")
                        continue
                    if capture is not None:
                        yield capture
            return
        except OSError as error:
            if not path.exists():
                raise
            # The torn record is tried once more from its own start; damage that goes on is one damage.
            if last > start or start == 0:
                damage.note(f"after byte {last}: {error}")
            following = _next_member(path, last + 1)
            if following is None:
                return
            start = following


def capture_of(record: Any, *, file: str, offset: int) -> Capture | None:
    """Make a capture of a record that holds an HTTP answer; nothing of one that does not."""
    if not record.is_http or record.http_headers is None or record.http_headers.status_code is None:
        return None
    about = record.headers
    url = about.get("WARC-Target-URI")
    if not url:
        return None
    revisit = about.get("WARC-Type") == "revisit"
    length = record.content_length
    if length > LARGEST_BODY_BYTES:
        raise ArchiveError(f"a body of {length:,} bytes is beyond the {LARGEST_BODY_BYTES:,} allowed", url=url)
    body = record.reader.read()
    if len(body) < length:
        raise ArchiveError(f"only {len(body):,} of {length:,} bytes are there", url=url)
    headers = {name.lower(): value for name, value in record.http_headers.items()}
    # Crawls that keep bodies as they were sent keep them in chunks and packed.
    if "chunked" in headers.pop("transfer-encoding", "").lower():
        body = _joined(body)
    body = _unpacked(body, headers.pop("content-encoding", ""), url)
    date = record.record_date
    return Capture(
        url=about.get("X-Requested-URI") or url,
        final_url=url,
        fetched_at=date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if date else "",
        status=record.http_headers.status_code,
        outcome="same_bytes" if revisit else "new",
        body=body,
        content_type=headers.get("content-type"),
        encoding=charset_named(headers.get("content-type")),
        sha256=None if revisit else hashlib.sha256(body).hexdigest(),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        warc_file=file,
        warc_offset=offset,
        headers=headers,
    )


def _joined(body: bytes) -> bytes:
    """Join the chunks of a body; one that is not in chunks, whatever its header says, is left as it is."""
    joined, at = bytearray(), 0
    while True:
        end = body.find(b"\r\n", at, at + 40)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not size or size.strip(b"0123456789abcdefABCDEF"):
            return body
        length = int(size, 16)
        if length == 0:
            return bytes(joined)
        joined += body[end + 2 : end + 2 + length]
        at = end + 2 + length + 2


def _unpacked(body: bytes, encoding: str, url: str) -> bytes:
    """Unpack a body; many crawls unpacked it already and kept the header, which its first bytes tell."""
    encoding = encoding.strip().lower()
    if encoding in ("gzip", "x-gzip"):
        packed = body.startswith(GZIP_MAGIC)
        return inflate(body, LARGEST_BODY_BYTES, encoding="gzip", url=url) if packed else body
    if encoding == "deflate":
        return (
            body if body.lstrip()[:1] in (b"<", b"{") else inflate(body, LARGEST_BODY_BYTES, encoding=encoding, url=url)
        )
    if encoding in ("br", "zstd") and body.lstrip()[:1] != b"<":
        return _unpacked_by_fastwarc(body, encoding, url)
    return body


def _unpacked_by_fastwarc(body: bytes, encoding: str, url: str) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    reader = (BrotliReader if encoding == "br" else ZstdReader)(io.BytesIO(body))
    try:
        unpacked: bytes = reader.read(LARGEST_BODY_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"the {encoding} body is broken: {error}", url=url) from None
    if len(unpacked) > LARGEST_BODY_BYTES:
        raise TooLargeError(f"the {encoding} body unpacks to more than {LARGEST_BODY_BYTES:,} bytes", url=url)
    return unpacked


def charset_named(content_type: str | None) -> str | None:
    """Find the charset that a Content-Type header names."""
    for part in (content_type or "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'"):
            return value.strip(" \"'").lower()
    return None


def _begins_as_warc(path: Path) -> bool:
    """Say whether a file begins as WARC files do; a packed one whose start is spoilt is given the benefit."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(_MEMBER):
        try:
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 5).startswith(_PLAIN)
        except zlib.error:
            return True
    return head.startswith((_PLAIN, *_OTHER_PACKINGS))


def _next_member(path: Path, start: int) -> int | None:
    """Find the next place at which a WARC record begins."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[: len(_PLAIN)] == _PLAIN:
            at = data.find(b"\n" + _PLAIN, start)
            return None if at < 0 else at + 1
        at = data.find(_MEMBER, start)
        while at >= 0:
            try:
                if zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[at : at + 4096], 64).startswith(_PLAIN):
                    return at
            except zlib.error:
                at = data.find(_MEMBER, at + 1)
                continue
            at = data.find(_MEMBER, at + 1)
    return None
