"""
Whoever decides at a place on what is built: "Butler County commissioners", "the Board of Supervisors of Butler County".

In: a text and a place in it. Out: whether the place is but that of a board, which decides on what stands in its county, not in its office.
Never asks what it decides on.
"""

from __future__ import annotations

import re

from ingest.extract.places.areas import PlaceHit

BOARD_AFTER = re.compile(
    r" (?:commission\w*|supervisors|board|council\w*|officials|planners|planning|zoning|court|judge|sheriff|residents|(?:health |building |works )?departments?|"
    r"authority|clerk|records|registr\w+|assessor|deeds|treasurer|airport|taxpayers|voters|paper|manager|attorney|engineer|"
    r"economic development|industrial development|development (?:authority|council|corporation))\b",
    re.IGNORECASE,
)
BOARD_BEFORE = re.compile(
    r"\b(?:(?:board|council|court|commission|supervisors|commissioners|councillors|trustees|selectmen|planners|officials)(?: of (?:supervisors|commissioners|"
    r"trustees|zoning appeals))?) (?:of|in|for|from) (?:the )?$",
    re.IGNORECASE,
)
LOOK_BACK = 48
"""Characters before a place within which a board is named."""


def is_board(text: str, hit: PlaceHit) -> bool:
    """Whether only a board, an office or the people of the place are spoken of."""
    if BOARD_AFTER.match(text, hit.end):
        return True
    before = text[max(0, hit.start - LOOK_BACK) : hit.start].rstrip()
    return before.endswith((" of", " in", " for", " from", " the")) and BOARD_BEFORE.search(before + " ") is not None
