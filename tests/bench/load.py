"""
Readers at a full base while an ingestion writes: how long each page takes, and the rate at which it saturates.

In: a base made by `full_base.py`, readers, rounds. Out: a table of p50, p95 and greatest time for each kind of page,
then the rate of answers when every reader clicks again at once. `gigawatch serve` runs as processes of its own, and so
does the writer. The base is changed by the writer: measure on a copy.
Run it: `python tests/bench/load.py /tmp/full.db --rounds 20`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from clicks import Deck, decks

GOAL_MS = 150
PATIENCE_SECONDS = 30


@dataclass
class Seen:
    """What the readers saw: seconds for each kind, and the answers that were none."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bytes: dict[str, int] = field(default_factory=dict)
    slowest: dict[str, tuple[float, str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, kind: str, path: str, seconds: float, status: int, size: int) -> None:
        """Write one answer down."""
        with self.lock:
            self.seconds[kind].append(seconds)
            self.bytes[kind] = max(size, self.bytes.get(kind, 0))
            self.slowest[kind] = max(self.slowest.get(kind, (0.0, "")), (seconds, path))
            if status != 200:
                self.failed.append(f"{status} {path}")

    @property
    def all(self) -> list[float]:
        """The seconds of every answer."""
        return [second for seconds in self.seconds.values() for second in seconds]


class Clicks:
    """The next page for whoever asks: every kind once a round, in an order of its own."""

    def __init__(self, deck: Deck, rounds: int, dice: random.Random) -> None:
        self._queue: list[tuple[str, str]] = []
        for number in range(rounds):
            turn = [(kind, paths[number % len(paths)]) for kind, paths in deck.items()]
            dice.shuffle(turn)
            self._queue += turn
        self._lock = threading.Lock()

    def next(self) -> tuple[str, str] | None:
        """Return a kind and a path, until all were asked for."""
        with self._lock:
            return self._queue.pop() if self._queue else None


def reader(port: int, clicks: Clicks, seen: Seen, pause: float, until: float, start: float) -> None:
    """Click through pages over one connection; with a pause, once in so many seconds whatever an answer takes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    due = time.monotonic() + start
    while (click := clicks.next()) is not None and time.monotonic() < until:
        if pause:
            time.sleep(max(0.0, due - time.monotonic()))
            due = max(due + pause, time.monotonic())
        kind, path = click
        began, status, body = time.perf_counter(), 0, b""
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            status, body = answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            connection.close()
        seen.add(kind, path, time.perf_counter() - began, status, len(body))


def read(port: int, readers: int, clicks: Clicks, pause: float, seconds: float) -> tuple[Seen, float]:
    """Let the readers click; return what they saw and how long it took."""
    seen, began = Seen(), time.monotonic()
    threads = [
        threading.Thread(target=reader, args=(port, clicks, seen, pause, began + seconds, pause * n / readers))
        for n in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen, time.monotonic() - began


@contextmanager
def served(path: Path, *options: str) -> Iterator[int]:
    """Run `gigawatch serve`, and give its port."""
    command = [sys.executable, "-m", "ingest.cli", "serve", "--db", str(path), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield int(line.split("/  ")[0].rsplit(":", 1)[1])
        finally:
            process.terminate()
            process.wait()


@contextmanager
def written(path: Path, wanted: bool) -> Iterator[None]:
    """Run the writer, and say at the end what it wrote."""
    if not wanted:
        yield
        return
    command = [sys.executable, str(Path(__file__).with_name("writer.py")), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            with suppress(OSError):
                process.stdin.close()
            print(f"meanwhile the writer: {process.stdout.read().strip()}")


def report(seen: Seen) -> None:
    """Print a line for each kind, the slowest first."""
    print(f"{'page':34} {'clicks':>6} {'p50 ms':>7} {'p95 ms':>7} {'max ms':>7} {'kB':>6}")
    for kind in sorted(seen.seconds, key=lambda kind: -_p95(seen.seconds[kind])):
        times = seen.seconds[kind]
        mark = "" if _p95(times) * 1e3 <= GOAL_MS else f"  over {GOAL_MS}: {seen.slowest[kind][1]}"
        print(
            f"{kind:34} {len(times):6} {median(times) * 1e3:7.0f} {_p95(times) * 1e3:7.0f} {max(times) * 1e3:7.0f} "
            f"{seen.bytes[kind] / 1e3:6.0f}{mark}"
        )
    over = sum(_p95(times) * 1e3 > GOAL_MS for times in seen.seconds.values())
    times = seen.all
    print(
        f"{'all':34} {len(times):6} {median(times) * 1e3:7.0f} {_p95(times) * 1e3:7.0f} {max(times) * 1e3:7.0f}\n"
        f"{over} of {len(seen.seconds)} kinds over {GOAL_MS} ms at the 95th percentile; "
        f"{len(seen.failed)} answers failed"
    )
    for line in seen.failed[:10]:
        print(" ", line)


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=20, help="clicks on each kind of page")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds from one click of a reader to its next")
    parser.add_argument("--at-most", type=float, default=900.0, help="seconds after which nobody clicks any more")
    parser.add_argument("--only", action="append", help="only kinds with this in their name; may be given again")
    parser.add_argument("--no-writer", action="store_true")
    parser.add_argument("--saturate", type=float, default=30.0, help="seconds of clicking without a pause; 0 for none")
    asked = parser.parse_args()
    dice = random.Random(7)
    with sqlite3.connect(f"file:{asked.path}?mode=ro", uri=True) as db:
        only = asked.only or [""]
        drawn = decks(db, asked.path.stem, dice)
        deck = {kind: paths for kind, paths in drawn.items() if any(word in kind for word in only)}
    db.close()
    print(f"load of the machine before: {' '.join(f'{load:.1f}' for load in os.getloadavg())}, {os.cpu_count()} cores")
    with served(asked.path) as port:
        read(port, 2, Clicks(deck, 1, dice), 0, 600)
        with written(asked.path, not asked.no_writer):
            clicks = Clicks(deck, asked.rounds, dice)
            seen, seconds = read(port, asked.readers, clicks, asked.pause, asked.at_most)
            print(f"{asked.readers} readers, a click each {asked.pause:g} s, {seconds:.0f} s")
            report(seen)
            if asked.saturate:
                seen, seconds = read(port, asked.readers, Clicks(deck, 1000, dice), 0, asked.saturate)
                print(
                    f"saturation: {len(seen.all) / seconds:.1f} answers a second in {seconds:.0f} s, "
                    f"p50 {median(seen.all) * 1e3:.0f} ms, p95 {_p95(seen.all) * 1e3:.0f} ms, {len(seen.failed)} failed"
                )
        print(f"load of the machine after: {' '.join(f'{load:.1f}' for load in os.getloadavg())}")


if __name__ == "__main__":
    main()
