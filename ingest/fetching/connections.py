"""
The HTTP clients of a run: one pool of connections for each kind of trust and each proxy.

In: an address and whether it is trusted. Out: the client to ask with. A connection that was opened for a trusted
address is never used for a link found on the web. Proxies are those of the environment (`HTTPS_PROXY`, `NO_PROXY` and
the like); behind one, the names of links are checked here as far as they resolve here. Never sends a request.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from functools import cached_property
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx

from ingest.errors import AddressError
from ingest.fetching.addresses import CheckedBackend, CheckedTransport, Resolve, refuse_private, resolve_host

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8"
_POOL = httpx.Limits(max_connections=20, max_keepalive_connections=20, keepalive_expiry=15.0)


class Connections:
    """Every client that a run needs, each made when it is first needed."""

    def __init__(
        self,
        *,
        timeout: httpx.Timeout,
        allow_private: bool,
        environ: Mapping[str, str],
        resolve: Resolve = resolve_host,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._timeout = timeout
        self._allow_private = allow_private
        self._environ = environ
        self._resolve = resolve
        self._transport = transport
        self._clients: dict[tuple[bool, str | None], httpx.AsyncClient] = {}

    async def client(self, url: str, *, trusted: bool) -> httpx.AsyncClient:
        """Give the client to ask for `url` with."""
        public_only = not trusted and not self._allow_private
        proxy = None if self._transport is not None else proxy_of(url, self._environ)
        if proxy is not None and public_only:
            await self._refuse_known_private(url)
        client = self._clients.get((public_only, proxy))
        if client is None:
            client = self._clients[public_only, proxy] = self._made(public_only, proxy)
        return client

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    def _made(self, public_only: bool, proxy: str | None) -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=self._transport or self._own_transport(public_only, proxy),
            follow_redirects=False,
            timeout=self._timeout,
            headers={"Accept": ACCEPT, "Accept-Encoding": "gzip, deflate", "Accept-Language": "en, *;q=0.5"},
        )
        # Cookies live for one fetch only, so that no site follows us through a run.
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        return client

    def _own_transport(self, public_only: bool, proxy: str | None) -> httpx.AsyncBaseTransport:
        if proxy is None:
            backend = CheckedBackend(public_only=public_only, resolve=self._resolve)
            return CheckedTransport(backend, _POOL, self._certificates)
        try:
            return httpx.AsyncHTTPTransport(proxy=proxy, verify=self._certificates, limits=_POOL)
        except (ValueError, ImportError) as error:
            raise AddressError(f"the proxy {proxy!r} of the environment cannot be used: {error}") from None

    async def _refuse_known_private(self, url: str) -> None:
        """Refuse what resolves here to a private address; a name that only the proxy knows is the proxy's to judge."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        try:
            addresses = await self._resolve(host, parts.port or (443 if parts.scheme == "https" else 80))
        except (OSError, UnicodeError):
            return
        refuse_private(host, addresses)

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


def proxy_of(url: str, environ: Mapping[str, str]) -> str | None:
    """Find the proxy that the environment wants for an address."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    proxy = _named(environ, f"{parts.scheme}_proxy") or _named(environ, "all_proxy")
    if not proxy or _is_excepted(host, parts.port, _named(environ, "no_proxy") or ""):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _named(environ: Mapping[str, str], name: str) -> str | None:
    return environ.get(name) or environ.get(name.upper())


def _is_excepted(host: str, port: int | None, exceptions: str) -> bool:
    for exception in exceptions.replace(",", " ").lower().split():
        name, _, only_port = exception.lstrip("*").partition(":") if exception.count(":") == 1 else (exception, "", "")
        name = name.lstrip(".").strip("[]")
        if exception == "*" or ((host == name or host.endswith(f".{name}")) and only_port in ("", str(port))):
            return True
    return False
