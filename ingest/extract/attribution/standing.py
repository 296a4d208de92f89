"""
What stands already, by the words right beside its size: "its existing 12 MW hall", "from 30 MW to 100 MW".

In: a text and a figure of it. Out: whether the figure measures what stands or is held as the text is written. Never looks beyond
the words that touch the figure: `status` weighs them against what its clause and sentence say.
"""

from __future__ import annotations

import re

from ingest.extract.figures.find import Figure

HOLDING = 40
"""Characters before a figure in which the verb stands that governs it."""
# What a thing that stands does, in the present tense, right before the figure: "The lit half holds 12,000 chips".
HOLDS = re.compile(
    r"(?<!to )(?<!can )(?<!could )(?<!will )(?<!would )(?<!may )(?<!might )(?<!should )(?<!must )(?<!that )"
    r"\b(?:draws?|uses?|consumes?|holds?|houses?|hosts?|contains?|rents|leases|(?:is|are) rated at|owns?|own or lease|served|(?:computers|servers|machines|halls?)(?: there| here)? takes?|(?:has|have) (?:run|used|an? (?:[\w-]+ ){0,2}capacity of)) (?:[\w-]+ ){0,1}$"
)
# "Its existing 12 MW hall" stands, whatever the sentence says is to come beside it.
EXISTING = re.compile(
    r"\b(?:existing|present|current|operating|operational|live|installed) (?:[\w-]+ ){0,1}(?:capacity )?(?:of )?(?:about |around |some |roughly |nearly |approximately )?$"
)
# Where something stood before it is to grow: "from 30 MW to 100 MW", "rising from 285 MW in 2025", "up from 114".
BEFORE_GROWTH = re.compile(r"\b(?:from|on top of|in addition to) (?:about |around |some |roughly |nearly |the |its )?$")
TO_MORE = re.compile(r" (?:[\w-]+ ){0,4}to |[.;]? (?:in (?:20[012]\d|service)|at present|now|today)\b")
COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|from|(?:twice|double|triple) (?:the|its)|on top of|above) (?:about |around |some |roughly |nearly |the |its )?$"
)
BEING_USED = re.compile(r" (?:is|are) (?:now |being )?(?:drawn|used|consumed|occupied|running|live)\b")
# Said of it right behind: "14 MW, open", "44 MW, full".
STATE_BEHIND = re.compile(
    r",? (?:open|full|live|operating|operational|running|in (?:operation|service|use)|(?:fully )?let)(?=[.,;:)\n]|$)"
)


def stands(text: str, figure: Figure) -> bool:
    """Whether `figure` is said to exist, or to be what something grows from."""
    if figure.metric not in {"power", "chips", "generation"}:
        return False
    first = max(0, figure.start - HOLDING)
    if EXISTING.search(text, first, figure.start):
        return True
    grows = figure.metric != "generation" and BEFORE_GROWTH.search(text, first, figure.start)
    return bool(grows) and TO_MORE.match(text, figure.end) is not None


def is_held(text: str, figure: Figure) -> bool:
    """Whether `figure` is what something holds or draws."""
    return HOLDS.search(text, max(0, figure.start - HOLDING), figure.start) is not None


def is_measure(text: str, figure: Figure) -> bool:
    """Whether `figure` is what another sum is held against: "compared with $412 million in 2025"."""
    return COMPARED.search(text, max(0, figure.start - HOLDING), figure.start) is not None
