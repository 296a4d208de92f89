"""
Countries named in Korean, Japanese or Chinese.

In: a text. Out: spans with the country's code, and whether a particle says that something is there, not whose it is. Never takes the
name of a currency for a country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from db.reference import country_scripts

EASTERN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
# "950억 스웨덴 크로나": a currency, not a country.
COINED = re.compile(r" ?(?:크로나|달러|유로|위안|루피|파운드|링깃|바트|ドル|ルピー|ポンド|美元|盧比)")
PARTICLE = re.compile(r"(?:에(?:서)?|내|의|전역| [가-힣]{2,6}\(| [가-힣]{2,8}에)|(?:に|で|の|国内)|(?:境内|建)")


@cache
def _scripts() -> re.Pattern[str]:
    forms = sorted(country_scripts(), key=lambda form: (-len(form), form))
    return re.compile("|".join(re.escape(form) for form in forms))


def in_eastern_scripts(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end, country, and whether it says where; one without a particle of place tells whose, not where."""
    if not EASTERN.search(text):
        return
    for match in _scripts().finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 6]
        if COINED.match(after) or (match.group()[0] >= "\uac00" and before >= "\uac00"):
            continue
        there = PARTICLE.match(after) is not None or before == "在"
        yield match.start(), match.end(), country_scripts()[match.group()], there
