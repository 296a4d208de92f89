"""The words of an article, and nothing of the page around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.pages.bodytext import body_text, clean, plain_text, row_of
from ingest.pages.boxes import heads_a_box, leads_elsewhere, paragraphs_in_box

FIRST = (
    "Example Compute will build a hall of 40 MW on the old airfield, the county said on Monday, and spend about "
    "$400 million on it over three years. It opens in 2028."
)
SECOND = (
    "The hall takes the place of a plan for 25 MW that was given up in the spring. Its neighbours had asked for trees "
    "along the road, and will get them, the company says."
)


def page(*inside: str) -> str:
    return f"<html><body><main><h1>A hall</h1><p>{FIRST}</p>{''.join(inside)}</main></body></html>"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="related-articles"><a href="/x">Another hall of 999 MW</a></div>',
        '<section id="newsletter"><p>All 999 MW in your inbox, every week, and nothing else.</p></section>',
        '<aside class="c-recirc__list"><p>The campus of 999 MW that nobody wanted.</p></aside>',
        '<h3>Related stories</h3><ul><li><a href="/x">Another hall of 999 MW</a></li></ul>',
        '<p><strong>You may also like</strong></p><div><a href="/x">Another hall of 999 MW</a></div>',
        "<h4>More from this author</h4><ul><li>Hall of 999 MW</li><li>Site of 9 GW</li></ul>",
        "<h3>About the author</h3><p>Ada Berg has written of 999 MW and more for twenty years.</p>",
        '<p>Read more: <a href="/x">the hall of 999 MW</a></p>',
        "<p><b>Also read:</b> the hall of 999 MW, and how it came to be</p>",
        "<p>Sign up for our newsletter and get all 999 MW in your inbox</p>",
        "<p>We use cookies, 999 of them, to see who reads of MW.</p>",
        '<div class="author-bio"><p>Ada Berg once lost 999 MW, and wrote a book on how it was.</p></div>',
        '<div id="comments"><p>999 MW is too much for us, and I said so in the old school hall.</p></div>',
    ],
)
def test_boxes_are_not_in_the_text(box: str) -> None:
    for html in (page(box, f"<p>{SECOND}</p>"), page(f"<p>{SECOND}</p>", box)):
        text = body_text(html)
        assert FIRST in text
        assert SECOND in text
        assert "999" not in text


@pytest.mark.parametrize(
    "part",
    [
        f'<div class="share-wrapper newsletter-open"><h1>A hall</h1><p>{SECOND}</p></div>',
        f"<h2>More from the Middle East</h2><ul><li>{SECOND}</li><li>Riyadh gets a hall of its own.</li></ul>",
        f'<div class="sponsor-free"><p>{SECOND}</p><p>{SECOND[:-1]}!</p><p>{FIRST[:-1]}!</p></div>',
    ],
)
def test_names_and_headings_do_not_mislead(part: str) -> None:
    assert SECOND in body_text(page(part))


def test_a_lone_name_is_kept_as_heading_and_in_a_cell() -> None:
    table = "<table><tr><td>Facebook</td><td>40 MW</td></tr><tr><td>Twitter</td><td>25 MW</td></tr></table>"
    text = body_text(page(f"<h3><b>Google</b></h3><p>{SECOND}</p>{table}<p>{FIRST} And more of it later.</p>"))
    assert "\nGoogle\n" in text
    assert "\nFacebook | 40 MW |\nTwitter | 25 MW |\n" in text


def test_a_heading_that_nothing_follows_goes() -> None:
    assert body_text(page(f"<p>{SECOND}</p><h2>Contact</h2>")).endswith(SECOND)


def test_a_table_that_only_sets_the_page_is_no_table() -> None:
    text = body_text(f"<html><body><table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table></body></html>")
    assert text.split("\n") == [FIRST, SECOND]


def test_the_marks_of_footnotes_are_no_digits() -> None:
    text = body_text(
        page(f"<p>It is of 300 MW<sup>2</sup> on 9 km<sup>2</sup>, as ever<sup>[3]</sup>.</p><p>{SECOND}</p>")
    )
    assert "It is of 300 MW on 9 km2, as ever." in text


def test_a_line_break_inside_a_sentence_parts_nothing() -> None:
    text = body_text(
        page(f"<p>The hall of 40 MW,<br>says the<br>county, is<br>- or will be - good.</p><p>{SECOND}</p>")
    )
    assert "The hall of 40 MW, says the county, is\n- or will be - good." in text


def test_rows() -> None:
    assert row_of(["", "Site", "", "MW"]) == "Site | MW |"
    assert row_of(["Cost", "$", "4", "", "5", "%"]) == "Cost | $4 | 5% |"
    assert row_of(["---", "---"]) == ""


def test_plain_text_keeps_paragraphs() -> None:
    assert plain_text("One\r\nline.\n\n \n\nTwo.\n\nRead more: there\n") == "One line.\nTwo."


def test_words_of_boxes() -> None:
    assert paragraphs_in_box("post related") == 3
    assert paragraphs_in_box("u-share") == 0
    assert paragraphs_in_box("interrelated shareholder unsubscribed") is None
    assert heads_a_box("Related")
    assert not heads_a_box("Related to the grid: a question of time")
    assert leads_elsewhere("Follow Example on LinkedIn")
    assert not leads_elsewhere("Read on and you will see that the hall of 40 MW is related to the river.")


@given(st.text(max_size=300))
def test_cleaning_is_done_once(words: str) -> None:
    assert clean(clean(words)) == clean(words)


TAGS = "<p> </p> <div> </div> <h2> </h2> <table><tr><td> </table> <b> </b> <ul><li> </ul> <article> </article>".split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*TAGS, "<a href=x>", "<div class=related>", "Read more", FIRST, SECOND]), max_size=25))
def test_any_order_of_tags_ends(parts: list[str]) -> None:
    text = body_text("<html><body>" + "".join(parts))
    assert all(line and line == line.strip() for line in text.split("\n") if text)
