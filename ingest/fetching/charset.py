"""
Bytes to text: which charset a page is in, and how far it could be read.

In: a body and the charset that the header named. Out: the text, the charset, which evidence gave it, and how many
characters could not be read. Evidence that the bytes contradict is passed over. Never raises: every body has a text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# The WHATWG labels that mean another, larger charset than they say.
_MEANS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "big5": "big5hkscs", "iso-8859-9": "cp1254",
    "tis-620": "cp874", "iso-8859-11": "cp874", "unicode": "utf-16-le", "utf-16": "utf-16-le", "ucs-2": "utf-16-le",
    "x-mac-roman": "mac-roman", "macintosh": "mac-roman",
}  # fmt: skip
# Codecs that read text as pages are written; Python also counts escape and domain-name codecs as text.
_READABLE = re.compile(
    r"utf-8|utf-16-[lb]e|cp125\d|cp866|cp874|cp932|cp949|gb18030|big5hkscs|euc_jp|iso2022_jp|koi8-[ru]|mac-roman"
    r"|mac-cyrillic|iso8859-\d+"
)
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})["']""")
_HEAD_BYTES = 4096
_SAMPLE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as text. `unread` counts the characters that became U+FFFD."""

    text: str
    charset: str
    evidence: str
    """Which evidence gave the charset: bom, header, xml, meta, bytes, detection, none."""
    unread: int = 0


def decode(body: bytes, header_charset: str | None = None) -> Decoded:
    """Read a body as text, by the best evidence that its bytes do not contradict."""
    for mark, charset in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _read(body[len(mark) :], charset, "bom")
    said = list(_said(body, header_charset))
    utf8 = _strictly(body, "utf-8")
    if utf8 is not None and all(charset not in ("utf-16-le", "utf-16-be") for charset, _ in said[:1]):
        # Bytes beyond ASCII that happen to be UTF-8 are UTF-8, whatever an old server's default header says.
        evidence = next((evidence for charset, evidence in said if charset == "utf-8"), "bytes")
        if not body.isascii() or not said or said[0][0] == "utf-8":
            return Decoded(utf8, "utf-8", evidence)
    for charset, evidence in said:
        text = _strictly(body, charset)
        if text is not None:
            return Decoded(text, charset, evidence)
    mended = _mostly_utf8(body)
    if mended is not None:
        return mended
    guess = _detected(body)
    if guess is not None:
        return _read(body, guess, "detection")
    if said:
        as_said = _read(body, *said[0])
        if as_said.unread * 4 <= sum(1 for char in as_said.text if char > "\x7f"):
            return as_said
    # A label that fits none of the bytes beyond ASCII is no evidence; most such pages are of an old Windows.
    return _read(body, "cp1252", "none")


def known_charset(label: str | None) -> str | None:
    """Name the codec that a charset label means on the web, or nothing where it means none."""
    if not label:
        return None
    word = label.strip(" \t\r\n\"';").lower()
    try:
        name = codecs.lookup(_MEANS.get(word, word)).name
    except (LookupError, UnicodeError, ValueError):
        return None
    name = _MEANS.get(name, name)
    return name if _READABLE.fullmatch(name) else None


def _said(body: bytes, header_charset: str | None) -> Iterator[tuple[str, str]]:
    """Go through what header, XML declaration and meta element say, in the order of their weight."""
    head = body[:_HEAD_BYTES]
    for label, evidence in (
        (header_charset, "header"),
        *((found[1].decode("ascii"), "xml") for found in [_XML.search(head)] if found),
        *((found[1].decode("ascii"), "meta") for found in [_META.search(head)] if found),
    ):
        charset = known_charset(label)
        if charset is not None and not (evidence != "header" and charset.startswith("utf-16")):
            # A declaration that could be read as ASCII is no UTF-16, whatever it says.
            yield charset, evidence


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _read(body: bytes, charset: str, evidence: str) -> Decoded:
    text = body.decode(charset, errors="replace")
    return Decoded(text, charset, evidence, text.count("\ufffd"))


def _mostly_utf8(body: bytes) -> Decoded | None:
    """Read UTF-8 with a few spoilt bytes as UTF-8: one bad byte in a comment must not garble every other letter."""
    decoded = _read(body, "utf-8", "bytes")
    beyond_ascii = sum(1 for char in decoded.text if char > "\x7f")
    return decoded if decoded.unread * 4 <= beyond_ascii else None


def _detected(body: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE_BYTES]).best()
    return None if best is None else known_charset(best.encoding)
