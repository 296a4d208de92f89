"""
The country that a text means without naming it: "£65m", "12 lakh sq ft", "Ofgem", "county commissioners".

In: a text. Out: the code of a country, or None. Only money, counting words and offices that one country has are heard; where two speak, none
is believed. Never asked of a text that names a country or a state.
"""

from __future__ import annotations

from ingest.extract.text.patterns import compiled

# "Alberta Utilities Commission", "NSW Planning": a state in the name of what governs it, not of a fund that spends anywhere.
_GOVERNS = r"(?:Utilities|Energy|Electric\w*|Environment\w*|Planning|Government|Ministry|Department|Hydro|Power|Water|Supreme Court|Court|Land|EPA|Police|Health|Parliament|Legislature|Securities|Premier|Treasury|Rail|Transport)\b"
_PROVINCES = (
    r"(?:Alberta|Ontario|Manitoba|Saskatchewan|Quebec|Québec|British Columbia|B\.?C\.?|New Brunswick|Nova Scotia)"
)
_STATES = r"(?:NSW|New South Wales|Queensland|Tasmania|Tasmanian|Victorian|South Australian?|Western Australian?|WA)"
SIGNS = {
    "US": r"\b(?:FERC|PJM|ERCOT|MISO|TVA|NYISO|CAISO)\b|\b[Cc]ounty (?:[Cc]ommission(?:ers?)?|[Ss]upervisors)\b|\bSchool District\b|\b(?:Gov|Sen|Rep)\. [A-Z]|\bstatehouse\b",
    "GB": r"£ ?\d|\bHMRC\b|\bOfgem\b|\bPlanning Inspectorate\b|\b(?:borough|district|city|county) council\b|\bcouncillors?\b|\bCllr\b|\bNational Grid ESO\b|\bNESO\b",
    "IN": r"₹|\bRs\.? ?\d|\b(?:crores?|lakhs?)\b|\bSEBI\b",
    "AU": r"\b(?:A|AU)\$ ?\d|\bASX\b|\bFIRB\b|\bAEMO\b|\b(?:Ausgrid|Transgrid|Endeavour Energy|Essential Energy|Powerlink|TasNetworks)\b"
    rf"|\b{_STATES} {_GOVERNS}|\bUniversity of (?:Melbourne|Sydney|Queensland|Adelaide|Tasmania|Wollongong)\b",
    "NZ": r"\bNZ\$ ?\d|\bResource Management Act\b|\bTranspower\b|\bNZX\b",
    "CA": r"\bC(?:A|DN)?\$ ?\d|\bIESO\b|\bTSX\b|\b(?:AESO|AUC|SaskPower|Hydro-Qu[ée]bec)\b"
    rf"|\b{_PROVINCES} {_GOVERNS}|\bUniversity of (?:Toronto|Alberta|Calgary|Manitoba|Waterloo)\b",
    "SG": r"\bS\$ ?\d|\bSGX\b|\b(?:JTC|IMDA)\b",
    "HK": r"\bHK\$ ?\d",
    "TW": r"\bNT\$ ?\d|\bTaipower\b",
    "BR": r"\bR\$ ?\d|\breais\b|\bAneel\b|\bBNDES\b",
    "MY": r"\bRM ?\d|\bringgit\b|\bBursa\b|\bTNB\b",
    "PH": r"₱|\bMeralco\b",
    "KR": r"₩|\bwon\b(?! (?:the|a|an|over|by|in|it|its|their|approval|praise))|\bKepco\b",
    "JP": r"\byen\b|\bTepco\b",
    "TH": r"\bbaht\b|\bTHB\b",
    "ID": r"\brupiah\b|\bRp ?\d",
    "VN": r"\bVND\b|\bdong\b",
    "NG": r"₦|\bnaira\b",
    "ZA": r"\brand\b|\bEskom\b|\bNersa\b",
    "PL": r"\b(?:zlotys?|PLN)\b",
    "TR": r"₺|\bTL\b",
    "SE": r"\b(?:SEK|kronor)\b|\bVattenfall\b",
    "NO": r"\bNOK\b|\bStatnett\b",
    "DK": r"\bDKK\b|\bEnerginet\b",
    "CH": r"\bCHF\b|\bSwiss francs\b",
    "IE": r"\bTaoiseach\b|\bEirGrid\b|\bAn (?:Bord|Coimisiún) Pleanála\b|\bTDs?\b",
    "FR": r"\b(?:RTE|EDF|Enedis|préfet|préfecture|mairie)\b",
    "DE": r"\b(?:Bürgermeister\w*|Landkreis|Landrat|Stadtrat|Gemeinderat|Bundesnetzagentur|BImSchG)\b",
    "ES": r"\b(?:ayuntamiento|Red Eléctrica)\b",
}  # fmt: skip
SPEAKS = compiled("|".join(f"(?P<{land}>{signs})" for land, signs in SIGNS.items()))


def home_land(text: str) -> str | None:
    """
    The one country whose money, words or offices the text speaks of.

    >>> home_land("A £65m hall at Hull"), home_land("It costs £65m, or ₹700 crore"), home_land("A hall at Hull")
    ('GB', None, None)
    """
    told: str | None = None
    for match in SPEAKS.finditer(text):
        if told not in (None, match.lastgroup):
            return None
        told = match.lastgroup
    return told
