"""Which proxy, and which pool, an address is asked for through."""

from __future__ import annotations

import socket

import httpx
import pytest

from ingest.errors import AddressError, PrivateAddressError
from ingest.fetching.connections import Connections, proxy_of

PROXIES = {"https_proxy": "http://proxy.example:3128", "ALL_PROXY": "other.example:1080",
           "NO_PROXY": "localhost, .inside.example,10.0.0.5,port.example:8080"}  # fmt: skip


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://a.example/", "http://proxy.example:3128"),
        ("http://a.example/", "http://other.example:1080"),
        ("http://localhost:8001/", None),
        ("https://inside.example/", None),
        ("https://deep.inside.example/", None),
        ("https://notinside.example/", "http://proxy.example:3128"),
        ("http://10.0.0.5/", None),
        ("http://port.example:8080/", None),
        ("http://port.example/", "http://other.example:1080"),
    ],
)
def test_proxies(url: str, proxy: str | None) -> None:
    assert proxy_of(url, PROXIES) == proxy
    assert proxy_of(url, {}) is None
    assert proxy_of(url, {**PROXIES, "NO_PROXY": "*"}) is None


def connections(environ: dict[str, str]) -> Connections:
    async def resolve(host: str, port: int) -> tuple[str, ...]:
        if host == "unknown.example":
            raise socket.gaierror(-2, "Name or service not known")
        return ("10.0.0.1",) if host == "inside.example" else ("93.184.215.14",)

    return Connections(timeout=httpx.Timeout(1), allow_private=False, environ=environ, resolve=resolve)


async def test_pools_are_kept_apart() -> None:
    made = connections({"https_proxy": "http://proxy.example:3128"})
    trusted = await made.client("http://a.example/", trusted=True)
    guarded = await made.client("http://a.example/", trusted=False)
    assert trusted is not guarded
    assert await made.client("http://b.example/", trusted=False) is guarded
    assert await made.client("https://b.example/", trusted=False) not in (trusted, guarded)
    await made.aclose()


async def test_behind_a_proxy_private_names_are_refused_too() -> None:
    made = connections({"all_proxy": "http://proxy.example:3128"})
    with pytest.raises(PrivateAddressError):
        await made.client("http://inside.example/", trusted=False)
    await made.client("http://inside.example/", trusted=True)
    # Only the proxy can resolve it.
    await made.client("http://unknown.example/", trusted=False)
    await made.aclose()


async def test_a_proxy_that_cannot_be_used() -> None:
    made = connections({"all_proxy": "gopher://proxy.example"})
    with pytest.raises(AddressError, match="gopher"):
        await made.client("http://a.example/", trusted=True)
