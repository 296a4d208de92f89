"""
The commands, each imported when it is asked for.

In: the name of a command. Out: the command. A program that starts reads the modules of one command, not of all.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module

import click

MODULES = {
    "demo": "ingesting",
    "ingest": "ingesting",
    "add": "ingesting",
    "extract": "extracting",
    "reextract": "reading",
    "rebuild": "reading",
    "evaluate": "evaluating",
    "backfill": "backfilling",
    "sources": "cataloguing",
    "status": "upkeep",
    "verify": "upkeep",
    "export": "publishing",
    "serve": "publishing",
    "schedule": "upkeep",
}
"""Name of a command, as users and its function write it -> the module beside this one that holds it."""


class Commands(MutableMapping[str, click.Command]):
    """Name -> command, in the order of MODULES."""

    def __init__(self) -> None:
        self._more: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Import the module of the command."""
        if name in self._more:
            return self._more[name]
        command = getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
        assert isinstance(command, click.Command)
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Take in a command from elsewhere."""
        self._more[name] = command

    def __delitem__(self, name: str) -> None:
        """Leave one out again."""
        del self._more[name]

    def __iter__(self) -> Iterator[str]:
        """Name them all, importing none."""
        return iter({**MODULES, **self._more})

    def __len__(self) -> int:
        """Count them."""
        return len({**MODULES, **self._more})
