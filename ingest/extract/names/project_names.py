"""
Projects that the reference does not know, found by how they are named: "Project X", "dubbed X", "the X campus".

In: text, its segments, the names already found. Out: names of projects. Never takes a company, a place, a quarter or a chip for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.reference import countries, find_places
from ingest.extract.names.capitals import CAP, NOT_COMPANY, PUBLIC, REGIONS, begun_by_capitals, is_place
from ingest.extract.names.mentions import Hit
from ingest.extract.names.project_doubts import is_address, is_held, renamed
from ingest.extract.names.project_lists import listed_projects
from ingest.extract.names.site_codes import site_codes
from ingest.extract.names.site_names import site_names
from ingest.extract.text.patterns import compiled
from ingest.extract.text.segments import Segments
from ingest.extract.text.spans import Spans

PROJECT_NAMED = compiled(
    r"\b(?P<name>Project (?!Size\b|Type\b|Scope\b|Name\b|Budget\b|Capacity\b|Value\b)(?!Manager|Director|Team|Management|Finance|Development|Description|Overview|Site|Developer|Lead|Engineer|Update|Cost|Summary|Timeline|Status|Location|Details|Fact|Name|Information|Labor)[A-Z][\w’'-]+(?: (?:[IVX]+|\d{1,2}|One|Two)\b)?)"
)
DUBBED = compiled(
    rf"\b(?:dubbed|called|named|code-?named|[Kk]nown (?:(?:locally|internally|officially|publicly|formally|simply|there|so far|to \w+|now|until now|in the \w+) )?as|codename|christened|[Bb]randed(?: as)?|marketed as|under the (?:\w+ )?name(?: of)?|referred to as|baptised|to be called|(?:which|what) (?:it|they|he|she|\w+) calls?|is calling|calls (?=the [\"“‘])|the name of|re(?:named|christened|branded)(?: as| it)?|which it has named|has now revealed the name|by the name of|bears? the name(?: of)?|goes by|given the name(?: of)?|going by)[ ,:]*(?:the )?[\"“‘']?(?P<name>(?:Project )?{CAP}(?:(?: of | | de ){CAP}|\s\d{{1,2}}\b){{0,3}})"
)
SITE_NOUN = r"(?:[Dd]ata [Cc]ent(?:er|re)s?|[Cc]ampus|[Ss]ite|[Ff]acility|[Pp]roject|[Cc]luster|[Ss]uperclusters?|[Ss]upercomputer|[Cc]omplex|AI [Ff]actory|[Bb]uild-?out|[Dd]evelopment|[Pp]lant|[Pp]rogram(?:me)?|initiative|hub|[Dd]atacent(?:er|re)s?|(?:wind|solar) (?:farm|park)|cent(?:er|re)|shell|(?:AI|[Tt]ech|[Dd]ata|[Cc]omputing) [Pp]ark)"
# "Orrin Hub, a 300 MW plant": what stands in apposition to a name, unless it goes on to a trade ("a data center operator").
APPOSITE = r"(?:data ?cent(?:er|re)s?|campus|site|cluster|supercluster|supercomputer|AI factory|machine|plant|(?:solar|wind) (?:farm|park|project)|power station|reactor|hub|project (?=of|by)|(?:first|second|latest|new|initial) (?:phase|stage) of)\b(?! (?:developer|operator|compan|firm|provider|owner|builder|landlord|platform|business|investor|start|REIT|group|unit|arm|specialist|subsidiary|manager|giant|real estate|solutions|infrastructure|services|industry|market|maker|supplier|capital|city|town|hub))"
SITE_NAMED = compiled(
    rf"(?:\b(?:[Tt]he|[Aa]t|[Ii]ts|[Tt]heir|[Aa]|[Oo]ur|of|on|own|for)|['’]s) (?:(?:new|future|existing|current|nearby|neighbou?ring|planned|proposed|flagship|first|second|giant|massive|\$[\d.]+[\w ]{{0,9}}|[\d,.]+[- ]?(?:MW|GW|megawatt|gigawatt|acre)|(?:gas|coal|wood|oil)-?fired|nuclear|solar|hydro|gas|coal) )*(?:the )?[\"“‘']?(?P<name>{CAP}(?:(?: of the | of | ){CAP}){{0,3}}(?: \d{{1,2}}(?:\.\d)?\b)?)[\"”’']? (?:AI |AI infrastructure |AI infrastructure platform |data cent(?:er|re) |hyperscale |compute |computing )?{SITE_NOUN}\b(?! (?!Campus|Complex|Park|Project|Site|Phase|No\b)[A-Z])"
)
SITE_FIRST = re.compile(
    rf"(?:^|(?<=[.!?] )|(?<=\n)|(?<=\n[-*•] )|(?<=, )|(?<=[a-z] )(?<!\bin )(?<!\bnear )(?<!\boutside )(?<!\bby )(?<!\bwith )(?<!\bfrom ))[\"“‘']?(?P<name>{CAP}(?: {CAP}){{0,3}}(?: \d{{1,2}}\b)?)(?:[\"”’'],?|,(?: as)?| is| as) (?:its|a|an|the|the company['’]s|their|which is|one of its|Meta['’]s|{CAP}['’]s) (?:[\w.’'()$€£¥₹-]+ ){{0,6}}?{APPOSITE}"
)
# "The largest, Solace, will have": the name of the one of several that a word before it picks.
PICKED = compiled(
    rf"\b[Tt]he (?:largest|biggest|smallest|first|second|third|newest|latest|other|next|flagship)(?: (?:of (?:them|these|the \w+)|one|(?:data cent(?:er|re)|super)?(?:computer|machine|system|cluster|campus|site|facility|project)))?, (?:called |named |dubbed )?[\"“]?(?P<name>{CAP}(?: {CAP}){{0,2}}(?: \d{{1,2}}\b)?)[\"”]?, (?:is|will|has|was|would|comes|takes|gets|goes|should|could|opens|opened|of|with|to|due|which)\b"
)
# "Solace 1 is to be the name", "North 3 is the name Aldine has given to": a name that is said to be one.
IS_NAME = re.compile(
    rf"(?:^|(?<=[.!?:] )|(?<=\n))[\"“]?(?P<name>{CAP}(?: {CAP}){{0,3}}(?: \d{{1,2}}\b)?)[\"”]? (?:is|was|will be|is to be|would be) (?:the (?:\w+ )?name\b|what (?:it|they|the \w+) (?:is|was|will be|calls?|has|have|are))"
)
# "built on the site of the former Calder Steelworks": a project goes by the place's works.
FORMER = compiled(
    rf"\b(?:(?<=\b[Tt]he )|(?<=\ba ))(?:former|old|disused|defunct|closed|shuttered|decommissioned|abandoned|one-time|ex-) ?(?P<name>{CAP}(?: {CAP}){{0,2}}) (?:[Ss]teel[ -]?[Ww]orks|[Ss]teel [Mm]ill|[Ss]melter|[Pp]ower (?:[Ss]tation|[Pp]lant)|[Pp]aper [Mm]ill|[Mm]ill|[Aa]irfield|[Aa]irbase|[Rr]efinery|[Cc]olliery|[Mm]ine|[Ff]actory|[Bb]arracks|[Ss]hipyard|[Cc]ar [Pp]lant|[Qq]uarry|[Gg]olf [Cc]ourse|[Bb]rewery|[Ww]orks)\b"
)
# "the Norden Digits Datacenter": set in capitals in running text, it is a name, even one that begins with a company's.
OWN_SITE = compiled(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Ss]ell|[Bb]uy|[Aa]t) [\"“‘]?(?P<name>{CAP}(?: {CAP}){{0,2}} (?:Datacent(?:er|re)|Data Cent(?:er|re)|Supercluster|Gigafactory|(?:Energy|Electricity) Cent(?:er|re)|Generating Station|Power Station))\b(?! [A-Z])"
)
# "Both systems, Aster and Borea, will": what machines said to be several are called.
MACHINES_CALLED = compiled(
    rf"\b(?:[Bb]oth|[Tt]wo|[Tt]hese|[Tt]he|[Tt]he two|new|further|other) (?:new |AI |further |other )*(?:systems|machines|supercomputers|clusters|superclusters|campuses)(?:,| called| named| dubbed|:|, called|, named)? [\"“]?(?P<name>{CAP}(?: {CAP})?(?: \d{{1,2}}\b)?)[\"”]? and [\"“]?(?P<second>{CAP}(?: {CAP})?(?: \d{{1,2}}\b)?)[\"”]?(?=,| (?:will|are|is|were|have|at|in)\b|\.|;)"
)
# "it will build an 'AI Zone'", "Calder's Sovereign AI Factory": capitals that a verb or an owner shows to be a name.
BUILT_AS = compiled(
    rf"(?:\b[\d.]+[ -]?(?:MW|GW|megawatts?|gigawatts?|acres?|hectares?) (?:\w+ )?|\b(?:build|building|builds|built|develop|developing|create|creating|open|opening|launch|launching|establish) (?:an?|the|its|their) (?:[a-z]+ )?)[\"“‘](?P<name>(?:AI )?{CAP}(?: {CAP}){{0,3}}(?: \d{{1,2}})?)[\"”’]"
)
OWNED_FACTORY = compiled(
    rf"(?:['’]s|\b[Ii]ts|\b[Tt]heir|\b[Tt]he) (?P<name>{CAP}(?: {CAP}){{0,2}} (?:Factory|AI Zone|AI Cluster|Megacampus|Supercomputer))\b(?! [A-Z])"
)
# "Campus Harlan in northern Finland would start with 8MW": the kind before the name.
KIND_FIRST = re.compile(
    rf"(?<![\w’'-] )(?<![A-Z])\b(?P<name>Campus {CAP}(?: {CAP})?(?: \d{{1,2}}\b)?)(?= (?:in|near|at|is|will|would|has|gets|to)\b|,| \(|[\"”’:])"
)
PROGRAMME_CAMPUS = re.compile(
    rf"(?<![\w’'-])(?P<name>{CAP}(?: {CAP}){{0,3}} (?:Data (?:Cent(?:er|re) )?(?:Campus|Park|Hub|Valley)|AI Campus|AI City|(?:Technology|Tech|Digital|Solar|Wind|Energy|AI) Park|(?:Technology|Industrial|Energy|Electricity) Cent(?:er|re)|(?:Solar|Wind) (?:Farm|Project)|Technopolis|Energy Hub|Power Hub|Industrial Park|Innovation Park|Science Park|Campus|AI Hub|Hub|Gigafactory|(?:AI |Intelligent |Smart |Advanced |High-Performance )?(?:Computing|Supercomputing|Intelligence) (?:Cent(?:er|re)|Base|City|Town|Hub|Valley)|Digital Gateway|Fabric))\b"
)
# The last word of such a name.
CAMPUS = compiled(
    r"\b(?:Farm|Project|Technopolis|Campus|Park|City|Town|Base|Hub|Valley|Gigafactory|Gateway|Center|Centre|Fabric)\b"
)
LEADING = re.compile(
    r"^.*\b(?:Its|Their|His|The|A|An|For|In|On|At|To|Of|With|From|By|As|Your|Our|New|First|Second|Another)\s+"
)
# "the Term Loan facility", "the New Credit program": money has facilities too.
LOAN = re.compile(
    r"\b(?:Financing|Finance|Loan|Credit|Term|Revolving|Revolver|Debt|Bond|Notes?|Grant|Tax|Incentive|Lending|Jobs?)\b"
)
GENERIC_OWN = re.compile(
    r"(?:(?:Largest|Biggest|Major|Hyperscale|Massive|Giant|Huge|Mega|Planned|Proposed|New|First|Second|Third|Green|Sustainable|Sovereign|National|Regional|Gigawatt|Megawatt|Build|Builds|Plans|Opens|Buys|Sells|Next|Centre|Center|Data|\$?[\d.]+\w*) ?)+"
)
FIRM_BEFORE = re.compile(
    r"\b(?:company|firm|developer|operator|start-?up|venture|vehicle|subsidiary|group|provider|entity|LLC|unit|affiliate|business|miner|investor|model|chatbot|assistant|chip|processor|person|man|woman)s?,? $",
    re.IGNORECASE,
)
POSSESSOR = re.compile(r"[A-ZÀ-Þ][\w&-]*(?: [A-Z][\w&-]*){0,2}['’]s (?=[A-Z])")
ONE_SITE = (" Data Center", " Data Centre", " Campus")
# What stands within a longer name, or is only where something is.
INSIDE = re.compile(r"(?<![.!?:•*\n-] )\b[A-Z]\w*(?<!The)(?<!At)(?<!On)(?<!With)(?<!And) $")
DIRECTIONS = frozenset({"North", "South", "East", "West", "Central", "Greater", "Inner", "Outer"})
SITE_WORDS = frozenset(
    {"AI", "Data", "Center", "Centre", "Campus", "Park", "Hub", "Technology", "Tech", "Energy", "Power"}
)
PLAIN_WORDS = frozenset("Data Center Campus Park New Big Tech Cloud Bitcoin American Chinese Phase".split())
# "a project called Aurora": there is a town of that name, and it is not meant.
SO_CALLED = re.compile(
    r"\b(?:project|campus|sites?|machine|supercomputer|cluster|scheme|facility|data ?cent\w+|development|plan|programme|program|venture)(?: (?:in|at|near) [A-Z]\w+)?(?: (?:that|which) (?:is|was|had been))?,? (?:\w+ly )?$"
)
# "the West Yorkshire site": a region, not a name.
REGION = re.compile(
    r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Upper|Lower|Mid|Inner|Outer|Greater) [A-Z]\w+|Tier[- ]\w+"
)
# "the Pinto Creek site".
NATURE = frozenset("Valley River Lake Creek Mountain Road Street Avenue".split())
# "Keith Patrick Harney, CloudHQ's director of operations": somebody, not something.
PERSON_AFTER = re.compile(
    r",? (?:(?:who|said|says|told|stressed|added|explained|noted|argued|wrote|believes)\b)|, (?:[\w'’&.-]+ ){0,5}?(?:director|CEO|president|chair\w*|chief|founder|minister|governor|manager|head|vice|executive|officer|mayor|spokes\w+|analyst|partner)\b"
)


def former_works(text: str) -> set[str]:
    """Names of works on whose ground something is built, where the text goes on to speak of it by that name."""
    names = {match["name"] for match in FORMER.finditer(text)}
    return {name for name in names if len(re.findall(rf"\b{re.escape(name)}\b", text)) >= 3}


def _praised_place(own: str) -> bool:
    """Whether a headline's words only praise a thing and say where: "Giant Western Sydney"."""
    praise = GENERIC_OWN.match(own)
    where = " ".join(w for w in own[praise.end() :].split() if w not in REGIONS | DIRECTIONS) if praise else "?"
    return not where or is_place(where)


def named_projects(text: str, segments: Segments, known: Sequence[Hit], companies: set[str]) -> set[str]:
    """Names of projects in `text` that are neither known nor one of `companies`."""
    taken = Spans((h.start, h.end) for h in known if h.kind in {"company", "chip"})
    known_spans = Spans((h.start, h.end) for h in known if h.kind == "project")
    sites = former_works(text)
    out: set[str] = set()
    campus = (PROGRAMME_CAMPUS,) if CAMPUS.search(text) else ()
    for pattern in (
        PROJECT_NAMED,
        DUBBED,
        *campus,
        SITE_NAMED,
        SITE_FIRST,
        PICKED,
        IS_NAME,
        FORMER,
        OWN_SITE,
        BUILT_AS,
        OWNED_FACTORY,
        KIND_FIRST,
        MACHINES_CALLED,
    ):
        for match in (
            begun_by_capitals(pattern, text, pattern is IS_NAME)
            if pattern in (PROGRAMME_CAMPUS, SITE_FIRST, IS_NAME, KIND_FIRST)
            else pattern.finditer(text)
        ):
            start, end = match.span("name")
            name = match.group("name").rstrip("'’")
            if owner := POSSESSOR.match(name):
                name, start = name[owner.end() :], start + owner.end()  # "Aldine's Thorn Hill Energy Center"
            if pattern is SITE_FIRST and INSIDE.search(text[max(0, start - 24) : start]):
                continue
            name = re.sub(r"^(?:The|A|An|Its|New|Our) |^.+ (?=Project [A-Z])|['’]s$", "", name)
            if re.match(
                r"(?:\d[\d.,]*(?:MW|GW|kW)|R\d|RM\d|Count|Counting|Phase|Building|Item|Exhibit|Form|Section|Rule)", name
            ):
                continue
            if pattern is PROGRAMME_CAMPUS:
                name = LEADING.sub("", name)  # a headline in capitals: "Crusoe Takes Its Abilene AI Campus"
            own = " ".join(w for w in name.split() if w not in SITE_WORDS)
            in_title = start < segments.blocks[0].end
            if pattern not in (PROJECT_NAMED, BUILT_AS, OWNED_FACTORY) and (not own or (in_title and is_place(own))):
                continue
            if pattern is PROGRAMME_CAMPUS and len(name.split()) < 2:
                continue
            if pattern not in (PROJECT_NAMED, DUBBED) and in_title and _praised_place(own):
                continue  # a headline's "Giant Western Sydney Data Centre" says what and where, no name
            if pattern not in (PROJECT_NAMED, DUBBED) and GENERIC_OWN.fullmatch(own):
                continue
            if pattern in (SITE_FIRST, SITE_NAMED) and re.match(
                r"(?:In|At|On|Near|For|Under|Among|Besides|Despite|During|Until|Should|Could|Would|When|Where|While|With|From|Through|Across) ?",
                name,
            ):
                continue
            if re.match(r"(?:It|There|That|What|He|She|Here|Who|Let|We|They|I|You)['’]", name) or (
                pattern in (SITE_NAMED, SITE_FIRST, OWN_SITE)
                and segments.block_of(segments.sentence_at(start)).kind == "heading"
            ):
                continue
            if pattern is OWN_SITE and known_spans.overlap(start, end):
                continue
            if pattern is FORMER and name not in sites:
                continue
            if pattern is SITE_NAMED and match.group().startswith(("'", "’")) and find_places(name):
                continue  # "the county's Harlan site"
            if pattern is PROGRAMME_CAMPUS and is_address(text, name):
                continue
            if LOAN.search(name) or PERSON_AFTER.match(text, match.end("name")):
                continue
            if (
                not name
                or (name in companies and pattern is not PROGRAMME_CAMPUS)
                or (pattern not in (PROJECT_NAMED, OWN_SITE) and taken.overlap(start, end))
            ):
                continue
            if pattern is DUBBED and FIRM_BEFORE.search(text[max(0, match.start() - 30) : match.start()]):
                continue  # "a company known as Orrin"
            so_called = pattern is DUBBED and SO_CALLED.search(text[max(0, match.start() - 60) : match.start()])
            quoted = pattern is BUILT_AS or (pattern is DUBBED and text[start - 1] in "\"“‘'")
            if (
                pattern is not PROJECT_NAMED
                and not quoted
                and (
                    name.lower() in NOT_COMPANY
                    or (is_place(name) and pattern is not FORMER and not so_called)
                    or all(w in REGIONS or w.lower() in NOT_COMPANY or w in PLAIN_WORDS for w in name.split())
                )
            ):
                continue
            if (
                re.fullmatch(r"(?:[A-Z]{2,4}|Phase.*|Building.*|Phase \d|[A-Z][a-z]+ (?:County|Parish|Township))", name)
                and pattern is not DUBBED
            ):
                continue
            if (
                name in countries()
                or (
                    pattern is not DUBBED
                    and set(PUBLIC.findall(name.rpartition(" ")[0] if pattern is PROGRAMME_CAMPUS else name))
                    - (NATURE if pattern in (SITE_NAMED, PROGRAMME_CAMPUS) else set())
                )
                or (pattern in (SITE_NAMED, SITE_FIRST) and REGION.fullmatch(name))
                or re.match(r"(?:Q[1-4]|H[12]|FY)\d*$", name)
                or re.match(r"(?:GB|H|B|A|MI|V|L|RTX|TPU|MW|GW|EX|CO|S&P|GPT|Item|PJM)-?\d", name)
            ):
                continue
            out.add(name)
            if pattern is MACHINES_CALLED and not is_place(match["second"]):
                out.add(match["second"])
    out |= {name for name in site_names(text) - companies if not is_held(text, name, taken)}
    out |= site_codes(text, out | {h.name for h in known if h.kind == "project"}) - companies
    listed = listed_projects(text, segments, {*out, *(h.name for h in known if h.kind == "project")})
    return (
        out
        | {
            name
            for name in listed
            if (name not in companies or name.endswith(ONE_SITE)) and not is_held(text, name, taken)
        }
    ) - renamed(text, out)
