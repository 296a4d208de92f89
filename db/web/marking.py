"""
A quote shown in the words around it, and a document with every quote marked.

In: a text and the spans in it. Out: safe HTML with `<mark>`. Never trusts the text: it is escaped piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from db.web.words import clean

SENTENCE_END = re.compile(r"[.!?。][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9À-ÝА-Я\u3040-\u9fff])|\n+")
LONGEST = 420


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence that holds `text[start:end]` begins and ends, never further than a screenful."""
    first = max(0, start - LONGEST)
    ends = [found.end() for found in SENTENCE_END.finditer(text, first, start)]
    begin = ends[-1] if ends else first
    after = SENTENCE_END.search(text, end, min(len(text), end + LONGEST))
    stop = after.start() + 1 if after else min(len(text), end + LONGEST)
    return begin, max(end, stop)


def snippet(text: str | None, start: int | None, end: int | None) -> Markup:
    """Return the sentence around a quote, with the quote marked."""
    if text is None or start is None or end is None or not 0 <= start <= end <= len(text):
        return Markup("")
    begin, stop = sentence_bounds(text, start, end)
    before = "… " if begin == start - LONGEST else ""
    return Markup("<bdi>{}{}<mark>{}</mark>{}</bdi>").format(
        before,
        clean(text[begin:start], LONGEST + 1),
        clean(text[start:end]),
        clean(text[end:stop].rstrip(), LONGEST + 1),
    )


def marked(text: str, claims: Iterable[Mapping[str, Any]], link: Callable[..., str], limit: int = 200_000) -> Markup:
    """Return `text` as paragraphs with each claim's quote marked and linked; of overlapping quotes, the first."""
    spans = sorted(
        ((int(c["start"]), int(c["end"]), str(c["claim_id"])) for c in claims), key=lambda span: (span[0], -span[1])
    )
    pieces: list[Markup] = []
    done = 0
    for start, end, claim in spans:
        if start < done or end > len(text) or end > limit:
            continue
        pieces.append(Markup("{}").format(clean(text[done:start], limit)))
        pieces.append(
            Markup('<a class="quote" id="c-{}" href="{}"><mark>{}</mark></a>').format(
                claim, link("claims", claim), clean(text[start:end]).replace("\n", " ")
            )
        )
        done = end
    pieces.append(Markup("{}").format(clean(text[done:limit], limit)))
    whole = Markup("").join(pieces)
    paragraphs = [part for part in re.split(r"\n+", whole) if part.strip()]
    return Markup("").join(Markup('<p dir="auto">') + Markup(part) + Markup("</p>\n") for part in paragraphs)


def found_marked(text: object) -> Markup:
    """Return a search excerpt, in which the words found stand between the characters 1 and 2, with them marked."""
    pieces = re.split("[\x01\x02]", "" if text is None else str(text))
    shapes = (Markup("{}"), Markup("<mark>{}</mark>"))
    return Markup("").join(shapes[number % 2].format(clean(piece, 400)) for number, piece in enumerate(pieces))
