"""
EDGAR: the filings of one listed company, and the exhibits that hold the press releases.

In: a source whose `url` is a submissions answer of the SEC. Out: the main documents of its newest filings and, for
current reports, their exhibits 99. Each current report costs one look at the filing's index; where a file name there
does not tell what it is, one more at the index page, which does. Never reads a filing's text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.records import Capture, Issue, Link, Source
from ingest.errors import IngestError, ListingError
from ingest.fetching.charset import decode
from ingest.pages.dates import read_date
from ingest.pages.elements import soup_of
from ingest.readers import Field, Get, Reading
from ingest.selection import Item, join_address, select, words_option

ARCHIVE = "https://www.sec.gov/Archives/edgar/data"
FORMS = ("8-K", "6-K", "10-Q", "10-K", "20-F", "40-F")
USUAL_FORMS = ("8-K", "6-K", "10-Q")
CURRENT = ("8-K", "6-K")
ITEMS = {
    "1.01": "Entry into a material agreement",
    "1.02": "Termination of a material agreement",
    "2.01": "Acquisition or disposition of assets",
    "2.02": "Results of operations",
    "2.03": "Creation of a financial obligation",
    "7.01": "Regulation FD disclosure",
    "8.01": "Other events",
}
"""The items of an 8-K that can hold a figure about building; 5.02, a new director, does not."""
NEWEST = 12
MAX_NEWEST = 400

_PAGE = re.compile(r"[\w.()+-]+\.html?", re.IGNORECASE)
_EXHIBIT = re.compile(r"(?:ex|exhibit|^a)[-_.]?\d", re.IGNORECASE)
_EXHIBIT_99 = re.compile(r"(?:ex|exhibit|^a)[-_.]?99", re.IGNORECASE)
_MACHINE = re.compile(r"R\d+\.html?|.*-index(?:-headers)?\.html?|(?:filingsummary|report).*", re.IGNORECASE)


def _forms(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(one in FORMS for one in value):
        raise ValueError
    return tuple(value)


def _items(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(one in ITEMS for one in map(str, value)):
        raise ValueError
    return tuple(map(str, value))


def _newest(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_NEWEST:
        raise ValueError
    return value


def _address(value: object) -> str:
    if not isinstance(value, str) or not re.match(r"https?://[^/]+", value):
        raise ValueError
    return value.rstrip("/")


OPTIONS: Mapping[str, Field] = {
    "forms": Field(f"a list of {', '.join(FORMS)} (when not set: {', '.join(USUAL_FORMS)})", _forms),
    "items": Field(f"a list of 8-K items in quotes, of {', '.join(ITEMS)}", _items),
    "newest": Field(f"how many of the newest filings to read, 1 to {MAX_NEWEST}", _newest),
    "archive": Field("the address of a mirror of the SEC's archive", _address),
}


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing as the submissions answer lists it."""

    accession: str
    form: str
    filed_on: str
    items: tuple[str, ...]
    main_document: str
    folder: str
    company: str

    @property
    def is_current_report(self) -> bool:
        """Whether it is an 8-K or 6-K, whose news is in the exhibits."""
        return self.form.removesuffix("/A") in CURRENT

    @property
    def title(self) -> str:
        """What to call it until its text says better."""
        words = "; ".join(ITEMS[item] for item in self.items if item in ITEMS)
        return f"{self.company}: {self.form} of {self.filed_on}" + (f" ({words})" if words else "")


async def read(source: Source, get: Get) -> Reading:
    """The documents of the newest filings that the entry wants."""
    capture = await get(source.url)
    if capture.outcome == "not_modified" and not capture.body:
        return Reading(unchanged=True)
    issues: list[Issue] = []
    listed = [filing for filing in list_filings(capture, source) if _is_wanted(filing, source)]
    since = str(source.options.get("since", ""))
    filings = [filing for filing in listed if filing.filed_on >= since]
    newest = source.options.get("newest")
    items: list[Item] = []
    for filing in filings[: newest if isinstance(newest, int) else NEWEST]:
        if filing.main_document:
            items.append(_item(filing, filing.main_document, filing.title))
        if not filing.is_current_report:
            continue
        try:
            for name in await _exhibits(filing, get):
                items.append(_item(filing, name, f"{filing.title}, exhibit 99"))
        except IngestError as error:
            message = f"exhibits of {filing.title}: not found ({error})"
            issues.append(Issue("no_exhibits", message, "warning", source.slug, filing.folder))
    is_whole = len(filings) == len(listed)
    return select(source, items, issues, why_few="no filing of these forms and items", is_whole=is_whole)


def list_filings(capture: Capture, source: Source) -> Iterator[Filing]:
    """Every filing of the answer's recent part, newest first."""
    url = source.url
    try:
        answer: Any = json.loads(decode(capture.body, capture.encoding).text)
        cik, company, recent = int(answer["cik"]), str(answer["name"]), answer["filings"]["recent"]
        columns = ("accessionNumber", "form", "filingDate", "items", "primaryDocument")
        # The answer is a table by columns; strict, so that a short column never moves a date to another filing.
        rows = list(zip(*(recent[name] for name in columns), strict=True))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"{url}: not the SEC's submissions answer ({type(error).__name__}: {error})"
        raise ListingError(message, kind="unreadable_submissions", url=url) from error
    archive = str(source.options.get("archive", ARCHIVE))
    for accession, form, filed_on, items, main_document in rows:
        # `acceptanceDateTime` ends in Z but is New York's clock: the day is all that is sure.
        yield Filing(
            accession=accession,
            form=form,
            filed_on=filed_on,
            items=tuple(item.strip() for item in items.split(",") if item.strip()),
            main_document=main_document,
            folder=f"{archive}/{cik}/{accession.replace('-', '')}",
            company=source.publisher or company,
        )


def _is_wanted(filing: Filing, source: Source) -> bool:
    forms = words_option(source, "forms") or USUAL_FORMS
    if filing.form.removesuffix("/A") not in forms:
        return False
    wanted = words_option(source, "items") or tuple(ITEMS)
    return not filing.items or filing.form.removesuffix("/A") != "8-K" or any(item in wanted for item in filing.items)


def _item(filing: Filing, name: str, title: str) -> Item:
    return Item(Link(f"{filing.folder}/{name}", title, read_date(filing.filed_on), publisher=filing.company))


async def _exhibits(filing: Filing, get: Get) -> list[str]:
    """The file names of a filing's exhibits 99."""
    index_url = f"{filing.folder}/index.json"
    capture = await get(index_url)
    try:
        listed = json.loads(decode(capture.body, capture.encoding).text)["directory"]["item"]
        names = [str(entry["name"]) for entry in listed]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = f"{index_url}: not a filing's index ({type(error).__name__}: {error})"
        raise ListingError(message, kind="unreadable_index", url=index_url) from error
    pages = [n for n in names if _PAGE.fullmatch(n) and not _MACHINE.fullmatch(n) and n != filing.main_document]
    if all(_EXHIBIT.search(name) for name in pages):
        return [name for name in pages if _EXHIBIT_99.search(name)]
    # Names such as "q3earningsrelease.htm" do not say what they are; the index page has a column that does.
    page_url = f"{filing.folder}/{filing.accession}-index.htm"
    return _typed_exhibits(await get(page_url), pages)


def _typed_exhibits(capture: Capture, pages: list[str]) -> list[str]:
    exhibits = []
    for row in soup_of(decode(capture.body, capture.encoding).text).select("table.tableFile tr, table tr"):
        cells = [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        link = row.select_one("a[href]")
        if link is not None and any(cell.upper().startswith("EX-99") for cell in cells):
            name = join_address(capture.final_url, str(link["href"])).rpartition("/")[2]
            if name in pages and name not in exhibits:
                exhibits.append(name)
    return exhibits
