"""The chronicle's reader: whole items, ids of their own, and briefs refused one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.records import Capture, Source
from ingest.errors import ListingError
from ingest.readers import Reading, read_source

TEXT = "Example Compute will build a hall of 40 MW in Narvik, Norway, and spend about $400 million on it. " * 4
BRIEF = f"""\
- date: 2026-11-02
  title: Example Compute builds in Narvik
  url: https://example.com/narvik
  publisher: Example Compute
  text: >-
    {TEXT}

    It opens in late 2027.
"""


async def read(folder: Path | str) -> Reading:
    async def get(url: str) -> Capture:
        raise AssertionError(f"the chronicle fetched {url}")

    return await read_source(Source("chronicle", "Gigawatch", str(folder), "chronicle", "aggregator"), get)


async def test_a_brief_is_a_whole_item(tmp_path: Path) -> None:
    (tmp_path / "2026.yml").write_text(BRIEF)
    (link,) = (await read(tmp_path)).links
    assert link.original_url == "https://example.com/narvik"
    assert link.url.startswith("chronicle:2026-11-02-")
    assert (link.title, link.published_at) == ("Example Compute builds in Narvik", "2026-11-02")
    assert link.publisher == "Example Compute"
    assert link.text is not None
    assert link.text.splitlines() == [TEXT.strip(), "It opens in late 2027."]


async def test_its_id_outlives_a_new_wording(tmp_path: Path) -> None:
    (tmp_path / "2026.yml").write_text(BRIEF)
    before = (await read(tmp_path)).links[0].url
    (tmp_path / "2026.yml").write_text(BRIEF.replace("late 2027", "early 2028"))
    assert (await read(tmp_path)).links[0].url == before
    (tmp_path / "2026.yml").write_text(BRIEF.replace("2026-11-02", "2026-11-03"))
    assert (await read(tmp_path)).links[0].url != before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("date: 2026-11-02", "date: 2 Nov", "field date: '2 Nov' is not allowed: a day as YYYY-MM-DD"),
        ("url: https://example.com/narvik", "url: example.com", "field url"),
        ("publisher: Example Compute", "publisher:", "field publisher is missing"),
        ("publisher:", "figures: 3\n  publisher:", "field 'figures' is unknown"),
        (TEXT, "Short.", "field text"),
        ("title: Example", "title: [Example]", "no YAML"),
    ],
)
async def test_a_bad_brief_is_named_and_the_rest_stays(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "2025.yml").write_text(BRIEF)
    (tmp_path / "2026.yml").write_text(BRIEF.replace(old, new))
    reading = await read(tmp_path)
    assert len(reading.links) == 1
    assert {(issue.kind, issue.level) for issue in reading.issues} == {("bad_brief", "error")}
    assert said in " ".join(issue.message for issue in reading.issues)
    assert all(issue.message.startswith("2026.yml: ") for issue in reading.issues)


async def test_the_same_brief_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "2026.yml").write_text(BRIEF + BRIEF)
    reading = await read(tmp_path)
    assert len(reading.links) == 1
    assert "brief 2: the same date" in reading.issues[0].message


async def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ListingError, match="no such folder"):
        await read(tmp_path / "nowhere")


async def test_the_packaged_chronicle_reads_without_a_fault() -> None:
    reading = await read("package:ingest/chronicle")
    assert [issue.message for issue in reading.issues] == []
    assert len(reading.links) >= 40
    assert len({link.url for link in reading.links}) == len(reading.links)
