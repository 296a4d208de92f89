"""Dates as channels write them; what is not surely a date is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pages.dates import read_date


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2026-01-28", "2026-01-28"),
        ("2026-01-28T21:05:00Z", "2026-01-28T21:05:00Z"),
        ("2026-01-28T16:05:00-05:00", "2026-01-28T21:05:00Z"),
        ("2026-01-28T16:05:00.123456+0530", "2026-01-28T10:35:00Z"),
        ("2026-01-28 16:05", "2026-01-28"),
        ("2026-01-28 16:05:00 UTC", "2026-01-28T16:05:00Z"),
        ("20260128", "2026-01-28"),
        ("20260128T160500Z", "2026-01-28T16:05:00Z"),
        ("Wed, 28 Jan 2026 16:05:00 GMT", "2026-01-28T16:05:00Z"),
        ("Wed, 28 Jan 2026 16:05:00 -0500", "2026-01-28T21:05:00Z"),
        ("Fri, 02 Jan 2026 10:15 AM CST", "2026-01-02T16:15:00Z"),
        ("Fri, 02 Jan 2026 12:15 AM EST", "2026-01-02T05:15:00Z"),
        ("January 28, 2026", "2026-01-28"),
        ("Jan. 28th, 2026", "2026-01-28"),
        ("Wednesday, January 28, 2026 at 4:05 p.m. EST", "2026-01-28T21:05:00Z"),
        ("Wednesday, January 28, 2026 at 4:05 p.m. ET", "2026-01-28"),
        ("28 January 2026", "2026-01-28"),
        ("28-Jan-2026", "2026-01-28"),
        ("3 Sept 2026", "2026-09-03"),
        ("11/02/2026 10:00 AM", None),
        ("2026-13-01", None),
        ("February 30, 2026", None),
        ("last week", None),
        ("28 January", None),
        ("Smarch 3, 2026", None),
        ("January 28, 2026 by a writer", None),
        ("", None),
        (None, None),
    ],
)
def test_date(words: str | None, date: str | None) -> None:
    assert read_date(words) == date


@given(st.text(max_size=60))
def test_any_text_is_read_or_left(words: str) -> None:
    date = read_date(words)
    assert date is None or read_date(date) == date


@given(st.datetimes())
def test_iso_comes_back(moment: object) -> None:
    assert read_date(str(moment)[:10]) == str(moment)[:10]
