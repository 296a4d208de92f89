"""
The questions as tools for language models, at /-/mcp, where datasette-mcp is installed (extra `mcp`).

In: Datasette and the MCP server that datasette-mcp made. Out: one read-only tool a question, and a search.
Never runs SQL of the caller's: that is datasette-mcp's own tool, which obeys Datasette's permissions and limits.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from db.web.answers import Asker
from db.web.pages.search import NAMES, QUOTES, match_words

MOST_ROWS = 200
Tool = Callable[..., Awaitable[dict[str, Any]]]


def register(datasette: Any, server: Any, questions: Mapping[str, Mapping[str, Any]]) -> None:
    """Add a tool to `server` for each question and one that searches."""
    for name, question in questions.items():
        tool = question_tool(datasette, str(question["sql"]), list(question.get("params") or ()))
        what = f"{question.get('title', name)} {question.get('description', '')}".strip()
        server.tool(name=name, description=f"{what} Each row's claim_id is a page: /claims/<claim_id>.")(tool)
    server.tool(name="search", description="Find projects, companies, places, chips and quotes by words.")(
        search_tool(datasette)
    )


def question_tool(datasette: Any, sql: str, params: list[str]) -> Tool:
    """Return a function whose parameters are those of the question; each may be left out."""

    async def ask(**given: str) -> dict[str, Any]:
        values = {name: given.get(name) or "" for name in params}
        answer = await Asker(datasette).ask(sql, most=MOST_ROWS, **values)
        return {"rows": list(answer.rows), "cut": answer.cut, "sql": answer.sql}

    text = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter(name, text, default="", annotation=str) for name in params]
    ask.__signature__ = inspect.Signature(parameters, return_annotation=dict[str, Any])  # type: ignore[attr-defined]
    ask.__annotations__ = {**dict.fromkeys(params, str), "return": dict[str, Any]}
    return ask


def search_tool(datasette: Any) -> Tool:
    """Return the function that searches names and quotes."""

    async def search(words: str) -> dict[str, Any]:
        asker, match = Asker(datasette), match_words(words)
        if not match:
            return {"names": [], "quotes": []}
        names = await asker.ask(NAMES, most=20, words=words)
        quotes = await asker.ask(QUOTES, most=20, match=match)
        return {"names": list(names.rows), "quotes": list(quotes.rows)}

    search.__annotations__ = {"words": str, "return": dict[str, Any]}
    return search
