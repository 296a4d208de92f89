"""
Which chip a figure belongs to.

In: a `Reading` and a figure. Out: a chip's canonical name or None. A chip counts for a number of chips, and for power, money or a
date only where the words tie it to them. Never names a model that the text does not.
"""

from __future__ import annotations

import re

from ingest.extract.figures.find import Figure
from ingest.extract.names.mentions import Hit
from ingest.extract.reading import Reading

GENERIC = (
    (re.compile(r"\bN(?:vidia|VIDIA)(?:['’]s)?\b"), "NVIDIA GPU"),
    (re.compile(r"\bAMD(?:['’]s)?\b"), "AMD GPU"),
    (re.compile(r"\bTPUs?\b|\bGoogle(?:['’]s)? (?:own |custom |AI )*chips"), "Google TPU"),
    (re.compile(r"\bLPUs?\b"), "Groq LPU"),
    (re.compile(r"\bHuawei(?:['’]s)?\b|\bAscend\b"), "Huawei Ascend"),
    (re.compile(r"\bGPUs?\b|graphics", re.IGNORECASE), "GPU"),
    (re.compile(r"chips?|accelerators?|processors?", re.IGNORECASE), "AI chip"),
)
BARE = re.compile(r"[\w., -]*?(?<!GPUs)(?<!GPU)(?<!chips)(?<!processors)(?<!accelerators)")
GPUS = re.compile(r"\bGPUs?\b|graphics? (?:processing|processor|card)|^[\d., ]+$", re.IGNORECASE)
TIED = re.compile(
    r"^(?:,? (?:for which|running|powered by|based on) (?:the |its )?(?:\w+ ){0,3}|\s?(?:in total )?(?:worth |capacity )?(?:of|in|with|on|using|for|,)? (?:its |the |their |\w+['’]s )?(?:\w+ ){0,3})$"
)


def chip_of(reading: Reading, figure: Figure, digest: bool = False) -> str | None:
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
        if GPUS.search(quote) and len({h.name for h in hits}) == 1:
            return hits[0].name  # "the GB300 installation has 4,608 GPUs"
        block = reading.segments.blocks[reading.segments.sentences[figure.sentence].block]
        for number in reading.chip_index.before(figure.sentence, block.first_sentence):
            return reading.chips_in(number)[-1].name
        before = [h for h in hits if h.end <= figure.start]
        if before and BARE.fullmatch(quote):
            return before[-1].name  # "half a million Trainium2 run there, one million of them by December"
        only = None if digest else _only_chip(reading, quote)
        if only or (made := _maker(reading, figure, quote)):
            return only or made
        window = reading.text[max(0, figure.start - 60) : figure.end + 40]
        for pattern, name in (GENERIC[0], GENERIC[1]):
            if pattern.search(window):
                return name
        for pattern, name in GENERIC[5:]:
            if pattern.search(quote):
                return name
        return "GPU" if re.search(r"\bGPU", figure.noun or reading.text) else "AI chip"
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


def _only_chip(reading: Reading, quote: str) -> str | None:
    """What GPUs are in a text that names one model of them, or one maker."""
    if GPUS.search(quote) is None:
        return None
    models = {h.name for h in reading.chips}
    makers = {h.name for h in reading.companies if h.name in {"NVIDIA", "AMD", "Intel"}}
    if len(models) == 1:
        return next(iter(models))
    return "NVIDIA GPU" if not models and makers == {"NVIDIA"} else None


def _maker(reading: Reading, figure: Figure, quote: str) -> str | None:
    """The GPUs of the one maker that the sentence names, or that speaks in this turn ("NVIDIA: around 600,000 GPUs")."""
    if GPUS.search(quote) is None:
        return None
    block = reading.segments.blocks[reading.segments.sentences[figure.sentence].block]
    head = reading.companies_in(block.first_sentence)[:1]
    speaker = {h.name for h in head if h.start - block.start <= 1 and reading.text.startswith(":", h.end)}
    here = {h.name for h in reading.companies_in(figure.sentence)}
    if figure.sentence and reading.text.endswith(";", 0, reading.segments.sentences[figure.sentence - 1].end):
        here |= {h.name for h in reading.companies_in(figure.sentence - 1)}
    makers = (here | speaker) & {"NVIDIA", "AMD"}
    return f"{next(iter(makers))} GPU" if len(makers) == 1 else None


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
