"""
Projects that nobody has listed yet.

In: claims that no listed project could take. Out: `Candidate`s with their evidence: named projects, and unnamed sites
of a company at a place. Ids come from names, and the first said keeps its id when a namesake turns up elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.knowledge.catalogue import agree
from db.knowledge.datelines import told_twice
from db.knowledge.linker import Linker
from db.knowledge.model import SITE_METRICS, ClaimRow
from db.knowledge.names import is_generic, place_key, project_key, slug

SUBSTANCE = SITE_METRICS - {"jobs", "online"}
WIDE_SCOPES = frozenset({"country", "company_year", "programme"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that documents speak of and the reference does not list."""

    id: str
    name: str
    place: str | None
    admin1: str | None
    country: str | None
    parent: str | None
    companies: tuple[str, ...]
    """Ids, by how often they are named."""
    claim_ids: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Unlisted:
    """By what a claim that no listed project took is grouped: a project's name, or a spot; and the town it names."""

    core: str | None
    spot: str | None
    town: str | None


def unlisted(linker: Linker, claims: Sequence[ClaimRow]) -> dict[str, Unlisted]:
    """How unlinked claims are to be grouped, each by what its own document says."""
    named: dict[str, Unlisted] = {}
    placed: dict[tuple[str, str], list[ClaimRow]] = {}
    for claim in claims:
        if claim.project_name and not is_generic(claim.project_name):
            # One listed project of this name did not fit; of several nobody can tell, and a third would not help.
            if len(linker.catalogue.projects_called(claim.project_name)) < 2:
                named[claim.id] = Unlisted(project_key(claim.project_name), None, _town(claim))
        elif claim.place_name and claim.metric in SITE_METRICS and claim.scope not in WIDE_SCOPES and claim.companies:
            mark = linker.catalogue.place_mark(claim.place_name, claim.admin1, claim.country)
            placed.setdefault((mark, claim.country or ""), []).append(claim)
    _join_told_twice(linker, placed)
    return named | {
        claim.id: Unlisted(None, "\t".join(where), _town(claim)) for where, group in placed.items() for claim in group
    }


def find_candidates(
    linker: Linker, claims: Sequence[ClaimRow], grouped: Mapping[str, Unlisted], taken: Iterable[str]
) -> list[Candidate]:
    """Group unlinked claims, in their order, into named projects, then into unnamed sites of a company at a place."""
    named: dict[str, list[ClaimRow]] = {}
    placed: dict[str, list[ClaimRow]] = {}
    for claim in claims:
        core, spot = grouped[claim.id].core, grouped[claim.id].spot
        if core is not None:
            named.setdefault(core, []).append(claim)
        elif spot is not None:
            placed.setdefault(spot, []).append(claim)
    taken = set(taken)
    made: list[Candidate] = []
    for core in sorted(named):
        for number, group in enumerate(_split_by_place(linker, named[core])):
            made.append(_named_candidate(linker, core, group, number, taken))
            taken.add(made[-1].id)
    at: dict[str, list[int]] = {}
    for number, each in enumerate(made):
        if each.place:
            at.setdefault(place_key(each.place), []).append(number)
    for where in sorted(placed):
        for group in _by_shared_company(linker, placed[where]):
            # People and dates at a place tell of no site there, and who counts what others build has none.
            if not any(claim.metric in SUBSTANCE and not linker.builds_nothing(claim) for claim in group):
                continue
            there = at.setdefault(place_key(group[0].place_name or ""), [])
            host = _host(linker, [(number, made[number]) for number in there], group)
            if host is not None:
                made[host] = _joined(made[host], group)
            else:
                there.append(len(made))
                made.append(_site_candidate(linker, group, taken))
                taken.add(made[-1].id)
    return made


def _town(claim: ClaimRow) -> str | None:
    return place_key(claim.place_name) if claim.place_name else None


def _join_told_twice(linker: Linker, placed: dict[tuple[str, str], list[ClaimRow]]) -> None:
    """
    One figure that a document gives at two places is of one site, outside one or told from the other.

    All that the document says there goes to the place of which it says more; of two, to the one it names first.
    """
    of_document: dict[str, dict[tuple[str, str], list[ClaimRow]]] = {}
    for where, group in placed.items():
        for claim in group:
            of_document.setdefault(claim.document_id, {}).setdefault(where, []).append(claim)
    for told in of_document.values():
        order = sorted(told, key=lambda where: (-len(told[where]), linker.order(told[where][0])))
        for at, where in enumerate(order):
            for fewer in order[at + 1 :]:
                if any(told_twice(linker, one, other) for one in told[where] for other in told[fewer]):
                    moved = {claim.id for claim in told[fewer]}
                    placed[where] += told[fewer]
                    placed[fewer] = [claim for claim in placed[fewer] if claim.id not in moved]
                    told[fewer] = []


def _split_by_place(linker: Linker, group: Sequence[ClaimRow]) -> list[list[ClaimRow]]:
    """
    One name in two states, with no company in common, is two projects. The first one said comes first, so that
    a second never takes its id.
    """
    parts: list[list[ClaimRow]] = []
    for claim in [c for c in group if c.admin1 or c.country] + [c for c in group if not (c.admin1 or c.country)]:
        own = set(linker.companies(claim))
        for part in parts:
            same_place = any(
                agree(claim.admin1, other.admin1) and agree(claim.country, other.country) for other in part
            )
            same_company = any(own & set(linker.companies(other)) for other in part)
            if same_place or same_company:
                part.append(claim)
                break
        else:
            parts.append([claim])
    return parts


def _by_shared_company(linker: Linker, group: Sequence[ClaimRow]) -> list[list[ClaimRow]]:
    """Claims at one place, joined when they share a company and do not name different states."""
    parts: list[list[ClaimRow]] = []
    for claim in group:
        own = set(linker.companies(claim))
        joined = [
            part
            for part in parts
            if any(own & set(linker.companies(other)) and agree(claim.admin1, other.admin1) for other in part)
        ]
        merged = [each for part in joined for each in part] + [claim]
        parts = [part for part in parts if part not in joined] + [merged]
    return [sorted(part, key=linker.order) for part in parts]


def _host(linker: Linker, there: Sequence[tuple[int, Candidate]], group: Sequence[ClaimRow]) -> int | None:
    """The one candidate of the same place with a company of the group, by its number."""
    first = group[0]
    own = {company for claim in group for company in linker.companies(claim)}
    found = [
        number
        for number, each in there
        if agree(each.admin1, first.admin1) and agree(each.country, first.country) and own & set(each.companies)
    ]
    return found[0] if len(found) == 1 else None


def _named_candidate(linker: Linker, core: str, group: Sequence[ClaimRow], number: int, taken: set[str]) -> Candidate:
    first = group[0]
    base = slug(core) if len(core) > 5 else slug("project", core)
    made = base if number == 0 else slug(base, first.admin1 or first.country or str(number + 1))
    made = f"{made}-candidate" if made in taken else made
    place, admin1, country = _where(group)
    words = core.split()
    parent = next(
        (
            found[0]
            for end in range(len(words) - 1, 0, -1)
            if len(found := linker.catalogue.projects_called(" ".join(words[:end]))) == 1
            and linker.catalogue.projects[found[0]].level == "umbrella"
        ),
        None,
    )
    name = Counter(claim.project_name or "" for claim in group).most_common(1)[0][0]
    return Candidate(
        made, name, place, admin1, country, parent, _who(linker, group), tuple(claim.id for claim in group),
        f"named “{first.project_name}” first in “{linker.snapshot.document(first).title}”",
    )  # fmt: skip


def _site_candidate(linker: Linker, group: Sequence[ClaimRow], taken: set[str]) -> Candidate:
    first = group[0]
    who = first.companies[0].name
    made = slug(who, first.place_name, first.admin1 or first.country)
    while made in taken:
        made += "-site"
    return Candidate(
        made, f"{who} {first.place_name}", first.place_name, *_where(group)[1:], None, _who(linker, group),
        tuple(claim.id for claim in group),
        f"a site of {who} in {first.place_name}, not named; first in “{linker.snapshot.document(first).title}”",
    )  # fmt: skip


def _joined(host: Candidate, group: Sequence[ClaimRow]) -> Candidate:
    return Candidate(
        host.id, host.name, host.place, host.admin1, host.country, host.parent, host.companies,
        (*host.claim_ids, *(claim.id for claim in group)), host.evidence,
    )  # fmt: skip


def _where(group: Sequence[ClaimRow]) -> tuple[str | None, str | None, str | None]:
    """The place that most claims give, as finely as they do; the first said wins a tie."""
    found = []
    for values in ((c.place_name for c in group), (c.admin1 for c in group), (c.country for c in group)):
        counted = Counter(value for value in values if value)
        found.append(counted.most_common(1)[0][0] if counted else None)
    towns = {place_key(claim.place_name) for claim in group if claim.place_name}
    return (found[0] if len(towns) == 1 else None, found[1], found[2])


def _who(linker: Linker, group: Sequence[ClaimRow]) -> tuple[str, ...]:
    return tuple(each for each, _ in Counter(c for claim in group for c in linker.companies(claim)).most_common())
