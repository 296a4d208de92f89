"""
Units and whose they are: what "Airtel's Nxtra" or "our subsidiary Boreal" builds is the parent's too.

In: a `Reading`, and the companies of a figure and of the title. Out: the companies with their parents, the parent first. Never goes to a
parent that neither the title names nor the words beside the unit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from ingest.extract.names.mentions import company_kinds, company_parents
from ingest.extract.reading import Reading

_UNIT = r"(?:unit|subsidiary|affiliate|arm|vehicle|brand|division)"
# "Calder's Orrin", "Calder's data-centre arm Orrin", "a Calder affiliate named Orrin LLC".
OWNS = re.compile(rf"['’]s? (?:(?:[\w-]+ ){{0,3}}{_UNIT},? )?|,? {_UNIT} (?:named |called )?")
# "an affiliate of Calder, Orrin LLC, has acquired": the parent before the unit.
OF_PARENT = re.compile(rf"\b{_UNIT} of (?:the )?$")
# "Orrin DC Ltd, a subsidiary of Tullow-based Calder", 'Orrin LLC ("Landlord"), an indirect subsidiary of Calder': the unit first.
UNIT_OF = re.compile(
    rf",?(?: Inc| LLC| Ltd| Limited)?\.?(?: \([^()\n]{{3,30}}\))?,? (?:(?:is|was) )?an? (?:[\w-]+ ){{0,3}}?{_UNIT} of (?:the |[A-Z][\w.]+(?: [A-Z]\w+)?-(?:based|listed|headquartered) )?"
)
LOOK_BACK = 24


def told_parents(reading: Reading) -> dict[str, str]:
    """Unit -> the parent that stands before it as its owner."""
    text = reading.text
    out: dict[str, str] = {}
    for parent, unit in pairwise(reading.companies):
        gap = text[parent.end : unit.start]
        owns = OWNS.fullmatch(gap) or (
            gap == ", " and OF_PARENT.search(text, max(0, parent.start - LOOK_BACK), parent.start)
        )
        if owns and parent.name != unit.name and company_parents().get(unit.name) in {None, parent.name}:
            out.setdefault(unit.name, parent.name)
        elif parent.name != unit.name and parent.name not in company_kinds() and UNIT_OF.fullmatch(gap):
            out.setdefault(parent.name, unit.name)  # the first of the two is the unit, one that the reference lacks
    return out


def with_parents(
    names: tuple[str, ...], told: Mapping[str, str], titled: Collection[str], digest: bool
) -> tuple[str, ...]:
    """`names`, each unit behind the nearest parent in the title, or else the one told beside it; a digest is about nobody unless about one."""
    if digest and len(titled) > 1:
        titled = ()
    out: list[str] = []
    for name in names:
        above = company_parents().get(name)
        while above is not None and above not in titled:
            above = company_parents().get(above)
        above = above or told.get(name)
        out += [name] if above is None else [above, name]
    return tuple(dict.fromkeys(out))
