"""
Compressed bodies, unpacked within a bound.

In: compressed bytes, all at once or in pieces. Out: plain bytes, never more than the bound. A body cut short, a broken
body and one that unpacks beyond the bound are errors of their own; none is ever handed on as if it were whole.
"""

from __future__ import annotations

import zlib

from ingest.errors import TooLargeError, TruncatedError, UnreadableError

GZIP_MAGIC = b"\x1f\x8b"
_STEP_BYTES = 1 << 20
# What servers write there besides, when nothing is packed.
_NOT_PACKED = frozenset({"", "identity", "none", "binary", "8bit", "utf-8", "utf8", "iso-8859-1"})


class Inflater:
    """Unpacks one body piece by piece. `encoding` is the word of the Content-Encoding header."""

    def __init__(self, encoding: str | None, limit_bytes: int, url: str | None = None) -> None:
        self._encoding = (encoding or "identity").strip().lower()
        self._limit_bytes = limit_bytes
        self._url = url
        self._size_bytes = 0
        self._started = False
        self._unpacker: zlib._Decompress | None = None
        if self._encoding in ("gzip", "x-gzip"):
            self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        elif self._encoding == "deflate":
            self._unpacker = zlib.decompressobj()
        elif self._encoding not in _NOT_PACKED:
            raise UnreadableError(f"the body is packed as {encoding!r}, which was not asked for", url=url)

    def feed(self, piece: bytes) -> bytes:
        """Unpack one more piece."""
        if not piece:
            return b""
        if self._unpacker is None:
            self._count(len(piece))
            return piece
        unpacked = bytearray()
        while piece:
            unpacked += self._step(piece)
            piece = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                # A gzip body may be several in a row; anything else after the end is padding.
                piece = self._unpacker.unused_data
                if self._encoding == "deflate" or not piece.startswith(GZIP_MAGIC):
                    break
                self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return bytes(unpacked)

    def finish(self) -> None:
        """Say that the body has ended; raises where it should have gone on."""
        if self._unpacker is not None and self._started and not self._unpacker.eof:
            raise TruncatedError(
                f"the {self._encoding} body ends in the middle, after {self._size_bytes:,} unpacked bytes",
                url=self._url,
            )

    def _step(self, piece: bytes) -> bytes:
        assert self._unpacker is not None
        try:
            unpacked = self._unpacker.decompress(piece, _STEP_BYTES)
        except zlib.error as error:
            if self._encoding == "deflate" and not self._started:
                # Many servers send bare deflate where the standard means zlib.
                self._started = True
                self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
                return self._step(piece)
            raise UnreadableError(f"the {self._encoding} body is broken: {error}", url=self._url) from None
        self._started = True
        self._count(len(unpacked))
        return unpacked

    def _count(self, size_bytes: int) -> None:
        self._size_bytes += size_bytes
        if self._size_bytes > self._limit_bytes:
            raise TooLargeError(
                f"the body unpacks to more than the {self._limit_bytes:,} bytes allowed; reading stopped there",
                url=self._url,
            )


def inflate(body: bytes, limit_bytes: int, *, encoding: str | None = "gzip", url: str | None = None) -> bytes:
    """Unpack a whole body, a `.xml.gz` sitemap for one."""
    inflater = Inflater(encoding, limit_bytes, url)
    unpacked = inflater.feed(body)
    inflater.finish()
    return unpacked
