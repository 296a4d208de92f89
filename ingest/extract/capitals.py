"""
What capitalised words may not be: the words, public bodies and places that no company or project is called.

In: a name. Out: patterns and tests that both `names` and `project_names` ask. Never finds a name.
"""

from __future__ import annotations

import re

from db.reference import countries, find_places, state_names
from ingest.extract.wordlists import words

CAP = r"(?:[A-ZÀ-ÖØ-Þ][\w'’]*(?:-[A-Z0-9][\w]*)*|[a-z]{1,2}[A-Z][A-Za-z]+|\d+[A-Z][A-Za-z]+)"
NOT_COMPANY = words("not_company")
PUBLIC = re.compile(
    r"\b(?:County|City|Township|Council|Commission|Board|Department|Ministry|Authority|University|Institute|Association|Agency|Court|Senate|House|Congress|Chamber|Journal|Times|Post|Tribune|Herald|News|Gazette|Chronicle|Exchange|Act|Program|Fund|School|Summit|Forum|Award|Foundation|Union|Council|Office|Bureau|Committee|Administration|Airport|Center for|Alliance|Coalition|Museum|Hospital|Church|Reserve|Street|Avenue|Road|Highway|Interstate|River|Lake|Creek|Mountain|Park and|Valley)\b"
)


def is_place(name: str) -> bool:
    """Whether `name` is a country, a state or a town above 3,000 people."""
    return name in countries() or name in state_names() or any((p.population or 0) > 3000 for p in find_places(name))
