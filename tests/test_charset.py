"""Every body has a text, and the best evidence gives it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetching.charset import decode, known_charset

GERMAN = "Für 3 Milliarden € entsteht ein Rechenzentrum in Lübbenau"
JAPANESE = "データセンターを建設すると発表した。投資額は二千億円の見込み。" * 4


def page(text: str, charset: str, *, meta: str | None = None) -> bytes:
    head = f'<meta charset="{meta}">' if meta else ""
    return f"<html><head>{head}</head><body>{text}</body></html>".encode(charset)


@pytest.mark.parametrize(
    ("body", "header", "charset", "evidence", "said"),
    [
        (page(GERMAN, "utf-8"), "utf-8", "utf-8", "header", GERMAN),
        (page(GERMAN, "utf-8"), None, "utf-8", "bytes", GERMAN),
        (page(GERMAN, "utf-8", meta="utf-8"), "iso-8859-1", "utf-8", "meta", GERMAN),
        (page(GERMAN, "cp1252"), "ISO-8859-1", "cp1252", "header", GERMAN),
        (page(GERMAN, "cp1252", meta="windows-1252"), None, "cp1252", "meta", GERMAN),
        (page(GERMAN, "cp1252", meta="windows-1252"), "utf-8", "cp1252", "meta", GERMAN),
        (page(JAPANESE, "cp932", meta="Shift_JIS"), None, "cp932", "meta", JAPANESE),
        (page(JAPANESE, "euc_jp"), "euc-jp", "euc_jp", "header", JAPANESE),
        (b"\xef\xbb\xbf" + GERMAN.encode(), "latin-1", "utf-8", "bom", GERMAN),
        (b"\xff\xfe" + GERMAN.encode("utf-16-le"), None, "utf-16-le", "bom", GERMAN),
        (b'<?xml version="1.0" encoding="ISO-8859-15"?><a>\xa4</a>', None, "iso8859-15", "xml", "€"),
        (b"plain", None, "utf-8", "bytes", "plain"),
        (b"plain", "latin-1", "cp1252", "header", "plain"),
        (page(GERMAN, "utf-8", meta="utf-16"), None, "utf-8", "bytes", GERMAN),
    ],
)
def test_evidence(body: bytes, header: str | None, charset: str, evidence: str, said: str) -> None:
    decoded = decode(body, header)
    assert (decoded.charset, decoded.evidence, decoded.unread) == (charset, evidence, 0)
    assert said in decoded.text


def test_detection_when_nobody_says() -> None:
    decoded = decode(page(JAPANESE, "cp932"))
    assert decoded.evidence == "detection"
    assert JAPANESE in decoded.text


def test_one_spoilt_byte_does_not_garble_the_rest() -> None:
    decoded = decode(page(GERMAN + "\n" + JAPANESE, "utf-8") + b"<!-- \xfc -->", "utf-8")
    assert (decoded.charset, decoded.unread) == ("utf-8", 1)
    assert GERMAN in decoded.text


def test_a_label_that_fits_nothing_is_not_kept() -> None:
    words = "The hall costs €3 billion – and it’s in Málaga. " * 20
    decoded = decode(b'<html><meta charset="utf-8"><p>' + words.encode("cp1252"), "utf-8")
    assert (decoded.charset, decoded.unread) == ("cp1252", 0)
    assert words in decoded.text


def test_what_cannot_be_read_is_counted() -> None:
    decoded = decode(b"\xef\xbb\xbfgood \xff\xfe bad", None)
    assert decoded.unread == 2
    assert decoded.text.startswith("good ")


@pytest.mark.parametrize(
    "label", ["hex", "rot13", "idna", "punycode", "unicode_escape", "zip", "", None, "x-none", "utf\0"]
)
def test_labels_that_are_no_charset_of_a_page(label: str | None) -> None:
    assert known_charset(label) is None


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "gb2312", "utf-16", "nonsense", "iso-2022-jp"])
)
def test_never_raises(body: bytes, header: str | None) -> None:
    assert isinstance(decode(body, header).text, str)
