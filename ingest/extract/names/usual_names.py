"""
What a text calls a company once it has said so: 'Pembroke Pipeline Corporation ("Pembroke")', and Pembroke ever after.

In: a text and the companies found in it. Out: the names to change, each with the shorter one. Never changes a name of the reference, which
is the usual one already, nor takes bare initials for a name; a short form that no bracket gives may be a slip of the pen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from ingest.extract.names.mentions import Hit, company_kinds


def usual_names(text: str, hits: Iterable[Hit]) -> dict[str, str]:
    """Full name -> the form given in a bracket and written more often, for companies that the reference lacks."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        if " " in hit.name and hit.name not in company_kinds():
            forms[hit.name][text[hit.start : hit.end]] += 1
    out = {}
    for name, written in forms.items():
        for short, times in written.items():
            if times > written[name] and _shortens(name, short) and _is_given(text, short):
                out[name] = short
    return out


def _shortens(name: str, short: str) -> bool:
    """Whether `short` is how people call `name`: what it begins with, or a contraction of it, not its initials."""
    if name.startswith(short + " "):
        return True
    letters = iter(name)
    return not short.isupper() and " " not in short and len(short) < len(name) and all(x in letters for x in short)


def _is_given(text: str, short: str) -> bool:
    return any(f"{mark}{short}{end})" in text for mark, end in (("(", ""), ("“", "”"), ('"', '"')))
