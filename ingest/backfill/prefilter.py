"""
Which pages of a crawl are worth reading, told from bytes alone.

In: an address, a header, a body. Out: yes or no, in microseconds. Lets through everything that could report a build-out
and much that does not: the reader and the extractor decide. Never parses a page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ingest.blocked import looks_like_html

SMALLEST_BODY_BYTES = 600
LARGEST_BODY_BYTES = 8_000_000

_SUBJECT = re.compile(
    r"data[ -]?cent(?:er|re)|gigawatt|megawatt|hyperscale|supercomput|ai factor(?:y|ies)|gpu cluster|ai infrastructure"
    r"|\b\d[\d.,]* ?[gm]w\b|compute (?:capacity|campus)|rechenzentr|centros? de (?:processamento de )?da[td]os"
    r"|centres? de données|centri? dati|datasenter|datacent(?:er|re)|datakeskus|centrum danych|veri merkezi"
    r"|データセンター|数据中心|資料中心|數據中心|데이터 ?센터|дата-?центр|مركز بيانات|मेगावाट",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"[$€£¥₹₩]\s?\d|\b(?:billion|million|milliarde?n?|milliards?|miliard\w*|millones|milhões|bilhões|crore|lakh|bn)\b"
    r"|\d\s?(?:[gm]w|mva)\b|gigawatts?|megawatts?|\bgpus?\b|\bacres?\b|hectares?|square (?:feet|foot|met)|sq\.? ?ft"
    r"|亿|億|兆|조|억|ギガワット|メガワット|млрд",
    re.IGNORECASE,
)
# Pages that list, sell or serve, on any site; an article's path may hold such a word only before its own name.
_NO_ARTICLE = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|page|topics?|users?|profile)(?:/[^/]{0,60})?/?$"
    r"|/(?:search|log-?in|sign-?up|register|cart|checkout|basket|account|privacy(?:-policy)?|terms|cookies?|contact(?:-us)?"
    r"|wp-json|wp-admin|feed|rss|comments?|calendar|forum|jobs?|careers?|vacanc(?:y|ies)|about(?:-us)?)/?$",
    re.IGNORECASE,
)
_SUBJECT_BYTES = re.compile(_SUBJECT.pattern.encode(), re.IGNORECASE)
_FIGURE_BYTES = re.compile(_FIGURE.pattern.encode(), re.IGNORECASE)


def worth_a_look(url: str, status: int, content_type: str | None, body: bytes) -> bool:
    """Say whether a captured page may report a build-out, from its address and its bytes."""
    if status != 200 or not SMALLEST_BODY_BYTES <= len(body) <= LARGEST_BODY_BYTES:
        return False
    if not looks_like_html(content_type, body) or not may_be_article(url):
        return False
    return _SUBJECT_BYTES.search(body) is not None and _FIGURE_BYTES.search(body) is not None


def may_be_article(url: str) -> bool:
    """Say whether an address may be that of one article."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return len(path) > 1 and _NO_ARTICLE.search(path) is None


def speaks_of_it(title: str, text: str) -> bool:
    """Say whether the words of an article itself, without the page around it, name the subject and a figure."""
    return _SUBJECT.search(f"{title}\n{text}") is not None and _FIGURE.search(f"{title}\n{text}") is not None
