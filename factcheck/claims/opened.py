"""Claims that are left out: those that open with a word nobody can tell the meaning of, and images that say nothing.

"This flies here regularly" cannot be checked by itself. Where the sentence says nothing else the claim is kept, with
its open word reported. "Trade is at the heart of growth" states nothing that could be true or false.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.claims.sorts import COUNTRY_NOUNS, TOWN_NOUNS
from factcheck.types import Claim

_IMAGE = re.compile(
    r"(?i)\b(?:is|are|was|were|lies?|lay|stands?|remains?) (?:right |still )?at the (?:very )?"
    r"(?:heart|core|forefront|root) of (?P<what>[^.]+)"
)
_PLACE = re.compile(
    rf"(?i)\b(?:{'|'.join(sorted(TOWN_NOUNS | COUNTRY_NOUNS | {'district', 'island', 'region', 'park', 'valley'}))})\b"
)
_OPEN = frozenset("it he she they this that these those we".split())


def drop_open(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims of one sentence without those whose first word is open; all of them where every one is."""
    closed = [claim for claim in claims if not opens_unresolved(claim)]
    return closed or list(claims)


def opens_unresolved(claim: Claim) -> bool:
    """Tell whether a claim opens with a bare pronoun that nothing resolved; "this plan" tells at least what it is."""
    first = claim.text.split(" ", 1)[0].lower()
    return first in _OPEN and any(word.lower() == first for word in claim.unresolved)


def is_empty_image(text: str) -> bool:
    """Tell "Trade is at the heart of growth" from "The church stands at the heart of the village" and from figures."""
    found = _IMAGE.search(text)
    if found is None or any(c.isdigit() for c in text):
        return False
    named = any(word[:1].isupper() and not word.isupper() for word in found["what"].split())
    return not named and _PLACE.search(found["what"]) is None
