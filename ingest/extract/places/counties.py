"""
Counties, parishes, townships and their like: "Shackelford and Milam counties", "Saline Township".

In: a match of the word beside its names, and the areas of the text. Out: `PlaceHit`s, each with its state. Never makes a county of
"school district" or "business district".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from db.records import Place
from db.reference import find_places
from ingest.extract.places.area_names import AFTER_COMMA, longest_area
from ingest.extract.places.areas import PlaceHit
from ingest.extract.places.namesakes import choose, nearest_area

COUNTY = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w'’.‐-]*(?: (?:and |of |the |de |St\. )?[A-ZÀ-Þ][\w'’.‐-]*){0,3}?) (?P<kind>Co\.(?=, [A-Z])|(?:County|Counties|counties|county|Parishes|parishes|Parish|parish|Township|township|Twp\.?|Borough|Municipality|District|Shire|Prefecture|Governorate|Emirate)\b)"
)
COUNTY_CELL = re.compile(
    r"(?:^|\n)\|? ?(?:County|Parish)\b[^|\n]{0,20}\| (?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?),? (?P<state>[A-Z][\w. ]+)"
)
# "the Racine County Eye", "Richmond County Community Fund": the name goes on.
NAME_OF_ANOTHER = re.compile(
    r" (?:Eye|News|Times|Journal|Herald|Gazette|Post|Tribune|Star|Chronicle|Register|Observer|Record|Community|Public|Schools?|University|"
    r"College|Hospital|Chamber|Fair|Bank|Stadium|Foundation)\b"
)
HELD = re.compile(r", [A-ZÀ-Þ][\w'’. -]{1,30}? (?:County|Parish)\b")
NO_COUNTY = frozenset(
    {"the", "each", "local", "rural", "neighbouring", "neighboring", "municipal", "metropolitan", "school", "historic"}
    | {
        "business",
        "research",
        "financial",
        "arts",
        "tech",
        "industrial",
        "innovation",
        "technology",
        "water",
        "our",
        "this",
        "that",
        "free",
        "special",
        "electric",
        "enterprise",
        "development",
        "opportunity",
        "redevelopment",
        "conservation",
        "utility",
        "improvement",
    }
)
# A part of a place that is named beside it: "Mill Creek District, Berkeley County", "the Shunyi district of Beijing".
PART = frozenset({"District", "Borough"})


def county(
    text: str, match: re.Match[str], context: Counter[tuple[str | None, str]], areas: Sequence[PlaceHit]
) -> list[PlaceHit]:
    """The counties that one match of `COUNTY` names, each with the state the text gives or speaks of."""
    if NAME_OF_ANOTHER.match(text, match.end()):
        return []
    kind = match.group("kind").lower().rstrip(".")
    names = match.group("name")
    plural = kind in {"counties", "parishes"}
    word = {"counties": "County", "parishes": "Parish", "twp": "Township", "co": "County"}.get(kind, kind.capitalize())
    parts = re.split(r" and |, ", names) if plural else [names]
    if plural:  # "Shackelford and Milam counties"
        lead = re.search(r"((?:[A-ZÀ-Þ][\w'’-]+, )*)$", text[max(0, match.start() - 60) : match.start()])
        parts = [p for p in (lead.group(1).split(", ") if lead else []) if p] + parts
    out = []
    after = text[match.end() : match.end() + 40]
    named = AFTER_COMMA.match(after)
    area = longest_area(named.group("area")) if named else None
    for number, part in enumerate(parts, 1):
        part = re.sub(r"^(?:The|In|At|Near|And|Of|For|As|But|While|When|Next|Both) ", "", part)
        if not part or part.lower() in NO_COUNTY:
            continue
        start = text.find(part, match.start(), match.end())
        start = start if start >= 0 else text.rfind(part, max(0, match.start() - 70), match.start())
        pieces = part.split(" ")
        for cut in range(len(pieces)):
            if any(p.kind in {"county", "township"} for p in find_places(f"{' '.join(pieces[cut:])} {word}")):
                start += len(" ".join(pieces[:cut])) + (1 if cut else 0)
                part = " ".join(pieces[cut:])
                break
        else:
            if len(pieces) > 2:
                start += len(" ".join(pieces[:-1])) + 1
                part = pieces[-1]
        name = f"{part} {word}"
        if part.split(" ")[-1].lower() in NO_COUNTY:
            continue  # "the Innovation and Research District"
        if word in PART and not find_places(name) and HELD.match(text, match.end()):
            continue
        known = [p for p in (*find_places(name), *find_places(part)) if p.kind in {"county", "township"}] or list(
            find_places(name)
        )
        if after.startswith(" Council") and any(land == "GB" for _, land in context):
            known = [p for p in known if p.country == "GB"] or known  # "Durham County Council" in a text on England
        if kind == "co" and not known:
            continue  # a company
        end = match.end() if number == len(parts) else min(start + len(part), match.end())
        place = choose(known, area, context, areas, start)
        if place is None and area is not None:
            out.append(PlaceHit(Place(name, area[0], area[1]), "county", start, end))
        elif place is not None:
            out.append(PlaceHit(Place(name, place.admin1, place.country), "county", start, end))
        else:
            near = nearest_area(areas, start, context)
            out.append(
                PlaceHit(Place(name, near[0] if near else None, near[1] if near else None), "county", start, end)
            )
    return out


def county_names(match: re.Match[str]) -> list[str]:
    """What one match of `COUNTY` may be called, of the longest names known: "Prince William County", "Haskell County"."""
    kind = match.group("kind").rstrip(".").capitalize()
    word = {"Counties": "County", "Parishes": "Parish", "Twp": "Township", "Co": "County"}.get(kind, kind)
    out = []
    for part in (
        re.split(r" and |, ", match.group("name")) if kind in {"Counties", "Parishes"} else [match.group("name")]
    ):
        pieces = part.split(" ")
        names = [f"{' '.join(pieces[at:])} {word}" for at in range(len(pieces))]
        out.append(next((n for n in names if find_places(n)), names[-1]))
    return out
