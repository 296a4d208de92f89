"""
What kind of document a text is: a new site, an expansion, a contract, guidance, an analysis.

In: a `Reading` and its claims. Out: one kind of CLAIMS.md. The words of the title weigh most, then those of the lead, then what
the claims measure. Never asks whether the document is relevant.
"""

from __future__ import annotations

import re
from collections import Counter

from db.records import Claim, DocumentKind, Metric
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Pattern, compiled

KINDS: tuple[tuple[DocumentKind, Pattern, float], ...] = (
    ("cancellation", compiled(r"\b(?:cancel\w*|scrap\w*|drop(?:s|ped)|walks? away|kills?|rejects?|withdraw\w*|withdrew|pulls? out|shelv\w+|abandon\w*|den(?:y|ies|ied)|votes? down|block(?:s|ed)|halt(?:s|ed)|called off|stop(?:s|ped)|says? no|refus(?:es|ed|al)|turn(?:s|ed) down|is dead|pull(?:s|ed) the plug|takes? back|no (?:new )?data cent(?:er|re)s?)\b", re.IGNORECASE), 3.0),
    ("capex_guidance", compiled(r"\b(?:cap(?:ital)? ?ex\w*|capital (?:expenditure|spending)\w*|guidance|spending (?:plan|outlook|forecast)|quarter|earnings|results|AI (?:spending|bill)|Q[1-4])\b", re.IGNORECASE), 2.0),
    ("financing", compiled(r"\b(?:rais(?:es|ed|ing)|loan|debt|bonds?|financ\w+|fund(?:ing|s)?|stake|acquir\w+|acquisition|takeover|buy(?:s|out)?|IPO|notes|equity|joint venture|backstop\w*|invests? \$?[\d.]+\w* (?:billion )?in (?=[A-Z])|credit)\b", re.IGNORECASE), 2.2),
    ("contract", compiled(r"\b(?:contracts?|deal|lease[sd]?|leasing|agreement|signs?(?: up)?|signed|rent|order|tenant|supply (?:deal|agreement)|cloud (?:deal|contract))\b", re.IGNORECASE), 2.0),
    ("power_supply", compiled(r"\b(?:nuclear|reactors?|solar|wind|turbines?|gas plants?|PPA|power (?:purchase|plant|supply|deal)|battery|storage|utility|generation|fuel cells?|geothermal|energy deal|electricity)\b", re.IGNORECASE), 2.2),
    ("chip_supply", compiled(r"\b(?:GPUs?|chips?|TPUs?|accelerators?|GB\d{3}\w*|MI\d{3}\w*|Trainium\w*|Blackwell)\b", re.IGNORECASE), 0.8),
    ("status_update", compiled(r"\b(?:br(?:eaks?|oke) ground|groundbreaking|opens?|opened|goes live|went live|online|operational|starts (?:work|construction|building)|begins? (?:construction|building|work)|under (?:way|construction)|approv(?:es|ed|al)|backs?|votes? (?:for|on|to)|\d-\d vote|sign(?:s)? off|on track|delay\w*|complet\w+|tops out|progress|update|hurries|raising|behind schedule|first phase|starts on|is live|switch(?:es|ed) on|(?:goes|went) into (?:service|operation)|go-ahead|says? yes|clear(?:s|ed)|permission|permit|grants?|moratorium|freez\w+|on hold|pauses?d?|running|data sheet)\b", re.IGNORECASE), 2.5),
    ("expansion", compiled(r"\b(?:expan\w+|second|another|adds?|more (?:data|sites)|additional|extend\w*|bigger|double[sd]?|doubling|triples?|upsiz\w*|enlarg\w+|raises? (?:investment|its))\b", re.IGNORECASE), 1.8),
    ("new_site", compiled(r"\b(?:to build|will build|plans?|planned|picks?|select(?:s|ed)?|announc\w+|unveil\w*|new (?:data|AI|campus|site)|proposes?|proposed|to invest|launch\w*|names? (?:\w+ ){0,3}(?:locations?|sites?)|coming to|reveals?|campus|chooses?)\b", re.IGNORECASE), 1.4),
)  # fmt: skip


# One of a series is a round-up: "Data Center News - 14/03/2025", "The Rack Report, issue 41", "week 24".
SERIES = compiled(
    r"\b(?:digest|weekly|round-?up|issue \d+|edition:? \d+|week (?=\S*\d)|news\W{1,4}\d|newsletter|outlook|bubble|explained|what we know|faq)\b",
    re.IGNORECASE,
)
BACKED_BY: tuple[tuple[DocumentKind, Metric], ...] = (
    ("power_supply", "generation"),
    ("financing", "financing"),
    ("contract", "contract"),
    ("chip_supply", "chips"),
)

OPENING = 600
"""Characters of the text that say what kind it is."""


def kind_of(reading: Reading, claims: list[Claim], digest: bool, relevant: bool) -> DocumentKind:
    """The kind of document: the title's words count three times, the lead's once, the claims' metrics a little."""
    if not relevant:
        return "other"
    text, base = reading.text, reading.base
    scores: dict[DocumentKind, float] = dict.fromkeys((kind for kind, _, _ in KINDS), 0.0)
    scores["analysis"] = 0.0
    for kind, pattern, weight in KINDS:
        scores[kind] += weight * min(pattern.count(text, 0, base), 2)
        scores[kind] += 0.35 * weight * min(pattern.count(text, base, base + OPENING), 2)
    metrics = Counter(c.metric for c in claims)
    total = max(sum(metrics.values()), 1)
    for kind, metric in BACKED_BY:
        # Words alone do not make a deal: figures of its kind must stand in the text.
        scores[kind] *= 1.0 if metrics[metric] else 0.35
        scores[kind] += 2.5 * metrics[metric] / total
    guidance = any(c.metric == "capex" and (c.qualifier == "range" or c.scope == "company_year") for c in claims)
    scores["capex_guidance"] += 1.0 if guidance else -2.0
    scores["new_site"] += 1.5 * sum(bool(c.place.name) and c.status == "planned" for c in claims) / total
    if digest:
        scores["analysis"] += 5.0 if len(claims) >= 8 else 2.0
    if SERIES.search(text, 0, base):
        scores["analysis"] += 4.0
    return max(scores, key=lambda k: scores[k])
