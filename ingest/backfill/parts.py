"""
Part files: what one web archive gave, as JSON lines, with a mark beside it that it is whole.

In: captures with their documents and extractions. Out: a file of one line each, and the same records read back. A part
without its mark does not count: it is written again. Files are put in place whole, so a kill leaves none half-written.
"""

from __future__ import annotations

import json
import os
import types
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from db.records import Capture, Document, Extraction
from ingest.errors import IngestError

FORMAT = 1
_HEAD_BYTES = 4096
# The body stays where it is, in the archive it came from.
_LEFT_OUT = ("body", "headers")

Record = TypeVar("Record")


class PartError(IngestError):
    """A part file that cannot be read: which, where in it, and what to do."""

    kind = "bad_part"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of a crawl that reports something: where it came from, what it says, what was found."""

    warc: str
    """Path of the web archive, as it was given."""
    source: str
    """Slug of the source whose page it is; the one for unknown sites where the catalogue has none."""
    capture: Capture
    document: Document
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done with one web archive."""

    warc: str
    part: str
    extractor: str
    pages: int = 0
    looked_at: int = 0
    documents: int = 0
    claims: int = 0
    bytes: int = 0
    """Of the bodies of all pages."""
    seconds: float = 0.0
    passed_over: Mapping[str, int] = field(default_factory=dict)
    """Pages looked at that gave no document, by kind of reason."""
    damaged: int = 0
    damage: str | None = None
    format: int = FORMAT


def part_name(warc: Path) -> str:
    """Name the part of a web archive: the same for the same file, wherever it lies."""
    with warc.open("rb") as stream:
        digest = sha256(f"{warc.name}\n{warc.stat().st_size}\n".encode() + stream.read(_HEAD_BYTES)).hexdigest()
    stem = warc.name.removesuffix(".gz").removesuffix(".warc")
    return f"{stem[:80]}-{digest[:12]}.jsonl"


def finished(out: Path, name: str, extractor: str) -> Summary | None:
    """Read the mark of a part that is whole and was made by this extractor."""
    try:
        summary = from_plain(Summary, json.loads(_mark(out / name).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    current = summary.extractor == extractor and summary.format == FORMAT and (out / name).is_file()
    return summary if current else None


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """Open a file that takes its name only once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def finish(out: Path, summary: Summary) -> None:
    """Set the mark of a part."""
    with written(_mark(out / summary.part)) as stream:
        json.dump(asdict(summary), stream, ensure_ascii=False, indent=1)


def line_of(entry: Entry) -> str:
    """Write an entry as one line of JSON."""
    plain = asdict(entry)
    for name in _LEFT_OUT:
        del plain["capture"][name]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_entry(line: str, where: str) -> Entry:
    """Read an entry back."""
    try:
        return from_plain(Entry, json.loads(line))
    except (ValueError, TypeError, KeyError) as error:
        raise PartError(
            f"{where} is not a line of a part ({error}); delete the file and run the backfill again"
        ) from None


def from_plain(record: type[Record], plain: Any) -> Record:
    """Make a dataclass of what `asdict` and JSON made of it."""
    if not isinstance(plain, dict):
        raise TypeError(f"{record.__name__} wants an object, not {type(plain).__name__}")
    hints = _hints(cast(Any, record))
    values = {name: _value(hints[name], plain[name]) for name in hints if name in plain}
    missing = [
        one.name
        for one in fields(record)  # type: ignore[arg-type]
        if one.name not in values and one.default is MISSING and one.default_factory is MISSING
    ]
    if missing:
        raise KeyError(f"{record.__name__} without {', '.join(missing)}")
    return record(**values)


@cache
def _hints(record: type[Any]) -> dict[str, Any]:
    return get_type_hints(record)


def _value(hint: Any, plain: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        whole: list[Any] = [one for one in get_args(hint) if is_dataclass(one)]
        return from_plain(whole[0], plain) if whole and isinstance(plain, dict) else plain
    if origin is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in plain)
    if origin is Literal or not isinstance(hint, type):
        return plain
    return from_plain(hint, plain) if is_dataclass(hint) else plain


def _mark(part: Path) -> Path:
    return part.with_suffix(".done.json")
