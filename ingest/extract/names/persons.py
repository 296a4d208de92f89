"""
What shows a capitalised name to be a person's: an office before or after it, a verb of saying, a first name before a last.

In: a text. Out: patterns, and where the words begin that stand after a first name. Never says who it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.extract.names.capitals import NOT_COMPANY

PERSON_ROLE = re.compile(
    r"\b(?:CEO|CFO|COO|CTO|president|chair\w*|chief|founder|director|mayor|governor|minister|senator|analyst|spokes\w+|executive|boss|manager|lawyer|attorney|professor|economist|tycoon|engineer|councill?or|Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Judge|Datuk|Sir|Cllr|secretary|commissioner|officer|VP)\.?,? $",
    re.IGNORECASE,
)
SPEAKS = re.compile(r",? (?:said|says|told|who|added|argued|wrote|explained|noted)\b")
FIRST_NAME = re.compile(
    r"\b(?!The|In|At|And|But|For|With|By|From|On|Of|To|As|When|While|After|If|Last|Now|Then|Developer|Miner|Provider|Utility|Builder|Landlord|"
    r"Neocloud|Hyperscaler|Startup)[A-Z][a-z]+ "
)
PERSON_AFTER = re.compile(
    r"^,? (?!as )(?:the |its |who |whose |an? |['’]s )?(?:[\w’'-]+ ){0,4}?(?:CEO|CFO|president|chief|founder|co-founder|director|mayor|governor|chair\w*|minister|analyst|spokes\w+|executive|manager|officer|he |she )\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def after_first_names(text: str) -> frozenset[int]:
    """Where a word begins that stands after a capitalised one, as a surname does."""
    return frozenset(m.end() for m in FIRST_NAME.finditer(text) if m.group()[:-1].lower() not in NOT_COMPANY)
