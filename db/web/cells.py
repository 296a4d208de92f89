"""
How Datasette's own tables show our values: ids as links to the page they name, quotes as links to their claim.

In: a row and one of its values. Out: safe HTML, or nothing where Datasette's own way is right.
Never links an address that is not http or https; never shows a stored text unescaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from datasette.utils import to_css_class
from markupsafe import Markup, escape

from db.web.page import segment
from db.web.security import host, web_address
from db.web.vocabulary import METRICS as METRIC_WORDS
from db.web.vocabulary import label
from db.web.words import clean, quantity

PAGES = {
    "claim_id": "claims",
    "document_id": "documents",
    "primary_document_id": "documents",
    "announcement_id": "announcements",
    "project_id": "projects",
    "company_id": "companies",
    "chip_id": "chips",
    "place_id": "places",
    "capex_claim_id": "claims",
    "power_claim_id": "claims",
    "chips_claim_id": "claims",
    "online_claim_id": "claims",
    "chosen_claim_id": "claims",
    "other_claim_id": "claims",
    "press_claim": "claims",
}
OWN = {
    "claims": "claims",
    "documents": "documents",
    "announcements": "announcements",
    "projects": "projects",
    "companies": "companies",
    "chips": "chips",
    "places": "places",
}
PARENTS = {"projects": "projects", "companies": "companies", "places": "places"}
NAMED = {"project": "projects", "company": "companies", "chip": "chips", "place": "places", "parent": "projects"}
VALUE_COLUMNS = {"value_min", "value_max", "gross_low", "gross_high", "net_low", "net_high", "size", "at_most"}
USD_COLUMNS = {"usd", "capex_usd_min", "capex_usd_max", "usd_min", "usd_max"}
MW_COLUMNS = {"mw", "power_mw_min", "power_mw_max"}


def address(*parts: object) -> str:
    """Return the address of one of our pages from its parts."""
    return "/" + "/".join(segment(part) for part in parts)


def render(row: Any, value: Any, column: str, table: str | None, datasette: Any) -> Markup | None:
    """Return the HTML of one cell, or nothing."""
    shown, title = (value["value"], value["label"]) if isinstance(value, dict) and "label" in value else (value, None)
    if shown is None:
        return None
    page = PARENTS.get(table or "") if column == "parent_id" else OWN.get(table or "") if column == "id" else None
    page = page or PAGES.get(column)
    if page is not None:
        quote_page = page == "claims" and column != "id"
        return _link(datasette, page, shown, title or ("see quote" if quote_page else shown), title=str(shown))
    if column in NAMED and _get(row, f"{column}_id") is not None:
        return _link(datasette, NAMED[column], _get(row, f"{column}_id"), shown)
    if column == "title" and (_get(row, "document_id") or (table == "documents" and _get(row, "id"))):
        return _link(datasette, "documents", _get(row, "document_id") or _get(row, "id"), shown)
    if column == "quote":
        claim = _get(row, "id") if table == "claims" else _get(row, "claim_id")
        if claim is not None:
            return _link(datasette, "claims", claim, f"“{clean(shown, 160)}”")
    if column == "url" or column.endswith("_url"):
        target = web_address(shown)
        if target is None:
            return Markup(f"<bdi>{escape(clean(shown, 80))}</bdi>")
        return Markup(f'<a href="{escape(target)}" rel="nofollow noopener">{escape(host(target))}</a>')
    if column == "metric" and isinstance(shown, str):
        return Markup(f'<span title="{escape(shown)}">{escape(label(shown, METRIC_WORDS))}</span>')
    if isinstance(shown, int | float) and not isinstance(shown, bool):
        return _number(row, shown, column)
    if isinstance(shown, str):
        return Markup(f"<bdi>{escape(clean(shown, 400))}</bdi>")
    return None


def answer_rows(rows: Iterable[Iterable[tuple[str, object]]]) -> Markup:
    """
    Return the rows of an answer, each value with the name of its column, as on a phone a row is a card.

    Written at once, as a template hands on each cell by itself through every block.
    """
    starts: dict[str, str] = {}

    def start(name: str) -> str:
        return f'<td class="c-{escape(name)}" data-label="{escape(name.replace("_", " "))}">'

    return Markup(
        "\n".join(
            "<tr>"
            + "".join(
                f"{starts.get(name) or starts.setdefault(name, start(name))}{escape(value)}</td>" for name, value in row
            )
            + "</tr>"
            for row in rows
        )
    )


def table_rows(rows: Iterable[Iterable[Mapping[str, Any]]]) -> Markup:
    """Return the rows of one of Datasette's tables, as its own template writes them."""
    classes: dict[str, str] = {}
    written = []
    for row in rows:
        cells = []
        for cell in row:
            column = cell["column"]
            shown = classes.get(column) or classes.setdefault(column, escape(to_css_class(column)))
            cells.append(f'<td class="col-{shown} type-{escape(cell["value_type"])}">{escape(cell["value"])}</td>')
        written.append(f"<tr>{''.join(cells)}</tr>")
    return Markup("\n".join(written))


def _number(row: Any, value: float, column: str) -> Markup | None:
    unit = "USD" if column in USD_COLUMNS else "MW" if column in MW_COLUMNS else None
    if column in VALUE_COLUMNS:
        unit = _get(row, "unit")
    if not isinstance(unit, str):
        return None
    return Markup(f'<span title="{value:,.15g}">{escape(quantity(value, None, unit))}</span>')


def _link(datasette: Any, page: str, identifier: object, text: object, title: str | None = None) -> Markup:
    path = datasette.urls.path(address(page, identifier))
    hint = f' title="{escape(title)}"' if title else ""
    return Markup(f'<a href="{escape(path)}"{hint}><bdi>{escape(clean(text, 200))}</bdi></a>')


def _get(row: Any, column: str) -> Any:
    try:
        found = row[column]
    except (KeyError, IndexError, TypeError):
        return None
    return found.get("value") if isinstance(found, dict) else found
