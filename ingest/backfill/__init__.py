"""
Extraction over web archives: many WARC files in, part files out, then one merge into the database.

In: paths of WARC files or of folders that hold them, a folder for the parts, an engine. Out: one `Summary` a file, and
the files that failed with the reason. Stopped at any moment it goes on where it was: a part that is whole is not made
again. `prefilter` chooses pages, `work` makes one part, `engines` spread the work, `merge` stores the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from ingest.backfill.engines import Done, run_local, run_ray
from ingest.backfill.parts import Summary
from ingest.backfill.work import process_warc
from ingest.errors import IngestError

Engine = Literal["local", "ray"]
ENGINES: tuple[Engine, ...] = ("local", "ray")
_ENDINGS = (".warc", ".warc.gz", ".warc.zst")


class NoArchivesError(IngestError):
    """A path that is no web archive and holds none."""

    kind = "no_archives"


@dataclass(slots=True)
class Backfill:
    """What became of every file."""

    summaries: list[Summary] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def find_archives(paths: Iterable[Path]) -> list[Path]:
    """Name every web archive that the paths mean: files themselves, and those anywhere in folders."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and one.name.endswith(_ENDINGS))
            if not inside:
                raise NoArchivesError(f"the folder {path} holds no file that ends in {', '.join(_ENDINGS)}")
            found |= dict.fromkeys(inside)
        elif path.is_file():
            found[path] = None
        else:
            raise NoArchivesError(f"there is no file or folder {path}")
    return list(found)


def backfill(
    warcs: Sequence[Path],
    out: Path,
    *,
    engine: Engine = "local",
    workers: int | None = None,
    tell: Callable[[str, Summary | str], None] = lambda path, result: None,
    catalogue: Path | None = None,
    work: Callable[[str], Summary] | None = None,
) -> Backfill:
    """Make the parts of all files; each is told of as it is done."""
    out.mkdir(parents=True, exist_ok=True)
    done = Backfill()
    work = work or partial(process_warc, out=str(out), catalogue=str(catalogue) if catalogue else None)
    for path, result in _run(engine, work, [str(one) for one in warcs], workers):
        if isinstance(result, Summary):
            done.summaries.append(result)
        else:
            done.failed[path] = result
        tell(path, result)
    # One file given under two names has one part.
    done.summaries = list({summary.part: summary for summary in sorted(done.summaries, key=_part)}.values())
    return done


def _part(summary: Summary) -> tuple[str, str]:
    return summary.part, summary.warc


def _run(engine: Engine, work: Callable[[str], Summary], paths: list[str], workers: int | None) -> Iterator[Done]:
    return run_ray(work, paths, workers) if engine == "ray" else run_local(work, paths, workers)
