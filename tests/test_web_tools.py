"""The questions as tools for language models: their parameters, and what they answer, without an MCP server."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette

import small_base
from db.web import metadata, tools


class Recorder:
    """What datasette-mcp's server is to a plugin: it takes functions as tools."""

    def __init__(self) -> None:
        self.tools: dict[str, Any] = {}
        self.descriptions: dict[str, str] = {}

    def tool(self, *, name: str, description: str) -> Callable[[Any], Any]:
        def keep(function: Any) -> Any:
            self.tools[name], self.descriptions[name] = function, description
            return function

        return keep


async def test_every_question_is_a_tool(tmp_path: Path) -> None:
    datasette = Datasette([str(small_base.build(tmp_path / "gigawatch.db"))])
    await datasette.invoke_startup()
    recorder = Recorder()
    tools.register(datasette, recorder, metadata.questions())
    assert recorder.tools.keys() == {*metadata.questions(), "search"}
    assert list(inspect.signature(recorder.tools["going_live"]).parameters) == ["from_day", "to_day"]
    assert recorder.descriptions["going_live"].startswith("What is said to go live between two days?")
    for name, tool in recorder.tools.items():
        answer = await (tool(words="stargate") if name == "search" else tool())
        assert answer, name
    found = await recorder.tools["going_live"](from_day="2026-07-01", to_day="2026-12-31")
    assert "second half of 2026" in [row["quote"] for row in found["rows"]]
    assert (await recorder.tools["search"](words="hyperion"))["names"][0]["id"] == "hyperion"
    assert await recorder.tools["search"](words="()") == {"names": [], "quotes": []}
