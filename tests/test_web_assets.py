"""The files that pages load: their addresses, how long they are kept, and that the library is what was taken."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

import small_base
from db.web import assets

README = (assets.STATIC / "vendor" / "README.md").read_text(encoding="utf-8")
TAKEN = dict(re.findall(r"^\| `([^`]+)` .*\| `([0-9a-f]{64})` \|$", README, re.MULTILINE))


@pytest.fixture
async def served(tmp_path: Path) -> Any:
    datasette = Datasette([str(small_base.build(tmp_path / "gigawatch.db"))], settings={"base_url": "/watch/"})
    await datasette.invoke_startup()
    return datasette


def test_every_file_of_others_is_listed_with_its_hash() -> None:
    files = {file.name for file in (assets.STATIC / "vendor").iterdir()} - {"README.md", "LICENSES.txt"}
    assert files == TAKEN.keys() == {Path(name).name for name in assets.VENDOR.values()}
    for name, digest in TAKEN.items():
        assert sha256((assets.STATIC / "vendor" / name).read_bytes()).hexdigest() == digest, name


def test_licences_are_kept() -> None:
    text = (assets.STATIC / "vendor" / "LICENSES.txt").read_text(encoding="utf-8")
    for name in TAKEN:
        assert name in text, name
    assert text.count("Copyright") >= len(TAKEN)


def test_the_library_is_of_a_sane_size() -> None:
    sizes = {name: (assets.STATIC / file).stat().st_size for name, file in assets.VENDOR.items()}
    assert sum(sizes[name] for name in ("d3", "plot", "topojson")) < 500_000
    assert sizes["near"] + sizes["states"] < 400_000


async def test_files_are_kept_for_good_under_their_hash(served: Any) -> None:
    for name in ("site.css", "charts.js", "plot"):
        address = assets.static(served, name)
        assert address.startswith("/watch/-/static-plugins/gigawatch/")
        response = await served.client.get(address.removeprefix("/watch"))
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        plain = await served.client.get(address.removeprefix("/watch").split("?")[0])
        assert "immutable" not in plain.headers.get("cache-control", "")
    missing = await served.client.get("/-/static-plugins/gigawatch/nothing.js?v=1")
    assert missing.status_code == 404
    assert "cache-control" not in missing.headers


@pytest.mark.parametrize("before", ["", "/watch"])
async def test_below_a_base_every_address_has_it_once(served: Any, before: str) -> None:
    """A proxy may leave the base in front of the path, or take it away."""
    transport = httpx.ASGITransport(app=served.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for path in (
            "/", "/projects/hyperion", "/feeds/figures.atom", "/feeds/openings.ics", "/claims/none", "/sitemap.xml",
            "/robots.txt", "/-/reconcile/companies", "/gigawatch/claims", "/gigawatch/claims.csv",
        ):  # fmt: skip
            response = await client.get(before + path)
            assert response.status_code == (404 if path == "/claims/none" else 200), path
            assert "/watch/watch" not in response.text, path
            assert not re.search(r'(href|src|action)="/(?!watch/)', response.text), path
            found = await client.post(f"{before}/-/reconcile/companies", data={"queries": '{"q0": {"query": "Meta"}}'})
            assert found.json()["q0"]["result"][0]["id"] == "meta"
