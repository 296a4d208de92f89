"""Figures, dates and labels in a reader's words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.web import vocabulary, words

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (5, "5"), (1.5, "1.5"), (12.3456, "12.35"), (1234.6, "1,235"), (0.00001, "0.00001"), (-2, "-2")],
)
def test_number(value: float, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("publisher", "tier", "origin", "text"),
    [
        ("Meta", "issuer", "page", "Meta (company itself)"),
        ("Meta", None, "page", "Meta"),
        ("Meta", "aggregator", "chronicle", "our brief of a page by Meta"),
        (None, "aggregator", "chronicle", "our brief of a page by an unnamed publisher"),
        (None, None, "page", "an unnamed publisher"),
    ],
)
def test_voice(publisher: str | None, tier: str | None, origin: str, text: str) -> None:
    assert words.voice(publisher, tier, origin) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (None, None, "MW", "not stated"),
        (300, 300, "MW", "300 MW"),
        (1200, None, "MW", "1.2 GW"),
        (0.5, 0.5, "MW", "500 kW"),
        (800, 1200, "MW", "800 MW to 1.2 GW"),
        (1000, 2000, "MW", "1–2 GW"),
        (5e8, 5e8, "USD", "$500 million"),
        (1e9, 2e9, "EUR", "€1–2 billion"),
        (1.01e10, 1.01e10, "NOK", "NOK 10.1 billion"),
        (2e12, None, "USD", "$2 trillion"),
        (450_000, 450_000, "count", "450,000"),
        (None, 2e6, "count", "2 million"),
        (92_717, 92_717, "m2", "92,700 m²"),
        (404.7, 404.7, "ha", "405 hectares"),
    ],
)
def test_quantity(low: float | None, high: float | None, unit: str, text: str) -> None:
    assert words.quantity(low, high, unit) == text


def test_sums_have_three_digits() -> None:
    assert words.total(177_832, 177_832, "MW") == "178 GW"
    assert words.total(999_700_000, 999_700_000, "USD") == "$1 billion"


@pytest.mark.parametrize(
    ("qualifier", "text"),
    [
        ("exact", "1.2 GW"),
        (None, "1.2 GW"),
        ("up_to", "up to 1.2 GW"),
        ("at_least", "at least 1.2 GW"),
        ("approx", "about 1.2 GW"),
    ],
)
def test_amount_keeps_the_hedge(qualifier: str | None, text: str) -> None:
    assert words.amount(1200, 1200, "MW", qualifier) == text
    assert words.amount(None, None, "MW", qualifier) == "not stated"


@pytest.mark.parametrize(
    ("value", "text"),
    [("2026-03-05", "5 March 2026"), ("2026-03-05T10:00:00Z", "5 March 2026"), (None, "date unknown"), ("odd", "odd")],
)
def test_day(value: str | None, text: str) -> None:
    assert words.day_words(value) == text


@pytest.mark.parametrize(
    ("start", "end", "qualifier", "text"),
    [
        (None, None, None, "date not stated"),
        ("2026-01-01", "2026-12-31", None, "2026"),
        ("2026-09-01", "2026-12-31", None, "late 2026"),
        ("2027-05-01", "2027-08-31", None, "mid-2027"),
        ("2026-07-01", "2026-12-31", None, "second half of 2026"),
        ("2026-07-01", "2026-09-30", None, "Q3 2026"),
        ("2026-02-01", "2026-02-28", None, "February 2026"),
        ("2026-02-03", "2026-02-03", None, "3 February 2026"),
        (None, "2029-12-31", None, "by the end of 2029"),
        (None, "2029-06-30", None, "by 30 June 2029"),
        ("2026-01-01", "2026-12-31", "up_to", "by the end of 2026"),
        ("2026-01-01", "2026-12-31", "at_least", "as early as 2026"),
        ("2026-01-01", None, None, "from 1 January 2026"),
        ("2025-01-01", "2027-12-31", None, "2025 to 2027"),
        ("2025-03-02", "2025-04-05", None, "2 March 2025 to 5 April 2025"),
    ],
)
def test_period(start: str | None, end: str | None, qualifier: str | None, text: str) -> None:
    assert words.period_words(start, end, qualifier) == text


def test_figure_names_what_is_counted() -> None:
    row: dict[str, object] = {"value_min": 5000, "value_max": 5000, "unit": "count", "qualifier": "approx"}
    assert words.figure({**row, "metric": "chips"}) == "about 5,000 chips"
    assert words.figure({**row, "metric": "jobs"}) == "about 5,000 jobs"
    assert words.figure({"metric": "online", "period_end": "2027-12-31"}) == "by the end of 2027"
    assert words.figure({"metric": "power", "value_min": 5, "value_max": None, "unit": "MW"}) == "5 MW"


def test_dollars_stand_beside_other_money_only() -> None:
    assert words.in_usd({"unit": "USD", "usd_min": 1e9, "usd_max": 1e9}) is None
    assert words.in_usd({"unit": "MW", "usd_min": None, "usd_max": None}) is None
    assert (
        words.in_usd({"unit": "EUR", "usd_min": 1.1e9, "usd_max": 1.1e9, "qualifier": "up_to"}) == "up to $1.1 billion"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "at an unknown time"),
        ("2026-11-25", "in the future"),
        ("2026-11-24", "today"),
        ("2026-11-23", "yesterday"),
        ("2026-11-14", "10 days ago"),
        ("2026-11-03", "3 weeks ago"),
        ("2026-08-24", "3 months ago"),
        ("2025-11-01", "1 year ago"),
        ("2023-11-01", "3 years ago"),
    ],
)
def test_age(value: str | None, text: str) -> None:
    assert words.ago(value, NOW) == text


def test_label_and_clean() -> None:
    assert vocabulary.label("capex", vocabulary.METRICS) == "Money to build"
    assert vocabulary.label("some_code", {}) == "some code"
    assert vocabulary.label(None, {}) == "not stated"
    assert words.clean(None) == ""
    assert words.clean("a\u202eb\x00c\n") == "a\ufffdb\ufffdc\n"
    assert words.clean("word " * 10, 9) == "word word …"


def test_nothing_turns_the_words_round() -> None:
    assert words.straight("a\u202eb\u2066c\u200fd") == "a\ufffdb\ufffdc\ufffdd"
    assert words.straight("تجربة") == "تجربة"
    assert words.straight(5) == 5
