"""What is served in place of a page is recognised, and a page never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Capture
from ingest.errors import BlockedError, EmptyShellError, NotFoundError
from ingest.fetching.blocked import find_block, looks_like_html, refuse_block
from ingest.fetching.visible import noscript_text, refresh_target, visible_text

STORY = "<p>" + "The county approved a campus of four halls with 300 megawatts in all. " * 30 + "</p>"
SCRIPT_OF_A_PROTECTED_SITE = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
CAPTCHA_FORM = '<form><div class="g-recaptcha" data-sitekey="x"></div><input name="mail"></form>'
COOKIE_BANNER = (
    "<div id=banner>We use cookies. Our 42 partners too. <button>Accept all</button><button>Reject all</button></div>"
)


def page(body: str, head: str = "<title>A story</title>") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


CHECKS = {
    "cloudflare": page(
        "<noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={}</script>",
        "<title>Just a moment...</title>",
    ),
    "cloudflare block": page(
        "<h1>Sorry, you have been blocked</h1><p>You cannot reach example.com</p><div class=cf-error-details></div>",
        "<title>Attention Required! | Cloudflare</title>",
    ),
    "incapsula": page('<iframe src="/_Incapsula_Resource?x">Request unsuccessful. Incapsula incident ID: 1</iframe>'),
    "datadome": page(
        "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>", "<title>example.com</title>"
    ),
    "perimeterx": page('<h1>Press & Hold to confirm you are a human</h1><div id="px-captcha"></div>'),
    "akamai": page(
        "<h1>Access Denied</h1>You don't have permission to access this page. Reference #18 https://errors.edgesuite.net/18",
        "<title>Access Denied</title>",
    ),
    "aws": page(
        '<script src="https://x.token.awswaf.com/x/challenge.js"></script><div id="challenge-container"></div>'
    ),
    "distil": page(
        "<h1>Pardon Our Interruption</h1><p>As you were browsing something made us think you were a bot.</p>"
    ),
    "anubis": page(
        '<p>Loading...</p><script src="/.within.website/x/cmd/anubis/static/js/main.mjs"></script>',
        "<title>Making sure you&#39;re not a bot!</title>",
    ),
    "sec": page(
        "<h1>Your Request Originates from an Undeclared Automated Tool</h1><p>Please declare your traffic.</p>",
        "<title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title>",
    ),
    "captcha": page(f"<h1>Are you a robot?</h1>{CAPTCHA_FORM}", "<title>Bot verification</title>"),
    "words alone": page("<h1>Checking your browser before accessing example.com</h1>"),
}


@pytest.mark.parametrize("name", CHECKS)
def test_bot_checks(name: str) -> None:
    block = find_block(CHECKS[name])
    assert block is not None
    assert block.kind == "bot_check", block


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (page(f"<h1>Before you continue to Example</h1>{COOKIE_BANNER}"), None),
        (page(COOKIE_BANNER), None),
        (page("<p>This site uses cookies.</p>"), "https://consent.example.com/v2/collectConsent?sessionId=1"),
        (page("<h1>Datenschutz-Einstellungen</h1>Mit Cookies und Partnern lesen. <a>Alle akzeptieren</a>"), None),
        (page("<p>cookies</p>"), "https://example.com/privacy-gate/?redirect=x"),
    ],
)
def test_consent_walls(html: str, url: str | None) -> None:
    block = find_block(html, url=url)
    assert block is not None
    assert block.kind == "consent_wall", block


def test_a_login_in_place_of_the_page() -> None:
    html = page('<h1>Sign in</h1><form><input type="password" name=p></form>')
    block = find_block(html, url="https://example.com/login?next=/news/1")
    assert block is not None
    assert block.kind == "login_wall"
    assert find_block(html, url="https://example.com/news/1") is None


@pytest.mark.parametrize(
    "html",
    [
        page("<h1>Oops! Page not found</h1><p>Try our search.</p>", "<title>Example News</title>"),
        page("<p>We moved some things around.</p>" * 10, "<title>404 Not Found | Example</title>"),
        page("<h1>Seite nicht gefunden</h1>" + "<p>Weiter zur Startseite</p>" * 20),
        page("<h1>This page doesn’t exist.</h1><p>Sorry, it does not.</p>"),
    ],
)
def test_a_page_that_says_it_is_not_there(html: str) -> None:
    block = find_block(html)
    assert block is not None
    assert block.kind == "missing_page", block


@pytest.mark.parametrize(
    "html",
    [
        page('<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'),
        page('<div id="__next"></div><script src="/a.js"></script>'),
        page("<app-root></app-root><script src=a.js></script>"),
        page('<div id="app"><!-- mounted later --></div>'),
        page('<p>This page requires JavaScript.</p><script src="/a.js"></script>'),
        page('<div class="x"></div><script>boot()</script>'),
    ],
)
def test_empty_shells(html: str) -> None:
    block = find_block(html)
    assert block is not None
    assert block.kind == "empty_shell", block


@pytest.mark.parametrize(
    "html",
    [
        page(STORY),
        page(STORY + SCRIPT_OF_A_PROTECTED_SITE),
        page(STORY + CAPTCHA_FORM),
        page(STORY + COOKIE_BANNER),
        page(f"<article><h1>Short note</h1><p>The site was sold for $20 million.</p></article>{COOKIE_BANNER}"),
        page(f"<h1>Contact the newsroom</h1><p>Write to us for figures on the campus.</p>{CAPTCHA_FORM}"),
        page("<h1>Short note</h1><p>The site was sold for $20 million to a fund that owns two others.</p>"),
        page(f"<p>{'Is your AI a robot? ' * 5} Are you a robot? asked the chip maker at its show. {STORY}</p>"),
        page("<noscript>Please enable JavaScript for the video.</noscript>" + STORY),
        page('<div id="root"><h1>Rendered on the server</h1>' + STORY + "</div>"),
        page('<div id="root"></div>', '<script type="x/ld+json">{"articleBody": "' + "Words. " * 100 + '"}</script>'),
        page("<h1>Why page not found errors cost data centers millions</h1>" + "<p>A report says so.</p>" * 30),
        page("<h1>Not found wanting: the campus at 404 Main Street</h1><p>It will draw 90 MW.</p>" * 5),
        page('<article><h1>Access denied to the grid</h1><p>The utility said no to 90 MW.</p></article>'),
        "",
        "no markup at all",
    ],
)  # fmt: skip
def test_pages_are_let_through(html: str) -> None:
    assert find_block(html, url="https://example.com/news/2026/campus") is None


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {"cf-mitigated": "challenge"}),
        (202, {"x-amzn-waf-action": "challenge"}),
        (200, {"cf-mitigated": "challenge"}),
        (429, {"x-vercel-mitigated": "challenge"}),
    ],
)
def test_headers_tell(status: int, headers: dict[str, str]) -> None:
    block = find_block(page("<p>Wait</p>"), status=status, headers=headers)
    assert block is not None
    assert block.kind == "bot_check"


def capture(html: str, content_type: str | None = "text/html") -> Capture:
    return Capture(
        url="https://example.com/a",
        final_url="https://example.com/a",
        fetched_at="2026-11-24T00:00:00Z",
        status=200,
        outcome="new",
        body=html.encode(),
        content_type=content_type,
    )


def test_captures_are_refused_with_words() -> None:
    with pytest.raises(BlockedError, match="bot check in place of the page") as check:
        refuse_block(capture(CHECKS["cloudflare"]))
    assert (check.value.kind, check.value.url) == ("bot_check", "https://example.com/a")
    with pytest.raises(EmptyShellError, match="empty JavaScript shell") as shell:
        refuse_block(capture('<html><div id="root"></div></html>', None))
    assert shell.value.kind == "empty_shell"
    with pytest.raises(BlockedError) as consent:
        refuse_block(capture(page(COOKIE_BANNER)))
    assert consent.value.kind == "consent_wall"
    with pytest.raises(NotFoundError, match="says that the page is not there"):
        refuse_block(capture(page("<h1>Page not found</h1>")))
    refuse_block(capture(page(STORY)))
    refuse_block(capture('{"html": "<div id=root></div>"}', "application/json"))


def test_what_looks_like_html() -> None:
    assert looks_like_html("text/html; charset=utf-8", b"")
    assert looks_like_html(None, b"\xef\xbb\xbf\n<!DOCTYPE html><p>")
    assert looks_like_html("text/html", b'<?xml version="1.0"?><!DOCTYPE html><html>')
    assert not looks_like_html("application/rss+xml", b"<html>")
    assert not looks_like_html("text/html", b'<?xml version="1.0"?><rss version="2.0">')
    assert not looks_like_html("text/html", b' {"items": []}')
    assert not looks_like_html(None, b"<?xml version='1.0'?><rss/>")


def test_visible_words() -> None:
    html = "<head><title>T</title></head><!-- no --><p>One &amp; <b>two</b><script>x<y</script><style>p{}</style> three"
    assert visible_text(html) == "One & two three"
    assert visible_text("before<script>never closed") == "before"
    assert noscript_text("<NOSCRIPT class=a>Say <b>this</b></noscript>") == "Say this"


def test_a_page_that_sends_on() -> None:
    assert refresh_target('<meta http-equiv="refresh" content="0; url=/en/?a=1&amp;b=2">') == "/en/?a=1&b=2"
    assert refresh_target("<META HTTP-EQUIV=refresh CONTENT='3;URL=https://example.com/x'>") == "https://example.com/x"
    assert refresh_target('<meta http-equiv="refresh" content="360">') is None
    assert refresh_target('<meta http-equiv="refresh" content="600; url=/again">') is None
    assert refresh_target('<meta http-equiv="refresh" content="0; url=/x">' + STORY) is None


@given(st.text(alphabet="<>!-/ scriptnoheadidroot='\"{}:", max_size=400))
def test_any_text_is_taken(html: str) -> None:
    find_block(html, url="https://example.com/")
    refresh_target(html)
