"""
A part of the evidence, loaded as it turns out to be needed.

In: an open database and ids of documents. Out: a snapshot of these documents with all their claims, with the links and
readings that the last rebuild gave them. Never holds a document without the original that it copies, and never holds
half of a document's claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from sqlite_utils import Database

from db.knowledge.catalogue import Catalogue
from db.knowledge.corrections import Correction
from db.knowledge.curation import Curated
from db.knowledge.known import corrected
from db.knowledge.left import Left
from db.knowledge.model import Snapshot
from db.knowledge.read import read_snapshot
from db.knowledge.reader import Reader
from db.knowledge.voices import settle_tiers


class Part:
    """Some documents, and what the last rebuild made of them."""

    def __init__(
        self, db: Database, catalogue: Catalogue, corrections: Sequence[Correction], touched: frozenset[str]
    ) -> None:
        self.reader = Reader(db)
        self.catalogue = catalogue
        self.corrections = corrections
        self.touched = touched
        self.left = Left(touched)
        self.snapshot = Snapshot()
        self._asked: set[str] = set()
        self.load({*touched, *self._of_corrections()})

    def load(self, documents: Iterable[str]) -> None:
        """Hold these documents too, with the originals that they copy."""
        new = set(documents) - self._asked
        if not new:
            return
        new |= {copy.original_id for copy in self.reader.copies(new).values()} - self._asked
        self._asked |= new
        read = settle_tiers(read_snapshot(self.reader.db, new), self.catalogue)
        self.snapshot = Snapshot(
            dict(sorted({**self.snapshot.documents, **read.documents}.items())),
            dict(sorted({**self.snapshot.claims, **read.claims}.items())),
            (*self.snapshot.mentions, *read.mentions),
        )
        self.left.links |= self.reader.links(new)
        self.left.readings |= self.reader.readings(new)

    def standing(self) -> tuple[Curated, Snapshot]:
        """What the corrections found, and the claims as corrected."""
        return corrected(self.snapshot, self.catalogue, self.corrections, self.left)

    def _of_corrections(self) -> set[str]:
        """The documents that corrections speak of: a correction is applied to all that it names, or to nothing."""
        named = list(chain.from_iterable(map(_names, self.corrections)))
        return self.reader.set_of(
            "SELECT document_id FROM claims WHERE id IN {wanted} "
            "UNION SELECT id FROM documents WHERE id IN {wanted} OR url IN {wanted} OR canonical_url IN {wanted} "
            "OR original_url IN {wanted}",
            named,
        )


def _names(correction: Correction) -> Iterable[str]:
    """Ids and addresses in a correction."""
    if correction.page:
        yield correction.page
    fields = correction.fields
    for each in [*fields.get("claims", ()), *([fields["claim"]] if "claim" in fields else ())]:
        yield each if isinstance(each, str) else each["url"]
    yield from fields.get("documents", ())
