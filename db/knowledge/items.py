"""
What a total may count: every distinct figure announced, each once, however many pages repeat it.

In: figures of projects, and claims of companies that belong to no project. Out: `Item`s, with what is removed from the
net total because a better value of the same figure replaces it. Guidance of a company for a year is an item of its own
stage. Claims about the market are no items: nobody announced them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.knowledge.additions import is_sum
from db.knowledge.figures import stage_of
from db.knowledge.fiscal import is_guidance
from db.knowledge.groups import Groups
from db.knowledge.item import Item
from db.knowledge.model import MONEY, ClaimRow
from db.knowledge.retold import DEAL_DAYS, cut_retold, one_place
from db.knowledge.statements import Figure, FigureKey, Said, Value
from db.knowledge.values import INFINITE, days_between, firm, same_number, span_of

COUNTED = frozenset({"capex", "contract", "financing", "power", "generation", "chips", "jobs"})
CAPACITY = frozenset({"power", "chips"})
"""What one company says of it by itself is its fleet: the sites named before are in it."""
SUM_SLACK = 0.03
"""800 MW and another 830 MW are "more than 1.6 gigawatts"."""
TOGETHER = 3
"""So many companies, with no project and no place, are a journalist's sum and no announcement."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an item takes from its project and its chip."""

    companies: Mapping[str, tuple[str, ...]]
    parties: Mapping[str, frozenset[str]]
    places: Mapping[str, tuple[str | None, str | None]]
    """Project to state and country."""
    vendors: Mapping[str, str | None]
    """Claim to the vendor of its chips."""
    makers: Mapping[str, frozenset[str]]
    """Who owns, develops or operates a project: what is counted there is theirs, whoever is named with it."""
    holders: Mapping[str, frozenset[str]]
    """These and its tenants, whose power and chips it holds."""
    umbrellas: frozenset[str] = frozenset()
    """Programmes: what comes on top of one of their deals is in the programme."""
    hyperscalers: frozenset[str] = frozenset()
    """Companies with a yearly budget that the press adds up."""


def project_items(figures: Mapping[FigureKey, Figure], around: Surroundings) -> list[Item]:
    """Every value of every figure; all but the chosen one are cut, with the reason."""
    made: list[Item] = []
    for key, figure in sorted(figures.items()):
        if key.metric not in COUNTED:
            continue
        chosen = figure.chosen.best.claim
        for value in figure.values:
            item = _item(value, key.stage, around, key)
            if item is None:
                continue
            after = figure.chosen.first <= value.first and key.project_id not in around.umbrellas
            if value.standing == "addition" and after and not _taken_in(value, figure):
                made.append(item)  # on top of what is chosen, and not yet in it
                continue
            if value.standing != "chosen":
                standing = value.standing if value.standing in _WHY else "revised"
                newer = standing != "revised" or figure.chosen.first >= value.first
                reason, note = _WHY[standing if newer else "disputed"]
                item.cut(reason, chosen.id, note)
            made.append(item)
    return in_order(made)


def in_order(items: Iterable[Item]) -> list[Item]:
    """The items of projects, however they came together: the chosen value of each figure first."""
    return sorted(items, key=lambda i: (i.project or "", i.metric, i.stage, i.facet, bool(i.cuts), i.claim.id))


def company_items(
    said: Iterable[Said], around: Surroundings, current_guidance: frozenset[str], wholes: Mapping[str, str]
) -> list[Item]:
    """
    Figures of companies as a whole: one a deal, one a programme, the newest of a running total.

    `wholes` are the figures that their own document adds up.
    """
    said = list(said)
    groups = _deals([each for each in said if each.claim.metric in COUNTED and span_of(each.claim)], around)
    made: list[Item] = []
    parts: dict[str, str] = {}
    for group in groups:
        # Of guidance that is told twice in the same words, the claim that holds stands for both.
        holding = [each for each in group if each.claim.id in current_guidance]
        item = _item(Value(tuple(holding or group), "chosen"), _stage(group), around, None)
        if item is not None:
            if within := [wholes[each.claim.id] for each in group if each.claim.id in wholes]:
                parts[item.claim.id] = within[0]
            item.documents = frozenset(each.document.id for each in group)
            item.told_last = max(each.day for each in group)
            item.adds = any(each.adds for each in group)
            alone = item.metric in CAPACITY and len(item.companies) == 1 and not item.adds
            item.sums = alone or any(is_sum(each.claim, each.document) for each in group)
            made.append(item)
    # What holds of two figures of one day is that of the better page, and then the one without a hedge.
    rank = {each.claim.id: each.document.rank for each in said}
    made.sort(key=lambda i: (i.day or "9999", -rank[i.claim.id], i.claim.qualifier == "exact", i.claim.id))
    for item in made:
        giants = item.companies & around.hyperscalers if item.country else item.companies
        if len(giants) >= TOGETHER and item.metric == "capex" and not item.claim.place_name:
            item.cut("part_of", None, "the budgets of several companies together: each has its own")
        elif item.stage == "guidance" and item.claim.id not in current_guidance:
            item.cut("superseded", None, "other guidance for the same period holds")
        elif item.stage != "guidance" and item.claim.id in parts:
            item.cut("part_of", parts[item.claim.id], "a part of the sum that its document tells")
    cut_retold(made)
    return made


_WHY: Mapping[str, tuple[str, str]] = {
    "revised": ("superseded", "a newer value of the same figure replaces it"),
    "disputed": ("superseded", "another value of the same figure was chosen by the rule"),
    "part": ("part_of", "a part of the larger figure"),
    "addition": ("part_of", "an addition that the newer figure takes in"),
    "phase": ("phase_of", "a phase of the whole that is counted"),
    "site": ("part_of", "one site of the programme that is counted"),
    "programme": ("superseded", "a figure of a wider programme, not of this project"),
    "country": ("superseded", "a figure of a whole country, not of this project"),
    "implausible": ("implausible", "about a thousand times off what others say"),
}


def _taken_in(addition: Value, figure: Figure) -> bool:
    """Whether the chosen number is what was there before and the addition together, or says so on the same page."""
    pages = {each.document.id for each in addition.said} if figure.chosen.number > addition.number else set()
    return any(each.document.id in pages and is_sum(each.claim, each.document) for each in figure.chosen.said) or any(
        abs(value.number + addition.number - figure.chosen.number) <= SUM_SLACK * figure.chosen.number
        for value in figure.others
        if value is not addition and value.standing != "implausible"
    )


def _item(value: Value, stage: str, around: Surroundings, key: FigureKey | None) -> Item | None:
    companies = frozenset(company for each in value.said for company in around.companies.get(each.claim.id, ()))
    first = min((each.document.day for each in value.said if each.document.day), default=None)
    parties = companies or around.parties.get(key.project_id if key else "", frozenset())
    if key and key.metric not in ("contract", "financing"):
        own = around.holders if key.metric in CAPACITY else around.makers
        parties |= own.get(key.project_id, frozenset())
    return item_of(value.best.claim, stage, around, key, parties, first)


def item_of(
    claim: ClaimRow,
    stage: str,
    around: Surroundings,
    key: FigureKey | None,
    companies: frozenset[str],
    first: str | None,
) -> Item | None:
    """The item of a claim that was first said on a day, with nothing cut; null where it has no number to add."""
    span = span_of(claim)
    if span is None or (claim.metric in MONEY and span.unit != "USD"):
        return None
    low, high = firm(claim)
    project = key.project_id if key else None
    admin1, country = around.places.get(project or "", (None, None))
    # What a whole country gets, or a programme of many sites, stands in no state, whatever town its page tells it from.
    is_wide = claim.scope == "country" if not project else project in around.umbrellas
    state = None if is_wide else claim.admin1
    return Item(
        claim=claim, metric=claim.metric, stage=stage, unit=span.unit, low=low, high=high,
        open_high=span.high == INFINITE, day=first,
        companies=companies, project=project,
        facet=key.facet if key else "", country=country or claim.country,
        admin1=admin1 or state if country in (None, claim.country) else admin1,
        vendor=around.vendors.get(claim.id),
    )  # fmt: skip


def _stage(group: Iterable[Said]) -> str:
    said = next(iter(group))
    return "guidance" if is_guidance(said.claim, said.document.kind) else stage_of(said.claim)


def _deals(said: list[Said], around: Surroundings) -> list[list[Said]]:
    """Claims that tell one deal: the same number and parties, one stage and place, not too far apart in time."""
    by_id = {each.claim.id: each for each in said}
    groups = Groups(by_id)
    alike: dict[tuple[object, ...], list[Said]] = {}
    for each in sorted(said, key=lambda s: (s.day, s.claim.id)):
        stage = _stage([each])
        period = each.claim.period_end if stage == "guidance" else None
        parties = frozenset(around.companies.get(each.claim.id, ()))
        alike.setdefault((each.claim.metric, stage, period, parties), []).append(each)
    for group in alike.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if (days_between(one.day, other.day) or 0) > DEAL_DAYS:
                    break
                if same_number(one.claim, other.claim) and one_place(one.claim, other.claim):
                    groups.join(one.claim.id, other.claim.id)
    return [[by_id[member] for member in group] for group in groups.all()]
