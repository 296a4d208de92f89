"""
The legal forms of companies, of every country that the sources write of: "Ltd", "GmbH", "Sdn Bhd", "S.r.l.", "DAC".

In: nothing. Out: one pattern, to be built into those of the modules that find names, shorten them or weigh them. Never says what is a name.
"""

from __future__ import annotations

ENGLISH = r"(?:Inc|Corp|Corporation|Co\.?,? (?=L|KG)|Ltd|Limited\b|LLC|LLP|L\.?P\b|PLC|plc|Pty|Pte|Pvt|DAC|CLG|ULC|Unlimited Company\b)"
"""Forms of the common-law countries."""
ELSEWHERE = (
    r"(?:GmbH|UG\b|KG\b|KGaA|(?:SE|AG)\b(?! [A-Z])|e\.?G\b|S\.?p\.?A\b|SIA\b|S\.?[rR]\.?[lL]\b|S\.L\.?U?|SLU?\b(?! [A-Z])|S\.A|SAS?\b|SARL|SASU|B\.?V\b|N\.?V\b|BVBA|A\.?Ş|A/S|AS\b(?! [A-Z])|ASA\b|AB\b|Oyj?\b|ApS|"
    r"ehf|hf\b|sp\. z|s\.r\.o|a\.s\.|d\.o\.o|Kft|Zrt|Lda|Ltda|Limitada|SpA\b|EIRL|C\.V\b|JSC|PJSC|OOO\b|LLP\b|TOO\b|OÜ|UAB|EOOD|"
    r"Sdn|Bhd|Berhad|Tbk|K\.K|KK\b|G\.K)"
)
"""Forms of the others."""
FORM = rf"(?:{ENGLISH}|{ELSEWHERE})"
"""Any of them."""
TAIL = rf"(?:(?<=\w)[,.]? (?:& )?(?:Co|{FORM})\.?)+$"
"""The forms at the end of a name, as many as stand there: "Pte Ltd", "Co., Ltd"."""
