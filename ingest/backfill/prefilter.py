"""
Which pages of a crawl are worth reading, told from bytes alone.

In: an address, a header, a body. Out: yes or no, in microseconds. Lets through everything that could report a build-out
and much that does not: the reader and the extractor decide. Never parses a page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ahocorasick_rs import BytesAhoCorasick, Implementation

from ingest.fetching.blocked import looks_like_html

SMALLEST_BODY_BYTES = 300
LARGEST_BODY_BYTES = 8_000_000

# Plain words, looked for in lower case: on a whole crawl a regular expression costs more than everything else.
_SUBJECT = (
    "data cent", "data-cent", "datacent", "data&nbsp;cent", "gigawatt", "megawatt", "hyperscal", "supercomput",
    "supercluster", "ai factor", "ai campus", "ai infrastructure", "gpu cluster", "gpus", "compute capacity",
    "compute campus", "stargate", "rechenzentr", "centro de dados", "centro de datos", "centros de da",
    "centre de donn", "centres de donn", "centro dati", "centri dati", "datasenter", "datakeskus", "centrum danych",
    "veri merkezi",
    "データセンター", "数据中心", "資料中心", "數據中心", "데이터센터", "데이터 센터",
    "дата-центр", "датацентр", "مركز بيانات", "مراكز البيانات", "मेगावाट", "डेटा सेंटर",
)  # fmt: skip
_FIGURE = (
    "billion", "million", "gigawatt", "megawatt", "milliard", "miliard", "millones", "milhões", "bilhões", "crore",
    "lakh", "gpus", "acres", "hectare", "square feet", "square foot", "square met", "sq ft", "sq. ft", "$", "€", "£",
    "¥", "₹", "₩", "bn ", "mw", "gw", "亿", "億", "兆", "조", "억", "ギガワット", "メガワット", "млрд", "млн", "مليار",
)  # fmt: skip
# Pages that list, sell or serve, on any site; an article's path may hold such a word only before its own name.
_NO_ARTICLE = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|page|topics?|users?|profile)(?:/[^/]{0,60})?/?$"
    r"|/(?:search|log-?in|sign-?up|register|cart|checkout|basket|account|privacy(?:-policy)?|terms|cookies?|contact(?:-us)?"
    r"|wp-json|wp-admin|feed|rss|comments?|calendar|forum|jobs?|careers?|vacanc(?:y|ies)|about(?:-us)?)/?$",
    re.IGNORECASE,
)
# One pass for all words, because nearly every page of a crawl has none of them.
_SUBJECT_WORDS = BytesAhoCorasick([word.encode() for word in _SUBJECT], implementation=Implementation.DFA)
_FIGURE_BYTES = tuple(word.encode() for word in _FIGURE)


def worth_a_look(url: str, status: int, content_type: str | None, body: bytes) -> bool:
    """Say whether a captured page may report a build-out, from its address and its bytes."""
    if status != 200 or not SMALLEST_BODY_BYTES <= len(body) <= LARGEST_BODY_BYTES:
        return False
    if not looks_like_html(content_type, body) or not may_be_article(url):
        return False
    return _names_subject_and_figure(body)


def may_be_article(url: str) -> bool:
    """Say whether an address may be that of one article."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return len(path) > 1 and _NO_ARTICLE.search(path) is None


def speaks_of_it(title: str, text: str) -> bool:
    """Say whether the words of an article itself, without the page around it, name the subject and a figure."""
    return _names_subject_and_figure(f"{title}\n{text}".encode("utf-8", "replace"))


def _names_subject_and_figure(words: bytes) -> bool:
    lowered = words.lower()
    return bool(_SUBJECT_WORDS.find_matches_as_indexes(lowered)) and any(word in lowered for word in _FIGURE_BYTES)
