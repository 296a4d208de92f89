"""Filings to text: blocks to lines, tables to rows, furniture left out."""

from __future__ import annotations

from ingest.filing import filing_text


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
