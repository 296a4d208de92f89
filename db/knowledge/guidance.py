"""
What companies say they spend in a year or a quarter, by their own calendar.

In: company-wide capex claims for a period. Out: rows of `guidance`, the current one of each period marked, and the
claims that are current. Never a part of any project, and never added to one: `guidance_and_projects` sets them side by
side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db.identity import digest
from db.knowledge.figures import decide
from db.knowledge.fiscal import FiscalCalendar, FiscalPeriod, fiscal_period, is_guidance
from db.knowledge.model import ClaimRow, Table
from db.knowledge.statements import FigureKey, Said


def guidance_rows(
    said: Iterable[Said], companies: Mapping[str, tuple[str, ...]], calendars: Mapping[str, FiscalCalendar]
) -> Table:
    """
    Every guidance and every spending, by company and period.

    A sum of several companies together is nobody's guidance.
    """
    told = [
        (each, named[0])
        for each in said
        if len(named := companies.get(each.claim.id, ())) == 1
        and is_guidance(each.claim, each.document.kind)
        and each.claim.retracted_at is None
    ]
    periods = {each.claim.id: _period(each.claim, calendars.get(who, FiscalCalendar())) for each, who in told}
    years: dict[tuple[str, str], set[FiscalPeriod]] = {}
    for each, who in told:
        found = periods[each.claim.id]
        if found and found.is_year and each.claim.status != "done":
            years.setdefault((each.document.id, who), set()).add(found)
    groups: dict[tuple[str, FiscalPeriod, str], list[Said]] = {}
    for each, who in told:
        period = periods[each.claim.id]
        forecast = years.get((each.document.id, who), set())
        if period is None and len(forecast) == 1 and each.claim.quoted_from == "title" and each.claim.status != "done":
            # A title seldom says for which year; where its text forecasts one year only, it is that.
            period = min(forecast, key=lambda year: year.label)
        if period:
            groups.setdefault((who, period, _kind(each, period)), []).append(each)
    rows: Table = {}
    for (company, period, kind), claims in sorted(groups.items(), key=lambda g: (g[0][0], g[0][1].label, g[0][2])):
        calendar = calendars.get(company, FiscalCalendar())
        # A forecast that is first told when its time is over looks back: it replaces nothing.
        in_time = [each for each in claims if kind == "spent" or each.day <= period.last]
        current = _current(company, period, kind, in_time or claims)
        for each in claims:
            claim = each.claim
            key = "g" + digest(company, period.label, kind, claim.id)[:15]
            rows[(key,)] = {
                "id": key, "company_id": company, "fiscal_label": period.label, "period_start": period.first,
                "period_end": period.last, "kind": kind, "claim_id": claim.id, "said_on": each.document.day,
                "usd_min": claim.usd_min, "usd_max": claim.usd_max, "qualifier": claim.qualifier,
                "current": int(claim.id == current), "calendar": calendar.note,
            }  # fmt: skip
    return rows


def current_claims(rows: Table) -> frozenset[str]:
    """
    The claims that hold for their period. A quarter is a part of its year, so it is not counted beside it; what was
    forecast for a year is not counted beside what was spent in it.
    """
    years = {
        (row["company_id"], str(row["period_end"])[:4]) for row in rows.values() if _is_year(str(row["fiscal_label"]))
    }
    spent = {(row["company_id"], row["fiscal_label"]) for row in rows.values() if row["kind"] == "spent"}
    return frozenset(
        str(row["claim_id"])
        for row in rows.values()
        if row["current"]
        and (row["kind"] == "spent" or (row["company_id"], row["fiscal_label"]) not in spent)
        and (_is_year(str(row["fiscal_label"])) or (row["company_id"], str(row["period_end"])[:4]) not in years)
    )


def _kind(said: Said, period: FiscalPeriod) -> str:
    """Spent or guided. Nobody has spent what a period that is not over will bring; a quarter that is over is spent."""
    if said.claim.status == "done":
        return "spent" if said.day >= period.last else "guided"
    return "guided" if period.is_year or said.day <= period.last else "spent"


def _is_year(label: str) -> bool:
    return not label.startswith("Q")


def _current(company: str, period: FiscalPeriod, kind: str, said: Sequence[Said]) -> str | None:
    """The newest of the best tier, by the rule of all figures."""
    figure = decide(FigureKey(company, "guidance", kind, period.label), said, "company")
    return figure.chosen.best.claim.id if figure else None


def _period(claim: ClaimRow, calendar: FiscalCalendar) -> FiscalPeriod | None:
    named = fiscal_period(claim.period, calendar) if claim.period else None
    if named is not None:
        return named
    if claim.period_start and claim.period_end:
        year = claim.period_end[:4]
        whole = claim.period_start[:4] == year and claim.period_start[5:] == "01-01" and claim.period_end[5:] == "12-31"
        label = year if whole else f"{claim.period_start} to {claim.period_end}"
        return FiscalPeriod(label, claim.period_start, claim.period_end, whole)
    return None
