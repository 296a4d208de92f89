"""Names, places and projects: what a claim is about, and what nobody has listed yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.knowledge.catalogue import Catalogue, default_catalogue
from db.knowledge.names import company_key, is_generic, key, place_key, project_key, slug
from db.knowledge.places import locate
from db.reference import Alias
from evidence import add, catalogue, claim, company, fresh, know, project, rows


def links(db):
    return {
        row["quote"]: (row["linked_to"], row["project_id"])
        for row in rows(
            db, "SELECT quote, linked_to, l.project_id FROM claim_links l JOIN claims ON claims.id = l.claim_id"
        )
    }


def linked(*claims, world=None, mentions=()):
    db = fresh()
    add(db, "Story", "2025-01-01", claims)
    know(db, world=world)
    return links(db)


@pytest.mark.parametrize(
    ("function", "text", "expected"),
    [
        (key, "Doña Ana  County", "dona ana county"), (company_key, "Nebius Group N.V.", "nebius"),
        (company_key, "Blue Owl Capital, Inc.", "blue owl capital"),
        (project_key, "the Hyperion data center campus", "hyperion"),
        (project_key, "Project Jade", "jade"), (place_key, "City of Abilene", "abilene"),
        (place_key, "Saline Township", "saline"), (slug, "Stargate España", "stargate-espana"),
    ],
)  # fmt: skip
def test_names_are_made_comparable(function, text, expected):
    assert function(text) == expected


def test_a_name_that_cannot_be_spelled_in_latin_letters_still_has_an_id():
    assert slug("스타게이트").startswith("x")
    assert slug("스타게이트") != slug("星际之门")


@pytest.mark.parametrize(
    ("name", "expected"), [("AI data center campus", True), ("Phase 2", True), ("Frontier", False)]
)
def test_generic_names_are_no_projects(name, expected):
    assert is_generic(name) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"project": "Hyperion", "companies": ["Meta"]}, "hyperion"),
        ({"project": "Hyperion data center", "companies": ["Meta"]}, "hyperion"),
        ({"project": "Project Ludicrous", "companies": ["Oracle"]}, "stargate-abilene"),
        ({"project": "Frontier (Stargate Abilene)", "companies": ["Oracle"]}, "stargate-abilene"),
        ({"project": "Stargate", "companies": ["OpenAI"], "place": ("Abilene", "Texas", "US")}, "stargate-abilene"),
        ({"project": "Stargate", "companies": ["OpenAI"], "place": (None, None, "US")}, "stargate"),
        (
            {"project": "Stargate", "companies": ["OpenAI"], "place": ("Abilene", "Texas", "US"), "scope": "programme"},
            "stargate",
        ),
        ({"companies": ["Meta"], "place": ("Richland Parish", "Louisiana", "US")}, "hyperion"),
        ({"companies": ["Facebook"], "place": ("Richland", "Louisiana", "US")}, "hyperion"),
    ],
)
def test_a_claim_finds_its_project(fields, expected):
    assert linked(claim("power", 500, **fields)) == {"500 MW": ("project", expected)}


def test_a_shortened_name_needs_a_company_or_a_place_of_the_project():
    found = linked(claim("power", 500, companies=["Google"], project="the Hyperion campus"))
    assert found == {"500 MW": ("project", "hyperion-candidate")}


def test_a_renamed_company_is_found_by_the_name_of_its_day():
    spacex = replace(
        company("xai", "xAI", aliases=("SpaceXAI",)), dated_aliases=(Alias("SpaceXAI", valid_from="2026-05-06"),)
    )
    other = company("spacexai-old", "Space XAI Holdings", aliases=("SpaceXAI",))
    other = replace(other, dated_aliases=(Alias("SpaceXAI", valid_to="2026-05-06"),))
    world = Catalogue({each.slug: each for each in (spacex, other)})
    assert world.company("SpaceXAI", "2026-06-01") == "xai"
    assert world.company("SpaceXAI", "2026-01-01") == "spacexai-old"
    assert world.company("SpaceXAI") is None


def test_two_projects_of_one_name_are_told_apart_by_place():
    world = catalogue()
    helios = (
        project("helios-tx", "Helios", place="Dickens", admin1="Texas", companies=(("owner", "coreweave"),)),
        project("helios-no", "Helios", place="Narvik", country="NO", companies=(("owner", "microsoft"),)),
    )
    world = Catalogue(world.companies, world.chips, dict(world.projects) | {each.slug: each for each in helios})
    say = {"project": "Helios", "quote": "1 MW"}
    assert linked(claim("power", 1, place=(None, "Texas", "US"), **say), world=world)["1 MW"] == (
        "project",
        "helios-tx",
    )
    assert linked(claim("power", 1, companies=["Microsoft"], **say), world=world)["1 MW"] == ("project", "helios-no")
    assert linked(claim("power", 1, **say), world=world)["1 MW"] == ("nothing", None)


def test_of_two_projects_at_one_place_the_one_with_the_figure():
    world = catalogue()
    farms = project(
        "farms", "Franklin Farms", place="Richland Parish", admin1="Louisiana", companies=(("owner", "meta"),)
    )
    world = Catalogue(world.companies, world.chips, dict(world.projects) | {"farms": farms})
    at = {"companies": ["Meta"], "place": ("Richland Parish", "Louisiana", "US")}
    alone = linked(claim("capex", 1e10, quote="$10 billion", **at), world=world)
    assert alone == {"$10 billion": ("nothing", None)}
    db = fresh()
    add(
        db,
        "First",
        "2024-12-04",
        [claim("capex", 1e10, quote="$10 billion", **at), claim("jobs", 500, quote="500 jobs", **at)],
    )
    add(db, "Later", "2025-07-01", [claim("capex", 1e10, quote="$10B", companies=["Meta"], project="Hyperion")])
    know(db, world=world)
    assert set(links(db).values()) == {("project", "hyperion")}


def test_what_is_of_no_project_is_of_a_company_or_of_the_market_or_openly_of_nothing():
    found = linked(
        claim("capex", 6e10, quote="$60 billion", companies=["Meta"]), claim("power", 122000, quote="122 GW"),
        claim("jobs", 500, quote="500 jobs"),
    )  # fmt: skip
    assert found == {
        "$60 billion": ("company", None), "122 GW": ("market", None), "500 jobs": ("nothing", None),
    }  # fmt: skip


def test_a_figure_of_the_site_belongs_to_the_one_project_of_its_document():
    found = linked(
        claim("power", 2000, companies=["Meta"], project="Hyperion"),
        claim("floor_area", 370000, unit="m2", companies=["Meta"], scope="site", quote="370,000 m2"),
    )
    assert found["370,000 m2"] == ("project", "hyperion")


def test_unknown_projects_become_candidates_with_ids_that_stay():
    db = fresh()
    blue = {"companies": ["Beale"], "project": "Project Blue"}
    add(db, "Tucson", "2025-06-01", [claim("power", 600, place=("Tucson", "Arizona", "US"), **blue)])
    know(db)
    first = rows(db, "SELECT id FROM projects WHERE origin = 'candidate'")
    add(db, "Elsewhere", "2026-01-01", [
        claim("power", 90, companies=["Other"], project="Project Blue", place=("Toledo", "Ohio", "US")),
    ])  # fmt: skip
    know(db)
    both = rows(db, "SELECT id FROM projects WHERE origin = 'candidate' ORDER BY id")
    assert first == [{"id": "project-blue"}]
    assert both == [{"id": "project-blue"}, {"id": "project-blue-ohio"}]
    asked = rows(db, "SELECT subject_id FROM review_items WHERE kind = 'candidate_project' ORDER BY impact_usd DESC")
    assert [row["subject_id"] for row in asked] == ["project-blue", "project-blue-ohio"]


def test_an_unnamed_site_is_joined_by_shared_companies():
    db = fresh()
    at = ("Ulsan", None, "KR")
    add(db, "One", "2025-06-16", [claim("power", 103, companies=["SK Group", "Amazon"], place=at)])
    add(db, "Two", "2025-06-17", [claim("chips", 60000, companies=["Amazon"], place=at)])
    add(db, "Three", "2025-06-18", [claim("power", 1000, companies=["SK Group"], place=at)])
    know(db)
    assert {project for _, project in links(db).values()} == {"sk-group-ulsan-kr"}


def test_a_candidate_named_after_an_umbrella_is_a_part_of_it():
    db = fresh()
    add(db, "Ohio", "2026-01-01", [claim("power", 800, companies=["OpenAI"], project="Stargate Ohio")])
    know(db)
    found = rows(db, "SELECT parent_id FROM projects WHERE id = 'stargate-ohio'")
    assert found == [{"parent_id": "stargate"}]
    relation = rows(db, "SELECT relation, reason, origin FROM relations WHERE subject_id = 'stargate-ohio'")
    assert relation == [{"relation": "part_of", "reason": "named after stargate", "origin": "rule"}]


def test_an_unknown_company_and_chip_become_candidates():
    db = fresh()
    add(db, "New", "2026-01-01", [claim("chips", 10, companies=["Quark Cloud Inc."], chip="NVIDIA Zeta 9")])
    know(db)
    assert rows(db, "SELECT id, name FROM companies WHERE origin = 'candidate'") == [
        {"id": "quark-cloud", "name": "Quark Cloud Inc."}
    ]
    assert rows(db, "SELECT id, vendor FROM chips WHERE origin = 'candidate'") == [
        {"id": "nvidia-zeta-9", "vendor": "NVIDIA"}
    ]
    assert rows(db, "SELECT company_id, chip_id FROM claims JOIN claim_companies ON claim_id = id") == [
        {"company_id": "quark-cloud", "chip_id": "nvidia-zeta-9"}
    ]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (("Abilene", "Texas", "US"), ["us-texas-abilene", "us-texas", "us"]),
        ((None, "Texas", "US"), ["us-texas", "us"]),
        ((None, None, "NO"), ["no"]),
        (("Springfield", None, None), []),
        (("Abilene", "Ohio", "US"), ["us-ohio", "us"]),
    ],
)
def test_places_are_found_in_the_gazetteer_with_what_they_lie_in(place, expected):
    assert [each.slug for each in locate(*place)] == expected


def test_the_reference_makes_a_catalogue_in_which_its_own_names_are_found():
    world = default_catalogue()
    assert world.company("Facebook") == world.company("Meta")
    assert world.company("Alphabet") == world.company("Google")
    named = {slug: world.projects_called(each.name) for slug, each in world.projects.items()}
    assert [slug for slug, found in named.items() if slug not in found] == []


def test_relations_come_from_the_reference_and_from_claims_each_with_its_reason():
    db = fresh()
    add(
        db,
        "Chips",
        "2025-09-30",
        [claim("chips", 64000, chip="NVIDIA GB200", companies=["OpenAI"], project="Stargate Abilene")],
    )
    know(db)
    found = {
        (row["subject_id"], row["relation"], row["object_id"]): (row["reason"], row["origin"])
        for row in rows(db, "SELECT * FROM relations")
    }
    assert found["stargate-abilene", "part_of", "stargate"] == ("as the list of projects has it", "reference")
    assert found["abilene-phase-1", "phase_of", "stargate-abilene"][1] == "reference"
    assert found["entergy", "powers", "hyperion"] == ("utility of Hyperion", "reference")
    assert found["crusoe", "leases_to", "oracle"] == ("developer and tenant of Stargate Abilene", "reference")
    assert found["nvidia", "supplies", "stargate-abilene"] == ("“64000 count”: NVIDIA GB200", "claim")
    assert rows(db, "SELECT count(*) AS n FROM relations WHERE claim_id IS NOT NULL") == [{"n": 1}]


def test_a_figure_of_the_umbrella_on_the_pages_of_two_sites_is_the_umbrellas():
    db = fresh()
    deal = {"quote": "4.5 gigawatts", "companies": ["OpenAI", "Oracle"]}
    add(db, "Abilene", "2025-07-22", [claim("power", 4500, project="Stargate Abilene", **deal)])
    know(db)
    assert links(db) == {"4.5 gigawatts": ("project", "stargate-abilene")}
    add(db, "Milam", "2025-10-30", [claim("power", 4500, project="Stargate Milam", **deal)], publisher="Other")
    know(db)
    assert links(db) == {"4.5 gigawatts": ("project", "stargate")}
    add(
        db,
        "Small one",
        "2025-03-01",
        [claim("power", 1200, quote="1.2 GW", companies=["OpenAI"], project="Stargate Abilene")],
    )
    add(
        db,
        "Other one",
        "2025-03-02",
        [claim("power", 1200, quote="1,200 MW", companies=["OpenAI"], project="Stargate Milam")],
    )
    know(db)
    assert (links(db)["1.2 GW"][1], links(db)["1,200 MW"][1]) == ("stargate-abilene", "stargate-milam")


def test_what_is_beyond_one_site_and_said_by_the_umbrellas_name_is_the_umbrellas():
    db = fresh()
    at = {"companies": ["OpenAI"], "project": "Stargate", "place": ("Abilene", "Texas", "US")}
    add(
        db,
        "Split",
        "2025-09-26",
        [claim("power", 5500, quote="5.5 GW", **at), claim("power", 600, quote="600 MW", **at)],
    )
    know(db)
    assert links(db) == {"5.5 GW": ("project", "stargate"), "600 MW": ("project", "stargate-abilene")}
