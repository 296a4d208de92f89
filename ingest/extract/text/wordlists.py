"""
Word lists kept as text files in `lists/`: words parted by white space, lines that begin with "#" are comments.

In: a list's name. Out: its words. Never changes them: a list that needs a rule belongs in a module.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def words(name: str) -> frozenset[str]:
    """The words of `lists/<name>.txt`."""
    lines = (Path(__file__).parent / "lists" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
