"""
Projects that the reference does not know, found by how they are named: "Project X", "dubbed X", "the X campus".

In: text, its segments, the names already found. Out: names of projects. Never takes a company, a place, a quarter or a chip for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.reference import countries
from ingest.extract.capitals import CAP, NOT_COMPANY, PUBLIC, begun_by_capitals, is_place
from ingest.extract.mentions import Hit
from ingest.extract.patterns import compiled
from ingest.extract.segments import Segments
from ingest.extract.spans import Spans

PROJECT_NAMED = compiled(
    r"\b(?P<name>Project (?!Manager|Director|Team|Management|Finance|Development|Description|Overview|Site|Developer|Lead|Engineer|Update|Cost|Summary|Timeline|Status|Location|Details|Fact|Name|Information|Labor)[A-Z][\w’'-]+(?: (?:[IVX]+|\d{1,2}|One|Two)\b)?)"
)
DUBBED = compiled(
    rf"\b(?:dubbed|called|named|code-?named|known as|codename|christened|branded(?: as)?|marketed as|under the name(?: of)?|referred to as|baptised|to be called|which it calls|the name of|which it has named|has now revealed the name|by the name of)[ ,:]*(?:the )?[\"“‘']?(?P<name>(?:Project )?{CAP}(?:(?: of | | de ){CAP}|\s\d{{1,2}}\b){{0,3}})"
)
SITE_NOUN = r"(?:[Dd]ata [Cc]ent(?:er|re)s?|[Cc]ampus|[Ss]ite|[Ff]acility|[Pp]roject|[Cc]luster|[Ss]uperclusters?|[Ss]upercomputer|[Cc]omplex|AI [Ff]actory|[Bb]uild-?out|[Dd]evelopment|[Pp]lant|[Pp]rogram(?:me)?|initiative|hub)"
SITE_NAMED = compiled(
    rf"\b(?:[Tt]he|[Aa]t|[Ii]ts|[Tt]heir|[Aa]|[Oo]ur|of|on|own|for) (?:(?:new|planned|proposed|flagship|first|second|giant|massive|\$[\d.]+[\w ]{{0,9}}|[\d,.]+[- ]?(?:MW|GW|megawatt|gigawatt|acre)) )*(?:the )?[\"“‘']?(?P<name>{CAP}(?:(?: of the | of | ){CAP}){{0,3}}(?: \d{{1,2}}\b)?)[\"”’']? (?:AI |AI infrastructure |AI infrastructure platform |data cent(?:er|re) |hyperscale |compute |computing )?{SITE_NOUN}\b"
)
SITE_FIRST = re.compile(
    rf"(?:^|(?<=[.!?] )|(?<=\n)|(?<=\bat )|(?<=\bon )|(?<=\bof )|(?<=\bground on )|(?<=, ))[\"“‘']?(?P<name>{CAP}(?: {CAP}){{0,2}}(?: \d{{1,2}}\b)?)[\"”’']?,? (?:(?:is|as) )?(?:its|a|an|the|the company['’]s|their|which is|one of its|Meta['’]s|{CAP}['’]s) (?:[\w,.’'-]+ ){{0,6}}?(?:data cent(?:er|re)|campus|site|cluster|supercluster|supercomputer|AI factory)\b"
)
CODED = re.compile(r"(?<![\w$/-])(?P<name>[A-Z]{1,4}-?\d{1,3}[A-Z]?)(?![\w/-])")
CODED_NEAR = re.compile(
    r"\b(?:campus|site|data cent|facility|tenant of|plot)|(?:['’]s|\b[Ii]ts|\b[Aa]t|\b[Cc]alled) $", re.IGNORECASE
)
PROGRAMME_CAMPUS = re.compile(
    rf"(?<![\w’'-])(?P<name>{CAP}(?: {CAP}){{0,3}} (?:Data Cent(?:er|re) (?:Campus|Park)|AI Campus|AI City|Technology Park|Tech Park|Digital Park|Energy Hub|Power Hub|Industrial Park|Innovation Park|Science Park|Campus|AI Hub|Gigafactory|AI Computing Center|Computing Center|Fabric))\b"
)


LEADING = re.compile(
    r"^.*\b(?:Its|Their|His|The|A|An|For|In|On|At|To|Of|With|From|By|As|Your|Our|New|First|Second|Another)\s+"
)
SITE_WORDS = frozenset(
    {"AI", "Data", "Center", "Centre", "Campus", "Park", "Hub", "Technology", "Tech", "Energy", "Power"}
)
# "Keith Patrick Harney, CloudHQ's director of operations": somebody, not something.
PERSON_AFTER = re.compile(
    r",? (?:(?:who|said|says|told|stressed|added|explained|noted|argued|wrote|believes)\b)|, (?:[\w'’&.-]+ ){0,5}?(?:director|CEO|president|chair\w*|chief|founder|minister|governor|manager|head|vice|executive|officer|mayor|spokes\w+|analyst|partner)\b"
)


def named_projects(text: str, segments: Segments, known: Sequence[Hit], companies: set[str]) -> set[str]:
    """Names of projects in `text` that are neither known nor one of `companies`."""
    taken = Spans((h.start, h.end) for h in known if h.kind in {"company", "chip"})
    out: set[str] = set()
    for pattern in (PROJECT_NAMED, DUBBED, PROGRAMME_CAMPUS, SITE_NAMED, SITE_FIRST, CODED):
        for match in (
            begun_by_capitals(pattern, text) if pattern in (PROGRAMME_CAMPUS, SITE_FIRST) else pattern.finditer(text)
        ):
            start, end = match.span("name")
            name = match.group("name").rstrip("'’")
            if pattern is CODED and (
                out
                or any(h.kind == "project" for h in known)
                or re.search(
                    r"\b(?:the|route|road|highway|interstate)\s$", text[max(0, start - 12) : start], re.IGNORECASE
                )
            ):
                continue
            if pattern is CODED and not CODED_NEAR.search(text[max(0, start - 60) : end + 40]):
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
            if pattern is not PROJECT_NAMED and (not own or (in_title and is_place(own))):
                continue
            if pattern is PROGRAMME_CAMPUS and len(name.split()) < 2:
                continue
            if re.match(r"(?:It|There|That|What|He|She|Here|Who|Let|We|They|I|You)['’]", name) or (
                pattern in (SITE_NAMED, SITE_FIRST) and segments.block_of(segments.sentence_at(start)).kind == "heading"
            ):
                continue
            if PERSON_AFTER.match(text, match.end("name")):
                continue
            if not name or name in companies or (pattern is not PROJECT_NAMED and taken.overlap(start, end)):
                continue
            if pattern is not PROJECT_NAMED and (
                name.lower() in NOT_COMPANY
                or is_place(name)
                or all(
                    w.lower() in NOT_COMPANY
                    or w
                    in {
                        "Data",
                        "Center",
                        "Campus",
                        "Park",
                        "New",
                        "Big",
                        "Tech",
                        "Cloud",
                        "Bitcoin",
                        "American",
                        "Chinese",
                        "Phase",
                    }
                    for w in name.split()
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
                or PUBLIC.search(name)
                or re.match(r"(?:Q[1-4]|H[12]|FY)\d*$", name)
                or re.match(r"(?:GB|H|B|A|MI|V|L|RTX|TPU|MW|GW|EX|CO|S&P|GPT|Item|PJM)-?\d", name)
            ):
                continue
            out.add(name)
    return out
