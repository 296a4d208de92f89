"""
The companies that a sentence itself gives to a figure: the group nearest in its clause, and the other side of a deal.

In: a `Reading`, its figures, one figure and the groups of companies in its sentence. Out: names in the order of the text, empty
where the sentence names none. Never looks at another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.attribution.parties import Group
from ingest.extract.figures.find import Figure
from ingest.extract.names.mentions import company_kinds
from ingest.extract.reading import Reading

CLAUSE = re.compile(r"[;:!?]|\.\s|, (?:and|while|but|where|as|whereas|which)\b|\b(?:while|whereas|but)\b|[–—]")
TENANT = re.compile(
    r"\b(?:for|to|with|from|by)\s+(?:the |its |developer |partner |\w+ (?:firm|group|company) )?$", re.IGNORECASE
)
# "will sell 40 MW to the campus of Orrin", "to the hall that Orrin is building", "at Orrin's data center": whom a plant feeds.
FED = re.compile(
    r"\b(?:(?:campus(?:es)?|data ?cent\w+|sites?|facilit\w+|projects?|complex|halls?|servers|cluster|load)(?: (?:[\w-]+ ){0,2}?(?:of|by|that|which))?|at|of) (?:the )?$",
    re.IGNORECASE,
)
OBLIQUE = re.compile(
    r"\b(?:with|of|from|for|to|by|than|in|into|on|as|at|over|against|under|via|through|like|near|about)\s+(?:the |its |a |an |chip ?maker |pipeline group |developer |partner |\w+['’]s (?:\w+ )?)?$",
    re.IGNORECASE,
)
# "has leased a five-acre plot in New Town to Orrin": land and what is put on it are the taker's.
HANDED = re.compile(
    r"\b(?:sell(?:s|ing)?|sold|leas(?:es|ed|ing)|lets|(?:re-?)?let|letting|dispos\w+ of|allot\w*|transferr?\w*|award\w*|assign\w*|conveyed|handed)\b(?:[^.;]|\.\d){2,120}? to (?:the |its |\w+['’]s )?$"
)
TO = re.compile(r" to (?:the |its |\w+['’]s )?$")
SUPPLIERS = frozenset({"utility", "generation", "systems"})
VERB = re.compile(
    r" (?:will |has |have |is to |to )?(?:(?:agreed|agrees|expects|plans|wants|intends|committed|set|due|about) to )?(?!and\b|or\b|as\b|said\b|says\b)[a-z]+(?: to| up)? "
)
RAISED = re.compile(
    r"\b(?:rais(?:e|ed|es|ing)|secur(?:ed|es|ing)|borrow(?:ed|s|ing)?|obtain(?:ed|s|ing)|clos(?:ed|es|ing)|received|got|attracted|drew|landed|picked up|collected|pulled in|took in)\b"
)
GIVEN = re.compile(
    r"[^.;]{0,50}\bfrom (?:(?:a )?(?:group|consortium|club|syndicate|number|series) of )?(?:(?:\w+ )?(?:investors?|backers?|lenders|banks|funds|shareholders)(?:,| such as| like| including| among them|:)* )?(?:the |its )?"
)
SHARED = frozenset({"power", "chips", "generation", "online", "contract"})
"""Metrics whose figures belong to both sides of a deal."""


def in_turn(reading: Reading, figures: Sequence[Figure], figure: Figure, groups: list[Group]) -> tuple[str, ...]:
    """The one of a list of names whose turn it is: "Microsoft and Google will spend $80 billion and $75 billion, respectively"."""
    sentence = reading.segments.sentences[figure.sentence]
    if "respectively" not in reading.text[sentence.start : sentence.end]:
        return ()
    like = [f for f in figures if f.sentence == figure.sentence and f.metric == figure.metric]
    lists = [g.names for g in groups if len(g.names) == len(like) > 1]
    return (lists[0][like.index(figure)],) if len(lists) == 1 else ()


def nearest(reading: Reading, figures: Sequence[Figure], figure: Figure, groups: list[Group]) -> tuple[str, ...]:
    """The companies of the groups nearest to the figure, those before it first, no other figure in between."""
    if not groups:
        return ()
    if len(groups) == 1:
        return groups[0].names
    start, end = figure.start, figure.end
    rivals = sorted(
        (f.start, f.end)
        for f in figures
        if f.sentence == figure.sentence
        and f is not figure
        and f.metric != "online"
        and not (f.start < end and start < f.end)
    )
    if not rivals and figure.metric in {"contract", "financing"}:
        return tuple(dict.fromkeys(n for g in groups for n in g.names))
    last_before = max((b for _, b in rivals if b <= start), default=-1)
    next_after = min((a for a, _ in rivals if a >= end), default=10**9)
    before = [g for g in groups if g.end <= start]
    after = [g for g in groups if end <= g.start < next_after]
    here = [g for g in before if g.start >= last_before]
    chosen: list[Group] = []
    if here:
        chosen = (
            here
            if figure.metric in {"contract", "financing"}
            else [here[-1] if _new_subject(reading, here, start) else here[0]]
        )
    elif before:
        chosen = [before[-1]]
    text = reading.text
    if chosen and figure.metric in SHARED and len(before) > 1 and chosen[0] in before[-2:]:
        # "TeraWulf hosts Fluidstack on 200 MW": a verb alone between them makes both sides of one deal.
        verb = text[before[-2].end : before[-1].start]
        chosen = before[-2:] if VERB.fullmatch(verb) else chosen
    if chosen and figure.metric in SHARED and OBLIQUE.search(text[max(0, chosen[0].start - 40) : chosen[0].start]):
        # "NiSource will spend $6 billion for Amazon on 2,600 MW": whoever acts in the clause has a part in it.
        acting = [g for g in before if g.end <= chosen[0].start and not CLAUSE.search(text[g.end : chosen[0].start])]
        chosen = [*acting[:1], *chosen]
    for candidate in after:
        gap = text[(chosen[-1].end if chosen and chosen[-1].start > end else end) : candidate.start]
        if (
            not chosen
            or (figure.metric in {"contract", "financing"} and len(gap) < 80)
            or (
                len(gap) < 34
                and re.search(r"\b(?:with|alongside|together|from|for|by)\s(?:\w+ ){0,2}$", gap)
                and figure.metric not in {"jobs", "land_area", "floor_area"}
            )
        ):
            chosen.append(candidate)
            if figure.metric not in {"contract", "financing"}:
                break
    return tuple(dict.fromkeys(n for g in chosen for n in g.names))


def other_side(
    reading: Reading, figures: Sequence[Figure], figure: Figure, groups: list[Group], names: tuple[str, ...]
) -> tuple[str, ...]:
    """Whom the capacity is for, or from: "Khazna is adding 200 MW for Microsoft"; nearest in its clause."""
    text = reading.text
    added: list[str] = []
    for candidate in groups:
        if set(candidate.names) & set(names):
            continue
        a, b = min(figure.end, candidate.end), max(figure.start, candidate.start)
        between = text[a:b]
        lead = text[max(0, candidate.start - 40) : candidate.start]
        maker = figure.metric == "generation" and all(company_kinds().get(n) in SUPPLIERS for n in candidate.names)
        fed = figure.metric == "generation" and candidate.start > figure.end and FED.search(lead) is not None
        if CLAUSE.search(between) or not (
            TENANT.search(lead) or fed or (maker and lead.endswith((" of ", " of the ")))
        ):
            continue
        if any(f is not figure and f.metric != "online" and a <= f.start and f.end <= b for f in figures):
            continue
        added += candidate.names
    return (*names, *added)


def taken_by(reading: Reading, sentence: int, groups: list[Group], before: int) -> tuple[str, ...]:
    """Whom a sentence hands land or a building to, `before` a place in it."""
    text, start = reading.text, reading.segments.sentences[sentence].start
    for one in groups:
        low = max(start, one.start - 140)
        if (
            one.end <= before
            and TO.search(text, max(low, one.start - 24), one.start)
            and HANDED.search(text, low, one.start)
        ):
            return one.own
    return ()


def raisers(reading: Reading, figure: Figure, groups: list[Group], names: tuple[str, ...]) -> tuple[str, ...]:
    """Without those money is raised from: "It has raised $2 billion from Calder and Orrin" is its own sum."""
    text, start = reading.text, reading.segments.sentences[figure.sentence].start
    if not RAISED.search(text, max(start, text.rfind(":", start, figure.start)), figure.start):
        return names
    givers = {
        n for g in groups if g.start >= figure.end and GIVEN.fullmatch(text[figure.end : g.start]) for n in g.names
    }
    return tuple(n for n in names if n not in givers)


def _new_subject(reading: Reading, groups: list[Group], start: int) -> bool:
    """Whether the last group before the figure opens a clause of its own ("..., while Meta plans 2 GW")."""
    if len(groups) < 2:
        return True
    gap = reading.text[groups[-2].end : groups[-1].start]
    return bool(
        re.search(r"[;:]|, (?:and|while|but|where|as|whereas) $|\b(?:while|whereas|and|but) $|\. $", gap)
    ) or not re.search(r"\b(?:with|for|from|to|of|by|in|on|at|let to|via)\s(?:\w+ ){0,2}$", gap)
