"""The tables of cases, each line a text and what it must be read as; what fails today is known by name and reason."""

from __future__ import annotations

from collections import Counter

import pytest

from case_tables import KNOWN_FAILURES, TABLES, Case, cases, faults, read_line

HELD = [case for table in TABLES for case in cases(table)]
KNOWN = cases(KNOWN_FAILURES.stem)
MOST_KNOWN = 0.15
"""The share of all cases that may be known to fail: a list of failures that grows is no test."""


@pytest.mark.parametrize("case", HELD, ids=lambda c: f"{c.table}-{c.id}")
def test_is_read_as_it_is_meant(case: Case) -> None:
    assert not faults(case)


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=f"{c.table}-{c.id}", marks=pytest.mark.xfail(reason=c.reason, strict=True)) for c in KNOWN],
)
def test_is_known_to_fail(case: Case) -> None:
    """A case that passes here has been won: `python tests/pin.py` moves it to its table."""
    assert not faults(case)


def test_every_case_has_a_name_of_its_own() -> None:
    names = Counter((case.table, case.id) for case in (*HELD, *KNOWN))
    assert [name for name, count in names.items() if count > 1] == []


def test_what_is_known_to_fail_says_why_and_where_it_belongs() -> None:
    assert all(case.reason and case.table in TABLES for case in KNOWN)
    assert len(KNOWN) <= MOST_KNOWN * len(HELD)


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "a", "text": "100 MW", "claims": [{"metric": "power", "quote": "100 MW", "worth": 1}]}',
        '{"id": "a", "text": "100 MW", "claims": [{"metric": "power"}]}',
        '{"id": "a", "text": "100 MW", "claims": [{"metric": "power", "quote": "200 MW"}]}',
        '{"id": "a", "text": "100 MW", "clams": []}',
        '{"id": "a", "text": "100 MW"}',
    ],
    ids=["field", "no-quote", "other-quote", "key", "nothing-expected"],
)
def test_a_line_that_would_test_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="power, a"):
        read_line("power", line)
