"""
One writer at a time: a lock file beside the database.

In: the database's path, who wants to write, and the moment. Out: a context in which nobody else writes, or a
`LockedError` that says who does. The lock belongs to the process, so a killed run leaves none behind; `flock(1)` sees
it too. Never waits.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.failures import DatabaseError


class LockedError(Exception):
    """Another run is writing to this database."""

    exit_code = 75


@contextmanager
def hold(database: Path, command: str, now: str) -> Iterator[None]:
    """Hold the lock of `database`; what is written beside it tells others who holds it."""
    from filelock import FileLock, Timeout

    path = Path(f"{database}.lock")
    # The holder's name lies in a file of its own: whoever tries the lock empties the lock file.
    holder = Path(f"{path}.json")
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(f"{database}: another run is writing to it ({_describe(holder)}); nothing was done") from None
    except OSError as error:
        why = f"nothing may be written beside it ({error.strerror})"
        raise DatabaseError(database, why, "Check the permissions of the folder, or use another --db.") from None
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "command": command, "since": now}), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f"pid {told['pid']}, `{told['command']}`, since {told['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it does not say who it is"
