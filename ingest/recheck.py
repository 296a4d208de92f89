"""
When a known page is asked for again.

In: a page's address, when it was first read, and today. Out: yes or no. A page that just came out is asked for at every
run, because announcements are corrected within days; an old one once a week, on a day that its address decides, so that
a source's old pages are spread over the week and nothing has to be remembered.
"""

from __future__ import annotations

from datetime import date, timedelta
from zlib import crc32

FRESH_FOR = timedelta(days=30)
OLD_EVERY_DAYS = 7


def is_due(url: str, first_seen: date, today: date) -> bool:
    """
    Say whether a page that was first read on `first_seen` is asked for again today.

    >>> is_due("https://example.com/a", date(2026, 11, 20), date(2026, 11, 24))
    True
    >>> [is_due("https://example.com/a", date(2026, 1, 1), date(2026, 11, day)) for day in range(1, 8)].count(True)
    1
    """
    if today - first_seen <= FRESH_FOR:
        return True
    return today.toordinal() % OLD_EVERY_DAYS == crc32(url.encode("utf-8", "replace")) % OLD_EVERY_DAYS
