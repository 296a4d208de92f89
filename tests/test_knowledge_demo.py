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
        "amazon-seoul-seoul", "tiktok-fortaleza-ceara", "qts-vienna-vienna", "firebird-san-francisco-california",
    }  # fmt: skip
    assert not ids & gone
