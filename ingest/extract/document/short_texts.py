"""
Whether a text of a few sentences is about infrastructure for AI or the cloud, where no page around it says so.

In: a `Reading` and its claims. Out: yes or no. A brief of three sentences says its subject once or not at all ("hall", "racks",
"hosting", the name of an operator), so that words which would be too weak for a long text are counted here. Never without a claim.
"""

from __future__ import annotations

import re

from db.records import MONEY_METRICS, Claim
from ingest.extract.names.mentions import company_kinds, reference_projects
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import compiled

SHORT_TEXT = 700
"""Characters of title and text up to which a document is read as one passage."""
ENOUGH = 1.0
# Each group is one kind of sign: two kinds make a subject, the same kind said twice does not.
SIGNS = compiled(
    r"\b(?:(?P<hall>(?<!town )(?<!city )(?<!village )(?<!county )(?<!fire )(?<!music )(?<!concert )(?<!dining )(?<!dance )(?<!sports )(?<!exhibition )(?<!township )(?:halls?|shells?)|IDCs?|tier (?:III|IV|3|4))"
    r"|(?P<building>buildings?|fit-outs?)"
    r"|(?P<campus>campus(?:es)?|land bank)"
    r"|(?P<gpus>GPUs?|TPUs?|accelerators?|racks?|Blackwells?|[BH][123]00s?|GB[23]00s?)"
    r"|(?P<chips>chips?|NVIDIA)"
    r"|(?P<cloud>cloud|hosting|hoster|colo|neoclouds?|computing|compute|HPC|inference|(?:megawatt|MW|training) clusters?|cluster phase)"
    r"|(?P<load>IT (?:load|capacity)|substations?)"
    r"|(?P<miner>bitcoin|crypto|miners?)"
    r"|(?P<ai>AI)"
    r"|(?P<tenant>tenants?|landlord|leases?|leased|been let|RFS|ready[- ]for[- ]service|pre-let)"
    r"|(?P<live>(?:com(?:e|es|ing)|came|go(?:es|ing)?|went|be) (?:online|live)|energi[sz]ed)"
    r")\b",
    re.IGNORECASE,
)
# "Red Fork Data", "Big Sandy Digital": whoever is called so keeps servers more often than not.
FIRM = re.compile(r"\b[A-Z][\w&’'-]+ (?:Data|Digital|Compute|Computing)\b(?! (?:Realty|Corp|[Cc]ent))")
SUBJECTS = compiled(
    r"\b(?:data (?:halls?|parks?|campus(?:es)?|base)|(?:server|computer) halls?|GPU (?:parks?|farms?|halls?)|AI (?:gigafactor|factor|park|hub|cluster|campus)\w*|gigafactory for AI|computing base|"
    r"interconnection (?:operator|provider|firm|company|hub|platform)|carrier hotels?|critical IT|inference cent(?:er|re)s?)\b",
    re.IGNORECASE,
)
SAME = {"tenant": "building", "chips": "gpus"}
"""Signs that are one kind with another: a building has a landlord whatever stands in it."""
OTHER_WORKS = compiled(
    r"\b(?:universit\w+|colleges?|schools?|students?|hospitals?|medical|fabs?|foundry|wafers?|vaccin\w+|drugs?|film|studios?|hotels?|apartments?|housing|stadiums?|bridges?|museums?|church\w*|jails?|malls?|refiner\w+|"
    r"offices?|batter(?:y|ies)|fibre|fiber|cars?|electric vehicles?|EVs|airliners?|aircraft|ships?|shipyard|wind farms?|solar farms?|oil|LNG|restaurants?|phones?|5G|trains?|railway|ferr(?:y|ies))\b",
    re.IGNORECASE,
)
"""What a sum may be for as well: a text that names it needs one sign more."""
SUMS = 3
"""Claims that are a sign of their own: who tells of works, a loan and an order tells of building."""
PURE = frozenset({"neocloud", "operator"})
"""Whoever builds nothing but data centers: what they borrow and sign is for these."""
BUILDERS = frozenset({"hyperscaler", "lab", "developer", "telecom"})
SITES = frozenset({"developer"})
"""Whoever builds data centers among other things: a date of theirs needs one sign more, as their megawatts do."""
PLACES = frozenset({"hall", "building", "campus", "load"})
PAID_FOR = frozenset({*MONEY_METRICS, "generation"})
"""With a hall or a building, what makes a firm's name a sign: an office is leased by anyone."""
MAKERS = frozenset({"systems", "software"})
"""Whoever sells servers and services: a sign where a contract is told of."""
WEIGHT = 0.5
"""Of one kind of sign."""
TELLING = frozenset({*MONEY_METRICS, "power", "generation", "chips", "land_area", "floor_area"})
"""Posts and dates are claims of any works and any firm: they need a subject that is named."""


def is_short(reading: Reading) -> bool:
    """Whether the whole text is one passage."""
    return len(reading.text) <= SHORT_TEXT


def tells_of_building(reading: Reading, claims: list[Claim], named: int) -> bool:
    """Whether the passage has a claim, and a subject that is `named` or that two kinds of signs make out."""
    if not claims:
        return False
    kinds = {company_kinds().get(hit.name) for hit in reading.companies}
    projects = any(hit.name in reference_projects() for hit in reading.projects)
    if named or kinds & PURE or projects or SUBJECTS.search(reading.text):
        return True
    metrics = {claim.metric for claim in claims}
    if TELLING.isdisjoint(metrics) and not kinds & SITES:
        return False
    told = {match.lastgroup for match in SIGNS.finditer(reading.text)}
    signs = {SAME.get(sign or "", sign) for sign in told}
    if not TELLING.isdisjoint(metrics):
        signs.discard("live")  # an app goes live too
    stands = not PLACES.isdisjoint(signs) and not PAID_FOR.isdisjoint(metrics)
    firm = (stands or "power" in metrics) and FIRM.search(reading.text) is not None
    # Megawatts that are no plant's are what halls draw.
    weight = WEIGHT * (len(signs) + bool(kinds & BUILDERS) + ("power" in metrics) + firm)
    weight += WEIGHT * (bool(kinds & MAKERS) and "contract" in metrics)
    if OTHER_WORKS.search(reading.text):
        weight -= WEIGHT
    elif not metrics.isdisjoint(MONEY_METRICS):
        weight += WEIGHT * (sum(1 for claim in claims if claim.metric in TELLING) >= SUMS and signs != {"building"})
        weight += WEIGHT * ("gpus" in told)  # "a reservation of GPUs for $870 million"
    return weight >= ENOUGH
