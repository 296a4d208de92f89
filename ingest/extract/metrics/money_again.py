"""
Sums that are of the thing a sum before them is of: a part of it, what it was before, the two together, its size when it is told late.

In: a sum of money in its sentence, and what the words around it speak for. Out: the same scores, raised by what the sum or the
sentence before is for. Never looks further back than the sentence before.
"""

from __future__ import annotations

import re

from ingest.extract.metrics.cues import CueTable, find
from ingest.extract.metrics.view import View
from ingest.extract.text.patterns import compiled

# "for $14 billion rather than the $20 billion discussed in May": the one sum takes the place of the other.
INSTEAD_OF = compiled(
    r"\b(?:rather than|instead of|up from|down from|compared (?:with|to)|against) (?:the |an? |its )?(?:(?:earlier|original|initial|previous|first|former|old) )?$|\b(?:for|to) an? (?:aggregate|total|sum) of $|\bbring(?:s|ing)? (?:the|its|their) (?:[\w-]+ )?total(?: [\w-]+)? to $",
    re.IGNORECASE,
)
# "spending of $121 million, of which $92 million was funded by the tenant": a part is what the whole is, whoever pays for it.
PART_OF = compiled(r"\b(?:of which|of that|of this|of those|including)(?: sum| amount| total)?,? $", re.IGNORECASE)
PAID_BY = re.compile(
    r" (?:(?:is|was|were|are|has been|have been|will be|to be) )?(?:funded|financed|paid|met|borne|contributed|spent|deposited|reimbursed|put up)\b"
)
GOES_ON = re.compile(
    r"(?:At first,? |In all,? |Together,? |Initially,? |With (?:it|them),? )?(?:they|these|those)\b|(?:the|this|that) (?:package|sum|amount|total|whole)\b"
    r"|(?:(?:the|these|those|all) )?(?:two|three|four|both)(?: of them)? (?:together|combined|now|in all)\b"
    r"|(?:the|an?) (?:biggest|largest|smallest|first|second|third|other|latest|smaller|larger|bigger|last|rest|remainder|difference)(?:,| of (?:them|these|those|the \w+)| one\b| (?:is|was|went|goes|came|comes|covers|will)\b)",
    re.IGNORECASE,
)
# "It did not disclose the size of the loan. One banker put that at $6 billion".
POINTS_BACK = compiled(
    r"\b(?:put(?:s|ting)?|peg(?:s|ged)|estimat(?:es|ed)|gave|gives) (?:that|it|this|(?:the|its) (?:figure|sum|amount|size|total|price|value)) (?:at|as) $",
    re.IGNORECASE,
)


def settle_again(view: View, scores: dict[str, float], cues: CueTable) -> None:
    """Add to `scores` what was said of the sum before, or in the sentence before, where this one points back to it."""
    window = view.window(80)

    def add(label: str, weight: float) -> None:
        scores[label] = scores.get(label, 0.0) + weight

    told = any(end < view.quantity.start for _, end in view.others)
    if told and view.topic and scores.get("none", 0.0) < 1.0:
        if INSTEAD_OF.seek(window):
            add(view.topic, 2.5)
        elif PART_OF.seek(window) and PAID_BY.match(view.after(40)):
            scores.pop("financing", None)
            add(view.topic, 3.0)
    loudest = max(scores, key=lambda label: scores[label], default="")
    if loudest == "none" or view.previous_start >= view.sentence_start:
        return
    if GOES_ON.match(view.text, view.sentence_start, view.sentence_end) or POINTS_BACK.seek(window):
        # "It has signed leases. At first they bind it to a commitment of $12 billion": they are the leases.
        weights: dict[str, float] = {}
        for item in find(cues, view.text, view.previous_start, view.sentence_start):
            weights[item.cue.label] = max(weights.get(item.cue.label, 0.0), item.cue.weight)
        if weights:
            label = max(weights, key=lambda name: weights[name])
            add(label, 0.8 * weights[label])
