"""
The chronicle: our own dated briefs of real announcements, packaged with the program.

In: a folder of YAML files. Out: every brief as a link that carries its whole text, so that nothing is fetched.
Checks each brief strictly and goes on with the next: a bad one is an issue that names file, brief, field and what is
allowed. Reads nothing but those files.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.resources
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from db.records import Issue, Link, Source
from ingest.errors import ListingError
from ingest.pages.dates import read_date
from ingest.readers import Field, Get, Reading
from ingest.selection import Item, is_web_address, select

OPTIONS: Mapping[str, Field] = {}
PACKAGE = "package:"
"""`package:ingest/chronicle` is a folder of the installed program; anything else is a folder on the disk."""

MIN_CHARACTERS, MAX_CHARACTERS = 300, 1500
FIELDS = {
    "date": "a day as YYYY-MM-DD",
    "title": "1 to 200 characters on one line",
    "url": "the http or https address of the original announcement",
    "publisher": "the name of who published it",
    "text": f"{MIN_CHARACTERS} to {MAX_CHARACTERS} characters in our own words",
}


def brief_address(date: str, url: str, title: str) -> str:
    """The brief's own address: made of what it reports, so that a reworded text stays the same document."""
    digest = hashlib.sha256(f"{date}\n{url}\n{title}".encode()).hexdigest()[:12]
    return f"chronicle:{date}-{digest}"


def folder_of(url: str) -> Traversable:
    """The folder that a chronicle source names."""
    if url.startswith(PACKAGE):
        package, *parts = url.removeprefix(PACKAGE).split("/")
        return importlib.resources.files(package).joinpath(*parts)
    return Path(url)


async def read(source: Source, get: Get) -> Reading:
    """Every brief of the folder, oldest file first."""
    folder = folder_of(source.url)
    if not folder.is_dir():
        raise ListingError(f"{source.url}: no such folder of briefs", kind="no_chronicle", url=source.url)
    issues: list[Issue] = []
    items: list[Item] = []
    for file in sorted((f for f in folder.iterdir() if f.name.endswith((".yml", ".yaml"))), key=lambda f: f.name):
        items.extend(_briefs(file, source, issues))
    return select(source, items, issues, why_few="the folder holds no more good briefs")


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C where PyYAML has it: fifteen times as fast."""


def _briefs(file: Traversable, source: Source, issues: list[Issue]) -> Iterator[Item]:
    def refuse(message: str) -> None:
        issues.append(Issue("bad_brief", f"{file.name}: {message}", "error", source.slug))

    try:
        briefs = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return refuse(f"no YAML that can be read ({' '.join(str(error).split())})")
    if briefs is None:
        return None
    if not isinstance(briefs, list):
        return refuse("holds no list of briefs: begin each brief with `- date: YYYY-MM-DD`")
    seen: set[str] = set()
    for number, brief in enumerate(briefs, start=1):
        if faults := list(_faults(brief)):
            for fault in faults:
                refuse(f"brief {number}: {fault}")
            continue
        item = _item(brief)
        if item.link.url in seen:
            refuse(f"brief {number}: the same date, url and title as an earlier brief")
            continue
        seen.add(item.link.url)
        yield item
    return None


def _faults(brief: Any) -> Iterator[str]:
    if not isinstance(brief, dict):
        yield f"is no mapping; a brief has the fields {', '.join(FIELDS)}"
        return
    for name in brief.keys() - FIELDS.keys():
        yield f"field {name!r} is unknown; the fields are {', '.join(FIELDS)}"
    for name, allowed in FIELDS.items():
        value = brief.get(name)
        if value is None:
            yield f"field {name} is missing: {allowed}"
        elif not _is_good(name, value):
            yield f"field {name}: {str(value)[:60]!r} is not allowed: {allowed}"


def _is_good(name: str, value: object) -> bool:
    if name == "date":
        return isinstance(value, datetime.date) or (isinstance(value, str) and len(read_date(value) or "") == 10)
    if not isinstance(value, str) or not value.strip():
        return False
    if name == "url":
        return is_web_address(value.strip())
    if name == "text":
        return MIN_CHARACTERS <= len(" ".join(value.split())) <= MAX_CHARACTERS
    return "\n" not in value.strip() and len(value.strip()) <= 200


def _item(brief: Mapping[str, Any]) -> Item:
    date, url, title = str(brief["date"])[:10], brief["url"].strip(), " ".join(brief["title"].split())
    # YAML's folded text (`>-`) has kept a newline only where the file has a blank line, between paragraphs.
    text = "\n".join(" ".join(line.split()) for line in brief["text"].splitlines() if line.strip())
    return Item(
        Link(
            url=brief_address(date, url, title),
            title=title,
            published_at=date,
            text=text,
            publisher=brief["publisher"].strip(),
            original_url=url,
        )
    )
