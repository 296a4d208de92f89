"""
Which currency a sign, code or word beside a number means.

In: the text before and after a number, and the money that its document speaks of (`home_money`). Out: an ISO 4217 code and how
many characters the sign takes. Never converts.
"""

from __future__ import annotations

import re

from ingest.extract.amounts.home_money import LETTERS, Money

PREFIXES: dict[str, str] = {
    "US$": "USD", "U.S.$": "USD", "USD$": "USD", "USD": "USD", "US $": "USD", "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "AUD $": "AUD", "AUD": "AUD",
    "C$": "CAD", "CA$": "CAD", "CAD$": "CAD", "CAD $": "CAD", "CAD": "CAD", "CDN$": "CAD", "Cdn$": "CAD", "NZ$": "NZD", "NZD": "NZD", "S$": "SGD",
    "SGD": "SGD", "HK$": "HKD", "HKD": "HKD", "NT$": "TWD", "TWD": "TWD", "R$": "BRL", "BRL": "BRL", "MX$": "MXN", "Mex$": "MXN",
    "MXN": "MXN", "CLP": "CLP", "COP": "COP", "ARS": "ARS", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "¥": "JPY",
    "JPY": "JPY", "JP¥": "JPY", "CN¥": "CNY", "CNY": "CNY", "RMB": "CNY", "Rmb": "CNY", "₩": "KRW", "KRW": "KRW", "W": "KRW", "₹": "INR",
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


def prefix(text: str, number_start: int, money: Money) -> tuple[str, int] | None:
    """The currency written right before `number_start` and where it starts; None when there is none."""
    window = text[max(0, number_start - 7) : number_start]
    match = _PREFIX.search(window)
    if match is None:
        return None
    start = number_start - len(window) + match.start()
    sign = match.group().rstrip(" \u00a0\u202f")
    if sign[0].isalpha() and start and (text[start - 1].isalnum() or text[start - 1] in "-_"):
        return None
    if sign in LETTERS and (match.group() != sign or sign not in money.letters):
        return None
    return money.signs.get(sign) or PREFIXES[sign], start


def suffix(text: str, number_end: int, money: Money) -> tuple[str, int] | None:
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
    code = money.signs.get(singular) or SUFFIXES.get(singular)
    if code is None:
        return None
    if code == "USD" and not adjective:
        code = money.signs["$"]
    if not adjective:
        code = money.words.get(singular, code)
    return code, match.end()
