"""
Traps that trackers of this subject were seen to fall into, each with a document of our own in `cases/traps.yml`.

Where a trap is about sources that disagree (1, 4, 20, 25), the extractor is held to what one text can tell: the figure
as it stands, with its hedge and its kind. That it is doubtful is found where other sources are known.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from trap_documents import CONDITIONS, Trap, reading_of, traps, unfound, without_reason, wrongly_found

TRAPS = 25


def each(side: str) -> list[Any]:
    """Every entry of one side of every trap; one that is known to fail must go on failing until it is won."""
    params = []
    for trap in traps():
        for entry in getattr(trap, side):
            told = entry.get("reason")
            marks = [pytest.mark.xfail(reason=told, strict=True)] if told else []
            words = "-".join(str(v) for v in without_reason(entry).values() if isinstance(v, str | int))[:40]
            params.append(pytest.param(trap, entry, id=f"{trap.number}-{words}", marks=marks))
    return params


@pytest.mark.parametrize(("trap", "wanted"), each("must"))
def test_what_the_text_says_is_found(trap: Trap, wanted: dict[str, Any]) -> None:
    assert unfound(trap, wanted) == [], trap.name


@pytest.mark.parametrize(("trap", "banned"), each("must_not"))
def test_what_the_text_does_not_say_is_not(trap: Trap, banned: dict[str, Any]) -> None:
    assert wrongly_found(trap, banned) == [], trap.name


def test_every_trap_has_a_document_that_holds_it() -> None:
    assert [trap.number for trap in traps()] == list(range(1, TRAPS + 1))
    for trap in traps():
        whole = f"{trap.document.title}\n{trap.document.text}"
        assert 30 <= len(whole.split()) <= 200, trap.number
        assert all(wanted["quote"] in whole for wanted in trap.must), trap.number
        for banned in trap.must_not:
            assert set(banned) - {"reason"} <= CONDITIONS, trap.number
            assert banned.get("words", "") in whole, (trap.number, banned)


def test_every_reason_is_told_once() -> None:
    """`python tests/pin.py` strikes a reason out by its words."""
    told = Counter(e["reason"] for trap in traps() for e in (*trap.must, *trap.must_not) if "reason" in e)
    assert [reason for reason, count in told.items() if count > 1] == []


@pytest.mark.parametrize("trap", traps(), ids=lambda t: str(t.number))
def test_every_quote_is_where_it_says(trap: Trap) -> None:
    for claim in reading_of(trap.number).claims:
        whole = trap.document.title if claim.where == "title" else trap.document.text
        assert whole[claim.start : claim.end] == claim.quote
