"""
The catalogue of sources: `sources.yml` in, `Source` records out, or one error that names every fault at once.

Strict: an unknown field, a doubled slug, a reader that does not exist or a selector that does not parse is refused
before anything is fetched, with the file, the line, the entry, the field, its value and what is allowed there.
Never fetches and never looks whether a channel is alive: `gigawatch sources try` does.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from db.records import TIERS, Source, Tier
from ingest.dates import read_date
from ingest.errors import CatalogueError
from ingest.readers import Field, load_reader, reader_names
from ingest.selection import is_web_address
from ingest.words import is_word

CATALOGUE = Path(__file__).with_name("sources.yml")
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
            raise ValueError(_nearest(str(value), allowed))
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


def _words(value: object) -> tuple[str, ...]:
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
        _words,
    ),
    "skip": Field("a list of words, as in `match`, that an item must not have", _words),
    "paths": Field('a list of patterns for the path of an item\'s address, such as ["/news/*"]', _list_of_text),
    "since": Field("a day as YYYY-MM-DD: older items are left alone", _day),
}
OPTION_FIELDS = ("match", "skip", "paths", "since")


@dataclass(slots=True)
class _Reading:
    """One catalogue being read: what was found wrong so far, and the named word lists."""

    name: str
    faults: list[str] = field(default_factory=list)
    words: dict[str, object] = field(default_factory=dict)

    def refuse(self, entry: str, message: str) -> None:
        self.faults.append(f"{self.name}: {entry}: {message}")


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a key said twice and remembers where each mapping begins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str) and key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"field {key!r} is there twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def _nearest(word: str, allowed: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, allowed, n=1)
    return f"did you mean {close[0]}?" if close else ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def load_sources(path: Path | None = None) -> tuple[Source, ...]:
    """The sources of the catalogue at `path` (when None: the one in the package), in its order."""
    path = CATALOGUE if path is None else path
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: cannot be read ({error})") from error
    return parse_sources(text, path.name)


def parse_sources(text: str, name: str) -> tuple[Source, ...]:
    """The sources of a catalogue's text; `name` is how errors call it."""
    try:
        root = yaml.compose(text, Loader=_Loader)
        catalogue = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{name}: no YAML that can be read: {' '.join(str(error).split())}") from error
    reading = _Reading(name)
    if not isinstance(catalogue, dict) or not isinstance(catalogue.get("sources"), list) or not catalogue["sources"]:
        raise CatalogueError(f"{name}: needs a list under `sources:`, and may have lists of match words under `words:`")
    for key in catalogue.keys() - {"sources", "words"}:
        reading.refuse(f"field {key}", "unknown at the top of the file; allowed are `sources` and `words`")
    _read_words(catalogue.get("words", {}), reading)
    lines = list(_lines(root))
    sources: list[Source] = []
    slugs: dict[str, int] = {}
    for number, entry in enumerate(catalogue["sources"], start=1):
        slug = entry.get("slug") if isinstance(entry, dict) else None
        line = f" (line {lines[number - 1]})" if number <= len(lines) else ""
        label = f"entry {slug if isinstance(slug, str) else number}{line}"
        before = len(reading.faults)
        source = _source(entry, label, reading)
        if isinstance(slug, str) and slug in slugs:
            reading.refuse(
                label, f"field slug: {_shown(slug)} is already entry {slugs[slug]}; allowed: a slug of its own"
            )
        elif isinstance(slug, str):
            slugs[slug] = number
        if source is not None and len(reading.faults) == before:
            sources.append(source)
    if reading.faults:
        raise CatalogueError("\n".join(reading.faults))
    return tuple(sources)


def _lines(root: yaml.Node | None) -> Iterator[int]:
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "sources" and isinstance(value, yaml.SequenceNode):
                yield from (entry.start_mark.line + 1 for entry in value.value)


def _read_words(lists: object, reading: _Reading) -> None:
    if not isinstance(lists, dict):
        reading.refuse("field words", "is not a mapping from a name to a list of words")
        return
    for name, words in lists.items():
        try:
            reading.words[str(name)] = list(_words(words))
        except ValueError as error:
            reading.refuse(f"field words.{name}", f"{_shown(words)} is not allowed {error}; allowed: a list of words")


def _source(entry: object, label: str, reading: _Reading) -> Source | None:
    if not isinstance(entry, dict):
        reading.refuse(label, f"{_shown(entry)} is not an entry; allowed: a mapping with {', '.join(FIELDS)}")
        return None
    fields = dict(FIELDS)
    if entry.get("reader") == "chronicle":
        fields["url"] = Field("package:FOLDER, or a folder on the disk", _folder, True)
    options: Mapping[str, Field] = {}
    if entry.get("reader") in reader_names():
        options = load_reader(entry["reader"]).OPTIONS
        fields |= options
    for key in entry.keys() - fields.keys():
        hint = _nearest(str(key), tuple(fields))
        reading.refuse(label, f"field {key}: unknown; {hint + ' ' if hint else ''}allowed: {', '.join(fields)}")
    values: dict[str, Any] = {}
    for name, rule in fields.items():
        value = entry.get(name)
        if name in {"match", "skip"} and isinstance(value, str):
            value = reading.words.get(value, value)
        if name not in entry:
            if rule.required:
                reading.refuse(label, f"field {name}: missing; allowed: {rule.allowed}")
            continue
        try:
            values[name] = rule.parse(value)
        except ValueError as error:
            why = f" ({error})" if str(error) else ""
            reading.refuse(label, f"field {name}: {_shown(value)} is not allowed{why}; allowed: {rule.allowed}")
    if any(rule.required and name not in values for name, rule in fields.items()):
        return None
    least, most = values["links"]
    return Source(
        slug=values["slug"],
        publisher=values["publisher"],
        url=values["url"],
        reader=values["reader"],
        tier=cast(Tier, values["tier"]),
        language=values.get("language", "en"),
        country=values.get("country"),
        min_links=least,
        max_links=most,
        cadence_hours=values["every"],
        options={name: values[name] for name in (*OPTION_FIELDS, *options) if name in values},
    )
