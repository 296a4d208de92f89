"""
What a document is about: infrastructure or not, which kind, its main companies, places and chips.

In: a `Reading` and its claims. Out: the document-level half of an `Extraction`. Never reads a figure again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from db.records import MONEY_METRICS, Claim, DocumentKind, Metric, Place
from ingest.extract.areas import PlaceHit
from ingest.extract.confidence import weakest
from ingest.extract.mentions import company_kinds, reference_projects
from ingest.extract.patterns import Pattern, compiled
from ingest.extract.reading import Reading
from ingest.extract.segments import Block

SUBJECT = compiled(
    r"\bdata[- ]?cent(?:er|re)s?\b|\bdatacent\w+|\bhyperscal\w+|\bAI (?:infrastructure|factor(?:y|ies)|hubs?|clusters?|campus(?:es)?|compute|capacity)|\bsupercomput\w+|\bsuperclusters?|\bserver (?:farm|hall|shed|town)s?|"
    r"\bcompute\b|\b(?:AI|cloud) (?:computing|cloud|operator|data)\b|\bneocloud|\bGPUs? (?:capacity|housed)|\bcomputing (?:power|capacity|infrastructure|complex)|\bcolocation|\bcap(?:ital)? ?ex(?:penditures?)?\b|\bcapital spending|\bGPU (?:cloud|cluster)s?|\bcloud (?:regions?|infrastructure|capacity|services)|(?:infrastructure|AWS|Azure) regions?|availability zones|sovereign cloud|AI (?:and cloud |projects?|push|build)|server|데이터센터|データセンター|数据中心|\bRechenzentr\w+|\bcentros? de datos|\bcentres? de données|\bdatacenter\w*|\bdatahall\w*",
    re.IGNORECASE,
)
LABEL = re.compile(r"(?:, [\w .'’-]{2,40}|\s?\([^)]{1,30}\)| and [\w ]{2,30})?(?:\.|:| [—–-]| \|) ")
BUILDERS = frozenset({"hyperscaler", "lab", "neocloud", "operator", "developer"})
CAPACITY = compiled(
    r"\b(?:capacity|cloud|AI infrastructure|Azure|AWS|gigawatts?|megawatts?|[GM]W|campus|compute|computing|chips|GPUs?|nuclear|servers)\b"
)
# What makes a town of a sentence a site: something that is built, planned or run there.
SITE = compiled(
    r"\b(?:data[- ]?cent(?:er|re)s?|campus(?:es)?|sites?|locations?|facilit(?:y|ies)|halls?|build(?:s|ing|ings)?|built|under construction|regions?|plants?)\b",
    re.IGNORECASE,
)
IN_STATE = re.compile(r"\b(?:in|near|across|for) (?:\w+ )?$")
SALES = re.compile(r"segment|(?<!contracted )(?<!lease )(?<!rental )revenues?(?! bonds)|sales")
LISTED = 0.3
LEAD = 300
"""Characters of the text that count as its lead."""
ALWAYS = frozenset({"power", "generation", "chips"})


def is_digest(reading: Reading) -> bool:
    """Whether the text has many items with subjects of their own."""
    towns = Counter[int]()
    seen: set[tuple[str | None, str | None]] = set()
    for hit in reading.places:
        if hit.kind in {"city", "county", "township"} and not hit.seat and not hit.dateline:
            key = (hit.place.name, hit.place.country)
            if key not in seen:
                seen.add(key)
                towns[reading.segments.sentences[reading.segments.sentence_at(hit.start)].block] += 1
    companies: dict[str, set[int]] = {}
    for company in reading.companies:
        companies.setdefault(company.name, set()).add(
            reading.segments.sentences[reading.segments.sentence_at(company.start)].block
        )
    builders = [n for n in companies if company_kinds().get(n) in BUILDERS]
    blocks = [b for b in reading.segments.blocks if b.kind in {"paragraph", "item"}]
    if builders and len(blocks) >= 4 and max(len(companies[n]) for n in builders) >= 0.55 * len(blocks):
        return False
    labels = sum(1 for b in reading.segments.blocks if b.kind in {"paragraph", "item"} and _labelled(reading, b))
    if labels >= 3:
        return True
    return (len(towns) >= 3 and len(seen) >= 4 and len(builders) >= 3) or len(builders) >= 7


def _labelled(reading: Reading, block: Block) -> bool:
    """Whether a block is headed by the name of a place or company: "Sedenak. ...", "Reliance: ...", "1. Oracle. ..."."""
    if block.start <= reading.base + 1 and block.kind != "item":
        return False  # the lead
    number = block.first_sentence
    first = reading.segments.sentences[number].start
    spans = [(h.start, h.end) for h in reading.places_in(number)]
    spans += [(h.start, h.end) for h in reading.companies_in(number)]
    return any(at - first <= 1 and LABEL.match(reading.text[stop : min(block.end, stop + 60)]) for at, stop in spans)


def is_relevant(reading: Reading, claims: list[Claim]) -> bool:
    """Whether the document reports at least one build-out, deal, spending plan or supply for AI or cloud data centres."""
    text = reading.text
    # Who names a project of the reference speaks of data centers, without the word.
    projects = [hit.start for hit in reading.projects if hit.name in reference_projects()]
    spoken = sorted([*(match.start() for match in SUBJECT.finditer(text)), *projects])
    subjects = len(spoken)

    def speaks(start: int, end: int) -> bool:
        at = bisect_left(spoken, start)
        return at < subjects and spoken[at] < end

    thousand = max(len(text) / 1000, 1.0)
    builder = any(company_kinds().get(h.name) in BUILDERS for h in reading.companies)
    if not subjects and not (builder and any(c.metric in ALWAYS for c in claims)):
        return False
    support = 0.0
    title = speaks(0, reading.base) or bool(re.search(r"\b\d[\d.,]* ?[GM]W\b", text[: reading.base]))
    for claim in claims:
        start = claim.start + (reading.base if claim.where == "text" else 0)
        number = reading.segments.sentence_at(start)
        sentence = reading.segments.sentences[number]
        low, high = max(0, sentence.start - 200), sentence.end + 120
        builders = any(company_kinds().get(n) in BUILDERS for n in claim.companies)
        about = speaks(low, high) or (builders and bool(CAPACITY.search(text, low, high)))
        # Under a headline on data centers "Project Sail would be a $17 billion development" needs no further word.
        about = about or (title and claim.confidence > weakest(claim.metric))
        if claim.metric in ALWAYS:
            support += 1.0 if about or subjects / thousand >= 0.8 else 0.5
        elif claim.metric in {"land_area", "floor_area"}:
            support += 0.5 if about else 0.0
        elif (
            claim.metric in MONEY_METRICS
            and claim.confidence > weakest(claim.metric)
            and not (claim.scope != "company_year" and SALES.search(text, sentence.start, sentence.end))
        ):
            said = speaks(sentence.start, sentence.end)
            support += 1.0 if said or (builders and about) else 0.4 if about else 0.0
        elif claim.metric == "capex" and builders and title and reading.block(start).kind == "item":
            support += LISTED  # "- Meta: $10 billion in Louisiana", under a title that says what the list is of
    return support >= (0.4 if title else 0.9)


KINDS: tuple[tuple[DocumentKind, Pattern, float], ...] = (
    ("cancellation", compiled(r"\b(?:cancel\w*|scrap\w*|drop(?:s|ped)|walks? away|kills?|rejects?|withdraw\w*|withdrew|pulls? out|shelv\w+|abandon\w*|den(?:y|ies|ied)|votes? down|block(?:s|ed)|halt(?:s|ed)|called off|stop(?:s|ped)|says? no|refus(?:es|ed|al)|turn(?:s|ed) down|is dead|pull(?:s|ed) the plug|takes? back|no (?:new )?data cent(?:er|re)s?)\b", re.IGNORECASE), 3.0),
    ("capex_guidance", compiled(r"\b(?:cap(?:ital)? ?ex\w*|capital (?:expenditure|spending)\w*|guidance|spending (?:plan|outlook|forecast)|quarter|earnings|results|AI (?:spending|bill)|Q[1-4])\b", re.IGNORECASE), 2.0),
    ("financing", compiled(r"\b(?:rais(?:es|ed|ing)|loan|debt|bonds?|financ\w+|fund(?:ing|s)?|stake|acquir\w+|acquisition|takeover|buy(?:s|out)?|IPO|notes|equity|joint venture|backstop\w*|invests? \$?[\d.]+\w* (?:billion )?in (?=[A-Z])|credit)\b", re.IGNORECASE), 2.2),
    ("contract", compiled(r"\b(?:contracts?|deal|lease[sd]?|leasing|agreement|signs?(?: up)?|signed|rent|order|tenant|supply (?:deal|agreement)|cloud (?:deal|contract))\b", re.IGNORECASE), 2.0),
    ("power_supply", compiled(r"\b(?:nuclear|reactors?|solar|wind|turbines?|gas plants?|PPA|power (?:purchase|plant|supply|deal)|battery|storage|utility|generation|fuel cells?|geothermal|energy deal|electricity)\b", re.IGNORECASE), 2.2),
    ("chip_supply", compiled(r"\b(?:GPUs?|chips?|TPUs?|accelerators?|GB\d{3}\w*|MI\d{3}\w*|Trainium\w*|Blackwell)\b", re.IGNORECASE), 0.8),
    ("status_update", compiled(r"\b(?:br(?:eaks?|oke) ground|groundbreaking|opens?|opened|goes live|went live|online|operational|starts (?:work|construction|building)|begins? (?:construction|building|work)|under (?:way|construction)|approv(?:es|ed|al)|backs?|votes? (?:for|on|to)|\d-\d vote|sign(?:s)? off|on track|delay\w*|complet\w+|tops out|progress|update|hurries|raising|behind schedule|first phase|starts on|is live|switch(?:es|ed) on|(?:goes|went) into (?:service|operation)|go-ahead|says? yes|clear(?:s|ed)|permission|permit|grants?|moratorium|freez\w+|on hold|pauses?d?|running|data sheet)\b", re.IGNORECASE), 2.2),
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


def kind_of(reading: Reading, claims: list[Claim], digest: bool, relevant: bool) -> DocumentKind:
    """The kind of document: the title's words count three times, the lead's once, the claims' metrics a little."""
    if not relevant:
        return "other"
    title, lead = reading.text[: reading.base], reading.text[reading.base : reading.base + 600]
    scores: dict[DocumentKind, float] = dict.fromkeys((kind for kind, _, _ in KINDS), 0.0)
    scores["analysis"] = 0.0
    for kind, pattern, weight in KINDS:
        scores[kind] += weight * min(pattern.count(title), 2)
        scores[kind] += 0.35 * weight * min(pattern.count(lead), 2)
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
    if SERIES.search(title):
        scores["analysis"] += 4.0
    return max(scores, key=lambda k: scores[k])


def main_companies(reading: Reading, claims: list[Claim]) -> tuple[str, ...]:
    """
    The main actors, one to six: named in the title and the lead, often, and in claims.

    The weights were set on the annotated sets (F1 0.78 there); a flat part of the grid, so no digit of them matters.
    """
    weight: Counter[str] = Counter()
    for claim in claims:
        weight.update(dict.fromkeys(claim.companies, 2))
    for hit in reading.companies:
        weight[hit.name] += 3
    weight.update(dict.fromkeys({h.name for h in reading.companies if h.start < reading.base}, 8))
    weight.update(dict.fromkeys({h.name for h in reading.companies if 0 <= h.start - reading.base < LEAD}, 4))
    top = weight.most_common(6)
    return tuple(name for name, value in top if value >= max(4, 0.15 * top[0][1]))


def build_places(reading: Reading, claims: list[Claim], sites: Sequence[PlaceHit]) -> tuple[Place, ...]:
    """Every place where infrastructure is (to be) built: those of the claims, and towns named as sites."""
    out: dict[tuple[str | None, str | None, str | None], Place] = {}
    for claim in claims:
        place = claim.place
        if place.name or place.admin1:
            out.setdefault((place.name or place.admin1, None, place.country), place)
    for hit in sites:
        sentence = reading.segments.sentences[reading.segments.sentence_at(hit.start)]
        if (
            hit.kind in {"city", "county", "township"}
            and not hit.dateline
            and SITE.search(reading.text, sentence.start, sentence.end)
        ):
            out.setdefault((hit.place.name, None, hit.place.country), hit.place)
        elif (
            hit.kind == "state"
            and not hit.demonym
            and IN_STATE.search(reading.text[max(0, hit.start - 20) : hit.start])
            and SITE.search(reading.text, sentence.start, sentence.end)
        ):
            out.setdefault((hit.place.admin1, None, hit.place.country), hit.place)
    fine = {(p.admin1, p.country) for p in out.values() if p.name}
    told = [p for p in out.values() if p.name or (p.admin1, p.country) not in fine]
    if told:
        return tuple(told)
    return tuple(Place(None, None, land) for land in dict.fromkeys(c.place.country for c in claims) if land)
