"""Every expected failure has its own countable kind and makes a row of the issues table."""

from __future__ import annotations

from itertools import chain

import pytest

from ingest import errors
from ingest.errors import IngestError, NotFoundError, RateLimitedError, ServerError


def all_kinds(root: type[IngestError]) -> list[type[IngestError]]:
    return [root, *chain.from_iterable(all_kinds(child) for child in root.__subclasses__())]


def test_each_error_has_a_kind_of_its_own() -> None:
    kinds = [cls.kind for cls in all_kinds(IngestError) if cls.__module__ == errors.__name__]
    assert len(kinds) == len(set(kinds))
    assert all(kind.replace("_", "").isalnum() and kind == kind.lower() for kind in kinds)


def test_an_error_makes_an_issue() -> None:
    error = NotFoundError("HTTP 404: the page is not there", status=404, url="https://example.com/a")
    issue = error.issue(source="example")
    assert (issue.kind, issue.level, issue.source, issue.url) == (
        "not_found",
        "warning",
        "example",
        "https://example.com/a",
    )
    assert "404" in issue.message
    assert str(error) == "HTTP 404: the page is not there (https://example.com/a)"


def test_the_address_is_said_once() -> None:
    assert str(IngestError("cannot read https://a.example/x", url="https://a.example/x")).count("a.example") == 1


def test_kind_and_level_can_be_narrowed() -> None:
    error = IngestError("no words", kind="no_text", level="info")
    assert (error.kind, error.level, IngestError.kind) == ("no_text", "info", "ingest_error")


@pytest.mark.parametrize("error", [RateLimitedError("wait", retry_after=3), ServerError("down", status=503)])
def test_what_passes_by_itself_says_so(error: IngestError) -> None:
    assert error.will_pass
    assert not NotFoundError("x", status=404).will_pass
