"""
Chips counted: GPUs, TPUs, accelerators, AI chips, and racks or systems only where the text counts the chips in them.

In: a bare number and what stands after it. Out: a verdict whose span takes in the chip's name ("450,000 GB200 GPUs"), or None.
Never multiplies racks by chips, and never counts cores, homes, shares or chips a year.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.view import Verdict, View

FAMILY = frozenset({"number"})

NOUN = (
    r"(?:GPUs?|gpus?|TPUs?|tpus?|LPUs?|NPUs?|XPUs?|accelerators?|(?:super)?chips?|processors?|[Gg]raphics? (?:[Cc]ards?|[Pp]rocessing [Uu]nits?|[Pp]rocessors?|[Cc]hips?)|tensor processing units?|"
    r"AI (?:chips?|accelerators?|processors?)|semiconductors?|parts|units|cards|H100s?|H200s?|Hoppers?|Blackwells?|Trainiums?|"
    r"GPU 장|장의 GPU|개의 GPU|GPU|グラフィックス|个GPU|張GPU)"
)
_OF = r"(?:of (?:(?:its|their|the|\w+['’]s?) )*)?"
_KNOWN = (
    r"(?:more|additional|newer|older|new|of|the|its|latest|next[- ]generation|advanced|AI|most|custom|equivalent|NVIDIA|Nvidia|nvidia|AMD|Google|Intel|Huawei|"
    r"Amazon|AWS|Instinct|Blackwell(?: Ultra)?|Grace(?:[- ]Blackwell)?|Vera|Rubin|Hopper|Ampere|Tensor|Core|Trainium ?\d?|Ascend|MTIA|Trillium|Ironwood|"
    r"[A-Z]{1,3}\d{2,4}[A-Za-z]{0,2}(?:-(?:class|generation|equivalent))?|MI\d{3}X?(?:-(?:class|generation))?|NVL\d+)"
)
# Any adjective, told by its end or its hyphen: "100,000 special AI chips", "20,000 brand-new liquid-cooled GPUs".
_ANY = (
    r"(?!core-|transistor-|qubit-|node-)(?:special|dedicated|fast|faster|big|spare|extra|modern|top|compute|computing|training|inference|server|data[- ]cent(?:er|re)|domestic|"
    r"[a-z]+-[a-z]+(?:-[a-z]+)*|[a-z]{3,}(?:ed|ing|al|ive|ic|est|ous|able|ible|ary|ful|ern|ese|ish))"
)
AFTER = re.compile(
    rf"^(?:\+| or more\b|[- ]plus\b)?[\s-]?{_OF}(?:(?:{_KNOWN})[\s-]+){{0,4}}(?:{_ANY}[\s-]+){{0,2}}(?:(?:{_KNOWN}|processing)[\s-]+){{0,5}}"
    rf"(?P<noun>{NOUN})\b",
)
MODEL = re.compile(
    rf"^(?:\+| or more\b|[- ]plus\b)?[\s-]?{_OF}(?:(?:more|additional|newer|latest|new|in-house|own|of|the|its|NVIDIA|Nvidia|AMD|AMD Instinct|Google|AWS|Amazon|Intel|Huawei) )*$"
)
GRAPHICS = re.compile(r"\b(?:AI (?!units)|N[Vv][Ii][Dd][Ii][Aa]|GPU|Instinct|Ascend|Gaudi|[Gg]raphics?\b|accelerat)")
# "the number of GPUs will be increased to at least 50,000", "GPUs: 25,000": the noun stands before.
COUNTED = re.compile(
    r"(?:\bnumber of (?:[\w-]+ ){0,3}(?:GPUs|TPUs|(?:AI )?chips|accelerators|graphics (?:cards|processors))\b[^.;:]{0,80}?\b(?:to|at|is|was|of|from|be|reach(?:es|ed)?|exceeds?)"
    r"|\b(?:GPU|TPU|accelerator|AI chip)s?(?: (?:count|fleet|capacity|total|number))?(?: of|:| \|))\s*$"
)
COUNTED_WORDS = ("number of", "GPU", "TPU", "accelerator", "AI chip")
NUMBER_OF_GPUS = re.compile(r"number of (?:AI |all |its |the )*GPUs\b")
COLUMN = re.compile(
    r"^(?:\w+ )?(?:GPUs?|TPUs|(?:AI )?[Cc]hips|[Aa]ccelerators)(?: (?:count|installed|planned|ordered|deployed|number|total|fleet))?(?: \([^)]*\))?$"
)
NOTHING_COUNTED = re.compile(r"^\+?(?:[.,;:)|]|$|\n|\s(?:to|by|in|from|and|at|within|this|next|last|over|\||\())")
YEAR = re.compile(r"(?:19[89]|20[0-6])\d$")
VAGUE = frozenset({"parts", "units", "cards", "processors", "semiconductors", "processor"})
NOT_ONES = re.compile(
    r"\b(?:a|per|each|every) (?:year|month|week)\b|\bannually\b|\bexport\w* (?:up to )?$|\bcores?\b|\bper (?:rack|pod|cabinet|server|node)\b",
    re.IGNORECASE,
)
EACH = re.compile(
    r"\b(?:single|each|per|one) (?:pod|rack|server|node|superpod|ultraserver|cabinet|tray)\b|\bpods?\b", re.IGNORECASE
)
# "2,000 RTX PRO 6000 Blackwell GPUs": a number of the model's name.
OF_A_MODEL = re.compile(r"\b(?:RTX|PRO|Tesla|Quadro|Xeon|EPYC|Radeon|Gaudi|Ascend) $")
SMALLEST = 100


def classify(view: View) -> Verdict | None:
    """Decide whether the number counts AI chips; the span then takes in the chip's name."""
    quantity = view.quantity
    if quantity.rate or quantity.high < SMALLEST or (quantity.decimals and not quantity.scaled):
        return None
    if any(a < quantity.start < b for a, b in view.chip_spans) or OF_A_MODEL.search(view.before(8)):
        return None
    year = YEAR.fullmatch(view.text[quantity.start : quantity.end]) is not None
    after = view.after(110)
    match = AFTER.match(after)
    end = quantity.end
    noun = ""
    if match:
        noun = match.group("noun")
        end = quantity.end + match.end()
    model = next(((a, b) for a, b in view.chip_spans if quantity.end <= a <= quantity.end + 40), None)
    if model and MODEL.match(view.text[quantity.end : model[0]]):
        stop = model[1] + (view.text[model[1] : model[1] + 1] == "s")
        tail = re.match(
            rf"(?:-(?:class|generation|based))?[\s-](?:(?:AI |Tensor Core )?{NOUN})\b", view.text[stop : stop + 40]
        )
        model_end = stop + (tail.end() if tail else 0)
        if model_end > end:
            end, noun = model_end, noun or "chip"
    if not noun and after.startswith(" of them") and any(0 < quantity.start - b < 40 for _, b in view.chip_spans):
        return Verdict("chips", 0.6, quantity.start, quantity.end, "chip")  # "Google TPUs, up to one million of them"
    if not noun and NOTHING_COUNTED.match(after):
        said = view.text[view.sentence_start : quantity.start]
        if any(word in said for word in COUNTED_WORDS):
            hedged_from = quantity.hedge.start
            counted = COUNTED.search(view.text[max(view.sentence_start, hedged_from - 130) : hedged_from])
        else:
            counted = None
        if (counted is None and not COLUMN.search(view.column)) or year:
            return None
        chip = "GPU" if counted and NUMBER_OF_GPUS.match(counted.group()) else ""
        return Verdict("chips", 0.6, quantity.start, quantity.end, "chip", chip)
    if not noun or year:
        return None
    vague = noun.lower() in VAGUE and model is None
    if (
        vague
        and not (noun in {"processors", "cards", "units"} and GRAPHICS.search(after, 0, match.end() if match else 0))
    ) or re.match(r"[- ]?(?:hours?|hrs?|seconds)\b", view.text[end : end + 8]):
        return None
    if NOT_ONES.search(view.text[end : min(view.sentence_end, end + 24)]) or NOT_ONES.search(after[:16]):
        return None
    if re.search(r"\brack\w*\b", view.text[end : end + 8]) or EACH.search(
        view.sentence[max(0, quantity.start - view.sentence_start - 40) : end - view.sentence_start]
    ):
        return None
    return Verdict("chips", 0.8, quantity.start, end, noun)
