"""
The country of a publisher that is only known by its address: what a bare "$" or "kr" of a page then means.

In: an address. Out: ISO 3166-1 alpha-2, or None. Never looks anything up: the last label of the host says
it, save where that label is used for its letters all over the world.
"""

from __future__ import annotations

from urllib.parse import urlsplit

OF_AMERICA = frozenset({"gov", "mil", "edu"})
"""Labels that only the United States have."""
WORLDWIDE = frozenset(
    {"ai", "io", "co", "tv", "me", "fm", "cc", "gg", "ly", "to", "ws", "eu", "vc", "sh", "so", "im", "app"}
)
"""Country labels that are used for their letters."""
OTHERWISE = {"uk": "GB"}
"""Labels that are not the country's code."""


def country_of(url: str) -> str | None:
    """
    The country that an address belongs to; None for what is none, and for an address of no country.

    >>> country_of("https://paper.example.com.au/news"), country_of("https://paper.example.com/news"), country_of("")
    ('AU', None, None)
    """
    try:
        last = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return None  # "https://[": no address
    if last in OF_AMERICA:
        return "US"
    if len(last) != 2 or not last.isalpha() or last in WORLDWIDE:
        return None
    return OTHERWISE.get(last, last.upper())
