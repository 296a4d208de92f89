"""
Sites that a firm numbers in their town: "Lomond 12 will have 20 MW", "the Lomond Data Centre 3".

In: text. Out: names. The scan goes from number to number, of which a text has few, and looks back for the town. Never takes a date, a
postal district ("in Dublin 15"), a body that speaks, nor an ordinary word with a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.names.capitals import CAP, is_place
from ingest.extract.text.wordlists import words

NUMBER = re.compile(
    r"(?<=[^\W\d_] )\d{1,2}(?=[,;)]|\.(?!\d)|:(?!\d)|\n|$| \(| (?:is|was|will|has|had|in|at|among|fills|opens|opened|campus|"
    r"data cent\w+|building|site|facility|from|with|said|says|expects|estimates|reports|believes)\b(?! region))"
)
TOWN = re.compile(
    rf"(?<![\w’'-])(?<!\b[Ii]n )(?<!\b[Tt]he )(?<!\bto )(?<!\bby )(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
    rf"(?P<town>{CAP}(?: {CAP})?)(?: Data Cent(?:er|re))? $"
)
SPEAKS = re.compile(r"(?:,? which)? (?:said|says|expects|estimates|reports|believes)\b")
LONGEST = 60
"""Characters of a name."""


def numbered_in_town(text: str) -> set[str]:
    """The names of such sites."""
    found = list(_numbered(text))
    return {name for name, is_site in found if is_site} - {name for name, is_site in found if not is_site}


def _numbered(text: str) -> Iterator[tuple[str, bool]]:
    """Each town with a number behind it, and whether that may be a site."""
    for number in NUMBER.finditer(text):
        low = max(0, number.start() - LONGEST)
        if (name := TOWN.search(text[low : number.start()])) is None:
            continue
        town, whole = name["town"], name.group() + number.group()
        placed = " Data Cent" in whole or (is_place(town) and town.lower() not in words("common"))
        yield whole, placed and SPEAKS.match(text, number.end()) is None
