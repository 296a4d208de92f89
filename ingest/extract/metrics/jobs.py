"""
Jobs: permanent or construction posts that a project brings.

In: a bare number and the words around it. Out: a verdict whose span takes in the noun ("4,000 construction jobs"), or None for
a company's headcount, layoffs, visitors and residents. Never counts jobs a year.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.view import Verdict, View

FAMILY = frozenset({"number"})

ADJECTIVE = (
    r"(?:[a-z]+ly|(?:high|well|good|full|part|long|short|family|skilled|union|craft|electrical|mechanical|direct|indirect|permanent|construction|building|operational|operations?|ongoing|onsite|on-site|temporary|local|new|technical|tech|"
    r"quality|paying|wage|data|center|centre|trade|craft|peak|additional|further|other|extra|another|more|total|lasting|seasonal|equivalent|engineering|supply|chain|induced|jobs?|skill(?:ed)?|time|term|paid|American|regional|related|highly|and|or|of|its|the|supported|created|estimated|qualified|specialised|specialized|electricians|qualifying|community|FTE)[\s,/-]*)"
)
STRONG = r"(?:jobs?|positions?|roles?|posts?|FTEs?|full-time equivalents?|empleos|puestos de trabajo|emplois|empregos|posti di lavoro|Arbeitsplätze|Stellen|arbetstillfällen|일자리|雇用)"
PEOPLE = r"(?:workers?|people|persons|locals|employees?|staff(?:ers)?|personnel|tradespeople|laborers|labourers|builders|technicians|engineers|electricians|construction hands|hands|craftsmen|welders|operators|operatives|artisans|tradies|tradesmen|masons|carpenters|plumbers|(?:pipe)?fitters|ironworkers|bricklayers|craftspeople|trades|hard hats|boots|guards|personas|personnes|pessoas|persone|Menschen|trabajadores|trabalhadores|empleados|travailleurs|salariés|Beschäftigte|Mitarbeiter|lavoratori|permanent|명|ones)"
AFTER = re.compile(
    rf"^(?:[- ]odd|,? or so|[- ]plus| or more|\+)?[\s-]?(?:{ADJECTIVE}){{0,7}}(?P<noun>{STRONG}|{PEOPLE})\b",
    re.IGNORECASE,
)
KOREAN = re.compile(r"일자리\s?$|(?:인력|고용)\s?$")
CREATE = re.compile(
    r"\b(?:creat\w*|bring\w*|employ\w*|hire\w*|support\w*|generat\w*|add\w*|provid\w*|produc\w*|need\w*|requir\w*|mean\w*|promis\w*|expect\w*|jobs?|work(?:force|ers)?|posts?|positions?|on (?:the )?site|at (?:the |its |their )?peak|at the height|"
    r"construction|build(?:ing)?|permanent(?:ly)?|staff|run(?:ning)? it|staffed|worth|foresees?|reckons?|deliver\w*|operat\w*|up to|trades|builders|look after|labou?r|recruit\w*|taken on|engag\w*|stays?|remains?|retain\w*|clock(?:s|ed)? in|keeps?|kept|empleo|emplear\w*|trabaj\w+|emplois?|travaill\w+|empreg\w+|lavor\w+|arbeit\w*|beschäftig\w*)\b",
    re.IGNORECASE,
)
NOT_OURS = re.compile(
    r"\b(?:lay(?:s|ing)? ?offs?|laid off|eliminat\w+|fir(?:e|ed|ing)\b|customers?|users?|residents?|households?|homes|visitors?|students?|shareholders?|viewers?|subscribers?|headcount|"
    r"death|killed|protest\w*|signed (?:a|the) petition|attend\w+|seats?|voters?|population|apprentices|robots?|worldwide|globally|employs (?:more than |about |some |over |around )?$)\b",
    re.IGNORECASE,
)
CUTS = re.compile(
    r"\b(?:cut|cuts|cutting|shed|sheds|shedding|axe|axes|slash|slashes|lose|loses|lost|losing|cost|costs|destroys?|destroyed|trims?|trimmed|let go(?: of)?) (?:about |up to |some |another |more than |fewer than |less than |nearly |almost |roughly |over |at least |as many as )*$",
    re.IGNORECASE,
)
SECTOR = re.compile(
    r"\b(?:sector|industry|country|nation|trades?|profession) (?:will |would |may |still )?(?:needs?|lacks?|is short of|employs?|wants?)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
# "the data center employs 65 people": the site's staff, not a company's.
SITE_STAFF = re.compile(
    r"\b(?:data[- ]cent(?:er|re)s?|campus|site|facility|plant|hall|building|park) (?:now |currently |already |today |alone )?(?:employs?|has|counts|keeps) (?:about |some |around |more than |over |up to |roughly |nearly )*$",
    re.IGNORECASE,
)
COMPANY_STAFF = re.compile(
    r"\b(?:has|have|with|we['’]re|we are|employs|now employs|counts|headcount|workforce of|team of|its)\s+(?:\S+\s){0,3}$",
    re.IGNORECASE,
)
HEDGED = r"(?:about |some |around |roughly |nearly |almost |up to |as many as |more than |over |at least |at most |fewer than |just |only |another |a further |an additional |an? estimated |approximately |between )*"
# "would employ 1,100 directly", "work for 620": the verb tells what is counted, no noun need follow. Who employs already is a firm.
EMPLOYS = re.compile(
    r"(?:\b(?:will|would|could|should|may|might|to|expects? to|plans? to|can) (?:\w+ )?(?:employ|hire|recruit|take on)|\b(?:work|jobs?|posts?|employment|positions) (?:\w+ )?for"
    r"|\b(?:permanent|on-?site|direct|operating|operational|construction|full-time|future|eventual) (?:staff|workforce|employment|headcount|crew|payroll)\b[^.;:]{0,30}\b(?:be|is|at|to|of|reach(?:es)?|numbers?|totals?|from)"
    r"|\b(?:employment|workforce|staffing|headcount|crew)\b[^.;:]{0,40} (?:will|would|to|should|could|may) (?:be|peak|reach|rise|grow|swell|climb|fall|shrink|total|number|come|stand|exceed|top)(?: at| to)?"
    r"|\bnumber of (?:\w+ )?(?:jobs|posts|positions|workers)\b[^.;:]{0,40} (?:at|is|to|of|be|from|was)|\bjobs? (?:count|tally|total|figure)[^.;:\d]{0,20}|\ba (?:\w+ )?workforce of"
    r"|\b(?:will|would|should|to|could) (?:have|need|require|keep|be (?:run|staffed) by) (?:an? |its )?(?:\w+ )?(?:staff|workforce|team) of|\bcrews? (?:of|number|total)"
    r"|\b(?:data[- ]cent(?:er|re)s?|campus|site|facility|hall)(?: now| currently| already| today)? employs?)"
    rf" {HEDGED}$",
    re.IGNORECASE,
)
OF_EACH = re.compile(
    r"\b[Ee](?:ach|very) (?:of the )?(?:\w+ )?(?:hall|building|site|data cent(?:er|re)|campus|phase|unit|cent(?:er|re)|facility)\b[^.;]{0,30}$"
)
BARE = re.compile(
    r"(?: (?P<noun>directly|indirectly|permanently|full[- ]time|locally))?(?=[.,;:)\n]|$| (?:and|or|in|on|at|to|by|once|when|while|during|after|afterwards?|from|with|for|as|over|within|people|there|more|next|this|is|are|was|were|will)\b)"
)
# "300 Thais will have permanent work there": whoever they are, what they get is counted.
GET_WORK = re.compile(
    r"(?P<noun>(?: (?!MW|GW)[A-Za-z][\w-]*){0,3}?)(?= (?:will|would|could|should|are to|were|can|may)(?: \w+)? "
    r"(?:be (?:recruited|hired|employed|taken on)|(?:find|have|get|be given|gain)(?: \w+)? (?:work|jobs|employment)\b|(?:recruited|hired|employed)\b|work (?:on|there|at|in)\b|be (?:at work|working)\b))"
)
# "up to 1,200 employed in construction", "six hundred in the trades", "seventy full-time to start with".
AT_WORK = re.compile(
    r"(?P<noun> (?:people |more |others )?(?:employed|engaged|at work|hired|recruited)(?: (?:in|on|during|for) (?:the )?(?:construction|building|works?|trades)\b| there\b)| in the (?:building )?trades\b"
    r"| full[- ]time(?=[.,;]| (?:to (?:start|begin)|at first|initially|when|once|after)\b))"
)
# "Jobs: 120", "Jobs, construction + operations | 5,000+", "Q. Jobs? A. Twenty-two".
LABEL = re.compile(
    rf"(?:^|[\n|•.?] ?|[-*] )(?:[QF][.:] )?(?:[\w-]+ )?(?:[Jj]obs|[Ee]mployment|[Pp]ositions|[Ss]taffing|[Ww]orkforce|FTEs)\b[^.;:|\d?\n]{{0,40}}(?::|\s?\||\?)\s*(?:A[.:] ?)?[\"“]?{HEDGED}$",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d")
LABELLED = re.compile(r"(?:\+| plus)?(?:[.,;|\n\"”]|\s*$| \(| (?:once|when|at|after|by|during|for|yr|year|phase)\b)")
GONE = re.compile(
    r"\s(?:(?:would|will|are to|could|to) (?:go|be (?:cut|lost|axed|shed|eliminated|scrapped))|(?:are|were) (?:cut|lost|axed|shed|at risk)|(?:at risk|lost|cut)\b)",
)
COLUMN = re.compile(r"^(?:\w+ ){0,2}(?:jobs|positions|posts)(?: created)?$", re.IGNORECASE)
# "8,000 jobs, of which 1,200 direct".
OF_WHICH = re.compile(
    r"^ (?P<noun>direct|indirect|temporary)(?=[,;.|)\n]|\s(?:and|or|once|when|in|on)\b|$)", re.IGNORECASE
)
# "2,000 construction and 100 permanent jobs": the noun stands once.
SHARED = re.compile(
    r"^ (?P<noun>(?:short-term |long-term )?(?:construction|building|permanent|temporary|full[- ]time|part[- ]time|direct|indirect|operational|operations|skilled|long-term|short-term))"
    r"(?=(?:,| and| plus| or|, and) (?:about |up to |some |another |around |roughly |nearly |over |more than |at least )*(?:\d[\d,.]*|[a-z]+(?:[ -][a-z]+)?) (?:[a-z-]+ ){0,3}(?:jobs|positions|posts|roles|workers)\b)"
)
JOBS_SAID = re.compile(r"\b(?:jobs?|posts|positions|employment)\b", re.IGNORECASE)
SMALLEST, SMALLEST_CREW = 10, 3
"""A handful only where they are said to be jobs, or to work there."""
CREW = re.compile(
    r"^(?: [\w-]+){0,3} (?:jobs|positions|technicians|operators)\b|^ people (?:will |would |now |today |already )?work\b"
)


def classify(view: View) -> Verdict | None:
    """Decide whether the number counts jobs of a project."""
    quantity = view.quantity
    if quantity.high < SMALLEST_CREW or quantity.high > 5e6 or (quantity.decimals and not quantity.scaled):
        return None
    before, after = view.before(90), view.after(90)
    if quantity.high < SMALLEST and not CREW.match(after):
        return None
    if quantity.rate and not re.match(r"\s?(?:each)\b", after):
        return None
    if KOREAN.search(before) or (
        re.match(r"\s?(?:개|명)", after) and re.search(r"일자리|인력|고용", before[-24:] + after)
    ):
        tail = re.match(r"\s?(?:개|명)", after)
        return Verdict("jobs", 0.6, quantity.start, quantity.end + (tail.end() if tail else 0), "jobs")
    match = AFTER.match(after)
    if match is None and COLUMN.search(view.column) and re.match(r"\+?\s*(?:\||$)", after):
        return Verdict("jobs", 0.6, quantity.start, quantity.end, "jobs")
    if match is None and (match := SHARED.match(after)):
        return Verdict("jobs", 0.6, quantity.start, quantity.end + match.end(), "jobs")
    if match is None and JOBS_SAID.search(before) and (match := OF_WHICH.match(after)):
        return Verdict("jobs", 0.4, quantity.start, quantity.end + match.end(), "jobs")
    if match is None:
        more = _told_by_verb(view, before, after)
        return None if more is None else Verdict("jobs", 0.4, quantity.start, quantity.end + more, "jobs")
    if OF_EACH.search(before):
        return None
    of_site = SITE_STAFF.search(before) is not None
    if (
        CUTS.search(before)
        or SECTOR.search(before)
        or GONE.match(after, match.end())
        or (NOT_OURS.search(view.before(60)) and not of_site)
        or re.match(r"^\s?(?:at|in|across) (?:the )?(?:company|world|globe)", after[match.end() :])
    ):
        return None
    if re.match(r"\s(?:a|per|each|every) (?:year|month)\b|\sannually", after[match.end() : match.end() + 14]):
        return None
    noun = match.group("noun").lower()
    people = re.fullmatch(PEOPLE, noun, re.IGNORECASE) is not None
    if (
        people
        and not CREATE.search(before + " | " + after[match.end() :])
        and not re.search(r"construction|building|permanent|full-time|operational", match.group(), re.IGNORECASE)
    ):
        return None
    if (
        people
        and noun in {"people", "employees", "staff", "engineers"}
        and COMPANY_STAFF.search(before)
        and not of_site
        and not re.search(
            r"construct|permanent|will|would|expected|peak|once|when|on site|at work",
            before[-50:] + after[:60].partition(",")[0],
            re.IGNORECASE,
        )
    ):
        return None
    if noun == "permanent" and not re.match(r"[\s,;.|]|$", after[match.end() : match.end() + 1]):
        return None
    if noun == "ones" and not JOBS_SAID.search(before):
        return None
    return Verdict("jobs", 0.4 if people else 0.8, quantity.start, quantity.end + match.end(), noun)


def _told_by_verb(view: View, before: str, after: str) -> int | None:
    """
    How much behind a number that no noun of work follows belongs to it; None where no other word says that it counts posts.

    The verb says so ("would employ 350", "work for 620", "300 Thais will have work there"), or a label ("Jobs: 120").
    """
    if YEAR.fullmatch(view.text, view.quantity.start, view.quantity.end):
        return None
    if (match := BARE.match(after)) and EMPLOYS.search(before):
        return match.end()
    if (match := AT_WORK.match(after)) and not NOT_OURS.search(before):
        return match.end("noun")
    if (match := GET_WORK.match(after)) and not NOT_OURS.search(match.group()):
        return match.end()
    lead = view.text[max(0, view.quantity.start - 60) : view.quantity.start]
    labelled = any(
        part in lead for part in ("obs", "mployment", "ositions", "taffing", "orkforce", "FTE")
    ) and LABEL.search(lead)
    return 0 if labelled and LABELLED.match(after) else None
