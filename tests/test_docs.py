"""What is written about the project agrees with the project."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from db.descriptions import descriptions
from db.schema import open_database
from ingest.cli import main
from ingest.readers import reader_names
from ingest.sources import FIELDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
TOP_LEVEL = {
    "CHANGELOG.md", "LICENSE", "README.md", "db", "ingest", "metadata.yml", "pyproject.toml", "tests",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"^\| `gigawatch {name}\b", README, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = main.commands[name]
    assert (command.help or "").strip()
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


def test_every_variable_of_the_environment_is_in_the_readme() -> None:
    known = {
        str(option.envvar)
        for command in main.commands.values()
        for option in command.params
        if isinstance(option, click.Option) and option.envvar
    }
    assert {name for name in known if name not in README} == set()


def test_the_two_commands_of_the_readme_are_one_line_each() -> None:
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert [line.rsplit("/", 1)[-1] for line in lines] == ["gigawatch demo", "pytest"]
    assert lines[1] in CONTRIBUTING


def test_every_reader_and_every_field_of_the_example_exists() -> None:
    assert all(f"`{name}`" in README for name in reader_names())
    (example,) = yaml.safe_load(README.split("```yaml")[1].split("```")[0])
    assert {name for name in example if name not in FIELDS} == set()
    assert {name for name, field in FIELDS.items() if field.required} <= set(example)


def test_the_example_of_the_readme_finds_its_figures() -> None:
    (document,) = re.findall(r"echo '(\{.*\})' \| gigawatch extract -", README)
    result = CliRunner().invoke(main, ["extract", "-"], input=document)
    assert {claim["quote"] for claim in json.loads(result.stdout)["claims"]} == {"$10 billion", "1 GW"}


def test_every_exit_code_is_in_the_readme() -> None:
    assert "0 done; 1 done with failures, or a check failed; 2 wrong use; 75 another run" in " ".join(README.split())


def test_every_table_and_every_column_is_described() -> None:
    db = open_database(":memory:")
    missing = []
    for name in [*db.table_names(), *db.view_names()]:
        if name.startswith(("sqlite_", "_")) or "_fts" in name:
            continue
        about = descriptions().get(name)
        if about is None or not about.text:
            missing.append(name)
        elif not about.is_internal and not name.startswith("check_"):
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{name}")').fetchall()]
            missing += [f"{name}.{column}" for column in columns if not about.columns.get(column)]
    assert missing == []


def test_nothing_is_described_that_is_not_there() -> None:
    db = open_database(":memory:")
    there = {*db.table_names(), *db.view_names()}
    gone = []
    for name, about in descriptions().items():
        if name not in there:
            gone.append(name)
            continue
        columns = {row[1] for row in db.execute(f'PRAGMA table_info("{name}")').fetchall()}
        gone += [f"{name}.{column}" for column in about.columns if column not in columns]
    assert gone == []


def test_every_picture_is_there_and_says_what_it_shows() -> None:
    pictures = re.findall(r"!\[(.*)\]\((.*)\)", README)
    assert pictures
    assert [path for words, path in pictures if len(words) < 20 or not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_file_that_is_named_is_there(text: str) -> None:
    named = set(re.findall(r"`((?:db|ingest|tests|\.ci|\.github)/[\w./-]+)`", text))
    assert named
    assert {name for name in named if "YEAR" not in name and not (ROOT / name.rstrip("/")).exists()} == set()


def test_the_top_level_holds_what_it_should() -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    run = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    top = {line.split("/", 1)[0] for line in run.stdout.splitlines()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL


def test_the_container_file_copies_all_that_the_package_is_built_from() -> None:
    said = (ROOT / ".github" / "Containerfile").read_text(encoding="utf-8")
    copied = {name for line in re.findall(r"^COPY (.+) \S+$", said, re.MULTILINE) for name in line.split()}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = built["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {"pyproject.toml", built["project"]["readme"], *wheel["packages"], *wheel["force-include"]}
    needed |= {name.split("/")[0] for name in built["project"]["license-files"]}
    assert needed <= copied
    (extra,) = re.findall(r"pip install \S+ '\.\[(\w+)\]'", said)
    assert extra in built["project"]["optional-dependencies"]
