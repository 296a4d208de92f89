"""
What makes the site safe to show: headers on every answer, and addresses that are only ever http or https.

In: the ASGI application; an address from the database. Out: the application with headers; the address, or nothing.
Never lets a page of ours run inline script; Datasette's own pages need it, and may load only from this host.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

DATASETTE_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
KEPT = {b"cache-control": b"public, max-age=31536000, immutable"}
Application = Callable[[Any, Any, Any], Awaitable[None]]


def wrap(app: Application, base: str) -> Application:
    """
    Return `app` with safe headers, and with whole CSV wherever a table is asked for as CSV.

    `base` is taken from the front of the path where a proxy left it: Datasette would answer, but name its base twice.
    """

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        scope = _below(scope, base)

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                kept = KEPT if message["status"] == 200 and _named_by_hash(scope) else {}
                message = {**message, "headers": _headers(list(message.get("headers", [])), kept)}
            await send(message)

        await app(_whole_csv(scope), receive, send_with_headers)

    return wrapped


def _headers(given: list[tuple[bytes, bytes]], more: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    present = {name.lower() for name, _ in given}
    wanted = {**HEADERS, **more, b"content-security-policy": DATASETTE_POLICY.encode()}
    return [*given, *((name, value) for name, value in wanted.items() if name not in present)]


def _below(scope: Any, base: str) -> Any:
    if base == "/" or not scope["path"].startswith(base):
        return scope
    raw = scope.get("raw_path") or scope["path"].encode("utf-8")
    return {**scope, "path": scope["path"][len(base) - 1 :], "raw_path": raw[len(base) - 1 :]}


def _named_by_hash(scope: Any) -> bool:
    """Whether a file of ours is asked for by its hash (`db.web.assets`): what is there never changes."""
    return "/-/static-plugins/gigawatch/" in scope["path"] and scope.get("query_string", b"").startswith(b"v=")


def _whole_csv(scope: Any) -> Any:
    """Datasette gives one page of a table as CSV unless told to stream: tell it to, unless a page is asked for."""
    if not scope["path"].endswith(".csv"):
        return scope
    asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    names = {name for name, _ in asked}
    if names & {"_stream", "_size", "_next", "sql"}:
        return scope
    return {**scope, "query_string": urlencode([*asked, ("_stream", "on")]).encode("latin-1")}


def web_address(value: object) -> str | None:
    """Return `value` when a browser may safely open it: http or https with a host; otherwise nothing."""
    text = "" if value is None else str(value).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or any(ord(c) < 33 for c in text):
        return None
    return text


def host(value: object) -> str:
    """Return the host of an address, without "www."."""
    address = web_address(value)
    return "" if address is None else (urlsplit(address).hostname or "").removeprefix("www.")
