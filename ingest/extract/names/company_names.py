"""
Companies that the reference does not know, found by how they are named.

In: text, its segments and the stretches that names found before already take. Out: the names, each once. A company shows by
its last word ("... Energy"), by what it is called ("developer Ursa Clusters") or by what it does ("Tallgrass said"). Never
takes a person, a newspaper, a public body or a place for a company.
"""

from __future__ import annotations

import re

from db.reference import countries
from ingest.extract.names.capitals import CAP, NOT_COMPANY, REGIONS, begun_by_capitals, is_built, is_place, is_public
from ingest.extract.names.generic_words import GENERIC_FIRST, GENERIC_LAST, PRODUCT
from ingest.extract.names.legal_forms import FORM, TAIL
from ingest.extract.names.mistaken_names import LIMITED, is_something_else
from ingest.extract.names.persons import PERSON_AFTER, PERSON_ROLE, SPEAKS, after_first_names
from ingest.extract.text.patterns import Pattern, compiled
from ingest.extract.text.segments import Segments
from ingest.extract.text.spans import Spans
from ingest.extract.text.written import written

_SUFFIX = (
    r"(?:Inc|Corp|Corporation|Ltd|Limited|LLC|plc|PLC|AG|SA|NV|AB|ASA|AS|GmbH|Co|Company|Holdings?|Group|Partners|Capital|Energy|Digital|Technologies|Technology|Tech|"
    r"Data Cent(?:er|re)s?|Datacent(?:er|re)s?|Infrastructure|Properties|Realty|Ventures|Networks?|Cloud(?: Services)?|Computing|Compute|Power(?: Company)?|Electric|Utilities|Systems|"
    r"Developments?|Industries|Investments?|Equities|Land|Telecom|Telecommunications|Communications|Mining|Labs?|Semiconductor|Solutions|Logistics|Construction|"
    r"Cooperative|Pipeline|Midstream|Bank|Advisors|Real Estate|Clusters|Redevelopment|Steel|Water|Gas|Resources|Materials|Petroleum|Nuclear|Renewables|Solar|Wind|Robotics|Supersonic|Blockchain|AI|Estates|Trust|REIT|Public Service|Management|Motors?|Motor Group|Parks)"
)
# "Meridian Data Centre and Cloud Services" is one name, not two.
_TAIL = r"(?: (?:and|&) (?:(?:Cloud|Data|Digital|Colocation|Hosting|Network|Information|IT|Technology|Energy|Power|Infrastructure|Engineering|Telecom) )+(?:Services?|Solutions|Systems|Technolog(?:y|ies)|Infrastructure|Holdings|Development|Operations))?"
COMPANY_NAME = re.compile(
    rf"(?<![\w’'/-])(?P<name>Bank of {CAP}(?: {CAP})?|{CAP}(?:(?: & | and (?=[A-Z])| de | of |, (?=[A-Z][\w]+ (?:and|&) [A-Z]\w+ (?:Gas|Water|Power|Electric))| ){CAP}){{0,4}} {_SUFFIX}{_TAIL}(?:(?<=Bank) of {CAP}(?: {CAP})?)?)(?:,? (?:Inc|Corp|Ltd|LLC|plc|Pty Ltd|L\.?P)\.?)?(?![\w])"
)
# "Harlan Capital and Calder Energy Partners": each with a firm's last word, so they are two.
TWO = re.compile(
    rf"(?P<first>{CAP}(?:(?: & | ){CAP}){{0,3}} {_SUFFIX}) and (?P<second>{CAP}(?:(?: & | ){CAP}){{0,3}} {_SUFFIX})$"
)
PLURAL = re.compile(
    r",? (?:are|have|were|plan|want|say|intend|expect|hope|announced (?:a|their) joint|jointly|together)\b"
)
INCORPORATED = re.compile(rf"(?<![\w’'-])(?P<name>{CAP}(?:(?: & | ){CAP}){{0,4}}?),? {FORM}(?!\w)")
LEGAL_FORM = compiled(rf"(?<!\w){FORM}(?!\w)")
CALLED = compiled(
    rf"\b(?:[Dd]evelopers?|[Oo]perators?|[Cc]ompany|[Ff]irm|[Ss]tart-?up|[Pp]roviders?|[Bb]uilders?|[Uu]tility|[Ll]andlord|[Ii]nvestors?|(?:[Nn]ewcomer|[Ff]irm|[Cc]ompany|[Ss]tart-?up|[Vv]enture|[Dd]eveloper|[Oo]perator)(?: \w+)? (?:called|named|known as|by the name of)|[Nn]eocloud|[Mm]iner|[Ss]upplier|[Mm]aker|[Cc]ontractor|[Pp]romoter|[Ff]inancier|[Pp]artner|[Ss]ubsidiary|unit|arm|[Hh]yperscaler|[Gg]iant|[Tt]enant|[Cc]ustomer|[Ss]pecialist|(?:developer|operator|owner|provider|firm|company|start-?up|builder|investor|subsidiary|affiliate),|(?:subsidiary|unit|affiliate|arm|division|brand) of|(?:developed|operated|built|owned|constructed|acquired|backed|leased|occupied) by)s? (?P<name>{CAP}(?:(?: & | of | ){CAP}){{0,3}})"
)
DOES = re.compile(
    rf"(?:^|(?<=[.!?:;•\n] )|(?<=\n)|(?<=, )|(?<=\band )|(?<=\bthat ))(?P<name>{CAP}(?:(?: & | ){CAP}){{0,3}})(?:,[^.,\n]{{3,60}},)?(?:['’]s)? "
    r"(?:(?:also |now |still |then |already |recently |itself )?(?:plans to|plan to|will (?:build|invest|develop|spend|open|put|supply|provide|own|operate|lease|add|take|fund)|wants|has (?:broken|begun|started|secured|signed|announced|bought|acquired|proposed|filed|committed|leased|told|been running|just put|agreed|said|rights)|"
    r"is (?:building|planning|developing|investing|spending|adding|putting|proposing|constructing|expanding|tripling|doubling|seeking|said to)|intends|proposes|proposed|announced|unveiled|acquired|broke ground|expects to|bought|paid|raised|signed|leased|owns|operates|develops|builds|runs|supplies|adds|brings|committed|pledged|filed|holds|said (?:it|on|in|the|this|Monday|Tuesday|Wednesday|Thursday|Friday)))\b",
)
# What hardly anybody but an organisation does: for a name that no other word shows to be one.
ACTS = re.compile(
    rf"(?:^|(?<=[.!?:;•\n] )|(?<=\n)|(?<=, )|(?<=\band )|(?<=\bthat ))(?P<name>{CAP}(?:(?: & | ){CAP}){{0,3}}) "
    r"(?:(?:also |now |then |already |recently |itself )?(?:called for (?:bids|tenders|offers)|(?:has |have )?(?:opened|launched|published|issued|put out|floated|released) (?:the |a |its |an )?(?:[\w-]+ ){0,2}(?:tender|bids?|bidding|auction|request for)|invited (?:bids|tenders)|came (?:first|second|out on top)|won the (?:bid|tender|contract|order|auction)|was awarded|"
    r"announced the (?:outcome|result|winner)|(?:has |have )?(?:received|secured|obtained|drawn|attracted) (?:RM|S?\$|US\$|€|£|\w{2,3}\$?)? ?\d|(?:has |have )(?:broken ground|energi[sz]ed|completed|commissioned|inaugurated|switched on|topped out)|"
    r"(?:is|are) (?:commissioning|deploying|installing|leasing|buying|acquiring|raising|financing|converting)|(?:will|is to|are to) (?:deploy|install|host|rent|buy|acquire|finance|construct|erect|commission)|"
    r"(?:deployed|energi[sz]ed|commissioned|inaugurated|installed|tapped|contracted|refinanced)))\b"
)
# 'Orrin - "Project Loam" | ...': who owns the row of a table.
ROW_LABEL = re.compile(
    rf"(?:(?<=\n)|(?<=\n\| ))(?P<name>{CAP}(?:(?: & | ){CAP}){{0,3}}) [-–—] [\"“][^\n|]{{2,40}}[\"”] \|"
)
APPOSED = re.compile(
    rf"(?<![\w’'-])(?P<name>{CAP}(?:(?: & | ){CAP}){{0,3}}), (?:an?|the|which|owned by|part of|itself|whose|formerly) (?:[\w’'-]+ ){{0,5}}?(?:developer|operator|company|firm|start-?up|provider|utility|investor|builder|subsidiary|unit|group|neocloud|miner|maker|landlord|affiliate|arm|business|manager|contractor|supplier|joint venture|vehicle)\b"
)
BY_SITE = re.compile(
    rf"(?<![\w’'-])(?P<name>{CAP}(?:(?: & | ){CAP}){{0,3}})['’]s? (?:(?:planned|proposed|new|first|second|own|latest|[\d,.]+[- ]?(?:MW|GW|megawatt|gigawatt|acre)s?|AI|hyperscale|[A-Z]{{0,2}}[$€£¥₹][\d.,]+(?:[- ]?(?:bn|mn|m|b|billion|million|trillion|crore))?) )*(?:data ?cent|campus|project|site|plan\b|facility|investment|proposal|application)"
)
# "EngineNode is free to go on": two words written as one are a firm's name, where it acts.
JOINED = re.compile(
    r"(?<![\w’'-])(?P<name>[A-Z][a-z]{2,}[A-Z][a-z]{2,})(?:['’]s | (?:is|has|will|would|plans|wants|said|says|expects|owns|bought|applied|must|can|builds|operates)\b)"
)
# Words that stand before a name and are no part of it, and ordinary words that are: "Digital Realty", "First Solar".
BEFORE_A_NAME = (
    NOT_COMPANY
    | frozenset(
        "developer operator contractor owner landlord tenant lender applicant sponsor neocloud miner together under like even because separately additionally last based buyer seller debtor borrower purchaser lessee lessor issuer guarantor proposed".split()
    )
) - frozenset(
    (
        "digital energy electric capital cloud group first north south east west northern southern eastern western "
        "american"
    ).split()
)
# A name may follow these at once: "On 18 November Harlan Stack Technology called for bids".
AHEAD = frozenset(
    (
        "The And In At By For With From Of That As When While After Under If But Developer On Since Until Then Now "
        "January February March April May June July August September October November December "
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    ).split()
)
# "a firm called New Day Data Centers": an adjective would be written small.
CALLED_SO = re.compile(r"\b(?:called|named|as|by|of|with|from|to|and|subsidiary|developer|firm|company) $")
NUMBERS = frozenset("Two Three Four Five Six Seven Eight Nine Ten".split())
CODE = re.compile(r"[A-Z]{2,5}-[A-Z]|[A-Z]{1,4}-?\d{1,3}[A-Z]?(?: Data ?[Cc]ent(?:er|re)s?| Campus)?")
OWNER = re.compile(r"([A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+){0,2})['’]s (?=[A-Z])")
OWNS_END, HOME = re.compile(r"['’]s?$"), re.compile(r"(?<!Bank) of ([A-Z][\w.]+(?: [A-Z]\w+)?)$")
ENDS_IN_FORM = re.compile(TAIL)
ANYWHERE, WORD_ENDS = re.compile(""), re.compile(r"\b")
UNUSUAL, MID_SENTENCE = re.compile(r"[A-Z0-9]"), re.compile(r"(?<=[a-z,] )")


def named_companies(text: str, segments: Segments, taken: Spans) -> set[str]:
    """Names of companies in `text` outside the stretches `taken`."""
    title = re.findall(r"[^\W\d_]{4,}", text[: segments.blocks[0].end]) if segments.blocks else []
    in_capitals = sum(w[0].isupper() for w in title) >= 0.8 * len(title)
    names: set[str] = set()
    incorporated = (INCORPORATED,) if LEGAL_FORM.search(text) else ()
    rows = (ROW_LABEL,) if "|" in text else ()
    for pattern in (*incorporated, COMPANY_NAME, CALLED, APPOSED, DOES, ACTS, *rows, BY_SITE, JOINED):
        found = (
            pattern.finditer(text)
            if isinstance(pattern, Pattern)
            else begun_by_capitals(pattern, text, pattern in (DOES, ACTS))
        )
        for match in found:
            start, end = match.span("name")
            if (
                pattern in (COMPANY_NAME, DOES, ACTS, BY_SITE)
                and (kind := segments.block_of(segments.sentence_at(start)).kind) in {"heading", "title"}
                and (kind == "heading" or in_capitals)
            ):
                continue  # a heading sets every word in capitals
            name, start = trimmed(text, start, end)
            if pattern is COMPANY_NAME and (two := TWO.match(name)):
                name = two["first"]  # the second is found for itself, from where it begins
                names |= _second(text, two["second"], start + two.start("second"), taken)
            elif pattern is COMPANY_NAME and " and " in name and PLURAL.match(text, start + len(name)):
                name, _, other = name.partition(" and ")  # "Helgor and Tessera Land are building"
                names |= _second(text, other, start + len(name) + 5, taken)
            end = start + len(name)
            if name in names:
                continue
            if not taken.overlap(start, end) and is_company(
                text, name, start, end, pattern is COMPANY_NAME or pattern is INCORPORATED, pattern
            ):
                names.add(name)
    return {name for name in names if not is_built(text, name)}


def _second(text: str, name: str, start: int, taken: Spans) -> set[str]:
    """The other of two firms in one breath, where it may be a company."""
    name, start = trimmed(text, start, start + len(name))
    end = start + len(name)
    return {name} if not taken.overlap(start, end) and is_company(text, name, start, end, True, COMPANY_NAME) else set()


def trimmed(text: str, start: int, end: int) -> tuple[str, int]:
    """A name without the words before it that are no part of it, and where it begins then."""
    name = text[start:end].removeprefix("PT ")
    start = end - len(name)
    while " " in name:
        head, rest = name.split(" ", 1)
        counted = head in NUMBERS and rest.split(" ", 1)[0].endswith("s")  # "Two Rivers Power"
        own = head == "New" and CALLED_SO.search(text, max(0, start - 30), start)
        if head.lower().strip("'’") in BEFORE_A_NAME and not counted and not own:
            start += len(head) + 1
            name = rest
            continue
        break
    owner = OWNER.match(name)
    if owner and (" " in owner[1] or owner[1] in countries() or is_place(owner[1])):
        start += owner.end()  # "China's ZDATA Technologies", "Ann Kade's Orrin Cloud"
        name = name[owner.end() :]
    name = OWNS_END.sub("", name)
    if " of " in name and (home := HOME.search(name)) and (home[1] in countries() or is_place(home[1])):
        name = name[: home.start()]  # "ZDATA Technologies of China"
    # The legal form is no part of the name people use.
    return ENDS_IN_FORM.sub("", name), start


def _is_coined(text: str, name: str) -> bool:
    """Whether one word is surely a name: capitals or digits within it, or a capital in mid-sentence too."""
    return bool(UNUSUAL.search(name, 1)) or next(written(text, name, MID_SENTENCE, WORD_ENDS), None) is not None


def is_company(text: str, name: str, start: int, end: int, by_suffix: bool, pattern: re.Pattern[str] | Pattern) -> bool:
    """Whether what `pattern` found is a company: no person, newspaper, public body, place, product or building."""
    words = name.split()
    public = is_public(name) and not LIMITED.match(text, end)
    if not words or name.lower() in NOT_COMPANY or len(name) < 3 or public:
        return False
    if is_something_else(text, name, start, end):
        return False
    if re.match(r" (?:[A-Z][a-z]+)", text[end : end + 20]) and not re.match(
        rf" (?:Co\b|{FORM}|Group|Holdings|AI|I{{1,3}}\b|USA|Europe|Asia|America|Chief|CEO|President)",
        text[end : end + 12],
    ):
        return False  # part of a longer name: a paper, a public body
    ahead = re.search(r"(?<![.!?:] )(?<!^)\b([A-Z][a-z]+|[A-Z]\.) $", text[max(0, start - 16) : start])
    if by_suffix and ahead and ahead[1] not in AHEAD:
        return False
    if CODE.fullmatch(name) or (
        re.search(r"\d", words[0]) and re.search(r"[GM]W|\d{4}|^[A-Z]{1,3}\$?\d+(?:bil|mil|bn|mn|m|b)$", words[0])
    ):
        return False  # a building's code, a quantity
    if (
        pattern is not INCORPORATED
        and words[-1] in {"AI", "Center", "Centre", "Tech", "Data"}
        and (is_place(words[0]) or words[0] in countries() or words[0] in REGIONS or "'" in name or "’" in name)
    ):
        return False
    if len(words) == 1 and any(at in after_first_names(text) for at in written(text, name, ANYWHERE, WORD_ENDS)):
        return False  # a surname: somewhere the text gives the first name
    if words[0].lower() in {"project", "stargate", "phase", "building"} or (
        len(words) == 1 and words[0].lower() in NOT_COMPANY
    ):
        return False
    if (
        is_place(name)
        or REGIONS.issuperset(words)
        or (len(words) > 1 and not by_suffix and "&" not in words and is_place(words[0]) and is_place(words[-1]))
    ):
        return False
    before, after = text[max(0, start - 30) : start], text[end : end + 60]
    if PERSON_ROLE.search(before) or (not by_suffix and PERSON_AFTER.match(after)):
        return False
    if pattern is ACTS and len(words) == 1 and not _is_coined(text, name):
        return False
    if pattern is CALLED and SPEAKS.match(after) and all(re.fullmatch(r"[A-Z][a-zé’']+", w) for w in words):
        return False  # "the developer's lawyer, Ann Kade, said"
    if by_suffix and len(words) == 1:
        return pattern is INCORPORATED
    if by_suffix and pattern is not INCORPORATED and words[-1] in GENERIC_LAST:
        lead = words[:-1]
        if all(w.lower() in NOT_COMPANY or w in GENERIC_FIRST for w in lead) or PRODUCT & set(lead):
            return False
        if words[-1] == "AI" and lead[0] in {"The", "For", "With", "Using", "Global", "Enterprise"}:
            return False
    if (
        not by_suffix
        and len(words) in {2, 3}
        and pattern in (DOES, ACTS, BY_SITE)
        and all(re.fullmatch(r"[A-Z][a-zé]+", w) for w in words)
    ):
        # Two plain words may be a person: only a verb that people do not do makes it a company.
        return bool(
            re.match(
                r"(?:,[^.,\n]{3,60},)? (?:(?:also |now |still )?(?:called for|opened the tender|invited|energi[sz]ed|deployed|commissioned|is (?:commissioning|deploying|installing)|will deploy|plans to|is (?:building|developing|investing|spending|tripling|expanding)|has (?:broken|secured|leased|rights|filed|proposed|acquired|started|begun|bought|applied|submitted)|broke ground|acquired|raised|operates|develops|holds|filed|leased|bought|paid|supplies|will (?:build|invest|develop|supply|lease|own|operate)))|['’]s? ",
                text[end : end + 90],
            )
        )
    return True
