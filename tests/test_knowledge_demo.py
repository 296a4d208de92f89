"""The knowledge of the embedded edition: what a careful reader would object to, and what must be right."""

from __future__ import annotations

import sqlite3

import pytest
from click.testing import CliRunner

from ingest.cli import main


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    path = folder / "demo.db"
    done = CliRunner().invoke(main, ["demo", "--build-only", "--db", str(path), "--archive", str(folder / "archive")])
    assert done.exit_code == 0, done.output
    db = sqlite3.connect(path)
    yield lambda sql, *values: db.execute(sql, values).fetchall()
    db.close()


def test_every_correction_of_the_project_still_finds_what_it_corrects(demo):
    lost = demo("SELECT action, target_id, reason FROM corrections WHERE applied = 0")
    assert lost == [], "mend or remove these entries of db/reference/corrections.yml"
    assert demo("SELECT count(*) > 20 FROM corrections") == [(1,)]
    assert demo("SELECT count(*) FROM issues") == [(0,)]


def test_no_figure_of_another_project_is_in_a_conflict(demo):
    conflicts = set(demo("SELECT project_id, metric, chosen_quote, other_quote FROM conflicting_figures"))
    assert not {project for project, *_ in conflicts} & {"stargate", "stratos", "fairwater-wisconsin"}
    assert ("tiktok-pecem", "capex", "R$200 billion", "R$200 million") in conflicts
    assert demo("SELECT kind, project_id FROM plausibility") == [("slip", "tiktok-pecem")]


@pytest.mark.parametrize("name", ["Besides", "P40", "Mediterranean"])
def test_no_project_is_named_by_a_word_that_names_nothing(demo, name):
    assert demo("SELECT id FROM projects WHERE name = ?", name) == []


def test_what_is_one_project_is_one(demo):
    ids = {row[0] for row in demo("SELECT id FROM projects WHERE origin = 'candidate'")}
    gone = {
        "project-ports", "datavolt-neom-tabuk", "blackrock-el-paso-texas", "cbre-visakhapatnam-andhra-pradesh",
        "amazon-seoul-seoul", "tiktok-fortaleza-ceara", "qts-vienna-vienna",
    }  # fmt: skip
    assert not ids & gone


def test_stargate_is_counted_once_with_its_sites(demo):
    family = "SELECT id FROM projects WHERE id = 'stargate' OR parent_id = 'stargate'"
    gross, net = demo(
        "SELECT sum(gross_high), sum(net_high) FROM total_rows WHERE dimension = 'all' AND stage = 'announced' "
        f"AND metric = 'power' AND project_id IN ({family})"
    )[0]
    assert net == 10000, "what the programme names is what the programme and its sites are counted with"
    assert gross > 3 * net
    assert demo(
        "SELECT count(*) FROM total_rows WHERE dimension = 'all' AND stage = 'announced' AND metric = 'power' "
        f"AND project_id IN ({family}) AND net_high < gross_high AND reason IS NULL"
    ) == [(0,)]


def test_hyperion_from_first_to_latest(demo):
    said = demo(
        "SELECT said_on, coalesce(usd_max, usd_min) FROM figure_history WHERE project_id = 'hyperion' "
        "AND metric = 'capex' AND stage = 'announced' AND standing IN ('chosen', 'revised') ORDER BY said_on"
    )
    assert said[0] == ("2024-12-04", 1e10)
    assert ("2025-10-21", 2.7e10) in said
    assert demo(
        "SELECT usd_min, usd_max FROM figures WHERE project_id = 'hyperion' AND metric = 'capex' AND headline"
    ) == [(5e10, None)]


def test_no_guidance_is_in_what_is_announced(demo):
    giants = demo(
        "SELECT companies, quote FROM total_rows WHERE dimension = 'all' AND stage = 'announced' AND metric = 'capex' "
        "AND project_id IS NULL AND net_high > 9e10"
    )
    assert giants == []
    guided = dict(
        demo(
            "SELECT company_id, max(usd_max) FROM guidance WHERE current AND fiscal_label = '2026' GROUP BY company_id"
        )
    )
    assert guided["google"] == 2.05e11
    assert guided["microsoft"] == 1.75e11


def test_twenty_projects_have_a_history(demo):
    assert demo(
        "SELECT count(*) >= 20 FROM (SELECT c.project_id FROM claims c "
        "JOIN announcement_documents m ON m.document_id = c.document_id "
        "JOIN announcements a ON a.id = m.announcement_id WHERE c.project_id IS NOT NULL "
        "GROUP BY c.project_id HAVING count(DISTINCT a.announced_on) >= 3)"
    ) == [(1,)]


@pytest.mark.parametrize(
    ("project", "net"),
    [
        ("helios", 1600),  # 800 MW and another 830 MW are the 1.6 GW of the same page
        ("project-rainier", 2200),  # not the 2.4 GW of new campuses, and not Google's gigawatt for Anthropic
        ("project-sail", 900),  # not the ten gigawatts that its owner means to build everywhere
        ("hyperion", 5000),
        ("ports-technology-campus", 10000),
    ],
)
def test_a_project_is_counted_once(demo, project, net):
    counted = (
        "SELECT sum(net_high) FROM total_rows WHERE dimension = 'all' AND stage = 'announced' AND metric = 'power'"
    )
    assert demo(f"{counted} AND project_id = ?", project) == [(net,)]


def test_colossus_is_made_of_its_clusters(demo):
    counted = dict(
        demo(
            "SELECT project_id, sum(net_high) FROM total_rows JOIN projects ON projects.id = project_id "
            "WHERE dimension = 'all' AND stage = 'announced' AND metric = 'power' "
            "AND (project_id LIKE 'colossus%' OR project_id = 'xai-southaven') GROUP BY project_id"
        )
    )
    clusters = {f"colossus-2-cluster-{number}": mw for number, mw in ((1, 210), (2, 220), (3, 400))}
    assert counted == {"colossus": 870, "colossus-1": 300, **clusters}, "2 GW in all, as xAI says"
    assert demo("SELECT mark FROM project_marks WHERE project_id = 'colossus'") == [(None,)]


def test_no_sum_of_one_country_is_taken_for_a_site_of_another(demo):
    told = demo(
        "SELECT r.claim_id, r.note FROM total_rows r JOIN claims c ON c.id = r.claim_id JOIN claims s "
        "ON s.id = r.covered_by WHERE r.note LIKE '%told without its name' AND c.country != s.country"
    )
    assert told == []


def test_no_lease_payment_is_a_contract(demo):
    assert demo(
        "SELECT quote FROM total_rows WHERE metric = 'contract' AND dimension = 'company' AND member = 'meta' "
        "AND quote IN ('$72.2 billion', '$39.2 billion', '$28.1 billion', '$19.8 billion')"
    ) == []  # fmt: skip
