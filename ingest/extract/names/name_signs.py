"""
Companies that several small signs show, where no single one would: "Havblik, not Cundall, will bring the servers".

In: text, its segments and the stretches that names found before take. Out: names. Every run of capitals is weighed by what stands
around it wherever it is written: a legal form or a trade, a verb, what it owns, a preposition that leads to a party, its first word
said again. Never takes what is mostly somewhere, a person with a title or what the text says to be built.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from db.reference import countries, demonyms
from ingest.extract.names.capitals import NOT_COMPANY, REGIONS, is_built, is_place, is_public
from ingest.extract.names.company_names import INCORPORATED, JOINED, is_company, trimmed
from ingest.extract.names.generic_words import GENERIC_FIRST, GENERIC_LAST
from ingest.extract.names.name_surroundings import (
    APPOSED,
    AREA_AFTER,
    BOUGHT,
    DEEDS,
    FORM,
    GIVEN,
    GOES_ON,
    INSTITUTION,
    KIND,
    LEADS,
    MID_SENTENCE,
    NAMED_AFTER,
    OF_NATION,
    OWNS,
    PERSON_ROLE,
    SAID_BY,
    SAYS,
    SOMEWHERE,
    THEN,
    TO_PARTY,
    TRADE_WORD,
    TRADES,
    WHICH,
    WITH,
)
from ingest.extract.text.patterns import Window
from ingest.extract.text.segments import Segments
from ingest.extract.text.spans import Spans
from ingest.extract.text.wordlists import words

ENOUGH, ENOUGH_OF_ONE_WORD, ENOUGH_OF_OPENING = 2.0, 2.5, 3.0
"""For a name of several words, for one word, and for one that only opens sentences, where any word has its capital."""
LABEL = re.compile(r"(?: \([^()\n]{2,40}\))?: (?:[a-z]+ )?\W{0,3}\d")
LEAST = 5
"""Letters of a word that may be a firm by what it does alone."""
# "Councils", "Funding", "Parliament": how ordinary words end that only open a sentence.
ORDINARY = re.compile(
    r"(?:s|ing|ion|ment|ity|ers?|ors?|ists?|ance|ence|ness|ship|one|body|ure|ture|age|ice|ism|ty|ly|al|ian|ish|ese|[A-Z]{2})$"
)
MOST = 6
"""Times a name is looked at: who is named more often has shown itself."""
_REST = r"(?:['’](?!s\b)\w+)?(?:-\w+)*(?:\.(?:ai|AI|io|pl|com|net)\b)?"
_WORD = rf"(?:[A-ZÀ-ÖØ-ÞĀ-Ž]\w+|\d[A-Z]\w*){_REST}"
# What may not stand before it is looked at behind its first letter: `re` passes over the letters that begin none.
RUN = re.compile(
    rf"[A-ZÀ-ÖØ-ÞĀ-Ž\d](?<![\w'’.-].)(?:(?<!\d)\w+|(?<=\d)[A-Z]\w*){_REST}(?:(?: (?:[&+]|d[aeio]|dos|das|del|des|du) | ){_WORD}| \d{{1,2}}(?= (?:[A-Z]|LL?[CP]\b)))*"
)
# "the Linz-based Donau Rechen", "PT Orrin Tbk": what stands before a name.
LED = re.compile(r"(?:[\w-]+-[a-z]+(?: |$)|PT )+")
DAY = re.compile(r"\d{1,2} (?=[A-Z])")
VEHICLE = re.compile(r" (?:SPV|PropCo|DevCo|HoldCo|Owner|Holdco|Propco|Opco|OpCo|Bidco|BidCo)(?: [IVX]+)?$")
NUMBERED = re.compile(r"(?: \d{1,2}\b)?")
BESIDE, LED_BY = re.compile(r",? (?:and|&|or) "), re.compile(r",? (?:and|&|or) $")
# A code, an amount, "UK-US", "Ngāi Tahu-linked".
NO_NAME = re.compile(
    r"[A-Z]{1,4}-?\d+\w?|\d+[GMTk][BW].*|\d+ .*|.*-[a-z]+ed|[A-Za-z]{1,3}\d[\d.]*\w{0,3}|[A-Z]{2}-.*|.*['’](?:ve|re|ll|d|t|m)"
)
OWNING = ("'s ", "’s ", "s' ", "s’ ")
AMOUNT = re.compile(r" ?[\d$€£]")
PLAIN = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ’'-]+(?: (?:(?:O['’]|Mc|Mac|De|Di|Van|Al-)?[A-ZÀ-Þ](?:[a-zà-ÿ’'-]+|\.)))+")
COINED = re.compile(r"[^\W\d][A-Z&+]|\d|[&+]|\.\w")
THINGS = frozenset(
    "PPAs TWh GWh MHz LLM LLMs RMB API EPS EBITDA FCF TCO AGI ABS NNN SMRs SMR MWh LEED Turbo DCD PUE ROI EDA GPU GPUs CPU CPUs TPU TPUs AI MW GW IT HPC LOI ESA PPA MOU LNG EV EVs CEO CFO UK US EU UN USA UAE AM PM ETF IPO Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
# What ends the name of a thing, whoever it belongs to.
THING_LAST = frozenset(
    (
        "Factory Hub Campus Park Parks Partnership Steelworks Works Plant Project Program Programme Initiative Region Zone Drive Lane Boulevard Parkway Crescent Terrace Station Center Centre Summit Report "
        "Index Agreement Plan Strategy Phase Online Classification Disclosure Interconnector Facility Complex Estate Corridor Stadium Building House Tower Site "
        "Cluster Supercomputer Dam Farm Line Area Square Model Service Services Standard Protocol Bill Law Rule Code Day Week Year Awards Conference Team Heartland Basin Belt Triangle Precinct Quarter District Peninsula Hinterland Officer President Director Chairman Manager Secretary Lease Leases Expansion Amendment Loan Notes Online Daily Live"
    ).split()
)


def shown_by_signs(text: str, segments: Segments, taken: Spans) -> set[str]:
    """Names of companies that the signs around them speak for."""
    runs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, start, end in _runs(text, segments, taken):
        runs[name].append((start, end))
    title = text[: segments.blocks[0].end] if segments.blocks else ""
    out = set()
    for name, spans in runs.items():
        if _is_shown(text, title, name, spans[:MOST], runs, taken) and not is_built(text, name):
            out.add(name)
    return out


def _runs(text: str, segments: Segments, taken: Spans) -> Iterator[tuple[str, int, int]]:
    """The runs of capitals of the running text that may be a name."""
    for match in RUN.finditer(text, segments.blocks[1].start if len(segments.blocks) > 1 else 0):
        raw = match.group()
        if (found := _candidate(raw)) is None:
            continue
        name, lead, length = found
        start = match.start() + lead
        end = start + length
        if taken.overlap(start, end) or (" " not in raw and AMOUNT.match(text, match.end())):
            continue
        if length > len(name):
            end = NUMBERED.match(text, end).end()  # type: ignore[union-attr]
        if segments.block_of(segments.sentence_at(start)).kind not in {"heading", "title"}:
            yield name, start, end


@lru_cache(maxsize=8192)
def _candidate(raw: str) -> tuple[str, int, int] | None:
    """The name in a run of capitals, where it begins in it, and its length with the word for a vehicle; None where it can be no company."""
    led = LED.match(raw)
    name, lead = trimmed(raw, led.end() if led else 0, len(raw))
    if day := DAY.match(name):
        name, lead = name[day.end() :], lead + day.end()  # "On 8 July Orrin Limited"
    length = len(name)
    if vehicle := VEHICLE.search(name):
        name = name[: vehicle.start()]
    lower, first, last = name.lower(), name.split(" ", 1)[0], name.rsplit(" ", 1)[-1]
    if len(name) < 3 or not name[0].isalnum() or lower in NOT_COMPANY or lower in words("common"):
        return None
    if first in THINGS or (last in THINGS and last != "AI") or last in THING_LAST or first in demonyms():
        return None
    if "-" in name and demonyms().issuperset(name.split("-")):
        return None  # "Franco-American"
    if (first in GENERIC_FIRST and last in GENERIC_LAST) or NO_NAME.fullmatch(name) or TRADES.fullmatch(name):
        return None
    if (name.isupper() and " " in name) or is_public(name) or is_place(name):
        return None
    if first in REGIONS and is_place(name[len(first) + 1 :]):
        return None  # "Northeast El Paso"
    return name, lead, length


def _is_shown(
    text: str, title: str, name: str, spans: list[tuple[int, int]], runs: dict[str, list[tuple[int, int]]], taken: Spans
) -> bool:
    """Whether what is seen around a name outweighs what speaks against it."""
    several = " " in name
    first, last = name.split(" ")[0], name.split(" ")[-1]
    trade = TRADE_WORD.search(last) is not None
    person_like = PLAIN.fullmatch(name) is not None and not (several and trade)
    weight = 0.0
    seen: set[str] = set()

    def sign(kind: str, value: float) -> None:
        nonlocal weight
        if kind not in seen:
            seen.add(kind)
            weight += value

    for start, end in spans:
        window = Window(text, max(0, start - 60), start)
        before = window.text
        if PERSON_ROLE.seek(window) and not (several and trade):
            sign("person", -4.0)
        if before.endswith((" the ", " a ", " an ")):
            sign("article", -1.0 if before.endswith(" the ") else -2.0)
        if FORM.match(text, end):
            sign("form", 3.0)
        elif APPOSED.match(text, end):
            sign("apposed", 2.0)
        elif SOMEWHERE.seek(window):
            sign("somewhere", -2.0)
        if (which := WHICH.match(text, end)) and (which["home"] is None or is_place(which["home"])):
            sign("which", 1.5 if which["home"] is None else 1.0)
            if which["home"] is None and DEEDS.match(text, which.end()):
                sign("deed", 2.0 if several else 1.0)
        if DEEDS.match(text, end):
            sign("deed", 2.0 if not person_like or INSTITUTION.match(text, end) else 1.0)
        elif SAYS.match(text, end):
            sign("says", 0.0 if person_like else 1.0)
        elif OWNS.match(text, end):
            sign("owns", 1.5)
        if text.startswith(",", end) and NAMED_AFTER.search(text, max(0, start - 120), start):
            sign("named after", 2.0)
        if (
            before.endswith(OWNING)
            and (nation := OF_NATION.search(before))
            and (nation[1] in countries() or is_place(nation[1]))
        ):
            sign("nation", 1.5)
        if LEADS.seek(window) or BOUGHT.seek(window):
            sign("leads", 2.5)
        elif GIVEN.seek(window):
            sign("given", 2.0)
        elif TO_PARTY.seek(window):
            sign("party", 1.5)
        elif WITH.seek(window):
            sign("with", 1.0)
        if ((beside := BESIDE.match(text, end)) and taken.overlap(beside.end(), beside.end() + 1)) or (
            (led := LED_BY.search(before)) and taken.overlap(at := start - len(led.group()) - 1, at + 1)
        ):
            sign("beside", 1.5)
        if LABEL.match(text, end) and text[start - 2 : start] in ("- ", "* ", "• "):
            sign("label", 1.0)
        if KIND.match(text, end):
            sign("kind", 1.5)
        if several and trade and SAID_BY.search(before):
            sign("said by", 1.0)
        if GOES_ON.match(text, end):
            sign("goes on", -2.0)
        if (area := AREA_AFTER.match(text, end)) and area[1].lower() not in words("common") and is_place(area[1]):
            sign("area", -3.0)
        if THEN.match(text, end):
            sign("then", 1.0)
    if several:
        if first in runs:
            sign("short", 1.5)
        elif last in runs and person_like:
            sign("surname", -2.5)
    if COINED.search(name):
        sign("coined", 1.0)
    if trade:
        sign("trade", 1.5)
    if " & " in name:
        sign("two in one", 1.0)
    if name in title or (several and first in title and len(first) > 3):
        sign("title", 0.5)
    if len(spans) > 1:
        sign("again", 0.5)
    if not several and "deed" in seen and len(name) >= LEAST and not ORDINARY.search(name):
        sign("bare", 0.5 if name.lower() in text else 1.0)
    enough = ENOUGH
    if not several and name.isupper():
        enough = ENOUGH + 1
    elif not several and not seen & {"coined", "leads"}:
        enough = ENOUGH_OF_ONE_WORD if any(MID_SENTENCE.match(text, start) for start, _ in spans) else ENOUGH_OF_OPENING
    if weight < enough:
        return False
    form = "form" in seen  # a legal form leaves less to doubt
    if not form and f"Project {name}" in text:
        return False
    return is_company(text, name, *spans[0], form, INCORPORATED if form else JOINED)
