"""
What is known of documents that a part does not hold, as far as sums over all projects need it.

In: a part and what is known of it. Out: claims of other documents, as they were read; rows of projects that are decided
again, or of all others. Never links a claim: what it was linked to stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from db.knowledge.known import Known, corrected
from db.knowledge.left import Left
from db.knowledge.model import ClaimRow, Row, Snapshot
from db.knowledge.part import Part
from db.knowledge.read import WANTED, read_snapshot, want
from db.knowledge.voices import settle_tiers


class Others:
    """Lookups beside a part."""

    def __init__(self, part: Part, known: Known) -> None:
        self.part = part
        self.known = known
        self._read = Snapshot()
        self._asked: set[str] = set()

    def of_claims(self, claims: Iterable[str]) -> Snapshot:
        """The documents of these claims that the part does not hold, and all claims of theirs."""
        reader = self.part.reader
        documents = reader.set_of("SELECT document_id FROM claims WHERE id IN {wanted}", claims)
        new = documents - self.known.evidence.documents.keys() - self._asked
        if new:
            self._asked |= new
            read = settle_tiers(read_snapshot(reader.db, new), self.known.catalogue)
            standing = corrected(read, self.known.catalogue, (), Left(readings=reader.readings(new)))[1]
            self._read = Snapshot(
                {**self._read.documents, **standing.documents}, {**self._read.claims, **standing.claims}
            )
        return self._read

    def claims(self, wanted: Iterable[str]) -> dict[str, ClaimRow]:
        """These claims, of the part or not; a rejected one is in neither."""
        wanted = set(wanted)
        mine = self.known.snapshot.claims
        others = self.of_claims(wanted - mine.keys()).claims
        return {each: found for each in wanted if (found := mine.get(each) or others.get(each)) is not None}

    def rows_of(self, table: str, projects: Iterable[str]) -> list[Row]:
        """Rows of these projects."""
        return self.part.reader.rows(f"SELECT * FROM {table} WHERE project_id IN {{wanted}}", projects)

    def rows_but(self, table: str, projects: Iterable[str]) -> list[Row]:
        """Rows of all other projects."""
        want(self.part.reader.db, projects)
        return list(self.part.reader.db.query(f"SELECT * FROM {table} WHERE project_id NOT IN {WANTED}"))
