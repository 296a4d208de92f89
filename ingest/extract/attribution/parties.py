"""
The companies of a sentence that can be parties to a figure, and which of them are named in one breath.

In: a `Reading` and a sentence. Out: hits, and groups of them ("OpenAI, Oracle and SoftBank"). Never a source, a rival named for
comparison, an analyst, a seller, or a chip's maker beside its chip.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.extract.names.mentions import Hit, company_kinds
from ingest.extract.reading import Reading
from ingest.extract.text.patterns import Window, compiled

CHIP_AFTER = re.compile(
    r"^(?:['’]s)? (?:(?:latest|newest|new|own|next-generation|most advanced|top-end|\w+-class|Grace|Vera|Instinct|[A-Z]+\d\w*) )*(?:GPUs?|cards?|TPUs?|chips?|accelerators?|processors?|Blackwell|Hopper|Rubin|Grace|Vera|GB\d+|H\d00|B\d00|MI\d|Instinct|hardware|systems|clusters?|racks|graphics|silicon|LPUs?|AI chips|semiconductors|DGX|platform|technology)"
)
NOT_PARTY_BEFORE = compiled(
    r"\b(?:rivals? (?:of |to )|(?:its|their|his|her|our|the|an?|and|while|as|by|than) (?:\w+ )?rivals?,? |rivalled by |competitors? (?:of |to |such as )?|competes with |unlike |like |such as |than |backed by |chip ?maker |former(?:ly)? (?:of |at |with |known as |called |an? )?|late of |once |ex-|previously |owner of |then-?owned by |compared (?:with|to) |according to |told |data from |by |estimates? (?:by|from) |reports? (?:by|from) |analysts? at |analyst firm |supplier |spun (?:out|off) (?:of|from) |parent of |maker of |shares of |alumni of |left |(?:hired|appointed|engaged|retained|instructed) |founded by |home of |not |against |(?:chips|GPUs|hardware|processors|systems|equipment|clusters|racks|servers) (?:from|with|of|by) )$",
    re.IGNORECASE,
)
# "$4 billion of notes, led by JPMorgan": who arranges money neither raises nor spends it.
ARRANGED = compiled(
    r"(?<!consortium )(?<!group )(?<!venture )(?<!partnership )(?<!alliance )(?<!investors )(?<!bidders )(?<!buyers )\b(?:(?:co-?|jointly )?led|arranged|underwritten|syndicated|managed|placed|advised|book-?run|coordinated|structured|brokered)(?: \w+ly)? by |\b(?:underwriters?|arrangers?|bookrunners?|book-?running managers?|placement agents?|advis[eo]rs?|lead banks?|syndicate)\b[^.;]{0,40}? $",
    re.IGNORECASE,
)
ARRANGES = re.compile(
    r"^,? (?:(?:is|are|was|were|acts?|acted|acting|serves?|served|serving) )?as (?:the )?(?:\w+,? ){0,3}?(?:underwriter|arranger|bookrunner|book-?running|manager|agent|advis[eo]r|trustee|counsel|coordinator)|^ (?:led|arranged|underwrote|advised on|managed) the (?:deal|sale|loan|offering|financing|issue|transaction|syndicate)"
)
# "3,000 GPUs, which Nvidia supplies": who delivers a thing that another puts to use.
SUPPLIED = re.compile(r"\b(?:which|that) $")
SUPPLIES = re.compile(
    r"^ (?:supplies|makes|delivers|manufactures|provides|produces|designs|sells|ships|will supply|is to supply)\b"
)
BY_PARTY = compiled(
    r"\b(?:invested|spent|installed|delivered|rented|taken|added|opened|built|developed|trained|housed|hosted|commitment|owned|operated|led|leased|planned|proposed|announced|made|run|used|bought|signed|funded|financed|acquired|put up|provided|supplied|project|campus|center|centre|site|facility|investment|deal|venture|offer|pledge|promoted|run|revealed|tenanted|occupied|backed|committed|raised|spending|capex|purchase|agreed|ordered|booked|reserved|contracted|filed|submitted|unveiled|launched|started|begun|completed|secured|sold|let|pre-?leased|subleased|constructed|managed|controlled|held|won|expanded|energi[sz]ed|established|set up|formed|pledged|earmarked|targeted|sought|requested|deployed|brought|put forward|announced|overseen|marketed|conceived|redeveloped|converted|hosted|paid|borne|guaranteed|backstopped|committed to|arranged|underwritten)(?: (?:jointly|in part|in full))?(?: (?:in|at|on|near|outside|inside|for|over|with)\b[^.;]{0,45}?,?)? by $",
    re.IGNORECASE,
)
SOURCE_AFTER = re.compile(
    r"^ (?:(?:is |are |has been )?(?:leads?|led|leading|arrang\w+|underwr\w+) (?:it|the|a |the (?:deal|loan|sale|offering))|report(?:s|ed)(?! (?:[\w-]+ ){0,4}?(?:results|earnings|quarters?|revenues?|loss|losses|profits?|income|record|bookings|guidance|capex|capital|sales|Q[1-4]|numbers|figures|progress))|analysts?|estimates?|reckons|data show|wrote|noted|calculates?|surveyed|forecasts?|report\b|survey)\b"
)
# "Newmark arranges $2.3 billion for Orrin": it brings others' money together, whoever it is.
BROKERS = re.compile(
    r"^,? (?:(?:has|have|had) )?(?:arrang(?:es?|ed|ing)|broker(?:s|ed|ing)|advis(?:es?|ed|ing)|(?:acts?|acted|acting|serves?|served|serving) as|represent(?:s|ed|ing))\b"
)
# Who runs a grid or watches over it has rules and queues, no data centre.
GRID_OPERATORS = frozenset("ERCOT PJM MISO SPP CAISO NYISO NESO AEMO TenneT EirGrid ISO-NE Ofgem FERC NERC".split())
CONTRACTS = re.compile(
    r" (?:has |have |had |will )?(?:contract|sign|agree|alloc|allot|reserv|award|commit|promis)\w*\b"
)
# "Orrin, in which Calder and Aldine are shareholders, acquired the site": the owners are told of in passing.
HOLDERS = re.compile(
    r", (?:in which [^.;,]{3,120} (?:is|are|holds?|owns?|has|have)\b[^.;,]{0,40}\b(?:stakes?|\w*holders?|investors?|invested|interests?|shares?)"
    r"|whose (?:\w+ )?(?:share|stake)?(?:holders|owners|investors|backers) (?:are|include)\b[^.;]{3,100}?)\b[^.;,]{0,30}, "
)
# "The purchaser, 70% held by Calder, intends", "Orrin, a venture of two growers and Calder, opened": whose it is, told in passing.
HELD_BY = re.compile(
    r", (?:now )?(?:(?:[\d.]+ ?(?:%|per ?cent) |(?:wholly|jointly|majority|partly)[- ])?(?:owned|held|controlled|promoted|founded|set up|formed) by"
    r"|an? (?:[\w-]+ ){0,2}?(?:venture|subsidiary|unit|arm|company|firm|vehicle|affiliate|associate)(?: (?:owned|held|controlled|set up|led|founded|formed|promoted))? (?:of|by|between)) [^.;:\n]{3,110}?, (?=[a-z])"
)
# "Orrin rival Calder", "Orrin's former staff", "Orrin, the previous owner,": named for somebody else's sake.
ASIDE_AFTER = re.compile(
    r"^(?:['’]s?)? (?:(?:smaller|bigger|larger|local|main|arch|old|one-time|nearest|next-door) )?(?:rivals?|competitors?|spin-?offs?|alumn\w+|veterans?|neighbou?rs?|look-?alikes?|imitators?)\b"
    r"|^-(?:backed|led|controlled)\b|^(?:['’]s)?[ -](?:group|owned) (?:firm|company|unit|arm|developer|operator|vehicle)\b"
    r"|^['’]s? (?:former|old|ex-?|erstwhile|previous) ?(?:staff|people|employees|managers?|executives?|chief|CEO|head|boss|engineers?|president|site|plant|warehouse|factory|mill|campus|office)\b"
    r"|^, (?:(?:the|its|their|an?) )?(?:previous|former|prior|past|last|one-time|erstwhile|then) (?:owners?|tenants?|occup\w+|landlords?|users?|operators?)\b"
)
# "Orrin is the lender", "Calder is general contractor": whom the figures of others do not belong to.
SERVES = re.compile(
    r"^ (?:is|are|was|were|will be|acts? as|acted as) (?:an? |the |its |their |one |general |main |sole |lead |only |likely |also )*"
    r"(?:lenders?|contractors?|advis[eo]rs?|agents?|brokers?|suppliers?|architects?|engineers?|arrangers?|underwriters?|counsel|bookrunners?|trustee)\b"
    r"|^ (?:will |is to |would |can )?serves? (?:it|both|the (?:load|site|campus|data cent\w+))\b"
)
SOURCE_NAMES = frozenset(
    {
        "Reuters",
        "Bloomberg",
        "Morgan Stanley",
        "Goldman Sachs",
        "JPMorgan",
        "McKinsey",
        "Gartner",
        "Moody's",
        "S&P Global",
        "Wedbush",
        "Epoch AI",
        "Citi",
        "Barclays",
        "UBS",
        "Bank of America",
        "Jefferies",
        "CNBC",
    }
)
_OWNED = (
    r", (?:which (?:is )?(?:owned by |part of |backed by )?|part of |(?:wholly |majority[- ]|jointly |partly |half[- ]|[\d.]+ ?(?:%|per ?cent) )?owned by |backed by |controlled by |(?:promoted|founded|sponsored|set up|headed) by |a (?:portfolio company|unit|subsidiary|division|brand) of |an (?:arm|affiliate) of |"
    r"the \w+ arm of |by way of |hand in hand with |together with |along with |in partnership with |a joint venture (?:of|between|with) |alongside |with |through )"
)
JOIN = re.compile(
    rf"^(?: (?!GPU|TPU|AI\b)[A-Z][\w&.]*){{0,2}}(?:['’]s)?(?:\s*\([^)]{{0,24}}\))?(?:,? (?:and|&|together with|along with|alongside|with|plus|or) (?:the |its |its (?:partners?|subsidiary|unit|parent|investors?|backers?) |partners? |by |developer |US |chip ?maker |investors? |the (?:\w+ )?(?:firm|company|developer|operator|promoter|start-?up|group) |(?:[\w-]+ ){{1,3}}(?:giant|firm|company|developer|operator|partner|group|provider|start-?up|lab|maker|builder|utility|landlord|investor|specialist|hyperscaler|neocloud|miner|producer|manager|fund|house|bank|insurer|trust|conglomerate|family|cooperative) )?|, which [\w' ]{3, 40}, and |, (?:the )?|/| / |{_OWNED}(?:the (?:\w+ ){{0,2}}(?:firm|company|promoter|group|developer|fund|investor|bank|insurer|family|utility|giant) |the (?:\w+-(?:based|listed) )?|its |\w+['’]s )?|,? (?:LLC|LP|Inc\.?|Ltd\.?|Limited|GmbH|plc)? ?\((?:an? |now )?(?:affiliate|unit|subsidiary|arm|vehicle|part|brand)s? of (?:the )?)$"
)
# "Orrin, owned by Calder": named once for what it owns, and no party to what the text goes on to tell of Orrin.
OWNER = re.compile(
    r"(?:, |,? \()(?:(?:which|who) (?:is|are) |itself |now |today |wholly |majority |jointly |partly |a company |a firm |still |half[- ]|[\d.]+ ?(?:%|per ?cent) )*(?:owned by|promoted by|founded by|set up by|part of|controlled by|backed by|held by|a (?:wholly owned |portfolio |group )?(?:unit|subsidiary|division|brand|company|affiliate|arm) of|an (?:arm|affiliate) of|(?:in )?the portfolio of|the property of|whose (?:\w+ )?(?:owner|parent|backer|sponsor|shareholder)s? (?:is|are))\b"
)
UNIT_OF = re.compile(r"(?:['’]s)? (?:unit|subsidiary|affiliate|arm|company|brand)\b")
LISTED = frozenset({", ", " and ", ", and "})
# "SINES DC, the project of Start Campus": what follows "of" owns it.
OWNED_BY = re.compile(
    r"\b(?:bid|offer|proposal|pitch|application|declaration|request|filing|submission|petition) (?:of|from|by) (?:the )?$|"
    r"\b(?:project|campus|site|plan|scheme|facility|data cent\w+|halls?|buildings?|clusters?|complex|supercomputer|park|venture|initiative|property) of (?:the )?$",
    re.IGNORECASE,
)
# "the site has passed to Orrin": whoever has it now.
HANDED_TO = re.compile(
    r"(?<!used to )(?<!once )(?<!formerly )\b(?:belong\w*|pass(?:ed|es)|sold|sale of [^.;]{0,40}|let|pre-?let|leased|transferred|handed(?: over)?|went|goes|gone|fell|fallen|awarded|granted|allocated|allotted|given|"
    r"reserved|released|assigned|due) (?:back |over |in full |entirely )?(?:to|for) (?:the )?$"
)
CONTRACTOR = re.compile(r"\b(?:Construction|Contractors|Contracting|Builders|Engineering|Architects)\b")
SELLER = compiled(
    r"\b(?:bought|purchased|acquired|took over|takes over|paid|paying|from|former|old|of the former)\s+(?:the |\w+ )?$",
    re.IGNORECASE,
)
PAYS = compiled(
    r"\b(?:requests?|applications?|proposals?|petitions?|bids?|plans?|filings?|submissions?|appeals?|offers?|pitch(?:es)?|injection|investments?|funding|money|pledges?|commitments?|billions?|millions?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
GRANTS = re.compile(
    r"^ (?:has |have |had |will |would )?(?:grant(?:ed|s)?|promis(?:ed|es)|pledg(?:ed|es)|confirm(?:ed|s)|assur(?:ed|es)|sees room|can (?:serve|supply|deliver)|offer(?:ed|s)|set aside|allott?ed|reserved|approved|provides?|suppl(?:y|ies|ied)|serves?|deliver|given|agreed to supply|connect)\b"
)


class Group(NamedTuple):
    """Companies named in one breath: "OpenAI, Oracle and SoftBank"."""

    names: tuple[str, ...]
    start: int
    end: int
    owners: tuple[str, ...] = ()
    """Those of `names` that are named as the owner of another."""

    @property
    def own(self) -> tuple[str, ...]:
        """The names without the owners, for what the text tells further on."""
        return tuple(n for n in self.names if n not in self.owners) or self.names


def parties(reading: Reading, sentence: int, keep_vendors: bool) -> list[Hit]:
    """The companies of a sentence that can be parties to a figure."""
    key = sentence, keep_vendors
    if key not in reading.parties:
        reading.parties[key] = _parties(reading, sentence, keep_vendors) if reading.companies_in(sentence) else []
    return reading.parties[key]


def _parties(reading: Reading, sentence: int, keep_vendors: bool) -> list[Hit]:
    text = reading.text
    out = []
    here = reading.segments.sentences[sentence]
    held = HOLDERS.search(text, here.start, here.end)
    aside = None if keep_vendors else HELD_BY.search(text, here.start, here.end)
    ahead = here.start
    for hit in reading.companies_in(sentence):
        if held and held.start() <= hit.start < held.end():
            continue
        if aside and aside.start() <= hit.start < aside.end() and not JOIN.match(text[ahead : hit.start]):
            continue
        ahead = hit.end
        window, after = Window(text, max(0, hit.start - 70), hit.start), text[hit.end : hit.end + 40]
        if hit.name in SOURCE_NAMES and not keep_vendors:
            continue
        if (hit.name in GRID_OPERATORS and not CONTRACTS.match(after)) or BROKERS.match(after):
            continue
        if (
            SOURCE_AFTER.match(after)
            or ASIDE_AFTER.match(after)
            or (SUPPLIES.match(after) and SUPPLIED.search(window.text))
        ):
            continue
        if company_kinds().get(hit.name, "finance" if keep_vendors else "") == "finance" and _arranges(window, after):
            continue
        if NOT_PARTY_BEFORE.seek(window) and not BY_PARTY.seek(window):
            continue
        if company_kinds().get(hit.name) == "chips":
            if CHIP_AFTER.match(after):
                continue
            if not keep_vendors and not _acts(reading, sentence, hit):
                continue
        if not keep_vendors and (CONTRACTOR.search(hit.name) or SERVES.match(after)):
            continue
        sold = SELLER.seek(window)
        if sold and sold.group().startswith("from"):
            # "an injection of $15 billion from Microsoft": it pays, nothing is bought from it.
            span = reading.segments.sentences[sentence]
            sold = None if PAYS.search(text[span.start : hit.start]) else sold
        if not keep_vendors and (sold or (utility(hit.name) and GRANTS.match(after))):
            continue
        out.append(hit)
    return out


def _arranges(window: Window, after: str) -> bool:
    """Whether a bank is named for having brought others' money together."""
    return ARRANGES.match(after) is not None or ARRANGED.seek(window) is not None


def _acts(reading: Reading, sentence: int, hit: Hit) -> bool:
    """Whether a chip maker acts in the sentence: at its head, before a verb of its own, or last of those who do."""
    span = reading.segments.sentences[sentence]
    listed = any(reading.text[other.end : hit.start] in LISTED for other in reading.companies_in(sentence))
    return (
        hit.start - span.start < 30
        or listed
        or bool(
            re.match(
                r" (?:said|will|has|is|agreed|plans|put|invest\w+|bought|takes|took|announced|committed|to (?:invest|build|put|supply))\b",
                reading.text[hit.end : hit.end + 24],
            )
        )
    )


def group(reading: Reading, hits: list[Hit]) -> list[Group]:
    """Join hits that stand in one enumeration."""
    groups: list[Group] = []
    for hit in hits:
        if groups:
            last = groups[-1]
            gap = reading.text[last.end : hit.start]
            unit = gap in {", a ", ", an "} and UNIT_OF.match(reading.text, hit.end)  # "Raiden Infotech, a Google unit"
            if len(gap) < 60 and (JOIN.match(gap) or unit):
                if hit.name not in last.names:
                    owns = OWNER.match(gap) is not None or bool(unit) or bool(last.owners and gap in LISTED)
                    groups[-1] = Group(
                        (*last.names, hit.name), last.start, hit.end, (*last.owners, *((hit.name,) if owns else ()))
                    )
                else:
                    groups[-1] = Group(last.names, last.start, hit.end, last.owners)
                continue
        groups.append(Group((hit.name,), hit.start, hit.end))
    return groups


def utility(name: str) -> bool:
    """Whether `name` is a utility, by the reference or by its last word."""
    return company_kinds().get(name) == "utility" or bool(
        name.endswith((" Water", " Electric", " Electric Cooperative", " Utilities", " Public Service"))
    )
