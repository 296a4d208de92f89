"""Every channel in feeds/ through its reader: what it gives is written beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.records import Capture, Source
from ingest.errors import IngestError
from ingest.readers import Reading, read_source

FOLDER = Path(__file__).parent / "feeds"
CASES = sorted(FOLDER.glob("*.expected.json"))


def channel_of(case: Path) -> Path:
    name = case.name.removesuffix(".expected.json")
    (channel,) = (f for f in FOLDER.iterdir() if f.stem == name and not f.name.endswith(".expected.json"))
    return channel


async def read(case: Path, expected: dict[str, Any]) -> Reading:
    url = "https://example.com/channel"

    async def get(asked: str) -> Capture:
        assert asked == url
        body = channel_of(case).read_bytes()
        return Capture(url=url, final_url=url, fetched_at="2026-11-24T12:00:00Z", status=200, outcome="new", body=body)

    source = Source("example", "Example", url, expected["reader"], "trade", options=expected.get("options", {}))
    return await read_source(source, get)


def test_every_channel_has_its_expectation() -> None:
    channels = {f.stem for f in FOLDER.iterdir() if not f.name.endswith(".expected.json")}
    assert channels == {case.name.removesuffix(".expected.json") for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.removesuffix(".expected.json"))
async def test_channel(case: Path) -> None:
    expected = json.loads(case.read_text(encoding="utf-8"))
    if "error" in expected:
        with pytest.raises(IngestError) as raised:
            await read(case, expected)
        assert raised.value.kind == expected["error"]
        for words in ("https://example.com/channel", *expected.get("says", [])):
            assert words in str(raised.value)
        return
    reading = await read(case, expected)
    assert [[link.url, link.title, link.published_at] for link in reading.links] == expected["links"]
    assert [issue.kind for issue in reading.issues] == expected["issues"]
    assert reading.seen == expected["seen"]
    for words in expected.get("says", []):
        assert words in " ".join(issue.message for issue in reading.issues)
