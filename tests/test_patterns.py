"""A pattern that is tried only where it can begin finds what `re` finds, in any text and any part of it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest.extract
from ingest.extract.metrics.cues import CueTable, find
from ingest.extract.text.pattern_starts import starts_of
from ingest.extract.text.patterns import Pattern, Window, compiled
from ingest.extract.text.word_index import index_of


def values(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for one in value:
            yield from values(one)
    elif isinstance(value, CueTable):
        yield from value.patterns
    else:
        yield value


MODULES = [
    importlib.import_module(info.name)
    for info in pkgutil.walk_packages(ingest.extract.__path__, f"{ingest.extract.__name__}.")
]
PATTERNS = list(
    {one.regex: one for module in MODULES for name in vars(module).values() for one in values(name)
     if isinstance(one, Pattern)}.values()
)  # fmt: skip
TABLES = [value for module in MODULES for value in vars(module).values() if isinstance(value, CueTable)]
WORDS = sorted({word for one in PATTERNS for word in re.findall(r"[^\W\d_]{2,}", one.regex.pattern)})
ODD = ["$5", "1.5", "2027", "GW", "’s", "İn", "ſaid", "٣", "up", "to", "AI", "데이터센터", "투자금", "😀", "x-", "("]
PIECES = st.lists(st.sampled_from(WORDS) | st.sampled_from(ODD) | st.text(max_size=4), min_size=3, max_size=90)
TEXTS = st.builds(lambda gap, words: gap.join(words), st.sampled_from([" ", " ", " ", "", ", ", "\n", "-"]), PIECES)


def spans(matches: Iterator[re.Match[str]]) -> list[tuple[int, int]]:
    return [match.span() for match in matches]


def test_there_are_patterns_and_nearly_all_are_listed() -> None:
    assert len(PATTERNS) > 60
    assert [one.regex.pattern[:60] for one in PATTERNS if not one.is_listed] == []


def test_a_word_that_the_end_cuts_is_what_is_left_of_it() -> None:
    text = "투자금 ABS" + " " * 401
    one = compiled(r"(?<!\w)(?:투자\w*|spent)(?!\w)")
    assert spans(one.finditer(text, 0, 2)) == spans(one.regex.finditer(text, 0, 2)) == [(0, 2)]


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 300), st.integers(0, 900))
def test_every_pattern_of_the_rules_finds_what_re_finds(text: str, start: int, length: int) -> None:
    text = text + " " * 401  # so long that it is indexed
    end = start + length
    window = Window(text, start, end)
    for one in PATTERNS:
        expected = spans(one.regex.finditer(text))
        assert spans(one.finditer(text)) == expected, one.regex.pattern
        assert spans(one.finditer(text, start, end)) == spans(one.regex.finditer(text, start, end)), one.regex.pattern
        first, plain = one.search(text, start, end), one.regex.search(text, start, end)
        assert (first and first.span()) == (plain and plain.span()), one.regex.pattern
        first, plain = one.seek(window), one.regex.search(text[start:end])
        assert (first and first.span()) == (plain and plain.span()), one.regex.pattern
        assert one.count(text) == len(expected)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 100), st.integers(0, 500))
def test_every_table_of_cues_finds_what_its_one_pattern_finds(text: str, start: int, length: int) -> None:
    for table in TABLES:
        found = [(one.cue, one.start, one.end) for one in find(table, text, start, start + length)]
        matches = table.regex.finditer(text, start, start + length)
        assert found == [(table.cues[int((m.lastgroup or "c0")[1:])], *m.span()) for m in matches]


@pytest.mark.parametrize(
    ("pattern", "stems", "short", "loose"),
    [
        (r"\b(?:cancel(?:s|led)?|off)\b", {"canc", "off"}, (), ()),
        (r"\bin\w+|(?<!\w)[ab]c\b|€ ?\d", {"ac", "bc", "€"}, ("in",), ()),
        (r"(?<=[^\w$])(?:more )?than\b|^over (?:a|b)", {"more", "than", "over"}, (), ()),
        (r"servers?|\b20[23]\d", {"2"}, (), ("serv",)),
        (r"(?i:\bA+\d{2,3})(?!\w)", {"a05", "aa05", "aaa0", "aaaa"}, (), ()),
    ],
)
def test_beginnings(pattern: str, stems: set[str], short: tuple[str, ...], loose: tuple[str, ...]) -> None:
    starts = starts_of(pattern)
    assert starts is not None
    assert stems <= starts.stems
    assert (starts.short, starts.loose) == (short, loose)


@pytest.mark.parametrize("pattern", [r"\w+", r"(?:ab)?", r"\b", r"[^a]b", r"\bx|.y", r"a", r"\s+in\b", r"(?<=a)\w"])
def test_beginnings_that_cannot_be_listed(pattern: str) -> None:
    assert starts_of(pattern) is None
    assert spans(compiled(pattern).finditer("xa in abc")) == spans(re.finditer(pattern, "xa in abc"))


@pytest.mark.parametrize("text", ["İstanbul", "ſix", "٣ MW"])
def test_a_text_whose_letters_pass_for_others_is_not_indexed(text: str) -> None:
    assert index_of(text) is None
