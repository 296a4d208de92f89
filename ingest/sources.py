"""
The catalogue of sources: `sources.yml` in, `Source` records out, or one error that names every fault at once.

Strict: an unknown field, a doubled slug, a reader that does not exist or a selector that does not parse is refused
before anything is fetched, with the file, the line, the entry, the field, its value and what is allowed there.
Never fetches and never looks whether a channel is alive: `gigawatch sources try` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

from db.records import Source, Tier
from ingest.errors import CatalogueError
from ingest.readers import Field, load_reader, reader_names
from ingest.source_fields import CHRONICLE_URL, FIELDS, nearest, parse_words

CATALOGUE = Path(__file__).with_name("sources.yml")
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
            reading.words[str(name)] = list(parse_words(words))
        except ValueError as error:
            reading.refuse(f"field words.{name}", f"{_shown(words)} is not allowed {error}; allowed: a list of words")


def _source(entry: object, label: str, reading: _Reading) -> Source | None:
    if not isinstance(entry, dict):
        reading.refuse(label, f"{_shown(entry)} is not an entry; allowed: a mapping with {', '.join(FIELDS)}")
        return None
    fields = dict(FIELDS)
    if entry.get("reader") == "chronicle":
        fields["url"] = CHRONICLE_URL
    options: Mapping[str, Field] = {}
    if entry.get("reader") in reader_names():
        options = load_reader(entry["reader"]).OPTIONS
        fields |= options
    for key in entry.keys() - fields.keys():
        hint = nearest(str(key), tuple(fields))
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
