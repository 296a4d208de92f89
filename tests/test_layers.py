"""Who may import whom. The table is the design; a line is added only with a reason."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("db", "ingest")

# A module, or every module of a package: what of ours it may import.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "db.records": (),
    "db.failures": (),
    "db.migrations": ("db.watched",),
    "db.watched": (),
    "db.currency": (),
    "db.descriptions": (),
    "db.web": ("db.web",),
    "db.reference": ("db.records", "db.reference"),
    "db": ("db",),
    "ingest.extract": ("db.records", "db.reference", "ingest.extract"),
    "ingest.readers": ("db.records", "ingest"),
    "ingest": ("db", "ingest"),
}  # fmt: skip

# The rooms of the extractor, from letters up to whole documents, and which of them each may ask.
EXTRACTOR = {
    "text": "",
    "amounts": "text",
    "times": "text",
    "names": "text",
    "places": "text names",
    "metrics": "text amounts times names reading",
    "figures": "text amounts times metrics reading",
    "attribution": "text amounts times names places reading figures",
    "document": "text names places reading figures attribution",
}
MAY_IMPORT |= {
    f"ingest.extract.{room}": (
        "db.records",
        "db.reference",
        *(f"ingest.extract.{one}" for one in (room, *below.split())),
    )
    for room, below in EXTRACTOR.items()
}

# A reader turns bytes into links: where they come from and what becomes of them is not its business.
MAY_NOT_IMPORT: dict[str, tuple[str, ...]] = {
    "ingest.readers": (
        "ingest.fetching.addresses", "ingest.fetching.answers", "ingest.fetching.fetch", "ingest.archive",
        "ingest.assembly", "ingest.backfill", "ingest.cli", "ingest.commands", "ingest.extract", "ingest.lock",
        "ingest.pipeline", "ingest.progress", "ingest.reextract", "ingest.run", "ingest.shelf",
    ),
}  # fmt: skip

# What a pure part may not touch: the world, the clock, chance. (Word lists that come with the package are no world.)
WORLD = (
    "asyncio", "datasette", "http", "httpx", "os", "random", "requests", "secrets", "shutil", "socket",
    "sqlite3", "sqlite_utils", "subprocess", "tempfile", "time", "urllib.request", "uuid",
)  # fmt: skip
PURE = (
    "ingest.extract", "ingest.recheck", "ingest.voices", "ingest.readers", "ingest.selection", "ingest.words",
    "ingest.pages", "ingest.fetching.charset",
    "db.identity", "db.claim_rows", "db.records",
)  # fmt: skip
NETWORK = ("httpx", "httpcore", "socket", "urllib.request", "requests", "aiohttp")
MAY_TOUCH_THE_NETWORK = {
    "ingest.fetching.fetch",
    "ingest.fetching.addresses",
    "ingest.fetching.answers",
    "ingest.fetching.connections",
    # It listens, and connects to nothing.
    "db.listening",
}

DATABASE = ("db.store", "db.ledger", "db.captures")
MAY_WRITE = {
    "ingest.run",
    "ingest.pipeline",
    "ingest.assembly",
    "ingest.reextract",
    "ingest.reread",
    "ingest.shelf",
    "ingest.verify",
    "ingest.progress",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(name: str, tree: ast.Module) -> Iterator[str]:
    """Name what a module imports, also inside functions; a name from a package that is a module counts as one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are absolute"
            assert node.module is not None
            for alias in node.names:
                path = ROOT.joinpath(*node.module.split("."), alias.name)
                is_module = path.is_dir() or path.with_suffix(".py").is_file()
                yield f"{node.module}.{alias.name}" if is_module else node.module


MODULES = dict(modules())


def within(name: str, places: tuple[str, ...] | set[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def rule_of(name: str) -> tuple[str, ...]:
    """Return the rule of the nearest package."""
    return MAY_IMPORT[max((place for place in MAY_IMPORT if within(name, (place,))), key=len)]


@pytest.mark.parametrize("name", MODULES)
def test_every_module_imports_only_what_its_room_allows(name: str) -> None:
    ours = {found for found in imports(name, MODULES[name]) if within(found, OURS)}
    forbidden = tuple(one for room, those in MAY_NOT_IMPORT.items() if within(name, (room,)) for one in those)
    assert {found for found in ours if not within(found, rule_of(name)) or within(found, forbidden)} == set()


@pytest.mark.parametrize("name", [name for name in MODULES if within(name, PURE)])
def test_what_is_pure_touches_neither_world_nor_clock_nor_chance(name: str) -> None:
    assert {found for found in imports(name, MODULES[name]) if within(found, WORLD)} == set()


def test_only_the_fetcher_touches_the_network() -> None:
    found = {name for name, tree in MODULES.items() if any(within(one, NETWORK) for one in imports(name, tree))}
    assert found <= MAY_TOUCH_THE_NETWORK


def test_only_one_module_knows_the_library_of_language_models_and_only_one_command_asks_it() -> None:
    found = {name for name, tree in MODULES.items() if any(within(one, ("llm",)) for one in imports(name, tree))}
    assert found == {"ingest.model.asking"}
    asking = {
        name for name, tree in MODULES.items() if any(within(one, ("ingest.model",)) for one in imports(name, tree))
    }
    assert {name for name in asking if not within(name, ("ingest.model",))} == {"ingest.commands.extracting"}


def test_only_few_modules_of_ingest_know_the_store() -> None:
    found = {
        name
        for name, tree in MODULES.items()
        if name.startswith("ingest.") and any(within(one, DATABASE) for one in imports(name, tree))
    }
    assert {name for name in found if not within(name, MAY_WRITE | {"ingest.commands", "ingest.backfill"})} == set()


def test_the_rules_bite() -> None:
    bad = ast.parse("def f():\n    from ingest.run import Run\n    import httpx")
    assert set(imports("db.store", bad)) == {"ingest.run", "httpx"}
    assert not within("ingest.run", rule_of("db.store"))
    assert within("db.web.pages", rule_of("db.web.cells"))
    assert not within("db.store", rule_of("db.web.cells"))


def test_every_module_says_what_it_is() -> None:
    silent = [name for name, tree in MODULES.items() if tree.body and len(ast.get_docstring(tree) or "") < 60]
    assert silent == []


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "common", "base", "misc"}
    assert [name for name in MODULES if name.rsplit(".", 1)[-1] in drawers] == []


def test_python_is_new_enough() -> None:
    assert sys.version_info >= (3, 11)
