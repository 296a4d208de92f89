"""
Which project and which chip a figure belongs to.

In: a `Reading` and a figure. Out: a project's name or None, a chip's canonical name or None. A chip counts for a number of
chips, and for power, money or a date only where the words tie it to them. Never names a model that the text does not.
"""

from __future__ import annotations

import re

from ingest.extract.figures import Figure
from ingest.extract.mentions import Hit, umbrella
from ingest.extract.reading import Reading

GENERIC = (
    (re.compile(r"\bN(?:vidia|VIDIA)(?:['’]s)?\b"), "NVIDIA GPU"),
    (re.compile(r"\bAMD(?:['’]s)?\b"), "AMD GPU"),
    (re.compile(r"\bTPUs?\b"), "Google TPU"),
    (re.compile(r"\bLPUs?\b"), "Groq LPU"),
    (re.compile(r"\bHuawei(?:['’]s)?\b|\bAscend\b"), "Huawei Ascend"),
    (re.compile(r"\bGPUs?\b|graphics", re.IGNORECASE), "GPU"),
    (re.compile(r"chips?|accelerators?|processors?", re.IGNORECASE), "AI chip"),
)
TIED = re.compile(
    r"^\s?(?:worth |capacity )?(?:of|in|with|on|using|for|,)? (?:its |the |their |\w+['’]s )?(?:\w+ ){0,3}$"
)


def chip_of(reading: Reading, figure: Figure) -> str | None:
    """The chip of `figure`."""
    hits = list(reading.chips_in(figure.sentence))
    quote = reading.text[figure.start : figure.end]
    if figure.metric == "chips":
        inside = [h for h in hits if figure.start <= h.start < figure.end]
        if inside:
            return _joined(reading, inside, hits)
        for pattern, name in GENERIC[:5]:
            if pattern.search(quote):
                return _model_nearby(hits, figure) or name
        near = _model_nearby(hits, figure)
        if near:
            return near
        block = reading.segments.blocks[reading.segments.sentences[figure.sentence].block]
        for number in range(figure.sentence - 1, block.first_sentence - 1, -1):
            if reading.chips_in(number):
                return reading.chips_in(number)[-1].name
        window = reading.text[max(0, figure.start - 60) : figure.end + 40]
        for pattern, name in (GENERIC[0], GENERIC[1]):
            if pattern.search(window):
                return name
        for pattern, name in GENERIC[5:]:
            if pattern.search(quote):
                return name
        return "GPU" if re.search(r"\bGPU", reading.text) else "AI chip"
    for hit in hits:
        if figure.end <= hit.start and TIED.match(reading.text[figure.end : hit.start]):
            return _joined(reading, [hit], hits)
    after = reading.text[figure.end : figure.end + 40]
    tied = re.match(
        r"\s?(?:worth )?of (?:the |its )?(?:new )?(N(?:vidia|VIDIA)|AMD)(?:['’]s)? (?:GPUs?|systems|chips|hardware|accelerators)",
        after,
    )
    if tied:
        return "AMD GPU" if tied.group(1) == "AMD" else "NVIDIA GPU"
    if figure.metric == "contract" and len({h.name for h in hits}) == 1:
        return hits[0].name
    return None


def _model_nearby(hits: list[Hit], figure: Figure) -> str | None:
    after = [h for h in hits if figure.end <= h.start < figure.end + 60]
    return after[0].name if after else None


def _joined(reading: Reading, chosen: list[Hit], hits: list[Hit]) -> str:
    """Two chips for one figure: "AI200 and AI250 cards"."""
    names = [h.name for h in chosen]
    last = chosen[-1]
    for hit in hits:
        if hit.start >= last.end and re.fullmatch(r"(?:\s?(?:and|&|,|/|or)\s?)", reading.text[last.end : hit.start]):
            names.append(hit.name)
            last = hit
    return " + ".join(dict.fromkeys(names))


def project_of(reading: Reading, figure: Figure, digest: bool) -> str | None:
    """The project of `figure`."""
    hits = list(reading.projects_in(figure.sentence))
    if hits:
        before = [h for h in hits if h.start < figure.start]
        near = min(hits, key=lambda h: abs(h.start - figure.start))
        return (before[-1] if before and figure.start - before[-1].end < 140 else near).name
    sentence = reading.segments.sentences[figure.sentence]
    block = reading.segments.blocks[sentence.block]
    for number in range(figure.sentence - 1, block.first_sentence - 1, -1):
        if reading.projects_in(number):
            return reading.projects_in(number)[0].name
    if digest:
        section = block.section
        for other in reading.segments.blocks:
            if other.section == section and other.kind == "heading":
                named = [h for n in range(other.first_sentence, other.last_sentence) for h in reading.projects_in(n)]
                if named:
                    return named[0].name
        return None
    names = list(dict.fromkeys(h.name for h in reading.projects))
    sites = [name for name in names if not umbrella(name)]
    title = next((h.name for h in reading.projects if h.start < reading.base and not umbrella(h.name)), None)
    if title is not None:
        return title
    if len(sites) == 1:
        return sites[0]
    return names[0] if len(names) == 1 or (names and reading.projects[0].start < reading.base + 700) else None
