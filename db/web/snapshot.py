"""
The database as one file to take away, while the program goes on writing to it.

In: the address of the database, ending in `.db`. Out: a copy as of one moment, made anew only when something was
written since. Never copies where the setting `allow_download` is off, or where there is no room for a second file.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from datasette.utils.asgi import AsgiFileDownload, Forbidden, NotFound, Request, Response

SPARE = 2
"""Times the size of the file that must be free where the copy goes."""

Moment = tuple[int, ...]
_made: dict[Path, tuple[Moment, Path]] = {}
_one_at_a_time = Lock()


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the route of this module."""
    return [(r"/(?P<database>[^\/\.]+)\.db$", download)]


def is_offered(datasette: Any, database: Any) -> bool:
    """Whether the file may be taken away."""
    return bool(database.path and not database.is_memory and datasette.setting("allow_download"))


async def download(datasette: Any, request: Request) -> Any:
    """Answer `/database.db` with the whole file as of now."""
    try:
        database = datasette.get_database(request.url_vars["database"])
    except KeyError as error:
        raise NotFound("There is no such database here.") from error
    may = await datasette.permission_allowed(request.actor, "view-database-download", database.name, default=True)
    if not may or not is_offered(datasette, database):
        raise Forbidden("This server does not give its database away as a file.")
    path = Path(database.path)
    if database.is_mutable:
        try:
            path = await asyncio.to_thread(copied, path)
        except (OSError, sqlite3.Error) as error:
            return Response.text(f"No copy of the database could be made: {error}\n", status=503)
    headers = {"access-control-allow-origin": "*"}
    return AsgiFileDownload(str(path), f"{database.name}.db", "application/vnd.sqlite3", headers)


def copied(path: Path) -> Path:
    """
    Copy the database as of one moment, and return where the copy is: the last one, when nothing was written since.

    Raises OSError where there is no room for it.
    """
    with _one_at_a_time:
        moment = _moment(path)
        last, copy = _made.get(path, ((), None))
        if copy is not None and last == moment and copy.exists():
            return copy
        size, free = path.stat().st_size, shutil.disk_usage(_folder().name).free
        if free < SPARE * size:
            raise OSError(f"{size / 1e6:,.0f} MB want twice as much room, and {free / 1e6:,.0f} MB are free")
        if copy is not None:
            copy.unlink(missing_ok=True)  # who is reading it reads on
        copy = Path(_folder().name, f"{uuid4()}.db")
        _copy(path, copy)
        _made[path] = moment, copy
        return copy


def _copy(path: Path, to: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        contextlib.closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, that needs no other beside it


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where the copies are; gone when the server ends."""
    return tempfile.TemporaryDirectory(prefix="gigawatch-")


def _moment(path: Path) -> Moment:
    """What changes with everything that is written: size and time of the file and of what is written ahead of it."""
    ahead = path.with_name(path.name + "-wal")
    # A reader may leave an empty one, in which nothing is written.
    files = [path, ahead] if ahead.exists() and ahead.stat().st_size else [path]
    return tuple(part for file in files for part in (file.stat().st_size, file.stat().st_mtime_ns))
