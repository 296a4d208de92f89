"""
Which currency a sign, code or word beside a number means.

In: the text before and after a number, and what the document is about. Out: an ISO 4217 code and how many characters the
sign takes. Never converts. A sign that many countries share ("$", "kr", "Rs", "¥") is decided by the words of the document
first and its publisher's country second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.extract.patterns import compiled

PREFIXES: dict[str, str] = {
    "US$": "USD", "U.S.$": "USD", "USD$": "USD", "USD": "USD", "US $": "USD", "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "AUD $": "AUD", "AUD": "AUD",
    "C$": "CAD", "CA$": "CAD", "CAD$": "CAD", "CAD $": "CAD", "CAD": "CAD", "CDN$": "CAD", "Cdn$": "CAD", "NZ$": "NZD", "NZD": "NZD", "S$": "SGD",
    "SGD": "SGD", "HK$": "HKD", "HKD": "HKD", "NT$": "TWD", "TWD": "TWD", "R$": "BRL", "BRL": "BRL", "MX$": "MXN", "Mex$": "MXN",
    "MXN": "MXN", "CLP": "CLP", "COP": "COP", "ARS": "ARS", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "¥": "JPY",
    "JPY": "JPY", "JP¥": "JPY", "CN¥": "CNY", "CNY": "CNY", "RMB": "CNY", "Rmb": "CNY", "₩": "KRW", "KRW": "KRW", "₹": "INR",
    "Rs.": "INR", "Rs": "INR", "INR": "INR", "Re": "INR", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "CHF": "CHF", "RM": "MYR", "MYR": "MYR",
    "THB": "THB", "Bt": "THB", "฿": "THB", "B": "THB", "Rp": "IDR", "Rp.": "IDR", "IDR": "IDR", "₱": "PHP", "PHP": "PHP", "VND": "VND", "₫": "VND",
    "Dh": "AED", "Dhs": "AED", "AED": "AED", "SAR": "SAR", "SR": "SAR", "QAR": "QAR", "QR": "QAR", "KWD": "KWD", "KD": "KWD", "OMR": "OMR",
    "BHD": "BHD", "ZAR": "ZAR", "R": "ZAR", "PLN": "PLN", "CZK": "CZK", "HUF": "HUF", "TRY": "TRY", "₺": "TRY", "₦": "NGN", "NGN": "NGN", "N": "NGN",
    "KES": "KES", "KSh": "KES", "Ksh": "KES", "EGP": "EGP", "MAD": "MAD", "ILS": "ILS", "₪": "ILS", "NIS": "ILS", "RUB": "RUB", "₽": "RUB",
    "KZT": "KZT", "₸": "KZT", "UAH": "UAH", "₴": "UAH", "ISK": "ISK", "RON": "RON", "kr": "SEK", "$": "USD",
    "$US": "USD", "BDS$": "BBD", "J$": "JMD", "TT$": "TTD", "N$": "NAD", "GH¢": "GHS", "GH₵": "GHS", "GHS": "GHS", "Sh": "KES", "USh": "UGX", "Ush": "UGX", "UGX": "UGX", "TZS": "TZS", "TSh": "TZS", "₲": "PYG", "PYG": "PYG",
    "S/": "PEN", "PEN": "PEN", "Kč": "CZK", "Ft": "HUF", "zł": "PLN", "PKR": "PKR", "LKR": "LKR", "BDT": "BDT", "UZS": "UZS", "BGN": "BGN", "RSD": "RSD", "ETB": "ETB", "JOD": "JOD", "UYU": "UYU",
}  # fmt: skip
_PREFIX = re.compile(
    "(?:" + "|".join(re.escape(p) for p in sorted(PREFIXES, key=len, reverse=True)) + r")[ \u00a0\u202f]?$"
)
# A lone letter is a currency only where the document speaks of that currency.
LETTERS = {"B": re.compile(r"\bbaht\b", re.IGNORECASE), "R": re.compile(r"\b[Rr]and\b|South Africa|Johannesburg|Cape Town|Durban|Pretoria|Teraco|Eskom"),
           "N": re.compile(r"\bnaira\b|Nigeria"), "Re": re.compile(r"\brupee", re.IGNORECASE)}  # fmt: skip
SUFFIX = re.compile(
    r"\.?[ \u00a0\u202f-]{0,2}(?:(?P<adj>US|U\.S\.|American|Australian|Canadian|Singapore|Hong Kong|New Zealand|Taiwan(?:ese)?|Swedish|Norwegian|Danish|Icelandic|Swiss|"
    r"Egyptian|Kuwaiti|Bahraini|Jordanian|Tanzanian|Ugandan|Hungarian|Romanian|Saudi|Qatari|Omani|UAE|Emirati|Moroccan|Mexican|Chilean|Colombian|Argentine|Philippine|Indian|Pakistani|Sri Lankan|Kenyan|Brazilian|Chinese|Japanese|South Korean|Korean|British|Turkish|Czech|Polish|스웨덴|미국|노르웨이|덴마크)[ -])?"
    r"(?P<word>dollars?|[Ee]uros?|Dollars?|US-Dollar|Franken|pounds?(?: sterling)?|sterling|yen|yuan|renminbi|RMB|won|rupees?|kronor|kroner|krona|kronur|crowns?|ringgit|baht|dong|rupiah|"
    r"guaran[ií](?:es|s)?|soles|leva|lari|manat|kwacha|pula|colones|quetzales|riyals?|rials?|dirhams?|dinars?|reais|reales|real|pesos?|rand|(?:Swiss )?francs?|zloty(?:s|ch)?|forints?|korun[ay]?|lei|leu|taka|cedis?|birr|shekels?|lira|naira|shillings?|roubles?|rubles?|tenge|hryvnia|"
    r"USD|EUR|GBP|AUD|CAD|SGD|HKD|INR|JPY|CNY|KRW|SEK|NOK|DKK|CHF|MYR|THB|AED|SAR|BRL|MXN|PLN|ZAR|IDR|VND|TWD|NZD|TRY|NGN|KES|EGP|CZK|HUF|RON|ISK|ILS|QAR|KWD|OMR|BHD|MAD|CLP|COP|PHP|KZT|d['’]euros|de euros|de dólares|de reais|de reales|de pesos|de dollars|€|£|¥|₩|₹|kr|zł|Kč|Ft|"
    r"크로나|달러|유로|원|엔|위안|円|元|欧元|美元|日元|韩元)(?![a-zA-Z\d])",
)
SUFFIXES: dict[str, str] = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "pounds sterling": "GBP", "sterling": "GBP", "yen": "JPY", "yuan": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "won": "KRW", "rupee": "INR", "kronor": "SEK", "krona": "SEK", "kroner": "NOK", "kronur": "ISK", "crown": "SEK",
    "ringgit": "MYR", "baht": "THB", "dong": "VND", "rupiah": "IDR", "riyal": "SAR", "rial": "OMR", "dirham": "AED", "dinar": "KWD", "reai": "BRL", "real": "BRL",
    "peso": "MXN", "rand": "ZAR", "franc": "CHF", "franken": "CHF", "us-dollar": "USD", "swiss franc": "CHF", "zloty": "PLN", "zlotych": "PLN", "shekel": "ILS", "lira": "TRY",
    "naira": "NGN", "shilling": "KES", "rouble": "RUB", "ruble": "RUB", "tenge": "KZT", "hryvnia": "UAH", "d'euro": "EUR", "d’euro": "EUR", "de euro": "EUR", "de dollar": "USD",
    "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR", "zł": "PLN", "kč": "CZK", "ft": "HUF", "forint": "HUF", "koruna": "CZK",
    "koruny": "CZK", "korun": "CZK", "lei": "RON", "leu": "RON", "taka": "BDT", "cedi": "GHS", "birr": "ETB",
    "de dólare": "USD", "de reai": "BRL", "reale": "BRL", "de reale": "BRL", "de peso": "MXN", "크로나": "SEK", "달러": "USD", "유로": "EUR", "원": "KRW", "엔": "JPY", "위안": "CNY", "円": "JPY",
    "guarani": "PYG", "guaraní": "PYG", "guaraníe": "PYG", "guaranie": "PYG", "sole": "PEN", "leva": "BGN", "lari": "GEL", "manat": "AZN", "kwacha": "ZMW", "pula": "BWP", "colone": "CRC", "quetzale": "GTQ",
    "元": "CNY", "欧元": "EUR", "美元": "USD", "日元": "JPY", "韩元": "KRW",
}  # fmt: skip
ADJECTIVES: dict[tuple[str, str], str] = {
    ("australian", "dollar"): "AUD", ("canadian", "dollar"): "CAD", ("singapore", "dollar"): "SGD", ("hong kong", "dollar"): "HKD",
    ("new zealand", "dollar"): "NZD", ("taiwan", "dollar"): "TWD", ("taiwanese", "dollar"): "TWD", ("norwegian", "kroner"): "NOK",
    ("danish", "kroner"): "DKK", ("norwegian", "crown"): "NOK", ("danish", "crown"): "DKK", ("czech", "crown"): "CZK", ("icelandic", "krona"): "ISK",
    ("qatari", "riyal"): "QAR", ("moroccan", "dirham"): "MAD", ("chilean", "peso"): "CLP", ("colombian", "peso"): "COP",
    ("argentine", "peso"): "ARS", ("philippine", "peso"): "PHP", ("pakistani", "rupee"): "PKR", ("sri lankan", "rupee"): "LKR", ("egyptian", "pound"): "EGP", ("kuwaiti", "dinar"): "KWD", ("bahraini", "dinar"): "BHD",
    ("jordanian", "dinar"): "JOD", ("omani", "riyal"): "OMR", ("tanzanian", "shilling"): "TZS", ("ugandan", "shilling"): "UGX", ("노르웨이", "크로나"): "NOK",
}  # fmt: skip
# A word that several countries have for their money means that of the one country that is named.
SHARED_WORDS: dict[str, tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]] = {
    "dirham": (re.compile(r"\bUAE\b|Dubai|Abu Dhabi|Emirat"), (("MAD", re.compile(r"Morocc|Rabat|Casablanca|Tangier")),)),
    "peso": (re.compile(r"Mexic|Querétaro"), (("ARS", re.compile(r"Argentin|Buenos Aires")), ("CLP", re.compile(r"Chile")),
             ("COP", re.compile(r"Colombia|Bogot[aá]")), ("PHP", re.compile(r"Philippine|Manila|Luzon")))),
    "shilling": (re.compile(r"Kenya|Nairobi"), (("UGX", re.compile(r"Uganda|Kampala")), ("TZS", re.compile(r"Tanzania|Dar es Salaam")))),
    "pound": (re.compile(r"\bUK\b|Brit|London|England|Scot|Wales"), (("EGP", re.compile(r"Egypt|Cairo")),)),
    "crown": (re.compile(r"Swed|Stockholm"), (("CZK", re.compile(r"Czech|Prague|Brno")), ("NOK", re.compile(r"Norw|Oslo")), ("DKK", re.compile(r"Danish|Denmark")))),
    "rupee": (re.compile(r"India|Mumbai|Delhi|Chennai|Bengaluru|Hyderabad"), (("PKR", re.compile(r"Pakistan|Karachi|Lahore|Islamabad")), ("LKR", re.compile(r"Sri Lanka|Colombo")))),
    "riyal": (re.compile(r"Saudi|Riyadh|Jeddah"), (("QAR", re.compile(r"Qatar|Doha")),)),
    "dinar": (re.compile(r"Kuwait"), (("BHD", re.compile(r"Bahrain|Manama")), ("JOD", re.compile(r"\bJordan\b|Amman\b")))),
}  # fmt: skip
YUAN = compiled(r"\b(?:yuan|RMB|renminbi)\b")
DOLLAR_COUNTRIES = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "US": "USD"}
KRONE_WORDS = ("Norw", "NOK", "Norge", "Danish", "Denmark", "DKK", "Danmark", "Swed", "SEK", "Sverige")
KRONE_COUNTRIES = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK", "CZ": "CZK"}
DECLARED = compiled(
    r"(?:dollars?|figures?|amounts?|values?|prices?|currency)\b[^.\n]{0,40}?\b(?:are|is|in)\b[^.\n]{0,20}?\b"
    r"(Australian|Canadian|Singapore|New Zealand|Hong Kong)\b(?: dollars)?|\ball (?:figures|amounts) in (A\$|C\$|S\$|NZ\$|HK\$)",
    re.IGNORECASE,
)
# What it names; a text without any need not be searched for the whole sentence.
DECLARABLE = compiled(r"\b(?:Australian|Canadian|Singapore|New Zealand|Hong Kong|(?:A|C|S|NZ|HK)\$)", re.IGNORECASE)
DECLARED_CODES = {"australian": "AUD", "canadian": "CAD", "singapore": "SGD", "new zealand": "NZD", "hong kong": "HKD",
                  "a$": "AUD", "c$": "CAD", "s$": "SGD", "nz$": "NZD", "hk$": "HKD"}  # fmt: skip


ELSEWHERE = compiled(
    r"US\$|\bUSD\b|\b(?:A|AU|C|S|NZ)\$|\bU\.S\.|\bUS (?:dollars|firm|company|giant|market)|\bUnited States\b|\bAmerican?\b|€"
)
"""What speaks of other money than that of the towns that a text names."""
AT_HOME = (
    (
        "AUD",
        compiled(
            r"\b(?:Australia|NSW|New South Wales|Sydney|Melbourne|Victorian|Queensland|Brisbane|Perth|Adelaide|Canberra|Tasmania\w*|Hobart|Darwin|Geelong|Newcastle, NSW|Western Australia\w*|Australian?|ASX)\b"
        ),
    ),
    (
        "CAD",
        compiled(
            r"\b(?:Alberta|Ontario|Qu[eé]bec|Toronto|Ottawa|Vancouver|Winnipeg|Halifax|Regina|Saskatoon|Mississauga|Canada|Montr[eé]al|Calgary|Edmonton|Saskatchewan|Manitoba|British Columbia|Canadian?|TSX|Nova Scotia|New Brunswick)\b|\b(?:Ont|Que|Alta|Sask|B\.C|N\.B|N\.S)\.(?=[\s,])"
        ),
    ),
    ("NZD", compiled(r"\b(?:Auckland|New Zealand|Wellington|Southland|Invercargill|Christchurch|NZX)\b")),
)
LOCAL = 6
"""How often a text names places of one country before its bare dollars are that country's."""
LOCAL_SPAN = 600
"""Characters of a shorter text in which one such name is enough, where nothing else is named."""
ABROAD = compiled(
    r"\b(?:Alabama|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|"
    r"Montana|Nebraska|Nevada|New (?:Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|Tennessee|Texas|Utah|Vermont|Virginia|Washington|Wisconsin|Wyoming|Wall Street|Nasdaq|10-[KQ]|8-K|S-1|"
    r"US|USA|NYSE|SEC)\b"
)


def dollar_of(text: str, country: str | None) -> str:
    """What a bare "$" means in `text`: what the text declares, else what the publisher's country uses, else USD."""
    declared = DECLARED.search(text) if DECLARABLE.search(text) else None
    if declared:
        return DECLARED_CODES[(declared.group(1) or declared.group(2)).lower()]
    if country is None and not ELSEWHERE.search(text):
        enough = LOCAL if ABROAD.search(text) else min(LOCAL, 1 + len(text) // LOCAL_SPAN)
        for code, words in AT_HOME:
            if words.count(text) >= enough:
                return code
    return DOLLAR_COUNTRIES.get(country or "", "USD")


def krone_of(text: str, country: str | None) -> str:
    """What "kr" or "kroner" means in `text`."""
    if country in KRONE_COUNTRIES:
        return KRONE_COUNTRIES[country]
    if not any(word in text for word in KRONE_WORDS):
        return "SEK"
    counts = {
        "NOK": len(re.findall(r"\bNorw|\bNOK\b|\bNorge\b", text)),
        "DKK": len(re.findall(r"\bDanish|\bDenmark|\bDKK\b|\bDanmark\b", text)),
        "SEK": len(re.findall(r"\bSwed|\bSEK\b|\bSverige\b", text)),
    }
    return max(counts, key=lambda code: counts[code]) if any(counts.values()) else "SEK"


@dataclass(frozen=True, slots=True)
class Signs:
    """What the signs that many countries share mean in one document."""

    dollar: str = "USD"
    krone: str = "SEK"
    yen: str = "JPY"


def signs_of(text: str, country: str | None) -> Signs:
    """The meaning of "$", "kr" and "¥" in `text`, published in `country`."""
    speaks = YUAN.search(text) and not re.search(r"\byen\b|Japan", text)
    yen = "CNY" if speaks or (country == "CN" and not re.search(r"\byen\b|\bJPY\b", text)) else "JPY"
    return Signs(dollar_of(text, country), krone_of(text, country), yen)


@lru_cache(maxsize=64)
def _is_said(sign: str, document: str) -> bool:
    """Whether the document speaks of the currency that these letters may mean; asked at every sum."""
    return LETTERS[sign].search(document) is not None


@lru_cache(maxsize=64)
def _shared_word(word: str, document: str) -> str | None:
    """The currency of the one country named in the document that calls its money so; None for the usual one."""
    usual, others = SHARED_WORDS[word]
    named = [code for code, country in others if country.search(document)]
    return named[0] if len(named) == 1 and not usual.search(document) else None


def prefix(text: str, number_start: int, document: str, signs: Signs) -> tuple[str, int] | None:
    """The currency written right before `number_start` and where it starts; None when there is none."""
    window = text[max(0, number_start - 7) : number_start]
    match = _PREFIX.search(window)
    if match is None:
        return None
    start = number_start - len(window) + match.start()
    sign = match.group().rstrip(" \u00a0\u202f")
    if sign[0].isalpha() and start and (text[start - 1].isalnum() or text[start - 1] in "-_"):
        return None
    if sign in LETTERS and (match.group() != sign or not _is_said(sign, document)):
        return None
    shared = {"$": signs.dollar, "kr": signs.krone, "¥": signs.yen}
    return shared.get(sign) or PREFIXES[sign], start


def suffix(text: str, number_end: int, signs: Signs) -> tuple[str, int] | None:
    """The currency named right after `number_end` and where its name ends; None when there is none."""
    match = SUFFIX.match(text, number_end)
    if match is None:
        return None
    word = match.group("word")
    singular = word.lower()
    singular = singular[:-1] if singular.endswith("s") and singular not in {"pesos"} else singular
    singular = "peso" if singular == "pesos" else singular
    adjective = (match.group("adj") or "").strip(" -").lower()
    if (adjective, singular) in ADJECTIVES:
        return ADJECTIVES[adjective, singular], match.end()
    if word.upper() == word and len(word) == 3 and word.isascii():
        return ("CNY" if word == "RMB" else word), match.end()
    code = SUFFIXES.get(singular)
    if singular == "kr":
        code = signs.krone
    if code is None:
        return None
    if singular in SHARED_WORDS and not adjective:
        code = _shared_word(singular, text) or code
    if code == "USD" and not adjective:
        code = signs.dollar
    if singular == "¥":
        code = signs.yen
    if singular == "kroner":
        code = signs.krone if signs.krone in {"NOK", "DKK"} else "NOK"
    return code, match.end()
