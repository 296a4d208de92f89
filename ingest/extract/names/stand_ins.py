"""
What a text calls a company for short: "the Company" of a filing, "Fermi" for Fermi America, "WULF" for TeraWulf.

In: a text and the companies named in it. Out: the same with the short forms, each under the full name. Never finds a company that is
not named in full, and never decides which of two names is the usual one (`usual_names`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from ingest.extract.names.capitals import NOT_COMPANY
from ingest.extract.names.mentions import Hit, company_kinds, company_parents
from ingest.extract.names.unknown import stands_alone
from ingest.extract.names.usual_names import usual_names
from ingest.extract.text.spans import Spans
from ingest.extract.text.written import written

# A filing says once whom it means: 'Hut 8 Corp. (the "Company")'.
DEFINED = re.compile(r"\((?:[^()]{0,80} )?(?:(?:the|our) [“\"”]|[“\"](?:the|our) )(?:Company|Registrant)[”\"]")
# "Homer City Redevelopment (HCR)", 'Fluidstack USA II Inc. ("Fluidstack")': what the text calls it from there on.
SHORT = re.compile(
    r"(?:,? (?:Inc|Corp|Ltd|LLC|plc|PLC|GmbH|AG|SA|NV|AB|ASA|Co|Pte|Pty|Sdn|Bhd|Berhad|Tbk|Limited|Group|Holdings|Corporation|Company|L\.P)\.?){0,3} \((?:the )?[“\"]?([A-Z][A-Za-z&]{1,14})[”\"]?\)"
)
# Where such a short form may stand: alone, not quoted, no part of a longer name.
BEFORE_SHORT, AFTER_SHORT = re.compile(r"(?<![\w’'“\"(-])"), re.compile(r"(?![\w”-])(?! [A-Z])")
BEFORE_FIRST = re.compile(r"(?<![\w-])")
ACTS = re.compile(r"['’]s (?!(?:data|AI|campus)\b)| (?:said|says|will|plans|expects)\b")
CAPITAL, CAPITALISED = re.compile(r"[A-Z]"), re.compile(r"[A-Z]\w*")
TICKER = re.compile(r"[A-Z]{4,5}")
QUOTES = '“"'
UNIT_OF = re.compile(r"(?:['’]s)? (?:unit|subsidiary|affiliate|arm)\b")
# What a name may lose in its second mention: "Fermi America" becomes "Fermi".
GENERIC_TAIL = re.compile(
    r"(?:America|Energy|Digital|Scientific|Mining|Group|Technolog(?:y|ies)|Data Cent(?:er|re)s?|Infrastructure|Partners|Capital|"
    r"Holdings?|Power|Networks?|Cloud|Corp(?:oration)?|Inc|Ltd|Limited|Properties|Realty|Ventures|Industries|Systems|Compute|Computing|"
    r"Solutions|Midstream|Electric|Nuclear|Semiconductor|Telecom|Investments?)\b"
)


def with_stand_ins(text: str, companies: list[Hit]) -> list[Hit]:
    """The hits in order, with those of what a text calls a company for short: "the Company" of a filing, "Fermi"."""
    companies = sorted(companies, key=lambda h: h.start)
    added: list[Hit] = []
    alias: dict[str, str] = {}
    taken = Spans((h.start, h.end) for h in companies)

    def add(name: str, short: str, after: int) -> None:
        alias[short] = name
        for start in written(text, short, BEFORE_SHORT, AFTER_SHORT, after):
            end = start + len(short)
            if not taken.overlap(start, end):
                added.append(Hit("company", name, start, end))

    if defined := DEFINED.search(text):
        named = [h for h in companies if h.end <= defined.start() and defined.start() - h.end < 60]
        if named:
            add(named[-1].name, "the Company", defined.end())
            add(named[-1].name, "The Company", defined.end())
    mentions: dict[str, list[Hit]] = defaultdict(list)
    for hit in companies:
        mentions[hit.name].append(hit)
    for hit, *again in mentions.values():
        first, _, rest = text[hit.start : hit.end].partition(" ")
        # The headline may have the name before the sentence that shortens it.
        told = ((h, SHORT.match(text, h.end)) for h in (hit, *again))
        full, short = next(((h, m) for h, m in told if m), (hit, None))
        if short and (
            short[1] in _initials(text[full.start : short.start(1)])
            or stands_alone(short[1])
            or (text[short.start(1) - 1] in QUOTES and text.startswith(short[1], full.start))
        ):
            add(hit.name, short[1], short.end())
        if (
            not (first in mentions and first in company_kinds())
            and GENERIC_TAIL.match(rest)
            and first[:1].isupper()
            and (stands_alone(first) or _acts(text, first))
        ):
            add(hit.name, first, 0)  # a headline has the short form before the text has the full one
    for unit, parent in pairwise(companies):
        if (
            text[unit.end : parent.start] in {", a ", ", an "}
            and UNIT_OF.match(text, parent.end)
            and company_parents().get(unit.name, parent.name) == parent.name
        ):
            alias[unit.name] = parent.name  # "Raiden Infotech, a Google unit"
    alias |= _tickers(mentions)
    # A short form that was taken for a name of its own goes by the full one.
    companies = [h._replace(name=alias[h.name]) if h.name in alias else h for h in companies]
    companies = sorted([*companies, *added], key=lambda h: h.start)
    usual = usual_names(text, companies)
    return [h._replace(name=usual[h.name]) if h.name in usual else h for h in companies] if usual else companies


def _tickers(names: Iterable[str]) -> dict[str, str]:
    """Names that are another one's letters as an exchange writes them: "WULF" is TeraWulf, "CRWV" is CoreWeave."""
    out = {}
    others = [n for n in names if not n.isupper()]
    for short in (n for n in names if TICKER.fullmatch(n) and n not in company_kinds()):
        for name in others:
            letters = iter(name.upper())
            spelled = all(letter in letters for letter in short)
            if short in name.upper() or (spelled and short[0] == name[0].upper() and short[1] not in "AEIOU"):
                out[short] = name
    return out


def _initials(name: str) -> set[str]:
    """What a name may be abbreviated to: by its words, by its capitals, with and without the words of its legal form."""
    capitals = CAPITAL.findall(name)
    words = [word[0] for word in CAPITALISED.findall(name)]
    return {"".join(letters[:n]) for letters in (capitals, words) for n in range(2, len(letters) + 1)}


def _acts(text: str, first: str) -> bool:
    """Whether the first word of a name says or has something by itself, so that it is a name and no ordinary word."""
    if len(first) < 5 or first.lower() in NOT_COMPANY:
        return False
    return next(written(text, first, BEFORE_FIRST, ACTS), None) is not None
