"""
How fast web archives are read: pages a second, with and without the prefilter, by one worker and by several.

In: how many pages, what share of them is on the subject, how many workers. Out: a table on standard output. Writes its
archives into a folder that is removed again. Run it: `python tests/bench/backfill.py --pages 2000`.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from db.records import Capture, Link
from ingest.archive import Archive
from ingest.backfill import backfill
from ingest.backfill.work import STRANGER, process_warc, usual_steps
from ingest.errors import IngestError
from ingest.warc import Damage, read_pages

SUBJECT = "The company will spend ${} billion on a data center of {} MW near Abilene, Texas, with {},000 GPUs by 2028."
OTHER = "The bakery at the market square sells bread and {} kinds of rolls to people who queue from {} in the morning."


def a_page(number: int, on_subject: bool, dice: random.Random, words: list[str]) -> bytes:
    """Write one page of about the size and make of a news page, mostly template."""
    sentences = [" ".join(dice.choices(words, k=18)).capitalize() + "." for _ in range(40)]
    figure = (SUBJECT if on_subject else OTHER).format(
        dice.randint(1, 50), dice.randint(50, 2000), dice.randint(1, 400)
    )
    sentences[3] = figure
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    links = "".join(
        f'<li><a href="/news/{dice.random()}">{" ".join(dice.choices(words, k=8))}</a></li>' for _ in range(150)
    )
    script = "<script>" + "var a={b:[1,2,3]};" * 1500 + "</script>"
    head = f"<head><title>Story {number}</title><meta charset=utf-8>{script}</head>"
    nav, foot = f"<nav><ul>{links}</ul></nav>", f"<footer><ul>{links}</ul></footer>"
    article = f"<article><h1>Story {number}</h1>{body}</article>"
    return f"<!doctype html><html>{head}<body>{nav}{article}{foot}</body></html>".encode()


def make_archives(folder: Path, pages: int, files: int, share: float) -> list[Path]:
    """Write the web archives to read."""
    dice = random.Random(20261124)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(2, 9))) for _ in range(3000)]
    found = []
    for file in range(files):
        archive = Archive(folder / str(file), clock=lambda: datetime(2026, 11, 1, tzinfo=UTC))
        for number in range(pages // files):
            url = f"https://site{number % 97}.example/news/{file}-{number}"
            headers = {"content-type": "text/html; charset=utf-8"}
            body = a_page(number, dice.random() < share, dice, words)
            archive.append(
                Capture(url, url, "2026-11-01T00:00:00Z", 200, "new", body, headers["content-type"], headers=headers)
            )
        found += (folder / str(file)).glob("*.warc.gz")
    return found


def read_only(warcs: list[Path]) -> int:
    """Read every record and do nothing with it: the floor."""
    return sum(1 for warc in warcs for _ in read_pages(warc, Damage()))


def read_all(warcs: list[Path]) -> int:
    """Read every page as an article and extract from it, without a prefilter."""
    steps, count = usual_steps(), 0
    for warc in warcs:
        for capture in read_pages(warc, Damage()):
            count += 1
            try:
                steps.extract(steps.read_article(capture, Link(capture.url), STRANGER))
            except IngestError:
                continue
    return count


def measured(warcs: list[Path], out: Path, workers: int) -> Iterator[tuple[str, int, float]]:
    """Time each way of reading."""
    usual_steps()
    for name, way in (("records only", read_only), ("every page, no prefilter", read_all)):
        started = time.perf_counter()
        count = way(warcs)
        yield name, count, time.perf_counter() - started
    for number in sorted({1, workers}):
        started = time.perf_counter()
        folder = out / str(number)
        done = backfill(warcs, folder, workers=number, work=partial(process_warc, out=str(folder)))
        assert not done.failed, done.failed
        yield f"backfill, {number} worker(s)", sum(one.pages for one in done.summaries), time.perf_counter() - started
    started = time.perf_counter()
    done = backfill(warcs, folder, workers=1, work=partial(process_warc, out=str(folder)))
    yield "backfill again, all parts there", sum(one.pages for one in done.summaries), time.perf_counter() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--share", type=float, default=0.05, help="share of pages on the subject")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        warcs = make_archives(Path(folder), options.pages, options.files, options.share)
        size = sum(warc.stat().st_size for warc in warcs) / 1e6
        print(
            f"{options.pages} pages in {len(warcs)} files of {size:.1f} MB in all, {options.share:.0%} on the subject"
        )
        for name, count, seconds in measured(warcs, Path(folder) / "parts", options.workers):
            print(f"{name:34} {count / seconds:10,.0f} pages/s {seconds:8.2f} s")


if __name__ == "__main__":
    main()
