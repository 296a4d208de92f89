"""
What is written down of each row that changes, so that what is kept of it can be worked out anew.

In: nothing. Out: the triggers that fill `_changed`, for the migration that makes them. A row is noted by the values by
which something is counted or found, as they were and as they are. Never edited once released: a change is a migration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

WATCHED: Mapping[str, str] = {
    "claims": "document_id metric status country admin1 project_id place_id chip_id",
    "claim_companies": "claim_id company_id role",
    "claim_conversions": "",
    "claim_links": "linked_to",
    "documents": "id kind tier publisher",
    "document_mentions": "kind",
    "document_copies": "",
    "document_signatures": "",
    "captures": "",
    "announcements": "kind primary_document_id",
    "announcement_documents": "role",
    "figures": "project_id",
    "figure_history": "project_id metric publisher",
    "figure_versions": "metric clock",
    "totals": "dimension metric stage",
    "overlaps": "reason",
    "projects": "id place_id",
    "project_marks": "project_id",
    "project_companies": "project_id company_id",
    "companies": "id",
    "chips": "id",
    "places": "id",
}
"""Each table that is counted or shown, and the columns by which."""
SHOWN: Mapping[str, str] = {
    "claims": "confidence origin retracted_at quote",
    "documents": "published_at",
}
"""What else is shown of a row that other changes pass by: of other tables every change is noted."""


def triggers() -> Iterator[str]:
    """One statement for every table and event."""
    for table, columns in WATCHED.items():
        for event, sides in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            only = f"{columns} {SHOWN[table]}".split() if table in SHOWN and event == "UPDATE" else []
            of = f" OF {', '.join(only)}" if only else ""
            # Not OR IGNORE: a conflict clause of the statement that fires a trigger takes the place of those in it.
            notes = [
                f"  INSERT INTO _changed VALUES ('{table}', {_noted(columns, side)}) ON CONFLICT DO NOTHING;\n"
                for side in sides
            ]
            head = f"CREATE TRIGGER changed_{table}_{event.lower()} AFTER {event}{of} ON {table} BEGIN\n"
            yield f"{head}{''.join(notes)}END"


def _noted(columns: str, side: str) -> str:
    return f"json_object({', '.join(f'{name!r}, {side}.{name}' for name in columns.split())})"
