"""
Pages served in place of the page: bot checks, consent walls, logins, "not found", JavaScript shells without words.

In: the HTML of an answer, with its address, status and headers where they are known. Out: what stands in the way and
how it was recognised, or nothing. A mark of a bot check alone is never enough: protected sites put the same scripts
into real articles, so a page with an article's worth of words is let through whatever it loads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Literal
from urllib.parse import urlsplit

from db.records import Capture
from ingest.errors import BlockedError, EmptyShellError, NotFoundError
from ingest.fetching.charset import decode
from ingest.fetching.visible import noscript_text, visible_text

BlockKind = Literal["bot_check", "consent_wall", "login_wall", "missing_page", "empty_shell"]

# Longest visible text of a bot check seen is about 900 characters; of a consent wall, with its list of purposes, 2,000.
_CHECK_CHARS = 1500
_CONSENT_CHARS = 2500
_SHELL_CHARS = 250
_BARE_CHARS = 80

_HEADER_MARKS = (
    ("cf-mitigated", re.compile("challenge"), "Cloudflare challenge"),
    ("x-amzn-waf-action", re.compile("challenge|captcha"), "AWS WAF challenge"),
    ("x-vercel-mitigated", re.compile("challenge"), "Vercel challenge"),
    ("x-datadome", re.compile("protected"), "DataDome"),
    ("x-sucuri-block", re.compile("."), "Sucuri block"),
)
_CHECK_MARKS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "Cloudflare challenge",
            r"_cf_chl_opt|cf[-_]chl[-_]|challenge-error-text|cf-error-details|cf-browser-verification",
        ),
        ("Imperva Incapsula", r"_Incapsula_Resource|Incapsula incident ID"),
        ("DataDome", r"captcha-delivery\.com|\bvar dd\s*=\s*\{"),
        ("PerimeterX", r"px-captcha|perimeterx\.net|_pxAppId"),
        ("Akamai", r"errors\.edgesuite\.net|/_sec/cp_challenge|sec-if-cpt-container|_abck.{0,40}challenge"),
        ("AWS WAF", r"awswaf\.com|AwsWafIntegration|aws-waf-token|gokuProps"),
        ("Sucuri", r"sucuri_cloudproxy_js|Sucuri WebSite Firewall"),
        ("DDoS-Guard", r"ddos-guard"),
        ("Kasada", r"KPSDK|ips\.js\?[^\"']{0,40}KP_UIDz"),
        ("Distil", r"distil_r_captcha|Pardon Our Interruption"),
        ("Anubis", r"/\.within\.website/x/cmd/anubis|anubis_challenge"),
        ("Google", r"/sorry/index|unusual traffic from your computer network"),
        ("SiteGround", r"/\.well-known/sgcaptcha|sgchallenge"),
        ("Reblaze", r"rbzns|rbzid"),
        ("a captcha", r"class=[\"'][^\"']{0,60}(?:g-recaptcha|h-captcha|cf-turnstile)"),
    )
)
_CHECK_WORDS = re.compile(
    r"just a moment\b|attention required! \| cloudflare"
    r"|verify(?:ing)? (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot|bot)"
    r"|checking (?:if the site connection is secure|your browser)|enable javascript and cookies to continue"
    r"|are you a (?:human|robot)\b|(?:you(?:'re| are) )not a (?:robot|bot)\b|complete the (?:security check|captcha)"
    r"|press (?:&|and) hold|access to this page has been denied|undeclared automated tool"
    r"|automated (?:access|requests|queries)|bot verification"
    r"|request rate threshold exceeded|the requested url was rejected|request unsuccessful|security checkpoint"
    r"|(?:human|bot|browser) (?:verification|check)\b|client challenge|unusual (?:activity|traffic)|ddos protection by"
    r"|you have been blocked|access denied",
    re.IGNORECASE,
)
_CONSENT_HOST = re.compile(r"^(?:consent|guce|privacy-?gate|myprivacy|cmp|zustimmung)\b", re.IGNORECASE)
_CONSENT_PATH = re.compile(
    r"/(?:collectconsent|consent|privacy-?(?:gate|wall|manager)|cookie-?wall|cookies?-?consent)(?:[/.?]|$)",
    re.IGNORECASE,
)
_CONSENT_HEADING = re.compile(
    r"before you continue|your (?:privacy|cookie) (?:choices|preferences|settings)"
    r"|we (?:value|respect|care about) your privacy"
    r"|cookie (?:consent|wall|notice)|consent (?:required|needed)|privacy (?:gate|wall)|part of the yahoo family"
    r"|zustimmung erforderlich|datenschutz-?einstellungen|mit werbung (?:weiter)?lesen|bevor du fortf"
    r"|avant de continuer|votre vie priv[eé]e|antes de continuar|prima di continuare|voordat je verdergaat",
    re.IGNORECASE,
)
_CONSENT_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bcookies?\b",
        r"accept all|agree to all|i agree\b|alle akzeptieren|tout accepter|aceptar todo|accetta tutto"
        r"|akkoord|accepteren",
        r"reject all|decline all|manage (?:options|settings|preferences|choices)|more options|alle ablehnen"
        r"|tout refuser|rechazar todo|rifiuta tutto|weigeren|einstellungen",
        r"\bour (?:\d+ )?partners\b|\bvendors\b|legitimate interest|partnern?\b"
        r"|personali[sz]ed (?:ads|advertising|content)",
    )
)
_ARTICLE_MARKS = re.compile(
    r"<article\b|\"@type\"\s*:\s*\"(?:News|Blog)?(?:Article|Posting)\"|og:type[\"'][^>]{0,40}article", re.IGNORECASE
)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|sso|auth|account/login|wp-login\.php)(?:[/.?]|$)", re.IGNORECASE)
_PASSWORD = re.compile(r"<input\b[^<>]{0,400}type\s*=\s*[\"']?password", re.IGNORECASE)
_MOUNT = re.compile(
    r"<(?:div|main|section)\b[^<>]{0,200}\bid\s*=\s*[\"']?(?:root|app|app-?root|__next|__nuxt|___gatsby|main-app|react-root"
    r"|application|q-app|svelte|mount|ember-application)\b[^<>]{0,200}>\s*(?:<!--[^<>]{0,200}-->\s*)?</(?:div|main|section)>"
    r"|<app-root\b[^<>]{0,200}>\s*</app-root>",
    re.IGNORECASE,
)
_WANTS_SCRIPT = re.compile(
    r"(?:enable|activate|turn on|requires?|need(?:s|ed)?)\b.{0,40}\bjava ?script|java ?script (?:is |must be |to be )?"
    r"(?:required|disabled|enabled|turned off|not (?:enabled|supported))"
    r"|java ?script (?:aktivieren|muss)|activer javascript",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_MISSING = re.compile(
    r"(?:error )?404(?: error)?(?: not found)?|(?:oops\W+)?(?:sorry\W+)?(?:the |this |that )?"
    r"(?:page|article|story|content) (?:(?:was |is |could |can ?)?not (?:be )?(?:found|available)"
    r"|no longer (?:available|exists)|doesn['’]t exist|unavailable)"
    r"|not found|seite (?:wurde )?nicht gefunden|page introuvable|p[aá]gina no encontrada|pagina non trovata"
    r"|pagina niet gevonden|ページが見つかりません(?:でした)?|页面(?:不存在|未找到)",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s+[|\-–—:·»«]\s+")
_ARTICLE_BODY = re.compile(r'"articleBody"\s*:\s*"(?:[^"\\]|\\.){400}')
_NO_HTML = (b"<rss", b"<feed", b"<rdf:", b"<urlset", b"<sitemapindex", b"{", b"[")
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,400})", re.IGNORECASE)
_HEADING = re.compile(r"<h[12]\b[^<>]*>([^<]{0,300})", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """What stands in the way of a page, and how it was recognised."""

    kind: BlockKind
    reason: str


def find_block(
    html: str, *, url: str | None = None, status: int = 200, headers: Mapping[str, str] | None = None
) -> Block | None:
    """Say what was served in place of the page, or nothing where it is the page."""
    for name, pattern, vendor in _HEADER_MARKS:
        if status != 200 and headers is not None and pattern.search(headers.get(name, "")):
            return Block("bot_check", f"{vendor}, by the header {name}")
    text = visible_text(html)
    title = _SPACE.sub(" ", unescape(_first(_TITLE, html)))
    return (
        _bot_check(html, text, title, headers or {})
        or _consent_wall(html, text, title, url)
        or _login_wall(html, text, url)
        or _missing_page(html, text, title)
        or _empty_shell(html, text, title)
    )


def refuse_block(capture: Capture) -> None:
    """Raise `BlockedError` or `EmptyShellError` where a capture holds something else than its page."""
    if not looks_like_html(capture.content_type, capture.body):
        return
    html = decode(capture.body, capture.encoding).text
    block = find_block(html, url=capture.final_url, status=capture.status, headers=capture.headers)
    if block is None:
        return
    if block.kind == "empty_shell":
        raise EmptyShellError(f"an empty JavaScript shell in place of the page: {block.reason}", url=capture.url)
    if block.kind == "missing_page":
        raise NotFoundError(f"the site says that the page is not there: {block.reason}", status=404, url=capture.url)
    words = {"bot_check": "a bot check", "consent_wall": "a consent wall", "login_wall": "a login"}[block.kind]
    raise BlockedError(f"{words} in place of the page: {block.reason}", url=capture.url, kind=block.kind)


def looks_like_html(content_type: str | None, body: bytes) -> bool:
    """Say whether a body is HTML, by its header or, where that is silent, by how it starts."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if kind in ("text/html", "application/xhtml+xml"):
        # Many a feed and many an API is served as HTML.
        return not start.startswith(_NO_HTML) and not (start.startswith(b"<?xml") and b"<html" not in start)
    return kind in ("", "text/plain", "application/octet-stream") and start.startswith((b"<!doctype html", b"<html"))


def _bot_check(html: str, text: str, title: str, headers: Mapping[str, str]) -> Block | None:
    if len(text) > _CHECK_CHARS:
        return None
    for name, pattern, vendor in _HEADER_MARKS[:3]:
        if pattern.search(headers.get(name, "")):
            return Block("bot_check", f"{vendor}, by the header {name}")
    words = _CHECK_WORDS.search(f"{title} | {text} | {noscript_text(html)}")
    for vendor, pattern in _CHECK_MARKS:
        mark = pattern.search(html)
        # A captcha sits in many a contact form, so there the words must say it too.
        if mark is not None and (words is not None or (vendor != "a captcha" and len(text) < _SHELL_CHARS)):
            return Block("bot_check", f"{vendor}, by {mark[0][:60]!r}")
    if words is not None and not _ARTICLE_MARKS.search(html):
        return Block("bot_check", f"the words {words[0]!r}")
    return None


def _consent_wall(html: str, text: str, title: str, url: str | None) -> Block | None:
    if len(text) > _CONSENT_CHARS:
        return None
    heading = _CONSENT_HEADING.search(f"{title} | {_first(_HEADING, html)}")
    said = sum(1 for pattern in _CONSENT_WORDS if pattern.search(text))
    parts = urlsplit(url) if url else None
    if parts is not None and said and (_CONSENT_HOST.search(parts.hostname or "") or _CONSENT_PATH.search(parts.path)):
        return Block("consent_wall", f"the address {parts.hostname}{parts.path} and the word cookies")
    if heading is not None and said >= 2 and not _ARTICLE_MARKS.search(html):
        return Block("consent_wall", f"the heading {heading[0]!r}")
    if said >= 4 and len(text) < _CHECK_CHARS and not _HEADING.search(html) and not _ARTICLE_MARKS.search(html):
        return Block("consent_wall", "cookies, partners, accept and reject, and no heading of a page")
    return None


def _login_wall(html: str, text: str, url: str | None) -> Block | None:
    if len(text) > _CHECK_CHARS or url is None or not _LOGIN_PATH.search(urlsplit(url).path):
        return None
    return Block("login_wall", "a password field at a login address") if _PASSWORD.search(html) else None


def _missing_page(html: str, text: str, title: str) -> Block | None:
    if len(text) > _CONSENT_CHARS or _ARTICLE_MARKS.search(html):
        return None
    heading = _SPACE.sub(" ", unescape(_first(_HEADING, html)))
    for said in (*_TITLE_PARTS.split(title), heading):
        if _MISSING.fullmatch(said.strip(" .!,…")):
            return Block("missing_page", f"the words {said.strip()!r}")
    return None


def _empty_shell(html: str, text: str, title: str) -> Block | None:
    if len(text) > _SHELL_CHARS or _ARTICLE_BODY.search(html):
        return None
    mount = _MOUNT.search(html)
    if mount is not None:
        return Block("empty_shell", f"{len(text)} visible characters and an empty {mount[0][:60]!r}")
    if _WANTS_SCRIPT.search(f"{noscript_text(html)} {text}"):
        return Block("empty_shell", f"{len(text)} visible characters and a request to enable JavaScript")
    if len(text) < _BARE_CHARS and _SCRIPT.search(html):
        return Block("empty_shell", f"{len(text)} visible characters beside scripts, titled {title[:60]!r}")
    return None


def _first(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html)
    return found[1] if found else ""
