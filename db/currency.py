"""
Money in US dollars.

In: an amount, its ISO 4217 code and the day it was said. Out: dollars, and the day of the rate; or nothing, where no
rate is known. Rates are the European Central Bank's reference rates as `currencyconverter` ships them, and pegs to the
dollar that a central bank keeps. Never guesses a rate, and never uses one of another time without saying so.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

LONGEST_GAP_DAYS = 10
"""The longest run of days without an ECB rate is around the turn of the year; a longer gap is a rate that ended."""

PEGS: dict[str, tuple[tuple[date, float], ...]] = {
    # Units for one dollar, from the day the peg was set.
    "AED": ((date(1997, 11, 1), 3.6725),),
    "BHD": ((date(2001, 1, 1), 0.376),),
    "JOD": ((date(1995, 10, 1), 0.709),),
    "OMR": ((date(1986, 1, 1), 0.3845),),
    "QAR": ((date(2001, 7, 1), 3.64),),
    "SAR": ((date(1986, 6, 1), 3.75),),
}


def to_usd(amount: float, currency: str, on: date) -> tuple[float, date] | None:
    """
    Dollars for `amount` at the newest rate that was known on the day, and the day of that rate.

    >>> to_usd(3.75e9, "SAR", date(2025, 6, 1))
    (1000000000.0, datetime.date(2025, 6, 1))
    >>> to_usd(1.0, "XYZ", date(2025, 6, 1)) is None
    True
    """
    if currency == "USD":
        return amount, on
    for since, units in reversed(PEGS.get(currency, ())):
        if on >= since:
            return amount / units, on
    found = _ecb_rate(currency, on)
    return None if found is None else (amount * found[0], found[1])


@cache
def _ecb_rate(currency: str, on: date) -> tuple[float, date] | None:
    """Dollars for one unit on the newest day up to `on` that has a rate for both."""
    from currency_converter import RateNotFoundError

    converter = _converter()
    if currency not in converter.currencies:
        return None
    # Beyond the newest day of the table its newest day counts: the caller is told which day that was.
    newest = min(on, converter.bounds["USD"].last_date)
    for back in range(LONGEST_GAP_DAYS + 1):
        day = newest - timedelta(days=back)
        try:
            return float(converter.convert(1.0, currency, "USD", date=day)), day
        except (RateNotFoundError, ValueError):
            continue
    return None


@cache
def _converter() -> CurrencyConverter:
    from currency_converter import CurrencyConverter

    return CurrencyConverter()
