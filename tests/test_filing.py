"""Filings to text: blocks to lines, tables to rows, furniture left out."""

from __future__ import annotations

import pytest

from ingest.errors import BlockedError
from ingest.pages.filing import filing_text, headline_of, passages_of, refuse_notice


def test_bare_divs_and_spans_are_lines() -> None:
    html = """<html><head><title>x</title><style>p {}</style></head><body>
    <div style="display:none"><ix:header><ix:hidden><ix:nonNumeric>0001</ix:nonNumeric></ix:hidden></ix:header></div>
    <div><span style="font-size:9pt">Item 1.01 </span><span>Entry into a Material Agreement.</span></div>
    <div><span>On November 3, 2026, the </span><span>C</span><span>ompany signed a contract of </span>
      <ix:nonFraction>$4.5</ix:nonFraction><span>&#160;billion.</span><br>It runs for six years.</div>
    <div style="DISPLAY: none">hidden</div>
    <div>Page 12</div><div>- 13 -</div><div>F-4</div>
    <div><a href="#toc">Table of Contents</a></div><div>___________</div>
    </body></html>"""
    assert filing_text(html).split("\n") == [
        "Item 1.01 Entry into a Material Agreement.",
        "On November 3, 2026, the Company signed a contract of $4.5 billion.",
        "It runs for six years.",
    ]


def test_tables() -> None:
    html = """<table>
    <tr><td colspan="3">Three months ended September 30,</td></tr>
    <tr><td></td><td></td><td>2026</td><td></td><td>2025</td></tr>
    <tr><td><span>Capital ex</span><span>penditures</span></td><td>$</td><td>(1,250</td><td>)</td>
    <td>$</td><td>(700</td><td>)</td></tr>
    <tr><td>Margin</td><td>64</td><td>%</td><td>-</td></tr>
    </table>
    <table><tr><td>&#8226;</td><td></td><td>310 MW of <b>active</b> power</td></tr></table>
    <table><tr><td>(a)</td><td>Not applicable.</td></tr></table>
    <table><tr><td><table><tr><td>inner</td><td>table</td></tr></table></td></tr></table>"""
    assert filing_text(html).split("\n") == [
        "Three months ended September 30,",
        "2026 | 2025 |",
        "Capital expenditures | $(1,250) | $(700) |",
        "Margin | 64% |",
        "- 310 MW of active power",
        "(a) Not applicable.",
        "inner | table |",
    ]


def test_nothing() -> None:
    assert filing_text("") == ""
    assert filing_text("<html><head><title>x</title></head><body></body></html>") == ""


def test_plain_text_inside_pre_keeps_its_paragraphs() -> None:
    html = (
        "<html><body><pre>ITEM 8.01\n\nThe Company will build\na hall of 40 MW.\n\n</pre><p>End of it</p></body></html>"
    )
    assert filing_text(html).split("\n") == ["ITEM 8.01", "The Company will build a hall of 40 MW.", "End of it"]


REPORT = """\
FORM 10-Q
Liquidity and Capital Resources
We expect capital expenditures of about $25 billion in the fiscal year.
We repurchased 1.1 million shares for $150 million.
Legal Proceedings
A claim of $3 billion was brought against us.
Lease Commitments
We have leases for data centers of $36.2 billion that have not begun.
Data center costs | 12 | 14 |
Cloud and data center business
It grew by 9%."""


def test_the_passages_on_building() -> None:
    assert passages_of(REPORT).split("\n") == [
        "Liquidity and Capital Resources",
        "We expect capital expenditures of about $25 billion in the fiscal year.",
        "Lease Commitments",
        "We have leases for data centers of $36.2 billion that have not begun.",
        "Data center costs | 12 | 14 |",
    ]
    assert passages_of("Nothing of the kind.\nAnd no more.") == ""


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["Exhibit 99.1", "Example Compute Reports Results"], "Example Compute Reports Results"),
        (
            ["EX-99.1", "The Example Company of Narvik", "2407 W. 24th St. Kearney, NE 68845", "phone: 308-236-8491",
             "For Immediate Release: November 22, 2026", "EXAMPLE SIGNS FOR 300 MW"],
            "EXAMPLE SIGNS FOR 300 MW",
        ),
        (["News Release", "Fjord Power: a hall for Narvik"], "Fjord Power: a hall for Narvik"),
        (["Exhibit 99.1", "Contact: Ada Berg", "www.example.com"], None),
    ],
)  # fmt: skip
def test_the_headline_of_a_press_release(lines: list[str], headline: str | None) -> None:
    running = "NARVIK, Norway - Example Compute said on Tuesday that it would build, and will report on it. " * 3
    assert headline_of("\n".join([*lines, running, "A later line that reports on other results"])) == headline


def test_the_notice_of_the_sec_is_no_document() -> None:
    text = (
        "U.S. Securities and Exchange Commission\nYour Request Originates from an Undeclared Automated Tool\n"
        + "x " * 3000
    )
    with pytest.raises(BlockedError, match="Undeclared Automated Tool"):
        refuse_notice(text, "https://www.sec.gov/Archives/edgar/data/1/2/a.htm")
    refuse_notice(REPORT, "https://www.sec.gov/Archives/edgar/data/1/2/a.htm")
