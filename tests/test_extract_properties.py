"""What holds for any text whatever: quotes that stand where they say, bounds in order, no exception, the same twice."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.records import METRICS, MONEY_METRICS, Document, Extraction
from ingest.extract import extract
from ingest.json_lines import write_extraction

QUALIFIERS = {"exact", "approx", "up_to", "at_least", "range"}
UNITS = {
    "power": "MW", "generation": "MW", "chips": "count", "jobs": "count", "floor_area": "m2", "land_area": "ha",
    "online": "date",
}  # fmt: skip
WORDS = (
    "Meta Microsoft Oracle CoreWeave Vantage Stargate data center campus will build invest spend lease about up to "
    "more than between and from over nearly each per homes revenue GPUs H100 GB200 racks jobs permanent acres square "
    "feet hectares in near Lima, Ohio Abilene, Texas Visakhapatnam Narvik Norway open by late 2027 Q3 2026 mid-2028 "
    "the end of the decade next year not sorry megawatts gigawatt half a trillion dollars one and a half - – — | \n "
    "\n\n • ( ) ; : . , $ € £ ¥ ₹ kr Rs crore lakh million billion bn MW GW MVA MWh % + ~ 데이터센터 950억 스웨덴 "
    "크로나 数据中心 兆瓦 مركز بيانات ميغاواط 🏗️ \u200f \u00a0 \u202f \ufeff"
).split(" ")
NUMBERS = st.one_of(
    st.integers(0, 10**13).map(str),
    st.integers(0, 10**9).map(lambda n: f"{n:,}"),
    st.floats(0, 1e6, allow_nan=False).map(lambda x: f"{x:.2f}"),
    st.integers(1990, 2060).map(str),
    st.sampled_from(
        ["1.2.3", "1,2,3", "00", "1e9", "٣٠٠", "３００", "½", "²", "1/2", "९०", "-5", "−5", "1 200", "9" * 400]
    ),
)
GLUE = st.sampled_from([" ", "", "-", " ", " ", "\n", ", "])
NEWSLIKE = st.lists(st.tuples(st.one_of(st.sampled_from(WORDS), NUMBERS), GLUE), max_size=60).map(
    lambda parts: "".join(word + glue for word, glue in parts)
)
ANY_TEXT = st.one_of(
    NEWSLIKE,
    st.text(max_size=400),
    st.binary(max_size=400).map(lambda raw: raw.decode("utf-8", errors="replace")),
    st.binary(max_size=400).map(lambda raw: raw.decode("latin-1")),
    st.binary(max_size=300).map(lambda raw: raw.decode("utf-16-le", errors="replace")),
)
DATES = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(date.isoformat), st.just("no date"))
MANY = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def check(document: Document, found: Extraction) -> None:
    """The invariants of every extraction."""
    whole = {"text": document.text, "title": document.title}
    for claim in found.claims:
        assert whole[claim.where][claim.start : claim.end] == claim.quote != ""
        assert claim.metric in METRICS
        assert claim.qualifier in QUALIFIERS
        assert claim.min is not None or claim.max is not None
        assert 0.0 < claim.confidence <= 1.0
        assert claim.unit == UNITS.get(claim.metric, claim.unit)
        if claim.metric in MONEY_METRICS:
            assert re.fullmatch("[A-Z]{3}", claim.unit)
        for bound in (claim.min, claim.max):
            if isinstance(bound, str):
                assert date.fromisoformat(bound).isoformat() == bound
            elif bound is not None:
                assert math.isfinite(bound)
                assert bound > 0
        assert (claim.metric == "online") == isinstance(claim.max if claim.max is not None else claim.min, str)
        if claim.min is not None and claim.max is not None:
            assert claim.min <= claim.max  # type: ignore[operator]  # both are dates or both are numbers
        if claim.qualifier == "up_to":
            assert claim.min is None
        elif claim.qualifier == "at_least":
            assert claim.max is None
        for other in claim.alt:
            assert other.quote in document.text or other.quote in document.title
        assert claim.place.country is None or re.fullmatch("[A-Z]{2}", claim.place.country)
        if claim.period_start and claim.period_end:
            assert claim.period_start <= claim.period_end
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(whole[mention.where])
    assert found.relevant or not found.claims


@MANY
@given(text=ANY_TEXT, title=st.one_of(st.just("Data center news"), NEWSLIKE, st.text(max_size=40)), published=DATES)
@example(text="The data center will draw 300 MW.\r\n\r\nIt costs $2 billion.", title="", published=None)
@example(text="\ufeffThe data center will draw 300 MW by 2027.", title="300 MW data center", published="2026-01-01")
@example(text="İİİİ ẞß ŉ ﬁ 300 MW data center in İstanbul", title="İ data center", published=None)
def test_any_text_is_read(text: str, title: str, published: str | None) -> None:
    document = Document(url="", title=title, text=text, published_at=published)
    found = extract(document)
    check(document, found)
    assert write_extraction("a", found) == write_extraction("a", extract(document))


def test_half_a_surrogate_pair_is_read() -> None:
    document = Document(url="", title="Data center news", text="\ud800 The data center draws 300 MW. \udfff")
    check(document, extract(document))


def test_a_town_that_is_named_only_for_its_direction_is_read() -> None:
    text = "The 300 MW data center campus lies 12 miles north of Columbus."
    document = Document(url="", title="A data center", text=text)
    found = extract(document)
    check(document, found)
    assert [(claim.quote, claim.place.name) for claim in found.claims] == [("300 MW", "Columbus")]


ARABIC = "مركز بيانات بقدرة 300 ميغاواط في الرياض، باستثمار $2 billion و 5,000 GPUs من Nvidia."
EMOJI = "🏗️ Meta 🇺🇸 is building a 300 MW data center 👩‍💻 in Lima, Ohio 🎉 for $2 billion 💰"


@pytest.mark.parametrize(
    "text",
    [ARABIC * 20, EMOJI * 20, "\u202e" + EMOJI, "‏".join(EMOJI), "\x00".join(EMOJI), "\n" * 5000, "\t \u00a0" * 2000],
    ids=["right-to-left", "emoji", "override", "marks", "zeros", "lines", "spaces"],
)
def test_odd_scripts_and_signs_are_read(text: str) -> None:
    document = Document(url="", title="Data center news", text=text)
    check(document, extract(document))


def test_offsets_count_characters_beyond_the_basic_plane() -> None:
    document = Document(url="", title="Data center 🏗️", text=EMOJI)
    claims = {claim.metric: claim.quote for claim in extract(document).claims}
    assert claims == {"power": "300 MW", "capex": "$2 billion"}


TALK = "so we went and looked at the place and people said what they thought of it and then we drove home in the rain "
LINE = "Meta will build a data center of 300 MW in Lima Ohio for $2 billion and Google one of 1.2 GW by 2027 with jobs "


def test_one_long_line_without_punctuation_is_read() -> None:
    document = Document(url="", title="Data center news", text=(LINE + 5 * TALK) * (200_000 // len(LINE + 5 * TALK)))
    found = extract(document)
    check(document, found)
    assert {"power", "capex"} <= {claim.metric for claim in found.claims}


NUMBER_WORDS = re.compile(
    r"\b(?:a|one|half|trillion|billion|million|crore|lakh|next|year|decade|end|the|late)\b", re.IGNORECASE
)
PLAIN_WORDS = [word for word in WORDS if not re.search(r"\d|[^\x00-\x7f]", word) and not NUMBER_WORDS.search(word)]


@MANY
@given(words=st.lists(st.sampled_from(PLAIN_WORDS), max_size=60))
def test_without_a_number_there_is_no_claim(words: list[str]) -> None:
    document = Document(url="", title="Data center news", text=" ".join(words), published_at="2026-02-10")
    assert extract(document).claims == ()


@pytest.mark.parametrize(
    "published", ["2026-02-10", "2026-02-10T08:00:00Z", "2026-02-10T08:00:00+09:00", "10 February", "", None]
)
def test_a_date_in_any_form_is_taken_or_left(published: str | None) -> None:
    text = "The data center of 300 MW will open next year."
    found = extract(Document(url="", title="Data center news", text=text, published_at=published))
    told = published is not None and published.startswith("2026-02-10")
    assert [c.max for c in found.claims if c.metric == "online"] == (["2027-12-31"] if told else [])


SENTENCES = (
    "Meta will build a data center of {n} MW in Lima, Ohio, for ${n} billion. ",
    "The campus opens in 2028 and brings {n} jobs to Allen County.\n\n",
    "Revenue rose {n} percent, said Ann Potter of Vantage Data Centers. ",
    "- Project Bluebird | {n} acres | {n},000 GPUs | Cedar Rapids, Iowa\n",
    "Nobody who was asked about it could say what would become of the old mill by the river. ",
)  # fmt: skip


SIZE = 8_000


def steps(run: Callable[[], Any]) -> int:
    """How many calls of Python and of C a run makes: a count that does not depend on the machine."""
    count = 0

    def tell(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    held = sys.getprofile()
    sys.setprofile(tell)
    try:
        run()
    finally:
        sys.setprofile(held)
    return count


def varied(size: int) -> str:
    """A text of about `size` characters in which no figure comes twice."""
    parts: list[str] = []
    length = number = 0
    while length < size:
        parts.append(SENTENCES[number % len(SENTENCES)].format(n=number + 3))
        length += len(parts[-1])
        number += 1
    return "".join(parts)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(varied, id="varied"),
        pytest.param(lambda size: LINE * (size // len(LINE)), id="one-line"),
        pytest.param(lambda size: varied(size).replace("\n", " "), id="one-row"),
        pytest.param(lambda size: "- Lima, Ohio\n" * (size // 13), id="places"),
        pytest.param(lambda size: TALK * (size // len(TALK)), id="no-figure"),
        pytest.param(lambda size: "7 " * (size // 2), id="numbers"),
        pytest.param(lambda size: "".join(f"Coro{n:04} said it will build. " for n in range(size // 31)), id="names"),
        pytest.param(lambda size: "$5 billion for Lima, Ohio and " * (size // 30), id="sums-and-towns"),
        pytest.param(lambda size: "A | 5 MW | Ohio | Meta\n" * (size // 23), id="rows"),
        pytest.param(lambda size: "🏗️ 5 GW 🎉 " * (size // 10), id="signs"),
        pytest.param(lambda size: '"Project Loam" (the "Loam Campus") ' * (size // 35), id="quotes"),
        pytest.param(lambda size: "Meta said it will build in Lima. " * (size // 33), id="one-company"),
    ],
)
def test_work_grows_with_the_length_and_no_faster(make: Callable[[int], str]) -> None:
    """Four times the text, at most six times the calls."""

    def count(size: int) -> int:
        document = Document(url="", title="Data center news", text=make(size), published_at="2026-02-10")
        return steps(lambda: extract(document))

    count(1000)  # lists are loaded at the first call
    assert count(4 * SIZE) < 6 * count(SIZE)
