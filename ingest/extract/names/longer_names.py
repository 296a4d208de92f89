"""
Names that a known company's only begins: "CapitaLand India Trust", "IndiaAI Mission".

In: text and the hits of the reference. Out: the same hits, each such one under its whole name. Never lengthens a name by a word that
does not make another body of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.extract.names.mentions import Hit, company_forms

GOES_ON = re.compile(r"(?: [A-ZÀ-Þ][\w&]*){0,2} (?:Trust|REIT|Reit|Mission|Foundation|Ventures)\b(?! [A-Z])")


def whole_names(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """The hits, each company under the whole of its name."""
    out: list[Hit] = []
    for hit in hits:
        longer = GOES_ON.match(text, hit.end) if hit.kind == "company" else None
        if longer is None or text[hit.start : longer.end()] in company_forms():
            out.append(hit)
        else:
            out.append(hit._replace(name=text[hit.start : longer.end()], end=longer.end()))
    return out
