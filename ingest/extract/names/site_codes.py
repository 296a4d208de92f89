"""
Sites that go by a code: "switched on JKL-2 in Cikarang", "broke ground on CWL2-B".

In: text, and the names of projects found in it otherwise. Out: codes. A code counts where the words around it open, build, sell or place it, or
speak of a site; never a chip's, a road's, a quarter's, a reactor's or a standard's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set

from ingest.extract.names.capitals import begun_by_capitals

CODED = re.compile(r"(?<![\w$/.-])(?P<name>[A-Z]{1,5}-?\d{1,3}[A-Z]?(?:-[A-Z])?)(?![\w/-])")
NEAR = re.compile(
    r"\b(?:campus|site|data ?cent|facilit|tenant of|plot|expansion|halls?\b)|(?:['’]s|\b[Ii]ts|\b[Aa]t|\b[Cc]alled) $",
    re.IGNORECASE,
)
PART = re.compile(r"\b(?:building|hall|shell|unit|phase|block), $", re.IGNORECASE)
OWNED = re.compile(r"(?:['’]s|\b[Ii]ts|\b[Cc]alled) $")
ROUTE = re.compile(r"\b(?:the|route|road|highway|interstate)\s$", re.IGNORECASE)
ACTED_ON = re.compile(
    r"(?:\b(?:switch\w* on|open\w*|build\w*|built|clos\w+|sold|sells?|selling|acquir\w+|bought|buys?|complet\w+|finish\w*|expand\w*|start\w*|energi[sz]\w+|launch\w*|ground on|\d ?[MG]W|"
    r"inaugurat\w+|keeps?|deliver\w*|fills?|announc\w+|unveil\w*|propos\w+|plans?|leas\w+|let|proceed with|cover(?:s|ed)?|phase of|neighbou?ring|adjacent|sister|at|for|of|and|its|['’]s|into|as) (?:the )?|[\n(:*•-] ?|^|[.;] )$",
    re.IGNORECASE,
)
PLACED = re.compile(
    r",? (?:in|near|at|outside) (?:the )?[A-Z]|, [A-Z][a-z]|, (?:an?|the|which|where|across|its|with|on|will|is|was|has|about|almost|nearly|around)\b| \(\d|: \d|['’]s (?:first|second|next|last|\w+ (?:phase|hall|building))\b"
    r"| (?:shell|building|[Cc]ampus|[Ss]ite|[Ff]acility|halls?|[Dd]ata [Cc]ent\w+|expansion|phase)\b|,? (?:will (?:add|have|open|offer|house)|would (?:add|have|open)|opened|went live|comes online|has \d[\d,.]*|is (?:full|under|due|an?|now)|was (?:built|opened|sold|completed))\b"
)
OTHER = re.compile(
    r"(?:GB|H|B|A|MI|V|L|M|RTX|TPU|NVL|HGX|DGX|HBM|DDR|GDDR|PCI|CUDA|CDNA|MW|GW|EX|CO|GPT|Q|FY|CY|EC|SMR|BWRX|AP|EPR|RE|SDG|SOC|ISO|COP|GTC|CES|MWC|PJM|"
    r"COVID|IEC|EN|SB|HB|PS|TV|CAT|GE|LM|II|AI|IEEE|UTC|GMT|USB|LPU|CS|WSE|QT|US|PM|AM|NT|RM|RS|HK)-?\d"
)
LETTERED = re.compile(r"(?<![\w-])([A-Z]{2,5}-)([A-Z])(?![\w-])")
SERIES = re.compile(r"([A-Z]{2,5}-?)\d")
AIRPORT = 3
"""Letters of a code that begins with an airport's, as operators number their sites: it needs no second mention."""
LEAST = 2
"""Letters of a code that what happens to it may show to be a site's."""


def site_codes(text: str, names: Set[str]) -> set[str]:
    """The codes of sites; where `names` names projects otherwise, only those that something is done to or that are said again."""
    out: set[str] = set()
    named = bool(names)
    codes = list(begun_by_capitals(CODED, text))
    times = Counter(match["name"] for match in codes)
    for match in codes:
        start, end = match.span()
        name = match["name"]
        before, after = text[max(0, start - 60) : start], text[end : end + 40]
        if ROUTE.search(before[-12:]) or OTHER.match(name):
            continue
        letters = len(re.match(r"[A-Z]+", name).group())  # type: ignore[union-attr]
        done = letters >= LEAST and ACTED_ON.search(before) is not None and PLACED.match(text, end) is not None
        again = times[name] > 1
        # "at Harlan, HRL04, mostly let", "Orrin Digital, KL1, Gombak": apposed.
        apposed = letters >= LEAST and before.endswith(", ") and after.startswith(", ") and not PART.search(before)
        several = len(name) >= 5 and again  # a code of a firm's own, spoken of again
        own = apposed or (letters == AIRPORT and (done or OWNED.search(before) or NEAR.search(before + name + after)))
        # A filing's '("NC-1")'.
        quoted = (again or not named) and letters >= LEAST and before.endswith(("(“", '("'))
        if (
            own
            or quoted
            or (done and (again or not named))
            or ((several or not named) and NEAR.search(before + name + after))
        ):
            out.add(name)
    if "-A" in text or "-B" in text:  # "KIX-A and KIX-B" are two of a series
        lettered = {match.groups() for match in LETTERED.finditer(text)}
        members = Counter(prefix for prefix, _ in lettered)
        out |= {prefix + letter for prefix, letter in lettered if members[prefix] > 1}
    # "SYD1, its first" beside SYD3: codes of one series are sites if one of them is.
    series = {found[1] for name in out | names if (found := SERIES.match(name))}
    return out | {name for name in times if (found := SERIES.match(name)) and found[1] in series}
