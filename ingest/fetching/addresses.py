"""
Which machines may be asked: a link found on the web must not lead to this machine or to a private network.

In: a host name, and how names are resolved. Out: connections to the very addresses that were checked, so that a name
which answers differently the second time gains nothing. Never decides whether a page is wanted.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore
import httpx

from ingest.errors import PrivateAddressError

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

# IPv6 ranges that carry an IPv4 address: what counts is the address inside.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ONE_ADDRESS_SECONDS = 8.0


async def resolve_host(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host; IPv4 first, because broken IPv6 costs a timeout."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ordered = sorted(found, key=lambda entry: entry[0] != socket.AF_INET)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in ordered))


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner is None and number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return number.is_global and not number.is_multicast and not number.is_reserved


def refuse_private(host: str, addresses: Iterable[str]) -> None:
    """Raise `PrivateAddressError` where a host has an address that is not public."""
    for address in addresses:
        if not is_public(address):
            raise PrivateAddressError(
                f"the link leads to {host}, which is {address}, no address of the public internet; "
                "use --allow-private if this network is meant to be read"
            )


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to addresses that it has resolved and, where only public ones are allowed, checked itself."""

    def __init__(self, *, public_only: bool, resolve: Resolve = resolve_host) -> None:
        self._public_only = public_only
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of `host` that answers."""
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} does not resolve: {error}") from error
        if self._public_only:
            refuse_private(host, addresses)
        each = timeout if timeout is None or len(addresses) < 2 else min(timeout, _ONE_ADDRESS_SECONDS)
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(address, port, each, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"the name {host} has no address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: no web address names a file."""
        raise PrivateAddressError(f"{path} is a socket of this machine, no address of the public internet")

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore does between its own attempts."""
        await asyncio.sleep(seconds)


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a `CheckedBackend`."""

    def __init__(self, backend: CheckedBackend, limits: httpx.Limits, certificates: ssl.SSLContext) -> None:
        super().__init__(verify=certificates, limits=limits)
        # httpx offers no argument for it; the pool is the same one it would have made, with our backend.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=certificates,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=backend,
        )
