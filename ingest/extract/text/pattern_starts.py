"""
How a match of a pattern can begin.

In: a regular expression, parsed. Out: the stems of the words that a match can begin with, where the pattern matches only at the
start of a word or at a sign, and the letters it can begin with elsewhere; None where no such list is short. Wider than the truth
where a pattern looks ahead or back, never narrower. Never runs the pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from ingest.extract.text.word_index import STEM

MOST = 2000
"""Beginnings that are worth listing."""
LOOSE = 4
"""Letters of a beginning that may stand inside a word."""


@dataclass(frozen=True, slots=True)
class Starts:
    """`stems` of words to begin at, what shorter stems may go on with anything, and what may stand inside a word."""

    stems: frozenset[str]
    short: tuple[str, ...]
    loose: tuple[str, ...]


class _UnlistedError(Exception):
    """Raised where the beginnings cannot be listed."""


class _Path(NamedTuple):
    """One way to begin: the letters so far, whether they start a word, whether no more is known, or no more letters belong to it."""

    letters: str = ""
    anchored: bool = False
    done: bool = False
    short: bool = False


def starts_of(pattern: str, flags: int = 0) -> Starts | None:
    """
    The beginnings of `pattern`, None where they cannot be listed.

    >>> sorted(starts_of(r"\\b(?:cancel(?:s|led)?|off)\\b").stems)
    ['canc', 'off']
    >>> starts_of(r"\\b\\w+ing") is None
    True
    """
    try:
        paths = _walk(_parser.parse(pattern, flags), {_Path()})
    except _UnlistedError:
        return None
    loose = {path.letters for path in paths if not path.anchored}
    if any(not path.letters for path in paths) or any(len(letters) < 2 for letters in loose):
        return None
    short = {path.letters for path in paths if path.anchored and (path.short or not path.done)}
    stems = frozenset(path.letters for path in paths if path.anchored) - short
    return Starts(stems, tuple(sorted(short)), tuple(sorted(loose)))


def first_letters(items: Iterable[tuple[Any, Any]]) -> set[str] | None:
    """The letters in lower case that a match of the parsed pattern can begin with, None where they cannot be listed."""
    try:
        letters = {path.letters[:1] for path in _walk(items, {_Path()})}
    except _UnlistedError:
        return None
    return None if "" in letters else letters


def _walk(items: Iterable[tuple[Any, Any]], paths: set[_Path]) -> set[_Path]:
    for code, value in items:
        if all(path.done for path in paths):
            break
        if len(paths) > MOST:
            raise _UnlistedError
        out: set[_Path] = set()
        for path in paths:
            if path.done:
                out.add(path)
            else:
                out |= _step(code, value, path)
        paths = out
    return paths


def _step(code: Any, value: Any, path: _Path) -> set[_Path]:
    if code is op.LITERAL:
        return {_longer(path, chr(value))}
    if code is op.IN:
        return _class(value, path)
    if code is op.BRANCH:
        return set().union(*(_walk(one, {path}) for one in value[1]))
    if code is op.SUBPATTERN:
        return _walk(value[3], {path})
    if code is op.ATOMIC_GROUP:
        return _walk(value, {path})
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeat(value, path)
    if code is op.AT:
        return {_at(value, path)}
    if code in (op.ASSERT, op.ASSERT_NOT):
        return {_looked(code, value, path)}
    return {_cut(path)}  # any character, a group again


def _cut(path: _Path) -> _Path:
    """The path as far as it is known: it may go on with anything."""
    if not path.letters:
        raise _UnlistedError
    return _Path(path.letters, path.anchored, True, path.anchored)


def _longer(path: _Path, char: str) -> _Path:
    letter = char.isalnum() or char == "_"
    char = char.lower()
    if not path.anchored and (path.letters or letter):
        letters = path.letters + char
        return _Path(letters, False, len(letters) >= LOOSE)
    if not path.letters:
        if char.isspace():
            raise _UnlistedError
        return _Path(char, True, not letter or char.isdecimal())
    if not letter:
        return _Path(path.letters, True, True)
    letters = path.letters + char
    return _Path(letters, True, len(letters) >= STEM)


def _class(items: Sequence[tuple[Any, Any]], path: _Path) -> set[_Path]:
    if path.letters and not path.anchored:
        return {_Path(path.letters, False, True)}
    chars: set[str] = set()
    for code, value in items:
        if code is op.LITERAL:
            chars.add(chr(value))
        elif code is op.RANGE and value[1] - value[0] <= 64:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        elif code is op.CATEGORY and value is op.CATEGORY_SPACE and path.letters:
            chars.add(" ")
        elif code is op.CATEGORY and value is op.CATEGORY_DIGIT:
            chars.update("0123456789")
        else:
            return {_cut(path)}
    return {_longer(path, char) for char in chars}


def _repeat(value: Any, path: _Path) -> set[_Path]:
    least, most, body = value
    out: set[_Path] = set()
    paths = {path}
    for count in range(STEM + LOOSE):
        if count >= least:
            out |= paths
        if count == most or not paths:
            break
        longer = _walk(body, paths)
        out |= {one for one in longer if one.done}
        paths = {one for one in longer if not one.done} - paths
    return out


def _at(value: Any, path: _Path) -> _Path:
    if not path.letters:
        if value in (op.AT_BOUNDARY, op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            return _Path("", True)
        raise _UnlistedError
    if value in (op.AT_BOUNDARY, op.AT_END, op.AT_END_STRING):
        return _Path(path.letters, path.anchored, True)
    return _cut(path)


def _looked(code: Any, value: Any, path: _Path) -> _Path:
    direction, body = value
    if len(body) != 1 or body[0][0] is not op.IN:
        return path
    word = (op.CATEGORY, op.CATEGORY_WORD) in body[0][1]
    negated = body[0][1][0][0] is op.NEGATE
    outside = word and negated == (code is op.ASSERT)  # no letter there
    if direction < 0 and outside and not path.letters:
        return _Path("", True)
    if direction > 0 and outside and path.letters:
        return _Path(path.letters, path.anchored, True)
    return path
