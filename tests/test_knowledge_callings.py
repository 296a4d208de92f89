"""What is the name of a project and what is not, and figures that are told from another place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.knowledge.callings import is_calling, is_no_name
from db.knowledge.catalogue import Catalogue
from db.knowledge.model import DocumentRow
from evidence import add, catalogue, claim, company, fresh, know, project, rows


def document(title: str, text: str) -> DocumentRow:
    return DocumentRow(
        id="d", url="https://a.example/", canonical_url="https://a.example/", source=None, publisher=None, tier=None,
        title=title, published_at=None, language="en", country=None, kind=None, relevant=True, text=text,
        text_sha256="", origin="page", original_url=None, first_seen="2025-01-01",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "is_none"),
    [
        ("Besides", True), ("Meanwhile", True), ("Georgia's", True), ("Meta’s", True), ("Mediterranean", True),
        ("Norway", True), ("South Korea", True), ("Project Georgia", False), ("Hyperion", False), ("PORTS", False),
        ("Project Blue", False), ("Norway Hub", False), ("Stargate Norway", False),
    ],
)  # fmt: skip
def test_words_that_name_nothing(name, is_none):
    assert is_no_name(name) is is_none


@pytest.mark.parametrize(
    ("name", "text", "listed", "expected"),
    [
        ("P40", "Together they cost P40.14 billion.", False, False),
        ("P40", "Project P40 is to have 14 megawatts.", False, True),
        ("P40", "The P40 campus costs P40.14 billion.", False, True),
        ("Stargate", "It is not part of the Stargate cluster in Abu Dhabi.", True, False),
        ("Stargate", "The site is separate from OpenAI's Stargate project.", True, False),
        ("Stargate", "Unlike Stargate, which grows, it stays. Stargate is larger.", True, True),
        ("Besides", "Besides the data center the utility builds solar plants.", False, False),
        ("Hyperion", "Hyperion grows to 5 gigawatts.", False, True),
        ("Lumen Ridge", "The name stands nowhere as the page writes it.", False, True),
    ],
)
def test_a_document_calls_its_project_so_or_does_not(name, text, listed, expected):
    assert is_calling(name, document("A title", text), listed) is expected


def links(db):
    found = rows(
        db,
        "SELECT quote, linked_to, claim_links.project_id FROM claim_links JOIN claims ON claims.id = claim_id",
    )
    return {row["quote"]: row["project_id"] or row["linked_to"] for row in found}


def world(*more, companies=()):
    base = catalogue()
    return Catalogue(
        dict(base.companies) | {each.slug: each for each in companies},
        base.chips,
        dict(base.projects) | {each.slug: each for each in more},
    )


def test_a_figure_beside_a_project_it_is_said_not_to_be_of_is_not_its_own():
    db = fresh()
    text = "Microsoft adds capacity for $15 billion. It is not part of the Stargate cluster."
    says = claim("capex", 1.5e10, quote="$15 billion", companies=["Microsoft"], project="Stargate", scope="site")
    add(db, "Microsoft adds capacity", "2025-11-05", [says], text=text)
    know(db)
    assert links(db) == {"$15 billion": "company"}
    assert rows(db, "SELECT project_name FROM claims") == [{"project_name": "Stargate"}], "the evidence stays as it is"


def test_a_short_name_is_that_of_the_project_at_its_place():
    ports = project("ports", "PORTS Technology Campus", place="Pike County", admin1="Ohio")
    db = fresh()
    at = {"place": ("Pike County", "Ohio", "US"), "companies": ["OpenAI"], "project": "PORTS"}
    add(db, "Ohio", "2026-07-27", [claim("power", 1e4, quote="10 GW", **at)])
    add(db, "Texas", "2026-07-28", [claim("power", 90, quote="90 MW", **at | {"place": (None, "Texas", "US")})])
    know(db, world=world(ports))
    assert links(db) == {"10 GW": "ports", "90 MW": "project-ports"}


def test_a_programme_of_the_same_name_in_another_country_is_another():
    korea = project("stargate-korea", "Stargate Korea", "umbrella", country="KR", companies=(("tenant", "openai"),))
    db = fresh()
    at = {"companies": ["OpenAI"], "project": "Stargate"}
    add(db, "Korea", "2025-10-02", [claim("power", 20, quote="20 MW", place=("Pohang", None, "KR"), **at)])
    add(db, "Home", "2025-10-03", [claim("power", 7000, quote="7 GW", place=(None, None, "US"), **at)])
    know(db, world=world(korea))
    assert links(db) == {"20 MW": "stargate-korea", "7 GW": "stargate"}


def test_an_investor_at_the_place_of_the_projects_document_pays_for_it():
    lender = company("blackrock", "BlackRock", kind="finance")
    db = fresh()
    at = {"place": ("Richland Parish", "Louisiana", "US")}
    told = [
        claim("capex", 2.7e10, quote="$27 billion", companies=["Meta"], **at),
        claim("capex", 4.9e9, quote="$4.9 billion", companies=["BlackRock"], **at),
        claim("capex", 1e9, quote="$1 billion", companies=["Google"], **at),
    ]
    add(db, "Hyperion is sold", "2026-07-28", told)
    know(db, world=world(companies=[lender]))
    assert links(db) == {
        "$27 billion": "hyperion", "$4.9 billion": "hyperion", "$1 billion": "google-richland-parish-louisiana",
    }  # fmt: skip


def test_a_figure_given_at_two_places_is_of_the_project_and_told_from_the_other():
    db = fresh()
    meta = {"companies": ["Meta"]}
    seoul, here = ("Baton Rouge", "Louisiana", "US"), ("Richland Parish", "Louisiana", "US")
    told = [
        claim("capex", 5e10, quote="$50 billion", place=seoul, **meta),
        claim("capex", 5e10, quote="$50bn", place=here, **meta),
        claim("power", 5000, quote="5 GW", place=seoul, **meta),
        claim("power", 77, quote="77 MW", place=seoul, companies=["Oracle"]),
    ]
    add(db, "From the capital", "2026-07-13", told)
    know(db)
    assert links(db) == {
        "$50 billion": "hyperion", "$50bn": "hyperion", "5 GW": "hyperion",
        "77 MW": "oracle-baton-rouge-louisiana",
    }  # fmt: skip


def test_one_unnamed_site_told_at_two_places_is_one():
    db = fresh()
    google = {"companies": ["Google"]}
    told = [
        claim("power", 300, quote="300 MW", place=("Regina", "Saskatchewan", "CA"), **google),
        claim("capex", 2e9, quote="$2 billion", place=("Regina", "Saskatchewan", "CA"), **google),
        claim("power", 300, quote="300 megawatts", place=("Sherwood", "Saskatchewan", "CA"), **google),
        claim("power", 40, quote="40 MW", place=("Moose Jaw", "Saskatchewan", "CA"), **google),
    ]
    add(db, "Outside Regina", "2026-05-04", told)
    know(db)
    found = links(db)
    assert found["300 MW"] == found["300 megawatts"] == found["$2 billion"]
    assert found["40 MW"] == "google-moose-jaw-saskatchewan"


def test_people_and_dates_at_a_place_are_no_site():
    db = fresh()
    at = {"companies": ["Google"], "place": ("Jakarta", None, "ID")}
    add(db, "In Jakarta", "2024-04-30", [claim("jobs", 100, quote="100 jobs", **at)])
    know(db)
    assert links(db) == {"100 jobs": "company"}


def test_what_a_consultant_expects_is_of_the_market():
    counts = replace(company("cbre", "CBRE", kind="other"), roles=("consultant",))
    db = fresh()
    at = {"companies": ["CBRE"], "place": ("Visakhapatnam", "Andhra Pradesh", "IN")}
    add(db, "A market", "2025-11-27", [claim("capex", 1e11, quote="$100 billion", **at)])
    know(db, world=world(companies=[counts]))
    assert links(db) == {"$100 billion": "market"}


def test_of_projects_at_one_place_the_one_of_both_companies():
    both = project(
        "both", "Both", place="Richland Parish", admin1="Louisiana", companies=(("owner", "meta"), ("tenant", "google"))
    )
    db = fresh()
    at = {"companies": ["Google", "Meta"], "place": ("Richland Parish", "Louisiana", "US")}
    add(db, "Together", "2026-01-05", [claim("power", 200, quote="200 MW", **at)])
    know(db, world=world(both))
    assert links(db) == {"200 MW": "both"}
