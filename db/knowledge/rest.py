"""
What an earlier rebuild decided of the projects that nothing has touched.

In: what the last rebuild left, and the projects that are decided now. Out: rows and facts of all others, as they were.
Where everything is decided anew, there is no rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db.knowledge.known import Known
from db.knowledge.left import Left
from db.knowledge.model import Row, Table
from db.knowledge.plausibility import Fact
from db.knowledge.review import BY_PROJECT
from db.knowledge.values import span_of


@dataclass(frozen=True, slots=True)
class Rest:
    """Everything of the last rebuild that is of no project among `decided`."""

    left: Left | None
    decided: frozenset[str]

    def items(self) -> list[Row]:
        """Rows of `_figure_items`."""
        return self._of_others(self.left.items) if self.left else []

    def steps(self) -> list[Row]:
        """Rows of `project_status`."""
        return self._of_others(self.left.steps) if self.left else []

    def slips(self) -> Table:
        """Rows of `plausibility` that compare a figure with itself."""
        return (
            {key: row for key, row in self.left.slips.items() if row["project_id"] not in self.decided}
            if self.left
            else {}
        )

    def supplies(self) -> Table:
        """Rows of `relations` that come from figures."""
        return (
            {key: row for key, row in self.left.supplies.items() if row["object_id"] not in self.decided}
            if self.left
            else {}
        )

    def reviews(self) -> Table:
        """Rows of `review_items` about one project."""
        if self.left is None:
            return {}
        found: Table = {}
        for key, row in self.left.reviews.items():
            subject = str(row["subject_id"])
            project = subject if row["subject_kind"] == "project" else self.left.projects.get(subject)
            if row["kind"] in BY_PROJECT and project not in self.decided:
                found[key] = row
        return found

    def facts(self, known: Known) -> Iterable[Fact]:
        """The chosen values of figures."""
        for row in self._of_others(self.left.figures) if self.left else ():
            claim = known.snapshot.claims[str(row["claim_id"])]
            span = span_of(claim)
            yield Fact(
                str(row["project_id"]), str(row["metric"]), str(row["stage"]), str(row["facet"]),
                span.number if span else 0.0, int(str(row["agreeing"])), known.snapshot.document(claim).rank, claim.id,
                claim.quote, claim.scope,
            )  # fmt: skip

    def _of_others(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if row["project_id"] not in self.decided]
