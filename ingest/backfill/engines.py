"""
Who does the work: this machine's processes, or a Ray cluster.

In: a function and the paths to give it, one call a path. Out: each path with its result, or with the failure in words,
as they are done. A worker that dies costs its own path a second try, and the others nothing. Whole files are given out,
never single pages: then the engine's cost per task does not matter.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from ingest.backfill.parts import Summary
from ingest.errors import IngestError

Work = Callable[[str], Summary]
Done = tuple[str, Summary | str]

_RAY_RETRIES = 1
_FILES_PER_WORKER = 64
"""A worker is replaced after so many archives, so that what a library leaks does not add up."""


class EngineError(IngestError):
    """An engine that cannot be used here."""

    kind = "no_engine"


def run_here(work: Work, paths: Sequence[str]) -> Iterator[Done]:
    """Do the work in this very process, one path after another."""
    for path in paths:
        try:
            yield path, work(path)
        except Exception as error:
            yield path, in_words(error)


def run_local(work: Work, paths: Sequence[str], workers: int | None = None) -> Iterator[Done]:
    """Do the work in processes of this machine; one worker means no other process at all."""
    workers = max(1, min(workers or os.cpu_count() or 1, len(paths)))
    if workers == 1:
        yield from run_here(work, paths)
        return
    waiting = deque(paths)
    while waiting:
        lost = yield from _one_pool(work, waiting, workers)
        # Of what was under way when a worker died, one is the culprit: each gets a worker for itself.
        for path in lost:
            if (yield from _one_pool(work, deque([path]), 1)):
                yield path, "the worker that read it died twice: out of memory, or a fault in a library"


def _one_pool(work: Work, waiting: deque[str], workers: int) -> Generator[Done, None, list[str]]:
    """Run one pool until nothing waits or a worker dies; gives what was under way then."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, max_tasks_per_child=_FILES_PER_WORKER)
    running: dict[Future[Summary], str] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                path = waiting.popleft()
                running[pool.submit(work, path)] = path
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                try:
                    result: Summary | str = future.result()
                except BrokenProcessPool:
                    return list(running.values())
                except Exception as error:
                    result = in_words(error)
                yield running.pop(future), result
        return []
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def run_ray(work: Work, paths: Sequence[str], workers: int | None = None, address: str | None = None) -> Iterator[Done]:
    """Do the work on a Ray cluster, or on a Ray of this machine where there is none."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError:
        raise EngineError(
            "the engine ray is not installed: pip install 'gigawatch[ray]', or use --engine local"
        ) from None
    mine = not ray.is_initialized()
    if mine:
        ray.init(**_start_of(address, workers))
    try:

        def one(path: str) -> Summary:
            return work(path)

        # Ray takes plain functions only.
        task = ray.remote(num_cpus=1, max_retries=_RAY_RETRIES)(one)
        most = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        queue = list(reversed(paths))
        running: dict[Any, str] = {}
        while queue or running:
            while queue and len(running) < most:
                path = queue.pop()
                running[task.remote(path)] = path
            done, _ = ray.wait(list(running), num_returns=1)
            for reference in done:
                path = running.pop(reference)
                try:
                    yield path, ray.get(reference)
                except Exception as error:
                    yield path, in_words(error)
    finally:
        if mine:
            ray.shutdown()


def _start_of(address: str | None, workers: int | None) -> dict[str, Any]:
    """Say how Ray is started: join the cluster that is named, or one of our own without a dashboard."""
    address = address or os.environ.get("RAY_ADDRESS")
    if address:
        return {"address": address, "log_to_driver": False}
    return {
        "include_dashboard": False,
        "_node_ip_address": "127.0.0.1",
        "num_cpus": workers or os.cpu_count() or 1,
        "log_to_driver": False,
    }


def in_words(error: BaseException) -> str:
    """Say what failed, on one line."""
    words = str(error) if isinstance(error, IngestError) else f"{type(error).__name__}: {error}"
    return " ".join(words.split())[:500]
