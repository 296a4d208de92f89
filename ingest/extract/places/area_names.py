"""
How states, countries and towns are written: what follows a comma, common words, the words of a run, possessives.

In: words of a text. Out: the area they name, or whether a name is written so. Never looks at what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from db.reference import countries, demonyms, place_key, state_names
from ingest.extract.text.wordlists import words

AFTER_COMMA = re.compile(
    r"^(?:, (?:in (?:the )?)?|,? in (?:the )?(?:US |U\.S\. )?(?:state of )?|, (?:in )?[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)? "
    r"(?:County|Parish|Township|Prefecture|Province), | \()(?P<area>[A-ZÀ-Þ][\w.'’-]*(?: (?:and |of |do |de |del )?[A-ZÀ-Þ][\w.'’-]*){0,2})"
)
DIRECTION = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "upper",
        "lower",
        "greater",
    }
    | {
        *("southeast", "southwest", "northeast", "northwest"),
        *("northwestern", "northeastern", "southeastern", "southwestern"),
    }
    | {"mid", "new", "rural", "coastal", "downtown", "metro", "upstate"}
)
COMMON = words("common") | words("ordinary")
POPULOUS, LARGE = 15_000, 100_000
# Countries whose states English texts name on their own.
ENGLISH_STATES = frozenset({"US", "CA", "AU", "GB", "IN", "MY", "DE", "ES", "IE"})


@cache
def _area(written: str) -> tuple[str | None, str] | None:
    """A state or country as written -> (admin1 or None, country)."""
    bare = written.strip(" .,")
    for form in (written, written.rstrip(","), bare, bare + ".", bare.replace(".", "")):
        if form in state_names():
            return state_names()[form]
    for form in (written, bare, bare.replace(".", "")):
        if form in countries() and form not in demonyms():
            return None, countries()[form]
    return None


def longest_area(written: str) -> tuple[str | None, str] | None:
    """The state or country that `written` begins with -> (admin1 or None, ISO country code)."""
    pieces = written.split(" ")
    for size in range(len(pieces), 0, -1):
        area = _area(" ".join(pieces[:size]))
        if area is not None:
            return area
    return None


def phrases(run: str, at: int, longest: int) -> Iterator[tuple[int, str]]:
    """
    The phrases of up to `longest` words in `run` and where they start, `run` starting at `at`: of those that start alike the longest first.

    >>> list(phrases("New York State", 10, 2))
    [(10, 'New York'), (10, 'New'), (14, 'York State'), (14, 'York'), (19, 'State')]
    """
    if " " not in run:
        yield at, run
        return
    words = run.split(" ")
    for first, word in enumerate(words):
        for last in range(min(first + longest, len(words)), first, -1):
            yield at, " ".join(words[first:last])
        at += len(word) + 1


def without_possessive(phrase: str) -> str:
    """
    The phrase without its possessive ending.

    >>> without_possessive("Ohio's"), without_possessive("Texas’")
    ('Ohio', 'Texas')
    """
    if phrase.endswith(("'", "’")):
        return phrase[:-1]
    return phrase[:-2] if phrase.endswith(("'s", "’s")) else phrase


def bears(town: str, *names: str) -> bool:
    """Whether a town goes by the name of its state: São Paulo does, Rio Grande (do Sul) and Fortaleza (Ceará) do not."""
    key = place_key(town).replace(" ", "")
    return any(key in {own, f"{own}city"} for own in (place_key(name).replace(" ", "") for name in names))
