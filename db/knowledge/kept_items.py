"""
The figures of a total as rows, so that a project which nothing has touched need not be decided again.

In: items of projects, before anything overlaps; rows of `_figure_items`. Out: the rows, and the items again. What a row
gives back is the item as it was made: its bounds are those of its claim. Never holds what only a total can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.knowledge.item import Item
from db.knowledge.items import Surroundings, item_of
from db.knowledge.model import ClaimRow, Row, Table
from db.knowledge.statements import FigureKey

OF_PROJECT = ("country", "admin1", "vendor")
"""What an item takes from its project and its chip."""


def item_rows(items: Iterable[Item]) -> Table:
    """Rows of `_figure_items`."""
    rows: Table = {}
    for item in items:
        cut = item.cuts[0] if item.cuts else None
        rows[(item.claim.id,)] = {
            "claim_id": item.claim.id, "project_id": item.project, "metric": item.metric, "stage": item.stage,
            "facet": item.facet, "day": item.day, "companies": "|".join(sorted(item.companies)),
            "country": item.country, "admin1": item.admin1, "vendor": item.vendor,
            "reason": cut.reason if cut else None, "covered_by": cut.covered_by if cut else None,
            "note": cut.note if cut else None,
        }  # fmt: skip
    return rows


def items_of(rows: Iterable[Row], claims: Mapping[str, ClaimRow], around: Surroundings) -> list[Item]:
    """The items that the rows were made from."""
    made: list[Item] = []
    for row in rows:
        key = FigureKey(str(row["project_id"]), str(row["metric"]), str(row["stage"]), str(row["facet"]))
        companies = frozenset(str(row["companies"]).split("|")) - {""}
        day = None if row["day"] is None else str(row["day"])
        item = item_of(claims[str(row["claim_id"])], key.stage, around, key, companies, day)
        if item is None:
            continue
        item.country, item.admin1, item.vendor = (None if row[c] is None else str(row[c]) for c in OF_PROJECT)
        if row["reason"]:
            covered = None if row["covered_by"] is None else str(row["covered_by"])
            item.cut(str(row["reason"]), covered, str(row["note"]))
        made.append(item)
    return made
