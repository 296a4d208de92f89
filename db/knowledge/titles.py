"""
What a title says has happened to a project.

In: a title. Out: the step that its words name, or null. Words of intent ("will open", "plans to build") name no step,
and words of a part ("first building", "expansion") name one only for that part. Never reads beyond the title.
"""

from __future__ import annotations

import re


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\b(" + "|".join(patterns) + r")\b", re.IGNORECASE)


_STEPS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "cancelled",
        _words(
            r"cancel\w*", r"scrap(s|ped)?", r"abandon\w*", r"withdr[ae]w\w*", r"walks? away", r"kills?", "killed",
            r"rejects?", "rejected", r"drops?", "dropped", r"bans?", "banned", "annule", "cancela", "storniert",
        ),
    ),
    (
        "shelved",
        _words(r"paus(es|ed)", "on hold", r"shelv(es|ed)", r"suspend(s|ed)", r"halts?", "halted", r"mothball\w*"),
    ),
    (
        "delayed",
        _words(r"delay(s|ed)?", r"postpon(es|ed)", r"push(es|ed) back", r"slips?", "slipped", "behind schedule"),
    ),
    (
        "operating",
        _words(
            "opens", "opened", "(goes|went|is|declares?.*) live", "(is|now|comes|came) online", "operational",
            r"switch(es|ed) on", r"inaugurat\w*", "in(to)? operation", "starts up", "fires up",
        ),
    ),
    (
        "building",
        _words(
            r"breaks? ground", "broke ground", "ground-?breaking", "construction (begins|starts|started|has begun)",
            "under construction", r"(starts?|begins?|began|started) (work|construction|building)",
            r"work (starts|begins)", "topping out",
        ),
    ),
    (
        "permitted",
        _words(
            r"approv(es|ed|al)", r"permits?", "permitted", r"greenlights?", "green light", r"signs? off", "clears",
            r"rezon\w+", r"(council|commission\w*|board) (votes? for|backs)",
        ),
    ),
    (
        "financed",
        _words(
            r"clos(es|ed) [^.]*(financing|loan|facility)", r"secures? [^.]*(financing|loan|billion)", "bond sale",
            r"refinanc\w*", "financing",
        ),
    ),
)  # fmt: skip
_PART = _words(
    "first", "second", "third", "initial", "phase", "building", "part", "expansion", "extension", r"enlarge\w*", "half",
    "next", "another", "additional", "unit", "parts",
)  # fmt: skip
_INTENT = _words(
    "will", r"plans?", r"to (open|build|start|begin)", r"expects?", "could", "may", "set to", r"by 20\d\d",
    r"in 20\d\d", r"proposes?", r"seeks?", r"wants?",
)  # fmt: skip
_OF_PARTS_ONLY = frozenset({"cancelled", "shelved", "delayed"})


def step_of(title: str, is_part: bool) -> tuple[str, str] | None:
    """
    The step that a title names, and its words. `is_part` tells that the project itself is a phase or a building.

    >>> step_of("Crusoe declares the first phase in Abilene live", False)
    ('partly_operating', 'declares the first phase in Abilene live')
    >>> step_of("Oracle and OpenAI drop the 600-megawatt extension at Abilene", False) is None
    True
    """
    for step, words in _STEPS:
        match = words.search(title)
        if match is None or (step in ("operating", "building") and _INTENT.search(title)):
            continue
        if _PART.search(title) and not is_part:
            # The campus stays when its extension is dropped, and does not run because its first hall does.
            if step in _OF_PARTS_ONLY:
                return None
            if step == "operating":
                return "partly_operating", match.group(0)
        return step, match.group(0)
    return None
