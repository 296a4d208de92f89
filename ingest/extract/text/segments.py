"""
Text -> blocks and sentences with offsets.

In: one string (a title and a text, joined by the caller). Out: `Block`s (a paragraph, heading, list item or table row)
each with its `Sentence`s. Never changes the text: every offset points into the string it was given. Linear in its length.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ingest.extract.text.wordlists import words

BlockKind = Literal["title", "heading", "paragraph", "item", "row"]

ABBREVIATIONS = words("abbreviations")
SENTENCE_END = re.compile(r"[.!?。！？;](?:(?<!;)[\"'”’)\]]*(?=\s|$)|(?<=;)(?=\s))")
BULLET = re.compile(r"[ \t]*(?:[-–—*•·▪◦‣>]|\d{1,2}[.)/](?=\s)|\(?[a-z\d]{1,2}\)(?=\s))[ \t]*")
LABEL = re.compile(r"[A-Z0-9][^.!?:|]{1,48}[:.]\s|\S[^.!?|]{0,40}\s[—–-]\s")
LONGEST_SENTENCE = 700
"""Characters; a transcript without punctuation is cut at the white space before this."""


class Sentence(NamedTuple):
    """`text[start:end]`; `block` is the index of the block it stands in."""

    start: int
    end: int
    block: int


class Block(NamedTuple):
    """One line of the text. `section` counts up at every heading, so that digest items do not leak into each other."""

    start: int
    end: int
    kind: BlockKind
    section: int
    first_sentence: int
    last_sentence: int
    """Index one past the block's last sentence."""


@dataclass(frozen=True, slots=True)
class Segments:
    """All blocks and sentences of one string, in order."""

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    """Of the sentences."""

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds `offset` (the nearest earlier one for white space)."""
        return bisect_right(self.starts, offset, 1) - 1

    def block_of(self, sentence: int) -> Block:
        """The block that a sentence stands in."""
        return self.blocks[self.sentences[sentence].block]


def split(text: str, title_length: int = 0) -> Segments:
    """
    Cut `text` into blocks and sentences; the first `title_length` characters are the title.

    >>> [s.start for s in split("It cost $1.5 bn. In Lebanon, Ind. a site opens.").sentences]
    [0, 17]
    """
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    section = 0
    blank_before = False
    lines = list(re.finditer(r"[^\n\r\u2028\u2029]+", text))
    for number, line in enumerate(lines):
        start, end = _strip(text, line.start(), line.end())
        if start == end:
            blank_before = True
            continue
        previous_end = lines[number - 1].end() if number else 0
        blank_before = blank_before or text.count("\n", previous_end, line.start()) > 1
        kind = _kind(text, start, end, title_length)
        if kind == "heading":
            section += 1
        first = len(sentences)
        body = start
        if kind == "item" and (bullet := BULLET.match(text, start, end)) and bullet.end() < end:
            body = bullet.end()
        for a, b in _sentences(text, body, end):
            sentences.append(Sentence(a, b, len(blocks)))
        blocks.append(Block(start, end, kind, section, first, len(sentences)))
        if kind == "title":
            section += 1
        blank_before = False
    return Segments(text, tuple(blocks), tuple(sentences), tuple(s.start for s in sentences))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _kind(text: str, start: int, end: int, title_length: int) -> BlockKind:
    line = text[start:end]
    if end <= title_length:
        return "title"
    if line.count("|") >= 2 or (" | " in line and len(line) < 200):
        return "row"
    if line.startswith("#"):
        return "heading"
    if BULLET.match(line) and not re.match(r"[-–—]\d", line):
        words = line.split()
        if re.match(r"\d{1,2}/", line) and len(words) < 8 and line.upper() == line:
            return "heading"
        return "item"
    if (
        len(line) <= 90
        and (line[-1] not in ".,;:!?\"”'’)" or re.search(r"\([\d.,]+ ?[GMk]?W\)$", line))
        and len(line.split()) <= 14
    ):
        return "heading"
    if len(line) <= 60 and line[-1] in "?:" and not re.match(r"(Q|A)[:.]", line):
        return "heading"
    return "paragraph"


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    begin = start
    for match in SENTENCE_END.finditer(text, start, end):
        stop = match.end()
        if stop < end and not _ends_sentence(text, match.start(), stop, end):
            continue
        _add(out, text, begin, stop)
        begin = stop
    _add(out, text, begin, end)
    return out


def _add(sentences: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add `text[start:end]` without the white space around it, in pieces if it is long."""
    start, end = _strip(text, start, end)
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        _add(sentences, text, start, cut)
        start = cut
    start, end = _strip(text, start, end)
    if start < end:
        sentences.append((start, end))


def _ends_sentence(text: str, mark: int, stop: int, end: int) -> bool:
    if text[mark] in ";!?。！？":
        return True
    word = mark
    while word > 0 and (text[word - 1].isalpha() or text[word - 1] == "."):
        word -= 1
    if word and (text[word - 1].isdigit() or text[word - 1] in "'’"):
        return True  # "$50B." and "AWS's." are no initials
    before = text[word:mark].lower().strip(".")
    after = stop
    while after < end and text[after].isspace():
        after += 1
    following = text[after : after + 1]
    if following.islower():
        return False
    if before in ABBREVIATIONS or (len(before) == 1 and before.isalpha() and before not in "i"):
        # "... in the U.S. The company": an abbreviation may still end the sentence before a common opening word.
        return bool(
            re.match(r"(The|It|In|A|An|This|That|These|They|We|He|She|But|And|For|On|At)\b", text[after : after + 8])
        ) and (
            before in {"u.s", "u.k", "u.a.e", "e.u", "inc", "corp", "ltd", "co", "p.m", "a.m", "d.c"}
            or (before in ABBREVIATIONS and len(before) > 2 and before not in {"approx", "est"})
        )
    return True
