"""
Announcements and copies as rows.

In: announcements, copies, documents, voices. Out: rows of `announcements`, `announcement_documents` and
`document_copies`. Each document keeps the id that the announcement would have if it were the first, so that an
address once given leads on when an earlier document turns up. Copies are shown, and counted as no voice of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.knowledge.duplicates import Copy, CopyTies
from db.knowledge.events import Announcement, Ties, announcement_id
from db.knowledge.model import Snapshot, Table


def announcement_rows(
    announcements: Sequence[Announcement], snapshot: Snapshot, voices: Mapping[str, str], copies: Mapping[str, Copy]
) -> dict[str, Table]:
    """Rows of both tables."""
    heads: Table = {}
    members: Table = {}
    for each in announcements:
        documents = [snapshot.documents[document] for document in each.members]
        primary = snapshot.documents[each.primary]
        heads[(each.id,)] = {
            "id": each.id, "title": primary.title,
            "announced_on": min((d.day for d in documents if d.day), default=None), "kind": primary.kind,
            "primary_document_id": primary.id, "project_id": each.project, "document_count": len(documents),
            "publisher_count": len({voices[document.id] for document in documents}),
            "first_seen": min(document.first_seen for document in documents),
        }  # fmt: skip
        for document, reason in each.members.items():
            role = "primary" if document == each.primary else "copy" if document in copies else "report"
            if role == "copy" and copies[document].method == "brief":
                role = "brief"
            members[(each.id, document)] = {
                "announcement_id": each.id, "document_id": document, "role": role, "reason": reason,
                "former_id": announcement_id(document),
            }  # fmt: skip
    return {"announcements": heads, "announcement_documents": members}


def tie_rows(ties: Ties) -> Table:
    """Rows of `_event_ties`: what surely reports one event, so that it need not be compared again."""
    return {
        (one, other): {"one": one, "other": other, "score": score, "reason": reason}
        for (one, other), (score, reason) in ties.items()
    }


def copy_rows(copies: Mapping[str, Copy]) -> Table:
    """Rows of `document_copies`."""
    return {
        (copy.document_id,): {
            "document_id": copy.document_id, "original_id": copy.original_id, "method": copy.method,
            "similarity": copy.similarity,
        }
        for copy in copies.values()
    }  # fmt: skip


def copy_tie_rows(ties: CopyTies) -> Table:
    """Rows of `_copy_ties`."""
    return {
        (one, other): {"one": one, "other": other, "method": method, "likeness": likeness}
        for (one, other), (method, likeness) in ties.items()
    }
