"""
Whether a document is about infrastructure, and whether it tells of many things.

In: a `Reading` and its claims. Out: yes or no. Never reads a figure again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from db.records import MONEY_METRICS, Claim
from ingest.extract.document.short_texts import PURE, is_short, tells_of_building
from ingest.extract.figures.confidence import weakest
from ingest.extract.names.mentions import company_kinds, reference_projects
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled
from ingest.extract.text.segments import Block

SUBJECT = compiled(
    r"\bdata[- ]?cent(?:er|re)s?\b|\bdatacent\w+|\bhyperscal\w+|\bAI (?:infrastructure|factor(?:y|ies)|hubs?|clusters?|campus(?:es)?|compute|capacity)|\bsupercomput\w+|\bsuperclusters?|\bserver (?:farm|hall|shed|town)s?|"
    r"\bcompute\b|\b(?:AI|cloud) (?:computing|cloud|operator|data)\b|\bneocloud|\bGPUs? (?:capacity|housed)|\bcomputing (?:power|capacity|infrastructure|complex)|\bcomputing cent(?:er|re)s?\b|\bcolocation|\bcap(?:ital)? ?ex(?:penditures?)?\b|\bcapital spending|\bGPU (?:cloud|cluster)s?|\bcloud (?:regions?|infrastructure|capacity|services)|(?:infrastructure|AWS|Azure) regions?|availability zones|sovereign cloud|AI (?:and cloud |projects?|push|build)|server|데이터센터|データセンター|数据中心|\bRechenzentr\w+|\bcentros? de datos|\bcentres? de données|\bdatacenter\w*|\bdatahall\w*",
    re.IGNORECASE,
)
LABEL = re.compile(r"(?:, [\w .'’-]{2,40}|\s?\([^)]{1,30}\)| and [\w ]{2,30})?(?:\.|:| [—–-]| \|) ")
BUILDERS = frozenset({"hyperscaler", "lab", "neocloud", "operator", "developer"})
CAPACITY = compiled(
    r"\b(?:capacity|cloud|AI infrastructure|Azure|AWS|gigawatts?|megawatts?|[GM]W|campus|compute|computing|chips|GPUs?|nuclear|servers)\b"
)
SALES = compiled(r"segment|(?<!contracted )(?<!lease )(?<!rental )revenues?(?! bonds)|sales")
LISTED = 0.3
OF_TITLE = 0.33
"""Share of the paragraphs that name one company of the title, from which on all is told for its sake."""
TOLD = 1.5
"""How often in a thousand characters a text names its subject that is about nothing else."""
POSTS = 0.25
"""What jobs count for under a title on a data center: two of them tell of one being built."""
# "lots must be at least 50 acres", "usually of more than 100MW": what a rule or a definition asks of any site.
RULE = compiled(
    r"\b(?:guidelines|criteria|ordinance|zoning (?:amendment|text|code|rules?)|must (?:be|have)|required to (?:be|have)|setbacks?|minimum lot|typical(?:ly)?|usual(?:ly)?|on average|(?:are|is) defined as|what is an?)\b",
    re.IGNORECASE,
)
TAUGHT = compiled(
    r"\b(?:FAQs?|frequently asked|glossary|explained|explainer|what is an?|definitions?|questions answered|guidelines|ordinance|zoning (?:amendment|rules)|moratorium)\b",
    re.IGNORECASE,
)
# "plans for a data center approved", "to have more computing centers": a headline that tells of one, with or without a figure.
BUILDS = compiled(
    r"\b(?:to (?:build|open|have|get|host|expand|construct|develop)|builds?|opens?|expands?|breaks? ground|plans? (?:for|to|approved|filed|unveiled|submitted)|approves?|approved|files? (?:plans|for)|unveils?|launch(?:es)?|invests?|completes?|acquires?|buys|signs?|leases?|groundbreaking|construction|delays?|cancels?|scraps?)\b",
    re.IGNORECASE,
)
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
    in_title = {h.name for h in reading.companies if h.end < reading.base}
    kinds = [b.kind in {"paragraph", "item"} for b in reading.segments.blocks]
    if any(sum(kinds[number] for number in companies[name]) >= OF_TITLE * len(blocks) for name in in_title):
        return False
    spread = len(towns) >= 3 or len({land for _, land in seen}) >= 2
    return (spread and len(seen) >= 4 and len(builders) >= 3) or len(builders) >= 7


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
    taught = TAUGHT.search(text, 0, reading.base) is not None
    if is_short(reading) and not taught and tells_of_building(reading, claims, subjects):
        return True

    def speaks(start: int, end: int) -> bool:
        at = bisect_left(spoken, start)
        return at < subjects and spoken[at] < end

    thousand = max(len(text) / 1000, 1.0)
    builder = any(company_kinds().get(h.name) in BUILDERS for h in reading.companies)
    pure = any(company_kinds().get(n) in PURE for c in claims if c.metric in MONEY_METRICS for n in c.companies)
    if not subjects and not pure and not (builder and any(c.metric in ALWAYS for c in claims)):
        return False
    support = 0.0
    title = speaks(0, reading.base) or bool(re.search(r"\b\d[\d.,]* ?[GM]W\b", text[: reading.base]))
    for claim in claims:
        start = claim.start + (reading.base if claim.where == "text" else 0)
        number = reading.segments.sentence_at(start)
        sentence = reading.segments.sentences[number]
        low, high = max(0, sentence.start - 200), sentence.end + 120
        # A firm that the reference lacks may build, as those do whom the text names beside it.
        unknown = builder and bool(claim.companies) and company_kinds().keys().isdisjoint(claim.companies)
        builders = unknown or any(company_kinds().get(n) in BUILDERS for n in claim.companies)
        about = speaks(low, high) or (builders and bool(CAPACITY.search(text, low, high)))
        # Under a headline on data centers "Project Sail would be a $17 billion development" needs no further word.
        about = about or (title and claim.confidence > weakest(claim.metric))
        if taught and RULE.search(text, sentence.start, sentence.end):
            continue
        if claim.metric in ALWAYS:
            support += 1.0 if about or subjects / thousand >= 0.8 else 0.5
        elif claim.metric in {"land_area", "floor_area"}:
            support += 0.5 if about else 0.0
        elif claim.metric == "jobs":
            support += POSTS if title else 0.0
        elif (
            claim.metric in MONEY_METRICS
            and claim.confidence > weakest(claim.metric)
            and not (
                claim.scope != "company_year"
                and claim.metric != "contract"
                and SALES.search(text, sentence.start, sentence.end)
            )
        ):
            said = speaks(sentence.start, sentence.end)
            pure = any(company_kinds().get(n) in PURE for n in claim.companies)
            support += 1.0 if said or pure or (builders and about) else 0.4 if about else 0.0
        elif claim.metric == "capex" and builders and title and reading.block(start).kind == "item":
            support += LISTED  # "- Meta: $10 billion in Louisiana", under a title that says what the list is of
    if title and not taught and subjects / thousand >= TOLD and BUILDS.search(text, 0, reading.base):
        return True
    return support >= (0.4 if title and not taught else 0.9)
