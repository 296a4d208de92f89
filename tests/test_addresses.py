"""Which addresses are of the public internet, and which connection is opened."""

from __future__ import annotations

import httpcore
import pytest
from pytest_httpserver import HTTPServer

from ingest.errors import PrivateAddressError
from ingest.fetching.addresses import CheckedBackend, is_public, refuse_private


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1",
        "::1", "::", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "not an address", "",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(PrivateAddressError, match=r"host\.example"):
        refuse_private("host.example", ["93.184.215.14", address])


async def test_a_host_without_an_address() -> None:
    async def nothing(host: str, port: int) -> tuple[str, ...]:
        return ()

    backend = CheckedBackend(public_only=True, resolve=nothing)
    with pytest.raises(httpcore.ConnectError, match="has no address"):
        await backend.connect_tcp("empty.example", 80)
    with pytest.raises(PrivateAddressError):
        await backend.connect_unix_socket("/run/x.sock")


async def test_the_next_address_is_tried(httpserver: HTTPServer) -> None:
    port = httpserver.port

    async def two(host: str, port: int) -> tuple[str, ...]:
        return ("127.0.0.2", "127.0.0.1")

    stream = await CheckedBackend(public_only=False, resolve=two).connect_tcp("two.example", port, timeout=5)
    assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
    await stream.aclose()
