"""
Units of the company a text is about: what "our subsidiary Boreal" builds is the filer's too.

In: the companies of a figure and those of the title. Out: the companies with the parents that the title names, the parent first. Never goes
to a parent that the title leaves out.
"""

from __future__ import annotations

from collections.abc import Collection

from ingest.extract.mentions import company_parents


def with_parents(names: tuple[str, ...], titled: Collection[str], digest: bool) -> tuple[str, ...]:
    """`names`, each unit behind the nearest of its parents among `titled`; a digest is about nobody unless about one."""
    if not titled or (digest and len(titled) > 1) or all(company_parents().get(name) is None for name in names):
        return names
    out: list[str] = []
    for name in names:
        above = company_parents().get(name)
        while above is not None and above not in titled:
            above = company_parents().get(above)
        out += [name] if above is None else [above, name]
    return tuple(dict.fromkeys(out))
