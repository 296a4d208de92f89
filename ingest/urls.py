"""
Addresses: made absolute, checked, and reduced to the one form that two links to the same page share.

In: an address as some page wrote it. Out: an address that can be fetched (`absolute_url`), or the one that names the
page (`canonical_url`: no tracking, no AMP, no mobile host, no fragment). Never looks anything up; `canonical_url` of a
canonical address is itself.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import idna

from ingest.errors import AddressError

LONGEST_URL_CHARS = 4096
_MOST_STEPS = 16

_DEFAULT_PORTS = {"http": 80, "https": 443}
# What a newsletter, an advertisement or a share button adds; none of it chooses the page.
_TRACKING_PREFIXES = (
    "utm_", "mc_", "pk_", "mtm_", "matomo_", "hsa_", "at_", "ns_", "guce_", "vero_", "oly_", "_hs",
    "gaa_", "_x_tr_", "__cf_chl",
)  # fmt: skip
_TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "li_fat_id",
    "igshid", "igsh", "mkt_tok", "epik", "s_kwcid", "_ga", "_gl", "cmpid", "cmp", "ncid", "icid", "intcid", "s_cid",
    "sr_share", "smid", "smtyp", "spm", "scm", "wt_mc", "wt.mc_id", "xtor", "ito", "trk", "trkcampaign",
    "guccounter", "linkid", "taid", "rss", "emc", "partner", "reflink", "ref", "ref_src", "ref_url", "referrer",
    "__twitter_impression", "soc_src", "soc_trk", "fb_action_ids", "fb_source", "cid_source", "campaign_id",
    "campaignid", "ocid", "sref", "srnd", "leadsource", "sponsored", "zanpid", "phpsessid", "jsessionid",
    "sessionid", "amp", "outputtype", "replytocom", "share",
})  # fmt: skip
_MOBILE_LABELS = frozenset({"m", "mobile", "amp", "wap", "touch"})
# Names under which others are registered: m.paper.co.uk is www.paper.co.uk, and m.co.uk is a site of its own.
_SHARED_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "gob", "gov", "go", "ne", "net", "or", "org"})
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)
_AMP_END = re.compile(r"(?:/amp(?:\.html?)?|\.amp(?:\.html?)?)/?$", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"


def absolute_url(href: str, base: str | None = None) -> str:
    """Make `href` an address that can be fetched: absolute, http or https, with a host, without a fragment."""
    text = "".join(char for char in href.strip() if char >= " " and char != "\x7f").strip()
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port = parts.port
        host = parts.hostname
    except ValueError as error:
        raise AddressError(f"not a usable address: {text[:200]!r} ({error})", url=text[:200]) from None
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        raise AddressError(f"only http and https addresses are fetched, not {text[:200]!r}", url=text[:200])
    if not host or len(text) > LONGEST_URL_CHARS:
        reason = "has no host" if not host else f"is longer than {LONGEST_URL_CHARS} characters"
        raise AddressError(f"the address {reason}: {text[:200]!r}", url=text[:200])
    return urlunsplit(
        (parts.scheme.lower(), _network_location(host, port, parts.scheme.lower()), _tidy_path(parts.path),
         quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|"), "")
    )  # fmt: skip


def canonical_url(url: str) -> str:
    """Reduce an address to the one that names its page, whichever of the page's many addresses `url` is."""
    address = absolute_url(url)
    # One step can lay bare another (an AMP page inside a cache of AMP pages), so go on until nothing changes.
    for _ in range(_MOST_STEPS):
        reduced = _reduced(urlsplit(address))
        if reduced == address:
            break
        address = reduced
    return address


def _reduced(parts: SplitResult) -> str:
    inner = _wrapped(parts)
    if inner is not None:
        return absolute_url(inner)
    host = _desktop_host(parts.hostname or "")
    path = _INDEX_PAGE.sub("/", _SESSION_IN_PATH.sub("", _without_amp(parts.path)))
    path = _tidy_path(path).rstrip("/") or "/"
    # A public site answers on both schemes; a port, a number or a bare name tells that it is none.
    scheme = "https" if parts.port is None and not _is_number(host) and "." in host else parts.scheme
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted((key, value) for key, value in pairs if not _tracks(key, value))
    return urlunsplit((scheme, _network_location(host, parts.port, scheme), path, urlencode(kept), ""))


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses are on one host and port."""
    first, second = urlsplit(one), urlsplit(other)
    return first.hostname == second.hostname and _port(first) == _port(second)


def origin_of(url: str) -> str:
    """Name the scheme, host and port of an address: what one robots.txt is valid for."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "", "", ""))


def host_of(url: str) -> str:
    """Name the host of an address, with its port where that is not the usual one."""
    return urlsplit(url).netloc.lower()


def _port(parts: SplitResult) -> int | None:
    return parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _network_location(host: str, port: int | None, scheme: str) -> str:
    """Write host and port without a user name, without a default port, in ASCII."""
    name = host.lower().rstrip(".")
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise AddressError(f"the host name {host!r} cannot be written in ASCII ({error})", url=host) from None
    if ":" in name:
        name = f"[{name}]"
    return name if port is None or port == _DEFAULT_PORTS.get(scheme) else f"{name}:{port}"


def _tidy_path(path: str) -> str:
    """Resolve dots, decode what needs no escape, escape what does."""
    decoded = _ESCAPE.sub(
        lambda m: chr(int(m[1], 16)) if chr(int(m[1], 16)) in _UNRESERVED else f"%{m[1].upper()}", path
    )
    if "/." in decoded:
        slash = "/" if decoded.endswith(("/", "/.", "/..")) else ""
        resolved = posixpath.normpath(decoded)
        decoded = (resolved.rstrip("/") + slash) or "/"
        decoded = "/" + decoded.lstrip("/")
    return quote(decoded, safe=_PATH_SAFE) or "/"


def _without_amp(path: str) -> str:
    """Take the AMP marker from the start or the end of a path."""
    if path.lower().startswith("/amp/") and len(path) > len("/amp/"):
        path = path[len("/amp") :]
    while _AMP_END.search(path) and _AMP_END.sub("", path):
        path = _AMP_END.sub("", path)
    return path


def _desktop_host(host: str) -> str:
    """Name the host for wide screens: m.paper.com is www.paper.com, en.m.wiki.org is en.wiki.org."""
    labels = host.split(".")
    for place, label in enumerate(labels[:2]):
        rest = labels[:place] + labels[place + 1 :]
        if label not in _MOBILE_LABELS or not _is_registrable(labels[place + 1 :]):
            continue
        return ".".join(rest if place or not _is_bare(rest) else ["www", *rest])
    return host


def _is_registrable(labels: list[str]) -> bool:
    return len(labels) >= 2 and not (len(labels) == 2 and labels[0] in _SHARED_SECOND_LEVELS and len(labels[1]) == 2)


def _is_bare(labels: list[str]) -> bool:
    """Say whether the labels are a registered name without a host before it."""
    return len(labels) == 2 or (len(labels) == 3 and labels[1] in _SHARED_SECOND_LEVELS and len(labels[2]) == 2)


def _tracks(key: str, value: str) -> bool:
    name = key.lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES) or (name == "output" and value.lower() == "amp")


def _wrapped(parts: SplitResult) -> str | None:
    """Find the address that a cache, a search engine or a social site has wrapped in its own."""
    host, path = parts.hostname or "", parts.path
    wrapped: str | None = None
    if host.endswith(".cdn.ampproject.org") or (re.match(r"(?:www\.)?google\.", host) and path.startswith("/amp/")):
        found = re.match(r"/(?:amp|[a-z]{1,4})/(s/)?([^/]+\.[^/]+)(/.*)?$", path)
        if found:
            wrapped = f"{'https' if found[1] else 'http'}://{found[2]}{found[3] or '/'}"
            if parts.query:
                wrapped += f"?{parts.query}"
    elif re.match(r"(?:www\.)?google\.", host) and path == "/url":
        wrapped = _parameter(parts, "url") or _parameter(parts, "q")
    elif host == "web.archive.org":
        found = re.match(r"/web/\d{4,14}[a-z_]*/(https?:/.+)$", path)
        if found:
            # A path has its double slashes made one on some ways here.
            wrapped = re.sub(r"^(https?:)/+", r"\1//", found[1]) + (f"?{parts.query}" if parts.query else "")
    elif host in ("l.facebook.com", "lm.facebook.com", "l.instagram.com"):
        wrapped = _parameter(parts, "u")
    elif host.endswith((".linkedin.com", ".safelinks.protection.outlook.com")):
        wrapped = _parameter(parts, "url")
    return wrapped if wrapped and unquote(wrapped).startswith(("http://", "https://")) else None


def _parameter(parts: SplitResult, name: str) -> str | None:
    return dict(parse_qsl(parts.query)).get(name)
