"""
Quarters, halves, months and parts of a year in Spanish, Portuguese, French, Italian and German.

In: nothing, or the named groups of a match of `PATTERN`. Out: the pattern for `periods.PERIOD`; first day, last day and grain. Never
reads a lone month: without a year such a word may be a name.
"""

from __future__ import annotations

import calendar
from datetime import date

ORDINALS = {
    "primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4, "primeiro": 1, "terceiro": 3, "quarto": 4, "premier": 1, "deuxième": 2,
    "second": 2, "troisième": 3, "quatrième": 4, "primo": 1, "secondo": 2, "terzo": 3, "ersten": 1, "erstes": 1, "zweiten": 2, "zweites": 2, "dritten": 3,
    "drittes": 3, "vierten": 4, "viertes": 4,
}  # fmt: skip
_MONTHS = (
    "enero janeiro janvier gennaio januar",
    "febrero fevereiro février febbraio februar",
    "marzo março mars märz",
    "abril avril aprile",
    "mayo maio mai maggio",
    "junio junho juin giugno juni",
    "julio julho juillet luglio juli",
    "agosto août",
    "septiembre setembro septembre settembre",
    "octubre outubro octobre ottobre oktober",
    "noviembre novembro novembre",
    "diciembre dezembro décembre dicembre dezember",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
PARTS = {
    "principios": (1, 4), "inicios": (1, 4), "comienzos": (1, 4), "início": (1, 4), "début": (1, 4), "inizio": (1, 4), "anfang": (1, 4), "mediados": (5, 8),
    "meados": (5, 8), "mi": (5, 8), "metà": (5, 8), "mitte": (5, 8), "finales": (9, 12), "fines": (9, 12), "final": (9, 12), "fin": (9, 12), "fim": (9, 12),
    "fine": (9, 12), "ende": (9, 12),
}  # fmt: skip
_YEAR = r"20[0-6]\d(?!\d)"
PATTERN = (
    rf"(?P<ford>{'|'.join(ORDINALS)}) (?P<funit>trimestre|semestre|Quartal|Halbjahr)(?: de| del| des Jahres)? (?P<fyear>{_YEAR})"
    rf"|(?P<fmonth>{'|'.join(MONTHS)})(?: de| del| do)? (?P<fmyear>{_YEAR})"
    rf"|(?P<fpart>{'|'.join(PARTS)})(?:[ -]| de | del | do | di )(?P<fpyear>{_YEAR})"
)


def foreign_span(group: dict[str, str | None]) -> tuple[date, date, str, bool] | None:
    """First day, last day, grain and False (never fiscal); None where the match is of no group of `PATTERN`."""
    year = group["fyear"] or group["fmyear"] or group["fpyear"]
    if year is None:
        return None
    grain = "part"
    if group["ford"]:
        months = 3 if (group["funit"] or "").lower() in {"trimestre", "quartal"} else 6
        last = months * ORDINALS[group["ford"].lower()]
        first = last - months + 1
    elif group["fmonth"]:
        first = last = MONTHS[group["fmonth"].lower()]
        grain = "month"
    else:
        first, last = PARTS[(group["fpart"] or "").lower()]
    return date(int(year), first, 1), date(int(year), last, calendar.monthrange(int(year), last)[1]), grain, False
