"""
Text -> claims, by rules. Pure: a document in, an `Extraction` out; the same text gives the same bytes.

The way: `reading` (what is found in the text: `amounts`, `times`, `names`, `places`) -> `figures` (which of them count, and of
which of the `metrics`) -> `attribution` (who, where, which, in what state) -> `document` (what kind of document) -> `claims`.
`text` holds what all of them ask. Each room asks only those before it, which `tests/test_layers.py` holds.
Never fetches, never asks a model, never knows more than the text and `db.reference`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.records import Document, Extraction

EXTRACTOR = "rules/2"
"""Name and version of these rules: stored with every claim, raised whenever the rules change what is found."""


def extract(document: Document) -> Extraction:
    """Everything that `document` says about AI infrastructure, by the guide for annotators."""
    from ingest.extract.claims import make_extraction

    return make_extraction(document)
