"""
Readers: a source in, the links it names out.

One module a kind, found by the name that the catalogue uses. A reader module has `OPTIONS`, the fields it takes in a
catalogue entry besides the common ones, and `async def read(source, get) -> Reading`. The getter is passed in: a
reader never opens a connection, a file of ours or a database, and never looks at a clock.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, cast

from db.records import Capture, Issue, Link, Source
from ingest.errors import ListingError

Get = Callable[[str], Awaitable[Capture]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at a channel brought."""

    links: tuple[Link, ...] = ()
    issues: tuple[Issue, ...] = ()
    seen: int = 0
    """Items the channel named, before match words and dates chose among them: the bounds are on this number."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Tables that are taken whole, by file name: they have rows of their own, and no documents."""
    unchanged: bool = False
    """The channel answered "not modified": nothing was read, and nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a catalogue entry: `parse` gives its value or raises ValueError."""

    allowed: str
    parse: Callable[[object], object]
    required: bool = False


class Reader(Protocol):
    """What a module of this package offers."""

    OPTIONS: Mapping[str, Field]

    async def read(self, source: Source, get: Get) -> Reading:
        """One look at the channel."""


@cache
def reader_names() -> tuple[str, ...]:
    """The kinds of reader there are."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load_reader(name: str) -> Reader:
    """The reader called `name`."""
    if name not in reader_names():
        raise ListingError(f"no reader is called {name!r}; there are {', '.join(reader_names())}", kind="no_reader")
    return cast(Reader, importlib.import_module(f"{__name__}.{name}"))


async def read_source(source: Source, get: Get) -> Reading:
    """Read `source` with the reader that it names."""
    return await load_reader(source.reader).read(source, get)
