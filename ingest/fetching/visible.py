"""
What a reader without JavaScript sees of a page.

In: HTML. Out: its visible words, its words for readers without scripts, and where it sends the browser on to. Works in
time linear in the length of the page, on any text, and is no parser: it serves to tell pages from what stands in their
place, never to read an article.
"""

from __future__ import annotations

import re
from html import unescape

_SENT_ON_CHARS = 250
_SENT_ON_SECONDS = 10
_HIDING = ("script", "style", "noscript", "template", "svg", "head")
_HIDDEN = re.compile(rf"<!--|<({'|'.join(_HIDING)})\b", re.IGNORECASE)
_END_OF = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in _HIDING}
_NOSCRIPT = re.compile(r"<noscript\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_REFRESH = re.compile(
    r"""<meta\b[^<>]{0,100}http-equiv\s*=\s*["']?refresh["']?[^<>]{0,100}content\s*=\s*["']?\s*(\d{1,4})[^<>"']{0,20}?"""
    r"""url\s*=\s*["']?([^"'<>\s]{1,2000})""",
    re.IGNORECASE,
)


def visible_text(html: str) -> str:
    """Take the words that a reader without JavaScript would see."""
    shown: list[str] = []
    at = 0
    while (hidden := _HIDDEN.search(html, at)) is not None:
        shown.append(html[at : hidden.start()])
        if hidden[1] is None:
            end = html.find("-->", hidden.end())
            at = len(html) if end < 0 else end + len("-->")
        else:
            closing = _END_OF[hidden[1].lower()].search(html, hidden.end())
            at = len(html) if closing is None else closing.end()
    shown.append(html[at:])
    return _words(" ".join(shown))


def noscript_text(html: str) -> str:
    """Take the first words that a page has for readers without JavaScript."""
    opening = _NOSCRIPT.search(html)
    if opening is None:
        return ""
    closing = _END_OF["noscript"].search(html, opening.end(), opening.end() + 5000)
    return _words(html[opening.end() : closing.start() if closing else opening.end() + 2000])


def refresh_target(html: str) -> str | None:
    """Find where a page without words of its own sends the browser on to within ten seconds."""
    found = _REFRESH.search(html[:20_000])
    if found is None or int(found[1]) > _SENT_ON_SECONDS or len(visible_text(html)) > _SENT_ON_CHARS:
        return None
    return unescape(found[2])


def _words(html: str) -> str:
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()
