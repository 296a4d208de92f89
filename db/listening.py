"""
One address that several processes answer at, so that a page which takes a while keeps nobody else waiting.

In: an address; a database. Out: answers, until interrupted. Every process reads the file for itself and keeps nothing
between two answers, so it does not matter which of them a reader meets. Never connects to anything.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path

from db.serving import datasette_for

MOST_PROCESSES = 4
"""More would not make a page faster, and each takes 100 MB."""


def usual_processes() -> int:
    """Return how many processes answer unless told otherwise: one a core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_PROCESSES)


def listen(host: str, port: int) -> socket.socket:
    """Listen at an address; from here on a browser waits for an answer rather than being refused."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # asyncio sets this itself only on sockets that it made: without it the end of a page waits 40 ms for the
        # reader to confirm its beginning.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def answer(path: Path, listener: socket.socket, base_url: str, processes: int) -> None:
    """Answer below `base_url` with so many processes, this one among them, until interrupted."""
    # Spawned and not forked: a process that is forked has the locks of this one as they stand.
    context = get_context("spawn")
    secret = secrets.token_hex(32)
    for _ in range(processes - 1):
        context.Process(target=_answer_alone, args=(path, listener, base_url, secret), daemon=True).start()
    _answer_alone(path, listener, base_url, secret)


def _answer_alone(path: Path, listener: socket.socket, base_url: str, secret: str) -> None:
    import uvicorn

    application = datasette_for(path, base_url, secret).app()
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", lifespan="on"))
    if (parent := parent_process()) is not None:

        def end_with_the_first() -> None:
            wait([parent.sentinel])
            server.should_exit = True

        threading.Thread(target=end_with_the_first, daemon=True).start()
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
