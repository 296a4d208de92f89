"""
Whose page it is: the source that speaks on a host, whoever led to the page.

In: the catalogue, an address, and the source that named it. Out: the source whose tier, publisher and country the page
has. A trade paper that links to a company's own announcement does not make it trade press, nor does an aggregator make
it hearsay. A host on which several publishers speak (the SEC's, a wire's) decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit

from db.records import TIERS, Source


class Voices:
    """The hosts of the catalogue, each with the one publisher that speaks there."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        on_host: dict[str, list[Source]] = defaultdict(list)
        for source in sources:
            on_host[_host(source.url)].append(source)
        self._sources = {
            host: min(here, key=lambda source: TIERS.index(source.tier))
            for host, here in on_host.items()
            if host and len({source.publisher for source in here}) == 1
        }

    def of(self, url: str, named_by: Source) -> Source:
        """Return whose page `url` is: that of the source that named it, unless another one's."""
        host = _host(url)
        return named_by if host == _host(named_by.url) else self._sources.get(host, named_by)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
