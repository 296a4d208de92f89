"""Compressed bodies are unpacked whole, or not at all."""

from __future__ import annotations

import gzip
import zlib

import pytest

from ingest.errors import TooLargeError, TruncatedError, UnreadableError
from ingest.fetching.inflate import Inflater, inflate

TEXT = b"A campus of 200 MW. " * 500


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("identity", TEXT),
        (None, TEXT),
        ("UTF-8", TEXT),
    ],
)
def test_whole_bodies(encoding: str | None, packed: bytes) -> None:
    assert inflate(packed, 1_000_000, encoding=encoding) == TEXT
    inflater = Inflater(encoding, 1_000_000)
    assert b"".join(inflater.feed(packed[at : at + 7]) for at in range(0, len(packed), 7)) == TEXT
    inflater.finish()


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("kept", [4, 30, -9, -1])
def test_a_body_cut_short_is_an_error(encoding: str, kept: int) -> None:
    packed = gzip.compress(TEXT) if encoding == "gzip" else zlib.compress(TEXT)
    with pytest.raises(TruncatedError, match="ends in the middle"):
        inflate(packed[:kept], 1_000_000, encoding=encoding)


def test_a_broken_body_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="gzip body is broken"):
        inflate(b"<html>not packed at all</html>", 1_000_000)
    packed = bytearray(gzip.compress(TEXT))
    packed[20:40] = bytes(20)
    with pytest.raises((UnreadableError, TruncatedError)):
        inflate(bytes(packed), 1_000_000)


def test_a_bomb_stops_at_the_bound() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(TooLargeError, match="5,000,000 bytes allowed") as caught:
        inflate(bomb, 5_000_000, url="https://example.com/bomb")
    assert caught.value.url == "https://example.com/bomb"
    with pytest.raises(TooLargeError):
        Inflater(None, 10).feed(bytes(11))


def test_an_encoding_that_was_not_asked_for() -> None:
    with pytest.raises(UnreadableError, match="'br'"):
        Inflater("br", 10)


def test_nothing_is_a_whole_body() -> None:
    assert inflate(b"", 10) == b""
