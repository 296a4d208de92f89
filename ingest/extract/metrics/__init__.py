"""
What a figure measures: one family of metrics a module, found without registration.

Each module has `FAMILY` (the kinds of quantity it reads) and `classify(view) -> Verdict | None`. Metrics that compete for the
same figure (capex, contract, financing; power, generation) live in one module, so that the choice is made in one place.
"""

from __future__ import annotations

from ingest.extract.metrics.view import Verdict, View

__all__ = ["Verdict", "View"]
