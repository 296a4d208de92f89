"""
The optional extractor: a language model reads, our own reader of figures checks every one.

In: a document, and a function that puts a question to a model. Out: an `Extraction` like that of the rules, and the
reasons for what was left out. A text longer than a model reads with care is asked about piece by piece. Nothing else
of ours needs this package, and what a text or a model says only ever becomes a claim or a reason.
"""

from __future__ import annotations

from collections.abc import Callable

from db.records import Document, Extraction
from ingest.model.answers import SCHEMA, joined, parse
from ingest.model.checking import check
from ingest.model.questions import guide, questions

Ask = Callable[[str, str, dict[str, object]], str]
"""Puts instructions, a question and the schema of the answer to a model; returns what it said."""


def extract_with(ask: Ask, document: Document) -> tuple[Extraction, tuple[str, ...]]:
    """What the model found in `document` and our reader confirms, and why the rest was left out."""
    answers = [parse(ask(guide(), question, SCHEMA)) for question in questions(document)]
    return check(document, joined(answers))
