"""
An ingestion at a full base: documents read, stored one by one, and what is kept of them worked out anew.

In: a database; runs until its standard input ends. Out: new documents with their claims, from the real extractor, as
fast as a polite run brings them, and after each batch `db.kept.refresh`. Prints what it did.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from db.kept import refresh
from db.records import Document
from db.schema import open_database
from db.store import Store
from ingest.extract import EXTRACTOR, extract

A_SECOND = 6
"""Six sources at once, and one page a second of each."""
BATCH = 60
TEXT = (
    "Company {a} will invest ${b} billion in a data center campus in Abilene, Texas. The {c} MW site, which is to come "
    "online in the third quarter of 2027, will hold up to {d},000 NVIDIA GB200 chips and create {e} permanent jobs. "
    "Construction began in March and a first phase of {f} MW is already operating, the company said. "
)


def a_document(number: int, dice: random.Random) -> Document:
    """Return a page of about the length of a news story."""
    fields = {name: dice.randint(2, 900) for name in "abcdef"}
    text = TEXT.format(**fields) + "The plan was approved by the county board after a public hearing. " * 20
    url = f"https://writer.example/{number}"
    return Document(
        url, f"Company {fields['a']} plans a campus, part {number}", text, url, "Writer", published_at="2026-11-20"
    )


def main() -> None:
    """Write until told to stop."""
    # As `gigawatch schedule` has cron run it.
    os.setpriority(os.PRIO_PROCESS, 0, 10)
    dice, stop = random.Random(), threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    db = open_database(Path(sys.argv[1]))
    store, documents, claims, refreshed, longest = Store(db), 0, 0, 0, 0.0
    first = int(time.time() * 1000)
    print("writing", flush=True)
    began = due = time.monotonic()
    while not stop.wait(max(0.0, due - time.monotonic())):
        due = max(due + 1 / A_SECOND, time.monotonic() - 1)
        document = a_document(first + documents, dice)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        claims += store.save_document(document, extract(document), now=now, extractor=EXTRACTOR).claims_new
        documents += 1
        if documents % BATCH == 0:
            started = time.monotonic()
            refresh(db)
            refreshed, longest = refreshed + 1, max(longest, time.monotonic() - started)
    db.close()
    print(
        f"{documents} documents with {claims} claims in {time.monotonic() - began:.0f} s, kept tables worked out anew "
        f"{refreshed} times, {longest:.1f} s at the longest"
    )


if __name__ == "__main__":
    main()
