"""Two claims that print the same number stand on a common step, whatever their hedges and currencies."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from db.knowledge.model import MONEY, ClaimRow
from db.knowledge.steps import steps_of
from db.knowledge.values import same_number


def claim(metric: str, qualifier: str, low: float, wider: float, currency: str, rate: float | None) -> ClaimRow:
    high = low * wider if qualifier == "range" else low
    money = metric in MONEY
    unit = currency if money else "MW"
    usd = (low * rate, high * rate) if money and rate else (None, None)
    values: dict[str, Any] = dict.fromkeys(ClaimRow.__dataclass_fields__)
    values |= {
        "id": "c", "document_id": "d", "metric": metric, "qualifier": qualifier, "unit": unit,
        "currency": currency if money else None, "value_min": None if qualifier == "up_to" else low,
        "value_max": None if qualifier == "at_least" else high, "usd_min": usd[0], "usd_max": usd[1], "companies": (),
    }  # fmt: skip
    return ClaimRow(**values)


CLAIMS = st.builds(
    claim,
    st.sampled_from(("capex", "contract", "power")),
    st.sampled_from(("exact", "approx", "up_to", "at_least", "range")),
    st.floats(1.0, 60.0),
    st.floats(1.0, 3.0),
    st.sampled_from(("USD", "EUR")),
    st.sampled_from((None, 1.0, 1.08)),
)


@settings(max_examples=2000, deadline=None)
@given(CLAIMS, CLAIMS)
def test_the_same_number_stands_on_a_common_step(one: ClaimRow, other: ClaimRow) -> None:
    if (one.metric == other.metric or {one.metric, other.metric} <= MONEY) and same_number(one, other):
        assert set(steps_of(one)) & set(steps_of(other))
