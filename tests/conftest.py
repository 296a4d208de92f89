"""
Fixtures for every test. No test reaches beyond this machine: sockets and names outside loopback are refused, and a
test whose code swallowed the refusal fails all the same.
"""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest


class NetworkUsedError(RuntimeError):
    """A test tried to leave the machine."""


def is_loopback(host: object) -> bool:
    """Say whether `host`, a name or a number, is this machine."""
    if host is None or host in ("", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse every connection and every name look-up that is not loopback."""
    tried: list[str] = []

    def refuse(what: str) -> None:
        tried.append(what)
        raise NetworkUsedError(f"a test tried to {what}; tests use loopback or httpx.MockTransport")

    def guard(name: str) -> None:
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
                refuse(f"{name} to {address[0]}")
            return real(self, *args)

        monkeypatch.setattr(socket.socket, name, guarded)

    for name in ("connect", "connect_ex", "sendto"):
        guard(name)
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        numeric = True
        try:
            ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host))
        except ValueError:
            numeric = False
        if not numeric and not is_loopback(host):
            refuse(f"look up {host!r}")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    yield
    assert not tried, f"the test tried to leave the machine: {tried}"


@pytest.fixture
def now() -> datetime:
    """One fixed moment, for code that takes its clock as an argument."""
    return datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium. Where there is none, a test that needs it is skipped with a clear word."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    pytest.skip("there is no Chromium on this machine (.ci/run installs Debian's)")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With GIGAWATCH_REQUIRE_BROWSER set, a browser test that is skipped for whatever reason has failed."""
    report = yield
    if report.skipped and item.get_closest_marker("browser") and os.environ.get("GIGAWATCH_REQUIRE_BROWSER"):
        report.outcome = "failed"
        report.longrepr = f"GIGAWATCH_REQUIRE_BROWSER is set, and this test was skipped: {report.longrepr}"
    return report
