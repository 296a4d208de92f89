"""
The fields of a catalogue entry: what each may be, and its value.

In: a value as YAML gives it. Out: the value as `Source` has it, or ValueError with what more there is to say. What is
allowed stands beside each field in words, for the person whose entry was refused.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date

from db.records import TIERS
from ingest.pages.dates import read_date
from ingest.readers import Field, reader_names
from ingest.selection import is_web_address
from ingest.words import is_word


def nearest(word: str, allowed: tuple[str, ...]) -> str:
    """The question "did you mean" with the allowed word that comes closest, or nothing."""
    close = difflib.get_close_matches(word, allowed, n=1)
    return f"did you mean {close[0]}?" if close else ""


HOURS = {"h": 1, "d": 24, "w": 168}


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
        raise ValueError
    return value.strip()


def _slug(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value) or len(value) > 60:
        raise ValueError
    return value


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in allowed:
            raise ValueError(nearest(str(value), allowed))
        return str(value)

    return check


def _url(value: object) -> str:
    if not isinstance(value, str) or not is_web_address(value) or re.search(r"\s", value):
        raise ValueError
    return value


def _folder(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value


def _links(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2 or not all(type(one) is int for one in value):
        raise ValueError
    least, most = value
    if not 0 <= least <= most or most < 1:
        raise ValueError("the first must not be more than the second")
    return least, most


def _every(value: object) -> int:
    found = re.fullmatch(r"([1-9]\d{0,3})([hdw])", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError
    return int(found[1]) * HOURS[found[2]]


def _list_of_text(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        raise ValueError
    return tuple(value)


def parse_words(value: object) -> tuple[str, ...]:
    """A list of match words."""
    words = _list_of_text(value)
    for word in words:
        if not is_word(word):
            raise ValueError(f"{word!r} is no match word")
    return words


def _day(value: object) -> str:
    text = value.isoformat() if type(value) is date else value
    if not isinstance(text, str) or len(text) != 10 or read_date(text) != text:
        raise ValueError
    return text


def _code(pattern: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ValueError
        return value

    return check


FIELDS: Mapping[str, Field] = {
    "slug": Field("small letters, digits and single hyphens, at most 60, and no other entry's slug", _slug, True),
    "publisher": Field("the name of who publishes it, on one line", _text, True),
    "url": Field("an http or https address", _url, True),
    "reader": Field(f"one of {', '.join(reader_names())}", _one_of(reader_names()), True),
    "tier": Field(f"one of {', '.join(TIERS)}", _one_of(TIERS), True),
    "links": Field("[least, most]: two whole numbers, the items that a healthy run finds", _links, True),
    "every": Field("a number and h, d or w: 12h, 7d, 2w; how often something new should come", _every, True),
    "language": Field("a language code of two small letters, such as en", _code("[a-z]{2}")),
    "country": Field("the publisher's country as two capitals, such as US", _code("[A-Z]{2}")),
    "match": Field(
        "a list of words, or the name of a list under `words:`: letters and digits, with * at the end for any ending",
        parse_words,
    ),
    "skip": Field("a list of words, as in `match`, that an item must not have", parse_words),
    "paths": Field('a list of patterns for the path of an item\'s address, such as ["/news/*"]', _list_of_text),
    "since": Field("a day as YYYY-MM-DD: older items are left alone", _day),
}
CHRONICLE_URL = Field("package:FOLDER, or a folder on the disk", _folder, True)
